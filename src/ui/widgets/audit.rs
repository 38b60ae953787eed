//! The history: conditions, changes with when, who, what and whom; below, of the one under the cursor, from where, why and
//! field by field.

use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::text;
use super::{bars, popup};
use crate::app::popup::audit::AuditView;
use crate::app::room;
use crate::app::shared::context;
use crate::domain::clock::from_ms;
use crate::i18n::entry::show;
use crate::i18n::{about, audit as t, commands, errors, fields, format, shell};
use crate::store::request::audit::{AuditField, AuditRow};

/// Draws it.
pub fn draw(c: &mut Canvas, screen: Rect, view: &AuditView) {
    let rows = u16::try_from(room::audit(c.shared.size)).unwrap_or(6);
    let below = room::audit_below(c.shared.size);
    let width = screen.width.saturating_sub(2).min(116);
    let area = popup::middle(screen, width, rows + below + 5 + u16::from(below > 0));
    let inside = popup::frame(c, area, c.say(t::TITLE));
    popup::search(c, inside, &view.input, t::HINT);
    let list = Rect { y: inside.y + 2, height: rows, ..inside };
    changes(c, list, view);
    if below > 0 {
        c.rule(inside, list.bottom());
    }
    let card = Rect { y: list.bottom() + 1, height: below, ..inside };
    if let Some(row) = view.row(c.shared).filter(|_| view.fault(c.shared).is_none()) {
        detail(c, card, row);
    }
    let keys = [("Enter".to_owned(), c.say(commands::OPEN)), ("Esc".to_owned(), c.say(commands::BACK))];
    bars::hints(c, popup::foot(inside), &keys);
}

/// The list, or what is said in its place.
fn changes(c: &mut Canvas, list: Rect, view: &AuditView) {
    let (theme, lang) = (c.theme, c.lang());
    let refused = c.shared.feeds.error(crate::app::feed::Slot::Audit).map(|e| errors::store(e, lang));
    if let Some(fault) = view.fault(c.shared).or(refused) {
        for (n, line) in text::wrap(&fault, usize::from(list.width), 3).iter().enumerate() {
            let y = list.y + u16::try_from(n).unwrap_or(0);
            c.put(list, (list.x, y), list.width, line, theme.bad);
        }
        return;
    }
    let rows = view.rows(c.shared);
    if rows.is_empty() {
        let said = if c.shared.feeds.audit().is_none() { shell::LOADING } else { t::NOTHING };
        c.put(list, (list.x, list.y), list.width, c.say(said), theme.dim);
        return;
    }
    // as wide as the widest that shows, so that columns stand still while one line moves
    let shown = || popup::shown(rows, view.cursor, list);
    let who = shown().map(|(.., r)| text::width(t::who(r, lang))).max().unwrap_or(0).min(14);
    let what = shown()
        .map(|(.., r)| text::width(&t::deed(r, lang)))
        .max()
        .unwrap_or(0)
        .min(usize::from(list.width) / 3);
    let [who, what] = [who, what].map(|w| u16::try_from(w).unwrap_or(10));
    let today = c.shared.now.today();
    for (y, on, row) in shown() {
        let local = c.shared.now.zone.local(from_ms(row.at));
        let when = format!("{} {}", format::day(local.date(), today), format::time(local.time()));
        let x = c.put(list, (list.x, y), 16, &when, theme.dim).max(list.x + 11) + 2;
        c.put(list, (x, y), who, t::who(row, lang), theme.text);
        let refused = row.export.as_ref().is_some_and(|e| e.state == "refused" || e.large);
        let ink = if row.undone {
            theme.dim
        } else if refused {
            theme.warn
        } else {
            theme.text
        };
        c.put(list, (x + who + 2, y), what, &t::deed(row, lang), ink);
        let x = x + who + what + 4;
        let whom = match &row.code {
            Some(code) => format!("{code} {}", row.subject),
            None => about::said(&row.subject, lang),
        };
        c.put(list, (x, y), list.right().saturating_sub(x), &whom, theme.text);
        if on {
            c.tint(list, y, theme.select);
        }
    }
}

/// From where, why, and the fields; what is cut off says so by its last line.
fn detail(c: &mut Canvas, card: Rect, row: &AuditRow) {
    let (theme, lang) = (c.theme, c.lang());
    let mut lines: Vec<(String, ratatui::style::Style)> =
        t::about(row, lang).into_iter().map(|line| (line, theme.dim)).collect();
    let of_this = c
        .shared
        .feeds
        .current(crate::app::feed::Slot::AuditOne, &crate::store::request::Query::AuditOne(row.id));
    if let Some(fields) = c.shared.feeds.audit_one().filter(|_| of_this) {
        lines.extend(fields.iter().map(|field| (changed(c, field), theme.text)));
        if fields.is_empty() && row.export.is_none() {
            lines.push((c.say(t::NO_LINES).to_owned(), theme.dim));
        }
    }
    let room = usize::from(card.height);
    let more = lines.len() > room;
    for (n, (line, ink)) in lines.iter().take(room).enumerate() {
        let y = card.y + u16::try_from(n).unwrap_or(0);
        let last = more && n + 1 == room;
        let line = if last { "…" } else { line.as_str() };
        c.put(card, (card.x, y), card.width, line, *ink);
    }
}

/// One field: what it was and what it is.
pub(super) fn changed(c: &Canvas, field: &AuditField) -> String {
    let lang = c.lang();
    let people = c.shared.people();
    let with = context(c.shared, &people, &[], &[]);
    let said = |value| {
        let text = show(field.field, value, &with);
        if text.is_empty() { "—".to_owned() } else { text.lines().next().unwrap_or_default().to_owned() }
    };
    // a value of an own field goes by the field's name alone
    let name = field.own.clone().unwrap_or_else(|| {
        format!("{} {}", fields::noun(field.noun).of(lang), fields::label(field.field).of(lang))
    });
    t::WAS_IS.with(lang, &[&name, &said(&field.was), &said(&field.is)])
}
