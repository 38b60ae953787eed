//! The words around the panes: title bar, key bar, popups, notices.

super::texts! {
    SAVED "Saved · {} undoes" "已保存 · {} 撤销";
}
