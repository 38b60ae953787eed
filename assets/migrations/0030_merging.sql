-- How the look-up indexes merge (src/store/facts/index.rs, `settle`).
-- Why: with FTS5's usual ways the write of whoever came at the wrong moment rewrote the whole index: seconds at a million
-- customers, for one touch. Small segments merge a little later now, and large ones only while nobody waits.

INSERT INTO find_text(find_text, rank) VALUES('automerge', 16);
INSERT INTO find_text(find_text, rank) VALUES('usermerge', 16);
INSERT INTO find_text(find_text, rank) VALUES('crisismerge', 1000);
INSERT INTO find_digit(find_digit, rank) VALUES('automerge', 16);
INSERT INTO find_digit(find_digit, rank) VALUES('usermerge', 16);
INSERT INTO find_digit(find_digit, rank) VALUES('crisismerge', 1000);
INSERT INTO find_touch(find_touch, rank) VALUES('automerge', 16);
INSERT INTO find_touch(find_touch, rank) VALUES('usermerge', 16);
INSERT INTO find_touch(find_touch, rank) VALUES('crisismerge', 1000);
