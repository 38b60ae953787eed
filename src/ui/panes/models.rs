//! Pane 5, the models: what they say of the whole base in plain words, the chances as bars, the groups, the tree. The number
//! under the cursor is marked; `Enter` lists the customers behind it.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::text;
use super::super::widgets::chart;
use crate::app::panes::board::models::{Place, rows};
use crate::i18n::{Text, models as m};
use crate::store::request::{Attitude, ModelPart, Models};

/// Cells of a bar.
const BAR: usize = 24;
/// From so many cells on, the forecast and the groups stand side by side.
const WIDE: u16 = 140;

/// One line, with the numbers in it that customers stand behind: where each begins and how wide it is.
struct Line {
    text: String,
    style: Style,
    parts: Vec<(ModelPart, usize, usize)>,
}

impl Line {
    const fn plain(text: String, style: Style) -> Self {
        Self { text, style, parts: Vec::new() }
    }

    /// A line that is one number as a whole.
    fn of(text: String, style: Style, part: ModelPart) -> Self {
        let width = text::width(&text);
        Self { text, style, parts: vec![(part, 0, width)] }
    }
}

/// Draws the models around the place of the cursor.
pub fn draw(c: &mut Canvas, area: Rect, place: Place) {
    let theme = c.theme;
    let Some(models) = c.shared.feeds.models() else {
        let said = m::working(c.shared.counting, c.lang());
        c.put(area, (area.x + 1, area.y + 1), area.width, &said, theme.dim);
        return;
    };
    let on = place.part(models);
    let beside = area.width >= WIDE;
    let half = Rect { width: if beside { area.width / 2 } else { area.width }, ..area };
    let [what, who] = blocks(c, models, usize::from(half.width.saturating_sub(2)));
    if !beside {
        let lines: Vec<Line> = what.into_iter().chain(who).flatten().collect();
        return column(c, area, &lines, on, place);
    }
    let right = Rect { x: area.x + half.width, width: area.width - half.width, ..area };
    // the one without the cursor stays where it begins
    for (area, blocks) in [(half, what), (right, who)] {
        let lines: Vec<Line> = blocks.into_iter().flatten().collect();
        let here = if holds(&lines, on).is_some() { place } else { Place::default() };
        column(c, area, &lines, on, here);
    }
}

/// The line on which the number under the cursor stands.
fn holds(lines: &[Line], on: Option<ModelPart>) -> Option<usize> {
    lines.iter().position(|line| line.parts.iter().any(|(part, ..)| Some(*part) == on))
}

/// Draws a column of lines around the number under the cursor.
fn column(c: &mut Canvas, area: Rect, lines: &[Line], on: Option<ModelPart>, place: Place) {
    let theme = c.theme;
    let room = usize::from(area.height);
    let from = match holds(lines, on) {
        Some(at) if at + 1 < room => 0,
        Some(at) => at.saturating_sub(room / 2),
        None if place.row == 0 => 0,
        // behind the last number: what follows to its end
        None => lines.len(),
    };
    let from = from.min(lines.len().saturating_sub(room));
    for (line, y) in lines.iter().skip(from).zip(area.y..area.bottom()) {
        let cells = area.width.saturating_sub(2);
        c.put(area, (area.x + 1, y), cells, &line.text, line.style);
        for (part, start, wide) in &line.parts {
            if Some(*part) == on {
                let (start, wide) = (u16::try_from(*start).unwrap_or(0), u16::try_from(*wide).unwrap_or(0));
                let x = area.x + 1 + start.min(cells);
                c.tint(Rect { x, width: wide.min(area.right().saturating_sub(x)), ..area }, y, theme.select);
                c.put(area, (area.x, y), 1, "▌", theme.accent);
            }
        }
    }
}

/// What the models say, block by block: first of the forecast, then of the groups that customers fall into.
fn blocks(c: &Canvas, models: &Models, width: usize) -> [Vec<Vec<Line>>; 2] {
    let mut forecast = vec![told(c, models, width)];
    if let Some(outlook) = &models.outlook {
        forecast.push(titled(c, m::CHANCES, chances(c, &outlook.chances), None, width));
    }
    let mut groups = Vec::new();
    if models.customers > 0 {
        groups.push(titled(c, m::RFM, scored(c, models), Some(m::RFM_MEANING), width));
        groups.push(titled(c, m::LOYALTY, loyal(c, models), Some(m::LOYALTY_MEANING), width));
    }
    let clusters = m::clusters(models, c.lang());
    if !clusters.is_empty() {
        let mut block =
            titled(c, m::CLUSTERS, numbered(c, &clusters, ModelPart::Cluster, width), None, width);
        block.extend(m::learnt(models, c.lang()).into_iter().flat_map(|said| dim(c, &said, width)));
        groups.push(block);
    }
    let leaves = m::leaves(models, c.lang());
    if !leaves.is_empty() {
        let lines = numbered(c, &leaves, ModelPart::Leaf, width);
        groups.push(titled(c, m::TREE, lines, Some(m::TREE_MEANING), width));
    }
    [forecast, groups]
}

/// The forecast in sentences, and how the numbers below are opened.
fn told(c: &Canvas, models: &Models, width: usize) -> Vec<Line> {
    let theme = c.theme;
    let mut lines = Vec::new();
    for (i, sentence) in m::told(models, c.lang()).iter().enumerate() {
        let style = if i == 0 { theme.strong } else { theme.text };
        lines.extend(text::wrap(sentence, width, 4).into_iter().map(|l| Line::plain(l, style)));
    }
    if !rows(models).is_empty() {
        lines.push(Line::plain(m::OPENS.of(c.lang()).to_owned(), theme.dim));
    }
    lines
}

/// A block below its title, with what it means.
fn titled(
    c: &Canvas,
    title: Text,
    lines: impl IntoIterator<Item = Line>,
    meaning: Option<Text>,
    width: usize,
) -> Vec<Line> {
    let mut block = vec![
        Line::plain(String::new(), c.theme.text),
        Line::plain(title.of(c.lang()).to_owned(), c.theme.strong),
    ];
    block.extend(lines);
    block.extend(meaning.into_iter().flat_map(|text| dim(c, text.of(c.lang()), width)));
    block
}

fn dim(c: &Canvas, said: &str, width: usize) -> Vec<Line> {
    text::wrap(said, width, 3).into_iter().map(|line| Line::plain(line, c.theme.dim)).collect()
}

/// Sentences that are one number each.
fn numbered(c: &Canvas, said: &[String], part: fn(usize) -> ModelPart, width: usize) -> Vec<Line> {
    let of = |(number, said): (usize, &String)| {
        let lines = text::wrap(said, width, 3);
        lines.into_iter().map(move |line| Line::of(line, c.theme.text, part(number))).collect::<Vec<_>>()
    };
    said.iter().enumerate().flat_map(of).collect()
}

/// The chances to buy, a bar each.
fn chances<'c>(c: &'c Canvas, counts: &'c [usize; 10]) -> impl Iterator<Item = Line> + use<'c> {
    let whole = |n: usize| i64::try_from(n).unwrap_or(0);
    let most = whole(counts.iter().copied().max().unwrap_or(0));
    counts.iter().enumerate().map(move |(i, count)| {
        let band = m::CHANCE_BAND.with(c.lang(), &[&(i * 10), &(i * 10 + 10)]);
        let bar = chart::bar(whole(*count), most, BAR);
        let (band, count) = (text::fit(&band, 9, true), text::fit(&m::count(*count as f64), 9, true));
        Line::of(format!("{band} {count} {bar}"), c.theme.text, ModelPart::Chance(i))
    })
}

/// The scores, five a line, below their heads.
fn scored(c: &Canvas, models: &Models) -> Vec<Line> {
    let scores: String = (1..=5).map(|score| text::fit(&score.to_string(), 9, true)).collect();
    let heads = format!("{}{scores}", text::fit(m::SCORE.of(c.lang()), 10, false));
    let names = [m::RECENCY, m::FREQUENCY, m::MONETARY];
    let each = names.into_iter().zip(models.rfm).enumerate();
    let counted = each.map(|(measure, (name, counts))| {
        let figures: String = counts.iter().map(|n| text::fit(&m::count(*n as f64), 9, true)).collect();
        let part = |score: usize| (ModelPart::Score(measure, score), 1 + score * 9, 9);
        Line {
            text: format!("{}{figures}", text::fit(name.of(c.lang()), 10, false)),
            style: c.theme.text,
            parts: (1..=5).map(part).collect(),
        }
    });
    std::iter::once(Line::plain(heads, c.theme.dim)).chain(counted).collect()
}

/// Behaviour and attitude as a table of two by two, and those of whom one is not known.
fn loyal(c: &Canvas, models: &Models) -> Vec<Line> {
    let parts = [
        vec![],
        vec![(Attitude::TrueLoyal, 12), (Attitude::Inertia, 34)],
        vec![(Attitude::Latent, 12), (Attitude::None, 34)],
    ];
    let table = m::loyalty(models, c.lang()).into_iter().zip(parts).map(|([label, strong, weak], parts)| {
        let cells =
            [text::fit(&label, 12, false), text::fit(&strong, 22, false), text::fit(&weak, 22, false)];
        let parts = parts.into_iter().map(|(of, start)| (ModelPart::Loyalty(of), start, 22)).collect();
        Line { text: cells.concat(), style: c.theme.text, parts }
    });
    let unknown = m::UNKNOWN_ATTITUDE.with(c.lang(), &[&m::count(models.loyalty.unknown as f64)]);
    let unknown = Line::of(unknown, c.theme.text, ModelPart::Loyalty(Attitude::Unknown));
    table.chain([unknown]).collect()
}
