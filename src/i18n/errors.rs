//! Errors as sentences that say what to do, in the person's language. The typed errors of the layers below come in, text
//! goes out; nothing else in the program words an error.

mod system;

use super::format::list;
use super::{Lang, Text, alarms, fields, guard, own_fields as own, slips, words};
use crate::domain::date::{ActionError, DateError};
use crate::domain::field::{Field, Invalid, Problem};
use crate::domain::people::{Reach, Role, Verb, reach};
use crate::store::request::{Limited, StoreError};

pub use super::filters::filter;
pub use system::{io, io_written, system};

super::texts! {
    NO_DISPUTE "There is nothing to dispute here: the customer is yours, is disputed already, or it has been decided." "此处无可争议:客户已归您负责、已有争议,或已裁决。";
    NOT_A_PARTY "Decide for one of the two who both want the customer." "请在争议双方中选择其一。";
    NOTHING_TO_HAND_OVER "There is no customer to hand over: choose some that are not the receiver's already." "没有可交接的客户:请选择尚不归接收人负责的客户。";
    HAND_OVER_STATE "This hand-over is in another state by now ({}); look at it again." "该交接的状态已变({}),请重新查看。";
    CHECKLIST_OPEN "Tick the whole checklist first; open are {}." "请先核对全部清单项,未核对:{}。";
    NOT_A_BEAT "“{}” is no touch kind with its days: write “care 30/37” (ideal/worst) or “care month”, each kind once." "“{}”不是“触达类型 天数”:请写成“标准关怀 30/37”(理想/最迟)或“标准关怀 月”,每种类型一次。";
    EMPTY "{}: please fill it in." "{}:请填写。";
    ANSWERS "{}: {} {score|scores} from 0 to 100, such as 90 80 70." "{}:请填写{}个0至100的得分,如 90 80 70。";
    RAISED "This alarm stands already." "该预警已存在。";
    SAME_KEY "The backups are encrypted to this key already; make a new pair with “guanxi backup-key new FILE”, or give the old secret key too for the backups made before." "备份已使用该公钥,请用“guanxi backup-key new 文件”生成新的密钥对;如要更换此前的备份,请同时填写旧私钥。";
    NOT_A_RECIPIENT "“{}” is no public key to encrypt to; it begins with age1 (“guanxi backup-key new FILE” makes a pair)." "“{}”不是加密公钥,公钥以age1开头(“guanxi backup-key new 文件”可生成)。";
    OPEN_STEPS "Not done yet: {}. Do it, or close the case under “Leaks of data” (F9) and say there why it is left out." "尚未完成:{}。请先完成,或在“客户信息泄露”(F9)中关闭并说明未做的原因。";
    NOT_AFFECTED "No export of this case holds data of {}; choose from the list of customers." "本次泄露的导出中没有{}的数据,请从客户名单中选择。";
    COMPLAINT_CLOSED "This complaint is closed: to go on with it, edit it and set its state back." "该投诉已结案;如需继续处理,请编辑并改回状态。";
    REQUEST_CLOSED "This request is closed: ask anew." "该请求已关闭,请重新提出。";
    TOO_LONG "{}: at most {} {character|characters}." "{}:最多{}个字。";
    DAY_ONLY "{}: only the day is kept here; leave the time out of “{}”." "{}:此处只记日期,请去掉“{}”中的时间。";
    NOT_A_DAY "{}: “{}” is no date; write 2024-06-17." "{}:“{}”不是日期,请写成2024-06-17。";
    NOT_A_MOMENT "{}: “{}” is no time; write 2024-05-10 14:30 or “yesterday 15:00”." "{}:“{}”不是时间,请写成2024-05-10 14:30或“昨天下午3点”。";
    NOT_ONE_OF "{}: “{}” is not known; choose {}." "{}:没有“{}”,请从{}中选择。";
    NO_PERSON "{}: nobody here is called “{}”; see the list of people." "{}:没有名为“{}”的同事,请查看人员列表。";
    NO_CUSTOMER "{}: no customer has the number or name “{}”; look it up with /." "{}:没有编号或名称为“{}”的客户,请用 / 查找。";
    NOT_A_PLACE "{}: “{}” is no full path of a file; write one such as /var/log/guanxi-history, or nothing." "{}:“{}”不是完整的文件路径,请填写如 /var/log/guanxi-history 的路径,或留空。";
    NO_ORDER "{}: no order has the number “{}”." "{}:没有编号为“{}”的订单。";
    NO_CONTACT "{}: this customer has no contact “{}”; add the contact first." "{}:该客户没有联系人“{}”,请先新建联系人。";
    IN_ALREADY "{}: {} works on this customer already; choose somebody else." "{}:{}已参与该客户,请选择其他同事。";
    TAKEN "{}: {} {} has it already; open that customer instead." "{}:{} {}已存在,请直接打开该客户。";
    NEXT_OR_CLOSED "Say what comes next and when, such as “follow up in 3 days”, or choose “Nothing to do”." "请写明下一步和时间,如“3天内跟进意向”,或选择“无需跟进”。";
    ONE_TASK "{}: one task at a time; plan the next one afterwards." "{}:一次安排一项,请保存后再安排下一项。";
    NOT_LATER "{}: write a day after today, such as “+3d”." "{}:请写今天之后的日期,如“3天后”。";
    NO_SUCH_DAY "{}: no calendar has this day." "{}:没有这一天。";
    BRACES "{}: write each place as {name} or {name=value}, with both braces." "{}:请把占位符写成{名称}或{名称=默认值},括号成对。";
    NO_SUCH_GIFT "{}: no gift is called “{}”. The list stands in pane 4, Scripts, Gifts." "{}:没有名为“{}”的礼品,礼品清单见第4栏话术视图。";
    NONE_LEFT "{}: none of “{}” is left. Take another, or correct the stock in pane 4, Scripts, Gifts." "{}:“{}”已无库存,请另选礼品或在第4栏话术视图更正库存。";
    NOT_A_COUPON "{}: “{}” is no coupon; write 100 for a cash coupon, 299→199 for a package." "{}:“{}”不是优惠券,代金券请写100,套餐请写299→199。";
    ENDED "{}: this coupon ended on {} and no order until then is free for it; if it was taken all the same, write the day with e." "{}:该优惠券已于{}到期,期内没有可对应的订单;如仍已使用,请按 e 填写使用日期。";
    LEVELS "{}: “{}” names no levels; write them like VIP:2500:9折:生日礼;…" "{}:“{}”不是会员等级,请写成VIP:2500:9折:生日礼;…";
    OWN_SCRIPT "Whoever wrote a script has somebody else approve it; ask another manager." "话术须由他人审核,请联系另一位主管。";
    ENDS_BEFORE "{}: write a day that is not before the start." "{}:不能早于开始日期。";
    HAS_RUN "{}: this has been sent and cannot be changed any more; make a new campaign." "{}:活动已执行,不能再改,请新建活动。";
    NOBODY_LEFT "Nobody of this target group may be touched just now; the preview says why." "目标客户目前均不可触达,原因见预览。";
    GROUP_OR_CUSTOMER "Write a target group or one customer, not both." "请填写目标客户群或单个客户,二者选一。";
    COST_NOT_APPROVED "The cost has to be approved by a manager first; they press {} on the campaign." "费用须先经主管审批:主管在该活动上按 {}。";
    NOT_A_YEAR "{}: “{}” is no year; write 2024." "{}:“{}”不是年份,请写成2024。";
    PERSON_TAKEN "{}: {} has it already; give another, or take it away there first." "{}:{}已在使用,请换一个,或先在对方处移除。";
    NO_KEY "{}: this person has no key “{}”; “guanxi user list” shows their keys." "{}:此人没有密钥“{}”,可用“guanxi user list”查看。";
    LAST_KEY "No other administrator comes in with a key; give another key first." "没有其他管理员的密钥可登录,请先添加一个密钥。";
    LAST_ADMIN "Nobody else is an active administrator; make one first." "没有其他在岗管理员,请先指定一位。";
    NO_WORKER "{}: {} only looks on and works with no customers; name an account manager, a manager or an administrator." "{}:{}的角色不经手客户,请选择客户经理、主管或管理员。";
    OWN_DEPUTY "{}: nobody stands in for themselves; name somebody else." "{}:代理人不能是本人,请另选同事。";
    ONESELF "Nobody freezes themselves; ask another administrator." "不能冻结自己,请联系其他管理员。";
    NOT_A_TARGET "{}: “{}” is no target here; write a figure from {} to {}, or nothing for the handbook's." "{}:“{}”不适用,请填写{}到{}之间的数,留空则用手册目标。";
    NOT_BETWEEN "{}: write a whole number from {} to {}, not “{}”." "{}:请填写{}到{}之间的整数,而非“{}”。";
    NO_KPI "{}: there is no KPI “{}” for a target; write target.KPI or target.KPI.SEGMENT, such as target.response.high." "{}:没有指标“{}”,请写成target.指标或target.指标.分层,如target.response.high。";
    NOT_A_PERIOD "{}: “{}” is no period; write 2024-05, 2024-W21, 2024-Q2, 2024 or 2024-05-01..2024-06-15." "{}:“{}”不是期间,请写成2024-05、2024-W21、2024-Q2、2024或2024-05-01..2024-06-15。";
    CLOSED "{}: this evaluation is closed; open it again first." "{}:评估已结束,请先重新打开。";
    VAGUE "“{}” says neither what nor when; write a task and a date, such as “follow up in 3 days”." "“{}”没有说明做什么、何时做,请写成“3天内跟进意向”。";
    NO_DATE "“{}” has no date; write when, such as “in 2 days”, “fri” or “+3d”." "“{}”没有时间,请写明何时,如“2日内”、“周五”或“+3d”。";
    NO_TASK "“{}” has a date but no task; write what to do." "“{}”只有时间没有任务,请写明要做什么。";
    PASSED "“{}” lies before the talk itself; write a day from it on, such as “in 2 days” or “fri”." "“{}”早于本次互动,请写此后的日期,如“2日内”或“周五”。";
    NO_SUCH_TIME "“{}”: no clock has this time; write one from 0:00 to 24:00, such as 15:00." "没有“{}”这个时间,请写0:00至24:00之间的时间,如15:00。";
    TWO_DATES "“{}” holds a second date, “{}”: put a comma between two tasks, or quotes around a date that the task is about." "“{}”中还有另一个时间“{}”:两项任务请用逗号分开;属于任务内容的时间请加引号。";
    REPEATS "“{}” comes again and again, and a promise has one date; write the next time, such as “fri”." "“{}”是重复的,而承诺只有一个时间;请写最近一次,如“周五”。";
    EVENT_NEEDED "“{}” counts from an event; fill in the day of the event." "“{}”需要活动日期,请填写活动日期。";
    BAD_DATE "“{}” is no date that I understand; write “in 2 days”, “fri”, “+3d” or 2024-06-17." "看不懂时间“{}”,请写成“2日内”、“周五”、“+3d”或2024-06-17。";
    WHOLE_MONTH "“{}” is a whole month; write which day, such as “{}” or “{}”." "“{}”是整个月,请写明哪一天,如“{}”或“{}”。";
    TOO_FAR "“{}” lies too far away; write a date within fifty years." "“{}”太远,请写五十年内的日期。";
    BUSY "Another session holds the database; nothing was saved, your text is kept. Try again." "另一会话正占用数据库,尚未保存,文字已保留,请重试。";
    BUSY_HERE "Another session holds the database; nothing was saved. Try again." "另一会话正占用数据库,尚未保存,请重试。";
    CONFLICT "{} changed the same field meanwhile; choose field by field." "{}刚刚改了同一字段,请逐项选择。";
    TOO_WIDE "A word of the filter is found in {} {customer|customers} or more, and some would be left out: narrow it down with a field, such as segment: or owner:." "筛选中的关键词命中{}家或更多客户,会有遗漏:请用 分层: 或 负责: 等条件缩小范围。";
    STALE "{} changed this meanwhile: look at it again, then decide." "{}刚刚改过此项:请重新查看后再决定。";
    SOMEBODY "Somebody" "有同事";
    TASK_DONE "{} did this task at {}; nothing was changed, your text is kept." "{}已于{}完成该任务,本次未改动,文字已保留。";
    TASK_DROPPED "{} dropped this task at {}; nothing was changed, your text is kept." "{}已于{}放弃该任务,本次未改动,文字已保留。";
    GONE "This record is no longer there ({}); your text is kept." "该记录已不存在({}),文字已保留。";
    GONE_HERE "This record is no longer there ({})." "该记录已不存在({})。";
    DENIED_SEE "You may not see this; ask your manager." "您无权查看,请联系主管。";
    DENIED "You may not do this with this customer ({}); ask its owner or your manager." "您无权对该客户执行此操作({}),请联系负责人或主管。";
    DENIED_ROLE "You may not do this ({}); it is for: {}." "您无权执行此操作({}),可由{}操作。";
    NOT_FOR "For {} only: {}." "仅限{}:{}。";
    LIMIT_REVEAL "You have been shown {} masked fields today, as many as a day holds; ask your manager to look it up." "今日已查看{}项脱敏信息,达到上限,请联系主管查看。";
    LIMIT_NUMBER "You have looked up {} {number|numbers} of other people's customers today, as many as a day holds; ask your manager." "今日已查询{}个他人客户的号码,达到上限,请联系主管。";
    LIMIT_ROWS "This would be more than the {} {row|rows} that a day holds; choose fewer with --where, or ask your manager." "超过每日{}行的导出上限,请用 --where 缩小范围,或联系主管。";
    OVERTAKEN "This cannot be taken back: {} changed the same thing since ({})." "无法撤销:{}之后改过同一内容({})。";
    NOTHING_TO_UNDO "There is nothing to take back." "没有可撤销的操作。";
    READ_ONLY "{} can only be read: not saved, your text is kept. Check its owner and mode, and whether the disk is mounted read-only." "{}只能读取:尚未保存,文字已保留。请检查所有者和权限,以及磁盘是否以只读方式挂载。";
    READ_ONLY_HERE "{} can only be read; check the owner and mode of the file and its folder, and whether the disk is mounted read-only." "{}只能读取,请检查文件及所在文件夹的所有者和权限,以及磁盘是否以只读方式挂载。";
    THE_DATABASE "The database" "数据库";
    FULL "The disk is full: not saved, your text is kept here. Free some space and try again." "磁盘已满:尚未保存,文字已保留。请清理空间后重试。";
    FULL_HERE "The disk is full, so that nothing can be written. Free some space and try again." "磁盘已满,无法写入。请清理空间后重试。";
    REPLACED "Another database was put in the place of this one, as when a backup is restored: not saved, your text is kept. Start guanxi again." "数据库已被替换(如恢复过备份):尚未保存,文字已保留。请重新启动guanxi。";
    REPLACED_HERE "Another database was put in the place of this one, as when a backup is restored; nothing was saved. Start again." "数据库已被替换(如恢复过备份),尚未保存。请重新开始。";
    UNAVAILABLE_WHY "{} cannot be opened: {}." "无法打开{}:{}。";
    UNAVAILABLE "{} cannot be opened; check the path." "无法打开{},请检查路径。";
    NEWER "This database was made by a newer guanxi; nothing was changed. Update the program." "该数据库由更新版本的guanxi创建,未作任何改动,请升级程序。";
    NOT_OURS "{} is not a database of guanxi; nothing was changed. Choose another file." "{}不是guanxi的数据库,未作任何改动,请选择其他文件。";
    CORRUPT "The database is damaged ({}); restore the newest backup with “guanxi restore”." "数据库已损坏({}),请用“guanxi restore”恢复最新备份。";
    DEFECT "Something went wrong inside ({}); nothing was changed." "内部出错({}),未作任何改动。";
}

const VERBS: &[(Verb, Text)] = &[
    (Verb::SeeDirectory, Text { en: "see", zh: "查看" }),
    (Verb::SeePrivate, Text { en: "see in full", zh: "查看完整信息" }),
    (Verb::Reveal, Text { en: "see what is masked", zh: "查看脱敏信息" }),
    (Verb::RevealFreely, Text { en: "see without limit", zh: "不限次查看" }),
    (Verb::Log, Text { en: "log", zh: "记录" }),
    (Verb::Create, Text { en: "create", zh: "新建" }),
    (Verb::Edit, Text { en: "edit", zh: "修改" }),
    (Verb::Check, Text { en: "check", zh: "核对" }),
    (Verb::Merge, Text { en: "merge", zh: "合并" }),
    (Verb::Assign, Text { en: "assign", zh: "分配" }),
    (Verb::Share, Text { en: "let colleagues in", zh: "添加协作人" }),
    (Verb::Dispute, Text { en: "raise a dispute", zh: "提出归属争议" }),
    (Verb::Arbitrate, Text { en: "decide a dispute", zh: "裁定归属争议" }),
    (Verb::Supervise, Text { en: "act on colleagues' work", zh: "处理同事的工作" }),
    (Verb::Export, Text { en: "export", zh: "导出" }),
    (Verb::ExportFreely, Text { en: "export without limit", zh: "不限量导出" }),
    (Verb::Audit, Text { en: "read the history", zh: "查看操作记录" }),
    (Verb::Freeze, Text { en: "freeze people", zh: "冻结账号" }),
    (Verb::Erase, Text { en: "erase customers", zh: "抹除客户" }),
    (Verb::Draft, Text { en: "draft", zh: "起草" }),
    (Verb::Approve, Text { en: "approve", zh: "审核" }),
    (Verb::Strategy, Text { en: "edit the strategy", zh: "修改策略" }),
    (Verb::Import, Text { en: "import", zh: "导入" }),
    (Verb::Configure, Text { en: "change settings", zh: "更改设置" }),
];

/// The sentence for a value that does not fit its field.
pub fn invalid(error: &Invalid, lang: Lang) -> String {
    problem(&error.problem, error.field, fields::label(error.field).of(lang), lang)
}

/// The sentence for a value that does not fit a field of the company's own, which has a name and no label.
pub fn of_own(own: &Problem, name: &str, lang: Lang) -> String {
    problem(own, Field::OwnName, name, lang)
}

fn none_of(label: &str, typed: &str, ids: &[String], lang: Lang) -> String {
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    NOT_ONE_OF.with(lang, &[&label, &typed, &list(&ids, lang)])
}

/// The sentence for what is wrong with a field, under this label.
fn problem(wrong: &Problem, field: Field, label: &str, lang: Lang) -> String {
    match wrong {
        Problem::Empty => EMPTY.with(lang, &[&label]),
        Problem::Answers(n) => ANSWERS.with(lang, &[&label, n]),
        Problem::Raised => RAISED.of(lang).to_owned(),
        Problem::SameKey => SAME_KEY.of(lang).to_owned(),
        Problem::NotAffected(name) => NOT_AFFECTED.with(lang, &[name]),
        Problem::StepsOpen(steps) => {
            let open: Vec<&str> = steps.iter().map(|id| alarms::step(id).of(lang)).collect();
            OPEN_STEPS.with(lang, &[&list(&open, lang)])
        }
        Problem::AlarmClosed => alarms::IS_CLOSED.of(lang).to_owned(),
        Problem::ComplaintClosed => COMPLAINT_CLOSED.of(lang).to_owned(),
        Problem::RequestClosed => REQUEST_CLOSED.of(lang).to_owned(),
        Problem::TooLong(n) => TOO_LONG.with(lang, &[&label, n]),
        Problem::NotADay(t) => NOT_A_DAY.with(lang, &[&label, t]),
        Problem::DayOnly(t) => DAY_ONLY.with(lang, &[&label, t]),
        Problem::NotANumber(_)
        | Problem::NotAnAmount(_)
        | Problem::BelowZero(_)
        | Problem::TooMuch(_)
        | Problem::NotPositive(_)
        | Problem::NotAPhone(_)
        | Problem::NotAnEmail(_)
        | Problem::TooEarly(_)
        | Problem::Future
        | Problem::NoSuchScript(..)
        | Problem::Itself
        | Problem::InACircle => slips::problem(wrong, field, label, lang),
        Problem::NotAFigure(_)
        | Problem::NotAmong(..)
        | Problem::NotAName(_)
        | Problem::FieldTaken(_)
        | Problem::NoSuchField(..)
        | Problem::NoChoices
        | Problem::ValuesMisfit(..) => own::problem(wrong, label, lang),
        Problem::Own(name, inner) => problem(inner, field, name, lang),
        Problem::NotAMoment(t) => NOT_A_MOMENT.with(lang, &[&label, t]),
        Problem::NotOneOf(t, ids) => {
            let group = words::group(field);
            let choices: Vec<&str> = ids.iter().map(|id| words::word(group, id, lang)).collect();
            NOT_ONE_OF.with(lang, &[&label, t, &list(&choices, lang)])
        }
        Problem::NoSuchScheme(t, ids) => none_of(label, t, ids, lang),
        // a command line sets `grade`, an import has a column of grades: neither knows a field “class”
        Problem::NoSuchClass(scheme, t, ids) => none_of(words::word("scheme", scheme, lang), t, ids, lang),
        Problem::NoSuchPerson(t) => NO_PERSON.with(lang, &[&label, t]),
        Problem::NoSuchCustomer(t) => NO_CUSTOMER.with(lang, &[&label, t]),
        Problem::NoSuchOrder(t) => NO_ORDER.with(lang, &[&label, t]),
        Problem::NoSuchContact(t) => NO_CONTACT.with(lang, &[&label, t]),
        Problem::InAlready(who) => IN_ALREADY.with(lang, &[&label, who]),
        Problem::Taken { code, name } => TAKEN.with(lang, &[&label, code, name]),
        Problem::Words(words) => action(words, lang),
        Problem::NextOrClosed => NEXT_OR_CLOSED.of(lang).to_owned(),
        Problem::NoSuchDay => NO_SUCH_DAY.with(lang, &[&label]),
        Problem::OneTask => ONE_TASK.with(lang, &[&label]),
        Problem::Braces => BRACES.with(lang, &[&label]),
        Problem::NotACoupon(t) => NOT_A_COUPON.with(lang, &[&label, t]),
        Problem::Ended(day) => ENDED.with(lang, &[&label, day]),
        Problem::NotAPlace(t) => NOT_A_PLACE.with(lang, &[&label, t]),
        Problem::NoSuchGift(t) => NO_SUCH_GIFT.with(lang, &[&label, t]),
        Problem::NoneLeft(t) => NONE_LEFT.with(lang, &[&label, t]),
        Problem::Levels(t) => LEVELS.with(lang, &[&label, t]),
        Problem::OwnScript => OWN_SCRIPT.of(lang).to_owned(),
        Problem::Filter(error) => filter(error, lang),
        Problem::EndsBefore => ENDS_BEFORE.with(lang, &[&label]),
        Problem::HasRun => HAS_RUN.with(lang, &[&label]),
        Problem::NobodyLeft => NOBODY_LEFT.of(lang).to_owned(),
        Problem::GroupOrCustomer => GROUP_OR_CUSTOMER.of(lang).to_owned(),
        Problem::CostNotApproved => COST_NOT_APPROVED.with(lang, &[&"A"]),
        Problem::NotAYear(t) => NOT_A_YEAR.with(lang, &[&label, t]),
        Problem::NotABeat(t) => NOT_A_BEAT.with(lang, &[t]),
        Problem::PersonTaken(who) => PERSON_TAKEN.with(lang, &[&label, who]),
        Problem::NoSuchKey(t) => NO_KEY.with(lang, &[&label, t]),
        Problem::NotAPublicKey(t) => NOT_A_RECIPIENT.with(lang, &[t]),
        Problem::LastAdmin => LAST_ADMIN.of(lang).to_owned(),
        Problem::LastKey => LAST_KEY.of(lang).to_owned(),
        Problem::CannotMerge(why) => super::merge::hindrance(*why).of(lang).to_owned(),
        Problem::ErasedAlready => super::erase::ERASED_ALREADY.of(lang).to_owned(),
        Problem::NoWorker(name) => NO_WORKER.with(lang, &[&label, name]),
        Problem::OwnDeputy => OWN_DEPUTY.with(lang, &[&label]),
        Problem::Oneself => ONESELF.of(lang).to_owned(),
        Problem::NotATarget(t, low, high) => NOT_A_TARGET.with(lang, &[&label, t, low, high]),
        Problem::NoTarget => super::review::NOTHING_TO_TARGET.of(lang).to_owned(),
        Problem::NotBetween(t, low, high) => NOT_BETWEEN.with(lang, &[&label, low, high, t]),
        Problem::NoSuchKpi(t) => NO_KPI.with(lang, &[&label, t]),
        Problem::NotAPeriod(t) => NOT_A_PERIOD.with(lang, &[&label, t]),
        Problem::Closed => CLOSED.with(lang, &[&label]),
        Problem::NameDiffers(name) => super::erase::NAME_DIFFERS.with(lang, &[name]),
        Problem::NoDispute => NO_DISPUTE.of(lang).to_owned(),
        Problem::NotAParty => NOT_A_PARTY.of(lang).to_owned(),
        Problem::NothingToHandOver => NOTHING_TO_HAND_OVER.of(lang).to_owned(),
        Problem::HandOverState(state) => HAND_OVER_STATE.with(lang, &[&words::word("handover", state, lang)]),
        Problem::ChecklistOpen(items) => {
            let open: Vec<&str> = items.iter().map(|id| words::word("handover_item", id, lang)).collect();
            CHECKLIST_OPEN.with(lang, &[&list(&open, lang)])
        }
        Problem::NotLater => NOT_LATER.with(lang, &[&label]),
    }
}

/// The sentence for a month without a day: what to write goes on in the words that were written.
fn month(words: &str, lang: Lang) -> String {
    let bare = words.strip_suffix('份').unwrap_or(words);
    let (day, end) = if bare.ends_with('月') {
        (format!("{bare}1日"), format!("{bare}底"))
    } else {
        (format!("{bare} 1"), format!("end of {bare}"))
    };
    WHOLE_MONTH.with(lang, &[&words, &day, &end])
}

/// The sentence for words of a due that are not understood.
pub fn action(error: &ActionError, lang: Lang) -> String {
    match error {
        ActionError::NoDate(words) => NO_DATE.with(lang, &[words]),
        ActionError::NoTask(words) => NO_TASK.with(lang, &[words]),
        ActionError::Vague(words) => VAGUE.with(lang, &[words]),
        ActionError::Passed(words) => PASSED.with(lang, &[words]),
        ActionError::TwoDates { clause, second } => TWO_DATES.with(lang, &[clause, second]),
        ActionError::Repeats(words) => REPEATS.with(lang, &[words]),
        ActionError::Date(DateError::Empty) => NEXT_OR_CLOSED.of(lang).to_owned(),
        ActionError::Date(DateError::NotADate(words)) => BAD_DATE.with(lang, &[words]),
        ActionError::Date(DateError::Month(words)) => month(words, lang),
        ActionError::Date(DateError::NoSuchDay(words)) => NO_SUCH_DAY.with(lang, &[words]),
        ActionError::Date(DateError::NoSuchTime(words)) => NO_SUCH_TIME.with(lang, &[words]),
        ActionError::Date(DateError::EventNeeded(words)) => EVENT_NEEDED.with(lang, &[words]),
        ActionError::Date(DateError::TooFar(words)) => TOO_FAR.with(lang, &[words]),
    }
}

/// The sentence for what a role may never do: who may, and what it is.
pub fn not_for(verb: Verb, needs: &[Verb], lang: Lang) -> String {
    NOT_FOR.with(lang, &[&holders(needs, lang), &word(verb, lang)])
}

/// The sentence for what a person's role may not do, where the right alone would name something else.
pub fn refused_to(doing: Text, verb: Verb, lang: Lang) -> String {
    DENIED_ROLE.with(lang, &[&doing.of(lang), &holders(&[verb], lang)])
}

/// The roles that have one of these rights.
fn holders(needs: &[Verb], lang: Lang) -> String {
    let may = |role: &Role| needs.iter().any(|verb| reach(*role, *verb) != Reach::No);
    let roles: Vec<&str> =
        Role::ALL.into_iter().filter(may).map(|role| words::word("role", role.id(), lang)).collect();
    list(&roles, lang)
}

/// What a right is for, as a verb.
fn word(verb: Verb, lang: Lang) -> &'static str {
    VERBS.iter().find(|(v, _)| *v == verb).map_or("", |(_, text)| text.of(lang))
}

/// The same where nothing was typed into a form, so that no text is kept: on the command line and before the screen.
pub fn told(error: &StoreError, lang: Lang) -> String {
    match error {
        StoreError::Busy | StoreError::Interrupted => BUSY_HERE.of(lang).to_owned(),
        StoreError::Gone { who } => GONE_HERE.with(lang, &[&who.as_deref().unwrap_or("?")]),
        StoreError::ReadOnly(file) => READ_ONLY_HERE.with(lang, &[&file_or_database(file, lang)]),
        StoreError::Full => FULL_HERE.of(lang).to_owned(),
        StoreError::Replaced => REPLACED_HERE.of(lang).to_owned(),
        other => store(other, lang),
    }
}

/// The file that cannot be written, where it is known which.
fn file_or_database(file: &str, lang: Lang) -> &str {
    if file.is_empty() { THE_DATABASE.of(lang) } else { file }
}

/// The sentence for what the store refused.
pub fn store(error: &StoreError, lang: Lang) -> String {
    match error {
        StoreError::Busy | StoreError::Interrupted => BUSY.of(lang).to_owned(),
        StoreError::Conflict { who, .. } => CONFLICT.with(lang, &[who]),
        StoreError::TooWide { most } => TOO_WIDE.with(lang, &[most]),
        StoreError::Stale { who } => STALE.with(lang, &[&who.as_deref().unwrap_or(SOMEBODY.of(lang))]),
        StoreError::Gone { who } => GONE.with(lang, &[&who.as_deref().unwrap_or("?")]),
        StoreError::Over { dropped, who, on } => {
            let by = who.as_deref().unwrap_or(SOMEBODY.of(lang));
            let sentence = if *dropped { TASK_DROPPED } else { TASK_DONE };
            sentence.with(lang, &[&by, &on.as_deref().unwrap_or("?")])
        }
        StoreError::Denied(Verb::SeeDirectory | Verb::SeePrivate) => DENIED_SEE.of(lang).to_owned(),
        StoreError::Denied(verb) => {
            // some are about one customer, whose owner may
            if matches!(
                verb,
                Verb::Reveal
                    | Verb::Edit
                    | Verb::Check
                    | Verb::Share
                    | Verb::Merge
                    | Verb::Assign
                    | Verb::Dispute
                    | Verb::Log
            ) {
                return DENIED.with(lang, &[&word(*verb, lang)]);
            }
            DENIED_ROLE.with(lang, &[&word(*verb, lang), &holders(&[*verb], lang)])
        }
        StoreError::Limit { what, most } => {
            let text = match what {
                Limited::Reveal => LIMIT_REVEAL,
                Limited::Number => LIMIT_NUMBER,
                Limited::Rows => LIMIT_ROWS,
            };
            text.with(lang, &[&super::format::count(*most)])
        }
        StoreError::Invalid(error) => invalid(error, lang),
        StoreError::Guarded(findings) => {
            guard::sentences(findings, lang).join(if lang == Lang::En { " " } else { "" })
        }
        StoreError::SameHand => guard::SAME_HAND.of(lang).to_owned(),
        StoreError::Overtaken { who, verb, .. } => {
            OVERTAKEN.with(lang, &[who, &words::word("verb", verb, lang)])
        }
        StoreError::Scheme(refused) => super::scheme::refused(refused, lang),
        StoreError::Cancelled => super::scheme::CANCELLED.of(lang).to_owned(),
        StoreError::NothingToUndo => NOTHING_TO_UNDO.of(lang).to_owned(),
        StoreError::ReadOnly(file) => READ_ONLY.with(lang, &[&file_or_database(file, lang)]),
        StoreError::Full => FULL.of(lang).to_owned(),
        StoreError::Replaced => REPLACED.of(lang).to_owned(),
        StoreError::Unavailable { file, why: Some(why) } => {
            UNAVAILABLE_WHY.with(lang, &[file, &system(why, lang)])
        }
        StoreError::Unavailable { file, why: None } => UNAVAILABLE.with(lang, &[file]),
        StoreError::Newer => NEWER.of(lang).to_owned(),
        StoreError::NotOurs(file) => NOT_OURS.with(lang, &[file]),
        StoreError::Corrupt(what) => CORRUPT.with(lang, &[what]),
        StoreError::Defect(what) => DEFECT.with(lang, &[what]),
    }
}
