//! The fit of the repeat-purchase model, on a thread and a connection of its own: it reads every order, and neither the
//! reader nor the writer may wait for that. Nobody waits for it either: a session that ends lets it go.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use rusqlite::InterruptHandle;

use crate::domain::clock::Now;
use crate::domain::models::forecast::Forecast;
use crate::store::{Store, forecast, open};

/// The fit of this session, if it runs.
pub(super) struct Fitting {
    path: PathBuf,
    running: Option<(Receiver<Forecast>, InterruptHandle)>,
    /// The day on which it failed: tomorrow it is tried again.
    failed: Option<chrono::NaiveDate>,
}

impl Fitting {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, running: None, failed: None }
    }

    /// Whether it is at work, so that somebody should look again soon.
    pub(super) const fn runs(&self) -> bool {
        self.running.is_some()
    }

    /// Begins one that is due, keeps one that is done; whether screens have something new to show.
    pub(super) fn look(&mut self, store: &Store, now: Now) -> bool {
        let today = now.today();
        if let Some((done, _)) = &self.running {
            let fit = match done.try_recv() {
                Ok(fit) => Some(fit),
                Err(TryRecvError::Empty) => return false,
                Err(TryRecvError::Disconnected) => None,
            };
            self.running = None;
            self.failed = if fit.is_none() { Some(today) } else { None };
            return fit.is_some_and(|fit| store.keep_forecast(&fit).unwrap_or(false));
        }
        if self.failed != Some(today) && store.begin_forecast(now).unwrap_or(false) && !self.begin(now) {
            self.failed = Some(today);
        }
        false
    }

    /// Starts the thread; whether it could.
    fn begin(&mut self, now: Now) -> bool {
        let Ok(db) = open::reader(&self.path) else { return false };
        let interrupt = db.get_interrupt_handle();
        let (send, done) = channel();
        std::thread::spawn(move || {
            let Ok(zone) = crate::store::settings::zone(&db) else { return };
            if let Ok(fit) = forecast::fit(&db, zone.day(now.at)) {
                // a session that has ended needs none
                let _ = send.send(fit);
            }
        });
        self.running = Some((done, interrupt));
        true
    }
}

impl Drop for Fitting {
    fn drop(&mut self) {
        if let Some((_, interrupt)) = &self.running {
            interrupt.interrupt();
        }
    }
}
