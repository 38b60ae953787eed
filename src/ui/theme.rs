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

impl Theme {
    /// The theme with this id.
    pub const fn of(id: ThemeId) -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        match id {
            ThemeId::Dark => Self {
                text: plain,
                strong: bold,
                dim: fg(rgb(132, 142, 156)),
                accent: fg(rgb(102, 178, 240)),
                good: fg(rgb(126, 196, 132)),
                warn: fg(rgb(229, 181, 103)),
                bad: fg(rgb(236, 118, 126)),
                select: plain.bg(rgb(38, 50, 68)),
                matched: fg(rgb(229, 181, 103)).add_modifier(Modifier::BOLD),
                field: plain.bg(rgb(38, 50, 68)),
            },
            ThemeId::Light => Self {
                text: plain,
                strong: bold,
                dim: fg(rgb(106, 112, 122)),
                accent: fg(rgb(0, 92, 175)),
                good: fg(rgb(24, 120, 54)),
                warn: fg(rgb(150, 92, 0)),
                bad: fg(rgb(182, 28, 40)),
                // with its own ink, should the background be dark after all
                select: plain.bg(rgb(214, 227, 244)).fg(rgb(20, 26, 36)),
                matched: fg(rgb(150, 92, 0)).add_modifier(Modifier::BOLD),
                field: plain.bg(rgb(228, 236, 246)).fg(rgb(20, 26, 36)),
            },
            ThemeId::Sixteen => Self {
                text: plain,
                strong: bold,
                dim: fg(Color::DarkGray),
                accent: fg(Color::Cyan),
                good: fg(Color::Green),
                warn: fg(Color::Yellow),
                bad: fg(Color::Red),
                select: plain.add_modifier(Modifier::REVERSED),
                matched: fg(Color::Yellow).add_modifier(Modifier::BOLD),
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
