//! Rows of an export that concern no single customer: the table of strategies as it lives, and the figures of a period.

use super::super::eyes::Eyes;
use super::super::{kpi, strategy};
use crate::domain::field::SCHEMES;
use crate::domain::kpi::{Length, Period, kpi as figure_of};
use crate::domain::money::Fen;
use crate::store::request::export::{Cell, Column, Form};
use crate::store::request::{KpiQuery, KpiRow, StoreError, StrategyRow};

/// A column whose cells are made here and not by a query.
const fn made(id: &'static str, form: Form) -> Column {
    Column { id: std::borrow::Cow::Borrowed(id), form, sql: "" }
}

/// The columns of the table of strategies.
pub const MATRIX: &[Column] = &[
    made("scheme", Form::Word("scheme")),
    made("class", Form::Class),
    made("goal", Form::Said),
    made("scene", Form::Said),
    made("touches", Form::Beats),
    made("content", Form::Said),
    made("channels", Form::Words("channel")),
    made("script", Form::Text),
    made("post", Form::Said),
    made("person", Form::Text),
    made("budget", Form::Money),
    made("bound", Form::Word("bound")),
    made("touch_cost", Form::Money),
    made("cap", Form::Count),
    made("cap_window", Form::Word("cap")),
    made("load_low", Form::Count),
    made("load_high", Form::Count),
    made("resources", Form::Text),
    made("accounts", Form::Count),
    made("clocked", Form::Count),
    made("on_cadence", Form::Count),
    made("due_week", Form::Count),
    made("spent", Form::Money),
    made("spent_percent", Form::Count),
    made("feasible_percent", Form::Count),
];

/// The columns of the board.
pub const BOARD: &[Column] = &[
    made("period", Form::Text),
    made("kpi", Form::Text),
    made("figure", Form::Kpi),
    made("segment", Form::Word("segment")),
    made("unit", Form::Word("unit")),
    made("value", Form::Number),
    made("hits", Form::Count),
    made("cases", Form::Count),
    made("low", Form::Number),
    made("high", Form::Number),
    made("pending", Form::Count),
    made("target", Form::Number),
    made("verdict", Form::Verdict),
];

fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::None } else { Cell::Text(text.to_owned()) }
}

fn count(n: Option<i64>) -> Cell {
    n.map_or(Cell::None, Cell::Count)
}

fn money(fen: Option<Fen>) -> Cell {
    fen.map_or(Cell::None, Cell::Money)
}

fn number(value: Option<f64>) -> Cell {
    value.map_or(Cell::None, Cell::Number)
}

/// Every row of every scheme that has a strategy.
pub fn matrix(eyes: &Eyes) -> Result<Vec<Vec<Cell>>, StoreError> {
    let mut cells = Vec::new();
    for scheme in SCHEMES {
        let rows = strategy::rows(eyes, scheme)?;
        cells.extend(rows.iter().map(|row| of_class(scheme, row)));
    }
    Ok(cells)
}

fn of_class(scheme: &str, row: &StrategyRow) -> Vec<Cell> {
    let touches: Vec<String> =
        row.touches.iter().map(|(kind, ideal, worst)| format!("{kind}:{ideal}:{worst}")).collect();
    vec![
        text(scheme),
        Cell::Text(format!("{scheme}:{}", row.class)),
        text(&row.goal),
        text(&row.scene),
        text(&touches.join(",")),
        text(&row.content),
        text(&row.channels.join(",")),
        text(&row.script),
        text(&row.post),
        text(row.person.as_deref().unwrap_or_default()),
        money(row.budget),
        text(row.bound.as_deref().unwrap_or_default()),
        money(row.touch_cost),
        count(row.cap.as_ref().map(|cap| cap.0)),
        text(row.cap.as_ref().map_or("", |cap| cap.1.as_str())),
        count(row.load.map(|load| load.0)),
        count(row.load.map(|load| load.1)),
        text(&row.resources),
        Cell::Count(row.accounts),
        Cell::Count(row.clocked),
        Cell::Count(row.on_cadence),
        Cell::Count(row.due_week),
        money(row.spent),
        count(row.spent_percent),
        count(row.feasible_percent),
    ]
}

/// Every figure of a period, of all customers and of each segment.
pub fn board(eyes: &mut Eyes, period: Option<Period>) -> Result<Vec<Vec<Cell>>, StoreError> {
    let period = period.unwrap_or_else(|| Period::of(Length::Month, eyes.now.today()));
    let kpis = kpi::shown(eyes, KpiQuery { period, as_of: None }, &kpi::Far::nobody())?;
    let of_group = |group: &crate::store::request::KpiGroup| {
        let segment = group.segment;
        group.rows.iter().map(move |row| of_figure(period, segment, row)).collect::<Vec<_>>()
    };
    Ok(kpis.groups.iter().flat_map(of_group).collect())
}

fn of_figure(period: Period, segment: &str, row: &KpiRow) -> Vec<Cell> {
    let figure = &row.figure;
    vec![
        Cell::Text(period.label()),
        text(&figure.id),
        text(&figure.id),
        text(segment),
        text(figure_of(&figure.id).map_or("", |kpi| kpi.unit.id())),
        number(figure.value),
        count(figure.k),
        count(figure.n),
        number(figure.low),
        number(figure.high),
        count(figure.pending),
        number(row.target),
        text(row.verdict.map_or("", |verdict| verdict.id())),
    ]
}
