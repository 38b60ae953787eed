//! The words for ids of the store: `word("segment", "high")`. Groups are column or scheme names, since the same id means
//! different things in different columns. What people type is turned back into ids here as well.

use super::tables::all;
use super::{Lang, own};
use crate::domain::field::SCHEMES;

/// The word for an id: the company's own for a class, else the table's; the id itself where nobody has one.
pub fn word<'a>(group: &str, id: &'a str, lang: Lang) -> &'a str {
    if SCHEMES.contains(&group)
        && let Some(word) = own::word(group, id, lang)
    {
        return word;
    }
    all().find(|(g, i, _)| *g == group && *i == id).map_or(id, |(.., text)| text.of(lang))
}

/// The id for what a person typed: the id itself or its word in either language, in any case.
pub fn id(group: &str, typed: &str) -> Option<&'static str> {
    let typed = typed.trim();
    if SCHEMES.contains(&group)
        && let Some(id) = own::id(group, typed)
    {
        return Some(id);
    }
    all()
        .filter(|(g, ..)| *g == group)
        .find(|(_, i, t)| i.eq_ignore_ascii_case(typed) || t.en.eq_ignore_ascii_case(typed) || t.zh == typed)
        .map(|(_, i, _)| *i)
}

/// The group of words of a field with a choice.
pub fn group(field: crate::domain::field::Field) -> &'static str {
    use crate::domain::field::Field as F;
    match field {
        F::CustomerKind => "kind",
        F::Size => "size",
        F::Source => "source",
        F::State => "state",
        F::Depth => "depth",
        F::Relation | F::PlanRelation => "relation",
        F::Need => "need",
        F::PreferredChannel | F::TouchChannel | F::OptOutChannel | F::CampaignChannel | F::OverlayChannel => {
            "channel"
        }
        F::OwnKind => "own_kind",
        F::StrategyBound => "bound",
        F::StrategyCapWindow => "cap",
        F::TouchKind => "touch_kind",
        F::TaskKind => "task_kind",
        F::MethodKind => "method",
        F::DateKind => "date",
        F::DateCalendar | F::OverlayCalendar => "calendar",
        F::ConsentState => "consent",
        F::QuoteState => "quote",
        F::OrderStatus => "order",
        F::ComplaintSeverity => "severity",
        F::ComplaintState => "complaint",
        F::ComplaintEnd => "ended",
        F::RequestDepartment | F::PersonDepartment => "department",
        F::PersonRole => "role",
        F::AlarmRule => "alarm",
        F::ChurnReason => "churn",
        F::CouponKind => "coupon",
        F::ResourceKind => "resource",
        F::ExpenseKind => "cost",
        F::ActivationCause => "activation",
        F::ActivationOutcome => "outcome",
        F::ProductState => "product",
        F::ScriptScene => "scene",
        F::TagType => "tag",
        F::Scheme => "scheme",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::{FIELDS, Kind};

    #[test]
    fn every_choice_of_every_field_has_a_word() {
        for spec in FIELDS {
            if let Kind::Choice(ids) = spec.kind {
                for id in ids {
                    assert!(
                        all().any(|(g, i, _)| *g == group(spec.field) && i == id),
                        "{} {id} in group {:?}",
                        spec.column,
                        group(spec.field)
                    );
                }
            }
        }
    }

    #[test]
    fn ids_come_back_from_words_of_either_language() {
        assert_eq!(id("segment", "高价值"), Some("high"));
        assert_eq!(id("segment", "Growth"), Some("growth"));
        assert_eq!(id("channel", "wechat"), Some("wechat"));
        assert_eq!(id("channel", "飞鸽"), None);
        assert_eq!(word("channel", "飞鸽", Lang::En), "飞鸽");
    }
}
