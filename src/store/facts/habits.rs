//! How the company reads its records where the handbooks leave it open: what counts as contact, which year is meant, how
//! many categories a preference names (X8, X37, B9). Settings, read once for all customers of a transaction.

use rusqlite::Connection;

use crate::store::settings;

/// What the facts of all customers are read by.
#[derive(Clone, Copy)]
pub struct Habits {
    /// Only what the customer takes part in is contact (B9).
    pub two_way_only: bool,
    /// «Annual» means the calendar year and not the last twelve months (X37).
    pub calendar_year: bool,
    /// Categories that a preference names (X8).
    pub categories: usize,
}

impl Habits {
    /// Reads them.
    pub fn load(db: &Connection) -> rusqlite::Result<Self> {
        Ok(Self {
            two_way_only: settings::number(db, "two_way_only")? != 0,
            calendar_year: settings::get(db, "annual")? == "calendar",
            categories: usize::try_from(settings::number(db, "categories_kept")?).unwrap_or(2),
        })
    }
}
