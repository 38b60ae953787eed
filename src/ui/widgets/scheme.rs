//! Why a customer stands where it stands, and the editor of the rules.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::text;
use super::{bars, popup};
use crate::app::feed::Slot;
use crate::app::popups::scheme::{Rules, Typing, WhyView, edits_rules, said_of};
use crate::app::room;
use crate::domain::scheme::draft::{Draft, Spot};
use crate::i18n::scheme::{self as t, Mark};
use crate::i18n::{Lang, commands, format, shell, words};
use crate::store::request::Query;

/// The frame of both, as wide as is useful, with a line for keys at its foot.
fn frame(c: &mut Canvas, screen: Rect, title: &str) -> (Rect, Rect) {
    let height = u16::try_from(room::popup(c.shared.size)).unwrap_or(10) + 6;
    let width = screen.width.saturating_sub(2).min(110);
    let inside = popup::frame(c, popup::middle(screen, width, height), title);
    let foot = popup::foot(inside);
    (Rect { height: inside.height.saturating_sub(2), ..inside }, foot)
}

/// Draws the account of a customer's classes.
pub fn why(c: &mut Canvas, screen: Rect, view: &WhyView) {
    let name = c.shared.subject.as_ref().map_or(String::new(), |s| s.name.clone());
    let title = format!("{} · {name}", c.say(commands::WHY));
    let (area, foot) = frame(c, screen, &title);
    let (lang, theme) = (c.lang(), c.theme);
    let Some(all) = c.shared.feeds.why() else {
        c.put(area, (area.x, area.y), area.width, c.say(shell::LOADING), theme.dim);
        return;
    };
    let names: Vec<&str> = all.iter().map(|why| words::word("scheme", &why.account.scheme, lang)).collect();
    tabs(c, area, &names, view.scheme);
    if let Some(why) = all.get(view.scheme) {
        let lines = laid_out(&t::account(why, c.shared.now.zone, lang), usize::from(area.width), c);
        let rows = usize::from(area.height.saturating_sub(2));
        let top = view.top.min(lines.len().saturating_sub(rows));
        for (i, (line, style)) in lines.iter().skip(top).take(rows).enumerate() {
            c.put(area, (area.x, area.y + 2 + u16::try_from(i).unwrap_or(0)), area.width, line, *style);
        }
    }
    let keys = [
        ("Tab".to_owned(), c.say(t::OTHER_SCHEME)),
        ("↑ ↓".to_owned(), c.say(t::SCROLL)),
        ("Esc".to_owned(), c.say(commands::BACK)),
    ];
    bars::hints(c, foot, &keys);
}

/// The names of the schemes on one line; where they do not fit, as many as stand around the one that is shown.
fn tabs(c: &mut Canvas, area: Rect, names: &[&str], at: usize) {
    let theme = c.theme;
    let room = usize::from(area.width);
    let cells =
        |from: usize| names.iter().skip(from).take(at + 1 - from).map(|n| text::width(n) + 2).sum::<usize>();
    let from = (0..=at).find(|from| cells(*from) + 2 <= room).unwrap_or(at);
    let mut x = area.x;
    if from > 0 {
        x = c.put(area, (x, area.y), 2, "‹ ", theme.dim);
    }
    for (n, name) in names.iter().enumerate().skip(from) {
        let style = if n == at { theme.strong } else { theme.dim };
        let last = n + 1 == names.len();
        if usize::from(area.right().saturating_sub(x)) < text::width(name) + if last { 0 } else { 2 } {
            c.put(area, (x, area.y), 1, "›", theme.dim);
            break;
        }
        x = c.put(area, (x, area.y), area.right().saturating_sub(x), name, style) + 2;
    }
}

/// Lines with their labels in a column of their own, wrapped.
fn laid_out(lines: &[t::Line], width: usize, c: &Canvas) -> Vec<(String, Style)> {
    let theme = c.theme;
    let label = lines
        .iter()
        .filter(|l| l.mark != Mark::Head && !l.text.is_empty())
        .map(|l| text::width(&l.label))
        .max()
        .unwrap_or(0)
        .min(width / 3);
    let mut out: Vec<(String, Style)> = Vec::new();
    for line in lines {
        if line.mark == Mark::Head {
            if !out.is_empty() {
                out.push((String::new(), theme.text));
            }
            let head = format!("{}  {}", line.label, line.text);
            let head = text::wrap(head.trim_end(), width, 3);
            out.extend(head.into_iter().map(|part| (part, theme.strong)));
            continue;
        }
        let (sign, style) = match line.mark {
            Mark::Holds => ("✓", theme.good),
            Mark::Fails => ("✗", theme.text),
            Mark::Plain | Mark::Head => (" ", theme.text),
        };
        // what stands alone has the whole width; else both columns go on below themselves, and nothing is cut
        let cells = if line.text.is_empty() { width.saturating_sub(2).max(8) } else { label };
        let room = width.saturating_sub(label + 4).max(8);
        let (names, parts) = (text::wrap(&line.label, cells, 6), packed(&line.text, room));
        for n in 0..names.len().max(parts.len()) {
            let name = names.get(n).map_or("", String::as_str);
            let part = parts.get(n).map_or("", String::as_str);
            let sign = if n == 0 { sign } else { " " };
            let row = format!("{sign} {}  {part}", text::fit(name, cells, false));
            out.push((row.trim_end().to_owned(), style));
        }
    }
    out
}

/// Conditions in lines of at most so many cells, none broken that fits on a line of its own.
fn packed(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for condition in text.split("  ") {
        let wide = text::width(condition);
        match lines.last_mut() {
            Some(last) if text::width(last) + 2 + wide <= room => {
                last.push_str("  ");
                last.push_str(condition);
            }
            _ => lines.extend(text::wrap(condition, room, 12)),
        }
    }
    lines
}

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
    conditions(c, list, draft, rules, lang);
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
    let key = |key: &str, text| (key.to_owned(), c.say(text));
    let keys = match (&rules.typing, &rules.applying) {
        (_, Some(_)) => vec![key("Esc", t::STOP)],
        (Some(_), _) => vec![key("Enter", t::TAKE), key("Esc", commands::BACK)],
        _ if !edits_rules(c.shared) => vec![key("Tab", t::OTHER_SCHEME), key("Esc", commands::BACK)],
        _ => vec![
            key("Enter", commands::EDIT),
            key("n", t::CONDITION),
            key("c", t::ADD_CLASS),
            key("o", t::TAKES_REST),
            key("p", t::TRY),
            key("a", t::APPLY),
            key("Del", commands::REMOVE),
            key("r", t::RESET),
            key("Tab", t::OTHER_SCHEME),
            key("Esc", commands::BACK),
        ],
    };
    bars::hints(c, foot, &keys);
}

fn conditions(c: &mut Canvas, area: Rect, draft: &Draft, rules: &Rules, lang: Lang) {
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
}

/// What is wrong, how far the rules have come into force, or whom they would move.
fn moves(c: &Canvas, rules: &Rules, width: usize) -> Vec<(String, Style)> {
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
    let Some(text) = &rules.tried else { return Vec::new() };
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
    let rows = moves.moves.iter().map(|m| {
        let figure = format::count(m.customers);
        (format!("{figure:>8}  {}", t::move_words(m, lang)), theme.text)
    });
    out.extend(rows);
    out
}
