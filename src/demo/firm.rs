//! The company itself: nine people in four departments, its settings, tags, views and budgets.

use super::calendar::Calendar;
use super::campaigns;
use super::deals::{self, LEVELS};
use super::spending;
use super::words::{TagGroup, Words};
use crate::store::fill::Firm;
use crate::store::fill::rows;

/// The company before its first customer.
pub fn firm(words: &'static Words, cal: &Calendar, customers: u64) -> Firm {
    let founded = cal.at(cal.back(1700), 9 * 60);
    let team = &words.team;
    let people = (1_i64..).zip(&team.person).map(|(id, p)| rows::Person {
        id,
        login: p.login.as_str().into(),
        name: p.name.as_str().into(),
        role: p.role.as_str().into(),
        department: p.department.as_str().into(),
        post: p.post.as_str().into(),
        state: "active".into(),
        deputy_id: p.deputy,
        // the deputy's days are still to come: today everybody works
        away_from: p.deputy.map(|_| rows::Day(cal.ahead(9))),
        away_until: p.deputy.map(|_| rows::Day(cal.ahead(13))),
        created_at: founded,
    });
    let setting = |key: &'static str, value: String| rows::Setting { key: key.into(), value: value.into() };
    let views = (0..).zip(&team.view).map(|(position, v)| rows::View {
        person_id: None,
        name: v.name.as_str().into(),
        filter: v.filter.as_str().into(),
        sort: v.sort.as_str().into(),
        descending: v.descending,
        position,
    });
    let heads = i64::try_from(customers / 8).unwrap_or(0).max(10);
    let budgets = team.budget.iter().map(|b| rows::Budget {
        segment: Some(b.segment.as_str().into()),
        period: cal.today.format("%Y").to_string().into(),
        category: "maintenance".into(),
        amount_fen: b.yuan * 100 * heads,
        approved_by: Some(2),
    });
    Firm {
        people: people.collect(),
        settings: vec![
            setting("demo", "1".to_owned()),
            setting("company", "启衡数字科技有限公司".to_owned()),
            setting("zone_minutes", cal.zone.0.to_string()),
            // above the printed VIP, levels that a company of such customers has
            setting("levels", LEVELS.to_owned()),
        ],
        tags: tags(&words.tags),
        views: views.collect(),
        budgets: budgets.chain(spending::budgets(cal, customers)).collect(),
        expenses: spending::expenses(cal, customers),
        campaigns: campaigns::campaigns(cal),
        plans: campaigns::plans(cal),
        plan_tasks: campaigns::tasks(cal),
        plan_resources: campaigns::resources(cal),
        plan_targets: campaigns::targets(),
        benchmarks: benchmarks(words, cal),
        scripts: deals::scripts(founded, cal),
        products: deals::products(&words.goods, cal),
        product_tags: deals::product_tags(&words.goods),
    }
}

/// What an average customer of each industry spends, entered for this year and the last (A57).
fn benchmarks(words: &'static Words, cal: &Calendar) -> Vec<rows::Benchmark> {
    use chrono::Datelike as _;
    let this = i64::from(cal.today.year());
    let mut all: Vec<_> = words.benchmark.iter().collect();
    all.sort_unstable();
    let rows = all.into_iter().flat_map(|(industry, yuan)| {
        [this - 1, this].map(|year| rows::Benchmark {
            industry: industry.as_str().into(),
            year,
            average_fen: yuan * 100,
        })
    });
    rows.collect()
}

fn tags(groups: &'static [TagGroup]) -> Vec<rows::Tag> {
    let values = groups.iter().flat_map(|g| g.values.iter().map(move |v| (g, v)));
    (1..)
        .zip(values)
        .map(|(id, (group, value))| rows::Tag {
            id,
            r#type: group.r#type.as_str().into(),
            name: group.name.as_str().into(),
            value: value.as_str().into(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::filter;
    use crate::domain::people::{DEPARTMENTS, Role};

    #[test]
    fn nine_people_work_in_four_departments_and_their_views_read() {
        let team = &super::super::words::words().unwrap().team;
        let mut departments: Vec<&str> = team.person.iter().map(|p| p.department.as_str()).collect();
        departments.sort_unstable();
        departments.dedup();
        assert_eq!((team.person.len(), departments.len()), (9, 4));
        assert!(departments.iter().all(|d| DEPARTMENTS.contains(d)));
        assert!(team.person.iter().all(|p| Role::from_id(&p.role).is_some()));
        assert!(team.person.iter().all(|p| p.login.bytes().all(|b| b.is_ascii_lowercase())));
        let me = &team.person[0];
        assert_eq!((me.login.as_str(), me.name.as_str(), me.role.as_str()), ("wangmin", "王敏", "admin"));
        for view in &team.view {
            assert!(!filter::parse(&view.filter).unwrap().terms.is_empty(), "{}", view.name);
        }
    }
}
