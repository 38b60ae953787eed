//! The file of rejected rows: the original cells, then the reason and the line they stood on, as CSV that Excel
//! opens right (UTF-8 with mark, CR LF) and that can be corrected and imported again. Reasons come worded from
//! above. Also the guard against formulas, which every CSV that leaves the program uses.

use std::io::Write;

use crate::domain::text::guard_formula;
use csv::{Terminator, Writer, WriterBuilder};

/// Writes rejected rows.
pub struct Rejects<W: Write> {
    out: Writer<W>,
    width: usize,
    rows: u64,
}

impl<W: Write> Rejects<W> {
    /// Starts the file: byte order mark and headings; `reason` and `line` name the two further columns.
    pub fn new(mut out: W, headings: &[String], reason: &str, line: &str) -> csv::Result<Self> {
        out.write_all("\u{FEFF}".as_bytes())?;
        let mut out = WriterBuilder::new().terminator(Terminator::CRLF).flexible(true).from_writer(out);
        let names = headings.iter().map(String::as_str).chain([reason, line]);
        out.write_record(names.map(|name| guard_formula(name).into_owned()))?;
        Ok(Self { out, width: headings.len(), rows: 0 })
    }

    /// Writes one row with the cells as they stood in the file; surplus cells go behind the line number.
    pub fn write<'a>(
        &mut self,
        cells: impl Iterator<Item = &'a str>,
        reason: &str,
        line: u64,
    ) -> csv::Result<()> {
        let mut cells = cells.fuse();
        for _ in 0..self.width {
            self.out.write_field(guard_formula(cells.next().unwrap_or_default()).as_bytes())?;
        }
        self.out.write_field(guard_formula(reason).as_bytes())?;
        self.out.write_field(line.to_string())?;
        for surplus in cells {
            self.out.write_field(guard_formula(surplus).as_bytes())?;
        }
        self.out.write_record(None::<&[u8]>)?;
        self.rows += 1;
        Ok(())
    }

    /// Returns how many rows were written.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Ends the file and gives the destination back.
    pub fn finish(mut self) -> std::io::Result<W> {
        self.out.flush()?;
        self.out.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::table::unwrap;

    #[test]
    fn the_file_opens_in_excel_and_says_why_and_where() {
        let headings = ["客户名称".to_owned(), "电话".to_owned()];
        let mut rejects = Rejects::new(Vec::new(), &headings, "拒绝原因", "行号").expect("headings");
        rejects.write(["恒远, 物流", "1.38E+10"].into_iter(), "电话的数字已丢失", 7).expect("row");
        rejects.write(["=cmd|' /C calc'!A0"].into_iter(), "短行", 9).expect("row");
        rejects.write(["a", "b", "c"].into_iter(), "多余", 10).expect("row");
        assert_eq!(rejects.rows(), 3);
        let bytes = rejects.finish().expect("memory");
        let wanted = "\u{FEFF}客户名称,电话,拒绝原因,行号\r\n\"恒远, 物流\",1.38E+10,电话的数字已丢失,7\r\n'=cmd|' /C calc'!A0,,短行,9\r\na,b,多余,10,c\r\n";
        assert_eq!(String::from_utf8(bytes).expect("UTF-8"), wanted);
    }

    #[test]
    fn formulas_are_guarded_and_come_back_as_they_were() {
        for cell in ["=1+1", "+A1", "-2+3*cmd", "@SUM(A1)", "=\"a\"&B1", "-承诺", "+"] {
            assert_eq!(guard_formula(cell), format!("'{cell}"));
            assert_eq!(unwrap(&guard_formula(cell)), cell);
        }
        for cell in [
            "+86 138 0013 8000",
            "-12.50",
            "+1 (555) 0100",
            "-3%",
            "=\"13800138000\"",
            "恒远",
            "",
            "138-0013",
        ] {
            assert_eq!(guard_formula(cell), cell);
        }
    }
}
