//! The word lists of the demo company, read once from `assets/demo`: names, places, trades, goods, talks. What can be said in
//! a list is said there; here is only its form.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::chance::Shares;
use super::lines::Line;
use super::staff::Team;
use crate::domain::find;
use crate::store::request::StoreError;

/// A word with its pinyin, for addresses of mail and `WeChat`.
#[derive(Debug)]
pub struct Spelt {
    /// The word.
    pub word: String,
    /// Its pinyin.
    pub pinyin: String,
}

/// What firms and people are called.
#[derive(Debug)]
pub struct Names {
    pub surnames: Shares<Spelt>,
    pub male: Vec<Spelt>,
    pub female: Vec<Spelt>,
    pub male_first: Vec<Spelt>,
    pub male_last: Vec<Spelt>,
    pub female_first: Vec<Spelt>,
    pub female_last: Vec<Spelt>,
    pub english_first: Vec<String>,
    pub english_last: Vec<String>,
    pub brand_first: Vec<Spelt>,
    pub brand_last: Vec<Spelt>,
    pub avoid: Vec<String>,
    pub company_forms: Shares<String>,
    pub shop_words: Vec<Spelt>,
    pub streets: Vec<String>,
    pub english_brand_first: Vec<String>,
    pub english_brand_last: Vec<String>,
    pub english_trades: Vec<String>,
    pub english_forms: Shares<String>,
    /// Places abroad with the beginning of their numbers.
    pub english_places: Vec<(String, String)>,
}

/// A city.
#[derive(Debug)]
pub struct Place {
    pub city: String,
    pub area: String,
    pub local: u32,
    pub districts: Vec<String>,
}

/// Whom the company sells to.
#[derive(Debug, Deserialize)]
pub struct Trade {
    pub main: String,
    pub standard: String,
    weight: u32,
    #[serde(deserialize_with = "list")]
    pub words: Vec<String>,
    pub staff: (i64, i64),
    #[serde(deserialize_with = "list")]
    pub titles: Vec<String>,
    #[serde(default, deserialize_with = "list")]
    pub shops: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub places: Vec<String>,
    /// How busy each month is, January first, in per cent.
    pub season: [u32; 12],
    #[serde(skip)]
    pub benchmark: i64,
}

/// What the company sells.
#[derive(Debug, Deserialize)]
pub struct Product {
    pub name: String,
    pub english: String,
    pub category: String,
    pub price: i64,
    /// Most of it in one order.
    pub most: i64,
    #[serde(deserialize_with = "list")]
    pub places: Vec<String>,
    /// Need tags that it meets, separated by commas.
    pub needs: Option<String>,
    /// What was improved.
    pub feature: Option<String>,
    /// What the customer gains, with a figure.
    pub value: Option<String>,
    /// Days since it came, where it is new.
    pub new: Option<i32>,
}

/// A kind of tag with its values.
#[derive(Debug, Deserialize)]
pub struct TagGroup {
    pub r#type: String,
    pub name: String,
    #[serde(deserialize_with = "list")]
    pub values: Vec<String>,
    #[serde(default, rename = "where", deserialize_with = "list")]
    pub places: Vec<String>,
    /// `rate`: the value follows how often they order.
    pub by: Option<String>,
}

/// Something that is said on a working day.
#[derive(Debug, Deserialize)]
pub struct Talk {
    #[serde(rename = "for", deserialize_with = "list")]
    pub moments: Vec<String>,
    pub weight: u32,
    pub by: String,
    #[serde(deserialize_with = "list")]
    pub channels: Vec<String>,
    pub topic: String,
    pub cost: (i64, i64),
    pub campaign: Option<String>,
    pub only: Option<String>,
    /// Only where customers have such a place: a till, a warehouse floor …
    #[serde(default, rename = "where", deserialize_with = "list")]
    pub places: Vec<String>,
    pub kind: Option<String>,
    pub say: Vec<Line>,
    pub yes: Vec<Line>,
    pub no: Vec<Line>,
}

/// What customers complain about.
#[derive(Debug, Deserialize)]
pub struct Grievance {
    pub subject: String,
    pub say: String,
    pub solution: String,
    pub repair: String,
}

/// What a department asks of another, and what it answers.
#[derive(Debug, Deserialize)]
pub struct Asked {
    pub from: String,
    pub to: String,
    pub say: String,
    pub answer: String,
    /// Why it is refused now and then.
    pub refuse: String,
}

/// Short remarks of all kinds.
#[derive(Debug, Deserialize)]
pub struct Notes {
    pub refund: Vec<String>,
    pub survey_good: Vec<String>,
    pub survey_bad: Vec<String>,
    pub customer: Vec<String>,
    pub quote: Vec<String>,
    pub consent_way: Vec<String>,
    pub consent_purpose: Vec<String>,
}

/// One language of talk.
#[derive(Debug, Deserialize)]
pub struct Talks {
    pub talk: Vec<Talk>,
    pub complaint: Vec<Grievance>,
    pub request: Vec<Asked>,
    pub notes: Notes,
    /// What stands there when nobody answered, by channel.
    pub silence: HashMap<String, Vec<String>>,
}

/// All lists.
#[derive(Debug)]
pub struct Words {
    pub names: Names,
    pub places: Shares<Place>,
    pub trades: Shares<Trade>,
    pub goods: Vec<Product>,
    /// Yuan that an average customer of an industry spends in a year.
    pub benchmark: HashMap<String, i64>,
    pub tags: Vec<TagGroup>,
    pub chinese: Talks,
    pub english: Talks,
    pub team: Team,
}

#[derive(Deserialize)]
struct Market {
    trade: Vec<Trade>,
    benchmark: HashMap<String, i64>,
    product: Vec<Product>,
    tag: Vec<TagGroup>,
}

static WORDS: LazyLock<Result<Words, String>> = LazyLock::new(|| read().map_err(|e| e.to_string()));

/// The lists; a defect of the program where one does not read.
pub fn words() -> Result<&'static Words, StoreError> {
    WORDS.as_ref().map_err(|e| StoreError::Defect(format!("assets/demo: {e}")))
}

fn read() -> Result<Words, toml::de::Error> {
    let market: Market = toml::from_str(include_str!("../../assets/demo/trades.toml"))?;
    let benchmark = market.benchmark;
    let trades = market.trade.into_iter().map(|mut t| {
        t.benchmark = benchmark.get(&t.main).copied().unwrap_or(10_000);
        (t.weight, t)
    });
    Ok(Words {
        names: names(&toml::from_str(include_str!("../../assets/demo/names.toml"))?),
        places: Shares::new(
            include_str!("../../assets/demo/places.txt")
                .lines()
                .filter(|l| !l.starts_with('#'))
                .filter_map(place),
        ),
        trades: Shares::new(trades),
        goods: market.product,
        benchmark,
        tags: market.tag,
        chinese: toml::from_str(include_str!("../../assets/demo/talks.zh.toml"))?,
        english: toml::from_str(include_str!("../../assets/demo/talks.en.toml"))?,
        team: toml::from_str(include_str!("../../assets/demo/team.toml"))?,
    })
}

fn names(lists: &HashMap<String, String>) -> Names {
    let text = |key: &str| lists.get(key).map_or("", String::as_str);
    let words = |key: &str| text(key).split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let piped = |key: &str| text(key).split('|').map(str::to_owned).collect::<Vec<_>>();
    let spelt = |key: &str| text(key).split_whitespace().map(spell).collect::<Vec<_>>();
    let mut surnames = Vec::new();
    let mut pairs = text("surnames").split_whitespace();
    while let (Some(name), Some(share)) = (pairs.next(), pairs.next()) {
        surnames.push((share.parse().unwrap_or(1), spell(name)));
    }
    Names {
        surnames: Shares::new(surnames),
        male: spelt("male"),
        female: spelt("female"),
        male_first: spelt("male_first"),
        male_last: spelt("male_last"),
        female_first: spelt("female_first"),
        female_last: spelt("female_last"),
        english_first: words("english_first"),
        english_last: words("english_last"),
        brand_first: spelt("brand_first"),
        brand_last: spelt("brand_last"),
        avoid: words("avoid"),
        company_forms: shared(text("company_forms"), ' '),
        shop_words: spelt("shop_words"),
        streets: words("streets"),
        english_brand_first: words("english_brand_first"),
        english_brand_last: words("english_brand_last"),
        english_trades: piped("english_trades"),
        english_forms: shared(text("english_forms"), '|'),
        english_places: piped("english_places").iter().filter_map(|p| pair(p)).collect(),
    }
}

fn pair(text: &str) -> Option<(String, String)> {
    let (place, phone) = text.split_once('=')?;
    Some((place.to_owned(), phone.to_owned()))
}

/// `word share` pairs; between bars, or all in one row.
fn shared(text: &str, between: char) -> Shares<String> {
    let pair = |pair: &str| {
        let (word, share) = pair.trim().rsplit_once(' ')?;
        Some((share.parse().ok()?, word.to_owned()))
    };
    if between != ' ' {
        return Shares::new(text.split(between).filter_map(pair));
    }
    let mut parts = text.split_whitespace();
    let mut entries = Vec::new();
    while let (Some(word), Some(share)) = (parts.next(), parts.next()) {
        entries.push((share.parse().unwrap_or(1), word.to_owned()));
    }
    Shares::new(entries)
}

fn spell(word: &str) -> Spelt {
    let key = find::sort_key(word, false);
    let pinyin: String = key.chars().filter(char::is_ascii_alphabetic).collect();
    Spelt { word: word.to_owned(), pinyin }
}

fn place(line: &str) -> Option<(u32, Place)> {
    let mut parts = line.split('|').map(str::trim);
    let (city, area) = (parts.next()?.to_owned(), parts.next()?.to_owned());
    let weight = parts.next()?.parse().ok()?;
    let local = parts.next()?.parse().ok()?;
    let districts = parts.next()?.split_whitespace().map(str::to_owned).collect();
    Some((weight, Place { city, area, local, districts }))
}

/// Words with blanks between them.
fn list<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    Ok(String::deserialize(from)?.split_whitespace().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::super::lines::{PLACES, Setting};
    use super::*;
    use crate::domain::field::CHANNELS;

    #[test]
    fn every_list_reads_and_every_talk_can_be_held_on_every_of_its_channels() {
        let words = words().unwrap();
        assert!(words.places.iter().count() > 60 && words.trades.iter().count() > 20);
        for talks in [&words.chinese, &words.english] {
            for talk in &talks.talk {
                for (channel, category) in talk.channels.iter().flat_map(|c| ["A", "B", "C"].map(|k| (c, k)))
                {
                    assert!(CHANNELS.contains(&channel.as_str()), "{channel}");
                    for place in PLACES.iter().map(|p| (*p).to_owned()) {
                        if !talk.places.is_empty() && !talk.places.contains(&place) {
                            continue;
                        }
                        let places = [place];
                        let setting = Setting { channel, places: &places, category };
                        let said: Vec<&Line> = talk.say.iter().filter(|l| l.fits(&setting)).collect();
                        assert!(!said.is_empty(), "{} {setting:?}", talk.topic);
                        for line in said {
                            let mark = line.mark.as_deref();
                            let yes = talk.yes.iter().any(|l| l.fits(&setting) && l.answers(mark));
                            assert!(yes, "{} {setting:?}", line.text);
                        }
                        let no =
                            talk.no.iter().any(|l| l.fits(&setting)) || talks.silence.contains_key(channel);
                        assert!(no || talk.kind.is_some(), "{} {channel}", talk.topic);
                    }
                }
                for line in talk.say.iter().chain(&talk.yes).chain(&talk.no) {
                    assert!(!line.text.contains(['>', '@']), "{}", line.text);
                }
            }
        }
        for trade in words.trades.iter() {
            assert!(trade.places.iter().all(|p| PLACES.contains(&p.as_str())), "{}", trade.standard);
            assert!(words.goods.iter().any(|g| g.places.iter().any(|p| trade.places.contains(p))));
        }
        assert_eq!(words.names.surnames.iter().find(|s| s.word == "王").unwrap().pinyin, "wang");
    }
}
