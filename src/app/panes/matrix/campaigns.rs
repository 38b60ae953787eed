//! The view *Campaigns* of pane 4: the list of campaigns, and inside one who is touched and who is left out with the reason.
//! Before the run that is a look ahead, and nobody runs what they have not looked at: `S` shows it first and runs it then.

use super::super::super::command::Command;
use super::super::super::cursor::{Cursor, Move};
use super::super::super::feed::Slot;
use super::super::super::form::FormKind;
use super::super::super::nested::Nested;
use super::super::super::pane_id::PaneId;
use super::super::super::popup::{Act, Item, Menu, Popup};
use super::super::super::shared::{Shared, Subject, Tone};
use super::super::pane::Step;
use super::listed::Listed;
use crate::domain::campaign::{GROUPS, can_be_put_back};
use crate::domain::change::{Change, NewTask};
use crate::domain::customer::CustomerId;
use crate::domain::date::{Anchor, Due};
use crate::domain::field::{Field, Noun, Row};
use crate::domain::filter;
use crate::i18n::{campaigns as t, commands, group, shipped, words};
use crate::store::request::{CampaignRow, MemberRow, Members, Query};

/// Days after which somebody who claimed and did not order is followed up (K15).
const CLAIM: u64 = 3;
/// What can become of a touch, in the order of the menu.
const OUTCOMES: [&str; 4] = ["answered", "claimed", "ordered", "declined"];

/// The view's state.
#[derive(Clone, Debug, Default)]
pub struct Campaigns {
    /// Which campaign is open, and the cursors among campaigns and among its members.
    pub at: Nested,
    /// Shows what it says to each of them.
    pub texts: bool,
}

impl Campaigns {
    /// The campaigns, as far as they are here.
    pub fn rows(s: &Shared) -> &[CampaignRow] {
        s.feeds.campaigns().map(Vec::as_slice).unwrap_or_default()
    }

    /// The campaign that is open, or that the cursor stands on.
    pub fn campaign<'s>(&self, s: &'s Shared) -> Option<&'s CampaignRow> {
        self.at.chosen(Self::rows(s), |c| c.id)
    }

    /// The members of the campaign that is open, as far as they are here.
    pub fn list<'s>(&self, s: &'s Shared) -> Option<&'s Members> {
        let id = self.at.open?;
        let here = s.feeds.current(Slot::Members, &Query::Members(id));
        s.feeds.members().filter(|m| here && m.campaign == id).map(|m| &**m)
    }

    /// The members as they are listed: all of them, or those to whom it says something.
    pub fn listed<'s>(&self, s: &'s Shared) -> Vec<&'s MemberRow> {
        let all = self.list(s).map_or(&[][..], |m| m.rows.as_slice());
        all.iter().filter(|m| !self.texts || m.state != "left_out").collect()
    }

    /// The member under the cursor.
    pub fn member<'s>(&self, s: &'s Shared) -> Option<&'s MemberRow> {
        self.listed(s).get(self.at.inside.at).copied()
    }

    /// Goes to a campaign of the list.
    pub fn show(&mut self, id: i64) {
        self.at.list = Cursor { id: Some(id), ..Cursor::default() };
        self.at.open = None;
    }

    /// What the view wants to know.
    pub fn wants(&self, s: &Shared) -> Vec<(Slot, Query)> {
        let mut wants = vec![(Slot::Campaigns, Query::Campaigns)];
        wants.extend(self.at.open.map(|id| (Slot::Members, Query::Members(id))));
        wants.extend(self.text_query(s).map(|query| (Slot::Texts, query)));
        if let Some(campaign) = self.campaign(s).filter(|c| self.at.open.is_none() && c.state == "draft")
            && let Ok(group) = filter::parse(&campaign.filter)
        {
            wants.push((Slot::Group, Query::Count(group)));
        }
        wants
    }

    /// How many customers are in the group of the draft under the cursor, and whether there may be more, as far as that is
    /// known.
    pub fn size(&self, s: &Shared) -> Option<(u64, bool)> {
        let campaign = self.campaign(s)?;
        let query = Query::Count(filter::parse(&campaign.filter).ok()?);
        s.feeds
            .group()
            .filter(|_| s.feeds.current(Slot::Group, &query))
            .map(|count| (count.shown, count.more))
    }

    /// What it does with a command.
    pub fn command(&mut self, command: Command, s: &mut Shared) -> Step {
        match command {
            Command::NextRecord => self.go(Move::By(1), s),
            Command::PreviousRecord => self.go(Move::By(-1), s),
            Command::New => return Step::Open(Box::new(Popup::Menu(groups(s, None)))),
            Command::Send => return self.send(s),
            Command::Approve => return self.approve(s),
            Command::Edit => {
                return self.campaign(s).map_or(Step::Done, |c| Step::Edit(row(c), None));
            }
            Command::Back if self.texts => (self.at.inside, self.texts) = (Cursor::default(), false),
            Command::Back if self.at.open.is_some() => self.at.open = None,
            Command::Texts => return self.all_texts(s),
            Command::Copy if self.at.open.is_some() => return self.copy(s),
            Command::Open if self.at.open.is_some() => return self.profile(s),
            Command::Open => {
                let campaign = self.campaign(s).map(|c| c.id);
                self.at.enter(campaign);
                self.texts = false;
            }
            Command::PutBack if self.at.open.is_some() => return self.put_back(s),
            Command::Done if self.at.open.is_some() => return self.outcome(s),
            Command::Done => return self.evaluate(s),
            Command::Remove if self.at.open.is_some() => return self.take_back(s),
            Command::Remove => {
                let draft = self.campaign(s).filter(|c| c.state == "draft");
                return match draft.map(|c| (row(c), c.rev)) {
                    Some((row, rev)) => Step::Write(Box::new(Change::Remove { row, rev })),
                    None => Step::said(s, t::HAS_RUN),
                };
            }
            _ => return Step::Pass,
        }
        Step::Done
    }

    /// Shows who would be touched; once more runs it.
    fn send(&mut self, s: &mut Shared) -> Step {
        let Some(campaign) = self.campaign(s).cloned() else { return Step::Done };
        if campaign.state != "draft" && !campaign.cut {
            return Step::said(s, t::HAS_RUN);
        }
        if self.at.open.is_none() {
            self.at.enter(Some(campaign.id));
            return Step::with_key(s, t::LOOK_FIRST, Command::Send);
        }
        // what is run is what was seen
        if self.list(s).is_none() {
            return Step::Done;
        }
        Step::Write(Box::new(Change::RunCampaign { campaign: campaign.id, rev: campaign.rev }))
    }

    fn approve(&self, s: &mut Shared) -> Step {
        let open = self.campaign(s).filter(|c| c.approved_by.is_none() && c.costs());
        match open.map(|c| (row(c), c.rev)) {
            Some((row, rev)) => Step::Write(Box::new(Change::ApproveCost { row, rev })),
            None => Step::said(s, t::NO_COST),
        }
    }

    fn evaluate(&self, s: &mut Shared) -> Step {
        match self.campaign(s) {
            Some(c) if c.state == "draft" => Step::with_key(s, t::NOT_RUN, Command::Send),
            Some(c) => Step::Edit(row(c), Some(Field::CampaignResult)),
            None => Step::Done,
        }
    }

    fn profile(&self, s: &mut Shared) -> Step {
        let Some(member) = self.member(s) else { return Step::Done };
        s.subject = Some(subject(member));
        Step::Go(PaneId::Profile)
    }

    fn put_back(&self, s: &mut Shared) -> Step {
        let Some(member) = self.member(s).cloned() else { return Step::Done };
        let preview = self.list(s).is_some_and(|m| m.preview);
        let Some(campaign) = self.at.open.filter(|_| preview && member.state != "clear") else {
            return Step::said(s, t::NOTHING_TO_PUT_BACK);
        };
        if !can_be_put_back(&member.findings) {
            let why = t::member(&member, s.lang);
            let text = t::CANNOT_PUT_BACK.with(s.lang, &[&why]);
            s.say(Tone::Bad, text);
            return Step::Done;
        }
        s.subject = Some(subject(&member));
        Step::Form(FormKind::PutBack { campaign, customer: member.customer })
    }

    /// Somebody who was put back is left out again.
    fn take_back(&self, s: &mut Shared) -> Step {
        let member = self.member(s).filter(|m| m.state == "put_back").map(|m| CustomerId(m.customer));
        match (self.at.open, member) {
            (Some(campaign), Some(customer)) => {
                Step::Write(Box::new(Change::PutBack { campaign, customer, reason: None }))
            }
            _ => Step::said(s, t::NOTHING_TO_PUT_BACK),
        }
    }

    fn outcome(&self, s: &mut Shared) -> Step {
        match self.member(s).and_then(|m| m.touch) {
            Some(touch) => outcome_menu(touch, s),
            None => Step::said(s, t::ONLY_TOUCHED),
        }
    }

    /// Takes note of an answer.
    pub fn answered(&mut self, slot: Slot, s: &Shared) {
        if matches!(slot, Slot::Campaigns | Slot::Members) {
            self.follow(s);
        }
    }
}

impl Listed for Campaigns {
    fn ids(&self, s: &Shared) -> Vec<i64> {
        match self.at.open {
            Some(_) => self.listed(s).iter().map(|m| m.customer).collect(),
            None => Self::rows(s).iter().map(|c| c.id).collect(),
        }
    }

    fn cursor(&mut self) -> &mut Cursor {
        self.at.shown()
    }
}

const fn row(campaign: &CampaignRow) -> Row {
    Row { noun: Noun::Campaign, id: campaign.id }
}

fn subject(member: &MemberRow) -> Subject {
    Subject { id: CustomerId(member.customer), code: member.code.clone(), name: member.name.clone() }
}

/// What can be noted of a touch afterwards; whoever claimed and did not order is followed up.
pub fn outcome_menu(touch: i64, s: &Shared) -> Step {
    let today = s.now.today();
    let due = today.checked_add_days(chrono::Days::new(CLAIM)).unwrap_or(today);
    let follow = || NewTask {
        text: t::FOLLOW_CLAIM.of(s.lang).to_owned(),
        due: Due { day: due, time: None },
        anchor: Anchor::AfterTouch,
    };
    let items = OUTCOMES
        .into_iter()
        .map(|kind| {
            let next = (kind == "claimed").then(follow);
            let change = Change::Outcome { touch, kind: kind.to_owned(), note: None, next };
            Item::new(words::word("result", kind, s.lang), "", Act::Write(change))
        })
        .collect();
    Step::Open(Box::new(Popup::Menu(Menu::new(t::NOTE_OUTCOME, items))))
}

/// The target groups a new campaign can have: what the list of customers shows, those that come with the program, one's
/// own views, and any other filter.
pub fn groups(s: &Shared, here: Option<Item>) -> Menu {
    let shipped = GROUPS.iter().map(|g| {
        let label = words::word("target_group", g.id, s.lang);
        Item::new(
            label,
            group::shown(g.filter, s.lang),
            Act::Campaign(label.to_owned(), g.filter.to_owned(), g.channel, g.script),
        )
    });
    let views = s.feeds.views().map(Vec::as_slice).unwrap_or_default();
    let own = views.iter().filter(|v| !v.filter.is_empty()).map(|v| {
        let name = shipped::view(&v.name, v.shared, s.lang);
        Item::new(
            name,
            group::shown(&v.filter, s.lang),
            Act::Campaign(name.to_owned(), v.filter.clone(), "sms", None),
        )
    });
    let other = Item::new(t::OWN_GROUP.of(s.lang), "", Act::Form(FormKind::Add(Noun::Campaign)));
    let items = here.into_iter().chain(shipped).chain(own).chain([other]).collect();
    Menu::new(if s.marks.is_empty() { t::CHOOSE_GROUP } else { commands::CAMPAIGN }, items)
}
