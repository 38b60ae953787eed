//! guanxi (关系): a customer-relationship system for account managers who work in the terminal.
//!
//! # The map
//!
//! ```text
//! domain  ←  store  ←  app  ←  ui  ←  run  ←  cli  ←  main
//!    ↖ i18n (used by app, ui, cli, exchange)    ↖ exchange (files in and out)   ↖ demo (the demo company)
//! ```
//!
//! - [`domain`]: what the words of the business mean. Pure values and rules: dates in words, money, look-up forms, the
//!   table of fields, changes, the filter language, the order of the queue, who may do what.
//! - [`i18n`]: the words for people, both languages on one line; reading and showing values of fields.
//! - [`store`]: one SQLite file behind two doors: [`store::Store::ask`] and [`store::Store::write`]. SQL lives here only.
//! - [`app`]: the program without a terminal: messages in, effects out. It cannot fail and knows no clock.
//! - `ui`: draws the state. `run`: carries effects out. `cli`: the same store from the command line.
//! - [`exchange`]: files of any dialect in, reports of what came of them out.
//! - [`demo`]: makes a believable company, the same for the same seed.
//!
//! One noun has one file name in every layer: look for `ledger`, and the whole feature shows from top to bottom.
//!
//! # The way of one key
//!
//! `ui/term.rs` reads a key in a thread of its own and posts it to the inbox. `run` takes what waits, calls
//! [`app::App::update`] for each, hands the effects to the reader or the writer thread of the store and draws once. A
//! key goes to the popup on top, else to the command it means in the pane ([`app::keymap`], [`app::command`]). A form
//! that is saved becomes a [`domain::change::Change`]; the writer applies it in one transaction; its receipt closes the
//! form and raises the revision; [`app::App`] then asks again for what the screen wants. Another session's commit takes
//! the same road.
//!
//! # What always holds
//!
//! - Every write is a `Change`, checked against [`domain::people::may`], recorded with before and after, and undoable. Not
//!   undoable are an erasure (I18), and a new key of the backups after a leak (K52). No change at all are what a session
//!   keeps of itself (who is here, where a person was, drafts), what is counted or put aside beside a change (`facts`,
//!   figures, the look-up, `settings::keep`), and the log of exports and reveals, which only grows.
//! - What a change asks of whoever writes it, it asks again of whoever takes it back or brings it back ([`domain::act`]), the
//!   author too: a role may be another by then, and a customer somebody else's. Long work asks in each transaction.
//! - A touch of our own accord passes the guard ([`domain::guard`]) in the writing transaction, or is kept as a breach with
//!   its reason; forms ask the same question earlier.
//! - What a person may not see leaves the store masked; nothing above the store masks or unmasks.
//! - A pane says what it wants ([`app::panes::Pane::wants`]); there is no refresh code anywhere.
//! - What lists sort by is kept by the writing transaction (`facts`), and `guanxi check` recomputes it. Classes are facts
//!   too: [`domain::scheme`] decides, `store/facts` keeps, `class_move` remembers each move; what people set by hand stands
//!   above the rule and is kept apart (`class`).
//! - An alarm is raised once per cause and period, with the figures that fired it: by `store/watch` every minute and once a
//!   day, and inside the change that causes it, so that undo takes both back. What the program raises is its own change (via
//!   `system`) and never what somebody's undo would take back.
//! - A rule set is proved before it comes into force: everybody gets exactly one class or a named reason for none.
//! - Nobody waits long for a write: every write begins in `store/turn`, long work comes in batches of about 15 ms that are
//!   changes of one job, and between them it lets those who wait go first.
//! - A customer that was merged into another is gone: its number is an alias, its rows are the other's, its history and what
//!   left of it are read through `store/merged`. Which tables move, and how, is one list (`write/merge/moving`).
//! - The rules about who uses whom are tests: `tests/house.rs`.
//!
//! # What differs from the first plan, and why
//!
//! - `wants` gives a list of (slot, query): the customers pane wants a window, a count and a card, and each has its own
//!   pace; one query a pane would tie the list to its slowest part.
//! - Answers are kept in one place ([`app::feed`]) and panes keep cursors only, so that nothing is held twice.
//! - The input of fields is read in [`i18n::entry`], below `app`: the command line reads fields exactly as forms do.
//! - The find tables use FTS5's `contentless_delete`: a row is removed by its id alone, so that no old token has to be
//!   made again to delete it; it costs about 20 bytes a customer.
//! - A touch's row id carries its customer (`customer << 20 | n`): one customer's touches lie together without a second
//!   index.
//! - Changes carry typed values (`Value`) for whole records (`Field`), not one enum variant per column: one road for
//!   forms, `--set`, imports, conflicts and undo.
//!
//! - An answer is known to belong to the question asked last ([`app::feed::Feeds::current`]): whatever acts on an answer
//!   asks that first, so that fast typing never opens, copies or takes back something else.
//! - Colours are a table in `ui/theme.rs` and not files: four themes by meaning need no loader; signs that a terminal
//!   draws too wide are replaced after drawing (`ui/ascii.rs`), so that no pane has to know.
//! - Changed cells are sent by `ui/backend.rs` instead of the library's own backend: a page of Chinese names takes half the
//!   bytes on the line. A frame waits up to 5 ms for answers that are on their way, so that a row and its card come at once.
//! - Kept figures of a period are followed by the customers that changes and the clock concern: those alone are counted as
//!   they were and as they are, in a small store in memory, a group at a time, and the difference is put on the kept sums.
//!   Counting a month anew takes most of a minute at a million; that is left for imports, erasures and the first look of a
//!   day, and goes a slice of customers at a time, so that a session holds a few MB while it lasts.
//! - The repeat-purchase model is fitted once a week by a third thread with a connection of its own, and kept: a profile
//!   reads four numbers, and no key ever waits for a fit.
//! - A dry run of an import is the import itself, rolled back, so that its counts cannot differ; while others work in the
//!   same file it is done to a copy, because it would hold the store's write lock to its end.
//! - New rules of a large company are first tried in slices with the old ones in force; whoever moves is put aside, then the
//!   version is written, then those put aside are brought up to date. A killed or cancelled run changes nothing and goes on
//!   with the same text; after the version is written the daily round finishes what is left.
//! - Means of industries and percentiles are frozen once a month; what was missing is added when there is enough, but what
//!   stands stays, so that one order never reclassifies an industry. Whoever never ordered has no grade: C is a state of
//!   customers, and its half-yearly rhythm is none for a prospect.
//! - The look-up indexes merge otherwise than FTS5 does by itself: a write leaves the large segment alone, and whoever rests
//!   merges it a piece at a time; before, one touch in a few hundred rewrote an index of a million customers.
//! - The tokens of the look-up have a number that each file keeps. A program that makes other ones writes an older file's anew
//!   in slices of the daily round, and not by a rebuild: that empties every list while it lasts.
//! - Touches move a customer in the ranking of the look-up at once by hand, and with the next daily round in an import:
//!   removals make every later merge of the index slow.
//! - `.cargo/config.toml` builds SQLite without its count of memory: with it every allocation of a session's reader and
//!   writer goes through one lock, a fifth of the time to the first frame. A question that counts no
//!   months is answered in one read transaction: its parts speak of one moment, and its many small statements lock once.
//! - The customer list sorts by the company's own fields from the index of their values, and who has none comes last; how many
//!   of 256 customers in a row have one is kept (`store/own_block`), so that the end of such a list is no scan.
//! - The records that are drawn each month to be looked through (F23) are told by a hash of customer and month: the drawing
//!   need not be kept, and figures follow it customer by customer.
//! - A person's day is read as a stream: what can stand on it is held (`domain::queue::Shortlist`), the rest is counted as it
//!   goes by. Somebody with a hundred thousand customers held seventy MB for twenty-five lines before.
//! - The state of a popup stands in `app/popup/NAME`, what keys do in it in `app/popups/NAME`: panes and messages know the
//!   state alone, so that no file of `app` imports another in a circle.
//! - What a customer is found by stands in one narrow row beside the indexes (`store/entry`): a pinyin of five letters has
//!   thousands of candidates that only look alike, and to read each of them from five tables took a fifth of a second.
//! - Letters of several characters ask for their initials besides their triples (`domain/find/heads`), in every way they can
//!   be shared out among characters: of 5,800 candidates of `kejix` those are left in which 科技 and the x are neighbours.
//! - A connection that only reads does not check the cells of each page (`PRAGMA cell_size_check`), which was a fifth of such
//!   a look; whoever writes does.
//! - A commit moves no log into the file while long work goes on: that does it between its batches, and a session once it has
//!   answered, so that nobody stands in line behind a disk. What an import needs no database for is worked out beside it in a
//!   second thread (`store/beside`).
//! - Which touch a row of a ledger means is found by what the row says (`write/import/twin`), and what one row has taken no
//!   other row of its file means: that is kept beside the database while the file comes in (`store/taken`), in a file without
//!   a name, so that memory stays flat. A count of likes in the file counted refused rows, too, and doubled what stood there.
//! - The figures of a running month show as they were counted last, with their time, until those of now are there.
//! - A workbook is measured before it is read (`exchange/workbook/guard`): every part of it that is markup is unpacked once
//!   into nothing, whatever folder it lies in, so that a bomb or a damaged one is known before the first row. Cells are
//!   streamed, their shared texts held up to 64 MiB and 2 M of them, a batch of rows up to some 16 MiB: beyond that a person
//!   is asked for CSV, which has no limit, instead of a file of temporaries that a killed session leaves.
//! - Every open store holds a lock of our own on its file (`store/head`) beside the engine's, which any descriptor that is
//!   closed in its process takes away: nothing is put in the place of a file that somebody has open, however idle.
//! - A file that cannot be written, as on a full disk, is opened to read: whoever is on the phone is looked up all the same.
//!   Every write tries to open it again (`store/threads/again`).
//! - Leaving while a write is on its way waits for it and drops its draft, so that nothing is offered a second time.
//!
//! # Absent on purpose
//!
//! No async runtime, no background refresh, no `RefCell`, no message per widget, no SQL above the store, no clock below
//! `run`, no mail sending, no cryptography of its own.

pub mod app;
pub mod cli;
pub mod demo;
pub mod domain;
pub mod exchange;
pub mod i18n;
pub mod run;
pub mod store;
pub mod ui;
