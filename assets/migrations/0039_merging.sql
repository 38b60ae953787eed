-- A write merges nothing of the look-up indexes: it went on with whatever merge was under way, which at a million customers
-- was up to 60 ms once in 64 touches. Sessions merge while they rest, commands and imports after their own writes
-- (src/store/facts/index.rs, `settle`).
INSERT INTO find_text(find_text, rank) VALUES('automerge', 0);
INSERT INTO find_digit(find_digit, rank) VALUES('automerge', 0);
INSERT INTO find_touch(find_touch, rank) VALUES('automerge', 0);
