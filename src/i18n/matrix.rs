//! The words of the strategy matrix.

super::texts! {
    VIEW "Matrix" "策略矩阵";
    SCHEMES_HINT "← → other schemes" "← → 切换分类方案";
    TITLE "Strategy by {}" "{}策略";
    CLASS "Class" "分类";
    ACCOUNTS "Accounts" "客户数";
    ON_CADENCE "On cadence" "按节奏";
    GOAL "Goal" "维系目标";
    RHYTHM "Touches, every … days" "互动频率(天)";
    CONTENT "Content" "互动内容";
    CHANNELS "Channels" "渠道";
    POST "Responsible" "责任岗位";
    BUDGET "Budget a year" "年预算 元";
    CAP "Cap" "触达上限";
    LOAD "Accounts a head" "人均客户";
    SCENE "Scene" "场景";
    SCRIPT "Script" "话术";
    SOURCE "Source" "出处";
    NO_ROWS "This scheme has no strategy yet." "该分类体系尚无策略。";
    NO_FILTER "The list cannot be filtered by {} yet." "客户列表暂不能按{}筛选。";
    NO_BUDGET "–" "–";
}
