//! Text a person or a file brought, made safe to keep and to show: no control sequences, no invisible marks,
//! no towers of accents. Comparing and searching fold further (`find/fold.rs`).

use std::borrow::Cow;
use std::ops::RangeInclusive;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// Most graphemes of a one-line field.
pub const MAX_LINE: usize = 500;
/// Most graphemes of a field with lines.
pub const MAX_BLOCK: usize = 20_000;
/// Most bytes per grapheme on average; joined emoji have no other bound.
const BYTES_PER_GRAPHEME: usize = 8;
/// Most combining marks on one base.
const MAX_MARKS: usize = 8;

/// Arabic to Mongolian and their relatives; symbols and emoji.
const JOINING: &[RangeInclusive<char>] = &[
    '\u{600}'..='\u{1fff}',
    '\u{2190}'..='\u{2bff}',
    '\u{a800}'..='\u{abff}',
    '\u{fb50}'..='\u{fdff}',
    '\u{1f000}'..='\u{1faff}',
];

const ESCAPE: char = '\u{1b}';

/// Cleans a one-line field; line breaks and tabs become blanks.
pub fn clean_line(raw: &str) -> String {
    clean(raw, false, MAX_LINE).0
}

/// Cleans a field with lines; every kind of line break becomes `\n`.
pub fn clean_block(raw: &str) -> String {
    clean(raw, true, MAX_BLOCK).0
}

/// The same for what is pasted into a field of one line or of several, with the number of characters for which there is
/// no room.
pub fn clean_pasted(raw: &str, lines: bool) -> (String, usize) {
    clean(raw, lines, if lines { MAX_BLOCK } else { MAX_LINE })
}

/// A text with the parts of another one behind it that it does not have yet, word for word; lines are parts, too.
pub fn with_parts(there: &str, more: &str, between: &str) -> String {
    let has = parts(there, between);
    let new = parts(more, between).into_iter().filter(|part| !part.is_empty() && !has.contains(part));
    Some(there).filter(|text| !text.is_empty()).into_iter().chain(new).collect::<Vec<_>>().join(between)
}

fn parts<'t>(text: &'t str, between: &str) -> Vec<&'t str> {
    text.split(between).flat_map(str::lines).map(str::trim).collect()
}

/// True for characters that are never seen: bidi and zero-width marks, soft hyphen, tags, joiners, variation
/// selectors. Searching leaves all of them out.
pub fn is_invisible(ch: char) -> bool {
    is_removed(ch) || is_joiner(ch) || matches!(ch, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The invisible characters that are not kept either.
fn is_removed(ch: char) -> bool {
    matches!(ch,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// ZWNJ and ZWJ, which some scripts and emoji need.
fn is_joiner(ch: char) -> bool {
    matches!(ch, '\u{200c}' | '\u{200d}')
}

fn clean(raw: &str, keep_lines: bool, max: usize) -> (String, usize) {
    let visible = without_sequences(raw, keep_lines);
    let text = without_towers(visible.trim());
    let text = text.trim();
    let kept = capped(text, max);
    let cut = text.get(kept.len()..).unwrap_or_default().chars().count();
    (kept.trim_end().to_owned(), cut)
}

/// Drops control sequences and characters that are not to be kept, and makes all blanks and breaks alike.
fn without_sequences(raw: &str, keep_lines: bool) -> String {
    let line_break = if keep_lines { '\n' } else { ' ' };
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(ch) = rest.chars().next() {
        let after = rest.get(ch.len_utf8()..).unwrap_or_default();
        rest = match ch {
            ESCAPE => after_escape(after),
            '\u{9b}' => after_control_sequence(after),
            '\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}' => after_string(after),
            '\r' if after.starts_with('\n') => after,
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                text.push(line_break);
                after
            }
            '\t' => {
                text.push(' ');
                after
            }
            _ => {
                if !ch.is_control() && !is_removed(ch) {
                    text.push(ch);
                }
                after
            }
        };
    }
    text
}

/// What follows the sequence an ESC began.
fn after_escape(rest: &str) -> &str {
    let mut chars = rest.chars();
    match chars.next() {
        Some('[') => after_control_sequence(chars.as_str()),
        Some('P' | 'X' | ']' | '^' | '_') => after_string(chars.as_str()),
        Some(' '..='/') => {
            let rest = rest.trim_start_matches(|ch| matches!(ch, ' '..='/'));
            rest.strip_prefix(|ch| matches!(ch, '0'..='~')).unwrap_or(rest)
        }
        Some('0'..='~') => chars.as_str(),
        _ => rest,
    }
}

/// What follows a CSI: parameters, intermediates, one final character.
fn after_control_sequence(rest: &str) -> &str {
    let rest = rest.trim_start_matches(|ch| matches!(ch, '0'..='?'));
    let rest = rest.trim_start_matches(|ch| matches!(ch, ' '..='/'));
    rest.strip_prefix(|ch| matches!(ch, '@'..='~')).unwrap_or(rest)
}

/// What follows a string sequence and its end; all of it when no end comes, so that no word is lost.
fn after_string(rest: &str) -> &str {
    let ends =
        [("\u{7}", rest.find('\u{7}')), ("\u{1b}\\", rest.find("\u{1b}\\")), ("\u{9c}", rest.find('\u{9c}'))];
    let first = ends.into_iter().filter_map(|(end, place)| Some((place?, end))).min();
    first.and_then(|(place, end)| rest.get(place + end.len()..)).unwrap_or(rest)
}

/// Drops marks without a base, marks beyond the eighth, and joiners that join nothing.
fn without_towers(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut base: Option<char> = None;
    let mut marks = 0;
    let mut chars = text.chars().peekable();
    while let Some(ch) = chars.next() {
        if is_joiner(ch) {
            let joined = |side: Option<char>| side.is_some_and(needs_joiners);
            if joined(base) && joined(chars.peek().copied()) {
                kept.push(ch);
            }
        } else if is_combining_mark(ch) {
            marks += 1;
            if base.is_some() && marks <= MAX_MARKS {
                kept.push(ch);
            }
        } else {
            base = (!ch.is_whitespace()).then_some(ch);
            marks = 0;
            kept.push(ch);
        }
    }
    kept
}

/// True for characters that look different when joined: letters of joining scripts, emoji.
fn needs_joiners(ch: char) -> bool {
    let itself = !ch.is_whitespace() && !is_joiner(ch) && !is_combining_mark(ch);
    itself && JOINING.iter().any(|block| block.contains(&ch))
}

/// The first `max` graphemes, bounded in bytes too.
fn capped(text: &str, max: usize) -> &str {
    let fits = |end: &usize| *end <= max * BYTES_PER_GRAPHEME;
    let end = text
        .grapheme_indices(true)
        .map(|(start, grapheme)| start + grapheme.len())
        .take(max)
        .take_while(fits);
    end.last().and_then(|end| text.get(..end)).unwrap_or_default()
}

/// A text on its way out to a file that people may show in a terminal: lines stay lines, what is never seen and could
/// steer one is gone. Forms and imports let nothing of it in; this is for what came into the store past them.
pub fn powerless(text: &str) -> Cow<'_, str> {
    let blank = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{2028}' | '\u{2029}');
    if text.chars().all(|c| !blank(c) && !is_removed(c)) {
        return Cow::Borrowed(text);
    }
    let seen = text.chars().filter(|c| !is_removed(*c));
    Cow::Owned(seen.map(|c| if blank(c) { ' ' } else { c }).collect())
}

/// Puts a quote before a cell that a spreadsheet would run as a formula; plain numbers, phone numbers and the
/// wrapper `="digits"` pass, or else the way back in would break.
pub fn guard_formula(cell: &str) -> Cow<'_, str> {
    let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '=', '+', '-', '@']);
    let plain = |text: &str| {
        text.bytes().any(|byte| byte.is_ascii_digit())
            && text.bytes().skip(1).all(|byte| byte.is_ascii_digit() || b" -.,()%".contains(&byte))
    };
    let number = cell.starts_with(['+', '-']) && plain(cell);
    let wrapped = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    let wrapped =
        wrapped.is_some_and(|inner| !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit()));
    if risky && !number && !wrapped { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::*;

    /// Hostile text and what is kept of it.
    const CORPUS: &[(&str, &str)] = &[
        ("恒远物流", "恒远物流"),
        ("  恒远\t物流 \n", "恒远 物流"),
        ("\u{1b}[31mred\u{1b}[0m", "red"),
        ("a\u{1b}]52;c;aGFja2Vk\u{7}b", "ab"),
        ("a\u{1b}]0;title\u{1b}\\b", "ab"),
        ("a\u{9d}0;title\u{9c}b", "ab"),
        ("a\u{1b}]8;;http://x\u{1b}\\link\u{1b}]8;;\u{1b}\\b", "alinkb"),
        ("a\u{1b}]52;c;never closed", "a52;c;never closed"),
        ("a\u{1b}P1$r0m\u{1b}\\b", "ab"),
        ("a\u{1b}_Gf=100;AAAA\u{1b}\\b", "ab"),
        ("a\u{9b}31mb", "ab"),
        ("a\u{1b}(Bb", "ab"),
        ("a\u{1b}cb", "ab"),
        ("a\u{1b}\u{1b}[2Jb", "ab"),
        ("a\u{1b}恒", "a恒"),
        ("a\u{1b}[", "a"),
        ("a\u{1b}", "a"),
        ("a\u{1b}[?1049;;;恒", "a恒"),
        ("a\0b\u{8}c\u{7f}d\u{7}", "abcd"),
        ("a\u{80}b\u{9f}c", "abc"),
        ("abc\u{202e}fdp.exe", "abcfdp.exe"),
        ("a\u{2066}b\u{2069}c\u{200e}\u{200f}\u{61c}", "abc"),
        ("恒\u{200b}远\u{2060}物\u{feff}流", "恒远物流"),
        ("so\u{ad}ft", "soft"),
        ("a\u{e0041}\u{e007f}b", "ab"),
        ("a\u{2028}b\u{2029}c\u{85}d", "a b c d"),
        ("王\u{200d}小\u{200c}明", "王小明"),
        ("a\u{200d}b", "ab"),
        ("👨\u{200d}👩\u{200d}👧", "👨\u{200d}👩\u{200d}👧"),
        ("می\u{200c}خواهم", "می\u{200c}خواهم"),
        ("\u{301}a", "a"),
        ("a \u{301}b", "a b"),
        ("e\u{301}", "e\u{301}"),
        ("\u{1b}\u{1b}\u{1b}", ""),
        ("\r\n", ""),
        ("", ""),
    ];

    #[test]
    fn hostile_text_is_made_safe() {
        for (raw, kept) in CORPUS {
            assert_eq!(clean_line(raw), *kept, "{raw:?}");
        }
    }

    #[test]
    fn what_leaves_keeps_its_lines_and_its_letters_and_nothing_that_steers() {
        assert_eq!(powerless("恒远\n物流"), "恒远\n物流");
        assert_eq!(
            powerless("a\u{1b}[2Jb\u{7}\r\nc\u{202e}d\u{2028}e\u{9b}f\u{200d}"),
            "a [2Jb  \ncd e f\u{200d}"
        );
    }

    #[test]
    fn blocks_keep_their_lines() {
        assert_eq!(clean_block(" a\r\nb\rc\u{2028}d\n\ne\t\n"), "a\nb\nc\nd\n\ne");
        assert_eq!(clean_line("a\r\nb"), "a b");
    }

    #[test]
    fn a_part_is_the_same_only_word_for_word() {
        let there = "不要打电话以外的方式\n周三到访";
        assert_eq!(with_parts(there, "周三到访\n不要打电话 ", "\n"), format!("{there}\n不要打电话"));
        assert_eq!(with_parts(there, " 周三到访", "\n"), there);
        assert_eq!(with_parts("", "甲\n\n乙", "\n"), "甲\n乙");
        assert_eq!(with_parts("甲方; 乙", "甲; 乙\n丙", "; "), "甲方; 乙; 甲; 丙");
    }

    #[test]
    fn towers_stop_at_eight_marks() {
        let tower = format!("Z{}", "\u{30d}".repeat(40));
        assert_eq!(clean_line(&tower).chars().count(), 9);
        let just = format!("Z{}", "\u{30d}".repeat(8));
        assert_eq!(clean_line(&just), just);
    }

    #[test]
    fn fields_end_at_a_grapheme() {
        assert_eq!(clean_line(&"恒".repeat(MAX_LINE)).chars().count(), MAX_LINE);
        assert_eq!(clean_line(&"恒".repeat(MAX_LINE + 1)).chars().count(), MAX_LINE);
        assert_eq!(clean_block(&"x".repeat(MAX_BLOCK + 1)).len(), MAX_BLOCK);
        let family = "👨\u{200d}👩\u{200d}👧";
        let cut = clean_line(&family.repeat(MAX_LINE));
        assert!(cut.ends_with(family) && cut.len() <= MAX_LINE * BYTES_PER_GRAPHEME);
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            cases: 256,
            failure_persistence: None,
            rng_seed: RngSeed::Fixed(1),
            ..ProptestConfig::default()
        })]

        #[test]
        fn nothing_unsafe_survives_and_cleaning_twice_changes_nothing(
            raw in "(\\PC|\\p{C}|\u{1b}|\u{1b}\\[|\u{200d}|\u{301}|[ -~]|🙂){0,40}",
        ) {
            for clean in [clean_line, clean_block] {
                let once = clean(&raw);
                prop_assert!(once.chars().all(|ch| ch == '\n' || !ch.is_control()));
                prop_assert!(!once.chars().any(is_removed));
                prop_assert_eq!(clean(&once), once.clone());
            }
            prop_assert!(!clean_line(&raw).contains('\n'));
        }
    }
}
