-- What a job is worked out of and nobody may keep: sealed, and gone with the job's end. Which job worked a plan out.
CREATE TABLE job_paper (
    job_id TEXT PRIMARY KEY REFERENCES job (id) ON DELETE CASCADE,
    sealed_body TEXT NOT NULL,
    handed_at BIGINT NOT NULL
);

ALTER TABLE rotation_plan ADD COLUMN job TEXT;
ALTER TABLE post_plan ADD COLUMN job TEXT;

CREATE UNIQUE INDEX rotation_plan_by_job ON rotation_plan (job);
CREATE UNIQUE INDEX post_plan_by_job ON post_plan (job);
