//! Pane 5: the true counts of a period with the period before and the trend of twelve, and touches by segment and person.

use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::text;
use super::super::widgets::chart;
use super::super::widgets::table::{self, Cell, Column, Row};
use crate::domain::money::Fen;
use crate::i18n::{Text, board as t, format, words};
use crate::store::request::{Board, Figure, Period};

/// The words of a figure.
pub fn name(id: &str) -> Text {
    match id {
        "customers" => t::CUSTOMERS,
        "new" => t::NEW,
        "touches" => t::TOUCHES,
        "answered" => t::ANSWERED,
        "due" => t::DUE,
        "done" => t::DONE_IN_TIME,
        "overdue" => t::OVERDUE,
        "breaches" => t::BREACHES,
        "late" => t::LATE,
        "orders" => t::ORDERS,
        "revenue" => t::REVENUE,
        _ => t::COST,
    }
}

fn value(figure: &Figure, amount: i64) -> String {
    if matches!(figure.id, "revenue" | "cost") { format::yuan(Fen(amount)) } else { format::count(amount) }
}

/// Draws the board; `on` is the line of the cursor among figures, segments and people.
pub fn draw(c: &mut Canvas, area: Rect, board: &Board, shown: Period, on: usize) {
    let title = t::period_so_far(shown, c.shared.now.today(), c.lang());
    c.put(area, (area.x + 1, area.y), area.width, &title, c.theme.strong);
    let parts = parts(c, area, board, shown);
    let columns: Vec<Column> = parts.iter().map(|(_, column)| column.clone()).collect();
    let rows: Vec<Row> = board
        .figures
        .iter()
        .enumerate()
        .map(|(i, figure)| {
            let cells = parts.iter().map(|(part, _)| cell(c, area, figure, *part)).collect();
            Row { cells, on: i == on, mark: false }
        })
        .collect();
    // what the screen cannot hold follows the cursor
    let from = board.figures.len();
    let fits = rows.len() + 2 + lists(area, board) <= usize::from(area.height);
    let mut below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if fits || on < from {
        let room = usize::from(below.height.saturating_sub(1));
        let first = (on + 1).saturating_sub(room).min(from);
        let y = table::draw(c, below, &columns, rows.get(first..).unwrap_or_default()) + 1;
        below = Rect { y, height: area.bottom().saturating_sub(y), ..area };
    }
    touched(c, below, board, on.checked_sub(from));
}

/// A column of the figures.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Name,
    Value,
    Share,
    Before,
    Trend,
}

/// From so many cells on, names stand whole and shares say of how many.
const ROOMY: u16 = 100;
/// From so many on, segments and people stand side by side.
const WIDE: u16 = 110;

/// The columns that there is room for. On a narrow screen the period before goes first, since the trend says it too; the
/// value never goes.
fn parts(c: &Canvas, area: Rect, board: &Board, shown: Period) -> Vec<(Part, Column)> {
    let column = |heading: Text, width: u16, right| Column {
        heading: heading.of(c.lang()).to_owned(),
        width: width.max(u16::try_from(text::width(heading.of(c.lang()))).unwrap_or(0)),
        right,
    };
    let unfinished = c.shared.now.today().succ_opt().is_some_and(|next| shown.until > next);
    let before = if unfinished { t::BEFORE_SAME } else { t::BEFORE };
    let longest = board.figures.iter().map(|f| text::width(name(f.id).of(c.lang()))).max().unwrap_or(0);
    let roomy = area.width >= ROOMY;
    let names = if roomy { u16::try_from(longest).unwrap_or(0).max(22) } else { 22 };
    let mut parts = vec![
        (Part::Name, column(t::FIGURE, names, false)),
        (Part::Value, column(t::VALUE, 12, true)),
        (Part::Share, column(t::SHARE, if roomy { 14 } else { 6 }, true)),
        (Part::Before, column(before, 12, true)),
        (Part::Trend, column(t::TREND, 12, false)),
    ];
    for least in [Part::Before, Part::Share, Part::Trend] {
        let wide = parts.iter().map(|(_, k)| k.width + 2).sum::<u16>() + table::GUTTER;
        if wide > area.width + 2 {
            parts.retain(|(part, _)| *part != least);
        }
    }
    parts
}

fn cell(c: &Canvas, area: Rect, figure: &Figure, part: Part) -> Cell {
    let theme = c.theme;
    match part {
        Part::Name => Cell::new(name(figure.id).of(c.lang()), theme.text),
        Part::Value => {
            let style = if figure.id == "overdue" && figure.value > 0 { theme.bad } else { theme.text };
            if figure.masked {
                Cell::new(c.say(t::MASKED), theme.dim)
            } else {
                Cell::new(value(figure, figure.value), style)
            }
        }
        Part::Share => {
            let share = match figure.of.filter(|of| area.width >= ROOMY && *of > 0) {
                Some(of) => t::SHARE_OF.with(c.lang(), &[&(figure.value * 100 / of), &format::count(of)]),
                None => percent(figure.value, figure.of),
            };
            Cell::new(share, theme.text)
        }
        Part::Before => Cell::new(figure.before.map_or("–".into(), |v| value(figure, v)), theme.dim),
        Part::Trend => Cell::new(chart::spark(&figure.trend), theme.dim),
    }
}

/// Lines that segments and people take: side by side where there is room, else one below the other.
fn lists(area: Rect, board: &Board) -> usize {
    if area.width >= WIDE {
        board.segments.len().max(board.people.len()) + 2
    } else {
        board.segments.len() + board.people.len() + 4
    }
}

/// Touches by segment and by person; `on` is the line of the cursor among both.
fn touched(c: &mut Canvas, below: Rect, board: &Board, on: Option<usize>) {
    let segments = board.segments.len();
    let (left, right) = if below.width >= WIDE {
        let half = below.width / 2;
        (Rect { width: half, ..below }, Rect { x: below.x + half, width: below.width - half, ..below })
    } else {
        let needed = u16::try_from(segments + 2).unwrap_or(0);
        let people = u16::try_from(board.people.len().min(3) + 1).unwrap_or(0);
        let hidden = on.is_some_and(|on| on >= segments) && needed + people > below.height;
        let taken = if hidden { 0 } else { needed.min(below.height) };
        (Rect { height: taken, ..below }, Rect { y: below.y + taken, height: below.height - taken, ..below })
    };
    let named: Vec<(String, i64, i64)> = board
        .segments
        .iter()
        .map(|(id, touches, answered)| {
            let word =
                if id.is_empty() { c.say(t::NO_SEGMENT) } else { words::word("segment", id, c.lang()) };
            (word.to_owned(), *touches, *answered)
        })
        .collect();
    bars(c, left, t::BY_SEGMENT, &named, on.filter(|on| *on < segments));
    bars(c, right, t::BY_PERSON, &board.people, on.and_then(|on| on.checked_sub(segments)));
}

fn percent(part: i64, of: Option<i64>) -> String {
    of.and_then(|of| (part * 100).checked_div(of)).map_or(String::new(), |p| format!("{p}%"))
}

/// Names with a bar, the count and the share answered.
fn bars(c: &mut Canvas, area: Rect, title: Text, rows: &[(String, i64, i64)], on: Option<usize>) {
    let theme = c.theme;
    if area.height < 2 {
        return;
    }
    c.put(area, (area.x + table::GUTTER, area.y), area.width, title.of(c.lang()), theme.strong);
    if rows.is_empty() {
        c.put(area, (area.x + table::GUTTER, area.y + 1), area.width, c.say(t::NOTHING), theme.dim);
    }
    let most = rows.iter().map(|r| r.1).max().unwrap_or(0);
    let cells = area.width.saturating_sub(table::GUTTER + 40 + 2).min(40);
    // where there are more than fit, the cursor's line shows
    let room = usize::from(area.height.saturating_sub(1));
    let top = on.map_or(0, |on| (on + 1).saturating_sub(room));
    for (i, (name, touches, answered)) in rows.iter().enumerate().skip(top).take(room) {
        let y = area.y + 1 + u16::try_from(i - top).unwrap_or(0);
        let x = area.x + table::GUTTER;
        c.put(area, (x, y), 12, name, theme.text);
        c.put(area, (x + 14, y), 8, &text::fit(&format::count(*touches), 8, true), theme.text);
        let answered = format!("{} {}", c.say(t::RATE), percent(*answered, Some(*touches)));
        c.put(area, (x + 24, y), 14, &answered, theme.dim);
        c.put(area, (x + 40, y), cells, &chart::bar(*touches, most, usize::from(cells)), theme.accent);
        if on == Some(i) {
            c.tint(area, y, theme.select);
            c.put(area, (area.x, y), 1, "▌", theme.accent);
        }
    }
}
