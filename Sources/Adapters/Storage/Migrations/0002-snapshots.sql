-- What counties report, and the rows of frozen reports, which nothing ever updates.

CREATE TABLE snapshot (
    id TEXT PRIMARY KEY,
    county TEXT NOT NULL,
    school_year BIGINT NOT NULL,
    number BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'approved', 'frozen')),
    seal_hash TEXT,
    seal_catalogue TEXT,
    seal_rows BIGINT,
    seal_at BIGINT,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (county, school_year, number),
    CHECK ((state = 'frozen') = (seal_hash IS NOT NULL))
);

CREATE TABLE snapshot_form (
    snapshot_id TEXT NOT NULL REFERENCES snapshot (id),
    form TEXT NOT NULL,
    PRIMARY KEY (snapshot_id, form)
);

CREATE TABLE snapshot_step (
    snapshot_id TEXT NOT NULL REFERENCES snapshot (id),
    number BIGINT NOT NULL,
    action TEXT NOT NULL,
    to_state TEXT NOT NULL,
    done_by TEXT NOT NULL,
    done_name TEXT NOT NULL,
    done_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (snapshot_id, number)
);

CREATE TABLE frozen_origin (
    snapshot_id TEXT NOT NULL REFERENCES snapshot (id),
    form TEXT NOT NULL,
    number BIGINT NOT NULL,
    import_id TEXT NOT NULL,
    file TEXT NOT NULL,
    sheet TEXT NOT NULL,
    columns TEXT NOT NULL,
    PRIMARY KEY (snapshot_id, form, number)
);

CREATE TABLE frozen_row (
    snapshot_id TEXT NOT NULL REFERENCES snapshot (id),
    form TEXT NOT NULL,
    row_key TEXT NOT NULL,
    origin BIGINT NOT NULL,
    sheet_row BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (snapshot_id, form, row_key),
    FOREIGN KEY (snapshot_id, form, origin) REFERENCES frozen_origin (snapshot_id, form, number)
);
