//! The import wizard: a file is chosen, tried, shown, and only then brought in. The work itself is an effect.

use super::super::key::{Code, Key};
use super::super::popup::{Picked, Popup, Stage, Wizard, press};
use super::super::{App, Effect, room};
use crate::domain::field::Noun;

impl App {
    pub(super) fn import_key(&mut self, mut wizard: Wizard, key: Key, fx: &mut Vec<Effect>) {
        let height = room::popup(self.shared.size);
        match &wizard.stage {
            Stage::Choosing | Stage::Failed(_) => {
                match press(key, None, &mut wizard.cursor, wizard.files.len(), height) {
                    Picked::Left => return,
                    Picked::Chosen => {
                        if let Some(file) = wizard.files.get(wizard.cursor.at).cloned() {
                            if file.folder {
                                wizard.stage = Stage::Choosing;
                                fx.push(Effect::Files(file.path));
                            } else {
                                wizard.path.clone_from(&file.path);
                                wizard.stage = Stage::Trying;
                                fx.push(Effect::Import { path: file.path, noun: None, dry: true });
                            }
                        }
                    }
                    _ => {}
                }
            }
            Stage::Shown(report) => match key.narrow().code {
                Code::Enter => {
                    let (path, noun) = (wizard.path.clone(), Some(report.noun));
                    wizard.stage = Stage::Running;
                    fx.push(Effect::Import { path, noun, dry: false });
                }
                // the file was taken for the wrong thing: try the next
                Code::Tab | Code::Char('t') => {
                    let noun = match report.noun {
                        Noun::Customer => Noun::Contact,
                        Noun::Contact => Noun::Order,
                        Noun::Order => Noun::Touch,
                        _ => Noun::Customer,
                    };
                    fx.push(Effect::Import { path: wizard.path.clone(), noun: Some(noun), dry: true });
                    wizard.stage = Stage::Trying;
                }
                Code::Esc => {
                    wizard.stage = Stage::Choosing;
                    fx.push(Effect::Files(String::new()));
                }
                _ => {}
            },
            // the import goes on by itself; its end is told
            Stage::Trying | Stage::Running if key.code == Code::Esc => return,
            Stage::Trying | Stage::Running => {}
            Stage::Finished(_) => {
                if matches!(key.code, Code::Esc | Code::Enter) {
                    return;
                }
            }
        }
        self.popups.push(Popup::Import(wizard));
    }
}
