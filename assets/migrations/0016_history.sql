-- A record of changes that nobody can rewrite unseen, and the log of what left the store.
-- Why this shape: every header of the record carries a hash of what stands in it, in its lines and in the header before
-- it; texts enter it through a salted digest, so that an erased text leaves the chain whole and cannot be guessed. The log
-- of exports is written and committed before the first byte leaves; only its end is noted later.

ALTER TABLE change ADD COLUMN salt BLOB;               -- of the digest of subject and reason
ALTER TABLE change ADD COLUMN digest BLOB;             -- that digest, where the texts were erased
ALTER TABLE change ADD COLUMN erased_by INTEGER;       -- the change that erased them
ALTER TABLE change ADD COLUMN hash BLOB;               -- over the header before and this one with its lines
ALTER TABLE change_row ADD COLUMN salt BLOB;           -- of the digest of before and after
ALTER TABLE change_row ADD COLUMN digest BLOB;
ALTER TABLE change_row ADD COLUMN erased_by INTEGER;
-- What stood before gets its hashes now (store/chain); after that only an erasure changes anything, and only so.
DROP TRIGGER change_stays;
DROP TRIGGER change_row_stays;

CREATE TABLE export_log (                -- [A141, I5, I16]
  id          INTEGER PRIMARY KEY,
  change_id   INTEGER NOT NULL REFERENCES change ON DELETE RESTRICT,   -- who, when, from which session, why
  person_id   INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  at          INTEGER NOT NULL,
  what        TEXT NOT NULL,             -- customers, contacts, orders, touches, all
  filter      TEXT NOT NULL,             -- as it was typed; blank: all
  format      TEXT NOT NULL,
  place       TEXT NOT NULL,             -- the file, or - for standard output
  reason      TEXT NOT NULL,
  planned     INTEGER NOT NULL,          -- rows, as counted before
  rows        INTEGER NOT NULL DEFAULT 0,-- rows that have left, never fewer
  state       TEXT NOT NULL CHECK (state IN ('running','done','cut','refused')),
  refusal     TEXT,                      -- why it was refused: right, limit
  large       INTEGER NOT NULL DEFAULT 0 CHECK (large IN (0,1)),       -- for the alarms
  ended_at    INTEGER
) STRICT;
CREATE INDEX export_log_person ON export_log (person_id, at);
CREATE INDEX export_log_at ON export_log (at);
CREATE INDEX export_log_large ON export_log (id) WHERE large = 1;
CREATE INDEX export_log_change ON export_log (change_id);
CREATE TABLE export_customer (           -- whose data left with it: the list for an apology [I8, K52]
  export_id   INTEGER NOT NULL REFERENCES export_log ON DELETE RESTRICT,
  customer_id INTEGER NOT NULL,
  PRIMARY KEY (export_id, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX export_customer_of ON export_customer (customer_id);
CREATE TRIGGER export_log_stays BEFORE UPDATE ON export_log
WHEN NOT (OLD.state='running' AND NEW.rows>=OLD.rows AND NEW.state<>'refused'
  AND (NEW.id,NEW.change_id,NEW.person_id,NEW.at,NEW.what,NEW.filter,NEW.format,NEW.place,NEW.reason,NEW.planned,NEW.large)
    =(OLD.id,OLD.change_id,OLD.person_id,OLD.at,OLD.what,OLD.filter,OLD.format,OLD.place,OLD.reason,OLD.planned,OLD.large))
BEGIN SELECT RAISE(ABORT, 'the log of exports is not rewritten'); END;
CREATE TRIGGER export_log_kept BEFORE DELETE ON export_log BEGIN SELECT RAISE(ABORT, 'the log of exports is not rewritten'); END;
CREATE TRIGGER export_customer_stays BEFORE UPDATE ON export_customer BEGIN SELECT RAISE(ABORT, 'the log of exports is not rewritten'); END;
CREATE TRIGGER export_customer_kept BEFORE DELETE ON export_customer BEGIN SELECT RAISE(ABORT, 'the log of exports is not rewritten'); END;
CREATE INDEX change_at ON change (at);
CREATE INDEX change_verb ON change (verb, id);
