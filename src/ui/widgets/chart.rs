//! Figures as bars and trends of one line. A text value always stands beside them.

use chrono::{Datelike, NaiveDate};

use crate::domain::money::Fen;

/// A trend: one block a value, blank where there is nothing.
pub fn spark(values: &[i64]) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = values.iter().copied().max().unwrap_or(0).max(1);
    values
        .iter()
        .map(|v| {
            if *v <= 0 {
                return ' ';
            }
            let step = usize::try_from((v * 8 - 1) / most).unwrap_or(0).min(7);
            BLOCKS.get(step).copied().unwrap_or('█')
        })
        .collect()
}

/// A bar of `cells` cells for `value` of `most`; anything above nothing shows at least one cell.
pub fn bar(value: i64, most: i64, cells: usize) -> String {
    if value <= 0 || most <= 0 {
        return String::new();
    }
    let cells = i64::try_from(cells).unwrap_or(0);
    let full = (value.min(most) * cells / most).max(1);
    "█".repeat(usize::try_from(full).unwrap_or(0))
}

/// One row of a chart of months, `row` from the top of `rows`; below them the axis with the years. A month takes as many
/// cells as there is room for, three at the most.
pub fn months(months: &[(NaiveDate, Fen)], row: usize, rows: usize, cells: usize) -> String {
    const BLOCKS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    // where not all fit, the latest do
    let shown = months.len().min(cells.max(1));
    let months = months.get(months.len() - shown..).unwrap_or_default();
    let wide = (cells / shown.max(1)).clamp(1, 3);
    let mut out = String::new();
    if row >= rows {
        for (i, (month, _)) in months.iter().enumerate() {
            let at = i * wide;
            if month.month() == 1 && out.chars().count() <= at {
                out.push_str(&" ".repeat(at - out.chars().count()));
                out.push_str(&month.year().to_string());
            }
        }
        return out;
    }
    let most = months.iter().map(|(_, fen)| fen.0).max().unwrap_or(0).max(1);
    let steps = i64::try_from(rows * 8).unwrap_or(8);
    let below = i64::try_from((rows - 1 - row) * 8).unwrap_or(0);
    for (_, fen) in months {
        // money that is there shows, however little
        let full = if fen.0 > 0 { (fen.0 * steps / most).max(1) } else { 0 };
        let block =
            BLOCKS.get(usize::try_from((full - below).clamp(0, 8)).unwrap_or(0)).copied().unwrap_or(' ');
        let gap = usize::from(wide > 1);
        out.extend(std::iter::repeat_n(block, wide - gap));
        out.extend(std::iter::repeat_n(' ', gap));
    }
    out
}

/// One cell of a column `rows` high, `row` from the top, for a value between nothing and the most.
pub fn column(value: Option<f64>, most: f64, row: usize, rows: usize) -> char {
    const BLOCKS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let Some(value) = value.filter(|v| *v > 0.0 && most > 0.0) else { return ' ' };
    // what is there shows, however little
    let full = (value / most * (rows * 8) as f64).round().max(1.0) as i64;
    let below = i64::try_from((rows - 1 - row.min(rows - 1)) * 8).unwrap_or(0);
    let step = usize::try_from((full - below).clamp(0, 8)).unwrap_or(0);
    BLOCKS.get(step).copied().unwrap_or(' ')
}

/// The row from the top in which a column of this value ends.
pub fn level(value: f64, most: f64, rows: usize) -> usize {
    let part = if most > 0.0 { (value / most).clamp(0.0, 1.0) } else { 0.0 };
    let up = (part * rows as f64).ceil().max(1.0) as usize;
    rows.saturating_sub(up)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_stand_as_columns_over_their_years() {
        let list: Vec<(NaiveDate, Fen)> = (11..=12)
            .map(|m| (2023, m))
            .chain((1..=3).map(|m| (2024, m)))
            .zip([0, 100, 50, 1, 200])
            .filter_map(|((y, m), v)| Some((NaiveDate::from_ymd_opt(y, m, 1)?, Fen(v))))
            .collect();
        assert_eq!(months(&list, 0, 2, 5), "    █");
        assert_eq!(months(&list, 1, 2, 5), " █▄▁█");
        assert_eq!(months(&list, 2, 2, 5), "  2024");
        assert_eq!(months(&list, 1, 2, 10), "  █ ▄ ▁ █ ");
        assert_eq!(months(&[], 0, 2, 10), "");
    }

    #[test]
    fn a_column_grows_from_below_and_its_level_is_where_it_ends() {
        let column =
            |value: f64| -> String { (0..4).map(|row| super::column(Some(value), 1.0, row, 4)).collect() };
        assert_eq!(column(1.0), "████");
        assert_eq!(column(0.5), "  ██");
        assert_eq!(column(0.01), "   ▁");
        assert_eq!(super::column(None, 1.0, 3, 4), ' ');
        assert_eq!([1.0, 0.75, 0.5, 0.0].map(|v| level(v, 1.0, 4)), [0, 1, 2, 3]);
    }

    #[test]
    fn the_largest_fills_the_line_and_nothing_is_blank() {
        assert_eq!(spark(&[0, 1, 4, 8]), " ▁▄█");
        assert_eq!(spark(&[]), "");
        assert_eq!(bar(1, 1_000, 10), "█");
        assert_eq!(bar(1_000, 1_000, 4), "████");
        assert_eq!(bar(0, 10, 4), "");
    }
}
