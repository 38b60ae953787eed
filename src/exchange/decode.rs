//! Bytes to text: which encoding a file has, and a reader that turns it into UTF-8 in bounded memory. What the
//! text says is not looked at here. The one thing to know: a file that starts in plain ASCII is not decided until
//! its first other byte, so that a Chinese name on row 80,000 of an English-looking export is still read right.

use std::io::{self, ErrorKind, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, DecoderResult, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// An encoding of the WHATWG list; its `name()` is what people are shown and may correct.
pub type Encoding = &'static encoding_rs::Encoding;

/// Bytes read from the source at a time; also how much of a file decides its encoding.
const CHUNK: usize = 64 * 1024;
/// U+FFFD, put where bytes could not be decoded.
const LOSS: &[u8] = "\u{FFFD}".as_bytes();

/// A file that is no text at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binary {
    /// A zip container, which is what XLSX is.
    Zip,
    /// A workbook of Excel 97–2003.
    OldExcel,
    /// Something compressed.
    Gzip,
    /// A PDF.
    Pdf,
    /// A database, of this program's or another's.
    Database,
    /// A picture, a program, whatever else has signs that no text has.
    Other,
}

/// Recognises by its first bytes a file that cannot be read as a table of text.
pub fn binary(head: &[u8]) -> Option<Binary> {
    const MAGIC: [(&[u8], Binary); 5] = [
        (b"SQLite format 3\0", Binary::Database),
        (b"PK\x03\x04", Binary::Zip),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Binary::OldExcel),
        (b"\x1F\x8B", Binary::Gzip),
        (b"%PDF-", Binary::Pdf),
    ];
    MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|&(_, kind)| kind)
}

/// Finds the encoding of a file from its first bytes: byte order mark, NUL parity (UTF-16 without a mark), valid
/// UTF-8 (a character cut by the end of `head` counts as valid), then statistics, which `chinese_hint` leans
/// towards Chinese. GBK comes back as its superset GB18030.
pub fn detect(head: &[u8], chinese_hint: bool) -> Encoding {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(head) {
        return encoding;
    }
    if let Some(encoding) = utf16_by_parity(head) {
        return encoding;
    }
    match std::str::from_utf8(head) {
        Ok(_) => return UTF_8,
        Err(error) if error.error_len().is_none() => return UTF_8,
        Err(_) => {}
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, true);
    let tld: Option<&[u8]> = if chinese_hint { Some(b"cn") } else { None };
    let found = detector.guess(tld, Utf8Detection::Allow);
    if found == GBK { GB18030 } else { found }
}

/// Tells UTF-16 without a mark by where its NULs are: commas, digits and line ends have one in every pair, always
/// on the same side. 一 (U+4E00) puts one on the other side now and then, hence a majority and not unanimity. Text of
/// another encoding into which a NUL has come by mistake has none beside its commas and line ends.
fn utf16_by_parity(head: &[u8]) -> Option<Encoding> {
    let (mut even, mut odd, mut cuts, mut wide) = (0_usize, 0_usize, 0_usize, (0_usize, 0_usize));
    let is_cut = |byte: u8| matches!(byte, b',' | b';' | b'\t' | b'\n');
    for pair in head.chunks_exact(2) {
        if let [first, second] = pair {
            even += usize::from(*first == 0);
            odd += usize::from(*second == 0);
            cuts += usize::from(is_cut(*first)) + usize::from(is_cut(*second));
            wide.0 += usize::from(is_cut(*first) && *second == 0);
            wide.1 += usize::from(is_cut(*second) && *first == 0);
        }
    }
    let enough = (head.len() / 40).max(1);
    // a character of Chinese has such a byte now and then
    let seldom = |wide: usize| wide * 4 < cuts;
    if odd >= enough && odd > even * 3 && !seldom(wide.0) {
        Some(UTF_16LE)
    } else if even >= enough && even > odd * 3 && !seldom(wide.1) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// How much of a file could not be decoded: each place became U+FFFD, and the cells that hold it are refused by
/// `values`, so nothing broken is stored unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Damage {
    /// Number of undecodable sequences.
    pub count: u64,
    /// Byte offset in the source of the first one.
    pub first_at: Option<u64>,
}

/// Reads bytes in any encoding and gives UTF-8, without the byte order mark, in bounded memory.
pub struct Utf8Reader<R> {
    inner: R,
    chinese_hint: bool,
    encoding: Option<Encoding>,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    raw_at: usize,
    text: Vec<u8>,
    text_at: usize,
    text_len: usize,
    taken: u64,
    decoded: u64,
    source_ended: bool,
    finished: bool,
    damage: Damage,
}

impl<R: Read> Utf8Reader<R> {
    /// Reads `inner` in the encoding that its first bytes beyond ASCII show.
    pub fn new(inner: R, chinese_hint: bool) -> Self {
        Self {
            inner,
            chinese_hint,
            encoding: None,
            decoder: None,
            raw: Vec::with_capacity(CHUNK),
            raw_at: 0,
            text: vec![0; CHUNK + CHUNK / 2],
            text_at: 0,
            text_len: 0,
            taken: 0,
            decoded: 0,
            source_ended: false,
            finished: false,
            damage: Damage::default(),
        }
    }

    /// Reads `inner` in the encoding a person has chosen; GBK is widened to GB18030.
    pub fn with_encoding(inner: R, encoding: Encoding) -> Self {
        let mut reader = Self::new(inner, false);
        reader.decide(if encoding == GBK { GB18030 } else { encoding });
        reader
    }

    /// Returns the encoding; none while only ASCII has been seen.
    pub fn encoding(&self) -> Option<Encoding> {
        self.encoding
    }

    /// Returns how many bytes of the source were read so far, for a progress bar.
    pub fn bytes_read(&self) -> u64 {
        self.taken
    }

    /// Returns what could not be decoded so far.
    pub fn damage(&self) -> Damage {
        self.damage
    }

    fn decide(&mut self, encoding: Encoding) {
        self.encoding = Some(encoding);
        // A mark belongs to the first bytes of a file only; later U+FEFF is text.
        self.decoder = Some(if self.decoded == 0 {
            encoding.new_decoder_with_bom_removal()
        } else {
            encoding.new_decoder_without_bom_handling()
        });
    }

    /// Fills up the raw buffer: whole while the encoding is open, by one read afterwards (a pipe must not wait).
    fn fetch(&mut self) -> io::Result<()> {
        self.raw.drain(..self.raw_at.min(self.raw.len()));
        self.raw_at = 0;
        let mut filled = self.raw.len();
        self.raw.resize(CHUNK, 0);
        let outcome = loop {
            let Some(room) = self.raw.get_mut(filled..).filter(|room| !room.is_empty()) else { break Ok(()) };
            match self.inner.read(room) {
                Ok(0) => {
                    self.source_ended = true;
                    break Ok(());
                }
                Ok(n) => {
                    filled += n;
                    self.taken += n as u64;
                    if self.decoder.is_some() {
                        break Ok(());
                    }
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => break Err(error),
            }
        };
        self.raw.truncate(filled);
        outcome
    }

    /// Makes more text; leaves it empty only at the end of the source.
    fn refill(&mut self) -> io::Result<()> {
        self.text_at = 0;
        self.text_len = 0;
        while self.text_len == 0 && !self.finished {
            if self.raw_at >= self.raw.len() && !self.source_ended {
                self.fetch()?;
            }
            if self.decoder.is_some() {
                self.decode();
                continue;
            }
            match self.raw.iter().position(|byte| !byte.is_ascii() || *byte == 0) {
                None => self.pass_ascii(self.raw.len()),
                // Too little behind the first other byte to judge by: let the plain part go and read on.
                Some(at) if at > CHUNK / 2 && !self.source_ended => {
                    self.pass_ascii(at);
                    self.fetch()?;
                }
                Some(_) => self.decide(detect(&self.raw, self.chinese_hint)),
            }
        }
        Ok(())
    }

    /// Hands out the first `length` bytes of the raw buffer as they are.
    fn pass_ascii(&mut self, length: usize) {
        if let (Some(to), Some(from)) = (self.text.get_mut(..length), self.raw.get(..length)) {
            to.copy_from_slice(from);
        }
        self.text_len = length;
        self.decoded += length as u64;
        self.raw_at = length;
        self.finished = self.source_ended && length == self.raw.len();
    }

    fn decode(&mut self) {
        // Three bytes stay free behind the room, so that the sign of a loss always fits.
        let room_end = self.text.len().saturating_sub(LOSS.len());
        let (Some(decoder), Some(source), Some(room)) =
            (self.decoder.as_mut(), self.raw.get(self.raw_at..), self.text.get_mut(self.text_len..room_end))
        else {
            return;
        };
        let (result, read, written) =
            decoder.decode_to_utf8_without_replacement(source, room, self.source_ended);
        self.raw_at += read;
        self.decoded += read as u64;
        self.text_len += written;
        match result {
            DecoderResult::InputEmpty => self.finished = self.source_ended,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, after) => {
                let behind = u64::from(length) + u64::from(after);
                self.damage.first_at.get_or_insert(self.decoded.saturating_sub(behind));
                self.damage.count += 1;
                if let Some(gap) = self.text.get_mut(self.text_len..self.text_len + LOSS.len()) {
                    gap.copy_from_slice(LOSS);
                    self.text_len += LOSS.len();
                }
            }
        }
    }
}

impl<R: Read> Read for Utf8Reader<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.text_at >= self.text_len {
            self.refill()?;
        }
        let ready = self.text.get(self.text_at..self.text_len).unwrap_or_default();
        let n = ready.len().min(buf.len());
        if let (Some(to), Some(from)) = (buf.get_mut(..n), ready.get(..n)) {
            to.copy_from_slice(from);
        }
        self.text_at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte per read, the worst a pipe can do.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
            let (Some((first, rest)), Some(to)) = (self.0.split_first(), buf.first_mut()) else {
                return Ok(0);
            };
            *to = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    fn gbk(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    fn read(bytes: &[u8]) -> (String, &'static str, Damage) {
        let mut reader = Utf8Reader::new(Drip(bytes), true);
        let mut text = String::new();
        reader.read_to_string(&mut text).expect("UTF-8 comes out whatever goes in");
        assert_eq!(reader.bytes_read(), bytes.len() as u64);
        (text, reader.encoding().map_or("-", |encoding| encoding.name()), reader.damage())
    }

    const TABLE: &str = "客户编号,所属行业,企业规模\r\nC202405001,制造业,中型\r\nC202405002,服务业,一一\r\n";

    #[test]
    fn every_encoding_gives_the_same_text() {
        let mut marked = b"\xEF\xBB\xBF".to_vec();
        marked.extend_from_slice(TABLE.as_bytes());
        for (bytes, name) in [
            (TABLE.as_bytes().to_vec(), "UTF-8"),
            (marked, "UTF-8"),
            (gbk(TABLE), "gb18030"),
            (utf16(TABLE, false, true), "UTF-16LE"),
            (utf16(TABLE, true, true), "UTF-16BE"),
            (utf16(TABLE, false, false), "UTF-16LE"),
            (utf16(TABLE, true, false), "UTF-16BE"),
        ] {
            assert_eq!(read(&bytes), (TABLE.to_owned(), name, Damage::default()));
        }
    }

    #[test]
    fn a_stray_nul_makes_no_other_encoding_of_a_text() {
        for text in ["客户编号,客户名称\nC1,恒\0远\nC2,宏达\n", "code,name\nC1,\0Acme\nC2,Best\n"]
        {
            for bytes in [text.as_bytes().to_vec(), gbk(text), [b" ", text.as_bytes()].concat()] {
                assert_eq!(read(&bytes).0.trim_start(), text);
            }
        }
        for big in [false, true] {
            assert_eq!(read(&utf16("客户名称\n", big, false)).0, "客户名称\n");
        }
    }

    #[test]
    fn two_characters_in_gbk_are_enough_with_the_hint() {
        assert_eq!(detect(&gbk("张三"), true).name(), "gb18030");
    }

    #[test]
    fn a_character_cut_by_the_end_of_the_head_is_still_utf8() {
        let bytes = "客户编号".as_bytes();
        for cut in [3, 4, 5, 6] {
            assert_eq!(detect(&bytes[..cut], true), UTF_8, "{cut}");
        }
    }

    #[test]
    fn an_ascii_file_is_decided_at_its_first_chinese_name() {
        for rows in [10, 4_000, 7_281, 40_000] {
            let mut text = "id,name\r\n".to_owned() + &"1,Acme Ltd\n".repeat(rows);
            text.push_str("2,北京科技有限公司\n3,上海贸易有限公司\n");
            let bytes = gbk(&text);
            let mut reader = Utf8Reader::new(&bytes[..], true);
            let mut out = String::new();
            reader.read_to_string(&mut out).expect("text");
            assert!(out == text, "{rows} rows");
            assert_eq!(reader.encoding().map(encoding_rs::Encoding::name), Some("gb18030"));
        }
    }

    #[test]
    fn plain_ascii_needs_no_encoding_and_an_empty_file_is_empty() {
        assert_eq!(read(b"a,b\n"), ("a,b\n".to_owned(), "-", Damage::default()));
        assert_eq!(read(b""), (String::new(), "-", Damage::default()));
    }

    #[test]
    fn undecodable_bytes_are_counted_with_the_place_of_the_first() {
        let mut bytes = "客户,张".as_bytes().to_vec();
        bytes.push(0xFF);
        bytes.extend_from_slice("三\n李".as_bytes());
        bytes.push(0xE6);
        let mut reader = Utf8Reader::with_encoding(Drip(&bytes), UTF_8);
        let mut text = String::new();
        reader.read_to_string(&mut text).expect("text");
        assert_eq!(text, "客户,张\u{FFFD}三\n李\u{FFFD}");
        assert_eq!(reader.damage(), Damage { count: 2, first_at: Some(10) });
    }

    #[test]
    fn rare_characters_of_gb18030_survive() {
        let text = "姓名,备注\n𠮷田,é\n";
        assert_eq!(read(&gbk(text)).0, text);
    }

    #[test]
    fn workbooks_are_told_from_text() {
        assert_eq!(binary(b"PK\x03\x04rest"), Some(Binary::Zip));
        assert_eq!(binary(b"PK,name"), None);
    }
}
