-- Leaks of customers' data: who is said to have taken it, what was done about it step by step, whom one has apologised to
-- (G1, H35, I8, K52). Why this shape: the clock and who answers are the alarm's, the list of affected customers is the log
-- of exports', which nobody rewrites; here stands only what people did. An apology is a touch, a compensation a cost of the
-- customer, so that profile, ledger and history have them like any other.
CREATE TABLE leak (
  id          INTEGER PRIMARY KEY,
  alarm_id    INTEGER NOT NULL REFERENCES alarm ON DELETE RESTRICT,
  person_id   INTEGER REFERENCES person ON DELETE RESTRICT,   -- who is said to have taken data out; NULL: not known yet
  note        TEXT NOT NULL CHECK (note <> ''),               -- what was said
  since       INTEGER NOT NULL,                               -- complaint or detection, whichever was first
  reported_by INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  reported_at INTEGER NOT NULL,
  state       TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open','closed')),
  result      TEXT,
  closed_by   INTEGER REFERENCES person ON DELETE RESTRICT,
  closed_at   INTEGER,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX leak_alarm ON leak (alarm_id);
CREATE INDEX leak_person ON leak (person_id) WHERE state = 'open';
CREATE TABLE leak_step (
  id          INTEGER PRIMARY KEY,
  leak_id     INTEGER NOT NULL REFERENCES leak ON DELETE RESTRICT,
  step        TEXT NOT NULL CHECK (step IN ('freeze','audit','encrypt','apologise')),
  by_id       INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  at          INTEGER NOT NULL,
  found       TEXT,                                           -- backups changed, not opened, not encrypted: `12,0,1`
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX leak_step_of ON leak_step (leak_id, step);
CREATE TABLE leak_customer (
  id          INTEGER PRIMARY KEY,
  leak_id     INTEGER NOT NULL REFERENCES leak ON DELETE RESTRICT,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  touch_id    INTEGER,                                        -- the apology; touches keep no references
  expense_id  INTEGER REFERENCES expense ON DELETE RESTRICT,  -- the compensation, if one was given
  by_id       INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  at          INTEGER NOT NULL,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX leak_customer_of ON leak_customer (leak_id, customer_id);
CREATE INDEX leak_customer_customer ON leak_customer (customer_id);
CREATE INDEX leak_customer_touch ON leak_customer (touch_id) WHERE touch_id IS NOT NULL;
CREATE INDEX leak_customer_expense ON leak_customer (expense_id) WHERE expense_id IS NOT NULL;
CREATE TRIGGER leak_rev BEFORE UPDATE ON leak WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER leak_step_rev BEFORE UPDATE ON leak_step WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER leak_customer_rev BEFORE UPDATE ON leak_customer WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
