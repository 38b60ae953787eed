//! What the threads of the store say, as messages of the app.

use std::path::Path;

use crate::app::Msg;
use crate::app::feed::{SLOTS, Ticket};
use crate::store::request::StoreError;
use crate::store::threads::Reply;

/// What the threads of the store have to say, with the name of a file that cannot be written.
pub fn message(reply: Reply, file: &Path) -> Msg {
    let named = |error| match error {
        StoreError::ReadOnly(_) => StoreError::ReadOnly(file.display().to_string()),
        error => error,
    };
    match reply {
        Reply::Answer { slot, ticket, result } => {
            let slot = SLOTS.get(slot).copied().unwrap_or(SLOTS[0]);
            Msg::Answer { slot, ticket: Ticket(ticket), result }
        }
        Reply::Written { ticket, result } => {
            Msg::Written { ticket: Ticket(ticket), result: (*result).map_err(named) }
        }
        Reply::Progress(done, total) => Msg::Progress(done, total),
        Reply::Counting(done, total) => Msg::Counting(done, total),
        Reply::Elsewhere => Msg::Elsewhere,
        Reply::Stirred => Msg::Stirred,
        Reply::Frozen => Msg::Frozen,
        Reply::Writable => Msg::ReadsOnly(false),
    }
}
