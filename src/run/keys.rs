//! The keys of the terminal and the signals, each read by one thread as long as the program lives. A read cannot be called
//! off: a second thread would stand behind the first, which takes the next key and has nobody to give it to. What is typed
//! between two sessions waits for the next one; what is made between them is stopped by it.

use std::sync::mpsc::Sender;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Result;

use super::signals::watch_signals;
use crate::app::Msg;
use crate::app::key::{Code, Key};
use crate::ui::term;

/// Who listens, and what nobody has heard yet.
struct Keys {
    heard: bool,
    read: bool,
    session: Option<Sender<Msg>>,
    unheard: Vec<Msg>,
}

impl Keys {
    const fn new() -> Self {
        Self { heard: false, read: false, session: None, unheard: Vec::new() }
    }

    /// Gives a message to whoever listens, else keeps it; but for being put aside and brought back, which are over by the time
    /// a session begins.
    fn post(&mut self, msg: Msg) {
        let back = match &self.session {
            Some(session) => session.send(msg).err().map(|unsent| unsent.0),
            None => Some(msg),
        };
        self.unheard.extend(back.filter(|msg| !matches!(msg, Msg::Stop | Msg::Woken)));
    }

    fn listen(&mut self, session: Sender<Msg>) {
        self.session = Some(session);
        for msg in std::mem::take(&mut self.unheard) {
            self.post(msg);
        }
    }

    /// Whether somebody wants an end of what is made while no session listens. A key that says so is taken, the end of the
    /// program stays for the session that follows.
    fn stopped(&mut self) -> Option<Wanted> {
        if self.unheard.iter().any(|msg| matches!(msg, Msg::HangUp)) {
            return Some(Wanted::End);
        }
        let ends = |key: &Key| key.code == Code::Esc || key.ctrl && key.code == Code::Char('c');
        let at = self.unheard.iter().position(|msg| matches!(msg, Msg::Key(key) if ends(key)))?;
        // what was typed before it was meant for what does not come about now
        self.unheard.drain(..=at);
        Some(Wanted::Back)
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

/// What somebody wants of work that goes on while no session listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The end of the program.
    End,
    /// To be back where they were.
    Back,
}

/// Hears signals from now on, before a session does: none of them ends the program by itself any more.
pub fn hear() -> Result<()> {
    let mut keys = keys();
    if !std::mem::replace(&mut keys.heard, true) {
        watch_signals(|msg| self::keys().post(msg))?;
    }
    Ok(())
}

/// Whether somebody wants an end of what is being made, and what instead.
pub fn stopped() -> Option<Wanted> {
    keys().stopped()
}

/// Lets a session hear keys and signals from now on.
pub fn listen(session: Sender<Msg>) -> Result<()> {
    hear()?;
    let mut keys = keys();
    if !std::mem::replace(&mut keys.read, true) {
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

    #[test]
    fn what_is_made_between_two_sessions_is_stopped_by_esc_and_an_end_of_the_program_stays_for_the_next_one()
    {
        let key = |code| Msg::Key(Key::plain(code));
        let mut keys = Keys::new();
        keys.post(key(Code::Char('a')));
        assert_eq!(keys.stopped(), None);
        keys.post(key(Code::Esc));
        keys.post(key(Code::Char('b')));
        assert_eq!(keys.stopped(), Some(Wanted::Back));
        assert_eq!(keys.unheard.len(), 1, "what was typed after it is for the session");
        keys.post(Msg::HangUp);
        assert_eq!((keys.stopped(), keys.stopped()), (Some(Wanted::End), Some(Wanted::End)));
    }

    #[test]
    fn whoever_puts_the_program_aside_while_no_session_listens_does_not_find_the_next_one_put_aside() {
        let mut keys = Keys::new();
        for msg in [Msg::Stop, Msg::Woken, Msg::HangUp] {
            keys.post(msg);
        }
        let (session, inbox) = channel();
        keys.listen(session);
        let heard: Vec<Msg> = inbox.try_iter().collect();
        assert!(matches!(heard[..], [Msg::HangUp]));
        keys.post(Msg::Stop);
        assert!(matches!(inbox.try_recv(), Ok(Msg::Stop)), "a session that listens is told");
    }
}
