//! The import of a company's books: what is wrong with a file or a row, and what came in.

super::texts! {
    NO_FOLDER "{} is no folder; name the folder that holds customers.csv and the other books." "{}不是文件夹,请给出放有customers.csv等账簿的文件夹。";
    NO_CUSTOMERS "{} has no customers.csv; the books begin with it." "{}里没有customers.csv,账簿从它开始。";
    UNREADABLE "{}: cannot be read ({}); save it as CSV in UTF-8." "{}:无法读取({}),请存为UTF-8的CSV。";
    NO_COLUMN "{}: the column “{}” is missing; add it to the first line." "{}:缺少“{}”列,请在首行补上。";
    CELL_EMPTY "{}: please fill it in." "{}:请填写。";
    CELL_INSTANT "{}: “{}” is no instant; write 2025-08-01T01:00:00Z." "{}:“{}”不是时刻,请写成2025-08-01T01:00:00Z。";
    CELL_DAY "{}: “{}” is no day; write 2025-08-01." "{}:“{}”不是日期,请写成2025-08-01。";
    CELL_NUMBER "{}: “{}” is no whole number from zero." "{}:“{}”不是非负整数。";
    CELL_ABOVE "{}: “{}” is no whole number above zero." "{}:“{}”不是正整数。";
    CELL_RATE "{}: “{}” is no rate; write it with at most six decimals, such as 7.123456." "{}:“{}”不是汇率,请用至多六位小数,如7.123456。";
    CELL_FLAG "{}: “{}” is neither 1 nor 0." "{}:“{}”不是1或0。";
    CELL_WORD "{}: “{}” is not known; write one of {}." "{}:没有“{}”,请写{}之一。";
    CELL_RANGE "{}: “{}” does not lie between {} and {}." "{}:“{}”不在{}与{}之间。";
    CELL_PERIOD "{}: “{}” is no period; write 2025-08 or 2025." "{}:“{}”不是期间,请写成2025-08或2025。";
    TWICE "{}: “{}” stands in an earlier line already." "{}:“{}”在前面的行里已有。";
    CIRCLE "{}: “{}” is merged into itself." "{}:“{}”并入了自身。";
    LINE "{}, line {}: {}" "{} 第{}行:{}";
    FILE "{}: {} {row|rows}, {} new, {} updated, {} unchanged" "{}:{}行,新增{},更新{},不变{}";
    IMPORTING "Importing {}" "正在导入{}";
}
