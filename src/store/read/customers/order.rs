//! How the customer list is sorted: what is compared, and where customers with and without a value are read from. Columns of
//! the facts have an index each; fields of the company's own are sorted by the indexes of their values. The one thing to
//! know: what is masked for somebody counts as no value, so that the order of a list tells no more than its cells.

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension};

use crate::domain::people::Verb;
use crate::store::own_block;
use crate::store::read::conditions::{Conditions, Further, in_full};
use crate::store::read::eyes::Eyes;
use crate::store::request::{Sort, StoreError};

/// Customers of one owner up to which they are gone through and sorted, instead of going through all values in their order.
const FEW: u64 = 20_000;

/// One of the two parts of a list.
#[derive(Clone)]
pub struct Part {
    /// What it is read from, the facts as `f` among it.
    pub from: String,
    /// The column with the customer.
    pub id: &'static str,
    /// What holds for all of it.
    pub holds: Vec<Further>,
}

/// An order of the list.
pub struct Order {
    /// What is compared among customers with a value.
    pub column: &'static str,
    /// The same of one customer `f`; nothing for whoever has no value.
    pub value: Further,
    /// The customers with a value.
    pub filled: Part,
    /// Those without, where there can be any: they come last, by their ids.
    pub empty: Option<Part>,
    /// The own field whose full blocks hold nobody without a value.
    field: Option<i64>,
}

/// The column of facts behind a sort, and whether it can be empty; none for a field of the company's own.
const fn column(sort: Sort) -> Result<(&'static str, bool), i64> {
    Ok(match sort {
        Sort::Code => ("f.code", false),
        Sort::Name => ("f.name_key", false),
        Sort::Industry => ("f.industry", true),
        Sort::Size => ("f.size", true),
        Sort::Segment => ("f.segment", true),
        Sort::Grade => ("f.grade", true),
        Sort::LastTouch => ("f.last_touch", true),
        Sort::NextDue => ("f.next_due", true),
        Sort::LastOrder => ("f.last_order", true),
        Sort::PerYear => ("f.per_year", false),
        Sort::Spend => ("f.spend_12m", false),
        Sort::Own(field) => return Err(field),
    })
}

impl Order {
    /// The order of a list under a filter.
    pub fn of(eyes: &mut Eyes, filter: &Conditions, sort: Sort) -> Result<Self, StoreError> {
        let (column, nullable) = match column(sort) {
            Ok(column) => column,
            Err(field) => return Self::own(eyes, filter, field),
        };
        let masked = if sort == Sort::Spend { in_full(eyes)? } else { None };
        let part = |holds| Part { from: "facts f".to_owned(), id: "f.customer_id", holds };
        let plain = |sql: String| (sql, Vec::new());
        let (value, filled, empty) = match masked {
            Some((sql, bound)) => (
                (format!("CASE WHEN {sql} THEN {column} END"), bound.clone()),
                vec![(sql.clone(), bound.clone())],
                Some((format!("NOT ({sql})"), bound)),
            ),
            None if nullable => (
                plain(column.to_owned()),
                vec![plain(format!("{column} IS NOT NULL"))],
                Some(plain(format!("{column} IS NULL"))),
            ),
            None => (plain(column.to_owned()), Vec::new(), None),
        };
        let empty = empty.map(|holds| part(vec![holds]));
        Ok(Self { column, value, filled: part(filled), empty, field: None })
    }

    /// The order by a field of the company's own; one that is gone leaves everybody without a value.
    fn own(eyes: &mut Eyes, filter: &Conditions, field: i64) -> Result<Self, StoreError> {
        let kind: Option<String> = eyes
            .db
            .prepare_cached("SELECT kind FROM extra_field WHERE id=?1")?
            .query_row([field], |r| r.get(0))
            .optional()?;
        let column = if kind.as_deref() == Some("number") { "CAST(v.value AS REAL)" } else { "v.value" };
        let mut masked = in_full(eyes)?;
        let mut few = filter.leave_few(eyes, FEW)?;
        if let Some((sql, _)) = &mut masked
            && !few
            && sees_few(eyes)?
        {
            few = true;
            // these are to be read from the index of owners
            *sql = sql.replace("+f.owner_id", "f.owner_id");
        }
        // told in which order to look: few customers each with its value, or the values in their order each with its customer
        let from = if few {
            "facts f CROSS JOIN extra_value v ON v.customer_id=f.customer_id"
        } else {
            "extra_value v CROSS JOIN facts f ON f.customer_id=v.customer_id"
        };
        let there = "FROM extra_value v WHERE v.customer_id=f.customer_id AND v.field_id=?";
        let (seen, bound) = masked.clone().unwrap_or_else(|| ("1".to_owned(), Vec::new()));
        let with_field = || bound.iter().cloned().chain([Cell::Integer(field)]).collect::<Vec<_>>();
        let lacks = match &masked {
            Some(_) => format!("NOT (({seen}) AND EXISTS (SELECT 1 {there}))"),
            None => format!("NOT EXISTS (SELECT 1 {there})"),
        };
        let mut holds = vec![("v.field_id=?".to_owned(), vec![Cell::Integer(field)])];
        holds.extend(masked.clone());
        Ok(Self {
            column,
            value: (format!("CASE WHEN {seen} THEN (SELECT {column} {there}) END"), with_field()),
            filled: Part { from: from.to_owned(), id: "v.customer_id", holds },
            empty: Some(Part {
                from: "facts f".to_owned(),
                id: "f.customer_id",
                holds: vec![(lacks, with_field())],
            }),
            field: Some(field).filter(|_| masked.is_none() && !few),
        })
    }

    /// Where customers without a value may be, beyond an id in a direction, the nearest first: each a condition, or one blank.
    pub fn gaps(
        &self,
        db: &Connection,
        after: Option<i64>,
        down: bool,
    ) -> Result<Vec<Option<Further>>, StoreError> {
        let Some(field) = self.field else { return Ok(vec![None]) };
        let mut gaps = own_block::gaps(db, field)?;
        if let Some(after) = after {
            gaps.retain(|(first, last)| if down { *first < after } else { *last > after });
        }
        if down {
            gaps.reverse();
        }
        let between = |(first, last)| {
            ("f.customer_id BETWEEN ? AND ?".to_owned(), vec![Cell::Integer(first), Cell::Integer(last)])
        };
        Ok(gaps.into_iter().map(|gap| Some(between(gap))).collect())
    }
}

/// Whether only few customers show in full.
fn sees_few(eyes: &mut Eyes) -> Result<bool, StoreError> {
    let Some((owners, _)) = eyes.owners_within(Verb::SeePrivate)? else { return Ok(false) };
    let list = owners.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
    let sql =
        format!("SELECT count(*) FROM (SELECT 1 FROM facts WHERE owner_id IN ({list}) LIMIT {})", FEW + 1);
    let seen: u64 = eyes.db.prepare_cached(&sql)?.query_row([], |r| r.get(0))?;
    Ok(seen <= FEW)
}
