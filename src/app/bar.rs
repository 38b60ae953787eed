//! Which keys the bottom line shows on each pane, the most wanted first; it draws as many as fit.

use super::App;
use super::command::{Command as C, Place};
use super::panes::PaneId;
use super::panes::profile::Target;
use super::panes::{board, ledger, matrix};
use crate::domain::field::{Noun, Row};
use crate::i18n::{Text, commands};

/// Below this width a command with a short name is called by it.
const NARROW: u16 = 60;

/// The commands of the bottom line here and now.
pub fn keys(app: &App) -> Vec<C> {
    if !app.popups.is_empty() {
        // what is open has a line of its own, and the pane's keys would be typed into it
        return Vec::new();
    }
    let mut keys = of_pane(app);
    // without a customer there is little that could be taken back
    if !is_empty(app) {
        keys.push(C::Undo);
    }
    keys.extend([C::Palette, C::Help]);
    keys.retain(|key| !app.bars(*key));
    if !app.shared.waiting.is_empty() {
        keys.insert(0, C::Forms);
    }
    keys
}

/// The commands of the pane and view that show beside those of every place: first those of no other pane.
pub fn own(app: &App) -> Vec<C> {
    let mut keys = of_pane(app);
    keys.retain(|key| key.spec().place != Place::Anywhere && !app.bars(*key));
    keys.sort_by_key(|key| key.spec().place == Place::List);
    keys
}

/// The commands of the pane that is shown.
fn of_pane(app: &App) -> Vec<C> {
    match app.active {
        PaneId::Customers if is_empty(app) => {
            vec![C::Demo, C::Import, C::New, C::Language]
        }
        PaneId::Customers => {
            vec![C::Find, C::Log, C::Open, C::Filter, C::Views, C::Sort, C::New, C::Mark, C::Tags]
        }
        // what these show begins with a customer
        PaneId::Profile | PaneId::Ledger | PaneId::Board if is_empty(app) => vec![C::Customers, C::NextView],
        PaneId::Profile => profile_keys(app.panes.profile.on()),
        PaneId::Ledger => {
            let mut keys = ledger_keys(app.panes.ledger.view);
            let item = app.panes.ledger.item(&app.shared);
            if app.panes.ledger.view == ledger::View::FollowUps
                && let Some(item) = item
            {
                keys.retain(|key| ledger::item::takes(item, *key));
                if item.is_case() {
                    keys.insert(3, C::Answer);
                }
            }
            keys
        }
        PaneId::Matrix => matrix_keys(&app.panes.matrix),
        PaneId::Board if app.panes.board.lists_customers() => {
            let mut keys = vec![C::Open, C::Back, C::Log, C::Mark, C::MarkAll, C::Tags, C::Plan, C::HandOver];
            if app.panes.board.has_sides(&app.shared) {
                keys.insert(2, C::Filter);
            }
            keys
        }
        PaneId::Board if app.panes.board.chooses_scheme() => {
            vec![
                C::Open,
                C::Filter,
                C::Left,
                C::Right,
                C::PreviousRecord,
                C::NextRecord,
                C::Length,
                C::NextView,
            ]
        }
        PaneId::Board => board_keys(app.panes.board.view),
    }
}

/// Whether it is known that there is no customer yet.
fn is_empty(app: &App) -> bool {
    app.shared.feeds.title().is_some_and(|title| title.customers == 0)
}

/// What a command does here, where that is something else than its name says.
pub fn label(app: &App, command: C) -> Text {
    match (app.active, command) {
        (PaneId::Ledger, C::Done) if app.panes.ledger.view == ledger::View::Touches => commands::OUTCOME,
        (PaneId::Ledger, C::Whole) if app.panes.ledger.view != ledger::View::FollowUps => commands::RANGE,
        // the smallest screen has no room for more beside the way to all commands
        (_, C::Log) if app.shared.size.width < NARROW => commands::LOG_SHORT,
        (PaneId::Board, C::PreviousRecord) => commands::PERIOD_BEFORE,
        (PaneId::Board, C::NextRecord) => commands::PERIOD_AFTER,
        (PaneId::Board, C::Filter) if app.panes.board.lists_customers() => commands::ONE_SIDE,
        (PaneId::Board, C::Filter) if app.panes.board.chooses_scheme() => commands::SCHEME,
        _ => command.spec().text,
    }
}

/// The commands of a profile, those of the line under the cursor before what works on all of them.
fn profile_keys(on: &Target) -> Vec<C> {
    let here: &[C] = match on {
        Target::Record(Row { noun: Noun::Budget, .. }, _) => &[C::ApproveBudget, C::Remove],
        Target::Record(Row { noun: Noun::Coupon, .. }, _) => &[C::Done, C::Remove],
        Target::Task(.., true) => &[C::Done, C::Snooze],
        Target::Class(..) => &[C::Why, C::Class],
        Target::Record(..) | Target::Tag(_, true) => &[C::Remove],
        _ => &[],
    };
    let all = [C::New, C::Tags, C::NextView, C::Copy];
    [C::Find, C::Log, C::Edit].iter().chain(here).chain(&all).copied().collect()
}

/// The commands of a view of the ledger.
fn ledger_keys(view: ledger::View) -> Vec<C> {
    use ledger::View as V;
    match view {
        V::FollowUps => {
            vec![C::Find, C::Log, C::Done, C::Snooze, C::NoAnswer, C::Busy, C::CallBack, C::Open, C::NextView]
        }
        V::Touches => vec![C::Find, C::Log, C::Filter, C::Edit, C::Done, C::New, C::Open, C::NextView],
        V::Requests => {
            vec![C::Find, C::New, C::Take, C::Answer, C::End, C::Done, C::Open, C::Whole, C::NextView]
        }
        V::Complaints => {
            vec![C::Find, C::New, C::Answer, C::Solve, C::Done, C::Take, C::End, C::Whole, C::NextView]
        }
    }
}

/// The commands of a view of the strategy pane.
fn matrix_keys(matrix: &matrix::Matrix) -> Vec<C> {
    use matrix::View as V;
    match matrix.view {
        V::Matrix => {
            vec![C::Find, C::Open, C::Edit, C::Rules, C::Versions, C::Festivals, C::Legend, C::NextView]
        }
        V::Scripts => match matrix.scripts.shelf() {
            Noun::Script => {
                vec![C::Find, C::New, C::Edit, C::Approve, C::Withdraw, C::Copy, C::Right, C::NextView]
            }
            Noun::Activation => vec![C::Find, C::Open, C::Edit, C::Left, C::Right, C::NextView],
            _ => vec![C::Find, C::New, C::Edit, C::Remove, C::Copy, C::Left, C::Right, C::NextView],
        },
        V::Campaigns if matrix.campaigns.at.open.is_some() => {
            vec![C::Find, C::Back, C::Send, C::PutBack, C::Texts, C::Copy, C::Done, C::Open, C::NextView]
        }
        V::Campaigns => {
            vec![C::Find, C::New, C::Open, C::Send, C::Edit, C::Done, C::Approve, C::NextView]
        }
        V::Plans => vec![C::Find, C::New, C::Open, C::Edit, C::Done, C::Send, C::NextView],
    }
}

/// The commands of a view of the board.
fn board_keys(view: board::View) -> Vec<C> {
    use board::View as V;
    match view {
        V::Kpis => {
            vec![
                C::Open,
                C::PreviousRecord,
                C::NextRecord,
                C::Edit,
                C::New,
                C::Why,
                C::Compare,
                C::Length,
                C::Span,
                C::Report,
                C::NextView,
            ]
        }
        V::Alarms => {
            vec![
                C::Find,
                C::Acknowledge,
                C::Act,
                C::Done,
                C::CloseAlarm,
                C::Open,
                C::New,
                C::AlarmRange,
                C::NextView,
            ]
        }
        V::Evaluation => vec![C::Open, C::Back, C::New, C::Edit, C::Done, C::Why, C::NextView],
        V::People => {
            vec![C::Open, C::Edit, C::Legend, C::PreviousRecord, C::NextRecord, C::Length, C::NextView]
        }
        V::Analysis => {
            vec![C::Open, C::Left, C::Right, C::PreviousRecord, C::NextRecord, C::Length, C::NextView]
        }
        _ => vec![C::Find, C::Open, C::PreviousRecord, C::NextRecord, C::NextView, C::Length, C::Report],
    }
}
