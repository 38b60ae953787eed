//! The terminal: the only file that knows crossterm. Enters and leaves it, reads keys in a thread of its own, and turns
//! them into plain data. A lone `Esc` waits a moment, since a slow line may cut an escape sequence in two.

use std::io::{self, BufWriter, Stdout, Write};
use std::mem::ManuallyDrop;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{
    self, DisableBracketedPaste, EnableBracketedPaste, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers,
    MouseButton, MouseEventKind,
};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, style};
use ratatui::Terminal;

use super::backend::Sparing;
use super::{view, waiting};
use crate::app::key::{Code, Key};
use crate::app::shared::Size;
use crate::app::{App, Msg};

/// How long a lone `Esc` waits for the rest of a sequence.
const ESC_WAIT: Duration = Duration::from_millis(30);
/// Bytes of a large frame, which go to the terminal at once.
const FRAME: usize = 64 << 10;
/// The most a terminal takes by OSC 52, in encoded bytes.
const COPY_MOST: usize = 74_994 / 4 * 3;

/// Clicks and the wheel, as SGR reports; not every movement, which the library's own switch would bring.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// Whether the program has the terminal: what begins while it does takes it over as it is.
static HELD: AtomicBool = AtomicBool::new(false);

/// The screen, and whether the program has it.
pub struct Screen {
    // never dropped: the library's own way out writes to standard error, which panics where the line is cut
    terminal: ManuallyDrop<Terminal<Sparing<BufWriter<Stdout>>>>,
    mouse: bool,
    plain: bool,
    taken: bool,
}

impl Screen {
    /// Makes a screen ready that does not show yet; `plain` draws with ASCII signs alone.
    pub fn new(mouse: bool, plain: bool) -> io::Result<Self> {
        // colours are decided by the theme, see operations: an empty colour would reset the cursor's row
        style::force_color_output(true);
        // the system's own buffer is a kibibyte: a frame would go in many pieces
        let out = BufWriter::with_capacity(FRAME, io::stdout());
        let terminal = ManuallyDrop::new(Terminal::new(Sparing::new(out))?);
        Ok(Self { terminal, mouse, plain, taken: false })
    }

    /// Takes the terminal over; it is given back when the screen goes out of scope.
    pub fn enter(&mut self) -> io::Result<()> {
        self.taken = true;
        if HELD.load(Ordering::Relaxed) {
            return self.forget();
        }
        take(self.mouse)
    }

    /// Goes without giving the terminal back: what comes next takes it as it is, and nothing flickers in between.
    pub fn hand_on(mut self) {
        self.taken = false;
    }

    /// Draws a sentence about what is being made, where there is nothing else to show yet.
    pub fn wait(&mut self, what: &str, far: &str) -> io::Result<()> {
        self.terminal.draw(|frame| waiting(what, far, frame)).map(|_| ())
    }

    /// The size of the window.
    pub fn size(&self) -> Size {
        let (width, height) = crossterm::terminal::size().unwrap_or((80, 24));
        Size { width, height }
    }

    /// Draws one frame; the terminal shows it at once or not at all.
    pub fn draw(&mut self, app: &App) -> io::Result<()> {
        self.terminal.draw(|frame| view(app, self.plain, frame)).map(|_| ())
    }

    /// Forgets what the terminal shows, so that the next frame is drawn whole. Not by the terminal library's own way,
    /// which asks where the cursor is and never stops asking a terminal that is gone.
    pub fn forget(&mut self) -> io::Result<()> {
        execute!(io::stdout(), Clear(ClearType::All))?;
        self.terminal.backend_mut().forget();
        // the buffer that is compared with the next frame is a blank one then
        self.terminal.swap_buffers();
        Ok(())
    }

    /// Puts a text on the person's own clipboard, over SSH too.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        if text.len() > COPY_MOST {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))
    }

    /// Rings.
    pub fn bell(&mut self) -> io::Result<()> {
        io::stdout().write_all(b"\x07")?;
        io::stdout().flush()
    }

    /// Gives the terminal back and takes it again once `meanwhile` is over.
    pub fn without(&mut self, meanwhile: impl FnOnce()) -> io::Result<()> {
        release();
        meanwhile();
        take(self.mouse)?;
        self.forget()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        if self.taken {
            release();
        }
    }
}

fn take(mouse: bool) -> io::Result<()> {
    HELD.store(true, Ordering::Relaxed);
    enable_raw_mode()?;
    // a terminal without a second screen still shows what was there, and what is blank is not painted
    execute!(io::stdout(), EnterAlternateScreen, Clear(ClearType::All), EnableBracketedPaste, cursor::Hide)?;
    if mouse {
        execute!(io::stdout(), style::Print(MOUSE_ON))?;
    }
    Ok(())
}

/// Gives the terminal back; on the way out nothing more can be done about a terminal that is gone.
pub fn release() {
    HELD.store(false, Ordering::Relaxed);
    let _ = execute!(
        io::stdout(),
        style::Print(MOUSE_OFF),
        DisableBracketedPaste,
        LeaveAlternateScreen,
        style::ResetColor,
        cursor::Show
    );
    let _ = disable_raw_mode();
}

/// Gives the terminal back where something still has it.
pub fn give_back() {
    if HELD.load(Ordering::Relaxed) {
        release();
    }
}

/// Reads keys for ever and posts them; ends when the terminal is gone. Runs in a thread of its own,
/// because a read of a terminal that is gone may never return.
pub fn read(post: impl Fn(Msg)) {
    loop {
        let Ok(event) = event::read() else {
            return post(Msg::HangUp);
        };
        let messages = match event {
            Event::Key(key) if is_lone_escape(&key) => after_escape(),
            other => message(other).into_iter().collect(),
        };
        messages.into_iter().for_each(&post);
    }
}

fn is_lone_escape(key: &KeyEvent) -> bool {
    key.code == KeyCode::Esc && key.modifiers.is_empty() && key.kind != KeyEventKind::Release
}

/// What follows an `Esc` within a moment: the rest of a sequence that the line has cut, or another key.
fn after_escape() -> Vec<Msg> {
    let escape = Msg::Key(Key::plain(Code::Esc));
    let next = |wait| event::poll(wait).is_ok_and(|ready| ready).then(event::read).and_then(Result::ok);
    let Some(first) = next(ESC_WAIT) else { return vec![escape] };
    if !matches!(&first, Event::Key(k) if k.code == KeyCode::Char('[') || k.code == KeyCode::Char('O')) {
        return std::iter::once(escape).chain(message(first)).collect();
    }
    let Some(second) = next(ESC_WAIT) else {
        return std::iter::once(escape).chain(message(first)).collect();
    };
    let whole = match &second {
        Event::Key(k) => match k.code {
            KeyCode::Char('A') => Some(Code::Up),
            KeyCode::Char('B') => Some(Code::Down),
            KeyCode::Char('C') => Some(Code::Right),
            KeyCode::Char('D') => Some(Code::Left),
            KeyCode::Char('H') => Some(Code::Home),
            KeyCode::Char('F') => Some(Code::End),
            KeyCode::Char('Z') => Some(Code::BackTab),
            KeyCode::Char('P') => Some(Code::F(1)),
            KeyCode::Char('Q') => Some(Code::F(2)),
            KeyCode::Char('R') => Some(Code::F(3)),
            KeyCode::Char('S') => Some(Code::F(4)),
            _ => None,
        },
        _ => None,
    };
    match whole {
        Some(code) => vec![Msg::Key(Key::plain(code))],
        None => std::iter::once(escape).chain(message(first)).chain(message(second)).collect(),
    }
}

/// An event as a message; none for what the program does not use.
fn message(event: Event) -> Option<Msg> {
    match event {
        Event::Key(event) => key(&event).map(Msg::Key),
        Event::Paste(text) => Some(Msg::Paste(text)),
        Event::Resize(width, height) => Some(Msg::Resize(Size { width, height })),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => Some(Msg::Click(mouse.column, mouse.row)),
            MouseEventKind::ScrollDown => Some(Msg::Wheel(3)),
            MouseEventKind::ScrollUp => Some(Msg::Wheel(-3)),
            _ => None,
        },
        Event::FocusGained | Event::FocusLost => None,
    }
}

fn key(event: &KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let code = match event.code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    };
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    // with Control held the letter is the same, whatever Shift says
    let code = match code {
        Code::Char(c) if ctrl => Code::Char(c.to_ascii_lowercase()),
        code => code,
    };
    Some(Key { code, ctrl, alt })
}
