-- What each customer is found by, in one narrow row: the look-up holds what was typed against thousands of candidates, and
-- read each from five tables before. The view says what it is now, the table is kept in the transaction that changes it.
-- Lists stand in one text, with U+001F between.
CREATE VIEW IF NOT EXISTS entry_now AS
  SELECT c.id AS customer_id, c.owner_id, c.name,
    c.code || coalesce(char(31) || (SELECT group_concat(a.code, char(31) ORDER BY a.code) FROM customer_alias a
      WHERE a.customer_id = c.id), '') AS codes,
    (SELECT group_concat(k.name, char(31) ORDER BY k.is_key DESC, k.id) FROM contact k WHERE k.customer_id = c.id) AS contacts,
    (SELECT group_concat(t.value, char(31) ORDER BY t.value) FROM own_tag t WHERE t.customer_id = c.id) AS tags,
    (SELECT group_concat(m.value, char(31) ORDER BY m.id) FROM method m
      WHERE m.customer_id = c.id AND m.digits IS NOT NULL) AS phones
  FROM customer c;
CREATE TABLE IF NOT EXISTS entry (
  customer_id INTEGER PRIMARY KEY REFERENCES customer ON DELETE CASCADE,
  owner_id    INTEGER NOT NULL,
  name        TEXT NOT NULL,
  codes       TEXT NOT NULL,             -- the number first, then those of before
  contacts    TEXT,                      -- key contacts first
  tags        TEXT,
  phones      TEXT                       -- as stored
) STRICT;
INSERT OR REPLACE INTO entry SELECT * FROM entry_now;
