//! Why an import did not go through, as data; `words` says it.

use crate::domain::field::Noun;
use crate::domain::import::{Report, Sheets};
use crate::exchange::columns::Column;
use crate::exchange::decode::Binary;
use crate::exchange::mapping::MapError;
use crate::exchange::table::{BookError, TableError};
use crate::store::request::StoreError;

/// Why an import did not go through; [`super::sentence`] words each.
#[derive(Clone, Debug, PartialEq)]
pub enum ImportError {
    /// The file cannot be opened or read: which and why.
    Unreadable {
        /// The file.
        file: String,
        /// What the system says.
        why: String,
    },
    /// It is no text.
    Binary(Binary),
    /// It is a workbook that cannot be read.
    Book(BookError),
    /// A sheet was asked for, and the file has none.
    NoSheets,
    /// There is nothing in it.
    Empty,
    /// There are headings and nothing else.
    NoRows,
    /// No delimiter makes columns.
    NoColumns,
    /// A quotation mark is not closed.
    OpenQuote {
        /// Line, from 1.
        line: u64,
    },
    /// Not text near this line.
    NotText {
        /// Line, from 1.
        line: u64,
    },
    /// Nothing tells what the rows are.
    Unrecognised {
        /// The headings.
        headings: Vec<String>,
    },
    /// Columns are missing that the rows cannot do without.
    Missing {
        /// What the rows are.
        noun: Noun,
        /// Which.
        columns: Vec<Column>,
        /// The headings.
        headings: Vec<String>,
    },
    /// A sheet of a workbook cannot be brought in, and there are others.
    Sheet {
        /// Why not.
        why: Box<Self>,
        /// Which it is, and which there are.
        sheets: Sheets,
    },
    /// The mapping file is refused.
    Mapping(MapError),
    /// The file of rejected rows cannot be written: which and why.
    Rejects {
        /// The file.
        file: String,
        /// What the system says.
        why: String,
    },
    /// The file of rejected rows would be the one that is read.
    RejectsInput(String),
    /// The store refused.
    Store(StoreError),
    /// It stopped halfway; what had come in is kept and can be taken back.
    Cut {
        /// Why.
        why: Box<Self>,
        /// What had come in.
        report: Box<Report>,
    },
}

impl ImportError {
    /// The same, told of a sheet, where another one may do: neither what came in halfway nor what the store refuses is a
    /// matter of the sheet.
    pub(super) fn of_sheet(self, sheets: &Sheets) -> Self {
        match self {
            why @ (Self::Store(_) | Self::Cut { .. } | Self::Rejects { .. } | Self::Unreadable { .. }) => why,
            why if sheets.next().is_none() => why,
            why => Self::Sheet { why: Box::new(why), sheets: sheets.clone() },
        }
    }
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The same of a table, in a file of this name.
pub(in crate::exchange) fn of_table(error: TableError, file: &str) -> ImportError {
    match error {
        TableError::Empty => ImportError::Empty,
        TableError::Binary(kind) => ImportError::Binary(kind),
        TableError::NoColumns => ImportError::NoColumns,
        TableError::OpenQuote { line } => ImportError::OpenQuote { line },
        TableError::NotText { line } => ImportError::NotText { line },
        TableError::Book(error) => ImportError::Book(error),
        TableError::Io(error) => ImportError::Unreadable { file: file.to_owned(), why: error.to_string() },
    }
}
