//! How large a workbook is once unpacked, found out before anything of it is kept: a few kilobytes of a zip can hold more
//! than a machine has. What stands in the parts is not looked at, but each is read to its end, so that one that is damaged
//! is known before the first row comes in.

use std::borrow::Cow;
use std::io::{Read, Seek};

use zip::ZipArchive;

use crate::exchange::table::BookError;

/// The most bytes of the parts that are kept whole, above all the texts that cells share: some million of them.
const KEPT: u64 = 64 * 1024 * 1024;
/// The most bytes of all sheets, which are read cell by cell.
const SHEETS: u64 = 8 * 1024 * 1024 * 1024;
/// From this size on a sheet may not be too many times its packed self.
const LARGE: u64 = 64 * 1024 * 1024;
/// How many times that is; sheets full of like rows come to some forty, a bomb to a thousand.
const RATIO: u64 = 300;
/// The most bytes between two tags; a cell of Excel has 32,767 characters.
const TEXT: u64 = 1024 * 1024;
/// How much is unpacked at a time.
const CHUNK: usize = 64 * 1024;

/// What a part of a workbook is to a reader of cells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Tells which sheets there are; kept, and there is no workbook without.
    Head,
    /// Read whole and kept.
    Kept,
    /// The texts that cells share; kept too, and room is made for as many as it says.
    Shared,
    /// Read cell by cell.
    Sheet,
}

fn part(name: &str) -> Option<Part> {
    let name = name.replace('\\', "/").to_lowercase();
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", &name));
    let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
    match (folder, ending) {
        ("xl/worksheets", "xml") => Some(Part::Sheet),
        ("xl", "xml") if stem == "sharedstrings" => Some(Part::Shared),
        ("xl", "xml") if stem.starts_with("workbook") => Some(Part::Head),
        ("" | "_rels" | "xl" | "xl/_rels" | "xl/theme", "xml" | "rels") => Some(Part::Kept),
        _ => None,
    }
}

/// Refuses what is no workbook, damaged or larger than can be read.
pub fn check<R: Read + Seek>(zip: &mut ZipArchive<R>) -> Result<(), BookError> {
    let head = |name: Cow<'_, str>| part(&name) == Some(Part::Head);
    if !zip.file_names().filter_map(Result::ok).any(head) {
        return Err(BookError::Other);
    }
    let (mut kept, mut sheets) = (0, 0);
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).map_err(|_| BookError::Damaged)?;
        let Some(part) = entry.name().ok().and_then(|name| part(&name)) else { continue };
        let packed = entry.compressed_size();
        let (sum, most) = if part == Part::Sheet { (&mut sheets, SHEETS) } else { (&mut kept, KEPT) };
        let mut tag = Tag::default();
        let mut size = 0;
        let mut chunk = vec![0; CHUNK];
        let mut first = Vec::new();
        loop {
            let n = entry.read(&mut chunk).map_err(|_| BookError::Damaged)?;
            let Some(read) = chunk.get(..n).filter(|read| !read.is_empty()) else { break };
            size += n as u64;
            *sum += n as u64;
            if part == Part::Shared && first.len() < CHUNK {
                first.extend_from_slice(read);
            }
            let bomb = size > LARGE && size > packed.saturating_mul(RATIO);
            if *sum > most || bomb || tag.is_far(read) {
                return Err(BookError::Huge);
            }
        }
        // each takes some bytes, so that there cannot be more of them than bytes
        if part == Part::Shared && promised(&first).is_some_and(|texts| texts > size) {
            return Err(BookError::Damaged);
        }
    }
    Ok(())
}

/// How many texts a part of shared texts says it has.
fn promised(first: &[u8]) -> Option<u64> {
    let text = String::from_utf8_lossy(first);
    let (_, rest) = text.split_once("uniqueCount=")?;
    let digits: String = rest.chars().skip(1).take_while(char::is_ascii_digit).collect();
    // more digits than a number takes are too many in any case
    Some(digits.parse().unwrap_or(if digits.is_empty() { 0 } else { u64::MAX }))
}

/// How far it is from the last tag.
#[derive(Default)]
struct Tag {
    behind: u64,
}

impl Tag {
    /// Takes the next bytes; whether a text in them is longer than any of a cell.
    fn is_far(&mut self, read: &[u8]) -> bool {
        let is_tag = |byte: &u8| *byte == b'<';
        let (Some(first), Some(last)) = (read.iter().position(is_tag), read.iter().rposition(is_tag)) else {
            self.behind += read.len() as u64;
            return self.behind > TEXT;
        };
        let far = self.behind + first as u64 > TEXT;
        self.behind = (read.len() - last) as u64;
        far
    }
}
