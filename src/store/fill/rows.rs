//! The rows of a bulk fill: one plain struct a table, with the columns that a fill writes and no others. The struct, its
//! columns and its binding come from one table, so that they cannot drift apart; `rev` is left to the schema's default.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use rusqlite::types::{ToSql, ToSqlOutput};
use rusqlite::{Connection, Statement};

/// A text of a row: mostly a word of a list, which needs no copy.
pub type Text = Cow<'static, str>;

/// A business day, stored as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub NaiveDate);

impl ToSql for Day {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        // by hand: a fill writes thirty million days, and a formatter costs more than the row
        let digit = |n: u32| char::from_digit(n % 10, 10).unwrap_or('0');
        let (year, month, day) = (self.0.year_ce().1, self.0.month(), self.0.day());
        let year = [year / 1000, year / 100, year / 10, year].map(digit);
        let mut text = String::with_capacity(10);
        text.extend(year);
        text.extend(['-', digit(month / 10), digit(month), '-', digit(day / 10), digit(day)]);
        Ok(ToSqlOutput::from(text))
    }
}

/// A row that can be written by a prepared statement.
pub(super) trait Record {
    /// Its table.
    const TABLE: &'static str;
    /// The columns it fills, in the order in which they are bound.
    const COLUMNS: &'static [&'static str];

    /// Binds every column.
    fn bind(&self, statement: &mut Statement<'_>) -> rusqlite::Result<()>;
}

/// The statement that writes rows of one kind.
pub(super) fn pen<R: Record>(db: &Connection) -> rusqlite::Result<Statement<'_>> {
    let columns: Vec<&str> = R::COLUMNS.iter().map(|c| c.trim_start_matches("r#")).collect();
    let places = vec!["?"; columns.len()];
    db.prepare(&format!("INSERT INTO {}({}) VALUES({})", R::TABLE, columns.join(","), places.join(",")))
}

/// Writes rows one after another.
pub(super) fn put<R: Record>(pen: &mut Statement<'_>, rows: &[R]) -> rusqlite::Result<()> {
    for row in rows {
        row.bind(pen)?;
        pen.raw_execute()?;
    }
    Ok(())
}

macro_rules! rows {
    ($( $(#[$doc:meta])* $name:ident $table:literal { $( $column:ident: $kind:ty ),* $(,)? } )*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        #[expect(missing_docs, reason = "the columns are described by the schema")]
        pub struct $name { $( pub $column: $kind, )* }

        impl Record for $name {
            const TABLE: &'static str = $table;
            const COLUMNS: &'static [&'static str] = &[ $( stringify!($column), )* ];

            fn bind(&self, statement: &mut Statement<'_>) -> rusqlite::Result<()> {
                let mut place = 0;
                $( place += 1; statement.raw_bind_parameter(place, &self.$column)?; )*
                debug_assert_eq!(place, Self::COLUMNS.len());
                Ok(())
            }
        }
    )* };
}

rows! {
    /// Who works here.
    Person "person" {
        id: i64, login: Text, name: Text, role: Text, department: Text, post: Text, state: Text,
        deputy_id: Option<i64>, away_from: Option<Day>, away_until: Option<Day>, created_at: i64,
    }
    /// A setting of the company.
    Setting "setting" { key: Text, value: Text }
    /// A value of the tag library.
    Tag "tag" { id: i64, r#type: Text, name: Text, value: Text }
    /// A saved view.
    View "saved_view" {
        person_id: Option<i64>, name: Text, filter: Text, sort: Text, descending: bool, position: i64,
    }
    /// A budget of a segment.
    Budget "budget" {
        segment: Option<Text>, period: Text, category: Text, amount_fen: i64, approved_by: Option<i64>,
    }
    /// An alarm of the past.
    Alarm "alarm" {
        rule: Text, subject: Text, period: Text, level: Text, customer_id: Option<i64>, segment: Option<Text>, person_id: Option<i64>, figures: Text,
        note: Option<Text>, since: i64, raised_at: i64, start_by: i64, post: Text, owner_id: i64, state: Text,
        acknowledged_by: Option<i64>, acknowledged_at: Option<i64>, ticked: i64, ended: Option<Text>, result: Option<Text>,
        closed_by: Option<i64>, closed_at: Option<i64>,
    }
    /// A campaign.
    Campaign "campaign" {
        id: i64, code: Text, name: Text, goal: Option<Text>, filter: Text, channel: Text, script: Option<Text>,
        text: Option<Text>, starts_on: Day, ends_on: Day, cost_fen: i64, owner_id: i64, state: Text, evaluate_on: Day,
        result: Option<Text>, approved_by: Option<i64>, ran_at: Option<i64>, created_by: i64, created_at: i64,
    }
    /// A plan.
    Plan "plan" {
        id: i64, version: i64, name: Text, filter: Option<Text>, relation: Option<Text>, goal: Option<Text>,
        content: Option<Text>, channels: Option<Text>, frequency: Option<Text>, starts_on: Day, ends_on: Day,
        owner_id: i64, state: Text, written_at: i64, written_by: i64,
    }
    /// A task of a plan.
    PlanTask "plan_task" {
        plan_id: i64, text: Text, due_on: Day, owner_id: i64, state: Text, done_at: Option<i64>, done_by: Option<i64>,
    }
    /// What a plan needs.
    PlanResource "plan_resource" {
        plan_id: i64, kind: Text, text: Text, amount_fen: Option<i64>, on_day: Option<Day>,
    }
    /// What a plan is measured by.
    PlanTarget "plan_target" { plan_id: i64, kpi: Text, target: Text, actual: Option<Text> }
    /// What an industry's customers spend in a year.
    Benchmark "benchmark" { industry: Text, year: i64, average_fen: i64 }
    /// A customer.
    Customer "customer" {
        id: i64, code: Text, name: Text, kind: Text, industry: Option<Text>, industry_std: Option<Text>,
        employees: Option<i64>, revenue_fen: Option<i64>, size: Option<Text>, region: Option<Text>,
        address: Option<Text>, website: Option<Text>, source: Option<Text>, referrer_id: Option<i64>, owner_id: i64,
        first_owner_id: Option<i64>, state: Option<Text>, depth: Option<Text>, relation: Option<Text>,
        need: Option<Text>, channel: Option<Text>, category: Option<Text>, cooperation_on: Option<Day>,
        note: Option<Text>, entered_by: Option<i64>, checked_by: Option<i64>, checked_at: Option<i64>,
        created_at: i64, churn_reason: Option<Text>, churn_note: Option<Text>,
    }
    /// A value of one scheme.
    Class "class" {
        customer_id: i64, scheme: Text, value: Text, how: Text, rule: Option<i64>, reason: Option<Text>,
        by_id: Option<i64>, since: i64,
    }
    /// A move from class to class.
    ClassMove "class_move" {
        customer_id: i64, scheme: Text, was: Option<Text>, became: Option<Text>, at: i64, version: i64, how: Text,
    }
    /// What was spent.
    Expense "expense" {
        customer_id: Option<i64>, spent_on: Day, category: Text, amount_fen: i64, note: Option<Text>,
    }
    /// A contact.
    Contact "contact" {
        id: i64, customer_id: i64, name: Text, title: Option<Text>, is_key: bool, note: Option<Text>,
        confirmed_by: Option<i64>, confirmed_at: Option<i64>,
    }
    /// A phone, a WeChat id or a mail address of a contact.
    Method "method" { customer_id: i64, contact_id: i64, kind: Text, value: Text, digits: Option<Text> }
    /// A tag on a customer.
    CustomerTag "customer_tag" { customer_id: i64, tag_id: i64, how: Text, by_id: Option<i64>, at: i64 }
    /// An order.
    Order "orders" {
        id: i64, customer_id: i64, code: Option<Text>, ordered_on: Day, amount_fen: i64, cost_fen: Option<i64>, category: Option<Text>,
        status: Text, touch_id: Option<i64>, note: Option<Text>, by_id: Option<i64>, created_at: i64,
    }
    /// A line of an order.
    Line "order_line" {
        customer_id: i64, order_id: i64, product: Text, category: Option<Text>, quantity: i64, unit_fen: i64,
        gift: bool,
    }
    /// A quotation.
    Quote "quote" {
        customer_id: i64, quoted_on: Day, product: Option<Text>, amount_fen: Option<i64>, state: Text,
        order_id: Option<i64>, note: Option<Text>,
    }
    /// A refund.
    Refund "refund" {
        customer_id: i64, order_id: Option<i64>, refunded_on: Day, amount_fen: i64, reason: Option<Text>,
    }
    /// Figures without records behind them.
    Opening "opening" {
        customer_id: i64, as_of: Day, first_on: Option<Day>, last_on: Option<Day>, per_year: Option<i64>,
        total_fen: Option<i64>, year_fen: Option<i64>, category: Option<Text>, source: Option<Text>,
    }
    /// A contract.
    Contract "contract" {
        customer_id: i64, code: Option<Text>, signed_on: Option<Day>, expires_on: Option<Day>,
        renewed_on: Option<Day>, annual_fen: Option<i64>, note: Option<Text>,
    }
    /// A touch; its id is `customer_id << 20 | n`, n from 1.
    Touch "touch" {
        id: i64, customer_id: i64, contact_id: Option<i64>, at: i64, recorded_at: i64, late: bool,
        channel: Option<Text>, kind: Text, topic: Option<Text>, summary: Text, feedback: Option<Text>,
        responded: bool, responded_at: Option<i64>, converted: bool, order_id: Option<i64>, cost_fen: i64,
        product: Option<Text>, script: Option<Text>, campaign: Option<Text>, segment_then: Option<Text>, department: Text, person_id: i64,
        event_on: Option<Day>, closed: bool, issue: Option<Text>,
    }
    /// What became of a touch later.
    Outcome "touch_outcome" { customer_id: i64, touch_id: i64, at: i64, kind: Text, note: Option<Text> }
    /// A next action.
    Task "task" {
        customer_id: i64, touch_id: Option<i64>, kind: Text, cause: Option<Text>, text: Text, due_on: Day, due_time: Option<Text>,
        due_at: i64, anchor: Text, anchor_days: Option<i64>, event_on: Option<Day>, owner_id: i64, state: Text,
        done_at: Option<i64>, done_by: Option<i64>, created_at: i64, created_by: Option<i64>,
    }
    /// A birthday or another day that comes every year.
    ImportantDate "important_date" {
        customer_id: i64, contact_id: Option<i64>, kind: Text, label: Option<Text>, calendar: Text, month: i64,
        day: i64, year: Option<i64>, lead_days: i64, next_on: Day, remind_on: Day,
    }
    /// What the customer agreed to.
    Consent "consent" {
        customer_id: i64, state: Text, purpose: Option<Text>, way: Option<Text>, given_on: Option<Day>,
        by_id: Option<i64>,
    }
    /// A channel by which the customer does not want to be reached; `all` is do not disturb.
    OptOut "opt_out" { customer_id: i64, channel: Text, since: Day, way: Option<Text> }
    /// A referral; `customer_id` is who referred.
    Referral "referral" {
        customer_id: i64, new_id: Option<i64>, asked_on: Option<Day>, cause: Option<Text>, outcome: Option<Text>,
        reward: Option<Text>, reward_fen: Option<i64>, given_on: Option<Day>,
    }
    /// A script of the company's own, besides the printed ones.
    Script "script" {
        id: i64, code: Text, title: Text, target: Option<Text>, scene: Text, channels: Option<Text>, text: Text, state: Text,
        author_id: Option<i64>, reviewer_id: Option<i64>, reviewed_at: Option<i64>, created_at: i64,
    }
    /// A product of the catalogue.
    Product "product" {
        id: i64, name: Text, category: Option<Text>, price_fen: Option<i64>, needs: Option<Text>, feature: Option<Text>,
        value: Option<Text>, new_on: Option<Day>, state: Text,
    }
    /// A need tag of a product.
    ProductTag "product_tag" { product_id: i64, value: Text }
    /// A coupon.
    Coupon "coupon" {
        id: i64, customer_id: i64, touch_id: Option<i64>, kind: Text, face_fen: Option<i64>, price_fen: Option<i64>,
        offer_fen: Option<i64>, issued_on: Day, valid_to: Day, claimed_on: Option<Day>, used_on: Option<Day>,
        order_id: Option<i64>, note: Option<Text>,
    }
    /// A member.
    Member "membership" { customer_id: i64, level: Option<Text>, points: i64, since: Option<Day> }
    /// Views of a category on one day.
    Browse "browse" { customer_id: i64, viewed_on: Day, category: Text, views: i64 }
    /// An activation.
    Activation "activation" {
        id: i64, customer_id: i64, cause: Text, plan: Option<Text>, started_on: Day, due_on: Day, outcome: Text,
        ended_on: Option<Day>, order_id: Option<i64>,
    }
    /// A complaint.
    Complaint "complaint" {
        customer_id: i64, opened_at: i64, responded_at: Option<i64>, solved_at: Option<i64>, state: Text,
        subject: Option<Text>, severity: Text, summary: Text, solution: Option<Text>, handler_id: Option<i64>,
        touch_id: Option<i64>, closed_at: Option<i64>, repair: Option<Text>, recheck_on: Option<Day>,
    }
    /// What one department asks of another.
    Request "request" {
        customer_id: i64, from_id: i64, from_department: Text, department: Text, text: Text, asked_at: i64, due_at: i64,
        state: Text, taken_by: Option<i64>, taken_at: Option<i64>, answer: Option<Text>, answered_by: Option<i64>,
        answered_at: Option<i64>, closed_at: Option<i64>,
    }
    /// An answer to a survey.
    Survey "survey" {
        customer_id: i64, answered_on: Day, score: Option<i64>, nps: Option<i64>, comment: Option<Text>,
        answers: Option<Text>,
    }
}
