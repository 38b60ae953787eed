//! What can be wrong with the value of a field: a closed set without sentences. `i18n` words each; the form shows it at
//! its field.

use super::Field;
use crate::domain::date::ActionError;
use crate::domain::filter::FilterError;
use crate::domain::merge::Hindrance;

/// Why a value does not fit its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// Which field.
    pub field: Field,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What can be wrong with a value; `i18n` words each as a sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It may not be empty.
    Empty,
    /// Not one score from 0 to 100 for each of so many questions.
    Answers(usize),
    /// An alarm of this cause stands already.
    Raised,
    /// The alarm is closed.
    AlarmClosed,
    /// The request is closed.
    RequestClosed,
    /// A complaint that has ended takes no further step.
    ComplaintClosed,
    /// Steps of the answer to a leak that are not done: their ids.
    StepsOpen(Vec<&'static str>),
    /// The key that the backups have already.
    SameKey,
    /// No export of the case holds this customer's data: its name.
    NotAffected(String),
    /// Longer than so many characters.
    TooLong(u16),
    /// No whole number from zero.
    NotANumber(String),
    /// No amount.
    NotAnAmount(String),
    /// An amount that is too small for what it is: in yuan.
    BelowZero(String),
    /// More than the store holds and adds up: the most, in yuan.
    TooMuch(String),
    /// An amount of nothing or less, where there is something.
    NotPositive(String),
    /// No phone number, or one with digits too few or too many.
    NotAPhone(String),
    /// No e-mail address.
    NotAnEmail(String),
    /// A day or moment before anybody can have kept it: what was written.
    TooEarly(String),
    /// No script has this code or title; the nearest one's title.
    NoSuchScript(String, Option<String>),
    /// A customer that is said to have come through itself.
    Itself,
    /// The customer was sent by one whom it has sent, by itself or through others.
    InACircle,
    /// No calendar day.
    NotADay(String),
    /// A day with a time of day, where only the day is kept.
    DayOnly(String),
    /// No moment in the past.
    NotAMoment(String),
    /// No number, with or without decimals.
    NotAFigure(String),
    /// None of the values that a choice of the company's own has: what there is.
    NotAmong(String, Vec<String>),
    /// No name that a field of the company's own can have.
    NotAName(String),
    /// The company has a field of this name already.
    FieldTaken(String),
    /// The company has no field of this name; the nearest one.
    NoSuchField(String, Option<String>),
    /// A choice without values to choose from.
    NoChoices,
    /// What customers have there does not fit: one of these values, and how many there are.
    ValuesMisfit(String, usize),
    /// What is wrong with the value of a field of the company's own: the name of the field.
    Own(String, Box<Self>),
    /// In the future, where only the past is possible.
    Future,
    /// None of these.
    NotOneOf(String, &'static [&'static str]),
    /// No scheme: what there is.
    NoSuchScheme(String, Vec<String>),
    /// No class of a scheme: the scheme's id, and what there is.
    NoSuchClass(String, String, Vec<String>),
    /// Nobody here has this name.
    NoSuchPerson(String),
    /// No customer has this number.
    NoSuchCustomer(String),
    /// No order has this number.
    NoSuchOrder(String),
    /// No contact of this customer has this name.
    NoSuchContact(String),
    /// This colleague works on the customer already.
    InAlready(String),
    /// Another customer has it already: its number and name.
    Taken {
        /// The other customer's number.
        code: String,
        /// Its name.
        name: String,
    },
    /// The words of a due are not understood, or vague (E9).
    Words(ActionError),
    /// No next action, and «nothing to do» was not chosen (E12).
    NextOrClosed,
    /// A day that no calendar has, such as 30 February.
    NoSuchDay,
    /// A day to which something is put aside, and which has come already.
    NotLater,
    /// Several tasks where one is planned.
    OneTask,
    /// A brace that stands alone, or a place without a name.
    Braces,
    /// No coupon.
    NotACoupon(String),
    /// A coupon that ended on a day, with no order until then.
    Ended(String),
    /// No full path of a file.
    NotAPlace(String),
    /// No gift of the company has this name.
    NoSuchGift(String),
    /// None of this gift is left.
    NoneLeft(String),
    /// No levels of membership.
    Levels(String),
    /// A target group that is not understood.
    Filter(FilterError),
    /// It ends before it starts.
    EndsBefore,
    /// What a campaign has sent cannot be changed any more.
    HasRun,
    /// Of a whole group nobody may be touched.
    NobodyLeft,
    /// A plan is for a target group or for one customer.
    GroupOrCustomer,
    /// It costs something that nobody has approved yet.
    CostNotApproved,
    /// No calendar year.
    NotAYear(String),
    /// Whoever wrote a script has somebody else approve it.
    OwnScript,
    /// Somebody else has this login, or comes in with this key: who.
    PersonTaken(String),
    /// The person does not come in with this key.
    NoSuchKey(String),
    /// No public key to encrypt to.
    NotAPublicKey(String),
    /// Nobody could set anything up any more.
    LastAdmin,
    /// No administrator could log in any more.
    LastKey,
    /// Nobody shuts themselves out.
    Oneself,
    /// Nobody stands in for themselves.
    OwnDeputy,
    /// The customer was erased: only the name they had is looked for now.
    ErasedAlready,
    /// The person's role does not work with customers: their name.
    NoWorker(String),
    /// No target this figure can reach: what was written, the least and the greatest.
    NotATarget(String, String, String),
    /// The figure takes no target: neither more nor less of it is better.
    NoTarget,
    /// A number outside its range: what was written, the least and the greatest.
    NotBetween(String, String, String),
    /// No figure of the board, or no segment.
    NoSuchKpi(String),
    /// No period.
    NotAPeriod(String),
    /// What is closed cannot be changed.
    Closed,
    /// The name that was typed to confirm is not the customer's: its name.
    NameDiffers(String),
    /// There is nothing to dispute: it is one's own, it is disputed already, or it is decided.
    NoDispute,
    /// Somebody who is none of the two between whom is decided.
    NotAParty,
    /// There is no customer to hand over, or they are the receiver's already.
    NothingToHandOver,
    /// A hand-over that is in another state: its id.
    HandOverState(String),
    /// Entries of the checklist that are not ticked: their ids.
    ChecklistOpen(Vec<String>),
    /// Two customers that cannot become one, and why.
    CannotMerge(Hindrance),
    /// No touch kind with an interval, or one that stands there twice.
    NotABeat(String),
}
