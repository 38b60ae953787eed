//! The import wizard: a file picker, then what the file would do, then what it did.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::text;
use super::{bars, popup};
use crate::app::popup::{Stage, Wizard};
use crate::app::room;
use crate::domain::field::Noun;
use crate::domain::import::Report;
use crate::i18n::{commands, fields, format, import as t, shell};

/// Draws the wizard.
pub fn draw(c: &mut Canvas, screen: Rect, wizard: &Wizard) {
    let height = u16::try_from(room::popup(c.shared.size)).unwrap_or(10) + 6;
    let width = screen.width.saturating_sub(2).min(96);
    let inside = popup::frame(c, popup::middle(screen, width, height), c.say(commands::IMPORT));
    let foot = popup::foot(inside);
    let list = Rect { height: inside.height.saturating_sub(2), ..inside };
    match &wizard.stage {
        Stage::Choosing => files(c, list, wizard, None),
        Stage::Failed(sentence) => files(c, list, wizard, Some(sentence)),
        Stage::Trying | Stage::Running => working(c, list, wizard),
        Stage::Shown(report) => told(c, list, report, None, Some(wizard.heading)),
        Stage::Finished(report) => told(c, list, report, None, None),
        Stage::Cut(report, sentence) => told(c, list, report, Some(sentence), None),
    }
    let key = |key: &str, text| (key.to_owned(), c.say(text));
    let keys = match &wizard.stage {
        Stage::Choosing | Stage::Failed(_) => vec![key("Enter", t::CHOOSE), key("Esc", commands::BACK)],
        Stage::Trying | Stage::Running => vec![key("Esc", t::IN_BACKGROUND)],
        Stage::Shown(report) => {
            let mut keys = vec![
                key("Enter", t::GO),
                key("↓ e", t::CORRECT),
                key("Tab", t::OTHER_NOUN),
                key("Esc", t::OTHER_FILE),
            ];
            if report.next_sheet().is_some() {
                keys.insert(1, key("s", t::OTHER_SHEET));
            }
            keys
        }
        Stage::Finished(_) | Stage::Cut(..) => vec![key("Enter", t::CLOSE)],
    };
    bars::hints(c, foot, &keys);
}

/// Folders and files to choose from.
fn files(c: &mut Canvas, area: Rect, wizard: &Wizard, wrong: Option<&str>) {
    let theme = c.theme;
    c.put(area, (area.x, area.y), area.width, &wizard.folder, theme.dim);
    let from = c.put(area, (area.x, area.y + 1), area.width, "/ ", theme.dim);
    c.input(area, (from, area.y + 1), area.right().saturating_sub(from), &wizard.input);
    if wizard.input.value().is_empty() {
        c.put(area, (from + 1, area.y + 1), area.width, c.say(t::PICK_HINT), theme.dim);
    }
    let mut top = area.y + 2;
    if let Some(sentence) = wrong {
        for line in text::wrap(sentence, usize::from(area.width), 6) {
            c.put(area, (area.x, top), area.width, &line, theme.bad);
            top += 1;
        }
    }
    let rows = wizard.rows();
    if rows.is_empty() {
        let why = match (wizard.missing, wizard.files.is_empty()) {
            (true, _) => t::NO_FOLDER,
            (false, true) => t::NO_FILES,
            (false, false) => t::NO_FIT,
        };
        c.put(area, (area.x + 2, top), area.width, c.say(why), theme.dim);
    }
    // nothing to choose but the way out
    if !rows.is_empty() && wizard.files.iter().all(|file| file.name == "..") && top + 1 < area.bottom() {
        c.put(area, (area.x + 2, top + 1), area.width, c.say(t::NO_FILES), theme.dim);
    }
    let shown = rows.into_iter().enumerate().skip(wizard.cursor.top);
    for (line, (at, file)) in shown.take(usize::from(area.bottom().saturating_sub(top))).enumerate() {
        let y = top + u16::try_from(line).unwrap_or(0);
        let name = if file.folder { format!("{}/", file.name) } else { file.name.clone() };
        let size = if file.folder { String::new() } else { bytes(file.size) };
        let style = if file.folder { theme.accent } else { theme.text };
        c.put(area, (area.x + 2, y), area.width.saturating_sub(14), &name, style);
        c.right(area, y, &size, theme.dim);
        if at == wizard.cursor.at {
            c.tint(area, y, theme.select);
            c.put(area, (area.x, y), 1, "▌", theme.accent);
        }
    }
}

/// `1.4 MB`.
fn bytes(n: u64) -> String {
    match n {
        0..1_000 => format!("{n} B"),
        1_000..1_000_000 => format!("{} kB", n / 1_000),
        _ => format!("{}.{} MB", n / 1_000_000, n % 1_000_000 / 100_000),
    }
}

fn working(c: &mut Canvas, area: Rect, wizard: &Wizard) {
    let theme = c.theme;
    c.put(area, (area.x, area.y), area.width, &wizard.path, theme.dim);
    let (rows, done, total) = wizard.progress;
    let count = format::count(i64::try_from(rows).unwrap_or(0));
    let share = (done.min(total) * 100).checked_div(total).map_or(String::new(), |p| format!(" · {p} %"));
    let reading = if wizard.stage == Stage::Trying { t::READING } else { t::IMPORTING };
    let line = format!("{} {}{share}", c.say(reading), t::ROWS.with(c.lang(), &[&count]));
    c.put(area, (area.x, area.y + 2), area.width, &line, theme.accent);
}

/// What the file would do, or has done.
fn told(c: &mut Canvas, area: Rect, report: &Report, cut: Option<&str>, at: Option<usize>) {
    let theme = c.theme;
    let mut lines: Vec<(String, Style)> = Vec::new();
    if let Some(sentence) = cut {
        lines.extend(text::wrap(sentence, usize::from(area.width), 6).into_iter().map(|l| (l, theme.bad)));
    }
    let noun = fields::noun(report.noun).of(c.lang());
    let cut_by = t::cut(report, c.lang());
    let head = t::HEAD.with(c.lang(), &[&report.file, &noun, &report.encoding, &cut_by]);
    lines.push((head, theme.strong));
    let unread: Vec<&str> = report.unread().collect();
    if !unread.is_empty() {
        let sentence = t::SHEETS.with(c.lang(), &[&format::list(&unread, c.lang())]);
        lines.extend(text::wrap(&sentence, usize::from(area.width), 2).into_iter().map(|l| (l, theme.warn)));
    }
    let count = |n: u64| format::count(i64::try_from(n).unwrap_or(i64::MAX));
    let told = if report.dry { t::WOULD } else { t::HAS };
    let parts = [report.rows, report.made, report.updated, report.same, report.rejects].map(count);
    let [rows, made, updated, same, rejects] = &parts;
    let sum = told.with(c.lang(), &[rows, made, updated, same, rejects]);
    let nothing = report.made + report.updated + report.same == 0;
    let style = match (nothing, report.dry) {
        (true, _) => theme.bad,
        (false, true) => theme.text,
        (false, false) => theme.good,
    };
    if nothing && report.rows > 0 {
        lines.push((c.say(t::NOTHING_CAME).to_owned(), theme.bad));
    }
    lines.extend(text::wrap(&sum, usize::from(area.width), 3).into_iter().map(|line| (line, style)));
    if report.customers > 0 {
        lines.push((t::CUSTOMERS_MADE.with(c.lang(), &[&count(report.customers)]), theme.text));
    }
    if report.warnings > 0 {
        lines.push((t::WARNINGS.with(c.lang(), &[&count(report.warnings)]), theme.warn));
    }
    if report.gaps > 0 {
        lines.push((t::GAPS.with(c.lang(), &[&count(report.gaps)]), theme.warn));
    }
    if report.within > 0 {
        let told = t::WITHIN.with(c.lang(), &[&count(report.within)]);
        lines
            .extend(text::wrap(&told, usize::from(area.width), 4).into_iter().map(|line| (line, theme.warn)));
    }
    if let Some(file) = &report.rejects_file {
        lines.push((t::REJECTS_FILE.with(c.lang(), &[file]), theme.text));
    }
    for missing in &report.missing {
        lines.push((t::MISSING.with(c.lang(), &[missing]), theme.bad));
    }
    lines.push((String::new(), theme.text));
    for (line, why) in report.rejected.iter().take(4) {
        lines.push((t::LINE.with(c.lang(), &[line, why]), theme.bad));
    }
    for (line, what) in report.warned.iter().take(4) {
        lines.push((t::LINE.with(c.lang(), &[line, what]), theme.warn));
    }
    for (line, code, name) in report.alike.iter().take(3) {
        let text = shell::LOOKS_ALIKE.with(c.lang(), &[code, name]);
        lines.push((t::LINE.with(c.lang(), &[line, &text]), theme.warn));
    }
    if !report.industries.is_empty() {
        let names: Vec<&str> = report.industries.iter().take(5).map(String::as_str).collect();
        let sentence = t::INDUSTRIES.with(c.lang(), &[&format::list(&names, c.lang())]);
        lines.extend(text::wrap(&sentence, usize::from(area.width), 3).into_iter().map(|l| (l, theme.warn)));
    }
    if !report.changed.is_empty() {
        let count = format::count(i64::try_from(report.changed.len()).unwrap_or(i64::MAX));
        lines.push((t::CHANGES.with(c.lang(), &[&count]), theme.warn));
        // where the list below has no room for them
        let room = usize::from(area.height).saturating_sub(lines.len());
        let top = at.map_or(0, |at| (at + 1).saturating_sub(room.max(1)));
        let most = if top + room > report.columns.len() { 0 } else { 2 };
        for (line, who, what) in report.changed.iter().take(most) {
            lines.push((t::CHANGED.with(c.lang(), &[line, who, what]), theme.text));
        }
    }
    let used = lines.len().min(usize::from(area.height));
    for (i, (line, style)) in lines.iter().take(used).enumerate() {
        c.put(area, (area.x, area.y + u16::try_from(i).unwrap_or(0)), area.width, line, *style);
    }
    let taken = u16::try_from(used).unwrap_or(area.height);
    columns(c, Rect { y: area.y + taken, height: area.height - taken, ..area }, report, at);
}

/// What each heading is taken for, with what stands in the first row, then the records that would change; the line under the
/// cursor always shows.
fn columns(c: &mut Canvas, area: Rect, report: &Report, at: Option<usize>) {
    let theme = c.theme;
    let room = usize::from(area.height).max(1);
    let top = at.map_or(0, |at| (at + 1).saturating_sub(room));
    let rows = report.columns.iter().zip(&report.labels).enumerate().skip(top).take(room);
    // behind the columns, line by line, what of known records would give way
    let count = report.columns.len();
    let changed = report.changed.iter().enumerate().map(|(n, row)| (count + n, row));
    for (i, (line, who, what)) in changed.skip(top.saturating_sub(count)).take_while(|(i, _)| *i < top + room)
    {
        let y = area.y + u16::try_from(i - top).unwrap_or(0);
        let text = t::CHANGED.with(c.lang(), &[line, who, what]);
        c.put(area, (area.x + 2, y), area.width.saturating_sub(2), &text, theme.text);
        if at == Some(i) {
            c.tint(area, y, theme.select);
            c.put(area, (area.x, y), 1, "▌", theme.accent);
        }
    }
    for (i, ((heading, _), label)) in rows {
        let y = area.y + u16::try_from(i - top).unwrap_or(0);
        let (to, style) = match label {
            Some(label) => (label.as_str(), theme.text),
            // what nothing else knows can be a field of the company's own
            None if report.noun == Noun::Customer && report.dry => (c.say(t::LEFT_OUT_KEEP), theme.dim),
            None => (c.say(t::LEFT_OUT), theme.dim),
        };
        let line = t::COLUMN_TO.with(c.lang(), &[&text::fit(heading, 20, false), &text::fit(to, 18, false)]);
        c.put(area, (area.x + 2, y), 44, &line, style);
        let first = report.sample.first().and_then(|row| row.get(i)).map_or("", String::as_str);
        c.put(area, (area.x + 47, y), area.width.saturating_sub(48), first, theme.dim);
        if at == Some(i) {
            c.tint(area, y, theme.select);
            c.put(area, (area.x, y), 1, "▌", theme.accent);
        }
    }
}
