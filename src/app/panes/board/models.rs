//! The view *Models* of the board: which of its numbers the cursor stands on, and the customers behind it. The first place is
//! the text above the numbers and the last one what follows them.

use super::super::super::command::Command;
use super::super::super::cursor::Move;
use super::super::super::shared::Shared;
use super::super::pane::Step;
use super::Board;
use crate::store::request::{Attitude, Listed, ModelPart, Models};

/// Where the cursor stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The row: 0 is the text above, behind the last row comes what follows.
    pub row: usize,
    /// The number in it.
    column: usize,
}

impl Board {
    /// A key on the models, or on the list behind a number of them.
    pub(super) fn model_command(&mut self, command: Command, s: &mut Shared) -> Step {
        let models = s.feeds.models().map(|m| &**m);
        match command {
            Command::Left | Command::Right if !self.lists_customers() => self.model.sideways(command, models),
            Command::Open if self.lists_customers() => return self.open_listed(s).unwrap_or(Step::Done),
            Command::Open => {
                let listed = models.and_then(|models| {
                    Some(Listed::Model { as_of: models.as_of, part: self.model.part(models)? })
                });
                if listed.is_some() {
                    self.list(listed);
                }
            }
            _ => return Step::Pass,
        }
        Step::Done
    }
}

/// The numbers that customers stand behind, row by row as they show.
pub fn rows(models: &Models) -> Vec<Vec<ModelPart>> {
    let mut rows: Vec<Vec<ModelPart>> = Vec::new();
    if let Some(outlook) = &models.outlook {
        rows.extend((0..outlook.chances.len()).map(|band| vec![ModelPart::Chance(band)]));
    }
    if models.customers > 0 {
        rows.extend((0..3).map(|measure| (1..=5).map(|score| ModelPart::Score(measure, score)).collect()));
        let loyal = [
            vec![Attitude::TrueLoyal, Attitude::Inertia],
            vec![Attitude::Latent, Attitude::None],
            vec![Attitude::Unknown],
        ];
        rows.extend(loyal.map(|row| row.into_iter().map(ModelPart::Loyalty).collect()));
    }
    rows.extend((0..models.clusters.len()).map(|number| vec![ModelPart::Cluster(number)]));
    rows.extend((0..models.tree.len()).map(|number| vec![ModelPart::Leaf(number)]));
    rows
}

impl Place {
    /// The number under the cursor.
    pub fn part(self, models: &Models) -> Option<ModelPart> {
        let rows = rows(models);
        let row = rows.get(self.row.checked_sub(1)?)?;
        row.get(self.column.min(row.len().saturating_sub(1))).copied()
    }

    /// Moves from row to row.
    pub fn go(&mut self, to: Move, page: usize, models: Option<&Models>) {
        let last = models.map_or(0, |models| rows(models).len() + 1);
        let by = |n: isize| self.row.saturating_add_signed(n).min(last);
        self.row = match to {
            Move::By(n) => by(n),
            Move::Page(n) => by(n.saturating_mul(isize::try_from(page).unwrap_or(1))),
            Move::First => 0,
            Move::Last => last,
        };
    }

    /// Moves from number to number of a row.
    pub fn sideways(&mut self, command: Command, models: Option<&Models>) {
        let rows = models.map(rows).unwrap_or_default();
        let numbers = self.row.checked_sub(1).and_then(|at| rows.get(at)).map_or(1, Vec::len);
        let at = self.column.min(numbers.saturating_sub(1));
        self.column = match command {
            Command::Right => (at + 1).min(numbers.saturating_sub(1)),
            _ => at.saturating_sub(1),
        };
    }
}
