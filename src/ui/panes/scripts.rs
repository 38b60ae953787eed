//! Pane 4, view *Scripts*: the list of scripts with their use, the lists of gifts, contents and products, and below the
//! list everything of what the cursor stands on, a script as it reads for the customer at hand.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::text;
use super::super::widgets::shelf::{self, Head, Part};
use super::super::widgets::table::{Cell, Column, Row, Wish};
use crate::app::command::Command;
use crate::app::feed::Slot;
use crate::app::panes::matrix::scripts::Scripts;
use crate::app::panes::matrix::view::{SHELVES, shelf as name};
use crate::app::shared::context;
use crate::domain::activation::TARGET;
use crate::domain::clock::from_ms;
use crate::domain::field::{Field, Noun, Value, fields_of};
use crate::i18n::entry::{Context, show};
use crate::i18n::{Text, fields, format, scripts as t, words};
use crate::store::request::{ActivationRow, Record, ScriptRow};

const COLUMNS: &[Head] = &[
    (t::CODE, 5, 0, 5, false),
    (t::TITLE, 18, 2, 0, false),
    (t::STATE, 9, 0, 1, false),
    (t::FOR, 14, 2, 3, false),
    (t::SCENE, 12, 1, 4, false),
    (t::USES, 6, 0, 2, true),
    (t::ANSWERED, 8, 0, 2, true),
];
/// Cells of a column of a field, by whether it is a figure.
const FIGURE: u16 = 10;
const WORDS: u16 = 14;
/// The greatest number of columns of a list of records.
const MOST: usize = 5;

/// Draws the view below the names of the views.
pub fn draw(c: &mut Canvas, area: Rect, view: &Scripts) {
    let shown = view.shelf();
    let theme = c.theme;
    let mut x = area.x + 1;
    for noun in SHELVES {
        let style = if noun == shown { theme.accent } else { theme.dim };
        x = c.line(area, (x, area.y), &[(c.say(name(noun)), style)]) + 2;
    }
    c.line(area, (x, area.y), &[("← →", theme.dim)]);
    let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let slot = match shown {
        Noun::Script => Slot::Scripts,
        Noun::Activation => Slot::Activations,
        _ => Slot::Company,
    };
    if shelf::failed(c, below, slot) {
        return;
    }
    let y = match shown {
        Noun::Script => list(c, below, view),
        Noun::Activation => activations(c, below, view),
        _ => records(c, below, view),
    };
    let parts = match (view.script(c.shared), view.record(c.shared)) {
        _ if shown == Noun::Activation => of_activations(c),
        (Some(script), _) => of_script(c, script),
        (None, Some(record)) => of_record(c, record),
        (None, None) => Vec::new(),
    };
    shelf::below(c, area, y, &parts);
}

fn rows(c: &mut Canvas, area: Rect, columns: &[(usize, Column)], shown: &[Row]) -> u16 {
    let text = t::NO_ROWS.with(c.lang(), &[&c.shared.key(Command::New)]);
    shelf::list(c, area, columns, shown, &text)
}

fn list(c: &mut Canvas, area: Rect, view: &Scripts) -> u16 {
    let scripts = Scripts::rows(c.shared);
    let (columns, shown) =
        shelf::laid(c, COLUMNS, area.width, (scripts, view.cursor), |i, script| cell(c, i, script));
    rows(c, area, &columns, &shown)
}

fn cell(c: &Canvas, column: usize, script: &ScriptRow) -> Cell {
    let theme = c.theme;
    match column {
        0 => Cell::new(script.code.clone(), theme.dim),
        1 => Cell::new(script.title.clone(), theme.text),
        2 => Cell::new(words::word("script", &script.state, c.lang()), state(c, &script.state)),
        3 => Cell::new(t::target(&script.target, c.lang()), theme.text),
        // of no scene in particular says nothing
        4 if script.scene == "other" => Cell::new("–", theme.dim),
        4 => Cell::new(words::word("scene", &script.scene, c.lang()), theme.text),
        5 => Cell::new(format::count(script.uses), theme.text),
        _ => Cell::new(share(script.answered, script.uses), theme.text),
    }
}

fn state(c: &Canvas, id: &str) -> Style {
    match id {
        "approved" => c.theme.good,
        "draft" => c.theme.warn,
        _ => c.theme.dim,
    }
}

/// A share with few behind it is told as a fraction (kpis.md C9).
pub(super) fn share(part: i64, of: i64) -> String {
    match of {
        0 => "–".to_owned(),
        1..5 => format!("{part}/{of}"),
        _ => format!("{}%", (part * 100 + of / 2) / of),
    }
}

fn records(c: &mut Canvas, area: Rect, view: &Scripts) -> u16 {
    let specs: Vec<_> = fields_of(view.shelf()).take(MOST).collect();
    let figure = |field: Field| {
        matches!(field.spec().kind, crate::domain::field::Kind::Money | crate::domain::field::Kind::Int)
    };
    let heads: Vec<(String, bool)> =
        specs.iter().map(|s| (fields::label(s.field).of(c.lang()).to_owned(), figure(s.field))).collect();
    let wishes: Vec<Wish> = specs
        .iter()
        .zip(&heads)
        .enumerate()
        .map(|(i, (spec, (heading, _)))| Wish {
            width: if figure(spec.field) { FIGURE } else { WORDS }
                .max(u16::try_from(text::width(heading)).unwrap_or(0)),
            grow: if figure(spec.field) { 0 } else { 2 },
            yields: u8::try_from(i).unwrap_or(u8::MAX),
        })
        .collect();
    let people = c.shared.people();
    let with = context(c.shared, &people, &[], &[]);
    let style = c.theme.text;
    let cell = |i: usize, record: &Record| {
        let field = specs.get(i).map(|s| s.field);
        Cell::new(field.map_or(String::new(), |f| said(f, record.get(f), &with)), style)
    };
    let all = view.records(c.shared);
    let columns = shelf::columns_of(&wishes, &heads, area.width, all, cell);
    let shown = shelf::rows(c, &columns, (all, view.cursor), cell);
    rows(c, area, &columns, &shown)
}

const ACTIVATION: &[Head] = &[
    (t::CUSTOMER, 18, 3, 0, false),
    (t::OUTCOME, 8, 0, 1, false),
    (t::STARTED, 6, 0, 3, false),
    (t::GOAL, 8, 0, 2, false),
    (t::CAUSE, 14, 1, 5, false),
    (t::PLAN, 14, 2, 4, false),
    (t::OWNER, 8, 0, 6, false),
];

fn activations(c: &mut Canvas, area: Rect, view: &Scripts) -> u16 {
    let (theme, lang, today) = (c.theme, c.lang(), c.shared.now.today());
    let cell = |column: usize, row: &ActivationRow| match column {
        0 => Cell::new(row.name.clone(), theme.text),
        1 => {
            let style = match row.outcome.as_str() {
                "won" => theme.good,
                "open" if row.due < today => theme.bad,
                "open" => theme.warn,
                _ => theme.dim,
            };
            Cell::new(words::word("outcome", &row.outcome, lang), style)
        }
        2 => Cell::new(format::day(row.started, today), theme.dim),
        3 => Cell::new(format::day(row.due, today), theme.text),
        4 => Cell::new(words::word("activation", &row.cause, lang), theme.text),
        5 => Cell::new(row.plan.clone().unwrap_or_default(), theme.text),
        _ => Cell::new(row.owner.clone(), theme.dim),
    };
    let (columns, shown) =
        shelf::laid(c, ACTIVATION, area.width, (Scripts::activations(c.shared), view.cursor), |i, row| {
            cell(i, row)
        });
    let none = c.say(t::ON_PROFILE);
    shelf::list(c, area, &columns, &shown, none)
}

/// How many activations became deals, together and by week (K37).
fn of_activations(c: &Canvas) -> Vec<Part> {
    let Some(all) = c.shared.feeds.activations() else { return Vec::new() };
    let (lang, theme, today) = (c.lang(), c.theme, c.shared.now.today());
    let tally = all.tally;
    let style = match tally.reached() {
        Some(true) => theme.good,
        Some(false) => theme.bad,
        None => theme.text,
    };
    let rate = share(tally.won, tally.of);
    let total = t::TALLY.with(lang, &[&tally.won, &tally.of, &rate, &TARGET, &tally.running, &tally.early]);
    let mut parts = vec![(t::RESULT.of(lang).to_owned(), total, style)];
    parts.extend(all.weeks.iter().map(|(monday, week)| {
        let day = format::day(*monday, today);
        let text = t::WEEK.with(lang, &[&day, &week.won, &week.of, &week.running, &week.early]);
        (String::new(), text, theme.text)
    }));
    parts
}

fn of_script(c: &Canvas, script: &ScriptRow) -> Vec<Part> {
    let (lang, theme) = (c.lang(), c.theme);
    let mut parts: Vec<Part> = Vec::new();
    let mut add = |label: Text, text: String, style: Style| {
        if !text.is_empty() {
            parts.push((label.of(lang).to_owned(), text, style));
        }
    };
    let said = Scripts::said(script, c.shared);
    add(t::TEXT, script.text.clone(), if said.is_some() { theme.dim } else { theme.text });
    if let Some((name, said)) = said {
        let style = if said.missing.is_empty() { theme.strong } else { theme.warn };
        parts.push((t::SAID_TO.with(lang, &[&name]), t::shown(&said.text, lang), style));
    }
    let mut add = |label: Text, text: String, style: Style| {
        if !text.is_empty() {
            parts.push((label.of(lang).to_owned(), text, style));
        }
    };
    add(t::FOR, t::target(&script.target, lang), theme.text);
    let channels: Vec<&str> = script.channels.iter().map(|id| words::word("channel", id, lang)).collect();
    add(t::CHANNELS, format::list(&channels, lang), theme.text);
    let needs: Vec<&str> = script.needs.iter().map(String::as_str).collect();
    add(t::NEEDS, format::list(&needs, lang), theme.text);
    let result = t::RESULT_OF.with(lang, &[&script.uses, &script.answered, &script.converted]);
    add(t::RESULT, if script.uses > 0 { result } else { String::new() }, theme.text);
    add(t::REVIEW, review(c, script), state(c, &script.state));
    parts
}

/// `已审核 · 王敏 · 05-20 · 第2版 · 作者 李强`.
fn review(c: &Canvas, script: &ScriptRow) -> String {
    let lang = c.lang();
    let state = words::word("script", &script.state, lang);
    let now = c.shared.now;
    let day = script.reviewed_at.map(|at| format::day(now.zone.day(from_ms(at)), now.today()));
    let mut said = match (&script.reviewer, day) {
        (Some(who), Some(day)) => vec![t::BY_ON.with(lang, &[&state, who, &day])],
        _ => vec![state.to_owned()],
    };
    said.push(t::VERSION.with(lang, &[&script.version]));
    said.extend(script.author.as_ref().map(|who| t::AUTHOR.with(lang, &[who])));
    said.extend(script.source.as_ref().map(|source| t::note(source, lang)));
    said.join(" · ")
}

/// A value of a record as it is read.
fn said(field: Field, value: &Value, with: &Context) -> String {
    let text = show(field, value, with);
    if matches!(field, Field::GiftNote | Field::ContentNote) { t::note(&text, with.lang) } else { text }
}

fn of_record(c: &Canvas, record: &Record) -> Vec<Part> {
    let people = c.shared.people();
    let with = context(c.shared, &people, &[], &[]);
    record
        .values
        .iter()
        .map(|(field, value)| {
            (fields::label(*field).of(c.lang()).to_owned(), said(*field, value, &with), c.theme.text)
        })
        .filter(|(_, text, _)| !text.is_empty())
        .collect()
}
