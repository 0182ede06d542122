-- What was done, for good: rows are only ever added. The head stands apart, so that rows missing at the end are noticed too.

CREATE TABLE audit_event (
    number BIGINT PRIMARY KEY,
    happened_at BIGINT NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    outcome TEXT NOT NULL,
    address TEXT NOT NULL,
    digest TEXT NOT NULL
);

CREATE INDEX audit_event_by_time ON audit_event (happened_at);

CREATE TABLE audit_head (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    number BIGINT NOT NULL,
    digest TEXT NOT NULL
);

INSERT INTO audit_head (id, number, digest)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
