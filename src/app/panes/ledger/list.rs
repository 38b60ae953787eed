//! The lines of the queue as the screen shows them: today's items, how many more are due, later items by day. Drawing
//! and clicking both read them here.

use chrono::NaiveDate;

use super::super::super::shared::Shared;
use crate::domain::change::TaskRef;
use crate::domain::customer::CustomerId;
use crate::domain::queue::{Item, Queue};

/// One line of the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The festival with this number wants to be prepared.
    Prepare(usize),
    /// The item with this number among all.
    Item(usize),
    /// So many more are due than the day holds.
    More(usize),
    /// What follows is due on this day.
    Day(NaiveDate),
}

/// The lines of a queue.
pub fn lines(queue: &Queue) -> Vec<Line> {
    let mut lines: Vec<Line> = (0..queue.prepare.len()).map(Line::Prepare).collect();
    lines.extend((0..queue.today.len()).map(Line::Item));
    if queue.over > 0 {
        lines.push(Line::More(queue.over));
    }
    let mut day = None;
    for (i, item) in queue.later.iter().enumerate() {
        if day != Some(item.due) {
            day = Some(item.due);
            lines.push(Line::Day(item.due));
        }
        lines.push(Line::Item(queue.today.len() + i));
    }
    lines
}

/// The first line on the screen, such that the cursor's item stays in the upper three quarters.
pub fn top(lines: &[Line], at: usize, height: usize) -> usize {
    let on = lines.iter().position(|l| *l == Line::Item(at)).unwrap_or(0);
    on.saturating_sub(height * 3 / 4).min(lines.len().saturating_sub(height))
}

/// All items of the queue in the order of the screen.
pub(super) fn items(queue: &Queue) -> impl Iterator<Item = &Item> {
    queue.today.iter().chain(&queue.later)
}

/// Where on the day's list the next customer stands who is not done: from a place on, and then from the top.
pub(super) fn next(queue: &Queue, from: usize, done: Option<CustomerId>) -> Option<usize> {
    let due = queue.today.len();
    let other =
        |at: &usize| queue.today.get(*at).is_some_and(|i| i.customer.0 > 0 && Some(i.customer) != done);
    (from..due).find(other).or_else(|| (0..due).find(other))
}

/// What they are told apart by.
pub(super) fn ids(s: &Shared) -> Vec<i64> {
    s.feeds.queue().map(|queue| items(queue).map(id).collect()).unwrap_or_default()
}

/// Names an item, the same in every answer: its row, or its cause as a number below zero.
pub fn id(item: &Item) -> i64 {
    match &item.task {
        TaskRef::Stored(id) => *id,
        // beyond all rows of the task table
        TaskRef::Row(row) => (1_i64 << 60) + ((row.noun as i64) << 50) + row.id,
        // FNV-1a
        TaskRef::Cause { cause, .. } => {
            let hash = cause
                .bytes()
                .fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
            -(hash >> 1).cast_signed() - 1
        }
    }
}
