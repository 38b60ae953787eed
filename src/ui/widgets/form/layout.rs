//! Where the parts of a form stand: how wide its frame, labels and values are, how high it is, how far it is scrolled and which
//! lines show. Pure arithmetic over lengths; what the lines say and how they look is drawn beside it.

/// The widest frame of a form.
const WIDEST: u16 = 84;
/// The most cells of labels.
const LABEL: usize = 18;
/// Cells of a frame beside labels and values: its two sides with their blanks, the gap and the place of the sign of a mistake.
const BESIDE: usize = 7;
/// Lines that the head takes, the blank below it included.
const HEAD: usize = 2;

/// Lines of the frame, above and below, and of the keys.
const FRAME: usize = 3;

/// The most lines of a frame.
const fn highest(screen: u16) -> u16 {
    screen.saturating_sub(if screen < 20 { 0 } else { 2 })
}

/// The most lines below the fields where so many of the field with the focus are to show.
pub fn below(screen: u16, head: bool, here: usize) -> usize {
    let head = if head { HEAD } else { 0 };
    usize::from(highest(screen)).saturating_sub(FRAME + head + here)
}

/// How wide the parts are, in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Widths {
    /// The frame.
    pub frame: u16,
    /// The labels.
    pub label: u16,
    /// A value with what stands beside it.
    pub value: usize,
}

impl Widths {
    /// On a screen of this width, for labels of these widths.
    pub fn of(screen: u16, labels: impl Iterator<Item = usize>) -> Self {
        let margin = if screen < 60 { 0 } else { 4 };
        let frame = screen.saturating_sub(margin).min(WIDEST);
        let label = labels.max().unwrap_or(0).min(LABEL);
        let value = usize::from(frame).saturating_sub(label + BESIDE);
        Self { frame, label: u16::try_from(label).unwrap_or(0), value }
    }
}

/// How high a form is and what of its fields shows, in lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rows {
    /// The frame.
    pub height: u16,
    /// Lines inside before the first field.
    pub head: usize,
    /// Lines for fields.
    room: usize,
    /// Lines of fields that are scrolled away above.
    skip: usize,
    /// Fields above what shows, and below.
    pub beyond: (usize, usize),
}

/// A line that shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which field.
    pub field: usize,
    /// Which of its lines.
    pub part: usize,
    /// Where it stands, counted from the first line inside.
    pub y: usize,
}

impl Rows {
    /// On a screen of this height, for fields of these heights; the one with the focus shows. `foot`: lines below the fields.
    pub fn of(screen: u16, heights: &[usize], focus: usize, (head, foot): (bool, usize)) -> Self {
        let head = if head { HEAD } else { 0 };
        let needed: usize = heights.iter().sum();
        let height = u16::try_from(needed + head + foot + FRAME).unwrap_or(u16::MAX).min(highest(screen));
        let room = usize::from(height).saturating_sub(FRAME + head + foot);
        // the lines before the field with the focus decide how far the form is scrolled
        let before: usize = heights.iter().take(focus).sum();
        let here = heights.get(focus).copied().unwrap_or(1);
        let skip = (before + here).saturating_sub(room).min(before);
        let above = starts(heights).filter(|at| *at < skip).count();
        let below = starts(heights).filter(|at| *at >= skip + room).count();
        Self { height, head, room, skip, beyond: (above, below) }
    }

    /// The lines that show, from the top.
    pub fn lines(self, heights: &[usize]) -> impl Iterator<Item = Line> {
        let Self { head, room, skip, .. } = self;
        let all = heights.iter().zip(starts(heights)).enumerate();
        all.flat_map(move |(field, (height, start))| {
            (0..*height).map(move |part| (field, part, start + part))
        })
        .filter(move |(.., at)| (skip..skip + room).contains(at))
        .map(move |(field, part, at)| Line { field, part, y: head + at - skip })
    }
}

/// On which line each field begins.
fn starts(heights: &[usize]) -> impl Iterator<Item = usize> {
    heights.iter().scan(0, |at, height| {
        *at += height;
        Some(*at - height)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(rows: Rows, heights: &[usize]) -> Vec<(usize, usize, usize)> {
        rows.lines(heights).map(|line| (line.field, line.part, line.y)).collect()
    }

    #[test]
    fn a_frame_leaves_a_margin_where_there_is_room_and_labels_never_take_all_of_it() {
        let of = |screen, labels: &[usize]| Widths::of(screen, labels.iter().copied());
        assert_eq!(of(120, &[4, 9]), Widths { frame: 84, label: 9, value: 68 });
        assert_eq!(of(80, &[4, 9]), Widths { frame: 76, label: 9, value: 60 });
        assert_eq!(of(60, &[30]), Widths { frame: 56, label: 18, value: 31 }, "a long label is cut");
        assert_eq!(of(59, &[30]).frame, 59, "a narrow screen has no margin");
        assert_eq!(of(10, &[18]).value, 0);
    }

    #[test]
    fn a_form_for_which_there_is_room_shows_whole_and_is_no_higher_than_it_needs() {
        let heights = [1, 3, 1];
        let rows = Rows::of(24, &heights, 1, (true, 2));
        assert_eq!((rows.height, rows.beyond), (12, (0, 0)));
        assert_eq!(shown(rows, &heights), [(0, 0, 2), (1, 0, 3), (1, 1, 4), (1, 2, 5), (2, 0, 6)]);
    }

    #[test]
    fn a_form_scrolls_until_the_field_with_the_focus_shows_whole_and_counts_what_does_not() {
        let heights = [1, 1, 3, 1, 1];
        // twelve lines: the frame, the keys, and nine for seven lines of fields below a head
        assert_eq!(Rows::of(12, &heights, 0, (true, 0)).beyond, (0, 0));
        let rows = Rows::of(12, &heights, 0, (true, 3));
        assert_eq!((rows.height, rows.beyond), (12, (0, 2)));
        assert_eq!(shown(rows, &heights), [(0, 0, 2), (1, 0, 3), (2, 0, 4), (2, 1, 5)]);
        let rows = Rows::of(12, &heights, 2, (true, 3));
        assert_eq!(
            (shown(rows, &heights), rows.beyond),
            (vec![(1, 0, 2), (2, 0, 3), (2, 1, 4), (2, 2, 5)], (1, 2))
        );
        let rows = Rows::of(12, &heights, 4, (true, 3));
        assert_eq!(
            (shown(rows, &heights), rows.beyond),
            (vec![(2, 1, 2), (2, 2, 3), (3, 0, 4), (4, 0, 5)], (3, 0))
        );
    }

    #[test]
    fn what_stands_below_leaves_room_for_the_field_with_the_focus() {
        assert_eq!((below(12, true, 2), below(24, false, 1), below(4, true, 2)), (5, 18, 0));
        let heights = [1, 3, 1];
        let rows = Rows::of(12, &heights, 1, (true, below(12, true, 2)));
        assert_eq!(shown(rows, &heights), [(1, 0, 2), (1, 1, 3)]);
    }

    #[test]
    fn a_field_that_is_higher_than_the_room_shows_from_its_first_line() {
        let heights = [1, 9, 1];
        let rows = Rows::of(12, &heights, 1, (false, 5));
        assert_eq!(shown(rows, &heights), [(1, 0, 0), (1, 1, 1), (1, 2, 2), (1, 3, 3)]);
        // and where there is no room at all nothing is drawn over the rest
        assert_eq!(shown(Rows::of(12, &heights, 1, (true, 20)), &heights), []);
    }
}
