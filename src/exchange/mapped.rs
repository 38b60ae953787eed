//! What each column of a file is: its headings are given to the columns of a noun, a person's corrections (`mapping`) before
//! the table of words (`headings`). Nothing is dropped unsaid: what is unknown, claimed twice or missing is told.

use super::columns::{Column, Holds, Noun};
use super::headings::{column, forms, is_ignored, normal, scale};
use super::mapping::Mapping;

/// What a file must have, as groups of which one column is enough; the first of a group is named as missing.
const REQUIRED: &[(Noun, &[&[Column]])] = &[
    (Noun::Customers, &[&[Column::Name, Column::Code]]),
    (Noun::Contacts, &[&[Column::Contact, Column::Given, Column::Family], &[Column::Name, Column::Code]]),
    (
        Noun::Orders,
        &[
            &[Column::Name, Column::Code, Column::Phone],
            &[Column::Date],
            &[Column::Amount, Column::UnitPrice],
        ],
    ),
    (
        Noun::Touches,
        &[&[Column::Name, Column::Code, Column::Phone], &[Column::At], &[Column::Summary, Column::Topic]],
    ),
    (
        Noun::Surveys,
        &[
            &[Column::Name, Column::Code, Column::Phone],
            &[Column::Date],
            &[Column::Score, Column::Answers, Column::Nps],
        ],
    ),
];

/// Columns that files about other nouns seldom have.
const TYPICAL: &[(Noun, &[Column])] = &[
    (
        Noun::Customers,
        &[
            Column::Industry,
            Column::Size,
            Column::Employees,
            Column::Level,
            Column::Grade,
            Column::Segment,
            Column::LastOrder,
            Column::Frequency,
            Column::Total,
            Column::Revenue,
        ],
    ),
    (Noun::Contacts, &[Column::Given, Column::Family, Column::Key, Column::Birthday]),
    (Noun::Orders, &[Column::Number, Column::Amount, Column::Quantity, Column::UnitPrice]),
    (Noun::Touches, &[Column::At, Column::Summary, Column::Feedback, Column::Next, Column::Responded]),
    (Noun::Surveys, &[Column::Score, Column::Nps, Column::Answers]),
];

/// (noun, column that is lacking, column that stands in for it, headings to which that is limited): a list of
/// private customers says 姓名 where a list of companies means the contact; a ledger with no content has remarks.
const STAND_INS: &[(Noun, Column, Column, &[&str])] = &[
    (Noun::Customers, Column::Name, Column::Contact, &["姓名", "fullname"]),
    (Noun::Touches, Column::Summary, Column::Note, &[]),
];

/// What each column of a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapped {
    /// What the rows are.
    pub noun: Noun,
    /// One per heading, in their order; none where a column is not read.
    pub columns: Vec<Option<Column>>,
    /// One per heading: the factor for plain amounts ([`scale`]), 1 where it does not apply.
    pub scales: Vec<i64>,
    /// Headings that nothing is known about; they may be fields of the company's own.
    pub unknown: Vec<String>,
    /// Columns that the noun cannot do without and the file lacks.
    pub missing: Vec<Column>,
    /// Headings that claim a column which another heading already gives; not read.
    pub ambiguous: Vec<(String, Column)>,
    /// Corrections that name a column which files about this noun do not have; not read.
    pub misplaced: Vec<(String, Column)>,
}

impl Mapped {
    /// Returns the first position of a column.
    pub fn position(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|found| *found == Some(column))
    }

    /// Returns every position of a column, for those that a file may give more than once.
    pub fn positions(&self, column: Column) -> impl Iterator<Item = usize> {
        let found = self.columns.iter().enumerate().filter(move |(_, found)| **found == Some(column));
        found.map(|(position, _)| position)
    }

    /// Whether rows can be read: nothing is missing.
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }
}

/// Assigns headings to the columns of `noun`; `fix` outranks the table.
pub fn map(headings: &[String], noun: Noun, fix: &Mapping) -> Mapped {
    let mut mapped = Mapped {
        noun,
        columns: vec![None; headings.len()],
        scales: headings.iter().map(|_| 1).collect(),
        unknown: Vec::new(),
        missing: Vec::new(),
        ambiguous: Vec::new(),
        misplaced: Vec::new(),
    };
    // Corrections first: they take their columns before the table may.
    for corrected in [true, false] {
        for (position, heading) in headings.iter().enumerate() {
            let correction = fix.get(heading);
            if correction.is_some() != corrected {
                continue;
            }
            let target = correction.unwrap_or_else(|| column(heading, noun));
            match target {
                Some(found) if !found.spec().belongs_to(noun) => {
                    mapped.misplaced.push((heading.clone(), found));
                }
                Some(found) if !found.spec().many && mapped.position(found).is_some() => {
                    mapped.ambiguous.push((heading.clone(), found));
                }
                Some(found) => assign(&mut mapped, position, heading, found),
                None if corrected || heading.is_empty() || is_ignored(&normal(heading)) => {}
                None => mapped.unknown.push(heading.clone()),
            }
        }
    }
    stand_in(&mut mapped, headings, fix);
    let required = REQUIRED.iter().filter(|(of, _)| *of == noun).flat_map(|(_, groups)| groups.iter());
    let lacking = required.filter(|group| group.iter().all(|one| mapped.position(*one).is_none()));
    mapped.missing = lacking.filter_map(|group| group.first().copied()).collect();
    mapped
}

fn assign(mapped: &mut Mapped, position: usize, heading: &str, column: Column) {
    if let Some(slot) = mapped.columns.get_mut(position) {
        *slot = Some(column);
    }
    if let Some(slot) = mapped.scales.get_mut(position).filter(|_| column.spec().holds == Holds::Amount) {
        *slot = scale(heading);
    }
}

fn stand_in(mapped: &mut Mapped, headings: &[String], fix: &Mapping) {
    for (noun, lacking, from, limit) in STAND_INS {
        if *noun != mapped.noun || mapped.position(*lacking).is_some() {
            continue;
        }
        let Some(position) = mapped.position(*from) else { continue };
        let Some(heading) = headings.get(position) else { continue };
        let allowed = limit.is_empty() || forms(heading).iter().any(|form| limit.contains(&form.as_str()));
        if allowed && fix.get(heading).is_none() {
            assign(mapped, position, heading, *lacking);
        }
    }
}

/// Guesses what the rows of a file are from its headings; none when no noun gets what it needs.
pub fn guess_noun(headings: &[String]) -> Option<Noun> {
    let none = Mapping::default();
    let score = |noun: Noun| {
        let mapped = map(headings, noun, &none);
        let typical = TYPICAL.iter().filter(|(of, _)| *of == noun).flat_map(|(_, columns)| columns.iter());
        let typical = typical.filter(|column| mapped.position(**column).is_some()).count();
        let found = mapped.columns.iter().flatten().count();
        mapped.is_complete().then_some(found + 2 * typical)
    };
    let scored =
        Noun::ALL.into_iter().enumerate().filter_map(|(order, noun)| Some((score(noun)?, order, noun)));
    scored.max_by_key(|(score, order, _)| (*score, std::cmp::Reverse(*order))).map(|(_, _, noun)| noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(headings: &str) -> Vec<String> {
        headings.split('|').map(str::to_owned).collect()
    }

    fn ids(headings: &str, noun: Noun) -> Vec<&'static str> {
        let mapped = map(&list(headings), noun, &Mapping::default());
        mapped.columns.iter().map(|column| column.map_or("-", |column| column.spec().id)).collect()
    }

    #[test]
    fn a147_the_nine_printed_columns_are_known() {
        let printed =
            "客户编号|所属行业|企业规模|关键联系人|职位|最近消费时间|消费频次(次/年)|客户等级|品类偏好";
        let wanted =
            ["code", "industry", "size", "contact", "title", "last_order", "frequency", "level", "category"];
        assert_eq!(ids(printed, Noun::Customers), wanted);
        assert_eq!(guess_noun(&list(printed)), Some(Noun::Customers));
        assert!(map(&list(printed), Noun::Customers, &Mapping::default()).is_complete());
    }

    #[test]
    fn a148_the_seven_printed_columns_are_known() {
        let printed = "客户编号|互动时间|互动方式|互动内容简述|客户反馈|负责人|下一步行动";
        assert_eq!(
            ids(printed, Noun::Touches),
            ["code", "at", "channel", "summary", "feedback", "owner", "next"]
        );
        assert_eq!(guess_noun(&list(printed)), Some(Noun::Touches));
    }

    #[test]
    fn a150_the_template_of_basic_information_is_known() {
        assert_eq!(
            ids("客户编号|客户名称|联系人姓名|职位|联系方式", Noun::Customers),
            ["code", "name", "contact", "title", "phone"]
        );
    }

    #[test]
    fn other_systems_are_understood() {
        for (headings, noun, wanted) in [
            (
                "Record ID|First Name|Last Name|Email|Phone Number|Contact owner|Associated Company",
                Noun::Contacts,
                &["external_id", "given", "family", "email", "phone", "owner", "name"][..],
            ),
            (
                "ACCOUNT_NAME|ACCOUNT_NUMBER|INDUSTRY|NUMBER_OF_EMPLOYEES|ANNUAL_REVENUE|PHONE|WEBSITE",
                Noun::Customers,
                &["name", "code", "industry", "employees", "revenue", "phone", "website"],
            ),
            (
                "Account Name|Account Owner|Billing City|Type|Rating",
                Noun::Customers,
                &["name", "owner", "region", "kind", "grade"],
            ),
            (
                "Organization - Name*|Organization - Address|Person - Name|Person - Email (Work)|Person - Phone (Mobile)",
                Noun::Customers,
                &["name", "address", "contact", "email", "phone"],
            ),
            (
                "Deal - Title*|Deal - Value|Deal - Organization|Deal - Won time|Deal - Status",
                Noun::Orders,
                &["product", "amount", "name", "date", "status"],
            ),
            (
                "Lead Name|Company|Lead Owner|Lead Source|Email|Mobile",
                Noun::Customers,
                &["contact", "name", "owner", "source", "email", "phone"],
            ),
            (
                "First Name|Last Name|Company|Job Title|E-mail Address|Business Phone|Mobile Phone|Birthday",
                Noun::Contacts,
                &["given", "family", "name", "title", "email", "phone", "phone", "birthday"],
            ),
            (
                "Name|E-mail 1 - Type|E-mail 1 - Value|Phone 1 - Value|Organization 1 - Name",
                Noun::Contacts,
                &["contact", "-", "email", "phone", "-"],
            ),
            (
                "订单编号|下单时间|客户名称|商品名称|数量|单价|实付金额",
                Noun::Orders,
                &["number", "date", "name", "product", "quantity", "unit_price", "amount"],
            ),
            (
                "公司名称|所属行业|联系人|手机|座机|客户经理|备注",
                Noun::Customers,
                &["name", "industry", "contact", "phone", "phone", "owner", "note"],
            ),
            (
                "客户名称|跟进时间|跟进方式|跟进内容|跟进人",
                Noun::Touches,
                &["name", "at", "channel", "summary", "owner"],
            ),
        ] {
            assert_eq!(ids(headings, noun), wanted, "{headings}");
        }
    }

    #[test]
    fn the_noun_is_guessed() {
        for (headings, noun) in [
            ("Record ID|First Name|Last Name|Email|Associated Company", Some(Noun::Contacts)),
            ("公司名称|联系人|手机|备注", Some(Noun::Customers)),
            ("客户名称|姓名|职务|手机|微信|生日", Some(Noun::Contacts)),
            ("客户编号|日期|金额|品类", Some(Noun::Orders)),
            ("客户编号|日期|沟通内容|下一步", Some(Noun::Touches)),
            ("foo|bar", None),
        ] {
            assert_eq!(guess_noun(&list(headings)), noun, "{headings}");
        }
    }

    #[test]
    fn a2_a_unit_in_the_heading_scales_the_column() {
        let mapped = map(
            &list("客户名称|年营收(万元)|累计消费金额|历史交易总额万元"),
            Noun::Customers,
            &Mapping::default(),
        );
        assert_eq!(mapped.scales, [1, 10_000, 1, 1]);
        assert_eq!(mapped.ambiguous, [("历史交易总额万元".to_owned(), Column::Total)]);
        for (heading, factor) in [
            ("金额(元)", 1),
            ("金额(千元)", 1_000),
            ("金额(百万元)", 1_000_000),
            ("金额(亿元)", 100_000_000),
            ("预算标准(元/户·年)", 1),
        ] {
            assert_eq!(scale(heading), factor, "{heading}");
        }
    }

    #[test]
    fn nothing_is_dropped_unsaid() {
        let mapped = map(&list("序号|姓名|车牌号|手机|性别|"), Noun::Customers, &Mapping::default());
        assert_eq!(mapped.unknown, ["车牌号", "性别"]);
        assert_eq!(mapped.position(Column::Name), Some(1), "a list of persons has names of customers");
        let mapped = map(&list("电话|备注"), Noun::Orders, &Mapping::default());
        assert_eq!(mapped.missing, [Column::Date, Column::Amount], "a phone tells whose an order is");
        let mapped = map(&list("客户名称|公司名称"), Noun::Customers, &Mapping::default());
        assert_eq!(mapped.ambiguous, [("公司名称".to_owned(), Column::Name)]);
    }

    #[test]
    fn remarks_stand_in_for_a_missing_summary_only() {
        assert_eq!(ids("客户名称|日期|备注", Noun::Touches), ["name", "at", "summary"]);
        assert_eq!(ids("客户名称|日期|备注|沟通内容", Noun::Touches), ["name", "at", "note", "summary"]);
    }
}
