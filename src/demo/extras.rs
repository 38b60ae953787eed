//! What not every customer has: quotations, contracts, complaints, surveys, important dates, outcomes of touches.

use fastrand::Rng;

use super::chance::{lot, one};
use super::life::Plan;
use super::orders::Sale;
use super::requests;
use super::scene::Pen;
use super::story::Story;
use crate::store::fill::Bundle;
use crate::store::fill::rows::{Complaint, Contract, Day, ImportantDate, Outcome, Quote, Survey};

/// Writes all of it.
pub fn write(pen: &mut Pen, story: &Story<'_>, bundle: &mut Bundle) {
    let mut rng = pen.rng.fork();
    let rng = &mut rng;
    quotes(pen, story, bundle, rng);
    contracts(pen, story, bundle, rng);
    complaints(pen, story, bundle, rng);
    requests::write(pen, story, bundle);
    surveys(pen, story, bundle, rng);
    dates(pen, story, bundle, rng);
    outcomes(story, bundle, rng);
}

fn quotes(pen: &Pen, story: &Story<'_>, bundle: &mut Bundle, rng: &mut Rng) {
    let (cal, life) = (&pen.scene.cal, story.life);
    let talks = if life.english { &pen.scene.words.english } else { &pen.scene.words.chinese };
    for (at, sale) in story.sales.iter().enumerate() {
        if rng.u8(0..100) < 30 && sale.back < 700 && sale.amount > 200_000 {
            bundle.quotes.push(Quote {
                customer_id: life.id,
                quoted_on: Day(cal.back(cal.working(sale.back + rng.i32(3..14)))),
                product: sale.main().map(|p| p.name.as_str().into()),
                amount_fen: Some(sale.amount),
                state: "won".into(),
                order_id: bundle.orders.get(at).map(|o| o.id),
                note: None,
            });
        }
    }
    let quoted = bundle.customer.state.as_deref() == Some("quoted");
    let lost = matches!(life.plan, Plan::Quiet(_)) && rng.u8(0..100) < 30;
    let Some(product) = rng.choice(&life.goods).copied().filter(|_| quoted || lost) else { return };
    let back = match life.plan {
        Plan::Quiet(days) => days + rng.i32(2..30),
        _ => rng.i32(1..24).min(life.created),
    };
    let quantity = (life.yearly / 3 / product.price.max(1)).clamp(1, product.most);
    bundle.quotes.push(Quote {
        customer_id: life.id,
        quoted_on: Day(cal.back(cal.working(back.min(life.created)))),
        product: Some(product.name.as_str().into()),
        amount_fen: Some(product.price * quantity * 100),
        state: if lost { "lost" } else { "open" }.into(),
        order_id: None,
        note: (rng.u8(0..3) > 0).then(|| one(rng, &talks.notes.quote).into()),
    });
}

fn contracts(pen: &Pen, story: &Story<'_>, bundle: &mut Bundle, rng: &mut Rng) {
    let (cal, life) = (&pen.scene.cal, story.life);
    let percent = match story.segment {
        Some("high") => 70,
        Some("growth") => 35,
        Some("cooling") => 25,
        _ => 0,
    };
    let Some(first) =
        story.sales.first().filter(|_| !life.shop && life.yearly > 20_000 && rng.u8(0..100) < percent)
    else {
        return;
    };
    // yearly contracts, counted from the first order
    let years = first.back / 365;
    let start = first.back - 365 * years;
    let signed = cal.back(start);
    bundle.contracts.push(Contract {
        customer_id: life.id,
        code: Some(format!("HT{}-{:04}", signed.format("%Y"), life.id % 10_000).into()),
        signed_on: Some(Day(signed)),
        expires_on: Some(Day(cal.ahead(364 - start))),
        renewed_on: (years > 0).then_some(Day(signed)),
        annual_fen: Some(life.yearly / 1_000 * 100_000).filter(|fen| *fen > 0),
        note: None,
    });
}

fn complaints(pen: &mut Pen, story: &Story<'_>, bundle: &mut Bundle, rng: &mut Rng) {
    let (scene, life) = (&pen.scene, story.life);
    let cal = &scene.cal;
    let all = if life.english { &scene.words.english } else { &scene.words.chinese };
    let open = life.plan == Plan::Active && rng.f64() < 0.004 * scene.thin;
    let old = !story.sales.is_empty() && rng.u8(0..100) < 4;
    if !open && !old {
        return;
    }
    let fits = |g: &&super::words::Grievance| !g.say.contains("盘点单") || life.has(&["floor".to_owned()]);
    let list: Vec<&'static super::words::Grievance> = all.complaint.iter().filter(fits).collect();
    let Some(grievance) = rng.choice(list) else { return };
    // a complaint is about something that was bought and delivered
    let delivered = |s: &&Sale| s.back > 8 && (open || s.back < 460);
    let bought: Vec<&Sale> = story.sales.iter().filter(delivered).collect();
    // an old one is about any of them, so that the months are alike
    let which = usize::try_from(lot(life.id, 43)).unwrap_or(0) % bought.len().max(1);
    let Some(sale) = (if open { bought.last() } else { bought.get(which) }).copied() else { return };
    let back = if open {
        // most are of today: what waits over a weekend is late
        cal.working(if lot(life.id, 41) < 700 { rng.i32(0..3) / 3 } else { rng.i32(0..3) })
    } else {
        let reach = rng.i32(4..60).min(sale.back - 3);
        cal.working(sale.back - reach)
    };
    if back >= sale.back || (!open && back < 4) || matches!(life.plan, Plan::Quiet(days) if back < days) {
        return;
    }
    let product = sale.main().map_or("新品", |p| if life.english { &p.english } else { &p.name });
    let opened_at = cal.at(cal.back(back), cal.minute_of(back, rng));
    let later = |from: i64, hours: std::ops::Range<i64>, rng: &mut Rng| from + rng.i64(hours) * 3_600_000;
    let responded_at = later(opened_at, 1..22, rng).min(cal.now);
    let solved_at = later(responded_at, 3..26, rng);
    let responded = !open || rng.bool();
    let handler = scene.staff.doer("service", life.owner, rng);
    bundle.complaints.push(Complaint {
        customer_id: life.id,
        opened_at,
        responded_at: responded.then_some(responded_at),
        solved_at: (!open).then_some(solved_at),
        state: match (open, responded) {
            (false, _) => "resolved",
            (true, true) => "responded",
            (true, false) => "open",
        }
        .into(),
        subject: Some(grievance.subject.as_str().into()),
        severity: rng.choice(["low", "medium", "medium", "high"]).unwrap_or("medium").into(),
        summary: grievance.say.replace("{p}", product).into(),
        solution: (!open).then(|| grievance.solution.as_str().into()),
        handler_id: Some(handler),
        touch_id: None,
        closed_at: (!open).then_some(solved_at + 86_400_000),
        repair: (!open).then(|| grievance.repair.as_str().into()),
        recheck_on: (!open).then(|| Day(cal.back(cal.working(back - 3)))),
    });
}

fn surveys(pen: &Pen, story: &Story<'_>, bundle: &mut Bundle, rng: &mut Rng) {
    let (cal, life) = (&pen.scene.cal, story.life);
    let Some(answered) = story.answered.filter(|_| !story.sales.is_empty() && rng.u8(0..100) < 14) else {
        return;
    };
    let back = (answered + rng.i32(0..120)).min(life.created);
    if story.sales.first().is_none_or(|s| s.back < back + 10) {
        return;
    }
    let pleased = story.segment == Some("high") || bundle.complaints.is_empty() && rng.u8(0..100) < 84;
    let notes = if life.english { &pen.scene.words.english.notes } else { &pen.scene.words.chinese.notes };
    let (score, nps, words) = if pleased {
        (rng.i64(80..101), rng.i64(8..11), &notes.survey_good)
    } else {
        (rng.i64(52..80), rng.i64(3..8), &notes.survey_bad)
    };
    bundle.surveys.push(Survey {
        customer_id: life.id,
        answered_on: Day(cal.back(cal.working(back))),
        score: Some(score),
        nps: Some(nps),
        comment: Some(one(rng, words)).filter(|w| !w.is_empty()).map(Into::into),
        answers: Some(per_question(score, life.id).into()),
    });
}

/// Scores of the five questions whose mean is the score.
fn per_question(score: i64, id: i64) -> String {
    let (a, b) = (lot(id, 51) % 9, lot(id, 52) % 6);
    let (a, b) = (a.min(100 - score), b.min(100 - score));
    [score - a, score + a, score, score + b, score - b].map(|n| n.to_string()).join(" ")
}

fn dates(pen: &Pen, story: &Story<'_>, bundle: &mut Bundle, rng: &mut Rng) {
    let (scene, life) = (&pen.scene, story.life);
    let cal = &scene.cal;
    let share = scene.thin.max(0.1);
    let mut add = |contact: Option<i64>,
                   kind: &'static str,
                   label: Option<&'static str>,
                   date: (bool, u32, u32),
                   year| {
        let (lunar, month, day) = date;
        let lead_days = if story.segment == Some("high") { 7 } else { 3 };
        let Some(next) = cal.next_on(lunar, month, day) else { return };
        let Some(remind) = next.checked_sub_days(chrono::Days::new(lead_days)) else { return };
        bundle.dates.push(ImportantDate {
            customer_id: life.id,
            contact_id: contact,
            kind: kind.into(),
            label: label.map(Into::into),
            calendar: if lunar { "lunar" } else { "solar" }.into(),
            month: i64::from(month),
            day: i64::from(day),
            year,
            lead_days: i64::from(lead_days as u32),
            next_on: Day(next),
            remind_on: Day(remind),
        });
    };
    let key = bundle.contacts.first().map(|c| c.id);
    if life.plan != Plan::Prospect && rng.f64() < 0.24 * share {
        let lunar = !life.english && rng.u8(0..4) == 0;
        let date = (lunar, rng.u32(1..13), rng.u32(1..29));
        let year = (rng.u8(0..3) > 0 && !lunar).then(|| rng.i64(1966..1996));
        add(key, "birthday", None, date, year);
    }
    if matches!(story.segment, Some("high" | "growth"))
        && rng.f64() < 0.3 * share
        && let Some(first) = story.sales.first()
    {
        let day = cal.back(first.back);
        let label = if life.english { "first order" } else { "首次合作" };
        let (month, on) = (chrono::Datelike::month(&day), chrono::Datelike::day(&day));
        add(
            None,
            "anniversary",
            Some(label),
            (false, month, on),
            Some(i64::from(chrono::Datelike::year(&day))),
        );
    }
    if life.shop && life.plan == Plan::Active && rng.f64() < 0.05 * share {
        add(None, "other", Some("店庆"), (false, rng.u32(1..13), rng.u32(1..29)), None);
    }
}

/// A touch that was answered without an order: some of them led to something later.
fn outcomes(story: &Story<'_>, bundle: &mut Bundle, rng: &mut Rng) {
    if story.count == 0 || rng.u8(0..100) >= 12 {
        return;
    }
    let Some(touch) = bundle.touches.iter().rev().find(|t| t.converted) else { return };
    bundle.outcomes.push(Outcome {
        customer_id: story.life.id,
        touch_id: touch.id,
        at: touch.at + 86_400_000,
        kind: "ordered".into(),
        note: None,
    });
}
