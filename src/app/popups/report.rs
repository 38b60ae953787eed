//! The choice of what kind of file the report of the board's period is to be; a session that may not open files for the
//! person says so instead.

use super::super::App;
use super::super::command::Command;
use super::super::msg::Effect;
use super::super::popup::{Act, Item, Menu, Popup};
use super::super::shared::Tone;
use crate::domain::kpi::Period;
use crate::domain::report::{Format, file_name};
use crate::i18n::{board, report as t};

impl App {
    /// Asks for the kind of file.
    pub(in crate::app) fn choose_report(&mut self, fx: &mut Vec<Effect>) {
        let lang = self.shared.lang;
        let period = self.panes.board.period(self.shared.now.today());
        if !self.shared.personal {
            let said = t::NOT_HERE.with(lang, &[&period.label(), &file_name(period, Format::Html)]);
            return self.shared.say(Tone::Bad, said);
        }
        let items = Format::ALL.into_iter().map(|format| {
            let word = match format {
                Format::Html => t::PAGE,
                Format::Markdown => t::MARKDOWN,
                Format::Workbook => t::WORKBOOK,
            };
            Item::new(word.of(lang).to_owned(), file_name(period, format), Act::Report(period, format))
        });
        let menu = Menu::new(Command::Report.spec().text, items.collect());
        self.open(Popup::Menu(menu), fx);
    }

    /// Has it written.
    pub(in crate::app) fn write_report(&mut self, period: Period, format: Format, fx: &mut Vec<Effect>) {
        let lang = self.shared.lang;
        self.shared.say(Tone::Plain, t::BEGUN.with(lang, &[&board::period(period, lang)]));
        fx.push(Effect::Report { period, format });
    }
}
