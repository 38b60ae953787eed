//! The forms of lists: a filter, a search, a view that is kept, what leaves as a file, whom a campaign takes back. Most of
//! them become no change: the panes read them.

use super::super::form::{Form, FormKind};
use super::super::shared::Shared;
use super::family::{F, Family, nobody};
use super::read::{text_of, value_of, values};
use crate::domain::change::Change;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Invalid, Problem, Value};

pub(super) const FAMILY: Family = Family { fields, start, build };

fn fields(kind: &FormKind) -> Vec<Field> {
    match kind {
        FormKind::Filter | FormKind::Search => vec![F::Filter],
        FormKind::View => vec![F::ViewName, F::Shared],
        // they have an editor of their own
        FormKind::Rules { .. } => Vec::new(),
        _ => vec![F::Reason],
    }
}

const fn start(_: &FormKind, _: Field, _: &Shared) -> Option<Value> {
    None
}

fn build(form: &Form, s: &Shared) -> Result<Change, Invalid> {
    match &form.kind {
        FormKind::View => {
            let values = values(form, s)?;
            Ok(Change::SaveView {
                name: text_of(&values, F::ViewName).unwrap_or_default(),
                // the pane fills in what it shows when it takes the form's change over
                filter: String::new(),
                sort: String::new(),
                descending: false,
                shared: value_of(&values, F::Shared) == Value::Flag(true),
            })
        }
        FormKind::PutBack { campaign, customer } => {
            let reason = text_of(&values(form, s)?, F::Reason);
            Ok(Change::PutBack { campaign: *campaign, customer: CustomerId(*customer), reason })
        }
        // nothing is written: its own key is asked first
        FormKind::Export { .. } => Err(Invalid { field: F::Reason, problem: Problem::Empty }),
        _ => Err(nobody()),
    }
}
