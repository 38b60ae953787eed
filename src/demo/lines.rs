//! One line of a talk: its words, when it fits, and what is promised with it.

use serde::Deserialize;

use crate::domain::field::CHANNELS;

/// What customers have that devices stand in.
pub const PLACES: &[&str] = &["floor", "shop", "kitchen", "clinic", "office", "site", "parcel"];

/// A line with its conditions; an empty condition always holds.
#[derive(Debug, Default)]
pub struct Line {
    pub text: String,
    /// Days and what was promised.
    pub promises: Vec<(i64, String)>,
    channels: Vec<String>,
    places: Vec<String>,
    categories: Vec<String>,
    /// Joins a question and its answers.
    pub mark: Option<String>,
}

/// Where and about what is talked.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    pub channel: &'a str,
    pub places: &'a [String],
    pub category: &'a str,
}

impl Line {
    /// Whether it may be said there.
    pub fn fits(&self, setting: &Setting<'_>) -> bool {
        let holds = |list: &[String], word: &str| list.is_empty() || list.iter().any(|w| word.starts_with(w));
        holds(&self.channels, setting.channel)
            && holds(&self.categories, setting.category)
            && (self.places.is_empty() || self.places.iter().any(|p| setting.places.contains(p)))
    }

    /// Whether it answers a line with such a mark.
    pub fn answers(&self, mark: Option<&str>) -> bool {
        self.mark.is_none() || self.mark.as_deref() == mark
    }

    /// `phone shop A: @use words > 2 what was promised; 5 what else`.
    pub fn read(line: &str) -> Self {
        let mut out = Self::default();
        let mut rest = line;
        let known = |w: &str| CHANNELS.contains(&w) || PLACES.contains(&w) || matches!(w, "A" | "B" | "C");
        if let Some((head, tail)) = line.split_once(": ")
            && head.split(' ').all(known)
        {
            rest = tail;
            for word in head.split(' ') {
                let list = if CHANNELS.contains(&word) {
                    &mut out.channels
                } else if PLACES.contains(&word) {
                    &mut out.places
                } else {
                    &mut out.categories
                };
                list.push(word.to_owned());
            }
        }
        if let Some((mark, tail)) = rest.strip_prefix('@').and_then(|r| r.split_once(' ')) {
            out.mark = Some(mark.to_owned());
            rest = tail;
        }
        let promise = |text: &str| {
            let (days, what) = text.trim().split_once(' ')?;
            Some((days.parse().ok()?, what.to_owned()))
        };
        if let Some((text, promises)) = rest.split_once(" > ") {
            out.promises = promises.split(';').filter_map(promise).collect();
            rest = text;
        }
        rest.clone_into(&mut out.text);
        out
    }
}

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self::read(&String::deserialize(from)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_when_it_fits_and_what_is_promised() {
        let line = Line::read("phone shop A: @use 好用 > 2 发送资料; 5 跟进");
        assert_eq!((line.text.as_str(), line.mark.as_deref()), ("好用", Some("use")));
        assert_eq!(line.promises, [(2, "发送资料".to_owned()), (5, "跟进".to_owned())]);
        let shop = ["shop".to_owned()];
        let setting = Setting { channel: "phone", places: &shop, category: "A品类" };
        assert!(line.fits(&setting) && line.answers(Some("use")) && !line.answers(None));
        assert!(!line.fits(&Setting { channel: "sms", ..setting }));
        assert!(!line.fits(&Setting { category: "B品类", ..setting }));
        let plain = Line::read("Season's greetings: all the best");
        assert!(plain.fits(&setting) && plain.answers(Some("x")) && plain.text.ends_with("best"));
    }
}
