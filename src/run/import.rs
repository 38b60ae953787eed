//! An import beside the screen: a thread with a connection of its own, so that the person goes on working meanwhile. What
//! it finds and does comes back as messages.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use crate::app::{Failure, Msg};
use crate::domain::clock::Now;
use crate::domain::field::Noun;
use crate::domain::import::Report;
use crate::domain::people::{Actor, Via};
use crate::exchange::headings::column_by_word;
use crate::exchange::import::{self, ImportError, Source};
use crate::exchange::mapping::Mapping;
use crate::i18n::Lang;
use crate::store::{Mode, Store};

/// Time between two words of progress.
const STRIDE: Duration = Duration::from_millis(200);

/// What to import.
pub struct Job {
    /// Into which store.
    pub db: PathBuf,
    /// By whom.
    pub actor: Actor,
    /// When.
    pub now: Now,
    /// In which language to tell.
    pub lang: Lang,
    /// Which file.
    pub path: String,
    /// Which sheet of a workbook, if the person said.
    pub sheet: Option<String>,
    /// As what, if the person said.
    pub noun: Option<Noun>,
    /// Headings that the person takes for another column, or for none.
    pub fixes: Vec<(String, Option<String>)>,
    /// Only try.
    pub dry: bool,
}

/// Starts it.
pub fn start(job: Job, send: Sender<Msg>) {
    std::thread::spawn(move || {
        let (lang, path) = (job.lang, job.path.clone());
        let result = work(job, &send).map(Box::new).map_err(|error| {
            let sentence = import::words::sentence(&error, lang);
            match error {
                ImportError::Cut { report, .. } => Failure { sentence, report: Some(report), sheets: None },
                ImportError::Sheet { sheets, .. } => Failure { sentence, report: None, sheets: Some(sheets) },
                _ => Failure { sentence, report: None, sheets: None },
            }
        });
        // a session that has ended wants no report; what came in stands in the record of changes
        let _ = send.send(Msg::Imported(path, result));
    });
}

fn work(job: Job, send: &Sender<Msg>) -> Result<Report, ImportError> {
    let mut store = Store::open(&job.db, Mode::Existing)?;
    let actor = Actor { via: Via::Import, ..job.actor };
    let mut mapping = Mapping::default();
    for (heading, column) in &job.fixes {
        mapping.set(heading, column.as_deref().and_then(column_by_word));
    }
    let order = import::Job {
        source: Source::Path(Path::new(&job.path)),
        sheet: job.sheet,
        noun: job.noun,
        mapping,
        dry: job.dry,
        rejects: None,
    };
    let mut told = Instant::now();
    import::import(&mut store, &actor, job.now, job.lang, order, &mut |rows, bytes, total| {
        if told.elapsed() >= STRIDE {
            told = Instant::now();
            // the same
            let _ = send.send(Msg::Read(rows, bytes, total));
        }
    })
}
