//! Reading along a line of characters: words, numbers in digits or Chinese, clock times. No meaning of days in here.

use chrono::NaiveTime;

/// A place in a text, in characters.
#[derive(Clone, Copy, Debug)]
pub struct Scan<'a> {
    chars: &'a [char],
    /// The next character.
    pub at: usize,
}

/// The text with full-width signs narrowed and letters lowered; one character stays one character.
pub fn fold(text: &str) -> Vec<char> {
    text.chars()
        .map(|c| match c {
            '\u{3000}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '禮' => '礼',
            '週' => '周',
            '後' => '后',
            '內' => '内',
            '點' => '点',
            '號' => '号',
            '個' => '个',
            '兩' => '两',
            '時' => '时',
            c => c,
        })
        .map(|c| c.to_lowercase().next().unwrap_or(c))
        .collect()
}

/// A digit in Chinese.
pub(super) fn chinese_digit(c: char) -> Option<u32> {
    let digit = || "零一二三四五六七八九".chars().position(|d| d == c).and_then(|n| u32::try_from(n).ok());
    match c {
        '两' => Some(2),
        '〇' => Some(0),
        _ => digit(),
    }
}

/// What a Chinese place multiplies by.
const fn place_of(c: char) -> Option<u32> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

impl<'a> Scan<'a> {
    /// From a place on.
    pub const fn new(chars: &'a [char], at: usize) -> Self {
        Self { chars, at }
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    /// Skips blanks.
    pub fn blanks(&mut self) {
        while self.peek(0).is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    /// Takes one of these words; the first that fits, so longer ones stand first. A Latin word must end there.
    pub fn word<T: Copy>(&mut self, words: &[(&str, T)]) -> Option<T> {
        words.iter().find_map(|(word, meaning)| {
            let count = word.chars().count();
            let fits = word.chars().enumerate().all(|(i, c)| self.peek(i) == Some(c));
            let latin = word.chars().last().is_some_and(|c| c.is_ascii_alphabetic());
            let ends = !latin || !self.peek(count).is_some_and(|c| c.is_ascii_alphabetic());
            (fits && ends).then(|| {
                self.at += count;
                *meaning
            })
        })
    }

    /// Takes this word.
    pub fn take(&mut self, word: &str) -> bool {
        self.word(&[(word, ())]).is_some()
    }

    /// Takes a number in digits.
    pub fn digits(&mut self) -> Option<u32> {
        let from = self.at;
        let mut n: u32 = 0;
        while let Some(d) = self.peek(0).and_then(|c| c.to_digit(10)) {
            n = n.saturating_mul(10).saturating_add(d);
            self.at += 1;
        }
        (self.at > from).then_some(n)
    }

    /// Takes a number in digits or Chinese up to 9999; in `三五` the first alone, since two digits side by side are no number.
    pub fn number(&mut self) -> Option<u32> {
        self.digits().or_else(|| self.chinese())
    }

    fn chinese(&mut self) -> Option<u32> {
        let (mut sum, mut below, mut read, mut nought) = (0, 10_000, false, false);
        while let Some(c) = self.peek(0) {
            let digit = chinese_digit(c);
            let (n, place, used) = match (digit, self.peek(1).and_then(place_of)) {
                (Some(0), _) if read && !nought && self.peek(1).and_then(chinese_digit).is_some() => {
                    (self.at, nought) = (self.at + 1, true);
                    continue;
                }
                (Some(n), Some(place)) if n > 0 => (n, place, 2),
                // `一百二` is 120, `一百零二` is 102
                (Some(n), None) if below > 10 && read && !nought => (n, below / 10, 1),
                (Some(n), None) => (n, 1, 1),
                (None, _) if c == '十' => (1, 10, 1),
                _ => break,
            };
            if place >= below || (read && n == 0) {
                break;
            }
            sum += n * place;
            self.at += used;
            (below, read) = (place, true);
            if used == 1 && c != '十' {
                break;
            }
        }
        read.then_some(sum)
    }

    /// The character before this place.
    pub fn before(&self) -> Option<char> {
        self.chars.get(self.at.checked_sub(1)?).copied()
    }

    /// What is still to be read.
    pub fn rest(&self) -> &'a [char] {
        self.chars.get(self.at..).unwrap_or_default()
    }

    /// The next character, which stays.
    pub fn next(&self) -> Option<char> {
        self.peek(0)
    }

    /// Takes a clock time: `15:00`, `3pm`, `下午3点半`, `晚上8点`, `中午`, `noon`.
    pub fn clock(&mut self) -> Option<NaiveTime> {
        let start = self.at;
        let found = self.clock_here();
        if found.is_none() {
            self.at = start;
        }
        found
    }

    fn clock_here(&mut self) -> Option<NaiveTime> {
        let part = self.word(PARTS);
        self.blanks();
        let at_word = self.word(&[("at ", ())]).is_some();
        self.blanks();
        let bare = part.map(|p| p.1);
        let after_part = self.at;
        let Some(hour) = self.number() else {
            self.at = after_part;
            return bare.and_then(|h| NaiveTime::from_hms_opt(h, 0, 0));
        };
        let mut minute = None;
        let mut named = at_word;
        if self.take(":") {
            minute = Some(self.digits().filter(|m| *m < 60)?);
            named = true;
            if self.take(":") {
                self.digits().filter(|s| *s < 60)?;
            }
        } else if self.take("点") || self.take("时") {
            named = true;
            if self.take("半") {
                minute = Some(30);
            } else if self.take("一刻") {
                minute = Some(15);
            } else if self.take("三刻") {
                minute = Some(45);
            } else {
                let here = self.at;
                match self.number() {
                    Some(m) if m < 60 => {
                        minute = Some(m);
                        self.take("分");
                    }
                    _ => self.at = here,
                }
            }
            self.take("钟");
            self.take("整");
        }
        let before_half = self.at;
        self.blanks();
        let half = self.word(&[("a.m.", false), ("p.m.", true), ("am", false), ("pm", true)]);
        if half.is_none() {
            self.at = before_half;
        }
        if !named && half.is_none() {
            // a bare number is no time; a part of the day may stand alone
            self.at = after_part;
            return bare.and_then(|h| NaiveTime::from_hms_opt(h, 0, 0));
        }
        let hour = match (half, part) {
            (Some(true), _) | (None, Some((true, _))) if hour < 12 => hour + 12,
            (Some(false), _) if hour == 12 => 0,
            _ => hour,
        };
        NaiveTime::from_hms_opt(hour, minute.unwrap_or(0), 0)
    }
}

/// Parts of the day: whether its hours are after noon, and the hour it stands for alone.
const PARTS: &[(&str, (bool, u32))] = &[
    ("早上", (false, 9)),
    ("上午", (false, 9)),
    ("中午", (true, 12)),
    ("下午", (true, 14)),
    ("傍晚", (true, 18)),
    ("晚上", (true, 20)),
    ("早", (false, 9)),
    ("晚", (true, 20)),
    ("in the morning", (false, 9)),
    ("in the afternoon", (true, 14)),
    ("in the evening", (true, 20)),
    ("morning", (false, 9)),
    ("afternoon", (true, 14)),
    ("evening", (true, 20)),
    ("noon", (true, 12)),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(text: &str) -> Option<String> {
        let chars = fold(text);
        Scan::new(&chars, 0).clock().map(|t| t.format("%H:%M").to_string())
    }

    #[test]
    fn clock_times_in_both_languages() {
        for (text, time) in [
            ("15:00", "15:00"),
            ("３：０５", "03:05"),
            ("3pm", "15:00"),
            ("3:30 pm", "15:30"),
            ("12am", "00:00"),
            ("下午3点", "15:00"),
            ("下午两点半", "14:30"),
            ("三点一刻", "03:15"),
            ("晚上8点", "20:00"),
            ("上午十点二十分", "10:20"),
            ("中午", "12:00"),
            ("at 9:15", "09:15"),
        ] {
            assert_eq!(clock(text).as_deref(), Some(time), "{text}");
        }
        for text in ["25:00", "3:75", "13", "点", ""] {
            assert_eq!(clock(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_in_digits_and_chinese() {
        for (text, n) in [
            ("3", 3),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("三十一", 31),
            ("两", 2),
            ("一百二十", 120),
            ("一百二", 120),
            ("一百零五", 105),
            ("一百", 100),
            ("两千三百", 2300),
            ("一百一十五", 115),
        ] {
            let chars = fold(text);
            let mut scan = Scan::new(&chars, 0);
            assert_eq!((scan.number(), scan.at), (Some(n), chars.len()), "{text}");
        }
        let chars = fold("三五天");
        let mut scan = Scan::new(&chars, 0);
        assert_eq!((scan.number(), scan.at), (Some(3), 1));
    }
}
