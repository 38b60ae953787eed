//! The palette and the help: what is found by its name instead of a key. Beside the commands these are the records that can
//! be written, the views of the panes with the lists in them, and the customers under one condition.

use tui_input::Input;

use super::super::command::{COMMANDS, Command, Place, Spec};
use super::super::cursor::Cursor;
use super::super::form::FormKind;
use super::super::pane_id::PaneId;
use super::super::panes::board::view::View as BoardView;
use super::super::panes::ledger::view::View as LedgerView;
use super::super::panes::matrix::view::{SHELVES, View as MatrixView, shelf};
use super::super::shared::Shared;
use crate::domain::field::Noun;
use crate::domain::filter::FLAGS;
use crate::domain::find::sort_key;
use crate::i18n::topics::{self, Topic};
use crate::i18n::{Lang, Text, fields, group, shell};

/// A list of what can be found by its name: the palette, and help.
#[derive(Clone, Debug, Default)]
pub struct Palette {
    /// What is typed.
    pub input: Input,
    /// Which row.
    pub cursor: Cursor,
    /// What the role at the screen has no use for.
    pub barred: Vec<Offer>,
    /// What the help begins with: the keys of what it was opened over.
    pub first: Vec<HelpRow>,
}

/// What is done when a name is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// A command runs.
    Command(Command),
    /// A record is written: of the customer at hand, or of the company.
    New(Noun),
    /// A view is shown.
    View(View),
    /// The customers are shown for whom this word of `is:` holds.
    Customers(&'static str),
}

/// A view of a pane, or a list in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// A view of the ledger.
    Ledger(LedgerView),
    /// A view of the strategy pane.
    Matrix(MatrixView),
    /// A list of its view *Scripts*.
    Shelf(Noun),
    /// A view of the board.
    Board(BoardView),
}

/// Records of the company that are written by a form of their own.
const OF_COMPANY: &[Noun] =
    &[Noun::Script, Noun::Gift, Noun::Content, Noun::Product, Noun::Campaign, Noun::Plan];

/// What people look for under a word that stands in no name.
const ALSO: &[(Offer, &str)] = &[
    (Offer::Command(Command::HandOver), "handover"),
    (Offer::Command(Command::Merge), "join"),
    (Offer::Command(Command::Merge), "重复"),
    (Offer::Command(Command::Print), "打印"),
    (Offer::Command(Command::Report), "打印"),
    (Offer::Command(Command::Language), "语言"),
    (Offer::Command(Command::Language), "language"),
    // how many are kept, and encrypted with what
    (Offer::Command(Command::Settings), "备份"),
    (Offer::Command(Command::Settings), "backup"),
    (Offer::New(Noun::Survey), "问卷"),
    (Offer::New(Noun::Survey), "questionnaire"),
    // causes are noted at the figures
    (Offer::View(View::Board(BoardView::Kpis)), "cause"),
    (Offer::View(View::Board(BoardView::Kpis)), "原因"),
];

/// Whether records of a customer are written by a form of their own: an opening balance comes with an import, a request is
/// asked of somebody.
pub const fn is_added(noun: Noun) -> bool {
    !matches!(noun, Noun::Opening | Noun::Request)
}

/// The form in which a new record is written.
pub const fn form(noun: Noun) -> FormKind {
    match noun {
        Noun::Customer => FormKind::Customer,
        Noun::Contact => FormKind::Contact,
        Noun::Alarm => FormKind::RaiseAlarm,
        noun => FormKind::Add(noun),
    }
}

/// Everything that is offered, in the order of the palette: the commands, then what is found by its name alone.
pub fn all() -> impl Iterator<Item = Offer> {
    COMMANDS.iter().map(|spec| Offer::Command(spec.command)).chain(offers())
}

/// Everything that is offered besides the commands.
fn offers() -> impl Iterator<Item = Offer> {
    let of_customer = [Noun::Customer, Noun::Contact, Noun::Method].into_iter();
    let of_customer = of_customer.chain(Noun::OF_CUSTOMER.iter().copied().filter(|noun| is_added(*noun)));
    let new = of_customer.chain([Noun::Alarm]).chain(OF_COMPANY.iter().copied()).map(Offer::New);
    let ledger = LedgerView::ALL.into_iter().map(View::Ledger);
    // the first view is the pane itself, the first list is its view
    let matrix = MatrixView::ALL.into_iter().skip(1).map(View::Matrix);
    let shelves = SHELVES.into_iter().skip(1).map(View::Shelf);
    let board = BoardView::ALL.into_iter().map(View::Board);
    let views = ledger.chain(matrix).chain(shelves).chain(board).map(Offer::View);
    new.chain(views).chain(FLAGS.iter().map(|(id, ..)| Offer::Customers(id)))
}

impl View {
    /// The pane it belongs to.
    pub const fn pane(self) -> PaneId {
        match self {
            Self::Ledger(_) => PaneId::Ledger,
            Self::Matrix(_) | Self::Shelf(_) => PaneId::Matrix,
            Self::Board(_) => PaneId::Board,
        }
    }

    /// Where new records of a noun stand that belong to the company; none of those of a customer.
    pub const fn of(noun: Noun) -> Option<Self> {
        Some(match noun {
            Noun::Script => Self::Matrix(MatrixView::Scripts),
            Noun::Gift | Noun::Content | Noun::Product => Self::Shelf(noun),
            Noun::Campaign => Self::Matrix(MatrixView::Campaigns),
            Noun::Plan => Self::Matrix(MatrixView::Plans),
            Noun::Alarm => Self::Board(BoardView::Alarms),
            _ => return None,
        })
    }

    const fn title(self) -> Text {
        match self {
            Self::Ledger(view) => view.title(),
            Self::Matrix(view) => view.title(),
            Self::Shelf(noun) => shelf(noun),
            Self::Board(view) => view.title(),
        }
    }
}

impl Offer {
    /// What it says.
    pub fn label(self, lang: Lang) -> String {
        match self {
            Self::Command(command) => command.spec().text.of(lang).to_owned(),
            Self::New(noun) => shell::NEW_OF.with(lang, &[&fields::noun(noun).of(lang)]),
            Self::View(view) => view.title().of(lang).to_owned(),
            Self::Customers(id) => topics::condition(id, lang).to_owned(),
        }
    }

    /// What stands to its right: its keys, or where it is otherwise found; where that is no other place than `here`, the keys
    /// alone.
    pub fn hint(self, s: &Shared, here: PaneId) -> String {
        let at = |pane: PaneId, keys: String| {
            if pane == here { keys } else { format!("{} · {keys}", pane.title().of(s.lang)) }
        };
        match self {
            Self::Command(command) => {
                let keys = s.keymap.keys(command).join("  ");
                match command.spec().place {
                    Place::Pane(pane) => at(pane, keys),
                    _ => keys,
                }
            }
            Self::New(Noun::Customer) => s.key(Command::New),
            Self::New(Noun::Alarm) => at(PaneId::Board, s.key(Command::New)),
            Self::New(noun) if OF_COMPANY.contains(&noun) => at(PaneId::Matrix, s.key(Command::New)),
            Self::New(_) => at(PaneId::Profile, s.key(Command::New)),
            Self::View(view) => at(view.pane(), s.key(Command::NextView)),
            Self::Customers(id) => at(PaneId::Customers, group::shown(&format!("is:{id}"), s.lang)),
        }
    }

    /// What it is, read whole: where it works, and of a command the name under which its keys are bound anew.
    pub fn meaning(self, s: &Shared, here: PaneId) -> String {
        let label = self.label(s.lang);
        let Self::Command(command) = self else {
            return shell::WHERE_AND_HOW.with(s.lang, &[&label, &self.hint(s, here)]);
        };
        let spec = command.spec();
        let place = match spec.place {
            Place::Anywhere => shell::EVERYWHERE.of(s.lang),
            Place::List => shell::IN_LISTS.of(s.lang),
            Place::Pane(pane) => pane.title().of(s.lang),
        };
        shell::WHERE_AND_ID.with(s.lang, &[&label, &place, &spec.id])
    }

    /// What it is called, without what is done with it.
    fn name(self, lang: Lang) -> String {
        match self {
            Self::New(noun) => fields::noun(noun).of(lang).to_lowercase(),
            other => other.label(lang).to_lowercase(),
        }
    }

    /// How well it is called what is typed, less is better: so, so but for the plural, only in part.
    fn distance(self, typed: &str) -> u8 {
        let called = |name: &str| {
            let zh = self.name(Lang::Zh);
            self.name(Lang::En) == name
                || pinyin(&zh) == name
                || zh == name
                || matches!(self, Self::Command(command) if command.spec().id.replace('_', " ") == name)
        };
        match singular(typed) {
            _ if called(typed) => 0,
            Some(one) if called(one) => 1,
            _ => 2,
        }
    }

    /// Whether what is typed is found in it: in the name in either language, its pinyin, the id or a key, or in what people
    /// call it besides.
    fn fits(self, typed: &str, s: &Shared) -> bool {
        let (en, zh) = (self.label(Lang::En).to_lowercase(), self.label(Lang::Zh));
        let in_name = |typed: &str| en.contains(typed) || zh.contains(typed);
        let by_id = match self {
            Self::Command(command) => {
                command.spec().id.replace('_', " ").contains(typed)
                    || s.keymap.keys(command).iter().any(|key| key.to_lowercase() == typed)
            }
            Self::Customers(id) => group::shown(&format!("is:{id}"), s.lang).contains(typed),
            Self::New(_) | Self::View(_) => false,
        };
        by_id
            || in_name(typed)
            || pinyin(&zh).contains(typed)
            // several of them are looked for like one
            || singular(typed).is_some_and(in_name)
            || ALSO.iter().any(|(offer, word)| *offer == self && (word.contains(typed) || pinyin(word) == typed))
    }
}

fn pinyin(zh: &str) -> String {
    sort_key(zh, false).replace(' ', "")
}

/// One of what is typed as several.
fn singular(typed: &str) -> Option<&str> {
    typed.strip_suffix('s').filter(|one| one.len() > 2)
}

/// Those that fit what is typed; who is called exactly so stands first.
fn fitting(offers: impl Iterator<Item = Offer>, typed: &str, s: &Shared) -> Vec<Offer> {
    if typed.is_empty() {
        return offers.collect();
    }
    let mut found: Vec<Offer> = offers.filter(|offer| offer.fits(typed, s)).collect();
    // what it is called is put together anew each time it is asked
    found.sort_by_cached_key(|offer| offer.distance(typed));
    found
}

/// A row of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpRow {
    /// What `Enter` does.
    Offer(Offer),
    /// Something to be read.
    Topic(Topic),
}

impl Palette {
    /// One in which nothing is typed yet, without what the role at the screen has no use for.
    pub fn without(barred: Vec<Offer>) -> Self {
        Self { barred, ..Self::default() }
    }

    /// The help that begins with the keys of what it was opened over.
    pub fn over(first: Vec<HelpRow>, barred: Vec<Offer>) -> Self {
        Self { first, ..Self::without(barred) }
    }

    fn typed(&self) -> String {
        self.input.value().trim().to_lowercase()
    }

    /// What fits what is typed: the commands, then all that is found by its name alone.
    pub fn rows(&self, s: &Shared) -> Vec<Offer> {
        let typed = self.typed();
        let allowed = all().filter(|offer| !self.barred.contains(offer));
        fitting(allowed, &typed, s)
    }

    /// The help of a pane as far as it fits what is typed: the keys of this place, the keys of every place, then everything
    /// else that can be looked up.
    pub fn help(&self, s: &Shared, pane: PaneId) -> Vec<HelpRow> {
        let typed = self.typed();
        let of = |here: bool| {
            let wanted = move |spec: &&Spec| match spec.place {
                Place::Pane(p) => here && p == pane,
                _ => !here,
            };
            COMMANDS.iter().filter(wanted).map(|spec| Offer::Command(spec.command))
        };
        // the commands of other places, too, once something is looked for
        let elsewhere = COMMANDS
            .iter()
            .filter(|spec| !typed.is_empty() && matches!(spec.place, Place::Pane(p) if p != pane));
        let elsewhere = elsewhere.map(|spec| Offer::Command(spec.command));
        // conditions stand among the words of the filter language
        let by_name = offers().filter(|offer| !matches!(offer, Offer::Customers(_)));
        let all = of(true).chain(of(false)).chain(elsewhere).chain(by_name);
        let allowed = all.filter(|offer| !self.barred.contains(offer));
        let rows = fitting(allowed, &typed, s).into_iter().map(HelpRow::Offer);
        let leads = |row: &&HelpRow| match row {
            HelpRow::Topic(topic) => topic.holds(&typed),
            // what is looked for stands by how well it fits
            HelpRow::Offer(_) => typed.is_empty(),
        };
        let first: Vec<HelpRow> = self.first.iter().filter(leads).cloned().collect();
        let rows: Vec<HelpRow> = rows.filter(|row| !first.contains(row)).collect();
        first
            .into_iter()
            .chain(rows)
            .chain(topics::found(&typed, s.lang).into_iter().map(HelpRow::Topic))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_offers_say_the_same() {
        for lang in [Lang::En, Lang::Zh] {
            let own = |offer: &Offer| !matches!(offer, Offer::Command(Command::Abort));
            let mut labels: Vec<String> = all().filter(own).map(|offer| offer.label(lang)).collect();
            labels.sort();
            let twice: Vec<&String> =
                labels.windows(2).filter(|two| two[0] == two[1]).map(|two| &two[0]).collect();
            assert_eq!(twice, [] as [&String; 0]);
        }
    }
}
