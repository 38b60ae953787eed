//! Which groups of customers would tell amounts that are masked: a figure over a handful of customers tells theirs, and so
//! does the difference between the figure of all and those of the segments that show. Pure; the store counts the customers
//! whose amounts the asker may not see.

use super::SLOTS;

/// Which of the groups, all together first, have to be masked where each side of theirs is made of the amounts of so many
/// customers whom the asker does not see, so that nobody can tell the amounts of fewer than `least` of them (I14): neither
/// from a group nor from what is left when the groups that show are taken off all. Each side is a sum of its own: one of
/// them is enough to hide a group.
pub fn hidden(unseen: [[i64; SLOTS]; 2], least: i64) -> [bool; SLOTS] {
    let [mut hidden, other] = unseen.map(|side| hidden_on(side, least));
    hidden.iter_mut().zip(other).for_each(|(hides, other)| *hides |= other);
    hidden
}

fn hidden_on(unseen: [i64; SLOTS], least: i64) -> [bool; SLOTS] {
    let few = |n: i64| 0 < n && n < least;
    let mut hidden = unseen.map(few);
    let [all, segments @ ..] = unseen;
    if few(all) {
        return unseen.map(|n| n > 0);
    }
    // whoever belongs to no segment is left over in any case
    let mut left = (all - segments.iter().sum::<i64>()).max(0);
    left += unseen.iter().zip(hidden).skip(1).filter(|(_, hides)| *hides).map(|(n, _)| n).sum::<i64>();
    while few(left) {
        let shown = unseen.iter().enumerate().skip(1).filter(|(at, n)| **n > 0 && !is(hidden, *at));
        // the smallest of those that show goes with them; without one, the sum of all
        let (at, more) = shown.min_by_key(|(_, n)| **n).map_or((0, least), |(at, n)| (at, *n));
        hidden.iter_mut().skip(at).take(1).for_each(|hides| *hides = true);
        left += more;
    }
    hidden
}

fn is(hidden: [bool; SLOTS], at: usize) -> bool {
    hidden.get(at).copied().unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places that are masked, of at least three.
    fn masked(unseen: [i64; SLOTS]) -> Vec<usize> {
        both(unseen, unseen)
    }

    fn both(now: [i64; SLOTS], before: [i64; SLOTS]) -> Vec<usize> {
        let hidden = hidden([now, before], 3);
        (0..SLOTS).filter(|at| hidden[*at]).collect()
    }

    #[test]
    fn a_group_of_three_shows_and_one_of_two_does_not() {
        assert!(masked([9, 3, 3, 3, 0, 0]).is_empty());
        // the two, and the next smallest: without it, all less those that show would tell the two
        assert_eq!(masked([9, 2, 3, 4, 0, 0]), [1, 2]);
    }

    #[test]
    fn two_small_groups_that_are_three_together_hide_each_other() {
        assert_eq!(masked([13, 2, 1, 4, 6, 0]), [1, 2]);
        assert_eq!(masked([12, 1, 1, 4, 6, 0]), [1, 2, 3], "two together are still too few");
    }

    #[test]
    fn whoever_is_in_no_segment_is_no_remainder_either() {
        // one customer without a segment: all less the segments would tell it
        assert_eq!(masked([10, 4, 5, 0, 0, 0]), [1]);
        assert!(masked([12, 4, 5, 0, 0, 0]).is_empty(), "three left over tell nobody");
    }

    #[test]
    fn each_side_of_a_figure_is_taken_off_by_itself() {
        // two are left over now and seven before: the smaller of the two sums of each group would leave seven
        assert_eq!(both([20, 8, 10, 0, 0, 0], [20, 7, 6, 0, 0, 0]), [1]);
        assert_eq!(both([20, 7, 6, 0, 0, 0], [20, 8, 10, 0, 0, 0]), [1]);
        assert_eq!(
            both([9, 3, 3, 3, 0, 0], [9, 3, 4, 2, 0, 0]),
            [1, 3],
            "the two of before, and the next smallest"
        );
        assert!(
            both([9, 3, 3, 3, 0, 0], [0; SLOTS]).is_empty(),
            "on a side with nobody there is nobody to be told"
        );
    }

    #[test]
    fn where_all_are_few_nothing_shows_and_where_the_asker_sees_all_everything_does() {
        assert_eq!(masked([2, 1, 1, 0, 0, 0]), [0, 1, 2]);
        assert!(masked([0; SLOTS]).is_empty());
        // one segment holds everybody but one: there is no other to hide it with
        assert_eq!(masked([4, 1, 3, 0, 0, 0]), [1, 2]);
        assert_eq!(
            masked([3, 1, 0, 0, 0, 0]),
            [1],
            "the other two have no segment, so that three stay together"
        );
    }
}
