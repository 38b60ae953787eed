//! Text in columns: aligned by the cells that characters take in a terminal, two blanks between, no boxes.

use crate::domain::cells::{cut, width};

/// How a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Words.
    Left,
    /// Figures.
    Right,
}

/// Lines of aligned columns; the head first, if there is one. The last column is never padded.
pub fn lines(head: &[(&str, Side)], rows: &[Vec<String>]) -> Vec<String> {
    let mut widths: Vec<usize> = head.iter().map(|(title, _)| width(title)).collect();
    for row in rows {
        for (most, cell) in widths.iter_mut().zip(row) {
            *most = (*most).max(width(cell));
        }
    }
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let mut out = String::new();
        for ((cell, most), (_, side)) in cells.zip(&widths).zip(head) {
            let gap = " ".repeat(most.saturating_sub(width(cell)));
            let (before, after) = if *side == Side::Right { (gap.as_str(), "") } else { ("", gap.as_str()) };
            out.push_str(before);
            out.push_str(cell);
            out.push_str(after);
            out.push_str("  ");
        }
        out.trim_end().to_owned()
    };
    let mut out = Vec::with_capacity(rows.len() + 1);
    if head.iter().any(|(title, _)| !title.is_empty()) {
        out.push(line(&mut head.iter().map(|(title, _)| *title)));
    }
    out.extend(rows.iter().map(|row| line(&mut row.iter().map(String::as_str))));
    out
}

/// The first line of a text, cut to so many cells.
pub fn short(text: &str, most: usize) -> String {
    let line = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join(" ");
    cut(&line, most).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other_with_wide_characters() {
        let rows = vec![
            vec!["C1".to_owned(), "恒远物流".to_owned(), "9".to_owned()],
            vec!["C20".to_owned(), "Acme".to_owned(), "1,000".to_owned()],
        ];
        let lines = lines(&[("", Side::Left), ("", Side::Left), ("", Side::Right)], &rows);
        assert_eq!(lines, ["C1   恒远物流      9", "C20  Acme      1,000"]);
        assert_eq!(short("恒远物流有限公司", 9), "恒远物流…");
    }
}
