//! The keys of the terminal and the signals, each read by one thread as long as the program lives. A read cannot be called off: a second thread
//! would stand behind the first, which takes the next key and has nobody to give it to. What is typed between two sessions
//! waits for the next one.

use std::sync::mpsc::Sender;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Result;

use super::signals::watch_signals;
use crate::app::Msg;
use crate::ui::term;

/// Who listens, and what nobody has heard yet.
struct Keys {
    read: bool,
    session: Option<Sender<Msg>>,
    unheard: Vec<Msg>,
}

impl Keys {
    const fn new() -> Self {
        Self { read: false, session: None, unheard: Vec::new() }
    }

    /// Gives a message to whoever listens, else keeps it.
    fn post(&mut self, msg: Msg) {
        let back = match &self.session {
            Some(session) => session.send(msg).err().map(|unsent| unsent.0),
            None => Some(msg),
        };
        self.unheard.extend(back);
    }

    fn listen(&mut self, session: Sender<Msg>) {
        self.session = Some(session);
        for msg in std::mem::take(&mut self.unheard) {
            self.post(msg);
        }
    }

    /// Nobody listens any more; what the session has got and not taken waits for the next, an end of the line too.
    fn hush(&mut self, untaken: impl Iterator<Item = Msg>) {
        self.session = None;
        let typed = untaken.filter(|msg| matches!(msg, Msg::Key(_) | Msg::Paste(_) | Msg::HangUp));
        self.unheard.splice(0..0, typed);
    }
}

static KEYS: Mutex<Keys> = Mutex::new(Keys::new());

fn keys() -> MutexGuard<'static, Keys> {
    KEYS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lets a session hear keys and signals from now on.
pub fn listen(session: Sender<Msg>) -> Result<()> {
    let mut keys = keys();
    if !std::mem::replace(&mut keys.read, true) {
        watch_signals(|msg| self::keys().post(msg))?;
        std::thread::spawn(|| term::read(|msg| self::keys().post(msg)));
    }
    keys.listen(session);
    Ok(())
}

/// Keeps what is typed from now on for the next session, behind what the one that ends has not taken.
pub fn hush(untaken: impl Iterator<Item = Msg>) {
    keys().hush(untaken);
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::app::key::{Code, Key};

    #[test]
    fn what_is_typed_between_two_sessions_reaches_the_next_one_in_its_order() {
        let key = |sign| Msg::Key(Key::plain(Code::Char(sign)));
        let mut keys = Keys::new();
        let (first, inbox) = channel();
        keys.listen(first);
        keys.post(key('a'));
        keys.post(key('b'));
        assert!(matches!(inbox.recv(), Ok(Msg::Key(Key { code: Code::Char('a'), .. }))));
        // the first session ends with a key in its inbox
        keys.hush(inbox.try_iter().chain([Msg::Deadline]));
        drop(inbox);
        keys.post(key('c'));
        let (second, inbox) = channel();
        keys.listen(second);
        keys.post(key('d'));
        let typed: String = inbox
            .try_iter()
            .map(|msg| match msg {
                Msg::Key(Key { code: Code::Char(sign), .. }) => sign,
                _ => '?',
            })
            .collect();
        assert_eq!(typed, "bcd");
    }
}
