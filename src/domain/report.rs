//! Reports as files: which kinds there are and what they are called. What stands in one is `store::request::Report`; how it
//! is written is `exchange::report`.

use super::kpi::Period;

/// A kind of file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// One page with pictures that needs nothing else.
    #[default]
    Html,
    /// Markdown.
    Markdown,
    /// A workbook, one sheet a table.
    Workbook,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Html, Self::Markdown, Self::Workbook];

    /// The id, which is the ending of the file too.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Workbook => "xlsx",
        }
    }

    /// The format with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.id().eq_ignore_ascii_case(id))
    }
}

/// What the report of a period is called: `report-2024-Q1.html`.
pub fn file_name(period: Period, format: Format) -> String {
    format!("report-{}.{}", period.label().replace("..", "-to-"), format.id())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_called_by_their_period_and_format() {
        let name = |text: &str, format| file_name(Period::read(text).unwrap(), format);
        assert_eq!(name("2024-Q1", Format::Html), "report-2024-Q1.html");
        assert_eq!(name("2024-05-01..2024-05-14", Format::Workbook), "report-2024-05-01-to-2024-05-14.xlsx");
        assert_eq!(Format::from_id("XLSX"), Some(Format::Workbook));
        assert_eq!(Format::from_id("pdf"), None);
    }
}
