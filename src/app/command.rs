//! Everything a person can do, as one flat list that all panes share. Dispatch, key bar, help, palette, README and man
//! page are read from this table; a new command is a new row here and its handling in the pane it belongs to.

use super::pane_id::PaneId;
use crate::i18n::{Text, commands as t};

/// Where a command makes sense; a place names the ones its key bar shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Everywhere outside text.
    Anywhere,
    /// Lists, matrix, board.
    List,
    /// One pane.
    Pane(PaneId),
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// The command.
    pub command: Command,
    /// Its id in `keys.toml`.
    pub id: &'static str,
    /// Its keys, the first one shown.
    pub keys: &'static [&'static str],
    /// Where it makes sense.
    pub place: Place,
    /// What it does.
    pub text: Text,
}

macro_rules! commands {
    ($( $command:ident $id:literal $keys:expr, $place:expr, $text:expr; )*) => {
        /// Everything a person can do; the table says what each is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the table of commands is their documentation")]
        pub enum Command { $($command),* }

        /// The table of commands, in the order of help and palette.
        pub const COMMANDS: &[Spec] = &[ $( Spec {
            command: Command::$command, id: $id, keys: &$keys, place: $place, text: $text,
        } ),* ];
    };
}

use Place::{Anywhere, List, Pane};

commands! {
    Find "find" ["/", "Ctrl-F"], Anywhere, t::FIND;
    Log "log" ["a"], Anywhere, t::LOG;
    Open "open" ["Enter"], Anywhere, t::OPEN;
    Back "back" ["Esc", "-"], Anywhere, t::BACK;
    Customers "customers" ["1"], Anywhere, t::PANE_1;
    Profile "profile" ["2"], Anywhere, t::PANE_2;
    Ledger "ledger" ["3"], Anywhere, t::PANE_3;
    Matrix "matrix" ["4"], Anywhere, t::PANE_4;
    Board "board" ["5"], Anywhere, t::PANE_5;
    New "new" ["n"], Anywhere, t::NEW;
    Edit "edit" ["e", "F4"], List, t::EDIT;
    Tags "tags" ["t"], List, t::TAGS;
    Dictionary "dictionary" ["T"], List, t::DICTIONARY;
    Filter "filter" ["f"], List, t::FILTER;
    Views "views" ["v"], Pane(PaneId::Customers), t::VIEWS;
    SaveView "save_view" ["S"], Pane(PaneId::Customers), t::SAVE_VIEW;
    Sort "sort" ["s"], Pane(PaneId::Customers), t::SORT;
    Columns "columns" ["c"], Pane(PaneId::Customers), t::COLUMNS;
    Length "length" ["m"], Pane(PaneId::Board), t::LENGTH;
    Span "span" ["d"], Pane(PaneId::Board), t::SPAN;
    Compare "compare" ["c"], Pane(PaneId::Board), t::COMPARE;
    Mark "mark" ["Space"], List, t::MARK;
    MarkAll "mark_all" ["V"], List, t::MARK_ALL;
    Assign "assign" ["A"], Pane(PaneId::Customers), t::ASSIGN;
    HandOver "hand_over" ["H"], List, t::HAND_OVER;
    Merge "merge" ["J"], List, t::MERGE;
    Campaign "campaign" ["m"], Pane(PaneId::Customers), t::CAMPAIGN;
    Plan "plan" ["p"], List, t::PLAN;
    Why "why" ["w"], List, t::WHY;
    Legend "legend" ["i"], List, t::LEGEND;
    ApproveBudget "approve_budget" ["A"], Pane(PaneId::Profile), t::APPROVE_BUDGET;
    Rules "rules" ["R"], Pane(PaneId::Matrix), t::RULES;
    Averages "averages" ["Y"], Pane(PaneId::Matrix), t::AVERAGES;
    Class "class" ["C"], Pane(PaneId::Profile), t::CLASS;
    Wishes "wishes" ["O"], Pane(PaneId::Profile), t::WISHES;
    Check "check" ["K"], Pane(PaneId::Profile), t::CHECK;
    Copy "copy" ["y"], List, t::COPY;
    Reveal "reveal" ["M"], List, t::REVEAL;
    Done "done" ["x"], List, t::DONE;
    Snooze "snooze" ["z"], List, t::SNOOZE;
    Reschedule "reschedule" ["r"], List, t::RESCHEDULE;
    NoAnswer "no_answer" ["N"], Pane(PaneId::Ledger), t::NO_ANSWER;
    Busy "busy" ["B"], Pane(PaneId::Ledger), t::BUSY;
    CallBack "call_back" ["b"], Pane(PaneId::Ledger), t::CALL_BACK;
    Answer "answer" ["A"], Pane(PaneId::Ledger), t::ANSWER;
    Solve "solve" ["S"], Pane(PaneId::Ledger), t::SOLVE;
    Take "take" ["K"], Pane(PaneId::Ledger), t::TAKE;
    End "end" ["W"], Pane(PaneId::Ledger), t::END;
    Ask "ask" ["Q"], List, t::ASK;
    Acknowledge "acknowledge" ["K"], Pane(PaneId::Board), t::ACKNOWLEDGE;
    Act "act" ["S"], Pane(PaneId::Board), t::ACT;
    CloseAlarm "close_alarm" ["W"], Pane(PaneId::Board), t::CLOSE_ALARM;
    AlarmRange "alarm_range" ["o"], Pane(PaneId::Board), t::ALARM_RANGE;
    Approve "approve" ["A"], Pane(PaneId::Matrix), t::APPROVE;
    Send "send" ["S"], Pane(PaneId::Matrix), t::SEND;
    PutBack "put_back" ["b"], Pane(PaneId::Matrix), t::PUT_BACK;
    Withdraw "withdraw" ["W"], Pane(PaneId::Matrix), t::WITHDRAW;
    Whole "whole" ["o"], Pane(PaneId::Ledger), t::WHOLE;
    Print "print" ["P"], Pane(PaneId::Ledger), t::PRINT;
    Texts "texts" ["P"], Pane(PaneId::Matrix), t::TEXTS;
    Report "report" ["P"], Pane(PaneId::Board), t::REPORT;
    Versions "versions" ["v"], Pane(PaneId::Matrix), t::VERSIONS;
    Festivals "festivals" ["o"], Pane(PaneId::Matrix), t::FESTIVALS;
    Remove "remove" ["Del", "D"], List, t::REMOVE;
    NextView "next_view" ["Tab"], List, t::NEXT_VIEW;
    PreviousView "previous_view" ["BackTab"], List, t::PREVIOUS_VIEW;
    NextRecord "next_record" ["]"], Anywhere, t::NEXT_RECORD;
    PreviousRecord "previous_record" ["["], Anywhere, t::PREVIOUS_RECORD;
    Undo "undo" ["u"], Anywhere, t::UNDO;
    Redo "redo" ["Ctrl-R"], Anywhere, t::REDO;
    History "history" ["L"], Anywhere, t::HISTORY;
    Palette "palette" [":", "Ctrl-P"], Anywhere, t::PALETTE;
    Help "help" ["?", "F1"], Anywhere, t::HELP;
    Forms "forms" ["F5"], Anywhere, t::FORMS;
    Erase "erase" ["F12"], Pane(PaneId::Profile), t::ERASE;
    Cases "cases" ["F7"], Anywhere, t::CASES;
    Leaks "leaks" ["F9"], Anywhere, t::LEAKS;
    People "people" ["U"], Anywhere, t::PEOPLE;
    Settings "settings" ["F8"], Anywhere, t::SETTINGS;
    OwnFields "own_fields" ["E"], List, t::OWN_FIELDS;
    Import "import" ["I"], Anywhere, t::IMPORT;
    Export "export" ["X"], Anywhere, t::EXPORT;
    Demo "demo" ["F6"], Anywhere, t::DEMO;
    Language "language" ["F2"], Anywhere, t::LANGUAGE;
    Theme "theme" ["F3"], Anywhere, t::THEME;
    Redraw "redraw" ["Ctrl-L"], Anywhere, t::REDRAW;
    Suspend "suspend" ["Ctrl-Z"], Anywhere, t::SUSPEND;
    Quit "quit" ["q"], Anywhere, t::QUIT;
    Abort "abort" ["Ctrl-C"], Anywhere, t::QUIT;
    Down "down" ["↓", "j"], List, t::DOWN;
    Up "up" ["↑", "k"], List, t::UP;
    Left "left" ["←", "h"], List, t::LEFT;
    Right "right" ["→", "l"], List, t::RIGHT;
    PageDown "page_down" ["PgDn", "Ctrl-D"], List, t::PAGE_DOWN;
    PageUp "page_up" ["PgUp", "Ctrl-U"], List, t::PAGE_UP;
    Top "top" ["Home", "g g"], List, t::TOP;
    Bottom "bottom" ["End", "G"], List, t::BOTTOM;
}

impl Command {
    /// The row of the table that describes this command.
    pub fn spec(self) -> &'static Spec {
        COMMANDS.get(self as usize).unwrap_or(&COMMANDS[0])
    }

    /// Whether it touches files or programs of the machine, which are the person's own in personal use only.
    pub const fn needs_the_machine(self) -> bool {
        matches!(self, Self::Import | Self::Print | Self::Demo | Self::Suspend)
    }
}

/// The table of keys as README.md has it: keys, what they do in both languages, where.
pub fn markdown() -> String {
    use std::fmt::Write as _;

    let mut out = String::from("| keys | do | | where | id in `keys.toml` |\n|---|---|---|---|---|\n");
    for spec in COMMANDS {
        let keys: Vec<String> = spec.keys.iter().map(|k| format!("`{k}`")).collect();
        let place = match spec.place {
            Anywhere => "everywhere",
            List => "lists",
            Pane(pane) => pane.title().en,
        };
        let (en, zh) = (spec.text.en, spec.text.zh);
        // writing to a string cannot fail
        let _ = writeln!(out, "| {} | {en} | {zh} | {place} | `{}` |", keys.join(" "), spec.id);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_enum_and_the_table_are_in_step_and_ids_are_unique() {
        for (i, spec) in COMMANDS.iter().enumerate() {
            assert_eq!(spec.command.spec().id, spec.id);
            assert!(COMMANDS.iter().skip(i + 1).all(|s| s.id != spec.id), "{} stands twice", spec.id);
        }
    }
}
