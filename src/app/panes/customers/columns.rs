//! The columns of the customer list as one table: heading, width, what gives way where there is no room, what sorts.
//! Adding a column is adding a row here; the list, the menus, a saved place and the widget read it.

use serde::{Deserialize, Serialize};

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
    column(Column::Spend, "12 months", "近12月 元", (10, 0, true), Some(Sort::Spend), 5),
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

pub(super) const SORTS: &[(&str, Sort)] = &[
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
