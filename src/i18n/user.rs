//! The words for people who share a server: adding and freezing them, their keys, the session that a key opens.

use super::Lang;
use crate::store::request::PersonRow;

super::texts! {
    ADDED "{} may work here now as {}." "{}已加入,角色:{}。";
    NO_KEY_YET "There is no key yet: “guanxi user key add {} FILE.pub” lets them in." "尚无密钥:用“guanxi user key add {} 文件.pub”添加后方可登录。";
    IS_SET "{}: changed are {}." "{}:已修改{}。";
    UNCHANGED "{} is like this already." "{}本已如此。";
    NOT_AWAY "“{}” is no time away; write 2024-05-27..2024-05-31, 2024-05-27.. while the end is open, or “” for back again." "“{}”不是休假时间,请写成2024-05-27..2024-05-31,未定返回写2024-05-27..,已返回写“”。";
    AWAY "away {}" "休假{}";
    STANDS_IN "{} stands in" "{}代理";
    YOU_ARE "You work here as {} ({}) from now on." "您现在的角色为{}({})。";
    FROZEN "{} is shut out; their key opens nothing any more." "{}已冻结,其密钥不再有效。";
    SESSIONS_ENDED "Sessions ended: {}." "已结束的会话:{}。";
    THAWED "{} may work here again." "{}已解冻。";
    KEY_ADDED "{} comes in with {} now." "{}现在可使用密钥{}登录。";
    KEY_REMOVED "{} does not come in with {} any more." "{}不再能使用密钥{}登录。";
    NO_DEPARTMENT "There is no department “{}”; write one of {}." "没有部门“{}”,可用:{}。";
    NOT_A_KEY "{} is no public key; give the file that ends in .pub, with one line such as “ssh-ed25519 AAAA…”." "{}不是公钥,请给出以 .pub 结尾的文件,内容形如“ssh-ed25519 AAAA…”。";
    SECRET_KEY "{} is the secret half of a key, which must stay on its computer; give the file that ends in .pub." "{}是私钥,不应离开本机,请改用以 .pub 结尾的公钥文件。";
    SEVERAL_KEYS "{} holds several keys; add them one by one." "{}含有多个密钥,请逐个添加。";
    KEY_OPTIONS "{}: options stand before the key; give the key alone." "{}:密钥前有选项,请只保留密钥本身。";
    WEAK_KEY "{} is too weak (DSA, or RSA below 2048 bits); make a new one with “ssh-keygen -t ed25519”." "{}强度不足(DSA或2048位以下RSA),请用“ssh-keygen -t ed25519”重新生成。";
    LOGIN "Login" "登录名";
    NAME "Name" "姓名";
    ROLE "Role" "角色";
    DEPARTMENT "Department" "部门";
    POST "Post" "岗位";
    ABSENCE "Away" "休假";
    STATE "State" "状态";
    KEYS "Keys" "密钥";
    SESSIONS "Sessions" "会话";
    ACTIVE "active" "在岗";
    IS_FROZEN "frozen" "已冻结";
    H_USER "Manage the people of a shared server and their keys" "管理共享服务器的人员与密钥";
    H_SESSION "A session over SSH; sshd starts it" "SSH会话,由sshd启动";
    H_SSHD_KEYS "Tell sshd the key with a fingerprint; sshd asks it" "按指纹向sshd提供公钥,由sshd调用";
    SHUT_OUT "Shut out" "冻结";
    FREEZE_MEANS "Their sessions end at once with what they typed kept, and no key of theirs opens any more. “guanxi user thaw” lets them in again." "其会话立即结束(已输入内容保留),密钥失效。“guanxi user thaw”可解除。";
    H_ADD "Let somebody in, as a colleague with a role" "新增同事及其角色";
    H_LIST "Everybody with role, department, absence, sessions and keys" "列出全部人员:角色、部门、休假、会话与密钥";
    H_SET "Change somebody: role, department, post, deputy, absence" "修改人员:角色、部门、岗位、代理、休假";
    H_FREEZE "Shut somebody out at once: open sessions end, no key opens" "立即冻结:会话结束,密钥失效";
    H_THAW "Let somebody in again who was frozen" "解除冻结";
    H_KEY "Keys that somebody logs in with" "登录密钥";
    H_KEY_ADD "Add another key" "增加密钥";
    H_KEY_REMOVE "Take a key away" "移除密钥";
    A_USER "The person: login or name" "人员:登录名或姓名";
    A_KEY_GONE "Its fingerprint (SHA256:…) or the file with it" "密钥指纹(SHA256:…)或公钥文件";
    A_ROLE "rep, manager, security, admin or viewer" "rep客户经理、manager主管、security数据安全、admin管理员、viewer只读";
    A_DEPARTMENT "sales, service, marketing, operations or other" "销售部、客服部、市场部、运营部或其他";
    A_POST "The post, in the company's words" "岗位名称";
    A_NEW_NAME "The name by which colleagues know them" "姓名";
    A_DEPUTY "Who stands in while they are away; “” for nobody" "休假期间的代理人,留空“”表示无";
    A_AWAY "When they are away, as 2024-05-27..2024-05-31; “” for back again" "休假时间,如2024-05-27..2024-05-31;“”表示已返回";
    A_LOGIN "By which commands name them (else the name)" "命令中使用的名称(默认为姓名)";
    A_KEY "The file with their public key; “-” reads it from the pipe" "公钥文件,“-”表示从管道读取";
    NO_IDENTITY "This command is for sshd, which says whose key has signed; see “guanxi server init”." "此命令由sshd启动并提供签名密钥,请见“guanxi server init”。";
    NO_BODY "Nobody here comes in with this key any more; ask your administrator." "该密钥已不属于任何在岗人员,请联系管理员。";
    TOO_LONG "The command is too long; write it shorter, or pipe the data in." "命令过长,请缩短,或通过管道传入数据。";
    CONTROLS "The command holds characters that no key types; write it on one line." "命令中含有控制字符,请写成一行。";
    QUOTES "A quotation mark in the command is not closed." "命令中的引号未闭合。";
    NOT_OVER_SSH "“{}” is not for a session over SSH; run it on the server itself." "“{}”不能通过SSH会话使用,请在服务器上运行。";
    NO_FILES "A session opens no file of the server: pipe it in, as in “ssh … import customers < customers.csv”." "会话不能打开服务器上的文件,请通过管道传入,如“ssh … import customers < 客户.csv”。";
    PLACE_OVER_SSH "“{}” names a file of the server, which a session does not: on the server itself, run “guanxi setting {} /path”." "“{}”指向服务器上的文件,会话中不能设置:请在服务器上执行“guanxi setting {} /路径”。";
    NO_OPTION "“{}” is not for a session over SSH." "“{}”不能在SSH会话中使用。";
    NEEDS_TTY "The screen needs a terminal: log in with “ssh -t”." "全屏界面需要终端,请用“ssh -t”登录。";
    MEANWHILE "{} changed this at {}: {}" "{}于{}改为:{}";
    ALSO_EDITS "{} edits this too." "{}也正在修改。";
    REMOVED "{} removed this at {}; it can no longer be saved." "{}于{}删除了它,已无法保存。";
    AS_A_NOTE "Ctrl-T keeps what you typed as a note of {}." "按Ctrl-T把您输入的内容记为{}的一条备注。";
    IMPORT_BY_PIPE "A session opens no file of the server. From your own computer: ssh … import customers < customers.csv" "会话不能打开服务器上的文件。请在自己的电脑上执行:ssh … import customers < 客户.csv";
    A_FINGERPRINT "The fingerprint of a key, as SHA256:…" "密钥指纹,如 SHA256:…";
    NOT_ON_SERVER "This is for your own machine; on a shared server a session touches no file or program." "此功能仅限个人使用;在共享服务器上,会话不涉及服务器上的文件和程序。";
    UNSAFE "The session could not be made safe ({}), so it has not begun; tell your administrator." "会话无法安全启动({}),请联系管理员。";
}

/// When somebody is away and who stands in; blank where they are not, or were.
pub fn absence(person: &PersonRow, lang: Lang) -> String {
    let Some(from) = person.away_from else { return String::new() };
    let until = person.away_until.map_or_else(String::new, |day| day.to_string());
    let away = AWAY.with(lang, &[&format!("{from}..{until}")]);
    match &person.deputy {
        Some(deputy) => format!("{away} · {}", STANDS_IN.with(lang, &[deputy])),
        None => away,
    }
}
