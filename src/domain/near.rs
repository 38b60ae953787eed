//! Which of several words somebody may have meant: the one that is fewest keys away, if it is near enough; and the form in
//! which words of lists are compared.

use unicode_normalization::UnicodeNormalization;

/// The form in which headings and words are compared: signs, blanks, case and width do not count.
pub fn normal(word: &str) -> String {
    word.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// The same of a word of a list; a sign like √ stays as it is.
pub fn form(word: &str) -> String {
    let form = normal(word);
    if form.is_empty() { word.trim().to_owned() } else { form }
}

/// The nearest of some words to what was typed; none where all differ in more than half of their characters.
pub fn nearest<'a>(typed: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed: Vec<char> = typed.to_lowercase().chars().collect();
    let ranked = words.into_iter().filter_map(|word| {
        let chars: Vec<char> = word.to_lowercase().chars().collect();
        let begins = !typed.is_empty() && (chars.starts_with(&typed) || typed.starts_with(&chars));
        let away = if begins { 1 } else { strsim::generic_levenshtein(&typed, &chars) };
        (away * 2 <= typed.len().max(chars.len())).then_some((away, word))
    });
    ranked.min_by_key(|(away, _)| *away).map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_named_and_a_far_one_is_not() {
        let words = ["high", "growth", "ordinary", "dormant", "高价值", "潜力成长"];
        for (typed, near) in [
            ("hgih", Some("high")),
            ("grow", Some("growth")),
            ("Dormnat", Some("dormant")),
            ("高价", Some("高价值")),
            ("高价植", Some("高价值")),
            ("潜力", Some("潜力成长")),
            ("vip", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, words), near, "{typed}");
        }
    }
}
