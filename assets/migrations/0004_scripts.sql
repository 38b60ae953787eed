-- What a touch is made of and what may follow it: scripts with their approval, gifts, content, the catalogue with need
-- tags; coupons, membership, views of web pages, activation of high-potential customers, the reason of a churn.
-- Why this shape: a script keeps its code over all versions, because touches name it by that code; only one version of a
-- code is approved at a time. `target`, `channels`, `needs` are lists of ids or words separated by commas, read by
-- domain/script: they are shown and typed as one line, and no list grows past a handful. A product's need tags stand a
-- second time as rows, kept by the same write, because matching customers with products is a join.

CREATE TABLE script (                    -- [A117, A118]
  id          INTEGER PRIMARY KEY,
  code        TEXT NOT NULL CHECK (code <> ''),
  version     INTEGER NOT NULL DEFAULT 1,
  title       TEXT NOT NULL CHECK (title <> ''),
  target      TEXT,                      -- `segment:high,grade:A`; NULL: everybody
  scene       TEXT NOT NULL DEFAULT 'other',
  channels    TEXT,
  needs       TEXT,                      -- need tags that it answers
  text        TEXT NOT NULL CHECK (text <> ''),
  state       TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft','approved','withdrawn')),
  author_id   INTEGER REFERENCES person ON DELETE RESTRICT,
  reviewer_id INTEGER REFERENCES person ON DELETE RESTRICT,
  reviewed_at INTEGER,
  source      TEXT,                      -- ids of requirements.md, for those that are printed
  created_at  INTEGER NOT NULL,
  rev         INTEGER NOT NULL DEFAULT 1,
  UNIQUE (code, version)
) STRICT;
CREATE UNIQUE INDEX script_approved ON script (code) WHERE state = 'approved';
CREATE INDEX touch_script ON touch (script, kind, responded, converted) WHERE script IS NOT NULL;

CREATE TABLE gift (                      -- [A119]
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL CHECK (name <> ''),
  target   TEXT,
  unit_fen INTEGER CHECK (unit_fen >= 0),
  stock    INTEGER CHECK (stock >= 0),   -- NULL: not counted
  note     TEXT,
  rev      INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE content (                   -- [A120]
  id       INTEGER PRIMARY KEY,
  title    TEXT NOT NULL CHECK (title <> ''),
  industry TEXT,
  needs    TEXT,
  place    TEXT,                         -- a path or a link
  note     TEXT,
  rev      INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE product (                   -- [A121, A122]
  id        INTEGER PRIMARY KEY,
  name      TEXT NOT NULL UNIQUE CHECK (name <> ''),
  category  TEXT,
  price_fen INTEGER CHECK (price_fen >= 0),
  needs     TEXT,
  feature   TEXT,                        -- what was improved
  value     TEXT,                        -- what the customer gains, with a figure
  new_on    TEXT,                        -- since when it is sold; the last half year makes a new product
  state     TEXT NOT NULL DEFAULT 'sold' CHECK (state IN ('sold','retired')),
  rev       INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE product_tag (
  id         INTEGER PRIMARY KEY,
  product_id INTEGER NOT NULL REFERENCES product ON DELETE RESTRICT,
  value      TEXT NOT NULL CHECK (value <> ''),
  rev        INTEGER NOT NULL DEFAULT 1,
  UNIQUE (product_id, value)
) STRICT;
CREATE INDEX product_tag_value ON product_tag (value, product_id);

CREATE TABLE coupon (                    -- [A65]
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  touch_id    INTEGER REFERENCES touch ON DELETE RESTRICT,     -- the touch that brought it
  kind        TEXT NOT NULL DEFAULT 'cash' CHECK (kind IN ('cash','package')),
  face_fen    INTEGER CHECK (face_fen >= 0),
  price_fen   INTEGER CHECK (price_fen >= 0),                  -- of a package: before
  offer_fen   INTEGER CHECK (offer_fen >= 0),                  -- and now
  issued_on   TEXT NOT NULL,
  valid_to    TEXT NOT NULL,
  claimed_on  TEXT,
  used_on     TEXT,
  order_id    INTEGER REFERENCES orders ON DELETE RESTRICT,
  note        TEXT,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX coupon_customer ON coupon (customer_id, valid_to);
CREATE INDEX coupon_touch ON coupon (touch_id) WHERE touch_id IS NOT NULL;
CREATE INDEX coupon_order ON coupon (order_id) WHERE order_id IS NOT NULL;

CREATE TABLE membership (                -- [A64]; what was spent so far is computed from the orders
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL UNIQUE REFERENCES customer ON DELETE RESTRICT,
  level       TEXT,
  points      INTEGER NOT NULL DEFAULT 0 CHECK (points >= 0),
  since       TEXT,
  note        TEXT,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE browse (                    -- [A60]
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  viewed_on   TEXT NOT NULL,
  category    TEXT NOT NULL CHECK (category <> ''),
  views       INTEGER NOT NULL DEFAULT 1 CHECK (views > 0),
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX browse_customer ON browse (customer_id, viewed_on);

CREATE TABLE activation (                -- [H25, B35]
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer ON DELETE RESTRICT,
  cause       TEXT NOT NULL DEFAULT 'inquiry' CHECK (cause IN ('inquiry','match','browse','other')),
  plan        TEXT,
  started_on  TEXT NOT NULL,
  due_on      TEXT NOT NULL,
  outcome     TEXT NOT NULL DEFAULT 'open' CHECK (outcome IN ('open','won','lost')),
  ended_on    TEXT,
  order_id    INTEGER REFERENCES orders ON DELETE RESTRICT,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX activation_customer ON activation (customer_id, started_on);
CREATE INDEX activation_started ON activation (started_on);
CREATE INDEX activation_order ON activation (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX quote_open ON quote (quoted_on) WHERE state = 'open';

ALTER TABLE customer ADD COLUMN churn_reason TEXT CHECK (churn_reason IN ('price','service','experience','need','contact','other'));
ALTER TABLE customer ADD COLUMN churn_note TEXT;

CREATE TRIGGER script_rev BEFORE UPDATE ON script WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER gift_rev BEFORE UPDATE ON gift WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER content_rev BEFORE UPDATE ON content WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER product_rev BEFORE UPDATE ON product WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER product_tag_rev BEFORE UPDATE ON product_tag WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER coupon_rev BEFORE UPDATE ON coupon WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER membership_rev BEFORE UPDATE ON membership WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER browse_rev BEFORE UPDATE ON browse WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;
CREATE TRIGGER activation_rev BEFORE UPDATE ON activation WHEN NEW.rev <> OLD.rev + 1 BEGIN SELECT RAISE(ABORT, 'rev must grow by one'); END;

-- The ten scripts as the handbooks print them. `某总`, XX and the figures of the examples are places; what follows `=` in a
-- place is the printed figure, which stands where nothing better is known. They come approved: they are the handbooks' own.
INSERT INTO script (id, code, title, target, scene, channels, needs, text, state, source, created_at) VALUES
(1, 'D55', '季度回访', 'segment:high', 'quarterly_visit', 'phone,one_to_one', NULL,
 '{contact},近期公司上线{product}新品,针对您所在的{industry}优化了{feature}功能,为您预留了{slots=3}个免费试用名额,是否方便安排时间演示?', 'approved', 'D55', 0),
(2, 'D56', '月度关怀·会员升级', 'segment:growth', 'monthly_care', 'community,sms', NULL,
 '{contact},您已累计消费{accumulated}元,再消费{gap}元即可升级为{level=VIP}会员,享受{discount=9折}优惠+生日礼,点击查看详情~', 'approved', 'D56', 0),
(3, 'D57', '沉睡唤醒·优惠券', 'segment:dormant', 'wake_up', 'sms,email', NULL,
 '{contact},感谢您曾经的信任!您的账户中有未使用的{coupon=100}元无门槛优惠券(仅限{days=7}天内有效),点击立即领取~', 'approved', 'D57', 0),
(4, 'D58', '新项目致电', 'segment:high', 'project', 'phone', NULL,
 '{contact},知晓到贵司新项目即将上线,我们的{product}产品已升级,可帮您节省30%的设备调试时间,我为您预留了{slots=3}个免费试用名额,团队可直接接入项目测试。', 'approved', 'D58', 0),
(5, 'D59', '专属福利套餐', 'segment:dormant,lifecycle:lost', 'offer', 'sms', '价格敏感,成本敏感,关注性价比',
 '{contact},感谢您曾选择我们的{category}!您的账户中有专属福利:原价{price=299}元的{category}套餐,现仅需{offer=199}元(仅限{days=7}天),点击领取→{link}', 'approved', 'D59', 0),
(6, 'D60', '优惠到期提醒', NULL, 'reminder', 'sms,wechat', NULL,
 '近期{category}库存紧张,优惠券即将到期,建议您尽快选购~', 'approved', 'D60', 0),
(7, 'D61', '合作周年', NULL, 'anniversary', NULL, NULL,
 '尊敬的{contact},值此合作{years}周年之际,感谢您的信任!附赠专属服务通道,随时为您效劳。', 'approved', 'D61', 0),
(8, 'D62', '转介绍邀请', NULL, 'referral', 'phone,wechat,visit', NULL,
 '{contact},感谢您对我们产品的认可!若您身边有同行朋友有类似需求,能否帮忙引荐?我们将为您提供专属推荐礼遇(如延长服务周期、赠送增值服务)', 'approved', 'D62', 0),
(9, 'D63', '需求挖掘', 'segment:cooling,lifecycle:prospect', 'need_question', 'phone,visit', NULL,
 '目前{step}环节是否存在困扰?如果解决{problem}问题,对您的业务帮助有多大?', 'approved', 'D63', 0),
(10, 'D64', '上次问题回访', NULL, 'problem', NULL, NULL,
 '您上次提到的{problem}问题,我们的新品已解决', 'approved', 'D64', 0);

-- The gifts and contents that the handbooks name (D23–D25). Costs and stocks are the company's to fill in.
INSERT INTO gift (id, name, target, unit_fen, stock, note) VALUES
(1, '定制商务礼盒', 'segment:high', NULL, NULL, 'D23'),
(2, '通用优惠券包', 'segment:dormant', NULL, NULL, 'D23'),
(3, '限时优惠券与积分', 'segment:growth', NULL, NULL, 'D23'),
(4, '生日礼', NULL, NULL, NULL, 'D24'),
(5, '紧急关怀礼(免费服务包)', 'segment:high', NULL, NULL, 'D24'),
(6, '价值1000元的服务包', NULL, 100000, NULL, 'D24 P35'),
(7, '免费试用名额', NULL, NULL, 3, 'D24');
INSERT INTO content (id, title, industry, needs, place, note) VALUES
(1, '《降本增效案例集》', '制造业', '关注成本控制,成本敏感', NULL, 'D25 K62'),
(2, '《新项目设备效率优化白皮书》', '制造业', '新项目,关注效率', NULL, 'D25'),
(3, '《某行业客户成功案例集》', NULL, '需要案例,价格敏感', NULL, 'D25'),
(4, '行业解决方案白皮书', NULL, NULL, NULL, 'D25 D6'),
(5, '免费行业报告', NULL, NULL, NULL, 'D25 D10'),
(6, '品类使用场景短视频', NULL, '关注使用效果', NULL, 'D25'),
(7, '同类客户评价与专属推荐页', NULL, '需要定制化,关注口碑', NULL, 'D25');
