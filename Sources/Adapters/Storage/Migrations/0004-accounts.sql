-- Who may come in: accounts with their posts, open sessions, failed attempts.

CREATE TABLE account (
    id TEXT PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    password_at BIGINT NOT NULL,
    must_change BIGINT NOT NULL CHECK (must_change IN (0, 1)),
    code_secret TEXT,
    code_step BIGINT NOT NULL DEFAULT 0,
    is_disabled BIGINT NOT NULL DEFAULT 0 CHECK (is_disabled IN (0, 1)),
    created_at BIGINT NOT NULL
);

CREATE TABLE former_password (
    account_id TEXT NOT NULL REFERENCES account (id),
    number BIGINT NOT NULL,
    password_hash TEXT NOT NULL,
    PRIMARY KEY (account_id, number)
);

CREATE TABLE account_grant (
    account_id TEXT NOT NULL REFERENCES account (id),
    number BIGINT NOT NULL,
    role TEXT NOT NULL,
    county TEXT,
    school TEXT,
    until_day TEXT,
    PRIMARY KEY (account_id, number)
);

-- Only a digest of what the browser holds is kept.
CREATE TABLE account_session (
    id TEXT PRIMARY KEY,
    token_digest TEXT NOT NULL UNIQUE,
    account_id TEXT NOT NULL REFERENCES account (id),
    stage TEXT NOT NULL CHECK (stage IN ('code', 'full')),
    started_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL
);

CREATE INDEX account_session_by_account ON account_session (account_id);

CREATE TABLE login_failure (
    subject TEXT NOT NULL,
    failed_at BIGINT NOT NULL
);

CREATE INDEX login_failure_by_subject ON login_failure (subject, failed_at);
