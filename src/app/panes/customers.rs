//! Pane 1, the customers: one table whose columns, order and filter the person chooses, with the card of the customer
//! under the cursor below. Only a window of the list is here; it moves when the cursor nears its edge.

use serde::{Deserialize, Serialize};

use super::super::command::Command;
use super::super::cursor::{Cursor, Move};
use super::super::draft::Place;
use super::super::feed::Slot;
use super::super::form::FormKind;
use super::super::popup::{Act, Item, Menu, Popup};
use super::super::room;
use super::super::shared::{Shared, Subject};
use super::{Pane, PaneId, Step};
use crate::domain::change::Change;
use crate::domain::customer::CustomerId;
use crate::domain::filter::{self, Filter, IdColumn, Term};
use crate::i18n::{Text, commands as words_of_commands, errors, format, shell, words};
use crate::store::request::{List, Query, Seek, Sort};

/// A column of the list. The nine of the printed template are among them (A147).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the table of columns says what each shows")]
pub enum Column {
    Code,
    Name,
    Segment,
    Grade,
    Industry,
    Size,
    Contact,
    Title,
    Phone,
    LastTouch,
    Next,
    LastOrder,
    PerYear,
    Spend,
    Category,
    Owner,
}

/// One row of the table of columns.
#[derive(Clone, Copy, Debug)]
pub struct ColumnSpec {
    /// The column.
    pub column: Column,
    /// Its heading.
    pub text: Text,
    /// The least cells it needs.
    pub width: u16,
    /// How much of the room left over it takes, in parts.
    pub grow: u16,
    /// Figures stand to the right.
    pub right: bool,
    /// By what it sorts.
    pub sort: Option<Sort>,
    /// Which go first where there is no room: the greatest number.
    pub yields: u8,
}

const fn column(
    column: Column,
    en: &'static str,
    zh: &'static str,
    (width, grow, right): (u16, u16, bool),
    sort: Option<Sort>,
    yields: u8,
) -> ColumnSpec {
    ColumnSpec { column, text: Text { en, zh }, width, grow, right, sort, yields }
}

/// The table of columns.
pub const COLUMNS: &[ColumnSpec] = &[
    column(Column::Code, "Number", "客户编号", (11, 0, false), Some(Sort::Code), 3),
    column(Column::Name, "Name", "名称", (14, 4, false), Some(Sort::Name), 0),
    column(Column::Segment, "Segment", "分层", (10, 0, false), Some(Sort::Segment), 2),
    column(Column::Grade, "Gr", "等级", (4, 0, false), Some(Sort::Grade), 6),
    column(Column::Industry, "Industry", "所属行业", (9, 1, false), Some(Sort::Industry), 8),
    column(Column::Size, "Size", "企业规模", (8, 0, false), Some(Sort::Size), 9),
    column(Column::Contact, "Contact", "关键联系人", (10, 1, false), None, 4),
    column(Column::Title, "Position", "职位", (9, 1, false), None, 10),
    column(Column::Phone, "Phone", "电话", (13, 0, false), None, 5),
    column(Column::LastTouch, "Touch", "互动", (6, 0, true), Some(Sort::LastTouch), 1),
    column(Column::Next, "Next", "下一步", (12, 3, false), Some(Sort::NextDue), 1),
    column(Column::LastOrder, "Last order", "最近消费", (10, 0, false), Some(Sort::LastOrder), 11),
    column(Column::PerYear, "A year", "频次/年", (7, 0, true), Some(Sort::PerYear), 12),
    column(Column::Spend, "12 months", "近12月 元", (10, 0, true), Some(Sort::Spend), 5),
    column(Column::Category, "Category", "品类偏好", (8, 1, false), None, 13),
    column(Column::Owner, "Owner", "负责人", (7, 0, false), None, 7),
];

const SHOWN: &[Column] = &[
    Column::Code,
    Column::Name,
    Column::Segment,
    Column::Grade,
    Column::Contact,
    Column::Phone,
    Column::LastTouch,
    Column::Next,
    Column::Spend,
    Column::Owner,
];

impl Column {
    /// The row of the table that describes this column.
    pub fn spec(self) -> &'static ColumnSpec {
        COLUMNS.iter().find(|c| c.column == self).unwrap_or(&COLUMNS[0])
    }
}

impl Sort {
    /// Its id in saved views.
    pub fn id(self) -> &'static str {
        SORTS.iter().find(|(_, s)| *s == self).map_or("code", |(id, _)| id)
    }
}

const SORTS: &[(&str, Sort)] = &[
    ("code", Sort::Code),
    ("name", Sort::Name),
    ("industry", Sort::Industry),
    ("size", Sort::Size),
    ("segment", Sort::Segment),
    ("grade", Sort::Grade),
    ("last_touch", Sort::LastTouch),
    ("next_due", Sort::NextDue),
    ("last_order", Sort::LastOrder),
    ("per_year", Sort::PerYear),
    ("spend", Sort::Spend),
];

/// The pane's state.
#[derive(Clone, Debug)]
pub struct Customers {
    /// The filter as typed.
    pub filter_text: String,
    /// The filter as read.
    pub filter: Filter,
    /// By what the list is sorted.
    pub sort: Sort,
    /// Downwards.
    pub descending: bool,
    /// The columns shown.
    pub columns: Vec<Column>,
    /// The cursor in the window that is here.
    pub cursor: Cursor,
    seek: Seek,
    /// Movement that wanted further than the window reached, until the next window is here.
    rest: Option<Move>,
}

impl Default for Customers {
    fn default() -> Self {
        Self {
            filter_text: String::new(),
            filter: Filter::default(),
            sort: Sort::Code,
            descending: false,
            columns: SHOWN.to_vec(),
            cursor: Cursor::default(),
            seek: Seek::Top,
            rest: None,
        }
    }
}

/// Turns words of either language into the ids that the store compares with.
fn with_ids(mut filter: Filter) -> Filter {
    for term in &mut filter.terms {
        if let Term::Is(column, values) = term {
            let group = match column {
                IdColumn::Segment => "segment",
                IdColumn::Grade => "grade",
                IdColumn::Lifecycle => "lifecycle",
                IdColumn::Size => "size",
                IdColumn::State => "state",
                IdColumn::Source => "source",
                IdColumn::Industry | IdColumn::Region => continue,
            };
            for value in values {
                if let Some(id) = words::id(group, value) {
                    id.clone_into(value);
                }
            }
        }
    }
    filter
}

impl Customers {
    /// Sets the filter from its text, or says what is wrong with it.
    pub fn set_filter(&mut self, text: &str, s: &mut Shared) -> Result<(), String> {
        let filter = filter::parse(text).map_err(|e| errors::filter(&e, s.lang))?;
        self.filter = with_ids(filter);
        text.trim().clone_into(&mut self.filter_text);
        self.from_top();
        Ok(())
    }

    /// Sorts by a column; once more turns it round.
    pub fn sort_by(&mut self, sort: Sort) {
        self.descending =
            if self.sort == sort { !self.descending } else { matches!(sort, Sort::Spend | Sort::LastOrder) };
        self.sort = sort;
        self.from_top();
    }

    /// Sorts as a saved view says.
    pub fn sorted(&mut self, id: &str, descending: bool) {
        self.sort = SORTS.iter().find(|(i, _)| *i == id).map_or(Sort::Code, |(_, s)| *s);
        self.descending = descending;
        self.from_top();
    }

    /// Shows or hides a column; the name always stands.
    pub fn toggle(&mut self, column: Column) {
        if let Some(at) = self.columns.iter().position(|c| *c == column) {
            if column != Column::Name {
                self.columns.remove(at);
            }
        } else {
            self.columns.push(column);
            let order = |c: &Column| COLUMNS.iter().position(|s| s.column == *c);
            self.columns.sort_by_key(order);
        }
    }

    /// The present list as a view to be kept.
    pub fn view(&self, name: String, shared: bool) -> Change {
        Change::SaveView {
            name,
            filter: self.filter_text.clone(),
            sort: self.sort.id().to_owned(),
            descending: self.descending,
            shared,
        }
    }

    /// Notes where the person is.
    pub fn remember(&self, place: &mut Place) {
        place.filter.clone_from(&self.filter_text);
        self.sort.id().clone_into(&mut place.sort);
        place.descending = self.descending;
        place.columns.clone_from(&self.columns);
    }

    /// Goes where the person was.
    pub fn resume(&mut self, place: &Place) {
        if let Ok(filter) = filter::parse(&place.filter) {
            self.filter = with_ids(filter);
            self.filter_text.clone_from(&place.filter);
        }
        self.sorted(&place.sort, place.descending);
        if place.columns.contains(&Column::Name) {
            self.columns.clone_from(&place.columns);
        }
        if let Some(subject) = &place.subject {
            self.cursor.id = Some(subject.id.0);
            self.seek = Seek::Around(subject.id.0);
        }
    }

    fn from_top(&mut self) {
        self.cursor = Cursor::default();
        self.seek = Seek::Top;
        self.rest = None;
    }

    fn ids(s: &Shared) -> Vec<i64> {
        s.feeds.customers().map(|w| w.rows.iter().map(|r| r.id).collect()).unwrap_or_default()
    }

    /// The customer under the cursor becomes the one at hand.
    fn hand_over(&self, s: &mut Shared) {
        let row = s.feeds.customers().and_then(|w| w.rows.get(self.cursor.at));
        let subject =
            row.map(|r| Subject { id: CustomerId(r.id), code: r.code.clone(), name: r.name.clone() });
        if subject.is_some() {
            s.subject = subject;
        }
    }

    fn sort_menu(&self, s: &Shared) -> Menu {
        let items = COLUMNS
            .iter()
            .filter_map(|c| c.sort.map(|sort| (c, sort)))
            .map(|(c, sort)| {
                let on = sort == self.sort;
                let arrow = if !on {
                    ""
                } else if self.descending {
                    "↓"
                } else {
                    "↑"
                };
                Item { on, ..Item::new(c.text.of(s.lang), arrow, Act::Sort(sort)) }
            })
            .collect();
        Menu::new(words_of_commands::SORT, items)
    }

    fn column_menu(&self, s: &Shared) -> Menu {
        let items = COLUMNS
            .iter()
            .map(|c| Item {
                on: self.columns.contains(&c.column),
                ..Item::new(c.text.of(s.lang), "", Act::Column(c.column))
            })
            .collect();
        Menu { stays: true, cursor: Cursor::default(), ..Menu::new(words_of_commands::COLUMNS, items) }
    }

    fn view_menu(&self, s: &Shared) -> Menu {
        let all =
            Item::new(shell::ALL_CUSTOMERS.of(s.lang), "", Act::View(String::new(), "code".into(), false));
        let mine = Item::new(
            shell::MY_CUSTOMERS.of(s.lang),
            "",
            Act::View("owner:me".into(), "next_due".into(), false),
        );
        let views = s.feeds.views().map(Vec::as_slice).unwrap_or_default();
        let saved = views.iter().map(|v| Item {
            remove: Some(Act::RemoveView(v.id)),
            ..Item::new(
                v.name.clone(),
                format::count(i64::try_from(v.count).unwrap_or(i64::MAX)),
                Act::View(v.filter.clone(), v.sort.clone(), v.descending),
            )
        });
        let items: Vec<Item> = [all, mine]
            .into_iter()
            .chain(saved)
            .map(|item| {
                let on = matches!(&item.act, Act::View(f, ..) if *f == self.filter_text);
                Item { on, ..item }
            })
            .collect();
        Menu::new(words_of_commands::VIEWS, items)
    }

    fn copy_menu(s: &Shared) -> Option<Menu> {
        let card = s.feeds.card()?.as_ref()?;
        let mut items = vec![
            Item::new(card.row.name.clone(), "", Act::Copy(card.row.name.clone())),
            Item::new(card.row.code.clone(), "", Act::Copy(card.row.code.clone())),
        ];
        for contact in &card.contacts {
            for value in contact.phones.iter().chain(&contact.wechat).chain(&contact.email) {
                items.push(Item::new(value.clone(), contact.name.clone(), Act::Copy(value.clone())));
            }
        }
        items.extend(card.script.iter().map(|t| Item::new(t.clone(), "", Act::Copy(t.clone()))));
        Some(Menu::new(words_of_commands::COPY, items))
    }
}

impl Pane for Customers {
    fn wants(&self, s: &Shared) -> Vec<(Slot, Query)> {
        let list = List {
            filter: self.filter.clone(),
            sort: self.sort,
            descending: self.descending,
            seek: self.seek,
            take: (room::customers(s.size) * 5).max(100),
        };
        let mut wants = vec![
            (Slot::Customers, Query::Customers(list)),
            (Slot::Count, Query::Count(self.filter.clone())),
            (Slot::Views, Query::Views),
        ];
        if room::card(s.size) > 0
            && let Some(id) = self.cursor.id
        {
            wants.push((Slot::Card, Query::Card(CustomerId(id))));
        }
        wants
    }

    fn command(&mut self, command: Command, s: &mut Shared) -> Step {
        let open = |popup| Step::Open(Box::new(popup));
        match command {
            Command::Open if self.cursor.id.is_some() => {
                self.hand_over(s);
                Step::Go(PaneId::Profile)
            }
            Command::Filter => Step::Form(FormKind::Filter),
            Command::Views => open(Popup::Menu(self.view_menu(s))),
            Command::SaveView => Step::Form(FormKind::View),
            Command::Sort => open(Popup::Menu(self.sort_menu(s))),
            Command::Columns => open(Popup::Menu(self.column_menu(s))),
            Command::Copy => Self::copy_menu(s).map_or(Step::Done, |menu| open(Popup::Menu(menu))),
            Command::Mark => {
                if let Some(id) = self.cursor.id.map(CustomerId)
                    && !s.marks.remove(&id)
                {
                    s.marks.insert(id);
                }
                self.go(Move::By(1), s);
                Step::Done
            }
            Command::MarkAll => {
                let ids: Vec<CustomerId> = Self::ids(s).into_iter().map(CustomerId).collect();
                if ids.iter().all(|id| s.marks.contains(id)) {
                    s.marks.clear();
                } else {
                    s.marks.extend(ids);
                }
                Step::Done
            }
            Command::Assign if !s.marks.is_empty() || s.subject.is_some() => Step::Form(FormKind::Assign),
            // one step out: marks first, then the filter
            Command::Back => {
                if !s.marks.is_empty() {
                    s.marks.clear();
                } else if !self.filter_text.is_empty() {
                    self.filter_text.clear();
                    self.filter = Filter::default();
                    let at = self.cursor.id;
                    self.from_top();
                    self.cursor.id = at;
                    self.seek = at.map_or(Seek::Top, Seek::Around);
                }
                Step::Done
            }
            _ => Step::Pass,
        }
    }

    fn answered(&mut self, slot: Slot, s: &mut Shared) {
        if slot != Slot::Customers {
            return;
        }
        let ids = Self::ids(s);
        let height = room::customers(s.size);
        if self.seek == Seek::End && self.cursor.id.is_none() {
            self.cursor.go(Move::Last, &ids, height);
        } else {
            self.cursor.follow(&ids, height);
        }
        if let Some(rest) = self.rest.take() {
            self.cursor.go(rest, &ids, height);
        }
        self.hand_over(s);
    }

    fn go(&mut self, to: Move, s: &mut Shared) {
        let ids = Self::ids(s);
        let Some((before, after)) = s.feeds.customers().map(|w| (w.before, w.after)) else { return };
        match to {
            Move::First if before => return self.from_top(),
            Move::Last if after => {
                self.cursor = Cursor::default();
                self.seek = Seek::End;
                return;
            }
            _ => {}
        }
        let height = room::customers(s.size);
        let beyond = self.cursor.go(to, &ids, height);
        // fetch the next window before the cursor reaches the edge of this one
        let near = height.max(20);
        let up = before && self.cursor.at < near;
        let down = after && self.cursor.at + near >= ids.len();
        if (up || down)
            && let Some(id) = self.cursor.id
        {
            self.seek = Seek::Around(id);
            if beyond {
                self.rest = Some(to);
            }
        }
        self.hand_over(s);
    }

    fn click(&mut self, line: usize, s: &mut Shared) -> bool {
        let at = self.cursor.top + line;
        if at >= Self::ids(s).len() || line >= room::customers(s.size) {
            return false;
        }
        let again = at == self.cursor.at;
        self.go(Move::By(at.cast_signed() - self.cursor.at.cast_signed()), s);
        again
    }

    fn entered(&mut self, s: &mut Shared) {
        // back from another pane: stand on the customer at hand if it is in the window
        if let Some(subject) = &s.subject
            && let Some(at) = Self::ids(s).iter().position(|id| *id == subject.id.0)
        {
            self.go(Move::By(at.cast_signed() - self.cursor.at.cast_signed()), s);
        }
    }

    fn resized(&mut self, s: &Shared) {
        self.cursor.follow(&Self::ids(s), room::customers(s.size));
    }
}
