-- The strategy table as the handbooks print it: the rows with which a company starts, to be edited in the program.
-- Where a handbook gives no row (ordinary, cooling: B5, D4) or no interval (lifecycle: D6–D9), the row is a default of
-- product.md, or of this file, and says so in `source` by the id of the gap. Intervals in days, ideal and worst: week 7/9,
-- month 30/37, quarter 91/105, half-year 182/210, year 365/395. Budgets are fen per customer and year.

-- By segment (D1–D4, D14–D18, D31–D33).
INSERT INTO strategy (id, scheme, class, position, goal, scene, content, script, channels, post, budget_fen, bound, cap_count, cap_window, load_low, load_high, source) VALUES
(1, 'segment', 'high', 1,
 '深度绑定,提升转介绍率', '季度回访',
 '定制化需求调研;新品优先体验;专属权益推送(一对一顾问、优先发货、定制礼遇,鼓励转介绍)',
 '{contact},近期公司上线{product}新品,针对您所在的{industry}优化了{feature}功能,为您预留了{slots}个免费试用名额,是否方便安排时间演示?',
 'phone,one_to_one', '客户成功经理', 50000, 'floor', 2, '7_days', 20, 30, 'D1 D13 D14 D18 D31 D55'),
(2, 'segment', 'growth', 2,
 '引导增量消费,转化为高价值客户', '月度关怀',
 '产品组合推荐;积分与升级提醒;限时优惠券',
 '{contact},您已累计消费{accumulated}元,再消费{gap}元即可升级为{level}会员,享受{discount}优惠+生日礼,点击查看详情~',
 'community,sms', '销售代表', 20000, 'floor', 1, 'week', 50, 80, 'D2 D13 D15 D18 D33 D56'),
(3, 'segment', 'ordinary', 3,
 '保持联系,发现新需求', '季度问候',
 '新品简讯;使用技巧;历史品类的补货提醒',
 '{contact},上次提到的{problem}问题,我们的新品已有办法,方便时给您发一份说明?',
 'wechat,sms', '销售代表', 10000, 'plain', 1, 'week', NULL, NULL, 'B5 D4 D33 D64'),
(4, 'segment', 'cooling', 4,
 '找出原因,恢复往来', '月度回访',
 '电话了解近况与未满足的需求;复购优惠;售后问题清零',
 '{contact},好久没有您的消息了,想请教目前{step}环节是否存在困扰?如果解决{problem}问题,对您的业务帮助有多大?',
 'phone,visit', '销售代表', 20000, 'plain', 1, 'week', NULL, NULL, 'B5 D4 D33 D63'),
(5, 'segment', 'dormant', 5,
 '低成本唤醒,激活复购', '沉睡唤醒',
 '沉睡关怀礼;历史消费复购优惠;新品试用邀请(高性价比激励+针对性需求触达)',
 '{contact},感谢您曾经的信任!您的账户中有未使用的{coupon}元无门槛优惠券(仅限{days}天内有效),点击立即领取~',
 'sms,email', '市场专员', 5000, 'cap', 1, 'month', 100, 150, 'D3 D13 D16 D18 D32 D57');

-- By lifecycle (D6–D9): the handbook prints content, no figures.
INSERT INTO strategy (id, scheme, class, position, goal, scene, content, script, channels, post, budget_fen, bound, cap_count, cap_window, load_low, load_high, source) VALUES
(11, 'lifecycle', 'prospect', 1,
 '价值传递+需求激发', '潜在客户转化',
 '行业解决方案白皮书;免费试用邀请',
 '目前{step}环节是否存在困扰?如果解决{problem}问题,对您的业务帮助有多大?',
 'email,wecom,phone', '销售代表', NULL, NULL, 1, 'week', NULL, NULL, 'D6 D33 D63'),
(12, 'lifecycle', 'new', 2,
 '使用指导+问题响应', '新客户信任建立',
 '操作培训;7×24小时服务支持;快速响应与个性化关怀',
 '{contact},设备用得还顺手吗?有任何问题随时找我,7×24小时都有人值守。',
 'wecom,phone,visit', '客服', NULL, NULL, 1, 'week', NULL, NULL, 'D7 D33'),
(13, 'lifecycle', 'existing', 3,
 '增值服务+情感联结', '老客户深度维护',
 '定期回访;定制化推荐;节日关怀',
 '尊敬的{contact},值此合作{years}周年之际,感谢您的信任!附赠专属服务通道,随时为您效劳。',
 'phone,wechat,visit', '客户成功经理', NULL, NULL, 1, 'week', NULL, NULL, 'D8 D33 D61'),
(14, 'lifecycle', 'lost', 4,
 '原因分析+挽回激励', '流失客户挽回',
 '满意度调研;专属优惠券',
 '{customer},感谢您曾选择我们的{category}!您的账户中有专属福利:原价{price}元的{category}套餐,现仅需{offer}元(仅限{days}天),点击领取',
 'phone,sms,email', '市场专员', NULL, NULL, 1, 'month', NULL, NULL, 'D9 D33 D59');

-- By grade (D10–D12).
INSERT INTO strategy (id, scheme, class, position, goal, scene, content, script, channels, post, budget_fen, bound, cap_count, cap_window, load_low, load_high, source) VALUES
(21, 'grade', 'A', 1,
 '了解业务进展与新需求,提供定制化服务', '月度深度沟通',
 '拜访或视频会议;定制化服务(如免费行业报告);适时请其转介绍',
 '{contact},感谢您对我们产品的认可!若您身边有同行朋友有类似需求,能否帮忙引荐?我们将为您提供专属推荐礼遇(如延长服务周期、赠送增值服务)',
 'visit,video', '资深销售', NULL, NULL, 2, '7_days', NULL, NULL, 'D10 D62'),
(22, 'grade', 'B', 2,
 '确认产品使用体验,推送新品信息', '季度电话回访',
 '电话回访使用体验;新品信息',
 '{contact},您上次提到的{problem}问题,我们的新品已解决,方便给您介绍两分钟吗?',
 'phone', '销售代表', NULL, NULL, 1, 'week', NULL, NULL, 'D11 D33 D64'),
(23, 'grade', 'C', 3,
 '激活合作意向', '半年轻互动',
 '节日祝福邮件等轻互动',
 '{contact},节日快乐!感谢一路相伴,新一季的优惠与新品已为您备好,期待再次合作。',
 'email', '客服', NULL, NULL, 1, 'week', NULL, NULL, 'D12 D33');

INSERT INTO strategy_touch (strategy_id, kind, ideal_days, worst_days) VALUES
(1, 'deep_visit', 91, 105), (1, 'light_touch', 30, 37),
(2, 'care', 30, 37), (2, 'promotion', 91, 105),
(3, 'light_touch', 91, 105),
(4, 'phone_visit', 30, 37),
(5, 'wake_up', 91, 105), (5, 'promotion', 182, 210),
(11, 'light_touch', 30, 37),
(12, 'care', 30, 37),
(13, 'phone_visit', 91, 105), (13, 'greeting', 182, 210),
(14, 'wake_up', 91, 105),
(21, 'deep_talk', 30, 37),
(22, 'phone_visit', 91, 105),
(23, 'greeting', 182, 210);
