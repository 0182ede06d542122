-- Programs that work with the interface: their tokens, their repeated requests, and whom to tell of events.

-- Only a digest of what the program holds is kept. The owner is a person of the directory in force, so there is no reference.
CREATE TABLE access_token (
    id TEXT PRIMARY KEY,
    token_digest TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    duties TEXT NOT NULL,
    county TEXT,
    school TEXT,
    created_at BIGINT NOT NULL,
    last_day TEXT NOT NULL,
    used_at BIGINT,
    revoked_at BIGINT
);

CREATE INDEX access_token_by_owner ON access_token (owner);

-- What was answered to a request with an idempotency key; no status while it is being done.
CREATE TABLE replayed_request (
    owner TEXT NOT NULL,
    request_key TEXT NOT NULL,
    request_digest TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    status BIGINT,
    type TEXT NOT NULL,
    tag TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (owner, request_key)
);

CREATE INDEX replayed_request_by_time ON replayed_request (begun_at);

-- Somebody's address to be told of events. A secret signs what is sent; the former one signs too while receivers change over.
CREATE TABLE webhook (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    kinds TEXT NOT NULL,
    county TEXT,
    secret TEXT NOT NULL,
    former_secret TEXT,
    former_until BIGINT,
    created_at BIGINT NOT NULL,
    failures BIGINT NOT NULL DEFAULT 0,
    is_enabled BIGINT NOT NULL DEFAULT 1 CHECK (is_enabled IN (0, 1)),
    ended_why TEXT NOT NULL DEFAULT ''
);

CREATE INDEX webhook_by_owner ON webhook (owner);

-- One event on its way to one address. Whoever sends it moves `due_at` into the future first: that is the lease.
CREATE TABLE webhook_delivery (
    id TEXT PRIMARY KEY,
    webhook_id TEXT NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    county TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed', 'withheld')),
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    tried_at BIGINT,
    answered_status BIGINT,
    answered_words TEXT NOT NULL DEFAULT ''
);

CREATE INDEX webhook_delivery_by_due ON webhook_delivery (state, due_at);
CREATE INDEX webhook_delivery_by_hook ON webhook_delivery (webhook_id, created_at);
