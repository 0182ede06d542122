-- Visits to schools, asked for, planned and made, and which inspector answers for which school.

CREATE TABLE inspection_visit (
    id TEXT PRIMARY KEY,
    plan_year BIGINT NOT NULL,
    county TEXT NOT NULL,
    school TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('requested', 'approved', 'done', 'declined', 'merged')),
    inspector TEXT NOT NULL,
    body TEXT NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX inspection_visit_by_county ON inspection_visit (plan_year, county, school);

CREATE INDEX inspection_visit_by_school ON inspection_visit (school, plan_year);

CREATE TABLE school_inspector (
    school TEXT PRIMARY KEY,
    county TEXT NOT NULL,
    region TEXT NOT NULL,
    school_name TEXT NOT NULL,
    inspector TEXT NOT NULL,
    inspector_name TEXT NOT NULL
);

CREATE INDEX school_inspector_by_inspector ON school_inspector (inspector);
