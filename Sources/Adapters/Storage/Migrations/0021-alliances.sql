-- Alliances of schools, who was in them when, and what they did together.

CREATE TABLE alliance (
    id TEXT PRIMARY KEY,
    county TEXT NOT NULL,
    name TEXT NOT NULL,
    form TEXT NOT NULL,
    lead TEXT NOT NULL,
    lead_name TEXT NOT NULL,
    lead_county TEXT NOT NULL,
    founded TEXT NOT NULL,
    ended TEXT,
    reason TEXT NOT NULL,
    plan TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE alliance_member (
    alliance_id TEXT NOT NULL,
    place BIGINT NOT NULL,
    school TEXT NOT NULL,
    school_name TEXT NOT NULL,
    school_county TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('strong', 'supported')),
    stage TEXT,
    from_day TEXT NOT NULL,
    until_day TEXT,
    reason TEXT NOT NULL,
    PRIMARY KEY (alliance_id, place)
);

CREATE TABLE alliance_activity (
    id TEXT PRIMARY KEY,
    alliance_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('staff', 'lesson', 'visit')),
    day TEXT NOT NULL,
    amount BIGINT NOT NULL,
    days BIGINT,
    subject TEXT NOT NULL,
    from_school TEXT NOT NULL,
    to_school TEXT NOT NULL,
    evidence TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    struck_by TEXT,
    struck_at BIGINT,
    struck_reason TEXT
);

CREATE INDEX alliance_activity_by_alliance ON alliance_activity (alliance_id, day);
