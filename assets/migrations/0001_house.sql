-- The whole ground of the program: people, customers and all that happens with them, and the record of every change.
-- Why this shape: ids are integers inside and codes outside; money is integer fen; an instant (`*_at`) is UTC
-- milliseconds; a business day (`*_on`) is ISO text in the company's time zone; a row that people edit has `rev`, which
-- grows by one with every write, so that two people who edit the same row are told. STRICT and CHECK refuse what the
-- program would never write. What is derived (facts, daily, the two find_ tables) is kept by the writing transaction.

CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  id         INTEGER PRIMARY KEY,
  login      TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  role       TEXT NOT NULL CHECK (role IN ('rep','manager','security','admin','viewer')),
  department TEXT NOT NULL DEFAULT 'sales' CHECK (department IN ('sales','service','marketing','operations','other')),
  post       TEXT NOT NULL DEFAULT '',
  state      TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active','frozen')),
  deputy_id  INTEGER REFERENCES person ON DELETE RESTRICT,
  away_from  TEXT,
  away_until TEXT,
  created_at INTEGER NOT NULL,
  rev        INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE person_setting (            -- columns, widths, the place where a person was: not a change worth undoing
  person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  key       TEXT NOT NULL,
  value     TEXT NOT NULL,
  PRIMARY KEY (person_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE customer (
  id             INTEGER PRIMARY KEY,
  code           TEXT NOT NULL UNIQUE CHECK (code <> ''),
  name           TEXT NOT NULL CHECK (name <> ''),
  kind           TEXT NOT NULL DEFAULT 'company' CHECK (kind IN ('company','person')),
  industry       TEXT,                   -- one of the four printed, or the company's own word [A10]
  industry_std   TEXT,                   -- term of the national standard [A11]
  employees      INTEGER CHECK (employees >= 0),
  revenue_fen    INTEGER,
  size           TEXT CHECK (size IN ('small','medium','large')),   -- only while employees is unknown [A14]
  region         TEXT,
  address        TEXT,
  website        TEXT,
  source         TEXT CHECK (source IN ('advertising','promotion','event','referral','other')),
  referrer_id    INTEGER REFERENCES customer ON DELETE RESTRICT,
  owner_id       INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  first_owner_id INTEGER REFERENCES person ON DELETE RESTRICT,      -- first touch owns [X31]
  state          TEXT CHECK (state IN ('to_contact','talking','quoted','won','waiting','closed')),
  depth          TEXT CHECK (depth IN ('strategic','cooperative','trial')),
  relation       TEXT CHECK (relation IN ('transactional','relational','strategic')),
  need           TEXT CHECK (need IN ('standard','custom','demanding')),
  channel        TEXT,                   -- preferred [A22]
  category       TEXT,                   -- preference by hand; facts.category is the computed one [A51]
  cooperation_on TEXT,                   -- first cooperation, where it differs from the first order [X38]
  note           TEXT,
  entered_by     INTEGER REFERENCES person ON DELETE RESTRICT,
  checked_by     INTEGER REFERENCES person ON DELETE RESTRICT CHECK (checked_by <> entered_by),
  checked_at     INTEGER,
  created_at     INTEGER NOT NULL,
  job_id         INTEGER,                -- the import that brought it [A144]
  rev            INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX customer_name ON customer (name);
CREATE INDEX customer_referrer ON customer (referrer_id) WHERE referrer_id IS NOT NULL;

CREATE TABLE customer_alias (            -- old numbers stay findable [A7, H7]
  code        TEXT PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_alias_customer ON customer_alias (customer_id);

CREATE TABLE extra_field (               -- fields of the company's own [A4]
  id     INTEGER PRIMARY KEY,
  key    TEXT NOT NULL UNIQUE,
  name   TEXT NOT NULL,
  kind   TEXT NOT NULL CHECK (kind IN ('text','number','date','choice')),
  allowed TEXT,
  rev    INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE extra_value (
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  field_id    INTEGER NOT NULL REFERENCES extra_field ON DELETE RESTRICT,
  value       TEXT NOT NULL,
  rev         INTEGER NOT NULL DEFAULT 1,
  UNIQUE (customer_id, field_id)
) STRICT;

CREATE TABLE class (                     -- one value per scheme, never one merged level [B]
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  scheme      TEXT NOT NULL,
  value       TEXT NOT NULL,
  how         TEXT NOT NULL CHECK (how IN ('hand','rule','import')),
  rule        INTEGER,                   -- version of the rule set
  reason      TEXT,
  by_id       INTEGER REFERENCES person ON DELETE RESTRICT,
  since       INTEGER NOT NULL,
  rev         INTEGER NOT NULL DEFAULT 1,
  UNIQUE (customer_id, scheme)
) STRICT;

CREATE TABLE contact (
  id           INTEGER PRIMARY KEY,
  customer_id  INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  name         TEXT NOT NULL CHECK (name <> ''),
  title        TEXT,
  is_key       INTEGER NOT NULL DEFAULT 0 CHECK (is_key IN (0,1)),
  note         TEXT,
  confirmed_by INTEGER REFERENCES person ON DELETE RESTRICT,
  confirmed_at INTEGER,
  rev          INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX contact_customer ON contact (customer_id);

CREATE TABLE method (                    -- phones, WeChat, e-mail of a contact [A20]
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  contact_id  INTEGER NOT NULL REFERENCES contact ON DELETE RESTRICT,
  kind        TEXT NOT NULL CHECK (kind IN ('mobile','landline','wechat','wecom','email','other')),
  value       TEXT NOT NULL CHECK (value <> ''),
  digits      TEXT,                      -- normal form of a phone, the key of look-up and duplicate check
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX method_customer ON method (customer_id);
CREATE INDEX method_contact ON method (contact_id);
CREATE INDEX method_digits ON method (digits) WHERE digits IS NOT NULL;

CREATE TABLE tag (                       -- type → name → value in one row a value [C1]
  id       INTEGER PRIMARY KEY,
  type     TEXT NOT NULL CHECK (type IN ('basic','behaviour','value','need')),
  name     TEXT NOT NULL CHECK (name <> ''),
  value    TEXT NOT NULL CHECK (value <> ''),
  alias_of INTEGER REFERENCES tag ON DELETE RESTRICT,
  rev      INTEGER NOT NULL DEFAULT 1,
  UNIQUE (type, name, value)
) STRICT;
CREATE INDEX tag_value ON tag (value);
CREATE INDEX tag_alias ON tag (alias_of) WHERE alias_of IS NOT NULL;
CREATE TABLE customer_tag (
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  tag_id      INTEGER NOT NULL REFERENCES tag ON DELETE RESTRICT,
  how         TEXT NOT NULL DEFAULT 'hand' CHECK (how IN ('hand','derived','import')),
  by_id       INTEGER REFERENCES person ON DELETE RESTRICT,
  at          INTEGER NOT NULL,
  rev         INTEGER NOT NULL DEFAULT 1,
  UNIQUE (customer_id, tag_id)
) STRICT;
CREATE INDEX customer_tag_tag ON customer_tag (tag_id, customer_id);

CREATE TABLE orders (
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  code        TEXT,
  ordered_on  TEXT NOT NULL,
  amount_fen  INTEGER NOT NULL,
  currency    TEXT NOT NULL DEFAULT 'CNY',
  rate_ppm    INTEGER NOT NULL DEFAULT 1000000,
  cost_fen    INTEGER,
  category    TEXT,
  status      TEXT NOT NULL DEFAULT 'paid' CHECK (status IN ('paid','cancelled')),
  touch_id    INTEGER,                   -- the touch that it followed [A87]
  note        TEXT,
  by_id       INTEGER REFERENCES person ON DELETE RESTRICT,
  created_at  INTEGER NOT NULL,
  job_id      INTEGER,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX orders_customer ON orders (customer_id, ordered_on);
CREATE INDEX orders_day ON orders (ordered_on);
CREATE INDEX orders_code ON orders (code) WHERE code IS NOT NULL;
CREATE TABLE order_line (
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL,          -- its order's
  order_id    INTEGER NOT NULL REFERENCES orders ON DELETE RESTRICT,
  product     TEXT NOT NULL,
  category    TEXT,
  quantity    INTEGER NOT NULL DEFAULT 1,
  unit_fen    INTEGER NOT NULL DEFAULT 0,
  gift        INTEGER NOT NULL DEFAULT 0 CHECK (gift IN (0,1)),   -- amount and quantity are not tied [X36]
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX order_line_order ON order_line (order_id);
CREATE TABLE quote (
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  quoted_on   TEXT NOT NULL,
  product     TEXT,
  amount_fen  INTEGER,
  state       TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open','won','lost')),
  order_id    INTEGER REFERENCES orders ON DELETE RESTRICT,
  note        TEXT,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX quote_customer ON quote (customer_id, quoted_on);
CREATE INDEX quote_order ON quote (order_id) WHERE order_id IS NOT NULL;
CREATE TABLE refund (
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  order_id    INTEGER REFERENCES orders ON DELETE RESTRICT,
  refunded_on TEXT NOT NULL,
  amount_fen  INTEGER NOT NULL CHECK (amount_fen > 0),
  reason      TEXT,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX refund_customer ON refund (customer_id);
CREATE INDEX refund_order ON refund (order_id) WHERE order_id IS NOT NULL;
CREATE TABLE opening (                   -- figures that came without records behind them
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL UNIQUE REFERENCES customer ON DELETE RESTRICT,
  as_of       TEXT NOT NULL,
  first_on    TEXT,
  last_on     TEXT,
  per_year    INTEGER,
  total_fen   INTEGER,
  year_fen    INTEGER,
  category    TEXT,
  source      TEXT,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE contract (
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  code        TEXT,
  signed_on   TEXT,
  expires_on  TEXT,
  renewed_on  TEXT,
  annual_fen  INTEGER,
  note        TEXT,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX contract_customer ON contract (customer_id);
CREATE TABLE expense (
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER REFERENCES customer ON DELETE RESTRICT,
  spent_on    TEXT NOT NULL,
  category    TEXT NOT NULL,
  amount_fen  INTEGER NOT NULL,
  note        TEXT,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX expense_customer ON expense (customer_id, spent_on);
CREATE TABLE budget (
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER REFERENCES customer ON DELETE RESTRICT,
  segment     TEXT,
  period      TEXT NOT NULL,             -- `2025` or `2025-08`
  category    TEXT NOT NULL,
  amount_fen  INTEGER NOT NULL,
  approved_by INTEGER REFERENCES person ON DELETE RESTRICT,
  note        TEXT,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX budget_customer ON budget (customer_id) WHERE customer_id IS NOT NULL;

-- The id of a touch is customer × 2^20 + a running number: one customer's touches lie on neighbouring pages.
-- Every other reference has an index on its column, so that no removal and no undo reads a whole table (a test asks).
CREATE TABLE touch (
  id            INTEGER PRIMARY KEY,
  customer_id   INTEGER NOT NULL CHECK (customer_id = id >> 20),  -- no REFERENCES here and on contact_id: to check them
  contact_id    INTEGER,                 -- every removal would read ten million touches; the write path reads the id range
  at            INTEGER NOT NULL,        -- when it happened [A76]
  recorded_at   INTEGER NOT NULL,        -- when it was written down [A84]
  late          INTEGER NOT NULL DEFAULT 0 CHECK (late IN (0,1)),   -- for good [E28]
  channel       TEXT,                    -- empty on import only [E23]
  kind          TEXT NOT NULL DEFAULT 'proactive' CHECK (kind IN ('proactive','reply','inbound')),
  topic         TEXT,
  summary       TEXT NOT NULL,
  feedback      TEXT,
  responded     INTEGER NOT NULL DEFAULT 0 CHECK (responded IN (0,1)),
  responded_at  INTEGER,
  converted     INTEGER NOT NULL DEFAULT 0 CHECK (converted IN (0,1)),
  order_id      INTEGER REFERENCES orders ON DELETE RESTRICT,
  cost_fen      INTEGER NOT NULL DEFAULT 0 CHECK (cost_fen >= 0),
  product       TEXT,                    -- products offered, separated by commas [A89]
  script        TEXT,
  campaign      TEXT,
  necessary     INTEGER NOT NULL DEFAULT 1 CHECK (necessary IN (0,1)),
  segment_then  TEXT,                    -- the segment at the time [F51]
  department    TEXT NOT NULL,
  person_id     INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  event_on      TEXT,                    -- the event its next actions count from [A126]
  closed        INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0,1)), -- «nothing to do» was chosen [E12]
  issue         TEXT CHECK (issue IN ('open','resolved')),
  override      TEXT,                    -- the reason for passing the guard
  job_id        INTEGER,
  rev           INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX touch_at ON touch (at);
CREATE INDEX touch_person ON touch (person_id, at);
CREATE INDEX touch_order ON touch (order_id) WHERE order_id IS NOT NULL;
CREATE TABLE touch_outcome (             -- what became of it later, each with its time [E24]
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL,          -- its touch's
  touch_id    INTEGER NOT NULL REFERENCES touch ON DELETE RESTRICT,
  at          INTEGER NOT NULL,
  kind        TEXT NOT NULL,
  note        TEXT,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX touch_outcome_touch ON touch_outcome (touch_id);

CREATE TABLE task (                      -- next actions and whatever else somebody has to do [A81–A83]
  id            INTEGER PRIMARY KEY,
  customer_id   INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  touch_id      INTEGER REFERENCES touch ON DELETE RESTRICT,
  kind          TEXT NOT NULL DEFAULT 'promise' CHECK (kind IN ('promise','date','silence','plan')),
  cause         TEXT UNIQUE,             -- `date:17:2024-06-18`: one cause never stands in the queue twice [G57]
  text          TEXT NOT NULL CHECK (text <> ''),
  due_on        TEXT NOT NULL,
  due_time      TEXT,
  due_at        INTEGER NOT NULL,        -- the instant after which it is overdue
  anchor        TEXT NOT NULL DEFAULT 'absolute' CHECK (anchor IN ('absolute','after_touch','before_event')),
  anchor_days   INTEGER,
  event_on      TEXT,
  owner_id      INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  state         TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open','done','dropped')),
  done_at       INTEGER,
  done_by       INTEGER REFERENCES person ON DELETE RESTRICT,
  snoozed_until TEXT,
  snooze_reason TEXT,
  created_at    INTEGER NOT NULL,
  created_by    INTEGER REFERENCES person ON DELETE RESTRICT,
  rev           INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX task_owner_open ON task (owner_id, due_at) WHERE state = 'open';
CREATE INDEX task_customer ON task (customer_id, due_at);
CREATE INDEX task_touch ON task (touch_id) WHERE touch_id IS NOT NULL;
CREATE INDEX task_due ON task (due_at);

CREATE TABLE important_date (            -- [A21]
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  contact_id  INTEGER REFERENCES contact ON DELETE RESTRICT,
  kind        TEXT NOT NULL CHECK (kind IN ('birthday','anniversary','other')),
  label       TEXT,
  calendar    TEXT NOT NULL DEFAULT 'solar' CHECK (calendar IN ('solar','lunar')),
  month       INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
  day         INTEGER NOT NULL CHECK (day BETWEEN 1 AND 31),
  year        INTEGER,
  lead_days   INTEGER NOT NULL DEFAULT 3 CHECK (lead_days BETWEEN 0 AND 60),
  next_on     TEXT NOT NULL,             -- kept: the next day it falls on
  remind_on   TEXT NOT NULL,             -- kept: next_on − lead_days
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX important_date_customer ON important_date (customer_id);
CREATE INDEX important_date_remind ON important_date (remind_on);
CREATE INDEX important_date_contact ON important_date (contact_id) WHERE contact_id IS NOT NULL;

CREATE TABLE consent (                   -- [A25]
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL UNIQUE REFERENCES customer ON DELETE RESTRICT,
  state       TEXT NOT NULL CHECK (state IN ('unknown','given','withdrawn')),
  purpose     TEXT,
  way         TEXT,
  given_on    TEXT,
  by_id       INTEGER REFERENCES person ON DELETE RESTRICT,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE opt_out (                   -- [A26]; channel 'all' is do not disturb
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  channel     TEXT NOT NULL,
  since       TEXT NOT NULL,
  way         TEXT,
  rev         INTEGER NOT NULL DEFAULT 1,
  UNIQUE (customer_id, channel)
) STRICT;
CREATE TABLE referral (                  -- [A104, A105]
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,   -- the referrer
  new_id      INTEGER REFERENCES customer ON DELETE RESTRICT,
  asked_on    TEXT,
  cause       TEXT,
  outcome     TEXT,
  reward      TEXT,
  reward_fen  INTEGER,
  given_on    TEXT,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX referral_customer ON referral (customer_id);
CREATE INDEX referral_new ON referral (new_id) WHERE new_id IS NOT NULL;
CREATE TABLE complaint (                 -- [A95–A100]
  id           INTEGER PRIMARY KEY,
  customer_id  INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  opened_at    INTEGER NOT NULL,
  responded_at INTEGER,
  solved_at    INTEGER,
  state        TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open','responded','solved','resolved')),
  subject      TEXT,
  severity     TEXT NOT NULL DEFAULT 'medium' CHECK (severity IN ('low','medium','high')),
  summary      TEXT NOT NULL,
  solution     TEXT,
  handler_id   INTEGER REFERENCES person ON DELETE RESTRICT,
  touch_id     INTEGER REFERENCES touch ON DELETE RESTRICT,
  rev          INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX complaint_customer ON complaint (customer_id, opened_at);
CREATE INDEX complaint_open ON complaint (opened_at) WHERE state <> 'resolved';
CREATE INDEX complaint_touch ON complaint (touch_id) WHERE touch_id IS NOT NULL;
CREATE TABLE survey (                    -- [A101, A102]
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  answered_on TEXT NOT NULL,
  score       INTEGER CHECK (score BETWEEN 0 AND 100),
  nps         INTEGER CHECK (nps BETWEEN 0 AND 10),
  comment     TEXT,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX survey_customer ON survey (customer_id, answered_on);

CREATE TABLE strategy (                  -- the strategy table of the handbooks, a row a class [A107–A116]
  id         INTEGER PRIMARY KEY,
  scheme     TEXT NOT NULL,
  class      TEXT NOT NULL,
  position   INTEGER NOT NULL,
  goal       TEXT NOT NULL,
  scene      TEXT NOT NULL,
  content    TEXT NOT NULL,
  script     TEXT NOT NULL,
  channels   TEXT NOT NULL,              -- ids in order of preference, separated by commas
  post       TEXT NOT NULL,
  person_id  INTEGER REFERENCES person ON DELETE RESTRICT,
  budget_fen INTEGER,
  bound      TEXT CHECK (bound IN ('floor','cap','plain')),
  cap_count  INTEGER,
  cap_window TEXT CHECK (cap_window IN ('7_days','week','month')),
  load_low   INTEGER,
  load_high  INTEGER,
  source     TEXT NOT NULL,              -- ids of requirements.md
  rev        INTEGER NOT NULL DEFAULT 1,
  UNIQUE (scheme, class)
) STRICT;
CREATE TABLE strategy_touch (            -- touch kinds with their ideal and worst interval [A108]
  id          INTEGER PRIMARY KEY,
  strategy_id INTEGER NOT NULL REFERENCES strategy ON DELETE RESTRICT,
  kind        TEXT NOT NULL,
  ideal_days  INTEGER NOT NULL CHECK (ideal_days > 0),
  worst_days  INTEGER NOT NULL CHECK (worst_days >= ideal_days),
  rev         INTEGER NOT NULL DEFAULT 1,
  UNIQUE (strategy_id, kind)
) STRICT;

CREATE TABLE saved_view (
  id        INTEGER PRIMARY KEY,
  person_id INTEGER REFERENCES person ON DELETE RESTRICT,   -- NULL: everybody's
  name      TEXT NOT NULL CHECK (name <> ''),
  filter    TEXT NOT NULL,
  sort      TEXT NOT NULL,
  descending INTEGER NOT NULL DEFAULT 0 CHECK (descending IN (0,1)),
  position  INTEGER NOT NULL DEFAULT 0,
  rev       INTEGER NOT NULL DEFAULT 1
) STRICT;

-- The record of every change: one header a command, one line a row, before and after. Nobody rewrites it.
CREATE TABLE job (                       -- work in batches under one id: import, bulk edit, their undo
  id         INTEGER PRIMARY KEY,
  verb       TEXT NOT NULL,
  what       TEXT NOT NULL,              -- the file, the filter
  person_id  INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  started_at INTEGER NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('running','done','undoing','undone')),
  done       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE change (
  id        INTEGER PRIMARY KEY,
  request   TEXT NOT NULL UNIQUE,        -- a repeated request is written once
  at        INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  session   TEXT NOT NULL,
  via       TEXT NOT NULL CHECK (via IN ('screen','command','import','demo','system')),
  verb      TEXT NOT NULL,
  subject   TEXT NOT NULL,               -- whom it concerns, as shown by «undo»
  customer_id INTEGER,
  reason    TEXT,
  undo_of   INTEGER REFERENCES change ON DELETE RESTRICT,
  job_id    INTEGER REFERENCES job ON DELETE RESTRICT
) STRICT;
CREATE INDEX change_person ON change (person_id, id);
CREATE INDEX change_customer ON change (customer_id, id) WHERE customer_id IS NOT NULL;
CREATE INDEX change_undo ON change (undo_of) WHERE undo_of IS NOT NULL;
CREATE INDEX change_job ON change (job_id) WHERE job_id IS NOT NULL;
CREATE TABLE change_row (
  id        INTEGER PRIMARY KEY,
  change_id INTEGER NOT NULL REFERENCES change ON DELETE RESTRICT,
  tbl       TEXT NOT NULL,
  row_id    INTEGER NOT NULL,
  rev_after INTEGER,                     -- NULL: the row is gone
  before    TEXT,                        -- JSON of the columns that changed; NULL: the row is new
  after     TEXT                         -- NULL: the row was removed
) STRICT;
CREATE INDEX change_row_change ON change_row (change_id);
CREATE INDEX change_row_row ON change_row (tbl, row_id);
CREATE TRIGGER change_stays BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'the record of changes is not rewritten'); END;
CREATE TRIGGER change_kept BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'the record of changes is not rewritten'); END;
CREATE TRIGGER change_row_stays BEFORE UPDATE ON change_row BEGIN SELECT RAISE(ABORT, 'the record of changes is not rewritten'); END;
CREATE TRIGGER change_row_kept BEFORE DELETE ON change_row BEGIN SELECT RAISE(ABORT, 'the record of changes is not rewritten'); END;

CREATE TABLE look_up (                   -- reveals and whole-number look-ups by people without the right, counted
  id        INTEGER PRIMARY KEY,
  at        INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  customer_id INTEGER,
  what      TEXT NOT NULL,
  reason    TEXT
) STRICT;
CREATE INDEX look_up_person ON look_up (person_id, at);

-- Kept, not computed at every read: what lists show and sort by, one row a customer.
CREATE TABLE facts (
  customer_id INTEGER PRIMARY KEY REFERENCES customer ON DELETE CASCADE,
  owner_id    INTEGER NOT NULL,
  code        TEXT NOT NULL,
  name_key    TEXT NOT NULL,             -- pinyin of the name
  industry    TEXT,
  size        TEXT,
  segment     TEXT,
  grade       TEXT,
  lifecycle   TEXT,
  contact     TEXT,                      -- the key contact
  title       TEXT,
  phone       TEXT,
  last_touch  INTEGER,                   -- any touch that reached both sides or went out; ms
  last_two_way INTEGER,                  -- the customer answered, took part or came in [B9]
  next_due    INTEGER,
  next_task   INTEGER,
  open_tasks  INTEGER NOT NULL DEFAULT 0,
  silent_on   TEXT,                      -- from this day on the silence reminder stands [E14, X11]; NULL: never
  first_order TEXT,
  last_order  TEXT,
  orders      INTEGER NOT NULL DEFAULT 0,
  per_year    INTEGER NOT NULL DEFAULT 0,
  spend_total INTEGER NOT NULL DEFAULT 0,
  spend_12m   INTEGER NOT NULL DEFAULT 0,
  category    TEXT,
  complaints  INTEGER NOT NULL DEFAULT 0, -- open ones
  quiet       INTEGER NOT NULL DEFAULT 0, -- 1: do not disturb
  bucket      INTEGER NOT NULL DEFAULT 0, -- rank in the find index
  stale_on    TEXT                        -- the day on which time alone changes this row; NULL: never
) STRICT;
CREATE INDEX facts_code ON facts (code, customer_id);
CREATE INDEX facts_name ON facts (name_key, customer_id);
CREATE INDEX facts_industry ON facts (industry, customer_id);
CREATE INDEX facts_size ON facts (size, customer_id);
CREATE INDEX facts_segment ON facts (segment, customer_id);
CREATE INDEX facts_grade ON facts (grade, customer_id);
CREATE INDEX facts_last_touch ON facts (last_touch, customer_id);
CREATE INDEX facts_next_due ON facts (next_due, customer_id);
CREATE INDEX facts_last_order ON facts (last_order, customer_id);
CREATE INDEX facts_per_year ON facts (per_year, customer_id);
CREATE INDEX facts_spend_12m ON facts (spend_12m, customer_id);
CREATE INDEX facts_owner_code ON facts (owner_id, code, customer_id);
CREATE INDEX facts_owner_name ON facts (owner_id, name_key, customer_id);
CREATE INDEX facts_owner_last_touch ON facts (owner_id, last_touch, customer_id);
CREATE INDEX facts_owner_next_due ON facts (owner_id, next_due, customer_id);
CREATE INDEX facts_owner_spend_12m ON facts (owner_id, spend_12m, customer_id);
CREATE INDEX facts_owner_silent ON facts (owner_id, silent_on) WHERE silent_on IS NOT NULL;
CREATE INDEX facts_stale ON facts (stale_on) WHERE stale_on IS NOT NULL;

CREATE TABLE daily (                     -- additive figures by day [design: the store]
  day        TEXT NOT NULL,
  person_id  INTEGER NOT NULL,
  segment    TEXT NOT NULL,
  channel    TEXT NOT NULL,
  touches    INTEGER NOT NULL DEFAULT 0,
  proactive  INTEGER NOT NULL DEFAULT 0,
  answered   INTEGER NOT NULL DEFAULT 0, -- of the proactive ones
  late       INTEGER NOT NULL DEFAULT 0,
  cost_fen   INTEGER NOT NULL DEFAULT 0,
  orders     INTEGER NOT NULL DEFAULT 0,
  order_fen  INTEGER NOT NULL DEFAULT 0,
  customers  INTEGER NOT NULL DEFAULT 0, -- entered that day
  PRIMARY KEY (day, person_id, segment, channel)
) STRICT, WITHOUT ROWID;

-- The look-up indexes: tokens made by domain/find, no copy of the text.
CREATE VIRTUAL TABLE find_text USING fts5(t, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars '_'");
CREATE VIRTUAL TABLE find_digit USING fts5(t, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars '_'");
CREATE VIRTUAL TABLE find_touch USING fts5(t, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars '_'");

-- A write that forgets the revision would overwrite a colleague unseen: the database refuses it.
CREATE TRIGGER person_rev BEFORE UPDATE ON person WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER customer_rev BEFORE UPDATE ON customer WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER extra_field_rev BEFORE UPDATE ON extra_field WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER extra_value_rev BEFORE UPDATE ON extra_value WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER class_rev BEFORE UPDATE ON class WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER contact_rev BEFORE UPDATE ON contact WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER method_rev BEFORE UPDATE ON method WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER tag_rev BEFORE UPDATE ON tag WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER customer_tag_rev BEFORE UPDATE ON customer_tag WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER orders_rev BEFORE UPDATE ON orders WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER order_line_rev BEFORE UPDATE ON order_line WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER quote_rev BEFORE UPDATE ON quote WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER refund_rev BEFORE UPDATE ON refund WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER opening_rev BEFORE UPDATE ON opening WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER contract_rev BEFORE UPDATE ON contract WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER expense_rev BEFORE UPDATE ON expense WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER budget_rev BEFORE UPDATE ON budget WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER touch_rev BEFORE UPDATE ON touch WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER touch_outcome_rev BEFORE UPDATE ON touch_outcome WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER task_rev BEFORE UPDATE ON task WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
-- next_on and remind_on are kept by the daily round and are no edit
CREATE TRIGGER important_date_rev BEFORE UPDATE OF customer_id, contact_id, kind, label, calendar, month, day, year, lead_days, rev ON important_date
  WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER consent_rev BEFORE UPDATE ON consent WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER opt_out_rev BEFORE UPDATE ON opt_out WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER referral_rev BEFORE UPDATE ON referral WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER complaint_rev BEFORE UPDATE ON complaint WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER survey_rev BEFORE UPDATE ON survey WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER strategy_rev BEFORE UPDATE ON strategy WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER strategy_touch_rev BEFORE UPDATE ON strategy_touch WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER saved_view_rev BEFORE UPDATE ON saved_view WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
