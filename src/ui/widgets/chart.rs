//! Figures as bars and trends of one line. A text value always stands beside them.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_fills_the_line_and_nothing_is_blank() {
        assert_eq!(spark(&[0, 1, 4, 8]), " ▁▄█");
        assert_eq!(spark(&[]), "");
        assert_eq!(bar(1, 1_000, 10), "█");
        assert_eq!(bar(1_000, 1_000, 4), "████");
        assert_eq!(bar(0, 10, 4), "");
    }
}
