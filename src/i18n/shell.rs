//! The words around the panes: title bar, key bar, popups, notices.

super::texts! {
    SAVED "{} · {} · {} undoes" "{} · {} · {} 撤销";
    UNDONE "Taken back: {}" "已撤销:{}";
    REDONE "Brought back: {}" "已恢复:{}";
    NOTHING_CHANGED "Nothing changed" "没有改动";
    THEIRS_STAND "Your colleague's values stand" "保留同事的内容";
    LOOKS_ALIKE "looks like {} {}" "疑似与{} {}重复";
    MERGED "{} changed “{}” meanwhile; both are kept" "{}同时改了“{}”,两处都已保留";
    WORKING "Working: {} of {}" "处理中:{} / {}";
    IMPORTED "Imported: {} in, {} refused · {} undoes" "导入完成:{}行成功,{}行被拒 · {} 撤销";
    DRAFTS_LEFT "{} forms from last time wait: {}" "上次有{}个表单未完成:{}";
    NO_FORMS "No form waits" "没有待续表单";
    PARKED "The form waits: {} brings it back" "表单已暂存:{} 继续";
    PROMISE_NOW "Now: {} — {}" "现在:{} — {}";
    COPIED "Copied (if your terminal allows it): {}" "已复制(若终端允许):{}";
    NEW_OF "New {}" "新建{}";
    EDIT_OF "Edit {}" "修改{}";
    ALL_CUSTOMERS "All customers" "全部客户";
    MY_CUSTOMERS "My customers" "我的客户";
}
