//! `guanxi scheme`, `guanxi why` and `guanxi benchmark`: the rules in force, new ones tried and applied, why a customer
//! stands where it stands, and what an industry spends.

use std::io::Read as _;
use std::path::Path;

use super::fields::{blank, value};
use super::shell::{Done, Shell, Stop};
use super::table::Side;
use crate::domain::change::Change;
use crate::domain::field::{Field, Value};
use crate::domain::money;
use crate::domain::people::{Relation, Role, Verb, may};
use crate::domain::scheme::metric::METRICS;
use crate::i18n::scheme::Mark;
use crate::i18n::{Lang, cli as t, errors, format, scheme as s, words};
use crate::store::request::{Answer, Moves, Query, SchemeRow, StoreError, Why};

fn schemes(desk: &super::shell::Desk) -> Result<Vec<SchemeRow>, Stop> {
    Ok(match desk.ask(&Query::Schemes)? {
        Answer::Schemes(rows) => rows,
        _ => Vec::new(),
    })
}

/// Shows the text of a scheme in force, or what schemes and metrics there are.
pub fn show(shell: &mut Shell, scheme: Option<&str>) -> Done {
    let lang = shell.lang;
    let desk = shell.read()?;
    let rows = schemes(&desk)?;
    let named = scheme.map(|name| words::id("scheme", name).unwrap_or(name).to_owned());
    let shown: Vec<&SchemeRow> =
        rows.iter().filter(|r| named.as_ref().is_none_or(|n| *n == r.scheme)).collect();
    if shown.is_empty() {
        let ids: Vec<&str> = rows.iter().map(|r| r.scheme.as_str()).collect();
        let asked = scheme.unwrap_or_default();
        return Err(Stop::Nothing(t::NO_SUCH_SCHEME.with(lang, &[&asked, &format::list(&ids, lang)])));
    }
    if shell.json {
        return match (named, shown.as_slice()) {
            (Some(_), [one]) => shell.document(one),
            _ => shell.document(&shown),
        };
    }
    if let (Some(_), [one]) = (&named, shown.as_slice()) {
        // the text alone, so that it can be edited and applied
        let text = one.versions.first().map_or("", |v| &v.text);
        shell.raw(text.as_bytes());
        return Ok(());
    }
    table(shell, &shown);
    shell.line("");
    metrics(shell);
    Ok(())
}

/// The schemes in force: version, who made it, classes.
fn table(shell: &mut Shell, shown: &[&SchemeRow]) {
    let lang = shell.lang;
    let rows: Vec<Vec<String>> = shown
        .iter()
        .map(|row| {
            let version = row.versions.first();
            let by = version.and_then(|v| v.by.clone()).unwrap_or_else(|| t::SHIPPED.of(lang).to_owned());
            let classes: Vec<&str> = row
                .classes
                .iter()
                .map(|[_, en, zh]| if lang == Lang::En { en.as_str() } else { zh.as_str() })
                .collect();
            let number = version.map_or(1, |v| v.version).to_string();
            vec![row.scheme.clone(), number, by, format::list(&classes, lang)]
        })
        .collect();
    let head = [
        (t::SCHEME.of(lang), Side::Left),
        (t::VERSION.of(lang), Side::Right),
        (t::BY.of(lang), Side::Left),
        (t::CLASSES.of(lang), Side::Left),
    ];
    shell.table(&head, &rows);
}

/// What rules can ask of a customer.
fn metrics(shell: &mut Shell) {
    let lang = shell.lang;
    let rows: Vec<Vec<String>> = METRICS
        .iter()
        .map(|m| {
            let [name, means] = match lang {
                Lang::En => [m.name[0], m.means[0]],
                Lang::Zh => [m.name[1], m.means[1]],
            };
            vec![m.id.to_owned(), name.to_owned(), means.to_owned()]
        })
        .collect();
    let head = [(t::METRIC.of(lang), Side::Left), ("", Side::Left), (t::MEANS.of(lang), Side::Left)];
    shell.table(&head, &rows);
}

/// Who puts rules in force, by their names.
fn appliers(desk: &super::shell::Desk, lang: Lang) -> Result<String, Stop> {
    let people = desk.people()?;
    let all: Vec<&str> = people.iter().filter(|p| p.role == Role::Admin).map(|p| p.name.as_str()).collect();
    Ok(format::list(&all, lang))
}

/// Why a file is refused: by its name, where it is the file that is wrong.
fn refused(desk: &super::shell::Desk, lang: Lang, file: &Path, error: &StoreError) -> Stop {
    match error {
        StoreError::Scheme(wrong) => Stop::Failed(s::refused_in(&file.display().to_string(), wrong, lang)),
        error => desk.refused(error),
    }
}

/// Hands a file to whoever may apply it.
pub fn propose(shell: &mut Shell, file: &Path, reason: Option<&str>) -> Done {
    let text = read(shell, file)?;
    let mut desk = shell.read()?;
    desk.attempt_with(Change::ProposeScheme { text }, reason, &mut |_, _| {})
        .map_err(|e| refused(&desk, shell.lang, file, &e))?;
    let who = appliers(&desk, shell.lang)?;
    shell.say(&t::SCHEME_PROPOSED.with(shell.lang, &[&who]));
    Ok(())
}

/// Applies a file as the new version of its scheme; a dry run says who would move.
pub fn apply(shell: &mut Shell, file: &Path, dry_run: bool, reason: Option<&str>) -> Done {
    let lang = shell.lang;
    let text = read(shell, file)?;
    let mut desk = shell.read()?;
    let proposes = may(desk.actor.role, Verb::Strategy, Relation::Own);
    if !proposes || !dry_run && !may(desk.actor.role, Verb::Configure, Relation::Own) {
        let who = appliers(&desk, lang)?;
        let said = if proposes { t::SCHEME_PROPOSE_IT } else { t::SCHEME_NOT_YOURS };
        return Err(Stop::Failed(said.with(lang, &[&who])));
    }
    let tried = desk.store.ask(&desk.actor, &Query::SchemePreview(text.clone()), desk.now);
    let moves = match tried.map_err(|e| refused(&desk, lang, file, &e))? {
        Answer::SchemePreview(moves) => *moves,
        _ => Moves::default(),
    };
    if !dry_run {
        let change = Change::ApplyScheme { text };
        let told = &mut |done: usize, total: usize| {
            let done = format::count(i64::try_from(done).unwrap_or(i64::MAX));
            let total = format::count(i64::try_from(total).unwrap_or(i64::MAX));
            shell.progress(&t::SCHEME_PROGRESS.with(lang, &[&done, &total]));
        };
        desk.attempt_with(change, reason, told).map_err(|e| refused(&desk, lang, file, &e))?;
        shell.progress("");
    }
    if shell.json {
        return shell.document(&moves);
    }
    let (some, all) = (format::count(moves.moved), format::count(moves.customers));
    if moves.moved == 0 {
        shell.line(&s::MOVES_NONE.with(lang, &[&all]));
    } else {
        shell.line(&s::MOVES_HEAD.with(lang, &[&some, &all]));
    }
    let rows: Vec<Vec<String>> = moves
        .moves
        .iter()
        .map(|m| vec![format::count(m.customers), s::move_words(m, lang), s::some(m, lang)])
        .collect();
    shell.table(&[("", Side::Right), ("", Side::Left), ("", Side::Left)], &rows);
    let said = if dry_run { t::SCHEME_TRIED } else { t::SCHEME_APPLIED };
    shell.say(&said.with(lang, &[&words::word("scheme", &moves.scheme, lang), &moves.version]));
    Ok(())
}

fn read(shell: &Shell, file: &Path) -> Result<String, Stop> {
    let mut text = String::new();
    let result = if file == Path::new("-") {
        std::io::stdin().read_to_string(&mut text).map(drop)
    } else {
        std::fs::read_to_string(file).map(|read| text = read)
    };
    result.map(|()| text).map_err(|e| {
        Stop::Failed(t::CANNOT_READ.with(shell.lang, &[&file.display(), &errors::io(&e, shell.lang)]))
    })
}

/// Says why a customer stands where it stands.
pub fn why(shell: &mut Shell, code: &str, scheme: Option<&str>) -> Done {
    let lang = shell.lang;
    let desk = shell.read()?;
    let customer = desk.customer(code)?;
    let scheme = scheme.map(|name| words::id("scheme", name).unwrap_or(name).to_owned());
    let all: Vec<Why> = match desk.ask(&Query::Why { customer, scheme: scheme.clone() })? {
        Answer::Why(all) => all,
        _ => Vec::new(),
    };
    if all.is_empty() {
        let ids: Vec<String> = schemes(&desk)?.into_iter().map(|r| r.scheme).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let asked = scheme.unwrap_or_default();
        return Err(Stop::Nothing(t::NO_SUCH_SCHEME.with(lang, &[&asked, &format::list(&ids, lang)])));
    }
    if shell.json {
        return match (scheme, all.as_slice()) {
            (Some(_), [one]) => shell.document(one),
            _ => shell.document(&all),
        };
    }
    for (n, why) in all.iter().enumerate() {
        if n > 0 {
            shell.line("");
        }
        for line in s::account(why, desk.now.zone, lang) {
            let sign = match line.mark {
                Mark::Head => "",
                Mark::Plain => "  ",
                Mark::Holds => "✓ ",
                Mark::Fails => "✗ ",
            };
            let gap = if line.label.is_empty() || line.text.is_empty() { "" } else { "  " };
            shell.line(&format!("{sign}{}{gap}{}", line.label, line.text));
        }
    }
    Ok(())
}

/// Shows the averages of industries, or enters one.
pub fn benchmark(shell: &mut Shell, industry: Option<&str>, yuan: Option<&str>, year: Option<i32>) -> Done {
    use chrono::Datelike as _;
    let lang = shell.lang;
    let mut desk = shell.read()?;
    // as every other industry is read: without signs that do not show, and not endless
    let named = match industry {
        Some(text) => match value(shell, &desk, Field::Industry, text, &[])? {
            Value::Text(name) => Some(name),
            _ => return Err(blank(shell, Field::Industry)),
        },
        None => None,
    };
    let industry = named.as_deref();
    if let (Some(industry), Some(yuan)) = (industry, yuan) {
        let average = money::parse_yuan(yuan).map_err(|_| Stop::Usage(t::NOT_YUAN.with(lang, &[&yuan])))?;
        let year = year.unwrap_or_else(|| desk.now.today().year());
        let change = Change::Benchmark { industry: industry.to_owned(), year, average };
        desk.give(change)?;
    }
    let all = match desk.ask(&Query::Benchmarks)? {
        Answer::Benchmarks(all) => all,
        _ => Vec::new(),
    };
    let shown: Vec<_> = all.into_iter().filter(|(i, _)| industry.is_none_or(|asked| asked == i)).collect();
    if shell.json {
        let rows: Vec<serde_json::Value> = shown
            .iter()
            .map(|(industry, average)| {
                let mut row = serde_json::json!({ "industry": industry });
                if let (Some(row), Ok(serde_json::Value::Object(more))) =
                    (row.as_object_mut(), serde_json::to_value(average))
                {
                    row.extend(more);
                }
                row
            })
            .collect();
        return shell.document(&rows);
    }
    for (industry, average) in &shown {
        shell.line(&format!("{industry}  {}", s::average_words(average, lang)));
    }
    Ok(())
}
