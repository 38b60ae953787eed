//! Figures drawn within a line: a value against its target, the trend of twelve periods. Texts of cells and no colours; which
//! column they stand in is told next door.

/// The bar is value ÷ target, so that the mark of the target stands in the same column in every row. A bar ends within a
/// third of a cell, so that a short one is still told from the target.
pub fn bullet(value: f64, target: f64, (cells, mark): (usize, usize)) -> String {
    let thirds = if target > 0.0 {
        (value / target * mark as f64 * 3.0).round().clamp(0.0, cells as f64 * 3.0) as usize
    } else {
        0
    };
    (0..cells)
        .map(|i| match thirds.saturating_sub(i * 3) {
            _ if i == mark => '┃',
            3.. => '█',
            2 => '▊',
            1 => '▎',
            _ if i < mark => '·',
            _ => ' ',
        })
        .collect()
}

/// The trend with dots for the periods that are still to be counted: the first ones.
pub fn sparks(values: &[Option<f64>], uncounted: usize) -> String {
    let known = spark(values);
    known.chars().enumerate().map(|(i, block)| if i < uncounted { '·' } else { block }).collect()
}

/// Twelve periods: between the least and the most of them; blank where nothing is known.
pub fn spark(values: &[Option<f64>]) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let known = || values.iter().flatten().copied();
    let (low, high) =
        (known().fold(f64::INFINITY, f64::min).min(0.0), known().fold(f64::NEG_INFINITY, f64::max));
    let reach = high - low;
    values
        .iter()
        .map(|value| match value {
            None => ' ',
            Some(_) if reach <= 0.0 => '▁',
            Some(v) => {
                let step = ((v - low) / reach * 7.0).round().clamp(0.0, 7.0) as usize;
                BLOCKS.get(step).copied().unwrap_or('█')
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::columns::BARS;
    use super::*;

    #[test]
    fn the_target_stands_in_the_same_column_in_every_row() {
        for (value, bar) in [
            (0.8, "████████████┃   "),
            (0.4, "██████······┃   "),
            (0.0, "············┃   "),
            (-0.1, "············┃   "),
            (0.9, "████████████┃▊  "),
            (0.78, "███████████▊┃   "),
            (0.02, "▎···········┃   "),
            (8.0, "████████████┃███"),
        ] {
            assert_eq!(bullet(value, 0.8, BARS[0]), bar, "{value}");
        }
    }

    #[test]
    fn a_trend_leaves_unknown_periods_blank() {
        assert_eq!(spark(&[None, Some(0.0), Some(1.0)]), " ▁█");
        assert_eq!(spark(&[Some(-1.0), Some(1.0)]), "▁█");
        assert_eq!(spark(&[None]), " ");
    }
}
