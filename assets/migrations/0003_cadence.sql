-- What the strategy table asks of each customer, kept among the facts, so that a person's queue is a range of one index:
-- the governing row with its clock that rings first (X10, G29), when a recall, a survey or a re-evaluation is due (G23, G24,
-- G36), and what this year's touches and gifts have cost (D21). `ask_on` is the first day on which any of them stands in
-- the queue.
ALTER TABLE facts ADD COLUMN strategy_id INTEGER;
ALTER TABLE facts ADD COLUMN cadence_kind TEXT;
ALTER TABLE facts ADD COLUMN cadence_from TEXT;      -- the day the clock runs from
ALTER TABLE facts ADD COLUMN cadence_on TEXT;        -- from here on due: yellow
ALTER TABLE facts ADD COLUMN cadence_late_on TEXT;   -- from here on late: red
ALTER TABLE facts ADD COLUMN recall_on TEXT;
ALTER TABLE facts ADD COLUMN survey_on TEXT;
ALTER TABLE facts ADD COLUMN review_on TEXT;
ALTER TABLE facts ADD COLUMN ask_on TEXT;
ALTER TABLE facts ADD COLUMN cost_year INTEGER NOT NULL DEFAULT 0;   -- fen, this calendar year
CREATE INDEX facts_owner_ask ON facts (owner_id, ask_on) WHERE ask_on IS NOT NULL;
-- what is kept already lacks the new columns: the next daily round computes it anew, in slices
INSERT INTO setting(key, value) SELECT 'facts_from', '0' WHERE EXISTS (SELECT 1 FROM customer)
ON CONFLICT(key) DO UPDATE SET value = '0';
