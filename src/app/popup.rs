//! What lies above the pane: one stack. A popup takes keys first; `Esc` takes the top one away and nothing is lost. The state
//! of each popup stands in a file of its own below; what keys do in it stands in `popups` under the same name.

use super::form::Form;
use crate::store::request::audit::AuditRow;

pub mod audit;
pub mod cases;
pub mod dictionary;
pub mod finder;
pub mod leak;
pub mod legend;
pub mod menu;
pub mod palette;
pub mod press;
pub mod rules;
pub mod settings;
pub mod sheet;
pub mod why;
pub mod wizard;

use audit::AuditView;
use cases::Cases;
use dictionary::Dictionary;
use leak::LeakView;
use legend::Legend;
use rules::Rules;
use settings::Settings;
use why::WhyView;

pub use super::msg::FileRow;
pub use finder::{Finder, Hurry, Purpose, Row, found};
pub use menu::{Act, Item, Menu};
pub use palette::{HelpRow, Offer, Palette};
pub use press::{Picked, press};
pub use sheet::Sheet;
pub use wizard::{Stage, Wizard};

/// One popup.
#[derive(Clone, Debug)]
pub enum Popup {
    /// A form.
    Form(Box<Form>),
    /// The look-up box.
    Finder(Finder),
    /// Every command.
    Palette(Palette),
    /// Help of this place.
    Help(Palette),
    /// A choice.
    Menu(Menu),
    /// Asks before something is taken back or brought back, and says what.
    Undo {
        /// Brings back instead.
        redo: bool,
    },
    /// Asks before a change of the history is taken back, and says what.
    TakeBack(Box<AuditRow>),
    /// The import wizard.
    Import(Wizard),
    /// Versions of the strategy table, or its festivals.
    Sheet(Sheet),
    /// Why a customer is in its classes.
    Why(WhyView),
    /// What a view is for and what its columns mean.
    Legend(Legend),
    /// Hand-overs.
    Cases(Cases),
    /// Leaks of customers' data.
    Leak(LeakView),
    /// The dictionary of tags.
    Dictionary(Dictionary),
    /// What people did.
    Audit(Box<AuditView>),
    /// The settings of the company.
    Settings(Settings),
    /// The editor of the rules.
    Rules(Box<Rules>),
    /// Asks before leaving with unsaved forms.
    Leave,
    /// Asks before the demo company takes the place of a company with customers.
    Demo,
}
