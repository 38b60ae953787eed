//! Where a person's data and settings live: by option, by environment, else in the folders the system has for them.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::env;

/// The folders of the person, if they have a home.
fn folders() -> Option<impl BaseStrategy> {
    etcetera::choose_base_strategy().ok()
}

fn variable(name: &str) -> Option<PathBuf> {
    env::raw(name).filter(|v| !v.is_empty()).map(PathBuf::from)
}

/// The database: the option, `GUANXI_DB`, else `$XDG_DATA_HOME/guanxi/guanxi.db`.
pub fn database(option: Option<&Path>) -> PathBuf {
    option.map(Path::to_path_buf).or_else(|| variable("GUANXI_DB")).unwrap_or_else(|| {
        folders()
            .map_or_else(|| PathBuf::from("guanxi.db"), |f| f.data_dir().join("guanxi").join("guanxi.db"))
    })
}

/// The folder of `keys.toml` and `config.toml`: `GUANXI_CONFIG`, else `$XDG_CONFIG_HOME/guanxi`.
pub fn config() -> PathBuf {
    variable("GUANXI_CONFIG")
        .unwrap_or_else(|| folders().map_or_else(|| PathBuf::from("."), |f| f.config_dir().join("guanxi")))
}

/// The person's home, where files to import are looked for.
pub fn home() -> PathBuf {
    folders().map_or_else(|| PathBuf::from("."), |f| f.home_dir().to_path_buf())
}

/// The folder of reports: `$XDG_DATA_HOME/guanxi/reports`.
pub fn reports() -> PathBuf {
    folders().map_or_else(|| PathBuf::from("reports"), |f| f.data_dir().join("guanxi").join("reports"))
}

/// The folder of drafts and places beside a database.
pub fn drafts(database: &Path) -> PathBuf {
    let mut name = database.file_name().unwrap_or_default().to_os_string();
    name.push(".drafts");
    database.with_file_name(name)
}

/// The login of the person: `GUANXI_USER` where a test or a script names one, else the system's.
pub fn login() -> String {
    let given = ["USER", "LOGNAME"].into_iter().filter_map(env::text);
    chosen().or_else(|| given.into_iter().find(|v| !v.trim().is_empty())).unwrap_or_else(|| "me".to_owned())
}

/// The login that somebody has chosen; it names a person, where the system's only says what the machine calls one.
pub fn chosen() -> Option<String> {
    env::text("GUANXI_USER").filter(|v| !v.trim().is_empty())
}
