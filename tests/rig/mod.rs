//! Keys in, screen out: the app over a store in memory with a fixed clock; no terminal, no threads, no waiting. Effects
//! are carried out at once, so that after each key the screen is at rest.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]

use chrono::{DateTime, Utc};
use guanxi::app::draft::Draft;
use guanxi::app::feed::{Slot, Ticket};
use guanxi::app::key::{Code, Key};
use guanxi::app::keymap::Keymap;
use guanxi::app::shared::{Size, ThemeId};
use guanxi::app::{App, Effect, Msg, Start};
use guanxi::domain::change::{Change, Envelope, NewContact, NewCustomer, NewTask, NewTouch, Opening};
use guanxi::domain::clock::{Now, Zone};
use guanxi::domain::customer::CustomerId;
use guanxi::domain::date::{Anchor, Due};
use guanxi::domain::field::{Field, Noun, Value};
use guanxi::domain::money::Fen;
use guanxi::domain::people::{Actor, Via};
use guanxi::i18n::Lang;
use guanxi::store::Store;
use guanxi::store::fill::Firm;
use guanxi::store::fill::rows::Person;
use guanxi::ui;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The instant at which every rig starts: Monday 20 May 2024, 14:02 in Shanghai.
pub const NOW: &str = "2024-05-20T06:02:00Z";

/// Messages after which the program has to be at rest: more is asking and answering in a circle.
const RESTS: usize = 2_000;

/// The app, its store, and what it wanted from outside.
pub struct Rig {
    /// The store behind the screen.
    pub store: Store,
    /// The program.
    pub app: App,
    /// Who works.
    pub actor: Actor,
    /// The present.
    pub now: Now,
    /// Drafts on «disk».
    pub drafts: Vec<Draft>,
    /// Drafts of another session that has died meanwhile.
    pub left: Vec<Draft>,
    /// Other effects, in order.
    pub wanted: Vec<Effect>,
    requests: u64,
    /// Answers that are held back, as a slow disk would.
    held: Option<Vec<Msg>>,
}

/// The start of the rig's clock.
pub fn now() -> Now {
    Now { at: NOW.parse().unwrap(), zone: Zone::default() }
}

impl Rig {
    /// An empty store, opened by its only person.
    pub fn empty(lang: Lang, width: u16, height: u16) -> Self {
        let mut store = Store::memory().unwrap();
        store.personal("wang", "王敏", now()).unwrap();
        Self::on(store, lang, width, height)
    }

    /// The same with a colleague in the marketing department.
    pub fn team(lang: Lang, width: u16, height: u16) -> Self {
        let person = |id: i64,
                      login: &'static str,
                      name: &'static str,
                      role: &'static str,
                      department: &'static str| {
            Person {
                id,
                login: login.into(),
                name: name.into(),
                role: role.into(),
                department: department.into(),
                state: "active".into(),
                ..Person::default()
            }
        };
        let people =
            vec![person(1, "wang", "王敏", "admin", "sales"), person(2, "huang", "黄凯", "rep", "marketing")];
        let mut store = Store::memory().unwrap();
        let firm = Firm { people, ..Firm::default() };
        store.fill(&firm, std::iter::empty(), now(), &mut |_| ()).unwrap();
        let mut rig = Self::on(store, lang, width, height);
        rig.people_and_customers();
        rig.app.shared.revision += 1;
        rig.send(Msg::Elsewhere);
        rig
    }

    /// A few customers with a past and a future: those of the handbooks' examples.
    pub fn company(lang: Lang, width: u16, height: u16) -> Self {
        let mut rig = Self::empty(lang, width, height);
        rig.people_and_customers();
        rig.app.shared.revision += 1;
        rig.send(Msg::Elsewhere);
        rig
    }

    fn start(actor: &Actor, lang: Lang, size: Size) -> Start {
        Start {
            now: now(),
            actor: actor.clone(),
            lang,
            theme: ThemeId::Mono,
            size,
            keymap: Keymap::default(),
            personal: true,
            idle: None,
            drafts: Vec::new(),
            place: None,
        }
    }

    /// A store that is there already, opened by its first person.
    pub fn on(store: Store, lang: Lang, width: u16, height: u16) -> Self {
        Self::by("wang", store, lang, width, height)
    }

    /// A store that is there already, opened by somebody in it.
    pub fn by(login: &str, store: Store, lang: Lang, width: u16, height: u16) -> Self {
        let actor = store.whoever(login, Via::Screen, "rig").unwrap().unwrap();
        Self::of(actor, store, lang, width, height)
    }

    /// A session of one of several people on their own connection to a store.
    pub fn of(actor: Actor, store: Store, lang: Lang, width: u16, height: u16) -> Self {
        let app = App::new(Self::start(&actor, lang, Size { width, height }));
        let mut rig = Self {
            store,
            app,
            actor,
            now: now(),
            drafts: Vec::new(),
            left: Vec::new(),
            wanted: Vec::new(),
            requests: 0,
            held: None,
        };
        rig.send(Msg::Resize(Size { width, height }));
        rig
    }

    /// Ends the program and starts it again on the same store, with the drafts that were kept.
    pub fn restart(self) -> Self {
        let (lang, size, drafts) = (self.app.shared.lang, self.app.shared.size, self.drafts.clone());
        let place = Some(self.app.place());
        let start = Self::start(&self.actor, lang, size);
        let app = App::new(Start { now: self.now, drafts, place, ..start });
        let mut rig = Self { app, ..self };
        rig.send(Msg::Resize(size));
        rig
    }

    /// Holds answers back, or lets them come.
    pub fn hold(&mut self, back: bool) {
        let held = self.held.take().unwrap_or_default();
        if back {
            self.held = Some(held);
        } else {
            for msg in held {
                self.send(msg);
            }
        }
    }

    /// Lets the answers of a slot come that are held back.
    pub fn let_come(&mut self, slot: Slot) {
        let held = self.held.take().unwrap_or_default();
        let (come, stay) =
            held.into_iter().partition(|msg| matches!(msg, Msg::Answer { slot: of, .. } if *of == slot));
        self.held = Some(stay);
        let come: Vec<Msg> = come;
        for msg in come {
            self.send(msg);
        }
    }

    /// Gives the program a message and carries out what it wants, until it wants no more.
    pub fn send(&mut self, msg: Msg) {
        let mut waiting = vec![msg];
        let mut taken = 0;
        while !waiting.is_empty() {
            let msg = waiting.remove(0);
            taken += 1;
            assert!(taken < RESTS, "no rest: {msg:?}\n{}", self.screen());
            for effect in self.app.update(self.now, msg) {
                match effect {
                    Effect::Ask { slot, ticket, query } => {
                        let result = self.store.ask(&self.actor, &query, self.now);
                        let answer = Msg::Answer { slot, ticket, result };
                        self.held.as_mut().unwrap_or(&mut waiting).push(answer);
                    }
                    Effect::Write { ticket, envelope } => {
                        let result = self.store.write(&self.actor, &envelope, self.now);
                        let written = Msg::Written { ticket: Ticket(ticket.0), result };
                        self.held.as_mut().unwrap_or(&mut waiting).push(written);
                    }
                    Effect::Keep(draft) => {
                        self.drafts.retain(|d| d.id != draft.id);
                        self.drafts.push(draft);
                    }
                    Effect::Drop(id) => self.drafts.retain(|d| d.id != id),
                    Effect::Seek(first, asked) => {
                        let left = std::mem::take(&mut self.left);
                        let found = (first..).zip(left).map(|(id, draft)| Draft { id, ..draft });
                        waiting.push(Msg::Left(found.collect(), asked));
                    }
                    other => self.wanted.push(other),
                }
            }
        }
    }

    /// Presses keys written as text: `<Enter>`, `<Esc>`, `<C-f>`, `<Down>`; all else is itself.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        let mut rest = keys;
        while let Some(c) = rest.chars().next() {
            let named = rest.strip_prefix('<').and_then(|r| r.split_once('>'));
            let key = if let Some((name, after)) = named {
                rest = after;
                named_key(name)
            } else {
                rest = &rest[c.len_utf8()..];
                Key::char(c)
            };
            self.send(Msg::Key(key));
        }
        self
    }

    /// Lets so many seconds pass.
    pub fn pass(&mut self, seconds: i64) -> &mut Self {
        self.now.at += chrono::Duration::seconds(seconds);
        self.send(Msg::Deadline);
        self
    }

    /// The screen as lines of text, ends trimmed, and the place of the cursor.
    pub fn paint(&self) -> (Vec<String>, Option<(u16, u16)>) {
        let Size { width, height } = self.app.shared.size;
        let area = Rect { x: 0, y: 0, width, height };
        let mut buf = Buffer::empty(area);
        let cursor = ui::paint(&self.app, false, &mut buf, area);
        let lines = (0..height)
            .map(|y| {
                let mut line = String::new();
                let mut x = 0;
                while x < width {
                    let symbol = buf[(x, y)].symbol();
                    line.push_str(symbol);
                    x += u16::try_from(unicode_width::UnicodeWidthStr::width(symbol)).unwrap().max(1);
                }
                assert_eq!(x, width, "a wide character is cut at the edge of line {y}: {line}");
                line.trim_end().to_owned()
            })
            .collect();
        (lines, cursor)
    }

    /// The screen as text.
    pub fn screen(&self) -> String {
        self.paint().0.join("\n")
    }

    /// Asserts that the screen shows all of these.
    #[track_caller]
    pub fn shows(&self, texts: &[&str]) -> &Self {
        let screen = self.screen();
        for text in texts {
            assert!(screen.contains(text), "“{text}” does not show:\n{screen}");
        }
        self
    }

    /// Asserts that the screen shows none of these.
    #[track_caller]
    pub fn hides(&self, texts: &[&str]) -> &Self {
        let screen = self.screen();
        for text in texts {
            assert!(!screen.contains(text), "“{text}” shows:\n{screen}");
        }
        self
    }

    /// A campaign to everybody and a plan with a task.
    pub fn campaign_and_plan(&mut self) {
        let text = |field: Field, text: &str| (field, Value::text(text));
        let day = |field: Field, text: &str| (field, Value::Day(text.parse().unwrap()));
        let add = |noun: Noun, set: Vec<(Field, Value)>| Change::Add { noun, customer: CustomerId(0), set };
        self.write(add(
            Noun::Campaign,
            vec![
                text(Field::CampaignName, "夏季唤醒"),
                text(Field::CampaignFilter, "owner:me"),
                text(Field::CampaignChannel, "sms"),
                text(Field::CampaignProduct, "保养套餐"),
                day(Field::CampaignStarts, "2024-05-20"),
                day(Field::CampaignEnds, "2024-05-31"),
                (Field::CampaignCost, Value::Money(Fen(1_000))),
            ],
        ));
        let plan = add(
            Noun::Plan,
            vec![
                text(Field::PlanName, "三季度深度维系"),
                text(Field::PlanFilter, "segment:high"),
                day(Field::PlanStarts, "2024-05-20"),
                day(Field::PlanEnds, "2024-09-30"),
            ],
        );
        let parent = self.write(plan).made.unwrap();
        let set = vec![text(Field::PlanTaskText, "客户需求调研"), day(Field::PlanTaskDue, "2024-05-20")];
        self.write(Change::AddTo { parent, noun: Noun::PlanTask, set });
        self.app.shared.revision += 1;
        self.send(Msg::Elsewhere);
    }

    /// Writes as somebody else would, without the screen.
    pub fn write(&mut self, change: Change) -> guanxi::store::request::Receipt {
        self.write_at(self.now.at, change)
    }

    /// The same at another time.
    pub fn write_at(&mut self, at: DateTime<Utc>, change: Change) -> guanxi::store::request::Receipt {
        self.requests += 1;
        let actor = Actor { session: "other".into(), ..self.actor.clone() };
        let envelope = Envelope { request: format!("other-{}", self.requests), change, reason: None };
        self.store.write(&actor, &envelope, Now { at, ..self.now }).unwrap()
    }

    fn customer(&mut self, row: &Row) -> CustomerId {
        let text = |field: Field, text: &str| (field, Value::text(text));
        let values = vec![
            text(Field::Name, row.name),
            text(Field::Industry, row.industry),
            text(Field::Size, row.size),
        ];
        let contact = NewContact {
            name: row.contact.0.into(),
            title: Some(row.contact.1.into()),
            methods: vec![("mobile".into(), row.contact.2.into())],
        };
        let opening = Opening {
            as_of: Some("2024-04-30".parse().unwrap()),
            last_on: Some(row.last.parse().unwrap()),
            per_year: Some(row.per_year),
            year: Some(Fen(row.year * 100)),
            total: Some(Fen(row.year * 100)),
            ..Opening::default()
        };
        let new = NewCustomer {
            code: Some(row.code.into()),
            values,
            contacts: vec![contact],
            classes: vec![("segment".into(), row.segment.into())],
            opening: Some(opening),
            ..NewCustomer::default()
        };
        let at = "2024-05-01T01:00:00Z".parse().unwrap();
        self.write_at(at, Change::AddCustomer(Box::new(new))).customer.unwrap()
    }

    fn people_and_customers(&mut self) {
        let ids: Vec<CustomerId> = ROWS.iter().map(|row| self.customer(row)).collect();
        let touch = |customer, summary: &str, feedback: &str, next: Vec<NewTask>| {
            let at = "2024-05-12T02:00:00Z".parse().unwrap();
            Change::LogTouch(Box::new(NewTouch {
                feedback: Some(feedback.into()),
                responded: true,
                closed: next.is_empty(),
                next,
                ..NewTouch::plain(customer, at, summary)
            }))
        };
        let task = |text: &str, day: &str| NewTask {
            text: text.into(),
            due: Due { day: day.parse().unwrap(), time: None },
            anchor: Anchor::Absolute,
        };
        let at: DateTime<Utc> = "2024-05-12T03:00:00Z".parse().unwrap();
        let promises = vec![task("发送参会提醒", "2024-06-17"), task("协调座位", "2024-05-20")];
        self.write_at(at, touch(ids[1], "邀请参加季度品鉴会", "已确认出席,需预留VIP座位", promises));
        self.write_at(
            at,
            touch(ids[0], "推荐A品类新品", "对新品功能感兴趣", vec![task("发送资料", "2024-05-18")]),
        );
    }
}

struct Row {
    code: &'static str,
    name: &'static str,
    industry: &'static str,
    size: &'static str,
    contact: (&'static str, &'static str, &'static str),
    segment: &'static str,
    last: &'static str,
    per_year: i64,
    year: i64,
}

/// The rows of the handbooks' printed template (A147), with phones of the fictitious range.
const ROWS: &[Row] = &[
    Row {
        code: "C202405001",
        name: "宏达机械制造有限公司",
        industry: "制造业",
        size: "medium",
        contact: ("李经理", "采购总监", "139 0000 0031"),
        segment: "growth",
        last: "2024-04-15",
        per_year: 3,
        year: 86_400,
    },
    Row {
        code: "C202405002",
        name: "恒远物流有限公司",
        industry: "服务业",
        size: "large",
        contact: ("陈总", "运营总监", "138-0013-8812"),
        segment: "high",
        last: "2024-03-20",
        per_year: 5,
        year: 210_000,
    },
    Row {
        code: "C202405003",
        name: "优品汇零售",
        industry: "零售业",
        size: "small",
        contact: ("周店长", "店长", "+86 137 0000 5548"),
        segment: "dormant",
        last: "2023-11-10",
        per_year: 1,
        year: 400,
    },
    Row {
        code: "C202405004",
        name: "上海科技信息服务有限公司重庆路分公司",
        industry: "服务业",
        size: "small",
        contact: ("曾国藩", "总经理", "021-6688 1234"),
        segment: "ordinary",
        last: "2024-02-02",
        per_year: 2,
        year: 12_000,
    },
];

/// The key of a name as in `<C-f>`.
fn named_key(name: &str) -> Key {
    let code = match name {
        "Enter" => Code::Enter,
        "Esc" => Code::Esc,
        "Tab" => Code::Tab,
        "BackTab" => Code::BackTab,
        "Backspace" => Code::Backspace,
        "Del" => Code::Delete,
        "Up" => Code::Up,
        "Down" => Code::Down,
        "Right" => Code::Right,
        "Left" => Code::Left,
        "Home" => Code::Home,
        "End" => Code::End,
        "PgUp" => Code::PageUp,
        "PgDn" => Code::PageDown,
        "Space" => Code::Char(' '),
        "lt" => Code::Char('<'),
        _ => {
            if let Some(n) = name.strip_prefix('F').and_then(|n| n.parse().ok()) {
                return Key::plain(Code::F(n));
            }
            let c = name.strip_prefix("C-").and_then(|n| n.chars().next()).expect("a key's name");
            return Key { code: Code::Char(c), ctrl: true, alt: false };
        }
    };
    Key::plain(code)
}
