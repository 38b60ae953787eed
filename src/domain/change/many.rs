//! What is done to many customers at once, each in the same way, and the tag it may be about. Whom it is done to stands in
//! [`super::Change::Many`].

use serde::{Deserialize, Serialize};

use super::NewTask;
use crate::domain::people::PersonId;
use crate::domain::tag::UNNAMED;

/// A tag as written: type → name → value (C1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagPath {
    /// `basic`, `behaviour`, `value` or `need`.
    pub kind: String,
    /// The name, such as 关注点.
    pub name: String,
    /// The value, such as 关注性价比.
    pub value: String,
}

impl TagPath {
    /// A need as people write it in one line: `名称:值` names its tag, a bare word is a value of no tag in particular.
    pub fn read(text: &str) -> Self {
        let (name, value) = text.split_once([':', '\u{ff1a}']).unwrap_or((UNNAMED, text));
        Self { kind: "need".into(), name: name.trim().to_owned(), value: value.trim().to_owned() }
    }
}

/// What happens to each of many customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Each {
    /// Adds a tag.
    Tag(TagPath),
    /// Takes a tag away.
    Untag(TagPath),
    /// Gives the customer to a person.
    Assign(PersonId),
    /// Plans a touch.
    Plan(NewTask),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c1_a_tag_in_one_line_names_its_name_before_a_colon_of_either_width() {
        for (text, name, value) in [
            ("关注点: 交期", "关注点", "交期"),
            ("关注点\u{ff1a}交期", "关注点", "交期"),
            ("交期", "标签", "交期"),
        ] {
            let path = TagPath { kind: "need".into(), name: name.into(), value: value.into() };
            assert_eq!(TagPath::read(text), path);
        }
    }
}
