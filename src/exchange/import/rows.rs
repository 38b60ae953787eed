//! One row of a file as something to be written: the cells of a row by column, what is wrong with them, and what all
//! nouns read alike (whose it is, who did it, how to reach the contact).

use chrono::NaiveDate;

use super::Setting;
use crate::domain::change::{NewContact, NewCustomer, NewTouch};
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Value};
use crate::domain::own::{LONGEST, OwnField, is_name};
use crate::domain::phones::kind_of;
use crate::exchange::columns::{COLUMNS, Column, Noun};
use crate::exchange::mapped::Mapped;
use crate::exchange::mapping::Mapping;
use crate::exchange::table::Row;
use crate::exchange::values::{self, CellError};
use crate::i18n::{errors, exchange as t};
use crate::store::write::whose::Whose;

/// A row that can be written.
#[derive(Debug)]
pub enum Parsed {
    /// A customer.
    Customer(Box<NewCustomer>),
    /// Something of a customer.
    Of {
        /// Whose, as the row has it.
        whose: Whose,
        /// Whose, once that has been found out.
        customer: Option<CustomerId>,
        /// The customer to make where nobody answers to that.
        make: Option<Box<NewCustomer>>,
        /// What.
        what: What,
    },
}

/// What belongs to a customer.
#[derive(Debug)]
pub enum What {
    /// A contact.
    Contact(NewContact),
    /// An order: its fields.
    Order(Vec<(Field, Value)>),
    /// An answer to a survey: its fields.
    Survey(Vec<(Field, Value)>),
    /// A touch.
    Touch(Box<Talk>),
}

/// A touch as a ledger has it.
#[derive(Debug)]
pub struct Talk {
    /// The touch; its customer and contact are filled in later.
    pub touch: NewTouch,
    /// The name of the contact.
    pub contact: Option<String>,
    /// Who is named and works here under no such name.
    pub stranger: Option<String>,
    /// Only the day is given.
    pub day_only: bool,
}

impl What {
    /// The same of a customer that is found later.
    pub const fn of(self, whose: Whose, make: Option<Box<NewCustomer>>) -> Parsed {
        Parsed::Of { whose, customer: None, make, what: self }
    }
}

/// Columns that are known and have no place in the store yet, by noun: told as left out, never dropped unsaid.
const HOMELESS: &[(Noun, &[Column])] = &[
    (Noun::Customers, &[Column::Average, Column::Spend6m]),
    (
        Noun::Contacts,
        &[
            Column::External,
            Column::Tags,
            Column::Birthday,
            Column::Key,
            Column::Channel,
            Column::Address,
            Column::Consent,
            Column::OptOut,
            Column::Note,
        ],
    ),
    (Noun::Orders, &[Column::Owner, Column::Contact, Column::Refund]),
    (Noun::Surveys, &[Column::External]),
    (
        Noun::Touches,
        &[Column::External, Column::Department, Column::Campaign, Column::RecordedAt, Column::Necessary],
    ),
];

/// Columns without which a row is nothing, or would say something else: whose it is, when it was, how much it was. What
/// cannot be read in any other is left out of the row and told.
const KEYS: &[(Noun, &[Column])] = &[
    (Noun::Customers, &[Column::Code, Column::Name, Column::External]),
    (Noun::Contacts, &[Column::Code, Column::Name, Column::Contact]),
    (
        Noun::Orders,
        &[Column::Code, Column::Name, Column::Number, Column::Date, Column::Amount, Column::Status],
    ),
    (Noun::Touches, &[Column::Code, Column::Name, Column::At, Column::Summary]),
    (Noun::Surveys, &[Column::Code, Column::Name, Column::Date, Column::Score, Column::Nps]),
];

/// The columns that files about a noun can have, as far as they have a place in the store.
pub fn choices(noun: Noun) -> impl Iterator<Item = Column> {
    let homeless =
        move |column: Column| HOMELESS.iter().any(|(of, list)| *of == noun && list.contains(&column));
    COLUMNS
        .iter()
        .filter(move |spec| spec.belongs_to(noun))
        .map(|spec| spec.column)
        .filter(move |c| !homeless(*c))
}

/// Takes headings that name a field of the company's own for it, where nobody says otherwise; one that cannot be the name
/// of a field is none.
pub fn take_own(mapped: &mut Mapped, headings: &[String], fixed: &Mapping, own: &[OwnField]) {
    let customers = mapped.noun == Noun::Customers;
    for (slot, heading) in mapped.columns.iter_mut().zip(headings) {
        let ours = own.iter().any(|field| field.is_called(heading));
        match slot {
            None if customers && ours && fixed.get(heading).is_none() => *slot = Some(Column::Own),
            Some(Column::Own) if !ours && !is_name(heading) => *slot = None,
            _ => {}
        }
    }
}

/// Leaves out columns that have no place in the store.
pub fn leave_out(mapped: &mut Mapped) {
    let homeless = HOMELESS.iter().filter(|(noun, _)| *noun == mapped.noun).flat_map(|(_, list)| *list);
    for column in homeless {
        for slot in mapped.columns.iter_mut().filter(|slot| **slot == Some(*column)) {
            *slot = None;
        }
    }
}

/// Reads the cells of one row and gathers what is wrong with them.
pub struct Cells<'a> {
    /// What the import knows.
    pub setting: &'a Setting<'a>,
    /// The columns.
    pub mapped: &'a Mapped,
    /// The headings of the file.
    pub headings: &'a [String],
    /// The row.
    pub row: &'a Row,
    /// What is wrong with the row, as sentences.
    pub problems: Vec<String>,
    /// Cells that are left out, as sentences.
    pub warnings: Vec<String>,
    /// People named who do not work here.
    pub strangers: Vec<String>,
    /// Whether something is to be filled in later.
    pub gap: bool,
}

impl<'a> Cells<'a> {
    /// Whether the file has a column.
    pub fn has(&self, column: Column) -> bool {
        self.mapped.position(column).is_some()
    }

    /// The cell of a column as it stands; blank where there is none.
    pub fn text(&self, column: Column) -> &'a str {
        self.mapped.position(column).map_or("", |at| self.row.cell(at))
    }

    /// Tells which formulas of the row's columns have failed: a value that the sheet itself does not have is missing in the
    /// row, whatever the column. Not found (`#N/A`) is a value that is none.
    pub fn failed(&mut self) {
        let columns = self.mapped.columns.iter().enumerate().filter(|(_, column)| column.is_some());
        for (at, _) in columns.filter(|(at, _)| values::is_formula_error(self.row.cell(*at))) {
            let heading = self.headings.get(at).map_or("", String::as_str);
            self.problems.push(t::CELL_FORMULA.with(self.setting.lang, &[&heading, &self.row.cell(at)]));
        }
    }

    /// The value of a column.
    pub fn get<T>(
        &mut self,
        column: Column,
        read: impl FnOnce(Column, &str) -> Result<Option<T>, CellError>,
    ) -> Option<T> {
        let at = self.mapped.position(column)?;
        let result = read(column, self.row.cell(at));
        self.kept(at, result)
    }

    /// The values of all columns of this kind.
    pub fn all<T: PartialEq>(
        &mut self,
        column: Column,
        read: impl Fn(Column, &str) -> Result<Vec<T>, CellError>,
    ) -> Vec<T> {
        let mut found = Vec::new();
        for at in self.mapped.positions(column).collect::<Vec<_>>() {
            let result = read(column, self.row.cell(at)).map(Some);
            for value in self.kept(at, result).unwrap_or_default() {
                if !found.contains(&value) {
                    found.push(value);
                }
            }
        }
        found
    }

    /// An amount in fen, by the unit of its heading.
    pub fn amount(&mut self, column: Column) -> Option<i64> {
        let scale =
            self.mapped.position(column).and_then(|at| self.mapped.scales.get(at)).copied().unwrap_or(1);
        self.get(column, |column, cell| values::amount(column, cell, scale))
    }

    /// Several cells of text as one.
    pub fn joined(&mut self, column: Column, with: &str) -> Option<String> {
        let texts = self.all(column, |column, cell| Ok(values::text(column, cell)?.into_iter().collect()));
        (!texts.is_empty()).then(|| texts.join(with))
    }

    /// A day that has been. The store asks the same; here it is asked before a customer is made for a row that will not
    /// come in.
    pub fn been(&mut self, column: Column) -> Option<NaiveDate> {
        let now = self.setting.now;
        let day = self.get(column, values::date(now.zone))?;
        if day <= now.today() {
            return Some(day);
        }
        let sentence = t::ROW_FUTURE.with(self.setting.lang, &[&self.heading(column), &day]);
        self.tell(Some(column), sentence);
        None
    }

    fn kept<T>(&mut self, at: usize, result: Result<Option<T>, CellError>) -> Option<T> {
        result.unwrap_or_else(|error| {
            let heading = self.headings.get(at).map_or("", String::as_str);
            let sentence = super::words::cell(&error, heading, self.setting.lang);
            // told already, and better, where the formula has failed
            let failed = || t::CELL_FORMULA.with(self.setting.lang, &[&heading, &error.text]);
            if values::is_formula_error(&error.text) && self.problems.contains(&failed()) {
                return None;
            }
            self.tell(self.mapped.columns.get(at).copied().flatten(), sentence);
            None
        })
    }

    /// Tells what is wrong with a cell: of a column that the row needs, with the row, else beside it.
    fn tell(&mut self, column: Option<Column>, sentence: String) {
        let mut keys = KEYS.iter().filter(|(noun, _)| *noun == self.mapped.noun).flat_map(|(_, keys)| *keys);
        let list = if keys.any(|key| Some(*key) == column) {
            &mut self.problems
        } else {
            self.gap = true;
            &mut self.warnings
        };
        // several readers look at some cells
        if !list.contains(&sentence) {
            list.push(sentence);
        }
    }

    /// The heading of a column.
    pub fn heading(&self, column: Column) -> &'a str {
        self.mapped
            .position(column)
            .and_then(|at| self.headings.get(at))
            .map_or(column.spec().id, String::as_str)
    }

    /// What stands in columns of the company's own: heading and value; what its field does not take is left out and told.
    pub fn own(&mut self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for at in self.mapped.positions(Column::Own) {
            let heading = self.headings.get(at).map_or("", String::as_str).trim();
            let cell = self.row.cell(at).trim();
            let known = self.setting.own.iter().find(|field| field.is_called(heading));
            match known.map_or(Ok(None), |field| field.read(cell)) {
                Err(problem) => {
                    self.gap = true;
                    self.warnings.push(errors::of_own(&problem, heading, self.setting.lang));
                }
                Ok(_) if cell.is_empty() => {}
                Ok(_) => found.push((heading.to_owned(), cell.chars().take(LONGEST.into()).collect())),
            }
        }
        found
    }

    /// Whose the row is.
    pub fn whose(&mut self) -> Whose {
        let phones = self.all(Column::Phone, values::phones).into_iter().map(|p| p.number).collect();
        let whose = Whose {
            code: self.get(Column::Code, values::code),
            name: self.get(Column::Name, values::name),
            phones,
        };
        if whose.code.is_none() && whose.name.is_none() && whose.phones.is_empty() {
            self.problems.push(t::ROW_NOBODY.of(self.setting.lang).to_owned());
        }
        whose
    }

    /// The person here whom a cell names: by name, login or post. A stranger is told and the work stands under whoever
    /// imports.
    pub fn person(&mut self, column: Column) -> Option<i64> {
        let name = self.get(column, values::name)?;
        let people = &self.setting.people;
        let same = |text: &str| text.eq_ignore_ascii_case(&name);
        let mut by_post = people.iter().filter(|p| same(&p.post));
        let found = people.iter().find(|p| same(&p.name) || same(&p.login)).or_else(|| {
            let only = by_post.next()?;
            by_post.next().is_none().then_some(only)
        });
        if found.is_none() {
            self.strangers.push(name);
        }
        found.map(|p| p.id)
    }

    /// The contact of the row with phones, WeChat and e-mail; none where nothing is said.
    pub fn contact(&mut self) -> Option<NewContact> {
        let name = self.get(Column::Contact, values::name);
        let family = self.get(Column::Family, values::name);
        let given = self.get(Column::Given, values::name);
        let name = name.or_else(|| match (family, given) {
            // 张 + 伟 stand together, Smith + John the other way round and apart
            (Some(family), Some(given)) if family.is_ascii() => Some(format!("{given} {family}")),
            (Some(family), Some(given)) => Some(format!("{family}{given}")),
            (family, given) => family.or(given),
        });
        let title = self.get(Column::Title, values::name);
        let mut methods: Vec<(String, String)> = Vec::new();
        for phone in self.all(Column::Phone, values::phones) {
            let kind = kind_of(&phone.number);
            let number = match phone.extension {
                Some(extension) => format!("{}-{extension}", phone.number),
                None => phone.number,
            };
            methods.push((kind.to_owned(), number));
        }
        let wechat = self.get(Column::Wechat, values::name);
        methods.extend(wechat.map(|id| ("wechat".to_owned(), id)));
        let emails = self.all(Column::Email, values::emails);
        methods.extend(emails.into_iter().map(|address| ("email".to_owned(), address)));
        (name.is_some() || title.is_some() || !methods.is_empty()).then(|| NewContact {
            // somebody whose name nobody has written down yet
            name: name.unwrap_or_else(|| "—".to_owned()),
            title,
            methods,
        })
    }
}

/// The customer to make for a row that names an unknown number and a name; for `by_name` the name is enough.
pub fn newcomer(whose: &Whose, by_name: bool) -> Option<Box<NewCustomer>> {
    let name = whose.name.as_deref()?;
    (whose.code.is_some() || by_name).then(|| {
        Box::new(NewCustomer {
            code: whose.code.clone(),
            values: vec![(Field::Name, Value::text(name))],
            ..NewCustomer::default()
        })
    })
}
