-- The customer list sorts by the company's own fields [A4]: by the value, a number as a number, with the customer beside it, so
-- that a page of the list is a range of an index and needs no row of extra_value.
DROP INDEX extra_value_field;
CREATE INDEX extra_value_field ON extra_value (field_id, value, customer_id);
CREATE INDEX extra_value_number ON extra_value (field_id, CAST(value AS REAL), customer_id);

-- Customers without a value come last in such a list. Where nearly everybody has one, the few who have none would be looked for
-- among a million; therefore it is kept how many of 256 customers in a row have a value: where all have, nobody is looked for.
-- Kept by triggers, because values are written and taken back in many places; a check counts anew (src/store/own_block.rs).
CREATE TABLE extra_block (
  field_id INTEGER NOT NULL,
  block    INTEGER NOT NULL,             -- the customer's id, without its last eight bits
  filled   INTEGER NOT NULL CHECK (filled BETWEEN 0 AND 256),
  PRIMARY KEY (field_id, block)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER extra_block_in AFTER INSERT ON extra_value BEGIN
  INSERT INTO extra_block(field_id,block,filled) VALUES(NEW.field_id,NEW.customer_id>>8,1)
    ON CONFLICT(field_id,block) DO UPDATE SET filled=filled+1;
END;
CREATE TRIGGER extra_block_out AFTER DELETE ON extra_value BEGIN
  UPDATE extra_block SET filled=filled-1 WHERE field_id=OLD.field_id AND block=OLD.customer_id>>8;
  DELETE FROM extra_block WHERE field_id=OLD.field_id AND block=OLD.customer_id>>8 AND filled=0;
END;
CREATE TRIGGER extra_block_on AFTER UPDATE OF customer_id, field_id ON extra_value
WHEN (OLD.customer_id,OLD.field_id)<>(NEW.customer_id,NEW.field_id) BEGIN
  UPDATE extra_block SET filled=filled-1 WHERE field_id=OLD.field_id AND block=OLD.customer_id>>8;
  DELETE FROM extra_block WHERE field_id=OLD.field_id AND block=OLD.customer_id>>8 AND filled=0;
  INSERT INTO extra_block(field_id,block,filled) VALUES(NEW.field_id,NEW.customer_id>>8,1)
    ON CONFLICT(field_id,block) DO UPDATE SET filled=filled+1;
END;
INSERT INTO extra_block SELECT field_id, customer_id>>8, count(*) FROM extra_value GROUP BY 1, 2;
