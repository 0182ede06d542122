-- In-trays of one kind or state, without looking at the cases themselves.
ALTER TABLE case_waiting ADD COLUMN definition TEXT NOT NULL DEFAULT '';
ALTER TABLE case_waiting ADD COLUMN state TEXT NOT NULL DEFAULT '';

UPDATE case_waiting SET
    definition = (SELECT f.definition FROM case_file f WHERE f.id = case_waiting.case_id),
    state = (SELECT f.state FROM case_file f WHERE f.id = case_waiting.case_id);

CREATE INDEX case_trays ON case_waiting (unit, definition, state, due_day, case_id);
