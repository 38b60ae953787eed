//! The screen while a company is made that a session will open: the terminal is taken over, one sentence stands in its middle,
//! and the session that follows takes it as it is.

use anyhow::Result;

use super::look::Look;
use super::place;
use crate::i18n::Lang;
use crate::ui::term::{self, Screen};

/// The screen that waits.
pub struct Waiting {
    screen: Screen,
    what: String,
}

impl Waiting {
    /// Takes the terminal over to say what is being made.
    pub fn begin(what: String, lang: Lang) -> Result<Self> {
        let look = Look::read(&place::config(), lang)?;
        let mut screen = Screen::new(look.mouse, look.plain)?;
        screen.enter()?;
        let mut waiting = Self { screen, what };
        waiting.tell("");
        Ok(waiting)
    }

    /// Says how far it is.
    pub fn tell(&mut self, far: &str) {
        // a terminal that is gone is met by the session
        let _ = self.screen.wait(&self.what, far);
    }

    /// Leaves the terminal to the session that follows.
    pub fn end(self) {
        self.screen.hand_on();
    }
}

/// Gives the terminal back, where the session that was to follow did not come about.
pub fn give_back() {
    term::give_back();
}
