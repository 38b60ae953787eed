-- Why somebody was shown a customer's masked data is free text about the customer and goes with an erasure (I18); who looked,
-- when and at what stays, and nothing else of the log is rewritten.
DROP TRIGGER look_up_stays;
CREATE TRIGGER look_up_stays BEFORE UPDATE ON look_up
  WHEN NEW.reason IS NOT NULL OR NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.person_id IS NOT OLD.person_id
    OR NEW.customer_id IS NOT OLD.customer_id OR NEW.what IS NOT OLD.what OR NEW.field IS NOT OLD.field
  BEGIN SELECT RAISE(ABORT, 'the log is not rewritten'); END;
