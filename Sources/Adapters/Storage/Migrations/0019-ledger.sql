-- The ledger of special funds, which only grows, and yearly finance figures. Amounts are whole fen.

CREATE TABLE fund_entry (
    id TEXT PRIMARY KEY,
    place BIGINT NOT NULL,
    county TEXT NOT NULL,
    budget_year BIGINT NOT NULL,
    fund TEXT NOT NULL,
    project TEXT NOT NULL,
    school TEXT NOT NULL,
    school_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount BIGINT NOT NULL,
    purpose TEXT NOT NULL,
    day TEXT NOT NULL,
    voucher TEXT NOT NULL,
    reason TEXT NOT NULL,
    reverses TEXT UNIQUE,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    UNIQUE (county, voucher),
    UNIQUE (county, place)
);

CREATE INDEX fund_entry_by_year ON fund_entry (budget_year, county);

CREATE TABLE finance_figure (
    county TEXT NOT NULL,
    budget_year BIGINT NOT NULL,
    basis TEXT NOT NULL,
    extent TEXT NOT NULL,
    name TEXT NOT NULL,
    spending BIGINT,
    pupils BIGINT,
    running BIGINT,
    training BIGINT,
    PRIMARY KEY (county, budget_year, basis, extent)
);
