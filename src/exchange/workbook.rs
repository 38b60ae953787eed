//! A workbook of Excel (XLSX) as tables: how large it is (`guard`), which sheet is read, its rows (`sheet`) and what a cell
//! says (`cell`). Cells are streamed; the texts that cells share are held, as far as `guard` lets them. The one thing to
//! know: nothing is unpacked to disk, so that there is nothing to clean up.

mod cell;
mod guard;
mod markup;
pub mod sheet;

use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use calamine::{Reader as _, SheetType, SheetVisible, Xlsx};

use super::table::{BookError, TableError};
use crate::domain::import::Sheets;
use sheet::Sheet;

/// The most bytes of a workbook that comes through a pipe: it can only be read once all of it is there.
const PIPED: u64 = 64 * 1024 * 1024;
/// What a workbook with a password has in it, which is none of an old Excel's; as UTF-16 has it.
const LOCK: &str = "EncryptedPackage";
/// Headings that are known, from which on a sheet is a table and not a page of words.
const HITS: usize = 2;

/// Bytes that can be read from any place.
trait Placed: Read + Seek + Send {}

impl<T: Read + Seek + Send> Placed for T {}

/// The bytes of a workbook, and how many of them were read.
pub struct Packed {
    inner: Box<dyn Placed>,
    read: Arc<AtomicU64>,
}

impl Read for Packed {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl Seek for Packed {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// A workbook.
pub struct Book {
    book: Xlsx<Packed>,
    read: Arc<AtomicU64>,
}

/// How well a sheet is what is wanted: whether it fits at all, whether it is a table for sure, how well it fits.
type Fit = (bool, bool, usize);

impl Book {
    /// Opens a file.
    pub fn of_file(file: std::fs::File) -> Result<Self, TableError> {
        Self::open(Box::new(file))
    }

    /// Opens what comes through a pipe.
    pub fn of_pipe(pipe: impl Read) -> Result<Self, TableError> {
        let mut bytes = Vec::new();
        if pipe.take(PIPED + 1).read_to_end(&mut bytes)? as u64 > PIPED {
            return Err(TableError::Book(BookError::Huge));
        }
        Self::open(Box::new(Cursor::new(bytes)))
    }

    fn open(mut inner: Box<dyn Placed>) -> Result<Self, TableError> {
        inner.seek(SeekFrom::Start(0))?;
        let damaged = || TableError::Book(BookError::Damaged);
        let mut zip = zip::ZipArchive::new(inner).map_err(|_| damaged())?;
        guard::check(&mut zip).map_err(TableError::Book)?;
        let read = Arc::new(AtomicU64::new(0));
        let packed = Packed { inner: zip.into_inner(), read: Arc::clone(&read) };
        let book = Xlsx::new(packed).map_err(|_| damaged())?;
        Ok(Self { book, read })
    }

    /// Chooses the sheet that is read: the one that was asked for, else the first that `fits` best by its headings, else the
    /// first with headings that are known, else the first with content. One known heading is enough where it is all that is
    /// needed, but behind a sheet with more of them: a page of words may begin with one. Hidden ones are read only if asked
    /// for, and one that cannot be read stops nothing unless it is asked for or there is no table besides.
    pub fn choose(
        &mut self,
        asked: Option<&str>,
        fits: impl Fn(&[String]) -> usize,
    ) -> Result<Sheets, TableError> {
        let sheets = self.book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        let (mut all, mut hidden, mut failed) = (Vec::new(), Vec::new(), None);
        let mut known: Option<(Fit, String)> = None;
        for (name, visible) in sheets
            .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
            .collect::<Vec<_>>()
        {
            if !visible {
                hidden.push(name);
                continue;
            }
            match self.sheet(&name).and_then(Sheet::table) {
                Ok(Some((table, hits))) => {
                    let headings = table.headings().iter().filter(|heading| !heading.is_empty());
                    let (fit, sure) = (fits(table.headings()), hits >= HITS || hits == headings.count());
                    let fit = (fit > 0, sure, fit);
                    if (fit.0 || hits >= HITS) && known.as_ref().is_none_or(|(best, _)| fit > *best) {
                        known = Some((fit, name.clone()));
                    }
                    all.push(name);
                }
                Ok(None) => {}
                Err(error @ TableError::Book(_)) => {
                    failed.get_or_insert(error);
                    all.push(name);
                }
                Err(error) => return Err(error),
            }
        }
        let read = match (asked.map(str::trim), known, failed) {
            (None, Some((_, known)), _) => known,
            (None, None, Some(error)) => return Err(error),
            (None, None, None) => all.first().cloned().ok_or(TableError::Empty)?,
            (Some(asked), ..) => {
                let same = |name: &&String| name.trim().to_lowercase() == asked.to_lowercase();
                let found = all.iter().chain(&hidden).find(same).cloned();
                found.ok_or_else(|| TableError::Book(BookError::NoSheet(asked.to_owned(), all.clone())))?
            }
        };
        Ok(Sheets { read, all })
    }

    /// A sheet from its beginning.
    pub fn sheet(&mut self, name: &str) -> Result<Sheet<'_>, TableError> {
        let (since_1904, read) = (self.book.has_1904_epoch(), Arc::clone(&self.read));
        read.store(0, Ordering::Relaxed);
        let cells = self.book.worksheet_cells_reader(name);
        Ok(Sheet::new(cells.map_err(|_| TableError::Book(BookError::Damaged))?, since_1904, read))
    }
}

/// Whether a file that begins as one of an old Excel is a workbook with a password.
pub fn is_locked(mut file: impl Read) -> bool {
    let lock: Vec<u8> = LOCK.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (mut chunk, mut held) = (vec![0; 64 * 1024], Vec::new());
    while let Ok(n @ 1..) = file.read(&mut chunk) {
        held.extend_from_slice(chunk.get(..n).unwrap_or_default());
        if held.windows(lock.len()).any(|window| window == lock) {
            return true;
        }
        held.drain(..held.len().saturating_sub(lock.len() - 1));
    }
    false
}
