//! What answering a leak takes besides writing: the backups get another key in a thread with a connection of its own, so
//! that the person goes on working meanwhile; and whoever was frozen is shut out even where their session hangs. The old
//! key lives in this thread only. Which folder the backups stand in the store knows; nobody types a path here.

use std::path::PathBuf;
use std::sync::mpsc::Sender;

use crate::app::Msg;
use crate::domain::clock::Now;
use crate::domain::leak::Secret;
use crate::domain::people::{Actor, PersonId};
use crate::store::request::{Rekeyed, VaultError};
use crate::store::{Mode, Store};

/// Backups that are to get another key.
pub struct Job {
    /// Of which store.
    pub db: PathBuf,
    /// By whom.
    pub actor: Actor,
    /// When.
    pub now: Now,
    /// For which leak.
    pub leak: i64,
    /// The public key.
    pub key: String,
    /// The old secret key, where it is there.
    pub old: Option<Secret>,
}

/// Starts it; a session that has ended meanwhile wants to hear nothing, what was done stands in the record.
pub fn start(job: Job, send: Sender<Msg>) {
    std::thread::spawn(move || drop(send.send(Msg::Reencrypted(work(&job)))));
}

fn work(job: &Job) -> Result<Option<Rekeyed>, VaultError> {
    let mut store = Store::open(&job.db, Mode::Existing)?;
    let request = format!("key-{}", uuid::Uuid::now_v7().simple());
    store.reencrypt(&job.actor, job.now, (job.leak, &request), &job.key, job.old.as_ref())
}

/// Ends what a frozen person has open.
pub fn shut_out(db: PathBuf, person: PersonId) {
    std::thread::spawn(move || {
        if let Ok(store) = Store::open(&db, Mode::Existing) {
            // each session sees by itself that it is shut out; this is for those that hang
            let _ = super::sessions::end(&store, person);
        }
    });
}
