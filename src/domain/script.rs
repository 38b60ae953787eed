//! Scripts: texts with places in braces that facts of the customer fill, and which of them fits a customer best. A place
//! without a value stays visible as `⟨product⟩`, so that nobody sends a blank (A117, D22, D45–D47, C23).

use serde::{Deserialize, Serialize};

/// How many characters a problem may have that somebody mentioned.
const LONGEST_PROBLEM: usize = 12;
/// Scenes that belong to an occasion: without it such a script is not offered.
const ON_OCCASION: &[&str] = &["project", "reminder", "anniversary", "referral"];

/// Places without which a script says nothing: there is no next level, no anniversary to speak of.
const POINTLESS_WITHOUT: &[&str] = &["gap", "accumulated", "years"];

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Text as it stands.
    Text(&'t str),
    /// A place: its name, and the printed value that stands there where nothing better is known.
    Place(&'t str, Option<&'t str>),
}

/// The pieces of a template in order; none where a brace stands alone or a place has no name.
pub fn pieces(template: &str) -> Option<Vec<Piece<'_>>> {
    let mut out = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (place, after) = after.split_once('}')?;
        if before.contains('}') || place.contains('{') {
            return None;
        }
        if !before.is_empty() {
            out.push(Piece::Text(before));
        }
        let (name, printed) = match place.split_once('=') {
            Some((name, printed)) => (name.trim(), Some(printed.trim()).filter(|p| !p.is_empty())),
            None => (place.trim(), None),
        };
        if name.is_empty() {
            return None;
        }
        out.push(Piece::Place(name, printed));
        rest = after;
    }
    if rest.contains('}') {
        return None;
    }
    if !rest.is_empty() {
        out.push(Piece::Text(rest));
    }
    Some(out)
}

/// The names of the places of a template, each once, in order.
pub fn places(template: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for piece in pieces(template).unwrap_or_default() {
        if let Piece::Place(name, _) = piece
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

/// A script for one customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendered {
    /// The text; a place without a value stands as `⟨name⟩`.
    pub text: String,
    /// The places without a value.
    pub missing: Vec<String>,
}

/// Fills a template from facts: what is known of the customer, else the printed value, else the place itself.
pub fn render(template: &str, fact: impl Fn(&str) -> Option<String>) -> Rendered {
    let Some(pieces) = pieces(template) else {
        // it was refused when it was written; what came from elsewhere is shown as it is
        return Rendered { text: template.to_owned(), missing: Vec::new() };
    };
    let mut out = Rendered::default();
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.text.push_str(text),
            Piece::Place(name, printed) => {
                let known = fact(name).filter(|v| !v.trim().is_empty());
                if let Some(value) = known.or_else(|| printed.map(str::to_owned)) {
                    out.text.push_str(value.trim());
                    continue;
                }
                out.text.push('⟨');
                out.text.push_str(name);
                out.text.push('⟩');
                if !out.missing.iter().any(|m| m == name) {
                    out.missing.push(name.to_owned());
                }
            }
        }
    }
    out
}

/// A list as people type it: ids or words with commas of any width between them.
pub fn list(text: &str) -> Vec<String> {
    text.split([',', '，', '、', ';', '；'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A script as far as choosing needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// Its stable code.
    pub code: String,
    /// For whom: `segment:high`; nobody named means everybody.
    pub target: Vec<String>,
    /// Scene id.
    pub scene: String,
    /// Channel ids; none named means any.
    pub channels: Vec<String>,
    /// Need tags it answers.
    pub needs: Vec<String>,
    /// Its places that nobody can fill for this customer.
    pub missing: Vec<String>,
}

/// What is known of a customer that makes one script fit better than another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Situation {
    /// Classes as `scheme:class`, the governing one first.
    pub classes: Vec<String>,
    /// Scene ids of the occasions at hand, the most urgent first.
    pub occasions: Vec<String>,
    /// The preferred channel.
    pub channel: Option<String>,
    /// Need tags.
    pub needs: Vec<String>,
}

/// How well a script fits; none where it is not meant for this customer.
pub fn fit(offer: &Offer, at: &Situation) -> Option<i32> {
    if offer.missing.iter().any(|place| POINTLESS_WITHOUT.contains(&place.as_str())) {
        return None;
    }
    let occasion = at.occasions.iter().position(|scene| *scene == offer.scene);
    if occasion.is_none() && ON_OCCASION.contains(&offer.scene.as_str()) {
        return None;
    }
    let class = at.classes.iter().position(|class| offer.target.contains(class));
    if class.is_none() && !offer.target.is_empty() {
        return None;
    }
    let rank = |at: usize, best: i32, step: i32| (best - step * i32::try_from(at).unwrap_or(i32::MAX)).max(0);
    let mut score = occasion.map_or(0, |at| rank(at, 600, 60));
    score += class.map_or(0, |at| rank(at, 40, 10));
    if at.channel.as_ref().is_some_and(|channel| offer.channels.contains(channel)) {
        score += 6;
    }
    let shared = at.needs.iter().filter(|need| offer.needs.contains(need)).count();
    score += 8 * i32::try_from(shared).unwrap_or(0);
    Some(score - 3 * i32::try_from(offer.missing.len()).unwrap_or(0))
}

/// Words before which a problem begins, in what a customer said.
const BEGINS: &[&str] =
    &["对", "担心", "反映", "反馈", "提到", "抱怨", "关于", "因为", "因", "存在", "有", "的", "是"];
/// Words with which a problem ends.
const ENDS: &[&str] = &["问题", "有顾虑", "有疑虑", "不满意", "不满"];
/// Words that are the problem's own last part.
const OWN_ENDS: &[&str] = &["故障", "延迟", "破损", "太贵", "不稳定", "太慢"];

/// The problem that somebody mentioned in a talk, as `{problem}` of a script names it (D45, D64); none where none is.
pub fn problem(said: &str) -> Option<String> {
    let is_end = |c: char| c.is_whitespace() || "，,。.；;：:、!！?？()（）\"“”".contains(c);
    said.split(is_end).find_map(|clause| {
        let ended = ENDS.iter().find_map(|end| clause.find(end).map(|at| (at, at)));
        let own = || OWN_ENDS.iter().find_map(|end| clause.find(end).map(|at| (at, at + end.len())));
        let (look, until) = ended.or_else(own)?;
        let head = clause.get(..look)?;
        let from = BEGINS.iter().filter_map(|b| head.rfind(b).map(|at| at + b.len())).max().unwrap_or(0);
        let found = clause.get(from..until)?.trim();
        // what begins with the customer itself is a sentence and no name of a problem
        let found = found.trim_start_matches("客户").trim_start_matches("目前").trim_start_matches("最近");
        let length = found.chars().count();
        ((2..=LONGEST_PROBLEM).contains(&length)).then(|| found.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The scripts that fit, the best first; equals in the order of their codes.
    fn ranked<'o>(offers: &'o [Offer], at: &Situation) -> Vec<&'o Offer> {
        let mut out: Vec<(i32, &Offer)> =
            offers.iter().filter_map(|offer| Some((fit(offer, at)?, offer))).collect();
        out.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.code.cmp(&y.code)));
        out.into_iter().map(|(_, offer)| offer).collect()
    }

    #[test]
    fn a_template_is_read_into_text_and_places_and_a_lone_brace_is_refused() {
        let read = pieces("{contact},预留{slots=3}个").unwrap();
        assert_eq!(
            read,
            [
                Piece::Place("contact", None),
                Piece::Text(",预留"),
                Piece::Place("slots", Some("3")),
                Piece::Text("个")
            ]
        );
        for bad in ["{contact", "contact}", "{}", "{a{b}}", "a}b{c}", "{ =3}"] {
            assert_eq!(pieces(bad), None, "{bad}");
        }
        assert_eq!(places("{a}{b=1}{a}"), ["a", "b"]);
        assert_eq!(pieces("").unwrap(), []);
    }

    #[test]
    fn k10_a_fact_stands_above_the_printed_value_and_a_place_without_either_is_seen() {
        let text = "{contact},{product}新品,{slots=3}个名额";
        let known = |name: &str| (name == "contact").then(|| "陈总".to_owned());
        let none = render(text, known);
        assert_eq!(none.text, "陈总,⟨product⟩新品,3个名额");
        assert_eq!(none.missing, ["product"]);
        let all = render(text, |name| Some(if name == "slots" { "5".into() } else { format!("<{name}>") }));
        assert_eq!(all.text, "<contact>,<product>新品,5个名额");
        assert!(all.missing.is_empty());
        // a blank fact is no fact
        assert_eq!(render("{slots=3}", |_| Some("  ".into())).text, "3");
    }

    fn offer(code: &str, target: &[&str], scene: &str) -> Offer {
        Offer {
            code: code.into(),
            target: target.iter().map(|t| (*t).to_owned()).collect(),
            scene: scene.into(),
            ..Offer::default()
        }
    }

    fn best(offers: &[Offer], at: &Situation) -> Vec<String> {
        ranked(offers, at).into_iter().map(|o| o.code.clone()).collect()
    }

    #[test]
    fn g30_the_class_governs_and_an_occasion_stands_above_it() {
        let offers = [
            offer("D55", &["segment:high"], "quarterly_visit"),
            offer("D56", &["segment:growth"], "monthly_care"),
            offer("D61", &[], "anniversary"),
            offer("D64", &["grade:B"], "problem"),
        ];
        let classes = vec!["segment:growth".to_owned(), "grade:B".to_owned()];
        let mut at = Situation { classes, ..Situation::default() };
        // for others, or for an occasion that is not there: not offered at all
        assert_eq!(best(&offers, &at), ["D56", "D64"]);
        at.occasions = vec!["anniversary".into(), "problem".into()];
        assert_eq!(best(&offers, &at), ["D61", "D64", "D56"]);
    }

    #[test]
    fn channel_and_needs_decide_between_equals_and_blanks_count_against() {
        let plain = offer("A", &[], "other");
        let sms = Offer { channels: vec!["sms".into()], ..offer("B", &[], "other") };
        let cheap = Offer { needs: vec!["价格敏感".into()], ..offer("C", &[], "other") };
        let blank = Offer { missing: vec!["product".into()], ..offer("D", &[], "other") };
        let pointless = Offer { missing: vec!["gap".into()], ..offer("E", &[], "other") };
        let at =
            Situation {
                channel: Some("sms".into()), needs: vec!["价格敏感".into()], ..Situation::default()
            };
        assert_eq!(best(&[plain, sms, cheap, blank, pointless], &at), ["C", "B", "A", "D"]);
    }

    #[test]
    fn d64_the_last_problem_is_read_from_what_was_said() {
        for (said, problem_is) in [
            ("对新品价格有顾虑", Some("新品价格")),
            ("客户反映设备噪音问题,希望尽快解决", Some("设备噪音")),
            ("之前购买的C品类赠品破损未及时解决", Some("C品类赠品破损")),
            ("提到售后响应延迟", Some("售后响应延迟")),
            ("对方案感兴趣,要求发详细资料", None),
            ("没问题", None),
            ("问题", None),
            ("", None),
        ] {
            assert_eq!(problem(said).as_deref(), problem_is, "{said}");
        }
    }

    #[test]
    fn lists_take_commas_of_any_width() {
        assert_eq!(list("phone, sms，、email；"), ["phone", "sms", "email"]);
        assert!(list(" , ").is_empty());
    }
}
