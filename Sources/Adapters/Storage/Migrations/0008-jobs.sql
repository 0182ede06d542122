-- Work that takes longer than a page may. A running job belongs to the process named in lease_owner as long as that process
-- renews lease_renewals; lease_number grows with every claim, and who holds an older one may write nothing.

CREATE TABLE job (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    input TEXT NOT NULL,
    duty TEXT NOT NULL,
    county TEXT,
    asked_by TEXT NOT NULL,
    asked_name TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
    progress_done BIGINT NOT NULL DEFAULT 0,
    progress_total BIGINT,
    progress_what TEXT NOT NULL DEFAULT '',
    attempts BIGINT NOT NULL DEFAULT 0,
    not_before BIGINT,
    is_cancel_asked BIGINT NOT NULL DEFAULT 0 CHECK (is_cancel_asked IN (0, 1)),
    lease_owner TEXT,
    lease_number BIGINT NOT NULL DEFAULT 0,
    lease_renewals BIGINT NOT NULL DEFAULT 0,
    result_summary TEXT,
    result_page TEXT NOT NULL DEFAULT '',
    result_json TEXT NOT NULL DEFAULT '',
    file_name TEXT,
    file_type TEXT,
    error TEXT NOT NULL DEFAULT '',
    started_at BIGINT,
    finished_at BIGINT,
    CHECK ((state = 'running') = (lease_owner IS NOT NULL)),
    CHECK ((state = 'done') = (result_summary IS NOT NULL))
);

CREATE INDEX job_by_state ON job (state, asked_at);
CREATE INDEX job_by_person ON job (asked_by, asked_at);

CREATE TABLE job_file (
    job_id TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (job_id, number)
);

-- The job that reads an import in; nothing where whoever began it reads.
ALTER TABLE return_import ADD COLUMN job_id TEXT;
