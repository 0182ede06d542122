-- Servers that share this database, and handed-in files for servers that share no folder.

-- Every running server raises its beats every few seconds; the others see who stopped.
CREATE TABLE server_process (
    id TEXT PRIMARY KEY,
    beats BIGINT NOT NULL
);

-- The server that reads an import in.
ALTER TABLE return_import ADD COLUMN reader TEXT;

CREATE TABLE kept_file (
    digest TEXT PRIMARY KEY,
    size BIGINT NOT NULL,
    is_whole BIGINT NOT NULL DEFAULT 0 CHECK (is_whole IN (0, 1))
);

-- BYTEA keeps bytes in SQLite too, which takes any name of a type.
CREATE TABLE kept_chunk (
    digest TEXT NOT NULL REFERENCES kept_file (digest) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (digest, number)
);
