//! One cell to one value, cleaned (H6): text, days, instants, yuan, whole numbers, words of controlled
//! lists, sizes, phones and mails. Every refusal is a [`CellError`] that carries the column, what stood there and
//! what is wanted, so that the text layer can word it. A blank cell is never an error here (E23): whether a value
//! may lack is for whoever makes changes of rows.

use chrono::{NaiveDate, NaiveTime};
use unicode_normalization::UnicodeNormalization;

use super::columns::Column;
pub use super::size::{Size, size};
use super::words::{self, List};
use crate::domain::clock::{Zone, stamped};
use crate::domain::industries::{self, Industry};
use crate::domain::phones::{self, NotAnAddress, Phone, PhoneFault};

/// Longest text kept in one field, characters.
pub const TEXT_MAX: usize = 20_000;
/// Longest name, characters.
pub const NAME_MAX: usize = 200;
/// The most yuan an amount may be, either way: what fits a figure in fen many times over.
const YUAN_MAX: i64 = 1_000_000_000_000;

/// Why a cell is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellError {
    /// The column it belongs to.
    pub column: Column,
    /// What stood there, cut to 80 characters.
    pub text: String,
    /// What is wanted.
    pub wanted: Wanted,
}

/// What a refused cell should have held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Text in the encoding of the file; bytes of it could not be decoded, or are a NUL.
    Decodable,
    /// At most this many characters.
    Shorter(usize),
    /// One line: no name holds a line break, and a quotation mark that was left open takes the rows below with it.
    OneLine,
    /// A value and no error of a formula (`#REF!`).
    NoFormulaError,
    /// A day, best YYYY-MM-DD (A1).
    Date,
    /// An amount of money (A2).
    Amount,
    /// A whole number.
    Integer,
    /// Yes or no.
    YesNo,
    /// One of these ids or a word that means one.
    OneOf(&'static List),
    /// A size class, a number of employees or a range of it.
    Size,
    /// Phone numbers.
    Phones,
    /// The whole number; the spreadsheet has written `1.38E+10` and the file has lost the digits.
    AllDigits,
    /// E-mail addresses.
    Emails,
}

pub(super) type Cell<T> = Result<Option<T>, CellError>;

pub(super) fn refuse<T>(column: Column, cell: &str, wanted: Wanted) -> Result<T, CellError> {
    Err(CellError { column, text: cell.replace('\0', "\u{FFFD}").chars().take(80).collect(), wanted })
}

/// Whether a cell says that there is nothing: empty, `/`, dashes, `N/A`, `NULL`, 暂无.
pub fn is_blank(cell: &str) -> bool {
    const WORDS: [&str; 9] = ["n/a", "#n/a", "na", "null", "none", "nil", "nan", "暂无", "(空)"];
    let cell = cell.trim();
    cell.is_empty()
        || cell.chars().all(|c| matches!(c, '/' | '-' | '—' | '–' | '\\' | '─'))
        || WORDS.iter().any(|word| word.eq_ignore_ascii_case(cell))
}

/// Whether a cell says 无 (none), which means blank in all columns but yes and no.
pub(super) fn is_none(cell: &str) -> bool {
    is_blank(cell) || matches!(cell.trim(), "无" | "没有" | "未知" | "不详" | "unknown" | "Unknown")
}

/// Reads text of any length up to [`TEXT_MAX`]: line breaks stay, other control characters go.
pub fn text(column: Column, cell: &str) -> Cell<String> {
    sound(column, cell, TEXT_MAX, true)
}

/// Reads a name (of a customer, a person, a product): one line, single blanks, no control characters.
pub fn name(column: Column, cell: &str) -> Cell<String> {
    let Some(name) = sound(column, cell, NAME_MAX, false)? else { return Ok(None) };
    Ok(Some(name.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// Reads the name under which a new record will stand: one that goes over several lines is rows that were swallowed.
pub fn whole_name(column: Column, cell: &str) -> Cell<String> {
    if cell.trim().contains(['\n', '\r']) {
        return refuse(column, cell, Wanted::OneLine);
    }
    name(column, cell)
}

/// Reads a customer number or another code: half-width, and whole, which a number in scientific form is not.
pub fn code(column: Column, cell: &str) -> Cell<String> {
    let Some(code) = name(column, cell)? else { return Ok(None) };
    let code: String = code.nfkc().collect();
    if phones::is_rounded(&code) {
        return refuse(column, cell, Wanted::AllDigits);
    }
    Ok(Some(code))
}

/// Whether a cell is what a spreadsheet shows for a formula that has failed; `#N/A` means that nothing was found.
pub fn is_formula_error(cell: &str) -> bool {
    cell.starts_with('#')
        && matches!(
            cell,
            "#REF!"
                | "#VALUE!"
                | "#DIV/0!"
                | "#NAME?"
                | "#NUM!"
                | "#NULL!"
                | "#SPILL!"
                | "#CALC!"
                | "#GETTING_DATA"
        )
}

fn sound(column: Column, cell: &str, most: usize, lines: bool) -> Cell<String> {
    if is_blank(cell) {
        return Ok(None);
    }
    if cell.contains(['\u{FFFD}', '\0']) {
        return refuse(column, cell, Wanted::Decodable);
    }
    if is_formula_error(cell) {
        return refuse(column, cell, Wanted::NoFormulaError);
    }
    let clean = |c: char| match c {
        '\n' if lines => Some('\n'),
        '\t' | '\n' | '\u{A0}' | '\u{3000}' => Some(' '),
        // Marks that cannot be seen and would hide a name from search, or turn a line around.
        '\u{200B}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{FEFF}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}' => None,
        c if c.is_control() => None,
        c => Some(c),
    };
    let text: String = cell.replace("\r\n", "\n").replace('\r', "\n").chars().filter_map(clean).collect();
    let text = text.trim();
    if text.chars().count() > most {
        return refuse(column, cell, Wanted::Shorter(most));
    }
    Ok(if text.is_empty() { None } else { Some(text.to_owned()) })
}

/// Reads several words of one cell (tags, categories), cut at `;` `,` `、` `|` and line breaks.
pub fn several(column: Column, cell: &str) -> Result<Vec<String>, CellError> {
    if is_none(cell) {
        return Ok(Vec::new());
    }
    let pieces = cell.split([';', ',', ';', ',', '、', '|', '\n']).map(str::trim);
    let mut found = Vec::new();
    for piece in pieces.filter(|piece| !piece.is_empty() && *piece != ":::") {
        if let Some(word) = name(column, piece)?
            && !found.contains(&word)
        {
            found.push(word);
        }
    }
    Ok(found)
}

/// Reads a calendar day; a time behind it is dropped.
pub fn date(zone: Zone) -> impl Fn(Column, &str) -> Cell<NaiveDate> {
    move |column, cell| Ok(instant(zone)(column, cell)?.map(|(day, _)| day))
}

/// Reads a day with the time of day, if there is one, in the company's time zone; what has an offset of its own is brought
/// into it.
pub fn instant(zone: Zone) -> impl Fn(Column, &str) -> Cell<(NaiveDate, Option<NaiveTime>)> {
    move |column, cell| local(zone, column, cell)
}

fn local(zone: Zone, column: Column, cell: &str) -> Cell<(NaiveDate, Option<NaiveTime>)> {
    if is_none(cell) {
        return Ok(None);
    }
    let text: String = cell.nfkc().collect();
    if let Some(at) = stamped(&text) {
        let local = zone.local(at);
        return Ok(Some((local.date(), Some(local.time()))));
    }
    let found = serial(text.trim()).or_else(|| calendar(text.trim()));
    found.map_or_else(|| refuse(column, cell, Wanted::Date), |found| Ok(Some(found)))
}

/// Reads the bare number that a spreadsheet keeps for a day (45427 is 2024-05-15): 1954 to 2119 only, so that
/// neither a year nor a compact date is taken for one.
fn serial(text: &str) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let (days, fraction) = text.split_once('.').map_or((text, None), |(days, rest)| (days, Some(rest)));
    let days = Some(days).filter(|days| days.len() == 5).and_then(|days| days.parse::<u64>().ok())?;
    if !(20_000..80_000).contains(&days) {
        return None;
    }
    let day = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(chrono::Days::new(days))?;
    let Some(fraction) = fraction else { return Some((day, None)) };
    let part: f64 = format!("0.{fraction}").parse().ok()?;
    let seconds = ((part * 86_400.0).round() as u32).min(86_399);
    Some((day, NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)))
}

/// Reads yuan as fen; `scale` multiplies a plain number when the heading counts in 万元 (`headings::scale`).
pub fn amount(column: Column, cell: &str, scale: i64) -> Cell<i64> {
    if is_none(cell) {
        return Ok(None);
    }
    let text: String = cell.nfkc().collect();
    // A unit in the cell outranks the one in the heading.
    let own_unit = text.contains(['万', '亿', '千', '元', 'k', 'K', 'm', 'M']);
    let fen = yuan(text.trim()).and_then(|fen| if own_unit { Some(fen) } else { fen.checked_mul(scale) });
    match fen.filter(|fen| fen.abs() <= YUAN_MAX * 100) {
        Some(fen) => Ok(Some(fen)),
        None => refuse(column, cell, Wanted::Amount),
    }
}

/// Reads a whole number: thousands separators, a unit behind it (人, 次, 次/年, 件 …), 万.
pub fn integer(column: Column, cell: &str) -> Cell<i64> {
    if is_none(cell) {
        return Ok(None);
    }
    let text: String = cell.nfkc().filter(|c| !c.is_whitespace()).collect();
    whole(&text).map_or_else(|| refuse(column, cell, Wanted::Integer), |number| Ok(Some(number)))
}

/// Units that may follow a whole number.
const COUNTED: [&str; 15] =
    ["", "人", "名", "位", "次", "个", "件", "单", "家", "台", "套", "次/年", "人次", "employees", "people"];

pub(super) fn whole(text: &str) -> Option<i64> {
    let text = text.trim_start_matches(['约', '~', '+']);
    let end =
        text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.' | '-'))).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(end)?;
    let (times, unit) = match unit.strip_prefix('万') {
        Some(unit) => (10_000, unit),
        None => (1, unit),
    };
    if !COUNTED.contains(&unit) {
        return None;
    }
    let digits = number.replace(',', "");
    let (units, fraction) = digits.split_once('.').unwrap_or((digits.as_str(), ""));
    // 1.2万 is whole, 1.2 is not.
    let places = u32::try_from(fraction.len()).ok().filter(|places| *places <= 9)?;
    let all: i64 = format!("{units}{fraction}").parse().ok()?;
    let power = 10_i64.checked_pow(places)?;
    let value = all.checked_mul(times)?;
    (value % power == 0).then_some(value / power)
}

/// Reads yes or no.
pub fn yes_no(column: Column, cell: &str) -> Cell<bool> {
    if is_blank(cell) {
        return Ok(None);
    }
    let found = words::YES_NO.find(cell).map(|id| id == "yes");
    found.map_or_else(|| refuse(column, cell, Wanted::YesNo), |yes| Ok(Some(yes)))
}

/// Reads a word of a controlled list as its id.
pub fn word(column: Column, cell: &str, list: &'static List) -> Cell<&'static str> {
    if is_none(cell) {
        return Ok(None);
    }
    list.find(cell).map_or_else(|| refuse(column, cell, Wanted::OneOf(list)), |id| Ok(Some(id)))
}

/// Reads a channel (A75); blank is allowed and is a gap to fill (E23).
pub fn channel(column: Column, cell: &str) -> Cell<&'static str> {
    word(column, cell, &words::CHANNEL)
}

/// Reads an industry in standard wording (A3); a term outside the lists is kept and marked.
pub fn industry(column: Column, cell: &str) -> Cell<Industry> {
    if is_none(cell) {
        return Ok(None);
    }
    Ok(name(column, cell)?.map(|term| industries::industry(&term)))
}

/// Reads the phone numbers of a cell.
pub fn phones(column: Column, cell: &str) -> Result<Vec<Phone>, CellError> {
    if is_none(cell) {
        return Ok(Vec::new());
    }
    phones::phones(cell).or_else(|fault| match fault {
        PhoneFault::LostDigits => refuse(column, cell, Wanted::AllDigits),
        PhoneFault::NotANumber => refuse(column, cell, Wanted::Phones),
    })
}

/// Reads the e-mail addresses of a cell.
pub fn emails(column: Column, cell: &str) -> Result<Vec<String>, CellError> {
    if is_none(cell) {
        return Ok(Vec::new());
    }
    phones::emails(cell).or_else(|NotAnAddress| refuse(column, cell, Wanted::Emails))
}

/// Reads a day and perhaps a time as people write them: 2023-10-15, 2023/10/15, 2023.10.15, 20231015, 2023年10月15日,
/// 12 Mar 2021, Mar 12, 2021, each with 14:02, 14:02:33, 14时02分 or an ISO `T…Z` behind it.
fn calendar(text: &str) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let text = text.replace(['年', '月', '/', '.'], "-").replace('日', " ");
    let (day, time) = match text.find(['T', ' ']) {
        Some(at) if text.get(..at).is_some_and(|head| head.bytes().any(|b| b == b'-') || head.len() == 8) => {
            (text.get(..at)?, text.get(at + 1..)?.trim())
        }
        _ => return by_month_name(&text).map(|day| (day, None)),
    };
    let day = numbers(day)?;
    if time.is_empty() { Some((day, None)) } else { Some((day, Some(clock(time)?))) }
}

fn numbers(day: &str) -> Option<NaiveDate> {
    if day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit()) {
        return NaiveDate::parse_from_str(day, "%Y%m%d").ok();
    }
    let mut parts = day.trim_end_matches('-').split('-');
    let (year, month, of_month) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || parts.next().is_some() {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, of_month.parse().ok()?)
}

fn clock(text: &str) -> Option<NaiveTime> {
    let text = text.replace(['时', '点', '分'], ":").replace('秒', "");
    let text = text.trim_end_matches(['Z', ':']);
    let text = text.split_once('-').map_or(text, |(time, _)| time);
    ["%H:%M:%S", "%H:%M"].iter().find_map(|form| NaiveTime::parse_from_str(text, form).ok())
}

fn by_month_name(text: &str) -> Option<NaiveDate> {
    let text = text.replace(',', " ");
    let words: Vec<&str> = text.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [one] => numbers(one),
        [_, _, year] if year.len() == 4 => {
            let joined = words.join(" ");
            ["%d %b %Y", "%b %d %Y"].iter().find_map(|form| NaiveDate::parse_from_str(&joined, form).ok())
        }
        [..] => numbers(&words.join("-")),
    }
}

/// Reads an amount as fen: `¥1,234.50`, `398元`, `10万元`, `1.2亿`, `3.5k`, `(1,234)` for less than nothing.
fn yuan(text: &str) -> Option<i64> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    let (negative, body) = match compact.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(body) => (true, body),
        None => (compact.starts_with('-'), compact.trim_start_matches(['-', '+'])),
    };
    let body = ["¥", "¥", "RMB", "CNY"].iter().fold(body, |body, sign| body.trim_start_matches(sign));
    let (negative, body) =
        if let Some(rest) = body.strip_prefix('-') { (true, rest) } else { (negative, body) };
    let body =
        ["元整", "元", "人民币", "RMB", "CNY"].iter().fold(body, |body, unit| body.trim_end_matches(unit));
    let end = body.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(body.len());
    let (number, unit) = body.split_at_checked(end)?;
    let times: i64 = match unit {
        "" => 1,
        "千" | "k" | "K" => 1_000,
        "万" | "w" | "W" => 10_000,
        "百万" | "m" | "M" => 1_000_000,
        "千万" => 10_000_000,
        "亿" => 100_000_000,
        _ => return None,
    };
    let (units, fraction) = number.split_once('.').unwrap_or((number, ""));
    if (units.is_empty() && fraction.is_empty()) || fraction.contains('.') {
        return None;
    }
    // In fen and half up, digit by digit: no float ever touches money.
    let whole: i64 = if units.is_empty() { 0 } else { units.parse().ok()? };
    let mut fen = whole.checked_mul(times)?.checked_mul(100)?;
    let kept: String = fraction.chars().take(9).collect();
    let places = u32::try_from(kept.len()).ok()?;
    let part: i64 = if kept.is_empty() { 0 } else { kept.parse().ok()? };
    let power = 10_i128.pow(places);
    let small = (i128::from(part) * i128::from(times) * 100 + power / 2) / power;
    fen = fen.checked_add(i64::try_from(small).ok()?)?;
    Some(if negative { -fen } else { fen })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANY: Column = Column::Note;
    const ZONE: Zone = Zone(480);

    fn day(year: i32, month: u32, of_month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, of_month).expect("a day")
    }

    #[test]
    fn a1_days_in_every_usual_form_are_one_day() {
        for cell in [
            "2023-10-15",
            "2023/10/15",
            "2023.10.15",
            "20231015",
            "2023年10月15日",
            "2023/10/15 0:00:00",
            "2023-10-15T08:30:00Z",
            "15 Oct 2023",
            "Oct 15, 2023",
            "2023/10/15",
            "45214",
        ] {
            assert_eq!(date(ZONE)(ANY, cell), Ok(Some(day(2023, 10, 15))), "{cell}");
        }
        for cell in ["2023-02-29", "2023-13-01", "昨天以前", "15", "2023", "1234567"] {
            let error = date(ZONE)(Column::LastOrder, cell).expect_err(cell);
            assert_eq!(
                (error.column, error.text.as_str(), error.wanted),
                (Column::LastOrder, cell, Wanted::Date)
            );
        }
        assert_eq!(date(ZONE)(ANY, " / "), Ok(None));
        assert_eq!(date(ZONE)(ANY, "2024-02-29"), Ok(Some(day(2024, 2, 29))));
    }

    #[test]
    fn a76_a_time_of_day_is_kept() {
        let time = |hour, minute, second| NaiveTime::from_hms_opt(hour, minute, second);
        for (cell, wanted) in [
            ("2024-05-10 14:02", time(14, 2, 0)),
            ("2024/5/10 9:05:33", time(9, 5, 33)),
            ("2024年5月10日 14时02分", time(14, 2, 0)),
            ("2024-05-10", None),
            ("45422.5", time(12, 0, 0)),
        ] {
            assert_eq!(instant(ZONE)(ANY, cell), Ok(Some((day(2024, 5, 10), wanted))), "{cell}");
        }
        assert!(instant(ZONE)(ANY, "2024-05-10 25:00").is_err());
    }

    #[test]
    fn a76_an_offset_in_the_cell_is_brought_into_the_companys_time() {
        for cell in ["2024-05-10T16:30:00Z", "2024-05-11T00:30:00+08:00", "2024-05-10T11:30:00-05:00"] {
            let wanted = (day(2024, 5, 11), NaiveTime::from_hms_opt(0, 30, 0));
            assert_eq!(instant(ZONE)(ANY, cell), Ok(Some(wanted)), "{cell}");
            assert_eq!(date(ZONE)(ANY, cell), Ok(Some(day(2024, 5, 11))), "{cell}");
        }
        // from when until when is no offset
        let wanted = (day(2024, 5, 10), NaiveTime::from_hms_opt(14, 30, 0));
        assert_eq!(instant(ZONE)(ANY, "2024-05-10 14:30-15:00"), Ok(Some(wanted)));
    }

    #[test]
    fn a2_amounts_become_fen() {
        for (cell, fen) in [
            ("10万元", 10_000_000),
            ("¥1,234.50", 123_450),
            ("¥1,234.50", 123_450),
            ("398元", 39_800),
            ("-12.5", -1_250),
            ("(1,234)", -123_400),
            ("1.2亿", 12_000_000_000),
            ("3.5k", 350_000),
            ("0.005", 1),
            ("0.004", 0),
            ("¥-20", -2_000),
            ("0", 0),
            ("1,234", 123_400),
            (".5", 50),
        ] {
            assert_eq!(amount(ANY, cell, 1), Ok(Some(fen)), "{cell}");
        }
        assert_eq!(amount(ANY, "12.5", 10_000), Ok(Some(12_500_000)));
        assert_eq!(
            amount(ANY, "12.5元", 10_000),
            Ok(Some(1_250)),
            "the unit in the cell outranks the heading"
        );
        for cell in ["十万", "12.3.4", "元", "12美元", "99999999999999999999", "1000000000000.01"] {
            assert!(amount(ANY, cell, 1).is_err(), "{cell}");
        }
        assert_eq!(amount(ANY, "1000000000000", 1), Ok(Some(100_000_000_000_000)));
        assert_eq!(amount(ANY, "-", 1), Ok(None));
    }

    #[test]
    fn whole_numbers_may_carry_a_unit() {
        for (cell, number) in [
            ("3", 3),
            ("5次/年", 5),
            ("1,200人", 1_200),
            ("3.0", 3),
            ("1.2万", 12_000),
            ("120人", 120),
            ("-2", -2),
        ] {
            assert_eq!(integer(ANY, cell), Ok(Some(number)), "{cell}");
        }
        for cell in ["3.5", "三", "3kg", "1.23456万"] {
            assert!(integer(ANY, cell).is_err(), "{cell}");
        }
    }

    #[test]
    fn yes_and_no_in_both_languages() {
        for (cell, yes) in [
            ("是", true),
            ("有", true),
            ("Y", true),
            ("TRUE", true),
            ("1", true),
            ("已回复", true),
            ("√", true),
            ("否", false),
            ("无", false),
            ("no", false),
            ("0", false),
            ("未接", false),
        ] {
            assert_eq!(yes_no(ANY, cell), Ok(Some(yes)), "{cell}");
        }
        assert_eq!(yes_no(ANY, ""), Ok(None));
        assert!(yes_no(ANY, "也许").is_err());
    }

    #[test]
    fn e23_a_channel_may_be_blank_but_not_unknown() {
        assert_eq!(channel(Column::Channel, ""), Ok(None));
        assert_eq!(channel(Column::Channel, "电话"), Ok(Some("phone")));
        let error = channel(Column::Channel, "飞鸽").expect_err("no channel");
        let Wanted::OneOf(list) = error.wanted else { panic!("{error:?}") };
        assert!(list.ids().any(|id| id == "wecom"));
    }

    #[test]
    fn names_and_texts_lose_what_cannot_be_seen() {
        assert_eq!(
            name(Column::Name, " 恒远\u{200B}物流\t有限 \n公司\u{7}"),
            Ok(Some("恒远物流 有限 公司".to_owned()))
        );
        assert_eq!(text(ANY, "一行\r\n二行\u{1b}[31m"), Ok(Some("一行\n二行[31m".to_owned())));
        for cell in ["", "/", "--", "N/A", "#N/A", "NULL", "暂无", "\u{3000}"] {
            assert_eq!(name(Column::Name, cell), Ok(None), "{cell}");
        }
        let wanted = |cell: &str| name(Column::Name, cell).expect_err(cell).wanted;
        assert_eq!(wanted("张\u{FFFD}三"), Wanted::Decodable);
        assert_eq!(wanted("#REF!"), Wanted::NoFormulaError);
        assert_eq!(wanted(&"长".repeat(NAME_MAX + 1)), Wanted::Shorter(NAME_MAX));
        assert!(name(Column::Name, &"长".repeat(NAME_MAX)).is_ok());
    }

    #[test]
    fn a_name_over_several_lines_is_refused_for_rows_were_swallowed() {
        let swallowed = "未闭合公司,13811112222\n另一公司,13811113333";
        let error = whole_name(Column::Name, swallowed).expect_err("two rows");
        assert_eq!(error.wanted, Wanted::OneLine);
        assert_eq!(whole_name(Column::Name, "恒远物流\r\n"), Ok(Some("恒远物流".to_owned())));
    }

    #[test]
    fn a7_codes_are_half_width_and_whole() {
        assert_eq!(code(Column::Code, "C202405001"), Ok(Some("C202405001".to_owned())));
        assert_eq!(code(Column::Code, "2.02405E+11").expect_err("rounded").wanted, Wanted::AllDigits);
    }

    #[test]
    fn phones_and_mails_say_what_is_wrong() {
        assert_eq!(phones(Column::Phone, "1.38E+10").expect_err("rounded").wanted, Wanted::AllDigits);
        assert_eq!(phones(Column::Phone, "张经理").expect_err("a name").wanted, Wanted::Phones);
        assert_eq!(emails(Column::Email, "张经理").expect_err("a name").wanted, Wanted::Emails);
        assert_eq!(phones(Column::Phone, "无").map(|phones| phones.len()), Ok(0));
        assert_eq!(several(Column::Tags, "VIP;制造业、VIP").expect("tags"), ["VIP", "制造业"]);
    }
}
