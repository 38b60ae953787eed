//! Everything as a folder: one CSV a table, and a list of them with their rows, by which a folder that lacks something is
//! known. No value and an empty text are told apart, and nothing is a formula in a spreadsheet: a text that begins like one,
//! is empty, or begins with the sign itself gets an apostrophe in front, which is taken off again on the way in.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, BufWriter, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use csv::{ByteRecord, Reader, ReaderBuilder, Writer};
use serde::{Deserialize, Serialize};

use crate::domain::clock::Now;
use crate::i18n::{Lang, errors, exports as t};
use crate::store::Store;
use crate::store::request::StoreError;
use crate::store::request::export::Export;
use crate::store::request::whole::{Piece, WholeKind, WholeRow, WholeSource, WholeTable};

/// The list of the tables.
const LIST: &str = "guanxi.toml";
/// What a text in front of which an apostrophe stands begins with.
const GUARDED: [char; 8] = ['\'', '=', '+', '-', '@', '\t', '\r', '\n'];

/// The list of a folder.
#[derive(Serialize, Deserialize)]
struct Contents {
    /// The version of the schema.
    version: i32,
    /// Rows by table.
    tables: BTreeMap<String, u64>,
}

/// Why everything could not be written or read.
#[derive(Debug)]
pub enum WholeError {
    /// The store.
    Store(StoreError),
    /// A file.
    File(PathBuf, io::Error),
    /// The folder has no list, or one that cannot be read.
    NoList(PathBuf),
    /// It was written by a newer program.
    Newer,
    /// A table has another number of rows than its list says: table, rows.
    Rows(String, u64),
    /// A value does not fit: table, line of the file, column.
    Unfit(String, u64, String),
}

impl From<StoreError> for WholeError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The sentence for it.
pub fn sentence(error: &WholeError, lang: Lang) -> String {
    match error {
        WholeError::Store(error) => errors::told(error, lang),
        WholeError::File(path, error) => {
            t::FILE_FAILED.with(lang, &[&path.display(), &errors::io(error, lang)])
        }
        WholeError::NoList(path) => t::NO_LIST.with(lang, &[&path.display()]),
        WholeError::Newer => errors::told(&StoreError::Newer, lang),
        WholeError::Rows(table, rows) => t::OTHER_ROWS.with(lang, &[table, rows]),
        WholeError::Unfit(table, line, column) => t::UNFIT_VALUE.with(lang, &[table, line, column]),
    }
}

/// Makes the folder, for its owner alone; one that is there has to be empty.
pub fn folder(path: &Path) -> Result<(), WholeError> {
    let failed = |error| WholeError::File(path.to_path_buf(), error);
    if path.is_dir() && fs::read_dir(path).map_err(failed)?.next().is_none() {
        return Ok(());
    }
    DirBuilder::new().mode(0o700).create(path).map_err(failed)
}

/// A folder that is being written.
struct Out<'f> {
    folder: &'f Path,
    file: Option<(PathBuf, Writer<BufWriter<File>>)>,
    text: Vec<bool>,
    contents: Contents,
    table: String,
}

/// Writes everything of an export that has begun into an empty folder.
pub fn write(store: &mut Store, export: &mut Export, folder: &Path) -> Result<(), WholeError> {
    let contents = Contents { version: Store::version(), tables: BTreeMap::new() };
    let mut out = Out { folder, file: None, text: Vec::new(), contents, table: String::new() };
    store.whole(export, &mut |piece| match piece {
        Piece::Table(table) => out.begin(table),
        Piece::Row(cells) => out.row(cells),
    })?;
    out.end()
}

impl Out<'_> {
    fn close(&mut self) -> Result<(), WholeError> {
        let Some((path, writer)) = self.file.take() else { return Ok(()) };
        let flushed =
            writer.into_inner().map_err(csv::IntoInnerError::into_error).and_then(|mut file| file.flush());
        flushed.map_err(|error| WholeError::File(path, error))
    }

    fn begin(&mut self, table: &WholeTable) -> Result<(), WholeError> {
        self.close()?;
        let path = self.folder.join(format!("{}.csv", table.name));
        let failed = |error: io::Error| WholeError::File(path.clone(), error);
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(failed)?;
        let mut file = BufWriter::new(file);
        file.write_all("\u{FEFF}".as_bytes()).map_err(failed)?;
        let mut writer = Writer::from_writer(file);
        let names = table.columns.iter().map(|column| column.name.as_str());
        writer.write_record(names).map_err(|e| failed(io::Error::other(e)))?;
        self.text = table.columns.iter().map(|column| column.kind == WholeKind::Text).collect();
        self.contents.tables.insert(table.name.clone(), 0);
        self.table.clone_from(&table.name);
        self.file = Some((path, writer));
        Ok(())
    }

    fn row(&mut self, cells: &[Option<String>]) -> Result<(), WholeError> {
        let Some((path, writer)) = &mut self.file else { return Ok(()) };
        let cells = cells.iter().zip(&self.text).map(|(cell, text)| match cell {
            None => String::new(),
            Some(value) if *text && (value.is_empty() || value.starts_with(GUARDED)) => format!("'{value}"),
            Some(value) => value.clone(),
        });
        writer.write_record(cells).map_err(|e| WholeError::File(path.clone(), io::Error::other(e)))?;
        *self.contents.tables.entry(self.table.clone()).or_default() += 1;
        Ok(())
    }

    fn end(mut self) -> Result<(), WholeError> {
        self.close()?;
        let path = self.folder.join(LIST);
        let failed = |error: io::Error| WholeError::File(path.clone(), error);
        let text = toml::to_string(&self.contents).map_err(|e| failed(io::Error::other(e)))?;
        let mut file =
            OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(failed)?;
        file.write_all(text.as_bytes()).map_err(failed)
    }
}

/// A folder that is being read.
struct In<'f> {
    folder: &'f Path,
    contents: Contents,
    table: String,
    reader: Option<Reader<File>>,
    record: ByteRecord,
    rows: u64,
}

/// Fills an empty store from a folder; how many rows came.
pub fn read(store: &mut Store, now: Now, folder: &Path) -> Result<u64, WholeError> {
    let list = folder.join(LIST);
    let text = fs::read_to_string(&list).map_err(|_| WholeError::NoList(folder.to_path_buf()))?;
    let contents: Contents = toml::from_str(&text).map_err(|_| WholeError::NoList(folder.to_path_buf()))?;
    if contents.version > Store::version() {
        return Err(WholeError::Newer);
    }
    let record = ByteRecord::new();
    let mut source = In { folder, contents, table: String::new(), reader: None, record, rows: 0 };
    store.fill_whole(&mut source, now)
}

impl In<'_> {
    fn path(&self) -> PathBuf {
        self.folder.join(format!("{}.csv", self.table))
    }
}

impl WholeSource for In<'_> {
    type Error = WholeError;

    fn open(&mut self, table: &str) -> Result<Option<Vec<String>>, WholeError> {
        table.clone_into(&mut self.table);
        (self.rows, self.reader) = (0, None);
        if !self.contents.tables.contains_key(table) {
            return Ok(None);
        }
        let path = self.path();
        let file = File::open(&path).map_err(|error| WholeError::File(path.clone(), error))?;
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(file);
        let unreadable = |_| WholeError::Unfit(table.to_owned(), 1, String::new());
        let names = reader.headers().map_err(unreadable)?;
        let names = names.iter().map(|name| name.trim_start_matches('\u{FEFF}').to_owned()).collect();
        self.reader = Some(reader);
        Ok(Some(names))
    }

    fn next(&mut self) -> Result<Option<WholeRow>, WholeError> {
        let Some(reader) = &mut self.reader else { return Ok(None) };
        let more = reader.read_byte_record(&mut self.record);
        if !more.map_err(|_| WholeError::Unfit(self.table.clone(), self.rows + 2, String::new()))? {
            let told = self.contents.tables.get(&self.table).copied().unwrap_or(0);
            // a file that was cut, or to which something was added
            return if told == self.rows {
                Ok(None)
            } else {
                Err(WholeError::Rows(self.table.clone(), self.rows))
            };
        }
        self.rows += 1;
        let cell = |bytes: &[u8]| {
            let text = std::str::from_utf8(bytes).ok()?;
            Some(if text.is_empty() {
                None
            } else {
                Some(text.strip_prefix('\'').unwrap_or(text).to_owned())
            })
        };
        let row: Option<WholeRow> = self.record.iter().map(cell).collect();
        row.map(Some).ok_or_else(|| WholeError::Unfit(self.table.clone(), self.rows + 1, String::new()))
    }

    fn unfit(&self, table: &str, column: &str) -> WholeError {
        WholeError::Unfit(table.to_owned(), self.rows + 1, column.to_owned())
    }
}
