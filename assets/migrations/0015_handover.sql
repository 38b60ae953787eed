-- Hand-over of customers from one person to another, with its checklist and both signatures (A142, H33).
-- Why this shape: who is handed over stands in rows of their own, each with what became of it, so that a hand-over of very
-- many goes on where it was cut and goes back as it came; what the list of hand-overs shows is kept on the head, because a
-- list must not count a million customers.

CREATE TABLE handover (
  id           INTEGER PRIMARY KEY,
  from_id      INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  to_id        INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT CHECK (to_id <> from_id),
  what         TEXT NOT NULL DEFAULT '',               -- `all`, a filter, or blank for customers that were named
  reason       TEXT,
  state        TEXT NOT NULL CHECK (state IN ('proposed','accepted','confirmed','declined','withdrawn')),
  customers    INTEGER NOT NULL,
  proposed_by  INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  proposed_at  INTEGER NOT NULL,
  moved_at     INTEGER,                                -- when the customers went over; NULL: they have not
  accepted_by  INTEGER REFERENCES person ON DELETE RESTRICT,
  accepted_at  INTEGER,
  confirmed_by INTEGER REFERENCES person ON DELETE RESTRICT,
  confirmed_at INTEGER,
  note         TEXT,                                   -- why it was declined or taken back
  rev          INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX handover_to ON handover (to_id, state);
CREATE INDEX handover_from ON handover (from_id, state);
CREATE TABLE handover_item (                           -- the checklist
  id          INTEGER PRIMARY KEY,
  handover_id INTEGER NOT NULL REFERENCES handover ON DELETE RESTRICT,
  item        TEXT NOT NULL,
  done_by     INTEGER REFERENCES person ON DELETE RESTRICT,
  done_at     INTEGER,
  rev         INTEGER NOT NULL DEFAULT 1,
  UNIQUE (handover_id, item)
) STRICT;
CREATE TABLE handover_customer (
  id          INTEGER PRIMARY KEY,
  handover_id INTEGER NOT NULL REFERENCES handover ON DELETE RESTRICT,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  state       TEXT NOT NULL CHECK (state IN ('waiting','moved','back','kept')),  -- kept: somebody else's meanwhile
  rev         INTEGER NOT NULL DEFAULT 1,
  UNIQUE (handover_id, customer_id)
) STRICT;
CREATE INDEX handover_customer_customer ON handover_customer (customer_id);
CREATE INDEX handover_customer_state ON handover_customer (handover_id, state, customer_id);

CREATE TRIGGER handover_rev BEFORE UPDATE ON handover WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER handover_item_rev BEFORE UPDATE ON handover_item WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER handover_customer_rev BEFORE UPDATE ON handover_customer WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
