//! The words by which a touch is found: those of the text index without pinyin, so that ten million touches stay small.
//! A needle's text expression asks for no others.

use super::fold::fold_each;
use super::tokens::{joined, pack};
use super::units::Kind;

/// Tokens of what was said, unique, in order, with blanks between: every Chinese character and pair of neighbours; of letters
/// the pairs, the triples, and the first letter of each word.
pub fn talk_tokens(texts: &[&str]) -> String {
    let mut grams: Vec<u64> = Vec::with_capacity(128);
    let mut chars: Vec<(char, Kind)> = Vec::with_capacity(96);
    for text in texts {
        chars.clear();
        let mut before = Kind::Gap;
        fold_each(text, |_, ch| {
            let kind = Kind::of(ch);
            if kind != Kind::Gap {
                chars.push((ch, kind));
                if kind == Kind::Ideograph || kind != before {
                    grams.push(pack([ch, '\0', '\0']));
                }
            }
            before = kind;
        });
        for pair in chars.windows(2) {
            if let [(first, here), (second, there)] = *pair
                && here == there
            {
                grams.push(pack([first, second, '\0']));
            }
        }
        for triple in chars.windows(3) {
            if let [(first, Kind::Letter), (second, Kind::Letter), (third, Kind::Letter)] = *triple {
                grams.push(pack([first, second, third]));
            }
        }
    }
    joined(grams, "")
}

#[cfg(test)]
mod tests {
    use super::super::needle;
    use super::*;

    #[test]
    fn a_touch_is_found_by_whatever_part_of_it_is_typed() {
        let tokens = talk_tokens(&["推荐A品类新品。邀请参加、VIP 品鉴会 100元"]);
        let tokens: Vec<&str> = tokens.split(' ').collect();
        for typed in
            ["推荐", "品鉴会", "vip", "VI", "v", "100", "新品", "会", "新品。邀请", "参加、VIP", "新品邀请"]
        {
            let asked = needle(typed).unwrap().text_match().unwrap();
            for token in asked.split(" AND ") {
                assert!(tokens.contains(&token.trim_matches('"')), "{typed}: {token} in {tokens:?}");
            }
        }
        assert!(!tokens.contains(&"tuijian") && !tokens.contains(&"。"));
    }
}
