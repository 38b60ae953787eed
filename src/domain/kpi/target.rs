//! Targets as people write them: `85%`, `85`, `0.85`, `≥30`, in the unit of the figure, and which values a figure can reach at
//! all. What a target is kept as is a plain number in the figure's own unit; how it is shown stands in `i18n::kpi`.

use super::rows::kpi;
use super::stats::rounded;
use super::table::{Kpi, Unit};
use super::{Better, SEGMENTS};

/// What the key of every target begins with.
pub const FAMILY: &str = "target.";

/// The greatest amount and count a target takes.
const MOST: f64 = 1_000_000_000.0;

/// Whether a figure takes a target at all: one of which neither more nor less is better takes none.
pub fn takes(kpi: &Kpi) -> bool {
    kpi.better != Better::Neither
}

/// The least and the greatest target a figure takes, in its own unit.
pub fn range(kpi: &Kpi) -> (f64, f64) {
    match kpi.unit {
        // what grows may fall by all of it and grow tenfold
        Unit::Share if kpi.changes() => (-1.0, 10.0),
        Unit::Share if kpi.better == Better::Below => (0.0, 10.0),
        Unit::Share => (0.0, 1.0),
        Unit::Points if kpi.id == "nps" => (-100.0, 100.0),
        Unit::Points => (0.0, 100.0),
        Unit::Hours => (0.0, 8_784.0),
        Unit::Yuan | Unit::Ratio | Unit::Count => (0.0, MOST),
    }
}

/// The ends of the range as one writes them.
pub fn range_written(kpi: &Kpi) -> (String, String) {
    let (low, high) = range(kpi);
    (written(kpi, low), written(kpi, high))
}

/// A value as one writes it and as it is kept: shares as percentages.
pub fn written(kpi: &Kpi, value: f64) -> String {
    match kpi.unit {
        // 0.287 × 100 is 28.699999999999996
        Unit::Share => format!("{}%", rounded(value * 100.0, 9)),
        _ => format!("{value}"),
    }
}

/// Reads a target; none where the figure takes none, or where it is no number, or one that the figure cannot reach.
pub fn read(kpi: &Kpi, text: &str) -> Option<f64> {
    let (low, high) = range(kpi);
    let value = number(text).filter(|_| takes(kpi))?;
    // whoever writes 80 for a share means 80 %
    let plain = !text.trim_end().ends_with(['%', '％']);
    let value = if kpi.unit == Unit::Share && plain && value.abs() > 1.0 { value / 100.0 } else { value };
    // adding nought makes a negative nought a plain one
    (low <= value && value <= high).then_some(value + 0.0)
}

/// A number as people write it, a percentage as its part of one.
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim().trim_start_matches(['≥', '≤', '>', '<', '=', '+']).trim_start();
    let (text, hundredth) = match text.strip_suffix(['%', '％']) {
        Some(rest) => (rest.trim_end(), true),
        None => (text, false),
    };
    let plain = text.replace([',', '，'], "");
    let digits = plain.trim_start_matches('-');
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    let value: f64 = plain.parse().ok()?;
    // 28.7 / 100 is 0.287 and not 0.28700000000000003
    Some(if hundredth { value / 100.0 } else { value })
}

/// The setting that holds a target: of a segment, or of all where none is named.
pub fn key(id: &str, segment: &str) -> String {
    if segment.is_empty() { format!("{FAMILY}{id}") } else { format!("{FAMILY}{id}.{segment}") }
}

/// Which figure and segment a setting's key is about; none where it is no target's key.
pub fn parse_key(text: &str) -> Option<(&'static Kpi, &'static str)> {
    let rest = text.strip_prefix(FAMILY)?;
    let (id, segment) = rest.split_once('.').unwrap_or((rest, ""));
    let segment = match segment {
        "" if rest.ends_with('.') => return None,
        "" => "",
        other => SEGMENTS.iter().find(|s| **s == other)?,
    };
    Some((kpi(id)?, segment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f46_targets_are_read_in_the_unit_of_their_figure() {
        let read = |id: &str, text: &str| read(kpi(id).unwrap(), text);
        assert_eq!(read("response", "85%"), Some(0.85));
        assert_eq!(read("response", "0.85"), Some(0.85));
        assert_eq!(read("response", "≥ 28.7 ％"), Some(0.287));
        assert_eq!(read("cost_per_touch", "≤30"), Some(30.0));
        assert_eq!(read("revenue", "1,200,000"), Some(1_200_000.0));
        assert_eq!(read("nps", "-10"), Some(-10.0));
        assert_eq!(read("complaint_decrease", "-12%"), Some(-0.12));
        for (id, text) in [("response", "28.7%"), ("aov_growth", "-12.5%"), ("cac", "6400.5"), ("nps", "40")]
        {
            let kpi = kpi(id).unwrap();
            assert_eq!(written(kpi, super::read(kpi, text).unwrap()), text);
        }
        // a share without its sign: a part of one up to one, a percentage above
        assert_eq!((read("response", "80"), read("response", "28.7")), (Some(0.8), Some(0.287)));
        assert_eq!((read("response", "1"), read("response", "1.5")), (Some(1.0), Some(0.015)));
        assert_eq!((read("aov_growth", "12"), read("aov_growth", "-12.5")), (Some(0.12), Some(-0.125)));
        assert_eq!((read("response", "100"), read("nps", "40")), (Some(1.0), Some(40.0)));
        for (id, text) in
            [("response", "101"), ("response", "high"), ("response", ""), ("csat_points", "1e2")]
        {
            assert_eq!(read(id, text), None, "{id} {text}");
        }
    }

    #[test]
    fn a_target_lies_where_its_figure_can_both_ends_included() {
        // a share of 0 % and of 100 % can be reached, 100.1 % and −0.1 % cannot
        let fits = |id: &str, text: &str| read(kpi(id).unwrap(), text).is_some();
        assert!(fits("response", "0%") && fits("response", "100%"));
        assert!(!fits("response", "100.1%") && !fits("response", "-0.1%"));
        assert!(fits("nps", "100") && !fits("nps", "101") && fits("nps", "-100") && !fits("nps", "-101"));
        assert!(fits("aov_growth", "-100%") && !fits("aov_growth", "-101%") && fits("aov_growth", "1000%"));
        assert_eq!(range_written(kpi("response").unwrap()), ("0%".to_owned(), "100%".to_owned()));
    }

    #[test]
    fn keys_name_a_figure_and_a_segment_that_there_are() {
        let parsed = |text: &str| parse_key(text).map(|(kpi, segment)| (kpi.id, segment));
        assert_eq!(parsed("target.response.high"), Some(("response", "high")));
        assert_eq!(parsed("target.nps"), Some(("nps", "")));
        for text in ["target.profit", "target.response.best", "target.response.", "target.", "capacity"] {
            assert_eq!(parsed(text), None, "{text}");
        }
        assert_eq!(
            (key("nps", ""), key("response", "high")),
            ("target.nps".into(), "target.response.high".into())
        );
    }
}
