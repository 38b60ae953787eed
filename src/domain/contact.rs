//! Contacts: whether what one is called names a person.

/// Letters from which a name in Latin letters names one person and not many.
const TELLING: usize = 3;
/// What stands for a name and names many: 陈总, 李经理.
const ADDRESSES: &[&str] = &[
    "总", "董", "工", "经理", "总监", "主任", "店长", "老板", "老师", "先生", "女士", "小姐", "厂长", "院长",
    "科长", "处长", "局长",
];

/// Whether the name of a contact names one person and not many.
pub fn is_telling(name: &str) -> bool {
    let name = name.trim();
    let letters = name.chars().count();
    if name.is_ascii() {
        return letters >= TELLING;
    }
    letters > 1 && !ADDRESSES.iter().any(|address| name.ends_with(address))
}

#[cfg(test)]
mod tests {
    use super::is_telling;

    #[test]
    fn a_name_of_two_letters_names_somebody_and_a_form_of_address_names_many() {
        for name in ["李雷", "欧阳修", "Ann", "王小明"] {
            assert!(is_telling(name), "{name}");
        }
        for name in ["陈总", "李经理 ", "王", "周店长", "Al", "孙女士", "", "—"] {
            assert!(!is_telling(name), "{name}");
        }
    }
}
