//! The import wizard: a file picker, then what the file would do, then what it did.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::text;
use super::{bars, popup};
use crate::app::popup::{Stage, Wizard};
use crate::app::room;
use crate::domain::field::Noun;
use crate::domain::import::{Report, Sheets};
use crate::i18n::{commands, fields, format, import as t};

/// Draws the wizard.
pub fn draw(c: &mut Canvas, screen: Rect, wizard: &Wizard) {
    let height = u16::try_from(room::popup(c.shared.size)).unwrap_or(10) + 6;
    let width = screen.width.saturating_sub(2).min(96);
    let inside = popup::frame(c, popup::middle(screen, width, height), c.say(commands::IMPORT));
    let foot = popup::foot(inside);
    let list = Rect { height: inside.height.saturating_sub(2), ..inside };
    let beyond = match &wizard.stage {
        Stage::Choosing => files(c, list, wizard, None),
        Stage::Failed(sentence) => files(c, list, wizard, Some(sentence)),
        Stage::Sheet(sheets, sentence) => astray(c, list, wizard, (sheets, sentence)),
        Stage::Trying | Stage::Running => working(c, list, wizard),
        Stage::Shown(report) | Stage::Finished(report) => told(c, list, report, None, wizard.heading),
        Stage::Cut(report, sentence) => told(c, list, report, Some(sentence), wizard.heading),
    };
    popup::beyond(c, inside, beyond);
    let key = |key: &str, text| (key.to_owned(), c.say(text));
    let keys = match &wizard.stage {
        Stage::Choosing | Stage::Failed(_) => vec![key("Enter", t::CHOOSE), key("Esc", commands::BACK)],
        Stage::Trying | Stage::Running => vec![key("Esc", t::IN_BACKGROUND)],
        Stage::Sheet(..) => vec![key("s", t::OTHER_SHEET), key("Esc", t::OTHER_FILE)],
        Stage::Shown(_) => {
            let mut keys = vec![
                key("Enter", t::GO),
                key("↓ e", t::CORRECT),
                key("Tab", t::OTHER_NOUN),
                key("Esc", t::OTHER_FILE),
            ];
            if wizard.next_sheet().is_some() {
                keys.insert(1, key("s", t::OTHER_SHEET));
            }
            keys
        }
        Stage::Finished(_) | Stage::Cut(..) => vec![key("Enter", t::CLOSE)],
    };
    bars::hints(c, foot, &keys);
}

/// Lines above and below those that show.
type Beyond = (usize, usize);

/// Folders and files to choose from.
fn files(c: &mut Canvas, area: Rect, wizard: &Wizard, wrong: Option<&str>) -> Beyond {
    let theme = c.theme;
    c.put(area, (area.x, area.y), area.width, &wizard.folder, theme.dim);
    let from = c.put(area, (area.x, area.y + 1), area.width, "/ ", theme.dim);
    c.input(area, (from, area.y + 1), area.right().saturating_sub(from), &wizard.input);
    if wizard.input.value().is_empty() {
        c.put(area, (from + 1, area.y + 1), area.width, c.say(t::PICK_HINT), theme.dim);
    }
    let mut top = area.y + 2;
    if let Some(sentence) = wrong {
        // a file or two show whatever is said
        let most = usize::from(area.height).saturating_sub(4).clamp(2, 6);
        for line in text::wrap(sentence, usize::from(area.width), most) {
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
    let room = usize::from(area.bottom().saturating_sub(top));
    // a sentence above takes lines of which the cursor does not know
    let first = wizard.cursor.top.max((wizard.cursor.at + 1).saturating_sub(room));
    let beyond = (first, rows.len().saturating_sub(first + room));
    for (line, (at, file)) in rows.into_iter().enumerate().skip(first).take(room).enumerate() {
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
    beyond
}

/// A sheet that cannot be brought in, and the others of its workbook.
fn astray(c: &mut Canvas, area: Rect, wizard: &Wizard, (sheets, sentence): (&Sheets, &str)) -> Beyond {
    let theme = c.theme;
    let room = usize::from(area.width);
    c.put(area, (area.x, area.y), area.width, &wizard.path, theme.dim);
    let unread: Vec<&str> = sheets.unread().collect();
    let unread = t::SHEETS.with(c.lang(), &[&format::list(&unread, c.lang())]);
    let unread = text::wrap(&unread, room, 2);
    // where else one can go is not what is cut
    let most = usize::from(area.height).saturating_sub(1 + unread.len()).max(1);
    let wrong = text::wrap(sentence, room, most).into_iter().map(|line| (line, theme.bad));
    let lines = wrong.chain(unread.into_iter().map(|line| (line, theme.warn)));
    for (y, (line, style)) in (area.y + 1..area.bottom()).zip(lines) {
        c.put(area, (area.x, y), area.width, &line, style);
    }
    (0, 0)
}

/// `1.4 MB`.
fn bytes(n: u64) -> String {
    match n {
        0..1_000 => format!("{n} B"),
        1_000..1_000_000 => format!("{} kB", n / 1_000),
        _ => format!("{}.{} MB", n / 1_000_000, n % 1_000_000 / 100_000),
    }
}

fn working(c: &mut Canvas, area: Rect, wizard: &Wizard) -> Beyond {
    let theme = c.theme;
    c.put(area, (area.x, area.y), area.width, &wizard.path, theme.dim);
    let (rows, done, total) = wizard.progress;
    let count = format::count(i64::try_from(rows).unwrap_or(0));
    let share = (done.min(total) * 100).checked_div(total).map_or(String::new(), |p| format!(" · {p} %"));
    let reading = if wizard.stage == Stage::Trying { t::READING } else { t::IMPORTING };
    let line = format!("{} {}{share}", c.say(reading), t::ROWS.with(c.lang(), &[&count]));
    c.put(area, (area.x, area.y + 2), area.width, &line, theme.accent);
    (0, 0)
}

/// What the file would do, or has done, and below it the lines through which the cursor walks.
fn told(c: &mut Canvas, area: Rect, report: &Report, cut: Option<&str>, at: usize) -> Beyond {
    let mut head = said(c, area, report, cut);
    let (room, count) = (usize::from(area.height), report.columns.len());
    // where nothing is chosen any more each step moves what shows
    let step = Window::of(room, (head.len(), report), 0).list.len().saturating_sub(1);
    let end = Window::lines(report).saturating_sub(1);
    let at = if report.dry || at == 0 { at } else { (at + step).min(end) };
    let mut window = Window::of(room, (head.len(), report), at);
    if !report.changed.is_empty() && window.ends() <= count {
        // where the list below has no room for them
        for (line, who, what) in report.changed.iter().take(2) {
            head.push((t::CHANGED.with(c.lang(), &[line, who, what]), c.theme.text));
        }
        window = Window::of(room, (head.len(), report), at);
    }
    let shown = head.iter().skip(window.head.start).take(window.head.len());
    for (y, (line, style)) in (area.y..).zip(shown) {
        c.put(area, (area.x, y), area.width, line, *style);
    }
    let taken = u16::try_from(window.head.len()).unwrap_or(area.height);
    let list = Rect { y: area.y + taken, height: area.height.saturating_sub(taken), ..area };
    for (y, line) in (list.y..).zip(window.list.clone()) {
        row(c, list, y, report, line);
        if report.dry && at == line {
            c.tint(area, y, c.theme.select);
            c.put(area, (area.x, y), 1, "▌", c.theme.accent);
        }
    }
    window.beyond((head.len(), report))
}

/// What of a report shows: lines of its head, and lines of the list below.
struct Window {
    head: Range<usize>,
    list: Range<usize>,
}

/// Lines of the list below the head that show at least, as far as there are any.
const LEAST: usize = 2;

impl Window {
    /// In so many lines. The head stays where the list has room below it; else it is left with the first line of the list,
    /// and whoever walks on sees the rest of it.
    fn of(room: usize, (head, report): (usize, &Report), at: usize) -> Self {
        let lines = Self::lines(report);
        let least = LEAST.min(lines);
        if head + least <= room {
            let room = room - head;
            let top = (at + 1).saturating_sub(room);
            return Self { head: 0..head, list: top..lines.min(top + room) };
        }
        if at == 0 {
            return Self { head: 0..room.saturating_sub(least), list: 0..least.min(room) };
        }
        let top = (head + at + 1).saturating_sub(room);
        Self { head: top.min(head)..head, list: top.saturating_sub(head)..at + 1 }
    }

    /// Lines of the list: the columns, then the records that would change.
    fn lines(report: &Report) -> usize {
        report.columns.len() + report.changed.len()
    }

    /// Where the list ends that shows.
    fn ends(&self) -> usize {
        self.list.end
    }

    /// Lines above and below.
    fn beyond(&self, (head, report): (usize, &Report)) -> Beyond {
        let below = head.saturating_sub(self.head.end) + Self::lines(report).saturating_sub(self.list.end);
        (self.head.start + self.list.start, below)
    }
}

/// The head of a report, line by line.
fn said(c: &Canvas, area: Rect, report: &Report, cut: Option<&str>) -> Vec<(String, Style)> {
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
    for (line, who, other) in report.alike.iter().take(3) {
        lines.push((t::ALIKE.with(c.lang(), &[line, who, other]), theme.warn));
    }
    if !report.industries.is_empty() {
        let names: Vec<&str> = report.industries.iter().take(5).map(String::as_str).collect();
        let sentence = t::INDUSTRIES.with(c.lang(), &[&format::list(&names, c.lang())]);
        lines.extend(text::wrap(&sentence, usize::from(area.width), 3).into_iter().map(|l| (l, theme.warn)));
    }
    if !report.changed.is_empty() {
        let count = format::count(i64::try_from(report.changed.len()).unwrap_or(i64::MAX));
        lines.push((t::CHANGES.with(c.lang(), &[&count]), theme.warn));
    }
    lines
}

/// A line of the list: what a heading is taken for, with what stands in the first row, or a record that would change.
fn row(c: &mut Canvas, area: Rect, y: u16, report: &Report, line: usize) {
    let theme = c.theme;
    let changed = line.checked_sub(report.columns.len()).and_then(|at| report.changed.get(at));
    if let Some((line, who, what)) = changed {
        let text = t::CHANGED.with(c.lang(), &[line, who, what]);
        c.put(area, (area.x + 2, y), area.width.saturating_sub(2), &text, theme.text);
    }
    let Some(((heading, _), label)) = report.columns.get(line).zip(report.labels.get(line)) else { return };
    let (to, style) = match label {
        Some(label) => (label.as_str(), theme.text),
        // what nothing else knows can be a field of the company's own
        None if report.noun == Noun::Customer && report.dry => (c.say(t::LEFT_OUT_KEEP), theme.dim),
        None => (c.say(t::LEFT_OUT), theme.dim),
    };
    let said = t::COLUMN_TO.with(c.lang(), &[&text::fit(heading, 20, false), &text::fit(to, 18, false)]);
    c.put(area, (area.x + 2, y), 44, said.trim_end(), style);
    let first = report.sample.first().and_then(|row| row.get(line)).map_or("", String::as_str);
    c.put(area, (area.x + 47, y), area.width.saturating_sub(48), first, theme.dim);
}
