//! Two sheets beside the strategy table: its versions with what came of them, and festivals and seasons.

use super::super::cursor::Cursor;
use super::super::feed::Slot;
use super::super::shared::Shared;
use crate::store::request::{OverlayRow, Query, VersionRow};

/// One of the two.
#[derive(Clone, Debug)]
pub enum Sheet {
    /// The versions of a scheme's table, the newest first.
    Versions {
        /// Scheme id.
        scheme: String,
        /// Which version.
        cursor: Cursor,
    },
    /// Festivals and seasons, the next first.
    Festivals {
        /// Which one.
        cursor: Cursor,
    },
}

impl Sheet {
    /// The versions, as far as they are here.
    pub fn versions(s: &Shared) -> &[VersionRow] {
        s.feeds.versions().map(Vec::as_slice).unwrap_or_default()
    }

    /// The festivals, as far as they are here.
    pub fn festivals(s: &Shared) -> &[OverlayRow] {
        s.feeds.overlays().map(Vec::as_slice).unwrap_or_default()
    }

    /// What it wants to know.
    pub fn wants(&self, s: &Shared) -> Vec<(Slot, Query)> {
        match self {
            Self::Versions { scheme, cursor } => {
                let mut wants = vec![(Slot::Versions, Query::StrategyVersions(scheme.clone()))];
                wants.extend(Self::versions(s).get(cursor.at).map(|v| {
                    let query = Query::StrategyResult { scheme: scheme.clone(), version: v.version };
                    (Slot::Compared, query)
                }));
                wants
            }
            Self::Festivals { .. } => vec![(Slot::Overlays, Query::Overlays)],
        }
    }
}
