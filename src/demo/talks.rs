//! What was said: a talk for every occasion, its words filled in, the answer and what was promised with it.

use std::collections::HashMap;

use fastrand::Rng;

use super::chance::{Shares, one};
use super::life::Life;
use super::lines::{Line, Setting};
use super::moments::Moment;
use super::words::{Product, Talk, Talks};
use crate::store::fill::rows::Text;

/// The talks of one language, by occasion.
#[derive(Debug)]
pub struct Book {
    by: HashMap<&'static str, Shares<&'static Talk>>,
    silence: &'static HashMap<String, Vec<String>>,
}

/// What was said to whom, before the words are filled in.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    pub talk: &'static Talk,
    pub channel: &'static str,
    pub product: Option<&'static Product>,
    pub summary: &'static str,
    pub answer: Option<&'static Line>,
    pub no: &'static str,
}

impl Book {
    /// The book of a language.
    pub fn new(talks: &'static Talks) -> Self {
        let mut lists: HashMap<&'static str, Vec<(u32, &'static Talk)>> = HashMap::new();
        for talk in &talks.talk {
            for moment in &talk.moments {
                lists.entry(moment).or_default().push((talk.weight, talk));
            }
        }
        let by = lists.into_iter().map(|(moment, list)| (moment, Shares::new(list))).collect();
        Self { by, silence: &talks.silence }
    }

    /// A talk that fits occasion and customer.
    fn talk(&self, when: &str, life: &Life, segment: Option<&str>, rng: &mut Rng) -> Option<&'static Talk> {
        let talks = self.by.get(when)?;
        let fits = |t: &Talk| life.has(&t.places) && t.only.as_deref().is_none_or(|o| Some(o) == segment);
        for _ in 0..8 {
            let talk: &'static Talk = talks.pick(rng)?;
            if fits(talk) {
                return Some(talk);
            }
        }
        talks.iter().copied().find(|t| fits(t))
    }

    /// What was said on an occasion, and whether they answered.
    pub fn said(
        &self,
        moment: &Moment,
        life: &Life,
        product: Option<&'static Product>,
        rng: &mut Rng,
    ) -> Option<Said> {
        let talk = self.talk(moment.when, life, moment.segment, rng)?;
        let percent = match (moment.when, talk.by.as_str()) {
            (_, "marketing") => 34,
            ("inbound", _) => 100,
            ("first" | "after" | "high", _) => 84,
            ("growth", _) => 68,
            ("festival", _) => 45,
            _ => 52,
        };
        let yes = moment.yes.unwrap_or_else(|| rng.u8(0..100) < percent) || moment.when == "inbound";
        self.words(talk, life, product, yes, rng)
    }

    fn words(
        &self,
        talk: &'static Talk,
        life: &Life,
        product: Option<&'static Product>,
        yes: bool,
        rng: &mut Rng,
    ) -> Option<Said> {
        let channel = rng.choice(&talk.channels)?.as_str();
        let category = product.map_or("", |p| p.category.as_str());
        let setting = Setting { channel, places: &life.trade.places, category };
        let say = line(&talk.say, |l| l.fits(&setting), rng)?;
        let mark = say.mark.as_deref();
        let answer = if yes { line(&talk.yes, |l| l.fits(&setting) && l.answers(mark), rng) } else { None };
        let silence = self.silence.get(channel).map_or("", |list| one(rng, list));
        let own =
            if rng.bool() || silence.is_empty() { line(&talk.no, |l| l.fits(&setting), rng) } else { None };
        let no = own.map_or(silence, |l| l.text.as_str());
        Some(Said { talk, channel, product, summary: &say.text, answer, no })
    }

    /// A talk with a promise in it: the days until it is due, and what was said.
    pub fn promise(
        &self,
        segment: &'static str,
        life: &Life,
        product: Option<&'static Product>,
        rng: &mut Rng,
    ) -> Option<(i32, Said)> {
        let talk = self.talk(segment, life, Some(segment), rng)?;
        let said = self.words(talk, life, product, true, rng)?;
        let days = said.answer?.promises.first()?.0;
        Some((i32::try_from(days).ok()?, said))
    }
}

/// One of the lines that fit, each as likely as the others.
fn line(lines: &'static [Line], fits: impl Fn(&Line) -> bool, rng: &mut Rng) -> Option<&'static Line> {
    let count = lines.iter().filter(|l| fits(l)).count();
    let at = if count == 0 { return None } else { rng.usize(0..count) };
    lines.iter().filter(|l| fits(l)).nth(at)
}

/// What stands for the words in braces.
#[derive(Debug)]
pub struct Filling<'a> {
    pub contact: &'a str,
    pub product: Option<&'static Product>,
    pub device: Option<&'static Product>,
    pub supply: Option<&'static Product>,
    pub quantity: u8,
    pub feast: &'static str,
    pub english: bool,
}

impl Filling<'_> {
    fn name(&self, product: Option<&'static Product>) -> &'static str {
        match product {
            Some(p) if self.english => &p.english,
            Some(p) => &p.name,
            None if self.english => "scanner",
            None => "新品",
        }
    }

    /// The words with everything in braces filled in.
    pub fn fill(&self, words: &'static str) -> Text {
        if !words.contains('{') {
            return words.into();
        }
        let mut out = String::with_capacity(words.len() + 24);
        let mut rest = words;
        while let Some((plain, more)) = rest.split_once('{') {
            out.push_str(plain);
            let Some((key, after)) = more.split_once('}') else { break };
            match key {
                "n" => out.push_str(self.contact),
                "p" => out.push_str(self.name(self.product)),
                "d" => out.push_str(self.name(self.device)),
                "m" => out.push_str(self.name(self.supply)),
                "c" => out.push_str(self.product.map_or("C品类", |p| &p.category)),
                "q" => out.push_str(&self.quantity.to_string()),
                "f" => out.push_str(self.feast),
                _ => {}
            }
            rest = after;
        }
        out.push_str(rest);
        out.into()
    }

    /// The product that the words offer, if they name one.
    pub fn offered(&self, words: &str) -> Option<Text> {
        let product = if words.contains("{d}") {
            self.device
        } else if words.contains("{m}") {
            self.supply
        } else if words.contains("{p}") {
            self.product
        } else {
            None
        };
        product.map(|p| p.name.as_str().into())
    }
}

/// How one speaks of a contact: by surname and office, as in 王总, 李经理.
pub fn polite(name: &str, title: &str) -> String {
    const OFFICES: &[(&str, &str)] = &[
        ("总监", "总"),
        ("副总", "总"),
        ("总经理", "总"),
        ("经理", "经理"),
        ("主管", "主管"),
        ("部长", "部长"),
        ("厂长", "厂长"),
        ("主任", "主任"),
        ("科长", "科长"),
        ("场长", "场长"),
        ("店长", "店长"),
        ("老板", "老板"),
    ];
    let surname = if name.starts_with("欧阳") || name.starts_with("上官") || name.starts_with("司马") {
        name.chars().take(2).collect::<String>()
    } else {
        name.chars().take(1).collect()
    };
    match OFFICES.iter().find(|(office, _)| title.contains(office)) {
        Some((_, word)) => surname + word,
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_spoken_of_by_their_office() {
        assert_eq!(polite("王建国", "采购总监"), "王总");
        assert_eq!(polite("李敏", "采购经理"), "李经理");
        assert_eq!(polite("欧阳雪", "店长"), "欧阳店长");
        assert_eq!(polite("李敏", "跟单"), "李敏");
    }
}
