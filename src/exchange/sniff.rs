//! What kind of table a text is: its delimiter and the line its headings stand on, found on a sample. Chinese bank
//! exports, bills and `LinkedIn` put up to thirty lines of prose above the headings; headings are known by the alias
//! table of `columns`, and only without any known word does the shape of the lines decide.

use csv::{ByteRecord, ReaderBuilder};

use super::headings;

/// Lines looked at for the headings.
pub const PREAMBLE_MAX: usize = 30;
/// Records looked at for the shape.
pub const SHAPE_RECORDS: usize = 60;
/// In the order in which a tie is decided.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// How a text is cut into cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// The byte between cells.
    pub delimiter: u8,
    /// Byte offset of the headings in the text.
    pub header_at: u64,
    /// Line breaks before the headings.
    pub lines_before: u64,
    /// Whether lines end in CR LF.
    pub crlf: bool,
}

/// Finds delimiter and heading line on `sample`, the first bytes of a text; `whole` when that is all of it. None
/// when no delimiter makes columns and the only column has no known heading.
pub fn sniff(sample: &[u8], whole: bool, delimiter: Option<u8>) -> Option<Dialect> {
    let crlf = sample
        .iter()
        .position(|byte| *byte == b'\n')
        .is_some_and(|at| at.checked_sub(1).and_then(|before| sample.get(before)) == Some(&b'\r'));
    let named = named_delimiter(sample);
    let given = delimiter.or(named);
    let skip = usize::from(named.is_some());
    let verdicts: Vec<Verdict> = DELIMITERS
        .into_iter()
        .filter(|candidate| given.is_none_or(|given| given == *candidate))
        .chain(given.filter(|given| !DELIMITERS.contains(given)))
        .filter_map(|candidate| judge(sample, whole, candidate, skip))
        .collect();
    // a line that another delimiter cuts is no heading by itself: `a,b,c` is not «abc»
    let cut = |line: &Verdict| verdicts.iter().any(|v| v.width > 1 && v.header_at == line.header_at);
    verdicts
        .iter()
        .enumerate()
        .filter(|(_, verdict)| verdict.width > 1 || !cut(verdict))
        // The first of equals wins, so ties are broken by the position, backwards.
        .max_by_key(|(position, verdict)| (verdict.hits, verdict.shape, std::cmp::Reverse(*position)))
        .filter(|(_, verdict)| verdict.width > 1 || verdict.hits > 0 || given.is_some())
        .map(|(_, verdict)| Dialect {
            delimiter: verdict.delimiter,
            header_at: verdict.header_at,
            lines_before: lines_in(sample, verdict.header_at),
            crlf,
        })
}

/// Signs that no text has, from which on, and as one of how many characters, a file is none.
const NOISE: (usize, usize) = (4, 50);

/// Whether a sample is no text, whatever it was decoded as: too many of its signs are none that people write.
pub fn is_noise(sample: &[u8]) -> bool {
    let noise = |byte: &&u8| byte.is_ascii_control() && !matches!(byte, b'\t'..=b'\r' | 0x1a | 0x1b);
    let characters = sample.iter().filter(|byte| !matches!(byte, 0x80..=0xbf)).count();
    let count = sample.iter().filter(noise).count();
    count >= NOISE.0 && count * NOISE.1 > characters
}

/// Reads Excel's own hint, a first line `sep=;`.
fn named_delimiter(sample: &[u8]) -> Option<u8> {
    let rest = sample.strip_prefix(b"sep=").or_else(|| sample.strip_prefix(b"SEP="))?;
    match rest {
        [delimiter, b'\r' | b'\n', ..] => Some(*delimiter),
        _ => None,
    }
}

fn lines_in(sample: &[u8], end: u64) -> u64 {
    let before = usize::try_from(end).ok().and_then(|end| sample.get(..end)).unwrap_or_default();
    before.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

struct Verdict {
    delimiter: u8,
    header_at: u64,
    hits: usize,
    width: usize,
    /// Permille of the records from the headings on that have as many cells as the headings; 0 for one column.
    shape: usize,
}

fn judge(sample: &[u8], whole: bool, delimiter: u8, skip: usize) -> Option<Verdict> {
    let records = records(sample, whole, delimiter, skip);
    let text = |cell| std::str::from_utf8(cell).unwrap_or_default();
    let shapes: Vec<Shape> = records.iter().map(|record| Shape::of(record.iter().map(text))).collect();
    let (at, hits) = headings_at(&shapes)?;
    let header = records.get(at)?;
    let width = header.len();
    let body = records.get(at..).unwrap_or_default();
    let same = body.iter().filter(|record| record.len() == width).count();
    let shape = if width < 2 { 0 } else { same * 1000 / body.len().max(1) + width.min(50) };
    // The reader's position still has the end of the line above, and blank lines, before it.
    let from = header.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(0);
    let ends = sample.iter().skip(from).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let header_at = (from + ends) as u64;
    Some(Verdict { delimiter, header_at, hits, width, shape })
}

/// What a record looks like to whoever searches the headings.
pub struct Shape {
    /// Cells.
    width: usize,
    /// Cells that read like headings.
    hits: usize,
}

impl Shape {
    /// Of the cells of a record.
    pub fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Self {
        cells.fold(Self { width: 0, hits: 0 }, |Self { width, hits }, cell| Self {
            width: width + 1,
            hits: hits + usize::from(headings::known(cell)),
        })
    }
}

/// Which record holds the headings, and how many of them are known: the one of the first lines with the most known words,
/// else the first that is as wide as most.
pub fn headings_at(shapes: &[Shape]) -> Option<(usize, usize)> {
    let by_words = shapes
        .iter()
        .take(PREAMBLE_MAX + 1)
        .enumerate()
        .map(|(index, shape)| (index, shape.hits))
        .max_by_key(|(index, hits)| (*hits, std::cmp::Reverse(*index)));
    match by_words {
        // One known word inside a preamble proves nothing, on the first line it does.
        Some((index, hits)) if hits >= 2 || (hits == 1 && index == 0) => Some((index, hits)),
        _ => {
            let widest = usual_width(shapes);
            Some((shapes.iter().position(|shape| shape.width == widest)?, 0))
        }
    }
}

/// Returns the number of cells that most records have; of equals the greater.
fn usual_width(shapes: &[Shape]) -> usize {
    let mut counts = std::collections::BTreeMap::<usize, usize>::new();
    for shape in shapes {
        *counts.entry(shape.width).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(width, count)| (*count, *width)).map_or(0, |(width, _)| width)
}

fn records(sample: &[u8], whole: bool, delimiter: u8, skip: usize) -> Vec<ByteRecord> {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(sample);
    let mut records: Vec<ByteRecord> =
        reader.byte_records().skip(skip).take(SHAPE_RECORDS).filter_map(Result::ok).collect();
    let at_the_cut = records.len() < SHAPE_RECORDS;
    if !whole && at_the_cut && records.len() > 1 {
        records.pop();
    }
    records
}
