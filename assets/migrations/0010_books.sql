-- What figures need and the records did not hold (kpis.md sections 1 and 2): the hour
-- of an order, foreign amounts beside their yuan, which complaints are valid, who was in post when, activation plans,
-- events at the customer with the moment they were written down, and the numbers that a company's old books gave their rows.
-- `amount_fen` stays yuan everywhere; `amount_minor` is the amount in the smallest unit of `currency` (C3).

ALTER TABLE person ADD COLUMN in_post_from TEXT;      -- NULL: since the record was made
ALTER TABLE person ADD COLUMN in_post_until TEXT;     -- the last day; NULL: still
ALTER TABLE orders ADD COLUMN ordered_at INTEGER;     -- NULL: only the day is known
ALTER TABLE orders ADD COLUMN amount_minor INTEGER;
ALTER TABLE refund ADD COLUMN refunded_at INTEGER;
ALTER TABLE refund ADD COLUMN currency TEXT NOT NULL DEFAULT 'CNY';
ALTER TABLE refund ADD COLUMN amount_minor INTEGER;
ALTER TABLE complaint ADD COLUMN valid INTEGER NOT NULL DEFAULT 1 CHECK (valid IN (0,1));
ALTER TABLE survey ADD COLUMN answered_at INTEGER;
ALTER TABLE activation ADD COLUMN started_at INTEGER; -- NULL: only the day is known

CREATE TABLE customer_event (            -- what happened at the customer, and when it was written down [A30, F19]
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  happened_at INTEGER NOT NULL,
  recorded_at INTEGER,                   -- NULL: never
  kind        TEXT NOT NULL DEFAULT 'change' CHECK (kind IN ('change','order','contact','demand','other')),
  note        TEXT,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX customer_event_customer ON customer_event (customer_id);
CREATE INDEX customer_event_time ON customer_event (happened_at);
CREATE TABLE book_ref (                  -- by which number a row stood in the imported books
  id     INTEGER PRIMARY KEY,
  tbl    TEXT NOT NULL,
  code   TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  rev    INTEGER NOT NULL DEFAULT 1,
  UNIQUE (tbl, code)
) STRICT;

-- Figures of a period, kept with the last change they have seen; recomputed only when a later change touches the period.
CREATE TABLE kept_figures (
  from_on  TEXT NOT NULL,
  until_on TEXT NOT NULL,
  as_of    INTEGER NOT NULL,             -- the instant of knowledge
  until_at INTEGER,                      -- from here on time alone changes them; NULL: never
  seen     INTEGER NOT NULL,             -- the id of the last change
  rules    TEXT NOT NULL,                -- version of the formulas, zone and windows
  figures  TEXT NOT NULL,                -- JSON
  PRIMARY KEY (from_on, until_on, as_of)
) STRICT, WITHOUT ROWID;

CREATE INDEX survey_day ON survey (answered_on);
CREATE INDEX complaint_opened ON complaint (opened_at);
CREATE INDEX contract_expires ON contract (expires_on) WHERE expires_on IS NOT NULL;
CREATE INDEX contract_renewed ON contract (renewed_on) WHERE renewed_on IS NOT NULL;
CREATE INDEX expense_day ON expense (spent_on);
CREATE INDEX refund_day ON refund (refunded_on) WHERE order_id IS NULL;
CREATE INDEX quote_day ON quote (quoted_on);
CREATE INDEX customer_created ON customer (created_at);
CREATE INDEX budget_period ON budget (period);

CREATE TRIGGER customer_event_rev BEFORE UPDATE ON customer_event WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER book_ref_rev BEFORE UPDATE ON book_ref WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
