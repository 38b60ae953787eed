//! Names as they are compared with others: two customers whose names differ in the form of the company only may be one (H8).

use super::fold::fold;

/// Forms of companies that say nothing about which company it is (H8).
const FORMS: &[&str] = &[
    "股份有限公司",
    "有限责任公司",
    "集团有限公司",
    "有限公司",
    "集团公司",
    "公司",
    "集团",
    "co.,ltd.",
    "co.,ltd",
    "coltd",
    "limited",
    "ltd.",
    "ltd",
    "inc.",
    "inc",
    "llc",
    "gmbh",
];

/// A name as it is compared with others: folded, without blanks and without the form of the company.
pub fn stem(name: &str) -> String {
    let folded: String = fold(name).chars().iter().filter(|c| !c.is_whitespace()).collect();
    let mut stem = folded.as_str();
    while let Some(shorter) = FORMS
        .iter()
        .find_map(|form| stem.strip_suffix(form))
        .map(|s| s.trim_end_matches([',', '.']))
        .filter(|s| !s.is_empty())
    {
        stem = shorter;
    }
    stem.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_the_form_of_the_company() {
        for name in
            ["恒远物流有限公司", "恒远物流公司", "恒远物流股份有限公司", " 恒远物流 ", "恒远物流 Co., Ltd."]
        {
            assert_eq!(stem(name), "恒远物流", "{name}");
        }
        assert_eq!(stem("Acme Inc."), "acme");
        assert_eq!(stem("公司"), "公司");
    }
}
