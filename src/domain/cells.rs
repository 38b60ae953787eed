//! The one place that measures text in cells, for the screen, the printed list, tables and workbooks: a wide character takes
//! two cells, `…` stands where something was cut, and nothing comes out that could steer a terminal. What is drawn with it,
//! `ui/text` knows.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::text::is_invisible;

/// Marks one grapheme may carry; more would be drawn over the lines around it (operations.md section 7).
const MARKS: usize = 8;

/// The cells a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text as it may be shown: control characters and line breaks are blanks, invisible ones are gone.
pub fn shown(text: &str) -> Cow<'_, str> {
    let blank = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if text.chars().all(|c| !blank(c) && !is_invisible(c)) {
        return Cow::Borrowed(text);
    }
    let clean = text.chars().filter(|c| !is_invisible(*c));
    Cow::Owned(clean.map(|c| if blank(c) { ' ' } else { c }).collect())
}

/// Whether a text is of signs of which each is a grapheme of its own: printable ASCII, Chinese characters and their
/// punctuation, `·`, `…`, lines and blocks. Nearly all text on a screen is, and needs no search for the borders of
/// graphemes, which was half the time of a frame.
pub fn is_plain(text: &str) -> bool {
    text.chars().all(plain)
}

/// Chinese punctuation goes without the tone marks from U+302A on, which are drawn over the sign before them.
fn plain(sign: char) -> bool {
    matches!(sign, ' '..='~' | '\u{b7}' | '\u{2026}' | '\u{2500}'..='\u{259f}')
        || matches!(sign, '\u{3001}'..='\u{3029}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}')
}

/// The cells that one sign of a plain text takes.
pub fn plain_width(sign: char) -> usize {
    if sign < '\u{3000}' { 1 } else { 2 }
}

/// The start of a plain text that fits into so many cells.
fn plain_cut(text: &str, cells: usize) -> Cow<'_, str> {
    let (mut used, mut room) = (0, None);
    for (at, sign) in text.char_indices() {
        let wide = plain_width(sign);
        // where `…` would have to stand
        if room.is_none() && used + wide > cells.saturating_sub(1) {
            room = Some(at);
        }
        used += wide;
        if used > cells {
            let dots = if cells > 0 { "…" } else { "" };
            return Cow::Owned(format!("{}{dots}", text.get(..room.unwrap_or(at)).unwrap_or_default()));
        }
    }
    Cow::Borrowed(text)
}

/// The text cut to so many cells, with `…` where something is missing.
pub fn cut(text: &str, cells: usize) -> Cow<'_, str> {
    if is_plain(text) { plain_cut(text, cells) } else { cut_between_graphemes(text, cells) }
}

fn cut_between_graphemes(text: &str, cells: usize) -> Cow<'_, str> {
    let text = shown(text);
    if text.width() <= cells && text.graphemes(true).all(|g| g.chars().count() <= MARKS) {
        return text;
    }
    let whole = text.width() <= cells;
    let room = if whole { cells } else { cells.saturating_sub(1) };
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let wide = grapheme.width();
        if used + wide > room {
            break;
        }
        out.extend(grapheme.chars().take(MARKS));
        used += wide;
    }
    if !whole && cells > 0 {
        out.push('…');
    }
    Cow::Owned(out)
}

/// The text in exactly so many cells, at the left or the right.
pub fn fit(text: &str, cells: usize, right: bool) -> String {
    let text = cut(text, cells);
    let pad = " ".repeat(cells.saturating_sub(text.width()));
    if right { format!("{pad}{text}") } else { format!("{text}{pad}") }
}

/// The text in lines of at most so many cells, at most so many lines; the last is cut with `…`.
pub fn wrap(text: &str, cells: usize, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for part in text.split('\n') {
        let part = shown(part);
        let mut line = String::new();
        let mut used = 0;
        // where the last word of the line begins
        let mut last = 0;
        for word in words(&part) {
            let wide = word.width();
            if used + wide > cells && used > 0 {
                // what closes a word never begins a line: the word goes along; what opens one never ends a line
                let goes = (closes(word) || line.get(last..).is_some_and(opens))
                    && last > 0
                    && line.get(last..).is_some_and(|tail| tail.width() + wide <= cells);
                let tail = if goes { line.split_off(last) } else { String::new() };
                last = 0;
                lines.push(std::mem::replace(&mut line, tail).trim_end().to_owned());
                used = line.width();
                if word.trim().is_empty() {
                    continue;
                }
            }
            if wide > cells {
                for grapheme in word.graphemes(true) {
                    if used + grapheme.width() > cells {
                        lines.push(std::mem::take(&mut line));
                        used = 0;
                    }
                    line.push_str(grapheme);
                    used += grapheme.width();
                }
            } else {
                if !closes(word) {
                    last = line.len();
                }
                line.push_str(word);
                used += wide;
            }
        }
        lines.push(line.trim_end().to_owned());
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            let more = format!("{last}…");
            *last = cut(&more, cells).into_owned();
        }
    }
    lines
}

/// The words between which a line may break: a date, a time and a number with its signs are one.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut from = 0;
    for (at, word) in text.split_word_bound_indices() {
        let (before, rest) = text.split_at_checked(at).unwrap_or((text, ""));
        if !joins(before, word, rest.get(word.len()..).unwrap_or_default()) {
            words.extend(text.get(from..at).filter(|word| !word.is_empty()));
            from = at;
        }
    }
    words.extend(text.get(from..).filter(|word| !word.is_empty()));
    words
}

/// Whether a word goes on with the number before it: `09-24`, `14:02`, `+86-138`, `2024年5月20日`, and the `KB-2` of a product.
fn joins(before: &str, word: &str, after: &str) -> bool {
    const SIGNS: [char; 3] = ['-', ':', '/'];
    const UNITS: [char; 3] = ['年', '月', '日'];
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut back = before.chars().rev();
    let (last, one_more) = (back.next(), back.next());
    let named = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    match word.chars().next() {
        Some('-') => word.len() == 1 && named(last) && digit(after.chars().next()),
        Some(sign) if SIGNS.contains(&sign) => {
            word.len() == sign.len_utf8() && digit(last) && digit(after.chars().next())
        }
        Some(unit) if UNITS.contains(&unit) => digit(last),
        Some(first) if first.is_ascii_digit() => {
            last == Some('+')
                || last == Some('-') && named(one_more)
                || digit(one_more) && last.is_some_and(|c| SIGNS.contains(&c) || UNITS.contains(&c))
        }
        _ => false,
    }
}

/// Whether a word is a sign that belongs to the one before it.
fn closes(word: &str) -> bool {
    const CLOSING: &str = "，。、；：！？）》」』”’…,.;:!?)]}%";
    !word.is_empty() && word.chars().all(|c| CLOSING.contains(c))
}

/// Whether a word is a sign that belongs to the one after it.
fn opens(word: &str) -> bool {
    const OPENING: &str = "“‘《「『（〈【([{";
    !word.is_empty() && word.chars().all(|c| OPENING.contains(c))
}

/// Where a cursor stands in text of one line that scrolls: the part to show and the column of the cursor in it.
pub fn scrolled(text: &str, cursor: usize, cells: usize) -> (String, usize) {
    let graphemes: Vec<&str> = text.graphemes(true).collect();
    // the cursor is counted in characters, as the input line counts it
    let mut at = graphemes.len();
    let mut chars = 0;
    for (i, g) in graphemes.iter().enumerate() {
        if chars >= cursor {
            at = i;
            break;
        }
        chars += g.chars().count();
    }
    let wide = |part: &[&str]| part.iter().map(|g| shown(g).width()).sum::<usize>();
    let mut from = 0;
    while from < at && wide(graphemes.get(from..at).unwrap_or_default()) >= cells {
        from += 1;
    }
    let column = wide(graphemes.get(from..at).unwrap_or_default());
    let rest: String = graphemes.get(from..).unwrap_or_default().concat();
    let mut part = String::new();
    let mut used = 0;
    for g in shown(&rest).graphemes(true) {
        if used + g.width() > cells {
            break;
        }
        part.push_str(g);
        used += g.width();
    }
    (part, column)
}

/// A text of several lines as a field shows it, broken by cells alone so that the cursor has one place: the lines, and
/// the line and column of the cursor.
pub fn block(text: &str, cursor: usize, cells: usize) -> (Vec<String>, (usize, usize)) {
    let mut lines = vec![String::new()];
    let (mut used, mut chars) = (0, 0);
    let mut place = None;
    for grapheme in text.graphemes(true) {
        let wide = shown(grapheme).width();
        let fresh = grapheme == "\n" || used + wide > cells;
        if place.is_none() && chars >= cursor && !(fresh && grapheme != "\n") {
            place = Some((lines.len() - 1, used));
        }
        if fresh {
            lines.push(String::new());
            used = 0;
        }
        if place.is_none() && chars >= cursor {
            place = Some((lines.len() - 1, 0));
        }
        if grapheme != "\n" {
            if let Some(line) = lines.last_mut() {
                line.push_str(&shown(grapheme));
            }
            used += wide;
        }
        chars += grapheme.chars().count();
    }
    let end = (lines.len() - 1, used);
    (lines, place.unwrap_or(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_with_no_sign_that_opens_what_the_next_line_says() {
        assert_eq!(wrap("choose “Nothing to do”.", 10, 9), ["choose", "“Nothing", "to do”."]);
        assert_eq!(wrap("请选择“无需跟进”。", 8, 9), ["请选择", "“无需跟", "进”。"]);
    }

    #[test]
    fn a_wide_character_is_never_halved_and_cut_text_says_so() {
        assert_eq!(cut("恒远物流有限公司", 7), "恒远物…");
        assert_eq!(width(&fit("恒远物流有限公司", 8, false)), 8);
        assert_eq!(fit("86,400", 8, true), "  86,400");
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abc", 0), "");
        assert_eq!(fit("恒远物流", 10, false), "恒远物流  ");
        assert_eq!(fit("恒远物流", 6, false), "恒远… ");
        assert_eq!(fit("", 0, false), "");
    }

    #[test]
    fn a_plain_sign_is_one_grapheme_of_its_width_and_plain_text_is_cut_as_any_other() {
        let signs: Vec<char> = ('\0'..='\u{10ffff}').filter(|sign| plain(*sign)).collect();
        assert!(signs.len() > 21_000);
        for sign in &signs {
            let beside = format!("a{sign}{sign}中{sign}");
            assert_eq!(beside.graphemes(true).count(), 5, "{sign:?}");
            assert_eq!(sign.to_string().width(), plain_width(*sign), "{sign:?}");
            assert_eq!(shown(&sign.to_string()), sign.to_string());
        }
        for text in ["", "a", "恒", "恒远a物流b", "abc恒远物流有限公司", "恒远·▌…（上海）"]
        {
            for cells in 0..24 {
                assert_eq!(plain_cut(text, cells), cut_between_graphemes(text, cells), "{text} {cells}");
            }
        }
        for other in ["e\u{301}", "が", "\u{3030}\u{fe0f}", "中\u{302a}", "👩‍💻", "a\tb", "\u{ad}"] {
            assert!(!is_plain(other), "{other:?}");
        }
    }

    #[test]
    fn what_could_steer_a_terminal_or_turn_text_round_is_not_shown() {
        assert_eq!(shown("a\u{1b}[31mb\u{202e}c\u{200b}d\te"), "a [31mbcd e");
        assert_eq!(shown("a\u{2028}b\u{2029}c"), "a b c");
        let marks = format!("e{}", "\u{301}".repeat(40));
        assert!(cut(&marks, 5).chars().count() <= MARKS);
    }

    #[test]
    fn lines_break_between_words_and_inside_long_ones() {
        assert_eq!(wrap("one two three", 8, 9), ["one two", "three"]);
        assert_eq!(wrap("客户反馈价格偏高", 6, 9), ["客户反", "馈价格", "偏高"]);
        assert_eq!(wrap("a\nb\nc", 5, 2), ["a", "b…"]);
        // a sign that closes stays with its word
        assert_eq!(wrap("未作任何改动。", 12, 9), ["未作任何改", "动。"]);
        assert_eq!(wrap("it ranks, it", 8, 9), ["it", "ranks,", "it"]);
        assert_eq!(wrap("，，，，", 4, 9), ["，，", "，，"]);
        assert_eq!(wrap("邀请参加季度品鉴会", 8, 2), ["邀请参加", "季度品…"]);
        assert_eq!(wrap("ask for a new\nquote", 9, 9), ["ask for a", "new", "quote"]);
    }

    #[test]
    fn a_date_a_time_and_a_phone_stand_whole_on_one_line() {
        assert_eq!(wrap("asked for a quote (09-24)", 22, 9), ["asked for a quote", "(09-24)"]);
        assert_eq!(wrap("上次询价 2024-05-20 14:02", 20, 9), ["上次询价 2024-05-20", "14:02"]);
        assert_eq!(wrap("询价在2024年5月20日", 16, 9), ["询价在", "2024年5月20日"]);
        assert_eq!(wrap("call +86-138-0013-8000 today", 20, 9), ["call", "+86-138-0013-8000", "today"]);
        assert_eq!(wrap("推荐后厨看板一体机KB-2升级", 20, 9), ["推荐后厨看板一体机", "KB-2升级"]);
        assert_eq!(wrap("电话:13800138000", 12, 9), ["电话:", "13800138000"]);
        // one that is wider than the line breaks as any other
        assert_eq!(wrap("2024-05-20", 6, 9), ["2024-0", "5-20"]);
    }

    #[test]
    fn a_block_breaks_by_cells_and_knows_where_its_cursor_is() {
        assert_eq!(block("恒远物流", 4, 6), (vec!["恒远物".into(), "流".into()], (1, 2)));
        assert_eq!(block("ab\ncd", 3, 9), (vec!["ab".into(), "cd".into()], (1, 0)));
        assert_eq!(block("ab\ncd", 2, 9), (vec!["ab".into(), "cd".into()], (0, 2)));
        assert_eq!(block("abcd", 2, 2), (vec!["ab".into(), "cd".into()], (1, 0)));
        assert_eq!(block("", 0, 2), (vec![String::new()], (0, 0)));
    }

    #[test]
    fn the_cursor_stays_inside_a_line_that_scrolls() {
        assert_eq!(scrolled("恒远物流", 4, 6), ("物流".to_owned(), 4));
        assert_eq!(scrolled("恒远", 1, 6), ("恒远".to_owned(), 2));
        assert_eq!(scrolled("", 0, 6), (String::new(), 0));
    }
}
