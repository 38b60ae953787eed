//! Text as records: delimiter and headings found on its first bytes, then one record at a time. One record is in memory, and
//! a quotation mark that never closes cannot change that. What the records are is for `table`.

use std::io::{self, Chain, Cursor, Read};

use csv::{ErrorKind, Reader, ReaderBuilder, StringRecord};

use super::decode::Binary;
use super::sniff::{Dialect, is_noise, sniff};
use super::table::{Rows, TableError};

/// Text looked at before the first row, bytes.
const SAMPLE: usize = 64 * 1024;
/// The most bytes one row may have; a quotation mark left open would else swallow the file.
pub const ROW_BYTES: u64 = 4 * 1024 * 1024;
/// The most lines one row may span.
const ROW_LINES: u64 = 500;

/// Counts what is read between two rows, and fails when it is more than a row can be.
struct Fence<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Fence<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        let n = self.inner.read(buf)?;
        self.left = self.left.saturating_sub(n as u64);
        Ok(n)
    }
}

/// UTF-8 text, cut into records from its headings on.
pub struct Text<R> {
    reader: Reader<Fence<Chain<Cursor<Vec<u8>>, R>>>,
    dialect: Dialect,
}

impl<R: Read> Text<R> {
    /// Finds how the text is cut and where its headings stand, which are the first record.
    pub fn open(mut text: R, delimiter: Option<u8>) -> Result<Self, TableError> {
        let mut sample = Vec::new();
        text.by_ref().take(SAMPLE as u64).read_to_end(&mut sample)?;
        if sample.starts_with("\u{FEFF}".as_bytes()) {
            sample.drain(.."\u{FEFF}".len());
        }
        if sample.iter().all(u8::is_ascii_whitespace) {
            return Err(TableError::Empty);
        }
        if is_noise(&sample) {
            return Err(TableError::Binary(Binary::Other));
        }
        let dialect = sniff(&sample, sample.len() < SAMPLE, delimiter).ok_or(TableError::NoColumns)?;
        sample.drain(..usize::try_from(dialect.header_at).unwrap_or(0).min(sample.len()));
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(dialect.delimiter)
            .buffer_capacity(SAMPLE)
            .from_reader(Fence { inner: Cursor::new(sample).chain(text), left: ROW_BYTES });
        Ok(Self { reader, dialect })
    }

    /// Returns how the text is cut.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Returns what the text is read from.
    pub fn inner(&self) -> &R {
        self.reader.get_ref().inner.get_ref().1
    }
}

impl<R: Read> Rows for Text<R> {
    fn next(&mut self, record: &mut StringRecord) -> Result<Option<u64>, TableError> {
        let before = self.reader.position().line();
        let more = self.reader.read_record(record);
        let after = self.reader.position().line();
        let offset = self.dialect.lines_before;
        let more = more.map_err(|error| match error.into_kind() {
            ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                TableError::OpenQuote { line: before + offset }
            }
            ErrorKind::Io(error) => TableError::Io(error),
            _ => TableError::NotText { line: before + offset },
        })?;
        self.reader.get_mut().left = ROW_BYTES;
        let inner = record.as_slice().bytes().filter(|byte| *byte == b'\n').count() as u64;
        // The reader counts line feeds. After LF it stands on the next line already; after CR LF its LF is still to
        // come. At the end of a text without a last line break it stands on the row itself, hence the floor.
        let start = if self.dialect.crlf {
            after.saturating_sub(inner)
        } else {
            after.saturating_sub(inner + 1).max(before)
        };
        let line = start + offset;
        if inner > ROW_LINES {
            return Err(TableError::OpenQuote { line });
        }
        Ok(more.then_some(line))
    }
}
