//! The words for ids of hand-overs and disputes: their states, and the entries of the checklist. Sentences stand in the file of
//! the same name one level up; [`super::all`] reads every table.

use crate::i18n::word::{Word, w};

/// Group, id, word.
pub const WORDS: &[Word] = &[
    ("cause", "dispute", w("decide who owns it", "裁决客户归属")),
    ("because", "dispute", w("two people claim the customer", "客户归属有争议")),
    ("dispute", "open", w("waits for the arbiter", "待裁决")),
    ("dispute", "decided", w("decided", "已裁决")),
    ("dispute", "withdrawn", w("withdrawn", "已撤回")),
    ("cause", "handover", w("sign and work through the hand-over", "签收交接并核对清单")),
    ("because", "handover", w("customers are handed over", "客户交接")),
    ("handover", "proposed", w("waits for the receiver", "待接收人签收")),
    ("handover", "accepted", w("accepted, list being checked", "已签收,核对清单中")),
    ("handover", "confirmed", w("done, signed by both", "双方已确认")),
    ("handover", "declined", w("declined, gone back", "已拒绝,客户已退回")),
    ("handover", "withdrawn", w("taken back", "已收回")),
    ("handover_item", "profile", w("profile complete", "档案信息完整")),
    ("handover_item", "next", w("open next actions", "未完成的下一步")),
    ("handover_item", "complaints", w("open complaints", "未结投诉")),
    ("handover_item", "coupons", w("open coupons and rewards", "未用优惠券与奖励")),
    ("handover_item", "budget", w("budget state", "预算执行情况")),
    ("handover_item", "quiet", w("do-not-disturb and opt-outs", "免打扰与退订")),
    ("handover_item", "read", w("last five interactions read", "最近5次互动已阅读")),
    ("handover_item", "informed", w("customer informed", "已告知客户")),
    ("verb", "erase", w("erased on request", "应要求抹除")),
    ("verb", "merge", w("merged", "合并客户")),
    ("verb", "dispute", w("ownership disputed", "提出归属争议")),
    ("verb", "note_dispute", w("note on a dispute", "争议说明")),
    ("verb", "decide_dispute", w("dispute decided", "裁决归属争议")),
    ("verb", "withdraw_dispute", w("dispute withdrawn", "撤回归属争议")),
    ("verb", "hand_over", w("hand-over", "客户交接")),
    ("verb", "accept_hand_over", w("hand-over accepted", "接受交接")),
    ("verb", "decline_hand_over", w("hand-over declined", "拒绝交接")),
    ("verb", "confirm_hand_over", w("hand-over confirmed", "确认交接完成")),
    ("verb", "take_back", w("hand-over taken back", "收回交接")),
    ("verb", "tick_hand_over", w("checklist of a hand-over", "交接清单")),
];
