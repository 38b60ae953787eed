//! An export beside the screen: a thread with a connection of its own writes the file, so that the person goes on working
//! meanwhile. It goes the way of every export: logged before it begins, cut off when the person is shut out.

use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use crate::app::Msg;
use crate::app::shared::Tone;
use crate::domain::clock::Now;
use crate::domain::filter::Filter;
use crate::domain::people::Actor;
use crate::exchange::export::{End, Format, carry};
use crate::exchange::fresh;
use crate::i18n::{Lang, errors, exports as t, format};
use crate::store::request::StoreError;
use crate::store::request::export::{Exported, Wanted};
use crate::store::{Mode, Store};

/// What to write.
pub struct Job {
    /// From which store.
    pub db: PathBuf,
    /// By whom.
    pub actor: Actor,
    /// When.
    pub now: Now,
    /// In which language.
    pub lang: Lang,
    /// Rows of what.
    pub what: Exported,
    /// As what.
    pub format: Format,
    /// Of which customers, and the same as typed.
    pub filter: (Filter, String),
    /// Of these alone; blank for all.
    pub only: Vec<i64>,
    /// Why.
    pub reason: String,
    /// Into which folder.
    pub folder: PathBuf,
}

/// Starts it; a session that has ended meanwhile wants to hear nothing.
pub fn start(job: Job, send: Sender<Msg>) {
    std::thread::spawn(move || {
        let (tone, text) = work(job);
        drop(send.send(Msg::Told(tone, text)));
    });
}

fn work(job: Job) -> (Tone, String) {
    let lang = job.lang;
    match written(job) {
        Ok(said) => said,
        Err(error) => (Tone::Bad, errors::told(&error, lang)),
    }
}

/// Writes the file; says how it went.
fn written(job: Job) -> Result<(Tone, String), StoreError> {
    let lang = job.lang;
    let mut store = Store::open(&job.db, Mode::Existing)?;
    let name = format!("{}-{}.{}", job.what.id(), job.now.today(), job.format.id());
    let place = job.folder.join(&name);
    let wanted = Wanted {
        request: uuid::Uuid::now_v7().to_string(),
        what: job.what,
        filter: job.filter.0,
        only: job.only,
        typed: job.filter.1,
        period: None,
        format: job.format.id().to_owned(),
        place: place.display().to_string(),
        reason: job.reason,
    };
    let mut export = store.export(&job.actor, &wanted, job.now)?;
    let made = std::fs::create_dir_all(&job.folder).and_then(|()| fresh::create(&job.folder.join(&name)));
    let (out, path) = match made {
        Ok((file, path)) => (Ok(BufWriter::new(file)), path),
        Err(error) => (Err(error), place),
    };
    let end = carry(&mut store, &job.actor, &mut export, out, (job.format, lang, job.now))?;
    let rows = format::count(i64::try_from(export.rows).unwrap_or(i64::MAX));
    let cut = |why: &dyn std::fmt::Display| (Tone::Bad, t::CUT_OFF.with(lang, &[&rows, why]));
    Ok(match end {
        End::Whole => (Tone::Good, t::LEFT_STORE.with(lang, &[&rows, &from_home(&path)])),
        End::Output(error) => cut(&errors::io(&error, lang)),
        End::Store(error) => cut(&errors::told(&error, lang)),
        // a file is no pipe that somebody could close
        End::Closed => cut(&path.display()),
    })
}

/// A path as people write it: from their home, where it lies there.
fn from_home(path: &Path) -> String {
    match path.strip_prefix(super::place::home()) {
        Ok(rest) => format!("~/{}", rest.display()),
        Err(_) => path.display().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::{Change, Envelope, NewCustomer};
    use crate::domain::field::{Field, Value};
    use crate::run::tests::company;

    #[test]
    fn marked_customers_leave_into_a_file_of_the_persons_own_and_a_second_one_stands_beside() {
        let home = tempfile::tempdir().unwrap();
        let (db, mut store, actor, now) = company(home.path());
        let ids: Vec<i64> = ["恒远物流", "=1+1"]
            .into_iter()
            .map(|name| {
                let values = vec![(Field::Name, Value::text(name))];
                let new = NewCustomer { values, ..NewCustomer::default() };
                let change = Change::AddCustomer(Box::new(new));
                let envelope = Envelope { request: name.to_owned(), change, reason: None };
                store.write(&actor, &envelope, now).unwrap().customer.unwrap().0
            })
            .collect();
        let job = |only: Vec<i64>, reason: &str| Job {
            db: db.clone(),
            actor: actor.clone(),
            now,
            lang: Lang::En,
            what: Exported::Customers,
            format: Format::Csv,
            filter: (Filter::default(), String::new()),
            only,
            reason: reason.to_owned(),
            folder: home.path().join("files"),
        };
        let (tone, said) = work(job(vec![ids[1]], "audit"));
        assert_eq!(tone, Tone::Good, "{said}");
        let file = home.path().join("files/customers-2024-05-20.csv");
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains(",'=1+1,") && !text.contains("恒远物流"), "{text}");
        assert!(work(job(Vec::new(), "audit")).1.contains("customers-2024-05-20 2.csv"));
        assert_eq!(work(job(Vec::new(), "  ")).0, Tone::Bad, "nothing leaves without a reason");
        assert_eq!(std::fs::read_dir(home.path().join("files")).unwrap().count(), 2);
    }
}
