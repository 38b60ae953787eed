-- A gift that is given is an expense of its customer that names the gift [A119, D21]. The stock follows the expenses by
-- itself and is no part of the recorded change: so an undo gives it back, whoever has given the same gift since.
ALTER TABLE expense ADD COLUMN gift_id INTEGER;      -- no REFERENCES: a gift that is taken from the list leaves what was given
CREATE TRIGGER gift_given AFTER INSERT ON expense WHEN NEW.gift_id IS NOT NULL BEGIN
  UPDATE gift SET stock = max(stock - 1, 0), rev = rev + 1 WHERE id = NEW.gift_id AND stock IS NOT NULL;
END;
CREATE TRIGGER gift_back AFTER DELETE ON expense WHEN OLD.gift_id IS NOT NULL BEGIN
  UPDATE gift SET stock = stock + 1, rev = rev + 1 WHERE id = OLD.gift_id AND stock IS NOT NULL;
END;
