-- Surveys of schools' staff against their establishment, and matchings of people and posts.

CREATE TABLE staffing_survey (
    county TEXT NOT NULL,
    school_year BIGINT NOT NULL,
    body TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (county, school_year)
);

CREATE TABLE post_plan (
    id TEXT PRIMARY KEY,
    county TEXT NOT NULL,
    school_year BIGINT NOT NULL,
    body TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    adopted_by TEXT,
    adopted_at BIGINT
);

CREATE INDEX post_plan_by_county ON post_plan (county, school_year);
