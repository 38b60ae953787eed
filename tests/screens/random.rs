//! Random keys, pastes and sizes: nothing a person can press ever panics, tears the screen or shuts them in. Every key of
//! the table of commands takes part by itself, so that a new command is pressed here from its first day.
//! `GUANXI_RANDOM_KEYS` and `GUANXI_RANDOM_SEEDS` say how many; a failure names its seed and the last keys.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use guanxi::app::Msg;
use guanxi::app::command::COMMANDS;
use guanxi::app::key::Key;
use guanxi::app::shared::Size;
use guanxi::demo;
use guanxi::i18n::Lang;
use guanxi::store::Store;

use super::rig::{self, Rig};

/// Words that mean something in one field or another, and some that mean nothing anywhere.
const WORDS: &[&str] = &[
    "王",
    "8812",
    "2日内发送资料",
    "后续跟进",
    "-12,5",
    "99999999999999999999",
    "2024-02-30",
    "owner:me due:<3d",
    "spend:>",
    "\u{202e}\u{200b}\u{1b}[31m",
    "👩‍👩‍👧‍👦e\u{301}\u{301}",
];

/// Keys of texts and popups that are no commands.
const PLAIN: &str = "abcdefghijklmnopqrstuvwxyz0123456789 ,.;'\"!@#$%^&*()<>？／：";

/// A number from the environment, else the usual one.
fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// One thing that happens to the program.
#[derive(Clone, Debug)]
enum Event {
    Keys(Vec<Key>),
    Paste(&'static str),
    Size(u16, u16),
    Second,
}

fn pick<T: Copy>(random: &mut fastrand::Rng, of: &[T]) -> Option<T> {
    of.get(random.usize(..of.len())).copied()
}

/// What happens next: mostly commands, often moving about, sometimes words.
fn next(random: &mut fastrand::Rng, commands: &[Vec<Key>], plain: &[Key]) -> Event {
    let known = |name: &str| Event::Keys(vec![name.parse().unwrap()]);
    match random.u8(..100) {
        0..55 => Event::Keys(commands[random.usize(..commands.len())].clone()),
        55..80 => {
            let ways = ["Enter", "Tab", "BackTab", "Down", "Up", "Esc", "Right", "Backspace"];
            known(pick(random, &ways).unwrap_or("Enter"))
        }
        80..90 => Event::Keys(vec![plain[random.usize(..plain.len())]]),
        90..97 => Event::Paste(pick(random, WORDS).unwrap_or_default()),
        97 => Event::Second,
        _ => Event::Size(random.u16(1..220), random.u16(1..70)),
    }
}

fn happen(rig: &mut Rig, event: &Event) {
    match event {
        Event::Keys(keys) => keys.iter().for_each(|key| rig.send(Msg::Key(*key))),
        Event::Paste(text) => rig.send(Msg::Paste((*text).to_owned())),
        Event::Size(width, height) => {
            let usual = rig.app.shared.size;
            rig.send(Msg::Resize(Size { width: *width, height: *height }));
            rig.paint();
            rig.send(Msg::Resize(usual));
        }
        Event::Second => drop(rig.pass(1)),
    }
}

/// A company of the demo, small enough to be made for every seed.
pub fn demo_company(lang: Lang, width: u16, height: u16) -> Rig {
    let mut store = Store::memory().unwrap();
    demo::fill(&mut store, 40, demo::SEED, rig::now(), &mut |_| ()).unwrap();
    Rig::by(demo::LOGIN, store, lang, width, height)
}

fn run(seed: u64, keys: u64, commands: &[Vec<Key>], plain: &[Key]) {
    let lang = if seed.is_multiple_of(2) { Lang::Zh } else { Lang::En };
    let (width, height) = if seed % 4 < 2 { (40, 12) } else { (120, 36) };
    let mut rig = match seed % 3 {
        0 => demo_company(lang, width, height),
        1 => Rig::empty(lang, width, height),
        _ => Rig::company(lang, width, height),
    };
    let mut random = fastrand::Rng::with_seed(seed);
    let mut last: Vec<Event> = Vec::new();
    for n in 0..keys {
        let event = next(&mut random, commands, plain);
        last.truncate(39);
        last.insert(0, event.clone());
        let told = Told { seed, n, last: &last };
        happen(&mut rig, &event);
        if n % 5 == 0 {
            rig.paint();
        }
        drop(told);
        if n % 250 == 249 {
            free(&mut rig, seed, n);
        }
    }
    free(&mut rig, seed, keys);
}

/// Escape leads out of everything, and a key that goes somewhere goes there.
fn free(rig: &mut Rig, seed: u64, n: u64) {
    for _ in 0..40 {
        rig.keys("<Esc>");
    }
    assert!(rig.app.popups.is_empty(), "seed {seed} after {n}: {:?}", rig.app.popups.last());
    rig.keys("3");
    let ledger = guanxi::app::panes::PaneId::Ledger;
    assert!(rig.app.active == ledger, "seed {seed} after {n} is shut in:\n{}", rig.screen());
}

/// Tells where a panic came from: the seed and what was pressed last.
struct Told<'a> {
    seed: u64,
    n: u64,
    last: &'a [Event],
}

impl Drop for Told<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("seed {} at {}, newest first: {:?}", self.seed, self.n, self.last);
        }
    }
}

#[test]
fn thousands_of_random_keys_never_panic_and_escape_always_leads_back() {
    let commands: Vec<Vec<Key>> = COMMANDS
        .iter()
        .flat_map(|spec| spec.keys)
        .map(|keys| keys.split(' ').map(|key| key.parse().unwrap()).collect())
        .collect();
    let plain: Vec<Key> = PLAIN.chars().map(Key::char).collect();
    for seed in 0..number("GUANXI_RANDOM_SEEDS", 12) {
        run(seed, number("GUANXI_RANDOM_KEYS", 500), &commands, &plain);
    }
}
