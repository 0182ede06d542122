-- Papers and photos that prove entries of the ledger; a name of its own for every remembered request, so that its sealed answer is
-- bound to it.

CREATE TABLE fund_document (
    entry_id TEXT NOT NULL REFERENCES fund_entry (id),
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    size BIGINT NOT NULL,
    type TEXT NOT NULL,
    added_by TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    PRIMARY KEY (entry_id, number)
);

ALTER TABLE replayed_request ADD COLUMN id TEXT NOT NULL DEFAULT '';

UPDATE replayed_request SET id = owner || ' ' || request_key;

CREATE UNIQUE INDEX replayed_request_by_id ON replayed_request (id);
