//! The size of a company as one cell tells it: a class, a number of employees, or a range of it (A12, A14).

use unicode_normalization::UnicodeNormalization;

use super::columns::Column;
use super::values::{Cell, Wanted, is_none, refuse, whole};
use super::words;

/// What a cell tells about the size of a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// A class by name: `small`, `medium`, `large`.
    Class(&'static str),
    /// A number of employees.
    Employees(u32),
    /// From, and to if it ends.
    Range(u32, Option<u32>),
}

impl Size {
    /// Returns the class (A14: small under 50, medium to 200, large above); a range goes by its middle.
    pub fn class(self) -> &'static str {
        let employees = match self {
            Self::Class(class) => return class,
            Self::Employees(count) => count,
            Self::Range(from, Some(to)) => from.midpoint(to),
            Self::Range(from, None) => from.saturating_add(1),
        };
        match employees {
            0..50 => "small",
            50..=200 => "medium",
            _ => "large",
        }
    }

    /// Returns the number of employees where it is known.
    pub fn employees(self) -> Option<u32> {
        if let Self::Employees(count) = self { Some(count) } else { None }
    }
}

/// Reads a size: a class, a number of employees, or a range (`50-200人`, `200人以上`, `1,001-5,000 employees`).
pub fn size(column: Column, cell: &str) -> Cell<Size> {
    if is_none(cell) {
        return Ok(None);
    }
    let text: String = cell.nfkc().filter(|c| !c.is_whitespace()).collect();
    let found = words::SIZE.find(&text).map(Size::Class).or_else(|| staff(&text.to_lowercase()));
    found.map_or_else(|| refuse(column, cell, Wanted::Size), |size| Ok(Some(size)))
}

fn staff(text: &str) -> Option<Size> {
    let count = |text: &str| whole(text).and_then(|count| u32::try_from(count).ok());
    for mark in ["以上", "+", "及以上", "或以上"] {
        if let Some(from) = text.trim_end_matches("employees").trim_end_matches('人').strip_suffix(mark) {
            return count(from.trim_end_matches(['及', '或'])).map(|from| Size::Range(from, None));
        }
    }
    if let Some(from) = text.strip_prefix(['>', '≥']) {
        return count(from.trim_start_matches('=')).map(|from| Size::Range(from, None));
    }
    if let Some(to) =
        text.strip_suffix("以下").or_else(|| text.strip_suffix("以内")).or_else(|| text.strip_prefix('<'))
    {
        return count(to).map(|to| Size::Range(0, Some(to)));
    }
    if let Some((from, to)) = text.split_once(['-', '~', '–', '—', '至', '到']) {
        let (from, to) = (count(from)?, count(to)?);
        return (from <= to).then_some(Size::Range(from, Some(to)));
    }
    count(text).map(Size::Employees)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a14_sizes_by_class_number_and_range() {
        for (cell, class, employees) in [
            ("小型", "small", None),
            ("中型企业", "medium", None),
            ("大型", "large", None),
            ("49", "small", Some(49)),
            ("50人", "medium", Some(50)),
            ("200", "medium", Some(200)),
            ("201", "large", Some(201)),
            ("50-200人", "medium", None),
            ("50人以下", "small", None),
            ("200人以上", "large", None),
            ("1,001-5,000 employees", "large", None),
            ("10000+", "large", None),
            ("11~50", "small", None),
            ("<50", "small", None),
            (">200", "large", None),
        ] {
            let size = size(Column::Size, cell).expect(cell).expect(cell);
            assert_eq!((size.class(), size.employees()), (class, employees), "{cell}");
        }
        for cell in ["很大", "200-50", "-5"] {
            assert!(size(Column::Size, cell).is_err(), "{cell}");
        }
    }
}
