//! One session of the full-screen program: opens the store, starts the threads, and runs the loop until the person
//! leaves, the line drops or the program is asked to end. Whatever happens, the terminal is given back.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};

use super::clock::Clock;
use super::drafts::{Drafts, Keeper, Word};
use super::import::{self, Job};
use super::look::{Look, Said};
use super::replies::message;
use super::signals::give_back_on_panic;
use super::{End, Options, export, files, keys, leak, opening, place, report};
use crate::app::draft::Place;
use crate::app::feed::Slot;
use crate::app::panes::PaneId;
use crate::app::shared::{ThemeId, Tone};
use crate::app::{App, Effect, Msg, Start, Why};
use crate::domain::clock::Now;
use crate::domain::people::{Actor, Via};
use crate::exchange::export::Format;
use crate::i18n::{Lang, errors, run as t};
use crate::store::request::StoreError;
use crate::store::threads::{Reading, Threads};
use crate::store::{Mode, Store};
use crate::ui::term::Screen;

/// Turns an error of the store into its sentence.
pub fn sentence(lang: Lang) -> impl Fn(StoreError) -> anyhow::Error {
    move |error| anyhow!(errors::told(&error, lang))
}

/// Who works here.
fn actor(store: &mut Store, options: &Options, clock: Clock) -> Result<Actor> {
    // names this session among all, so that one's own commits are told from others'
    let session = uuid::Uuid::now_v7().simple().to_string();
    if let Some(guest) = &options.guest {
        let known = store.actor(&guest.login, Via::Screen, &session).map_err(sentence(options.lang))?;
        return known.ok_or_else(|| anyhow!(t::FROZEN.of(options.lang)));
    }
    let login = place::login();
    let now = clock.now(store.zone());
    if store.is_blank().map_err(sentence(options.lang))? {
        store.personal(&login, &login, now).map_err(sentence(options.lang))?;
    }
    let known = match place::chosen() {
        Some(chosen) => store.named(&chosen, Via::Screen, &session),
        None => store.whoever(&login, Via::Screen, &session),
    };
    if let Some(actor) = known.map_err(sentence(options.lang))? {
        return Ok(actor);
    }
    let meant = store.login_of(&login).map_err(sentence(options.lang))?;
    Err(anyhow!(t::stranger(&login, meant.as_deref(), options.lang)))
}

/// Runs one session.
pub fn run(options: &Options) -> Result<End> {
    let lang = options.lang;
    let clock = Clock::from_env().map_err(|e| anyhow!(t::BAD_NOW.with(lang, &[&e.0])))?;
    // on a server the person has no files, and the database is made by `server init` alone
    let guest = options.guest.as_ref();
    let (look, mode) = match guest {
        Some(_) => (Look::plain(), Mode::Existing),
        None => (Look::read(&place::config(), lang)?, Mode::Create),
    };
    let reading = Reading::begin(&options.db);
    let (mut store, shut) = match opening::open(&options.db, mode, lang) {
        Ok(store) => (store, None),
        // whoever is on the phone is looked up all the same
        Err(why) => {
            let looking = opening::despite(&options.db, why.clone()).map_err(sentence(lang))?;
            (looking, Some(opening::only_read(&why, &options.db, lang)))
        }
    };
    let reading = if shut.is_some() { reading.looking() } else { reading };
    let zone = store.zone();
    if shut.is_none() {
        opening::settle(&mut store, clock.now(zone), lang).map_err(sentence(lang))?;
    }
    let idle = guest.map(|_| store.idle()).transpose().map_err(sentence(lang))?.flatten();
    let actor = actor(&mut store, options, clock)?;
    let login = guest.map_or_else(place::login, |guest| guest.login.clone());
    let drafts = Drafts::of(&options.db, &login);
    for giver in store.givers(&actor).map_err(sentence(lang))? {
        drafts.inherit(&giver, |customer| store.was_handed(&actor, &giver, customer).unwrap_or(false));
    }
    let (send, inbox) = channel();
    let (post, file) = (send.clone(), options.db.clone());
    let company = store.looks().map_err(sentence(lang))?;
    let threads = Threads::over(
        store,
        reading,
        &options.db,
        actor.clone(),
        move || clock.now(zone),
        // a session that has ended wants no answers
        move |reply| drop(post.send(message(reply, &file))),
    )
    .map_err(sentence(lang))?;
    threads.begin(guest.map_or_else(String::new, |guest| guest.place.clone()));
    let remembered = drafts.place();
    let (lang, theme) =
        looks(options, &look, remembered.as_ref(), (company.0.as_deref(), company.1.as_deref()));
    let screen = Screen::new(look.mouse, look.plain)?;
    let app = App::new(Start {
        now: clock.now(zone),
        actor: actor.clone(),
        lang,
        theme,
        size: screen.size(),
        keymap: look.keymap,
        personal: guest.is_none(),
        idle,
        drafts: drafts.take_over(),
        place: remembered,
    });
    let drafts = kept(drafts, lang, send.clone());
    let mut session = Session {
        app,
        screen,
        threads,
        drafts,
        clock,
        send,
        db: options.db.clone(),
        actor,
        awaited: HashMap::new(),
        end: None,
    };
    if let Some(sentence) = shut {
        session.take(Msg::ReadsOnly(true));
        session.tell(Tone::Bad, sentence);
    }
    // asked before the terminal is taken over, which takes as long as the answer
    session.ask_first();
    let end = session.enter().and_then(|()| session.work(&inbox));
    session.close(&inbox);
    end
}

/// The thread that keeps drafts on the disk, and tells what of it does not work.
fn kept(drafts: Drafts, lang: Lang, send: Sender<Msg>) -> Keeper {
    Keeper::start(drafts, move |word| {
        let msg = match word {
            Word::NotKept(error) => Msg::Told(Tone::Bad, t::NOT_KEPT.with(lang, &[&error])),
            Word::Left(drafts, asked) => Msg::Left(drafts, asked),
        };
        // a session that has ended has nobody to tell
        drop(send.send(msg));
    })
}

/// Language and colours of a session: what was asked for here, else what the person has chosen in the program, else the
/// company's, else what the surroundings say.
fn looks(
    options: &Options,
    look: &Look,
    place: Option<&Place>,
    company: (Option<&str>, Option<&str>),
) -> (Lang, ThemeId) {
    let chosen = place.and_then(|place| place.lang).or_else(|| Lang::of(company.0?));
    let lang = chosen.filter(|_| !options.said).unwrap_or(options.lang);
    let chosen = place.and_then(|place| place.theme).filter(|_| look.said != Said::NoColour);
    (lang, chosen.unwrap_or_else(|| look.or_of_company(company.1)))
}

/// How long a frame waits for answers that are on their way, so that what belongs together is drawn at once: shorter than
/// anybody sees, longer than most answers take.
const TOGETHER: Duration = Duration::from_millis(5);

struct Session {
    app: App,
    screen: Screen,
    threads: Threads,
    drafts: Keeper,
    clock: Clock,
    send: Sender<Msg>,
    db: PathBuf,
    actor: Actor,
    /// What is asked since the last frame and will be answered soon: the newest question of each place.
    awaited: HashMap<usize, u64>,
    end: Option<End>,
}

impl Session {
    /// What the first frame shows: it waits for answers no longer than any other, and where the list opens for nothing but
    /// the list.
    fn ask_first(&mut self) {
        let size = self.screen.size();
        self.take(Msg::Resize(size));
        if self.app.active == PaneId::Customers {
            self.awaited.retain(|slot, _| *slot == Slot::Customers as usize);
        }
    }

    /// Takes the terminal over, with what gives it back whatever happens, and begins to read keys.
    fn enter(&mut self) -> Result<()> {
        self.screen.enter()?;
        give_back_on_panic(self.app.shared.lang, self.send.clone());
        keys::listen(self.send.clone())?;
        Ok(())
    }

    fn work(&mut self, inbox: &Receiver<Msg>) -> Result<End> {
        loop {
            self.gather(inbox);
            if let Some(end) = self.end {
                return Ok(end);
            }
            if self.screen.draw(&self.app).is_err() {
                // the terminal is gone: keep what was typed and go
                self.take(Msg::HangUp);
                return Ok(self.end.unwrap_or(End::Left));
            }
            let now = self.now().ms();
            let wait = u64::try_from(self.app.deadline() - now).unwrap_or(0).max(1);
            match inbox.recv_timeout(Duration::from_millis(wait)) {
                Ok(msg) => self.take(msg),
                Err(RecvTimeoutError::Timeout) => self.take(Msg::Deadline),
                Err(RecvTimeoutError::Disconnected) => self.take(Msg::HangUp),
            }
        }
    }

    /// Takes what is there, and waits a moment for answers that are on their way.
    fn gather(&mut self, inbox: &Receiver<Msg>) {
        let until = Instant::now() + TOGETHER;
        while self.end.is_none() {
            let wait = if self.awaited.is_empty() { Duration::ZERO } else { until - Instant::now() };
            match inbox.recv_timeout(wait) {
                Ok(msg) => self.take(msg),
                Err(_) => break,
            }
        }
        self.awaited.clear();
    }

    fn now(&self) -> Now {
        self.clock.now(self.app.shared.now.zone)
    }

    fn take(&mut self, msg: Msg) {
        let now = self.now();
        if let Msg::Answer { slot, ticket, .. } = &msg
            && self.awaited.get(&(*slot as usize)) == Some(&ticket.0)
        {
            self.awaited.remove(&(*slot as usize));
        }
        let effects = self.app.update(now, msg);
        for effect in effects {
            self.perform(effect);
        }
    }

    /// Carries one effect out; what goes wrong is told on the screen.
    fn perform(&mut self, effect: Effect) {
        let lang = self.app.shared.lang;
        match effect {
            Effect::Ask { slot, ticket, query } => {
                // a day's list is read at once unless somebody has very many customers
                let day = slot == Slot::Queue && self.app.active == PaneId::Ledger;
                let later = query.can_wait() || slot.is_ahead();
                if !later || day {
                    self.awaited.insert(slot as usize, ticket.0);
                }
                self.threads.ask(slot as usize, ticket.0, query, later);
            }
            Effect::Write { ticket, envelope } => self.threads.write(ticket.0, envelope),
            Effect::Keep(draft) => self.drafts.keep(draft),
            Effect::Drop(id) => self.drafts.forget(id),
            Effect::Remember(place) => self.drafts.remember(place),
            Effect::Seek(first, asked) => self.drafts.seek(first, asked),
            Effect::Copy(text) => {
                // where the terminal is gone the next frame says so
                let too_long = |e: &std::io::Error| e.kind() == std::io::ErrorKind::FileTooLarge;
                if self.screen.copy(&text).is_err_and(|e| too_long(&e)) {
                    self.tell(Tone::Bad, t::NOT_COPIED.of(lang).to_owned());
                }
            }
            Effect::Files(path) => self.list(path),
            Effect::Import { path, sheet, noun, fixes, dry } => {
                let (db, actor, now, lang) = self.ground();
                import::start(Job { db, actor, now, lang, path, sheet, noun, fixes, dry }, self.send.clone());
            }
            Effect::Report { period, format } => {
                let (db, actor, now, lang) = self.ground();
                let folder = place::reports();
                report::start(
                    report::Job { db, actor, now, lang, period, format, folder },
                    self.send.clone(),
                );
            }
            Effect::Export { what, format, filter, typed, only, reason } => {
                let (db, actor, now, lang) = self.ground();
                let known = Format::ALL.into_iter().find(|known| known.id() == format);
                let (format, filter) = (known.unwrap_or(Format::usual(what)), (filter, typed));
                let folder = place::reports();
                let job = export::Job { db, actor, now, lang, what, format, filter, only, reason, folder };
                export::start(job, self.send.clone());
            }
            Effect::Reencrypt { leak, key, old } => {
                let (db, actor, now, _) = self.ground();
                leak::start(leak::Job { db, actor, now, leak, key, old }, self.send.clone());
            }
            Effect::Print { name, text } => {
                let (tone, said) = match files::put(&place::reports(), &name, text.as_bytes()) {
                    Ok(path) => (Tone::Good, t::PRINTED.with(lang, &[&path.display()])),
                    Err(error) => (Tone::Bad, t::NOT_PRINTED.with(lang, &[&error])),
                };
                self.tell(tone, said);
            }
            Effect::Scrub(customer) => self.drafts.scrub(customer),
            Effect::ShutOut(person) => leak::shut_out(self.db.clone(), person),
            Effect::Cancel => self.threads.cancel(),
            // a terminal that cannot ring shows the sentence all the same
            Effect::Bell => drop(self.screen.bell()),
            Effect::Demo => {
                let place = self.app.place();
                self.drafts.remember(Box::new(place));
                self.end = Some(End::Demo);
            }
            Effect::Redraw => drop(self.screen.forget()),
            Effect::Suspend => {
                let stopped = self.screen.without(|| {
                    // a session without a shell that knows jobs goes on at once
                    let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP);
                });
                self.gone_if(stopped.is_err());
            }
            Effect::Retake => {
                let taken = self.screen.without(|| {});
                self.gone_if(taken.is_err());
            }
            Effect::Editing(row) => self.threads.edits(row),
            Effect::Quit => self.end = Some(End::Left),
            Effect::Leave(why) => {
                self.end = Some(match why {
                    Why::Frozen => End::Frozen,
                    Why::Idle => End::Idle,
                });
            }
        }
    }

    /// Gives the terminal back; what was given to the writer is written before the program ends, and needs no draft any more.
    fn close(self, inbox: &Receiver<Msg>) {
        let now = self.now();
        let Self { screen, threads, drafts, mut app, end, .. } = self;
        if end == Some(End::Demo) {
            screen.hand_on();
        } else {
            drop(screen);
        }
        threads.close();
        let (written, typed): (Vec<Msg>, _) =
            inbox.try_iter().partition(|msg| matches!(msg, Msg::Written { .. }));
        keys::hush(typed.into_iter());
        for msg in written {
            for effect in app.update(now, msg) {
                if let Effect::Drop(id) = effect {
                    drafts.forget(id);
                }
            }
        }
        drafts.close();
    }

    /// What work in a thread of its own takes along: the file, who works, when, in which language.
    fn ground(&self) -> (PathBuf, Actor, Now, Lang) {
        (self.db.clone(), self.actor.clone(), self.now(), self.app.shared.lang)
    }

    /// Lists a folder, which may lie on a slow disk.
    fn list(&self, path: String) {
        let send = self.send.clone();
        std::thread::spawn(move || {
            let found = files::list(&path);
            // a session that has ended wants no answer
            let _ = send.send(Msg::Files(path, found));
        });
    }

    /// Ends where the terminal cannot be had again.
    fn gone_if(&mut self, gone: bool) {
        if gone {
            self.take(Msg::HangUp);
        }
    }

    fn tell(&mut self, tone: Tone, text: String) {
        self.take(Msg::Told(tone, text));
    }
}
