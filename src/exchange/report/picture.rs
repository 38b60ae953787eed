//! The geometry of the pictures: where points, columns, ticks and the target's line lie. What they look like is said by the
//! templates and the style sheet of the page.

use askama::Template;

use crate::domain::kpi::{Kpi, Over, Unit};
use crate::i18n::{Lang, kpi as k, report as t};
use crate::store::request::{Entry, KpiRow, Report};

/// Response and conversion are drawn for every class (F42).
const BY_CLASS: &[&str] = &["response", "conversion"];
/// The other figures that are drawn, for all customers.
const DRAWN: &[&str] = &[
    "revenue",
    "orders",
    "new_customers",
    "aov",
    "repurchase",
    "churn",
    "nps",
    "csat_points",
    "complaint_rate",
    "cost_per_touch",
    "timeliness",
    "tasks_in_time",
];

/// The frame of a picture, in its own units; the ground of the curve lies inside.
const WIDTH: f64 = 240.0;
const HEIGHT: f64 = 118.0;
const LEFT: f64 = 36.0;
const RIGHT: f64 = 8.0;
const TOP: f64 = 8.0;
const BOTTOM: f64 = 18.0;

/// A value against its target; the target stands at the same place in every row.
#[derive(Template)]
#[template(path = "bar.svg", config = "assets/report/askama.toml")]
pub struct Bar {
    full: String,
}

/// The place of the target in a bar of 96.
const MARK: f64 = 72.0;
const BAR: f64 = 96.0;

/// The bar of a row that has a value and a target above zero.
pub fn bar(row: &KpiRow) -> Option<Bar> {
    let (value, target) = (row.figure.value?, row.target.filter(|t| *t > 0.0)?);
    Some(Bar { full: place((value / target * MARK).clamp(0.0, BAR)) })
}

/// The trend in one line of text.
#[derive(Template)]
#[template(path = "spark.svg", config = "assets/report/askama.toml")]
pub struct Spark {
    runs: Vec<String>,
    last: Option<(String, String)>,
}

/// The trend of a row of which at least two values are known.
pub fn spark(values: &[Option<f64>]) -> Option<Spark> {
    let scale = Scale::over(values.iter().flatten().copied(), None)?;
    let places = Places { left: 2.0, wide: 80.0, top: 2.0, high: 14.0, count: values.len() };
    let points = places.points(values, &scale);
    let (x, y) = points.iter().flatten().next_back().copied()?;
    Some(Spark { runs: runs(&points), last: Some((place(x), place(y))) })
}

/// A line across the picture with its word.
struct Tick {
    y: String,
    below: String,
    label: String,
}

/// A column of a picture of amounts.
struct Column {
    x: String,
    y: String,
    wide: String,
    high: String,
    open: bool,
}

/// A trend with its ground.
#[derive(Template)]
#[template(path = "trend.svg", config = "assets/report/askama.toml")]
pub struct Picture {
    /// What it shows, in words, for whoever cannot see it.
    told: String,
    ticks: Vec<Tick>,
    columns: Vec<Column>,
    runs: Vec<String>,
    dots: Vec<(String, String)>,
    last: Option<(String, String)>,
    open: bool,
    target: Option<String>,
    from: String,
    until: String,
}

/// A picture with its caption.
pub struct Figure {
    /// What is drawn.
    pub title: String,
    /// Its last value.
    pub value: String,
    /// The target with its direction.
    pub target: String,
    /// The picture.
    pub picture: Picture,
}

/// Pictures that belong together.
pub struct Gallery {
    /// What they show.
    pub title: String,
    /// One after the other.
    pub figures: Vec<Figure>,
}

/// Every picture of a report; what has fewer than two values is left out.
pub fn galleries(report: &Report, lang: Lang) -> Vec<Gallery> {
    let entry = |group: usize, id: &str| report.group(group).find(|e| e.kpi.id == id);
    let mut galleries: Vec<Gallery> = BY_CLASS
        .iter()
        .map(|id| Gallery {
            title: t::BY_CLASS.with(lang, &[&k::name(id, lang)]),
            figures: (0..report.kpis.groups.len())
                .filter_map(|group| entry(group, id))
                .filter_map(|e| figure(report, &e, k::whose(e.segment, lang), lang))
                .collect(),
        })
        .collect();
    galleries.push(Gallery {
        title: t::OTHERS.of(lang).to_owned(),
        figures: DRAWN
            .iter()
            .filter_map(|id| entry(0, id))
            .filter_map(|e| figure(report, &e, k::name(e.kpi.id, lang), lang))
            .collect(),
    });
    galleries.retain(|g| !g.figures.is_empty());
    galleries
}

fn figure(report: &Report, entry: &Entry<'_>, title: &str, lang: Lang) -> Option<Figure> {
    let row = entry.row;
    Some(Figure {
        title: title.to_owned(),
        value: k::short(entry.kpi, &row.figure, lang),
        target: row.target.map(|target| k::target(entry.kpi, target, lang)).unwrap_or_default(),
        picture: picture(report, entry, lang)?,
    })
}

fn picture(report: &Report, entry: &Entry<'_>, lang: Lang) -> Option<Picture> {
    let (kpi, target) = (entry.kpi, entry.row.target);
    let values = report.values(entry);
    let scale = Scale::over(values.iter().flatten().copied(), target)?.within(kpi);
    let places = Places {
        left: LEFT,
        wide: WIDTH - LEFT - RIGHT,
        top: TOP,
        high: HEIGHT - TOP - BOTTOM,
        count: values.len(),
    };
    let points = places.points(&values, &scale);
    let y = |value: f64| places.y(value, &scale);
    let ticks = scale.ticks().into_iter().map(|value| Tick {
        y: place(y(value)),
        below: place(y(value) + 3.0),
        label: t::axis(kpi, value, lang),
    });
    let sums = kpi.over == Over::Period && matches!(kpi.unit, Unit::Yuan | Unit::Count) && adds(kpi.id);
    let columns = if sums { places.columns(&points, y(0.0), !report.over) } else { Vec::new() };
    let known = |(past, value): (&crate::store::request::Past, &Option<f64>)| {
        value.map(|v| format!("{} {}", past.period.label(), k::value(kpi, v, lang)))
    };
    let told: Vec<String> = report.trail.iter().zip(&values).filter_map(known).collect();
    let label =
        |past: Option<&crate::store::request::Past>| past.map(|p| p.period.label()).unwrap_or_default();
    let last = points.last().copied().flatten().filter(|_| !sums);
    Some(Picture {
        told: format!("{} · {}: {}", k::name(kpi.id, lang), k::whose(entry.segment, lang), told.join(", ")),
        ticks: ticks.collect(),
        runs: if sums { Vec::new() } else { runs(&points) },
        dots: if sums { Vec::new() } else { alone(&points) },
        columns,
        last: last.map(|(x, y)| (place(x), place(y))),
        open: !report.over,
        target: target.filter(|v| (scale.low..=scale.high).contains(v)).map(|v| place(y(v))),
        from: label(report.trail.first()),
        until: label(report.trail.last()),
    })
}

/// Whether the values of two periods make the value of both.
fn adds(id: &str) -> bool {
    matches!(id, "revenue" | "orders" | "new_customers")
}

/// A number as it stands in a picture.
fn place(value: f64) -> String {
    let text = format!("{value:.1}");
    if text == "-0.0" { "0.0".to_owned() } else { text }
}

/// The values that a picture reaches from and to, and the distance of its lines.
struct Scale {
    low: f64,
    high: f64,
    step: f64,
}

impl Scale {
    /// Over values and a target, nought included; none where fewer than two values are known.
    fn over(values: impl Iterator<Item = f64> + Clone, target: Option<f64>) -> Option<Self> {
        if values.clone().filter(|v| v.is_finite()).count() < 2 {
            return None;
        }
        let all = values.filter(|v| v.is_finite()).chain(target);
        let (low, high) = all.fold((0.0_f64, 0.0_f64), |(low, high), v| (low.min(v), high.max(v)));
        let reach = if high - low > 0.0 { high - low } else { 1.0 };
        let step = step(reach / 3.0);
        Some(Self {
            low: (low / step).floor() * step,
            high: ((low + reach).max(high) / step).ceil() * step,
            step,
        })
    }

    /// A share of cases never passes all of them.
    fn within(self, kpi: &Kpi) -> Self {
        let share = kpi.unit == Unit::Share && kpi.over != Over::Growth;
        if share && self.high > 1.0 && self.high < 1.5 { Self { high: 1.0, ..self } } else { self }
    }

    fn ticks(&self) -> Vec<f64> {
        let count = ((self.high - self.low) / self.step).round().clamp(1.0, 12.0) as usize;
        (0..=count)
            .map(|i| self.low + self.step * i as f64)
            .filter(|v| *v <= self.high + self.step * 0.01)
            .collect()
    }
}

/// The round number at or above: 1, 2 or 5 times a power of ten.
fn step(raw: f64) -> f64 {
    let power = 10f64.powi(raw.log10().floor() as i32);
    let times = raw / power;
    let round = [1.0, 2.0, 5.0].into_iter().find(|r| times <= *r + 1e-9).unwrap_or(10.0);
    round * power
}

/// Where periods and values lie.
struct Places {
    left: f64,
    wide: f64,
    top: f64,
    high: f64,
    count: usize,
}

impl Places {
    /// The width of one period.
    fn each(&self) -> f64 {
        self.wide / self.count.max(1) as f64
    }

    fn y(&self, value: f64, scale: &Scale) -> f64 {
        self.top + self.high * (scale.high - value) / (scale.high - scale.low)
    }

    fn points(&self, values: &[Option<f64>], scale: &Scale) -> Vec<Option<(f64, f64)>> {
        let x = |i: usize| self.left + self.each() * (i as f64 + 0.5);
        let point = |(i, value): (usize, &Option<f64>)| {
            value.filter(|v| v.is_finite()).map(|v| (x(i), self.y(v, scale)))
        };
        values.iter().enumerate().map(point).collect()
    }

    fn columns(&self, points: &[Option<(f64, f64)>], ground: f64, running: bool) -> Vec<Column> {
        let wide = self.each() * 0.64;
        let last = points.len().saturating_sub(1);
        let column = |(i, point): (usize, &Option<(f64, f64)>)| {
            let (x, y) = (*point)?;
            let (top, high) = if y <= ground { (y, ground - y) } else { (ground, y - ground) };
            let open = running && i == last;
            Some(Column {
                x: place(x - wide / 2.0),
                y: place(top),
                wide: place(wide),
                high: place(high),
                open,
            })
        };
        points.iter().enumerate().filter_map(column).collect()
    }
}

/// The stretches without a gap, as a curve's points.
fn runs(points: &[Option<(f64, f64)>]) -> Vec<String> {
    let written = |run: &[Option<(f64, f64)>]| {
        let points = run.iter().flatten().map(|(x, y)| format!("{},{}", place(*x), place(*y)));
        points.collect::<Vec<_>>().join(" ")
    };
    points.split(Option::is_none).filter(|run| run.len() > 1).map(written).collect()
}

/// Values between two gaps, which no curve would show.
fn alone(points: &[Option<(f64, f64)>]) -> Vec<(String, String)> {
    let single = points.split(Option::is_none).filter(|run| run.len() == 1);
    single.flatten().flatten().map(|(x, y)| (place(*x), place(*y))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_is_of_a_kpi() {
        let unknown: Vec<_> =
            BY_CLASS.iter().chain(DRAWN).filter(|id| crate::domain::kpi::kpi(id).is_none()).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn lines_of_a_picture_are_round_numbers_and_nought_is_one_of_them() {
        let ticks = |values: &[f64], target| {
            let scale = Scale::over(values.iter().copied(), target).unwrap();
            (scale.low, scale.high, scale.ticks().len())
        };
        // 0.67 ÷ 3 = 0.22: lines at 0, 0.5, 1
        assert_eq!(ticks(&[0.4, 0.67], None), (0.0, 1.0, 3));
        // the target is part of the picture: 0.8 ÷ 3 = 0.27
        assert_eq!(ticks(&[0.1, 0.2], Some(0.8)), (0.0, 1.0, 3));
        // −12 to 46: 58 ÷ 3 = 19.3: lines at −20, 0, 20, 40, 60
        assert_eq!(ticks(&[-12.0, 46.0], None), (-20.0, 60.0, 5));
        assert_eq!(ticks(&[0.0, 0.0], None), (0.0, 1.0, 3));
        assert!(Scale::over([1.0].into_iter(), None).is_none(), "one value is no trend");
    }

    #[test]
    fn a_gap_parts_the_curve_and_a_lonely_value_is_a_dot() {
        let at = |x: f64| Some((x, 1.0));
        let points = [at(0.0), at(1.0), None, at(3.0), None, at(5.0), at(6.0)];
        assert_eq!(runs(&points), ["0.0,1.0 1.0,1.0", "5.0,1.0 6.0,1.0"]);
        assert_eq!(alone(&points), [("3.0".to_owned(), "1.0".to_owned())]);
    }
}
