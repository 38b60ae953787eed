//! The words for backups: made, restored, encrypted, given another key; and why one did not come about.

use super::{Lang, errors};
use crate::store::request::VaultError;

super::texts! {
    H_BACKUP_KEY "Make a key for encrypted backups, or give the backups another one" "为加密备份生成密钥,或更换备份的密钥";
    H_NEW "Make a pair of keys: the secret one goes into the file, the public one is printed" "生成密钥对:私钥写入文件,公钥显示在屏幕";
    H_CHANGE "Encrypt the backups of a folder to another key" "将目录中的备份改用另一密钥加密";
    A_SECRET_FILE "The new file for the secret key; keep it away from the server" "私钥新文件,请勿留在服务器上";
    A_FOLDER "The folder of the backups" "备份所在目录";
    A_INTO "Into this folder under a dated name; older ones go as the settings say" "备份到该目录并以日期命名,旧备份按设置清理";
    A_TO "Encrypt to this public key (age1…)" "用该公钥加密(age1…)";
    A_IDENTITY "The file with the secret key that opens them" "用于解密的私钥文件";
    LOCKED "Copied to {}, encrypted." "已备份到{},已加密。";
    PRUNED "Older copies removed: {}." "已清理旧备份:{}份。";
    NEW_KEY "The secret key stands in {}: keep it away from this server. Encrypt to it with: guanxi setting backup_key {}" "私钥已写入{},请勿留在本服务器。加密备份请设置:guanxi setting backup_key {}";
    REKEYED "Backups that open with the new key alone now: {}." "现仅能用新密钥打开的备份:{}份。";
    STILL_SHUT "The old key does not open these, so they are as they were: {}" "旧密钥无法打开以下备份,保持不变:{}";
    STILL_PLAIN "These are not encrypted and are as they were: {}" "以下备份未加密,保持不变:{}";
    NEW_ONLY "New backups are encrypted to the new key. Those made before still open with the old one: give --identity FILE to change them." "此后的备份将用新密钥加密。此前的备份仍可用旧密钥打开,如需更换请给出 --identity 文件。";
    NOT_AN_IDENTITY "{} holds no secret key; give the file with the line AGE-SECRET-KEY-1…" "{}中没有私钥,请给出含AGE-SECRET-KEY-1…一行的文件。";
    SHUT "{} does not open with this key, or is damaged." "无法用该密钥打开{},或文件已损坏。";
    NEEDS_KEY "{} is encrypted; give the file with its secret key: --identity FILE." "{}已加密,请用 --identity 文件 给出私钥。";
    NO_FOLDER "New backups are encrypted to the new key. Where those made before stand is not known here: change them on the server with “guanxi backup-key change FOLDER”." "此后的备份将用新密钥加密。此处不知道此前备份的位置,请在服务器上用“guanxi backup-key change 目录”更换。";
    A_SECRET "the pasted text" "粘贴的内容";
    FILE "{} could not be read or written ({})." "无法读写{}({})。";
}

/// Why a backup did not come about, as a sentence.
pub fn fault(error: &VaultError, lang: Lang) -> String {
    match error {
        VaultError::Store(error) => errors::store(error, lang),
        VaultError::Recipient(text) => errors::NOT_A_RECIPIENT.with(lang, &[text]),
        // a key that was pasted has no file
        VaultError::Identity(file) if file.is_empty() => NOT_AN_IDENTITY.with(lang, &[&A_SECRET.of(lang)]),
        VaultError::Identity(file) => NOT_AN_IDENTITY.with(lang, &[file]),
        VaultError::Shut(file) => SHUT.with(lang, &[file]),
        VaultError::NeedsKey(file) => NEEDS_KEY.with(lang, &[file]),
        VaultError::NoFolder => NO_FOLDER.of(lang).to_owned(),
        VaultError::File(file, why) => FILE.with(lang, &[file, why]),
    }
}
