//! Classes explained: the account of why a customer stands where it stands, scheme by scheme. How the rules are edited
//! stands in `rules`.

use super::super::key::{Code, Key};
use super::super::popup::Popup;
use super::super::popup::why::{WhyView, explained};
use super::super::{App, room};

impl App {
    pub(super) fn why_key(&mut self, mut view: WhyView, key: Key) {
        let count = explained(&self.shared).max(1);
        let page = room::popup(self.shared.size);
        match key.narrow().code {
            Code::Esc | Code::Enter | Code::Char('q' | 'w' | '-') => return,
            Code::Tab | Code::Right | Code::Char('l') => {
                view = WhyView { scheme: (view.scheme + 1) % count, top: 0 };
            }
            Code::BackTab | Code::Left | Code::Char('h') => {
                view = WhyView { scheme: (view.scheme + count - 1) % count, top: 0 };
            }
            Code::Down | Code::Char('j') => view.top += 1,
            Code::Up | Code::Char('k') => view.top = view.top.saturating_sub(1),
            Code::PageDown => view.top += page,
            Code::PageUp => view.top = view.top.saturating_sub(page),
            Code::Home => view.top = 0,
            _ => {}
        }
        self.popups.push(Popup::Why(view));
    }
}
