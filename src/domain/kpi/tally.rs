//! The counting: one customer's book after the other is added up for all and for its segment; what touches count goes to
//! the segment of the touch (F51). Cases whose window is still open stand in neither part and are counted apart (C2). What
//! purchases come to stands in `tally/orders`.

mod orders;

use serde::{Deserialize, Serialize};

use super::bag::{Additive, Bag};
use super::book::{
    Asked, Book, Category, Complaint, DAY, Expense, Looked, RENEWAL_DAYS, Span, Survey, Touch, Way, ahead,
    back,
};
use super::sums::{Rate, SLOTS, Sums};

/// The place of the dormant among the segments.
const DORMANT: usize = 4;

/// What all customers' books add up to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Parts {
    /// All together first, then the segments.
    pub(super) slots: [Sums; SLOTS],
    /// How many customers bought on so many days of the history.
    pub(super) frequencies: Bag<u32>,
}

impl Additive for Parts {
    fn shift(&mut self, more: &Self, less: &Self) {
        self.slots.shift(&more.slots, &less.slots);
        self.frequencies.shift(&more.frequencies, &less.frequencies);
    }
}

/// The sums of a span, customer by customer.
#[derive(Clone, Debug)]
pub struct Tally {
    pub(super) span: Span,
    pub(super) sums: Parts,
    /// The next instant at which time alone changes a figure.
    next: Option<i64>,
}

/// What a customer's touches say of one window.
#[derive(Clone, Copy, Default)]
struct Told {
    settled: bool,
    hit: bool,
    pending: i64,
    fen: i64,
}

impl Tally {
    /// Nothing counted yet.
    pub fn new(span: Span) -> Self {
        Self::of(span, Parts::default())
    }

    /// What was counted already.
    pub fn of(span: Span, sums: Parts) -> Self {
        let mut tally = Self { span, sums, next: None };
        if span.runs() {
            // what stands at the end of a running period moves on with every day
            tally.note(span.zone.start(span.stand()).timestamp_millis());
        }
        tally
    }

    /// What all that was added comes to.
    pub const fn parts(&self) -> &Parts {
        &self.sums
    }

    /// The next instant at which time alone changes a figure.
    pub const fn next(&self) -> Option<i64> {
        self.next
    }

    /// Notes an instant at which time alone changes a figure, if it is still to come.
    pub fn note(&mut self, at: i64) {
        if at > self.span.as_of {
            self.next = Some(self.next.map_or(at, |next| next.min(at)));
        }
    }

    /// The sums of all and of a segment.
    fn both(&mut self, segment: Option<usize>) -> impl Iterator<Item = &mut Sums> {
        let own = segment.map(|s| s + 1);
        self.sums
            .slots
            .iter_mut()
            .enumerate()
            .filter(move |(i, _)| *i == 0 || Some(*i) == own)
            .map(|(_, sums)| sums)
    }

    /// Adds a customer.
    pub fn add(&mut self, book: &Book) {
        self.touches(book);
        self.orders(book);
        self.answers(book);
        self.promises(book);
        for expense in &book.expenses {
            self.expense(expense, book.segment);
        }
        self.booked(book);
    }

    /// Notes whether anything was booked on a customer to win or to keep them.
    fn booked(&mut self, book: &Book) {
        let span = self.span;
        let any = |of: Category, within: &dyn Fn(&Expense) -> bool| {
            i64::from(book.expenses.iter().any(|e| e.category == of && within(e)))
        };
        let booked = [Category::Acquisition, Category::Retention].map(|of| any(of, &|e| span.holds(e.day)));
        let rolling = any(Category::Acquisition, &|e| span.rolls(e.day));
        self.both(book.segment).for_each(|s| {
            s.booked_on.shift(&booked, &[0; 2]);
            s.booked_on_rolling += rolling;
        });
    }

    /// Adds an expense of a customer of this segment, or of none in particular.
    pub fn expense(&mut self, expense: &Expense, segment: Option<usize>) {
        if self.span.holds(expense.day) {
            self.both(segment).for_each(|s| match expense.category {
                Category::Acquisition => s.acquisition += expense.fen,
                Category::Retention => s.retention += expense.fen,
                Category::Other => {}
            });
        }
        if expense.category == Category::Acquisition && self.span.rolls(expense.day) {
            self.both(segment).for_each(|s| s.acquisition_rolling += expense.fen);
        }
    }

    /// Proactive touches of the period that reached the customer.
    fn ours<'b>(&self, book: &'b Book) -> impl Iterator<Item = &'b Touch> {
        let (start, end) = (self.span.start(), self.span.end());
        book.touches.iter().filter(move |t| t.way == Way::Ours && start <= t.at && t.at < end)
    }

    /// One window over the customer's touches: told by segment of the touch, and for all.
    fn window(
        &mut self,
        book: &Book,
        days: u64,
        counts: impl Fn(&Touch) -> bool,
        hit: impl Fn(&Touch, i64) -> bool,
    ) -> [Told; SLOTS] {
        let mut told = [Told::default(); SLOTS];
        let mut open = Vec::new();
        for touch in self.ours(book).filter(|t| t.delivered && counts(t)) {
            let end = touch.at + days.cast_signed() * DAY;
            let settled = end <= self.span.as_of;
            let met = settled && hit(touch, end);
            let own = touch.segment.map(|s| s + 1);
            for (_, told) in told.iter_mut().enumerate().filter(|(i, _)| *i == 0 || Some(*i) == own) {
                told.settled |= settled;
                told.hit |= met;
                told.pending += i64::from(!settled);
                told.fen += if settled { touch.cost } else { 0 };
            }
            if !settled {
                open.push(end);
            }
        }
        for end in open {
            self.note(end);
        }
        told
    }

    fn put(&mut self, told: &[Told; SLOTS], into: fn(&mut Sums) -> &mut Rate) {
        for (sums, told) in self.sums.slots.iter_mut().zip(told) {
            let rate = into(sums);
            if told.settled {
                rate.add(told.hit);
            }
            rate.pending += told.pending;
        }
    }

    fn touches(&mut self, book: &Book) {
        if book.touches.is_empty() {
            return;
        }
        let span = self.span;
        let answered = |touch: &Touch, until: i64| {
            let within = |at: i64| touch.at <= at && at <= until;
            book.touches
                .iter()
                .any(|t| t.responded.is_some_and(within) || t.way == Way::Theirs && within(t.at))
                || book.orders.iter().any(|o| o.between(&span, touch.at, until))
        };
        let bought = |touch: &Touch, until: i64| {
            touch.converted || book.orders.iter().any(|o| o.between(&span, touch.at, until))
        };
        let told = self.window(book, span.rules.response_days, |_| true, answered);
        self.put(&told, |s| &mut s.response);
        let told = self.window(book, span.rules.conversion_days, |_| true, bought);
        self.put(&told, |s| &mut s.conversion);
        let asleep = |t: &Touch| t.segment == Some(DORMANT);
        let woke = |t: &Touch, until: i64| {
            bought(t, until) || answered(t, t.at + span.rules.response_days.cast_signed() * DAY)
        };
        let told = self.window(book, span.rules.conversion_days, asleep, woke);
        self.put(&told, |s| &mut s.reactivation);
        for (sums, told) in self.sums.slots.iter_mut().zip(&told) {
            sums.wakeup_fen += told.fen;
        }
        let unbought = |t: &Touch| book.first.is_none_or(|first| first >= span.day(t.at));
        let told = self.window(book, span.rules.conversion_days, unbought, bought);
        self.put(&told, |s| &mut s.prospects);
        if book.first_touch {
            self.put(&told, |s| &mut s.first_orders);
        }
        let ours: Vec<Touch> = self.ours(book).copied().collect();
        for touch in ours {
            self.both(touch.segment).for_each(|s| {
                s.touch_fen += touch.cost;
                s.outbound += 1;
                s.delivered += i64::from(touch.delivered);
                s.breaches += i64::from(touch.breach);
            });
        }
    }

    fn answers(&mut self, book: &Book) {
        let span = self.span;
        let period: Vec<&Survey> = book.surveys.iter().filter(|s| span.holds(s.day)).collect();
        for score in period.iter().filter_map(|s| s.score) {
            self.both(book.segment).for_each(|s| {
                s.csat.add(score >= 80);
                s.score += score;
            });
        }
        for [service, product] in period.iter().map(|s| s.parts) {
            self.both(book.segment).for_each(|s| {
                s.service.shift(&service, &(0, 0));
                s.product.shift(&product, &(0, 0));
            });
        }
        // one vote a customer: the latest
        if let Some(vote) = period.iter().rev().find_map(|s| s.nps) {
            let place = match vote {
                9.. => 0,
                7 | 8 => 1,
                _ => 2,
            };
            self.both(book.segment).filter_map(|s| s.votes.get_mut(place)).for_each(|n| *n += 1);
        }
        for complaint in &book.complaints {
            self.complaint(book.segment, complaint);
        }
        for asked in &book.requests {
            self.request(book.segment, *asked);
        }
        if let Some(looked) = book.looked {
            self.both(book.segment).for_each(|s| match looked {
                Looked::NotYet => s.accurate.pending += 1,
                Looked::Right | Looked::Wrong => s.accurate.add(looked == Looked::Right),
            });
        }
    }

    /// What another department was asked counts once it has handled it.
    fn request(&mut self, segment: Option<usize>, asked: Asked) {
        let span = self.span;
        let Some(handled) = asked.handled.map(|at| (at - asked.at, 1)) else { return };
        let now = span.holds_at(asked.at);
        if now || span.day(asked.at) < span.before_until() {
            self.both(segment).for_each(|s| {
                let sum = if now { &mut s.handled } else { &mut s.handled_before };
                sum.shift(&handled, &(0, 0));
            });
        }
    }

    fn complaint(&mut self, segment: Option<usize>, complaint: &Complaint) {
        let span = self.span;
        let waited = complaint.answered.map_or(i64::MAX, |at| at - complaint.opened);
        let repeated = i64::from(complaint.repeated);
        if !span.holds_at(complaint.opened) {
            if span.day(complaint.opened) >= span.before_until() {
                return;
            }
            self.both(segment).for_each(|s| {
                s.complaints_before += 1;
                s.waits_before.add(waited, 1);
                s.repeated_before += repeated;
            });
            return;
        }
        let (day, two) = (complaint.opened + DAY, complaint.opened + 2 * DAY);
        self.note(day);
        self.note(two);
        let (answered, solved) = (complaint.answered, complaint.solved);
        self.both(segment).for_each(|s| {
            s.complaints += 1;
            s.waits.add(waited, 1);
            s.repeated += repeated;
            timed(&mut s.answered, answered, day, span.as_of);
            timed(&mut s.solved, solved, two, span.as_of);
        });
    }

    fn promises(&mut self, book: &Book) {
        let span = self.span;
        let settled = |expires| span.as_of_day() > ahead(expires, RENEWAL_DAYS.1);
        let renewing = i64::from(book.contracts.iter().any(|contract| settled(contract.expires)));
        self.both(book.segment).for_each(|s| s.renewing += renewing);
        for contract in &book.contracts {
            let last = ahead(contract.expires, RENEWAL_DAYS.1);
            let open = span.as_of_day() <= last;
            if open {
                self.note(span.zone.end(last).timestamp_millis());
            }
            let renewed = contract
                .renewed
                .is_some_and(|day| back(contract.expires, RENEWAL_DAYS.0) <= day && day <= last);
            self.both(book.segment).for_each(|s| {
                if open {
                    s.renewal.pending += 1;
                } else {
                    s.renewal.add(renewed);
                    s.renewal_fen.0 += if renewed { contract.annual } else { 0 };
                    s.renewal_fen.1 += contract.annual;
                }
            });
        }
        for &(started, end) in &book.activations {
            let open = end > span.as_of;
            self.note(end);
            let bought = book.orders.iter().any(|o| o.between(&span, started, end));
            self.both(book.segment)
                .for_each(|s| if open { s.activation.pending += 1 } else { s.activation.add(bought) });
        }
        let touched = book.touches.iter().filter_map(|t| t.recorded.map(|recorded| (t.at, Some(recorded))));
        let ordered = book.orders.iter().filter_map(|o| {
            // of an order whose hour nobody knows, the day is over before the clock runs
            let at = o.at.unwrap_or_else(|| span.zone.end(o.day).timestamp_millis() - 1);
            o.recorded.map(|recorded| (at, Some(recorded)))
        });
        let told = book.events.iter().map(|e| (e.at, e.recorded));
        let all: Vec<_> = touched.chain(ordered).chain(told).filter(|(at, _)| span.holds_at(*at)).collect();
        for (at, recorded) in all {
            self.note(at + DAY);
            self.both(book.segment).for_each(|s| timed(&mut s.timeliness, recorded, at + DAY, span.as_of));
        }
        for won in &book.quotes {
            self.both(book.segment).for_each(|s| s.quotes.add(*won));
        }
    }
}

/// A case with a deadline: counted once the deadline has passed.
fn timed(rate: &mut Rate, done: Option<i64>, deadline: i64, as_of: i64) {
    if deadline > as_of { rate.pending += 1 } else { rate.add(done.is_some_and(|at| at <= deadline)) }
}
