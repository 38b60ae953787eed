//! From the text of a scheme to a [`Scheme`], or to the line and the fault. TOML in, nothing half-read out; a scheme that
//! comes out of here is proved total and free of overlaps by `total`.

use serde::Deserialize;
use toml::{Spanned, Value};

pub use super::fault::{Fault, Refused};
use super::metric::{CLASS_METRICS, Unit, metric};
use super::{Class, Condition, Limit, Op, RULED, SHIPPED, Scheme, total};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: Spanned<String>,
    en: String,
    zh: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    by_hand: bool,
    #[serde(default)]
    none: Vec<Spanned<Part>>,
    #[serde(default)]
    class: Vec<Spanned<Part>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    id: String,
    en: String,
    zh: String,
    #[serde(default)]
    otherwise: bool,
    when: Option<Value>,
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|b| *b == b'\n').count() + 1
}

/// Reads and proves a scheme.
pub fn parse(text: &str) -> Result<Scheme, Refused> {
    let file: File = toml::from_str(text).map_err(|e| Refused {
        line: e.span().map_or(0, |span| line_of(text, span.start)),
        fault: Fault::Toml(e.message().to_owned()),
    })?;
    let at = |spot: usize, fault: Fault| Refused { line: line_of(text, spot), fault };
    let id = file.id.get_ref().clone();
    let start = file.id.span().start;
    if !SHIPPED.iter().any(|(known, _)| *known == id) {
        return Err(at(start, Fault::Scheme(id)));
    }
    if file.by_hand == RULED.contains(&id.as_str()) {
        return Err(at(start, Fault::HandRule(id)));
    }
    let mut scheme = Scheme {
        id,
        en: file.en,
        zh: file.zh,
        source: file.source,
        by_hand: file.by_hand,
        none: Vec::new(),
        classes: Vec::new(),
    };
    for (parts, is_none) in [(file.none, true), (file.class, false)] {
        for part in parts {
            let start = part.span().start;
            let part = part.into_inner();
            if part.id.trim().is_empty() || part.en.trim().is_empty() || part.zh.trim().is_empty() {
                return Err(at(start, Fault::Nameless));
            }
            if scheme.none.iter().chain(&scheme.classes).any(|c| c.id == part.id) {
                return Err(at(start, Fault::Twice(part.id)));
            }
            let Some(alternatives) = alternatives(part.when.as_ref()) else {
                return Err(at(start, Fault::Condition(part.id)));
            };
            let mut when = Vec::new();
            for all in alternatives {
                let read = all.into_iter().map(|one| {
                    // the parser forgets where a text inside a list stands; it stands after its class begins
                    let spot =
                        text.get(start..).and_then(|rest| rest.find(one)).map_or(start, |at| start + at);
                    condition(one, &scheme.id).map_err(|fault| at(spot, fault))
                });
                when.push(read.collect::<Result<Vec<_>, _>>()?);
            }
            if scheme.by_hand && !when.is_empty() {
                return Err(at(start, Fault::HandRule(part.id)));
            }
            if !scheme.by_hand && when.iter().all(Vec::is_empty) && !part.otherwise {
                return Err(at(start, Fault::NoRule(part.id)));
            }
            let line = line_of(text, start);
            let class =
                Class { id: part.id, en: part.en, zh: part.zh, when, otherwise: part.otherwise, line };
            if is_none { scheme.none.push(class) } else { scheme.classes.push(class) }
        }
    }
    total::prove(&scheme)?;
    Ok(scheme)
}

/// `["a", "b"]` is one alternative, `[["a"], ["b"]]` are two; none where it is neither.
fn alternatives(when: Option<&Value>) -> Option<Vec<Vec<&str>>> {
    let list = match when {
        None => return Some(Vec::new()),
        Some(when) => when.as_array()?,
    };
    if list.iter().all(Value::is_array) {
        return list.iter().filter_map(Value::as_array).map(|all| texts(all)).collect();
    }
    Some(vec![texts(list)?])
}

fn texts(list: &[Value]) -> Option<Vec<&str>> {
    list.iter().map(Value::as_str).collect()
}

/// Reads one condition of a scheme.
pub fn condition(text: &str, own: &str) -> Result<Condition, Fault> {
    let text = text.trim();
    let unread = || Fault::Condition(text.to_owned());
    let (sign, op) = Op::first_in(text).ok_or_else(unread)?;
    let (name, limit) = text.split_once(sign).ok_or_else(unread)?;
    let (name, limit) = (name.trim(), limit.trim());
    if name == own {
        return Err(Fault::Circle(name.to_owned()));
    }
    let of_class = CLASS_METRICS.contains(&name);
    let known = metric(name);
    if !of_class && known.is_none() {
        return Err(Fault::Metric(name.to_owned()));
    }
    // a scheme builds on those that are computed before it
    let place = |id: &str| RULED.iter().position(|r| *r == id);
    if let (true, Some(theirs), Some(mine)) = (of_class, place(name), place(own))
        && theirs > mine
    {
        return Err(Fault::Circle(name.to_owned()));
    }
    let unit = known.map_or(Unit::Word, |m| m.unit);
    let limit = match (op, unit) {
        (Op::Missing, _) if limit.is_empty() => Limit::Nothing,
        (Op::Is | Op::IsNot, Unit::Word) => {
            let words = known.map_or(&[] as &[&str], |m| m.words);
            if limit.is_empty() || !of_class && !words.contains(&limit) {
                return Err(Fault::Word(limit.to_owned(), words.iter().map(ToString::to_string).collect()));
            }
            Limit::Word(limit.to_owned())
        }
        (Op::Missing, _) | (_, Unit::Word) => return Err(unread()),
        (_, unit) => Limit::Number(number(limit, unit).ok_or_else(|| Fault::Limit(limit.to_owned(), unit))?),
    };
    Ok(Condition { metric: name.to_owned(), op, limit, text: text.to_owned() })
}

/// A number in millionths; per cents only with their sign, months and counts only whole.
pub fn number(text: &str, unit: Unit) -> Option<i64> {
    let (digits, scale) = match (unit, text.strip_suffix('%')) {
        (Unit::Percent, Some(digits)) => (digits.trim(), 10_000),
        (Unit::Percent, None) | (_, Some(_)) => return None,
        _ => (text, 1_000_000),
    };
    let (sign, digits) = digits.strip_prefix('-').map_or((1, digits), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let fits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !fits(whole) || !fits(part) || digits.ends_with('.') || part.len() > 4 {
        return None;
    }
    if matches!(unit, Unit::Count | Unit::Months) && !part.is_empty() {
        return None;
    }
    let tenths = 10_i64.checked_pow(u32::try_from(part.len()).ok()?)?;
    let fraction = if part.is_empty() { 0 } else { part.parse::<i64>().ok()? * scale / tenths };
    whole.parse::<i64>().ok()?.checked_mul(scale)?.checked_add(fraction)?.checked_mul(sign)
}
