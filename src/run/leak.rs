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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::{Change, Envelope};
    use crate::domain::leak::Leak;
    use crate::run::tests::company;
    use crate::store::vault;

    #[test]
    fn k52_the_backups_get_another_key_beside_the_screen_and_what_failed_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let (db, mut store, actor, now) = company(folder.path());
        let what = Leak::Report { person: None, since: None, note: "硬盘失窃".into() };
        let envelope = Envelope { request: "r".into(), change: Change::Leak(what), reason: None };
        store.write(&actor, &envelope, now).unwrap();
        let ((secret, old), (_, new)) = (vault::new_pair(), vault::new_pair());
        let backups = folder.path().join("backups");
        std::fs::create_dir(&backups).unwrap();
        let file = backups.join("guanxi-20240520-140000.db.age");
        store.back_up_to(&file, Some(&vault::recipient(&old).unwrap())).unwrap();
        store.note_backups(&backups).unwrap();
        let (send, inbox) = std::sync::mpsc::channel();
        let run = |key: &str, old: Option<Secret>| {
            let (db, actor, key) = (db.clone(), actor.clone(), key.to_owned());
            start(Job { db, actor, now, leak: 1, key, old }, send.clone());
            match inbox.recv().unwrap() {
                Msg::Reencrypted(result) => result,
                other => panic!("{other:?}"),
            }
        };
        assert!(matches!(run("age1", None), Err(VaultError::Recipient(_))));
        let told = run(&new, Some(Secret::new(secret))).unwrap().unwrap();
        assert_eq!(told.changed, ["guanxi-20240520-140000.db.age"]);
        let (_, third) = vault::new_pair();
        assert_eq!(run(&third, None), Ok(None), "without the old key: new backups only");
    }
}
