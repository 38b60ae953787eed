//! The import wizard: a file is chosen, tried, shown, and only then brought in. The work itself is an effect.

use super::super::command::Command;
use super::super::key::{Code, Key};
use super::super::msg::Effect;
use super::super::msg::Failure;
use super::super::popup::{Picked, Popup, Stage, Wizard, press};
use super::super::shared::Tone;
use super::super::{App, room};
use crate::domain::field::Noun;
use crate::domain::import::Report;
use crate::i18n::shell;

impl Wizard {
    /// The dry run of the chosen file.
    fn trial(&self, noun: Option<Noun>) -> Effect {
        self.effect(noun, true)
    }

    /// Tries the next sheet of the workbook: what it holds is found out anew.
    fn turn_sheet(&mut self, fx: &mut Vec<Effect>) {
        if let Some(sheet) = self.next_sheet().map(ToOwned::to_owned) {
            self.sheet = Some(sheet);
            (self.fixes, self.heading) = (Vec::new(), 0);
            fx.push(self.trial(None));
            self.stage = Stage::Trying;
        }
    }

    /// Walks through the lines of a report, which are its columns, then the records that would change; whether the key does.
    fn walks(&mut self, code: Code, page: usize) -> bool {
        let (Stage::Shown(report) | Stage::Finished(report) | Stage::Cut(report, _)) = &self.stage else {
            return false;
        };
        let last = (report.columns.len() + report.changed.len()).saturating_sub(1);
        self.heading = match code {
            Code::Down | Code::Char('j') => (self.heading + 1).min(last),
            Code::PageDown => (self.heading + page).min(last),
            Code::PageUp => self.heading.saturating_sub(page),
            Code::Up | Code::Char('k') => self.heading.saturating_sub(1),
            _ => return false,
        };
        true
    }

    fn effect(&self, noun: Option<Noun>, dry: bool) -> Effect {
        let (path, sheet, fixes) = (self.path.clone(), self.sheet.clone(), self.fixes.clone());
        Effect::Import { path, sheet, noun, fixes, dry }
    }
}

impl App {
    pub(super) fn import_key(&mut self, mut wizard: Wizard, key: Key, fx: &mut Vec<Effect>) {
        let height = room::popup(self.shared.size);
        match &wizard.stage {
            Stage::Choosing | Stage::Failed(_) => {
                let count = wizard.rows().len();
                match press(key, Some(&mut wizard.input), &mut wizard.cursor, count, height) {
                    Picked::Left => return,
                    Picked::Chosen => self.choose(&mut wizard, fx),
                    Picked::Typed => {
                        wizard.stage = Stage::Choosing;
                        if wizard.looks_into() {
                            fx.push(Effect::Files(wizard.asked.clone()));
                        }
                    }
                    _ => {}
                }
            }
            Stage::Shown(report) => match key.narrow().code {
                Code::Enter => {
                    fx.push(wizard.effect(Some(report.noun), false));
                    wizard.stage = Stage::Running;
                    self.shared.importing = Some(wizard.path.clone());
                    // the next import starts where this one was
                    fx.push(Effect::Remember(Box::new(self.place())));
                }
                Code::Char('s') => wizard.turn_sheet(fx),
                // the file was taken for the wrong thing: try the next
                Code::Tab | Code::Char('t') => {
                    let noun = match report.noun {
                        Noun::Customer => Noun::Contact,
                        Noun::Contact => Noun::Order,
                        Noun::Order => Noun::Touch,
                        Noun::Touch => Noun::Survey,
                        _ => Noun::Customer,
                    };
                    fx.push(wizard.trial(Some(noun)));
                    wizard.stage = Stage::Trying;
                }
                code if wizard.walks(code, height) => {}
                // a heading was taken for the wrong column
                Code::Char('e') | Code::F(4) => {
                    let menu = wizard.columns(self.shared.lang);
                    self.popups.push(Popup::Import(wizard));
                    self.popups.extend(menu.map(Popup::Menu));
                    return;
                }
                Code::Esc => {
                    wizard.stage = Stage::Choosing;
                }
                _ => {}
            },
            Stage::Sheet(..) => match key.narrow().code {
                Code::Char('s') | Code::Enter => wizard.turn_sheet(fx),
                Code::Esc => wizard.stage = Stage::Choosing,
                _ => {}
            },
            // the import goes on by itself; its end is told
            Stage::Trying | Stage::Running if key.code == Code::Esc => return,
            Stage::Trying | Stage::Running => {}
            Stage::Finished(_) | Stage::Cut(..) => {
                if matches!(key.code, Code::Esc | Code::Enter) {
                    return;
                }
                wizard.walks(key.narrow().code, height);
            }
        }
        self.popups.push(Popup::Import(wizard));
    }

    /// A file is tried, a folder is walked into; what is typed counts where no row fits it.
    fn choose(&mut self, wizard: &mut Wizard, fx: &mut Vec<Effect>) {
        let row = wizard.rows().get(wizard.cursor.at).map(|file| (**file).clone());
        match row {
            Some(file) if file.folder => {
                wizard.enter(&file.path);
                wizard.looks_into();
                fx.push(Effect::Files(wizard.asked.clone()));
            }
            Some(file) => self.try_file(wizard, &file.path, fx),
            None => {
                if let Some(path) = wizard.typed_path() {
                    self.try_file(wizard, &path, fx);
                }
            }
        }
    }

    fn try_file(&mut self, wizard: &mut Wizard, path: &str, fx: &mut Vec<Effect>) {
        self.shared.import_folder.clone_from(&wizard.folder);
        path.clone_into(&mut wizard.path);
        wizard.stage = Stage::Trying;
        wizard.progress = (0, 0, 0);
        // what was corrected was said of another file
        (wizard.fixes, wizard.heading, wizard.sheet) = (Vec::new(), 0, None);
        fx.push(wizard.trial(None));
    }

    /// A heading of the file that is shown is taken for another column: the file is tried anew.
    pub(super) fn take_for(&mut self, heading: String, column: Option<String>, fx: &mut Vec<Effect>) {
        let Some(Popup::Import(wizard)) = self.popups.last_mut() else { return };
        let noun = if let Stage::Shown(report) = &wizard.stage { Some(report.noun) } else { None };
        if wizard.take_for(heading, column) {
            fx.push(wizard.trial(noun));
            wizard.stage = Stage::Trying;
        }
    }

    /// How an import went: the wizard that waits for it shows it, else the notice line tells.
    pub(in crate::app) fn imported(&mut self, path: &str, result: Result<Box<Report>, Failure>) {
        self.shared.revision += 1;
        if self.shared.importing.as_deref() == Some(path) && !matches!(&result, Ok(report) if report.dry) {
            self.shared.importing = None;
        }
        let wizard = self.popups.iter_mut().rev().find_map(|p| match p {
            // its own report, not that of a file chosen before
            Popup::Import(w) if w.path == path && matches!(w.stage, Stage::Trying | Stage::Running) => {
                Some(w)
            }
            _ => None,
        });
        match (wizard, result) {
            (Some(wizard), Ok(report)) if report.dry => {
                // whatever else is corrected, it is the sheet that is shown
                wizard.sheet.clone_from(&report.sheet);
                wizard.stage = Stage::Shown(report);
            }
            (Some(wizard), Ok(report)) => {
                wizard.heading = 0;
                wizard.stage = Stage::Finished(report);
            }
            (Some(wizard), Err(failure)) => {
                wizard.heading = 0;
                wizard.stage = match failure {
                    Failure { sentence, report: Some(report), .. } => Stage::Cut(report, sentence),
                    Failure { sentence, sheets: Some(sheets), .. } => Stage::Sheet(sheets, sentence),
                    Failure { sentence, .. } => Stage::Failed(sentence),
                };
            }
            // nobody waits for what a file would do
            (None, Ok(report)) if report.dry => {}
            (None, Ok(report)) => {
                let key = self.shared.key(Command::Undo);
                let text = shell::IMPORTED
                    .with(self.shared.lang, &[&(report.made + report.updated), &report.rejects, &key]);
                self.shared.say(Tone::Good, text);
            }
            (None, Err(failure)) => self.shared.say(Tone::Bad, failure.sentence),
        }
    }
}
