//! The models in plain words: what each says, what it rests on, and what it must not be taken for.

use super::{Lang, Text, format};
use crate::domain::find::MASKED;
use crate::domain::kpi::stats::rounded;
use crate::domain::models::purchase::NEEDED;
use crate::domain::money::Fen;
use crate::store::request::{Attitude, Leaf, ModelPart, Models};

super::texts! {
    OPENS "↑↓←→ choose a number, Enter lists its customers" "↑↓←→ 选数字,Enter 查看对应客户";
    CHANCE_OF "Chance to buy within 90 days {}–{} %" "90天内购买概率 {}–{}%";
    SCORE_OF "{}: score {}" "{}:{}分";
    OF_TRUE_LOYAL "Truly loyal" "真正忠诚";
    OF_INERTIA "Buying from habit" "习惯性购买";
    OF_LATENT "Loyal one day" "潜在忠诚";
    OF_NONE "Not loyal" "不忠诚";
    OF_UNKNOWN "Attitude unknown" "态度未知";
    CLUSTER_OF "Group {}" "第{}组";
    LEAF_OF "Branch {} of the lost and the kept" "流失与留存第{}支";
    LEARNT "Groups and boundary were learnt from {} of {} {customer|customers}; every customer is then counted where it belongs." "分群与分界由{}户学得(共{}户),再将每户归入所属。";
    TREE_MEANING "Of those who bought in the year before the last 180 days: lost is who has not bought since." "限180天前那一年内购买过的客户;此后未再购买为流失。";
    HEAD "Customer models · known {}" "客户模型 · 截至{}";
    BASE "{} {customer|customers} with an order, {} of them came back, {} {week|weeks} of history" "有订单客户{}户,其中回头{}户,历史{}周";
    TOO_FEW "Too few for a forecast: it takes {} {customer|customers}, {} who came back and {} {week|weeks}. The rhythm of each customer stands on its profile." "数据不足以预测:需{}户、回头{}户、{}周历史。每户的节奏见其档案。";
    NO_DIFFERENCE "The data do not tell who buys faster and who slower: no forecast. The rhythm of each customer stands on its profile." "数据里分不出谁快谁慢,预测不可用。每户的节奏见其档案。";
    NO_DROP_OUT "These data do not show who leaves without a word, so no chance of still being a customer is given; expected orders are." "数据里看不出悄悄流失:不显示“是否还在”,预计购买仍可用。";
    SCORE "Score" "得分";
    ALIKE "The data do not tell who spends more and who less at a time, so amounts are not forecast." "数据里分不出谁每次买得多、谁买得少,不预测金额。";
    NO_AMOUNTS "How much and how often hang together here, so amounts are not forecast." "金额与次数相关过高,不预测金额。";
    BUYERS "In the next 90 days about {} of {} will order." "未来90天预计{}户下单(共{}户)。";
    PURCHASES "In the next 12 months about {} {order|orders}." "未来12个月预计{}单。";
    WORTH "Worth about {} yuan today, before margin." "折现约{}元(未扣成本)。";
    BACKTEST "Last forecast, of {}: said {}, {} did." "上次预测({}):说{}户,实际{}户。";
    MEANING "It looks only at how often somebody bought, how long ago the last time was and how long we know them; it knows no season and no new buyer in charge. Use it to decide whom to call first, not to write anybody off." "它只看买过几次、最近一次多久前、认识多久;不懂季节、停产、换采购负责人。只排先后,不是“已流失”的结论。";
    CHANCES "Chance to order within 90 days" "90天内下单的可能性";
    CHANCE_BAND "{}–{} %" "{}–{}%";
    RFM "RFM: customers by score" "RFM:各分客户数";
    RFM_MEANING "Score 5 is the best fifth: lately, often, much. Equal customers score equally." "5分为最好的五分之一:最近、常买、买得多。相同者同分。";
    RECENCY "Recency" "最近";
    FREQUENCY "Frequency" "频次";
    MONETARY "Amount" "金额";
    LOYALTY "Loyalty: behaviour and attitude of the last year" "忠诚度:近一年的行为与态度";
    LOYALTY_MEANING "They buy: frequency score 4 or 5, or a contract renewed. They like us: latest vote 9 or 10, else latest score from 80." "行为强:频次4–5分或已续约。态度强:最近NPS 9–10,否则满意度80分以上。";
    LIKES "like us" "态度强";
    LIKES_NOT "do not" "态度弱";
    STAYS "Buy again" "行为强";
    STAYS_NOT "Buy rarely" "行为弱";
    TRUE_LOYAL "truly loyal {}" "真正忠诚 {}";
    INERTIA "from habit {}" "惯性购买 {}";
    LATENT "loyal one day {}" "潜在忠诚 {}";
    DISLOYAL "not loyal {}" "不忠诚 {}";
    UNKNOWN_ATTITUDE "Attitude unknown, no answer within the year: {}" "态度未知(一年内无答卷):{}";
    CLUSTERS "Three groups that form by themselves" "自然形成的三群";
    CLUSTER "{}. {} {customer|customers}, {} %: last order {} {day|days} ago, {} {order|orders}, {} yuan" "{}. {}户,占{}%:最近{}天前,{}单,{}元";
    COHORTS "Came back, by month of the first order" "按首单月份的回头率";
    TREE "What parts the lost from the kept" "流失与留存的分界";
    LEAF "{}. {}: {} of {} lost" "{}. {}:{}户流失(共{}户)";
    AT_MOST "{} up to {}" "{}≤{}";
    ABOVE "{} above {}" "{}>{}";
    DAYS_SINCE "days since the last order" "距上次下单天数";
    PURCHASES_YEAR "orders in the year" "一年单数";
    AMOUNT_YEAR "yuan in the year" "一年金额";
    MONTHS_KNOWN "months known" "认识月数";
    FITTING "Reading the orders, then fitting…" "正在读取订单并拟合…";
    FITTING_FAR "Reading the orders, then fitting… {} %" "正在读取订单并拟合…{}%";
}

/// That the models are at work, and how far that is where it is known: done of all.
pub fn working(far: Option<(u64, u64)>, lang: Lang) -> String {
    match far {
        Some((done, of)) if of > 0 => FITTING_FAR.with(lang, &[&(done.min(of) * 100 / of)]),
        _ => FITTING.of(lang).to_owned(),
    }
}

/// The words of a fact the tree asks about.
pub fn fact(id: &str, lang: Lang) -> &'static str {
    let text: Text = match id {
        "days_since" => DAYS_SINCE,
        "purchases_year" => PURCHASES_YEAR,
        "amount_year" => AMOUNT_YEAR,
        _ => MONTHS_KNOWN,
    };
    text.of(lang)
}

/// A rounded count.
pub fn count(n: f64) -> String {
    format::count(rounded(n, 0) as i64)
}

/// The repeat-purchase model in sentences.
pub fn told(models: &Models, lang: Lang) -> Vec<String> {
    let all = count(models.customers as f64);
    let weeks = count(models.weeks);
    let mut told = vec![
        HEAD.with(lang, &[&models.as_of]),
        BASE.with(lang, &[&all, &count(models.repeaters as f64), &weeks]),
    ];
    match models.gate {
        "too_few" => {
            let (customers, repeaters, weeks) = NEEDED;
            told.push(TOO_FEW.with(lang, &[&customers, &repeaters, &weeks]));
            return told;
        }
        "no_difference" => {
            told.push(NO_DIFFERENCE.of(lang).to_owned());
            return told;
        }
        "no_drop_out" => told.push(NO_DROP_OUT.of(lang).to_owned()),
        _ => {}
    }
    if let Some(outlook) = &models.outlook {
        told.push(BUYERS.with(lang, &[&count(outlook.buyers_90d), &all]));
        told.push(PURCHASES.with(lang, &[&count(outlook.purchases_12m)]));
        match outlook.value_12m {
            Some(yuan) => told.push(WORTH.with(lang, &[&Fen((yuan * 100.0) as i64).yuan_grouped()])),
            None => told.push(if models.amounts_alike { ALIKE } else { NO_AMOUNTS }.of(lang).to_owned()),
        }
    }
    if let Some(test) = &models.backtest {
        told.push(BACKTEST.with(lang, &[&test.made_on, &count(test.said), &count(test.actual as f64)]));
    }
    let bands = models.backtest.iter().flat_map(|test| &test.bands).filter(|band| band.customers > 0);
    told.extend(bands.map(|band| format!("  {}", super::forecast::band(band, lang))));
    told.push(MEANING.of(lang).to_owned());
    told
}

/// The two-by-two of loyalty: heading, then a row for strong behaviour and one for weak: label, attitude strong, weak.
pub fn loyalty(models: &Models, lang: Lang) -> [[String; 3]; 3] {
    let l = models.loyalty;
    let say = |text: Text, n: usize| text.with(lang, &[&count(n as f64)]);
    let of = |text: Text| text.of(lang).to_owned();
    [
        [String::new(), of(LIKES), of(LIKES_NOT)],
        [of(STAYS), say(TRUE_LOYAL, l.true_loyal), say(INERTIA, l.inertia)],
        [of(STAYS_NOT), say(LATENT, l.latent), say(DISLOYAL, l.none)],
    ]
}

/// A number of the models in words, as the head of its customers.
pub fn part(part: ModelPart, lang: Lang) -> String {
    match part {
        ModelPart::Chance(band) => CHANCE_OF.with(lang, &[&(band * 10), &(band * 10 + 10)]),
        ModelPart::Score(measure, score) => {
            let name = [RECENCY, FREQUENCY, MONETARY].get(measure).map_or("", |text| text.of(lang));
            SCORE_OF.with(lang, &[&name, &score])
        }
        ModelPart::Loyalty(attitude) => match attitude {
            Attitude::TrueLoyal => OF_TRUE_LOYAL,
            Attitude::Inertia => OF_INERTIA,
            Attitude::Latent => OF_LATENT,
            Attitude::None => OF_NONE,
            Attitude::Unknown => OF_UNKNOWN,
        }
        .of(lang)
        .to_owned(),
        ModelPart::Cluster(number) => CLUSTER_OF.with(lang, &[&(number + 1)]),
        ModelPart::Leaf(number) => LEAF_OF.with(lang, &[&(number + 1)]),
    }
}

/// The groups in sentences.
pub fn clusters(models: &Models, lang: Lang) -> Vec<String> {
    models
        .clusters
        .iter()
        .enumerate()
        .map(|(at, c)| {
            let (all, share) = (count(c.customers as f64), count(c.share * 100.0));
            let orders = format!("{:.1}", rounded(c.frequency, 1));
            let amount = c.monetary.map_or_else(|| MASKED.to_owned(), count);
            CLUSTER.with(lang, &[&(at + 1), &all, &share, &count(c.recency), &orders, &amount])
        })
        .collect()
}

/// Where groups and tree were learnt from a part of the customers: from how many.
pub fn learnt(models: &Models, lang: Lang) -> Option<String> {
    let all = count(models.rfm.first().map_or(0, |scores| scores.iter().sum::<usize>()) as f64);
    models.learnt_from.map(|some| LEARNT.with(lang, &[&count(some as f64), &all]))
}

/// The questions that lead to a leaf, in words.
fn path(leaf: &Leaf, lang: Lang) -> String {
    let said: Vec<String> = leaf
        .path
        .iter()
        .map(|(id, bound, yes)| {
            let text = if *yes { AT_MOST } else { ABOVE };
            text.with(lang, &[&fact(id, lang), &count(*bound)])
        })
        .collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    format::list(&said, lang)
}

/// The tree in sentences.
pub fn leaves(models: &Models, lang: Lang) -> Vec<String> {
    models
        .tree
        .iter()
        .enumerate()
        .map(|(at, leaf)| {
            let [lost, all] = [leaf.lost, leaf.n].map(|n| count(n as f64));
            LEAF.with(lang, &[&(at + 1), &path(leaf, lang), &lost, &all])
        })
        .collect()
}
