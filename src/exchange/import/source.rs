//! Where the rows of an import come from, opened: a file or what comes through a pipe, text or a workbook. What stands in
//! them is not looked at.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

use super::{ImportError, of_table};
use crate::exchange::decode::{Binary, Utf8Reader, binary};
use crate::exchange::table::{BookError, Rows};
use crate::exchange::text::Text;
use crate::exchange::workbook::sheet::Sheet;
use crate::exchange::workbook::{Book, is_locked};
use crate::i18n::{Lang, errors};
use crate::store::head;

/// Where the rows come from.
pub enum Source<'a> {
    /// A file.
    Path(&'a Path),
    /// A stream, with what it is called.
    Reader(&'a str, Box<dyn Read + Send + 'a>),
}

/// What can be imported.
pub enum Contents<'a> {
    /// Text of any encoding.
    Text(Utf8Reader<Box<dyn Read + Send + 'a>>),
    /// A workbook.
    Book(Box<Book>),
}

/// A file that can be read.
pub struct Opened<'a> {
    /// As it is called.
    pub file: String,
    /// Where it is.
    pub path: Option<&'a Path>,
    /// What is in it.
    pub contents: Contents<'a>,
    /// Its bytes; 0 where nobody knows.
    pub total: u64,
}

/// Rows that tell of the file they stand in.
pub trait Told: Rows + Send {
    /// Whether a row with more cells than there are headings has its cells in the wrong places.
    const SHIFTS: bool;

    /// How much of the file was read, in bytes.
    fn bytes_read(&self) -> u64;

    /// The encoding as people know it, or the format of a workbook.
    fn encoding(&self) -> String;

    /// What stands between two cells; none where they stand apart by themselves.
    fn delimiter(&self) -> Option<char>;
}

impl<R: Read + Send> Told for Text<Utf8Reader<R>> {
    const SHIFTS: bool = true;

    fn bytes_read(&self) -> u64 {
        self.inner().bytes_read()
    }

    // a file of plain ASCII is UTF-8 as well
    fn encoding(&self) -> String {
        match self.inner().encoding().map(encoding_rs::Encoding::name) {
            None => "UTF-8".to_owned(),
            Some("gb18030") => "GB18030".to_owned(),
            Some(name) => name.to_owned(),
        }
    }

    fn delimiter(&self) -> Option<char> {
        Some(char::from(self.dialect().delimiter))
    }
}

impl Told for Sheet<'_> {
    const SHIFTS: bool = false;

    fn bytes_read(&self) -> u64 {
        Sheet::bytes_read(self)
    }

    fn encoding(&self) -> String {
        "XLSX".to_owned()
    }

    fn delimiter(&self) -> Option<char> {
        None
    }
}

/// Opens where rows come from.
pub fn open(source: Source<'_>, lang: Lang) -> Result<Opened<'_>, ImportError> {
    let path = match source {
        Source::Path(path) => path,
        Source::Reader(name, stream) => {
            let contents = contents(stream, None, name)?;
            return Ok(Opened { file: name.to_owned(), path: None, contents, total: 0 });
        }
    };
    if head::is_held(path) {
        // to open and close it here would take its locks away
        return Err(ImportError::Binary(Binary::Database));
    }
    let name = path.display().to_string();
    let unreadable =
        |why: io::Error| ImportError::Unreadable { file: name.clone(), why: errors::io(&why, lang) };
    let stream = File::open(path).map_err(unreadable)?;
    let about = stream.metadata().map_err(unreadable)?;
    if about.is_dir() {
        return Err(unreadable(io::Error::from(io::ErrorKind::IsADirectory)));
    }
    let file = path.file_name().map_or(name.clone(), |n| n.to_string_lossy().into_owned());
    // a pipe with a name has no places to go back to
    let placed = if about.is_file() { Some(stream.try_clone().map_err(unreadable)?) } else { None };
    let contents = contents(Box::new(stream), placed, &file)?;
    Ok(Opened { file, path: Some(path), contents, total: about.len() })
}

/// Looks at the first bytes; a workbook is read from `file` where it is one, else from what comes.
fn contents<'a>(
    mut stream: Box<dyn Read + Send + 'a>,
    file: Option<File>,
    name: &str,
) -> Result<Contents<'a>, ImportError> {
    let failed = |error| of_table(error, name);
    let mut head = Vec::new();
    stream.by_ref().take(16).read_to_end(&mut head).map_err(|e| failed(e.into()))?;
    let kind = binary(&head);
    let whole = Cursor::new(head).chain(stream);
    match kind {
        None => Ok(Contents::Text(Utf8Reader::new(Box::new(whole), true))),
        Some(Binary::Zip) => {
            let book = match file {
                Some(file) => Book::of_file(file),
                None => Book::of_pipe(whole),
            };
            Ok(Contents::Book(Box::new(book.map_err(failed)?)))
        }
        Some(Binary::OldExcel) if is_locked(whole) => Err(ImportError::Book(BookError::Locked)),
        Some(other) => Err(ImportError::Binary(other)),
    }
}
