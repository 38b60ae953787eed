//! The places on the screen that want data, each with its number. What is asked and answered there is the feed's.
//! Two of them ask ahead of the person.

/// A place on the screen that wants data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the place of its name")]
pub enum Slot {
    Customers,
    Count,
    /// Who fits the filter, to be marked.
    Marking,
    Card,
    /// The card of the row above the cursor, before anybody goes there.
    CardAbove,
    /// The same of the row below.
    CardBelow,
    Profile,
    Queue,
    Touches,
    Complaints,
    Requests,
    Alarms,
    Strategy,
    Scripts,
    Campaigns,
    Members,
    /// What a campaign says to whom.
    Texts,
    Plans,
    /// How large a target group is.
    Group,
    Activations,
    /// Gifts, content or products.
    Company,
    Board,
    Kpis,
    /// The same as they were counted last, until those of now are here.
    KpisBefore,
    /// A period before, for the trend.
    KpiPast,
    Behind,
    Models,
    /// Causes of figures.
    Causes,
    Baselines,
    /// The one that is compared with.
    Baseline,
    Evaluations,
    Evaluation,
    Suggestions,
    Staff,
    Analysis,
    Title,
    Views,
    People,
    Tags,
    Undoable,
    /// Settings of the company.
    Settings,
    Why,
    /// The words of the company's classes.
    Classes,
    Schemes,
    /// Whom new rules would move.
    Moves,
    Find,
    FindCard,
    /// Tags and industries that what is typed names.
    Named,
    Alike,
    /// The two customers of the form that makes them one.
    Merging,
    /// The contacts of the customer a form is about.
    FormCard,
    /// The record that is about to be edited.
    Record,
    /// What stands against the touch of the form on top.
    Guard,
    /// What an edit of the strategy table would do.
    Preview,
    /// The versions of the strategy table.
    Versions,
    /// What came of the version under the cursor.
    Compared,
    /// Festivals and seasons.
    Overlays,
    /// Hand-overs.
    Cases,
    /// One of them.
    Case,
    /// Leaks of customers' data.
    Leaks,
    /// One of them.
    Leak,
    /// How much everybody has to do.
    Loads,
    /// Who else edits the row of the form on top.
    Editors,
    /// What colleagues have done to it since the form opened.
    Since,
    /// Who of those at hand was erased.
    Erased,
    /// What people did.
    Audit,
    /// The change under the cursor.
    AuditOne,
    /// The fields of the company's own.
    OwnFields,
    /// What the customers of each industry spend.
    Benchmarks,
}

/// Every slot, by its number.
pub const SLOTS: [Slot; 69] = [
    Slot::Customers,
    Slot::Count,
    Slot::Marking,
    Slot::Card,
    Slot::CardAbove,
    Slot::CardBelow,
    Slot::Profile,
    Slot::Queue,
    Slot::Touches,
    Slot::Complaints,
    Slot::Requests,
    Slot::Alarms,
    Slot::Strategy,
    Slot::Scripts,
    Slot::Campaigns,
    Slot::Members,
    Slot::Texts,
    Slot::Plans,
    Slot::Group,
    Slot::Activations,
    Slot::Company,
    Slot::Board,
    Slot::Kpis,
    Slot::KpisBefore,
    Slot::KpiPast,
    Slot::Behind,
    Slot::Models,
    Slot::Causes,
    Slot::Baselines,
    Slot::Baseline,
    Slot::Evaluations,
    Slot::Evaluation,
    Slot::Suggestions,
    Slot::Staff,
    Slot::Analysis,
    Slot::Title,
    Slot::Views,
    Slot::People,
    Slot::Tags,
    Slot::Undoable,
    Slot::Settings,
    Slot::Why,
    Slot::Classes,
    Slot::Schemes,
    Slot::Moves,
    Slot::Find,
    Slot::FindCard,
    Slot::Named,
    Slot::Alike,
    Slot::Merging,
    Slot::FormCard,
    Slot::Record,
    Slot::Guard,
    Slot::Preview,
    Slot::Versions,
    Slot::Compared,
    Slot::Overlays,
    Slot::Cases,
    Slot::Case,
    Slot::Leaks,
    Slot::Leak,
    Slot::Loads,
    Slot::Editors,
    Slot::Since,
    Slot::Erased,
    Slot::Audit,
    Slot::AuditOne,
    Slot::OwnFields,
    Slot::Benchmarks,
];

impl Slot {
    /// Whether it asks for what nobody has asked to see yet: everything else goes first.
    pub const fn is_ahead(self) -> bool {
        matches!(self, Self::CardAbove | Self::CardBelow)
    }

    /// Whether it holds a card, which the others that do may need next.
    pub(super) const fn is_card(self) -> bool {
        matches!(self, Self::Card | Self::CardAbove | Self::CardBelow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_stand_at_their_own_numbers() {
        for (i, slot) in SLOTS.iter().enumerate() {
            assert_eq!(*slot as usize, i);
        }
    }
}
