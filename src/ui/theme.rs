//! Colours by meaning. A pane asks for `bad` or `dim`, never for a colour; every meaning is also a word or a sign on the
//! screen. The background is always the terminal's own.

use ratatui::style::{Color, Modifier, Style};

use crate::app::shared::{ThemeId, Tone};

/// The styles of the program.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// Plain text.
    pub text: Style,
    /// Headings, the name of what is at hand.
    pub strong: Style,
    /// What is there but not looked for: labels, rules, keys' words.
    pub dim: Style,
    /// What can be pressed, where one is.
    pub accent: Style,
    /// Done, on time.
    pub good: Style,
    /// Soon.
    pub warn: Style,
    /// Late, wrong.
    pub bad: Style,
    /// The row of the cursor.
    pub select: Style,
    /// The part of a text that was searched for.
    pub matched: Style,
    /// A field with the focus.
    pub field: Style,
}

const fn fg(color: Color) -> Style {
    Style::new().fg(color)
}

const fn rgb(r: u8, g: u8, b: u8) -> Color {
    Color::Rgb(r, g, b)
}

/// A style as it is laid under what is written already: on a ground of its own a colour that is there stays.
pub fn laid_under(style: Style, there: Style) -> Style {
    let coloured = style.bg.is_some() && there.fg.is_some_and(|ink| ink != Color::Reset);
    if coloured { Style { fg: None, ..style } } else { style }
}

impl Theme {
    /// The theme with this id.
    pub const fn of(id: ThemeId) -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        match id {
            ThemeId::Dark => Self {
                text: plain,
                strong: bold,
                dim: fg(rgb(144, 154, 168)),
                accent: fg(rgb(102, 178, 240)),
                good: fg(rgb(126, 196, 132)),
                warn: fg(rgb(229, 181, 103)),
                bad: fg(rgb(236, 118, 126)),
                // with its own ink, should the background be light after all
                select: plain.bg(rgb(38, 50, 68)).fg(rgb(226, 232, 240)),
                matched: fg(rgb(229, 181, 103)).add_modifier(Modifier::BOLD),
                field: plain.bg(rgb(38, 50, 68)).fg(rgb(226, 232, 240)),
            },
            ThemeId::Light => Self {
                text: plain,
                strong: bold,
                dim: fg(rgb(92, 98, 108)),
                accent: fg(rgb(0, 92, 175)),
                good: fg(rgb(18, 108, 46)),
                warn: fg(rgb(138, 82, 0)),
                bad: fg(rgb(182, 28, 40)),
                // with its own ink, should the background be dark after all
                select: plain.bg(rgb(214, 227, 244)).fg(rgb(20, 26, 36)),
                matched: fg(rgb(138, 82, 0)).add_modifier(Modifier::BOLD),
                field: plain.bg(rgb(228, 236, 246)).fg(rgb(20, 26, 36)),
            },
            ThemeId::Sixteen => Self {
                text: plain,
                strong: bold,
                // half as bright as the text, whatever the text's colour is: bright black is the background of some palettes
                dim: plain.add_modifier(Modifier::DIM),
                // nothing says whether the background is white: cyan and yellow would be lost on it, blue on black
                accent: bold,
                good: fg(Color::Green),
                warn: fg(Color::Magenta),
                bad: fg(Color::Red),
                // one ink for the whole row: a colour turned into a background swallows its text
                select: fg(Color::Reset).remove_modifier(Modifier::DIM).add_modifier(Modifier::REVERSED),
                matched: plain.add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
                field: plain.add_modifier(Modifier::UNDERLINED),
            },
            ThemeId::Mono => Self {
                text: plain,
                strong: bold,
                dim: plain,
                accent: bold,
                good: plain,
                warn: bold,
                bad: bold,
                select: plain.add_modifier(Modifier::REVERSED),
                matched: plain.add_modifier(Modifier::UNDERLINED),
                field: plain.add_modifier(Modifier::UNDERLINED),
            },
        }
    }

    /// A proposal in a field: the next key takes its place.
    pub const fn proposal(&self) -> Style {
        self.field.add_modifier(Modifier::REVERSED)
    }

    /// The style of a notice.
    pub const fn tone(&self, tone: Tone) -> Style {
        match tone {
            Tone::Good => self.good,
            Tone::Plain => self.accent,
            Tone::Bad => self.bad,
        }
    }

    /// The style of a segment: the two that are worked first stand out, those who sleep step back.
    pub fn segment(&self, id: Option<&str>) -> Style {
        match id {
            Some("high") => self.accent,
            Some("growth") => self.good,
            Some("cooling" | "dormant") => self.dim,
            _ => self.text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How bright a colour is, by the Web Content Accessibility Guidelines 2.2, 0 to 1.
    fn luminance(color: Color) -> f64 {
        let Color::Rgb(r, g, b) = color else { panic!("{color:?} has no values of its own") };
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    }

    fn contrast(one: Color, other: Color) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn inks(theme: &Theme) -> [Style; 6] {
        [theme.dim, theme.accent, theme.good, theme.warn, theme.bad, theme.matched]
    }

    #[test]
    fn every_ink_is_read_on_the_ground_it_is_made_for_and_on_the_row_of_the_cursor() {
        for (id, ground) in [(ThemeId::Dark, rgb(30, 30, 30)), (ThemeId::Light, rgb(255, 255, 255))] {
            let theme = Theme::of(id);
            for ink in inks(&theme) {
                let ratio = contrast(ink.fg.unwrap(), ground);
                assert!(ratio >= 4.5, "{id:?} {ink:?} {ratio}");
                // a colour keeps itself on the row of the cursor
                let ratio = contrast(ink.fg.unwrap(), theme.select.bg.unwrap());
                assert!(ratio >= 4.5, "{id:?} {ink:?} on the cursor {ratio}");
            }
            for row in [theme.select, theme.field] {
                let ratio = contrast(row.fg.unwrap(), row.bg.unwrap());
                assert!(ratio >= 7.0, "{id:?} {row:?} {ratio}");
            }
        }
    }

    #[test]
    fn with_few_colours_the_row_of_the_cursor_has_one_ink_and_no_ink_is_lost_on_white_or_black() {
        for id in [ThemeId::Sixteen, ThemeId::Mono] {
            let theme = Theme::of(id);
            for ink in inks(&theme) {
                let row = ink.patch(theme.select);
                assert!(matches!(row.fg, None | Some(Color::Reset)), "{id:?} {row:?}");
                assert!(row.add_modifier.contains(Modifier::REVERSED), "{id:?} {row:?}");
                // bright black is the ground of some palettes
                let lost = [Color::DarkGray, Color::Yellow, Color::Cyan, Color::Blue].map(Some);
                assert!(!lost.contains(&ink.fg), "{id:?} {ink:?}");
            }
        }
    }
}
