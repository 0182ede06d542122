-- Teachers' turns at other schools over the years, what rates are counted of, and plans of exchange.

CREATE TABLE teacher_exchange (
    id TEXT PRIMARY KEY,
    county TEXT NOT NULL,
    school_year BIGINT NOT NULL,
    teacher TEXT NOT NULL,
    sealed_name TEXT,
    stage TEXT NOT NULL,
    post TEXT NOT NULL,
    is_backbone BIGINT NOT NULL CHECK (is_backbone IN (0, 1)),
    from_school TEXT NOT NULL,
    from_name TEXT NOT NULL,
    from_setting TEXT NOT NULL,
    to_school TEXT NOT NULL,
    to_name TEXT NOT NULL,
    to_setting TEXT NOT NULL,
    form TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'serving', 'finished', 'cancelled')),
    ended_year BIGINT,
    plan TEXT,
    version BIGINT NOT NULL
);

CREATE UNIQUE INDEX teacher_exchange_by_teacher ON teacher_exchange (county, school_year, teacher);

CREATE TABLE exchange_base (
    county TEXT NOT NULL,
    school_year BIGINT NOT NULL,
    eligible BIGINT NOT NULL,
    full_time BIGINT NOT NULL,
    PRIMARY KEY (county, school_year)
);

CREATE TABLE rotation_plan (
    id TEXT PRIMARY KEY,
    county TEXT NOT NULL,
    school_year BIGINT NOT NULL,
    record TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    adopted_by TEXT,
    adopted_at BIGINT
);

CREATE INDEX rotation_plan_by_county ON rotation_plan (county, school_year);
