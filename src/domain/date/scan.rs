//! Reading along a line of characters: words, numbers in digits or Chinese, clock times. No meaning of days in here.

use chrono::{NaiveTime, TimeDelta};

/// A place in a text, in characters.
#[derive(Clone, Copy, Debug)]
pub struct Scan<'a> {
    chars: &'a [char],
    /// The next character.
    pub at: usize,
}

/// Characters between a date and what belongs to it, at most: nobody sets more signs and blanks than that, and no word of
/// ours has as many.
pub const NEAR: usize = 64;

/// The last of some characters, which are all that says how a text ends.
pub fn tail(chars: &[char]) -> &[char] {
    chars.get(chars.len().saturating_sub(NEAR)..).unwrap_or_default()
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
            '淩' => '凌',
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

    /// Takes a clock time: `15:00`, `3pm`, `下午3点半`, `晚上12点`, `中午`, `noon`.
    pub fn clock(&mut self) -> Option<Clock> {
        self.clock_in(None)
    }

    /// The same after a word that has said which part of the day it is: `tonight at 8`.
    pub fn clock_in(&mut self, said: Option<Part>) -> Option<Clock> {
        let start = self.at;
        let found = self.clock_here(said);
        if found.is_none() {
            self.at = start;
        }
        found
    }

    /// Whether an hour stands here that [`Self::clock`] does not read, `晚上3点`; behind a day (`dated`) also one without its
    /// part, `25点`, and a part in which nothing is promised without an hour, `半夜`.
    pub fn is_unread_clock(mut self, dated: bool) -> bool {
        let part = self.word(PARTS);
        self.blanks();
        let hour = self.number().is_some() && (self.take("点") || self.take("时"));
        part.map_or(dated && hour, |(_, alone)| hour || (dated && alone.is_none()))
    }

    fn clock_here(&mut self, said: Option<Part>) -> Option<Clock> {
        let mut named = self.take("at ");
        self.blanks();
        let (part, alone) = self.word(PARTS).map_or((said, None), |(part, alone)| (Some(part), alone));
        let after_part = self.at;
        let bare = || alone.and_then(|hour| clock_of(part, hour, 0));
        self.blanks();
        named |= self.take("at ");
        self.blanks();
        let spoken = self.peek(0) != Some('0');
        let Some(hour) = self.number() else {
            self.at = after_part;
            return bare();
        };
        let mut minute = None;
        if self.take(":") {
            // `2:1` is no time but how two things are to each other
            let from = self.at;
            minute = Some(self.digits().filter(|m| *m < 60 && self.at == from + 2)?);
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
            return bare();
        }
        let minute = minute.unwrap_or(0);
        match half {
            Some(true) if hour < 12 => clock_of(None, hour + 12, minute),
            // `tonight 12am` is the midnight to come
            Some(false) if hour == 12 => {
                clock_of(None, if part == Some(Part::Evening) { 24 } else { 0 }, minute)
            }
            Some(_) => clock_of(None, hour, minute),
            None => clock_of(part, hour, minute)
                .map(|clock| Clock { bare: part.is_none() && spoken && (1..=6).contains(&hour), ..clock }),
        }
    }
}

/// A time of the day that is spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The time.
    pub time: NaiveTime,
    /// Whether it is that of the next day by the calendar: `今晚12点` is tomorrow's 00:00.
    pub next: bool,
    /// Whether it is an hour from 1 to 6 as it is spoken, without its part of the day: `3点`, and neither `03:00` nor `3am`.
    pub bare: bool,
}

impl Clock {
    /// The time that is meant in a business: `3点` is 15:00.
    pub fn in_business(self) -> NaiveTime {
        if self.bare { self.time.overflowing_add_signed(TimeDelta::hours(12)).0 } else { self.time }
    }
}

/// An hour as it is said in a part of the day; none where nobody says so, such as 3 in the evening.
fn clock_of(part: Option<Part>, hour: u32, minute: u32) -> Option<Clock> {
    let hour = match (part, hour) {
        (Some(Part::Dawn), 12) => 0,
        (Some(Part::Dawn), 13..) | (Some(Part::Evening), 1..=4) => return None,
        (Some(Part::Evening), 0 | 12) => 24,
        (Some(Part::Evening), 5..=11) | (Some(Part::Noon), 1..=9) | (Some(Part::Afternoon), 0..=11) => {
            hour + 12
        }
        _ => hour,
    };
    let next = hour == 24;
    let time = NaiveTime::from_hms_opt(if next { 0 } else { hour }, minute, 0)?;
    Some(Clock { time, next, bare: false })
}

/// A part of the day: it says which of the two hours of a name is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// From midnight on.
    Dawn,
    Morning,
    Noon,
    Afternoon,
    /// Until midnight, which is its end.
    Evening,
}

/// Parts of the day with the hour each stands for alone; in some of them nothing is promised without one.
pub const PARTS: &[(&str, (Part, Option<u32>))] = &[
    ("凌晨", (Part::Dawn, None)),
    ("清晨", (Part::Morning, Some(7))),
    ("早上", (Part::Morning, Some(9))),
    ("早晨", (Part::Morning, Some(9))),
    ("早间", (Part::Morning, Some(9))),
    ("上午", (Part::Morning, Some(9))),
    ("中午", (Part::Noon, Some(12))),
    ("下午", (Part::Afternoon, Some(14))),
    ("傍晚", (Part::Evening, Some(18))),
    ("晚上", (Part::Evening, Some(20))),
    ("晚间", (Part::Evening, Some(20))),
    ("夜晚", (Part::Evening, Some(20))),
    ("夜间", (Part::Evening, None)),
    ("夜里", (Part::Evening, None)),
    ("半夜", (Part::Evening, None)),
    ("深夜", (Part::Evening, None)),
    ("午夜", (Part::Evening, Some(24))),
    ("早", (Part::Morning, Some(9))),
    ("晚", (Part::Evening, Some(20))),
    ("in the morning", (Part::Morning, Some(9))),
    ("in the afternoon", (Part::Afternoon, Some(14))),
    ("in the evening", (Part::Evening, Some(20))),
    ("morning", (Part::Morning, Some(9))),
    ("afternoon", (Part::Afternoon, Some(14))),
    ("evening", (Part::Evening, Some(20))),
    ("noon", (Part::Noon, Some(12))),
    ("midnight", (Part::Evening, Some(24))),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(text: &str) -> Option<String> {
        let chars = fold(text);
        let found = Scan::new(&chars, 0).clock()?;
        Some(format!("{}{}", found.time.format("%H:%M"), if found.next { " next" } else { "" }))
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
            ("中午11点半", "11:30"),
            ("中午1点", "13:00"),
            ("晚上12点", "00:00 next"),
            ("晚上零点", "00:00 next"),
            ("晚12点半", "00:30 next"),
            ("半夜11点", "23:00"),
            ("24:00", "00:00 next"),
            ("午夜", "00:00 next"),
            ("at midnight", "00:00 next"),
            ("at noon", "12:00"),
            ("凌晨2点", "02:00"),
            ("凌晨12点半", "00:30"),
            ("清晨6点", "06:00"),
            ("早晨7点", "07:00"),
            ("晚间9点", "21:00"),
            ("夜晚8点", "20:00"),
            ("傍晚6点", "18:00"),
        ] {
            assert_eq!(clock(text).as_deref(), Some(time), "{text}");
        }
        for text in ["25:00", "3:75", "2:1", "13", "点", "", "晚上3点", "凌晨15点", "半夜", "凌晨"]
        {
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
