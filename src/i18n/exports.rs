//! The words of exports: the headings of columns, each one that the importer reads as the same column, and what is said
//! when rows have left.

use super::word::w;
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
    ("uid", w("uid", "编码")),
    ("cause", w("cause", "来由")),
    ("text", w("text", "事项")),
    ("on", w("on", "日期")),
    ("time", w("time", "时间")),
    ("yearly", w("yearly", "每年重复")),
    ("scheme", w("scheme", "分类方案")),
    ("class", w("class", "分类")),
    ("goal", w("goal", "管理目标")),
    ("scene", w("scene", "场景")),
    ("touches", w("touches", "触达频率(理想/最长天数)")),
    ("content", w("content", "内容")),
    ("channels", w("channels", "渠道")),
    ("script", w("script", "话术")),
    ("post", w("post", "责任岗位")),
    ("person", w("person", "责任人")),
    ("budget", w("budget", "每户年预算")),
    ("bound", w("bound", "预算口径")),
    ("touch_cost", w("touch_cost", "单次成本上限")),
    ("cap", w("cap", "触达上限")),
    ("cap_window", w("cap_window", "上限周期")),
    ("load_low", w("load_low", "人均户数下限")),
    ("load_high", w("load_high", "人均户数上限")),
    ("resources", w("resources", "资源支持")),
    ("accounts", w("accounts", "户数")),
    ("clocked", w("clocked", "计时户数")),
    ("on_cadence", w("on_cadence", "按节奏户数")),
    ("due_week", w("due_week", "本周到期")),
    ("spent", w("spent", "本年费用")),
    ("spent_percent", w("spent_percent", "预算执行(%)")),
    ("feasible_percent", w("feasible_percent", "可行性(%)")),
    ("period", w("period", "期间")),
    ("kpi", w("kpi", "指标编码")),
    ("figure", w("figure", "指标")),
    ("unit", w("unit", "单位")),
    ("value", w("value", "数值")),
    ("hits", w("hits", "分子")),
    ("cases", w("cases", "分母")),
    ("low", w("low", "区间下限")),
    ("high", w("high", "区间上限")),
    ("pending", w("pending", "未到期")),
    ("target", w("target", "目标")),
    ("verdict", w("verdict", "达标")),
];

super::texts! {
    YES "yes" "是";
    NO "no" "否";
    LEFT_STORE "{} {row has|rows have} left for {}; this is in the history." "已导出{}行至{},并记入操作记录。";
    STANDARD_OUTPUT "standard output" "标准输出";
    BEYOND "{} {customer of this filter is|customers of this filter are} not yours to take out and {is|are} left out." "筛选结果中有{}户不在您的导出权限内,未导出。";
    LARGE "A large export: your manager and the data security officer are told." "本次导出数量较大,将提示主管和数据安全负责人。";
    CUT_OFF "The export was cut off after {} {row|rows}: {}." "导出在{}行后中断:{}。";
    NOT_MADE "{} cannot be made: {}." "无法创建{}:{}。";
    FILE_FAILED "{}: {}." "{}:{}。";
    NO_LIST "{} is no folder that `export all` has written: its guanxi.toml is missing or unreadable." "{}不是export all写出的文件夹:缺少guanxi.toml或无法读取。";
    OTHER_ROWS "{} has {} {row|rows}, which is not what its list says: a file was cut or changed." "{}有{}行,与清单不符:文件被截断或改动。";
    UNFIT_VALUE "{}, line {}: what stands there does not fit ({}). Nothing was written." "{}第{}行的内容不符合要求({}),未写入任何数据。";
    NOT_EMPTY "{} holds data already; name a new file with --db." "{}中已有数据,请用--db指定新文件。";
    ALL_IN "{} {row|rows} came in from {}." "已导入{}行,来自{}。";
    FOLDER_NEEDED "Everything goes into a folder: name one with -o." "导出全部数据需用-o指定文件夹。";
    FAULTS "What came in is not sound: {}" "导入的数据不一致:{}";
    TOO_LONG "A workbook takes {} {row|rows} and these are more: export csv, or fewer of them." "工作簿最多{}行,本次超出:请改用csv或缩小范围。";
    UNFIT "{} cannot be written as {}; choose {}." "{}不能导出为{},可选{}。";
    ONLY_BOARD "--period is for the board alone." "--period仅用于看板。";
    NO_FILTER "The {} concerns no single customer: it takes no --where." "{}不针对单个客户,不支持--where。";
    NEEDS_FILE "A workbook is not for a terminal: name a file with -o." "工作簿不能显示在终端:请用-o指定文件。";
    NOT_HERE "A session over SSH writes no file; from your own machine: ssh … export customers --reason … > customers.csv" "SSH会话不写文件,请在自己的机器上运行:ssh … export customers --reason … > customers.csv";
    BEGUN "{} is being written…" "正在导出{}…";
    OF_ALL "all of yours" "您可导出的全部";
    OF_MARKED "{} marked" "已标记{}户";
    FOR "{} · {}" "{} · {}";
    H_EXPORT "Take customers, contacts, orders, touches, dates, the matrix or the board out to a file" "导出客户、联系人、订单、互动、日程、策略表或看板";
    A_WHAT "What is taken out" "导出内容";
    A_WHERE "Of which customers, in the filter language" "按筛选语句选择客户";
    A_FORMAT "csv, xlsx or json; vcf of contacts, ics of the calendar; else by the name of the file" "csv、xlsx、json;联系人可vcf,日程可ics;默认按文件名";
    A_BOARD_PERIOD "Which period of the board" "看板的期间";
    A_OUT "The file to make (else standard output)" "输出文件(默认标准输出)";
    A_WHY "Why; kept in the log of exports" "原因,记入导出日志";
}

/// The kind of a touch, which is another thing than that of a customer.
const TOUCH_KIND: Text = w("kind", "触达类型");

/// And what a date is.
const DATE_KIND: Text = w("kind", "类别");

/// The heading of a column.
pub fn heading(column: &Column, lang: Lang) -> &str {
    match column.form {
        Form::Word("touch_kind") => return TOUCH_KIND.of(lang),
        Form::Word("date") => return DATE_KIND.of(lang),
        _ => {}
    }
    HEADINGS.iter().find(|(id, _)| *id == column.id).map_or(column.id.as_ref(), |(_, text)| text.of(lang))
}
