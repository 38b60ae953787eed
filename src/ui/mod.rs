//! Draws the state and changes nothing. One frame, from top to bottom:
//!
//! ```text
//!  guanxi  1 客户  2 档案  3 台账  4 策略  5 看板        到期 7  王敏  14:02   widgets::bars::title
//!  全部客户 · 12,480                                        排序 最近互动 ↑   panes::*: head line
//!     客户编号    名称              分层    联系人     下一步        近12月 元  widgets::table
//!  ▌  C202405002  恒远物流有限公司  高价值  陈总       今天 17:00      210,000
//!  ───────────────────────────────────────────────────────────────────────────
//!  恒远物流 · 服务业 · 大型 · 负责 王敏                       本周已触达 1/2    panes::card
//!  / 查找  a 记一笔  Enter 打开  f 筛选  : 命令  ? 帮助                         widgets::bars::keys
//! ```
//!
//! Popups lie above, the last on top. Text is measured in `text`, coloured in `theme`, written through `canvas`; the
//! terminal itself is known to `term` alone.

pub mod ascii;
mod backend;
pub mod canvas;
pub mod panes;
pub mod term;
pub mod text;
pub mod theme;
pub mod widgets;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::app::panes::matrix::View;
use crate::app::panes::{PaneId, board};
use crate::app::popup::Popup;
use crate::app::{App, bar, room};
use crate::i18n::{matrix as t, shell};
use canvas::Canvas;
use widgets::{bars, finder, form, help, import, popup, shelf};

/// Draws a frame; `plain` uses no signs but ASCII.
pub fn view(app: &App, plain: bool, frame: &mut Frame) {
    let area = frame.area();
    if let Some(cursor) = paint(app, plain, frame.buffer_mut(), area) {
        frame.set_cursor_position(cursor);
    }
}

/// Draws into cells; gives the place of the cursor, if a text field has the focus.
pub fn paint(app: &App, plain: bool, buf: &mut Buffer, area: Rect) -> Option<(u16, u16)> {
    let mut c = Canvas::new(buf, &app.shared);
    if room::enough(app.shared.size) {
        whole(&mut c, app, area);
    } else {
        too_small(&mut c, area);
    }
    let cursor = c.cursor;
    if plain {
        ascii::plain(buf);
    }
    cursor
}

/// Draws in the middle of the screen what is being made and how far it is, before there is a state to draw.
pub fn waiting(what: &str, far: &str, frame: &mut Frame) {
    let area = frame.area();
    let styles = [Style::new().add_modifier(Modifier::BOLD), Style::new()];
    let top = area.y + area.height.saturating_sub(3) / 2;
    for ((line, style), y) in [what, far].into_iter().zip(styles).zip([top, top + 2]) {
        let cells = text::width(line).min(usize::from(area.width));
        let x = area.x + (area.width - u16::try_from(cells).unwrap_or(0)) / 2;
        text::put(frame.buffer_mut(), area, (x, y), cells, line, style);
    }
}

fn whole(c: &mut Canvas, app: &App, area: Rect) {
    let last = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
    bars::title(c, Rect { height: 1, ..area }, app.active);
    let pane = Rect { y: area.y + 1, height: area.height.saturating_sub(room::BARS), ..area };
    match app.active {
        PaneId::Customers => panes::customers::draw(c, pane, &app.panes.customers),
        PaneId::Profile => panes::profile::draw(c, pane, &app.panes.profile),
        PaneId::Ledger => panes::ledger::draw(c, pane, &app.panes.ledger),
        PaneId::Matrix => {
            let matrix = &app.panes.matrix;
            let views = View::ALL.map(|view| (view.title(), view == matrix.view));
            let hint = if matrix.view == View::Matrix { c.say(t::SCHEMES_HINT) } else { "" };
            panes::ledger::head(c, pane, &views, hint);
            let below = Rect { y: pane.y + 1, height: pane.height.saturating_sub(1), ..pane };
            match matrix.view {
                View::Matrix => {
                    panes::matrix::draw(
                        c,
                        below,
                        matrix.scheme(),
                        matrix.rows(&app.shared),
                        matrix.cursor.at,
                    );
                }
                View::Scripts => panes::scripts::draw(c, below, &matrix.scripts),
                View::Campaigns => panes::campaigns::draw(c, below, &matrix.campaigns),
                View::Plans => panes::plans::draw(c, below, &matrix.plans),
            }
        }
        PaneId::Board => board_pane(c, app, pane),
    }
    let keys: Vec<_> = bar::keys(app).into_iter().map(|key| (key, bar::label(app, key))).collect();
    bars::keys(c, last, &keys);
    for (i, popup) in app.popups.iter().enumerate() {
        let above = Rect { height: area.height.saturating_sub(1), ..area };
        // only the popup on top has the cursor
        c.cursor = None;
        draw_popup(c, above, app, popup);
        if i + 1 == app.popups.len() && c.shared.notice.is_some() {
            bars::keys(c, last, &[]);
        }
    }
}

/// Draws pane 5: the names of its views with what belongs to the shown one, and that view below them.
fn board_pane(c: &mut Canvas, app: &App, pane: Rect) {
    let shown = &app.panes.board;
    let views = board::View::ALL.map(|view| (view.title(), view == shown.view));
    let period = shown.period(app.shared.now.today());
    let named = |c: &Canvas| crate::i18n::board::period(period, c.lang());
    let hint = match shown.view {
        board::View::Kpis => panes::kpi::hint(c, shown, period),
        board::View::Alarms => panes::alarms::hint(c, &shown.alarms),
        board::View::Analysis => panes::analysis::hint(c, &shown.analysis, &named(c)),
        _ => String::new(),
    };
    panes::ledger::head(c, pane, &views, &hint);
    let below = Rect { y: pane.y + 1, height: pane.height.saturating_sub(1), ..pane };
    // without a customer every figure is a dash
    if counts_customers(shown.view)
        && let Some(said) = shelf::begin(c, app.page())
    {
        return shelf::nothing(c, below, &said);
    }
    match shown.view {
        board::View::Kpis => panes::kpi::draw(c, below, shown),
        board::View::Alarms => panes::alarms::draw(c, below, &shown.alarms),
        board::View::Evaluation => panes::evaluation::draw(c, below, &shown.evaluation),
        _ if shown.lists_customers() => panes::kpi::draw(c, below, shown),
        board::View::People => panes::staff::draw(c, below, &shown.people, &named(c)),
        board::View::Analysis => panes::analysis::draw(c, below, shown, period),
        board::View::Models => panes::models::draw(c, below, shown.model),
        board::View::Counts => {
            if let Some(counts) = app.shared.feeds.board() {
                panes::board::draw(c, below, counts, period, shown.cursor.at);
            } else {
                shelf::nothing(c, below, c.say(crate::i18n::kpi::COUNTING));
            }
        }
    }
}

/// Whether a view of the board shows nothing but figures about customers.
const fn counts_customers(view: board::View) -> bool {
    use board::View as V;
    matches!(view, V::Kpis | V::Counts | V::Analysis | V::Models)
}

fn draw_popup(c: &mut Canvas, area: Rect, app: &App, popup: &Popup) {
    match popup {
        Popup::Form(shown) => form::draw(c, area, shown),
        Popup::Finder(shown) => finder::draw(c, area, shown),
        Popup::Palette(shown) => popup::palette(c, area, shown, app.active),
        Popup::Help(shown) => help::draw(c, area, shown, app.active),
        Popup::Menu(shown) => popup::menu(c, area, shown, &app.panes.customers),
        Popup::Import(shown) => import::draw(c, area, shown),
        Popup::Sheet(shown) => widgets::strategy::draw(c, area, shown),
        Popup::Undo { redo } => widgets::ask::undo(c, area, *redo),
        Popup::TakeBack(row) => widgets::ask::take_back(c, area, row),
        Popup::Why(view) => widgets::scheme::why(c, area, view),
        Popup::Legend(legend) => widgets::legend::draw(c, area, *legend),
        Popup::Audit(view) => widgets::audit::draw(c, area, view),
        Popup::Cases(cases) => widgets::cases::draw(c, area, cases),
        Popup::Leak(view) => widgets::leak::draw(c, area, view),
        Popup::Settings(settings) => widgets::settings::draw(c, area, settings),
        Popup::Dictionary(dictionary) => widgets::dictionary::draw(c, area, dictionary),
        Popup::Rules(rules) => widgets::rules::rules(c, area, rules),
        Popup::Leave => widgets::ask::leave(c, area),
        Popup::Demo => widgets::ask::demo(c, area),
    }
}

/// Below the smallest size one sentence asks for more room.
fn too_small(c: &mut Canvas, area: Rect) {
    let lines = text::wrap(c.say(shell::TOO_SMALL), usize::from(area.width), usize::from(area.height));
    for (i, line) in lines.iter().enumerate() {
        let style = c.theme.text;
        c.put(area, (area.x, area.y + u16::try_from(i).unwrap_or(0)), area.width, line, style);
    }
}
