//! What an import found and did, as plain data: the command line prints it, the screen shows it before and after.

use serde::Serialize;

use super::field::Noun;

/// What a file is about to do, or has done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Customers, contacts, orders or touches.
    pub noun: Noun,
    /// The file's name.
    pub file: String,
    /// Its encoding, as people call it; `XLSX` of a workbook.
    pub encoding: String,
    /// What separates its cells; none in a workbook.
    pub delimiter: Option<char>,
    /// Which sheet of a workbook was read.
    pub sheet: Option<String>,
    /// The sheets of a workbook that can be read, in their order.
    pub sheets: Vec<String>,
    /// Headings in the file's order, each with the column it was taken for.
    pub columns: Vec<(String, Option<String>)>,
    /// What people call each of these columns, in the language of the import.
    #[serde(skip)]
    pub labels: Vec<Option<String>>,
    /// What a heading can be taken for: id, and what people call it.
    #[serde(skip)]
    pub choices: Vec<(String, String)>,
    /// Columns that are needed and missing.
    pub missing: Vec<String>,
    /// The first rows as read, for the preview.
    pub sample: Vec<Vec<String>>,
    /// Rows of data.
    pub rows: u64,
    /// New records.
    pub made: u64,
    /// Known records that were filled or changed.
    pub updated: u64,
    /// Rows of which everything was known already: they were merged into what is there. Rows are `made + updated + same +
    /// rejects`, each row in exactly one of them.
    pub same: u64,
    /// New records that look like others: line, their number, the other's number and name.
    pub alike: Vec<(u64, String, String)>,
    /// Known customers of which a field gave way to another value: line, number and name, and the fields with old → new; at
    /// most a thousand are kept here.
    pub changed: Vec<(u64, String, String)>,
    /// Industries that nobody knows and that have no average: whoever is of one gets no class by it.
    pub industries: Vec<String>,
    /// Customers made for rows that name an unknown one.
    pub customers: u64,
    /// Rows that did not come in: line and the sentence why; at most a thousand are kept here.
    pub rejected: Vec<(u64, String)>,
    /// How many did not come in in all.
    pub rejects: u64,
    /// Cells that could not be read in rows that came in without them: line and sentence; at most a thousand are kept here.
    pub warned: Vec<(u64, String)>,
    /// How many rows came in without a cell in all.
    pub warnings: u64,
    /// Records with a gap to fill (no size, no channel): how many.
    pub gaps: u64,
    /// Orders of days that an imported total of their customer speaks of already: they are added to it (K43), which is too much
    /// where it holds them.
    pub within: u64,
    /// People named in the file who do not work here; what they did stands under whoever imports.
    pub people: Vec<String>,
    /// Where the rejected rows were written.
    pub rejects_file: Option<String>,
    /// Nothing was written.
    pub dry: bool,
}

/// Which sheet of a workbook is read, and which there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheets {
    /// The one that is read.
    pub read: String,
    /// All that can be: visible, and with content.
    pub all: Vec<String>,
}

impl Sheets {
    /// The sheets that are not read.
    pub fn unread(&self) -> impl Iterator<Item = &str> {
        others(Some(&self.read), &self.all)
    }

    /// The sheet behind the one that is read, the first one behind the last; none where there is no other.
    pub fn next(&self) -> Option<&str> {
        behind(Some(&self.read), &self.all)
    }
}

fn others<'a>(read: Option<&str>, all: &'a [String]) -> impl Iterator<Item = &'a str> {
    all.iter().map(String::as_str).filter(move |name| read != Some(name))
}

fn behind<'a>(read: Option<&str>, all: &'a [String]) -> Option<&'a str> {
    let at = all.iter().position(|name| read == Some(name));
    let next = at.map_or(0, |at| at + 1);
    let next = all.get(next).or_else(|| all.first());
    next.map(String::as_str).filter(|name| read != Some(name))
}

impl Report {
    /// The sheets of the workbook that were not read.
    pub fn unread(&self) -> impl Iterator<Item = &str> {
        others(self.sheet.as_deref(), &self.sheets)
    }

    /// The sheet behind the one that was read, the first one behind the last; none where there is no other.
    pub fn next_sheet(&self) -> Option<&str> {
        behind(self.sheet.as_deref(), &self.sheets)
    }
}
