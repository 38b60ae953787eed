//! The one form: a line a field, the field with the focus shown whole, what next actions mean shown back as dates before
//! they are saved, what is wrong said where it is wrong.

mod foot;
mod head;
mod layout;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::text;
use super::{bars, conflict, popup};
use crate::app::form::{Entry, Form, FormKind, State};
use crate::app::shared::context;
use crate::app::{forms, live, popups};
use crate::domain::clock::from_ms;
use crate::domain::date::{Anchor, Due, NextAction, Resolved, day_note};
use crate::domain::field::{Field, Invalid, Kind, Problem, Value};
use crate::i18n::entry::{read, show};
use crate::i18n::{errors, format, group, guard, merge, scripts, shell, user};
use layout::{Rows, Widths};

/// Lines that a text of several lines gets while it has the focus.
const BLOCK: usize = 4;
/// Lines that the field with the focus has at least, whatever is said below.
const LEAST: usize = 2;
/// Lines of the script that was chosen.
const SCRIPT: usize = 3;

/// What one field shows.
struct Shown<'f> {
    label: &'f str,
    /// The label's.
    style: Style,
    /// What was typed is wrong.
    wrong: bool,
    /// What stands there was proposed: the first key overwrites it.
    proposed: bool,
    lines: Vec<(String, Style)>,
    /// Where the cursor stands in the lines.
    cursor: Option<(usize, usize)>,
    /// What a colleague has made of it meanwhile; blank for nothing.
    note: String,
    /// What the lines may take beside the note.
    cells: usize,
}

/// Draws a form.
pub fn draw(c: &mut Canvas, screen: Rect, form: &Form) {
    if let State::Clashing { who, at, clashes, at_clash, .. } = &form.state {
        return conflict::draw(c, screen, form, (who, *at), clashes, *at_clash);
    }
    let theme = c.theme;
    let labels: Vec<&str> = form.entries.iter().map(|e| e.label(c.lang())).collect();
    let widths = Widths::of(screen.width, labels.iter().map(|label| text::width(label)));
    // beside the field and not below it: nothing moves while somebody types
    let notes: Vec<String> = form.entries.iter().map(|e| meanwhile(c, form, e, widths.value / 2)).collect();
    let fields: Vec<Shown> = form
        .entries
        .iter()
        .zip(labels)
        .zip(notes)
        .enumerate()
        .map(|(i, ((entry, label), note))| shown(c, form, (i, entry), label, (note, widths.value)))
        .collect();
    let heights: Vec<usize> = fields.iter().map(|field| field.lines.len()).collect();
    let mut last = foot::footer(c, form);
    let headed = form.subject.is_some() || !form.many.is_empty();
    let here = heights.get(form.focus).copied().unwrap_or(1).clamp(1, LEAST);
    let most = layout::below(screen.height, headed, here);
    let mut beside = (0, 0);
    if matches!(form.kind, FormKind::Merge { .. }) {
        // what a merge does besides goes on below the fields, and its end is read at the last of them
        let ends = form.focus + 1 >= form.entries.len();
        let needed = heights.iter().sum::<usize>().max(here);
        let room = if ends { most } else { layout::below(screen.height, headed, needed) };
        beside = foot::scrolled(&mut last, room, theme.dim, ends);
    }
    foot::shortened(&mut last, most, theme.dim);
    let rows = Rows::of(screen.height, &heights, form.focus, (headed, last.len()));
    let area = popup::middle(screen, widths.frame, rows.height);
    let inside = popup::frame(c, area, &popups::title(form, c.shared));
    if headed {
        subject(c, inside, form);
    }
    popup::beyond(c, inside, (rows.beyond.0 + beside.0, rows.beyond.1 + beside.1));
    for line in rows.lines(&heights) {
        let y = inside.y + u16::try_from(line.y).unwrap_or(0);
        if let Some(field) = fields.get(line.field) {
            draw_line(c, inside, (widths, y), field, line.part);
        }
    }
    for (i, (words, style)) in last.iter().enumerate() {
        let from_end = u16::try_from(last.len() - i).unwrap_or(0);
        c.put(inside, (inside.x, inside.bottom().saturating_sub(1 + from_end)), inside.width, words, *style);
    }
    let bottom = popup::foot(inside);
    if let State::Saving(_) = form.state {
        c.put(bottom, (inside.x, bottom.y), inside.width, c.say(shell::SAVING), theme.accent);
    } else {
        bars::hints(c, bottom, &foot::keys(c, form));
    }
}

/// Draws a line of a field: its label and what a colleague made of it on the first one, the value on all.
fn draw_line(c: &mut Canvas, inside: Rect, (widths, y): (Widths, u16), field: &Shown, line: usize) {
    let theme = c.theme;
    let Some((words, style)) = field.lines.get(line) else { return };
    let x = inside.x + widths.label + 2;
    let wide = u16::try_from(field.cells).unwrap_or(0);
    c.put(inside, (x, y), wide, words, *style);
    if line == 0 {
        c.put(inside, (inside.x, y), widths.label, field.label, field.style);
        if field.wrong {
            // the sign says it where there is no colour
            let before = Rect { x: inside.x.saturating_sub(1), width: 1, ..inside };
            c.put(before, (before.x, y), 1, "!", theme.bad);
        }
        c.put(inside, (x + wide, y), inside.width, &field.note, theme.warn);
        if field.proposed {
            c.put(inside, (x, y), wide, words.trim_end(), theme.proposal());
        }
    }
    if let Some((row, column)) = field.cursor
        && row == line
    {
        let column = u16::try_from(column).unwrap_or(0);
        c.cursor = Some(((x + column).min(inside.right().saturating_sub(1)), y));
    }
}

/// Whom the form is about, and beside it what is done with it and who else is at it.
fn subject(c: &mut Canvas, area: Rect, form: &Form) {
    let theme = c.theme;
    let mut beside: Vec<(String, Style)> = Vec::new();
    if let FormKind::Touch { done, .. } = &form.kind {
        let named = forms::called(done, c.shared);
        beside.extend(named.map(|what| (shell::FULFILS.with(c.lang(), &[&what]), theme.good)));
    }
    let others = editors(c, form);
    if !others.is_empty() {
        beside.push((others, theme.accent));
    }
    if let FormKind::Merge { gone: Some(gone) } = &form.kind {
        let into = merge::INTO.with(c.lang(), &[&format!("{} {}", gone.name, gone.code)]);
        beside.push((into, theme.warn));
    }
    let whom = match &form.subject {
        _ if !form.many.is_empty() => {
            vec![(shell::FOR_MANY.with(c.lang(), &[&form.many.len()]), theme.strong)]
        }
        Some(whom) => vec![(whom.name.clone(), theme.strong), (format!("  {}", whom.code), theme.dim)],
        None => Vec::new(),
    };
    head::draw(c, area, whom, beside);
    // what one has to know before dialling
    if form.many.is_empty()
        && let (FormKind::Touch { .. } | FormKind::Plan, Some(Some(card))) =
            (&form.kind, c.shared.feeds.form_card())
        && form.subject.as_ref().is_some_and(|s| s.id.0 == card.row.id)
    {
        let state = guard::state(&card.standing, c.shared.now.today(), c.lang());
        c.put(area, (area.x, area.y + 1), area.width, &state, theme.dim);
    }
}

/// What one field shows in so many cells, of which a note beside it takes some.
fn shown<'f>(
    c: &Canvas,
    form: &Form,
    (at, entry): (usize, &Entry),
    label: &'f str,
    (note, cells): (String, usize),
) -> Shown<'f> {
    let theme = c.theme;
    let (on, wrong) = (at == form.focus, form.is_wrong(at));
    let style = match (wrong, on) {
        (true, _) => theme.bad,
        (false, true) => theme.accent,
        (false, false) => theme.dim,
    };
    let cells = cells.saturating_sub(text::width(&note));
    let (mut lines, cursor) = value(c, entry, on, cells);
    lines.extend(meant(c, form, entry, on, cells));
    Shown { label, style, wrong, proposed: on && entry.selected, lines, cursor, note, cells }
}

/// Lines of a value with their styles, and where the cursor stands in them.
type Lines = (Vec<(String, Style)>, Option<(usize, usize)>);

/// The value of a field: with the focus as it is being typed, else on one line.
fn value(c: &Canvas, entry: &Entry, on: bool, cells: usize) -> Lines {
    let style = if on { c.theme.field } else { c.theme.text };
    let value = entry.text();
    if entry.is_pick() {
        let word = if value.is_empty() { c.say(shell::ABSENT) } else { value };
        let mut lines =
            vec![(if on { text::fit(&format!("← {word} →"), cells, false) } else { word.to_owned() }, style)];
        if on {
            lines.extend(choices(entry, cells).map(|l| (l, c.theme.dim)));
        }
        (lines, on.then_some((0, 2)))
    } else if on && entry.field.spec().kind == Kind::Block {
        let (lines, (row, column)) = text::block(value, entry.input.cursor(), cells);
        let from = (row + 1).saturating_sub(BLOCK);
        let lines =
            lines.iter().skip(from).take(BLOCK).map(|l| (text::fit(l, cells, false), style)).collect();
        (lines, Some((row - from, column)))
    } else if on {
        let (part, column) = text::scrolled(value, entry.input.cursor(), cells);
        (vec![(text::fit(&part, cells, false), style)], Some((0, column)))
    } else {
        (vec![(value.replace('\n', " / "), style)], None)
    }
}

/// The instant as a time of day.
fn clock(c: &Canvas, at: i64) -> String {
    format::time(c.shared.now.zone.local(from_ms(at)).time())
}

/// What a colleague has made of the field since the form opened; blank for nothing.
fn meanwhile(c: &Canvas, form: &Form, entry: &Entry, cells: usize) -> String {
    if matches!(form.kind, FormKind::Merge { .. }) {
        // both sides show: the one that is chosen, and beside it the other
        let other = entry.picks.iter().find(|(_, word)| word != entry.text());
        let other = other.map_or_else(String::new, |(_, word)| merge::OTHER.with(c.lang(), &[word]));
        return format!(" {}", text::cut(&other, cells.saturating_sub(1)));
    }
    let Some(since) = live::meanwhile(c.shared, form, entry.field) else { return String::new() };
    let people = c.shared.people();
    let value = show(entry.field, &since.value, &context(c.shared, &people, &[], &[]));
    let value = if value.is_empty() { c.say(shell::ABSENT).to_owned() } else { value.replace('\n', " / ") };
    let sentence = user::MEANWHILE.with(c.lang(), &[&since.who, &clock(c, since.at), &value]);
    format!(" {}", text::cut(&sentence, cells.saturating_sub(1)))
}

/// Who else edits the same row just now; blank for nobody.
fn editors(c: &Canvas, form: &Form) -> String {
    let names: Vec<&str> = live::editors(c.shared, form).iter().map(String::as_str).collect();
    if names.is_empty() {
        return String::new();
    }
    user::ALSO_EDITS.with(c.lang(), &[&format::list(&names, c.lang())])
}

/// The choices of a field on one line, if they fit.
fn choices(entry: &Entry, cells: usize) -> Option<String> {
    let words: Vec<&str> = entry.picks.iter().map(|(_, w)| w.as_str()).collect();
    let line = words.join(" · ");
    (words.len() <= 14 && words.len() > 2).then(|| text::cut(&line, cells).into_owned())
}

/// What words for dates mean: shown back before they are saved.
fn meant(c: &Canvas, form: &Form, entry: &Entry, on: bool, cells: usize) -> Vec<(String, Style)> {
    if entry.field == Field::Filter && on {
        let hint = if form.kind == FormKind::Filter { shell::FILTER_HINT } else { shell::SEARCH_HINT };
        let mut lines = vec![(c.say(hint).to_owned(), c.theme.dim)];
        if form.kind == FormKind::Filter {
            lines.extend(completions(c, entry, cells));
        }
        return lines;
    }
    if entry.text().trim().is_empty() {
        return Vec::new();
    }
    if entry.field == Field::CampaignFilter && on {
        let marked = entry.text().split_whitespace().find_map(|word| group::marked(word, c.lang()));
        return marked.map(|said| (said, c.theme.dim)).into_iter().collect();
    }
    if entry.field == Field::TouchScript && on {
        return script(c, entry, cells);
    }
    if entry.field == Field::TouchGift && on {
        return gift(c, entry).into_iter().collect();
    }
    let told_as = match entry.field {
        Field::Next => forms::actions(form, c.shared),
        Field::Until | Field::MoveTo | Field::CallAt => forms::due(form, c.shared).map(alone),
        // as it stands it needs no second telling
        _ if entry.is_touched() => {
            match read(entry.field.spec(), entry.text(), &context(c.shared, &[], &[], &[])) {
                Ok(Value::Due(due)) => Ok(alone(due)),
                Ok(Value::Day(day)) if entry.text().trim() != day.to_string() => {
                    Ok(alone(Due { day, time: None }))
                }
                Err(problem @ Problem::DayOnly(_)) => Err(Invalid { field: entry.field, problem }),
                _ => return Vec::new(),
            }
        }
        _ => return Vec::new(),
    };
    match told_as {
        Ok(actions) => actions.iter().map(|a| (told(c, a), c.theme.good)).collect(),
        // while it is being typed it is not wrong yet: the sentence is quiet until it is saved
        Err(invalid) if on && form.wrong.is_empty() => {
            vec![(errors::invalid(&invalid, c.lang()), c.theme.dim)]
        }
        Err(_) => Vec::new(),
    }
}

/// A due without a task, to be told like one that has one.
fn alone(due: Due) -> Vec<NextAction> {
    let resolved = Resolved { due, anchor: Anchor::Absolute };
    vec![NextAction { text: String::new(), said: String::new(), resolved }]
}

/// How the word that is being typed may go on.
fn completions(c: &Canvas, entry: &Entry, cells: usize) -> Option<(String, Style)> {
    let offered = group::complete(entry.text(), c.lang());
    let last = |text: &str| text.rsplit(' ').next().unwrap_or_default().to_owned();
    let words: Vec<String> = offered.iter().map(|text| last(text)).collect();
    let line = format!("Tab ▸{}", words.join("  "));
    (!words.is_empty()).then(|| (text::cut(&line, cells).into_owned(), c.theme.text))
}

/// The chosen script as it reads for this customer.
fn script(c: &Canvas, entry: &Entry, cells: usize) -> Vec<(String, Style)> {
    let Some(Some(card)) = c.shared.feeds.form_card() else { return Vec::new() };
    let code = entry.picked().and_then(|value| value.as_text());
    let Some(said) = card.scripts.iter().find(|said| Some(said.code.as_str()) == code) else {
        return Vec::new();
    };
    let style = if said.missing.is_empty() { c.theme.good } else { c.theme.warn };
    let text = scripts::shown(&said.text, c.lang());
    text::wrap(&text, cells, SCRIPT).into_iter().map(|line| (line, style)).collect()
}

/// What is left of the chosen gift and what one costs.
fn gift(c: &Canvas, entry: &Entry) -> Option<(String, Style)> {
    let Some(Some(card)) = c.shared.feeds.form_card() else { return None };
    let gift = card.gifts.iter().find(|gift| gift.name == entry.text())?;
    let lang = c.lang();
    let left = match gift.stock {
        Some(0) => return Some((c.say(scripts::GIFT_GONE).to_owned(), c.theme.warn)),
        Some(left) => Some(scripts::GIFT_LEFT.with(lang, &[&format::count(left)])),
        None => None,
    };
    let costs = gift.unit.map(|unit| scripts::GIFT_COSTS.with(lang, &[&unit.yuan_grouped()]));
    let said: Vec<String> = left.into_iter().chain(costs).collect();
    Some((said.join(" · "), c.theme.dim))
}

/// `→ 05-22 周三 15:00  发送资料`, with a word where the day is a weekend or a holiday.
fn told(c: &Canvas, action: &NextAction) -> String {
    let due = action.resolved.due;
    let today = c.shared.now.today();
    let mut out = format!("→ {} {}", format::day(due.day, today), format::weekday(due.day, c.lang()));
    if let Some(time) = due.time {
        out = format!("{out} {}", format::time(time));
    }
    if !action.text.is_empty() {
        out = format!("{out}  {}", action.text);
    }
    if let Some(note) = day_note(due.day) {
        out = format!("{out}  ({})", format::note(&note, c.lang()));
    }
    out
}
