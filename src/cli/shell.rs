//! What all commands share: the language, the clock, the database with who works there, and the two ways out: data on
//! standard output in one piece, one sentence on standard error.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use serde::Serialize;
use uuid::Uuid;

use super::args::Args;
use super::sentence::said;
use super::table::{Side, lines};
use super::usage;
use crate::domain::change::{Change, Envelope};
use crate::domain::clock::{Now, Zone};
use crate::domain::customer::CustomerId;
use crate::domain::people::{Actor, PersonId, Via};
use crate::i18n::entry::Named;
use crate::i18n::{Lang, Text, cli as t, errors, format, own, own_fields, run as around};
use crate::run::clock::{Clock, NoInstant};
use crate::run::{Guest, opening, place};
use crate::store::request::{Answer, PersonRow, Query, Receipt, StoreError};
use crate::store::{Mode, Store};

/// Why a command ended without doing what it should; each with its sentence.
#[derive(Debug)]
pub enum Stop {
    /// Refused or failed.
    Failed(String),
    /// Wrong usage.
    Usage(String),
    /// Nothing found.
    Nothing(String),
    /// Nobody reads the output any more, which is nobody's fault.
    Closed,
}

/// How a command ends.
pub type Done = Result<(), Stop>;

/// The surroundings of a command.
pub struct Shell {
    /// The person's language.
    pub lang: Lang,
    /// Whether the language was asked for, and is not only that of the surroundings.
    pub said: bool,
    /// Whether data goes out as JSON.
    pub json: bool,
    /// The database.
    pub db: PathBuf,
    /// Whether the database was named by option.
    pub named: bool,
    /// Who came in over SSH, on a shared server.
    pub guest: Option<Guest>,
    out: Vec<u8>,
    err: io::Stderr,
}

/// How long work lasts of which nothing is said.
const MOMENT: Duration = Duration::from_secs(1);

/// An open database with who works there.
pub struct Desk {
    /// The store.
    pub store: Store,
    /// Who.
    pub actor: Actor,
    /// When.
    pub now: Now,
    lang: Lang,
    db: PathBuf,
}

impl Desk {
    /// Looks for alarms anew.
    pub fn watch(&mut self) -> Result<(), Stop> {
        let watched = self.store.watch_all(&self.actor, self.now);
        watched.map_err(|e| self.refused(&e))
    }
}

impl Shell {
    /// The surroundings that options and environment ask for.
    pub fn new(args: &Args, lang: Lang) -> Self {
        Self {
            lang,
            said: usage::asked(args.lang.as_deref()).is_some(),
            json: args.json,
            db: place::database(args.db.as_deref()),
            named: args.db.is_some(),
            guest: None,
            out: Vec::new(),
            err: io::stderr(),
        }
    }

    /// The present.
    pub fn now(&self, zone: Zone) -> Result<Now, Stop> {
        let clock = Clock::from_env()
            .map_err(|NoInstant(text)| Stop::Usage(around::BAD_NOW.with(self.lang, &[&text])))?;
        Ok(clock.once(zone))
    }

    /// Opens the database for a command that only asks; it has to be there.
    pub fn read(&self) -> Result<Desk, Stop> {
        if !self.db.exists() {
            return Err(Stop::Failed(t::NO_STORE.with(self.lang, &[&self.db.display()])));
        }
        match self.open(Mode::Existing) {
            Ok(store) => self.at_rest(Ok(store)),
            Err(error) => self.desk(self.look_despite(error)),
        }
    }

    /// A store that cannot be written still answers, where it can be read; else why it could not be opened.
    pub fn look_despite(&self, error: StoreError) -> Result<Store, StoreError> {
        opening::despite(&self.db, error)
    }

    /// Opens the database for a command that writes; it is made where it is missing.
    pub fn write(&self) -> Result<Desk, Stop> {
        // the database of a server is made by `server init` alone
        let mode = if self.guest.is_some() { Mode::Existing } else { Mode::Create };
        self.settled(mode)
    }

    /// A desk at which nothing is half done.
    fn settled(&self, mode: Mode) -> Result<Desk, Stop> {
        self.at_rest(self.open(mode))
    }

    fn at_rest(&self, store: Result<Store, StoreError>) -> Result<Desk, Stop> {
        let mut desk = self.desk(store)?;
        opening::settle(&mut desk.store, desk.now, self.lang).map_err(|e| self.refused(&e))?;
        Ok(desk)
    }

    /// Opens the database, and says what takes long where somebody watches.
    pub fn open(&self, mode: Mode) -> Result<Store, StoreError> {
        opening::open(&self.db, mode, self.lang)
    }

    /// Seats the person at a store: on one's own file no set-up is needed.
    pub fn desk(&self, store: Result<Store, StoreError>) -> Result<Desk, Stop> {
        let refused = |e: StoreError| self.refused(&e);
        let mut store = store.map_err(refused)?;
        let now = self.now(store.zone())?;
        let login = self.guest.as_ref().map_or_else(place::login, |guest| guest.login.clone());
        let session = Uuid::now_v7().simple().to_string();
        let known = match (&self.guest, place::chosen()) {
            (Some(_), _) => store.actor(&login, Via::Command, &session),
            (None, Some(chosen)) => store.named(&chosen, Via::Command, &session),
            (None, None) => store.whoever(&login, Via::Command, &session),
        };
        let actor = match known.map_err(refused)? {
            None if self.guest.is_none() => store.personal(&login, &login, now).map_err(refused)?,
            known => known,
        };
        let Some(actor) = actor else {
            let meant = store.login_of(&login).map_err(refused)?;
            return Err(Stop::Failed(around::stranger(&login, meant.as_deref(), self.lang)));
        };
        let actor = Actor { session, ..actor };
        let desk = Desk { store, actor, now, lang: self.lang, db: self.db.clone() };
        // the company's own words for its classes, before anything is read or shown
        if let Answer::Classes(classes) = desk.ask(&Query::Classes)? {
            own::learn(&classes);
        }
        if let Answer::OwnFields(fields) = desk.ask(&Query::OwnFields)? {
            own_fields::learn(&fields);
        }
        Ok(desk)
    }

    /// What the store refused, as a sentence.
    pub fn refused(&self, error: &StoreError) -> Stop {
        refusal(error, &self.db, self.lang)
    }

    /// Puts a line of data out.
    pub fn line(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
        self.out.push(b'\n');
    }

    /// Puts columns out, the head first where it has titles.
    pub fn table(&mut self, head: &[(&str, Side)], rows: &[Vec<String>]) {
        for line in lines(head, rows) {
            self.line(&line);
        }
    }

    /// The same under something else, set in by two blanks.
    pub fn table_under(&mut self, head: &[(&str, Side)], rows: &[Vec<String>]) {
        for line in lines(head, rows) {
            self.line(&format!("  {line}"));
        }
    }

    /// Puts raw data out.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    /// Puts one JSON document out.
    pub fn document(&mut self, value: &impl Serialize) -> Done {
        let text = serde_json::to_string_pretty(value);
        self.line(&text.map_err(|e| Stop::Failed(t::CANNOT_PRINT.with(self.lang, &[&e])))?);
        Ok(())
    }

    /// Says something beside the data.
    pub fn say(&self, sentence: &str) {
        // nobody listens: that is no reason to fail
        drop(writeln!(&self.err, "{}", said(sentence)));
    }

    /// Shows progress on one line, where somebody watches.
    pub fn progress(&self, text: &str) {
        if self.err.is_terminal() {
            drop(write!(&self.err, "\r\x1b[K{text}"));
        }
    }

    /// Does what may take long; where somebody watches and it takes longer than a moment, says so as long as it lasts.
    pub fn patiently<T>(&self, text: Text, work: impl FnOnce() -> T) -> T {
        if !self.err.is_terminal() {
            return work();
        }
        let (done, waits) = channel::<()>();
        let text = text.of(self.lang);
        let teller = std::thread::spawn(move || {
            let long = waits.recv_timeout(MOMENT) == Err(RecvTimeoutError::Timeout);
            if long {
                // nobody can be told: that is no reason not to work
                drop(write!(io::stderr(), "\r\x1b[K{text}"));
            }
            long
        });
        let result = work();
        drop(done);
        if teller.join().unwrap_or(false) {
            self.progress("");
        }
        result
    }

    /// Writes the data out; whoever stops reading early has read enough.
    pub fn flush(&mut self) -> Done {
        let out = std::mem::take(&mut self.out);
        let mut stdout = io::stdout().lock();
        match stdout.write_all(&out).and_then(|()| stdout.flush()) {
            Ok(()) => Ok(()),
            Err(e) if e.kind() == ErrorKind::BrokenPipe => Err(Stop::Closed),
            Err(e) => Err(Stop::Failed(t::CANNOT_PRINT.with(self.lang, &[&e]))),
        }
    }

    /// The exit status, after the sentence.
    pub fn end(&mut self, result: Done) -> ExitCode {
        let (status, sentence) = match result {
            Ok(()) | Err(Stop::Closed) => return ExitCode::SUCCESS,
            Err(Stop::Failed(sentence)) => (1, sentence),
            Err(Stop::Usage(sentence)) => (2, sentence),
            Err(Stop::Nothing(sentence)) => (3, sentence),
        };
        // what there is of data goes out before the sentence
        if let Err(Stop::Failed(more)) = self.flush() {
            self.say(&more);
        }
        self.say(&sentence);
        ExitCode::from(status)
    }
}

impl Desk {
    /// Asks the store.
    pub fn ask(&self, query: &Query) -> Result<Answer, Stop> {
        self.store.ask(&self.actor, query, self.now).map_err(|e| self.refused(&e))
    }

    /// Writes a change.
    pub fn give(&mut self, change: Change) -> Result<Receipt, Stop> {
        self.attempt(change).map_err(|e| self.refused(&e))
    }

    /// Writes a change, or hands over why not.
    pub fn attempt(&mut self, change: Change) -> Result<Receipt, StoreError> {
        let envelope = Envelope { request: Uuid::now_v7().to_string(), change, reason: None };
        let receipt = self.store.write(&self.actor, &envelope, self.now)?;
        self.store.catch_up(self.now)?;
        Ok(receipt)
    }

    /// Writes a long change with its reason, telling how far it has come.
    pub fn give_with(
        &mut self,
        change: Change,
        reason: Option<&str>,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Receipt, Stop> {
        self.attempt_with(change, reason, progress).map_err(|e| self.refused(&e))
    }

    /// The same, or hands over why not.
    pub fn attempt_with(
        &mut self,
        change: Change,
        reason: Option<&str>,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Receipt, StoreError> {
        let reason = reason.map(ToOwned::to_owned);
        let envelope = Envelope { request: Uuid::now_v7().to_string(), change, reason };
        let receipt = self.store.write_with_progress(&self.actor, &envelope, self.now, progress)?;
        self.store.catch_up(self.now)?;
        Ok(receipt)
    }

    /// Why something was refused, as a sentence.
    pub fn refused(&self, error: &StoreError) -> Stop {
        refusal(error, &self.db, self.lang)
    }

    /// The customer with this number.
    pub fn customer(&self, code: &str) -> Result<CustomerId, Stop> {
        match self.ask(&Query::ByCode(code.trim().to_owned()))? {
            Answer::ByCode(Some(id)) => Ok(id),
            _ => Err(Stop::Nothing(t::NO_CODE.with(self.lang, &[&code]))),
        }
    }

    /// Everybody who works here.
    pub fn people(&self) -> Result<Vec<PersonRow>, Stop> {
        Ok(match self.ask(&Query::People)? {
            Answer::People(people) => people,
            _ => Vec::new(),
        })
    }

    /// The person with this login or name; `me` is whoever asks.
    pub fn person(&self, name: &str) -> Result<PersonId, Stop> {
        if name == "me" || name == "我" {
            return Ok(self.actor.id);
        }
        let people = self.people()?;
        let known: Vec<Known> = people.iter().map(known).collect();
        called(&known, name).map(PersonId).ok_or_else(|| nobody(&known, name, self.lang))
    }
}

/// What the store refused, as a sentence; a file that cannot be written is named.
fn refusal(error: &StoreError, db: &Path, lang: Lang) -> Stop {
    Stop::Failed(match error {
        StoreError::ReadOnly(_) => errors::told(&StoreError::ReadOnly(db.display().to_string()), lang),
        error => errors::told(error, lang),
    })
}

/// A person as commands name them: id, login, name.
pub type Known<'p> = (i64, &'p str, &'p str);

/// The same of a row.
pub fn known(row: &PersonRow) -> Known<'_> {
    (row.id, &row.login, &row.name)
}

/// Of these people the one with this login, else the one of this name.
pub fn called(people: &[Known], name: &str) -> Option<i64> {
    let by_login = people.iter().find(|(_, login, _)| *login == name);
    let found = by_login.or_else(|| people.iter().find(|(.., called)| called.eq_ignore_ascii_case(name)));
    found.map(|(id, ..)| *id)
}

/// That none of these people is called so.
pub fn nobody(people: &[Known], name: &str, lang: Lang) -> Stop {
    let who = |(_, login, called): &Known| {
        if login == called { (*login).to_owned() } else { format!("{login} {called}") }
    };
    let known: Vec<String> = people.iter().take(10).map(who).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    Stop::Failed(t::NO_PERSON.with(lang, &[&name, &format::list(&known, lang)]))
}

/// People as they can be named.
pub fn named(people: &[PersonRow]) -> Vec<Named> {
    people.iter().map(|p| Named { id: p.id, names: vec![p.name.clone(), p.login.clone()] }).collect()
}
