//! Pane 5, the models: what they say of the whole base in plain words, the chances as bars, the groups, the tree.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::text;
use super::super::widgets::chart;
use crate::i18n::models as m;
use crate::store::request::Models;

/// Cells of a bar.
const BAR: usize = 24;

/// Draws the models from a line on.
pub fn draw(c: &mut Canvas, area: Rect, from: usize) {
    let theme = c.theme;
    let Some(models) = c.shared.feeds.models() else {
        c.put(area, (area.x + 1, area.y + 1), area.width, c.say(m::COUNTING), theme.dim);
        return;
    };
    let width = usize::from(area.width.saturating_sub(2));
    let lines = lines(c, models, width);
    let room = usize::from(area.height);
    let from = from.min(lines.len().saturating_sub(room));
    for (i, (line, style)) in lines.iter().skip(from).take(room).enumerate() {
        c.put(
            area,
            (area.x + 1, area.y + u16::try_from(i).unwrap_or(0)),
            area.width.saturating_sub(2),
            line,
            *style,
        );
    }
}

fn lines(c: &Canvas, models: &Models, width: usize) -> Vec<(String, Style)> {
    let (theme, lang) = (c.theme, c.lang());
    let mut lines: Vec<(String, Style)> = Vec::new();
    for (i, sentence) in m::told(models, lang).iter().enumerate() {
        let style = if i == 0 { theme.strong } else { theme.text };
        lines.extend(text::wrap(sentence, width, 4).into_iter().map(|l| (l, style)));
    }
    let title = |text: crate::i18n::Text, lines: &mut Vec<(String, Style)>| {
        lines.push((String::new(), theme.text));
        lines.push((text.of(lang).to_owned(), theme.strong));
    };
    if let Some(outlook) = &models.outlook {
        title(m::CHANCES, &mut lines);
        let whole = |n: usize| i64::try_from(n).unwrap_or(0);
        let most = whole(outlook.chances.iter().copied().max().unwrap_or(0));
        for (i, count) in outlook.chances.iter().enumerate() {
            let band = m::CHANCE_BAND.with(lang, &[&(i * 10), &(i * 10 + 10)]);
            let bar = chart::bar(whole(*count), most, BAR);
            let line = format!(
                "{} {} {bar}",
                text::fit(&band, 9, true),
                text::fit(&m::count(*count as f64), 9, true)
            );
            lines.push((line, theme.text));
        }
    }
    if models.customers > 0 {
        title(m::RFM, &mut lines);
        let scores: String = (1..=5).map(|score| text::fit(&score.to_string(), 9, true)).collect();
        lines.push((format!("{}{scores}", text::fit(m::SCORE.of(lang), 10, false)), theme.dim));
        for (name, counts) in [m::RECENCY, m::FREQUENCY, m::MONETARY].into_iter().zip(models.rfm) {
            let counts: Vec<String> =
                counts.iter().map(|n| text::fit(&m::count(*n as f64), 9, true)).collect();
            lines.push((format!("{}{}", text::fit(name.of(lang), 10, false), counts.concat()), theme.text));
        }
        lines.extend(text::wrap(m::RFM_MEANING.of(lang), width, 3).into_iter().map(|l| (l, theme.dim)));
    }
    if models.customers > 0 {
        title(m::LOYALTY, &mut lines);
        for [label, strong, weak] in m::loyalty(models, lang) {
            let row =
                [text::fit(&label, 12, false), text::fit(&strong, 22, false), text::fit(&weak, 22, false)]
                    .concat();
            lines.push((row, theme.text));
        }
        let unknown = m::count(models.loyalty.unknown as f64);
        lines.push((m::UNKNOWN_ATTITUDE.with(lang, &[&unknown]), theme.text));
        lines.extend(text::wrap(m::LOYALTY_MEANING.of(lang), width, 3).into_iter().map(|l| (l, theme.dim)));
    }
    for (heading, rows) in [(m::CLUSTERS, m::clusters(models, lang)), (m::TREE, m::leaves(models, lang))] {
        if !rows.is_empty() {
            title(heading, &mut lines);
            lines.extend(rows.iter().flat_map(|r| text::wrap(r, width, 3)).map(|l| (l, theme.text)));
        }
    }
    lines
}
