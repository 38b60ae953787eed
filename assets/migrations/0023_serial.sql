-- The greatest number of a month is looked up for every new customer: by its length first, because 10000 stands before 9999
-- in the order of letters. Without this every number of the month was read each time.
CREATE INDEX customer_serial ON customer (length(code), code);
CREATE INDEX customer_alias_serial ON customer_alias (length(code), code);
