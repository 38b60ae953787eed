//! The list of all touches: a window that moves with the cursor, and a search for words, gaps and persons.

use super::super::super::cursor::{Cursor, Move};
use super::super::super::room;
use super::super::super::shared::Shared;
use crate::domain::people::PersonId;
use crate::store::request::TouchList;

/// The list's state.
#[derive(Clone, Debug, Default)]
pub struct Touches {
    /// What is searched for, as typed.
    pub text: String,
    /// The cursor in the window that is here.
    pub cursor: Cursor,
    around: Option<i64>,
    end: bool,
    /// Movement that wanted further than the window reached, until the next window is here.
    rest: Option<Move>,
}

/// A search as read: words, `is:gap`, `override:yes`, `by:王敏`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Words that all occur.
    pub words: String,
    /// Only touches without a channel.
    pub gaps: bool,
    /// Only those for which the guard was passed.
    pub breaches: bool,
    /// Only those of this person; none where nobody has the name.
    pub by: Option<Option<PersonId>>,
}

impl Search {
    /// Reads what was typed; full-width colons count as narrow ones.
    pub fn read(text: &str, s: &Shared) -> Self {
        let mut search = Self::default();
        let mut words = Vec::new();
        for word in text.replace('：', ":").split_whitespace() {
            match word.split_once(':') {
                Some(("is" | "是", "gap" | "gaps" | "缺口" | "缺渠道")) => search.gaps = true,
                Some(("override" | "例外", "yes" | "是") | ("is" | "是", "override" | "breach" | "例外")) =>
                {
                    search.breaches = true;
                }
                Some(("by" | "责任人" | "owner" | "负责", "me" | "我")) => {
                    search.by = Some(Some(s.actor.id));
                }
                Some(("by" | "责任人" | "owner" | "负责", name)) => {
                    let people = s.people();
                    let named = people.iter().find(|p| p.names.iter().any(|n| n.eq_ignore_ascii_case(name)));
                    search.by = Some(named.map(|p| PersonId(p.id)));
                }
                _ => words.push(word.to_owned()),
            }
        }
        search.words = words.join(" ");
        search
    }
}

impl Touches {
    /// Searches anew, from the newest.
    pub fn search(&mut self, text: &str) {
        *self = Self { text: text.trim().to_owned(), ..Self::default() };
    }

    /// What to ask the store.
    pub fn list(&self, s: &Shared) -> TouchList {
        let search = Search::read(&self.text, s);
        TouchList {
            text: search.words,
            // a name that nobody has finds nothing
            person: search.by.map(|by| by.unwrap_or(PersonId(-1))),
            gaps: search.gaps,
            breaches: search.breaches,
            around: self.around,
            end: self.end,
            take: (room::queue(s.size) * 5).max(100),
        }
    }

    /// Whether a movement waits for the next window.
    pub(in crate::app) const fn waits(&self) -> bool {
        self.rest.is_some()
    }

    fn ids(s: &Shared) -> Vec<i64> {
        s.feeds.touches().map(|w| w.rows.iter().map(|r| r.id).collect()).unwrap_or_default()
    }

    /// A window has come.
    pub fn answered(&mut self, s: &Shared) {
        let ids = Self::ids(s);
        let height = room::queue(s.size);
        if self.end && self.cursor.id.is_none() {
            self.cursor.go(Move::Last, &ids, height);
        } else {
            self.cursor.follow(&ids, height);
        }
        if let Some(rest) = self.rest.take() {
            self.cursor.go(rest, &ids, height);
        }
    }

    /// Moves; wants the next window before the cursor reaches the edge of this one.
    pub fn go(&mut self, to: Move, s: &Shared) {
        let Some((before, after)) = s.feeds.touches().map(|w| (w.before, w.after)) else { return };
        // a search is one window: its end is as far as it goes
        let paged = Search::read(&self.text, s).words.is_empty();
        match to {
            Move::First if before => {
                *self = Self { text: std::mem::take(&mut self.text), ..Self::default() };
                return;
            }
            Move::Last if after && paged => {
                *self = Self { text: std::mem::take(&mut self.text), end: true, ..Self::default() };
                return;
            }
            _ => {}
        }
        let ids = Self::ids(s);
        let height = room::queue(s.size);
        let beyond = self.cursor.go(to, &ids, height);
        let near = height.max(20);
        let up = before && self.cursor.at < near;
        let down = after && paged && self.cursor.at + near >= ids.len();
        if (up || down)
            && let Some(id) = self.cursor.id
        {
            self.around = Some(id);
            self.end = false;
            if beyond {
                self.rest = Some(to);
            }
        }
    }

    /// The screen has another size.
    pub fn resized(&mut self, s: &Shared) {
        self.cursor.follow(&Self::ids(s), room::queue(s.size));
    }
}
