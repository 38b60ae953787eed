//! Records of a text or of a sheet to rows of cells, streamed: preamble, blank rows, totals and repeated headings left out
//! and counted, every cell stripped of what spreadsheets wrap around it. Where records come from is for `text` and
//! `workbook`, what a cell means for `headings` and `values`. One row is in memory at a time.

use std::io::{self, Read};

use csv::StringRecord;

use super::decode::Binary;
use super::text::Text;

/// Why a text cannot be read as a table.
#[derive(Debug)]
pub enum TableError {
    /// There is nothing in it.
    Empty,
    /// It is no text.
    Binary(Binary),
    /// No delimiter makes columns of it; a person has to name one.
    NoColumns,
    /// A quotation mark opened on this line is not closed.
    OpenQuote {
        /// Line of the row, from 1.
        line: u64,
    },
    /// The text is not UTF-8 near this line: the reader in front did not decode.
    NotText {
        /// Line of the row, from 1.
        line: u64,
    },
    /// The workbook is not what it should be.
    Book(BookError),
    /// The source failed.
    Io(io::Error),
}

/// Why a workbook cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BookError {
    /// It is not whole, or breaks the rules of its format.
    Damaged,
    /// Unpacked it is larger than anything that is read at once.
    Huge,
    /// It has a password.
    Locked,
    /// It is a zip and no workbook of Excel.
    Other,
    /// A cell has an error that cannot be read: its word, and the row above it that was read last, from 1.
    Cell(String, u64),
    /// It has no sheet of this name: the name, and the sheets with rows.
    NoSheet(String, Vec<String>),
}

impl From<io::Error> for TableError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Rows that were left out, by reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Skipped {
    /// Lines above the headings.
    pub preamble: u64,
    /// Rows without any content, ruled lines too.
    pub blank: u64,
    /// Totals (合计, 总计, 小计, Total).
    pub totals: u64,
    /// The headings once more, where files were put together.
    pub headings: u64,
}

/// One row; reused between reads.
#[derive(Debug, Clone, Default)]
pub struct Row {
    record: StringRecord,
    line: u64,
}

impl Row {
    /// Returns the line of the file on which the row starts, or its row of the sheet, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Returns a cell without its wrapping; empty where the row is short.
    pub fn cell(&self, column: usize) -> &str {
        unwrap(self.raw(column))
    }

    /// Returns a cell as it stands in the file.
    pub fn raw(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default()
    }

    /// Returns all cells as they stand in the file.
    pub fn raw_cells(&self) -> impl Iterator<Item = &str> {
        self.record.iter()
    }

    /// Bytes that it takes.
    pub fn size(&self) -> usize {
        self.record.as_slice().len()
    }

    /// Whether there is content beyond `width` columns: a delimiter stood unquoted inside a cell, so that the
    /// cells may be shifted.
    pub fn overflows(&self, width: usize) -> bool {
        self.record.iter().skip(width).any(|cell| !unwrap(cell).is_empty())
    }
}

/// Where the records of a table come from.
pub trait Rows {
    /// Reads the next record and tells on which line, or row of a sheet, it stands, from 1; none at the end.
    fn next(&mut self, record: &mut StringRecord) -> Result<Option<u64>, TableError>;
}

/// A table, read row by row.
pub struct Table<S> {
    source: S,
    headings: Vec<String>,
    skipped: Skipped,
}

impl<R: Read> Table<Text<R>> {
    /// Opens UTF-8 text, finding delimiter and headings by itself.
    pub fn open(text: R) -> Result<Self, TableError> {
        Self::open_with(text, None)
    }

    /// Opens UTF-8 text with the delimiter a person has chosen.
    pub fn open_with(text: R, delimiter: Option<u8>) -> Result<Self, TableError> {
        let mut source = Text::open(text, delimiter)?;
        let mut first = StringRecord::new();
        if source.next(&mut first)?.is_none() {
            return Err(TableError::Empty);
        }
        let preamble = source.dialect().lines_before;
        Ok(Self::below(&first, preamble, source))
    }
}

impl<S: Rows> Table<S> {
    /// The rows that follow a record of headings, above which so many lines stand.
    pub fn below(first: &StringRecord, preamble: u64, source: S) -> Self {
        let mut headings: Vec<String> = first.iter().map(|cell| unwrap(cell).to_owned()).collect();
        while headings.last().is_some_and(String::is_empty) {
            headings.pop();
        }
        Self { source, headings, skipped: Skipped { preamble, ..Skipped::default() } }
    }

    /// Returns the headings, one per column, without those empty at the end.
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// Returns what was left out so far.
    pub fn skipped(&self) -> Skipped {
        self.skipped
    }

    /// Returns the source, for its progress and damage.
    pub fn source(&self) -> &S {
        &self.source
    }

    /// Reads the next row with content; false at the end. After an error the rest cannot be trusted.
    pub fn read(&mut self, row: &mut Row) -> Result<bool, TableError> {
        while let Some(line) = self.source.next(&mut row.record)? {
            row.line = line;
            if is_blank(&row.record) {
                self.skipped.blank += 1;
            } else if is_total(&row.record, self.headings.len()) {
                self.skipped.totals += 1;
            } else if self.repeats_headings(&row.record) {
                self.skipped.headings += 1;
            } else {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn repeats_headings(&self, record: &StringRecord) -> bool {
        let mut cells = record.iter().map(unwrap);
        self.headings.iter().all(|heading| cells.next() == Some(heading.as_str()))
    }
}

/// Takes off a cell what belongs to the spreadsheet and not to the value: padding (TAB, NBSP, full-width space,
/// zero-width marks), the wrapper `="…"` that keeps digits as text, and the quote that guards a formula or a number.
pub fn unwrap(cell: &str) -> &str {
    let cell = strip(cell);
    let inner = cell
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .filter(|inner| !inner.contains('"'))
        .map_or(cell, strip);
    match inner.strip_prefix('\'') {
        Some(rest) if rest.starts_with(|c: char| "=+-@\t\r".contains(c) || c.is_ascii_digit()) => strip(rest),
        _ => inner,
    }
}

fn strip(cell: &str) -> &str {
    // Most cells have nothing to strip; looking at two bytes is cheaper than decoding four characters.
    let plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    let bytes = cell.as_bytes();
    if plain(bytes.first()) && plain(bytes.last()) {
        return cell;
    }
    cell.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\0')
    })
}

fn is_blank(record: &StringRecord) -> bool {
    record.iter().all(|cell| unwrap(cell).bytes().all(|byte| matches!(byte, b'-' | b'=' | b'_' | b'*')))
}

/// Words that open a row of totals; the second part is also a company's name, so that such a row must be nearly
/// empty, while the first part is enough beside figures.
const TOTALS: [&[&str]; 2] = [
    &["合计", "总计", "小计", "总合计", "本页合计", "合 计", "总 计"],
    &["total", "totals", "grand total", "subtotal", "sum"],
];

fn is_total(record: &StringRecord, width: usize) -> bool {
    let mut filled = record.iter().map(unwrap).filter(|cell| !cell.is_empty());
    let Some(first) = filled.next() else { return false };
    // The longest word has 11 letters; most rows end here.
    if first.len() > 16 {
        return false;
    }
    let word = first.trim_end_matches([':', '\u{ff1a}']).trim_end();
    let [chinese, english] = TOTALS.map(|words| words.iter().any(|total| word.eq_ignore_ascii_case(total)));
    if !chinese && !english {
        return false;
    }
    let (mut others, mut figures) = (0, 0);
    for cell in filled {
        others += 1;
        figures += usize::from(cell.chars().all(|c| c.is_ascii_digit() || "+-.,¥¥%()元笔个".contains(c)));
    }
    let nearly_empty = width > 2 && (others + 1) * 2 <= width;
    nearly_empty || (chinese && others == figures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::decode::Utf8Reader;
    use encoding_rs::GB18030;

    type Cells = Vec<String>;
    type Lines<'a> = Table<Text<&'a [u8]>>;

    fn rows(text: &str) -> (Lines<'_>, Vec<(u64, Cells)>) {
        let mut table = Table::open(text.as_bytes()).expect("a table");
        let mut row = Row::default();
        let mut rows = Vec::new();
        while table.read(&mut row).expect("a row") {
            let cells = (0..table.headings().len()).map(|column| row.cell(column).to_owned());
            rows.push((row.line(), cells.collect()));
        }
        (table, rows)
    }

    #[test]
    fn a147_printed_table_saved_by_chinese_excel_is_read_from_its_bytes() {
        let text = "客户编号,所属行业,企业规模,关键联系人,职位,最近消费时间,消费频次(次/年),客户等级,品类偏好\r\n\
            C202405001,制造业,中型,某经理,采购总监,2024-04-15,3,潜力成长,A品类\r\n\
            C202405002,服务业,大型,某总,运营总监,2024-03-20,5,高价值,B品类\r\n";
        let bytes = GB18030.encode(text).0;
        let mut table = Table::open(Utf8Reader::new(&bytes[..], true)).expect("a table");
        assert_eq!(table.headings().len(), 9);
        let mut row = Row::default();
        assert!(table.read(&mut row).expect("row"));
        assert_eq!((row.line(), row.cell(0), row.cell(7)), (2, "C202405001", "潜力成长"));
        assert!(table.read(&mut row).expect("row"));
        assert_eq!((row.line(), row.cell(3)), (3, "某总"));
        assert!(!table.read(&mut row).expect("end"));
        assert_eq!(table.source().inner().encoding().map(encoding_rs::Encoding::name), Some("gb18030"));
        assert_eq!(table.source().inner().bytes_read(), bytes.len() as u64);
    }

    #[test]
    fn each_delimiter_is_found_even_with_commas_in_the_text() {
        for delimiter in [',', ';', '\t', '|'] {
            let d = delimiter;
            let quoted = if d == ',' { "\"新品, 报价\"" } else { "新品, 报价" };
            let text = format!(
                "客户编号{d}互动时间{d}互动内容简述\nC1{d}2024-05-10{d}{quoted}\nC2{d}2024-05-11{d}{quoted}\n"
            );
            let (table, rows) = rows(&text);
            assert_eq!(table.source().dialect().delimiter, d as u8, "{d}");
            assert_eq!(rows[1], (3, vec!["C2".into(), "2024-05-11".into(), "新品, 报价".into()]));
        }
    }

    #[test]
    fn without_known_headings_the_shape_decides() {
        let (table, rows) = rows("foo;bar;baz\n1,5;2;3\n4,5;6;7\n");
        assert_eq!(table.source().dialect().delimiter, b';');
        assert_eq!(rows.len(), 2);
        assert!(matches!(Table::open(&b"foo\nbar, b\nbaz\n"[..]), Err(TableError::NoColumns)));
        assert!(matches!(Table::open(&b" \r\n\n"[..]), Err(TableError::Empty)));
        assert!(matches!(Table::open(&b""[..]), Err(TableError::Empty)));
    }

    #[test]
    fn one_column_is_enough_when_its_heading_is_known() {
        let (table, rows) = rows("客户名称\n恒远物流\n宏达机械\n");
        assert_eq!((table.headings(), rows.len()), (&["客户名称".to_owned()][..], 2));
    }

    #[test]
    fn preambles_totals_and_rulers_are_left_out_and_counted() {
        let bill = "支付宝交易记录明细查询\r\n账号:[138****0031]\r\n起始日期:[2024-05-01]    终止日期:[2024-05-31]\r\n\
            ---------------------------------交易记录明细列表------------------------------------\r\n\
            交易号                  ,交易时间           ,对方户名     ,金额     ,交易状态  ,\r\n\
            2024050122001\t         ,2024-05-01 10:22:31 ,恒远物流     ,398.00   ,交易成功  ,\r\n\
            ,,,,,\r\n\
            2024050222002\t         ,2024-05-02 09:00:00 ,优品汇零售   ,¥1,200  ,交易成功  ,\r\n\
            合计,,,1598.00,,\r\n\
            ------------------------------------------------------------------------------------\r\n";
        let (table, rows) = rows(bill);
        assert_eq!(table.headings(), ["交易号", "交易时间", "对方户名", "金额", "交易状态"]);
        assert_eq!(
            rows[0],
            (
                6,
                vec![
                    "2024050122001".into(),
                    "2024-05-01 10:22:31".into(),
                    "恒远物流".into(),
                    "398.00".into(),
                    "交易成功".into()
                ]
            )
        );
        assert_eq!(rows[1].0, 8);
        assert_eq!(rows.len(), 2);
        assert_eq!(table.skipped(), Skipped { preamble: 4, blank: 2, totals: 1, headings: 0 });
    }

    #[test]
    fn notes_of_linkedin_are_no_headings() {
        let text = "Notes:\n\"When exporting your connection data, you may notice that some of the email addresses are missing.\"\n\n\
            First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
            San,Zhang,https://example.com/in/z,,Acme,CEO,12 Mar 2021\n";
        let (table, rows) = rows(text);
        assert_eq!(table.headings()[0], "First Name");
        assert_eq!(rows[0].0, 5);
        assert_eq!(table.skipped().preamble, 3);
    }

    #[test]
    fn a_thirty_line_preamble_is_the_most() {
        let make =
            |lines: usize| "说明文字\n".repeat(lines) + "客户编号,客户名称,电话\nC1,恒远,13800138000\n";
        for lines in [0, 1, 30] {
            let text = make(lines);
            let (table, rows) = rows(&text);
            assert_eq!(table.headings()[1], "客户名称", "{lines}");
            assert_eq!(rows[0].0, lines as u64 + 2);
        }
    }

    #[test]
    fn lines_are_counted_through_quoted_breaks_blank_lines_and_both_line_ends() {
        for end in ["\n", "\r\n"] {
            for last in ["", end] {
                let text =
                    format!("客户编号,客户名称{end}C1,\"恒远{end}物流\"{end}{end}C2,宏达{end}C3,优品{last}");
                let lines: Vec<u64> = rows(&text).1.into_iter().map(|(line, _)| line).collect();
                assert_eq!(lines, [2, 5, 6], "{text:?}");
            }
        }
    }

    #[test]
    fn a_company_called_total_is_no_total() {
        let (table, rows) =
            rows("客户名称,行业,电话,负责人\nTotal,制造业,13800138000,王敏\nTotal,,,\n合计:,2,3,5\n");
        assert_eq!(rows.len(), 1);
        assert_eq!(table.skipped().totals, 2);
    }

    #[test]
    fn headings_in_the_middle_are_skipped() {
        let (table, rows) = rows("客户编号,客户名称\nC1,恒远\n客户编号,客户名称\nC2,宏达\n");
        assert_eq!((rows.len(), table.skipped().headings), (2, 1));
    }

    #[test]
    fn wrappers_of_spreadsheets_come_off() {
        for (cell, wanted) in [
            ("=\"13800138000\"", "13800138000"),
            ("'13800138000", "13800138000"),
            ("'+86 138", "+86 138"),
            ("'=1+1", "=1+1"),
            ("2024050122001\t ", "2024050122001"),
            ("\u{3000}恒远\u{A0}", "恒远"),
            ("'tis", "'tis"),
            ("=\"a\"&\"b\"", "=\"a\"&\"b\""),
            ("\u{FEFF}客户", "客户"),
            ("", ""),
            ("'", "'"),
            ("=\"", "=\""),
        ] {
            assert_eq!(unwrap(cell), wanted);
        }
    }

    #[test]
    fn a_short_row_has_blanks_and_a_long_one_says_so() {
        let mut table =
            Table::open("客户编号,客户名称\nC1\nC2,恒远,物流\nC3,宏达,,\n".as_bytes()).expect("table");
        let mut row = Row::default();
        let mut seen = Vec::new();
        while table.read(&mut row).expect("row") {
            seen.push((row.cell(1).to_owned(), row.overflows(2)));
        }
        assert_eq!(seen, [(String::new(), false), ("恒远".to_owned(), true), ("宏达".to_owned(), false)]);
    }

    #[test]
    fn an_open_quote_is_named_and_does_not_fill_the_memory() {
        let mut text = "客户编号,客户名称\nC1,\"恒远\n".to_owned();
        for lines in [600, 400_000] {
            text.push_str(&"C2,宏达机械\n".repeat(lines));
            let mut table = Table::open(text.as_bytes()).expect("table");
            let error = table.read(&mut Row::default()).expect_err("the quote is open");
            assert!(matches!(error, TableError::OpenQuote { line: 2 }), "{error:?}");
        }
    }

    #[test]
    fn the_delimiter_named_in_the_file_or_by_a_person_holds() {
        let (table, read) = rows("sep=;\n客户编号;备注\nC1;a,b\n");
        assert_eq!((table.source().dialect().delimiter, table.headings().len(), read[0].0), (b';', 2, 3));
        let table = Table::open_with("a,b:c\n1,2:3\n".as_bytes(), Some(b':')).expect("table");
        assert_eq!(table.headings(), ["a,b", "c"]);
    }
}
