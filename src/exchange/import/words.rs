//! What is wrong with a file, a row or a cell, as one sentence that says what to do.

use super::ImportError;
use crate::domain::field::{Field, Noun, Spec, fields_of};
use crate::exchange::columns;
use crate::exchange::columns::Column;
use crate::exchange::decode::Binary;
use crate::exchange::mapping::MapError;
use crate::exchange::table::BookError;
use crate::exchange::values::{CellError, Wanted};
use crate::i18n::{Lang, Text, errors, exchange as t, fields, format};

/// The sentence for an import that did not go through.
pub fn sentence(error: &ImportError, lang: Lang) -> String {
    match error {
        ImportError::Unreadable { file, why } => t::NO_FILE.with(lang, &[file, &errors::system(why, lang)]),
        // a zip that was not looked into
        ImportError::Binary(Binary::Zip) | ImportError::Book(BookError::Other) => {
            t::OTHER_ZIP.of(lang).to_owned()
        }
        ImportError::Binary(Binary::OldExcel) => t::OLD_XLS.of(lang).to_owned(),
        ImportError::Book(BookError::Damaged) => t::BOOK_DAMAGED.of(lang).to_owned(),
        ImportError::Book(BookError::Huge) => t::BOOK_HUGE.of(lang).to_owned(),
        ImportError::Book(BookError::Cell(word, row)) => t::BOOK_CELL.with(lang, &[row, word]),
        ImportError::Book(BookError::Locked) => t::BOOK_LOCKED.of(lang).to_owned(),
        ImportError::Book(BookError::NoSheet(asked, sheets)) => {
            t::NO_SHEET.with(lang, &[asked, &listed(sheets, lang)])
        }
        ImportError::NoSheets => t::NO_SHEETS.of(lang).to_owned(),
        ImportError::Binary(Binary::Gzip) => t::PACKED.of(lang).to_owned(),
        ImportError::Binary(Binary::Pdf) => t::PDF.of(lang).to_owned(),
        ImportError::Binary(Binary::Other) => t::NO_TABLE.of(lang).to_owned(),
        ImportError::Binary(Binary::Database) => t::DATABASE.of(lang).to_owned(),
        ImportError::Empty => t::EMPTY_FILE.of(lang).to_owned(),
        ImportError::NoRows => t::NO_ROWS.of(lang).to_owned(),
        ImportError::NoColumns => t::NO_COLUMNS.of(lang).to_owned(),
        ImportError::OpenQuote { line } => t::OPEN_QUOTE.with(lang, &[line]),
        ImportError::NotText { line } => t::NOT_TEXT.with(lang, &[line]),
        ImportError::Unrecognised { headings } => {
            t::UNKNOWN_HEADINGS.with(lang, &[&listed(headings, lang), &t::EXAMPLE.of(lang)])
        }
        ImportError::Missing { noun, columns, headings } => {
            let names: Vec<String> = columns.iter().map(|c| label(*c, *noun, lang)).collect();
            t::MISSING.with(lang, &[&listed(&names, lang), &plural(*noun).of(lang), &listed(headings, lang)])
        }
        ImportError::Sheet { why, sheets } => t::OF_SHEET.with(lang, &[&sheets.read, &sentence(why, lang)]),
        ImportError::Mapping(error) => mapping(error, lang),
        ImportError::Rejects { file, why } => t::NO_REJECTS.with(lang, &[file, &errors::system(why, lang)]),
        ImportError::RejectsInput(file) => t::REJECTS_INPUT.with(lang, &[file]),
        ImportError::Store(error) => errors::told(error, lang),
        ImportError::Cut { why, .. } => t::CUT.with(lang, &[&sentence(why, lang)]),
    }
}

/// The sentence for a mapping file that is refused.
pub fn mapping(error: &MapError, lang: Lang) -> String {
    match error {
        MapError::NoAssignment { line } => t::MAP_LINE.with(lang, &[line]),
        MapError::UnknownColumn { line, word } => {
            let ids: Vec<&str> = columns::COLUMNS.iter().map(|c| c.id).collect();
            t::MAP_WORD.with(lang, &[line, word, &format::list(&ids, lang)])
        }
        MapError::Twice { line, heading } => t::MAP_TWICE.with(lang, &[line, heading]),
    }
}

/// The sentence for a cell that is refused, named by the file's own heading.
pub fn cell(error: &CellError, heading: &str, lang: Lang) -> String {
    let said = |text: Text| text.with(lang, &[&heading, &error.text]);
    match error.wanted {
        Wanted::Decodable => said(t::CELL_DECODE),
        Wanted::Shorter(most) => t::CELL_LONG.with(lang, &[&heading, &most]),
        Wanted::NoFormulaError => said(t::CELL_FORMULA),
        Wanted::Date => said(t::CELL_DATE),
        Wanted::Amount => said(t::CELL_AMOUNT),
        Wanted::Integer => said(t::CELL_INTEGER),
        Wanted::YesNo => said(t::CELL_YES_NO),
        Wanted::OneOf(list) => {
            let words: Vec<&str> = list.shown(lang == Lang::Zh).collect();
            t::CELL_WORD.with(lang, &[&heading, &error.text, &format::list(&words, lang)])
        }
        Wanted::Size => said(t::CELL_SIZE),
        Wanted::Phones => said(t::CELL_PHONES),
        Wanted::OneLine => t::CELL_LINES.with(lang, &[&heading]),
        Wanted::AllDigits => said(t::CELL_DIGITS),
        Wanted::Emails => said(t::CELL_EMAILS),
    }
}

/// The field of the screens that a column fills, where one word of theirs says it.
fn field(column: Column, noun: Noun) -> Option<Field> {
    Some(match column {
        Column::Contact => Field::Contact,
        Column::Title => Field::Title,
        Column::Phone => Field::Phone,
        Column::Email => Field::Email,
        Column::Wechat => Field::Wechat,
        Column::Birthday => Field::Birthday,
        Column::Owner => Field::Owner,
        // of a file about something else, number and name are the customer's
        column if noun == Noun::Customer => {
            let id = column.spec().id;
            let same = |s: &&Spec| s.column.trim_end_matches("_fen").trim_end_matches("_id") == id;
            return fields_of(Noun::Customer).find(same).map(|spec| spec.field);
        }
        _ => return None,
    })
}

/// What a column is called: as the screens call its field, else its first heading in the language.
pub fn label(column: Column, noun: Noun, lang: Lang) -> String {
    // in Chinese the first headings are those of the handbooks' templates, which people have before them
    if let Some(field) = field(column, noun).filter(|_| lang == Lang::En) {
        return fields::label(field).en.to_owned();
    }
    let aliases = || column.spec().aliases(super::columns_of(noun));
    let chosen = match lang {
        Lang::En => aliases().nth(1).filter(|alias| alias.is_ascii()).or_else(|| aliases().next()),
        Lang::Zh => aliases().find(|alias| !alias.is_ascii()),
    };
    chosen.unwrap_or(column.spec().id).to_owned()
}

/// What rows of a noun are called.
pub fn plural(noun: Noun) -> Text {
    match noun {
        Noun::Contact => t::CONTACTS,
        Noun::Order => t::ORDERS,
        Noun::Touch => t::TOUCHES,
        Noun::Survey => t::SURVEYS,
        _ => t::CUSTOMERS,
    }
}

/// The first ten of a list.
fn listed(words: &[String], lang: Lang) -> String {
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|w| !w.is_empty()).take(10).collect();
    format::list(&words, lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_called_as_the_screens_call_their_fields() {
        let told = |column, noun| label(column, noun, Lang::En);
        for (column, word) in [
            (Column::Industry, "Industry"),
            (Column::Name, "Name"),
            (Column::Phone, "Phone"),
            (Column::Owner, "Owner"),
        ] {
            assert_eq!(told(column, Noun::Customer), word);
        }
        assert_eq!(told(Column::Owner, Noun::Touch), "Owner");
        assert_eq!(told(Column::Name, Noun::Order), "customer", "whose it is");
    }
}
