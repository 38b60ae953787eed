//! What stands below the fields of a form: its keys, what is wrong, what the guard and colleagues say of it; and how many
//! fields stand above and below what shows.

use ratatui::style::Style;

use super::super::super::canvas::Canvas;
use super::super::super::text;
use super::super::cases;
use super::{clock, editors};
use crate::app::feed::Slot;
use crate::app::form::{Form, FormKind, Review};
use crate::app::{forms, live};
use crate::domain::field::Kind;
use crate::domain::guard::One;
use crate::i18n::{Text, commands, erase, errors, guard, matrix, merge, shell, user};

/// The keys of the form, for the field with the focus.
pub(super) fn keys<'a>(c: &Canvas<'a>, form: &Form) -> Vec<(String, &'a str)> {
    // a filter is one line: there its words are completed
    let tab = if form.kind == FormKind::Filter { shell::COMPLETE } else { shell::NEXT_FIELD };
    let mut keys = vec![("Enter".to_owned(), c.say(enter(form))), ("Tab".to_owned(), c.say(tab))];
    keys.push(("Esc".to_owned(), c.say(shell::SET_ASIDE)));
    if form.dirty {
        keys.push(("Ctrl-X".to_owned(), c.say(shell::DISCARD)));
    }
    match form.focused() {
        Some(entry) if entry.is_pick() => keys.push(("← →".to_owned(), c.say(shell::CHOOSE))),
        Some(entry) if entry.field.spec().kind == Kind::Block => {
            keys.push(("Ctrl-O".to_owned(), c.say(shell::NEW_LINE)));
        }
        // nobody knows numbers by heart
        Some(entry) if entry.field.spec().kind == Kind::Customer => {
            keys.insert(1, ("Ctrl-F".to_owned(), c.say(commands::FIND)));
        }
        _ => {}
    }
    keys
}

/// What `Enter` does: not every form is saved.
fn enter(form: &Form) -> Text {
    match &form.kind {
        FormKind::Filter => commands::FILTER,
        FormKind::Search => shell::DO_SEARCH,
        FormKind::Erase => shell::DO_ERASE,
        FormKind::Merge { .. } => shell::DO_MERGE,
        FormKind::Export { .. } => shell::DO_EXPORT,
        FormKind::Reveal { .. } => shell::DO_SHOW,
        FormKind::Assign => commands::ASSIGN,
        FormKind::Review(review) if matches!(**review, Review::Span(_)) => shell::DO_SHOW,
        _ => shell::SAVE,
    }
}

/// What stands below the fields: what is wrong, who looks alike.
pub(super) fn footer(c: &Canvas, form: &Form) -> Vec<(String, Style)> {
    let cells = usize::from(c.shared.size.width.min(84)).saturating_sub(8);
    let mut lines = Vec::new();
    let mut say = |text: &str, style| {
        lines.extend(text::wrap(text, cells, 2).into_iter().map(|l| (l, style)));
    };
    if form.kind == FormKind::Customer
        && let Some(alike) = c.shared.feeds.alike().and_then(|a| a.first())
    {
        say(&shell::LOOKS_ALIKE.with(c.lang(), &[&alike.row.code, &alike.row.name]), c.theme.warn);
    }
    findings(c, form, &mut say);
    if form.kind == FormKind::Erase {
        // whoever was erased is called by their number
        let again = form.subject.as_ref().is_some_and(|s| s.name == s.code);
        let warning = if again { erase::ERASED_ALREADY } else { erase::WARNING };
        for line in text::wrap(c.say(warning), cells, 6) {
            say(&line, c.theme.bad);
        }
    }
    if let Some(look) = forms::merge::compared(form, c.shared) {
        for sentence in merge::sentences(look, c.lang()) {
            say(&sentence, c.theme.dim);
        }
        if let Some(why) = look.hindrance {
            say(c.say(merge::hindrance(why)), c.theme.bad);
        }
    }
    for (line, style) in cases::loads(c, form) {
        say(&line, style);
    }
    if let Some(query) = forms::strategy::question(form, c.shared)
        && c.shared.feeds.current(Slot::Preview, &query)
        && let Some(Some(preview)) = c.shared.feeds.preview()
    {
        for (sentence, warns) in matrix::preview(preview, c.lang()) {
            say(&sentence, if warns { c.theme.warn } else { c.theme.good });
        }
    }
    if let Some(invalid) = form.wrong_here() {
        say(&errors::invalid(invalid, c.lang()), c.theme.bad);
        if form.wrong.len() > 1 {
            say(&shell::WRONG_N.with(c.lang(), &[&form.wrong.len()]), c.theme.bad);
        }
    }
    if let Some(entry) = form.focused().filter(|entry| entry.misses()) {
        let label = entry.label(c.lang());
        say(&shell::NO_CHOICE.with(c.lang(), &[&label, &entry.typed]), c.theme.bad);
    }
    if let Some(refused) = &form.refused {
        // what is wrong with a filter names what could stand there
        for line in text::wrap(refused, cells, 5) {
            say(&line, c.theme.bad);
        }
    }
    company(c, form, &mut say);
    lines
}

/// Leaves of what is only to be known the first lines for which there is room, or at the end the last; tells how many lines
/// stand above and below these.
pub(super) fn scrolled(
    lines: &mut Vec<(String, Style)>,
    room: usize,
    quiet: Style,
    end: bool,
) -> (usize, usize) {
    let count = lines.iter().filter(|(_, style)| *style == quiet).count();
    let kept = count.min(room.saturating_sub(lines.len() - count));
    let from = if end { count - kept } else { 0 };
    let mut at = 0;
    lines.retain(|(_, style)| {
        let line = at;
        at += usize::from(*style == quiet);
        *style != quiet || (from..from + kept).contains(&line)
    });
    (from, count - kept - from)
}

/// Makes what stands below so short that the field with the focus shows: first goes what is only to be known, then what
/// stands first, since the last thing said is what holds the form.
pub(super) fn shortened(lines: &mut Vec<(String, Style)>, most: usize, quiet: Style) {
    if lines.len() > most {
        lines.retain(|(_, style)| *style != quiet);
    }
    let over = lines.len().saturating_sub(most);
    if over > 0 {
        lines.drain(..over);
        if let Some((first, _)) = lines.first_mut() {
            *first = format!("… {first}");
        }
    }
}

/// What the guard says about the form: what holds it, a sentence each, with the way on; what is only to be known, in one.
fn findings(c: &Canvas, form: &Form, say: &mut impl FnMut(&str, Style)) {
    let lang = c.lang();
    let held = forms::guard::holds(form);
    for sentence in guard::sentences(&form.guard, lang) {
        say(&sentence, if held { c.theme.bad } else { c.theme.warn });
    }
    let notes: Vec<String> =
        form.guard.iter().filter(|f| f.one() == One::Note).map(|f| guard::sentence(f, lang)).collect();
    if !notes.is_empty() {
        say(&notes.join(" "), c.theme.dim);
    }
    if forms::guard::bars(form) {
        say(c.say(guard::NOT_PLANNED), c.theme.bad);
    } else if held && let Some(way) = guard::way_on(&form.guard, lang) {
        say(way, c.theme.warn);
    }
}

/// What colleagues do with the same row, and the way on where it is theirs now.
fn company(c: &Canvas, form: &Form, say: &mut impl FnMut(&str, Style)) {
    let lang = c.lang();
    // with a subject it stands beside that
    let others = editors(c, form);
    if form.subject.is_none() && !others.is_empty() {
        say(&others, c.theme.accent);
    }
    if let Some(gone) = live::removed(c.shared, form) {
        say(&user::REMOVED.with(lang, &[&gone.who, &clock(c, gone.at)]), c.theme.bad);
    }
    if let Some(whom) = form.subject.as_ref().filter(|_| live::can_be_noted(c.shared, form)) {
        say(&user::AS_A_NOTE.with(lang, &[&whom.name]), c.theme.warn);
    }
}
