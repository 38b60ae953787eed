//! How the columns of a table share the room there is: which stand, and how wide. Pure arithmetic that both the panes (a column
//! is made wider from what it has) and the table widget read; what a table looks like is in `ui::widgets::table`.

/// Cells before the first column: the cursor's bar, the mark, a blank.
pub const GUTTER: u16 = 3;
/// Cells between two columns.
pub const GAP: u16 = 2;

/// What a column asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The least cells.
    pub width: u16,
    /// How much of the room left over, in parts.
    pub grow: u16,
    /// Which go first where there is no room: the greatest number; 0 never goes.
    pub yields: u8,
}

/// Which wishes fit into `width` cells and how many cells each gets: the index of the wish and its cells.
pub fn allot(wishes: &[Wish], width: u16) -> Vec<(usize, u16)> {
    let (mut cells, mut left) = kept(wishes, width);
    grow(&mut cells, &mut left, wishes);
    cells
}

/// The same where it is known how much the heading and the longest cell of each column take: nobody keeps room that it
/// does not fill while another is cut.
pub fn allot_to(wishes: &[Wish], needs: &[u16], width: u16) -> Vec<(usize, u16)> {
    let need = |i: usize| needs.get(i).copied().unwrap_or(0);
    let least: Vec<Wish> =
        wishes.iter().enumerate().map(|(i, wish)| Wish { width: wish.width.min(need(i)), ..*wish }).collect();
    let (mut cells, mut left) = kept(&least, width);
    hand_out(&mut cells, &mut left, |i| (wishes.get(i).map_or(0, |w| w.grow).max(1), need(i)));
    grow(&mut cells, &mut left, wishes);
    cells
}

/// The wishes for which there is room, each with its least cells, and the cells that are left over.
fn kept(wishes: &[Wish], width: u16) -> (Vec<(usize, u16)>, u16) {
    let room = width.saturating_sub(GUTTER);
    let mut kept: Vec<(usize, &Wish)> = wishes.iter().enumerate().collect();
    let needed = |kept: &[(usize, &Wish)]| -> u16 {
        let cells: u16 = kept.iter().map(|(_, wish)| wish.width).sum();
        cells + GAP * u16::try_from(kept.len().saturating_sub(1)).unwrap_or(0)
    };
    while kept.len() > 1 && needed(&kept) > room {
        let Some((at, _)) = kept.iter().enumerate().max_by_key(|(_, (_, wish))| wish.yields) else { break };
        kept.remove(at);
    }
    let left = room.saturating_sub(needed(&kept));
    (kept.into_iter().map(|(i, wish)| (i, wish.width.min(room))).collect(), left)
}

/// What is left over goes to those that want to grow, to three times the wish at most.
fn grow(cells: &mut [(usize, u16)], left: &mut u16, wishes: &[Wish]) {
    hand_out(cells, left, |i| wishes.get(i).map_or((0, 0), |wish| (wish.grow, wish.width * 3)));
}

/// Hands out cells in rounds; `of` says how many parts of a round a column takes and how wide it may become.
fn hand_out(cells: &mut [(usize, u16)], left: &mut u16, of: impl Fn(usize) -> (u16, u16)) {
    loop {
        let wanting = |(i, w): &(usize, u16)| *w < of(*i).1;
        let parts: u16 = cells.iter().filter(|cell| wanting(cell)).map(|(i, _)| of(*i).0).sum();
        if parts == 0 || *left == 0 {
            return;
        }
        let share = (*left / parts).max(1);
        for (i, w) in &mut *cells {
            let (parts, most) = of(*i);
            let more = (share * parts).min(*left).min(most.saturating_sub(*w));
            *w += more;
            *left -= more;
        }
    }
}

/// Gives a column all cells that nobody has.
pub fn fill(cells: &mut [(usize, u16)], width: u16, which: usize) {
    let gaps = GAP * u16::try_from(cells.len().saturating_sub(1)).unwrap_or(0);
    let taken = cells.iter().map(|(_, cells)| cells).sum::<u16>() + gaps + GUTTER;
    if let Some((_, cells)) = cells.iter_mut().find(|(column, _)| *column == which) {
        *cells += width.saturating_sub(taken);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WISHES: [Wish; 3] = [
        Wish { width: 10, grow: 0, yields: 3 },
        Wish { width: 12, grow: 2, yields: 0 },
        Wish { width: 6, grow: 1, yields: 1 },
    ];

    #[test]
    fn columns_yield_in_their_order_and_share_what_is_left() {
        assert_eq!(allot(&WISHES, 35), [(0, 10), (1, 12), (2, 6)]);
        assert_eq!(allot(&WISHES, 30), [(1, 17), (2, 8)]);
        assert_eq!(allot(&WISHES, 10), [(1, 7)]);
        let wide: u16 = allot(&WISHES, 300).iter().map(|(_, w)| w).sum();
        assert_eq!(wide, 10 + 36 + 18);
    }

    #[test]
    fn what_nobody_takes_goes_to_the_column_that_fills() {
        let mut cells = allot(&WISHES, 300);
        fill(&mut cells, 300, 2);
        assert_eq!(cells, [(0, 10), (1, 36), (2, 300 - GUTTER - 2 * GAP - 46)]);
        // one that has no room gets none, and where nothing is left nothing is given
        let mut narrow = allot(&WISHES, 30);
        fill(&mut narrow, 30, 0);
        fill(&mut narrow, 30, 2);
        assert_eq!(narrow, [(1, 17), (2, 8)]);
    }

    #[test]
    fn nobody_keeps_room_it_does_not_fill_while_another_is_cut() {
        // the first fills four of its ten cells, the second wants thirty
        assert_eq!(allot_to(&WISHES, &[4, 30, 6], 35), [(0, 4), (1, 18), (2, 6)]);
        // a column that would have had no room stays, since the others are short
        assert_eq!(allot_to(&WISHES, &[4, 8, 6], 25), [(0, 4), (1, 8), (2, 6)]);
        // when nothing is cut the rest is shared as wished for
        let all: u16 = allot_to(&WISHES, &[4, 14, 6], 60).iter().map(|(_, w)| w).sum();
        assert_eq!(all, 60 - GUTTER - 2 * GAP);
    }
}
