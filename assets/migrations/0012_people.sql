-- Who else may see a customer, and what was shown to whom beyond the mask.
-- Why this shape: a colleague who works on a customer is a row of its own, so that letting somebody in is recorded and
-- undone like all else.

CREATE TABLE customer_share (            -- collaborators [A27, X31]
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  person_id   INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  by_id       INTEGER REFERENCES person ON DELETE RESTRICT,
  at          INTEGER NOT NULL,
  rev         INTEGER NOT NULL DEFAULT 1,
  UNIQUE (customer_id, person_id)
) STRICT;
CREATE INDEX customer_share_person ON customer_share (person_id);
CREATE TRIGGER customer_share_rev BEFORE UPDATE ON customer_share WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;

-- What people were shown beyond the mask is not rewritten either.
CREATE TRIGGER look_up_stays BEFORE UPDATE ON look_up BEGIN SELECT RAISE(ABORT, 'the log is not rewritten'); END;
CREATE TRIGGER look_up_kept BEFORE DELETE ON look_up BEGIN SELECT RAISE(ABORT, 'the log is not rewritten'); END;
CREATE INDEX look_up_at ON look_up (at);
ALTER TABLE look_up ADD COLUMN field TEXT;             -- the column that was shown
