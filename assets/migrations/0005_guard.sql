-- What the guard before a touch needs (E22, G46-G52): whether a call was taken, because an attempt bothers nobody and
-- counts towards no cap; why a planned touch was planned in spite of a finding; and breaches as a range of an index, so
-- that they are counted and listed without reading ten million touches.
ALTER TABLE touch ADD COLUMN reached INTEGER NOT NULL DEFAULT 1 CHECK (reached IN (0,1));
ALTER TABLE task ADD COLUMN override TEXT;
CREATE INDEX touch_override ON touch (at) WHERE override IS NOT NULL;
