//! Markup of a part of a workbook, piece by piece, as far as its measure goes: how long a text, a tag, a comment or what one
//! cell says may be. Built for what does not want to be measured: whatever a reader of cells and this could take differently
//! is refused.

use crate::exchange::table::BookError;

/// The most bytes of one piece, and of all pieces of one cell; a cell of Excel has 32,767 characters.
const TEXT: usize = 1024 * 1024;
/// Encodings in which a byte `<` is always one.
const ENCODINGS: [&[u8]; 6] = [b"utf-8", b"utf8", b"us-ascii", b"gbk", b"gb2312", b"gb18030"];

/// A part on its way.
#[derive(Default)]
pub struct Markup {
    /// Whether a `<` is open.
    open: bool,
    /// What came behind it.
    held: Vec<u8>,
    /// The quotation mark that is open in it.
    quote: Option<u8>,
    /// Bytes of text since the last tag.
    text: usize,
    /// Whether cells or shared texts have begun.
    cells: bool,
    /// The name of a text's tag that is open: nothing but its end may follow.
    leaf: Option<Vec<u8>>,
    /// The name of a tag that is open around the texts of one cell.
    around: Option<Vec<u8>>,
    /// Bytes of the texts of one cell.
    said: usize,
}

impl Markup {
    /// Takes the next bytes and tells of each tag in them: its name without what stands before a colon, and itself.
    pub fn take(
        &mut self,
        mut read: &[u8],
        told: &mut impl FnMut(&[u8], &[u8]) -> Result<(), BookError>,
    ) -> Result<(), BookError> {
        // no markup has it, but one in an encoding that hides its tags
        if read.contains(&0) {
            return Err(BookError::Damaged);
        }
        while !read.is_empty() {
            let ends = if self.open { b'>' } else { b'<' };
            let at = read.iter().position(|byte| *byte == ends);
            let (piece, rest) = read.split_at(at.unwrap_or(read.len()));
            read = rest.get(1..).unwrap_or_default();
            if self.leaf.is_some() {
                self.said += piece.len();
            }
            if self.open {
                self.held.extend_from_slice(piece);
                for byte in piece.iter().filter(|byte| matches!(byte, b'"' | b'\'')) {
                    match self.quote {
                        None => self.quote = Some(*byte),
                        Some(quote) if quote == *byte => self.quote = None,
                        Some(_) => {}
                    }
                }
            } else {
                self.text += piece.len();
            }
            if self.held.len() > TEXT || self.text > TEXT || self.said > TEXT {
                return Err(BookError::Huge);
            }
            match at {
                None => {}
                Some(_) if self.open => self.close(told)?,
                Some(_) => {
                    (self.open, self.quote, self.text) = (true, None, 0);
                    self.held.clear();
                }
            }
        }
        Ok(())
    }

    /// At a `>`: the end of what is open, or a byte of it.
    fn close(
        &mut self,
        told: &mut impl FnMut(&[u8], &[u8]) -> Result<(), BookError>,
    ) -> Result<(), BookError> {
        let held = std::mem::take(&mut self.held);
        let ended = match held.as_slice() {
            [] | b"?" | b"!--" | b"!---" => return Err(BookError::Damaged),
            [b'!', b'-', b'-', comment @ ..] => comment.ends_with(b"--"),
            [b'!', rest @ ..] if rest.starts_with(b"[CDATA[") => rest.ends_with(b"]]"),
            // what a type of document may say has no place here
            [b'!', ..] => return Err(BookError::Damaged),
            [b'?', told @ ..] => {
                let known = |said: Vec<u8>| ENCODINGS.contains(&said.to_ascii_lowercase().as_slice());
                let ended = told.ends_with(b"?");
                if ended && told.windows(8).any(|at| at == b"encoding") {
                    let said = attribute(told, b"encoding").map(<[u8]>::to_vec);
                    if !said.is_some_and(known) {
                        return Err(BookError::Damaged);
                    }
                }
                ended
            }
            tag => {
                if self.quote.is_none() {
                    self.tag(tag, told)?;
                }
                self.quote.is_none()
            }
        };
        self.held = held;
        if ended {
            self.open = false;
        } else {
            self.held.push(b'>');
        }
        Ok(())
    }

    fn tag(
        &mut self,
        tag: &[u8],
        told: &mut impl FnMut(&[u8], &[u8]) -> Result<(), BookError>,
    ) -> Result<(), BookError> {
        if let Some(name) = tag.strip_prefix(b"/") {
            let name = name.trim_ascii_end();
            match &self.leaf {
                Some(leaf) if leaf == name => self.leaf = None,
                Some(_) => return Err(BookError::Damaged),
                None if self.around.as_deref() == Some(name) => self.around = None,
                None => {}
            }
            return Ok(());
        }
        if self.leaf.is_some() {
            return Err(BookError::Damaged);
        }
        let whole = tag.strip_suffix(b"/");
        let name = whole.unwrap_or(tag).split(u8::is_ascii_whitespace).next().unwrap_or_default();
        let local =
            name.iter().position(|byte| *byte == b':').and_then(|at| name.get(at + 1..)).unwrap_or(name);
        self.cells |= matches!(local, b"sheetData" | b"sst");
        if self.cells && whole.is_none() {
            match local {
                b"si" | b"is" if self.around.is_none() => {
                    (self.around, self.said) = (Some(name.to_vec()), 0);
                }
                b"t" | b"v" | b"f" => {
                    self.leaf = Some(name.to_vec());
                    if self.around.is_none() {
                        self.said = 0;
                    }
                }
                _ => {}
            }
        }
        told(local, tag)
    }
}

/// The value of an attribute; none where it is not there or cannot be told for sure.
pub fn attribute<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let mut found = None;
    let start = tag.iter().position(u8::is_ascii_whitespace)?;
    let mut rest = tag.get(start..)?.trim_ascii_start();
    while let Some(at) = rest.iter().position(|byte| *byte == b'=') {
        let key = rest.get(..at)?.trim_ascii();
        let value = rest.get(at + 1..)?.trim_ascii_start();
        let (quote, value) = value.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
        let end = value.iter().position(|byte| byte == quote)?;
        if key == name {
            if found.is_some() {
                return None;
            }
            found = value.get(..end);
        }
        rest = value.get(end + 1..)?.trim_ascii_start();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(pieces: &[&[u8]]) -> Result<Vec<String>, BookError> {
        let (mut markup, mut names) = (Markup::default(), Vec::new());
        for piece in pieces {
            markup.take(piece, &mut |name, _| {
                names.push(String::from_utf8_lossy(name).into_owned());
                Ok(())
            })?;
        }
        Ok(names)
    }

    #[test]
    fn tags_are_told_in_whatever_pieces_they_come_and_comments_hide_none() {
        let names = measured(&[b"<?xml encoding='UTF-8'?><x:a b=\"1>2\"><!-- <c> ", b"--><d", b"/></x:a>"]);
        assert_eq!(names.unwrap(), ["a", "d"]);
        for odd in
            [&b"<!DOCTYPE a>"[..], b"<>", b"<a\0>", b"<?xml encoding=\"UTF-16\"?>", b"<sst><t>a<c/>b</t>"]
        {
            assert_eq!(measured(&[odd]), Err(BookError::Damaged));
        }
    }

    #[test]
    fn what_one_cell_says_is_summed_over_all_its_runs_and_a_comment_has_its_measure() {
        let run = [b"<r><t>".to_vec(), vec![b'a'; 600_000], b"</t></r>".to_vec()].concat();
        assert!(measured(&[b"<sst><si>", &run, b"</si><si>", &run, b"</si>"]).is_ok());
        assert_eq!(measured(&[b"<sst><si>", &run, b"<si/>", &run]), Err(BookError::Huge));
        let half = [vec![b'<'; 600_000]].concat();
        assert_eq!(measured(&[b"<!--", &half, &half]), Err(BookError::Huge));
        assert_eq!(measured(&[b"<sst><v><![CDATA[", &half, b"]]><![CDATA[", &half]), Err(BookError::Huge));
    }

    #[test]
    fn attributes_are_read_with_blanks_around_them() {
        assert_eq!(attribute(b"sst a='>' uniqueCount = \"12\"", b"uniqueCount"), Some(&b"12"[..]));
        assert_eq!(attribute(b"sst n=\"1\" n=\"2\"", b"n"), None);
        assert_eq!(attribute(b"sst n=1", b"n"), None);
    }
}
