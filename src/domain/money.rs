//! Amounts of money: whole fen, never a float. Reads what people and spreadsheets write (A2), writes yuan.
//! What an amount means (revenue, cost, budget) is said elsewhere.

use std::fmt;
use std::iter::Sum;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// Fen in a yuan.
const FEN: i64 = 100;
/// Most digits of a number before its unit; more cannot be an amount.
const MAX_DIGITS: usize = 24;

/// What may stand before a number or after its unit.
const CURRENCIES: &[&str] =
    &["人民币", "人民幣", "cny", "rmb", "cn¥", "¥", "yuan", "元", "圆", "圓", "块", "塊"];

/// Units after a number, longer ones before those they end with.
const UNITS: &[(&str, i128)] = &[
    ("百万", 1_000_000),
    ("百萬", 1_000_000),
    ("千万", 10_000_000),
    ("千萬", 10_000_000),
    ("万亿", 1_000_000_000_000),
    ("萬億", 1_000_000_000_000),
    ("百", 100),
    ("千", 1_000),
    ("万", 10_000),
    ("萬", 10_000),
    ("亿", 100_000_000),
    ("億", 100_000_000),
    ("k", 1_000),
    ("w", 10_000),
    ("m", 1_000_000),
];

/// An amount in whole fen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

/// Decimals of the smallest unit of a currency (ISO 4217): the yen and the won have none, the dinars three.
pub fn exponent(currency: &str) -> u32 {
    match currency {
        "JPY" | "KRW" | "VND" | "CLP" | "ISK" | "PYG" | "UGX" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

/// A foreign amount in yuan at the rate of its day, rounded half up to the fen (kpis.md C3): `minor` in the smallest unit
/// of the currency, the rate in millionths of a yuan. None where the result does not fit.
pub fn convert(minor: i64, currency: &str, rate_ppm: i64) -> Option<Fen> {
    let scaled = i128::from(minor) * i128::from(rate_ppm);
    let (up, down) = match exponent(currency) {
        0 => (100, 1_000_000),
        3 => (1, 10_000_000),
        _ => (1, 1_000_000),
    };
    let doubled = scaled * up * 2 + down;
    i64::try_from(doubled.div_euclid(down * 2)).ok().map(Fen)
}

/// Why a text is no amount.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MoneyError {
    /// Nothing was written.
    Empty,
    /// Something else than one number with a known unit.
    NotAnAmount,
    /// Parts of a fen.
    TooFine,
    /// More than the store holds.
    TooLarge,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "write an amount, such as 86400 or 10万元",
            Self::NotAnAmount => "this is no amount; write 86400, 86,400.50 or 10万元",
            Self::TooFine => "an amount has two decimals at most",
            Self::TooLarge => "this amount is too large",
        })
    }
}

impl std::error::Error for MoneyError {}

/// Reads an amount in yuan: `86400`, `¥1,234.5`, `10万元`, `1.2亿`, `3.5k`, `RMB 200`, `-12.5`, `(12.50)`.
pub fn parse_yuan(text: &str) -> Result<Fen, MoneyError> {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).map(plain_sign).collect();
    let mut rest = folded.trim();
    if rest.is_empty() {
        return Err(MoneyError::Empty);
    }
    let in_brackets = rest.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    rest = in_brackets.unwrap_or(rest).trim();
    let sign_outside = strip_sign(&mut rest);
    rest = strip_any(rest, |rest, word| rest.strip_prefix(word));
    let sign_inside = if sign_outside.is_none() { strip_sign(&mut rest) } else { None };
    rest = strip_any(rest, |rest, word| rest.strip_suffix(word));
    let sign = sign_outside.or(sign_inside);
    if in_brackets.is_some() && sign.is_some() {
        return Err(MoneyError::NotAnAmount);
    }
    let unit = UNITS.iter().find_map(|(word, factor)| Some((rest.strip_suffix(word)?.trim_end(), *factor)));
    let (number, factor) = unit.unwrap_or((rest, 1));
    let fen = fen_of(number, factor)?;
    Ok(Fen(if in_brackets.is_some() || sign == Some('-') { -fen } else { fen }))
}

/// A minus is written in many ways.
fn plain_sign(ch: char) -> char {
    match ch {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        other => other,
    }
}

/// Takes a sign off the front.
fn strip_sign(rest: &mut &str) -> Option<char> {
    let sign = rest.chars().next().filter(|ch| matches!(ch, '+' | '-'))?;
    *rest = rest.get(1..).unwrap_or_default().trim_start();
    Some(sign)
}

/// Takes one currency off an end.
fn strip_any<'a>(rest: &'a str, strip: impl Fn(&'a str, &'static str) -> Option<&'a str>) -> &'a str {
    CURRENCIES.iter().find_map(|word| strip(rest, word)).map_or(rest, str::trim)
}

/// The fen of a bare number times its unit.
fn fen_of(number: &str, factor: i128) -> Result<i64, MoneyError> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let whole = without_groups(whole).ok_or(MoneyError::NotAnAmount)?;
    let digits = || whole.chars().chain(decimals.chars());
    let dangling = number.ends_with('.') && whole.is_empty();
    if digits().next().is_none() || dangling || !digits().all(|ch| ch.is_ascii_digit()) {
        return Err(MoneyError::NotAnAmount);
    }
    let decimals = decimals.trim_end_matches('0');
    if whole.trim_start_matches('0').len() > MAX_DIGITS {
        return Err(MoneyError::TooLarge);
    }
    if decimals.len() > MAX_DIGITS / 2 {
        return Err(MoneyError::TooFine);
    }
    let mut fen = whole
        .chars()
        .chain(decimals.chars())
        .filter_map(|ch| ch.to_digit(10))
        .try_fold(0_i128, |sum, digit| sum.checked_mul(10)?.checked_add(i128::from(digit)))
        .and_then(|mantissa| mantissa.checked_mul(factor * i128::from(FEN)))
        .ok_or(MoneyError::TooLarge)?;
    for _ in decimals.chars() {
        if fen % 10 != 0 {
            return Err(MoneyError::TooFine);
        }
        fen /= 10;
    }
    i64::try_from(fen).map_err(|_| MoneyError::TooLarge)
}

/// The digits without separators; `None` when those do not stand every three digits, or every four.
fn without_groups(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let every =
        |size: usize| (1..=size).contains(&first.len()) && rest.iter().all(|group| group.len() == size);
    (rest.is_empty() || every(3) || every(4)).then(|| whole.replace(',', ""))
}

impl Fen {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Yuan for files and machines: `86400.00`.
    pub fn yuan_plain(self) -> String {
        let (sign, yuan, fen) = self.parts();
        format!("{sign}{yuan}.{fen:02}")
    }

    /// Yuan for people: `86,400`, or `86,400.50` when there are fen.
    pub fn yuan_grouped(self) -> String {
        let (sign, yuan, fen) = self.parts();
        let digits = yuan.to_string();
        let mut text = sign.to_owned();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        if fen > 0 { format!("{text}.{fen:02}") } else { text }
    }

    /// Sign, yuan, fen.
    fn parts(self) -> (&'static str, u64, u64) {
        let all = self.0.unsigned_abs();
        let fen = FEN.unsigned_abs();
        (if self.0 < 0 { "-" } else { "" }, all / fen, all % fen)
    }
}

/// Adds up; stops at the largest amount instead of turning negative.
impl Sum for Fen {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        Self(amounts.fold(0, |sum, amount| sum.saturating_add(amount.0)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::*;

    #[test]
    fn a2_amounts_as_people_write_them() {
        for (text, fen) in [
            ("86400", 8_640_000),
            ("86,400.00", 8_640_000),
            ("¥1,234.5", 123_450),
            ("¥1234.50", 123_450),
            ("￥ 1,234.50 元", 123_450),
            ("10万元", 10_000_000),
            ("10万", 10_000_000),
            ("10 万元", 10_000_000),
            ("100000元", 10_000_000),
            ("1.2亿", 12_000_000_000),
            ("3百万", 300_000_000),
            ("2千", 200_000),
            ("5千万元", 5_000_000_000),
            ("1.2345万", 1_234_500),
            ("1.23456万", 1_234_560),
            ("3.5k", 350_000),
            ("3.5K", 350_000),
            ("8w", 8_000_000),
            ("1.5m", 150_000_000),
            ("RMB 200", 20_000),
            ("200 RMB", 20_000),
            ("cny200", 20_000),
            ("人民币200元", 20_000),
            ("３００", 30_000),
            ("１，２３４．５", 123_450),
            ("１０万元", 10_000_000),
            ("-12.5", -1250),
            ("−12.5", -1250),
            ("¥-12.50", -1250),
            ("-¥12.50", -1250),
            ("(12.50)", -1250),
            ("（12.50）", -1250),
            ("+5", 500),
            ("0", 0),
            ("-0", 0),
            (".5", 50),
            ("5.", 500),
            ("1.100000", 110),
            ("1,0000", 1_000_000),
            ("00012", 1200),
            ("92233720368547758.07", i64::MAX),
        ] {
            assert_eq!(parse_yuan(text), Ok(Fen(fen)), "{text}");
        }
    }

    #[test]
    fn a2_what_is_no_amount_is_refused() {
        use MoneyError::{Empty, NotAnAmount, TooFine, TooLarge};
        for (text, error) in [
            ("", Empty),
            ("  ", Empty),
            ("二", NotAnAmount),
            ("abc", NotAnAmount),
            ("万", NotAnAmount),
            ("¥", NotAnAmount),
            (".", NotAnAmount),
            ("-", NotAnAmount),
            ("1.2.3", NotAnAmount),
            ("1,5", NotAnAmount),
            ("1,23,456", NotAnAmount),
            (",123", NotAnAmount),
            ("1234,567", NotAnAmount),
            ("12 34", NotAnAmount),
            ("1e5", NotAnAmount),
            ("--5", NotAnAmount),
            ("-¥-5", NotAnAmount),
            ("(-5)", NotAnAmount),
            ("$5", NotAnAmount),
            ("5 apples", NotAnAmount),
            ("1.005", TooFine),
            ("0.0000000000000000001", TooFine),
            ("1.23456789万", TooFine),
            ("92233720368547758.08", TooLarge),
            ("99999999999999999999999999999", TooLarge),
            ("999999999999999999999999万亿", TooLarge),
            ("10000000000亿", TooLarge),
        ] {
            assert_eq!(parse_yuan(text), Err(error), "{text}");
        }
    }

    #[test]
    fn yuan_for_machines_and_for_people() {
        for (fen, plain, grouped) in [
            (8_640_000, "86400.00", "86,400"),
            (8_640_050, "86400.50", "86,400.50"),
            (5, "0.05", "0.05"),
            (0, "0.00", "0"),
            (-123_456, "-1234.56", "-1,234.56"),
            (-5, "-0.05", "-0.05"),
            (99_900, "999.00", "999"),
            (100_000, "1000.00", "1,000"),
            (100_000_000, "1000000.00", "1,000,000"),
            (i64::MIN, "-92233720368547758.08", "-92,233,720,368,547,758.08"),
        ] {
            assert_eq!(Fen(fen).yuan_plain(), plain);
            assert_eq!(Fen(fen).yuan_grouped(), grouped);
        }
    }

    #[test]
    fn c3_foreign_amounts_are_converted_by_order_and_rounded_half_up() {
        assert_eq!(convert(12_345, "USD", 7_123_456), Some(Fen(87_939)));
        assert_eq!(convert(100, "CNY", 1_000_000), Some(Fen(100)));
        // 1,000 yen at 0.0485 are 48.50 yuan; a Kuwaiti dinar has a thousand fils
        assert_eq!(convert(1_000, "JPY", 48_500), Some(Fen(4_850)));
        assert_eq!(convert(1_000, "KWD", 23_500_000), Some(Fen(2_350)));
        assert_eq!(convert(1, "USD", 500_000), Some(Fen(1)));
        assert_eq!(convert(1, "USD", 499_999), Some(Fen(0)));
        assert_eq!(convert(i64::MAX, "JPY", 1_000_000), None);
    }

    #[test]
    fn sums_never_wrap() {
        assert_eq!([Fen(1), Fen(2)].into_iter().sum::<Fen>(), Fen(3));
        assert_eq!([Fen(i64::MAX), Fen(1)].into_iter().sum::<Fen>(), Fen(i64::MAX));
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            cases: 256,
            failure_persistence: None,
            rng_seed: RngSeed::Fixed(1),
            ..ProptestConfig::default()
        })]

        #[test]
        fn what_is_written_is_read_back(fen in -i64::MAX..=i64::MAX) {
            prop_assert_eq!(parse_yuan(&Fen(fen).yuan_plain()), Ok(Fen(fen)));
            prop_assert_eq!(parse_yuan(&Fen(fen).yuan_grouped()), Ok(Fen(fen)));
        }

        #[test]
        fn no_text_panics(text in "[-+¥元万亿k0-9.,() ]{0,12}|\\PC{0,8}") {
            let _ = parse_yuan(&text);
        }
    }
}
