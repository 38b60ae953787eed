-- What the receiver of a customer had of it before the hand-over (`task:12 plan:3 share`): it stays theirs if the customer
-- comes back. Empty where they had nothing, and of hand-overs from before.
ALTER TABLE handover_customer ADD COLUMN kept TEXT;
