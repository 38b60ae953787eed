//! Which columns of the figures a width holds, and how wide each of them is. What stands in them the pane says.

use crate::i18n::kpi as k;

/// Cells of the bar, and of them those up to the target: on a wide screen, and on a narrow one.
pub const BARS: [(usize, usize); 2] = [(16, 12), (8, 6)];
/// From so many cells on a screen is wide.
pub const WIDE: u16 = 100;
/// Cells of the trend.
pub const TRAIL: u16 = 12;
/// From so many cells on targets have a column; before, the explanation names the one of the row under the cursor.
pub const TARGETS: u16 = 50;

/// Where each column begins and how wide it is; none where the width does not hold it.
pub struct Columns {
    /// The name with the mark of a cause.
    pub name: (u16, u16),
    /// The value.
    pub value: (u16, u16),
    /// The change since the period before: its arrow alone, or with its figure.
    pub change: (u16, u16),
    /// The target with its direction.
    pub target: Option<(u16, u16)>,
    /// Value against target: where it begins, its cells and those up to the target.
    pub bar: Option<(u16, (usize, usize))>,
    /// The trend.
    pub trail: Option<u16>,
    /// The verdict, or why there is none.
    pub verdict: (u16, u16),
    /// What lies behind it, on a wide screen.
    pub note: Option<(u16, u16)>,
    /// How many cases.
    pub cases: Option<(u16, u16)>,
}

/// Cells of the longest verdict, and of a number of cases.
const LONG: u16 = 28;
const CASES: u16 = 6;

impl Columns {
    /// What a width holds: the bar goes first, then the cases, then the trend, last the target; the name, the value and the
    /// verdict never, and no name is cut. What is left over widens the verdict to its long words, then the name.
    pub fn of(width: u16) -> Self {
        let wide = width >= WIDE;
        // the arrow stands beside the value; what it is in figures needs room
        let change = if !wide {
            1
        } else if width < 108 {
            14
        } else {
            16
        };
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
        // the longest verdict takes so much; what a wide screen has besides is for what lies behind it, after the cases
        let left = width.saturating_sub(x);
        let noted = left.checked_sub(LONG + 2 + CASES + 1).filter(|cells| *cells >= 30);
        let (verdict, cases, note) = match noted {
            Some(cells) => {
                let cases = x + LONG + 1;
                ((x, LONG), Some((cases, CASES)), Some((cases + CASES + 2, cells - 1)))
            }
            None if width >= 74 => ((x, left - CASES), Some((width - CASES, CASES)), None),
            None => ((x, left), None, None),
        };
        Self { name, value, change, target, bar, trail, verdict, note, cases }
    }
}
