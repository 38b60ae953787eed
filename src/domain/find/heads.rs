//! What letters say of the characters they are typed for. `kejix` is 科技 and an x, or four letters of which one is no
//! pinyin's first: whichever it is, some token is there besides the triples of the letters themselves, which a name with
//! 科技 in one place and 机械 in another has all the same. One look-up in a company of a million looks at five thousand
//! such names less.

/// Fewest letters that say more than their triples do.
const MIN: usize = 4;
/// Ways to read letters that are gone through; letters with more are sharp enough by their triples.
const MOST_WAYS: usize = 128;
/// Tokens of which one is asked for, at the most: more make the query slower, not sharper.
const MOST_TOKENS: usize = 4;

/// Tokens of which everything has one that is found by these letters; `None` where there is nothing to add to their triples.
///
/// The letters begin a character or a letter of what they are found in. Each way to share them out among characters (a
/// syllable, its initial) and letters has its own tokens; the fewest are taken of which every way has one.
pub(super) fn heads(letters: &[char]) -> Option<Vec<String>> {
    if letters.len() < MIN {
        return None;
    }
    let mut ways = Vec::new();
    share_out(letters, &mut vec![0], &mut ways).then_some(())?;
    let mut said: Vec<Vec<String>> = ways.iter().map(|starts| tokens(letters, starts)).collect();
    let mut asked = Vec::new();
    while let Some(way) = said.first() {
        let ways_of = |token: &&String| said.iter().filter(|way| way.contains(token)).count();
        // the first of those that most ways have: the same letters ask the same
        let best = way.iter().rev().max_by_key(ways_of)?.clone();
        said.retain(|way| !way.contains(&best));
        asked.push(best);
        if asked.len() > MOST_TOKENS {
            return None;
        }
    }
    Some(asked)
}

/// Goes through the ways to share letters out, each as the places where a character or letter begins; false where there are
/// too many.
fn share_out(letters: &[char], starts: &mut Vec<usize>, ways: &mut Vec<Vec<usize>>) -> bool {
    let from = starts.last().copied().unwrap_or_default();
    let rest = letters.get(from..).unwrap_or_default();
    (1..=rest.len()).all(|length| {
        let (taken, left) = rest.split_at(length);
        if left.is_empty() && (length == 1 || begins_syllable(taken)) {
            ways.push(starts.clone());
        } else if !left.is_empty() && (length == 1 || is_syllable(taken)) {
            starts.push(from + length);
            let few = share_out(letters, starts, ways);
            starts.pop();
            return few;
        }
        ways.len() <= MOST_WAYS
    })
}

/// The tokens that whatever is read so has, sharp ones only: three neighbours by their first letters, and two of which the
/// first is a letter that hardly a character begins with.
fn tokens(letters: &[char], starts: &[usize]) -> Vec<String> {
    let at = |places: &[usize]| -> String { places.iter().filter_map(|place| letters.get(*place)).collect() };
    // two neighbours in the letters may be the beginning of any one syllable as well
    let triples = starts.windows(3).filter(|w| matches!(w, [_, b, c] if c - b > 1)).map(at);
    let pairs = starts.windows(2).map(at).filter(|pair| is_rare(pair));
    triples.chain(pairs).collect()
}

/// Whether two letters neither begin a syllable nor are the initials of two common characters.
fn is_rare(pair: &str) -> bool {
    let mut letters = pair.chars();
    match (letters.next(), letters.next()) {
        (Some('i' | 'u' | 'v'), Some(_)) => true,
        (Some('a'), Some(second)) => !matches!(second, 'n' | 'i' | 'o'),
        (Some('e'), Some(second)) => !matches!(second, 'n' | 'i' | 'r'),
        (Some('o'), Some(second)) => second != 'u',
        _ => false,
    }
}

/// Whether letters may be a whole syllable of pinyin, or more of them than there are.
fn is_syllable(letters: &[char]) -> bool {
    let rest = match letters {
        ['h', 'm'] | ['n', 'g'] | ['h', 'n', 'g'] => return true,
        ['z' | 'c' | 's', 'h', rest @ ..] => rest,
        ['a' | 'e' | 'o', ..] => letters,
        [first, rest @ ..] if !matches!(first, 'i' | 'u' | 'v') => rest,
        _ => return false,
    };
    let vowels = rest.iter().take_while(|ch| matches!(ch, 'a' | 'e' | 'i' | 'o' | 'u' | 'v')).count();
    (1..=3).contains(&vowels) && matches!(rest.get(vowels..), Some([] | ['n' | 'r'] | ['n', 'g']))
}

/// The same of its beginning, of two letters or more.
fn begins_syllable(letters: &[char]) -> bool {
    is_syllable(letters) || matches!(letters, ['z' | 'c' | 's', 'h'] | ['h', 'n'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::find::readings::readings;

    fn asked(letters: &str) -> Option<Vec<String>> {
        heads(&letters.chars().collect::<Vec<_>>())
    }

    #[test]
    fn every_reading_is_a_syllable_and_so_are_its_beginnings() {
        for ch in '\u{3007}'..='\u{2fa1f}' {
            for reading in readings(ch).iter() {
                let letters: Vec<char> = reading.chars().collect();
                assert!(letters.len() == 1 || is_syllable(&letters), "{ch} {reading}");
                for end in 2..=letters.len() {
                    assert!(begins_syllable(&letters[..end]), "{ch} {reading}");
                }
            }
        }
        for no in ["kej", "ix", "jix", "ngh", "uan", "shk"] {
            assert!(!is_syllable(&no.chars().collect::<Vec<_>>()), "{no}");
        }
    }

    #[test]
    fn letters_ask_for_the_initials_of_what_they_may_mean() {
        for (letters, tokens) in [
            ("kejix", Some(vec!["ej", "ix", "kjx"])),
            // one or two characters, or letters that are all initials: nothing to add
            ("keji", None),
            ("shanghai", None),
            ("shkj", None),
            ("kej", None),
        ] {
            let tokens = tokens.map(|list: Vec<&str>| list.into_iter().map(str::to_owned).collect());
            assert_eq!(asked(letters), tokens, "{letters}");
        }
        assert_eq!(asked(&"xian".repeat(8)), None, "too many ways to read it");
    }
}
