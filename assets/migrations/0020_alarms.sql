-- Alarms: what fired, who answers for it, until when the first step has to be done, and how it ended (G1-G15, G56, G57).
-- Why this shape: the rules are a table of the program and their thresholds settings; a row here is one alarm of one cause
-- and period, kept with the figures that fired it, because the records behind it go on changing. Steps are ticked as bits in
-- the order of the rule. `climb_at` is the instant from which it goes to the next head; NULL once somebody has begun.
CREATE TABLE alarm (
  id          INTEGER PRIMARY KEY,
  rule        TEXT NOT NULL,
  subject     TEXT NOT NULL,             -- what it is about: `customer:12`, `segment:growth`, `complaint:7`
  period      TEXT NOT NULL,             -- the same cause and period raise one alarm [G57]
  level       TEXT NOT NULL CHECK (level IN ('high','medium','low')),
  customer_id INTEGER REFERENCES customer ON DELETE RESTRICT,
  segment     TEXT,
  person_id   INTEGER REFERENCES person ON DELETE RESTRICT,  -- about whom
  figures     TEXT NOT NULL,             -- JSON: what fired it
  note        TEXT,                      -- what was said by whoever raised it
  since       INTEGER NOT NULL,          -- the trigger, from which the clock runs [G56]
  raised_at   INTEGER NOT NULL,
  start_by    INTEGER NOT NULL,
  post        TEXT NOT NULL,             -- who answers for it
  owner_id    INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  climb_at    INTEGER,
  climbed     INTEGER NOT NULL DEFAULT 0 CHECK (climbed BETWEEN 0 AND 2),
  climbed_to  INTEGER REFERENCES person ON DELETE RESTRICT,
  state       TEXT NOT NULL DEFAULT 'raised' CHECK (state IN ('raised','acknowledged','closed')),
  acknowledged_by INTEGER REFERENCES person ON DELETE RESTRICT,
  acknowledged_at INTEGER,
  ticked      INTEGER NOT NULL DEFAULT 0,
  ended       TEXT CHECK (ended IN ('done','gone')),         -- gone: the cause ended by itself
  result      TEXT,
  closed_by   INTEGER REFERENCES person ON DELETE RESTRICT,
  closed_at   INTEGER,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX alarm_cause ON alarm (rule, subject, period);
CREATE INDEX alarm_open ON alarm (owner_id, start_by) WHERE state <> 'closed';
CREATE INDEX alarm_climbed ON alarm (climbed_to) WHERE state <> 'closed' AND climbed_to IS NOT NULL;
CREATE INDEX alarm_climb ON alarm (climb_at) WHERE state <> 'closed' AND climb_at IS NOT NULL;
CREATE INDEX alarm_customer ON alarm (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX alarm_raised ON alarm (raised_at);
CREATE TRIGGER alarm_rev BEFORE UPDATE ON alarm WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;

-- high-value customers whose touches go without an answer: few, and looked at every minute [G2]
CREATE INDEX facts_unanswered ON facts (unanswered) WHERE segment = 'high' AND unanswered > 0;
