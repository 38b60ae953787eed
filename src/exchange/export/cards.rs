//! Contacts as vCards, one after the other. Version 3.0: what phones and mail programs read without asking.

use std::io::{self, Write};

use calcard::vcard::{VCard, VCardEntry, VCardProperty, VCardVersion};

use super::said;
use crate::store::request::export::Cell;
use crate::store::request::export::Column;

/// Several numbers and addresses stand in one cell.
const BETWEEN: &str = "; ";

/// Writes one contact.
pub fn card(out: &mut impl Write, columns: &[Column], cells: &[Cell]) -> io::Result<()> {
    let text = |id: &str| said(columns, cells, id);
    let name = text("contact");
    let mut entries = vec![
        one(VCardProperty::Fn, name),
        // the whole name as the family name: nobody can tell where a Chinese one parts
        VCardEntry::new(VCardProperty::N).with_values(parts(&[name, "", "", "", ""])),
        VCardEntry::new(VCardProperty::Org).with_values(parts(&[text("customer")])),
    ];
    for (property, id) in [
        (VCardProperty::Title, "title"),
        (VCardProperty::Tel, "phone"),
        (VCardProperty::Email, "email"),
        (VCardProperty::Other("X-WECHAT".to_owned()), "wechat"),
        (VCardProperty::Note, "note"),
        (VCardProperty::Other("X-CUSTOMER-NUMBER".to_owned()), "code"),
    ] {
        let several = matches!(id, "phone" | "email" | "wechat");
        let values: Vec<&str> = if several { text(id).split(BETWEEN).collect() } else { vec![text(id)] };
        entries.extend(values.into_iter().filter(|v| !v.is_empty()).map(|v| one(property.clone(), v)));
    }
    let mut card = String::new();
    VCard { entries }.write_to(&mut card, VCardVersion::V3_0).map_err(io::Error::other)?;
    out.write_all(card.as_bytes())
}

fn one(property: VCardProperty, value: &str) -> VCardEntry {
    VCardEntry::new(property).with_value(value.to_owned())
}

fn parts(values: &[&str]) -> Vec<calcard::vcard::VCardValue> {
    values.iter().map(|value| calcard::vcard::VCardValue::Text((*value).to_owned())).collect()
}
