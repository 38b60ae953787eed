//! Everything of a store, table by table, as texts: what a folder of files holds and what an empty store is filled with.

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WholeTable {
    /// Its name.
    pub name: String,
    /// Its columns, in their order.
    pub columns: Vec<WholeColumn>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WholeColumn {
    /// Its name.
    pub name: String,
    /// What its values are.
    pub kind: WholeKind,
}

/// What the values of a column are, as the schema has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WholeKind {
    /// Whole numbers.
    Integer,
    /// Numbers.
    Real,
    /// Texts.
    Text,
    /// Bytes, written in hexadecimal digits.
    Bytes,
}

/// The values of a row in the order of the columns; none for no value.
pub type WholeRow = Vec<Option<String>>;

/// A part of everything, as it comes.
#[derive(Clone, Copy, Debug)]
pub enum Piece<'p> {
    /// A table begins.
    Table(&'p WholeTable),
    /// A row of the table that began last.
    Row(&'p [Option<String>]),
}

/// Where the rows come from that an empty store is filled with.
pub trait WholeSource {
    /// What can go wrong there.
    type Error: From<super::StoreError>;

    /// Opens a table: the names of the columns that are there; none where there is no such table.
    fn open(&mut self, table: &str) -> Result<Option<Vec<String>>, Self::Error>;

    /// The next row of the table that was opened last.
    fn next(&mut self) -> Result<Option<WholeRow>, Self::Error>;

    /// The present row holds something that the table does not take.
    fn unfit(&self, table: &str, column: &str) -> Self::Error;
}
