//! The command line: the same store as the screen, for scripts, for `ssh server guanxi find …` and for tests. One file per
//! command; what can be typed is in `args`, what all share in `shell`. Data goes to standard output, one clear sentence of
//! what went wrong to standard error; exit status 0 done, 1 refused or failed, 2 wrong usage, 3 nothing found.

mod add;
mod alarms;
mod args;
mod backup_key;
mod board;
mod demo;
mod due;
mod erase;
mod export;
mod fields;
mod find;
mod handover;
mod history;
mod import;
mod keep;
mod leak;
mod log;
mod manual;
mod matrix;
mod merge;
mod models;
mod records;
mod report;
mod scheme;
mod screen;
mod sentence;
mod server;
mod session;
mod set;
mod setting;
mod shell;
mod show;
mod sql;
mod table;
mod undo;
mod usage;
mod user;

use std::ffi::OsString;
use std::process::ExitCode;

use args::Command;
use shell::{Done, Shell, Stop};

use crate::i18n::run as around;
use crate::run::End;

/// Runs what was typed and gives the exit status.
pub fn run(typed: impl IntoIterator<Item = OsString>) -> ExitCode {
    let typed: Vec<OsString> = typed.into_iter().collect();
    let lang = usage::language(&typed);
    let args = match usage::parse(&typed, lang) {
        Ok(args) => args,
        Err(error) => return usage::told(&error, lang),
    };
    match &args.command {
        Some(Command::Session) => return session::run(args.db.as_deref()),
        Some(Command::SshdKeys { fingerprint }) => return session::keys(args.db.as_deref(), fingerprint),
        _ => {}
    }
    let mut shell = Shell::new(&args, lang);
    let result = perform(&mut shell, args.command).and_then(|()| shell.flush());
    // what is said now is said in the person's own shell
    crate::run::waiting::give_back();
    shell.end(result)
}

/// The screen; whoever tries the demo company and thinks better of it is back in their own.
fn full_screen(shell: &mut Shell) -> Done {
    loop {
        return match screen::open(shell)? {
            End::Frozen => Err(Stop::Failed(around::FROZEN.of(shell.lang).to_owned())),
            End::Idle => Err(Stop::Failed(around::IDLE.of(shell.lang).to_owned())),
            End::Demo if !demo::passing_company(shell)? => continue,
            End::Left | End::Demo => Ok(()),
        };
    }
}

fn perform(shell: &mut Shell, command: Option<Command>) -> Done {
    let Some(command) = command else { return full_screen(shell) };
    match command {
        Command::Demo(args) => demo::demo(shell, &args),
        Command::Find { text, limit } => find::find(shell, &text.join(" "), limit),
        Command::Show { code } => show::show(shell, &code),
        Command::Add { name, set } => add::add(shell, &name, &set),
        Command::Set { code, set } => set::set(shell, &code, &set),
        Command::Log(args) => log::log(shell, &args),
        Command::Order { code, amount, on, category } => {
            records::order(shell, &code, &amount, on.as_deref(), category.as_deref())
        }
        Command::Survey { code, score, nps } => records::survey(shell, &code, &score, nps.as_deref()),
        Command::Complaint { code, summary, at } => records::complaint(shell, &code, &summary, at.as_deref()),
        Command::Due { owner, all } => due::due(shell, owner.as_deref(), all),
        Command::Alarms { all } => alarms::alarms(shell, all),
        Command::Complaints { all } => alarms::complaints(shell, all),
        Command::Requests { all } => alarms::requests(shell, all),
        Command::Done { task } => due::done(shell, &task),
        Command::Matrix { scheme } => matrix::matrix(shell, &scheme),
        Command::Why { code, scheme } => scheme::why(shell, &code, scheme.as_deref()),
        Command::Scheme { what } => match what {
            args::SchemeWhat::Show { scheme } => scheme::show(shell, scheme.as_deref()),
            args::SchemeWhat::Apply { file, dry_run, reason } => {
                scheme::apply(shell, &file, dry_run, reason.as_deref())
            }
            args::SchemeWhat::Propose { file, reason } => scheme::propose(shell, &file, reason.as_deref()),
        },
        Command::Benchmark { industry, yuan, year } => {
            scheme::benchmark(shell, industry.as_deref(), yuan.as_deref(), year)
        }
        Command::Board { period, as_of } => board::board(shell, period.as_deref(), as_of.as_deref()),
        Command::Report { period, format, out, as_of } => {
            let wish = report::Wish {
                period: &period,
                format: format.as_deref().and_then(crate::domain::report::Format::from_id),
                out: out.as_deref(),
                as_of: as_of.as_deref(),
            };
            report::report(shell, &wish)
        }
        Command::Models { as_of } => models::models(shell, as_of.as_deref()),
        Command::Setting { key, value } => setting::setting(shell, key.as_deref(), value.as_deref()),
        Command::Import(args) => import::import(shell, &args),
        Command::History { conditions, limit } => history::history(shell, &conditions.join(" "), limit),
        Command::Export(args) => export::export(shell, &args),
        Command::Erase { code, name, reason } => erase::erase(shell, &code, &name, &reason),
        Command::Merge { kept, gone, take, dry_run } => merge::merge(shell, (&kept, &gone), &take, dry_run),
        Command::Handover(args) => handover::handover(shell, &args),
        Command::Leak(args) => leak::leak(shell, &args),
        Command::Undo => undo::undo(shell),
        Command::Backup(args) => keep::backup(shell, &args),
        Command::BackupKey { what } => backup_key::backup_key(shell, &what),
        Command::Restore { file, identity } => keep::restore(shell, &file, identity.as_deref()),
        Command::Check { repair } => keep::check(shell, repair),
        Command::Sql { statement, .. } => sql::sql(shell, statement.as_deref()),
        Command::User { what } => user::user(shell, &what),
        Command::Server { what } => server::server(shell, &what),
        // these two have no surroundings to run in: `run` has taken them
        Command::Session | Command::SshdKeys { .. } => Ok(()),
        Command::Completions { shell: which } => {
            manual::completions(shell, which);
            Ok(())
        }
        Command::Man => manual::man(shell),
    }
}
