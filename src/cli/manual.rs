//! `guanxi completions` and `guanxi man`: made from the same table of arguments as the program itself.

use super::shell::{Done, Shell, Stop};
use super::usage;
use crate::i18n::cli as t;

/// Prints completions.
pub fn completions(shell: &mut Shell, which: clap_complete::Shell) {
    let mut out = Vec::new();
    clap_complete::generate(which, &mut usage::command(shell.lang), "guanxi", &mut out);
    shell.raw(&out);
}

/// Prints the manual page.
pub fn man(shell: &mut Shell) -> Done {
    let mut out = Vec::new();
    let failed = |e: std::io::Error| Stop::Failed(t::CANNOT_PRINT.with(shell.lang, &[&e]));
    let mut command = usage::command(shell.lang);
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut out).map_err(failed)?;
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let name = format!("guanxi {}", sub.get_name());
        let page = clap_mangen::Man::new(sub.clone());
        out.extend_from_slice(format!(".SH {}\n", name.to_uppercase()).as_bytes());
        page.render_synopsis_section(&mut out).map_err(failed)?;
        page.render_description_section(&mut out).map_err(failed)?;
        page.render_options_section(&mut out).map_err(failed)?;
    }
    shell.raw(&out);
    Ok(())
}
