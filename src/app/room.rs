//! How much room each list has at a size of the screen: the one place that `app` (for paging) and `ui` (for drawing)
//! both read, so that a page is a page.

use super::shared::Size;
use crate::domain::cells::width;

/// The smallest screen that is drawn.
pub const SMALLEST: Size = Size { width: 40, height: 12 };

/// Title bar and key bar.
pub const BARS: u16 = 2;

/// Whether the screen is large enough to draw.
pub const fn enough(size: Size) -> bool {
    size.width >= SMALLEST.width && size.height >= SMALLEST.height
}

/// Lines of the card below the customer list: none where the list would have too little.
pub const fn card(size: Size) -> u16 {
    match size.height {
        0..18 => 0,
        18..30 => 5,
        _ => 7,
    }
}

/// Rows of the customer list: without bars, its own head line, the column heads and the card with its rule.
pub const fn customers(size: Size) -> usize {
    let card = card(size);
    let rule = if card > 0 { 1 } else { 0 };
    size.height.saturating_sub(BARS + 2 + card + rule) as usize
}

/// Rows of a list that has a head line and column heads and the rest of the pane: touches, matrix, board.
pub const fn list(size: Size) -> usize {
    size.height.saturating_sub(BARS + 2) as usize
}

/// Rows of the KPIs: a head line, column heads, and below a rule with the explanation.
pub const fn board(size: Size) -> usize {
    size.height.saturating_sub(BARS + 3 + explained(size)) as usize
}

/// Lines in which the figure under the cursor is explained.
pub const fn explained(size: Size) -> u16 {
    if size.height < 30 { 3 } else { 6 }
}

/// Rows of the lists of scripts, gifts, contents and products: half the pane, what is under the cursor takes the rest.
pub const fn shelf(size: Size) -> usize {
    let rows = list(size).saturating_sub(1);
    let half = rows / 2;
    if half > 3 { half } else { rows }
}

/// Lines of the ledger's card below the queue.
pub const fn queue(size: Size) -> usize {
    customers(size)
}

/// Lines of the profile below its head of three lines.
pub const fn profile(size: Size) -> usize {
    size.height.saturating_sub(BARS + 3) as usize
}

/// Rows of a popup's list: the popup leaves two lines above and below and has a frame and an input line.
pub const fn popup(size: Size) -> usize {
    let rows = size.height.saturating_sub(8) as usize;
    if rows > 20 { 20 } else { rows }
}

/// Lines under the help in which the row under its cursor is read whole.
pub const fn meaning(size: Size) -> u16 {
    if size.height < 18 { 2 } else { 5 }
}

/// Rows of the help: on the smallest screen it takes all lines, so that one sees more than one row.
pub const fn help(size: Size) -> usize {
    let rows = popup(size).saturating_sub(meaning(size) as usize + 1);
    if rows < 5 { 5 } else { rows }
}

/// Rows of the exports or customers of a leak: what its popup leaves beside its frame, head, steps, rule and foot.
pub const fn leak(size: Size) -> usize {
    popup(size).saturating_sub(8)
}

/// Rows of the history: what the popup leaves beside its frame, conditions, rule, foot and the change under the cursor.
pub const fn audit(size: Size) -> usize {
    let below = audit_below(size);
    let rule = if below > 0 { 1 } else { 0 };
    let rows = size.height.saturating_sub(8 + below + rule) as usize;
    if rows > 18 { 18 } else { rows }
}

/// Lines that the history has for the change under the cursor: none where the list would have too little.
pub const fn audit_below(size: Size) -> u16 {
    match size.height {
        0..18 => 0,
        18..30 => 5,
        _ => 8,
    }
}

/// The first screen row of a list: below title bar, head line and column heads.
pub const FIRST_ROW: usize = 3;

/// Cells of the title bar that what is due and the time get before the names of the panes do.
const STANDING: u16 = 14;

/// The names of the panes as the title bar writes them: start column, width in cells, pane. Where there is no room for all
/// and for what is due, the others have their digits alone.
pub fn tabs(
    lang: crate::i18n::Lang,
    size: Size,
    active: super::pane_id::PaneId,
) -> Vec<(u16, u16, super::pane_id::PaneId)> {
    let all = placed(lang, size, |_| true);
    let end = all.last().map_or(0, |(at, wide, _)| at + wide);
    if end + STANDING <= size.width { all } else { placed(lang, size, |pane| pane == active) }
}

fn placed(
    lang: crate::i18n::Lang,
    size: Size,
    named: impl Fn(super::pane_id::PaneId) -> bool,
) -> Vec<(u16, u16, super::pane_id::PaneId)> {
    let mut at = tabs_from(size);
    super::pane_id::PaneId::ALL
        .into_iter()
        .map(|pane| {
            let name = pane.title().of(lang);
            // a digit, a blank and the name
            let wide = if named(pane) { 2 + u16::try_from(width(name)).unwrap_or(0) } else { 1 };
            let tab = (at, wide, pane);
            at += wide + 2;
            tab
        })
        .collect()
}

/// The column at which the names of the panes begin: after the name of the program, where that has room.
pub const fn tabs_from(size: Size) -> u16 {
    if size.width < 100 { 1 } else { 9 }
}

/// The pane whose name stands at a column of the title bar.
pub fn pane_at(
    column: u16,
    lang: crate::i18n::Lang,
    size: Size,
    active: super::pane_id::PaneId,
) -> Option<super::pane_id::PaneId> {
    tabs(lang, size, active)
        .into_iter()
        .find(|(at, width, _)| (*at..at + width).contains(&column))
        .map(|(.., pane)| pane)
}

/// Rows of the look-up box's list: half the popup, the call card takes the rest.
pub const fn finder(size: Size) -> usize {
    let rows = size.height.saturating_sub(10) as usize;
    match rows / 2 {
        _ if size.width >= 100 => rows,
        // more than one on the smallest screen, so that one sees that there are others
        0..3 => 3,
        half => half,
    }
}

/// The screen row of the first hit in the look-up box: below its frame, what is typed and a blank line.
pub const fn finder_row(size: Size) -> u16 {
    if size.height < 20 { 3 } else { 4 }
}

/// The screen row of the first line of a menu that shows so many: it stands in the middle above the bottom line, with a frame
/// and a line of keys.
pub fn menu_row(size: Size, shown: usize) -> u16 {
    let height = u16::try_from(shown).unwrap_or(u16::MAX).saturating_add(3);
    size.height.saturating_sub(1).saturating_sub(height) / 2 + 1
}
