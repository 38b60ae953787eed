-- One's own customers sorted by any column are a range of one index, as all customers are: without these, a list of one
-- person's hundred thousand was read and sorted as a whole at every page. Customers with an open complaint and those who
-- want no disturbance are few among very many: a list of them, or their count in a saved view, must not read every row.
CREATE INDEX facts_owner_industry ON facts (owner_id, industry, customer_id);
CREATE INDEX facts_owner_size ON facts (owner_id, size, customer_id);
CREATE INDEX facts_owner_segment ON facts (owner_id, segment, customer_id);
CREATE INDEX facts_owner_grade ON facts (owner_id, grade, customer_id);
CREATE INDEX facts_owner_last_order ON facts (owner_id, last_order, customer_id);
CREATE INDEX facts_owner_per_year ON facts (owner_id, per_year, customer_id);
CREATE INDEX facts_complaints ON facts (complaints) WHERE complaints > 0;
CREATE INDEX facts_quiet ON facts (quiet) WHERE quiet = 1;
