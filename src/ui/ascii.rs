//! Signs for terminals that draw lines and blocks two cells wide or not at all: every sign of ours has a plain stand-in
//! of one cell, put in place after everything is drawn, so that no pane has to know.

use ratatui::buffer::Buffer;

/// A sign and its stand-in.
const SIGNS: &[(&str, &str)] = &[
    ("─", "-"),
    ("│", "|"),
    ("┌", "+"),
    ("┐", "+"),
    ("└", "+"),
    ("┘", "+"),
    ("├", "+"),
    ("┤", "+"),
    ("▌", ">"),
    ("█", "#"),
    ("▊", "#"),
    ("▎", ":"),
    ("░", "."),
    ("┃", "!"),
    ("…", "~"),
    ("·", "-"),
    ("→", ">"),
    ("←", "<"),
    ("↑", "^"),
    ("↓", "v"),
    ("✓", "+"),
    ("✗", "x"),
    ("▲", "!"),
    ("▽", "v"),
    ("×", "x"),
    ("●", "*"),
    ("○", "o"),
    ("—", "-"),
    ("▁", "0"),
    ("▂", "1"),
    ("▃", "2"),
    ("▄", "3"),
    ("▅", "4"),
    ("▆", "5"),
    ("▇", "6"),
];

/// Replaces the program's signs by plain ones.
pub fn plain(buf: &mut Buffer) {
    for cell in &mut buf.content {
        if let Some((_, plain)) = SIGNS.iter().find(|(sign, _)| *sign == cell.symbol()) {
            cell.set_symbol(plain);
        }
    }
}
