//! `guanxi models`: what the models say of the whole base, each with what it rests on and what it means.

use chrono::NaiveDate;

use super::shell::{Done, Shell, Stop};
use super::table::Side;
use crate::domain::kpi::stats::rounded;
use crate::i18n::{cli as t, models as m};
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
    for line in m::told(&models, lang) {
        shell.line(&line);
    }
    scores(shell, &models);
    loyalty(shell, &models);
    groups(shell, &models);
    cohorts(shell, &models);
    Ok(())
}

/// How many customers have each score of recency, frequency and amount.
fn scores(shell: &mut Shell, models: &Models) {
    let lang = shell.lang;
    shell.line("");
    shell.line(m::RFM.of(lang));
    let head: Vec<(&str, Side)> = std::iter::once(("", Side::Left))
        .chain(["1", "2", "3", "4", "5"].into_iter().map(|score| (score, Side::Right)))
        .collect();
    let rows: Vec<Vec<String>> = [m::RECENCY, m::FREQUENCY, m::MONETARY]
        .into_iter()
        .zip(models.rfm)
        .map(|(name, counts)| {
            let counts = counts.into_iter().map(|n| m::count(n as f64));
            std::iter::once(name.of(lang).to_owned()).chain(counts).collect()
        })
        .collect();
    shell.table(&head, &rows);
    shell.line(m::RFM_MEANING.of(lang));
}

/// Behaviour beside attitude.
fn loyalty(shell: &mut Shell, models: &Models) {
    let lang = shell.lang;
    shell.line("");
    shell.line(m::LOYALTY.of(lang));
    let [head, rows @ ..] = m::loyalty(models, lang);
    let head: Vec<(&str, Side)> = head.iter().map(|title| (title.as_str(), Side::Left)).collect();
    shell.table(&head, &rows.map(Vec::from));
    shell.line(&m::UNKNOWN_ATTITUDE.with(lang, &[&m::count(models.loyalty.unknown as f64)]));
    shell.line(m::LOYALTY_MEANING.of(lang));
}

/// The clusters, and the leaves of the tree with what was learnt.
fn groups(shell: &mut Shell, models: &Models) {
    let lang = shell.lang;
    for (title, rows) in [(m::CLUSTERS, m::clusters(models, lang)), (m::TREE, m::leaves(models, lang))] {
        if !rows.is_empty() {
            shell.line("");
            shell.line(title.of(lang));
            for row in rows {
                shell.line(&format!("  {row}"));
            }
        }
    }
    if !models.tree.is_empty() {
        shell.line(m::TREE_MEANING.of(lang));
    }
    if let Some(said) = m::learnt(models, lang) {
        shell.line(&said);
    }
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
            let mut row = vec![c.month.format("%Y-%m").to_string(), m::count(f64::from(c.size))];
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
    shell.table(&head, &rows);
}
