-- What coupons and rewards have cost in a year is looked up by the day they were used or given (X14): few of them are, so
-- the indexes hold those alone.
CREATE INDEX coupon_used ON coupon (used_on) WHERE used_on IS NOT NULL;
CREATE INDEX referral_given ON referral (given_on) WHERE given_on IS NOT NULL;
