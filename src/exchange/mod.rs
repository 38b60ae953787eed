//! Files in and out. The reading half: bytes → text (`decode`) → lines and cells (`sniff`, `text`,
//! `table`), or sheets of a workbook → cells (`workbook`, `table`) → columns
//! (`columns`, `headings`, `mapping`, `mapped`) → values (`values`, `size`, `phones`, `words`); rows that do not
//! fit go back as a file (`rejects`). Nothing here opens a database: rows become changes further up.

pub mod benchmarks;
pub mod books;
pub mod columns;
pub mod decode;
pub mod export;
pub mod fresh;
pub mod headings;
pub mod import;
pub mod mapped;
pub mod mapping;
pub mod rejects;
pub mod report;
pub mod size;
pub mod sniff;
pub mod table;
pub mod text;
pub mod values;
pub mod whole;
pub mod words;
pub mod workbook;
