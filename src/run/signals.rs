//! What ends or wakes a session from outside the loop: a panic of any thread, and the signals of the system. Both only post
//! a message, so that the loop keeps what was typed.

use std::io::Write as _;
use std::sync::mpsc::Sender;
use std::sync::{Mutex, PoisonError};

use anyhow::Result;

use crate::app::Msg;
use crate::i18n::{Lang, run as t};
use crate::ui::term;

/// A defect must not leave the person in a broken terminal, nor with a page of addresses.
pub fn give_back_on_panic(lang: Lang, send: Sender<Msg>) {
    let screen = std::thread::current().id();
    let broken = Mutex::new(send);
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().id() != screen {
            // the loop still has the terminal: it keeps what was typed, gives the terminal back and ends
            let send = broken.lock().unwrap_or_else(PoisonError::into_inner);
            let _ = send.send(Msg::HangUp);
            return;
        }
        term::release();
        let place = info.location().map_or_else(String::new, |l| {
            let file = l.file().rsplit('/').next().unwrap_or_default();
            format!("{file}:{}", l.line())
        });
        // where the line is cut there is nobody to tell
        let _ = writeln!(std::io::stderr(), "{}", t::BROKEN.with(lang, &[&place]));
    }));
}

/// What asks a program to end ends the session in good order: SIGTERM, SIGHUP, and SIGINT and SIGQUIT, which on this terminal
/// are keys and no signals, so that they come from outside. SIGCONT draws anew. One thread hears them as long as the program
/// lives, so that one between two sessions reaches the next.
pub fn watch_signals(post: impl Fn(Msg) + Send + 'static) -> Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    let watched = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT];
    let mut signals = signal_hook::iterator::Signals::new(watched)?;
    std::thread::spawn(move || {
        for signal in &mut signals {
            let msg = match signal {
                // on a server a stray one ends nobody's session (`harden`)
                SIGINT | SIGQUIT if super::env::is_guest() => continue,
                SIGTERM | SIGHUP | SIGINT | SIGQUIT => Msg::HangUp,
                SIGTSTP => Msg::Stop,
                SIGCONT => Msg::Woken,
                _ => continue,
            };
            post(msg);
        }
    });
    Ok(())
}
