//! RFM scores by rank (kpis.md 3.2): whole numbers, ties always equal. `1 + floor(5·L/N)`, L the customers strictly worse.

/// What a customer is scored by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rfm {
    /// Days since the last purchase.
    pub recency: u32,
    /// Purchase days.
    pub frequency: u32,
    /// Net amount in fen.
    pub monetary: i64,
}

/// Scores from 1 to 5: recency, frequency, monetary.
pub type Scores = [u8; 3];

/// The scores of every customer, in the order given.
pub fn scores(customers: &[Rfm]) -> Vec<Scores> {
    let rank = |key: &dyn Fn(&Rfm) -> i64| {
        let mut sorted: Vec<i64> = customers.iter().map(key).collect();
        sorted.sort_unstable();
        let all = sorted.len();
        customers
            .iter()
            .map(|c| {
                let worse = sorted.partition_point(|v| *v < key(c));
                u8::try_from(1 + 5 * worse / all.max(1)).unwrap_or(5)
            })
            .collect::<Vec<u8>>()
    };
    let recency = rank(&|c| -i64::from(c.recency));
    let frequency = rank(&|c| i64::from(c.frequency));
    let monetary = rank(&|c| c.monetary);
    recency.into_iter().zip(frequency).zip(monetary).map(|((r, f), m)| [r, f, m]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::models::cohorts::tests::{column, table};

    const CDNOW: &str = include_str!("../../../tests/data/analytics/cdnow_sample_rfm.csv");

    #[test]
    fn scores_of_cdnow_are_the_reference_exactly() {
        let rows = table(CDNOW);
        let text = |row: &Vec<String>, name| column(CDNOW, row, name).to_owned();
        let customers: Vec<Rfm> = rows
            .iter()
            .map(|row| Rfm {
                recency: text(row, "recency_days").parse().unwrap(),
                frequency: text(row, "frequency").parse().unwrap(),
                monetary: text(row, "monetary").replace('.', "").parse().unwrap(),
            })
            .collect();
        for (ours, row) in scores(&customers).iter().zip(&rows) {
            let theirs = ["R", "F", "M"].map(|n| text(row, n).parse::<u8>().unwrap());
            assert_eq!(*ours, theirs, "{row:?}");
        }
    }

    #[test]
    fn ties_are_equal_and_one_customer_scores_one() {
        let one = Rfm { recency: 3, frequency: 1, monetary: 5 };
        assert_eq!(scores(&[one]), [[1, 1, 1]]);
        assert!(scores(&[one; 7]).iter().all(|s| *s == [1, 1, 1]));
        assert!(scores(&[]).is_empty());
    }
}
