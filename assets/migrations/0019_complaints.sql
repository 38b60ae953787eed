-- Complaints to their end, and requests between departments (A92, A93, A95-A100, E18, G21, G31, L20).
-- Why this shape: a complaint that was withdrawn or was none is closed like one that was resolved (`state`), so that
-- everything that asks for open ones stays as it is; `ended` says that it does not count (kpis.md, complaint rate). A request
-- keeps its own due, because one may be asked for sooner or later than the two hours of the rule; who asks, who is asked
-- and who answers are three columns, because the time between them is what is measured (K21).
ALTER TABLE complaint ADD COLUMN ended TEXT CHECK (ended IN ('withdrawn','invalid'));   -- NULL: it was resolved, or is open
ALTER TABLE complaint ADD COLUMN closed_at INTEGER;
ALTER TABLE complaint ADD COLUMN order_code TEXT;      -- the order it is about [A100]
ALTER TABLE complaint ADD COLUMN repair TEXT;          -- apology, compensation, what makes it good again [L20]
ALTER TABLE complaint ADD COLUMN recheck_on TEXT;
ALTER TABLE complaint ADD COLUMN recheck TEXT;         -- what the look afterwards found

CREATE TABLE request (                   -- one department asks another about a customer [A93, E18]
  id              INTEGER PRIMARY KEY,
  customer_id     INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  touch_id        INTEGER REFERENCES touch ON DELETE RESTRICT,        -- the entry it was raised from
  from_id         INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  from_department TEXT NOT NULL,
  department      TEXT NOT NULL CHECK (department IN ('sales','service','marketing','operations','other')),
  text            TEXT NOT NULL CHECK (text <> ''),
  asked_at        INTEGER NOT NULL,
  due_at          INTEGER NOT NULL,
  state           TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open','taken','answered','refused','closed')),
  taken_by        INTEGER REFERENCES person ON DELETE RESTRICT,
  taken_at        INTEGER,
  answer          TEXT,                  -- or why it was refused
  answered_by     INTEGER REFERENCES person ON DELETE RESTRICT,
  answered_at     INTEGER,
  closed_at       INTEGER,
  rev             INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX request_customer ON request (customer_id);
CREATE INDEX request_touch ON request (touch_id) WHERE touch_id IS NOT NULL;
CREATE INDEX request_waiting ON request (department, due_at) WHERE state IN ('open','taken');
CREATE INDEX request_asked ON request (from_id, asked_at) WHERE state <> 'closed';
CREATE INDEX request_at ON request (asked_at);
CREATE TRIGGER request_rev BEFORE UPDATE ON request WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
