//! The sentences around the screen: what the loop has to say before, after and beside it.

use super::{Lang, format};
use crate::store::request::Opening;

super::texts! {
    COPIED "Made by an older version: first a copy of it, {} of {} MB" "该文件由旧版本建立,先备份:{} / {} MB";
    CHECKED "The copy is being checked, {} MB" "正在核对备份:{} MB";
    UPGRADED "The file is brought to this version: step {} of {}" "正在升级数据文件:第{}步,共{}步";
    JOINED "Figures and look-up are made anew: all customers are done, now it is put in order" "正在重建指标与查找索引:客户已全部完成,正在整理";
    COMPUTED "Figures and look-up are made anew: {} of {} {customer|customers}" "正在重建指标与查找索引:{} / {} 户";
    BAD_NOW "GUANXI_NOW: “{}” is no instant; write 2024-05-20T14:02:00+08:00." "GUANXI_NOW:“{}”不是时刻,请写成2024-05-20T14:02:00+08:00。";
    NO_COMMAND "{}: there is no command “{}”; see “guanxi man” for their names." "{}:没有命令“{}”,名称见“guanxi man”。";
    NO_SETTING "{}: there is no setting “{}”; write {}." "{}:没有设置项“{}”,可写 {}。";
    NO_VALUE "{}: “{}” takes {}." "{}:“{}”可取 {}。";
    NO_TOML "{}: line {} is not written as name = value." "{}:第{}行不是“名称 = 值”的写法。";
    NO_KEYS "{}: line {} cannot be read; write it like log = [\"L\"]." "{}:第{}行无法识别,请写成 log = [\"L\"]。";
    NO_KEY "{}: “{}” is no key; write e, F4, Ctrl-R, Space or g g." "{}:“{}”不是按键,请写成 e、F4、Ctrl-R、Space 或 g g。";
    KEY_TWICE "{}: {} is wanted by both {} and {}; give one of them another key." "{}:{} 同时用于 {} 和 {},请更换其一。";
    UNKNOWN_PERSON "“{}” does not work here: ask the administrator to add you, or set GUANXI_USER." "这里没有用户“{}”:请管理员添加,或设置GUANXI_USER。";
    NAME_FOR_LOGIN "“{}” is a name and no login; set GUANXI_USER={}." "“{}”是姓名而非登录名,请设置GUANXI_USER={}。";
    FROZEN "Your access was frozen; what you typed is kept. Ask your administrator." "您的权限已被冻结,输入的内容已保留,请联系管理员。";
    IDLE "Nothing was typed for a long time, so the session has ended. Forms with text are kept; log in again to go on where you were." "长时间未操作,会话已结束。未保存的表单已保留,重新登录即可继续。";
    NOT_KEPT "The draft could not be kept on disk ({}); do not close the window before saving." "草稿无法写入磁盘({}),保存前请勿关闭窗口。";
    ONLY_READ "{} can only be read: look up what you like, but nothing is saved." "{}只能读取:可以查询,但无法保存。";
    FULL_TO_READ "The disk is full: look up what you like, but nothing is saved until there is room." "磁盘已满:可以查询,清理出空间前无法保存。";
    NOT_COPIED "This is too long for the clipboard." "内容过长,无法复制。";
    PRINTED "Written to {}" "已写入 {}";
    NOT_PRINTED "The list could not be written: {}" "清单无法写入:{}";
    BROKEN "guanxi stopped because of a defect ({}). Your drafts are kept; start it again and press F5." "guanxi因内部错误停止({})。草稿已保留,重新启动后按F5继续。";
}

/// Somebody who does not work here: what to do, and the login where the name of a person stands in its place.
pub fn stranger(login: &str, meant: Option<&str>, lang: Lang) -> String {
    match meant {
        Some(meant) => NAME_FOR_LOGIN.with(lang, &[&login, &meant]),
        None => UNKNOWN_PERSON.with(lang, &[&login]),
    }
}

/// What opening the database is busy with, in one line.
pub fn opening(what: Opening, lang: Lang) -> String {
    let count = |n: u64| format::count(i64::try_from(n).unwrap_or(i64::MAX));
    let mega = |bytes: u64| count(bytes.div_ceil(1 << 20));
    match what {
        Opening::Copied(done, of) => COPIED.with(lang, &[&mega(done), &mega(of)]),
        Opening::Checked(bytes) => CHECKED.with(lang, &[&mega(bytes)]),
        Opening::Upgraded(step, of) => UPGRADED.with(lang, &[&step, &of]),
        Opening::Joined => JOINED.of(lang).to_owned(),
        Opening::Computed(done, of) => COMPUTED.with(lang, &[&count(done), &count(of)]),
    }
}
