//! A scheme while a person edits it: its classes and conditions as lines, and back as the text that is tried and applied.
//! A draft may be wrong for a while; [`super::parse::parse`] of its text says so.

use serde::{Deserialize, Serialize};

use super::parse::condition;
use super::{Condition, Limit, Scheme};

/// A class while it is edited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its id.
    pub id: String,
    /// English word.
    pub en: String,
    /// Chinese word.
    pub zh: String,
    /// It is a reason for no class.
    pub none: bool,
    /// It takes the rest.
    pub otherwise: bool,
    /// Alternatives of conditions as written.
    pub when: Vec<Vec<String>>,
}

/// A scheme while it is edited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Scheme id.
    pub id: String,
    en: String,
    zh: String,
    source: String,
    /// Reasons for none, then classes, best first.
    pub parts: Vec<Part>,
}

/// What one line of a draft stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The head of a part.
    Part(usize),
    /// A condition: part, alternative, place.
    Condition(usize, usize, usize),
}

impl Draft {
    /// A scheme in force, to be edited.
    pub fn of(scheme: &Scheme) -> Self {
        let part = |class: &super::Class, none: bool| Part {
            id: class.id.clone(),
            en: class.en.clone(),
            zh: class.zh.clone(),
            none,
            otherwise: class.otherwise,
            when: class.when.iter().map(|all| all.iter().map(|c| c.text.clone()).collect()).collect(),
        };
        Self {
            id: scheme.id.clone(),
            en: scheme.en.clone(),
            zh: scheme.zh.clone(),
            source: scheme.source.clone(),
            parts: scheme
                .none
                .iter()
                .map(|c| part(c, true))
                .chain(scheme.classes.iter().map(|c| part(c, false)))
                .collect(),
        }
    }

    /// Its lines, in order.
    pub fn spots(&self) -> Vec<Spot> {
        let mut out = Vec::new();
        for (p, part) in self.parts.iter().enumerate() {
            out.push(Spot::Part(p));
            for (a, all) in part.when.iter().enumerate() {
                out.extend((0..all.len()).map(|c| Spot::Condition(p, a, c)));
            }
        }
        out
    }

    /// The condition at a spot.
    pub fn condition(&self, spot: Spot) -> Option<&str> {
        let Spot::Condition(p, a, c) = spot else { return None };
        self.parts.get(p)?.when.get(a)?.get(c).map(String::as_str)
    }

    /// Puts a condition in place of another, or after a spot.
    pub fn put(&mut self, spot: Spot, text: &str, after: bool) {
        match spot {
            Spot::Condition(p, a, c) => {
                let Some(all) = self.parts.get_mut(p).and_then(|part| part.when.get_mut(a)) else { return };
                if after {
                    all.insert((c + 1).min(all.len()), text.to_owned());
                } else if let Some(place) = all.get_mut(c) {
                    text.clone_into(place);
                }
            }
            Spot::Part(p) => {
                let Some(part) = self.parts.get_mut(p) else { return };
                match part.when.first_mut() {
                    Some(all) => all.insert(0, text.to_owned()),
                    None => part.when.push(vec![text.to_owned()]),
                }
                part.otherwise = false;
            }
        }
    }

    /// Conditions with the limit that another one had: where a border moves, what lies on its other side moves along.
    pub fn beside(&self, was: &str) -> Vec<Spot> {
        let Some(was) = numbered(was) else { return Vec::new() };
        let same =
            |text: &str| numbered(text).is_some_and(|c| c.metric == was.metric && c.limit == was.limit);
        self.spots().into_iter().filter(|spot| self.condition(*spot).is_some_and(same)).collect()
    }

    /// Gives the conditions beside one that was changed its new limit.
    pub fn carry(&mut self, was: &str, is: &str) {
        let Some(is) = numbered(is) else { return };
        let limit = is.text.rsplit(is.op.sign()).next().unwrap_or_default().trim().to_owned();
        for spot in self.beside(was) {
            if let Some(other) = self.condition(spot).and_then(numbered) {
                self.put(spot, &format!("{} {} {limit}", other.metric, other.op.sign()), false);
            }
        }
    }

    /// Takes a condition away, or a class with all of its conditions.
    pub fn remove(&mut self, spot: Spot) {
        match spot {
            Spot::Part(p) if p < self.parts.len() => {
                self.parts.remove(p);
            }
            Spot::Part(_) => {}
            Spot::Condition(p, a, c) => {
                let Some(part) = self.parts.get_mut(p) else { return };
                if let Some(all) = part.when.get_mut(a)
                    && c < all.len()
                {
                    all.remove(c);
                }
                part.when.retain(|all| !all.is_empty());
            }
        }
    }

    /// The class of a spot takes whoever fits no other, and no other class does; where it does so already, no more.
    /// False on a reason for no class, which takes nobody.
    pub fn take_rest(&mut self, spot: Spot) -> bool {
        let (Spot::Part(p) | Spot::Condition(p, ..)) = spot;
        let Some(rest) = self.parts.get(p).filter(|part| !part.none).map(|part| !part.otherwise) else {
            return false;
        };
        for (at, part) in self.parts.iter_mut().enumerate() {
            part.otherwise = rest && at == p;
        }
        true
    }

    /// A new class below a spot; its words are `id`, or `id english chinese`, separated by blanks.
    pub fn add(&mut self, below: Spot, words: &str) {
        let (Spot::Part(p) | Spot::Condition(p, ..)) = below;
        // reasons for no class stand before all classes
        let p = p.max(self.parts.iter().filter(|part| part.none).count().saturating_sub(1));
        let mut words = words.split_whitespace();
        let id = words.next().unwrap_or_default().to_owned();
        let en = words.next().unwrap_or(&id).to_owned();
        let zh = words.next().unwrap_or(&en).to_owned();
        self.parts.insert((p + 1).min(self.parts.len()), Part { id, en, zh, ..Part::default() });
    }

    /// The part in which a line of the text stands, counted from one.
    pub fn part_at(&self, line: usize) -> Option<&Part> {
        let text = self.text();
        let heads = text.lines().take(line).filter(|line| line.starts_with("[[")).count();
        self.parts.get(heads.checked_sub(1)?)
    }

    /// The text that is tried and applied.
    pub fn text(&self) -> String {
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let mut lines = vec![
            format!("id = {}", quoted(&self.id)),
            format!("en = {}", quoted(&self.en)),
            format!("zh = {}", quoted(&self.zh)),
            format!("source = {}", quoted(&self.source)),
        ];
        for part in &self.parts {
            lines.push(String::new());
            lines.push(if part.none { "[[none]]" } else { "[[class]]" }.to_owned());
            lines.push(format!("id = {}", quoted(&part.id)));
            lines.push(format!("en = {}", quoted(&part.en)));
            lines.push(format!("zh = {}", quoted(&part.zh)));
            if part.otherwise {
                lines.push("otherwise = true".to_owned());
            }
            let list = |all: &Vec<String>| {
                format!("[{}]", all.iter().map(|c| quoted(c)).collect::<Vec<_>>().join(", "))
            };
            match part.when.as_slice() {
                [] => {}
                [one] => lines.push(format!("when = {}", list(one))),
                many => {
                    lines.push("when = [".to_owned());
                    lines.extend(many.iter().map(|all| format!("  {},", list(all))));
                    lines.push("]".to_owned());
                }
            }
        }
        lines.join("\n") + "\n"
    }
}

/// A condition with a number for its limit.
fn numbered(text: &str) -> Option<Condition> {
    // written by a scheme that was read: an own id is no matter here
    condition(text, "").ok().filter(|c| matches!(c.limit, Limit::Number(_)))
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::super::{RULED, SHIPPED};
    use super::*;

    #[test]
    fn every_scheme_with_rules_survives_being_edited() {
        for (id, text) in SHIPPED.iter().filter(|(id, _)| RULED.contains(id)) {
            let scheme = parse(text).unwrap();
            let again = parse(&Draft::of(&scheme).text()).unwrap();
            let bare =
                |s: &Scheme| (s.conditions().cloned().collect::<Vec<_>>(), s.classes.len(), s.none.len());
            assert_eq!(bare(&again), bare(&scheme), "{id}");
        }
    }

    #[test]
    fn one_class_takes_the_rest_and_a_reason_for_none_takes_nobody() {
        let (_, text) = SHIPPED.iter().find(|(id, _)| *id == "segment").unwrap();
        let mut draft = Draft::of(&parse(text).unwrap());
        let last = *draft.spots().last().unwrap();
        draft.add(last, "others others 其他");
        assert!(parse(&draft.text()).is_err(), "it has no conditions");
        let classes: Vec<Spot> = (0..draft.parts.len()).map(Spot::Part).collect();
        assert!(draft.take_rest(*classes.last().unwrap()) && parse(&draft.text()).is_ok());
        assert!(draft.take_rest(classes[classes.len() - 2]));
        assert_eq!(draft.parts.iter().filter(|part| part.otherwise).count(), 1);
        assert!(!draft.take_rest(classes[0]), "a prospect is a reason for no class");
        assert!(draft.take_rest(classes[classes.len() - 2]));
        assert!(draft.parts.iter().all(|part| !part.otherwise));
    }

    #[test]
    fn a_border_moves_with_both_of_its_sides() {
        let (_, text) = SHIPPED.iter().find(|(id, _)| *id == "segment").unwrap();
        let mut draft = Draft::of(&parse(text).unwrap());
        let spot = draft.spots().pop().unwrap();
        assert_eq!(draft.condition(spot), Some("idle_months > 3"));
        draft.put(spot, "idle_months > 4", false);
        assert!(parse(&draft.text()).is_err(), "four silent months are in no class");
        assert_eq!(draft.beside("idle_months > 3").len(), 4);
        draft.carry("idle_months > 3", "idle_months > 4");
        assert!(draft.beside("idle_months > 3").is_empty());
        let text = draft.text();
        assert_eq!(
            (text.matches("idle_months <= 4").count(), text.matches("idle_months > 4").count()),
            (3, 2)
        );
        assert!(parse(&text).is_ok());
        // words and what is missing draw no border; another metric's equal number is another border
        assert!(draft.beside("share is missing").is_empty() && draft.beside("orders > 4").is_empty());
    }

    #[test]
    fn a_line_is_replaced_added_and_removed_where_it_stands() {
        let (_, text) = SHIPPED.iter().find(|(id, _)| *id == "segment").unwrap();
        let mut draft = Draft::of(&parse(text).unwrap());
        let spot = |draft: &Draft, what: &str| {
            draft.spots().into_iter().find(|s| draft.condition(*s) == Some(what)).unwrap()
        };
        let at = spot(&draft, "share < 50%");
        draft.put(at, "share < 70%", false);
        let at = spot(&draft, "share >= 50%");
        draft.put(at, "share >= 70%", false);
        assert!(parse(&draft.text()).is_ok());
        let at = spot(&draft, "share < 70%");
        draft.put(at, "orders > 1", true);
        assert!(draft.text().contains("\"share < 70%\", \"orders > 1\", \"idle_months > 3\""));
        let at = spot(&draft, "orders > 1");
        draft.remove(at);
        assert!(parse(&draft.text()).is_ok());
        let last = *draft.spots().last().unwrap();
        draft.add(last, "asleep asleep 长眠");
        let refused = parse(&draft.text()).unwrap_err();
        assert_eq!(draft.part_at(refused.line).map(|part| part.id.as_str()), Some("asleep"));
        assert_eq!(draft.part_at(1), None);
        assert!(draft.text().ends_with("id = \"asleep\"\nen = \"asleep\"\nzh = \"长眠\"\n"));
    }
}
