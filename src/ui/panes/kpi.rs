//! Pane 5, the KPIs: one row each with value, target, a bar on which the target stands in the same column in every row,
//! twelve periods, the verdict in words and the cases. Below, the row under the cursor explained; with `Enter`, the
//! customers behind it.

use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::text;
use super::behind;
use crate::app::panes::board::Board;
use crate::app::panes::board::kpis::Line;
use crate::app::room;
use crate::domain::clock::from_ms;
use crate::domain::kpi::{Kpi, Verdict, kpi};
use crate::i18n::{Text, board as t, kpi as k, review as r};
use crate::store::request::{KpiRow, Period};

/// Cells of the bar, and of them those up to the target: on a wide screen, and on a narrow one.
const BARS: [(usize, usize); 2] = [(16, 12), (8, 6)];
/// From so many cells on a screen is wide.
const WIDE: u16 = 100;
/// Milliseconds after which figures are told to be of an earlier moment.
const AGED: i64 = 60_000;
/// Cells of the trend.
const TRAIL: u16 = 12;

/// What the head says: the group and the period.
pub fn hint(c: &Canvas, board: &Board, period: Period) -> String {
    let group = k::whose(board.segment(), c.lang());
    // on a narrow screen the head of the names says how far the period has gone
    let period = if c.shared.size.width >= WIDE {
        t::period_so_far(period, c.shared.now.today(), c.lang())
    } else {
        t::period(period, c.lang())
    };
    let period = counted_before(c, &period).unwrap_or(period);
    t::SEGMENT_HINT.with(c.lang(), &[&period, &group])
}

/// The period with the time its figures are of, with the day where that is not today, and how far a new count is: figures
/// of before stand until it is done.
fn counted_before(c: &Canvas, period: &str) -> Option<String> {
    let (as_of, now) = (c.shared.feeds.kpis()?.as_of, c.shared.now);
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

/// From so many cells on targets have a column; before, the explanation names the one of the row under the cursor.
const TARGETS: u16 = 50;

/// What a row shows besides its figure.
struct Seen {
    trail: Vec<Option<f64>>,
    uncounted: usize,
    before: Option<f64>,
    cause: bool,
}

/// Where each column begins and how wide it is.
struct Columns {
    name: (u16, u16),
    value: (u16, u16),
    change: (u16, u16),
    target: Option<(u16, u16)>,
    bar: Option<(u16, (usize, usize))>,
    trail: Option<u16>,
    verdict: (u16, u16),
    cases: Option<(u16, u16)>,
}

impl Columns {
    /// What a width holds: the bar goes first, then the cases, then the trend, last the target; the name, the value and the
    /// verdict never, and no name is cut. What is left over widens the verdict to its long words, then the name.
    fn of(width: u16) -> Self {
        let wide = width >= WIDE;
        // the arrow stands beside the value; what it is in figures needs room
        let change = if wide { 14 } else { 1 };
        // a name with the mark of a cause
        let short = u16::try_from(k::NARROW).unwrap_or(18) + 1;
        let spare = width.saturating_sub(if wide { 108 } else { 88 }).min(8);
        let name = (1, short.min(width.saturating_sub(22)) + spare);
        let value = (name.0 + name.1 + 1, 9);
        let change = (value.0 + value.1 + 1, change);
        let mut x = change.0 + change.1 + 1;
        let mut next = |shown: bool, cells: u16| {
            let at = x;
            x += if shown { cells + 1 } else { 0 };
            shown.then_some(at)
        };
        let bar = if wide { BARS[0] } else { BARS[1] };
        let target = next(width >= TARGETS, 7).map(|at| (at, 7));
        let cells = u16::try_from(bar.0).unwrap_or(16);
        let bar = next(width >= 78, cells).map(|at| (at, bar));
        let trail = next(width >= 66, TRAIL);
        let cases = (width >= 74).then(|| (width.saturating_sub(6), 6));
        let verdict = (x, cases.map_or(width, |(at, _)| at).saturating_sub(x));
        Self { name, value, change, target, bar, trail, verdict, cases }
    }
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
            cause: !board.causes(kpi.id, c.shared).is_empty(),
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
    let mark = if seen.cause { "*" } else { "" };
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
        let said = if columns.change.1 > 1 { format!("{arrow} {by}") } else { arrow.to_owned() };
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
    if let (Some((x, cells)), Some(value), Some(target)) = (columns.bar, figure.value, row.target) {
        put((x, u16::try_from(cells.0).unwrap_or(16)), &bullet(value, target, cells), false, style);
    }
    if let Some(x) = columns.trail {
        put((x, TRAIL), &sparks(&seen.trail, seen.uncounted), false, theme.dim);
    }
}

/// The bar is value ÷ target, so that the mark of the target stands in the same column in every row. A bar ends within a
/// third of a cell, so that a short one is still told from the target.
fn bullet(value: f64, target: f64, (cells, mark): (usize, usize)) -> String {
    let thirds = if target > 0.0 {
        (value / target * mark as f64 * 3.0).round().clamp(0.0, cells as f64 * 3.0) as usize
    } else {
        0
    };
    (0..cells)
        .map(|i| match thirds.saturating_sub(i * 3) {
            _ if i == mark => '┃',
            3.. => '█',
            2 => '▊',
            1 => '▎',
            _ if i < mark => '·',
            _ => ' ',
        })
        .collect()
}

/// The trend with dots for the periods that are still to be counted: the first ones.
pub(super) fn sparks(values: &[Option<f64>], uncounted: usize) -> String {
    let known = spark(values);
    known.chars().enumerate().map(|(i, block)| if i < uncounted { '·' } else { block }).collect()
}

/// Twelve periods: between the least and the most of them; blank where nothing is known.
pub(super) fn spark(values: &[Option<f64>]) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let known = || values.iter().flatten().copied();
    let (low, high) =
        (known().fold(f64::INFINITY, f64::min).min(0.0), known().fold(f64::NEG_INFINITY, f64::max));
    let reach = high - low;
    values
        .iter()
        .map(|value| match value {
            None => ' ',
            Some(_) if reach <= 0.0 => '▁',
            Some(v) => {
                let step = ((v - low) / reach * 7.0).round().clamp(0.0, 7.0) as usize;
                BLOCKS.get(step).copied().unwrap_or('█')
            }
        })
        .collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_target_stands_in_the_same_column_in_every_row() {
        for (value, bar) in [
            (0.8, "████████████┃   "),
            (0.4, "██████······┃   "),
            (0.0, "············┃   "),
            (-0.1, "············┃   "),
            (0.9, "████████████┃▊  "),
            (0.78, "███████████▊┃   "),
            (0.02, "▎···········┃   "),
            (8.0, "████████████┃███"),
        ] {
            assert_eq!(bullet(value, 0.8, BARS[0]), bar, "{value}");
        }
    }

    #[test]
    fn a_trend_leaves_unknown_periods_blank() {
        assert_eq!(spark(&[None, Some(0.0), Some(1.0)]), " ▁█");
        assert_eq!(spark(&[Some(-1.0), Some(1.0)]), "▁█");
        assert_eq!(spark(&[None]), " ");
    }
}
