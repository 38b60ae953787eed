//! Pane 5, view *Analysis*: one page at a time, each a table with its meaning below; trends with a chart of the row under
//! the cursor.

mod moves;

use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::text;
use super::super::widgets::chart;
use super::super::widgets::shelf::{self, failed, fit, list};
use super::super::widgets::table::{Cell, Row};
use super::kpi::sparks;
use crate::app::command::Command;
use crate::app::feed::Slot;
use crate::app::panes::board::Board;
use crate::app::panes::board::analysis::{Analysis, Page, TRENDS, trend_rows};
use crate::app::room;
use crate::domain::kpi::{Period, Verdict, kpi, stats};
use crate::i18n::{analysis as t, format, kpi as k, words};
use crate::store::request::WayRow;

const WAYS: &[shelf::Head] = &[
    (t::WAY, 16, 2, 0, false),
    (t::TOUCHES, 9, 0, 1, true),
    (t::ANSWERED, 16, 0, 0, true),
    (t::CONVERTED, 16, 0, 2, true),
    (t::COST, 11, 0, 4, true),
    (t::PER_TOUCH, 10, 0, 3, true),
    (t::PER_ANSWER, 10, 0, 5, true),
];
const STEPS: &[shelf::Head] = &[
    (t::STEP, 14, 0, 0, false),
    (t::REACHED, 9, 0, 0, true),
    (t::OF_ALL, 8, 0, 1, true),
    (t::OF_BEFORE, 24, 0, 2, true),
];

/// What the head says: the names of the pages stand there, the one that is shown first.
pub fn hint(c: &Canvas, view: &Analysis, period: &str) -> String {
    let mut page = format!("{period} · {}", c.say(view.page.title()));
    if view.page == Page::Moves {
        let key = c.shared.key(Command::Filter);
        page = t::OF_SCHEME.with(c.lang(), &[&page, &words::word("scheme", view.scheme(), c.lang()), &key]);
    }
    t::PAGE_HINT.with(c.lang(), &[&page])
}

/// Draws the page below the names of the views.
pub fn draw(c: &mut Canvas, area: Rect, board: &Board, period: Period) {
    let view = &board.analysis;
    if view.page != Page::Trends && view.page != Page::Cohorts && failed(c, area, Slot::Analysis) {
        return;
    }
    let waits = match view.page {
        Page::Trends => board.kpis(c.shared).is_none(),
        Page::Cohorts => c.shared.feeds.models().is_none(),
        _ => view.answer(period, c.shared).is_none(),
    };
    if waits {
        let dim = c.theme.dim;
        let said = k::counting(c.shared.counting, c.lang());
        c.put(area, (area.x + 1, area.y + 1), area.width, &said, dim);
        return;
    }
    // the last line says what the page means
    let body = Rect { height: area.height.saturating_sub(2), ..area };
    let meaning = match view.page {
        Page::Trends => return trends(c, area, board),
        Page::Channels | Page::Scripts => ways(c, body, view, period),
        Page::Moves => moves::draw(c, body, view, period),
        Page::Cohorts => cohorts(c, body, view),
        Page::Funnel => funnel(c, body, view, period),
    };
    let dim = c.theme.dim;
    let lines = text::wrap(&meaning, usize::from(area.width.saturating_sub(2)), 2);
    for (i, line) in lines.iter().enumerate() {
        let y = area.bottom().saturating_sub(2) + u16::try_from(i).unwrap_or(0);
        c.put(area, (area.x + 1, y), area.width.saturating_sub(2), line, dim);
    }
}

/// Response and conversion of every class: value, target, twelve periods; below, the row under the cursor as columns (F42).
fn trends(c: &mut Canvas, area: Rect, board: &Board) {
    let (theme, lang) = (c.theme, c.lang());
    let at = board.analysis.cursor.at;
    let rows = trend_rows();
    let half = rows.len() / TRENDS.len();
    // where there is room the two figures stand beside each other
    let wide = area.width >= 100;
    let width = if wide { area.width / 2 } else { area.width };
    for (i, (id, segment)) in rows.iter().enumerate() {
        let Some(kpi) = kpi(id) else { continue };
        let (block, line) = (i / half, i % half);
        let x = area.x + if wide { u16::try_from(block).unwrap_or(0) * width } else { 0 };
        let top = if wide { 0 } else { block * (half + 1) };
        let y = area.y + u16::try_from(top + line + 1).unwrap_or(0);
        let part = Rect { x, width, ..area };
        if line == 0 {
            c.put(part, (x + 1, y - 1), width, k::name(id, lang), theme.strong);
        }
        c.put(part, (x + 2, y), 18, k::whose(segment, lang), theme.text);
        if let Some(row) = board.kpis(c.shared).and_then(|kpis| kpis.row(segment, id)) {
            let style = match row.verdict {
                Some(Verdict::Met) => theme.good,
                Some(Verdict::Missed) => theme.bad,
                Some(Verdict::Unclear) => theme.warn,
                _ => theme.text,
            };
            let value = text::fit(&k::short(kpi, &row.figure, lang), 8, true);
            c.put(part, (x + 20, y), 8, &value, style);
            if let Some(target) = row.target {
                c.put(part, (x + 29, y), 6, &k::target(kpi, target, lang), theme.dim);
            }
            c.put(
                part,
                (x + 50, y),
                width.saturating_sub(50),
                &k::verdict(&row.figure, row.verdict, lang),
                style,
            );
        }
        let trail = board.trail_of(id, segment, c.shared);
        c.put(part, (x + 36, y), 12, &sparks(&trail, board.uncounted(c.shared)), theme.accent);
        if i == at {
            c.tint(part, y, theme.select);
            c.put(part, (x, y), 1, "▌", theme.accent);
        }
    }
    let used = if wide { half + 1 } else { rows.len() + TRENDS.len() };
    let top = area.y + u16::try_from(used).unwrap_or(0) + 1;
    if let Some((id, segment)) = rows.get(at)
        && top + 4 < area.bottom()
    {
        let rest = Rect { y: top, height: area.bottom() - top, ..area };
        trend(c, rest, board, id, segment);
    }
}

/// One trend as columns of twelve periods, each with its value, and the line of the target.
fn trend(c: &mut Canvas, area: Rect, board: &Board, id: &str, segment: &str) {
    let (theme, lang) = (c.theme, c.lang());
    let Some(kpi) = kpi(id) else { return };
    let target = board.kpis(c.shared).and_then(|kpis| kpis.row(segment, id)).and_then(|row| row.target);
    let name = crate::i18n::review::metric(id, segment, lang);
    let title = match target {
        Some(value) => t::TREND_OF.with(lang, &[&name, &k::target(kpi, value, lang)]),
        None => name,
    };
    let end = c.put(area, (area.x + 1, area.y), area.width, &title, theme.strong);
    let trail = board.trail_of(id, segment, c.shared);
    if board.uncounted(c.shared) > 0 {
        let said = t::STILL_COUNTED.with(lang, &[&board.uncounted(c.shared)]);
        c.put(area, (end + 2, area.y), area.right().saturating_sub(end + 2), &said, theme.warn);
    }
    let periods = board.period(c.shared.now.today()).trail(trail.len());
    let cells = ((area.width.saturating_sub(2)) / 12).clamp(5, 10);
    let rows = usize::from(area.height.saturating_sub(3)).min(8);
    let open = board.uncounted(c.shared);
    let most = trail.iter().flatten().copied().chain(target).fold(0.0_f64, f64::max);
    for (i, (value, period)) in trail.iter().zip(&periods).enumerate() {
        let x = area.x + 1 + u16::try_from(i).unwrap_or(0) * cells;
        let foot = area.y + 1 + u16::try_from(rows).unwrap_or(0);
        for row in 0..rows {
            let y = area.y + 1 + u16::try_from(row).unwrap_or(0);
            let block = chart::column(*value, most, row, rows);
            // the line of the target shows where no column covers it
            let marked = target.is_some_and(|t| chart::level(t, most, rows) == row) && block == ' ';
            let (block, style) = if marked { ('─', theme.dim) } else { (block, theme.accent) };
            let wide = usize::from(cells.saturating_sub(1));
            c.put(area, (x, y), cells, &block.to_string().repeat(wide), style);
        }
        // not counted yet is not none
        let none = if i < open { "…" } else { "–" };
        let label = value.map_or_else(|| none.to_owned(), |v| plain(kpi.unit, v));
        c.put(area, (x, foot), cells.saturating_sub(1), &label, theme.text);
        let day = short(*period);
        c.put(area, (x, foot + 1), cells.saturating_sub(1), &day, theme.dim);
    }
}

fn plain(unit: crate::domain::kpi::Unit, value: f64) -> String {
    match unit {
        crate::domain::kpi::Unit::Share => format!("{}%", stats::rounded(value * 100.0, 0)),
        _ => format!("{}", stats::rounded(value, 0)),
    }
}

/// A period as briefly as it can be told below a column.
fn short(period: Period) -> String {
    use crate::domain::kpi::Length;
    let label = period.label();
    match period.length {
        Length::Month | Length::Week | Length::Quarter => label.get(2..).unwrap_or(&label).replace('-', ""),
        Length::Year => label,
        Length::Span => period.from.format("%m%d").to_string(),
    }
}

/// A share with its interval where there are enough cases.
fn rate(part: i64, of: i64) -> String {
    match (of, stats::wilson(part, of)) {
        (0, _) | (_, None) => "–".to_owned(),
        (1..5, _) => format!("{part}/{of}"),
        (_, Some(interval)) => {
            let percent = |v: f64| stats::rounded(v * 100.0, 0);
            format!(
                "{:.1}% ({}–{})",
                stats::rounded(interval.value * 100.0, 1),
                percent(interval.low),
                percent(interval.high)
            )
        }
    }
}

fn ways(c: &mut Canvas, area: Rect, view: &Analysis, period: Period) -> String {
    let columns = fit(c, WAYS, area.width);
    let rows: Vec<Row> = view
        .ways(period, c.shared)
        .iter()
        .enumerate()
        .skip(view.cursor.top)
        .map(|(at, way)| Row {
            cells: columns.iter().map(|(i, _)| way_cell(c, *i, way, view.page)).collect(),
            on: at == view.cursor.at,
            mark: false,
        })
        .collect();
    let none = if view.page == Page::Channels { t::NO_TOUCHES } else { t::NO_SCRIPT };
    list(c, area, &columns, &rows, c.say(none));
    c.say(t::WAYS_MEANING).to_owned()
}

fn way_cell(c: &Canvas, column: usize, way: &WayRow, page: Page) -> Cell {
    let (lang, theme) = (c.lang(), c.theme);
    let each = |of: i64| {
        if of == 0 { "–".to_owned() } else { format!("{:.2}", way.cost as f64 / 100.0 / of as f64) }
    };
    match column {
        0 if way.id.is_empty() => Cell::new(c.say(t::NO_WAY), theme.dim),
        0 if page == Page::Channels => Cell::new(words::word("channel", &way.id, lang), theme.text),
        0 => Cell::new(format!("{} {}", way.id, way.name), theme.text),
        1 => Cell::new(format::count(way.touches), theme.text),
        2 => Cell::new(rate(way.answered, way.touches), theme.text),
        3 => Cell::new(rate(way.converted, way.touches), theme.text),
        4 => Cell::new(format::yuan(crate::domain::money::Fen(way.cost)), theme.text),
        5 => Cell::new(each(way.touches), theme.text),
        _ => Cell::new(each(way.answered), theme.text),
    }
}

/// Cohorts: a row the month of the first purchase, a column so many months later.
fn cohorts(c: &mut Canvas, area: Rect, view: &Analysis) -> String {
    const CELLS: u16 = 6;
    let theme = c.theme;
    let rows = Analysis::cohorts(c.shared);
    if rows.is_empty() {
        c.put(area, (area.x + 2, area.y + 1), area.width, c.say(t::NO_COHORTS), theme.dim);
        return c.say(t::COHORTS_MEANING).to_owned();
    }
    let first = 24;
    // the columns that fit around the one under the cursor
    let fit = usize::from((area.width.saturating_sub(first)) / CELLS).max(1);
    let from = (view.column + 1).saturating_sub(fit);
    c.put(area, (area.x + 2, area.y), 14, c.say(t::COHORT), theme.dim);
    c.put(area, (area.x + 17, area.y), 6, &text::fit(c.say(t::SIZE), 6, true), theme.dim);
    let column = |at: usize| area.x + first + u16::try_from(at - from).unwrap_or(0) * CELLS;
    let columns = rows.iter().map(|r| r.active.len()).max().unwrap_or(0);
    for at in from..columns.min(from + fit) {
        c.put(area, (column(at), area.y), CELLS, &text::fit(&format!("+{at}"), 5, true), theme.dim);
    }
    let room = room::list(c.shared.size).saturating_sub(2);
    for (row, cohort) in rows.iter().enumerate().skip(view.cursor.top).take(room) {
        let y = area.y + 1 + u16::try_from(row - view.cursor.top).unwrap_or(0);
        c.put(area, (area.x + 2, y), 14, &cohort.month.format("%Y-%m").to_string(), theme.text);
        let size = text::fit(&format::count(i64::from(cohort.size)), 6, true);
        c.put(area, (area.x + 17, y), 6, &size, theme.text);
        for (at, active) in cohort.active.iter().enumerate().skip(from).take(fit) {
            let percent = stats::rounded(f64::from(*active) / f64::from(cohort.size.max(1)) * 100.0, 0);
            let runs = cohort.running && at + 1 == cohort.active.len();
            let said = format!("{}{percent}%", if runs { "~" } else { "" });
            let on = (row, at) == (view.cursor.at, view.column);
            let style = if on {
                theme.select
            } else if runs {
                theme.dim
            } else {
                theme.text
            };
            c.put(area, (column(at), y), CELLS, &text::fit(&said, 5, true), style);
        }
        if row == view.cursor.at {
            c.put(area, (area.x, y), 1, "▌", theme.accent);
        }
    }
    c.say(t::COHORTS_MEANING).to_owned()
}

fn funnel(c: &mut Canvas, area: Rect, view: &Analysis, period: Period) -> String {
    let (theme, lang) = (c.theme, c.lang());
    let columns = fit(c, STEPS, area.width.min(72));
    let steps = view.steps(period, c.shared);
    let entered = steps.first().map_or(0, |s| s.reached);
    if entered == 0 {
        c.put(area, (area.x + 2, area.y + 1), area.width, c.say(t::NO_FUNNEL), theme.dim);
        return c.say(t::FUNNEL_MEANING).to_owned();
    }
    let mut before = entered;
    let rows: Vec<Row> = steps
        .iter()
        .enumerate()
        .map(|(at, step)| {
            let of_all = rate(step.reached, entered);
            let cells = columns
                .iter()
                .map(|(i, _)| match i {
                    0 => Cell::new(words::word("step", step.id, lang), theme.text),
                    1 => Cell::new(format::count(step.reached), theme.text),
                    2 => Cell::new(of_all.split(' ').next().unwrap_or_default(), theme.text),
                    _ => Cell::new(
                        if at == 0 { String::new() } else { rate(step.reached, before) },
                        theme.text,
                    ),
                })
                .collect();
            before = step.reached;
            Row { cells, on: at == view.cursor.at, mark: false }
        })
        .collect();
    list(c, area, &columns, &rows, c.say(t::NO_FUNNEL));
    if area.width >= 90 {
        for (at, step) in steps.iter().enumerate() {
            let y = area.y + 1 + u16::try_from(at).unwrap_or(0);
            let cells = area.width.saturating_sub(76).min(40);
            let bar = chart::bar(step.reached, entered, usize::from(cells));
            c.put(area, (area.x + 74, y), cells, &bar, theme.accent);
        }
    }
    let ordered = steps.last().map_or(0, |s| s.reached);
    let open = t::ON_THE_WAY.with(lang, &[&format::count(entered - ordered)]);
    format!("{open} {}", c.say(t::FUNNEL_MEANING))
}
