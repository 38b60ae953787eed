//! A key press as plain data, so that nothing above the terminal knows a terminal library. Keys are written as in
//! `keys.toml`: `e`, `F4`, `Ctrl-R`, `Space`, `g g` for two in a row.

use std::fmt;
use std::str::FromStr;

/// Which key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the keys of a keyboard")]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
}

/// A key with what was held down; Shift is in the character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Control was held.
    pub ctrl: bool,
    /// Alt was held.
    pub alt: bool,
}

impl Key {
    /// A key alone.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    /// A character alone.
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// The key as a command: a full-width sign typed with an input method switched on counts as its narrow form.
    #[must_use]
    pub fn narrow(self) -> Self {
        let Code::Char(c) = self.code else { return self };
        let narrow = match c {
            '\u{3000}' => ' ',
            '。' => '.',
            '，' => ',',
            '、' => '/',
            '【' => '[',
            '】' => ']',
            '—' => '-',
            // U+FF01..U+FF5E are the full-width forms of U+0021..U+007E
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            c => c,
        };
        Self { code: Code::Char(narrow), ..self }
    }

    /// The character it types, if it types one.
    pub const fn typed(self) -> Option<char> {
        match (self.code, self.ctrl, self.alt) {
            (Code::Char(c), false, false) => Some(c),
            _ => None,
        }
    }
}

const NAMES: &[(&str, Code)] = &[
    ("Enter", Code::Enter),
    ("Esc", Code::Esc),
    ("Tab", Code::Tab),
    ("BackTab", Code::BackTab),
    ("Backspace", Code::Backspace),
    ("Del", Code::Delete),
    ("←", Code::Left),
    ("→", Code::Right),
    ("↑", Code::Up),
    ("↓", Code::Down),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PgUp", Code::PageUp),
    ("PgDn", Code::PageDown),
    ("Space", Code::Char(' ')),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        if let Some((name, _)) = NAMES.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            Code::Char(c) if self.ctrl || self.alt => write!(f, "{}", c.to_uppercase()),
            Code::Char(c) => write!(f, "{c}"),
            Code::F(n) => write!(f, "F{n}"),
            _ => Ok(()),
        }
    }
}

/// Why a key's name is not understood: the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchKey(pub String);

impl FromStr for Key {
    type Err = NoSuchKey;

    fn from_str(text: &str) -> Result<Self, NoSuchKey> {
        let wrong = || NoSuchKey(text.to_owned());
        let mut rest = text;
        let mut key = Self::plain(Code::Esc);
        loop {
            if let Some(r) = rest.strip_prefix("Ctrl-") {
                (key.ctrl, rest) = (true, r);
            } else if let Some(r) = rest.strip_prefix("Alt-") {
                (key.alt, rest) = (true, r);
            } else {
                break;
            }
        }
        if let Some((_, code)) = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(rest)) {
            key.code = *code;
            return Ok(key);
        }
        let mut chars = rest.chars();
        match (chars.next(), chars.as_str()) {
            (Some(c), "") => {
                key.code = Code::Char(if key.ctrl || key.alt { c.to_ascii_lowercase() } else { c });
                Ok(key)
            }
            (Some('F' | 'f'), number) => {
                let n: u8 = number.parse().map_err(|_| wrong())?;
                key.code = Code::F(n);
                if (1..=12).contains(&n) { Ok(key) } else { Err(wrong()) }
            }
            _ => Err(wrong()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_keys_are_read_as_they_are_written() {
        for name in ["e", "F4", "Ctrl-R", "Space", "Enter", "?", "PgDn", "Alt-B", "]", "G", "-"] {
            let key: Key = name.parse().unwrap();
            assert_eq!(key.to_string(), name);
        }
        assert_eq!("F13".parse::<Key>(), Err(NoSuchKey("F13".into())));
        assert_eq!("Nope".parse::<Key>(), Err(NoSuchKey("Nope".into())));
    }

    #[test]
    fn full_width_signs_count_as_narrow_ones() {
        assert_eq!(Key::char('：').narrow(), Key::char(':'));
        assert_eq!(Key::char('？').narrow(), Key::char('?'));
        assert_eq!(Key::char('／').narrow(), Key::char('/'));
        assert_eq!(Key::char('王').narrow(), Key::char('王'));
    }
}
