-- Customers with an open complaint and those who want no disturbance are few among very many: a list of them, or their
-- count in a saved view, must not read every row of facts.
CREATE INDEX facts_complaints ON facts (complaints) WHERE complaints > 0;
CREATE INDEX facts_quiet ON facts (quiet) WHERE quiet = 1;
