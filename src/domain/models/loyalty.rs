//! Loyalty as behaviour and attitude, each strong or weak (kpis.md, loyalty; Dick & Basu 1994). No weighted index: weights
//! would be invented.

/// The lowest vote and the lowest score of a strong attitude.
const VOTE: i64 = 9;
const SCORE: i64 = 80;
/// The lowest frequency score of a strong behaviour.
const FREQUENT: u8 = 4;

/// Whether somebody thinks well of us: their latest vote, else their latest score; none without an answer.
pub fn likes(vote: Option<i64>, score: Option<i64>) -> Option<bool> {
    vote.map(|vote| vote >= VOTE).or_else(|| score.map(|score| score >= SCORE))
}

/// Whether somebody keeps buying: by the frequency score, or a contract renewed.
pub const fn stays(frequency: u8, renewed: bool) -> bool {
    renewed || frequency >= FREQUENT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vote_goes_before_a_score_and_both_lines_are_included() {
        assert_eq!([8, 9].map(|vote| likes(Some(vote), Some(100))), [Some(false), Some(true)]);
        assert_eq!([79, 80].map(|score| likes(None, Some(score))), [Some(false), Some(true)]);
        assert_eq!(likes(None, None), None);
        assert_eq!([(3, false), (4, false), (1, true)].map(|(f, r)| stays(f, r)), [false, true, true]);
    }
}
