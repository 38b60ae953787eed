//! A person's own corrections of what a heading means, and the file that holds them (`--map FILE`). How they are put
//! into effect is in `mapped`.

use super::columns::Column;
use super::headings::{column_by_word, normal};

/// A person's corrections: heading → column, or not to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    fixes: Vec<(String, Option<Column>)>,
}

impl Mapping {
    /// Corrects one heading, in place of an earlier correction; none leaves its column unread.
    pub fn set(&mut self, heading: &str, column: Option<Column>) {
        let form = normal(heading);
        self.fixes.retain(|(known, _)| normal(known) != form);
        self.fixes.push((heading.to_owned(), column));
    }

    /// Returns the correction of a heading, if there is one.
    pub fn get(&self, heading: &str) -> Option<Option<Column>> {
        if self.fixes.is_empty() {
            return None;
        }
        let form = normal(heading);
        self.fixes.iter().find(|(known, _)| normal(known) == form).map(|(_, column)| *column)
    }

    /// Writes the corrections in the form that [`parse_map`] reads.
    pub fn to_text(&self) -> String {
        let line = |(heading, column): &(String, Option<Column>)| {
            format!("\"{heading}\" = \"{}\"\n", column.map_or("-", |column| column.spec().id))
        };
        self.fixes.iter().map(line).collect()
    }
}

/// Why a mapping file is refused; lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MapError {
    /// The line has no `=`, or nothing before it.
    NoAssignment {
        /// Line of the mapping file.
        line: usize,
    },
    /// The word after `=` is no column.
    UnknownColumn {
        /// Line of the mapping file.
        line: usize,
        /// The word.
        word: String,
    },
    /// The heading was assigned before.
    Twice {
        /// Line of the mapping file.
        line: usize,
        /// The heading.
        heading: String,
    },
}

/// Reads a mapping file: `heading = column` on each line, with or without quotes, so that a flat TOML file is read
/// too; `#` opens a comment line, `[table]` lines are passed over, `-` or `ignore` leaves a column unread.
pub fn parse_map(text: &str) -> Result<Mapping, MapError> {
    let mut mapping = Mapping::default();
    for (index, full) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
        let line = index + 1;
        let content = full.trim();
        if content.is_empty()
            || content.starts_with('#')
            || (content.starts_with('[') && content.ends_with(']'))
        {
            continue;
        }
        let (heading, word) = content.rsplit_once(['=', '=']).ok_or(MapError::NoAssignment { line })?;
        let (heading, word) = (unquote(heading), unquote(word));
        if normal(heading).is_empty() {
            return Err(MapError::NoAssignment { line });
        }
        let column = match word {
            "" | "-" | "ignore" | "忽略" | "不导入" => None,
            word => {
                let unknown = || MapError::UnknownColumn { line, word: word.to_owned() };
                Some(column_by_word(word).ok_or_else(unknown)?)
            }
        };
        if mapping.get(heading).is_some() {
            return Err(MapError::Twice { line, heading: heading.to_owned() });
        }
        mapping.set(heading, column);
    }
    Ok(mapping)
}

fn unquote(word: &str) -> &str {
    let word = word.trim();
    let inner = |quote: char| word.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    inner('"').or_else(|| inner('\'')).unwrap_or(word).trim()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::columns::Noun;
    use crate::exchange::mapped::map;

    fn list(headings: &str) -> Vec<String> {
        headings.split('|').map(str::to_owned).collect()
    }

    #[test]
    fn corrections_win_and_read_as_toml_or_as_lines() {
        let text =
            "# 旧系统\n[columns]\n\"公司名称\" = \"name\"\n客户名称 = 联系人\n手机=-\n\"a=b\" = note\n";
        let mapping = parse_map(text).expect("a mapping");
        let mapped = map(&list("客户名称|公司名称|手机|A=B"), Noun::Customers, &mapping);
        assert_eq!(mapped.columns, [Some(Column::Contact), Some(Column::Name), None, Some(Column::Note)]);
        assert!(mapped.unknown.is_empty());
        assert_eq!(parse_map(&mapping.to_text()).as_ref(), Ok(&mapping));
        let misplaced =
            map(&list("x|日期|金额|客户"), Noun::Orders, &parse_map("x = birthday").expect("a mapping"));
        assert_eq!(misplaced.misplaced, [("x".to_owned(), Column::Birthday)]);
    }

    #[test]
    fn mistakes_in_a_mapping_name_their_line() {
        assert_eq!(parse_map("\n客户名称"), Err(MapError::NoAssignment { line: 2 }));
        assert_eq!(parse_map("= name"), Err(MapError::NoAssignment { line: 1 }));
        assert_eq!(parse_map("a = nmae"), Err(MapError::UnknownColumn { line: 1, word: "nmae".into() }));
        assert_eq!(parse_map("a = name\n A = code"), Err(MapError::Twice { line: 2, heading: "A".into() }));
    }
}
