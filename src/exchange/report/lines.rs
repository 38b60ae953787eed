//! The figures of the main table as lines in a language: value, the period before, the change, target, verdict, with the
//! small pictures beside them. Which figures stand there is decided in `store::request::report`.

use super::paper::{Style, Tone};
use super::picture::{self, Bar, Spark};
use crate::domain::kpi::{Group, Kpi, Over, Unit, Verdict};
use crate::i18n::{Lang, kpi as k, report as t};
use crate::store::request::{CauseRow, Entry, KpiRow, Report};

/// One line.
pub struct Line {
    /// The figure's name; of a class, the class.
    pub name: String,
    /// Whether it is a class below its figure.
    pub class: bool,
    /// The value as people read it.
    pub value: String,
    /// The period before.
    pub before: String,
    /// The change.
    pub change: String,
    /// The target with its direction.
    pub target: String,
    /// The verdict in words, or why there is none.
    pub verdict: String,
    /// How it is meant.
    pub tone: Tone,
    /// How many cases.
    pub cases: String,
    /// Value against target.
    pub bar: Option<Bar>,
    /// The trend.
    pub spark: Option<Spark>,
    /// Why it is so.
    pub causes: Vec<String>,
}

/// The lines of one group of KPIs.
pub struct Block {
    /// Its name.
    pub title: &'static str,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// The main table, by group of KPIs.
pub fn blocks(report: &Report, lang: Lang) -> Vec<Block> {
    let entries = report.entries();
    [Group::Maintenance, Group::Expansion, Group::Work]
        .into_iter()
        .map(|group| Block {
            title: k::group(group).of(lang),
            lines: entries
                .iter()
                .filter(|e| e.kpi.group == group)
                .map(|entry| line(report, entry, lang))
                .collect(),
        })
        .filter(|block| !block.lines.is_empty())
        .collect()
}

/// One line.
pub fn line(report: &Report, entry: &Entry<'_>, lang: Lang) -> Line {
    let (kpi, row) = (entry.kpi, entry.row);
    let before = report.value_before(entry);
    Line {
        name: name(entry, lang),
        class: entry.group > 0,
        value: k::short(kpi, &row.figure, lang),
        before: before.map_or_else(|| "—".to_owned(), |v| k::short_value(kpi, v, lang)),
        change: change(kpi, row.figure.value, before).map(|c| t::change(c.0, c.1, lang)).unwrap_or_default(),
        target: row.target.map(|target| k::target(kpi, target, lang)).unwrap_or_default(),
        verdict: k::told(&row.figure, row.verdict, lang),
        tone: tone(row),
        cases: k::cases(&row.figure),
        bar: picture::bar(row),
        spark: picture::spark(&report.values(entry)),
        causes: causes(report, entry, lang),
    }
}

/// The name of a figure; of a class below it, the class.
pub fn name(entry: &Entry<'_>, lang: Lang) -> String {
    if entry.group == 0 {
        k::name(entry.kpi.id, lang).to_owned()
    } else {
        k::whose(entry.segment, lang).to_owned()
    }
}

/// The name of a figure with its class: it stands alone somewhere.
pub fn full_name(entry: &Entry<'_>, lang: Lang) -> String {
    let name = k::name(entry.kpi.id, lang);
    if entry.group == 0 { name.to_owned() } else { format!("{name} · {}", k::whose(entry.segment, lang)) }
}

/// How a row is meant.
pub fn tone(row: &KpiRow) -> Tone {
    if row.figure.value.is_none() { Tone::Dim } else { verdict_tone(row.verdict) }
}

/// How a verdict is meant.
pub const fn verdict_tone(verdict: Option<Verdict>) -> Tone {
    match verdict {
        Some(Verdict::Met) => Tone::Good,
        Some(Verdict::Missed) => Tone::Bad,
        Some(Verdict::Unclear) => Tone::Warn,
        Some(Verdict::TooFew | Verdict::Running) | None => Tone::Plain,
    }
}

/// The causes of a figure, each with its period where that is a shorter one, and who wrote it.
pub fn causes(report: &Report, entry: &Entry<'_>, lang: Lang) -> Vec<String> {
    let cause = |cause: &CauseRow| {
        let text = t::CAUSE_BY.with(lang, &[&cause.text, &cause.by]);
        let (of, whole) = (cause.period.named(), report.kpis.period.named());
        if of == whole { text } else { format!("{} · {text}", of.label()) }
    };
    report.causes_of(entry).map(cause).collect()
}

/// The change since the period before: of shares in percentage points, of points the difference, of amounts the growth. A
/// growth is a change already and has none.
pub fn change(kpi: &Kpi, now: Option<f64>, before: Option<f64>) -> Option<(f64, t::Change)> {
    let (now, before) = (now?, before?);
    if kpi.over == Over::Growth && kpi.id != "rebuy" {
        return None;
    }
    match kpi.unit {
        Unit::Share => Some(((now - before) * 100.0, t::Change::Gap)),
        Unit::Points => Some((now - before, t::Change::Difference)),
        _ if before > 0.0 => Some(((now - before) / before, t::Change::Growth)),
        _ => None,
    }
}

/// How a value of this KPI is shown in a workbook.
pub fn style(kpi: &Kpi) -> Style {
    match kpi.unit {
        Unit::Share if kpi.over == Over::Growth && kpi.id != "rebuy" => Style::Change,
        Unit::Share => Style::Share,
        Unit::Points if kpi.id == "nps" => Style::Points,
        Unit::Points | Unit::Ratio => Style::Tenths,
        Unit::Yuan => Style::Yuan,
        Unit::Hours => Style::Hours,
        Unit::Count => Style::Count,
    }
}
