//! The way of an export from the store into a file, the same for the command line and the screen: it is in the log before
//! the first byte, its pages leave one after the other, and how it ended is noted after the last.

use std::io::{self, ErrorKind, Write};

use super::{Format, Sheet};
use crate::domain::clock::Now;
use crate::domain::people::Actor;
use crate::i18n::Lang;
use crate::store::Store;
use crate::store::request::StoreError;
use crate::store::request::export::Export;

/// How the rows stopped coming.
#[derive(Debug)]
pub enum End {
    /// All have left.
    Whole,
    /// Nobody reads any more.
    Closed,
    /// They could not be written.
    Output(io::Error),
    /// The store gave no more.
    Store(StoreError),
}

impl From<io::Error> for End {
    fn from(error: io::Error) -> Self {
        if error.kind() == ErrorKind::BrokenPipe { Self::Closed } else { Self::Output(error) }
    }
}

impl From<StoreError> for End {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Lets the rows of an export that has begun go, page by page, and notes how it ended.
pub fn carry(
    store: &mut Store,
    actor: &Actor,
    export: &mut Export,
    out: io::Result<impl Write>,
    (format, lang, now): (Format, Lang, Now),
) -> Result<End, StoreError> {
    let end = match out.map_err(End::from) {
        Ok(out) => {
            pages(store, actor, export, out, (format, lang, now)).map_or_else(|end| end, |()| End::Whole)
        }
        Err(end) => end,
    };
    store.export_ended(export, matches!(end, End::Whole), now)?;
    Ok(end)
}

fn pages(
    store: &mut Store,
    actor: &Actor,
    export: &mut Export,
    out: impl Write,
    (format, lang, now): (Format, Lang, Now),
) -> Result<(), End> {
    let mut sheet = Sheet::new(out, format, &export.columns, lang, now)?;
    while let Some(page) = store.export_page(actor, export)? {
        page.iter().try_for_each(|cells| sheet.row(cells))?;
        sheet.flush()?;
    }
    Ok(sheet.finish()?)
}
