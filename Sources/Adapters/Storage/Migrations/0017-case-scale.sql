-- Cases by the hundred thousand.

-- Every office a case ever waited in or was answered for by. A post held for all schools of a county, or for all counties, is looked
-- up here; then the range of each office is read by itself. Nothing is ever taken out.
CREATE TABLE case_unit (
    unit TEXT PRIMARY KEY
);

INSERT INTO case_unit (unit)
SELECT unit FROM case_waiting UNION SELECT owner FROM case_file WHERE owner IS NOT NULL;

-- How far a folding of all summaries has come that was broken off. `ground` is what it was folded by: rules and program.
CREATE TABLE case_rebuild (
    ground TEXT PRIMARY KEY,
    last TEXT NOT NULL,
    done BIGINT NOT NULL,
    changed BIGINT NOT NULL
);

-- What is searched: the number and the beginning of the title.
ALTER TABLE case_file ADD COLUMN words TEXT NOT NULL DEFAULT '';

UPDATE case_file SET words = number || ' ' || SUBSTR(title, 1, 200);

-- Figures read these alone, in their order, without looking at the cases themselves.
CREATE INDEX case_figures ON case_file (county, definition, state, is_open, is_abandoned, days_taken, due_day, opened_day);
CREATE INDEX case_figures_by_school ON case_file (county, school, owner, is_open, is_abandoned, days_taken, due_day, opened_day);

-- Searches, and lists of one state, read the open cases or the closed ones in the order of the list, and nothing but this.
CREATE INDEX case_words ON case_file (is_open, due_day, id, definition, state, warn_day, county, words);

-- What an in-tray is filtered by, without looking at the cases themselves.
CREATE INDEX case_kinds ON case_file (id, definition, state, warn_day);
