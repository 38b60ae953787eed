-- Rules that a manager proposes wait here until an administrator puts them in force: the version in force stays untouched
-- meanwhile. Everybody has one proposal a scheme; a later one takes its place.
CREATE TABLE IF NOT EXISTS scheme_proposal (
  id        INTEGER PRIMARY KEY,
  scheme    TEXT NOT NULL,
  text      TEXT NOT NULL,               -- the TOML as it was proposed
  at        INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  reason    TEXT,
  rev       INTEGER NOT NULL DEFAULT 1,
  UNIQUE (scheme, person_id)
) STRICT;
CREATE TRIGGER IF NOT EXISTS scheme_proposal_rev BEFORE UPDATE ON scheme_proposal WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
