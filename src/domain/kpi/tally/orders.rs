//! What a customer's purchases add to the sums: who was active and who was lost, what the period and the one before brought,
//! the last 365 days, and three years of history. Which days each looks at is the whole difference between them.

use chrono::NaiveDate;

use super::super::book::{Book, HISTORY_DAYS, Survey, YEAR_DAYS, back};
use super::super::bought::Bought;
use super::Tally;
use crate::domain::models::loyalty;

impl Tally {
    pub(super) fn orders(&mut self, book: &Book) {
        self.silence(book);
        self.purchases(book);
        self.last_year(book);
        self.history(book);
    }

    /// Who was active, who was lost, and what was kept of the revenue. Silence is counted back from a day's beginning.
    fn silence(&mut self, book: &Book) {
        let (span, bought) = (self.span, Bought(book));
        let (from, same) = (span.period.from, span.before_until());
        let back_from = |day: NaiveDate| back(day, span.rules.active_days);
        let start = bought.events(back_from(from), from) > 0;
        let end = bought.events(back_from(span.open_day()), span.stand()) > 0;
        let before = bought.events(back_from(same), same) > 0;
        // the same time of activity before the start and before the end, so that amounts can be compared (kpis.md, churn)
        let base = bought.amount(back_from(from), from);
        let now = bought.amount(back_from(span.open_day()), span.stand());
        self.both(book.segment).for_each(|s| {
            s.active_start += i64::from(start);
            s.active_before += i64::from(before);
            s.active_end += i64::from(end);
            s.lost += i64::from(start && !end);
            if start {
                s.base_fen += base;
                s.still_fen += now.min(base);
                s.now_fen += now;
            }
            s.referrers += i64::from(end && book.refers);
        });
    }

    /// What was bought in the period and in the one before.
    fn purchases(&mut self, book: &Book) {
        let (span, bought) = (self.span, Bought(book));
        let now = (span.period.from, span.period.until);
        let before = (span.before(), span.before_until());
        let buys = bought.events(now.0, now.1) > 0;
        let old = book.first.is_some_and(|first| first < before.0);
        let pays = [now, before].map(|(from, until)| {
            bought.events(from, until) > 0 || bought.net(from, until) != 0 || bought.loose(from, until) != 0
        });
        let [pays, paid_before] = pays.map(i64::from);
        self.both(book.segment).for_each(|s| {
            if bought.events(before.0, before.1) > 0 {
                s.rebuy.add(buys);
            }
            s.buyers += i64::from(buys);
            s.orders += bought.count(now.0, now.1);
            s.order_fen += bought.amount(now.0, now.1);
            s.loose_fen += bought.loose(now.0, now.1);
            s.orders_before += bought.count(before.0, before.1);
            s.order_fen_before += bought.amount(before.0, before.1);
            s.payers += pays;
            s.payers_before += paid_before;
            if old {
                s.old_payers += pays;
                s.old_payers_before += paid_before;
                s.old_fen += bought.net(now.0, now.1);
                s.old_fen_before += bought.net(before.0, before.1);
            }
            if book.first.is_some_and(|first| span.holds(first)) {
                s.new.add(book.by_referral);
            }
            s.new_rolling += i64::from(book.first.is_some_and(|first| span.rolls(first)));
        });
    }

    /// What is told of the 365 days that end with the period.
    fn last_year(&mut self, book: &Book) {
        let (until, bought) = (self.span.stand(), Bought(book));
        let (year, two_years) = (back(until, YEAR_DAYS), back(until, 2 * YEAR_DAYS));
        let days = bought.events(year, until);
        let came_before = bought.events(two_years, year) > 0;
        let own: i64 = book.expenses.iter().filter(|e| year <= e.day && e.day < until).map(|e| e.fen).sum();
        let (begin, to_date) = (self.span.year_begin(), &book.spent);
        let to_date: i64 =
            to_date.iter().filter(|(d, _)| begin <= *d && *d < until).map(|(_, fen)| fen).sum();
        self.both(book.segment).for_each(|s| {
            if days > 0 {
                s.repurchase.add(days > 1);
                s.year_buyers += 1;
            }
            if came_before {
                s.kept.add(days > 0);
            }
            s.year_payers += i64::from(days > 0 || bought.net(year, until) != 0 || own != 0);
            s.spent_on += i64::from(to_date != 0);
            s.year_fen += bought.net(year, until);
            s.year_orders += bought.count(year, until);
            s.year_cost += bought.cost(year, until);
            s.costed_fen += bought.costed(year, until);
            s.year_spent += own;
            s.to_date_fen += to_date;
        });
    }

    /// What loyalty is told by: three years of purchases, and the last word on us.
    fn history(&mut self, book: &Book) {
        let (until, bought) = (self.span.stand(), Bought(book));
        let from = back(until, HISTORY_DAYS);
        let frequency = u32::try_from(bought.events(from, until)).unwrap_or(u32::MAX);
        if frequency == 0 {
            return;
        }
        let attitude = attitude(&book.surveys, back(until, YEAR_DAYS), until);
        self.sums.frequencies.add(frequency, 1);
        self.both(book.segment).for_each(|s| {
            s.history_buyers += 1;
            s.realised_fen += bought.net(from, until) - bought.cost(from, until);
            match attitude {
                Some(strong) => s.attitudes.add((frequency, book.renewed, strong), 1),
                None => s.attitude_unknown += 1,
            }
        });
    }
}

/// Whether a customer thinks well of us: the latest promoter answer of the year, else the latest score; none without any.
fn attitude(surveys: &[Survey], from: NaiveDate, until: NaiveDate) -> Option<bool> {
    let year = || surveys.iter().rev().filter(|s| from <= s.day && s.day < until);
    loyalty::likes(year().find_map(|s| s.nps), year().find_map(|s| s.score))
}
