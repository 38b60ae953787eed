//! The words of the import wizard.

use super::Lang;
use crate::domain::import::Report;
use crate::domain::industries::{Doubt, doubt};

/// What an industry costs that has no average and is no standard term, and what may have been meant; none of any other.
pub fn unaveraged(typed: &str, averaged: &[&str], lang: Lang) -> Option<String> {
    Some(match doubt(typed, averaged)? {
        Doubt::Unknown => INDUSTRY_UNKNOWN.with(lang, &[&typed, &typed]),
        Doubt::Meant(meant) => INDUSTRY_MEANT.with(lang, &[&typed, &meant]),
    })
}

/// How a file is cut: by which delimiter, or which sheet of a workbook.
pub fn cut(report: &Report, lang: Lang) -> String {
    match (report.delimiter, &report.sheet) {
        (_, Some(sheet)) => SHEET.with(lang, &[sheet]),
        (Some('\t'), _) => SEPARATED.with(lang, &[&"TAB"]),
        (Some(delimiter), _) => SEPARATED.with(lang, &[&delimiter]),
        (None, None) => String::new(),
    }
}

super::texts! {
    CHOOSE "Choose" "选择";
    IN_BACKGROUND "Go on working meanwhile" "后台继续";
    GO "Import" "导入";
    OTHER_NOUN "Take it for something else" "换一种内容";
    OTHER_FILE "Another file" "换文件";
    CLOSE "Close" "关闭";
    NO_FILES "No table in this folder (.xlsx, .csv, .txt, .tsv)" "此文件夹没有表格文件(.xlsx、.csv、.txt、.tsv)";
    READING "Reading:" "正在读取:";
    IMPORTING "Importing:" "正在导入:";
    ROWS "{} {row|rows}" "{} 行";
    HEAD "{} · {} · {} · {}" "{} · {} · {} · {}";
    SEPARATED "separated by {}" "分隔符 {}";
    SHEET "sheet “{}”" "工作表“{}”";
    SHEETS "Sheets that were not read: {}" "未读取的工作表:{}";
    OTHER_SHEET "Another sheet" "换工作表";
    WOULD "{} {row|rows} = {} new + {} updated + {} known already + {} rejected" "{} 行 = 新增 {} + 更新 {} + 已有(无新内容) {} + 拒绝 {}";
    HAS "Done: {} {row|rows} = {} new + {} updated + {} known already + {} rejected" "已完成:{} 行 = 新增 {} + 更新 {} + 已有(无新内容) {} + 拒绝 {}";
    CUSTOMERS_MADE "Besides, {} {customer|customers} made for rows that name an unknown one" "另为未知客户新建 {} 户";
    REJECTS "{} {row does not fit and stays|rows do not fit and stay} out" "{} 行不符合要求,未导入";
    WARNINGS "{} {row comes|rows come} in without a cell that cannot be read" "{} 行中有无法识别的单元格,已略去该格导入";
    PICK_HINT "type a part of a name, or a path (~ is your home)" "输入文件名的一部分或路径(~ 为个人目录)";
    NO_FOLDER "There is no such folder." "没有此文件夹。";
    NO_FIT "No file here has this in its name; Enter tries it as typed." "此处没有匹配的文件名;按 Enter 按所输路径读取。";
    COLUMN_TO "{} → {}" "{} → {}";
    GAPS "{} {record has a gap|records have gaps} to fill later" "{} 条记录有待补内容";
    REJECTS_FILE "The rows left out stand in {} with the reason" "被拒的行及原因写在 {}";
    MISSING "Column missing: {}" "缺少列:{}";
    WITHIN "{} {order lies|orders lie} on or before the day of an imported total and {is|are} added to it. Where that total holds them already, take one of the two imports back, or import the customers without their totals." "{} 笔订单的日期不晚于已导入累计金额的统计日,将再计入累计金额。若累计金额已含这些订单,请撤销其中一次导入,或导入客户时不含累计金额列。";
    NOTHING_CAME "Nothing came in: every row was refused." "没有导入任何内容:所有行均被拒绝。";
    INDUSTRIES "Industries without an average, whose customers get no segment: {}. “guanxi benchmark INDUSTRY YUAN” enters one." "以下行业没有行业平均,其客户无法分层:{}。可用“guanxi benchmark 行业 金额”录入。";
    INDUSTRY_UNKNOWN "“{}” is an industry without an average, and a customer of it gets no segment; “guanxi benchmark {} YUAN” enters one." "行业“{}”没有行业平均,该客户无法分层;可用“guanxi benchmark {} 金额”录入。";
    INDUSTRY_MEANT "“{}” is an industry without an average, and a customer of it gets no segment; did you mean “{}”?" "行业“{}”没有行业平均,该客户无法分层;是否指“{}”?";
    CHANGES "{} known {record gets|records get} another value in a field:" "{} 条已有记录的字段将被改写:";
    CHANGED "line {}: {}: {}" "第{}行:{}:{}";
    CHANGED_MORE "… and {} more updated; --json tells them." "……另有更新{}条,--json 可列出。";
    LINE "line {}: {}" "第{}行:{}";
    ALIKE "line {}: {} looks like {}" "第{}行:{}与{}疑似重复";
    TAKE_FOR "What the column is" "该列对应";
    CORRECT "Correct a column" "更正列";
    LEFT_OUT "left out" "不导入";
    LEFT_OUT_KEEP "left out · e keeps" "不导入 · e 可保留";
    KEEP_OWN "A column that is left out can be kept as a field of your own: write “{} = own” into a file and name it with --map." "未导入的列可保留为自有字段:在文件中写“{} = own”,用--map指定该文件。";
}
