-- Who owns a customer, where two people both say so: the claim, the arbiter with 24 hours, what was said, the decision
-- (A143, G4, H32, K53). Why this shape: what is said is a row of its own, because additions cannot conflict; the decision
-- stands on the dispute, and the customer's own change carries it out.

CREATE TABLE dispute (
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  claimant_id INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  holder_id   INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT CHECK (holder_id <> claimant_id),
  arbiter_id  INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  reason      TEXT NOT NULL CHECK (reason <> ''),
  opened_at   INTEGER NOT NULL,
  due_at      INTEGER NOT NULL,
  state       TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open','decided','withdrawn')),
  owner_id    INTEGER REFERENCES person ON DELETE RESTRICT,          -- as decided
  decision    TEXT,
  decided_by  INTEGER REFERENCES person ON DELETE RESTRICT,
  decided_at  INTEGER,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX dispute_customer ON dispute (customer_id);
CREATE UNIQUE INDEX dispute_open ON dispute (customer_id) WHERE state = 'open';
CREATE INDEX dispute_arbiter ON dispute (arbiter_id, state);
CREATE TABLE dispute_note (
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL,                                      -- its dispute's
  dispute_id  INTEGER NOT NULL REFERENCES dispute ON DELETE RESTRICT,
  by_id       INTEGER NOT NULL REFERENCES person ON DELETE RESTRICT,
  at          INTEGER NOT NULL,
  text        TEXT NOT NULL CHECK (text <> ''),
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX dispute_note_of ON dispute_note (dispute_id);

CREATE TRIGGER dispute_rev BEFORE UPDATE ON dispute WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER dispute_note_rev BEFORE UPDATE ON dispute_note WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
