-- What a column may hold stands in the constraints as a list, `CHECK (kind IN ('a','b','c'))`, for which the engine builds a
-- small table at every row that is written, and drops it: seven of them for a customer, a tenth of the time of an import.
-- From here on the constraints say the same as equations. No row is read or changed (`src/store/schema/checks.rs`).

-- A write merges segments of an index only from 64 on: sessions merge from 16 on while they rest, so that a person's write
-- pays for it where nobody rests, and an import once in 64 batches.
INSERT INTO find_text(find_text,rank) VALUES('automerge',64);
INSERT INTO find_digit(find_digit,rank) VALUES('automerge',64);
INSERT INTO find_touch(find_touch,rank) VALUES('automerge',64);
