//! `guanxi models`: what the models say of the whole base, each with what it rests on and what it means.

use chrono::NaiveDate;

use super::shell::{Done, Shell, Stop};
use super::table::{Side, lines};
use crate::domain::kpi::stats::rounded;
use crate::domain::models::purchase::NEEDED;
use crate::domain::money::Fen;
use crate::i18n::{Lang, cli as t, format, models as m};
use crate::store::request::{Answer, Models, Query};

/// Shows the models.
pub fn models(shell: &mut Shell, as_of: Option<&str>) -> Done {
    let lang = shell.lang;
    let desk = shell.read()?;
    let day: Option<NaiveDate> = as_of
        .map(|text| text.trim().parse().map_err(|_| Stop::Usage(t::NO_DAY.with(lang, &[&text]))))
        .transpose()?;
    let day = day.unwrap_or_else(|| desk.now.today());
    let Answer::Models(models) = desk.ask(&Query::Models(day))? else { return Ok(()) };
    if shell.json {
        return shell.document(&*models);
    }
    for line in told(&models, lang) {
        shell.line(&line);
    }
    shell.line("");
    shell.line(m::RFM.of(lang));
    let head: Vec<(&str, Side)> = std::iter::once(("", Side::Left))
        .chain(["1", "2", "3", "4", "5"].into_iter().map(|score| (score, Side::Right)))
        .collect();
    let rows: Vec<Vec<String>> = [m::RECENCY, m::FREQUENCY, m::MONETARY]
        .into_iter()
        .zip(models.rfm)
        .map(|(name, counts)| {
            let counts = counts.into_iter().map(|n| count(n as f64));
            std::iter::once(name.of(lang).to_owned()).chain(counts).collect()
        })
        .collect();
    for line in lines(&head, &rows) {
        shell.line(&line);
    }
    shell.line(m::RFM_MEANING.of(lang));
    for (title, rows) in [(m::CLUSTERS, clusters(&models, lang)), (m::TREE, leaves(&models, lang))] {
        if !rows.is_empty() {
            shell.line("");
            shell.line(title.of(lang));
            for row in rows {
                shell.line(&format!("  {row}"));
            }
        }
    }
    cohorts(shell, &models);
    Ok(())
}

fn count(n: f64) -> String {
    format::count(rounded(n, 0) as i64)
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "—".to_owned(), |v| format!("{v:.4}"))
}

/// The repeat-purchase model in sentences.
pub fn told(models: &Models, lang: Lang) -> Vec<String> {
    let all = count(models.customers as f64);
    let weeks = count(models.weeks);
    let mut told = vec![
        m::HEAD.with(lang, &[&models.as_of]),
        m::BASE.with(lang, &[&all, &count(models.repeaters as f64), &weeks]),
    ];
    match models.gate {
        "too_few" => {
            let (customers, repeaters, weeks) = NEEDED;
            told.push(m::TOO_FEW.with(lang, &[&customers, &repeaters, &weeks]));
            return told;
        }
        "no_difference" => {
            told.push(m::NO_DIFFERENCE.of(lang).to_owned());
            return told;
        }
        "no_drop_out" => told.push(m::NO_DROP_OUT.of(lang).to_owned()),
        _ => {}
    }
    if let Some(outlook) = &models.outlook {
        told.push(m::BUYERS.with(lang, &[&count(outlook.buyers_90d), &all]));
        told.push(m::PURCHASES.with(lang, &[&count(outlook.purchases_12m)]));
        match outlook.value_12m {
            Some(yuan) => told.push(m::WORTH.with(lang, &[&Fen((yuan * 100.0) as i64).yuan_grouped()])),
            None => told.push(m::NO_AMOUNTS.of(lang).to_owned()),
        }
    }
    if let Some(test) = &models.backtest {
        told.push(m::BACKTEST.with(lang, &[&test.made_on, &count(test.said), &count(test.actual as f64)]));
    }
    told.push(m::MEANING.of(lang).to_owned());
    let [r, alpha, a, b, ll] = [models.r, models.alpha, models.a, models.b, models.ll].map(number);
    told.push(m::FITTED.with(lang, &[&r, &alpha, &a, &b, &ll]));
    if models.p.is_some() {
        let [p, q, v, together] = [models.p, models.q, models.v, models.correlation].map(number);
        told.push(m::AMOUNTS.with(lang, &[&p, &q, &v, &together]));
    }
    told
}

/// The groups in sentences.
pub fn clusters(models: &Models, lang: Lang) -> Vec<String> {
    models
        .clusters
        .iter()
        .map(|c| {
            let share = count(c.share * 100.0);
            let orders = format!("{:.1}", rounded(c.frequency, 1));
            m::CLUSTER.with(lang, &[&share, &count(c.recency), &orders, &count(c.monetary)])
        })
        .collect()
}

/// The tree in sentences.
pub fn leaves(models: &Models, lang: Lang) -> Vec<String> {
    models
        .tree
        .iter()
        .map(|leaf| {
            let path: Vec<String> = leaf
                .path
                .iter()
                .map(|(id, bound, yes)| {
                    let text = if *yes { m::AT_MOST } else { m::ABOVE };
                    text.with(lang, &[&m::fact(id, lang), &count(*bound)])
                })
                .collect();
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            let [lost, all] = [leaf.lost, leaf.n].map(|n| count(n as f64));
            m::LEAF.with(lang, &[&format::list(&path, lang), &lost, &all])
        })
        .collect()
}

fn cohorts(shell: &mut Shell, models: &Models) {
    let lang = shell.lang;
    if models.cohorts.is_empty() {
        return;
    }
    shell.line("");
    shell.line(m::COHORTS.of(lang));
    let width = models.cohorts.iter().map(|c| c.active.len()).max().unwrap_or(0).min(13);
    let titles: Vec<String> = (0..width).map(|k| format!("+{k}")).collect();
    let mut head: Vec<(&str, Side)> = vec![("", Side::Left), ("", Side::Right)];
    head.extend(titles.iter().map(|t| (t.as_str(), Side::Right)));
    let rows: Vec<Vec<String>> = models
        .cohorts
        .iter()
        .map(|c| {
            let mut row = vec![c.month.format("%Y-%m").to_string(), count(f64::from(c.size))];
            for k in 0..width {
                let cell = c.active.get(k).map_or_else(String::new, |n| {
                    let mark = if c.running && k + 1 == c.active.len() { "*" } else { "" };
                    format!("{}{mark}", rounded(f64::from(*n) * 100.0 / f64::from(c.size.max(1)), 0))
                });
                row.push(cell);
            }
            row
        })
        .collect();
    for line in lines(&head, &rows) {
        shell.line(&line);
    }
}
