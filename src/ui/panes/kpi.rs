//! Pane 5, the KPIs: one row each with value, target, a bar on which the target stands in the same column in every row,
//! twelve periods, the verdict in words and the cases. Below, the row under the cursor explained; with `Enter`, the
//! customers behind it.

mod columns;
mod marks;

pub(super) use marks::sparks;

use ratatui::layout::Rect;

use columns::{Columns, TARGETS, TRAIL, WIDE};
use marks::bullet;

use super::super::canvas::Canvas;
use super::super::text;
use super::behind;
use crate::app::panes::board::Board;
use crate::app::panes::board::kpis::Line;
use crate::app::room;
use crate::domain::clock::from_ms;
use crate::domain::kpi::{Figure, Kpi, Verdict, kpi};
use crate::i18n::{Lang, Text, board as t, kpi as k, review as r};
use crate::store::request::{KpiRow, Period};

/// Milliseconds after which figures are told to be of an earlier moment.
const AGED: i64 = 60_000;

/// What the head says: the group and the period.
pub fn hint(c: &Canvas, board: &Board, period: Period) -> String {
    let group = k::whose(board.segment(), c.lang());
    // on a narrow screen, and where a count is told of, the head of the names says how far the period has gone
    let name = t::period(period, c.lang());
    let so_far = t::period_so_far(period, c.shared.now.today(), c.lang());
    let known = if c.shared.size.width >= WIDE { so_far } else { name.clone() };
    let period = counted_before(c, board, &name).unwrap_or(known);
    let said = if c.shared.size.width >= WIDE { t::SEGMENT_HINT } else { t::SEGMENT_SHORT };
    said.with(c.lang(), &[&period, &group])
}

/// The period with the time its figures are of, with the day where that is not today, and how far a new count is: figures
/// of before stand until it is done.
fn counted_before(c: &Canvas, board: &Board, period: &str) -> Option<String> {
    let (as_of, now) = (board.kpis(c.shared)?.as_of, c.shared.now);
    (as_of + AGED < now.ms()).then(|| {
        let at = now.zone.local(from_ms(as_of));
        let at = at.format(if at.date() == now.today() { "%H:%M" } else { "%m-%d %H:%M" }).to_string();
        let said = t::AS_OF.with(c.lang(), &[&period, &at]);
        match c.shared.counting {
            Some(far) => format!("{said} · {}", k::counting(Some(far), c.lang())),
            None => said,
        }
    })
}

/// What a row shows besides its figure.
struct Seen {
    trail: Vec<Option<f64>>,
    uncounted: usize,
    before: Option<f64>,
    cause: Option<String>,
}

/// Draws the KPIs, or the customers behind one.
pub fn draw(c: &mut Canvas, area: Rect, board: &Board) {
    if let Some(listed) = board.listed(c.shared) {
        return behind::draw(c, area, listed, board);
    }
    let theme = c.theme;
    if board.kpis(c.shared).is_none() {
        let said = k::counting(c.shared.counting, c.lang());
        c.put(area, (area.x + 1, area.y + 1), area.width, &said, theme.dim);
        why_counted(c, area, board);
        return;
    }
    let rows = board.rows(c.shared);
    let columns = Columns::of(area.width);
    let uncounted = board.uncounted(c.shared);
    let shown = board.period(c.shared.now.today());
    let gone = t::days_gone(shown, c.shared.now.today()).filter(|_| area.width < WIDE);
    heads(c, area, &columns, uncounted, gone);
    for (line, y) in board.kpi_lines(c.shared).into_iter().zip(area.y + 1..) {
        let i = match line {
            Line::Head(group) => {
                c.put(area, (area.x + 1, y), area.width, k::group(group).of(c.lang()), theme.strong);
                continue;
            }
            Line::Row(i) => i,
        };
        let Some((place, row)) = rows.get(i) else { continue };
        let Some(kpi) = kpi(&row.figure.id) else { continue };
        let seen = Seen {
            trail: board.trail(*place, c.shared),
            uncounted,
            before: board.before(*place, kpi.id, c.shared),
            cause: board.causes(kpi.id, c.shared).first().map(|cause| r::cause(cause, c.lang())),
        };
        one(c, area, y, &columns, kpi, row, &seen);
        if i == board.kpi.at {
            c.tint(area, y, theme.select);
            c.put(area, (area.x, y), 1, "▌", theme.accent);
        }
    }
    let lines = room::explained(c.shared.size);
    let below = area.bottom().saturating_sub(lines + 1);
    if let Some((place, row)) = rows.get(board.kpi.at)
        && let Some(kpi) = kpi(&row.figure.id)
        && below > area.y
    {
        c.rule(area, below);
        let area = Rect { y: below + 1, height: lines, ..area };
        explain(c, area, board, kpi, row, *place);
    }
}

/// Why a running period is counted from the beginning: what is known of it is of an earlier day.
fn why_counted(c: &mut Canvas, area: Rect, board: &Board) {
    let today = c.shared.now.today();
    let period = board.period(today);
    if period.from <= today && today < period.until {
        let width = usize::from(area.width.saturating_sub(2));
        let lines = text::wrap(t::COUNTED_DAILY.of(c.lang()), width, 3);
        for (line, y) in lines.iter().zip(area.y + 3..area.bottom()) {
            c.put(area, (area.x + 1, y), area.width, line, c.theme.dim);
        }
    }
}

fn heads(c: &mut Canvas, area: Rect, columns: &Columns, uncounted: usize, gone: Option<(i64, i64)>) {
    let style = c.theme.dim;
    let lang = c.lang();
    let name = k::COLUMN_KPI.of(lang);
    let name = gone.map_or_else(|| name.to_owned(), |(day, of)| t::DAY_OF.with(lang, &[&name, &day, &of]));
    c.put(area, (area.x + columns.name.0, area.y), columns.name.1, &name, style);
    let mut put = |(x, width): (u16, u16), text: Text, right: bool| {
        let text = text::fit(text.of(lang), usize::from(width), right);
        c.put(area, (area.x + x, area.y), width, &text, style);
    };
    put(columns.value, k::COLUMN_VALUE, true);
    if columns.change.1 > 1 {
        put(columns.change, k::COLUMN_CHANGE, false);
    }
    if let Some(at) = columns.target {
        put(at, k::COLUMN_TARGET, true);
    }
    put(columns.verdict, k::COLUMN_VERDICT, false);
    if let Some(at) = columns.cases {
        put(at, k::COLUMN_CASES, true);
    }
    if let Some(at) = columns.note {
        put(at, k::COLUMN_NOTE, false);
    }
    if let Some(x) = columns.trail {
        if uncounted == 0 {
            put((x, TRAIL), t::TREND, false);
        } else {
            let counted = usize::from(TRAIL).saturating_sub(uncounted);
            c.put(area, (area.x + x, area.y), TRAIL, &t::COUNTED.with(lang, &[&counted]), style);
        }
    }
}

fn one(c: &mut Canvas, area: Rect, y: u16, columns: &Columns, kpi: &Kpi, row: &KpiRow, seen: &Seen) {
    let theme = c.theme;
    let lang = c.lang();
    let figure = &row.figure;
    let style = match row.verdict {
        Some(Verdict::Met) => theme.good,
        Some(Verdict::Missed) => theme.bad,
        Some(Verdict::Unclear) => theme.warn,
        _ => theme.text,
    };
    let mut put = |(x, width): (u16, u16), text: &str, right: bool, style| {
        let text = text::fit(text, usize::from(width), right);
        c.put(area, (area.x + x, y), width, &text, style);
    };
    let mark = if seen.cause.is_some() { "*" } else { "" };
    let name = k::name_in(kpi.id, usize::from(columns.name.1) - mark.len(), lang);
    put(columns.name, &format!("{name}{mark}"), false, theme.text);
    put(columns.value, &k::short(kpi, figure, lang), true, style);
    if let (Some(now), Some(before)) = (figure.value, seen.before) {
        let (arrow, by) = r::change(kpi, now, before, lang);
        let better = r::direction(kpi, now, before, lang);
        let style = match better {
            "" => theme.dim,
            _ if better == r::BETTER.of(lang) => theme.good,
            _ => theme.warn,
        };
        // where the unit has no room, the figure stands without it
        let said = match usize::from(columns.change.1) {
            1 => arrow.to_owned(),
            cells if text::width(&by) + 2 <= cells => format!("{arrow} {by}"),
            _ => format!("{arrow} {}", by.split(' ').next().unwrap_or_default()),
        };
        put(columns.change, &said, false, style);
    }
    if let (Some(at), Some(target)) = (columns.target, row.target) {
        put(at, &k::target(kpi, target, lang), true, theme.dim);
    }
    let told = k::verdict_in(figure, row.verdict, usize::from(columns.verdict.1), lang);
    put(columns.verdict, &told, false, style);
    if let Some(at) = columns.cases {
        put(at, &k::cases(figure), true, theme.dim);
    }
    if let Some(at) = columns.note {
        let style = if seen.cause.is_some() { theme.warn } else { theme.dim };
        put(at, &note(kpi, figure, seen, lang), false, style);
    }
    if let (Some((x, cells)), Some(value), Some(target)) = (columns.bar, figure.value, row.target) {
        put((x, u16::try_from(cells.0).unwrap_or(16)), &bullet(value, target, cells), false, style);
    }
    if let Some(x) = columns.trail {
        put((x, TRAIL), &sparks(&seen.trail, seen.uncounted), false, theme.dim);
    }
}

/// What lies behind a verdict: the cause that was written down, the interval, the cases that are open.
fn note(kpi: &Kpi, figure: &Figure, seen: &Seen, lang: Lang) -> String {
    let interval = figure.chance.map(|(low, high)| {
        let [low, high] = [low, high].map(|end| k::value(kpi, end, lang));
        k::INTERVAL.with(lang, &[&low, &high])
    });
    let parts = [seen.cause.clone(), interval, k::pending(figure, lang)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Value with its parts and interval, the formula, what it is compared with, and the causes that were written down.
fn explain(c: &mut Canvas, area: Rect, board: &Board, kpi: &Kpi, row: &KpiRow, place: usize) {
    let theme = c.theme;
    let lang = c.lang();
    let width = usize::from(area.width.saturating_sub(2));
    let tall = area.height > 3;
    let mut lines = vec![(told(c, kpi, row, board.segment()), theme.strong)];
    let formula = k::words(kpi.id).map_or("", |w| w.formula.of(lang));
    let formula = text::wrap(formula, width, if tall { 2 } else { 1 });
    lines.extend(formula.into_iter().map(|line| (line, theme.dim)));
    let compared = compared(c, board, kpi, row, place);
    let causes = board.causes(kpi.id, c.shared);
    let causes = causes.iter().take(if tall { 2 } else { 1 }).map(|cause| r::cause(cause, lang));
    if tall {
        lines.push((compared, theme.text));
        lines.extend(causes.map(|cause| (cause, theme.warn)));
    } else {
        let parts: Vec<String> = causes.chain([compared]).filter(|part| !part.is_empty()).collect();
        lines.push((parts.join(" · "), theme.text));
    }
    for (i, (line, style)) in lines.iter().take(usize::from(area.height)).enumerate() {
        let y = area.y + u16::try_from(i).unwrap_or(0);
        c.put(area, (area.x + 1, y), area.width.saturating_sub(2), line, *style);
    }
}

fn told(c: &Canvas, kpi: &Kpi, row: &KpiRow, segment: &str) -> String {
    let lang = c.lang();
    let figure = &row.figure;
    let mut said = vec![format!("{} · {}", k::name(kpi.id, lang), k::whose(segment, lang))];
    if let (Some(hits), Some(cases)) = (figure.k, figure.n) {
        said.push(format!("{hits}/{cases}"));
    }
    said.push(match figure.value {
        Some(value) => format!("= {}", k::value(kpi, value, lang)),
        None => format!("— {}", k::reason(figure, lang)),
    });
    if let Some(target) = row.target.filter(|_| c.shared.size.width < TARGETS) {
        said.push(k::target(kpi, target, lang));
    }
    if let Some((low, high)) = figure.chance {
        let [low, high] = [low, high].map(|end| k::value(kpi, end, lang));
        said.push(k::INTERVAL.with(lang, &[&low, &high]));
    }
    said.extend(k::pending(figure, lang));
    said.join("  ")
}

/// How the figure stands to the period before, or to the baseline.
fn compared(c: &Canvas, board: &Board, kpi: &Kpi, row: &KpiRow, place: usize) -> String {
    let lang = c.lang();
    let before = board.before(place, kpi.id, c.shared);
    let beside = board.beside(place, row, c.shared).join(" · ");
    let (Some(now), Some(before)) = (row.figure.value, before) else { return beside };
    let name = board.against_name(c.shared).unwrap_or_else(|| {
        let name = t::period(board.period(c.shared.now.today()).before(), lang);
        if board.compares_same_days(c.shared) { t::SAME_DAYS.with(lang, &[&name]) } else { name }
    });
    let (arrow, by) = r::change(kpi, now, before, lang);
    let by = format!("{arrow} {by}");
    let better = r::direction(kpi, now, before, lang);
    let by = if better.is_empty() { by } else { format!("{by} {better}") };
    let changed = r::CHANGED.with(lang, &[&by, &k::value(kpi, before, lang), &name]);
    if beside.is_empty() { changed } else { format!("{changed} · {beside}") }
}
