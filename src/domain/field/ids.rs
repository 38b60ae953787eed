//! The ids from which fields with a choice are filled: a closed list each, as the store keeps them. `i18n::words` has
//! their words; which field takes which list stands in the table of fields.

pub(super) const KINDS: &[&str] = &["company", "person"];
pub(super) const SIZES: &[&str] = &["small", "medium", "large"];
pub(super) const SOURCES: &[&str] = &["advertising", "promotion", "event", "referral", "other"];
pub(super) const STATES: &[&str] = &["to_contact", "talking", "quoted", "won", "waiting", "closed"];
pub(super) const DEPTHS: &[&str] = &["strategic", "cooperative", "trial"];
pub(super) const RELATIONS: &[&str] = &["transactional", "relational", "strategic"];
pub(super) const NEEDS: &[&str] = &["standard", "custom", "demanding"];
/// The channels of a touch, by id (A75).
pub const CHANNELS: &[&str] = &[
    "phone",
    "visit",
    "wechat",
    "wecom",
    "sms",
    "email",
    "community",
    "video",
    "livestream",
    "one_to_one",
    "event",
    "other",
];
/// The channels of an opt-out: all of them, or one (A26).
pub const OPT_OUTS: &[&str] = &["all", "phone", "visit", "wechat", "wecom", "sms", "email"];
/// The kinds of a touch, by id (A85).
pub const TOUCH_KINDS: &[&str] = &["proactive", "reply", "inbound"];
/// The kinds of a task that people make by hand: our word to the customer, or a touch of our own accord.
pub const TASK_KINDS: &[&str] = &["promise", "plan"];
pub(super) const METHOD_KINDS: &[&str] = &["mobile", "landline", "wechat", "wecom", "email", "other"];
pub(super) const DATE_KINDS: &[&str] = &["birthday", "anniversary", "other"];
pub(super) const CALENDARS: &[&str] = &["solar", "lunar"];
pub(super) const CONSENTS: &[&str] = &["unknown", "given", "withdrawn"];
pub(super) const QUOTE_STATES: &[&str] = &["open", "won", "lost"];
pub(super) const ORDER_STATES: &[&str] = &["paid", "cancelled"];
pub(super) const SEVERITIES: &[&str] = &["low", "medium", "high"];
pub(super) const COMPLAINT_STATES: &[&str] = crate::domain::complaint::STATES;
/// How a complaint ends that does not count.
pub(super) const COMPLAINT_ENDS: &[&str] = &["withdrawn", "invalid"];

pub(super) const TAG_TYPES: &[&str] = &["basic", "behaviour", "value", "need"];
/// The classification schemes, by id (product.md, Classes and rules).
pub const SCHEMES: &[&str] =
    &["segment", "grade", "lifecycle", "value", "depth", "relation", "need", "expansion", "stage"];
pub(super) const CHURN_REASONS: &[&str] = &["price", "service", "experience", "need", "contact", "other"];
pub(super) const COUPONS: &[&str] = &["cash", "package"];
pub(super) const ACTIVATIONS: &[&str] = &["inquiry", "match", "browse", "other"];
/// What a cost was for (D21).
pub(super) const COSTS: &[&str] = crate::domain::budget::KINDS;
/// What a plan needs (A136), and the training of the staff (A138).
pub(super) const RESOURCES: &[&str] = &["people", "material", "money", "training"];
pub(super) const OUTCOMES: &[&str] = &["open", "won", "lost"];
pub(super) const PRODUCT_STATES: &[&str] = &["sold", "retired"];
/// The scenes of scripts, by id: most belong to an occasion, without which they are not offered (domain/script).
pub const SCENES: &[&str] = &[
    "quarterly_visit",
    "monthly_care",
    "wake_up",
    "project",
    "offer",
    "reminder",
    "anniversary",
    "referral",
    "need_question",
    "problem",
    "other",
];
/// Bound kinds of a budget (D20).
pub(super) const BOUNDS: &[&str] = &["floor", "cap", "plain"];
/// Windows of a contact cap.
pub(super) const CAP_WINDOWS: &[&str] = &["7_days", "week", "month"];
/// The roles of people, by id.
pub const ROLES: &[&str] = &["rep", "manager", "security", "admin", "viewer"];
/// The departments, by id (A91).
pub const DEPARTMENTS: &[&str] = &["sales", "service", "marketing", "operations", "other"];
/// The kinds of a field of the company's own (A4).
pub const OWN_KINDS: &[&str] = &["text", "number", "date", "choice"];
/// Characters of a value in one.
pub const OWN_LONGEST: u16 = 200;
