-- Second factors with their recovery codes, identities of other login services, failed logins counted together.

-- A secret of a code generator whose first code is still owed.
ALTER TABLE account ADD COLUMN code_pending TEXT;
-- Counts the changes of name, posts and state.
ALTER TABLE account ADD COLUMN version BIGINT NOT NULL DEFAULT 0;
-- The other login service that vouched for whoever logged in.
ALTER TABLE account_session ADD COLUMN provider TEXT;

CREATE TABLE account_recovery_code (
    account_id TEXT NOT NULL REFERENCES account (id),
    digest TEXT NOT NULL,
    PRIMARY KEY (account_id, digest)
);

CREATE TABLE account_identity (
    provider TEXT NOT NULL,
    name TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    subject TEXT,
    bound_at BIGINT NOT NULL,
    PRIMARY KEY (provider, name)
);

CREATE UNIQUE INDEX account_identity_by_subject ON account_identity (provider, subject);

CREATE INDEX account_identity_by_account ON account_identity (account_id);

-- A login begun at another service: good once, for one browser.
CREATE TABLE login_round (
    state_digest TEXT PRIMARY KEY,
    browser_digest TEXT NOT NULL,
    provider TEXT NOT NULL,
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    target TEXT NOT NULL,
    begun_at BIGINT NOT NULL
);

-- Failed logins by what was tried from where in one span of time: the audit gets a row for each, not for every attempt.
CREATE TABLE login_tally (
    login TEXT NOT NULL,
    address TEXT NOT NULL,
    window_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (login, address, window_at)
);
