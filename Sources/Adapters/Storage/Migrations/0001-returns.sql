-- Imports with their rows, and which import's row is the current one of each key.
-- Plain SQL for SQLite and PostgreSQL. Times are milliseconds since 1970 UTC, flags are 0 and 1.

CREATE TABLE return_import (
    id TEXT PRIMARY KEY,
    form TEXT NOT NULL,
    key_attribute TEXT NOT NULL,
    school_year BIGINT NOT NULL,
    county TEXT,
    file_name TEXT NOT NULL,
    file_digest TEXT NOT NULL,
    file_size BIGINT NOT NULL,
    uploader TEXT NOT NULL,
    uploader_name TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    touched_at BIGINT NOT NULL,
    finished_at BIGINT,
    state TEXT NOT NULL CHECK (state IN ('reading', 'preview', 'applied', 'undone', 'refused', 'abandoned', 'discarded')),
    rows_read BIGINT NOT NULL DEFAULT 0,
    rows_new BIGINT NOT NULL DEFAULT 0,
    rows_changed BIGINT NOT NULL DEFAULT 0,
    rows_unchanged BIGINT NOT NULL DEFAULT 0,
    rows_refused BIGINT NOT NULL DEFAULT 0,
    progress_done BIGINT NOT NULL DEFAULT 0,
    progress_total BIGINT,
    error_count BIGINT NOT NULL DEFAULT 0,
    warning_count BIGINT NOT NULL DEFAULT 0,
    base_revision BIGINT NOT NULL DEFAULT 0,
    applied_number BIGINT,
    applied_by TEXT,
    applied_name TEXT,
    applied_at BIGINT,
    undone_by TEXT,
    undone_name TEXT,
    undone_at BIGINT,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX return_import_by_start ON return_import (started_at);

CREATE TABLE import_origin (
    import_id TEXT NOT NULL REFERENCES return_import (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    file TEXT NOT NULL,
    sheet TEXT NOT NULL,
    columns TEXT NOT NULL,
    PRIMARY KEY (import_id, number)
);

CREATE TABLE import_row (
    import_id TEXT NOT NULL REFERENCES return_import (id) ON DELETE CASCADE,
    row_key TEXT NOT NULL,
    county TEXT NOT NULL,
    origin BIGINT NOT NULL,
    sheet_row BIGINT NOT NULL,
    refused BIGINT NOT NULL DEFAULT 0 CHECK (refused IN (0, 1)),
    body TEXT NOT NULL,
    PRIMARY KEY (import_id, row_key),
    FOREIGN KEY (import_id, origin) REFERENCES import_origin (import_id, number) ON DELETE CASCADE
);
CREATE INDEX import_row_by_key ON import_row (row_key);
CREATE INDEX import_row_by_place ON import_row (import_id, origin, sheet_row);

CREATE TABLE import_diagnostic (
    import_id TEXT NOT NULL REFERENCES return_import (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    severity TEXT NOT NULL,
    code TEXT NOT NULL,
    place_kind TEXT NOT NULL CHECK (place_kind IN ('cell', 'line', 'file')),
    place TEXT NOT NULL,
    place_row BIGINT,
    place_column BIGINT,
    message TEXT NOT NULL,
    PRIMARY KEY (import_id, number)
);

CREATE TABLE current_row (
    form TEXT NOT NULL,
    school_year BIGINT NOT NULL,
    row_key TEXT NOT NULL,
    county TEXT NOT NULL,
    import_id TEXT NOT NULL REFERENCES return_import (id),
    PRIMARY KEY (form, school_year, row_key)
);
CREATE INDEX current_row_by_county ON current_row (form, school_year, county);
CREATE INDEX current_row_by_import ON current_row (import_id);

-- The number of the last change of each county's data, taken from one counter.
CREATE TABLE data_revision (
    form TEXT NOT NULL,
    school_year BIGINT NOT NULL,
    county TEXT NOT NULL,
    number BIGINT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (form, school_year, county)
);

CREATE TABLE revision_counter (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    number BIGINT NOT NULL
);
INSERT INTO revision_counter (one, number) VALUES (1, 0);
