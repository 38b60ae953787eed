//! The files of the books and how a line of each becomes rows: which columns a file must have, and what stands in them.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::books::{Asked, BookRow, Foreign};
use crate::domain::kpi::{Length, Period, SEGMENTS};
use crate::domain::money::Fen;
use crate::i18n::{Lang, books as t, format};

/// The number a line is known by and the rows it makes, or the sentence why it makes none.
pub type Rows = Result<(String, Vec<BookRow>), String>;

/// One kind of file.
pub struct Kind {
    /// Its name.
    pub file: &'static str,
    /// The columns it must have; the first tells its lines apart.
    pub needed: &'static [&'static str],
    /// Reads a line: the number it is known by, and the rows it makes.
    pub read: fn(&Line<'_>) -> Rows,
}

/// The files, customers first.
pub const KINDS: &[Kind] = &[
    Kind { file: "managers.csv", needed: &["name", "from", "to"], read: manager },
    Kind { file: "customers.csv", needed: &["id", "created_at"], read: customer },
    Kind { file: "orders.csv", needed: &["id", "customer_id", "ordered_at", "amount_minor"], read: order },
    Kind { file: "refunds.csv", needed: &["id", "customer_id", "refunded_at", "amount_minor"], read: refund },
    Kind { file: "touches.csv", needed: &["id", "customer_id", "touched_at", "direction"], read: touch },
    Kind {
        file: "surveys.csv",
        needed: &["id", "customer_id", "answered_at", "kind", "score"],
        read: survey,
    },
    Kind { file: "complaints.csv", needed: &["id", "customer_id", "opened_at"], read: complaint },
    Kind { file: "contracts.csv", needed: &["id", "customer_id", "expires_on"], read: contract },
    Kind { file: "expenses.csv", needed: &["id", "spent_on", "category", "amount_fen"], read: expense },
    Kind { file: "budgets.csv", needed: &["period", "category", "amount_fen"], read: budget },
    Kind { file: "activations.csv", needed: &["id", "customer_id", "started_at"], read: activation },
    Kind { file: "changes.csv", needed: &["id", "customer_id", "happened_at"], read: event },
];

/// A line with its headings.
pub struct Line<'a> {
    /// The first line of the file.
    pub headings: &'a csv::StringRecord,
    /// This line.
    pub record: &'a csv::StringRecord,
    /// The language of what is said about it.
    pub lang: Lang,
}

type Cell<T> = Result<T, String>;

impl Line<'_> {
    fn text(&self, column: &str) -> &str {
        let at = self.headings.iter().position(|h| h == column);
        at.and_then(|at| self.record.get(at)).map_or("", str::trim)
    }

    fn optional(&self, column: &str) -> Option<String> {
        Some(self.text(column)).filter(|t| !t.is_empty()).map(str::to_owned)
    }

    fn needed(&self, column: &str) -> Cell<String> {
        self.optional(column).ok_or_else(|| t::CELL_EMPTY.with(self.lang, &[&column]))
    }

    fn maybe<T>(&self, column: &str, read: impl FnOnce(&Self, &str) -> Cell<T>) -> Cell<Option<T>> {
        if self.text(column).is_empty() { Ok(None) } else { read(self, column).map(Some) }
    }

    fn instant(&self, column: &str) -> Cell<DateTime<Utc>> {
        let text = self.needed(column)?;
        let at = DateTime::parse_from_rfc3339(&text).map(|at| at.to_utc());
        at.map_err(|_| t::CELL_INSTANT.with(self.lang, &[&column, &text]))
    }

    fn day(&self, column: &str) -> Cell<NaiveDate> {
        let text = self.needed(column)?;
        text.parse().map_err(|_| t::CELL_DAY.with(self.lang, &[&column, &text]))
    }

    fn number(&self, column: &str) -> Cell<i64> {
        let text = self.needed(column)?;
        let number = text.parse::<i64>().ok().filter(|n| (0..=9_000_000_000_000).contains(n));
        number.ok_or_else(|| t::CELL_NUMBER.with(self.lang, &[&column, &text]))
    }

    fn between(&self, column: &str, low: i64, high: i64) -> Cell<i64> {
        let number = self.number(column)?;
        if (low..=high).contains(&number) {
            return Ok(number);
        }
        Err(t::CELL_RANGE.with(self.lang, &[&column, &number, &low, &high]))
    }

    fn flag(&self, column: &str, absent: bool) -> Cell<bool> {
        match self.text(column) {
            "" => Ok(absent),
            "1" | "true" => Ok(true),
            "0" | "false" => Ok(false),
            other => Err(t::CELL_FLAG.with(self.lang, &[&column, &other])),
        }
    }

    fn word(&self, column: &str, words: &[&'static str]) -> Cell<&'static str> {
        let text = self.needed(column)?;
        let found = words.iter().find(|w| **w == text).copied();
        found.ok_or_else(|| t::CELL_WORD.with(self.lang, &[&column, &text, &format::list(words, self.lang)]))
    }

    /// A rate as millionths, read digit by digit: no float comes near money.
    fn rate(&self, column: &str) -> Cell<i64> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(1_000_000);
        }
        let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let fits = digits(whole) && digits(rest) && !whole.is_empty() && whole.len() <= 6 && rest.len() <= 6;
        let parsed = fits.then(|| format!("{whole}{rest:0<6}").parse::<i64>().ok()).flatten();
        let parsed = parsed.filter(|rate| *rate > 0);
        parsed.ok_or_else(|| t::CELL_RATE.with(self.lang, &[&column, &text]))
    }

    fn amount(&self) -> Cell<Foreign> {
        let currency = self.optional("currency").unwrap_or_else(|| "CNY".to_owned()).to_uppercase();
        Ok(Foreign { minor: self.number("amount_minor")?, currency, rate_ppm: self.rate("rate_to_cny")? })
    }

    fn id(&self) -> Cell<String> {
        self.needed("id")
    }

    fn customer(&self) -> Cell<String> {
        self.needed("customer_id")
    }
}

fn manager(l: &Line<'_>) -> Rows {
    let name = l.needed("name")?;
    let (from, until) = (l.maybe("from", Line::day)?, l.maybe("to", Line::day)?);
    Ok((name.clone(), vec![BookRow::Manager { name, from, until }]))
}

fn customer(l: &Line<'_>) -> Rows {
    let code = l.id()?;
    if let Some(into) = l.optional("merged_into") {
        if into == code {
            return Err(t::CIRCLE.with(l.lang, &[&"merged_into", &code]));
        }
        return Ok((code.clone(), vec![BookRow::Merged { code, into }]));
    }
    let segment = match l.text("segment") {
        "" => None,
        // the books' word for the growth segment
        "potential" => Some("growth".to_owned()),
        _ => Some(l.word("segment", SEGMENTS)?.to_owned()),
    };
    let source = match l.text("source") {
        "" => None,
        known @ ("advertising" | "promotion" | "event" | "referral") => Some(known.to_owned()),
        _ => Some("other".to_owned()),
    };
    let mut rows = vec![BookRow::Customer {
        code: code.clone(),
        created: l.instant("created_at")?,
        segment,
        source,
        owner: l.optional("owner"),
    }];
    if let Some(referrer) = l.optional("referrer_id") {
        rows.push(BookRow::Referrer { customer: code.clone(), referrer });
    }
    Ok((code, rows))
}

fn order(l: &Line<'_>) -> Rows {
    let code = l.id()?;
    let status = match l.text("status") {
        "" => "paid",
        _ => l.word("status", &["paid", "signed", "cancelled"])?,
    };
    let row = BookRow::Order {
        code: code.clone(),
        customer: l.customer()?,
        at: l.instant("ordered_at")?,
        amount: l.amount()?,
        cost: l.maybe("cost_fen", Line::number)?.map(Fen),
        cancelled: status == "cancelled",
    };
    Ok((code, vec![row]))
}

fn refund(l: &Line<'_>) -> Rows {
    let code = l.id()?;
    let amount = l.amount()?;
    if amount.minor == 0 {
        return Err(t::CELL_ABOVE.with(l.lang, &[&"amount_minor", &0]));
    }
    let row = BookRow::Refund {
        code: code.clone(),
        order: l.optional("order_id"),
        customer: l.customer()?,
        at: l.instant("refunded_at")?,
        amount,
    };
    Ok((code, vec![row]))
}

fn touch(l: &Line<'_>) -> Rows {
    let code = l.id()?;
    let row = BookRow::Touch {
        code: code.clone(),
        customer: l.customer()?,
        at: l.instant("touched_at")?,
        outbound: l.word("direction", &["out", "in"])? == "out",
        delivered: l.flag("delivered", true)?,
        cost: Fen(l.maybe("cost_fen", Line::number)?.unwrap_or(0)),
        responded: l.maybe("responded_at", Line::instant)?,
    };
    Ok((code, vec![row]))
}

fn survey(l: &Line<'_>) -> Rows {
    let code = l.id()?;
    let (asked, score) = match l.word("kind", &["nps", "csat"])? {
        "nps" => (Asked::Nps, l.between("score", 0, 10)?),
        _ => (Asked::Csat, l.between("score", 1, 5)?),
    };
    let row = BookRow::Survey {
        code: code.clone(),
        customer: l.customer()?,
        at: l.instant("answered_at")?,
        asked,
        score,
    };
    Ok((code, vec![row]))
}

fn complaint(l: &Line<'_>) -> Rows {
    let code = l.id()?;
    let row = BookRow::Complaint {
        code: code.clone(),
        customer: l.customer()?,
        opened: l.instant("opened_at")?,
        answered: l.maybe("first_response_at", Line::instant)?,
        solved: l.maybe("solved_at", Line::instant)?,
        valid: l.flag("valid", true)?,
    };
    Ok((code, vec![row]))
}

fn contract(l: &Line<'_>) -> Rows {
    let code = l.id()?;
    let row = BookRow::Contract {
        code: code.clone(),
        customer: l.customer()?,
        expires: l.day("expires_on")?,
        renewed: l.maybe("renewed_on", Line::day)?,
        annual: Fen(l.maybe("annual_fen", Line::number)?.unwrap_or(0)),
    };
    Ok((code, vec![row]))
}

fn expense(l: &Line<'_>) -> Rows {
    let code = l.id()?;
    let row = BookRow::Expense {
        code: code.clone(),
        customer: l.optional("customer_id"),
        on: l.day("spent_on")?,
        category: l.needed("category")?,
        amount: Fen(l.number("amount_fen")?),
    };
    Ok((code, vec![row]))
}

fn budget(l: &Line<'_>) -> Rows {
    let period = l.needed("period")?;
    let read = Period::read(&period).filter(|p| p.length != Length::Span);
    let period = read.ok_or_else(|| t::CELL_PERIOD.with(l.lang, &[&"period", &period]))?.label();
    let category = l.needed("category")?;
    let row = BookRow::Budget {
        period: period.clone(),
        category: category.clone(),
        amount: Fen(l.number("amount_fen")?),
    };
    Ok((format!("{period}/{category}"), vec![row]))
}

fn activation(l: &Line<'_>) -> Rows {
    let code = l.id()?;
    let row = BookRow::Activation {
        code: code.clone(),
        customer: l.customer()?,
        started: l.instant("started_at")?,
    };
    Ok((code, vec![row]))
}

fn event(l: &Line<'_>) -> Rows {
    let code = l.id()?;
    let row = BookRow::Event {
        code: code.clone(),
        customer: l.customer()?,
        happened: l.instant("happened_at")?,
        recorded: l.maybe("recorded_at", Line::instant)?,
    };
    Ok((code, vec![row]))
}
