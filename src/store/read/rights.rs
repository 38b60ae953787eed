//! Which right every question needs at the least, as one table beside the table of rights. What of an answer is masked
//! then is decided row by row (`eyes`).

use crate::domain::people::Verb;
use crate::store::request::Query;

/// The right without which a question is not answered at all. Everybody who works here sees the directory and the board.
pub const fn needs(query: &Query) -> Verb {
    match query {
        Query::Audit(_) | Query::AuditOne(_) => Verb::Audit,
        // whoever tries one rule after the other learns what the customers it moves spend
        Query::SchemePreview(_) => Verb::Strategy,
        Query::Merging { .. } => Verb::Merge,
        // whoever may shut people out has to see who they are
        Query::Users | Query::Leaks | Query::Leak { .. } => Verb::Freeze,
        Query::Customers(_)
        | Query::Count(_)
        | Query::Fitting(_)
        | Query::Find { .. }
        | Query::Named(..)
        | Query::Card(_)
        | Query::Profile(_)
        | Query::ByCode(_)
        | Query::Guard { .. }
        | Query::Queue { .. }
        | Query::Touches(_)
        | Query::Complaints(_)
        | Query::Requests(_)
        | Query::Alarms(_)
        | Query::Scripts
        | Query::Campaigns
        | Query::Members(_)
        | Query::Texts { .. }
        | Query::Plans
        | Query::Activations
        | Query::Company(_)
        | Query::Strategy(_)
        | Query::Schemes
        | Query::Classes
        | Query::OwnFields
        | Query::Why { .. }
        | Query::Benchmarks
        | Query::StrategyPreview(_)
        | Query::StrategyVersions(_)
        | Query::StrategyResult { .. }
        | Query::Overlays
        | Query::Board(_)
        | Query::Kpis(_)
        | Query::KpisBefore(_)
        | Query::Behind(_)
        | Query::Report(_)
        | Query::Models(_)
        | Query::Title
        | Query::Views
        | Query::People
        | Query::Tags
        | Query::Undoable
        | Query::Alike { .. }
        | Query::Editors(_)
        | Query::Since { .. }
        | Query::Settings
        | Query::Targets
        | Query::Baselines
        | Query::Baseline(_)
        | Query::Causes
        | Query::Evaluations
        | Query::Evaluation(_)
        | Query::Suggestions
        | Query::Cases
        | Query::Case(..)
        | Query::Loads
        | Query::Erased(_)
        | Query::Analysis(_)
        | Query::Listed(..)
        | Query::Staff(_)
        | Query::Record(_) => Verb::SeeDirectory,
    }
}
