//! The two bars that are always there: the title bar with panes, dues, person and time, and the bottom line with the
//! keys that matter here, or with what just happened.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::text;
use crate::app::command::{COMMANDS, Command};
use crate::app::panes::PaneId;
use crate::app::room;
use crate::i18n::{Text, commands as words, format, shell};

/// Cells that the company's name takes at most.
const COMPANY: usize = 20;

/// Draws the title bar: panes to the left; to the right what is due, the alarms, who and when.
pub fn title(c: &mut Canvas, area: Rect, active: PaneId) {
    let theme = c.theme;
    if room::tabs_from(c.shared.size) > 1 {
        c.put(area, (area.x + 1, area.y), 6, "guanxi", theme.strong);
    }
    let mut end = area.x;
    for (at, width, pane) in room::tabs(c.lang(), c.shared.size, active) {
        let name = pane.title().of(c.lang());
        let style = if pane == active { theme.accent } else { theme.dim };
        let style = if pane == active {
            style.add_modifier(ratatui::style::Modifier::BOLD | ratatui::style::Modifier::UNDERLINED)
        } else {
            style
        };
        let digit = pane as u8 + 1;
        let text = if width > 1 { format!("{digit} {name}") } else { digit.to_string() };
        end = c.put(area, (area.x + at, area.y), width, &text, style);
    }
    let room = usize::from(area.right().saturating_sub(end + 1));
    let mut shown = standing(c, area.width >= 100);
    let mut gap = 2;
    let needed = |shown: &[Standing], gap| shown.iter().map(|s| text::width(&s.words) + gap).sum::<usize>();
    // before anything that matters goes, it is said in a sign, and stands closer
    while needed(&shown, gap) > room && !shown.is_empty() {
        let over = needed(&shown, gap) - room;
        // the company is known by the beginning of its name
        if let Some(company) = shown.iter_mut().find(|s| s.yields == OF_COMPANY)
            && text::width(&company.words) >= over + KNOWN
        {
            company.words = text::fit(&company.words, text::width(&company.words) - over, false);
            break;
        }
        let least = shown.iter().map(|s| s.yields).max().unwrap_or(0);
        if least >= MATTERS {
            shown.retain(|s| s.yields != least);
        } else if shown.iter().any(|s| s.sign.is_some()) {
            for one in &mut shown {
                one.words = one.sign.take().unwrap_or_else(|| std::mem::take(&mut one.words));
            }
        } else if gap > 1 {
            gap = 1;
        } else {
            shown.retain(|s| s.yields != least);
        }
    }
    let gap = u16::try_from(gap).unwrap_or(1);
    let mut x = area.right().saturating_sub(u16::try_from(needed(&shown, usize::from(gap))).unwrap_or(0));
    for one in &shown {
        x = c.put(area, (x + gap - 1, area.y), area.width, &one.words, one.style) + 1;
    }
}

/// One thing at the right of the title bar.
struct Standing {
    words: String,
    /// The same in a sign, for the narrowest screen.
    sign: Option<String>,
    style: Style,
    /// Where there is no room the least wanted goes first: the greatest number.
    yields: u8,
}

/// Its name goes before everything else, and has at least so many cells.
const OF_COMPANY: u8 = 7;
const KNOWN: usize = 10;

/// What goes before anything is said in a sign.
const MATTERS: u8 = 4;

/// What stands at the right of the title bar, from left to right.
fn standing(c: &Canvas, wide: bool) -> Vec<Standing> {
    let (s, lang, theme) = (c.shared, c.lang(), c.theme);
    let now = s.now;
    let clock =
        if wide { format::moment(now.local(), now.today(), lang) } else { format::time(now.local().time()) };
    let one = |words: String, style, yields| Standing { words, sign: None, style, yields };
    let mut shown = Vec::new();
    if let Some(title) = s.feeds.title() {
        if !title.company.is_empty() {
            let cells = text::width(&title.company).min(COMPANY);
            shown.push(one(text::fit(&title.company, cells, false), theme.dim, OF_COMPANY));
        }
        let counted =
            |text: Text, n: usize, style, yields| (n > 0).then(|| one(text.with(lang, &[&n]), style, yields));
        shown.extend(counted(shell::DUE_N, title.due, theme.warn, 1));
        shown.extend(counted(shell::OVERDUE_N, title.overdue, theme.bad, 2));
        let alarms = counted(shell::ALARMS_N, title.alarms, theme.bad, 3);
        let sign = Some(shell::ALARMS_SIGN.with(lang, &[&title.alarms]));
        shown.extend(alarms.map(|alarms| Standing { sign, ..alarms }));
        shown.extend(counted(shell::REQUESTS_N, title.requests, theme.warn, 6));
        if title.demo {
            shown.push(one(shell::DEMO.of(lang).to_owned(), theme.warn, 5));
        }
        shown.push(one(title.person.clone(), theme.text, MATTERS));
        if s.reads_only {
            shown.push(one(shell::READS_ONLY.of(lang).to_owned(), theme.bad, 1));
        }
    }
    shown.push(one(clock, theme.dim, 0));
    shown
}

/// Commands at the end of the bottom line that always stay: the palette and help.
const LAST: usize = 2;

/// Draws the bottom line: what just happened, else the keys of a begun sequence, else the keys that matter here.
pub fn keys(c: &mut Canvas, area: Rect, commands: &[(Command, Text)]) {
    let theme = c.theme;
    let s = c.shared;
    if let Some(notice) = &s.notice {
        c.put(
            area,
            (area.x + 1, area.y),
            area.width.saturating_sub(2),
            &notice.text,
            theme.tone(notice.tone),
        );
        return;
    }
    if !s.pending.is_empty() {
        return continuations(c, area);
    }
    let mut pairs: Vec<(String, &str)> =
        commands.iter().map(|(k, word)| (s.key(*k), word.of(c.lang()))).collect();
    pairs.retain(|(key, _)| !key.is_empty());
    together(c, commands, &mut pairs);
    // the way to all others, which stands last, is never what has no room
    let wide = |(key, word): &(String, &str)| text::width(key) + text::width(word) + 3;
    while pairs.len() > LAST && pairs.iter().map(wide).sum::<usize>() > usize::from(area.width) {
        pairs.remove(pairs.len() - LAST - 1);
    }
    hints(c, area, &pairs);
}

/// The two keys that go from one period to the other stand together.
fn together<'c>(c: &Canvas<'c>, commands: &[(Command, Text)], pairs: &mut Vec<(String, &'c str)>) {
    let (before, after) = (c.say(words::PERIOD_BEFORE), c.say(words::PERIOD_AFTER));
    let at = commands.windows(2).any(|two| {
        matches!(two, [(Command::PreviousRecord, one), (Command::NextRecord, two)]
            if one.of(c.lang()) == before && two.of(c.lang()) == after)
    });
    let first = pairs.iter().position(|(_, word)| *word == before).filter(|_| at);
    if let Some(first) = first
        && first + 1 < pairs.len()
    {
        let (next, _) = pairs.remove(first + 1);
        if let Some((key, word)) = pairs.get_mut(first) {
            *key = format!("{key} {next}");
            *word = c.say(words::PERIOD);
        }
    }
}

/// What can follow the keys that were begun.
fn continuations(c: &mut Canvas, area: Rect) {
    let s = c.shared;
    let begun = s.pending.iter().fold(String::new(), |begun, k| begun + &k.to_string() + " ");
    let pairs: Vec<(String, &str)> = COMMANDS
        .iter()
        .flat_map(|spec| s.keymap.keys(spec.command).into_iter().map(move |keys| (keys, spec.text)))
        .filter(|(keys, _)| keys.starts_with(&begun))
        .map(|(keys, text)| (keys, text.of(c.lang())))
        .collect();
    hints(c, area, &pairs);
}

/// Draws keys with their words, as many as fit; in any case the way out: `Esc`, else the last of them.
pub fn hints(c: &mut Canvas, area: Rect, pairs: &[(String, &str)]) {
    let theme = c.theme;
    let mut x = area.x + 1;
    let pairs: Vec<&(String, &str)> = pairs.iter().filter(|(key, _)| !key.is_empty()).collect();
    let wide =
        |(key, word): &(String, &str)| u16::try_from(text::width(key) + text::width(word) + 1).unwrap_or(0);
    let out = pairs.iter().position(|(key, _)| key == "Esc").unwrap_or(pairs.len().saturating_sub(1));
    let kept = pairs.get(out).map_or(0, |pair| wide(pair) + 2);
    for (at, pair) in pairs.iter().enumerate() {
        let (key, word) = pair;
        let after = if at < out { kept } else { 0 };
        if x + wide(pair) + after > area.right() {
            continue;
        }
        x = c.line(area, (x, area.y), &[(key, theme.accent), (" ", theme.dim), (word, theme.dim)]) + 2;
    }
}
