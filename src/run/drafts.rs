//! Drafts on disk, in a folder beside the database so that 200 people's autosaves do not wake every session. A file is
//! written beside and renamed, so a killed program leaves the old text or the new one. A session that has died leaves its
//! drafts to the next one of the same person; one that lives keeps its own. The disk may take its time: a thread of its
//! own ([`Keeper`]) waits for it, in the order in which it is told, and is done before the session ends.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

use serde_json::Value;

use crate::app::RESERVED;
use crate::app::draft::{Draft, Place};
use crate::domain::customer::CustomerId;
use crate::store::process;

/// The drafts of one person's session.
#[derive(Clone)]
pub struct Drafts {
    folder: PathBuf,
    login: String,
    session: Session,
}

/// The process that wrote a draft: its number, which the system gives again to others, and when it began.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Session {
    pid: u32,
    began: u64,
}

/// How the name of a file ends that is not whole yet.
const HALF: &str = ".new";

impl Session {
    /// As it stands in the name of a file.
    fn named(text: &str) -> Option<Self> {
        // names used to have no instant: no process has begun at the system's first tick, so that one counts as gone
        let (pid, began) = text.split_once('-').unwrap_or((text, "0"));
        Some(Self { pid: pid.parse().ok()?, began: began.parse().ok()? })
    }

    fn here() -> Self {
        let pid = std::process::id();
        Self { pid, began: process::began(pid).unwrap_or(0) }
    }

    fn lives(self) -> bool {
        process::lives(self.pid, self.began)
    }
}

impl Drafts {
    /// The drafts of `login` beside `database`.
    pub fn of(database: &Path, login: &str) -> Self {
        Self { folder: super::place::drafts(database), login: file_name(login), session: Session::here() }
    }

    fn file(&self, id: u64) -> PathBuf {
        self.file_of(self.session, id)
    }

    fn file_of(&self, Session { pid, began }: Session, id: u64) -> PathBuf {
        self.folder.join(format!("{}.{pid}-{began}.{id}.json", self.login))
    }

    fn place_file(&self) -> PathBuf {
        self.folder.join(format!("{}.place.json", self.login))
    }

    /// Takes over what dead sessions of a colleague left about customers that were handed over (A142): they become drafts
    /// of this person, which `take_over` finds then. What cannot be read stays where it is.
    pub fn inherit(&self, giver: &str, handed: impl Fn(i64) -> bool) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        let giver = file_name(giver);
        for entry in entries.flatten() {
            let Some(name) = entry.file_name().into_string().ok() else { continue };
            let Some((session, id)) = parts(&name, &giver).filter(|(s, _)| !s.lives()) else { continue };
            let draft =
                fs::read(entry.path()).ok().and_then(|text| serde_json::from_slice::<Draft>(&text).ok());
            let whom = draft.and_then(|d| d.subject).map(|subject| subject.id.0);
            if !whom.is_some_and(&handed) {
                continue;
            }
            // a number that is free: nothing of one's own is written over
            let own = (id..id.saturating_add(1_000)).map(|id| self.file_of(session, id));
            if let Some(to) = own.into_iter().find(|to| !to.exists()) {
                let _ = fs::rename(entry.path(), to);
            }
        }
    }

    /// Takes over what sessions that have died left, as this one begins; numbered from 1, oldest first. A file that cannot
    /// be read stays.
    pub fn take_over(&self) -> Vec<Draft> {
        self.adopt(1, |session| session == self.session || !session.lives())
    }

    /// Takes over what sessions left that have died since: a line that was cut takes its time to be noticed. Numbered from
    /// `first`, [`RESERVED`] at most.
    pub fn take_over_more(&self, first: u64) -> Vec<Draft> {
        self.adopt(first, |session| session != self.session && !session.lives())
    }

    fn adopt(&self, first: u64, free: impl Fn(Session) -> bool) -> Vec<Draft> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let mut left: Vec<(std::time::SystemTime, PathBuf, Draft)> = entries
            .flatten()
            .filter_map(|entry| {
                let name = entry.file_name().into_string().ok()?;
                self.sweep(&name);
                let (session, _) = parts(&name, &self.login)?;
                let text = free(session).then(|| fs::read(entry.path()).ok())??;
                let draft: Draft = serde_json::from_slice(&text).ok()?;
                let at = entry.metadata().and_then(|m| m.modified()).unwrap_or(std::time::UNIX_EPOCH);
                Some((at, entry.path(), draft))
            })
            .collect();
        left.sort_by_key(|(at, path, _)| (*at, path.clone()));
        let mut drafts = Vec::new();
        for (id, (_, path, draft)) in (first..first.saturating_add(RESERVED)).zip(left) {
            let draft = Draft { id, ..draft };
            // under the new number first, so that a cut in between leaves it twice rather than not at all
            if self.keep(&draft).is_ok() && path != self.file(draft.id) {
                let _ = fs::remove_file(path);
            }
            drafts.push(draft);
        }
        drafts
    }

    /// Keeps a draft.
    pub fn keep(&self, draft: &Draft) -> io::Result<()> {
        self.write(&self.file(draft.id), &serde_json::to_vec(draft)?)
    }

    /// Forgets a draft.
    pub fn forget(&self, id: u64) {
        // one that was never kept is forgotten already
        let _ = fs::remove_file(self.file(id));
    }

    /// Removes what anybody has kept about a customer who was erased (I18); a place loses whom it stood at. Sessions that
    /// live drop what they have open by themselves.
    pub fn scrub(&self, customer: CustomerId) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.flatten() {
            let path = entry.path();
            let kept: Option<Value> =
                fs::read(&path).ok().and_then(|text| serde_json::from_slice(&text).ok());
            let Some(mut kept) = kept.filter(|kept| concerns(kept, customer.0)) else { continue };
            let place = path.to_string_lossy().ends_with(".place.json");
            match kept.as_object_mut().filter(|_| place) {
                Some(place) => {
                    place.insert("subject".to_owned(), Value::Null);
                    // what cannot be written anew goes: where somebody was is a comfort only
                    let text = serde_json::to_vec(&kept).unwrap_or_default();
                    if self.write(&path, &text).is_err() {
                        let _ = fs::remove_file(&path);
                    }
                }
                None => drop(fs::remove_file(&path)),
            }
        }
    }

    /// Remembers where the person was.
    pub fn remember(&self, place: &Place) -> io::Result<()> {
        self.write(&self.place_file(), &serde_json::to_vec(place)?)
    }

    /// Where the person was.
    pub fn place(&self) -> Option<Place> {
        serde_json::from_slice(&fs::read(self.place_file()).ok()?).ok()
    }

    fn write(&self, path: &Path, text: &[u8]) -> io::Result<()> {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)?;
        let beside = self.beside(path);
        let mut options = fs::OpenOptions::new();
        let written = options.write(true).create(true).truncate(true).mode(0o600).open(&beside);
        let done = written.and_then(|mut file| {
            file.write_all(text)?;
            file.sync_data()?;
            fs::rename(&beside, path)
        });
        if done.is_err() {
            // the error is what counts; what is left here is gone with the session at the latest
            let _ = fs::remove_file(&beside);
        }
        done
    }

    /// The file that becomes `path` once it is whole: one of this session alone, since sessions of one person share the file
    /// of their place.
    fn beside(&self, path: &Path) -> PathBuf {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let Session { pid, began } = self.session;
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        self.folder.join(format!("{name}.{pid}-{began}.{n}{HALF}"))
    }

    /// Removes what a session of this person that is gone had begun to write.
    fn sweep(&self, name: &str) {
        let of = name.strip_prefix(&self.login).is_some_and(|rest| rest.starts_with('.'));
        let session =
            name.strip_suffix(HALF).and_then(|name| name.rsplit('.').nth(1)).and_then(Session::named);
        if of && session.is_some_and(|session| !session.lives()) {
            let _ = fs::remove_file(self.folder.join(name));
        }
    }
}

/// Whether what was kept is about this customer: read as it lies there, since a newer program may have written it.
fn concerns(kept: &Value, customer: i64) -> bool {
    let named = |value: &Value| value.as_i64() == Some(customer);
    let many = kept.get("many").and_then(Value::as_array).filter(|many| many.len() == 1);
    let kind = kept.get("kind").and_then(Value::as_object).and_then(|kind| kind.values().next());
    let whom = [
        kept.pointer("/subject/id"),
        many.and_then(|many| many.first()),
        kind.and_then(|k| k.get("customer")),
    ];
    whom.into_iter().flatten().any(named)
}

/// The process and the number in the name of a draft of `login`.
fn parts(name: &str, login: &str) -> Option<(Session, u64)> {
    let (session, rest) = name.strip_prefix(login)?.strip_prefix('.')?.split_once('.')?;
    Some((Session::named(session)?, rest.strip_suffix(".json")?.parse().ok()?))
}

/// A login as a part of a file's name, another one for each: what is no letter, digit, `_` or `-` becomes its number.
fn file_name(login: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    login.chars().map(|c| if plain(c) { c.to_string() } else { format!("%{:X}", u32::from(c)) }).collect()
}

/// What the keeper is to do.
enum Errand {
    Keep(Box<Draft>),
    Forget(u64),
    Remember(Box<Place>),
    Seek(u64, bool),
    Scrub(CustomerId),
}

/// What the keeper has to say.
pub enum Word {
    /// A draft could not be kept.
    NotKept(io::Error),
    /// These were left by sessions that have died since; whether somebody asked.
    Left(Vec<Draft>, bool),
}

/// Carries drafts to the disk while the screen goes on.
pub struct Keeper {
    errands: Sender<Errand>,
    thread: JoinHandle<()>,
}

impl Keeper {
    /// Starts it; `say` takes what it has to say.
    pub fn start(drafts: Drafts, say: impl Fn(Word) + Send + 'static) -> Self {
        let (errands, inbox) = channel();
        let thread = std::thread::spawn(move || {
            for errand in inbox {
                match errand {
                    Errand::Keep(draft) => {
                        if let Err(error) = drafts.keep(&draft) {
                            say(Word::NotKept(error));
                        }
                    }
                    Errand::Forget(id) => drafts.forget(id),
                    // where the person was is a comfort, not worth a word when it cannot be kept
                    Errand::Remember(place) => drop(drafts.remember(&place)),
                    Errand::Scrub(customer) => drafts.scrub(customer),
                    Errand::Seek(first, asked) => say(Word::Left(drafts.take_over_more(first), asked)),
                }
            }
        });
        Self { errands, thread }
    }

    /// Keeps a draft.
    pub fn keep(&self, draft: Draft) {
        // the thread ends with its keeper only
        let _ = self.errands.send(Errand::Keep(Box::new(draft)));
    }

    /// Forgets a draft.
    pub fn forget(&self, id: u64) {
        let _ = self.errands.send(Errand::Forget(id));
    }

    /// Remembers where the person was.
    pub fn remember(&self, place: Box<Place>) {
        let _ = self.errands.send(Errand::Remember(place));
    }

    /// Looks for what sessions left that have died since.
    pub fn seek(&self, first: u64, asked: bool) {
        let _ = self.errands.send(Errand::Seek(first, asked));
    }

    /// Removes what anybody has kept about a customer who was erased.
    pub fn scrub(&self, customer: CustomerId) {
        let _ = self.errands.send(Errand::Scrub(customer));
    }

    /// Waits until everything is on the disk.
    pub fn close(self) {
        drop(self.errands);
        let _ = self.thread.join();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::form::FormKind;
    use crate::app::shared::Subject;
    use crate::domain::field::Field;

    /// A session whose process is gone.
    const DEAD: Session = Session { pid: u32::MAX, began: 1 };

    fn alive() -> Session {
        Session { pid: 1, began: process::began(1).unwrap() }
    }

    fn draft(id: u64, text: &str) -> Draft {
        Draft {
            id,
            kind: FormKind::Customer,
            subject: None,
            many: Vec::new(),
            texts: vec![(Field::Name, text.to_owned(), crate::domain::field::Value::None)],
            own: Vec::new(),
            focus: 0,
        }
    }

    #[test]
    fn what_a_dead_session_left_is_taken_over_and_a_living_ones_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let db = folder.path().join("a.db");
        let dead = Drafts { session: DEAD, ..Drafts::of(&db, "wang") };
        dead.keep(&draft(7, "恒远")).unwrap();
        let alive = Drafts { session: alive(), ..Drafts::of(&db, "wang") };
        alive.keep(&draft(1, "别动")).unwrap();
        let other = Drafts { session: DEAD, ..Drafts::of(&db, "li") };
        other.keep(&draft(2, "别人的")).unwrap();
        let mine = Drafts::of(&db, "wang");
        assert_eq!(mine.take_over(), [draft(1, "恒远")]);
        assert_eq!(mine.take_over(), [draft(1, "恒远")], "it stays until it is saved");
        mine.forget(1);
        assert_eq!(mine.take_over(), []);
        assert!(alive.file(1).exists() && other.file(2).exists());
    }

    #[test]
    fn what_a_session_left_that_dies_later_is_found_under_numbers_that_are_free() {
        let folder = tempfile::tempdir().unwrap();
        let db = folder.path().join("a.db");
        let mine = Drafts::of(&db, "wang");
        mine.keep(&draft(1, "自己的")).unwrap();
        let alive = Drafts { session: alive(), ..Drafts::of(&db, "wang") };
        alive.keep(&draft(1, "别动")).unwrap();
        assert_eq!(mine.take_over_more(100), []);
        // a process that has the number of a dead one is another one
        let later = Drafts { session: Session { began: 1, ..alive.session }, ..Drafts::of(&db, "wang") };
        later.keep(&draft(1, "断线前的话")).unwrap();
        // as an earlier version named it
        let old = mine.folder.join("wang.1.4.json");
        fs::write(&old, serde_json::to_vec(&draft(4, "旧版的")).unwrap()).unwrap();
        let found = mine.take_over_more(100);
        assert_eq!(found, [draft(100, "断线前的话"), draft(101, "旧版的")]);
        assert_eq!(mine.take_over_more(200), [], "found once");
        assert!(mine.file(1).exists() && mine.file(101).exists() && !old.exists());
    }

    #[test]
    fn a142_a_draft_about_a_customer_that_was_handed_over_goes_to_the_receiver_and_no_other_one_does() {
        let folder = tempfile::tempdir().unwrap();
        let db = folder.path().join("a.db");
        let about = |id: i64| {
            let id = crate::domain::customer::CustomerId(id);
            Some(crate::app::shared::Subject { id, code: "C1".into(), name: "恒远".into() })
        };
        let giver = Drafts { session: DEAD, ..Drafts::of(&db, "li") };
        giver.keep(&Draft { subject: about(7), ..draft(1, "交接的") }).unwrap();
        giver.keep(&Draft { subject: about(8), ..draft(2, "不交接") }).unwrap();
        giver.keep(&draft(3, "没有客户")).unwrap();
        let mine = Drafts::of(&db, "wang");
        let open = Drafts { session: alive(), ..Drafts::of(&db, "li") };
        open.keep(&Draft { subject: about(7), ..draft(9, "正在写") }).unwrap();
        mine.inherit("li", |customer| customer == 7);
        let taken = mine.take_over();
        assert_eq!(taken.iter().map(|d| d.texts[0].1.as_str()).collect::<Vec<_>>(), ["交接的"]);
        assert_eq!(giver.take_over().len(), 2);
        assert!(open.file(9).exists(), "what a living session writes stays its own");
    }

    #[test]
    fn logins_that_differ_never_share_a_file() {
        let names = ["wang.li", "wang_li", "wang-li", "wang%2Eli", "wang%li", "王.丽"].map(file_name);
        let different: std::collections::BTreeSet<_> = names.iter().collect();
        assert_eq!(different.len(), names.len(), "{names:?}");
        assert!(names.iter().all(|n| !n.contains(['.', '/'])));
    }

    #[test]
    fn everything_told_to_the_keeper_is_on_the_disk_when_it_closes() {
        let folder = tempfile::tempdir().unwrap();
        let db = folder.path().join("a.db");
        let keeper = Keeper::start(Drafts::of(&db, "wang"), |_| panic!("nothing to say"));
        for n in 1..=30 {
            keeper.keep(draft(n, &format!("第{n}份")));
        }
        keeper.keep(draft(30, "改过的"));
        keeper.forget(29);
        keeper.close();
        let mine = Drafts::of(&db, "wang");
        let kept = |id| fs::read_to_string(mine.file(id)).ok();
        assert!(kept(1).is_some_and(|t| t.contains("第1份")));
        assert!(kept(30).is_some_and(|t| t.contains("改过的")));
        assert_eq!(kept(29), None);
    }

    #[test]
    fn the_place_is_remembered_and_a_broken_file_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let drafts = Drafts::of(&folder.path().join("a.db"), "me");
        assert_eq!(drafts.place(), None);
        let place = Place { pane: 3, filter: "owner:me".into(), ..Place::default() };
        drafts.remember(&place).unwrap();
        assert_eq!(drafts.place(), Some(place));
        fs::write(drafts.place_file(), "{").unwrap();
        assert_eq!(drafts.place(), None);
    }

    #[test]
    fn sessions_of_one_person_never_write_into_each_others_unfinished_file() {
        let folder = tempfile::tempdir().unwrap();
        let mine = Drafts::of(&folder.path().join("a.db"), "wang");
        let other = Drafts { session: alive(), ..mine.clone() };
        let place = mine.place_file();
        assert_eq!(place, other.place_file());
        assert_ne!(mine.beside(&place), other.beside(&place));
        assert_ne!(mine.beside(&place), mine.beside(&place), "nor do two threads of one session");
        let halves = || {
            let names = fs::read_dir(&mine.folder).unwrap().map(|entry| entry.unwrap().file_name());
            names.filter(|name| name.to_string_lossy().ends_with(HALF)).count()
        };
        mine.remember(&Place { pane: 3, ..Place::default() }).unwrap();
        assert_eq!(halves(), 0);
        // what cannot take its place leaves nothing behind
        fs::remove_file(&place).unwrap();
        fs::create_dir(&place).unwrap();
        assert!(mine.remember(&Place::default()).is_err());
        assert_eq!(halves(), 0);
        // nor does who was cut off while writing, once somebody looks; who still writes is left alone
        let dead = Drafts { session: DEAD, ..mine.clone() };
        let (cut, open) = (dead.beside(&place), other.beside(&place));
        fs::write(&cut, "{").unwrap();
        fs::write(&open, "{").unwrap();
        assert_eq!(mine.take_over(), []);
        assert!(!cut.exists() && open.exists());
    }

    #[test]
    fn i18_what_anybody_kept_about_an_erased_customer_goes_and_nothing_else_does() {
        let folder = tempfile::tempdir().unwrap();
        let db = folder.path().join("a.db");
        let about =
            |id: i64| Some(Subject { id: CustomerId(id), code: "C1".into(), name: "王小明".into() });
        let [mine, other] = ["wang", "li"].map(|login| Drafts::of(&db, login));
        let open = Drafts { session: alive(), ..Drafts::of(&db, "zhao") };
        mine.keep(&Draft { subject: about(7), ..draft(1, "打高尔夫") }).unwrap();
        mine.keep(&Draft { subject: about(8), ..draft(2, "别的客户") }).unwrap();
        other.keep(&Draft { many: vec![CustomerId(7)], ..draft(3, "只有他") }).unwrap();
        other.keep(&Draft { many: vec![CustomerId(7), CustomerId(8)], ..draft(4, "两户") }).unwrap();
        let kind = FormKind::PutBack { campaign: 1, customer: 7 };
        open.keep(&Draft { kind, ..draft(5, "他愿意") }).unwrap();
        open.remember(&Place { subject: about(7), filter: "owner:me".into(), ..Place::default() }).unwrap();
        other.remember(&Place { subject: about(8), ..Place::default() }).unwrap();
        mine.scrub(CustomerId(7));
        let there =
            [mine.file(1), mine.file(2), other.file(3), other.file(4), open.file(5)].map(|f| f.exists());
        assert_eq!(there, [false, true, false, true, false]);
        let place = open.place().unwrap();
        assert_eq!((place.subject, place.filter.as_str()), (None, "owner:me"));
        assert_eq!(other.place().unwrap().subject, about(8));
        let left: Vec<String> = fs::read_dir(&mine.folder)
            .unwrap()
            .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
            .filter(|text| text.contains("打高尔夫") || text.contains("只有他") || text.contains("他愿意"))
            .collect();
        assert_eq!(left, Vec::<String>::new());
    }
}
