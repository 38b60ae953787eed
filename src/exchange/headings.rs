//! What a heading means: the form in which headings are compared, and the column that a word stands for in files about a
//! noun. The words themselves are in `columns`; what a whole file's headings come to is told by `mapped`.

pub use crate::domain::near::normal;
use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::columns::{COLUMNS, Column, IGNORED, Noun};

/// Words before ` - ` in headings that name the entity and not the field (Pipedrive).
const ENTITIES: &[&str] = &[
    "organization",
    "organisation",
    "person",
    "deal",
    "contact",
    "lead",
    "activity",
    "company",
    "account",
    "组织",
    "联系人",
    "人员",
    "交易",
    "活动",
    "公司",
    "客户",
];

static WORDS: LazyLock<[HashMap<String, Column>; 5]> = LazyLock::new(|| {
    Noun::ALL.map(|noun| {
        // Later entries win: an alias given for some nouns only outranks a general one and another column's id.
        COLUMNS
            .iter()
            .flat_map(|spec| spec.aliases(noun).map(move |alias| (normal(alias), spec.column)))
            .collect()
    })
});

static IGNORED_WORDS: LazyLock<Vec<String>> =
    LazyLock::new(|| IGNORED.iter().map(|heading| normal(heading)).collect());

/// Whether a heading in that form is one that no column is for.
pub(super) fn is_ignored(normal: &str) -> bool {
    IGNORED_WORDS.iter().any(|word| word == normal)
}

/// Whether a cell reads like a heading of any noun.
pub fn known(cell: &str) -> bool {
    // Longer than any alias: prose.
    cell.len() < 120 && Noun::ALL.iter().any(|noun| column(cell, *noun).is_some())
}

/// Finds the column of a heading in files about `noun`.
pub fn column(heading: &str, noun: Noun) -> Option<Column> {
    let words = WORDS.get(noun as usize)?;
    forms(heading).iter().find_map(|form| words.get(form)).copied()
}

/// Finds the column that a person names by its field name or any heading of it.
pub fn column_by_word(word: &str) -> Option<Column> {
    let form = normal(word);
    COLUMNS
        .iter()
        .find(|spec| normal(spec.id) == form)
        .map(|spec| spec.column)
        .or_else(|| WORDS.iter().find_map(|words| words.get(&form).copied()))
}

/// Gives the forms under which a heading may be known, closest first: as it is, without what is in brackets,
/// without the entity before ` - `, without a unit of money at its end.
pub(super) fn forms(heading: &str) -> Vec<String> {
    let mut forms = vec![normal(heading)];
    let mut add = |form: String| {
        if !form.is_empty() && !forms.contains(&form) {
            forms.push(form);
        }
    };
    let bare = without_brackets(heading);
    add(normal(&bare));
    if let Some((entity, field)) = heading.split_once(" - ")
        && ENTITIES.contains(&normal(entity).as_str())
    {
        add(normal(field));
        add(normal(&without_brackets(field)));
    }
    let bare = normal(&bare);
    for unit in ["百万元", "万元", "千元", "亿元", "人民币", "元"] {
        if let Some(field) = bare.strip_suffix(unit) {
            add(field.to_owned());
        }
    }
    forms
}

fn without_brackets(heading: &str) -> String {
    let mut depth = 0_usize;
    heading
        .nfkc()
        .filter(|c| match c {
            '(' | '[' | '【' | '{' | '〔' => {
                depth += 1;
                false
            }
            ')' | ']' | '】' | '}' | '〕' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// Units of money in headings, with how many yuan one of them is.
const SCALES: [(&[&str], i64); 4] = [
    (&["亿元", "(亿)", "亿)"], 100_000_000),
    (&["百万元", "(百万)"], 1_000_000),
    (&["万元", "(万)", "(rmb万)", "万)"], 10_000),
    (&["千元", "(千)", "千)"], 1_000),
];

/// Returns by how much plain amounts under this heading are to be multiplied: `年营收(万元)` counts in 10,000 yuan.
pub fn scale(heading: &str) -> i64 {
    let heading: String = heading.nfkc().filter(|c| !c.is_whitespace()).collect();
    SCALES.iter().find(|(words, _)| words.iter().any(|word| heading.contains(word))).map_or(1, |unit| unit.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_case_signs_and_remarks_do_not_count() {
        for heading in [
            "客户编号",
            " *客户编号 ",
            "客户编号(必填)",
            "\u{FEFF}客户编号",
            "客户_编号",
            "【客户】客户编号",
            "CUSTOMER_CODE",
            "Customer-Code",
        ] {
            assert_eq!(column(heading, Noun::Customers), Some(Column::Code), "{heading}");
        }
        assert_eq!(column("企业规模(员工数)", Noun::Customers), Some(Column::Employees));
        assert_eq!(column("企业规模(大/中/小)", Noun::Customers), Some(Column::Size));
    }

    #[test]
    fn every_alias_leads_to_its_own_column() {
        let mut contested = Vec::new();
        for noun in Noun::ALL {
            for spec in COLUMNS {
                for alias in spec.aliases(noun).skip(1) {
                    match column(alias, noun) {
                        Some(found) if found == spec.column => {}
                        other => contested.push((alias, noun, spec.id, other)),
                    }
                }
            }
        }
        // Words for a customer's name that mean the person in a list of persons.
        contested.retain(|(alias, noun, ..)| !(*noun == Noun::Contacts && *alias == "客户姓名"));
        // In a ledger it says by which way, not under which number.
        contested.retain(|(alias, noun, ..)| !(*noun == Noun::Touches && *alias == "联系方式"));
        assert!(contested.is_empty(), "{contested:?}");
    }
}
