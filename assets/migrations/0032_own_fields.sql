-- Customers are looked for by the values of the company's own fields [A4], and a field that goes takes its values along:
-- both read the values of one field.
CREATE INDEX extra_value_field ON extra_value (field_id, value);
