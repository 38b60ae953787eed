//! How large a workbook is once unpacked, found out before anything of it is kept: a few kilobytes of a zip can hold more
//! than a machine has. Every part that a reader of cells could be led to is read to its end, whatever folder it lies in, and
//! each piece of its markup measured (`markup`). What holds after that: the parts that are kept have 64 MiB together, with 2 M
//! texts that cells share, each of which costs more than the bytes it may have, styles 4 MiB and 64 MiB once each cell's
//! style is written out, one cell 1 MiB, all sheets 8 GiB that are streamed. Pictures and
//! other parts that are no markup are not measured; a workbook that names one of them as its sheet is refused.

use std::borrow::Cow;
use std::io::{Read, Seek};

use zip::ZipArchive;

use super::markup::{Markup, attribute};
use crate::exchange::table::BookError;

/// The most bytes of the parts that are kept whole, above all the texts that cells share.
const KEPT: u64 = 64 * 1024 * 1024;
/// The most of these texts: each is held with its length and place, whatever stands in it, which five bytes can promise.
const TEXTS: u64 = 2 * 1024 * 1024;
/// The most sheets, names and ways to other parts: each is held several times.
const NAMES: u64 = 256 * 1024;
/// The most bytes of all sheets, which are read cell by cell.
const SHEETS: u64 = 8 * 1024 * 1024 * 1024;
/// The most bytes of styles.
const STYLES: u64 = 4 * 1024 * 1024;
/// The most bytes of one tag of styles; a format has 255 characters.
const STYLE_TAG: u64 = 4 * 1024;
/// Styles of cells that Excel allows.
const STYLED: u64 = 65_490;
/// From this size on a sheet may not be too many times its packed self.
const LARGE: u64 = 64 * 1024 * 1024;
/// How many times that is; sheets full of like rows come to some forty, a bomb to a thousand.
const RATIO: u64 = 300;
/// Bytes that a shared text takes at least: `<si/>`.
const SHARED: u64 = 5;
/// How much is unpacked at a time.
const CHUNK: usize = 64 * 1024;

/// What a part of a workbook is to a reader of cells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Tells which sheets there are; kept, and there is no workbook without.
    Head,
    /// Read whole and kept.
    Kept,
    /// Kept, and written out for every style of a cell.
    Styles,
    /// Read cell by cell, as any other may be that a workbook calls a sheet.
    Sheet,
}

/// Which part has this name; none of one that [`Found::leads`] keeps out of reach.
fn part(name: &str) -> Option<Part> {
    let name = name.replace('\\', "/").to_lowercase();
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", &name));
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    if !matches!(ending, "xml" | "rels") || name.contains(CUSTOM) {
        return None;
    }
    Some(match file {
        _ if ending == "rels" => Part::Kept,
        _ if file.ends_with("sharedstrings.xml") => Part::Kept,
        _ if file.ends_with("styles.xml") => Part::Styles,
        _ if file.starts_with("workbook") => Part::Head,
        _ if folder.is_empty() || folder.ends_with("theme") => Part::Kept,
        _ => Part::Sheet,
    })
}

/// A folder of what other programs keep in a workbook, in any encoding.
const CUSTOM: &str = "customxml/";

/// What the tags of a part say that matters to its measure.
#[derive(Default)]
struct Found {
    /// Shared texts that room is made for.
    promised: u64,
    /// Shared texts that are there.
    texts: u64,
    /// Sheets, names and relations.
    names: u64,
    /// Styles of cells.
    styled: u64,
    /// The longest tag but the one around all styles.
    longest: u64,
}

impl Found {
    fn tag(&mut self, name: &[u8], tag: &[u8]) -> Result<(), BookError> {
        if name != b"styleSheet" {
            self.longest = self.longest.max(tag.len() as u64);
        }
        match name {
            b"si" => {
                self.texts += 1;
                if self.texts > TEXTS {
                    return Err(BookError::Huge);
                }
            }
            b"sheet" | b"definedName" | b"Relationship" => {
                self.names += 1;
                if self.names > NAMES {
                    return Err(BookError::Huge);
                }
            }
            _ => {}
        }
        match name {
            b"xf" => self.styled += 1,
            b"Relationship" => Self::leads(tag)?,
            b"sst" if tag.windows(11).any(|at| at == b"uniqueCount") => {
                let said = attribute(tag, b"uniqueCount").and_then(|said| str::from_utf8(said).ok());
                let said = said.and_then(|said| said.parse().ok()).ok_or(BookError::Damaged)?;
                self.promised = self.promised.max(said);
            }
            _ => {}
        }
        Ok(())
    }

    /// Refuses a relation by which a reader of cells would come to a part that was not measured as what it is.
    fn leads(tag: &[u8]) -> Result<(), BookError> {
        let Some(kind) = attribute(tag, b"Type") else {
            return if tag.windows(4).any(|at| at == b"Type") { Err(BookError::Damaged) } else { Ok(()) };
        };
        let head = kind.ends_with(b"officeDocument");
        if !head && !kind.ends_with(b"worksheet") {
            return Ok(());
        }
        let target = attribute(tag, b"Target").and_then(|target| str::from_utf8(target).ok());
        let target = target.filter(|target| !target.contains('&')).ok_or(BookError::Damaged)?;
        match part(target) {
            Some(Part::Head) => Ok(()),
            Some(_) if !head => Ok(()),
            _ => Err(BookError::Other),
        }
    }
}

/// Refuses what is no workbook, damaged or larger than can be read.
pub fn check<R: Read + Seek>(zip: &mut ZipArchive<R>) -> Result<(), BookError> {
    let head = |name: Cow<'_, str>| part(&name) == Some(Part::Head);
    if !zip.file_names().filter_map(Result::ok).any(head) {
        return Err(BookError::Other);
    }
    let (mut kept, mut sheets) = (0, 0);
    let mut chunk = vec![0; CHUNK];
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).map_err(|_| BookError::Damaged)?;
        // a name that is no text is not taken on trust
        let Some(part) = entry.name().map_or(Some(Part::Sheet), |name| part(&name)) else { continue };
        let packed = entry.compressed_size();
        let (sum, most) = if part == Part::Sheet { (&mut sheets, SHEETS) } else { (&mut kept, KEPT) };
        let (mut markup, mut found) = (Markup::default(), Found::default());
        let mut size = 0;
        loop {
            let n = entry.read(&mut chunk).map_err(|_| BookError::Damaged)?;
            let Some(read) = chunk.get(..n).filter(|read| !read.is_empty()) else { break };
            size += n as u64;
            *sum += n as u64;
            let bomb = size > LARGE && size > packed.saturating_mul(RATIO);
            if *sum > most || bomb || (part == Part::Styles && size > STYLES) {
                return Err(BookError::Huge);
            }
            markup.take(read, &mut |name, tag| found.tag(name, tag))?;
        }
        let Found { promised, styled, longest, .. } = found;
        // each text takes some bytes, so that there cannot be more of them than bytes
        if promised > size / SHARED {
            return Err(BookError::Damaged);
        }
        if promised > TEXTS {
            return Err(BookError::Huge);
        }
        // each style has a format and a font of its own once it is read
        let written = longest.saturating_mul(styled);
        if part == Part::Styles && (longest > STYLE_TAG || styled > STYLED || written > KEPT) {
            return Err(BookError::Huge);
        }
    }
    Ok(())
}
