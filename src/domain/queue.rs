//! The follow-up queue of a person: what is due and why, in the order in which to work, cut to what a day holds.
//! The store hands in candidates; ranking is pure, so that the order can be tested and explained.

use chrono::NaiveDate;
use serde::Serialize;

use super::change::TaskRef;
use super::clock::Now;
use super::complaint;
use super::customer::CustomerId;

/// Days that the look-ahead of the screen reaches.
pub const AHEAD: u16 = 14;

/// Why something stands in the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum Reason {
    /// Somebody promised it.
    Promise,
    /// A touch was planned.
    Plan,
    /// A birthday or another important date is near: its day.
    Date {
        /// The day itself.
        on: NaiveDate,
        /// Years since, for anniversaries (D61).
        years: Option<i32>,
        /// Kind id of the date.
        kind: String,
        /// Whose, or its label.
        label: String,
    },
    /// Nobody has talked to them for so many days (E14).
    Silence {
        /// Days.
        days: i64,
        /// Whether somebody has tried since: only then they owe an answer.
        asked: bool,
    },
    /// The strategy table asks for a touch of this kind (G29).
    Cadence {
        /// Kind id.
        kind: String,
        /// Days since the last talk of that nature.
        days: i64,
        /// Days after which it is due: yellow.
        ideal: i64,
        /// Days after which it is late: red.
        worst: i64,
    },
    /// A buyer who did not come again (G36, H28).
    Recall {
        /// Days since the last order.
        days: i64,
    },
    /// The last survey is half a year old (G23).
    Survey {
        /// Days since then; none where that is not known any more.
        days: Option<i64>,
    },
    /// Invalid for a year: to be looked at again (G24, H47).
    Review,
    /// A plan has given it to this person (A135).
    PlanTask,
    /// A complaint whose line runs (G31).
    Complaint {
        /// Which line.
        line: complaint::Line,
        /// Until when, UTC ms.
        until: i64,
    },
    /// An alarm about the customer that is this person's (G2, G3, G40).
    Alarm {
        /// Rule id.
        rule: String,
        /// The next step, its id.
        step: String,
    },
    /// Another department has asked, or has answered (E18, G21).
    Request {
        /// Which department (id).
        department: String,
        /// Who there.
        person: String,
        /// Until when, UTC ms; of an answer since when.
        until: i64,
        /// It is an answer that waits to be read.
        answered: bool,
    },
    /// A review has asked this person for it: what it follows from, if that has a name (A130).
    Suggestion {
        /// The campaign or plan.
        of: Option<String>,
    },
    /// A campaign or plan has ended and is to be evaluated (G25).
    Evaluation {
        /// The day on which it ended.
        ended: NaiveDate,
    },
    /// A coupon that ends or was claimed, a reward that is due, a running activation, the time to ask for a referral: the
    /// id of the cause (G27, G28, G33–G35).
    Cause {
        /// `coupon_end`, `coupon_claim`, `reward`, `activation`, `ask`, `handover`, `dispute`.
        id: String,
    },
}

/// The causes of [`Reason::Cause`].
pub const CAUSES: &[&str] =
    &["coupon_end", "coupon_claim", "reward", "activation", "ask", "handover", "dispute", "improve"];

impl Reason {
    /// Whether the program proposes it and nobody has promised or planned it.
    pub const fn is_proposed(&self) -> bool {
        !matches!(
            self,
            Self::Promise
                | Self::Plan
                | Self::Date { .. }
                | Self::PlanTask
                | Self::Suggestion { .. }
                | Self::Evaluation { .. }
                | Self::Complaint { .. }
                | Self::Request { .. }
                | Self::Alarm { .. }
        )
    }

    /// Whether it is a duty to somebody: our word, a complaint, a request.
    pub const fn is_owed(&self) -> bool {
        matches!(self, Self::Promise | Self::Complaint { .. } | Self::Request { .. })
    }

    /// Whether the worst interval has passed, too: red and not yellow.
    pub const fn is_late(&self) -> bool {
        matches!(self, Self::Cadence { days, worst, .. } if *days > *worst)
    }

    /// Among several reasons for the same customer, less is the stronger one, which is shown.
    pub const fn strength(&self) -> u8 {
        match self {
            Self::Promise | Self::Complaint { .. } | Self::Request { .. } | Self::Alarm { .. } => 0,
            Self::Date { .. } => 1,
            Self::Plan | Self::PlanTask | Self::Suggestion { .. } | Self::Evaluation { .. } => 2,
            Self::Cadence { .. } if self.is_late() => 3,
            Self::Recall { .. } | Self::Cause { .. } => 4,
            Self::Cadence { .. } => 5,
            Self::Silence { .. } => 6,
            Self::Survey { .. } => 7,
            Self::Review => 8,
        }
    }
}

/// How to do it, as the governing row of the strategy table has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// The channel to use (D30).
    pub channel: Option<String>,
    /// What to bring.
    pub content: Option<String>,
    /// What to say.
    pub script: Option<String>,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// The task or the cause.
    #[serde(skip)]
    pub task: TaskRef,
    /// For whom.
    #[serde(skip)]
    pub customer: CustomerId,
    /// The customer's number.
    pub code: String,
    /// The customer's name.
    pub name: String,
    /// The customer's segment id.
    pub segment: Option<String>,
    /// The key contact.
    pub contact: Option<String>,
    /// Their phone, masked where it has to be.
    pub phone: Option<String>,
    /// What to do.
    pub text: String,
    /// The day it is due.
    pub due: NaiveDate,
    /// The time, if one was given.
    pub time: Option<chrono::NaiveTime>,
    /// UTC ms after which it is overdue.
    #[serde(skip)]
    pub overdue_at: i64,
    /// Why it stands here.
    #[serde(flatten)]
    pub reason: Reason,
    /// Weaker reasons for the same customer, which the same talk can meet: one cause never stands here twice (G57).
    pub also: Vec<Reason>,
    /// How to do it; empty where somebody has said how.
    #[serde(flatten)]
    pub advice: Advice,
    /// Whether it was promised in a talk in which the customer reacted: then it is an answer, and no touch of our own
    /// accord (D36, K10, K16).
    #[serde(skip)]
    pub answers: bool,
    /// The row's revision, where there is a row.
    #[serde(skip)]
    pub rev: Option<i64>,
    /// A day after it was due nothing was written down about the customer since: «information not updated» (G17, K20).
    pub unrecorded: bool,
}

impl Item {
    /// An item of which only this is known yet: no customer, no time of day, nothing to say. It is overdue after an instant
    /// in UTC ms.
    pub fn bare(task: TaskRef, text: String, due: NaiveDate, overdue_at: i64, reason: Reason) -> Self {
        Self {
            task,
            customer: CustomerId(0),
            code: String::new(),
            name: String::new(),
            segment: None,
            contact: None,
            phone: None,
            text,
            due,
            time: None,
            overdue_at,
            reason,
            also: Vec::new(),
            advice: Advice::default(),
            answers: false,
            rev: None,
            unrecorded: false,
        }
    }
}

impl Item {
    /// Whether it is a request or a complaint, which has steps of its own.
    pub const fn is_case(&self) -> bool {
        matches!(self.reason, Reason::Complaint { .. } | Reason::Request { .. })
    }

    /// Whether the capacity of a day never cuts it away: a duty to somebody, or an appointment of today.
    pub fn is_kept(&self, now: Now) -> bool {
        self.reason.is_owed() || self.is_appointment(now)
    }

    /// Whether it has a time of its own today.
    fn is_appointment(&self, now: Now) -> bool {
        self.time.is_some() && self.due == now.today() && !self.is_case()
    }

    /// Whether its due has passed.
    pub fn is_overdue(&self, now: Now) -> bool {
        match &self.reason {
            cadence @ Reason::Cadence { .. } => return cadence.is_late(),
            // these may wait: nobody has set a day for them
            Reason::Complaint { .. } | Reason::Request { answered: false, .. } => {
                return now.ms() > self.overdue_at;
            }
            Reason::Recall { .. } | Reason::Survey { .. } | Reason::Review | Reason::Request { .. } => {
                return false;
            }
            _ => {}
        }
        now.ms() > self.overdue_at || (self.time.is_none() && self.due < now.today())
    }

    /// What it is worth to do it first: less is sooner.
    fn rank(&self, now: Now) -> (u8, u8, i64) {
        let late = self.is_overdue(now);
        // an appointment is kept at its time, whoever the customer is and whatever else has been left undone
        if self.is_appointment(now) {
            return (0, 0, self.overdue_at);
        }
        // a promise is our word; a date does not come again; silence can wait a day
        let class = match (&self.reason, late) {
            (
                Reason::Promise | Reason::Complaint { .. } | Reason::Request { .. } | Reason::Alarm { .. },
                true,
            ) => 1,
            // clocks run out at their time
            (Reason::Complaint { .. } | Reason::Request { answered: false, .. }, false) => {
                return (2, 0, self.overdue_at);
            }
            (Reason::Promise | Reason::Request { .. } | Reason::Alarm { .. }, false) => 3,
            (Reason::Date { .. }, _) => 4,
            (
                Reason::Plan
                | Reason::PlanTask
                | Reason::Suggestion { .. }
                | Reason::Evaluation { .. }
                | Reason::Cause { .. },
                _,
            ) => 5,
            (Reason::Cadence { .. }, true) => 6,
            (Reason::Recall { .. } | Reason::Silence { .. }, _) => 7,
            (Reason::Cadence { .. }, _) => 8,
            (Reason::Survey { .. }, _) => 9,
            (Reason::Review, _) => 10,
        };
        let worth = match self.segment.as_deref() {
            Some("high") => 0,
            Some("growth") => 1,
            None => 2,
            Some("ordinary") => 3,
            Some("cooling") => 4,
            Some(_) => 5,
        };
        (class, worth, self.overdue_at)
    }
}

/// A person's day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Queue {
    /// What the day holds, in order; promises that are due and appointments stand here however many they are.
    pub today: Vec<Item>,
    /// How many more are due than the day holds; counted, never hidden.
    pub over: usize,
    /// What comes in the next days, by day.
    pub later: Vec<Item>,
    /// Festivals and seasons whose content wants to be prepared by whoever keeps the strategy (H51): name and first day.
    pub prepare: Vec<(String, NaiveDate)>,
}

/// Whether a follow-up that was due then has left nothing written down for so long that it counts as not updated: the line
/// itself is the warning (G17, K20). All in UTC ms; `written` is the last entry about the customer.
pub fn is_unrecorded(due: i64, written: Option<i64>, line: i64, now: i64) -> bool {
    now >= due + line && written.is_none_or(|at| at < due)
}

/// The order of the day's list; the same for whoever compares all and for whoever keeps the best.
fn order(item: &Item, now: Now) -> impl Ord + use<> {
    (item.rank(now), item.code.clone(), item.text.clone())
}

/// The best of many items that are due: those that stand first on a day's list, and how many others there were. It holds
/// no more than about twice as many as are wanted, however many come.
#[derive(Clone, Debug)]
pub struct Shortlist {
    now: Now,
    most: usize,
    items: Vec<Item>,
    over: usize,
}

impl Shortlist {
    /// Keeps at least the `most` best.
    pub const fn new(now: Now, most: usize) -> Self {
        Self { now, most, items: Vec::new(), over: 0 }
    }

    /// Takes one more in.
    pub fn add(&mut self, item: Item) {
        self.items.push(item);
        if self.items.len() >= self.most.saturating_mul(2).max(64) {
            self.items.sort_by_cached_key(|i| order(i, self.now));
            self.over += self.items.len().saturating_sub(self.most);
            self.items.truncate(self.most);
        }
    }

    /// What was kept, in no order, and how many were left out.
    pub fn into_parts(self) -> (Vec<Item>, usize) {
        (self.items, self.over)
    }
}

/// Ranks what is due today or before and cuts it to `capacity`; `later` keeps its dues' order.
pub fn rank(mut items: Vec<Item>, now: Now, capacity: usize, whole: bool) -> Queue {
    let today = now.today();
    let (mut due, mut later): (Vec<_>, Vec<_>) =
        items.drain(..).partition(|i| i.due <= today || matches!(i.reason, Reason::Date { .. }));
    due.sort_by_cached_key(|i| order(i, now));
    later.sort_by_cached_key(|i| (i.due, i.overdue_at, i.code.clone()));
    let all = due.len();
    if !whole {
        // our word is never cut away, whatever stands before it: the capacity only limits the others
        let kept = due.iter().filter(|i| i.is_kept(now)).count();
        let mut room = capacity.saturating_sub(kept);
        due.retain(|i| {
            let stays = i.is_kept(now) || room > 0;
            room -= usize::from(stays && !i.is_kept(now));
            stays
        });
    }
    let over = all - due.len();
    Queue { today: due, over, later, prepare: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::super::clock::Zone;
    use super::*;

    fn now() -> Now {
        Now { at: "2024-05-13T02:00:00Z".parse().unwrap(), zone: Zone::default() }
    }

    fn item(name: &str, due: &str, reason: Reason, segment: Option<&str>) -> Item {
        let due: NaiveDate = due.parse().unwrap();
        let overdue = Zone::default().overdue_after(due, None).timestamp_millis();
        Item {
            customer: CustomerId(1),
            code: name.into(),
            name: name.into(),
            segment: segment.map(Into::into),
            ..Item::bare(TaskRef::Stored(1), "call".into(), due, overdue, reason)
        }
    }

    #[test]
    fn k03_a_promise_of_yesterday_is_overdue_and_stands_first() {
        let items = vec![
            item("silent", "2024-05-13", Reason::Silence { days: 40, asked: false }, Some("high")),
            item("today", "2024-05-13", Reason::Promise, None),
            item("late", "2024-05-12", Reason::Promise, Some("dormant")),
        ];
        let queue = rank(items, now(), 25, false);
        let names: Vec<_> = queue.today.iter().map(|i| i.name.as_str()).collect();
        assert_eq!(names, ["late", "today", "silent"]);
        assert!(queue.today[0].is_overdue(now()) && !queue.today[1].is_overdue(now()));
    }

    #[test]
    fn what_has_a_time_today_stands_before_a_backlog_by_its_time() {
        let at = |name: &str, time: &str, reason: Reason| {
            let mut item = item(name, "2024-05-13", reason, Some("dormant"));
            item.time = Some(time.parse().unwrap());
            item.overdue_at = Zone::default().overdue_after(item.due, item.time).timestamp_millis();
            item
        };
        let mut items: Vec<_> = (0..111)
            .map(|i| item(&format!("p{i:03}"), "2024-05-01", Reason::Promise, Some("high")))
            .collect();
        items.push(at("15", "15:00:00", Reason::Promise));
        items.push(at("11", "11:00:00", Reason::Plan));
        // it has passed already and is kept first of all
        items.push(at("09", "09:00:00", Reason::Promise));
        // what was to be at a time of another day is backlog like the rest
        items.push(Item { due: "2024-05-12".parse().unwrap(), ..at("old", "08:00:00", Reason::Promise) });
        let queue = rank(items, now(), 25, false);
        let names: Vec<_> = queue.today.iter().map(|i| i.name.as_str()).collect();
        assert_eq!(names[..4], ["09", "11", "15", "p000"]);
        assert_eq!((names.len(), queue.over), (115, 0), "no promise is cut away, and no appointment");
    }

    #[test]
    fn whatever_stands_before_promises_never_cuts_one_of_them_away() {
        let mut items: Vec<_> =
            (0..30).map(|i| item(&format!("p{i:02}"), "2024-05-13", Reason::Promise, None)).collect();
        let alarm = || Reason::Alarm { rule: "churn".into(), step: String::new() };
        // those of high value stand before them
        items.extend((0..3).map(|i| item(&format!("a{i}"), "2024-05-10", alarm(), None)));
        items.push(item("birthday", "2024-05-13", date(), Some("high")));
        let queue = rank(items.clone(), now(), 25, false);
        assert!(queue.today.iter().all(|i| i.reason == Reason::Promise));
        assert_eq!((queue.today.len(), queue.over), (30, 4));
        // what room the promises leave is for those who stand first among the others
        let queue = rank(items, now(), 33, false);
        let names: Vec<_> = queue.today.iter().map(|i| i.name.as_str()).collect();
        assert_eq!((names[..4].to_vec(), names.len(), queue.over), (vec!["a0", "a1", "a2", "p00"], 33, 1));
    }

    fn date() -> Reason {
        Reason::Date { on: now().today(), years: None, kind: "birthday".into(), label: String::new() }
    }

    #[test]
    fn the_day_is_cut_to_its_capacity_and_the_rest_is_counted_but_promises_are_never_cut() {
        let mut items: Vec<_> = (0..503)
            .map(|i| {
                item(&format!("s{i:03}"), "2024-05-13", Reason::Silence { days: 31, asked: false }, None)
            })
            .collect();
        items.push(item("promise", "2024-05-13", Reason::Promise, None));
        let queue = rank(items.clone(), now(), 25, false);
        assert_eq!((queue.today.len(), queue.over), (25, 479));
        assert_eq!(queue.today[0].name, "promise");
        let promises = (0..30).map(|i| item(&format!("p{i}"), "2024-05-13", Reason::Promise, None)).collect();
        let queue = rank(promises, now(), 25, false);
        assert_eq!((queue.today.len(), queue.over), (30, 0));
        assert_eq!(rank(items, now(), 25, true).today.len(), 504);
    }

    #[test]
    fn a_short_list_keeps_those_who_stand_first_among_all_and_counts_the_others() {
        // in an order that is none of the list's
        let segments = [Some("dormant"), Some("high"), None, Some("growth"), Some("ordinary")];
        let all: Vec<_> = (0..1_000usize)
            .map(|i| {
                let silence = Reason::Silence { days: 31, asked: false };
                item(&format!("s{:03}", i * 617 % 1_000), "2024-05-13", silence, segments[i % 5])
            })
            .collect();
        let mut best = Shortlist::new(now(), 25);
        all.iter().cloned().for_each(|i| best.add(i));
        assert!(best.items.len() < 64);
        let (kept, over) = best.into_parts();
        let (short, long) = (rank(kept, now(), 25, false), rank(all, now(), 25, false));
        assert_eq!(short.today, long.today);
        assert_eq!(short.over + over, long.over);
    }

    #[test]
    fn g29_what_is_late_comes_before_what_is_due_and_a_survey_waits_for_both() {
        let cadence = |days| Reason::Cadence { kind: "care".into(), days, ideal: 30, worst: 37 };
        let items = vec![
            item("survey", "2024-05-01", Reason::Survey { days: None }, Some("high")),
            item("due", "2024-05-12", cadence(37), Some("high")),
            item("late", "2024-05-10", cadence(38), Some("dormant")),
        ];
        let queue = rank(items, now(), 25, false);
        assert_eq!(
            queue.today.iter().map(|i| i.name.as_str()).collect::<Vec<_>>(),
            ["late", "due", "survey"]
        );
        assert_eq!(queue.today.iter().map(|i| i.is_overdue(now())).collect::<Vec<_>>(), [true, false, false]);
    }

    #[test]
    fn high_value_customers_come_before_others_of_the_same_reason_and_later_dues_wait() {
        let items = vec![
            item("b", "2024-05-13", Reason::Promise, Some("dormant")),
            item("a", "2024-05-13", Reason::Promise, Some("high")),
            item("c", "2024-05-20", Reason::Promise, Some("high")),
        ];
        let queue = rank(items, now(), 25, false);
        assert_eq!(queue.today.iter().map(|i| i.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(queue.later.len(), 1);
    }

    #[test]
    fn k20_g17_a_follow_up_without_an_entry_is_warned_of_after_a_day_and_a_moment_before_it_is_not() {
        let (hour, ten) = (3_600_000, 1_715_306_400_000);
        let line = 24 * hour;
        // due 10:00; nothing written down until 10:00 the next day
        assert!(is_unrecorded(ten, None, line, ten + line));
        assert!(!is_unrecorded(ten, None, line, ten + line - 1));
        // what was written down before it says nothing of it; what was written down since does
        assert!(is_unrecorded(ten, Some(ten - 1), line, ten + line));
        assert!(!is_unrecorded(ten, Some(ten), line, ten + line + hour));
    }
}
