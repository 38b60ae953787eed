//! The first line of a form: whom it is about on the left, what is done with it and who else is at it on the right, never one
//! over the other. Where there is no room for all, the number goes first, which a name stands for, and then what stands on
//! the right is cut; the name is shortened last.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::super::canvas::Canvas;
use super::super::super::text;

/// Cells between the two sides.
const GAP: usize = 2;
/// Cells that the right side keeps, so that it still says something.
const LEAST: usize = 16;

/// A piece of the line with its style.
type Part = (String, Style);

/// Draws the line at the top of the area.
pub(super) fn draw(c: &mut Canvas, area: Rect, whom: Vec<Part>, beside: Vec<Part>) {
    let (whom, beside) = fit(whom, beside, usize::from(area.width));
    let put = |c: &mut Canvas, x: u16, parts: &[Part]| {
        let parts: Vec<(&str, Style)> = parts.iter().map(|(text, style)| (text.as_str(), *style)).collect();
        c.line(area, (x, area.y), &parts);
    };
    put(c, area.x, &whom);
    let wide = u16::try_from(width(&beside)).unwrap_or(area.width);
    put(c, area.right().saturating_sub(wide + 1).max(area.x), &beside);
}

fn width(parts: &[Part]) -> usize {
    parts.iter().map(|(text, _)| text::width(text)).sum()
}

/// Both sides so that they have room beside each other in so many cells; the last of them stays free.
fn fit(mut whom: Vec<Part>, beside: Vec<Part>, cells: usize) -> (Vec<Part>, Vec<Part>) {
    let mut said: Vec<Part> = Vec::new();
    for (text, style) in beside {
        if !said.is_empty() {
            said.push((" · ".to_owned(), style));
        }
        said.push((text, style));
    }
    if said.is_empty() || width(&whom) + GAP + width(&said) < cells {
        return (text::squeezed(whom, cells), said);
    }
    whom.truncate(1);
    let right = width(&said).min(LEAST);
    let left = width(&whom).min(cells.saturating_sub(right + GAP + 1));
    let whom: Vec<Part> =
        whom.into_iter().map(|(name, style)| (text::cut(&name, left).into_owned(), style)).collect();
    let mut room = cells.saturating_sub(width(&whom) + GAP + 1);
    let mut kept = Vec::new();
    for (text, style) in said {
        let text = text::cut(&text, room).into_owned();
        room -= text::width(&text).min(room);
        kept.push((text, style));
    }
    (whom, kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(name: &str, beside: &[&str], cells: usize) -> (String, String) {
        let part = |text: &&str| ((*text).to_owned(), Style::default());
        let whom = vec![part(&name), part(&"  C2021040052")];
        let (whom, said) = fit(whom, beside.iter().map(part).collect(), cells);
        assert!(width(&whom) + width(&said) + if said.is_empty() { 0 } else { GAP } <= cells);
        (whom.into_iter().map(|p| p.0).collect(), said.into_iter().map(|p| p.0).collect())
    }

    #[test]
    fn whom_a_form_is_about_and_what_it_fulfils_never_stand_over_each_other() {
        let does = "done with it: propose a spare-parts stock";
        let (whom, said) = line("Ridgebrook Furniture Ltd.", &[does], 90);
        assert_eq!((whom.as_str(), said.as_str()), ("Ridgebrook Furniture Ltd.  C2021040052", does));
        // the number goes first
        let (whom, said) = line("Ridgebrook Furniture Ltd.", &[does], 72);
        assert_eq!((whom.as_str(), said.as_str()), ("Ridgebrook Furniture Ltd.", does));
        let (whom, said) = line("Ridgebrook Furniture Ltd.", &[does], 52);
        assert_eq!((whom.as_str(), said.as_str()), ("Ridgebrook Furniture Ltd.", "done with it: propose a…"));
        let (whom, said) = line(&"很长的名称".repeat(9), &["同时完成:报价", "王敏也在编辑"], 36);
        assert!(whom.ends_with('…') && said.starts_with("同时完成:报价"), "{whom} {said}");
        // alone it has the whole line
        assert_eq!(line("宏达", &[], 36), ("宏达  C2021040052".to_owned(), String::new()));
    }
}
