//! Whom or what a change concerns, in words: the history, undo and receipts name it so.

use super::{Lang, alarms, format, kpi, words};
use crate::domain::field::SCHEMES;
use crate::domain::kpi::target::parse_key;

/// Whom a change concerns, in words: a class of the strategy table stands there as `segment:high`.
pub fn said(subject: &str, lang: Lang) -> String {
    if let Some((kpi, segment)) = parse_key(subject) {
        let name = format!("{} {}", kpi::name(kpi.id, lang), words::word("segment", segment, lang));
        return name.trim_end().to_owned();
    }
    match subject.split_once(':') {
        Some(("alarm", rules)) => {
            let rules: Vec<&str> = rules.split(',').map(|id| alarms::rule(id).of(lang)).collect();
            format::list(&rules, lang)
        }
        Some((scheme, class)) if SCHEMES.contains(&scheme) => words::word(scheme, class, lang).to_owned(),
        None if SCHEMES.contains(&subject) => words::word("scheme", subject, lang).to_owned(),
        // a figure of a campaign stands there by its id; names are no ids
        _ => words::word("metric", subject, lang).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_by_words_and_not_by_ids() {
        assert_eq!(said("target.response.dormant", Lang::En), "Response rate dormant");
        assert_eq!(said("target.nps", Lang::En), "NPS");
        assert_eq!(said("segment:high", Lang::Zh), "高价值");
        assert_eq!(said("campaign_response", Lang::Zh), "触达客户响应率");
        assert_eq!(said("alarm:overrun,churn_rate", Lang::En), "Budget overrun, Churn rate");
        assert_eq!(said("恒远物流", Lang::En), "恒远物流");
    }
}
