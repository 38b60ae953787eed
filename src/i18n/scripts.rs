//! The words of scripts, gifts, contents and the catalogue; places of scripts by name, and a script as it is shown.

use super::{Lang, words};

super::texts! {
    SCRIPTS "Scripts" "话术";
    GIFTS "Gifts" "礼品";
    CONTENTS "Content" "内容资料";
    PRODUCTS "Products" "产品目录";
    ACTIVATIONS "Activation" "高潜力激活";
    ON_PROFILE "Activations begin and end on the profile of their customer." "激活计划请在客户档案中新建或删除。";
    CUSTOMER "Customer" "客户";
    CAUSE "Cause" "契机";
    PLAN "Solution" "针对性方案";
    STARTED "Started" "启动";
    GOAL "Goal by" "目标日期";
    OUTCOME "Result" "结果";
    OWNER "Owner" "负责人";
    TALLY "{} of {} became a deal in time ({}), target {}% · {} running, {} of them won already" "到期成交 {}/{}({}),目标 {}% · 进行中 {},其中已成交 {}";
    WEEK "week of {}: {} of {} · {} running, {} won" "{}当周:成交 {}/{} · 进行中 {},已成交 {}";
    CODE "Code" "编号";
    TITLE "Title" "标题";
    STATE "State" "状态";
    FOR "For" "适用客户";
    SCENE "Scene" "场景";
    USES "Uses" "使用";
    ANSWERED "Answered" "响应率";
    EVERYBODY "everybody" "全部客户";
    LACKS "lacks {}" "缺少{}";
    TEMPLATE "template, to be filled" "模板,占位待填";
    NO_ROWS "Nothing here yet: {} makes the first." "暂无内容:{} 新建。";
    SCRIPTS_ONLY "Only scripts are approved and withdrawn." "仅话术需要审核。";
    IS_SO "It is {} already." "已是“{}”状态。";
    SAID_TO "To {}" "对 {}";
    TEXT "Text" "内容";
    NEEDS "Need tags" "需求标签";
    CHANNELS "Channels" "渠道";
    REVIEW "Review" "审核";
    BY_ON "{} by {}, {}" "{} · {} · {}";
    OF_HANDBOOK "from the handbook" "出自手册";
    VERSION "version {}" "第{}版";
    AUTHOR "written by {}" "作者 {}";
    RESULT "Result" "效果";
    RESULT_OF "{} proactive {touch|touches}, {} answered, {} converted" "主动触达 {} 次,响应 {},转化 {}";
    GIFT_LEFT "{} left" "库存 {}";
    GIFT_GONE "none is left: take another" "已无库存,请另选";
    GIFT_COSTS "{} yuan each" "每份 {} 元";
    COPIED_OPEN "Copied, but still to be filled in: {}" "已复制,但尚缺:{},发送前请补全";
}

/// A note on a gift, a content or a script: one that is nothing but ids of the handbooks' rules says that alone.
pub fn note(text: &str, lang: Lang) -> String {
    if super::shipped::is_ids(text) { OF_HANDBOOK.of(lang).to_owned() } else { text.to_owned() }
}

/// A script as people read it: places without a value by their names in the person's language.
pub fn shown(text: &str, lang: Lang) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('⟨') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('⟩') else {
            out.push('⟨');
            rest = after;
            continue;
        };
        out.push('⟨');
        out.push_str(words::word("place", name, lang));
        out.push('⟩');
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The places of a text that are still to be filled in: of a shown script `⟨product⟩`, of a template `{product}` too.
pub fn open_places(text: &str) -> Vec<&str> {
    let shown = text.split('⟨').skip(1).filter_map(|part| part.split_once('⟩')).map(|(name, _)| name);
    let template = text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name);
    // a place with a value of its own, `{slots=3}`, is filled when the script is said
    let mut places: Vec<&str> = shown.chain(template.filter(|name| !name.contains('='))).collect();
    places.retain(|name| !name.is_empty());
    places
}

/// Places in words, one after the other.
pub fn places(open: &[&str], lang: Lang) -> String {
    let said: Vec<&str> = open.iter().map(|name| words::word("place", name, lang)).collect();
    super::format::list(&said, lang)
}

/// What stands beside a text that is offered to be copied: its title, and what it still lacks.
pub fn offered(text: &str, title: &str, lang: Lang) -> String {
    let open = open_places(text);
    match (open.is_empty(), title.is_empty()) {
        (true, _) => title.to_owned(),
        (false, true) => LACKS.with(lang, &[&places(&open, lang)]),
        (false, false) => format!("{title} · {}", LACKS.with(lang, &[&places(&open, lang)])),
    }
}

/// For whom something is: `segment:high` as `高价值`.
pub fn target(classes: &[String], lang: Lang) -> String {
    if classes.is_empty() {
        return EVERYBODY.of(lang).to_owned();
    }
    let words: Vec<&str> = classes
        .iter()
        .map(|class| {
            class.split_once(':').map_or(class.as_str(), |(scheme, id)| words::word(scheme, id, lang))
        })
        .collect();
    super::format::list(&words, lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_shows_by_its_name_and_is_known_to_be_open() {
        assert_eq!(shown("陈总,⟨product⟩新品", Lang::Zh), "陈总,⟨产品⟩新品");
        assert_eq!(shown("⟨product⟩ ⟨", Lang::En), "⟨product⟩ ⟨");
        assert_eq!(open_places("a⟨产品⟩b⟨功能⟩"), ["产品", "功能"]);
        assert_eq!(open_places("{contact},{slots=3}个名额"), ["contact"]);
        assert_eq!(target(&["segment:high".into(), "grade:B".into()], Lang::Zh), "高价值、B");
        assert_eq!(target(&[], Lang::En), "everybody");
        assert_eq!(offered("a⟨产品⟩", "新品", Lang::Zh), "新品 · 缺少产品");
        assert_eq!(offered("a", "visit", Lang::En), "visit");
    }
}
