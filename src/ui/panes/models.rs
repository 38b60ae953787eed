//! Pane 5, the models: what they say of the whole base in plain words, the chances as bars, the groups, the tree. The number
//! under the cursor is marked; `Enter` lists the customers behind it.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::text;
use super::super::widgets::chart;
use crate::app::panes::board::models::{Place, rows};
use crate::i18n::models as m;
use crate::store::request::{Attitude, ModelPart, Models};

/// Cells of a bar.
const BAR: usize = 24;

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
    let width = usize::from(area.width.saturating_sub(2));
    let lines = lines(c, models, width);
    let room = usize::from(area.height);
    let on = place.part(models);
    let holds = |line: &Line| line.parts.iter().any(|(part, ..)| Some(*part) == on);
    let at = lines.iter().position(holds);
    let from = match at {
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

fn lines(c: &Canvas, models: &Models, width: usize) -> Vec<Line> {
    let (theme, lang) = (c.theme, c.lang());
    let mut lines: Vec<Line> = Vec::new();
    for (i, sentence) in m::told(models, lang).iter().enumerate() {
        let style = if i == 0 { theme.strong } else { theme.text };
        lines.extend(text::wrap(sentence, width, 4).into_iter().map(|l| Line::plain(l, style)));
    }
    if !rows(models).is_empty() {
        lines.push(Line::plain(m::OPENS.of(lang).to_owned(), theme.dim));
    }
    let title = |text: crate::i18n::Text, lines: &mut Vec<Line>| {
        lines.push(Line::plain(String::new(), theme.text));
        lines.push(Line::plain(text.of(lang).to_owned(), theme.strong));
    };
    let note = |text: crate::i18n::Text, lines: &mut Vec<Line>| {
        lines.extend(text::wrap(text.of(lang), width, 3).into_iter().map(|l| Line::plain(l, theme.dim)));
    };
    if let Some(outlook) = &models.outlook {
        title(m::CHANCES, &mut lines);
        lines.extend(chances(c, &outlook.chances));
    }
    if models.customers > 0 {
        title(m::RFM, &mut lines);
        let scores: String = (1..=5).map(|score| text::fit(&score.to_string(), 9, true)).collect();
        let heads = format!("{}{scores}", text::fit(m::SCORE.of(lang), 10, false));
        lines.push(Line::plain(heads, theme.dim));
        lines.extend(scored(c, models));
        note(m::RFM_MEANING, &mut lines);
        title(m::LOYALTY, &mut lines);
        lines.extend(loyal(c, models));
        note(m::LOYALTY_MEANING, &mut lines);
    }
    let clusters = m::clusters(models, lang);
    if !clusters.is_empty() {
        title(m::CLUSTERS, &mut lines);
        for (number, said) in clusters.iter().enumerate() {
            let part = ModelPart::Cluster(number);
            lines.extend(text::wrap(said, width, 3).into_iter().map(|l| Line::of(l, theme.text, part)));
        }
        if let Some(said) = m::learnt(models, lang) {
            lines.extend(text::wrap(&said, width, 3).into_iter().map(|l| Line::plain(l, theme.dim)));
        }
    }
    let leaves = m::leaves(models, lang);
    if !leaves.is_empty() {
        title(m::TREE, &mut lines);
        for (number, said) in leaves.iter().enumerate() {
            let part = ModelPart::Leaf(number);
            lines.extend(text::wrap(said, width, 3).into_iter().map(|l| Line::of(l, theme.text, part)));
        }
        note(m::TREE_MEANING, &mut lines);
    }
    lines
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

/// The scores, five a line.
fn scored(c: &Canvas, models: &Models) -> Vec<Line> {
    let names = [m::RECENCY, m::FREQUENCY, m::MONETARY];
    let each = names.into_iter().zip(models.rfm).enumerate();
    each.map(|(measure, (name, counts))| {
        let figures: String = counts.iter().map(|n| text::fit(&m::count(*n as f64), 9, true)).collect();
        let part = |score: usize| (ModelPart::Score(measure, score), 1 + score * 9, 9);
        Line {
            text: format!("{}{figures}", text::fit(name.of(c.lang()), 10, false)),
            style: c.theme.text,
            parts: (1..=5).map(part).collect(),
        }
    })
    .collect()
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
