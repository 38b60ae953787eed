//! The real program in a pseudo-terminal: keys in, screen and bytes out. For the few tests that need a true terminal,
//! and for the benchmark.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// How long a test waits for something that has to come.
const PATIENCE: Duration = Duration::from_secs(20);
/// Output is over when nothing came for so long.
pub const QUIET: Duration = Duration::from_millis(30);
/// The same where it is measured.
pub const SETTLED: Duration = Duration::from_millis(400);
/// Columns at the end of the first line in which the clock stands: its minute is nobody's answer.
const CLOCK: u16 = 6;

/// A program in a pseudo-terminal.
pub struct Session {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    chunks: Receiver<(Instant, Vec<u8>)>,
    cut: Arc<AtomicBool>,
    reader: Option<JoinHandle<()>>,
    parser: vt100::Parser,
    child: Box<dyn Child + Send + Sync>,
    /// Everything it has written.
    pub output: Vec<u8>,
}

/// What one key cost.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sample {
    /// From the key to the last byte of what it painted, the clock left out.
    pub last: Duration,
    /// How many bytes came.
    pub bytes: usize,
}

/// The bytes of keys written as text: `<Enter>`, `<Esc>`, `<C-f>`, `<Down>`; all else is itself.
pub fn bytes(keys: &str) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|r| r.split_once('>'));
        if let Some((name, after)) = named {
            let code: &[u8] = match name {
                "Enter" => b"\r",
                "Esc" => b"\x1b",
                "Tab" => b"\t",
                "BackTab" => b"\x1b[Z",
                "Backspace" => b"\x7f",
                "Del" => b"\x1b[3~",
                "Up" => b"\x1b[A",
                "Down" => b"\x1b[B",
                "Right" => b"\x1b[C",
                "Left" => b"\x1b[D",
                "Home" => b"\x1b[H",
                "End" => b"\x1b[F",
                "PgUp" => b"\x1b[5~",
                "PgDn" => b"\x1b[6~",
                "F2" => b"\x1bOQ",
                "F4" => b"\x1bOS",
                "F5" => b"\x1b[15~",
                "F6" => b"\x1b[17~",
                "F9" => b"\x1b[20~",
                "lt" => b"<",
                _ => {
                    let letter =
                        name.strip_prefix("C-").and_then(|n| n.bytes().next()).expect("a key's name");
                    out.push(vec![letter.to_ascii_lowercase() & 31]);
                    rest = after;
                    continue;
                }
            };
            out.push(code.to_vec());
            rest = after;
        } else {
            out.push(c.to_string().into_bytes());
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// A size as the parser wants it.
fn cells(n: u16) -> std::num::NonZero<u16> {
    std::num::NonZero::new(n).expect("a terminal has rows and columns")
}

impl Session {
    /// Starts the program with a fixed clock where one is given.
    pub fn start(program: &Path, args: &[&str], env: &[(&str, &str)], (columns, rows): (u16, u16)) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env_clear();
        for (key, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("PATH", "/usr/bin:/bin")] {
            command.env(key, value);
        }
        for (key, value) in env {
            command.env(key, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (send, chunks) = channel();
        let cut = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&cut);
        let handle = std::thread::spawn(move || {
            let mut buffer = vec![0; 65_536];
            while let Ok(n) = reader.read(&mut buffer) {
                if asked.load(Ordering::SeqCst)
                    || n == 0
                    || send.send((Instant::now(), buffer[..n].to_vec())).is_err()
                {
                    break;
                }
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Self {
            master: Some(pair.master),
            writer: Some(writer),
            chunks,
            cut,
            reader: Some(handle),
            parser: vt100::Parser::new(cells(rows), cells(columns), 0),
            child,
            output: Vec::new(),
        }
    }

    fn take(&mut self, chunk: &[u8]) {
        self.parser.process(chunk);
        self.output.extend_from_slice(chunk);
    }

    /// Sends keys one by one, each once the screen has come to rest.
    pub fn keys(&mut self, keys: &str) {
        for key in bytes(keys) {
            self.send(&key);
            self.rest(QUIET);
        }
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(bytes).unwrap();
        writer.flush().unwrap();
    }

    /// Sends one key and measures what it painted, until nothing came for so long: for [`SETTLED`], so that an answer that is
    /// long in coming counts, too.
    pub fn press(&mut self, key: &[u8], quiet: Duration) -> Sample {
        let from = Instant::now();
        self.send(key);
        let mut sample = Sample::default();
        let mut wait = SETTLED;
        let mut before = self.painted();
        while let Ok((at, chunk)) = self.chunks.recv_timeout(wait) {
            wait = quiet;
            sample.bytes += chunk.len();
            self.take(&chunk);
            let now = self.painted();
            if now != before {
                sample.last = at.duration_since(from);
                before = now;
            }
        }
        sample
    }

    /// What is painted, with its colours, and where the cursor shows, the clock left out.
    fn painted(&self) -> (String, Vec<String>, Option<(u16, u16)>) {
        let screen = self.parser.screen();
        let columns = screen.size().1.get();
        let head = screen.rows_formatted(0, columns - CLOCK).next().unwrap_or_default();
        (head, screen.rows_formatted(0, columns).skip(1).collect(), self.cursor())
    }

    /// Reads until nothing came for so long.
    pub fn rest(&mut self, quiet: Duration) {
        while let Ok((_, chunk)) = self.chunks.recv_timeout(quiet) {
            self.take(&chunk);
        }
    }

    /// Waits until the screen shows `text`; gives the instant at which it did.
    pub fn wait(&mut self, text: &str) -> Instant {
        let until = Instant::now() + PATIENCE;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.chunks.recv_timeout(left) {
                Ok((at, chunk)) => {
                    self.take(&chunk);
                    if self.screen().contains(text) {
                        return at;
                    }
                }
                Err(RecvTimeoutError::Timeout) => panic!("“{text}” does not show:\n{}", self.screen()),
                Err(RecvTimeoutError::Disconnected) => {
                    assert!(self.screen().contains(text), "it ended without “{text}”:\n{}", self.screen());
                    return Instant::now();
                }
            }
        }
    }

    /// Waits for `text` unless it is there already.
    pub fn expect(&mut self, text: &str) {
        self.rest(QUIET);
        if !self.screen().contains(text) {
            self.wait(text);
        }
    }

    /// What the screen shows.
    pub fn screen(&self) -> String {
        self.parser.screen().contents()
    }

    /// Where the cursor stands: row, column; none where it is hidden.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        (!self.parser.screen().hide_cursor()).then(|| self.parser.screen().cursor_position())
    }

    /// Whether the alternate screen is shown.
    pub fn is_alternate(&self) -> bool {
        self.parser.screen().alternate_screen()
    }

    /// Gives the window another size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
        self.parser.screen_mut().set_size(cells(rows), cells(columns));
        self.rest(QUIET * 3);
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let id = self.id().to_string();
        let done = std::process::Command::new("kill").args([&format!("-{name}"), &id]).status().unwrap();
        assert!(done.success());
    }

    /// Reads no more of what it writes, as a terminal that has fallen asleep.
    pub fn stall(&mut self) {
        self.cut.store(true, Ordering::SeqCst);
        // the reader lets go after the next output: a full repaint
        self.send(&[12]);
        if let Some(reader) = self.reader.take() {
            reader.join().unwrap();
        }
    }

    /// Takes the terminal away, as a cut line does: every end of it that is held here is closed.
    pub fn hang_up(&mut self) {
        self.stall();
        self.writer = None;
        self.master = None;
        // another test's program may hold a copy of the terminal for a moment; the system's signal comes all the same
        self.signal("HUP");
    }

    /// Waits for the end.
    pub fn end(&mut self) -> ExitStatus {
        let until = Instant::now() + PATIENCE;
        loop {
            if self.writer.is_some() {
                self.rest(Duration::from_millis(10));
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                if self.writer.is_some() {
                    self.rest(QUIET);
                }
                return status;
            }
            assert!(Instant::now() < until, "it does not end:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Private memory in KiB.
    pub fn private_kib(&self) -> u64 {
        self.memory("Private_Clean:") + self.memory("Private_Dirty:")
    }

    /// Memory in KiB with its part of the pages that several programs share.
    pub fn shared_kib(&self) -> u64 {
        self.memory("Pss:")
    }

    fn memory(&self, field: &str) -> u64 {
        let text = std::fs::read_to_string(format!("/proc/{}/smaps_rollup", self.id())).unwrap();
        let line = text.lines().find(|l| l.starts_with(field)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// Processor time used so far, in ticks of 10 ms.
    pub fn ticks(&self) -> u64 {
        let text = std::fs::read_to_string(format!("/proc/{}/stat", self.id())).unwrap();
        let fields: Vec<&str> = text.rsplit(')').next().unwrap().split_whitespace().collect();
        fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
