//! The questions of the half-yearly survey (H22): a setting names them one after the other, with commas of either kind. Their
//! scores are kept in the same order, so that a question is known by its place.

/// The names of questions as they are written in a setting.
pub fn questions(list: &str) -> impl Iterator<Item = &str> {
    list.split([',', '，', '、']).map(str::trim).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_parted_by_commas_of_either_kind_and_empty_ones_are_none() {
        let read = |list| questions(list).collect::<Vec<_>>().join("|");
        assert_eq!(read("产品质量,服务响应，交付及时、 价格合理 ,,"), "产品质量|服务响应|交付及时|价格合理");
        assert_eq!(read(" , "), "");
    }
}
