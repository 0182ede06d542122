-- Cases: events that are only ever added, each chained to the one before it in its case, and beside them what lists and figures ask
-- for. Everything but the events, the definitions and the counters can be folded anew from the events.

CREATE TABLE case_definition (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE case_counter (
    series TEXT PRIMARY KEY,
    last BIGINT NOT NULL
);

-- Days are counted from 1 January 1970; 9999999 stands for no deadline, so that such cases sort last.
CREATE TABLE case_file (
    id TEXT PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    definition TEXT NOT NULL,
    version TEXT NOT NULL,
    title TEXT NOT NULL,
    subject TEXT NOT NULL,
    county TEXT,
    school TEXT,
    place TEXT NOT NULL,
    parent TEXT,
    state TEXT NOT NULL,
    is_open BIGINT NOT NULL,
    is_abandoned BIGINT NOT NULL,
    owner TEXT,
    assignee TEXT,
    assignee_name TEXT,
    opened_by TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    opened_day BIGINT NOT NULL,
    since BIGINT NOT NULL,
    days_taken BIGINT,
    due_day BIGINT NOT NULL,
    warn_day BIGINT NOT NULL,
    is_provisional BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    head TEXT NOT NULL
);

CREATE INDEX case_by_due ON case_file (is_open, due_day, id);
CREATE INDEX case_by_county ON case_file (county, is_open, due_day, id);
CREATE INDEX case_by_definition ON case_file (definition, is_open, due_day, id);
CREATE INDEX case_by_school ON case_file (school, is_open, due_day, id);
CREATE INDEX case_by_assignee ON case_file (assignee, is_open, due_day, id);
CREATE INDEX case_by_opener ON case_file (opened_by, is_open, due_day, id);
CREATE INDEX case_by_owner ON case_file (owner, is_open, due_day, id);
CREATE INDEX case_by_parent ON case_file (parent);

CREATE TABLE case_event (
    case_id TEXT NOT NULL REFERENCES case_file (id),
    number BIGINT NOT NULL,
    happened_at BIGINT NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    body TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (case_id, number)
);

-- In whose in-tray a case lies.
CREATE TABLE case_waiting (
    unit TEXT NOT NULL,
    due_day BIGINT NOT NULL,
    case_id TEXT NOT NULL REFERENCES case_file (id),
    PRIMARY KEY (unit, due_day, case_id)
);

CREATE INDEX case_waiting_by_case ON case_waiting (case_id);

CREATE TABLE case_link (
    case_id TEXT NOT NULL REFERENCES case_file (id),
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    PRIMARY KEY (kind, target, case_id)
);

CREATE INDEX case_link_by_case ON case_link (case_id);

-- What an open case has to itself: one open case for one thing.
CREATE TABLE case_claim (
    definition TEXT NOT NULL,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    case_id TEXT NOT NULL REFERENCES case_file (id),
    PRIMARY KEY (definition, kind, target)
);

CREATE INDEX case_claim_by_case ON case_claim (case_id);

-- Days on which somebody is to be told that a case is late.
CREATE TABLE case_deadline (
    day BIGINT NOT NULL,
    case_id TEXT NOT NULL REFERENCES case_file (id),
    step BIGINT NOT NULL,
    PRIMARY KEY (day, case_id, step)
);

CREATE INDEX case_deadline_by_case ON case_deadline (case_id);

CREATE TABLE case_evidence (
    case_id TEXT NOT NULL REFERENCES case_file (id),
    digest TEXT NOT NULL,
    event BIGINT NOT NULL,
    place BIGINT NOT NULL,
    PRIMARY KEY (case_id, event, place)
);

CREATE INDEX case_evidence_by_digest ON case_evidence (digest);
