//! Pane 4, view *Campaigns*: the list with its figures and everything of the campaign under the cursor; inside one its
//! members, who is left out first, and below them every finding of the member under the cursor as a sentence.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::widgets::shelf::{self, Head, Part, below, failed, fit, list};
use super::super::widgets::table::{Cell, Row};
use super::scripts::share;
use crate::app::command::Command;
use crate::app::feed::Slot;
use crate::app::panes::matrix::campaigns::Campaigns;
use crate::app::room;
use crate::i18n::legend::Page;
use crate::i18n::{Text, campaigns as t, format, group, guard, scripts, shipped, words};
use crate::store::request::{CampaignRow, MemberRow, TextRow};

const LIST: &[Head] = &[
    (t::NAME, 18, 2, 0, false),
    (t::STATE, 9, 0, 1, false),
    (t::PERIOD, 13, 0, 6, false),
    (t::GROUP, 8, 0, 4, true),
    (t::TOUCHED, 8, 0, 2, true),
    (t::LEFT_OUT, 8, 0, 3, true),
    (t::ANSWERED, 8, 0, 2, true),
    (t::ORDERED, 8, 0, 2, true),
    (t::COST, 9, 0, 5, true),
    (t::EVALUATE, 11, 0, 3, false),
    (t::OWNER, 8, 0, 7, false),
];
const MEMBERS: &[Head] = &[
    (t::STATE, 10, 0, 0, false),
    (t::CUSTOMER, 18, 2, 0, false),
    (t::WHY, 18, 2, 1, false),
    (t::RESULT, 12, 0, 2, false),
    (t::SEGMENT, 10, 0, 3, false),
    (t::OWNER, 8, 0, 4, false),
];

const TEXTS: &[Head] = &[(t::CUSTOMER, 18, 1, 1, false), (t::TEXT, 20, 4, 0, false)];

/// Draws the view below the names of the views.
pub fn draw(c: &mut Canvas, area: Rect, view: &Campaigns) {
    let below_head = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if view.at.open.is_some() {
        return members(c, area, below_head, view);
    }
    if failed(c, below_head, Slot::Campaigns) {
        return;
    }
    let (columns, rows) =
        shelf::laid(c, LIST, area.width, (Campaigns::rows(c.shared), view.at.list), |i, campaign| {
            cell(c, i, campaign, view)
        });
    let none = shelf::none(
        c,
        Page::Campaigns,
        Slot::Campaigns,
        &t::NO_CAMPAIGNS.with(c.lang(), &[&c.shared.key(Command::New)]),
    );
    let y = list(c, below_head, &columns, &rows, &none);
    if let Some(campaign) = view.campaign(c.shared) {
        let parts = of_campaign(c, campaign);
        below(c, area, y, &parts);
    }
}

fn cell(c: &Canvas, column: usize, campaign: &CampaignRow, view: &Campaigns) -> Cell {
    let (theme, today) = (c.theme, c.shared.now.today());
    let ran = campaign.state != "draft";
    let figure = |n: i64| Cell::new(if ran { format::count(n) } else { "–".to_owned() }, theme.text);
    match column {
        0 => Cell::new(campaign.name.clone(), theme.text),
        1 => {
            let state = words::word("campaign", &campaign.state, c.lang());
            let cut = if campaign.cut { " …" } else { "" };
            Cell::new(format!("{state}{cut}"), state_style(c, &campaign.state))
        }
        2 => Cell::new(period(campaign), theme.dim),
        3 if ran => figure(campaign.touched + campaign.left_out),
        3 => {
            let here = view.campaign(c.shared).is_some_and(|on| on.id == campaign.id);
            let size = view.size(c.shared).filter(|_| here);
            let shown = |(n, more)| format::count_or_more(n, more);
            Cell::new(size.map_or_else(|| "…".to_owned(), shown), theme.dim)
        }
        4 => figure(campaign.touched),
        5 => figure(campaign.left_out),
        6 => Cell::new(share(campaign.answered, campaign.touched), theme.text),
        7 => Cell::new(share(campaign.ordered, campaign.touched), theme.text),
        8 => Cell::new(campaign.cost.map_or_else(String::new, format::yuan), theme.text),
        9 => {
            let due = campaign.state == "running";
            let late = due && campaign.evaluate_on < today;
            let style = if late { theme.bad } else { theme.text };
            let day = if due { format::day(campaign.evaluate_on, today) } else { "–".to_owned() };
            Cell::new(if late { format!("! {day}") } else { day }, style)
        }
        _ => Cell::new(campaign.owner.clone(), theme.dim),
    }
}

fn period(campaign: &CampaignRow) -> String {
    format!("{}–{}", campaign.starts_on.format("%m-%d"), campaign.ends_on.format("%m-%d"))
}

/// How a state is meant: of campaigns and plans alike.
pub(super) fn state_style(c: &Canvas, id: &str) -> Style {
    match id {
        "running" => c.theme.good,
        "draft" => c.theme.warn,
        _ => c.theme.dim,
    }
}

fn of_campaign(c: &Canvas, campaign: &CampaignRow) -> Vec<Part> {
    let (lang, theme) = (c.lang(), c.theme);
    let mut parts: Vec<Part> = Vec::new();
    let mut add = |label: Text, text: Option<String>, style: Style| {
        if let Some(text) = text.filter(|t| !t.is_empty()) {
            parts.push((label.of(lang).to_owned(), text, style));
        }
    };
    let key = |command| c.shared.key(command);
    let cost = t::cost(campaign, lang);
    let (approval, style) = match (&campaign.approved_by, cost) {
        (_, None) => (None, theme.text),
        (Some(who), Some(cost)) => (Some(t::APPROVED.with(lang, &[&cost, who])), theme.text),
        (None, Some(cost)) if campaign.state == "draft" => {
            (Some(t::NOT_APPROVED.with(lang, &[&cost, &key(Command::Approve)])), theme.warn)
        }
        (None, cost) => (cost, theme.text),
    };
    let next = match (campaign.state.as_str(), campaign.cut) {
        ("draft", _) => Some(t::DRAFT_NEXT.with(lang, &[&key(Command::Open), &key(Command::Send)])),
        (_, true) => Some(t::CUT.with(lang, &[&key(Command::Send)])),
        _ => None,
    };
    add(t::TARGET, Some(group::told(&campaign.filter, lang)), theme.text);
    add(t::CHANNEL, Some(words::word("channel", &campaign.channel, lang).to_owned()), theme.text);
    add(t::SAYS, campaign.text.clone(), theme.text);
    let script = campaign.script_title.as_deref().map(|title| shipped::said(title, c.lang()).to_owned());
    add(t::SCRIPT, script.or_else(|| campaign.script.clone()), theme.text);
    add(t::OFFERED, campaign.product.clone(), theme.text);
    add(t::GOAL, campaign.goal.clone(), theme.text);
    add(t::APPROVAL, approval, style);
    add(t::EVALUATION, campaign.result.clone(), theme.text);
    add(t::STATE, next, theme.accent);
    parts
}

/// Draws who is in a campaign.
fn members(c: &mut Canvas, area: Rect, below_head: Rect, view: &Campaigns) {
    if failed(c, below_head, Slot::Members) {
        return;
    }
    let (Some(campaign), Some(members)) = (view.campaign(c.shared), view.list(c.shared)) else { return };
    let (lang, theme) = (c.lang(), c.theme);
    let key = |command| c.shared.key(command);
    let mut head =
        vec![(campaign.name.clone(), theme.strong), (t::heading(members, campaign, lang), theme.text)];
    if let Some(block) = &members.blocked {
        head.push((t::BLOCKED.with(lang, &[&guard::sentence(block, lang)]), theme.bad));
    } else if members.preview || campaign.cut {
        head.push((t::RUNS.with(lang, &[&key(Command::Send)]), theme.accent));
    }
    let parts: Vec<(&str, Style)> = head.iter().map(|(text, style)| (text.as_str(), *style)).collect();
    let mut x = area.x + 1;
    for part in parts {
        x = c.line(area, (x, area.y), &[part]) + 2;
    }
    if view.texts {
        return texts(c, area, below_head, view);
    }
    let (columns, rows) =
        shelf::laid(c, MEMBERS, area.width, (&members.rows, view.at.inside), |i, row| member_cell(c, i, row));
    let y = list(c, below_head, &columns, &rows, t::NO_MEMBERS.of(lang));
    let mut parts: Vec<Part> = Vec::new();
    let why = t::why(members, lang);
    if !why.is_empty() {
        parts.push((t::LEFT_OUT.of(lang).to_owned(), why, theme.warn));
    }
    parts.extend(view.member(c.shared).map(|row| of_member(c, row, members.preview)).unwrap_or_default());
    parts.extend(said(c, view.text(c.shared)));
    below(c, area, y, &parts);
}

/// What the campaign says to one customer, and what the text still lacks.
fn said(c: &Canvas, row: Option<&TextRow>) -> Vec<Part> {
    let (lang, theme) = (c.lang(), c.theme);
    let Some(row) = row else { return Vec::new() };
    let text = scripts::shown(&row.text, lang);
    let open = scripts::open_places(&text);
    let lacks = (!open.is_empty()).then(|| t::TEXT_LACKS.with(lang, &[&format::list(&open, lang)]));
    let mut parts = vec![(t::TEXT.of(lang).to_owned(), text.clone(), theme.text)];
    parts.extend(lacks.map(|lacks| (String::new(), lacks, theme.warn)));
    parts
}

/// Draws what the campaign says to each of those it touches, in the order of the list of members.
fn texts(c: &mut Canvas, area: Rect, below_head: Rect, view: &Campaigns) {
    let (lang, theme) = (c.lang(), c.theme);
    let columns = fit(c, TEXTS, area.width);
    let rows: Vec<Row> = view
        .by_name(c.shared)
        .into_iter()
        .enumerate()
        .skip(view.at.inside.top)
        .take(room::shelf(c.shared.size))
        .map(|(at, (name, text))| {
            let (sign, style) = match text {
                Some(text) if text.missing.is_empty() => ("✓", theme.good),
                Some(_) => ("✗", theme.warn),
                None => ("–", theme.dim),
            };
            let shown = text.map_or(String::new(), |t| scripts::shown(&t.text, lang).replace('\n', " / "));
            let cells = columns.iter().map(|(i, _)| match i {
                0 => Cell::new(format!("{sign} {name}"), style),
                _ => Cell::new(shown.clone(), theme.text),
            });
            Row { cells: cells.collect(), on: at == view.at.inside.at, mark: false }
        })
        .collect();
    let y = list(c, below_head, &columns, &rows, t::NO_MEMBERS.of(lang));
    below(c, area, y, &said(c, view.text(c.shared)));
}

fn member_cell(c: &Canvas, column: usize, row: &MemberRow) -> Cell {
    let (lang, theme) = (c.lang(), c.theme);
    match column {
        0 => {
            let (sign, style) = match row.state.as_str() {
                "left_out" => ("✗", theme.warn),
                "put_back" => ("↺", theme.accent),
                _ => ("✓", theme.good),
            };
            Cell::new(format!("{sign} {}", words::word("member", &row.state, lang)), style)
        }
        1 => Cell::new(row.name.clone(), theme.text),
        2 => Cell::new(t::member(row, lang), theme.text),
        3 => {
            let word = row.outcome.as_deref().map_or("", |id| words::word("result", id, lang));
            Cell::new(word, theme.text)
        }
        4 => {
            let word = row.segment.as_deref().map_or("–", |id| words::word("segment", id, lang));
            Cell::new(word, theme.segment(row.segment.as_deref()))
        }
        _ => Cell::new(row.owner.clone(), theme.dim),
    }
}

fn of_member(c: &Canvas, row: &MemberRow, preview: bool) -> Vec<Part> {
    let (lang, theme) = (c.lang(), c.theme);
    let mut parts: Vec<Part> = Vec::new();
    for (i, finding) in row.findings.iter().enumerate() {
        let label = if i == 0 { t::WHY.of(lang) } else { "" };
        parts.push((label.to_owned(), guard::sentence(finding, lang), theme.text));
    }
    if let Some(reason) = &row.reason {
        parts.push((String::new(), t::PUT_BACK_BECAUSE.with(lang, &[reason]), theme.accent));
    }
    let hint = match row.state.as_str() {
        "left_out" if preview && crate::domain::campaign::can_be_put_back(&row.findings) => {
            Some(t::BACK_HINT.with(lang, &[&c.shared.key(Command::PutBack)]))
        }
        "touched" => Some(t::OUTCOME_HINT.with(lang, &[&c.shared.key(Command::Done)])),
        _ => None,
    };
    parts.extend(hint.map(|hint| (String::new(), hint, theme.dim)));
    if let Some(cost) = row.cost.filter(|f| f.0 > 0) {
        parts.push((t::COST.of(lang).to_owned(), cost.yuan_plain(), theme.text));
    }
    parts
}
