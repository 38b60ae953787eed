-- People on a shared server: the keys that let them in, and the sessions that are open.
-- Why this shape: OpenSSH asks for a key by its fingerprint at every log-in, before anybody is known, so the fingerprint is
-- unique over all people and the key itself stands beside it, to be handed back in one row. A session is a process of the
-- server: its row names the process with the instant at which that process began, so that a number which the system gave
-- to another process later is never taken for it, and a row left behind by a cut is known for what it is without a pulse
-- that would wake everybody. What somebody edits just now stands in the session, for colleagues to see; it locks nothing.

CREATE TABLE person_key (                -- [A139, I4]
  id          INTEGER PRIMARY KEY,
  person_id   INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  fingerprint TEXT NOT NULL UNIQUE CHECK (fingerprint LIKE 'SHA256:%'),
  kind        TEXT NOT NULL CHECK (kind <> ''),              -- ssh-ed25519, …
  body        TEXT NOT NULL CHECK (body <> ''),              -- base64, as in a file of public keys
  note        TEXT NOT NULL DEFAULT '',                      -- whose, which computer
  added_at    INTEGER NOT NULL,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX person_key_person ON person_key (person_id);

CREATE TABLE session (                   -- of the full-screen program; not a change worth undoing
  id         TEXT PRIMARY KEY,
  person_id  INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
  pid        INTEGER NOT NULL,
  began      INTEGER NOT NULL,           -- of the process, in the system's ticks
  place      TEXT NOT NULL DEFAULT '',   -- the address it came from; blank on the machine itself
  started_at INTEGER NOT NULL,
  tbl        TEXT,                       -- the row that is being edited
  row_id     INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX session_person ON session (person_id);
CREATE INDEX session_row ON session (row_id) WHERE row_id IS NOT NULL;
