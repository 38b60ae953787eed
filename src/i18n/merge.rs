//! The words of merging two customers into one: what stands against it, what of one goes into the note of the other, what
//! moves along.

use super::entry::{Context, show};
use super::{Lang, Text, fields, format};
use crate::domain::field::{Field, Noun};
use crate::domain::merge::Hindrance;
use crate::store::request::Merging;

super::texts! {
    SAME "Both are the same customer; name another one." "两者是同一客户,请选择另一个。";
    HANDOVER "One of them is being handed over; finish that hand-over or take it back first." "其中一个客户正在交接,请先完成或收回交接。";
    DISPUTE "It is not decided who owns one of them; decide that dispute first." "其中一个客户的归属争议尚未裁决,请先裁决。";
    ERASED "One of them was erased on request; nobody knows any more who it was." "其中一个客户已应要求抹除,身份已无从确认。";
    UNCOMPARED "The two are still being compared; press Enter again in a moment." "正在比对两个客户,请稍后再按 Enter。";
    MOVES "Moves along: {}." "一并转入:{}。";
    NOTHING_MOVES "Nothing has to move along." "没有需要转入的记录。";
    FILLS "Filled from it: {}." "据此补全:{}。";
    PRIVATE_ASIDE "What is private and not chosen stays in the history only: {}." "未选用的隐私内容只留在历史中:{}。";
    STAYS_FOUND "{} stays findable as an old number; what is not chosen goes into the note." "{} 保留为旧编号,仍可查到;未选用的内容写入备注。";
    GOES_TO "Open tasks of {} go to {}." "{} 的未完成待办转给 {}。";
    OTHER "or {}" "或 {}";
    INTO "goes: {}" "被并入:{}";
    MERGED "Merged {} {} into {} {}; {} rows, “guanxi undo” takes it back." "已将 {} {} 并入 {} {},共{}行,可用“guanxi undo”撤销。";
    WOULD "Would merge {} {} into {} {}; nothing was written." "将把 {} {} 并入 {} {};未写入任何数据。";
    COL_FIELD "field" "字段";
    COL_KEPT "kept" "保留";
    COL_OTHER "other" "另一个";
    COL_BECOMES "becomes" "合并后";
    FILLED "filled" "补全";
    TAKEN "taken" "采用另一个";
    KEPT "kept, the other into the note" "保留,另一个写入备注";
    KEPT_PRIVATE "kept, the other in the history" "保留,另一个留在历史中";
    NO_SUCH_DIFFERENCE "{}: the two do not differ in this; they differ in: {}." "{}:两者在此没有差异;有差异的字段:{}。";
    H_MERGE "Make two records of one customer one; the second number stays as an alias" "将同一客户的两份记录合并,第二个编号保留为旧编号";
    A_KEPT "The number of the customer that stays" "保留的客户编号";
    A_GONE "The number of its duplicate, which goes" "并入的重复客户编号";
    A_TAKE "A field of which the duplicate's value is taken; may be repeated" "采用重复客户取值的字段,可重复";
}

/// What stands against a merge, as a sentence.
pub const fn hindrance(why: Hindrance) -> Text {
    match why {
        Hindrance::Same => SAME,
        Hindrance::HandOver => HANDOVER,
        Hindrance::Dispute => DISPUTE,
        Hindrance::Erased => ERASED,
        Hindrance::Uncompared => UNCOMPARED,
    }
}

/// What is lost where one value is taken and the other is not, as a line for the note. Everybody reads the note: what is
/// private is not in it, nor what the company's own fields say, which are as private.
pub fn note(look: &Merging, take: &[Field], with: &Context) -> Option<String> {
    let open = look.met.iter().filter(|met| !met.fills && !met.field.spec().private);
    let fields = open.map(|met| {
        let left = if take.contains(&met.field) { &met.keep } else { &met.gone };
        (fields::label(met.field).of(with.lang).to_owned(), show(met.field, left, with))
    });
    let left: Vec<String> =
        fields.filter(|(_, text)| !text.is_empty()).map(|(label, text)| format!("{label} {text}")).collect();
    (!left.is_empty()).then(|| format!("{}: {}", look.gone.code, left.join("; ")))
}

/// What moves along, by kind, the most first.
pub fn moves(moves: &[(Noun, i64)], lang: Lang) -> String {
    // these go with what they hang on
    let parts = [Noun::Method, Noun::OrderLine, Noun::Outcome, Noun::DisputeNote, Noun::HandoverCustomer];
    let mut all: Vec<&(Noun, i64)> = moves.iter().filter(|(noun, _)| !parts.contains(noun)).collect();
    all.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let words: Vec<String> = all
        .iter()
        .map(|(noun, n)| format!("{} {}", fields::noun(*noun).of(lang), format::count(*n)))
        .collect();
    if words.is_empty() {
        return NOTHING_MOVES.of(lang).to_owned();
    }
    MOVES.with(lang, &[&format::list(&words.iter().map(String::as_str).collect::<Vec<_>>(), lang)])
}

/// Everything that is to be known before two are merged, a sentence each.
pub fn sentences(look: &Merging, lang: Lang) -> Vec<String> {
    let mut all = vec![moves(&look.moves, lang)];
    let filled: Vec<&str> =
        look.met.iter().filter(|met| met.fills).map(|met| fields::label(met.field).of(lang)).collect();
    if !filled.is_empty() {
        all.push(FILLS.with(lang, &[&format::list(&filled, lang)]));
    }
    if look.keep.owner != look.gone.owner {
        all.push(GOES_TO.with(lang, &[&look.gone.owner, &look.keep.owner]));
    }
    all.push(STAYS_FOUND.with(lang, &[&look.gone.code]));
    let known = look.met.iter().filter(|met| !met.fills && met.field.spec().private);
    let aside: Vec<&str> = known
        .map(|met| fields::label(met.field).of(lang))
        .chain(look.own.iter().map(|met| met.name.as_str()))
        .collect();
    if !aside.is_empty() {
        all.push(PRIVATE_ASIDE.with(lang, &[&format::list(&aside, lang)]));
    }
    all
}
