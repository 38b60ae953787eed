//! From keys to commands: the default keys of the command table, changed by a person's `keys.toml`.
//! A sequence such as `g g` waits for its second key; what can follow is shown meanwhile.

use super::command::{COMMANDS, Command, Place};
use super::key::{Key, NoSuchKey};
use super::pane_id::PaneId;

/// Keys and their commands.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<(Vec<Key>, Command)>,
}

/// What a key means here and now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A command.
    Command(Command),
    /// The first of a sequence.
    Prefix,
    /// Nothing.
    Nothing,
}

/// Why a line of `keys.toml` does not stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeymapError {
    /// No command has this id.
    Command(String),
    /// No key has this name.
    Key(String),
    /// Two commands of one place want the same key: both ids.
    Twice(String, String, String),
}

impl From<NoSuchKey> for KeymapError {
    fn from(NoSuchKey(name): NoSuchKey) -> Self {
        Self::Key(name)
    }
}

fn sequence(text: &str) -> Result<Vec<Key>, NoSuchKey> {
    text.split(' ').map(str::parse).collect()
}

impl Default for Keymap {
    fn default() -> Self {
        let bindings = COMMANDS
            .iter()
            .flat_map(|spec| spec.keys.iter().filter_map(|k| Some((sequence(k).ok()?, spec.command))))
            .collect();
        Self { bindings }
    }
}

impl Keymap {
    /// The defaults with some commands bound anew: command id → keys. Refuses keys that two commands of one place want.
    pub fn with(changes: &[(String, Vec<String>)]) -> Result<Self, KeymapError> {
        let mut map = Self::default();
        for (id, keys) in changes {
            let spec =
                COMMANDS.iter().find(|s| s.id == id).ok_or_else(|| KeymapError::Command(id.clone()))?;
            map.bindings.retain(|(_, c)| *c != spec.command);
            for key in keys {
                map.bindings.push((sequence(key)?, spec.command));
            }
        }
        for (i, (keys, command)) in map.bindings.iter().enumerate() {
            let clash = map.bindings.iter().skip(i + 1).find(|(k, c)| k == keys && meet(*c, *command));
            if let Some((_, other)) = clash {
                let name = keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
                return Err(KeymapError::Twice(name, command.spec().id.into(), other.spec().id.into()));
            }
        }
        Ok(map)
    }

    /// What `keys` mean on a pane; `pending` holds the keys of a sequence that was begun.
    pub fn meaning(&self, pane: PaneId, pending: &[Key], key: Key) -> Meaning {
        let wanted: Vec<Key> = pending.iter().copied().chain([key.narrow()]).collect();
        let here = |c: Command| match c.spec().place {
            Place::Pane(p) => p == pane,
            _ => true,
        };
        let mut found = Meaning::Nothing;
        for (keys, command) in self.bindings.iter().filter(|(_, c)| here(*c)) {
            if *keys == wanted {
                // a pane's own binding stands above a general one
                if matches!(command.spec().place, Place::Pane(_)) || found == Meaning::Nothing {
                    found = Meaning::Command(*command);
                }
            } else if keys.starts_with(&wanted) && found == Meaning::Nothing {
                found = Meaning::Prefix;
            }
        }
        found
    }

    /// The keys of a command as people read them; the first is the one to show.
    pub fn keys(&self, command: Command) -> Vec<String> {
        self.bindings
            .iter()
            .filter(|(_, c)| *c == command)
            .map(|(keys, _)| keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
            .collect()
    }
}

/// Whether two commands can be wanted in the same place.
fn meet(a: Command, b: Command) -> bool {
    match (a.spec().place, b.spec().place) {
        (Place::Pane(x), Place::Pane(y)) => x == y,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_of_one_place_share_a_default_key() {
        assert!(Keymap::with(&[]).is_ok());
    }

    #[test]
    fn a_sequence_waits_for_its_second_key() {
        let map = Keymap::default();
        let g = Key::char('g');
        assert_eq!(map.meaning(PaneId::Customers, &[], g), Meaning::Prefix);
        assert_eq!(map.meaning(PaneId::Customers, &[g], g), Meaning::Command(Command::Top));
        assert_eq!(map.meaning(PaneId::Customers, &[g], Key::char('x')), Meaning::Nothing);
    }

    #[test]
    fn a_command_bound_anew_loses_its_old_keys_and_a_clash_is_named() {
        let map = Keymap::with(&[("log".into(), vec!["Z".into()])]).unwrap();
        assert_eq!(map.keys(Command::Log), ["Z"]);
        assert_eq!(map.meaning(PaneId::Board, &[], Key::char('a')), Meaning::Nothing);
        let clash = Keymap::with(&[("log".into(), vec!["n".into()])]).unwrap_err();
        assert!(matches!(clash, KeymapError::Twice(key, ..) if key == "n"));
        assert_eq!(Keymap::with(&[("fly".into(), vec![])]).unwrap_err(), KeymapError::Command("fly".into()));
        assert_eq!(
            Keymap::with(&[("log".into(), vec!["Hyper-X".into()])]).unwrap_err(),
            KeymapError::Key("Hyper-X".into())
        );
    }

    #[test]
    fn a_full_width_colon_opens_the_palette() {
        let map = Keymap::default();
        assert_eq!(map.meaning(PaneId::Customers, &[], Key::char('：')), Meaning::Command(Command::Palette));
    }
}
