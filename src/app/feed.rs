//! What the screen has asked the store and what came back. A slot is one place on the screen that wants data; a want that
//! has not changed is not asked again, and an answer that comes too late is dropped by its ticket. Two slots ask ahead: for
//! the cards of the rows beside the cursor, so that a move finds its card here.

mod slot;

use std::collections::VecDeque;

use crate::domain::customer::CustomerId;
use crate::domain::guard::Finding;
use crate::domain::ids::Ids;
use crate::domain::own::OwnField;
use crate::domain::queue::Queue;
use crate::domain::scheme::ClassWord;
use crate::store::request::audit::{AuditField, AuditRow};
use crate::store::request::{
    Activations, AlarmRow, Answer, Average, Behind, Board, CampaignRow, Card, Case, CaseRow, Compared,
    Complaints, Count, CustomerRow, Found, Kpis, LeakCase, LeakRow, LoadRow, Members, Merging, Models, Moves,
    OverlayRow, PersonRow, PlanRow, Preview, Profile, Query, Record, RequestRow, SchemeRow, ScriptRow,
    SettingRow, Since, StoreError, StrategyRow, TagCount, TextRow, Title, TouchRow, Undoable, VersionRow,
    ViewRow, Why, Window,
};
use crate::store::request::{
    Analysis, BaselineRow, CauseRow, Evaluation, EvaluationRow, Staff, SuggestionRow,
};

pub use slot::{SLOTS, Slot};

/// Names one question, so that late answers are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

#[derive(Clone, Debug, Default)]
struct Feed {
    /// The revision of the data and the question asked last.
    asked: Option<(u64, Query)>,
    ticket: Ticket,
    /// The answer belongs to the question asked last.
    current: bool,
    answer: Option<Answer>,
    error: Option<StoreError>,
    /// The question that failed last.
    failed: Option<Ticket>,
}

/// Cards that are kept at hand: that of the cursor, those beside it, and the one it comes from.
const CARDS: usize = 4;

/// All slots with their questions and answers.
#[derive(Clone, Debug)]
pub struct Feeds {
    feeds: [Feed; SLOTS.len()],
    /// The newest cards with the revision and question of each, the newest first.
    cards: VecDeque<(u64, Query, Answer)>,
}

impl Default for Feeds {
    fn default() -> Self {
        Self { feeds: std::array::from_fn(|_| Feed::default()), cards: VecDeque::new() }
    }
}

impl Feeds {
    /// Notes a want; gives a ticket if it has to be asked.
    pub fn want(&mut self, slot: Slot, revision: u64, query: &Query, next: &mut u64) -> Option<Ticket> {
        let feed = self.feeds.get_mut(slot as usize)?;
        if feed.asked.as_ref().is_some_and(|(r, q)| *r == revision && q == query) {
            return None;
        }
        if slot.is_card()
            && let Some((.., card)) = self.cards.iter().find(|(r, q, _)| *r == revision && q == query)
        {
            *feed = Feed {
                asked: Some((revision, query.clone())),
                current: true,
                answer: Some(card.clone()),
                // what is still under way comes too late
                ticket: Ticket::default(),
                ..Feed::default()
            };
            return None;
        }
        *next += 1;
        // the same question about newer data: the old answer still speaks of the same thing
        feed.current &= feed.asked.as_ref().is_some_and(|(_, q)| q == query);
        feed.asked = Some((revision, query.clone()));
        feed.ticket = Ticket(*next);
        Some(feed.ticket)
    }

    /// Takes an answer in; false where it came too late.
    pub fn answer(&mut self, slot: Slot, ticket: Ticket, result: Result<Answer, StoreError>) -> bool {
        let Some(feed) = self.feeds.get_mut(slot as usize).filter(|f| f.ticket == ticket) else {
            return false;
        };
        match result {
            Ok(answer) => {
                if slot.is_card()
                    && let Some((revision, query)) = feed.asked.clone()
                {
                    self.cards.retain(|(r, q, _)| *r == revision && *q != query);
                    self.cards.truncate(CARDS - 1);
                    self.cards.push_front((revision, query, answer.clone()));
                }
                feed.answer = Some(answer);
                feed.error = None;
                feed.current = true;
            }
            Err(StoreError::Interrupted) => feed.asked = None,
            // what was asked cannot be answered: what stands here answers something else and would mislead
            Err(error @ StoreError::Invalid(_)) => {
                (feed.answer, feed.error, feed.failed) = (None, Some(error), Some(ticket));
            }
            Err(error) => (feed.error, feed.failed) = (Some(error), Some(ticket)),
        }
        true
    }

    /// Whether the present answer is the answer to this question, and not to an earlier one of the same place.
    pub fn current(&self, slot: Slot, query: &Query) -> bool {
        let feed = self.feeds.get(slot as usize);
        feed.is_some_and(|f| f.current && f.asked.as_ref().is_some_and(|(_, q)| q == query))
    }

    /// Whether this question was asked last and failed: no answer to it is on its way.
    pub fn failed(&self, slot: Slot, query: &Query) -> bool {
        let feed = self.feeds.get(slot as usize);
        feed.is_some_and(|f| f.failed == Some(f.ticket) && f.asked.as_ref().is_some_and(|(_, q)| q == query))
    }

    /// The question that the present answer of a slot belongs to, or is still awaited.
    pub fn asked(&self, slot: Slot) -> Option<&Query> {
        self.feeds.get(slot as usize).and_then(|f| f.asked.as_ref()).map(|(_, q)| q)
    }

    /// Why the last question of a slot was not answered.
    pub fn error(&self, slot: Slot) -> Option<&StoreError> {
        self.feeds.get(slot as usize).and_then(|f| f.error.as_ref())
    }

    /// Whether anything was answered to a slot yet: until then nobody knows that there is nothing.
    pub fn is_here(&self, slot: Slot) -> bool {
        self.feeds.get(slot as usize).is_some_and(|f| f.answer.is_some() || f.error.is_some())
    }

    /// Forgets a slot's answer, so that nothing old shows.
    pub fn forget(&mut self, slot: Slot) {
        if slot.is_card() {
            self.cards.clear();
        }
        if let Some(feed) = self.feeds.get_mut(slot as usize) {
            *feed = Feed { ticket: feed.ticket, ..Feed::default() };
        }
    }

    /// Lets a slot be asked again; what it shows stays until the answer is here.
    pub fn again(&mut self, slot: Slot) {
        if slot.is_card() {
            self.cards.clear();
        }
        if let Some((revision, _)) = self.feeds.get_mut(slot as usize).and_then(|f| f.asked.as_mut()) {
            // of no revision: the question is the same and the answer old
            *revision = u64::MAX;
        }
    }

    fn get(&self, slot: Slot) -> Option<&Answer> {
        self.feeds.get(slot as usize).and_then(|f| f.answer.as_ref())
    }
}

macro_rules! typed {
    ($( $name:ident $slot:ident $variant:ident -> $type:ty; )*) => {
        impl Feeds { $(
            /// The present answer of this slot.
            pub fn $name(&self) -> Option<&$type> {
                match self.get(Slot::$slot) { Some(Answer::$variant(a)) => Some(a), _ => None }
            }
        )* }
    };
}

typed! {
    customers Customers Customers -> Window<CustomerRow>;
    count Count Count -> Count;
    marking Marking Fitting -> Ids;
    card Card Card -> Option<Box<Card>>;
    profile Profile Profile -> Option<Box<Profile>>;
    queue Queue Queue -> Queue;
    touches Touches Touches -> Window<TouchRow>;
    complaints Complaints Complaints -> Complaints;
    requests Requests Requests -> Vec<RequestRow>;
    alarms Alarms Alarms -> Vec<AlarmRow>;
    scripts Scripts Scripts -> Vec<ScriptRow>;
    campaigns Campaigns Campaigns -> Vec<CampaignRow>;
    members Members Members -> Box<Members>;
    texts Texts Texts -> Vec<TextRow>;
    plans Plans Plans -> Vec<PlanRow>;
    group Group Count -> Count;
    activations Activations Activations -> Activations;
    company Company Company -> Vec<Record>;
    strategy Strategy Strategy -> Vec<StrategyRow>;
    board Board Board -> Box<Board>;
    kpis Kpis Kpis -> Box<Kpis>;
    kpis_before KpisBefore KpisBefore -> Option<Box<Kpis>>;
    kpi_past KpiPast Kpis -> Box<Kpis>;
    behind Behind Behind -> Box<Behind>;
    models Models Models -> Box<Models>;
    causes Causes Causes -> Vec<CauseRow>;
    baselines Baselines Baselines -> Vec<BaselineRow>;
    baseline Baseline Baseline -> Option<Box<Kpis>>;
    evaluations Evaluations Evaluations -> Vec<EvaluationRow>;
    evaluation Evaluation Evaluation -> Option<Box<Evaluation>>;
    suggestions Suggestions Suggestions -> Vec<SuggestionRow>;
    staff Staff Staff -> Box<Staff>;
    analysis Analysis Analysis -> Box<Analysis>;
    title Title Title -> Title;
    views Views Views -> Vec<ViewRow>;
    people People People -> Vec<PersonRow>;
    tags Tags Tags -> Vec<TagCount>;
    undoable Undoable Undoable -> Undoable;
    settings Settings Settings -> Vec<SettingRow>;
    why Why Why -> Vec<Why>;
    classes Classes Classes -> Vec<ClassWord>;
    schemes Schemes Schemes -> Vec<SchemeRow>;
    moves Moves SchemePreview -> Moves;
    find Find Find -> Vec<Found>;
    find_card FindCard Card -> Option<Box<Card>>;
    named Named Named -> Vec<String>;
    alike Alike Alike -> Vec<Found>;
    merging Merging Merging -> Box<Merging>;
    form_card FormCard Card -> Option<Box<Card>>;
    record Record Record -> Option<Record>;
    guard Guard Guard -> Vec<Finding>;
    preview Preview StrategyPreview -> Option<Box<Preview>>;
    versions Versions StrategyVersions -> Vec<VersionRow>;
    compared Compared StrategyResult -> Option<Box<Compared>>;
    overlays Overlays Overlays -> Vec<OverlayRow>;
    cases Cases Cases -> Vec<CaseRow>;
    case Case Case -> Option<Case>;
    leaks Leaks Leaks -> Vec<LeakRow>;
    leak Leak Leak -> Option<Box<LeakCase>>;
    loads Loads Loads -> Vec<LoadRow>;
    editors Editors Editors -> Vec<String>;
    since Since Since -> Vec<Since>;
    erased Erased Erased -> Vec<CustomerId>;
    audit Audit Audit -> Vec<AuditRow>;
    audit_one AuditOne AuditOne -> Vec<AuditField>;
    own_fields OwnFields OwnFields -> Vec<OwnField>;
    benchmarks Benchmarks Benchmarks -> Vec<(String, Average)>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_that_was_asked_ahead_is_there_at_once_until_the_data_moves_on() {
        let (mut feeds, mut next) = (Feeds::default(), 0);
        let card = |id| Query::Card(CustomerId(id));
        let below = feeds.want(Slot::CardBelow, 0, &card(2), &mut next).unwrap();
        assert!(feeds.answer(Slot::CardBelow, below, Ok(Answer::Card(None))));
        let late = feeds.want(Slot::Card, 0, &card(1), &mut next).unwrap();
        assert_eq!(feeds.want(Slot::Card, 0, &card(2), &mut next), None);
        assert!(feeds.current(Slot::Card, &card(2)), "the card is here without a question");
        assert!(
            !feeds.answer(Slot::Card, late, Ok(Answer::Card(None))),
            "what was asked before comes too late"
        );
        assert!(feeds.want(Slot::Card, 1, &card(2), &mut next).is_some(), "newer data is asked for");
    }

    #[test]
    fn a_want_is_asked_once_and_again_when_the_data_moved_on() {
        let (mut feeds, mut next) = (Feeds::default(), 0);
        let first = feeds.want(Slot::Title, 0, &Query::Title, &mut next).unwrap();
        assert_eq!(feeds.want(Slot::Title, 0, &Query::Title, &mut next), None);
        let second = feeds.want(Slot::Title, 1, &Query::Title, &mut next).unwrap();
        let title = |due| Ok(Answer::Title(Title { due, ..Title::default() }));
        assert!(!feeds.answer(Slot::Title, first, title(1)), "a late answer is dropped");
        assert!(feeds.answer(Slot::Title, second, title(2)));
        assert_eq!(feeds.title().unwrap().due, 2);
    }
}
