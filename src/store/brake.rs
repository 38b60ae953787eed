//! How long work is asked to stop between two of its steps: by the person, who may want it again, or because the session is
//! over, after which nothing long goes on or begins. What stops can be taken up again later; what cannot asks no brake.

use std::sync::atomic::{AtomicBool, Ordering};

/// The brake of one store, shared by whoever works and whoever wants an end of it.
#[derive(Debug, Default)]
pub struct Brake {
    pulled: AtomicBool,
    over: AtomicBool,
}

impl Brake {
    /// Asks the present long work to stop.
    pub fn pull(&self) {
        self.pulled.store(true, Ordering::Relaxed);
    }

    /// New work begins, which nobody has asked to stop yet.
    pub fn release(&self) {
        self.pulled.store(false, Ordering::Relaxed);
    }

    /// The session is over, for good.
    pub fn end(&self) {
        self.over.store(true, Ordering::Relaxed);
    }

    /// Whether the present work is to stop.
    pub fn is_pulled(&self) -> bool {
        self.is_over() || self.pulled.load(Ordering::Relaxed)
    }

    /// Whether the session is over.
    pub fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_work_runs_after_it_was_pulled_but_not_after_the_end() {
        let brake = Brake::default();
        brake.pull();
        assert!(brake.is_pulled() && !brake.is_over());
        brake.release();
        assert!(!brake.is_pulled());
        brake.end();
        brake.release();
        assert!(brake.is_pulled() && brake.is_over());
    }
}
