-- Which files visits speak of: their records are sealed, and copies and moves must take the photos along.
CREATE TABLE inspection_photo (
    visit_id TEXT NOT NULL REFERENCES inspection_visit (id),
    digest TEXT NOT NULL,
    PRIMARY KEY (visit_id, digest)
);
