//! The import wizard: a file is found by typing or by walking through folders, tried, shown, and only then brought in.

use tui_input::Input;

use super::super::cursor::Cursor;
use super::super::msg::FileRow;
use super::menu::{Act, Item, Menu};
use crate::domain::import::{Report, Sheets};
use crate::i18n::{Lang, import as t};

/// How far an import is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// The person chooses a file.
    #[default]
    Choosing,
    /// The file is being read without writing.
    Trying,
    /// The dry run is shown.
    Shown(Box<Report>),
    /// It is being imported.
    Running,
    /// It is done.
    Finished(Box<Report>),
    /// It stopped halfway: what had come in, and the sentence.
    Cut(Box<Report>, String),
    /// It did not work: the sentence.
    Failed(String),
    /// This sheet of a workbook did not work, and another one may: the sentence.
    Sheet(Sheets, String),
}

/// The import wizard: choose a file, see what would happen, import.
#[derive(Clone, Debug, Default)]
pub struct Wizard {
    /// What is typed: a part of a name, or a path.
    pub input: Input,
    /// The folder walked to, from which typed paths count.
    base: String,
    /// The folder as asked for last.
    pub asked: String,
    /// The folder that is shown, as a whole path.
    pub folder: String,
    /// What is in it.
    pub files: Vec<FileRow>,
    /// There is no folder of the typed name.
    pub missing: bool,
    /// The file that was chosen.
    pub path: String,
    /// Which sheet of it, where it is a workbook and the person said.
    pub sheet: Option<String>,
    /// Which row, among those that fit what is typed.
    pub cursor: Cursor,
    /// How far it is.
    pub stage: Stage,
    /// Headings that are taken for another column than the program thought, or for none.
    pub fixes: Vec<(String, Option<String>)>,
    /// The line under the cursor of a dry run: a heading, or behind them a record that would change.
    pub heading: usize,
    /// Rows so far, and of how many bytes how many are read.
    pub progress: (u64, u64, u64),
}

impl Wizard {
    /// A wizard that starts in a folder; blank for the person's home.
    pub fn starting(folder: &str) -> Self {
        Self { base: folder.to_owned(), asked: folder.to_owned(), ..Self::default() }
    }

    /// What the heading under the cursor can be taken for.
    pub fn columns(&self, lang: Lang) -> Option<Menu> {
        let Stage::Shown(report) = &self.stage else { return None };
        let (heading, now) = report.columns.get(self.heading)?;
        let item = |label: &str, id: Option<&String>| {
            let act = Act::TakeFor(heading.clone(), id.cloned());
            Item { on: now.as_ref() == id, ..Item::new(label, id.map_or("", String::as_str), act) }
        };
        let choices = report.choices.iter().map(|(id, label)| item(label, Some(id)));
        let items = std::iter::once(item(t::LEFT_OUT.of(lang), None)).chain(choices).collect();
        Some(Menu::new(t::TAKE_FOR, items))
    }

    /// Takes a heading for another column; whether the file is to be tried anew.
    pub fn take_for(&mut self, heading: String, column: Option<String>) -> bool {
        let shown = matches!(self.stage, Stage::Shown(_));
        if shown {
            self.fixes.retain(|(known, _)| *known != heading);
            self.fixes.push((heading, column));
        }
        shown
    }

    /// The sheet that another look would read; none where there is no other.
    pub fn next_sheet(&self) -> Option<&str> {
        match &self.stage {
            Stage::Shown(report) => report.next_sheet(),
            Stage::Sheet(sheets, _) => sheets.next(),
            _ => None,
        }
    }

    /// Whether a file is being chosen.
    pub const fn is_choosing(&self) -> bool {
        matches!(self.stage, Stage::Choosing | Stage::Failed(_))
    }

    /// What is typed, as a folder to look into and a part of a name in it.
    fn typed(&self) -> (Option<&str>, &str) {
        let text = self.input.value().trim_start();
        match text.rfind('/') {
            Some(at) => (text.get(..=at), text.get(at + 1..).unwrap_or_default()),
            None if text == "~" => (Some("~"), ""),
            None => (None, text),
        }
    }

    /// The folder that is wanted now; true where it has to be asked for.
    pub fn looks_into(&mut self) -> bool {
        let wanted = match self.typed().0 {
            Some(folder) if folder.starts_with(['/', '~']) => folder.to_owned(),
            Some(folder) => format!("{}/{folder}", self.base),
            None => self.base.clone(),
        };
        let new = wanted != self.asked;
        self.asked = wanted;
        new
    }

    /// Walks into a folder.
    pub fn enter(&mut self, folder: &str) {
        folder.clone_into(&mut self.base);
        self.input = Input::default();
        self.cursor = Cursor::default();
        self.stage = Stage::Choosing;
    }

    /// The folder has been looked into; an answer about another one comes too late.
    pub fn found(&mut self, asked: &str, found: Option<(String, Vec<FileRow>)>) {
        if asked != self.asked {
            return;
        }
        self.missing = found.is_none();
        self.cursor = Cursor::default();
        match found {
            Some((folder, files)) => (self.folder, self.files) = (folder, files),
            None => self.files.clear(),
        }
    }

    /// The files and folders that fit what is typed: first what is called so, then what begins so, and what an import has
    /// refused behind all else.
    pub fn rows(&self) -> Vec<&FileRow> {
        let part = self.typed().1.to_lowercase();
        let rank = |file: &FileRow| {
            let name = file.name.to_lowercase();
            let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
            let fits = match (part.is_empty(), stem == part || name == part, name.starts_with(&part)) {
                (true, ..) | (_, true, _) => 0,
                (.., true) => 1,
                _ => 2,
            };
            (name.contains(".rejects") && !part.contains("rejects"), fits)
        };
        let fits = |file: &&FileRow| {
            part.is_empty() || file.name != ".." && file.name.to_lowercase().contains(&part)
        };
        let mut rows: Vec<&FileRow> = self.files.iter().filter(fits).collect();
        // of equals the newest stays first; where nothing is typed folders stay behind the files
        rows.sort_by_key(|file| (file.folder && part.is_empty(), rank(file)));
        rows
    }

    /// The path that is typed where no row fits it.
    pub fn typed_path(&self) -> Option<String> {
        let name = self.typed().1.trim_end();
        (!self.missing && !name.is_empty()).then(|| format!("{}/{name}", self.folder.trim_end_matches('/')))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_means_the_file_of_that_name_and_never_first_what_an_import_refused() {
        let file = |name: &str| FileRow { name: name.into(), path: name.into(), folder: false, size: 1 };
        let names = ["gb.rejects.csv", "gb-2.csv", "gb.csv", "big.csv"];
        let mut wizard = Wizard { files: names.map(file).to_vec(), ..Wizard::default() };
        let shown = |wizard: &Wizard| -> Vec<String> {
            wizard.rows().into_iter().map(|file| file.name.clone()).collect()
        };
        assert_eq!(shown(&wizard), ["gb-2.csv", "gb.csv", "big.csv", "gb.rejects.csv"]);
        wizard.input = Input::from("gb");
        assert_eq!(shown(&wizard), ["gb.csv", "gb-2.csv", "gb.rejects.csv"]);
        wizard.input = Input::from("gb.rej");
        assert_eq!(shown(&wizard), ["gb.rejects.csv"]);
    }
}
