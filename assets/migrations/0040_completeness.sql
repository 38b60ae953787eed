-- How complete records are, as it was counted on each day of work (F38): records do not tell later what they lacked earlier,
-- so that a past period has the figure of its last day here. One row a segment, `''` is all; a day of `''` is still counted.
CREATE TABLE IF NOT EXISTS completeness (
  day     TEXT NOT NULL,                 -- the company's calendar
  segment TEXT NOT NULL,
  filled  INTEGER NOT NULL,              -- key fields that hold something
  fields  INTEGER NOT NULL,              -- key fields there are
  PRIMARY KEY (day, segment)
) STRICT, WITHOUT ROWID;
