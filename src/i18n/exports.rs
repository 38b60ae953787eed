//! The words of exports: the headings of columns, each one that the importer reads as the same column, and what is said
//! when rows have left.

use super::words::w;
use super::{Lang, Text};
use crate::store::request::export::{Column, Form};

/// Headings by the id of the column; the English one is the id itself, as scripts want it.
const HEADINGS: &[(&str, Text)] = &[
    ("code", w("code", "客户编号")),
    ("name", w("name", "客户名称")),
    ("customer", w("customer", "客户名称")),
    ("kind", w("kind", "客户类型")),
    ("industry", w("industry", "所属行业")),
    ("size", w("size", "企业规模")),
    ("employees", w("employees", "员工数")),
    ("revenue", w("revenue", "年营收")),
    ("region", w("region", "地区")),
    ("address", w("address", "地址")),
    ("website", w("website", "网站")),
    ("source", w("source", "客户来源")),
    ("owner", w("owner", "负责人")),
    ("segment", w("segment", "客户分层")),
    ("grade", w("grade", "ABC等级")),
    ("lifecycle", w("lifecycle", "生命周期")),
    ("depth", w("depth", "合作深度")),
    ("relation", w("relation", "关系类型")),
    ("need", w("need", "需求类型")),
    ("contact", w("contact", "联系人")),
    ("title", w("title", "职位")),
    ("key", w("key", "是否关键联系人")),
    ("phone", w("phone", "电话")),
    ("wechat", w("wechat", "微信")),
    ("email", w("email", "邮箱")),
    ("tags", w("tags", "标签")),
    ("last_touch", w("last_touch", "最近互动")),
    ("next_due", w("next_due", "下一步时间")),
    ("next", w("next", "下一步行动")),
    ("last_order", w("last_order", "最近消费时间")),
    ("frequency", w("frequency", "消费频次")),
    ("spend_12m", w("spend_12m", "近12月消费额")),
    ("category", w("category", "品类")),
    ("note", w("note", "备注")),
    ("number", w("number", "订单号")),
    ("date", w("date", "下单日期")),
    ("amount", w("amount", "订单金额")),
    ("status", w("status", "订单状态")),
    ("at", w("at", "互动时间")),
    ("channel", w("channel", "互动方式")),
    ("topic", w("topic", "主题")),
    ("summary", w("summary", "互动内容简述")),
    ("feedback", w("feedback", "客户反馈")),
    ("responded", w("responded", "是否响应")),
    ("cost", w("cost", "成本")),
    ("product", w("product", "产品")),
    ("recorded_at", w("recorded_at", "录入时间")),
];

super::texts! {
    YES "yes" "是";
    NO "no" "否";
    LEFT_STORE "{} rows have left for {}; this is in the history." "已导出{}行至{},并记入操作记录。";
    STANDARD_OUTPUT "standard output" "标准输出";
    BEYOND "{} customers of this filter are not yours to take out and are left out." "筛选结果中有{}户不在您的导出权限内,未导出。";
    LARGE "A large export: your manager and the data security officer are told." "本次导出数量较大,将提示主管和数据安全负责人。";
    CUT_OFF "The export was cut off after {} rows: {}." "导出在{}行后中断:{}。";
    NOT_MADE "{} cannot be made: {}." "无法创建{}:{}。";
    H_EXPORT "Take customers, contacts, orders or touches out to a file" "导出客户、联系人、订单或互动";
    A_WHERE "Of which customers, in the filter language" "按筛选语句选择客户";
    A_FORMAT "csv or json" "csv 或 json";
    A_OUT "The file to make (else standard output)" "输出文件(默认标准输出)";
    A_WHY "Why; kept in the log of exports" "原因,记入导出日志";
}

/// The kind of a touch, which is another thing than that of a customer.
const TOUCH_KIND: Text = w("kind", "触达类型");

/// The heading of a column.
pub fn heading(column: &Column, lang: Lang) -> &'static str {
    if column.form == Form::Word("touch_kind") {
        return TOUCH_KIND.of(lang);
    }
    HEADINGS.iter().find(|(id, _)| *id == column.id).map_or(column.id, |(_, text)| text.of(lang))
}
