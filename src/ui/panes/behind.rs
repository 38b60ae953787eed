//! Pane 5, the customers behind a number: how many stand on which side of it, and one line each with how it stands. Those
//! who make the number bad come first, since there is something to do; the list is worked through in place.

use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::text;
use crate::app::command::Command;
use crate::app::panes::board::Board;
use crate::app::room;
use crate::domain::clock::from_ms;
use crate::domain::find::MASKED;
use crate::domain::kpi::{Unit, kpi};
use crate::i18n::{board as t, format, kpi as k, sides, words};
use crate::store::request::{Behind, BehindRow, Side};

/// Draws the list; none while it is being counted.
pub fn draw(c: &mut Canvas, area: Rect, listed: Option<&Behind>, board: &Board) {
    let theme = c.theme;
    let Some(listed) = listed else {
        c.put(area, (area.x + 1, area.y + 1), area.width, c.say(k::COUNTING), theme.dim);
        return;
    };
    let width = area.width.saturating_sub(2);
    let title = text::fit(&title(c, listed, board), usize::from(width), false);
    c.put(area, (area.x + 1, area.y), width, &title, theme.strong);
    if listed.all == 0 && listed.of.is_none_or(|of| of.only.is_none()) {
        let why = if listed.id == "completeness" { t::RECORDED_BEHIND } else { t::NOBODY_BEHIND };
        let lines = text::wrap(why.of(c.lang()), usize::from(width), 3);
        for (line, y) in lines.iter().zip(area.y + 1..area.bottom()) {
            c.put(area, (area.x + 2, y), width, line, theme.dim);
        }
    }
    let height = usize::from(area.height.saturating_sub(1)).min(room::list(c.shared.size));
    let columns = Columns::of(area.width);
    for (i, row) in listed.rows.iter().enumerate().skip(board.behind.top).take(height) {
        let y = area.y + 1 + u16::try_from(i - board.behind.top).unwrap_or(0);
        let mut put = |at: Option<(u16, u16)>, text: &str, style| {
            if let Some((x, cells)) = at {
                c.put(area, (area.x + x, y), cells, text, style);
            }
        };
        put(columns.code, &row.code, theme.dim);
        put(Some(columns.name), &row.name, theme.text);
        put(columns.owner, &row.owner, theme.dim);
        let style = match row.side {
            Side::Bad => theme.warn,
            Side::Good => theme.good,
            Side::Open => theme.dim,
        };
        c.put(area, (area.x + columns.told.0, y), columns.told.1, &told(c, listed.id, row), style);
        if c.shared.marks.contains(row.customer) {
            c.put(area, (area.x + 1, y), 1, "✓", theme.good);
        }
        if i == board.behind.at {
            c.tint(area, y, theme.select);
            c.put(area, (area.x, y), 1, "▌", theme.accent);
        }
    }
}

/// Cells of the longest name.
const LONGEST: u16 = 60;

/// Where each column begins and how wide it is.
struct Columns {
    code: Option<(u16, u16)>,
    name: (u16, u16),
    owner: Option<(u16, u16)>,
    told: (u16, u16),
}

impl Columns {
    /// What a width holds: the owner goes first, then the number; who it is and how they stand to the figure never.
    fn of(width: u16) -> Self {
        let (has_owner, has_code) = (width >= 64, width >= 52);
        let told = if has_code { 18 } else { 14 };
        let code = has_code.then_some((2, 13));
        let from = code.map_or(2, |(x, cells)| x + cells + 1);
        let after = told + if has_owner { 11 } else { 0 };
        // where there is room for more than a name, what is said of it stands beside it all the same
        let name = (from, width.saturating_sub(from + 1 + after).clamp(10, LONGEST));
        let next = name.0 + name.1 + 1;
        let owner = has_owner.then_some((next, 10));
        Self { code, name, owner, told: (next + if has_owner { 11 } else { 0 }, told) }
    }
}

/// What the list is, how many there are of each side, and the key that shows one side alone.
fn title(c: &Canvas, listed: &Behind, board: &Board) -> String {
    let lang = c.lang();
    let count = |n: usize| format::count(i64::try_from(n).unwrap_or(0));
    let (name, group, of_sides) = if let Some(person) = &listed.person {
        (words::word("sheet", listed.id, lang).to_owned(), person.clone(), t::BEHIND_CASES)
    } else {
        let name = board.listed_name(c.shared).unwrap_or_else(|| k::name(listed.id, lang).to_owned());
        (name, k::whose(listed.segment, lang).to_owned(), t::BEHIND_SIDES)
    };
    let by_side = listed.sides.filter(|counts| counts.iter().any(|n| *n > 0));
    let mut said = match by_side {
        Some(counts) => {
            let parts: Vec<String> = Side::ALL
                .into_iter()
                .zip(counts)
                .filter(|(_, n)| *n > 0)
                .map(|(side, n)| format!("{} {}", count(n), sides::side(listed.id, side, lang)))
                .collect();
            let all = count(counts.iter().sum());
            of_sides.with(lang, &[&name, &group, &all, &parts.join(sides::BETWEEN.of(lang))])
        }
        None => t::BEHIND.with(lang, &[&name, &group, &count(listed.all)]),
    };
    if let Some(of) = listed.of.filter(|_| by_side.is_some()) {
        let key = c.shared.key(Command::Filter);
        said.push_str(" · ");
        said.push_str(&match of.only {
            None => t::SIDE_KEY.with(lang, &[&key]),
            Some(only) => t::SIDE_ONLY.with(lang, &[&sides::side(listed.id, only, lang), &key]),
        });
    }
    if listed.of.is_none() && listed.all > listed.rows.len() {
        said.push_str(&t::BEHIND_FIRST.with(lang, &[&count(listed.rows.len())]));
    }
    said
}

/// How a customer stands to the number: in words where it has sides, else its amount.
fn told(c: &Canvas, id: &str, row: &BehindRow) -> String {
    let amount = |decimals| {
        row.amount.map_or_else(
            || MASKED.to_owned(),
            |amount| match decimals {
                0 => format::count(amount.round() as i64),
                _ => format!("{amount:.1}"),
            },
        )
    };
    if let Some(at) = row.at {
        let day = c.shared.now.zone.day(from_ms(at));
        let day = format::day(day, c.shared.now.today());
        return format!("{day} {}", sides::side(id, row.side, c.lang()));
    }
    match kpi(id).map_or(Unit::Share, |k| k.unit) {
        // touches that were made, yuan that were spent
        Unit::Share if matches!(id, "cadence" | "customer_cost") => {
            format!("{} {}", amount(0), sides::side(id, row.side, c.lang()))
        }
        Unit::Share if id == "completeness" => {
            format!("{}/4 {}", amount(0), sides::side(id, row.side, c.lang()))
        }
        Unit::Share => sides::side(id, row.side, c.lang()).to_owned(),
        Unit::Hours if row.amount.is_none() || row.side == Side::Bad && row.amount == Some(0.0) => {
            c.say(sides::NOT_ANSWERED).to_owned()
        }
        Unit::Hours => k::HOURS.with(c.lang(), &[&amount(1)]),
        Unit::Points | Unit::Yuan | Unit::Count | Unit::Ratio => amount(0),
    }
}
