//! Which table and which columns stand behind each noun, and how a row looks while it is being written and recorded.
//! Column names in SQL come from here and nowhere else; what a person typed is only ever bound.

use std::sync::OnceLock;

use chrono::NaiveDate;
use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use crate::domain::field::Noun;

/// One table of the store.
pub struct Table {
    /// The noun it holds.
    pub noun: Noun,
    /// Its name.
    pub name: &'static str,
    /// Its columns without `id` and `rev`; of a table with a key of text, the key first.
    pub columns: &'static [&'static str],
    /// Whether rows have an integer `id` and a `rev`; else the first column is the key.
    pub numbered: bool,
    /// How a row is read, written down once: every write reads before and after.
    reading: OnceLock<String>,
}

/// A row as columns and cells; every column on reading, the given ones on writing.
pub type Image = Vec<(&'static str, Cell)>;

macro_rules! tables {
    ($( $noun:ident $name:literal $kind:ident [ $($column:literal)* ] )*) => {
        /// Every table that changes are recorded for.
        pub static TABLES: [Table; [$($name),*].len()] = [ $( Table {
            noun: Noun::$noun,
            name: $name,
            columns: &[$($column),*],
            numbered: matches!(stringify!($kind).as_bytes(), b"numbered"),
            reading: OnceLock::new(),
        }, )* ];
    };
}

tables! {
    Person "person" numbered ["login" "name" "role" "department" "post" "state" "deputy_id" "away_from" "away_until" "created_at"
        "in_post_from" "in_post_until"]
    Customer "customer" numbered ["code" "name" "kind" "industry" "industry_std" "employees" "revenue_fen" "size" "region"
        "address" "website" "source" "referrer_id" "owner_id" "first_owner_id" "state" "depth" "relation" "need" "channel"
        "category" "cooperation_on" "note" "entered_by" "checked_by" "checked_at" "created_at" "job_id" "churn_reason" "churn_note"]
    Alias "customer_alias" keyed ["code" "customer_id"]
    Class "class" numbered ["customer_id" "scheme" "value" "how" "rule" "reason" "by_id" "since"]
    Contact "contact" numbered ["customer_id" "name" "title" "is_key" "note" "confirmed_by" "confirmed_at"]
    Method "method" numbered ["customer_id" "contact_id" "kind" "value" "digits"]
    Tag "tag" numbered ["type" "name" "value" "alias_of"]
    CustomerTag "customer_tag" numbered ["customer_id" "tag_id" "how" "by_id" "at"]
    Order "orders" numbered ["customer_id" "code" "ordered_on" "amount_fen" "currency" "rate_ppm" "cost_fen" "category"
        "status" "touch_id" "note" "by_id" "created_at" "job_id" "ordered_at" "amount_minor"]
    OrderLine "order_line" numbered ["customer_id" "order_id" "product" "category" "quantity" "unit_fen" "gift"]
    Quote "quote" numbered ["customer_id" "quoted_on" "product" "amount_fen" "state" "order_id" "note"]
    Refund "refund" numbered ["customer_id" "order_id" "refunded_on" "amount_fen" "reason" "refunded_at" "currency"
        "amount_minor"]
    Opening "opening" numbered ["customer_id" "as_of" "first_on" "last_on" "per_year" "total_fen" "year_fen" "category" "source"]
    Contract "contract" numbered ["customer_id" "code" "signed_on" "expires_on" "renewed_on" "annual_fen" "note"]
    Expense "expense" numbered ["customer_id" "spent_on" "category" "amount_fen" "note" "gift_id"]
    Budget "budget" numbered ["customer_id" "segment" "period" "category" "amount_fen" "approved_by" "note"]
    Touch "touch" numbered ["customer_id" "contact_id" "at" "recorded_at" "late" "channel" "kind" "topic" "summary" "feedback"
        "responded" "responded_at" "converted" "order_id" "cost_fen" "product" "script" "campaign" "necessary"
        "segment_then" "department" "person_id" "event_on" "closed" "issue" "override" "job_id"
        "reached"]
    Outcome "touch_outcome" numbered ["customer_id" "touch_id" "at" "kind" "note"]
    Task "task" numbered ["customer_id" "touch_id" "kind" "cause" "text" "due_on" "due_time" "due_at" "anchor" "anchor_days"
        "event_on" "owner_id" "state" "done_at" "done_by" "snoozed_until" "snooze_reason" "created_at" "created_by"
        "override"]
    ImportantDate "important_date" numbered ["customer_id" "contact_id" "kind" "label" "calendar" "month" "day" "year"
        "lead_days" "next_on" "remind_on"]
    Consent "consent" numbered ["customer_id" "state" "purpose" "way" "given_on" "by_id"]
    OptOut "opt_out" numbered ["customer_id" "channel" "since" "way"]
    Referral "referral" numbered ["customer_id" "new_id" "asked_on" "cause" "outcome" "reward" "reward_fen" "given_on"]
    Coupon "coupon" numbered ["customer_id" "touch_id" "kind" "face_fen" "price_fen" "offer_fen" "issued_on" "valid_to"
        "claimed_on" "used_on" "order_id" "note"]
    Membership "membership" numbered ["customer_id" "level" "points" "since" "note"]
    Activation "activation" numbered ["customer_id" "cause" "plan" "started_on" "due_on" "outcome" "ended_on" "order_id" "started_at"]
    Browse "browse" numbered ["customer_id" "viewed_on" "category" "views"]
    Complaint "complaint" numbered ["customer_id" "opened_at" "responded_at" "solved_at" "state" "subject" "severity" "summary"
        "solution" "handler_id" "touch_id" "valid" "ended" "closed_at" "order_code" "repair" "recheck_on" "recheck"]
    Survey "survey" numbered ["customer_id" "answered_on" "score" "nps" "comment" "answered_at" "answers"]
    Request "request" numbered ["customer_id" "touch_id" "from_id" "from_department" "department" "text" "asked_at" "due_at"
        "state" "taken_by" "taken_at" "answer" "answered_by" "answered_at" "closed_at"]
    Alarm "alarm" numbered ["rule" "subject" "period" "level" "customer_id" "segment" "person_id" "figures" "note" "since"
        "raised_at" "start_by" "post" "owner_id" "climb_at" "climbed" "climbed_to" "state" "acknowledged_by"
        "acknowledged_at" "ticked" "ended" "result" "closed_by" "closed_at"]
    SchemeVersion "scheme_version" numbered ["scheme" "version" "text" "at" "person_id" "reason"]
    Proposal "scheme_proposal" numbered ["scheme" "text" "at" "person_id" "reason"]
    Benchmark "benchmark" numbered ["industry" "year" "average_fen" "how"]
    Script "script" numbered ["code" "version" "title" "target" "scene" "channels" "needs" "text" "state" "author_id"
        "reviewer_id" "reviewed_at" "source" "created_at"]
    Gift "gift" numbered ["name" "target" "unit_fen" "stock" "note"]
    Content "content" numbered ["title" "industry" "needs" "place" "note"]
    Product "product" numbered ["name" "category" "price_fen" "needs" "feature" "value" "new_on" "state"]
    ProductTag "product_tag" numbered ["product_id" "value"]
    Campaign "campaign" numbered ["code" "name" "goal" "filter" "channel" "script" "product" "text" "starts_on" "ends_on"
        "cost_fen" "face_fen" "price_fen" "offer_fen" "owner_id" "state" "evaluate_on" "result" "approved_by" "touched"
        "left_out" "job_id" "ran_at" "created_by" "created_at"]
    Member "campaign_member" numbered ["campaign_id" "customer_id" "state" "touch_id" "findings" "reason"]
    Plan "plan" numbered ["version" "of_id" "name" "filter" "customer_id" "relation" "goal" "content" "channels" "frequency"
        "starts_on" "ends_on" "problems" "report" "owner_id" "state" "written_at" "written_by"]
    PlanTask "plan_task" numbered ["plan_id" "text" "due_on" "owner_id" "state" "done_at" "done_by"]
    PlanResource "plan_resource" numbered ["plan_id" "kind" "text" "amount_fen" "on_day"]
    PlanTarget "plan_target" numbered ["plan_id" "kpi" "target" "actual"]
    Overspend "overspend" numbered ["customer_id" "period" "explanation" "by_id" "at"]
    Event "customer_event" numbered ["customer_id" "happened_at" "recorded_at" "kind" "note"]
    BookRef "book_ref" numbered ["tbl" "code" "row_id"]
    Baseline "baseline" numbered ["name" "from_on" "until_on" "length" "figures" "at" "by_id"]
    CauseNote "cause_note" numbered ["kpi" "segment" "from_on" "until_on" "text" "at" "by_id"]
    Evaluation "evaluation" numbered ["campaign_id" "plan_id" "baseline_id" "due_on" "owner_id" "state" "result" "closed_at"
        "closed_by"]
    EvaluationLine "evaluation_line" numbered ["evaluation_id" "dimension" "metric" "segment" "target" "baseline" "actual"
        "verdict" "cause"]
    Suggestion "suggestion" numbered ["evaluation_id" "direction" "measure" "owner_id" "due_on" "state" "edit" "applied_at"
        "done_at" "done_by" "at" "by_id"]
    Assessment "assessment" numbered ["person_id" "month" "score" "note" "at" "by_id"]
    Share "customer_share" numbered ["customer_id" "person_id" "by_id" "at"]
    Strategy "strategy" numbered ["scheme" "class" "position" "goal" "scene" "content" "script" "channels" "post" "person_id"
        "budget_fen" "bound" "cap_count" "cap_window" "load_low" "load_high" "source" "resources" "touch_fen"]
    StrategyTouch "strategy_touch" numbered ["strategy_id" "kind" "ideal_days" "worst_days"]
    StrategyVersion "strategy_version" numbered ["scheme" "version" "class" "at" "person_id" "reason" "rows"]
    Overlay "overlay" numbered ["name" "calendar" "month" "day" "lead_days" "length_days" "industry" "content" "channel"
        "ready_for"]
    Dispute "dispute" numbered ["customer_id" "claimant_id" "holder_id" "arbiter_id" "reason" "opened_at" "due_at" "state"
        "owner_id" "decision" "decided_by" "decided_at"]
    DisputeNote "dispute_note" numbered ["customer_id" "dispute_id" "by_id" "at" "text"]
    Handover "handover" numbered ["from_id" "to_id" "what" "reason" "state" "customers" "proposed_by" "proposed_at" "moved_at"
        "accepted_by" "accepted_at" "confirmed_by" "confirmed_at" "note"]
    HandoverItem "handover_item" numbered ["handover_id" "item" "done_by" "done_at"]
    HandoverCustomer "handover_customer" numbered ["handover_id" "customer_id" "state" "kept"]
    Leak "leak" numbered ["alarm_id" "person_id" "note" "since" "reported_by" "reported_at" "state" "result" "closed_by"
        "closed_at" "left_out"]
    LeakStep "leak_step" numbered ["leak_id" "step" "by_id" "at" "found"]
    LeakCustomer "leak_customer" numbered ["leak_id" "customer_id" "touch_id" "expense_id" "by_id" "at"]
    SavedView "saved_view" numbered ["person_id" "name" "filter" "sort" "descending" "position"]
    PersonKey "person_key" numbered ["person_id" "fingerprint" "kind" "body" "note" "added_at"]
    Setting "setting" keyed ["key" "value"]
    OwnField "extra_field" numbered ["key" "name" "kind" "allowed"]
    OwnValue "extra_value" numbered ["customer_id" "field_id" "value"]
}

/// The table of a noun.
pub fn table(noun: Noun) -> &'static Table {
    // the nouns and the tables stand in one order; a test holds them together
    TABLES.get(noun as usize).unwrap_or(&TABLES[0])
}

impl Table {
    /// The table's own spelling of a column, if it has it.
    pub fn column(&self, name: &str) -> Option<&'static str> {
        self.columns.iter().copied().find(|c| *c == name)
    }

    /// The name of the column that tells rows apart.
    pub fn key(&self) -> &'static str {
        if self.numbered { "id" } else { self.columns.first().copied().unwrap_or("key") }
    }

    /// The whole row with its revision, if it is there; rows with a key of text have revision 0.
    pub fn read(&self, db: &Connection, key: &Cell) -> rusqlite::Result<Option<(i64, Image)>> {
        let sql = self.reading.get_or_init(|| {
            let rev = if self.numbered { "rev" } else { "0" };
            format!("SELECT {rev},{} FROM {} WHERE {}=?1", self.columns.join(","), self.name, self.key())
        });
        let read = |row: &rusqlite::Row<'_>| {
            let mut image = Image::with_capacity(self.columns.len());
            for (i, column) in self.columns.iter().enumerate() {
                image.push((*column, row.get(i + 1)?));
            }
            Ok((row.get(0)?, image))
        };
        db.prepare_cached(sql)?.query_row([key], read).optional()
    }

    /// Writes a new row.
    pub fn insert(
        &self,
        db: &Connection,
        id: i64,
        rev: i64,
        cells: &[(&'static str, Cell)],
    ) -> rusqlite::Result<()> {
        let mut sql = format!("INSERT INTO {}(", self.name);
        if self.numbered {
            sql.push_str("id,rev,");
        }
        for (i, (column, _)) in cells.iter().enumerate() {
            if i > 0 {
                sql.push(',');
            }
            sql.push_str(column);
        }
        sql.push_str(if self.numbered { ") VALUES(?,?," } else { ") VALUES(" });
        sql.push_str(&vec!["?"; cells.len()].join(","));
        sql.push(')');
        let head = [Cell::Integer(id), Cell::Integer(rev)];
        let values = head.iter().filter(|_| self.numbered).chain(cells.iter().map(|(_, cell)| cell));
        db.prepare_cached(&sql)?.execute(params_from_iter(values))?;
        Ok(())
    }

    /// Writes some columns of a row and lets its revision grow.
    pub fn update(
        &self,
        db: &Connection,
        key: &Cell,
        cells: &[(&'static str, Cell)],
    ) -> rusqlite::Result<()> {
        let mut sql = format!("UPDATE {} SET ", self.name);
        for (i, (column, _)) in cells.iter().enumerate() {
            if i > 0 {
                sql.push(',');
            }
            sql.push_str(column);
            sql.push_str("=?");
        }
        if self.numbered {
            sql.push_str(",rev=rev+1");
        }
        sql.push_str(" WHERE ");
        sql.push_str(self.key());
        sql.push_str("=?");
        let values = cells.iter().map(|(_, cell)| cell).chain(std::iter::once(key));
        db.prepare_cached(&sql)?.execute(params_from_iter(values))?;
        Ok(())
    }

    /// Removes a row.
    pub fn delete(&self, db: &Connection, key: &Cell) -> rusqlite::Result<()> {
        db.prepare_cached(&format!("DELETE FROM {} WHERE {}=?1", self.name, self.key()))?.execute([key])?;
        Ok(())
    }

    /// An id that no row of the table has or ever had, from `first` on: an undone row's number is not given again.
    pub fn free_id(&self, db: &Connection, first: i64, last: i64) -> rusqlite::Result<i64> {
        let standing = format!("SELECT max(id) FROM {} WHERE id BETWEEN ?1 AND ?2", self.name);
        let standing: Option<i64> = db.prepare_cached(&standing)?.query_row([first, last], |r| r.get(0))?;
        let recorded: Option<i64> = db
            .prepare_cached("SELECT max(row_id) FROM change_row WHERE tbl=?1 AND row_id BETWEEN ?2 AND ?3")?
            .query_row((self.name, first, last), |r| r.get(0))?;
        Ok(standing.max(recorded).map_or(first, |id| id + 1))
    }
}

/// The cell of a column in an image.
pub fn cell<'a>(image: &'a [(&'static str, Cell)], column: &str) -> &'a Cell {
    const NULL: &Cell = &Cell::Null;
    image.iter().find(|(c, _)| *c == column).map_or(NULL, |(_, cell)| cell)
}

/// Whether a column is among those that are written.
pub fn given(row: &[(&'static str, Cell)], column: &str) -> bool {
    row.iter().any(|(c, _)| *c == column)
}

/// What a column will hold: as it is given in `row`, else as it was in `old`.
pub fn either<'a>(
    row: &'a [(&'static str, Cell)],
    old: &'a [(&'static str, Cell)],
    column: &str,
) -> &'a Cell {
    cell(if given(row, column) { row } else { old }, column)
}

/// The whole number of a column, if it has one.
pub fn int(image: &[(&'static str, Cell)], column: &str) -> Option<i64> {
    if let Cell::Integer(i) = cell(image, column) { Some(*i) } else { None }
}

/// The text of a column, if it has one.
pub fn text<'a>(image: &'a [(&'static str, Cell)], column: &str) -> Option<&'a str> {
    if let Cell::Text(t) = cell(image, column) { Some(t) } else { None }
}

/// The day in a column, if it has one.
pub fn day(image: &[(&'static str, Cell)], column: &str) -> Option<NaiveDate> {
    text(image, column).and_then(|day| day.parse().ok())
}

/// A cell of text, or none.
pub fn opt_text(text: Option<&str>) -> Cell {
    text.filter(|t| !t.trim().is_empty()).map_or(Cell::Null, |t| Cell::Text(t.trim().to_owned()))
}

/// A cell of text as it is.
pub fn word(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

/// A cell with a whole number, or none.
pub fn opt_int(number: Option<i64>) -> Cell {
    number.map_or(Cell::Null, Cell::Integer)
}

/// A cell with a yes or no.
pub fn flag(yes: bool) -> Cell {
    Cell::Integer(i64::from(yes))
}

/// A row as the record of changes keeps it: JSON of its columns.
pub fn to_json(image: &[(&'static str, Cell)]) -> String {
    let mut json = String::with_capacity(image.len() * 24);
    for (column, cell) in image {
        json.push(if json.is_empty() { '{' } else { ',' });
        // names of columns need no escape
        json.push('"');
        json.push_str(column);
        json.push_str("\":");
        match cell {
            Cell::Integer(i) => json.push_str(&i.to_string()),
            Cell::Real(f) => json.push_str(&serde_json::Value::from(*f).to_string()),
            Cell::Text(t) => json.push_str(&serde_json::Value::from(t.as_str()).to_string()),
            Cell::Null | Cell::Blob(_) => json.push_str("null"),
        }
    }
    json.push_str(if json.is_empty() { "{}" } else { "}" });
    json
}

/// What the record of changes kept of a row; columns that the table does not have (any more) are left out.
pub fn from_json(noun: Noun, json: &str) -> Image {
    let Ok(serde_json::Value::Object(object)) = serde_json::from_str(json) else { return Image::new() };
    let table = table(noun);
    object
        .iter()
        .filter_map(|(name, value)| {
            let cell = match value {
                serde_json::Value::Number(n) => n.as_i64().map_or(Cell::Null, Cell::Integer),
                serde_json::Value::String(s) => Cell::Text(s.clone()),
                serde_json::Value::Bool(b) => flag(*b),
                _ => Cell::Null,
            };
            Some((table.column(name)?, cell))
        })
        .collect()
}

/// The noun behind the name of a table in the record of changes, and the key of rows that have one of text.
pub fn of_record(tbl: &str) -> Option<(&'static Table, Option<&str>)> {
    let (name, key) = tbl.split_once(':').map_or((tbl, None), |(name, key)| (name, Some(key)));
    TABLES.iter().find(|t| t.name == name).map(|t| (t, key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_those_of_the_schema_in_the_order_of_the_nouns() {
        let db = super::super::open::memory().unwrap();
        for (i, table) in TABLES.iter().enumerate() {
            assert_eq!(table.noun as usize, i);
            let names: Vec<String> = db
                .prepare(&format!("SELECT name FROM pragma_table_info('{}')", table.name))
                .unwrap()
                .query_map([], |r| r.get(0))
                .unwrap()
                .map(Result::unwrap)
                .filter(|n| !table.numbered || (n != "id" && n != "rev"))
                .collect();
            assert_eq!(names, table.columns, "{}", table.name);
        }
    }

    #[test]
    fn a_row_survives_its_record() {
        let image: Image = vec![("code", word("C\"1")), ("customer_id", Cell::Integer(7))];
        assert_eq!(from_json(Noun::Alias, &to_json(&image)), image);
        assert!(from_json(Noun::Alias, "{\"password\":1}").is_empty());
        assert_eq!(of_record("setting:theme").unwrap().1, Some("theme"));
    }
}
