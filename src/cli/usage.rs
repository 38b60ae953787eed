//! The language, the help texts in it, and what to say when something typed is not understood.

mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches, Parser};

use super::args::Args;
use crate::i18n::{Lang, Text, cli as t, format};
use words::{ARGUMENTS, COMMANDS};

/// The language: `--lang`, `GUANXI_LANG`, else what the system says.
pub fn language(typed: &[OsString]) -> Lang {
    let mut words = typed.iter().filter_map(|word| word.to_str());
    let mut option = None;
    while let Some(word) = words.next() {
        match word {
            "--" => break,
            "--lang" => option = words.next().map(ToOwned::to_owned),
            _ => option = word.strip_prefix("--lang=").map(ToOwned::to_owned).or(option),
        }
    }
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(crate::run::env::text);
    let said =
        asked(option.as_deref()).into_iter().chain(set).find(|v| !v.trim().is_empty()).unwrap_or_default();
    if said.trim().to_lowercase().starts_with("zh") { Lang::Zh } else { Lang::En }
}

/// The language that was asked for by option or variable; one that we do not speak was not.
pub fn asked(option: Option<&str>) -> Option<String> {
    let option = option.filter(|lang| matches!(*lang, "en" | "zh")).map(str::to_owned);
    option.or_else(|| crate::run::env::text("GUANXI_LANG")).filter(|lang| !lang.trim().is_empty())
}

/// Reads what was typed. Only what is not understood, or asks for help, needs all the words: they take longer than the rest
/// of the way to a session's first frame.
pub fn parse(typed: &[OsString], lang: Lang) -> Result<Args, clap::Error> {
    Args::try_parse_from(typed).or_else(|_| {
        let matches = command(lang).try_get_matches_from(typed)?;
        Args::from_arg_matches(&matches)
    })
}

/// The command line with its help in a language.
pub fn command(lang: Lang) -> clap::Command {
    let mut command = Args::command()
        .about(t::H_ABOUT.of(lang))
        .mut_arg("db", |a| a.help(t::H_DB.of(lang)))
        .mut_arg("lang", |a| a.help(t::H_LANG.of(lang)))
        .mut_arg("json", |a| a.help(t::H_JSON.of(lang)));
    for (name, _) in COMMANDS.iter().filter(|(name, _)| !name.contains(' ')) {
        command = command.mut_subcommand(name, |c| worded(c, name, lang));
    }
    headed(command, lang)
}

/// A command of this path with the words for it, for its arguments and for the commands below it.
fn worded(mut command: clap::Command, path: &str, lang: Lang) -> clap::Command {
    let of = |table: &[(&str, Text)], id: &str| table.iter().find(|(i, _)| *i == id).map(|(_, text)| *text);
    if let Some(about) = of(COMMANDS, path) {
        command = command.about(about.of(lang));
    }
    command = command.mut_args(|arg| {
        let id = arg.get_id().as_str();
        let text = of(ARGUMENTS, &format!("{path} {id}")).or_else(|| of(ARGUMENTS, id));
        match text {
            Some(text) => arg.help(text.of(lang)),
            None => arg,
        }
    });
    let below: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for name in below {
        command = command.mut_subcommand(&name, |c| worded(c, &format!("{path} {name}"), lang));
    }
    command
}

/// The headings and the words that the parser's library brings along, in the language; for all commands below, too.
fn headed(mut command: clap::Command, lang: Lang) -> clap::Command {
    use clap::ArgAction;
    let root = command.get_name() == "guanxi";
    let usage = t::C_USAGE.of(lang);
    command = command
        .help_template(format!("{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}"))
        .subcommand_help_heading(t::C_COMMANDS.of(lang))
        .subcommand_value_name(t::C_COMMAND.of(lang))
        .disable_help_flag(true)
        .arg(clap::Arg::new("help").short('h').long("help").action(ArgAction::Help).help(t::C_HELP.of(lang)));
    if root {
        command = command.disable_version_flag(true).arg(
            clap::Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(t::C_VERSION.of(lang)),
        );
    }
    let mut place = 0;
    command = command.mut_args(|arg| {
        place += 1;
        let text = if arg.is_positional() { t::C_ARGUMENTS } else { t::C_OPTIONS };
        let mut help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let words =
            |values: Vec<String>| format::list(&values.iter().map(String::as_str).collect::<Vec<_>>(), lang);
        let takes = arg.get_action().takes_values();
        let defaults: Vec<String> =
            arg.get_default_values().iter().map(|v| v.to_string_lossy().into_owned()).collect();
        let possible: Vec<String> =
            arg.get_possible_values().iter().map(|v| v.get_name().to_owned()).collect();
        for (note, values) in [(t::C_DEFAULT, defaults), (t::C_POSSIBLE, possible)] {
            if takes && !values.is_empty() {
                let blank = if help.is_empty() { "" } else { " " };
                help = format!("{help}{blank}{}", note.with(lang, &[&words(values)]));
            }
        }
        let arg = if help.is_empty() { arg } else { arg.help(help) };
        let arg = arg.help_heading(text.of(lang)).display_order(place);
        arg.hide_default_value(takes).hide_possible_values(takes)
    });
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(name, |c| headed(c, lang));
    }
    if root {
        // the command of the library itself is there only once everything is put together
        command.build();
        command = built(command, lang);
    }
    command
}

/// The words of the library that are there only once a command is put together: its own command `help`, and what stands for
/// any option.
fn built(mut command: clap::Command, lang: Lang) -> clap::Command {
    let usage = command.render_usage().to_string();
    if lang != Lang::En
        && let Some((_, usage)) = usage.split_once(": ")
    {
        command = command.override_usage(usage.replace("[OPTIONS]", t::C_ANY_OPTION.of(lang)));
    }
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(&name, |c| {
            if name == "help" { c.about(t::C_HELP.of(lang)) } else { built(c, lang) }
        });
    }
    command
}

/// Says what is wrong with what was typed; help and version are no error.
pub fn told(error: &clap::Error, lang: Lang) -> ExitCode {
    if !error.use_stderr() {
        // whoever stops reading early has read enough
        drop(error.print());
        return ExitCode::SUCCESS;
    }
    eprintln!("{}", super::sentence::said(&t::USAGE.with(lang, &[&sentence(error, lang)])));
    ExitCode::from(2)
}

/// Commands that no person types.
const INTERNAL: &[&str] = &["session", "sshd-keys"];

fn sentence(error: &clap::Error, lang: Lang) -> String {
    let context = |kind: ContextKind| error.get(kind).map(plain).unwrap_or_default();
    let list = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::Strings(words)) => words.clone(),
        Some(other) => vec![plain(other)],
        None => Vec::new(),
    };
    let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let named = bare(&argument);
    // the likeliest stands last; what only sshd and the program itself type is nothing to suggest
    let offered = |word: &&String| !INTERNAL.contains(&word.as_str());
    let meant = |unknown: String, suggested: ContextKind| match list(suggested).iter().rev().find(offered) {
        Some(word) => t::USAGE_MEANT.with(lang, &[&unknown, word]),
        None => t::USAGE_UNKNOWN.with(lang, &[&unknown]),
    };
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            meant(context(ContextKind::InvalidSubcommand), ContextKind::SuggestedSubcommand)
        }
        ErrorKind::UnknownArgument => meant(argument, ContextKind::SuggestedArg),
        ErrorKind::MissingRequiredArgument => {
            let missing = list(ContextKind::InvalidArg);
            let words: Vec<&str> = missing.iter().map(|word| bare(word)).collect();
            t::USAGE_MISSING.with(lang, &[&format::list(&words, lang)])
        }
        ErrorKind::InvalidValue if value.is_empty() => t::USAGE_NO_VALUE.with(lang, &[&named]),
        ErrorKind::InvalidValue => {
            let valid = list(ContextKind::ValidValue);
            let words: Vec<&str> = valid.iter().map(String::as_str).collect();
            t::USAGE_VALUE.with(lang, &[&value, &named, &format::list(&words, lang)])
        }
        ErrorKind::ValueValidation => t::USAGE_BAD_VALUE.with(lang, &[&value, &named]),
        _ => t::USAGE_OTHER.of(lang).to_owned(),
    }
}

/// An argument without the signs of a usage line: `TEXT` of `<TEXT>...`, `--channel` of `--channel <C>`.
fn bare(argument: &str) -> &str {
    let name = argument.trim_end_matches("...");
    match name.split_once(' ') {
        Some((option, _)) if option.starts_with('-') => option,
        _ => name.trim_matches(['<', '>', '[', ']']),
    }
}

fn plain(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::Number(n) => n.to_string(),
        ContextValue::Bool(b) => b.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The path of every command below this one that people see, and of its arguments, with what each says of itself.
    fn all(command: &clap::Command, path: &str, out: &mut Vec<(String, String)>) {
        for sub in command.get_subcommands().filter(|c| !c.is_hide_set() && c.get_name() != "help") {
            let path = format!("{path} {}", sub.get_name());
            out.push((path.clone(), sub.get_about().map(ToString::to_string).unwrap_or_default()));
            // a default or a list of values is no word for what it is
            let said = |arg: &clap::Arg| arg.get_help().map(ToString::to_string).unwrap_or_default();
            let told =
                |arg: &clap::Arg| said(arg).split(['[', '【']).next().unwrap_or_default().trim().to_owned();
            let shown = sub.get_arguments().filter(|arg| !arg.is_hide_set() && !arg.is_global_set());
            out.extend(shown.map(|arg| (format!("{path} {}", arg.get_id()), told(arg))));
            all(sub, &path, out);
        }
    }

    #[test]
    fn every_command_says_in_both_languages_what_it_is_for() {
        for lang in [Lang::En, Lang::Zh] {
            let mut told = Vec::new();
            all(&command(lang), "guanxi", &mut told);
            assert!(told.iter().any(|(path, _)| path == "guanxi user key add"), "{told:?}");
            let is_said = |about: &str| {
                let chinese = about.chars().any(|c| ('\u{4e00}'..'\u{9fff}').contains(&c));
                !about.is_empty() && !about.contains('`') && (chinese || lang == Lang::En)
            };
            told.retain(|(_, about)| !is_said(about));
            assert_eq!(told, []);
        }
    }

    #[test]
    fn the_words_that_the_library_brings_are_in_the_language_too() {
        for path in [&["user"][..], &["scheme"], &["server"], &["backup-key"], &["user", "key"]] {
            let whole = command(Lang::Zh);
            let mut shown = path.iter().fold(whole, |c, name| c.find_subcommand(name).unwrap().clone());
            let help = shown.render_help().to_string();
            assert!(!help.contains("OPTIONS") && !help.contains("Print this"), "{help}");
        }
        let missing = command(Lang::En).try_get_matches_from(["guanxi", "find"]).unwrap_err();
        assert_eq!(sentence(&missing, Lang::En), "Something is missing: TEXT.");
    }

    #[test]
    fn what_only_the_program_itself_types_is_not_suggested() {
        let told = |typed: &str| {
            let error = command(Lang::En).try_get_matches_from(["guanxi", typed]).unwrap_err();
            sentence(&error, Lang::En)
        };
        assert!(!told("sh").contains("sshd-keys") && !told("sessio").contains("session"), "{}", told("sh"));
        assert!(told("boart").contains("board"));
    }
}
