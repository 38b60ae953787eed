//! People as the administrator makes them, and the public keys that let them in. A key is read here and nowhere else; what
//! is no key, or one that is too weak, or the secret half, is refused before it reaches the store.

use serde::{Deserialize, Serialize};
use ssh_key::public::KeyData;
use ssh_key::{Algorithm, HashAlg, PublicKey};

use super::act::Act;
use super::people::{PersonId, Role};

/// The shortest RSA key that is taken, in bits (what OpenSSH asks of new keys is 3072; older devices have 2048).
const RSA_BITS: usize = 2_048;
/// The longest file of a key that is read.
const LONGEST: usize = 16_384;

/// A public key, as sshd knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// `SHA256:…`.
    pub fingerprint: String,
    /// `ssh-ed25519` and its like.
    pub kind: String,
    /// The key, in base64.
    pub body: String,
    /// What stood behind it: whose, which computer.
    pub note: String,
}

/// Why a text is no key to let somebody in with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// No public key at all.
    NotAKey,
    /// The secret half, which must not leave its computer.
    Secret,
    /// Several lines with keys, where one key is meant.
    Several,
    /// Options stand before the key; here the program decides what it may do.
    Options,
    /// DSA, or RSA of too few bits.
    Weak,
}

impl Key {
    /// Reads the one public key of a file such as `id_ed25519.pub`.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        if text.contains("PRIVATE KEY-----") {
            return Err(KeyError::Secret);
        }
        if text.len() > LONGEST {
            return Err(KeyError::NotAKey);
        }
        let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
        let line = lines.next().ok_or(KeyError::NotAKey)?;
        if lines.next().is_some() {
            return Err(KeyError::Several);
        }
        let known =
            |word: &str| word.starts_with("ssh-") || word.starts_with("ecdsa-") || word.starts_with("sk-");
        if line.split_whitespace().next().is_some_and(|word| !known(word))
            && line.split_whitespace().skip(1).any(known)
        {
            return Err(KeyError::Options);
        }
        let key = PublicKey::from_openssh(line).map_err(|_| KeyError::NotAKey)?;
        match (key.algorithm(), key.key_data()) {
            (Algorithm::Dsa, _) => return Err(KeyError::Weak),
            (_, KeyData::Rsa(rsa)) if bits(rsa.n.as_positive_bytes().unwrap_or_default()) < RSA_BITS => {
                return Err(KeyError::Weak);
            }
            (Algorithm::Other(_), _) => return Err(KeyError::NotAKey),
            _ => {}
        }
        let written = PublicKey::from(key.key_data().clone()).to_openssh().map_err(|_| KeyError::NotAKey)?;
        let mut words = written.split(' ');
        Ok(Self {
            fingerprint: key.fingerprint(HashAlg::Sha256).to_string(),
            kind: words.next().unwrap_or_default().to_owned(),
            body: words.next().unwrap_or_default().to_owned(),
            note: super::text::clean_line(key.comment()).chars().take(80).collect(),
        })
    }
}

/// The length of a number, in bits.
fn bits(bytes: &[u8]) -> usize {
    let first = bytes.first().map_or(0, |b| b.leading_zeros() as usize);
    (bytes.len() * 8).saturating_sub(first)
}

/// A person who is to work here (A139).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPerson {
    /// By which they are named in commands.
    pub login: String,
    /// By which colleagues know them.
    pub name: String,
    /// What they are here for.
    pub role: Role,
    /// Department id.
    pub department: String,
    /// Their post, in the company's words.
    pub post: String,
    /// The key they come in with, if they have one already.
    pub key: Option<Key>,
}

/// What an administrator does with people and their keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Staff {
    /// Lets somebody work here.
    Add(Box<NewPerson>),
    /// Shuts a person out at once.
    Freeze(PersonId),
    /// Lets them in again.
    Thaw(PersonId),
    /// Gives a person one more key.
    AddKey(PersonId, Key),
    /// Takes the key with this fingerprint away.
    RemoveKey(PersonId, String),
}

impl Staff {
    /// The verb id under which the record has it.
    pub const fn act(&self) -> Act {
        match self {
            Self::Add(_) => Act::AddPerson,
            Self::Freeze(_) => Act::Freeze,
            Self::Thaw(_) => Act::Thaw,
            Self::AddKey(..) => Act::AddKey,
            Self::RemoveKey(..) => Act::RemoveKey,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANG: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFAbXlwiGQFRiaupZg+XBqYXh1zGrSXHnRcrkyNUEVWG wang@laptop";

    #[test]
    fn a_key_is_known_by_the_fingerprint_that_sshd_tells() {
        let key = Key::parse(&format!("# my key\n{WANG}\n\n")).unwrap();
        assert_eq!((key.kind.as_str(), key.note.as_str()), ("ssh-ed25519", "wang@laptop"));
        assert!(key.fingerprint.starts_with("SHA256:") && key.fingerprint.len() == 50, "{}", key.fingerprint);
        assert!(WANG.contains(&key.body));
    }

    #[test]
    fn what_must_not_or_cannot_let_anybody_in_is_refused_each_for_its_reason() {
        let secret = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----";
        let with_options = format!("command=\"sh\" {WANG}");
        let several = format!("{WANG}\n{WANG}");
        let dsa = "ssh-dss AAAAB3NzaC1kc3MAAACBAPVvGIN old";
        for (text, error) in [
            (secret, KeyError::Secret),
            (with_options.as_str(), KeyError::Options),
            (several.as_str(), KeyError::Several),
            ("", KeyError::NotAKey),
            ("hello", KeyError::NotAKey),
            ("ssh-ed25519 AAAA", KeyError::NotAKey),
            (dsa, KeyError::NotAKey),
        ] {
            assert_eq!(Key::parse(text), Err(error), "{text}");
        }
        assert_eq!(Key::parse(&"x".repeat(LONGEST + 1)), Err(KeyError::NotAKey));
    }

    #[test]
    fn an_rsa_key_needs_2048_bits() {
        let small = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDIa8ClY1RLewmn/evLM5AOftKg141tqp4IKqITIRqoqi/0S2/t8gNs/U5r4f1Q53F47FkMAJLq/jkXynmPAuAylQ+evF2LIX6zgseEC3EW0lQGwc2nCZSgUsP5UdpJQlknNHbZoWPIukzR1sBMC9OFNnwcaWlY0QrG+FCS3ir0fw== small";
        let long = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC1cvEETf0L5cAgkvIY7bubgAprzULcW2XE7xrYuJwaFRxmzxJpyoWDDD9bVn406h0AlUSybS6XPHYW/J1xCZq2z12r6HrqfcxoSKnqm54QJNnpZlD8rU3hgcESZBV+rndhpgXCN7feh6hrso8HyefOSYLL1fCUiuPbst99n/7hsguhY7VMbhWHWpVy4f03GFkkd9IRwbtv1x+9jvqzVX1zsXGsj6ldlyNw/ocRCHLGr0sIYPf889SnXMIxNpqrt7BSwXxU+UNvR3vAqLCDvqdg+AWJfAF6OcIFenigFIPuxJW4IFOz745j+QaikNZIBXwa4GPwxyATAdlDLE+gh/ud ok";
        assert_eq!(Key::parse(small), Err(KeyError::Weak));
        assert_eq!(Key::parse(long).map(|k| k.kind), Ok("ssh-rsa".to_owned()));
    }

    #[test]
    fn the_length_of_a_number_does_not_count_leading_zeros() {
        assert_eq!(bits(&[0x80, 0]), 16);
        assert_eq!(bits(&[0x01, 0]), 9);
        assert_eq!(bits(&[]), 0);
    }
}
