//! What works in a form, for the help that is opened over one: its keys, and how days are written.

use super::topics::Topic;
use super::{Lang, Text};

const fn w(en: &'static str, zh: &'static str) -> Text {
    Text { en, zh }
}

const FORM: Text = w("form", "表单");

/// What every form needs; `{}` is the key that lists forms that wait.
const KEYS: &[(&str, Text)] = &[
    ("Enter", w("save", "保存")),
    ("Tab ↓  Shift-Tab ↑", w("next field, field before", "下一栏、上一栏")),
    ("Esc", w("set aside with what was typed; {} brings it back", "暂存,已填内容保留;按 {} 继续填写")),
    ("Ctrl-X", w("discard what was typed", "放弃已填内容")),
    (
        "← →",
        w("choose, where a field has choices; letters narrow them", "选择(有选项的栏目);输入文字可缩小范围"),
    ),
];

/// What is needed less often.
const MORE: &[(&str, Text)] = &[
    ("Ctrl-O", w("new line in a long text", "多行文本中换行")),
    ("Ctrl-F", w("look up a customer; fills a field that names one", "查找客户;在客户栏中填入所选客户")),
    ("Ctrl-Z", w("undo in the field", "撤销本栏的修改")),
    ("Ctrl-U  Ctrl-K  Ctrl-W", w("delete to the start, to the end, a word", "删至开头、删至末尾、删一词")),
];

const DAYS: Text = w("days in words", "日期写法");
const DAYS_MEAN: Text = w(
    "tomorrow, +3d, in 3 days, next monday, 06-17, 2024-06-17; with a time: tomorrow 10:00",
    "明天、+3d、3天后、下周一、月底、6月17日、2024-06-17;带时间:明天10点",
);
const NEXT: Text = w("next actions", "后续跟进");
const NEXT_MEAN: Text = w(
    "a day and what to do, several with a comma between: in 2 days send the papers, in 3 days call",
    "日期加事项,多项用逗号分隔:2日内发送资料,3天内跟进意向",
);

/// What works in a form; `forms` is the key that lists those that wait.
pub fn topics(forms: &str, lang: Lang) -> Vec<Topic> {
    let topic = |name: &str, means: String| Topic { name: name.to_owned(), kind: FORM, means };
    let keys = |keys: &[(&str, Text)]| -> Vec<Topic> {
        keys.iter().map(|(key, means)| topic(key, means.with(lang, &[&forms]))).collect()
    };
    let days = [(DAYS, DAYS_MEAN), (NEXT, NEXT_MEAN)];
    let days = days.map(|(name, means)| topic(name.of(lang), means.of(lang).to_owned()));
    keys(KEYS).into_iter().chain(days).chain(keys(MORE)).collect()
}
