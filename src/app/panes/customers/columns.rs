//! The columns of the customer list as one table: heading, width, what gives way where there is no room, what sorts.
//! Adding a column is adding a row here; the list, the menus, a saved place and the widget read it.

use serde::{Deserialize, Serialize};

use crate::app::columns::Wish;
use crate::app::shared::Shared;
use crate::domain::cells::width as width_of;
use crate::i18n::Text;
use crate::store::request::Sort;

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
    /// A field of the company's own, by its id.
    Own(i64),
}

/// One row of the table of columns.
#[derive(Clone, Copy, Debug)]
struct ColumnSpec {
    /// The column.
    column: Column,
    /// Its heading.
    text: Text,
    /// The least cells it needs.
    width: u16,
    /// How much of the room left over it takes, in parts.
    grow: u16,
    /// Figures stand to the right.
    right: bool,
    /// By what it sorts.
    sort: Option<Sort>,
    /// Which go first where there is no room: the greatest number.
    yields: u8,
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
const COLUMNS: &[ColumnSpec] = &[
    column(Column::Code, "Number", "客户编号", (11, 0, false), Some(Sort::Code), 3),
    column(Column::Name, "Name", "名称", (22, 4, false), Some(Sort::Name), 0),
    column(Column::Segment, "Segment", "分层", (10, 0, false), Some(Sort::Segment), 2),
    column(Column::Grade, "Grade", "等级", (5, 0, false), Some(Sort::Grade), 6),
    column(Column::Industry, "Industry", "所属行业", (9, 1, false), Some(Sort::Industry), 8),
    column(Column::Size, "Size", "企业规模", (8, 0, false), Some(Sort::Size), 9),
    column(Column::Contact, "Contact", "联系人", (9, 1, false), None, 4),
    column(Column::Title, "Position", "职位", (9, 1, false), None, 10),
    column(Column::Phone, "Phone", "电话", (17, 0, false), None, 5),
    column(Column::LastTouch, "Touch", "互动", (6, 0, true), Some(Sort::LastTouch), 1),
    column(Column::Next, "Next", "下一步", (16, 3, false), Some(Sort::NextDue), 1),
    column(Column::LastOrder, "Last order", "最近消费", (10, 0, false), Some(Sort::LastOrder), 11),
    column(Column::PerYear, "A year", "频次/年", (7, 0, true), Some(Sort::PerYear), 12),
    column(Column::Spend, "12 mo, yuan", "近12月 元", (10, 0, true), Some(Sort::Spend), 5),
    column(Column::Category, "Category", "品类偏好", (8, 1, false), None, 13),
    column(Column::Owner, "Owner", "负责人", (7, 0, false), None, 7),
];

pub(super) const SHOWN: &[Column] = &[
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

/// How a column stands in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Its heading.
    pub heading: String,
    /// The cells it asks for.
    pub wish: Wish,
    /// Figures stand to the right.
    pub right: bool,
    /// By what it sorts.
    pub sort: Option<Sort>,
}

/// Own fields are shown because somebody chose them: others go before them where there is no room.
const OWN_YIELDS: u8 = 2;
/// The longest heading that an own field is given room for.
const OWN_HEADING: usize = 16;

impl Column {
    /// Whether a sentence stands in it, which is as long as it is.
    pub fn is_prose(self, s: &Shared) -> bool {
        let own =
            |id: i64| s.feeds.own_fields().and_then(|fields| fields.iter().find(|field| field.id == id));
        match self {
            Self::Next => true,
            Self::Own(id) => {
                own(id).is_some_and(|field| !matches!(field.kind.as_str(), "number" | "date" | "choice"))
            }
            _ => false,
        }
    }

    /// How this column stands; none of an own field that is not there.
    pub fn look(self, s: &Shared) -> Option<Look> {
        let (heading, (width, grow, right), sort, yields) = if let Self::Own(id) = self {
            let field = s.feeds.own_fields()?.iter().find(|field| field.id == id)?;
            let room = match field.kind.as_str() {
                "number" => (8, 0, true),
                "date" => (10, 0, false),
                "choice" => (8, 1, false),
                _ => (12, 2, false),
            };
            (field.name.as_str(), room, Some(Sort::Own(id)), OWN_YIELDS)
        } else {
            let spec = COLUMNS.iter().find(|c| c.column == self)?;
            (spec.text.of(s.lang), (spec.width, spec.grow, spec.right), spec.sort, spec.yields)
        };
        // a heading is not cut: the column is at least as wide
        let cells = width_of(heading);
        let cells = if matches!(self, Self::Own(_)) { cells.min(OWN_HEADING) } else { cells };
        let width = width.max(u16::try_from(cells).unwrap_or(0));
        Some(Look { heading: heading.to_owned(), wish: Wish { width, grow, yields }, right, sort })
    }
}

/// The columns there are: those of every company, then its own fields.
pub fn offered(s: &Shared) -> Vec<Column> {
    let own = s.feeds.own_fields().map(Vec::as_slice).unwrap_or_default();
    COLUMNS.iter().map(|spec| spec.column).chain(own.iter().map(|field| Column::Own(field.id))).collect()
}

/// All columns, the chosen ones in their order; one that is not chosen stands behind its neighbour in the table.
pub fn arranged(chosen: &[Column], s: &Shared) -> Vec<Column> {
    let offered = offered(s);
    let mut all: Vec<Column> = chosen.iter().copied().filter(|column| offered.contains(column)).collect();
    for (at, column) in offered.iter().enumerate().filter(|(_, column)| !chosen.contains(column)) {
        let before = at.checked_sub(1).and_then(|at| offered.get(at));
        let place = before.and_then(|before| all.iter().position(|c| c == before)).map_or(0, |at| at + 1);
        all.insert(place, *column);
    }
    all
}

impl Sort {
    /// Its id in saved views.
    pub fn id(self) -> String {
        if let Self::Own(field) = self {
            return format!("{OWN}{field}");
        }
        SORTS.iter().find(|(_, s)| *s == self).map_or("code", |(id, _)| id).to_owned()
    }

    /// The sort of an id; by number where it is none.
    pub fn of(id: &str) -> Self {
        if let Some(field) = id.strip_prefix(OWN).and_then(|field| field.parse().ok()) {
            return Self::Own(field);
        }
        SORTS.iter().find(|(i, _)| *i == id).map_or(Self::Code, |(_, s)| *s)
    }
}

/// How the id of a sort by an own field begins.
const OWN: &str = "own:";

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
