-- Baselines, causes, evaluations, suggestions, monthly assessments (A129, A130, A145, F47-F49, G25, H18-H20, H31, K22, K64).
-- Why this shape: a baseline keeps the figures themselves as JSON and not a question, because what is written down later for
-- an earlier day must not move what an activity is measured against. A line of an evaluation names its metric and target;
-- what was reached is counted from the records until the evaluation is closed, and stands in `baseline` and `actual` from
-- then on. Figures are texts in their own unit (`0.15`, `30`), because a record of changes keeps whole numbers and texts.
-- The matrix edit that a suggestion prepares is the same value that the strategy table takes, as JSON.

CREATE TABLE baseline (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL CHECK (name <> ''),
  from_on  TEXT NOT NULL,
  until_on TEXT NOT NULL CHECK (until_on > from_on),           -- the first day after
  length   TEXT NOT NULL CHECK (length IN ('week','month','quarter','year','span')),
  figures  TEXT NOT NULL,
  at       INTEGER NOT NULL,                                   -- when it was stored, and what was known
  by_id    INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  rev      INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE cause_note (                -- why a figure is what it is [F47, K64]
  id       INTEGER PRIMARY KEY,
  kpi      TEXT NOT NULL CHECK (kpi <> ''),
  segment  TEXT NOT NULL DEFAULT '',                           -- '': all customers
  from_on  TEXT NOT NULL,
  until_on TEXT NOT NULL CHECK (until_on > from_on),
  text     TEXT NOT NULL CHECK (text <> ''),
  at       INTEGER NOT NULL,
  by_id    INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  rev      INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX cause_note_kpi ON cause_note (kpi, until_on);
CREATE TABLE evaluation (                -- [A129, H19]
  id          INTEGER PRIMARY KEY,
  campaign_id INTEGER UNIQUE REFERENCES campaign ON DELETE RESTRICT,
  plan_id     INTEGER UNIQUE REFERENCES plan ON DELETE RESTRICT,
  baseline_id INTEGER REFERENCES baseline ON DELETE RESTRICT,
  due_on      TEXT NOT NULL,                                   -- within so many months of the end [G25]
  owner_id    INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  state       TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open','done')),
  result      TEXT,                                            -- in words
  closed_at   INTEGER,
  closed_by   INTEGER REFERENCES person ON DELETE RESTRICT,
  rev         INTEGER NOT NULL DEFAULT 1,
  CHECK ((campaign_id IS NULL) <> (plan_id IS NULL))
) STRICT;
CREATE INDEX evaluation_due ON evaluation (owner_id, due_on) WHERE state = 'open';
CREATE INDEX evaluation_baseline ON evaluation (baseline_id) WHERE baseline_id IS NOT NULL;
CREATE TABLE evaluation_line (
  id            INTEGER PRIMARY KEY,
  evaluation_id INTEGER NOT NULL REFERENCES evaluation ON DELETE RESTRICT,
  dimension     TEXT NOT NULL CHECK (dimension IN ('value','efficiency','satisfaction','activity','own')),
  metric        TEXT NOT NULL CHECK (metric <> ''),            -- id of a KPI or of a campaign's figure, else words
  segment       TEXT NOT NULL DEFAULT '',
  target        TEXT,
  baseline      TEXT,                                          -- frozen when the evaluation is closed
  actual        TEXT,                                          -- the same; of a metric in words, by hand
  verdict       TEXT,
  cause         TEXT,
  rev           INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX evaluation_line_of ON evaluation_line (evaluation_id);
CREATE TABLE suggestion (                -- [A130, H20, H50]
  id            INTEGER PRIMARY KEY,
  evaluation_id INTEGER REFERENCES evaluation ON DELETE RESTRICT, -- NULL: of a review of the board
  direction     TEXT NOT NULL CHECK (direction <> ''),
  measure       TEXT NOT NULL CHECK (measure <> ''),
  owner_id      INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  due_on        TEXT NOT NULL,
  state         TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open','done')),
  edit          TEXT,                                          -- the prepared change of the matrix
  applied_at    INTEGER,
  done_at       INTEGER,
  done_by       INTEGER REFERENCES person ON DELETE RESTRICT,
  at            INTEGER NOT NULL,
  by_id         INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  rev           INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX suggestion_of ON suggestion (evaluation_id) WHERE evaluation_id IS NOT NULL;
CREATE INDEX suggestion_due ON suggestion (owner_id, due_on) WHERE state = 'open';
CREATE TABLE assessment (                -- what of a person's month is judged by hand [A145, F48]
  id        INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  month     TEXT NOT NULL,                                     -- `2024-05`
  score     INTEGER NOT NULL CHECK (score BETWEEN 0 AND 100),
  note      TEXT,
  at        INTEGER NOT NULL,
  by_id     INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  rev       INTEGER NOT NULL DEFAULT 1,
  UNIQUE (person_id, month)
) STRICT;

CREATE TRIGGER baseline_rev BEFORE UPDATE ON baseline WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER cause_note_rev BEFORE UPDATE ON cause_note WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER evaluation_rev BEFORE UPDATE ON evaluation WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER evaluation_line_rev BEFORE UPDATE ON evaluation_line WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER suggestion_rev BEFORE UPDATE ON suggestion WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER assessment_rev BEFORE UPDATE ON assessment WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
