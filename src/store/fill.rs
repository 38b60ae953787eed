//! The bulk fill: a whole company into an empty store, millions of rows in a few minutes, memory flat. Rows come as
//! [`Bundle`]s, one a customer; indexes are put aside and built again at the end; one header stands for all in the
//! record of changes. This is no way to write into a store that somebody works in: [`Store::fill`] refuses one.

mod past;
pub mod rows;

use rusqlite::{Connection, Statement};

use super::brake::Brake;
use super::chain::{self, Entry};
use super::facts::rebuild::rebuild_all;
use super::request::StoreError;
use super::{Store, settings, turn};
use crate::domain::clock::Now;
use rows::{Record, pen, put};

/// Customers written in one transaction.
const CHUNK: usize = 20_000;
/// Customers between two words of progress.
const STRIDE: u64 = 500;
/// Cache of the filling connection, in KiB (negative, as SQLite has it).
const CACHE: i64 = -65_536;

/// How far a fill is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filled {
    /// So many customers are written.
    Written(u64),
    /// Facts and look-up indexes of so many are made.
    Derived(u64),
}

/// What stands before the first customer: the company itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Firm {
    /// Who works here; the first is behind the header in the record of changes.
    pub people: Vec<rows::Person>,
    /// Settings, `demo` among them.
    pub settings: Vec<rows::Setting>,
    /// The tag library.
    pub tags: Vec<rows::Tag>,
    /// Saved views.
    pub views: Vec<rows::View>,
    /// Budgets by segment.
    pub budgets: Vec<rows::Budget>,
    /// Campaigns; who was in those that have run is read from the touches that name them.
    pub campaigns: Vec<rows::Campaign>,
    /// What was spent on no customer in particular.
    pub expenses: Vec<rows::Expense>,
    /// Plans.
    pub plans: Vec<rows::Plan>,
    /// Their tasks.
    pub plan_tasks: Vec<rows::PlanTask>,
    /// What they need.
    pub plan_resources: Vec<rows::PlanResource>,
    /// What they are measured by.
    pub plan_targets: Vec<rows::PlanTarget>,
    /// Averages of industries.
    pub benchmarks: Vec<rows::Benchmark>,
    /// Scripts of its own.
    pub scripts: Vec<rows::Script>,
    /// What it sells.
    pub products: Vec<rows::Product>,
    /// Which needs that meets.
    pub product_tags: Vec<rows::ProductTag>,
}

macro_rules! bundle {
    ($( $(#[$doc:meta])* $field:ident: $row:ident ),* $(,)?) => {
        /// One customer with all that hangs on it. Rows point at each other and at customers of earlier bundles only.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Bundle {
            /// The customer itself.
            pub customer: rows::Customer,
            $( $(#[$doc])* pub $field: Vec<rows::$row>, )*
        }

        /// The prepared statements of one transaction.
        struct Pens<'a> { customer: Statement<'a>, $( $field: Statement<'a>, )* }

        impl<'a> Pens<'a> {
            fn take(db: &'a Connection) -> rusqlite::Result<Self> {
                Ok(Self { customer: pen::<rows::Customer>(db)?, $( $field: pen::<rows::$row>(db)?, )* })
            }

            fn write(&mut self, bundle: &Bundle) -> rusqlite::Result<()> {
                put(&mut self.customer, std::slice::from_ref(&bundle.customer))?;
                $( put(&mut self.$field, &bundle.$field)?; )*
                Ok(())
            }
        }

        /// The tables that bundles fill.
        const TABLES: &[&str] = &[<rows::Customer as Record>::TABLE, $( <rows::$row as Record>::TABLE, )*];
    };
}

bundle! {
    /// Its classes, one a scheme.
    classes: Class,
    /// How it moved from segment to segment.
    moves: ClassMove,
    /// Its contacts.
    contacts: Contact,
    /// Their phones, WeChat ids and mail addresses.
    methods: Method,
    /// Its tags.
    tags: CustomerTag,
    /// Its orders.
    orders: Order,
    /// Their lines, where they are known.
    lines: Line,
    /// Quotations.
    quotes: Quote,
    /// Refunds.
    refunds: Refund,
    /// The opening balance, at most one.
    openings: Opening,
    /// Contracts.
    contracts: Contract,
    /// Touches, oldest first.
    touches: Touch,
    /// What became of touches later.
    outcomes: Outcome,
    /// Next actions.
    tasks: Task,
    /// Important dates.
    dates: ImportantDate,
    /// Consent, at most one.
    consents: Consent,
    /// Opt-outs.
    opt_outs: OptOut,
    /// The referral by which it came; the row belongs to who referred.
    referrals: Referral,
    /// Coupons.
    coupons: Coupon,
    /// Membership, at most one.
    members: Member,
    /// Page views.
    browses: Browse,
    /// Activations.
    activations: Activation,
    /// Complaints.
    complaints: Complaint,
    /// Requests between departments.
    requests: Request,
    /// Surveys.
    surveys: Survey,
}

impl Store {
    /// Fills an empty store; tells how far it is. Refused with [`StoreError::Defect`] where people or
    /// customers are there already, and stopped with [`StoreError::Cancelled`] where the brake is pulled. Durable only when it
    /// has returned: a fill that was cut short is thrown away.
    pub fn fill(
        &mut self,
        firm: &Firm,
        bundles: impl Iterator<Item = Bundle>,
        now: Now,
        progress: &mut dyn FnMut(Filled),
    ) -> Result<(), StoreError> {
        self.brake.release();
        let (db, brake) = (&mut self.db, &*self.brake);
        if db.query_row("SELECT EXISTS(SELECT 1 FROM person) OR EXISTS(SELECT 1 FROM customer)", [], |r| {
            r.get(0)
        })? {
            return Err(StoreError::Defect("a fill needs an empty store".to_owned()));
        }
        let cache: i64 = db.pragma_query_value(None, "cache_size", |r| r.get(0))?;
        // nothing in the file is worth waiting for the disk yet; the rows' references and values are right by construction
        // (a test checks a filled store), and to look at them again took longer than to write them
        db.execute_batch(
            "PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON; PRAGMA temp_store=FILE;",
        )?;
        db.pragma_update(None, "cache_size", CACHE)?;
        let filled = all(db, firm, bundles, now, brake, progress);
        db.execute_batch(
            "PRAGMA temp_store=MEMORY; PRAGMA ignore_check_constraints=OFF; PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL;",
        )?;
        db.pragma_update(None, "cache_size", cache)?;
        filled
    }
}

fn all(
    db: &mut Connection,
    firm: &Firm,
    bundles: impl Iterator<Item = Bundle>,
    now: Now,
    brake: &Brake,
    progress: &mut dyn FnMut(Filled),
) -> Result<(), StoreError> {
    let tx = turn::begin(db)?;
    company(&tx, firm, now)?;
    let indexes = put_aside(&tx)?;
    tx.commit()?;

    let mut bundles = bundles.peekable();
    let mut done: u64 = 0;
    while bundles.peek().is_some() {
        let tx = turn::begin(db)?;
        let mut pens = Pens::take(&tx)?;
        for bundle in bundles.by_ref().take(CHUNK) {
            pens.write(&bundle)?;
            done += 1;
            if done.is_multiple_of(STRIDE) {
                progress(Filled::Written(done));
                if brake.is_pulled() {
                    return Err(StoreError::Cancelled);
                }
            }
        }
        drop(pens);
        tx.commit()?;
    }
    for index in indexes {
        db.execute_batch(&index)?;
    }
    members(db)?;
    // what is kept beside the records: they are complete here, and their indexes stand again
    rebuild_all(db, now, brake, &mut |done, _| progress(Filled::Derived(done)))?;
    settled(db)?;
    // facts as of today are what the day's round would make of them
    let today = Now { at: now.at, zone: settings::zone(db)? }.today();
    settings::keep(db, settings::ROUND_ON, Some(&today.to_string()))?;
    db.execute_batch("PRAGMA optimize=0x10002; PRAGMA wal_checkpoint(TRUNCATE);")?;
    Ok(())
}

/// Writes the company and the one header that the whole fill has in the record of changes.
fn company(db: &Connection, firm: &Firm, now: Now) -> rusqlite::Result<()> {
    put(&mut pen::<rows::Person>(db)?, &firm.people)?;
    put(&mut pen::<rows::Setting>(db)?, &firm.settings)?;
    put(&mut pen::<rows::Tag>(db)?, &firm.tags)?;
    put(&mut pen::<rows::View>(db)?, &firm.views)?;
    put(&mut pen::<rows::Budget>(db)?, &firm.budgets)?;
    put(&mut pen::<rows::Campaign>(db)?, &firm.campaigns)?;
    put(&mut pen::<rows::Expense>(db)?, &firm.expenses)?;
    put(&mut pen::<rows::Plan>(db)?, &firm.plans)?;
    put(&mut pen::<rows::PlanTask>(db)?, &firm.plan_tasks)?;
    put(&mut pen::<rows::PlanResource>(db)?, &firm.plan_resources)?;
    put(&mut pen::<rows::PlanTarget>(db)?, &firm.plan_targets)?;
    put(&mut pen::<rows::Benchmark>(db)?, &firm.benchmarks)?;
    put(&mut pen::<rows::Script>(db)?, &firm.scripts)?;
    put(&mut pen::<rows::Product>(db)?, &firm.products)?;
    put(&mut pen::<rows::ProductTag>(db)?, &firm.product_tags)?;
    if let Some(first) = firm.people.first() {
        let (demo, subject) = ("demo", "");
        let entry = Entry {
            request: demo,
            at: now.ms(),
            person: first.id,
            session: demo,
            via: demo,
            verb: demo,
            subject,
            customer: None,
            reason: None,
            undo_of: None,
            job: None,
        };
        chain::header(db, &entry)?;
    }
    Ok(())
}

/// Who was in the campaigns that have run: whoever has a touch that names one, and of those who want no touch the first few.
fn members(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch(
        "INSERT INTO campaign_member(campaign_id,customer_id,state,touch_id)
         SELECT c.id, t.customer_id, 'touched', min(t.id) FROM touch t CROSS JOIN campaign c ON c.code=t.campaign
         WHERE t.campaign IS NOT NULL AND c.state<>'draft' GROUP BY c.id, t.customer_id;
         INSERT INTO campaign_member(campaign_id,customer_id,state,findings)
         SELECT c.id, o.customer_id, 'left_out',
                json_array(json_object('finding','quiet','since',min(o.since),'way',NULL))
         FROM campaign c JOIN opt_out o ON o.channel='all' AND o.since<c.starts_on
         WHERE c.state<>'draft'
           AND NOT EXISTS(SELECT 1 FROM campaign_member m WHERE m.campaign_id=c.id AND m.customer_id=o.customer_id)
         GROUP BY c.id, o.customer_id LIMIT 20;
         UPDATE campaign SET rev=rev+1,
           touched=(SELECT count(*) FROM campaign_member m WHERE m.campaign_id=campaign.id AND m.state='touched'),
           left_out=(SELECT count(*) FROM campaign_member m WHERE m.campaign_id=campaign.id AND m.state='left_out'),
           cost_fen=coalesce((SELECT sum(t.cost_fen) FROM campaign_member m JOIN touch t ON t.id=m.touch_id
                              WHERE m.campaign_id=campaign.id),0)
         WHERE state<>'draft';",
    )
}

/// Lets the last move of every customer end where the rules in force have put it; who did not move in the end, did not.
fn settled(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch(
        "CREATE TEMP TABLE astray AS SELECT m.*, f.segment AS is_now FROM class_move m JOIN facts f ON f.customer_id=m.customer_id
         WHERE m.scheme='segment' AND m.became IS NOT f.segment
           AND m.id=(SELECT max(l.id) FROM class_move l WHERE l.customer_id=m.customer_id);
         DELETE FROM class_move WHERE id IN (SELECT id FROM astray);
         INSERT INTO class_move(id,customer_id,scheme,was,became,at,version,how)
           SELECT id,customer_id,scheme,was,is_now,at,version,how FROM astray WHERE was IS NOT is_now ORDER BY id;
         DROP TABLE astray;",
    )
}

/// Drops the indexes of the tables that bundles fill, and the triggers that add touches up one by one; gives the statements
/// that make them again, in order.
fn put_aside(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut query = db.prepare(
        "SELECT type||' '||name, sql, tbl_name FROM sqlite_schema
         WHERE type='index' AND sql IS NOT NULL OR type='trigger' AND name LIKE 'touch_sum_%' ORDER BY rowid",
    )?;
    let found: Vec<(String, String, String)> =
        query.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?.collect::<rusqlite::Result<_>>()?;
    let mut makers = Vec::new();
    for (what, sql, table) in found {
        if TABLES.contains(&table.as_str()) {
            db.execute_batch(&format!("DROP {what}"))?;
            makers.push(sql);
        }
    }
    Ok(makers)
}
