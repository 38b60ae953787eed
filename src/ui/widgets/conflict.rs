//! Two people changed the same fields: for each field what it was, theirs and mine side by side, and a key for each.

use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::{bars, popup};
use crate::app::form::Form;
use crate::app::popups;
use crate::app::shared::context;
use crate::domain::clock::from_ms;
use crate::i18n::entry::show;
use crate::i18n::{fields, format, shell};
use crate::store::request::Clash;

/// Draws the choice, field by field.
pub fn draw(
    c: &mut Canvas,
    screen: Rect,
    form: &Form,
    (who, at): (&str, i64),
    clashes: &[(Clash, Option<bool>)],
    on: usize,
) {
    let theme = c.theme;
    let width = screen.width.saturating_sub(4).min(84);
    let height =
        u16::try_from(clashes.len() * 4 + 5).unwrap_or(u16::MAX).min(screen.height.saturating_sub(2));
    let inside = popup::frame(c, popup::middle(screen, width, height), &popups::title(form, c.shared));
    let time = format::time(c.shared.now.zone.local(from_ms(at)).time());
    let head = shell::CLASH_HEAD.with(c.lang(), &[&who, &time]);
    c.put(inside, (inside.x, inside.y), inside.width, &head, theme.warn);
    let people = c.shared.people();
    let names = context(c.shared, &people, &[], &[]);
    let room = usize::from(inside.height.saturating_sub(3)) / 4;
    let from = (on + 1).saturating_sub(room.max(1));
    let mut y = inside.y + 2;
    for (i, (clash, mine)) in clashes.iter().enumerate().skip(from).take(room.max(1)) {
        let own =
            form.entries.iter().find(|e| e.own.is_some() && e.field == clash.field && e.was == clash.was);
        let label = own.map_or_else(|| fields::label(clash.field).of(c.lang()), |e| e.label(c.lang()));
        c.put(inside, (inside.x, y), inside.width, label, if i == on { theme.accent } else { theme.strong });
        let sides = [
            (c.say(shell::WAS), &clash.was, false),
            (c.say(shell::THEIRS), &clash.theirs, *mine == Some(false)),
            (c.say(shell::MINE), &clash.mine, *mine == Some(true)),
        ];
        for (n, (word, value, chosen)) in sides.into_iter().enumerate() {
            let line = y + 1 + u16::try_from(n).unwrap_or(0);
            let style = if chosen { theme.good } else { theme.text };
            let sign = if chosen { "✓ " } else { "  " };
            let x = c.line(inside, (inside.x, line), &[(sign, theme.good), (word, theme.dim)]);
            c.put(
                inside,
                (x.max(inside.x + 10), line),
                inside.width,
                &show(clash.field, value, &names),
                style,
            );
        }
        y += 4;
    }
    let mut keys =
        vec![("t".to_owned(), c.say(shell::TAKE_THEIRS)), ("m".to_owned(), c.say(shell::TAKE_MINE))];
    if clashes.iter().all(|(_, mine)| mine.is_some()) {
        keys.push(("Enter".to_owned(), c.say(shell::SAVE)));
    }
    keys.push(("Esc".to_owned(), c.say(shell::BACK_TO_FORM)));
    bars::hints(c, popup::foot(inside), &keys);
}
