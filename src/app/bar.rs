//! Which keys the bottom line shows on each pane, the most wanted first; it draws as many as fit.

use super::App;
use super::command::Command as C;
use super::panes::PaneId;
use super::panes::board;
use super::panes::ledger::View;
use super::panes::matrix;

/// The commands of the bottom line here and now.
pub fn keys(app: &App) -> Vec<C> {
    let mut keys = match app.active {
        PaneId::Customers => {
            vec![C::Find, C::Log, C::Open, C::Filter, C::Views, C::Sort, C::New, C::Mark, C::Tags]
        }
        PaneId::Profile => vec![C::Find, C::Log, C::Edit, C::New, C::Tags, C::NextView, C::Copy],
        PaneId::Ledger if app.panes.ledger.view == View::Touches => {
            vec![C::Find, C::Log, C::Filter, C::Edit, C::Done, C::Open, C::NextView]
        }
        PaneId::Ledger if app.panes.ledger.view == View::Complaints => {
            vec![C::Find, C::New, C::Answer, C::Solve, C::Done, C::Take, C::End, C::Whole, C::NextView]
        }
        PaneId::Ledger if app.panes.ledger.view == View::Requests => {
            vec![C::Find, C::New, C::Take, C::Answer, C::End, C::Done, C::Open, C::Whole, C::NextView]
        }
        PaneId::Ledger => {
            vec![C::Find, C::Log, C::Done, C::Snooze, C::NoAnswer, C::Busy, C::CallBack, C::Open, C::NextView]
        }
        PaneId::Matrix if app.panes.matrix.view == matrix::View::Scripts => {
            vec![C::Find, C::New, C::Edit, C::Approve, C::Withdraw, C::Copy, C::NextView]
        }
        PaneId::Matrix if app.panes.matrix.view == matrix::View::Campaigns => {
            if app.panes.matrix.campaigns.open.is_some() {
                vec![C::Find, C::Back, C::Send, C::PutBack, C::Texts, C::Copy, C::Done, C::Open, C::NextView]
            } else {
                vec![C::Find, C::New, C::Open, C::Send, C::Edit, C::Done, C::Approve, C::NextView]
            }
        }
        PaneId::Matrix if app.panes.matrix.view == matrix::View::Plans => {
            vec![C::Find, C::New, C::Open, C::Edit, C::Done, C::Send, C::NextView]
        }
        PaneId::Matrix => vec![C::Find, C::Open, C::Edit, C::Versions, C::Festivals, C::NextView],
        PaneId::Board if app.panes.board.view == board::View::Alarms => {
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
        PaneId::Board => {
            vec![C::Find, C::Open, C::PreviousRecord, C::NextRecord, C::NextView, C::Length, C::Report]
        }
    };
    if !app.shared.waiting.is_empty() {
        keys.insert(0, C::Forms);
    }
    keys.extend([C::Undo, C::Palette, C::Help]);
    keys
}
