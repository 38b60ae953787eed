//! Files in and out, in words: what is wrong with a file, a row or a cell, and what to do about it.

super::texts! {
    NO_FILE "{} cannot be read ({}); check the path and the permissions." "无法读取{}({}),请检查路径和权限。";
    OLD_XLS "This is a workbook of an old Excel (.xls); in Excel choose “Save as”, “Excel Workbook (.xlsx)” or “CSV UTF-8”, and import that file." "这是旧版Excel工作簿(.xls);请在Excel中“另存为”“Excel工作簿(.xlsx)”或“CSV UTF-8”后再导入。";
    OTHER_ZIP "This is a packed file without an Excel workbook (.xlsx) in it; save the table as .xlsx or “CSV UTF-8”, or unpack the file first." "这是压缩格式的文件,其中没有Excel工作簿(.xlsx);请将表格另存为.xlsx或“CSV UTF-8”,压缩包请先解压。";
    BOOK_DAMAGED "This workbook is damaged; open it in Excel, save it anew as .xlsx or “CSV UTF-8”, and import that file." "工作簿已损坏;请用Excel打开,重新另存为.xlsx或“CSV UTF-8”后再导入。";
    BOOK_HUGE "This workbook is larger than can be read at once; in Excel choose “Save as”, “CSV UTF-8”, and import that file, which may be of any size." "工作簿过大,无法读取;请在Excel中“另存为”“CSV UTF-8”后导入,CSV大小不限。";
    BOOK_CELL "In or below row {} a cell says {}, which cannot be read; clear it in Excel or save the sheet as “CSV UTF-8”, and import again." "第{}行或其下有单元格为{},无法读取;请在Excel中清除该值,或另存为“CSV UTF-8”后再导入。";
    BOOK_LOCKED "This workbook has a password; take the password off in Excel, save, and import again." "工作簿有密码;请在Excel中取消密码并保存后再导入。";
    NO_SHEET "The workbook has no sheet “{}”; it has {}." "工作簿没有工作表“{}”,现有:{}。";
    OF_SHEET "Sheet “{}”: {}" "工作表“{}”:{}";
    NO_SHEETS "--sheet is for workbooks, and this file is text; leave it out." "--sheet 只用于Excel工作簿,此文件是文本,请去掉该选项。";
    PACKED "This file is compressed; unpack it and import what is inside." "这是压缩文件,请解压后再导入。";
    DATABASE "This is a database and no table; open it with --db FILE, and export a CSV from it." "这是数据库，不是表格；请用 --db FILE 打开，再从中导出CSV。";
    PDF "This is a PDF and no table; ask for the data as CSV." "这是PDF,不是表格,请索取CSV格式的数据。";
    NO_TABLE "This is neither text nor an Excel workbook, and there is no table in it; choose another file, or save the table as .xlsx or “CSV UTF-8”." "此文件既不是文本,也不是Excel工作簿,其中没有表格;请换一个文件,或将表格另存为.xlsx或“CSV UTF-8”。";
    EMPTY_FILE "There is nothing in this file; check that it is the right one and was saved." "文件是空的,请确认选对文件并已保存。";
    NO_ROWS "There are headings and no rows below them; check that it is the right file." "只有表头,没有数据行,请确认选对文件。";
    NO_COLUMNS "No columns can be told apart; separate the cells by comma, tab or semicolon (in Excel: save as “CSV UTF-8”)." "无法分出各列;请用逗号、制表符或分号分隔(Excel中另存为“CSV UTF-8”)。";
    OPEN_QUOTE "A quotation mark opened near line {} is never closed; close it or delete it, and import again." "第{}行附近的引号没有闭合,请补上或删除后重新导入。";
    NOT_TEXT "Near line {} there is no readable text; save the file as “CSV UTF-8” and import again." "第{}行附近不是可读文字,请另存为“CSV UTF-8”后重新导入。";
    UNKNOWN_HEADINGS "None of these is a heading I can build on: {}. Name the columns in the first line, such as “{}”, or give a --map file with lines “heading = column”." "无法识别表头:{}。请在首行写明列名,如“{}”,或用 --map 文件逐行写“表头 = 列名”。";
    EXAMPLE "Customer number, Customer name, Phone" "客户编号、客户名称、电话";
    MISSING "The file has no column “{}”, which {} need; its headings are {}. Add it, or give a --map file with lines “heading = column”." "文件缺少“{}”列({}必需),现有表头:{}。请补上该列,或用 --map 文件逐行写“表头 = 列名”。";
    MAP_LINE "Mapping file, line {}: write “heading = column”." "映射文件第{}行:请写成“表头 = 列名”。";
    MAP_WORD "Mapping file, line {}: “{}” is no column; write one of {}." "映射文件第{}行:没有列“{}”,可用:{}。";
    MAP_TWICE "Mapping file, line {}: “{}” was assigned before; delete one of the two lines." "映射文件第{}行:“{}”已指定过,请删去其中一行。";
    NO_REJECTS "The file for rejected rows, {}, cannot be written ({}); name another with --rejects." "无法写入拒绝行文件{}({}),请用 --rejects 另指定。";
    REJECTS_INPUT "{} is the file that is read; name another for rejected rows with --rejects." "{}正是要导入的文件;请用 --rejects 为拒绝行另指定文件。";
    CUT "The import stopped early: {} What had come in by then is kept; undo takes it back." "导入中途停止:{}此前已导入的内容保留,可以撤销。";

    CELL_DECODE "{}: “{}” has bytes that are no text; save the file as UTF-8." "{}:“{}”含有无法识别的字节,请将文件另存为UTF-8。";
    CELL_LONG "{}: longer than {} {character|characters}; shorten it." "{}:超过{}个字,请缩短。";
    CELL_FORMULA "{}: “{}” is an error of a formula; put the value there." "{}:“{}”是公式错误,请填入数值。";
    CELL_DATE "{}: “{}” is no date; write 2024-06-17." "{}:“{}”不是日期,请写成2024-06-17。";
    CELL_AMOUNT "{}: “{}” is no amount; write 86400, 86,400.50 or 10万元." "{}:“{}”不是金额,请写成86400、86,400.50或10万元。";
    CELL_YEAR "{}: “{}” is no year; write 2024." "{}:“{}”不是年份,请写成2024。";
    AVERAGES_LACK "A file of averages needs a column “industry” and a column “mean”, and may have a column “year”; these are its headings: {}." "行业平均文件需有“行业”列和“平均”列,可有“年份”列;现有表头:{}。";
    CELL_INTEGER "{}: “{}” is no whole number; write 120." "{}:“{}”不是整数,请写成120。";
    CELL_YES_NO "{}: “{}” is neither yes nor no." "{}:“{}”不是“是”或“否”。";
    CELL_WORD "{}: “{}” is not known; write one of {}." "{}:没有“{}”,请写{}之一。";
    CELL_SIZE "{}: “{}” is no size; write 小型, 中型, 大型 or a number of employees." "{}:“{}”不是企业规模,请写小型、中型、大型或员工数。";
    CELL_PHONES "{}: “{}” is no phone number." "{}:“{}”不是电话号码。";
    CELL_LINES "{}: goes over several lines; a quotation mark is left open here, or a line break stands in the name." "{}:跨了多行,此处引号未闭合,或名称中有换行。";
    CELL_DIGITS "{}: “{}” has lost its digits in the spreadsheet; format the column as text and type the number again." "{}:“{}”的数字已在表格中丢失,请将该列设为文本后重新填写。";
    CELL_EMAILS "{}: “{}” is no e-mail address." "{}:“{}”不是邮箱地址。";
    ROW_SHIFTED "This row has more cells than there are headings; put quotation marks around a cell that has the delimiter inside." "本行单元格比表头多,含分隔符的单元格请加引号。";
    ROW_WHOSE "No customer has the number “{}”; import the customers first, or add a column with their names." "没有编号为“{}”的客户,请先导入客户,或增加客户名称列。";
    ROW_NAME "No customer is called “{}”; import the customers first, or add a column with their numbers." "没有名为“{}”的客户,请先导入客户,或增加客户编号列。";
    ROW_NOBODY "The row does not say whose it is; fill in number or name." "本行没有客户,请填写客户编号或名称。";
    ROW_SEVERAL "Several customers are called “{}”; add their number." "有多位客户名为“{}”,请补充客户编号。";
    ROW_FIELD "{}: please fill it in." "{}:请填写。";
    ROW_DEAL "{}: “{}” is no order yet; import it when it has been won." "{}:“{}”尚未成交,成交后再导入。";
    ROW_FUTURE "{}: “{}” lies in the future." "{}:“{}”是将来的时间。";
    REASON_HEADING "Reject reason" "拒绝原因";
    LINE_HEADING "Source line" "行号";

    NEXT_KEPT "Next: {}" "下一步:{}";
    NEXT_OPEN "Set a date: {}" "待定时间:{}";
    NOTED "{}: {}" "{}:{}";

    CUSTOMERS "customers" "客户";
    CONTACTS "contacts" "联系人";
    ORDERS "orders" "订单";
    SURVEYS "surveys" "满意度调查";
    TOUCHES "touches" "互动记录";
}
