-- The strategy table is edited and lives: what a row has besides, every version of it with its reason (H20), the festival
-- and season overlay (A124, D48, H51), and counts kept by class, so that the table opens with its live figures at a million
-- customers without a scan.
ALTER TABLE strategy ADD COLUMN resources TEXT NOT NULL DEFAULT '';   -- people, material, money [A115]
ALTER TABLE strategy ADD COLUMN touch_fen INTEGER CHECK (touch_fen >= 0);   -- what a touch may cost [P12]; NULL: not set
UPDATE strategy SET touch_fen = 3000, resources = '企业社群与短信通道;积分与限时优惠券', rev = rev + 1 WHERE scheme = 'segment' AND class = 'growth';
UPDATE strategy SET touch_fen = 1000, resources = '通用优惠券包;短信与邮件模板', rev = rev + 1 WHERE scheme = 'segment' AND class = 'dormant';
UPDATE strategy SET resources = '专属一对一顾问;优先发货;定制商务礼盒与体验活动', rev = rev + 1 WHERE scheme = 'segment' AND class = 'high';

CREATE TABLE strategy_version (          -- the whole table of a scheme after an edit; version 1 is what it began with
  id        INTEGER PRIMARY KEY,
  scheme    TEXT NOT NULL,
  version   INTEGER NOT NULL CHECK (version > 0),
  class     TEXT,                        -- the row that was edited; NULL: the first version
  at        INTEGER NOT NULL,
  person_id INTEGER REFERENCES person ON DELETE RESTRICT,
  reason    TEXT,
  rows      TEXT NOT NULL,               -- JSON, one object a row
  rev       INTEGER NOT NULL DEFAULT 1,
  UNIQUE (scheme, version)
) STRICT;
CREATE TRIGGER strategy_version_rev BEFORE UPDATE ON strategy_version WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;

CREATE TABLE overlay (                   -- festivals and seasons laid over the table while they last [A124, D48]
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL UNIQUE CHECK (name <> ''),
  calendar    TEXT NOT NULL CHECK (calendar IN ('solar','lunar')),
  month       INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
  day         INTEGER NOT NULL CHECK (day BETWEEN 1 AND 31),
  lead_days   INTEGER NOT NULL DEFAULT 7 CHECK (lead_days BETWEEN 0 AND 120),   -- active so long before the day
  length_days INTEGER NOT NULL DEFAULT 1 CHECK (length_days BETWEEN 1 AND 366), -- and so long from it on
  industry    TEXT,                      -- NULL: all
  content     TEXT NOT NULL DEFAULT '',
  channel     TEXT,
  ready_for   TEXT,                      -- the start day for which the content has been looked over [H51]
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TRIGGER overlay_rev BEFORE UPDATE ON overlay WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
INSERT INTO overlay (id, name, calendar, month, day, lead_days, length_days, content, channel) VALUES
(1, '春节', 'lunar', 1, 1, 15, 7, '节日关怀:新春祝福与答谢礼,告知假期值班与发货安排', 'wechat'),
(2, '元宵', 'lunar', 1, 15, 3, 1, '节日关怀:元宵祝福,开年采购计划的问候', 'wechat'),
(3, '端午', 'lunar', 5, 5, 7, 1, '节日关怀:端午安康,年中备货提醒', 'wechat'),
(4, '中秋', 'lunar', 8, 15, 10, 1, '节日关怀:中秋祝福与礼品,三季度回访邀约', 'wechat'),
(5, '国庆', 'solar', 10, 1, 7, 7, '节日关怀:国庆祝福,告知假期值班,节前下单优惠', 'wechat');

-- Counts by class, kept by the same transactions that keep the facts (src/store/facts/tally.rs).
ALTER TABLE facts ADD COLUMN touches_year INTEGER NOT NULL DEFAULT 0;   -- touches of ours this calendar year
CREATE TABLE tally (                     -- accounts of a class by owner, with what this year's touches and gifts have cost
  scheme   TEXT NOT NULL,
  class    TEXT NOT NULL,
  owner_id INTEGER NOT NULL,
  accounts INTEGER NOT NULL,
  cost_fen INTEGER NOT NULL,
  touches  INTEGER NOT NULL,
  PRIMARY KEY (scheme, class, owner_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE tally_day (                 -- accounts of a class by the day on which their clock rings, and is late
  scheme   TEXT NOT NULL,
  class    TEXT NOT NULL,
  what     TEXT NOT NULL CHECK (what IN ('on','late')),
  day      TEXT NOT NULL,
  accounts INTEGER NOT NULL,
  PRIMARY KEY (scheme, class, what, day)
) STRICT, WITHOUT ROWID;
INSERT INTO setting(key, value) SELECT 'recount', '1' WHERE EXISTS (SELECT 1 FROM customer) ON CONFLICT(key) DO NOTHING;
-- what is followed by an order, for the comparison of before and after
CREATE INDEX touch_converted ON touch (at, segment_then) WHERE converted = 1;
-- accounts of classes that are kept beside the facts
CREATE INDEX class_value ON class (scheme, value);
CREATE INDEX customer_depth ON customer (depth) WHERE depth IS NOT NULL;
CREATE INDEX customer_relation ON customer (relation) WHERE relation IS NOT NULL;
CREATE INDEX customer_need ON customer (need) WHERE need IS NOT NULL;
