-- Schemes as data: versions of the rules by which customers are classed, industry averages, what is frozen once a month,
-- and every move of a customer from class to class. Why moves are a table of their own: classes by rule live in `facts`,
-- which is kept, not recorded; a move is history and stays (A42, F33).

CREATE TABLE scheme_version (            -- version 1 of every scheme is the shipped one and has no row
  id        INTEGER PRIMARY KEY,
  scheme    TEXT NOT NULL,
  version   INTEGER NOT NULL CHECK (version > 1),
  text      TEXT NOT NULL,               -- the TOML as it was applied
  at        INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  reason    TEXT,
  rev       INTEGER NOT NULL DEFAULT 1,
  UNIQUE (scheme, version)
) STRICT;
CREATE TABLE benchmark (                 -- average spend of an industry's customers in a year [A57]
  id          INTEGER PRIMARY KEY,
  industry    TEXT NOT NULL CHECK (industry <> ''),
  year        INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2999),
  average_fen INTEGER NOT NULL CHECK (average_fen > 0),
  how         TEXT NOT NULL DEFAULT 'entered' CHECK (how IN ('entered','imported')),
  rev         INTEGER NOT NULL DEFAULT 1,
  UNIQUE (industry, year)
) STRICT;
CREATE TABLE frozen (                    -- computed from own customers once a month: `mean:制造业`, `total:50`, `total:80`
  month     TEXT NOT NULL,
  what      TEXT NOT NULL,
  fen       INTEGER NOT NULL,
  customers INTEGER NOT NULL,
  PRIMARY KEY (month, what)
) STRICT, WITHOUT ROWID;
CREATE TABLE class_move (                -- kept by the transaction that moves the customer
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE CASCADE,
  scheme      TEXT NOT NULL,
  was         TEXT,
  became      TEXT,
  at          INTEGER NOT NULL,
  version     INTEGER NOT NULL,
  how         TEXT NOT NULL CHECK (how IN ('hand','rule'))
) STRICT;
CREATE INDEX class_move_customer ON class_move (customer_id, id);
CREATE INDEX class_move_at ON class_move (at);
CREATE TABLE scheme_run (                -- a change of rules on its way; one at a time; the old version is in force meanwhile
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  text    TEXT NOT NULL,
  upto    INTEGER NOT NULL,              -- customers up to here are looked at
  seen    INTEGER NOT NULL               -- the last change when it began
) STRICT;
CREATE TABLE scheme_stage (              -- customers that the coming version moves, or whose next turn it changes
  customer_id INTEGER PRIMARY KEY
) STRICT;

ALTER TABLE facts ADD COLUMN value TEXT;
ALTER TABLE facts ADD COLUMN expansion TEXT;
ALTER TABLE facts ADD COLUMN stage TEXT;
ALTER TABLE facts ADD COLUMN heard_on TEXT;                           -- last two-way contact or order [B9]
ALTER TABLE facts ADD COLUMN bought INTEGER NOT NULL DEFAULT 0;
ALTER TABLE facts ADD COLUMN spend_90d INTEGER NOT NULL DEFAULT 0;
ALTER TABLE facts ADD COLUMN spend_90d_before INTEGER NOT NULL DEFAULT 0;
ALTER TABLE facts ADD COLUMN order_days INTEGER NOT NULL DEFAULT 0;   -- days with an order in the last 365
ALTER TABLE facts ADD COLUMN spread_ppm INTEGER;
ALTER TABLE facts ADD COLUMN unanswered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE facts ADD COLUMN matches INTEGER NOT NULL DEFAULT 0;
ALTER TABLE facts ADD COLUMN differs INTEGER NOT NULL DEFAULT 0;      -- bit n: the n-th ruled scheme is set by hand, otherwise than by rule

CREATE TRIGGER scheme_version_rev BEFORE UPDATE ON scheme_version WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER benchmark_rev BEFORE UPDATE ON benchmark WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER class_move_stays BEFORE UPDATE ON class_move BEGIN SELECT RAISE(ABORT, 'a move is not rewritten'); END;

-- what an older store keeps must be computed anew with the new columns: the next session's daily round does it
INSERT INTO setting(key, value) SELECT 'facts_from', '0' WHERE EXISTS(SELECT 1 FROM facts)
  ON CONFLICT(key) DO UPDATE SET value='0';
