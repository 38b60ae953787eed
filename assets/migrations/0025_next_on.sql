-- Dates that have passed are looked for every day, a slice at a time: without this each slice read all of them.
CREATE INDEX important_date_next ON important_date (next_on);
