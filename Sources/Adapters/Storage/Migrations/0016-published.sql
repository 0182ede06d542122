-- What the public may see of cases: folded from the events like everything beside them, and written anew by a rebuild.

-- Days are counted from 1 January 1970; 9999999 stands for no last day.
CREATE TABLE case_public (
    case_id TEXT PRIMARY KEY REFERENCES case_file (id),
    definition TEXT NOT NULL,
    version TEXT NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    place TEXT NOT NULL,
    year BIGINT NOT NULL,
    first_day BIGINT NOT NULL,
    last_day BIGINT NOT NULL,
    is_listed BIGINT NOT NULL,
    county TEXT,
    body TEXT NOT NULL
);

CREATE INDEX case_public_by_day ON case_public (definition, is_listed, last_day, case_id);
CREATE INDEX case_public_by_year ON case_public (definition, year, case_id);

-- The schools a line names; a line without any is for every school of its county.
CREATE TABLE case_public_school (
    case_id TEXT NOT NULL REFERENCES case_file (id),
    school TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (case_id, school)
);

CREATE INDEX case_public_school_by_school ON case_public_school (school, case_id);
