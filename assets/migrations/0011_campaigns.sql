-- Campaigns, plans and what they cost (A123, A125, A133-A138, H19, H41-H44, H52).
-- Why this shape: a campaign keeps its target group as the text of a filter and, from the run on, one row per customer with
-- what became of them, so that nobody is touched twice and everybody who was left out is named with the reason. How many
-- were touched and left out is kept on the campaign, because a list must not count a million members. A touch names its
-- campaign by code, as it names its script: answers and orders are counted in the index of touches.
-- A plan that is carried out is changed as a new version; the row stays, because its tasks hang on it, and what it said
-- before is kept beside it as a row of its own that names it in `of_id`.

CREATE TABLE campaign (                  -- [A125]
  id          INTEGER PRIMARY KEY,
  code        TEXT NOT NULL UNIQUE CHECK (code <> ''),
  name        TEXT NOT NULL CHECK (name <> ''),
  goal        TEXT,
  filter      TEXT NOT NULL CHECK (filter <> ''),              -- the target group, in the filter language
  channel     TEXT NOT NULL,
  script      TEXT,
  product     TEXT,
  text        TEXT,                                            -- what every touch says; NULL: the campaign's name
  starts_on   TEXT NOT NULL,
  ends_on     TEXT NOT NULL CHECK (ends_on >= starts_on),
  cost_fen    INTEGER NOT NULL DEFAULT 0 CHECK (cost_fen >= 0), -- of the whole, shared over the touches [H52]
  face_fen    INTEGER CHECK (face_fen >= 0),                   -- of the coupon that comes with it, or of the package: [A65, K14]
  price_fen   INTEGER CHECK (price_fen >= 0),                  -- before
  offer_fen   INTEGER CHECK (offer_fen >= 0),                  -- and now
  owner_id    INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  state       TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft','running','done')),
  evaluate_on TEXT NOT NULL,                                   -- one month after the end [G25]
  result      TEXT,                                            -- the evaluation [H19]
  approved_by INTEGER REFERENCES person ON DELETE RESTRICT,    -- of its cost [D19, H37]
  touched     INTEGER NOT NULL DEFAULT 0,
  left_out    INTEGER NOT NULL DEFAULT 0,
  job_id      INTEGER REFERENCES job ON DELETE RESTRICT,       -- the run
  ran_at      INTEGER,
  created_by  INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  created_at  INTEGER NOT NULL,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX campaign_due ON campaign (owner_id, evaluate_on) WHERE state = 'running';
CREATE TABLE campaign_member (
  id          INTEGER PRIMARY KEY,
  campaign_id INTEGER NOT NULL REFERENCES campaign ON DELETE RESTRICT,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  state       TEXT NOT NULL CHECK (state IN ('put_back','touched','left_out')),
  touch_id    INTEGER REFERENCES touch ON DELETE RESTRICT,
  findings    TEXT,                                            -- JSON: what the guard left them out for
  reason      TEXT,                                            -- why they were put back
  rev         INTEGER NOT NULL DEFAULT 1,
  UNIQUE (campaign_id, customer_id)
) STRICT;
CREATE INDEX campaign_member_state ON campaign_member (campaign_id, state, customer_id);
CREATE INDEX campaign_member_customer ON campaign_member (customer_id);
CREATE INDEX campaign_member_touch ON campaign_member (touch_id) WHERE touch_id IS NOT NULL;
CREATE INDEX touch_campaign ON touch (campaign, responded, converted) WHERE campaign IS NOT NULL;

CREATE TABLE plan (                      -- [A133, A134, D54]
  id          INTEGER PRIMARY KEY,
  version     INTEGER NOT NULL DEFAULT 1,
  of_id       INTEGER REFERENCES plan ON DELETE RESTRICT,      -- an earlier version of this plan; NULL: the plan itself
  name        TEXT NOT NULL CHECK (name <> ''),
  filter      TEXT,                                            -- its target group, or
  customer_id INTEGER REFERENCES customer ON DELETE RESTRICT,  -- its one customer
  relation    TEXT,
  goal        TEXT,
  content     TEXT,
  channels    TEXT,
  frequency   TEXT,
  starts_on   TEXT NOT NULL,
  ends_on     TEXT NOT NULL CHECK (ends_on >= starts_on),
  problems    TEXT,                                            -- met on the way, with the measures against them [H44]
  report      TEXT,                                            -- to the superiors, and what they said [H43]
  owner_id    INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  state       TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft','running','done')),
  written_at  INTEGER NOT NULL,
  written_by  INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX plan_of ON plan (of_id) WHERE of_id IS NOT NULL;
CREATE INDEX plan_customer ON plan (customer_id) WHERE customer_id IS NOT NULL;
CREATE TABLE plan_task (                 -- [A135]
  id       INTEGER PRIMARY KEY,
  plan_id  INTEGER NOT NULL REFERENCES plan ON DELETE RESTRICT,
  text     TEXT NOT NULL CHECK (text <> ''),
  due_on   TEXT NOT NULL,
  owner_id INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  state    TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open','done')),
  done_at  INTEGER,
  done_by  INTEGER REFERENCES person ON DELETE RESTRICT,
  rev      INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX plan_task_plan ON plan_task (plan_id, due_on);
CREATE INDEX plan_task_due ON plan_task (owner_id, due_on) WHERE state = 'open';
CREATE TABLE plan_resource (             -- [A115, A136, A138]
  id         INTEGER PRIMARY KEY,
  plan_id    INTEGER NOT NULL REFERENCES plan ON DELETE RESTRICT,
  kind       TEXT NOT NULL CHECK (kind IN ('people','material','money','training')),
  text       TEXT NOT NULL CHECK (text <> ''),
  amount_fen INTEGER CHECK (amount_fen >= 0),
  on_day     TEXT,
  rev        INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX plan_resource_plan ON plan_resource (plan_id);
CREATE TABLE plan_target (               -- [A137]
  id      INTEGER PRIMARY KEY,
  plan_id INTEGER NOT NULL REFERENCES plan ON DELETE RESTRICT,
  kpi     TEXT NOT NULL CHECK (kpi <> ''),
  target  TEXT NOT NULL CHECK (target <> ''),
  actual  TEXT,
  rev     INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX plan_target_plan ON plan_target (plan_id);

CREATE TABLE overspend (                 -- why the budget of a customer's year was passed [D19, G52]
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  period      TEXT NOT NULL,             -- `2025`
  explanation TEXT NOT NULL CHECK (explanation <> ''),
  by_id       INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  at          INTEGER NOT NULL,
  rev         INTEGER NOT NULL DEFAULT 1,
  UNIQUE (customer_id, period)
) STRICT;

CREATE TRIGGER campaign_rev BEFORE UPDATE ON campaign WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER campaign_member_rev BEFORE UPDATE ON campaign_member WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER plan_rev BEFORE UPDATE ON plan WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER plan_task_rev BEFORE UPDATE ON plan_task WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER plan_resource_rev BEFORE UPDATE ON plan_resource WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER plan_target_rev BEFORE UPDATE ON plan_target WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER overspend_rev BEFORE UPDATE ON overspend WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
