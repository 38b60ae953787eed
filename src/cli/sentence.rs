//! A sentence on its way to a terminal: what was typed or read may stand in it, and must not steer the terminal or fill the
//! screen. Whatever is said beside the data goes through [`said`]; the data itself does not.

use crate::domain::cells;

/// Letters from which something without a blank is no word, and letters of it that are said.
const ENDLESS: usize = 2_000;
const BEGINNING: usize = 100;

/// A sentence as it may be told: what was typed or read and stands in it steers no terminal and fills no screen.
pub fn said(sentence: &str) -> String {
    let short = |word: &str| {
        let letters = word.chars().count();
        if letters < ENDLESS {
            return word.to_owned();
        }
        let end: String = word.chars().skip(letters - BEGINNING / 4).collect();
        format!("{}…{end}", word.chars().take(BEGINNING).collect::<String>())
    };
    let line = |line: &str| cells::shown(line).split(' ').map(short).collect::<Vec<_>>().join(" ");
    sentence.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn what_was_typed_steers_no_terminal_and_fills_no_screen_when_it_is_said() {
        assert_eq!(
            said("There is no “\u{1b}[31mred\u{202e}a\u{200b}b\u{7}”;\nwrite x."),
            "There is no “ [31mredab ”;\nwrite x."
        );
        let long = said(&format!("“{}” is no period.", "x".repeat(100_000)));
        assert!(
            long.chars().count() < 200 && long.contains('…') && long.ends_with("x” is no period."),
            "{long}"
        );
        let list = "zone_minutes、".repeat(100);
        assert_eq!(said(&list), list, "a list of our own stays whole");
    }
}
