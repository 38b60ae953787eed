//! The rules of a classification: conditions to be edited, whom they would move, and the versions and proposals beside them.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::text;
use super::scheme::frame;
use super::{bars, popup};
use crate::app::feed::Slot;
use crate::app::popup::rules::{Kept, Rules, Typing, applies_rules, edits_rules, kept, said_of};
use crate::domain::clock::from_ms;
use crate::domain::scheme::draft::{Draft, Spot};
use crate::i18n::{Lang, commands, format, scheme as t, shell, words};
use crate::store::request::Query;

/// Draws the editor of the rules.
pub fn rules(c: &mut Canvas, screen: Rect, rules: &Rules) {
    let (lang, theme) = (c.lang(), c.theme);
    let name = words::word("scheme", &rules.scheme, lang);
    let edited = if rules.dirty { format!(" · {}", c.say(t::EDITED)) } else { String::new() };
    let (area, foot) = frame(c, screen, &format!("{} · {name}{edited}", c.say(commands::RULES)));
    let taken;
    let draft: &Draft = if let Some(draft) = &rules.draft {
        draft
    } else {
        let mut fresh = Rules::new(&rules.scheme);
        fresh.take(c.shared.feeds.schemes().map_or(&[], Vec::as_slice));
        let Some(draft) = fresh.draft else {
            c.put(area, (area.x, area.y), area.width, c.say(shell::LOADING), theme.dim);
            return;
        };
        taken = draft;
        &taken
    };
    // what moves stands below the conditions, what is typed or wrong below that
    let below = moves(c, rules, usize::from(area.width));
    let low = u16::try_from(below.len()).unwrap_or(0).min(area.height / 2);
    let typed = u16::from(rules.typing.is_some());
    let list = Rect { height: area.height.saturating_sub(low + typed + u16::from(low > 0)), ..area };
    let (top, count) = match rules.versions {
        Some(cursor) => versions(c, list, rules, cursor.at),
        None => conditions(c, list, draft, rules, lang),
    };
    let inside = Rect { height: foot.bottom().saturating_sub(area.y), ..area };
    popup::beyond(c, inside, (top, count.saturating_sub(top + usize::from(list.height))));
    let mut y = list.bottom();
    if low > 0 {
        c.rule(area, y);
        y += 1;
    }
    for (line, style) in below.iter().take(usize::from(low)) {
        c.put(area, (area.x, y), area.width, line, *style);
        y += 1;
    }
    if let Some(typing) = &rules.typing {
        let label = match typing {
            Typing::Condition { .. } => t::CONDITION,
            Typing::Class(_) => t::NEW_CLASS,
            Typing::Reason(_) => t::REASON,
        };
        let from = c.put(area, (area.x, y), area.width, &format!("{} ", c.say(label)), theme.strong);
        c.input(area, (from, y), area.right().saturating_sub(from), typing.input());
    }
    bars::hints(c, foot, &keys(c, rules));
}

/// The keys that matter, the more needed first: a narrow screen drops the last.
fn keys<'c>(c: &Canvas<'c>, rules: &Rules) -> Vec<(String, &'c str)> {
    let key = |key: &str, text| (key.to_owned(), c.say(text));
    let back = key("Esc", commands::BACK);
    let other = key("Tab", t::OTHER_SCHEME);
    if rules.applying.is_some() {
        return vec![key("Esc", t::STOP)];
    }
    if rules.typing.is_some() {
        return vec![key("Enter", t::TAKE), back];
    }
    if rules.versions.is_some() {
        return match kept(&rules.scheme, c.shared).get(rules.versions.map_or(0, |cursor| cursor.at)) {
            Some(Kept::Proposal(p)) if p.by_me || applies_rules(c.shared) => {
                vec![key("Enter", t::TAKE_UP), key("Del", commands::REMOVE), back]
            }
            _ if edits_rules(c.shared) => vec![key("Enter", t::TAKE_UP), back],
            _ => vec![back],
        };
    }
    if !edits_rules(c.shared) {
        return vec![key("v", t::VERSIONS), other, back];
    }
    let apply = if applies_rules(c.shared) { t::APPLY } else { t::PROPOSE };
    // what was changed is let go with one key, which shows as soon as there is something to let go
    let discard = if rules.dirty { "r" } else { "" };
    vec![
        key("Enter", commands::EDIT),
        key("p", t::TRY),
        key("a", apply),
        key(discard, t::RESET),
        key("n", t::CONDITION),
        key("Del", commands::REMOVE),
        key("v", t::VERSIONS),
        key("c", t::ADD_CLASS),
        key("o", t::TAKES_REST),
        other,
        back,
    ]
}

/// Proposals and versions, one a line: what, when and by whom, why. Gives the first that shows and how many there are.
fn versions(c: &mut Canvas, area: Rect, rules: &Rules, on: usize) -> (usize, usize) {
    let theme = c.theme;
    let lines: Vec<(String, String, String, Style)> =
        kept(&rules.scheme, c.shared).into_iter().map(|kept| version(c, kept)).collect();
    let what = lines.iter().map(|(what, ..)| text::width(what)).max().unwrap_or(0);
    let who = lines.iter().map(|(_, who, ..)| text::width(who)).max().unwrap_or(0);
    let height = usize::from(area.height).max(1);
    let top = on.saturating_sub(height - 1);
    for (line, (at, row)) in lines.iter().enumerate().skip(top).take(height).enumerate() {
        let y = area.y + u16::try_from(line).unwrap_or(0);
        let (first, second, why, style) = row;
        let said = format!("{}  {}  {why}", text::fit(first, what, false), text::fit(second, who, false));
        c.put(area, (area.x, y), area.width, &said, *style);
        if at == on {
            c.tint(area, y, theme.select);
        }
    }
    (top, lines.len())
}

/// One of them in words.
fn version(c: &Canvas, kept: Kept<'_>) -> (String, String, String, Style) {
    let (lang, theme) = (c.lang(), c.theme);
    let told = |at: i64, by: &str| format!("{} {by}", c.shared.now.zone.day(from_ms(at)));
    let why = |reason: Option<&str>| reason.unwrap_or_else(|| c.say(t::NO_REASON)).to_owned();
    let (version, in_force) = match kept {
        Kept::Proposal(p) => {
            let what = c.say(t::ONE_PROPOSAL).to_owned();
            return (what, told(p.at, &p.by), why(p.reason.as_deref()), theme.warn);
        }
        Kept::InForce(version) => (version, true),
        Kept::Before(version) => (version, false),
    };
    let number = t::ONE_VERSION.with(lang, &[&version.version]);
    let what = if in_force { format!("{number} · {}", c.say(t::IN_FORCE)) } else { number };
    let style = if in_force { theme.strong } else { theme.text };
    match (&version.by, version.at) {
        (Some(by), Some(at)) => (what, told(at, by), why(version.reason.as_deref()), style),
        _ => (what, c.say(t::AS_SHIPPED).to_owned(), String::new(), style),
    }
}

/// Draws the classes with their conditions; gives the first line that shows and how many there are.
fn conditions(c: &mut Canvas, area: Rect, draft: &Draft, rules: &Rules, lang: Lang) -> (usize, usize) {
    let theme = c.theme;
    let spots = draft.spots();
    let height = usize::from(area.height).max(1);
    let top = rules.cursor.at.saturating_sub(height - 1).max(rules.cursor.top.min(rules.cursor.at));
    for (line, (at, spot)) in spots.iter().enumerate().skip(top).take(height).enumerate() {
        let y = area.y + u16::try_from(line).unwrap_or(0);
        match *spot {
            Spot::Part(p) => {
                let Some(part) = draft.parts.get(p) else { continue };
                let word = if lang == Lang::En { part.en.as_str() } else { &part.zh };
                let rest = if part.otherwise { c.say(t::THE_REST) } else { "" };
                let kind = if part.none { c.say(t::NO_CLASS) } else { "" };
                let words: Vec<&str> = [word, kind, rest].into_iter().filter(|s| !s.is_empty()).collect();
                let line = words.join(" · ");
                let end = c.put(area, (area.x, y), area.width, &line, theme.strong);
                if part.when.is_empty() && !part.otherwise {
                    let said = t::NO_CONDITION.with(lang, &[&"n"]);
                    c.put(area, (end + 2, y), area.right().saturating_sub(end + 2), &said, theme.warn);
                }
            }
            Spot::Condition(_, a, n) => {
                let text = draft.condition(*spot).unwrap_or_default();
                let or = if n == 0 && a > 0 { c.say(t::OR) } else { "" };
                c.put(area, (area.x + 2, y), 4, or, theme.dim);
                let shown = t::condition(text, lang);
                let end = c.put(area, (area.x + 6, y), area.width.saturating_sub(6), &shown, theme.text);
                let hint = area.x + area.width / 2;
                c.put(area, (end.max(hint) + 2, y), area.width, text, theme.dim);
            }
        }
        if at == rules.cursor.at {
            c.tint(area, y, theme.select);
        }
    }
    (top, spots.len())
}

/// What is wrong, how far the rules have come into force, or whom they would move.
fn moves(c: &Canvas, rules: &Rules, width: usize) -> Vec<(String, Style)> {
    let (lang, theme) = (c.lang(), c.theme);
    let mut out = tried(c, rules, width);
    if let Some(version) =
        rules.since(c.shared).filter(|_| rules.applying.is_none() && rules.versions.is_none())
    {
        let said = t::SINCE_VERSION.with(lang, &[&version.version, &"v"]);
        out.extend(text::wrap(&said, width, 3).into_iter().map(|line| (line, theme.warn)));
    }
    let beside = rules.beside();
    if beside > 0 && rules.applying.is_none() && rules.versions.is_none() {
        let said = t::BORDER.with(lang, &[&beside, &"="]);
        out.extend(text::wrap(&said, width, 3).into_iter().map(|line| (line, theme.accent)));
    }
    out
}

fn tried(c: &Canvas, rules: &Rules, width: usize) -> Vec<(String, Style)> {
    let (lang, theme) = (c.lang(), c.theme);
    let wrapped = |text: &str, style: Style| -> Vec<(String, Style)> {
        text::wrap(text, width, 4).into_iter().map(|line| (line, style)).collect()
    };
    if let Some(wrong) = &rules.wrong {
        return wrapped(wrong, theme.bad);
    }
    let count = |n: u64| format::count(i64::try_from(n).unwrap_or(i64::MAX));
    if let Some((_, done, all)) = rules.applying {
        return vec![(t::APPLYING.with(lang, &[&count(done), &count(all)]), theme.text)];
    }
    let Some(text) = rules.tried.as_ref().filter(|_| rules.versions.is_none()) else {
        // what waits for an answer is said as soon as the rules are looked at
        let kept = kept(&rules.scheme, c.shared);
        let proposal = kept.iter().find_map(|k| if let Kept::Proposal(p) = k { Some(p) } else { None });
        let Some(p) = proposal.filter(|_| !rules.dirty && rules.versions.is_none()) else {
            return Vec::new();
        };
        let day = format::day(c.shared.now.zone.day(from_ms(p.at)), c.shared.now.today());
        let why = p.reason.as_deref().unwrap_or_else(|| c.say(t::NO_REASON));
        return wrapped(&t::PROPOSED.with(lang, &[&p.by, &day, &why, &"v"]), theme.warn);
    };
    let query = Query::SchemePreview(text.clone());
    if let Some(error) = c.shared.feeds.error(Slot::Moves) {
        return wrapped(&said_of(error, rules.draft.as_ref(), lang), theme.bad);
    }
    let Some(moves) = c.shared.feeds.moves().filter(|_| c.shared.feeds.current(Slot::Moves, &query)) else {
        return vec![(c.say(t::TRYING).to_owned(), theme.dim)];
    };
    let all = format::count(moves.customers);
    if moves.moved == 0 {
        return vec![(t::MOVES_NONE.with(lang, &[&all]), theme.text)];
    }
    let head = t::MOVES_HEAD.with(lang, &[&format::count(moves.moved), &all]);
    let mut out = vec![(head, theme.strong)];
    let wide = moves.moves.iter().map(|m| text::width(&t::move_words(m, lang))).max().unwrap_or(0);
    out.extend(moves.moves.iter().map(|m| {
        let (figure, words) = (format::count(m.customers), t::move_words(m, lang));
        let row = format!("{figure:>8}  {}  {}", text::fit(&words, wide, false), t::some(m, lang));
        (row.trim_end().to_owned(), theme.text)
    }));
    out
}
