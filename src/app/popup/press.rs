//! Keys and pasted text in popups that are lists, with or without a line to search by.

use tui_input::{Input, InputRequest};

use super::super::cursor::{Cursor, Move};
use super::super::form::line_key;
use super::super::key::{Code, Key};
use crate::domain::text::clean_pasted;

/// What a key did to a popup that is a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picked {
    /// The row under the cursor was chosen.
    Chosen,
    /// It was to be removed.
    Removed,
    /// The popup is to close.
    Left,
    /// The cursor moved, or nothing happened.
    Moved,
    /// Text was typed.
    Typed,
}

/// Keys of a list popup: with an input line letters are typed, without one they move.
pub fn press(
    key: Key,
    input: Option<&mut Input>,
    cursor: &mut Cursor,
    count: usize,
    height: usize,
) -> Picked {
    let ids: Vec<i64> = (0..i64::try_from(count).unwrap_or(0)).collect();
    let typing = input.is_some();
    let go = match (key.narrow().code, key.ctrl) {
        (Code::Esc, _) => return Picked::Left,
        (Code::Enter, _) => return Picked::Chosen,
        (Code::Down, _) | (Code::Char('n'), true) => Move::By(1),
        (Code::Up, _) | (Code::Char('p'), true) => Move::By(-1),
        (Code::PageDown, _) => Move::Page(1),
        (Code::PageUp, _) => Move::Page(-1),
        (Code::Char('j'), false) if !typing => Move::By(1),
        (Code::Char('k'), false) if !typing => Move::By(-1),
        (Code::Char('q' | '-'), false) if !typing => return Picked::Left,
        (Code::Home, _) if !typing => Move::First,
        (Code::End, _) if !typing => Move::Last,
        (Code::Delete, _) if !typing => return Picked::Removed,
        _ => {
            let changed = input
                .zip(line_key(key))
                .and_then(|(input, request)| input.handle(request))
                .is_some_and(|change| change.value);
            if changed {
                *cursor = Cursor::default();
                return Picked::Typed;
            }
            return Picked::Moved;
        }
    };
    cursor.go(go, &ids, height);
    Picked::Moved
}

/// The characters that a line to search by takes by pasting.
const PASTED: usize = 400;

/// Pastes one line into an input; tells how many characters had no room.
pub fn paste_line(input: &mut Input, text: &str) -> usize {
    let (text, cut) = clean_pasted(text, false);
    for c in text.chars().take(PASTED) {
        input.handle(InputRequest::InsertChar(c));
    }
    cut + text.chars().skip(PASTED).count()
}
