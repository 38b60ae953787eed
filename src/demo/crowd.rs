//! The customers one after another, oldest first: each is made whole when the store asks for it, and forgotten then.

use std::collections::HashMap;

use fastrand::Rng;

use super::calendar::Calendar;
use super::life::{Life, Plan};
use super::moments::{Special, moments};
use super::names::Register;
use super::orders::{last_year, sales};
use super::talks::Book;
use super::team::{ME, Staff};
use super::touches::Talker;
use super::words::{Product, Words};
use super::{books, classes, extras, handbook, history, profile};
use crate::domain::customer::{code_prefix, next_code};
use crate::store::fill::{Bundle, rows};

/// Days since the company's first customer.
const AGE: f64 = 1_620.0;
/// Customers of which a team of nine can still be said to look after each.
const LOOKED_AFTER: f64 = 20_000.0;

/// What stays the same for all customers.
pub struct Scene {
    pub words: &'static Words,
    pub cal: Calendar,
    pub staff: Staff,
    pub goods: Vec<&'static Product>,
    chinese: Book,
    english: Book,
    /// How much of a full working day each customer may take; below one in a very great company.
    pub thin: f64,
    customers: u64,
}

impl Scene {
    /// The scene of a company of so many customers.
    pub fn new(words: &'static Words, cal: Calendar, customers: u64) -> Self {
        Self {
            words,
            cal,
            staff: Staff::new(&words.team),
            goods: words.goods.iter().collect(),
            chinese: Book::new(&words.chinese),
            english: Book::new(&words.english),
            thin: (LOOKED_AFTER / customers.max(1) as f64).min(1.0),
            customers,
        }
    }

    /// What is out of the ordinary for one of these customers, so that a day is full and not too full.
    fn special(&self, life: &Life, rng: &mut Rng) -> Special {
        let all = self.customers as f64;
        let silent = rng.f64() < (40.0 / all).min(0.1);
        if silent || life.plan != Plan::Active || life.owner != ME || life.created < 60 {
            return Special { silent, due: None };
        }
        let mine = all * 0.2;
        let dice = rng.f64() * mine.max(30.0);
        let due = match dice {
            ..10.0 => Some(0),
            10.0..16.0 => Some(-rng.i32(1..7)),
            16.0..21.0 => Some(1),
            _ => None,
        };
        Special { silent, due }
    }
}

/// Orders after which a customer may bring others.
const CONTENT: usize = 4;

/// A customer that may refer others.
#[derive(Clone, Copy, Debug)]
pub struct Friend {
    pub id: i64,
    pub owner: i64,
    pub first_order: i32,
}

/// All customers, lazily.
pub struct Crowd {
    pub scene: Scene,
    pub rng: Rng,
    pub register: Register,
    serials: HashMap<String, u32>,
    friends: Vec<Friend>,
    next: u64,
    peers: u8,
    pub orders: i64,
    pub contacts: i64,
    coupons: i64,
    activations: i64,
}

impl Crowd {
    /// The crowd of a scene, the same for the same seed.
    pub fn new(scene: Scene, seed: u64) -> Self {
        let mut register = Register::new(&scene.words.names, seed);
        let mut serials = HashMap::new();
        for shown in handbook::ROWS {
            register.take(shown.name);
            // the generator goes on after the handbooks' numbers
            serials.insert("C202405".to_owned(), 4);
        }
        Self {
            scene,
            rng: Rng::with_seed(seed),
            register,
            serials,
            friends: Vec::new(),
            next: 0,
            peers: handbook::PEERS,
            orders: 0,
            contacts: 0,
            coupons: 0,
            activations: 0,
        }
    }

    /// The next number of an order.
    pub fn order_id(&mut self) -> i64 {
        self.orders += 1;
        self.orders
    }

    /// The next number of a coupon.
    pub fn coupon_id(&mut self) -> i64 {
        self.coupons += 1;
        self.coupons
    }

    /// The next number of an activation.
    pub fn activation_id(&mut self) -> i64 {
        self.activations += 1;
        self.activations
    }

    /// The next number of a contact.
    pub fn contact_id(&mut self) -> i64 {
        self.contacts += 1;
        self.contacts
    }

    fn code(&mut self, created: i32) -> String {
        let prefix = code_prefix(self.scene.cal.back(created));
        let last = self.serials.get(&prefix).copied().unwrap_or(0);
        let code = next_code(&prefix, last, 4);
        self.serials.insert(prefix, last + 1);
        code
    }

    /// When customer number `at` of all was entered, in days back: more of them in late years than in early ones.
    fn created(&self, at: u64) -> i32 {
        let share = 1.0 - at as f64 / self.scene.customers.max(1) as f64;
        self.scene.cal.working((share.powf(1.3) * AGE) as i32)
    }

    fn customer(&mut self, at: u64) -> Option<Bundle> {
        let id = i64::try_from(at).ok()? + 1;
        let created = self.created(at);
        let mut life =
            Life::draw(id, created, self.scene.words, &self.scene.staff, &self.scene.cal, &mut self.rng)?;
        let peer = self.peers > 0 && !life.english && life.trade.standard.starts_with("交通运输");
        let peer = peer && life.plan == Plan::Active && handbook::peer(created, &self.scene.cal);
        self.peers -= u8::from(peer);
        let sales = sales(&life, &self.scene.cal, &mut self.rng);
        if sales.is_empty() {
            life.plan = Plan::Prospect;
        }
        let special = self.scene.special(&life, &mut self.rng);
        let (spend, count) = last_year(&sales, &self.scene.cal);
        let active = life.plan == Plan::Active;
        let bought = !sales.is_empty();
        let benchmark = life.trade.benchmark * 100;
        let segment = bought.then(|| classes::segment(spend, benchmark, active));
        let moments = moments(&life, &sales, segment, special, &self.scene.cal, &mut self.rng);

        let mut bundle = Bundle::default();
        let code = self.code(created);
        let title = profile::write(self, &life, code, &mut bundle);
        books::write(self, &life, &sales, &mut bundle);
        let talker = Talker {
            scene: &self.scene,
            book: if life.english { &self.scene.english } else { &self.scene.chinese },
            life: &life,
            sales: &sales,
            contact: title,
            special,
            segment,
        };
        let answered = talker.write(&moments, &mut bundle, &mut self.rng);
        let story = extras::Story { life: &life, sales: &sales, segment, answered, count };
        extras::write(self, &story, &mut bundle);
        super::deals::write(self, &story, &mut bundle);
        history::write(&self.scene.cal, benchmark, &mut bundle);
        let friend = self.refer(&life, &sales, &mut bundle, peer);
        self.friends.extend(friend);
        Some(bundle)
    }

    /// Who was brought by another customer; gives this one as somebody who may bring others.
    fn refer(
        &mut self,
        life: &Life,
        sales: &[super::orders::Sale],
        bundle: &mut Bundle,
        peer: bool,
    ) -> Option<Friend> {
        let cal = &self.scene.cal;
        let mut by = bundle.customer.source.as_deref() == Some("referral");
        by |= peer;
        let older = |f: &&Friend| f.first_order > life.created + 30;
        // dice of its own, so that who brings whom changes nothing else of the company
        let mut dice = Rng::with_seed(life.id.unsigned_abs());
        let friend = match peer {
            true => Some(Friend {
                id: 2,
                owner: handbook::ROWS.get(1).map_or(1, |shown| shown.owner),
                first_order: life.created + 60,
            }),
            false if by => dice.choice(&self.friends).filter(older).copied(),
            false => None,
        };
        if let Some(friend) = friend {
            let dealt = sales.first().map(|s| s.back);
            super::deals::reward(cal, life.id, &bundle.customer.name, friend, dealt, &mut bundle.tasks);
            bundle.customer.source = Some("referral".into());
            bundle.customer.referrer_id = Some(friend.id);
            bundle.referrals.push(rows::Referral {
                customer_id: friend.id,
                new_id: Some(life.id),
                asked_on: Some(rows::Day(cal.back(life.created + dice.i32(3..25)))),
                cause: Some("季度回访".into()),
                outcome: Some(if dealt.is_some() { "已成交" } else { "洽谈中" }.into()),
                reward: dealt.map(|_| "价值1000元服务包".into()),
                reward_fen: dealt.map(|_| 100_000),
                given_on: dealt.filter(|b| *b > 15).map(|b| rows::Day(cal.back(cal.working(b - 10)))),
            });
        } else if by {
            bundle.customer.source = Some("other".into());
        }
        // whoever came back again and again speaks well of the company
        let good = sales.len() >= CONTENT;
        let first = sales.first().map(|s| s.back)?;
        if self.friends.len() > 400 {
            let gone = dice.usize(0..400);
            self.friends.swap_remove(gone);
        }
        good.then_some(Friend { id: life.id, owner: life.owner, first_order: first })
    }
}

impl Iterator for Crowd {
    type Item = Bundle;

    fn next(&mut self) -> Option<Bundle> {
        if self.next >= self.scene.customers {
            return None;
        }
        let at = self.next;
        self.next += 1;
        match handbook::ROWS.get(usize::try_from(at).unwrap_or(usize::MAX)) {
            Some(shown) => Some(handbook::bundle(self, shown)),
            None => self.customer(at),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.scene.customers - self.next).unwrap_or(usize::MAX);
        (left, Some(left))
    }
}
