//! The right to take back and to bring back: what the act itself asks (`domain::act`), asked again at that moment of whoever
//! does it, the author or a head. The role may be another by then, and the customer somebody else's; one that went to others
//! by this very change is asked about as its giver's, whose it becomes again.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value as Cell;

use super::{Line, lines, root};
use crate::domain::act::{Act, Asks, Of};
use crate::domain::field::{Field, Noun, Row};
use crate::domain::handover::Turn;
use crate::domain::people::{Verb, adds, may};
use crate::store::people;
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::tables::{Image, from_json, int, of_record};
use crate::store::write::handover::turn as handing;
use crate::store::write::rows::{self, What};
use crate::store::write::{
    alarm, campaign, customer, dispute, hang, requests, review, strategy, task, touch, view,
};

/// A line of the record, with the whole row as it is, else as it was or came to be.
struct Deed {
    row: Row,
    /// The key of a row that has one of text.
    key: Option<String>,
    before: Option<Image>,
    after: Option<Image>,
    image: Image,
}

impl Deed {
    fn of(work: &Work<'_>, line: &Line) -> Result<Option<Self>, StoreError> {
        let Some((table, key)) = of_record(&line.tbl) else { return Ok(None) };
        let image = |json: &Option<String>| json.as_deref().map(|json| from_json(table.noun, json));
        let (before, after) = (image(&line.before), image(&line.after));
        let is = key.map_or(Cell::Integer(line.row), |key| Cell::Text(key.to_owned()));
        let image = match table.read(work.db, &is)? {
            Some((_, image)) => image,
            None => before.clone().or_else(|| after.clone()).unwrap_or_default(),
        };
        let row = Row { noun: table.noun, id: line.row };
        Ok(Some(Self { row, key: key.map(str::to_owned), before, after, image }))
    }

    /// Whether the act has made it.
    const fn is_made(&self) -> bool {
        self.before.is_none()
    }

    /// Whether the act has taken it away.
    const fn is_removed(&self) -> bool {
        self.after.is_none()
    }

    fn customer(&self) -> Option<i64> {
        if self.row.noun == Noun::Customer { Some(self.row.id) } else { int(&self.image, "customer_id") }
    }

    /// The fields that the act has changed.
    fn fields(&self) -> Vec<Field> {
        let columns = self.before.iter().flatten().map(|(column, _)| *column);
        columns.filter_map(|column| Field::of(self.row.noun, column)).collect()
    }
}

/// Everything that an act has done, as it is looked at by whoever would take it back.
struct Deeds<'w, 't> {
    work: &'w Work<'t>,
    all: Vec<Deed>,
    /// Whose the customers were before that went to others by this act, or were made or removed by it.
    owners: BTreeMap<i64, i64>,
    /// What the act has taken away.
    removed: BTreeSet<(usize, i64)>,
}

/// Refuses to take back, or to bring back, what the actor may not do.
pub(super) fn still_may(work: &Work<'_>, change: i64) -> Result<(), StoreError> {
    let of = |change: i64| {
        work.db
            .prepare_cached("SELECT verb, undo_of FROM change WHERE id=?1")?
            .query_row([change], |r| Ok((r.get::<_, String>(0)?, r.get::<_, Option<i64>>(1)?)))
    };
    let (root, _) = root(work.db, change, of(change)?.1)?;
    let Some(act) = Act::from_id(&of(root)?.0) else {
        // no act of a person: the program's own, or another version's
        return people::need_own(work.actor, Verb::Configure);
    };
    people::need_act(work.actor, act)?;
    let asks = act.asks();
    if matches!(asks, Asks::Right(_) | Asks::Either(..)) {
        return Ok(());
    }
    let deeds = Deeds::of(work, root)?;
    for deed in &deeds.all {
        let said = match asks {
            Asks::Right(_) | Asks::Either(..) => Ok(()),
            Asks::Over(verb) => deeds.over(verb, deed),
            Asks::Each => deeds.each(act, deed),
            Asks::Part(of) => deeds.part(of, deed),
        };
        match said {
            // what is gone may come back in this same change
            Err(StoreError::Gone { .. }) | Ok(()) => {}
            denied => return denied,
        }
    }
    Ok(())
}

impl<'w, 't> Deeds<'w, 't> {
    fn of(work: &'w Work<'t>, change: i64) -> Result<Self, StoreError> {
        let mut all = Vec::new();
        for line in lines(work.db, change)? {
            all.extend(Deed::of(work, &line)?);
        }
        let owners = all.iter().filter(|deed| deed.row.noun == Noun::Customer).filter_map(|deed| {
            let was = deed.before.as_ref().or(deed.after.as_ref())?;
            Some((deed.row.id, int(was, "owner_id")?))
        });
        let owners = owners.collect();
        let removed = all.iter().filter(|deed| deed.is_removed()).map(|deed| place(deed.row)).collect();
        Ok(Self { work, all, owners, removed })
    }

    /// A right over the customer of a record, as it will be owned; what belongs to none asks for nothing here.
    fn over(&self, verb: Verb, deed: &Deed) -> Result<(), StoreError> {
        deed.customer().map_or(Ok(()), |customer| self.over_customer(verb, customer))
    }

    fn over_customer(&self, verb: Verb, customer: i64) -> Result<(), StoreError> {
        let work = self.work;
        let owner = match self.owners.get(&customer) {
            Some(owner) => Some(*owner),
            None => people::owner(work.db, customer)?,
        };
        let Some(owner) = owner else { return Ok(()) };
        let relation = people::relation_to(work.db, work.actor, customer, owner, work.now)?;
        if may(work.actor.role, verb, relation) { Ok(()) } else { Err(StoreError::Denied(verb)) }
    }

    /// What a record asks of whoever makes, edits or removes it by hand.
    fn each(&self, act: Act, deed: &Deed) -> Result<(), StoreError> {
        let work = self.work;
        // what hung on a row, and what followed from its going, went by the right to take that away
        if act == Act::Remove && (!deed.is_removed() || self.hung(deed)) {
            return Ok(());
        }
        let fields = deed.fields();
        let what = if deed.is_removed() { What::Remove } else { What::Edit(&fields) };
        match deed.row.noun {
            // these are asked about column by column (`user`)
            Noun::Person | Noun::PersonKey => return Ok(()),
            Noun::OwnValue => return self.over(Verb::Edit, deed),
            // what a plan said before an edit is kept by that edit
            Noun::Plan if deed.is_made() && int(&deed.image, "of_id").is_some() => return Ok(()),
            _ => {}
        }
        if let Some(said) = rows::by_its_own_rule(work, deed.row, &deed.image, what) {
            return said;
        }
        if !rows::is_edited_by_hand(deed.row, &deed.image) {
            return Ok(());
        }
        let verb = if deed.is_made() {
            adds(deed.row.noun)
        } else {
            rows::over_customer(work, deed.row.noun, &deed.image, what)
        };
        self.over(verb, deed)?;
        if fields.contains(&Field::Owner) { self.over(Verb::Assign, deed) } else { Ok(()) }
    }

    /// Whether a row was taken away because it hung on another.
    fn hung(&self, deed: &Deed) -> bool {
        let image = deed.before.as_ref().unwrap_or(&deed.image);
        hang::goes_with(deed.row.noun, image).any(|parent| self.removed.contains(&place(parent)))
    }

    /// A part in what an act is about. Rows that are not what it is about follow from it.
    fn part(&self, of: Of, deed: &Deed) -> Result<(), StoreError> {
        use Noun as N;
        let (work, noun, image) = (self.work, deed.row.noun, &deed.image);
        let by_rule = || rows::by_its_own_rule(work, deed.row, image, What::Edit(&[])).unwrap_or(Ok(()));
        match (of, noun) {
            (Of::Merger, N::Customer) if deed.is_removed() => self.over(Verb::Merge, deed),
            // whatever went from one customer to another asks for both; of others it is only said who sent them
            (Of::Merger, _) => {
                let mut whose: Vec<i64> = [&deed.before, &deed.after]
                    .into_iter()
                    .flatten()
                    .filter_map(|image| int(image, "customer_id"))
                    .collect();
                whose.dedup();
                whose.into_iter().try_for_each(|customer| self.over_customer(Verb::Merge, customer))
            }
            (Of::Maker, N::Customer) => {
                people::need_own(work.actor, Verb::Create)?;
                let owner = self.owners.get(&deed.row.id).copied();
                owner.map_or(Ok(()), |owner| customer::may_make_for(work, owner))
            }
            (Of::Speaker, N::Touch) if deed.is_made() => {
                people::need_own(work.actor, Verb::Log)?;
                int(image, "person_id").map_or(Ok(()), |person| touch::speaks_for(work, person))
            }
            (Of::Doer, N::Task) => task::may_do(work, image),
            (Of::Doer | Of::Answerer, N::Complaint) => self.over(Verb::Log, deed),
            (Of::Doer | Of::Responsible, N::Alarm) => alarm::may_step(work, image, false),
            (Of::Notified, N::Alarm) => alarm::may_step(work, image, true),
            (Of::Doer | Of::Asker, N::Request) => {
                if requests::asks(work, image)? {
                    Ok(())
                } else {
                    Err(StoreError::Denied(Verb::Log))
                }
            }
            (Of::Answerer, N::Request) => {
                if requests::answers(work, image)? {
                    Ok(())
                } else {
                    Err(StoreError::Denied(Verb::Log))
                }
            }
            (Of::Giver | Of::Receiver | Of::Sides, N::Handover | N::HandoverItem | N::HandoverCustomer) => {
                self.side(of, deed)
            }
            (Of::Arbiter, N::Dispute) => dispute::may_decide(work, image),
            (Of::Claimant, N::Dispute) => dispute::may_withdraw(work, image),
            (Of::Responsible, N::Customer) => self.over(Verb::Assign, deed),
            (Of::Responsible | Of::Keeper, N::Setting) => {
                view::may_set(work, deed.key.as_deref().unwrap_or_default())
            }
            (Of::Campaigner, N::Member) => {
                let id = int(image, "campaign_id").unwrap_or(0);
                let campaign = work.read(N::Campaign, id)?;
                campaign.map_or(Ok(()), |(_, image)| campaign::allowed(work, &image))
            }
            (Of::Owner, N::Campaign | N::Plan | N::Assessment)
            | (Of::Doer, N::PlanTask)
            | (Of::Owner | Of::Doer | Of::Strategist, N::Suggestion) => by_rule(),
            (Of::Evaluator, N::Evaluation) => review::allowed(work, deed.row, image, true),
            (Of::Strategist, N::Strategy) => strategy::need(work, int(image, "person_id")),
            (Of::Strategist, N::StrategyVersion) => strategy::need(work, None),
            (Of::Viewer, N::SavedView) if deed.is_made() => people::need_own(work.actor, Verb::Log),
            (Of::Viewer, N::SavedView) => view::may_change(work, image),
            _ => Ok(()),
        }
    }

    /// The side of a hand-over whose step it was.
    fn side(&self, of: Of, deed: &Deed) -> Result<(), StoreError> {
        let (work, image) = (self.work, &deed.image);
        let handover = match deed.row.noun {
            Noun::Handover => Some(image.clone()),
            _ => work.read(Noun::Handover, int(image, "handover_id").unwrap_or(0))?.map(|(_, image)| image),
        };
        let Some(handover) = handover else { return Ok(()) };
        let party = |column: &str| int(&handover, column).unwrap_or(0);
        let (from, to) = (party("from_id"), party("to_id"));
        let may = |turn| handing::may_turn(work, from, to, turn);
        match of {
            Of::Receiver => may(Turn::Accept),
            Of::Sides => may(Turn::Accept).or_else(|_| may(Turn::Confirm)),
            _ => may(Turn::Confirm),
        }
    }
}

/// What tells rows of all tables apart.
const fn place(row: Row) -> (usize, i64) {
    (row.noun as usize, row.id)
}
