-- Adopted plans, evidence for their lines, lights set by hand, weekly history, drafts under review, joint meetings.
-- Days are texts such as 2026-09-01, which sort as they follow each other.

CREATE TABLE plan_adoption (
    plan TEXT NOT NULL,
    version BIGINT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    adopted_by TEXT NOT NULL,
    adopted_name TEXT NOT NULL,
    adopted_at BIGINT NOT NULL,
    PRIMARY KEY (plan, version)
);

CREATE TABLE plan_line (
    plan TEXT NOT NULL,
    item TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (plan, item)
);

CREATE TABLE plan_evidence (
    id TEXT PRIMARY KEY,
    plan TEXT NOT NULL,
    item TEXT NOT NULL,
    county TEXT,
    day TEXT NOT NULL,
    amount DOUBLE PRECISION,
    note TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    entered_name TEXT NOT NULL,
    entered_at BIGINT NOT NULL,
    withdrawn_reason TEXT,
    withdrawn_by TEXT,
    withdrawn_name TEXT,
    withdrawn_at BIGINT
);
CREATE INDEX plan_evidence_by_line ON plan_evidence (plan, item);

CREATE TABLE plan_document (
    evidence_id TEXT NOT NULL REFERENCES plan_evidence (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    digest TEXT,
    PRIMARY KEY (evidence_id, number)
);

CREATE TABLE plan_override (
    plan TEXT NOT NULL,
    item TEXT NOT NULL,
    number BIGINT NOT NULL,
    light TEXT,
    reason TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_name TEXT NOT NULL,
    set_at BIGINT NOT NULL,
    PRIMARY KEY (plan, item, number)
);

CREATE TABLE plan_week (
    plan TEXT NOT NULL,
    item TEXT NOT NULL,
    week TEXT NOT NULL,
    light TEXT NOT NULL,
    value DOUBLE PRECISION,
    PRIMARY KEY (plan, item, week)
);

CREATE TABLE plan_draft (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    opened_name TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    adopted_as TEXT,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE plan_draft_line (
    draft_id TEXT NOT NULL REFERENCES plan_draft (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    is_dropped BIGINT NOT NULL CHECK (is_dropped IN (0, 1)),
    label TEXT NOT NULL,
    owner TEXT NOT NULL,
    deadline TEXT,
    PRIMARY KEY (draft_id, number)
);

CREATE TABLE plan_meeting (
    id TEXT PRIMARY KEY,
    plan TEXT NOT NULL,
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    day TEXT NOT NULL,
    called_by TEXT NOT NULL,
    called_name TEXT NOT NULL,
    called_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (plan, number)
);

CREATE TABLE plan_decision (
    id TEXT PRIMARY KEY,
    meeting_id TEXT NOT NULL REFERENCES plan_meeting (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    body TEXT NOT NULL,
    item TEXT NOT NULL,
    owner TEXT NOT NULL,
    due TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
    outcome TEXT NOT NULL,
    ended_by TEXT,
    ended_name TEXT,
    ended_at BIGINT,
    UNIQUE (meeting_id, number)
);
