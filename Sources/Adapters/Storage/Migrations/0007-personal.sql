-- Personal data: details of people (sealed, with keyed indexes), consent, holds, who saw what in clear; the audit under keys.

CREATE TABLE person_detail (
    account_id TEXT PRIMARY KEY REFERENCES account (id),
    mobile TEXT,
    mobile_index TEXT,
    id_number TEXT,
    id_number_index TEXT,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL
);

CREATE INDEX person_detail_by_mobile ON person_detail (mobile_index);

CREATE INDEX person_detail_by_id_number ON person_detail (id_number_index);

-- A person's word to a text of a certain version; taken back, it stays as a record of the time it held.
CREATE TABLE consent (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    notice TEXT NOT NULL,
    notice_version TEXT NOT NULL,
    notice_digest TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    withdrawn_at BIGINT
);

CREATE INDEX consent_by_person ON consent (person);

-- While it stands nothing of the person is erased.
CREATE TABLE legal_hold (
    person TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at BIGINT NOT NULL
);

-- One viewer, one session, one person's row, a few minutes.
CREATE TABLE unmasking (
    id TEXT PRIMARY KEY,
    viewer TEXT NOT NULL,
    session TEXT NOT NULL,
    person TEXT NOT NULL,
    purpose TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);

CREATE INDEX unmasking_by_person ON unmasking (person);

-- The keys this database was written with, each with a sealed word by which it is known.
CREATE TABLE field_key (
    id TEXT PRIMARY KEY,
    suite TEXT NOT NULL,
    made_on TEXT NOT NULL,
    proof TEXT NOT NULL
);

-- Null for events written before the audit had keys.
ALTER TABLE audit_event ADD COLUMN key_id TEXT;

ALTER TABLE audit_head ADD COLUMN key_id TEXT;

ALTER TABLE audit_head ADD COLUMN seal TEXT;
