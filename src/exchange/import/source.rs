//! Where the rows of an import come from, opened: a file or what comes through a pipe. What stands in them is not looked at.

use std::io::{self, Read};
use std::path::Path;

use super::ImportError;
use crate::exchange::decode::Binary;
use crate::i18n::{Lang, errors};
use crate::store::head;

/// Where the rows come from.
pub enum Source<'a> {
    /// A file.
    Path(&'a Path),
    /// A stream, with what it is called.
    Reader(&'a str, Box<dyn Read + Send + 'a>),
}

/// A file that can be read.
pub(super) struct Opened<'a> {
    /// As it is called.
    pub file: String,
    pub path: Option<&'a Path>,
    pub stream: Box<dyn Read + Send + 'a>,
    /// Its bytes; 0 where nobody knows.
    pub total: u64,
}

/// Opens where rows come from.
pub(super) fn open(source: Source<'_>, lang: Lang) -> Result<Opened<'_>, ImportError> {
    let path = match source {
        Source::Path(path) => path,
        Source::Reader(name, stream) => {
            return Ok(Opened { file: name.to_owned(), path: None, stream, total: 0 });
        }
    };
    if head::is_held(path) {
        // to open and close it here would take its locks away
        return Err(ImportError::Binary(Binary::Database));
    }
    let name = path.display().to_string();
    let unreadable =
        |why: io::Error| ImportError::Unreadable { file: name.clone(), why: errors::io(&why, lang) };
    let stream = std::fs::File::open(path).map_err(unreadable)?;
    let about = stream.metadata().map_err(unreadable)?;
    if about.is_dir() {
        return Err(unreadable(io::Error::from(io::ErrorKind::IsADirectory)));
    }
    let file = path.file_name().map_or(name.clone(), |n| n.to_string_lossy().into_owned());
    Ok(Opened { file, path: Some(path), stream: Box::new(stream), total: about.len() })
}

/// The first bytes of a stream.
pub(super) fn head(stream: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    stream.take(16).read_to_end(&mut head)?;
    Ok(head)
}
