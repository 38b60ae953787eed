//! Exports over a true line: what leaves is in the log before its first byte, also where the line is cut in the middle and
//! where the answer is no (operations.md section 9, line 16; I16).

use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::process::Stdio;

use crate::sshd::Site;
use crate::{BUSY, site, until};

/// Customers with so much to tell that an export does not fit the pipes on its way.
const CUSTOMERS: usize = 500;
/// Exports that are cut, each after another number of bytes.
const CUTS: usize = 8;

/// The log of exports: state, rows, and how many customers are noted as gone out.
fn log(site: &Site) -> Vec<(String, usize, usize)> {
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE;
    let db = rusqlite::Connection::open_with_flags(site.db(), flags).unwrap();
    let sql = "SELECT state, rows, (SELECT count(*) FROM export_customer c WHERE c.export_id=x.id)
               FROM export_log x ORDER BY id";
    let mut query = db.prepare(sql).unwrap();
    query.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).unwrap().map(Result::unwrap).collect()
}

#[test]
fn s16_every_export_is_in_the_log_before_its_first_byte_cut_ones_and_refused_ones_too() {
    let Some(site) = site() else { return };
    site.person("eye", "周看", "viewer");
    let file = site.keys.path().join("many.csv");
    let note = "客户在意交货期与售后。".repeat(350);
    let mut rows = String::from("客户名称,联系人,电话,备注\n");
    for n in 0..CUSTOMERS {
        let _ = writeln!(rows, "第{n}号商贸公司,联系人{n},{},{note}", 13_700_000_000_u64 + n as u64);
    }
    fs::write(&file, rows).unwrap();
    let (status, out, err) = site.piped("wang", "import customers", &file);
    assert_eq!(status, 0, "{out}{err}");

    let whole = site.ok("wang", "export customers --reason 季度对账");
    assert!(whole.len() > 4 << 20, "an export of {} bytes is none that can be cut", whole.len());
    assert_eq!(log(&site), [("done".into(), CUSTOMERS + 1, CUSTOMERS + 1)]);
    let (status, out, _) = site.says("eye", "export customers --reason 季度对账");
    assert_eq!((status, out.as_str()), (1, ""));
    assert_eq!(log(&site)[1], ("refused".into(), 0, 0));

    for cut in 0..CUTS {
        let mut client = site.ssh("wang", &[], &["export customers --reason 季度对账"]);
        let mut client = client.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut out = client.stdout.take().unwrap();
        let mut got = vec![0; 1];
        out.read_exact(&mut got).unwrap();
        let noted = log(&site);
        assert_eq!(noted.len(), 3 + cut, "it is in the log when its first byte is here");
        assert_eq!(noted[2 + cut].0, "running");
        let mut more = vec![0; cut * 150_000];
        out.read_exact(&mut more).unwrap();
        got.extend(more);
        client.kill().unwrap();
        client.wait().unwrap();
        drop(out);
        until("the cut export", BUSY, || site.processes().is_empty());
        let (state, rows, customers) = log(&site)[2 + cut].clone();
        // the heading is no row; of the last line only a part may have come
        let came = got.split(|byte| *byte == b'\n').count().saturating_sub(2);
        assert!(state != "done", "{state}");
        assert!(rows >= came && customers >= came, "{came} rows came, {rows} of {customers} are in the log");
        assert!(rows < CUSTOMERS + 1, "it was cut in the middle");
    }
    assert_eq!(log(&site).len(), 2 + CUTS);
    eprintln!("exports: 1 whole, 1 refused, {CUTS} cut in the middle; all {} in the log", 2 + CUTS);
}
