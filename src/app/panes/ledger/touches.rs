//! The list of all touches: a window that moves with the cursor, and a search for words, gaps and persons.

use chrono::NaiveDate;

use super::super::super::cursor::{Move, Windowed};
use super::super::super::form::FormKind;
use super::super::super::popup::{Act, Item, Menu, Popup};
use super::super::super::room;
use super::super::super::shared::Shared;
use super::super::pane::Step;
use crate::domain::field::Noun;
use crate::domain::filter::span;
use crate::domain::people::PersonId;
use crate::i18n::{fields, words};
use crate::store::request::{Seek, TouchList, TouchRow};

/// The list's state.
#[derive(Clone, Debug, Default)]
pub struct Touches {
    /// What is searched for, as typed.
    pub text: String,
    /// The cursor in the window that is here.
    pub list: Windowed,
}

/// A search as read: words, `is:gap`, `override:yes`, `by:王敏`, `on:2024-05`, `segment:high`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "conditions that hold each by itself")]
pub struct Search {
    /// Words that all occur.
    pub words: String,
    /// Only touches without a channel.
    pub gaps: bool,
    /// Only those for which the guard was passed.
    pub breaches: bool,
    /// Only those of this person; none where nobody has the name.
    pub by: Option<Option<PersonId>>,
    /// Only of these days: from, and the first day after.
    pub on: Option<(NaiveDate, NaiveDate)>,
    /// Only of this segment at the time; blank for none.
    pub segment: Option<String>,
    /// Only by this channel; blank for none.
    pub channel: Option<String>,
    /// Only with this script.
    pub script: Option<String>,
    /// Only those answered.
    pub answered: bool,
    /// Only those written down late.
    pub late: bool,
}

impl Search {
    /// Reads what was typed; full-width colons count as narrow ones.
    pub fn read(text: &str, s: &Shared) -> Self {
        let mut search = Self::default();
        let mut rest = Vec::new();
        for word in text.replace('：', ":").split_whitespace() {
            match word.split_once(':') {
                Some(("is" | "是", "gap" | "gaps" | "缺口" | "缺渠道")) => search.gaps = true,
                Some(("is" | "是", "answered" | "有响应" | "有回应")) => search.answered = true,
                Some(("is" | "是", "late" | "补录")) => search.late = true,
                Some(("on" | "日期", days)) if span(days).is_some() => search.on = span(days),
                Some(("segment" | "分层", "none" | "无" | "潜在客户")) => {
                    search.segment = Some(String::new());
                }
                Some(("segment" | "分层", class)) => {
                    search.segment = Some(words::id("segment", class).unwrap_or(class).to_owned());
                }
                Some(("channel" | "渠道", "none" | "无")) => search.channel = Some(String::new()),
                Some(("channel" | "渠道", id)) => {
                    search.channel = Some(words::id("channel", id).unwrap_or(id).to_owned());
                }
                Some(("script" | "话术", code)) => search.script = Some(code.to_owned()),
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
                _ => rest.push(word.to_owned()),
            }
        }
        search.words = rest.join(" ");
        search
    }
}

impl Touches {
    /// Searches anew, from the newest.
    pub fn search(&mut self, text: &str) {
        *self = Self { text: text.trim().to_owned(), ..Self::default() };
    }

    /// What to ask the store.
    pub fn query(&self, s: &Shared) -> TouchList {
        let search = Search::read(&self.text, s);
        TouchList {
            text: search.words,
            // a name that nobody has finds nothing
            person: search.by.map(|by| by.unwrap_or(PersonId(-1))),
            gaps: search.gaps,
            breaches: search.breaches,
            span: search.on.map(|(from, until)| {
                let start = |day| s.now.zone.start(day).timestamp_millis();
                (start(from), start(until))
            }),
            segment: search.segment,
            channel: search.channel,
            script: search.script,
            answered: search.answered,
            late: search.late,
            around: if let Seek::Around(id) = self.list.seek { Some(id) } else { None },
            end: self.list.seek == Seek::End,
            take: (room::queue(s.size) * 5).max(100),
        }
    }

    /// Whether a movement waits for the next window.
    pub(in crate::app) const fn waits(&self) -> bool {
        self.list.waits()
    }

    fn ids(s: &Shared) -> Vec<i64> {
        s.feeds.touches().map(|w| w.rows.iter().map(|r| r.id).collect()).unwrap_or_default()
    }

    /// A window has come.
    pub fn answered(&mut self, s: &Shared) {
        self.list.answered(&Self::ids(s), room::queue(s.size));
    }

    /// Moves; wants the next window before the cursor reaches the edge of this one.
    pub fn go(&mut self, to: Move, s: &Shared) {
        let Some((before, after)) = s.feeds.touches().map(|w| (w.before, w.after)) else { return };
        // a search is one window: its end is as far as it goes
        let paged = Search::read(&self.text, s).words.is_empty();
        self.list.go(to, &Self::ids(s), room::queue(s.size), (before, after && paged));
    }

    /// The screen has another size.
    pub fn resized(&mut self, s: &Shared) {
        self.list.cursor.resized(&Self::ids(s), room::queue(s.size));
    }
}

/// What can be made from an entry: a suggestion (K18); or a customer, as everywhere.
pub fn new_menu(touch: &TouchRow, s: &Shared) -> Step {
    let entry = format!("{}: {}", touch.name, touch.feedback.as_ref().unwrap_or(&touch.summary));
    let noun = |noun: Noun| fields::noun(noun).of(s.lang);
    let items = vec![
        Item::new(noun(Noun::Suggestion), "", Act::Suggest(entry)),
        Item::new(noun(Noun::Customer), "", Act::Form(FormKind::Customer)),
    ];
    Step::Open(Box::new(Popup::Menu(Menu::new(crate::i18n::profile::ADD, items))))
}
