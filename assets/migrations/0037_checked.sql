-- Records that a second person checked are looked up by the day of the check (F23): the share of them that was right.
DROP INDEX IF EXISTS customer_checked;
CREATE INDEX customer_checked ON customer (checked_at) WHERE checked_at IS NOT NULL;

-- What the kept figures of a period were added up of is kept with them (`sums`), so that a later change is followed by the few
-- customers that it concerns instead of counting everybody anew. Figures kept before belong to older formulas.
DROP TABLE IF EXISTS kept_figures;
CREATE TABLE kept_figures (
  from_on  TEXT NOT NULL,
  until_on TEXT NOT NULL,
  as_of    INTEGER NOT NULL,             -- the instant of knowledge
  until_at INTEGER,                      -- from here on time alone changes them; NULL: never
  seen     INTEGER NOT NULL,             -- the id of the last change
  rules    TEXT NOT NULL,                -- version of the formulas, zone and windows
  figures  TEXT NOT NULL,                -- JSON
  sums     TEXT NOT NULL DEFAULT '',     -- JSON
  PRIMARY KEY (from_on, until_on, as_of)
) STRICT, WITHOUT ROWID;
