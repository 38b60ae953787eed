//! The customers one after another, oldest first: each is made whole when the store asks for it, and forgotten then.

use std::collections::HashMap;

use fastrand::Rng;

use super::deals::Friend;
use super::life::{Life, Plan};
use super::moments::moments;
use super::orders::{Sale, last_year, sales};
use super::scene::{Pen, Scene};
use super::story::Story;
use super::touches::Talker;
use super::{books, classes, deals, extras, handbook, history, profile};
use crate::domain::customer::{code_prefix, next_code};
use crate::store::fill::{Bundle, rows};

/// Days since the company's first customer.
const AGE: f64 = 1_620.0;
/// Orders after which a customer may bring others.
const CONTENT: usize = 4;

/// All customers, lazily.
pub struct Crowd {
    pen: Pen,
    serials: HashMap<String, u32>,
    friends: Vec<Friend>,
    next: u64,
    peers: u8,
}

impl Crowd {
    /// The crowd of a scene, the same for the same seed.
    pub fn new(scene: Scene, seed: u64) -> Self {
        let mut pen = Pen::new(scene, seed);
        let mut serials = HashMap::new();
        for shown in handbook::ROWS {
            pen.register.take(shown.name);
            // the generator goes on after the handbooks' numbers
            serials.insert("C202405".to_owned(), 4);
        }
        Self { pen, serials, friends: Vec::new(), next: 0, peers: handbook::PEERS }
    }

    fn code(&mut self, created: i32) -> String {
        let prefix = code_prefix(self.pen.scene.cal.back(created));
        let last = self.serials.get(&prefix).copied().unwrap_or(0);
        let code = next_code(&prefix, last, 4);
        self.serials.insert(prefix, last + 1);
        code
    }

    /// When customer number `at` of all was entered, in days back: more of them in late years than in early ones.
    fn created(&self, at: u64) -> i32 {
        let share = 1.0 - at as f64 / self.pen.scene.customers.max(1) as f64;
        self.pen.scene.cal.working((share.powf(1.3) * AGE) as i32)
    }

    fn customer(&mut self, at: u64) -> Option<Bundle> {
        let id = i64::try_from(at).ok()? + 1;
        let created = self.created(at);
        let mut life = Life::draw(
            id,
            created,
            self.pen.scene.words,
            &self.pen.scene.staff,
            &self.pen.scene.cal,
            &mut self.pen.rng,
        )?;
        let peer = self.peers > 0 && !life.english && life.trade.standard.starts_with("交通运输");
        let peer = peer && life.plan == Plan::Active && handbook::peer(created, &self.pen.scene.cal);
        self.peers -= u8::from(peer);
        let sales = sales(&life, &self.pen.scene.cal, &mut self.pen.rng);
        if sales.is_empty() {
            life.plan = Plan::Prospect;
        }
        let special = self.pen.scene.special(&life, &mut self.pen.rng);
        let (spend, count) = last_year(&sales, &self.pen.scene.cal);
        let active = life.plan == Plan::Active;
        let bought = !sales.is_empty();
        let benchmark = life.trade.benchmark * 100;
        let segment = bought.then(|| classes::segment(spend, benchmark, active));
        let moments = moments(&life, &sales, segment, special, &self.pen.scene.cal, &mut self.pen.rng);

        let mut bundle = Bundle::default();
        let code = self.code(created);
        let title = profile::write(&mut self.pen, &life, code, &mut bundle);
        books::write(&mut self.pen, &life, &sales, &mut bundle);
        let talker = Talker {
            scene: &self.pen.scene,
            book: if life.english { &self.pen.scene.english } else { &self.pen.scene.chinese },
            life: &life,
            sales: &sales,
            contact: title,
            special,
            segment,
        };
        let answered = talker.write(&moments, &mut bundle, &mut self.pen.rng);
        let story = Story { life: &life, sales: &sales, segment, answered, count };
        extras::write(&mut self.pen, &story, &mut bundle);
        deals::write(&mut self.pen, &story, &mut bundle);
        history::write(&self.pen.scene.cal, benchmark, &mut bundle);
        let friend = self.refer(&life, &sales, &mut bundle, peer);
        self.friends.extend(friend);
        Some(bundle)
    }

    /// Who was brought by another customer; gives this one as somebody who may bring others.
    fn refer(&mut self, life: &Life, sales: &[Sale], bundle: &mut Bundle, peer: bool) -> Option<Friend> {
        let cal = &self.pen.scene.cal;
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
            deals::reward(cal, life.id, &bundle.customer.name, friend, dealt, &mut bundle.tasks);
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
        if self.next >= self.pen.scene.customers {
            return None;
        }
        let at = self.next;
        self.next += 1;
        match handbook::ROWS.get(usize::try_from(at).unwrap_or(usize::MAX)) {
            Some(shown) => Some(handbook::bundle(&mut self.pen, shown)),
            None => self.customer(at),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.pen.scene.customers - self.next).unwrap_or(usize::MAX);
        (left, Some(left))
    }
}
