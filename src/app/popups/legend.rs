//! What the view on the screen is for and what its columns mean. It reads no data: every view has its page in `i18n`.

use super::super::App;
use super::super::key::{Code, Key};
use super::super::panes::{PaneId, board, ledger, matrix};
use super::super::popup::Popup;
use super::super::popup::legend::Legend;
use super::super::room;
use crate::i18n::legend::Page;

impl App {
    /// The page of the view on the screen.
    pub fn page(&self) -> Page {
        match self.active {
            PaneId::Customers => Page::Customers,
            PaneId::Profile => Page::Profile,
            PaneId::Ledger => match self.panes.ledger.view {
                ledger::View::FollowUps => Page::FollowUps,
                ledger::View::Touches => Page::Touches,
                ledger::View::Requests => Page::Requests,
                ledger::View::Complaints => Page::Complaints,
            },
            PaneId::Matrix => match self.panes.matrix.view {
                matrix::View::Matrix => Page::Matrix,
                matrix::View::Scripts => Page::Scripts,
                matrix::View::Campaigns => Page::Campaigns,
                matrix::View::Plans => Page::Plans,
            },
            PaneId::Board => match self.panes.board.view {
                board::View::Kpis => Page::Kpis,
                board::View::Alarms => Page::Alarms,
                board::View::Counts => Page::Counts,
                board::View::Evaluation => Page::Evaluation,
                board::View::People => Page::People,
                board::View::Analysis => Page::Analysis,
                board::View::Models => Page::Models,
            },
        }
    }

    /// Whether `w` asks for the classes of the customer at hand: in the panes that show customers.
    pub(in crate::app) fn explains_classes(&self) -> bool {
        let customers = matches!(self.active, PaneId::Customers | PaneId::Profile | PaneId::Ledger);
        customers && self.shared.subject.is_some()
    }

    pub(in crate::app) fn open_legend(&mut self) {
        let legend = Legend { page: self.page(), top: 0 };
        self.popups.push(Popup::Legend(legend));
    }

    pub(super) fn legend_key(&mut self, mut legend: Legend, key: Key) {
        match key.narrow().code {
            Code::Esc | Code::Enter | Code::Char('q' | 'w' | 'i' | '-') => return,
            Code::Down | Code::Char('j') => legend.top += 1,
            Code::Up | Code::Char('k') => legend.top = legend.top.saturating_sub(1),
            Code::PageDown => legend.top += room::popup(self.shared.size),
            Code::PageUp => legend.top = legend.top.saturating_sub(room::popup(self.shared.size)),
            Code::Home => legend.top = 0,
            _ => {}
        }
        self.popups.push(Popup::Legend(legend));
    }
}
