//! The menus of the customer list: by what to sort, which columns, which saved view, what to copy.

use super::{Customers, arranged, offered};
use crate::app::cursor::Cursor;
use crate::app::form::FormKind;
use crate::app::panes::Step;
use crate::app::popup::{Act, Item, Menu};
use crate::app::shared::Shared;
use crate::domain::field::{Field, Noun, Row};
use crate::i18n::{commands, format, people, scripts, shell, shipped};

impl Customers {
    pub(super) fn sort_menu(&self, s: &Shared) -> Menu {
        let items = offered(s)
            .into_iter()
            .filter_map(|column| column.look(s))
            .filter_map(|look| Some((look.heading, look.sort?)))
            .map(|(heading, sort)| {
                let on = sort == self.sort;
                let arrow = if !on {
                    ""
                } else if self.descending {
                    "↓"
                } else {
                    "↑"
                };
                Item { on, ..Item::new(heading, arrow, Act::Sort(sort)) }
            })
            .collect();
        Menu::new(commands::SORT, items)
    }

    /// The menu of columns, in the order in which they stand.
    pub(in crate::app) fn column_menu(&self, s: &Shared) -> Menu {
        let chosen = |column| self.widths.iter().find(|(c, _)| *c == column).map(|(_, width)| *width);
        let items = arranged(&self.columns, s)
            .into_iter()
            .filter_map(|column| Some((column, column.look(s)?.heading)))
            .map(|(column, heading)| Item {
                on: self.columns.contains(&column),
                ..Item::new(
                    heading,
                    chosen(column).map_or(String::new(), |width| shell::WIDE.with(s.lang, &[&width])),
                    Act::Column(column),
                )
            })
            .collect();
        Menu { cursor: Cursor::default(), ..Menu::new(commands::COLUMNS, items) }
    }

    pub(super) fn view_menu(&self, s: &Shared) -> Menu {
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
                shipped::view(&v.name, v.shared, s.lang),
                format::count_or_more(v.count, v.more),
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
        Menu::new(commands::VIEWS, items)
    }

    /// The phone of the customer under the cursor, where it shows masked.
    pub(super) fn reveal(&self, s: &mut Shared) -> Step {
        let row = s.feeds.customers().and_then(|w| w.rows.get(self.list.cursor.at));
        match row {
            Some(row) if row.spend_12m.is_none() => {
                let row = Row { noun: Noun::Customer, id: row.id };
                Step::Form(FormKind::Reveal { row, field: Some(Field::Phone) })
            }
            _ => Step::said(s, people::NOT_MASKED),
        }
    }

    pub(in crate::app::panes) fn copy_menu(s: &Shared) -> Option<Menu> {
        let card = s.feeds.card()?.as_ref()?;
        // the card of the customer before is no use
        s.subject.as_ref().filter(|c| c.id.0 == card.row.id)?;
        let plain = |text: &String| (text.clone(), String::new());
        let ways = card.contacts.iter().flat_map(|contact| {
            let values =
                contact.phones.iter().chain(&contact.wechat).chain(&contact.email).chain(&contact.other);
            values.map(|value| (value.clone(), contact.name.clone()))
        });
        let scripts = card.scripts.iter().take(3);
        let said = scripts.map(|said| {
            let text = scripts::shown(&said.text, s.lang);
            let hint = scripts::offered(&text, &said.title, s.lang);
            (text, hint)
        });
        let head = [&card.row.name, &card.row.code].into_iter().map(plain);
        Some(Menu::copying(head.chain(ways).chain(said)))
    }
}
