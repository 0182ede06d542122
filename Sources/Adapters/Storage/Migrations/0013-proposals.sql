-- Plans that were verified, with the papers written when they were made.

CREATE TABLE proposal (
    id TEXT PRIMARY KEY,
    method TEXT NOT NULL,
    title TEXT NOT NULL,
    county TEXT NOT NULL,
    school_year BIGINT NOT NULL,
    standard TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'adopted', 'superseded')),
    cost BIGINT NOT NULL,
    problem TEXT NOT NULL,
    body TEXT NOT NULL,
    job_id TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_name TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    adopted_by TEXT,
    adopted_name TEXT,
    adopted_at BIGINT,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (job_id, county),
    CHECK ((state = 'proposed') = (adopted_by IS NULL))
);

CREATE INDEX proposal_by_county ON proposal (county, made_at);

CREATE TABLE proposal_file (
    plan_id TEXT NOT NULL REFERENCES proposal (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (plan_id, kind)
);
