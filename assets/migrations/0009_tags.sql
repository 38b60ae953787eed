-- What lists ask of tags: purchases of the last three calendar months (C6), kept with the other facts, and hand-set tags by
-- their day, for the quarterly look at them (C21).
ALTER TABLE facts ADD COLUMN orders_3m INTEGER NOT NULL DEFAULT 0;
INSERT INTO setting(key, value) SELECT 'facts_from', '0' WHERE EXISTS (SELECT 1 FROM customer)
  ON CONFLICT(key) DO UPDATE SET value = '0';
