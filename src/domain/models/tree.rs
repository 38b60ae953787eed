//! A decision tree, CART by Gini (kpis.md 3.3, S4): which facts part the lost from the kept. At most three questions deep,
//! no leaf below thirty or one in a hundred; shown as sentences, never a rule that triggers work.

/// Questions one after another at most.
pub const DEPTH: usize = 3;

/// A node: a question, or a leaf.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Cases.
    pub n: usize,
    /// Of them with the outcome.
    pub hits: usize,
    /// The question; none at a leaf.
    pub split: Option<Box<Split>>,
}

/// A question: is the feature at most this?
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// Which feature.
    pub feature: usize,
    /// The middle between two neighbouring values.
    pub at_most: f64,
    /// Yes.
    pub yes: Node,
    /// No.
    pub no: Node,
}

/// The questions that lead to a leaf: feature, bound, and whether the answer is yes.
pub type Path = Vec<(usize, f64, bool)>;

/// Cases a leaf needs: thirty, or one in a hundred.
pub fn leaf(cases: usize) -> usize {
    30.max(cases.div_ceil(100))
}

/// n × the Gini impurity.
fn impurity(n: usize, hits: usize) -> f64 {
    if n == 0 {
        return 0.0;
    }
    let (n, hits) = (n as f64, hits as f64);
    2.0 * hits * (n - hits) / n
}

/// Grows a tree over `rows` of equally many features; `hit` says which have the outcome.
pub fn grow(rows: &[Vec<f32>], hit: &[bool], depth: usize, least: usize) -> Node {
    let all: Vec<usize> = (0..rows.len().min(hit.len())).collect();
    node(rows, hit, all, depth, least.max(1))
}

fn node(rows: &[Vec<f32>], hit: &[bool], cases: Vec<usize>, depth: usize, least: usize) -> Node {
    let is_hit = |i: &usize| hit.get(*i).copied().unwrap_or(false);
    let value = |i: usize, feature: usize| rows.get(i).and_then(|r| r.get(feature)).copied().unwrap_or(0.0);
    let (n, hits) = (cases.len(), cases.iter().filter(|i| is_hit(i)).count());
    let plain = Node { n, hits, split: None };
    if depth == 0 || hits == 0 || hits == n || n < 2 * least {
        return plain;
    }
    let width = cases.first().and_then(|i| rows.get(*i)).map_or(0, Vec::len);
    let whole = impurity(n, hits);
    let mut best: Option<(f64, usize, f64)> = None;
    for feature in 0..width {
        let mut sorted = cases.clone();
        sorted.sort_by(|a, b| value(*a, feature).total_cmp(&value(*b, feature)));
        let mut left_hits = 0;
        for (i, pair) in sorted.windows(2).enumerate() {
            let &[here, next] = pair else { continue };
            left_hits += usize::from(is_hit(&here));
            let left = i + 1;
            let (low, high) = (value(here, feature), value(next, feature));
            if low >= high || left < least || n - left < least {
                continue;
            }
            let gain = whole - impurity(left, left_hits) - impurity(n - left, hits - left_hits);
            if gain > 1e-12 && best.is_none_or(|(most, ..)| gain > most) {
                best = Some((gain, feature, f64::midpoint(f64::from(low), f64::from(high))));
            }
        }
    }
    let Some((_, feature, at_most)) = best else { return plain };
    let (yes, no): (Vec<usize>, Vec<usize>) =
        cases.into_iter().partition(|i| f64::from(value(*i, feature)) <= at_most);
    let yes = node(rows, hit, yes, depth - 1, least);
    let no = node(rows, hit, no, depth - 1, least);
    Node { n, hits, split: Some(Box::new(Split { feature, at_most, yes, no })) }
}

impl Node {
    /// Every leaf with the questions that lead to it.
    pub fn leaves(&self) -> Vec<(Path, &Self)> {
        let Some(split) = &self.split else { return vec![(Vec::new(), self)] };
        let mut leaves = Vec::new();
        for (node, yes) in [(&split.yes, true), (&split.no, false)] {
            for (path, leaf) in node.leaves() {
                let mut whole = vec![(split.feature, split.at_most, yes)];
                whole.extend(path);
                leaves.push((whole, leaf));
            }
        }
        leaves
    }

    /// The number of the leaf that a row ends at, in the order of [`Self::leaves`].
    pub fn leaf_of(&self, row: &[f32]) -> usize {
        let Some(split) = &self.split else { return 0 };
        if f64::from(row.get(split.feature).copied().unwrap_or(0.0)) <= split.at_most {
            split.yes.leaf_of(row)
        } else {
            split.yes.leaves().len() + split.no.leaf_of(row)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::models::cohorts::tests::{column, table};

    const INPUT: &str = include_str!("../../../tests/data/analytics/cart_telco_input.csv");
    const REFERENCE: &str = include_str!("../../../tests/data/analytics/cart_telco.json");
    const FEATURES: [&str; 5] =
        ["tenure_months", "monthly_charges", "contract_months", "paperless", "senior"];

    fn same(ours: &Node, theirs: &serde_json::Value) {
        assert_eq!(ours.n as u64, theirs["n"].as_u64().unwrap());
        assert_eq!(ours.hits as u64, theirs["churned"].as_u64().unwrap());
        match (&ours.split, theirs["split"].as_str()) {
            (None, None) => {}
            (Some(split), Some(feature)) => {
                assert_eq!(FEATURES[split.feature], feature);
                assert!((split.at_most - theirs["le"].as_f64().unwrap()).abs() <= 1e-9);
                same(&split.yes, &theirs["left"]);
                same(&split.no, &theirs["right"]);
            }
            (ours, theirs) => panic!("{ours:?} {theirs:?}"),
        }
    }

    #[test]
    fn the_tree_of_the_telecom_customers_asks_the_questions_of_the_reference() {
        let rows = table(INPUT);
        let features: Vec<Vec<f32>> = rows
            .iter()
            .map(|row| FEATURES.iter().map(|f| column(INPUT, row, f).parse().unwrap()).collect())
            .collect();
        let churned: Vec<bool> = rows.iter().map(|row| column(INPUT, row, "churned") == "1").collect();
        let tree = grow(&features, &churned, DEPTH, 50);
        let reference: serde_json::Value = serde_json::from_str(REFERENCE).unwrap();
        same(&tree, &reference["tree"]);
        assert_eq!(tree.leaves().iter().map(|(_, leaf)| leaf.n).sum::<usize>(), rows.len());
        // every row ends at the leaf that has counted it
        for (number, (_, leaf)) in tree.leaves().into_iter().enumerate() {
            let here = |i: &usize| tree.leaf_of(&features[*i]) == number;
            let cases: Vec<usize> = (0..features.len()).filter(here).collect();
            assert_eq!(cases.len(), leaf.n);
            assert_eq!(cases.iter().filter(|i| churned[**i]).count(), leaf.hits);
        }
    }

    #[test]
    fn no_question_is_asked_where_nothing_differs() {
        assert_eq!(leaf(100), 30);
        assert_eq!(leaf(7_043), 71);
        let rows = vec![vec![1.0f32]; 100];
        let hit: Vec<bool> = (0..100).map(|i| i % 2 == 0).collect();
        assert!(grow(&rows, &hit, DEPTH, 30).split.is_none());
        assert!(grow(&[], &[], DEPTH, 30).split.is_none());
    }
}
