//! A table of a report before it becomes a file: cells that know how people read them and what they are worth, so that a
//! page shows the one and a workbook keeps the other.

use chrono::{NaiveDate, NaiveDateTime};

use crate::i18n::report::Change;

/// How a number is shown in a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Whole, grouped.
    Count,
    /// One decimal.
    Tenths,
    /// Points with their sign.
    Points,
    /// A share as a percentage.
    Share,
    /// A change as a percentage with its sign.
    Change,
    /// A difference of percentages, in percentage points.
    Gap,
    /// A difference, with its sign and one decimal.
    Difference,
    /// Yuan with two decimals.
    Yuan,
    /// Hours with one decimal.
    Hours,
}

impl Style {
    /// How a change is shown.
    pub const fn of(change: Change) -> Self {
        match change {
            Change::Gap => Self::Gap,
            Change::Difference => Self::Difference,
            Change::Growth => Self::Change,
        }
    }
}

/// What a cell is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// Its text.
    Text,
    /// A number.
    Number(f64, Style),
    /// A day.
    Day(NaiveDate),
    /// A local date and time.
    At(NaiveDateTime),
}

/// How a cell is meant; its text says it too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// As it is.
    #[default]
    Plain,
    /// Beside the point.
    Dim,
    /// Good.
    Good,
    /// Hard to say.
    Warn,
    /// Bad.
    Bad,
}

impl Tone {
    /// The class of the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Dim => "dim",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// As people read it.
    pub text: String,
    /// What it is worth.
    pub value: Value,
    /// How it is meant.
    pub tone: Tone,
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), value: Value::Text, tone: Tone::Plain }
    }

    /// A number with its text; none is an empty cell.
    pub fn number(value: Option<f64>, style: Style, text: impl Into<String>) -> Self {
        let value = value.filter(|v| v.is_finite()).map_or(Value::Text, |v| Value::Number(v, style));
        let text = if value == Value::Text { String::new() } else { text.into() };
        Self { text, value, tone: Tone::Plain }
    }

    /// A count.
    pub fn count(value: Option<i64>) -> Self {
        let text = value.map(crate::i18n::format::count).unwrap_or_default();
        Self::number(value.map(|n| n as f64), Style::Count, text)
    }

    /// A day.
    pub fn day(day: NaiveDate) -> Self {
        Self { text: day.to_string(), value: Value::Day(day), tone: Tone::Plain }
    }

    /// A local date and time.
    pub fn at(at: NaiveDateTime) -> Self {
        Self { text: at.format("%Y-%m-%d %H:%M").to_string(), value: Value::At(at), tone: Tone::Plain }
    }

    /// The same cell, meant so.
    pub fn toned(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// Whether its cells stand to the right, as figures do.
    pub right: bool,
    /// Whether its texts are long and wrap.
    pub long: bool,
}

impl Column {
    /// A column of names or words.
    pub fn words(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), right: false, long: false }
    }

    /// A column of figures.
    pub fn figures(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), right: true, long: false }
    }

    /// A column of sentences.
    pub fn sentences(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), right: false, long: true }
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its title.
    pub title: String,
    /// What is to be known about it; may be empty.
    pub note: String,
    /// What is said where it has no rows.
    pub empty: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with as many cells.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// The cells of a row with their columns.
    pub fn cells<'a>(&'a self, row: &'a [Cell]) -> impl Iterator<Item = (&'a Column, &'a Cell)> {
        self.columns.iter().zip(row)
    }
}
