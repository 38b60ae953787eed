//! Values that their field could hold and that are slips of the hand all the same: out of range, of another time, no number
//! of a phone. Each sentence says what the field takes.

use super::Lang;
use super::errors::NOT_BETWEEN;
use super::filters::meant;
use crate::domain::field::{Field, Problem};

super::texts! {
    NOT_A_NUMBER "{}: “{}” is no whole number from 0 on; write one such as 120." "{}:“{}”不是0或以上的整数,请写成如120。";
    NOT_AN_AMOUNT "{}: “{}” is no amount; write 86400, 86,400.50 or 10万." "{}:“{}”不是金额,请写成86400、86,400.50或10万。";
    BELOW_ZERO "{}: {} is less than this can be; write the amount without a minus, and money given back as a refund." "{}:{}低于允许的金额,请填写不带负号的金额;退回的款项请记为退款。";
    FUTURE "{}: this lies in the future; plan it as a next action instead." "{}:时间在将来,请改记为下一步行动。";
    TOO_MUCH "{}: at most {} yuan; look at the zeros again." "{}:最多{}元,请核对位数。";
    NOT_POSITIVE "{}: {} is nothing or less; write an amount above 0, such as 86400 or 10万." "{}:{}不大于0,请填写大于0的金额,如86400或10万。";
    NOT_A_PHONE "{}: “{}” is no phone number; write one of 5 to 15 digits, such as 021-68881234, a mobile one with 11." "{}:“{}”不是电话号码,请填写5至15位数字,如021-68881234,手机号为11位。";
    NOT_AN_EMAIL "{}: “{}” is no e-mail address; write name@example.com." "{}:“{}”不是邮箱地址,请写成name@example.com。";
    TOO_EARLY "{}: {} is before 1980; look at the year again." "{}:{}早于1980年,请核对年份。";
    NO_SCRIPT "{}: no script is called “{}”; they stand in pane 4, Scripts." "{}:没有话术“{}”,话术列表见第4栏话术视图。";
    IN_A_CIRCLE "{}: this customer was itself referred by the one you name; name another one, or nobody." "{}:所填客户正是由该客户(直接或间接)介绍来的,请填写其他客户或留空。";
    ITSELF "{}: a customer is not referred by itself; name another one, or nobody." "{}:客户不能由自己介绍,请填写其他客户或留空。";
}

/// The sentence for a value that is a slip, under this label.
pub fn problem(wrong: &Problem, field: Field, label: &str, lang: Lang) -> String {
    match wrong {
        // the field says what it takes, where it takes no more than so much
        Problem::NotANumber(t) => match field.most() {
            Some(most) => NOT_BETWEEN.with(lang, &[&label, &0, &most, t]),
            None => NOT_A_NUMBER.with(lang, &[&label, t]),
        },
        Problem::NotAnAmount(t) => NOT_AN_AMOUNT.with(lang, &[&label, t]),
        Problem::BelowZero(yuan) => BELOW_ZERO.with(lang, &[&label, yuan]),
        Problem::TooMuch(most) => TOO_MUCH.with(lang, &[&label, most]),
        Problem::NotPositive(yuan) => NOT_POSITIVE.with(lang, &[&label, yuan]),
        Problem::NotAPhone(t) => NOT_A_PHONE.with(lang, &[&label, t]),
        Problem::NotAnEmail(t) => NOT_AN_EMAIL.with(lang, &[&label, t]),
        Problem::TooEarly(day) => TOO_EARLY.with(lang, &[&label, day]),
        Problem::Future => FUTURE.with(lang, &[&label]),
        Problem::NoSuchScript(t, near) => meant(NO_SCRIPT.with(lang, &[&label, t]), near.as_deref(), lang),
        Problem::Itself => ITSELF.with(lang, &[&label]),
        Problem::InACircle => IN_A_CIRCLE.with(lang, &[&label]),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::Invalid;
    use crate::i18n::errors::invalid;

    #[test]
    fn a_number_that_does_not_fit_is_told_what_its_field_takes() {
        let told = |field, typed: &str| {
            invalid(&Invalid { field, problem: Problem::NotANumber(typed.into()) }, Lang::En)
        };
        assert!(told(Field::SurveyScore, "85.5").contains("a whole number from 0 to 100, not “85.5”"));
        assert!(
            told(Field::Employees, "-5").contains("“-5” is no whole number from 0 on; write one such as 120")
        );
    }
}
