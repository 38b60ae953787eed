//! What the writers of the demo company share: the scene, which stays the same for all customers, and the pen, which holds
//! the dice, the names that are taken and the next number of each kind of record.

use fastrand::Rng;

use super::calendar::Calendar;
use super::life::{Life, Plan};
use super::moments::Special;
use super::names::Register;
use super::staff::{ME, Staff};
use super::talks::Book;
use super::words::{Product, Words};

/// Customers of which a team of nine can still be said to look after each.
const LOOKED_AFTER: f64 = 20_000.0;

/// What stays the same for all customers.
pub struct Scene {
    pub words: &'static Words,
    pub cal: Calendar,
    pub staff: Staff,
    pub goods: Vec<&'static Product>,
    pub chinese: Book,
    pub english: Book,
    /// How much of a full working day each customer may take; below one in a very great company.
    pub thin: f64,
    pub customers: u64,
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
    pub fn special(&self, life: &Life, rng: &mut Rng) -> Special {
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

/// What records are written with.
pub struct Pen {
    pub scene: Scene,
    pub rng: Rng,
    pub register: Register,
    pub orders: i64,
    pub contacts: i64,
    coupons: i64,
    activations: i64,
}

impl Pen {
    /// A pen for a scene, the same for the same seed.
    pub fn new(scene: Scene, seed: u64) -> Self {
        let register = Register::new(&scene.words.names, seed);
        let rng = Rng::with_seed(seed);
        Self { scene, rng, register, orders: 0, contacts: 0, coupons: 0, activations: 0 }
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
}
