//! What departments of the demo company ask of each other about customers: some wait in an inbox, some answers wait to be
//! read, most are over. Drawn by lots that hang on the customer, so that nothing else of the company depends on them.

use super::chance::lot;
use super::life::Plan;
use super::scene::Pen;
use super::staff::ME;
use super::story::Story;
use super::words::Asked;
use crate::domain::requests;
use crate::store::fill::Bundle;
use crate::store::fill::rows::Request;

const MINUTE: i64 = 60_000;
const HOURS: i64 = 2;
/// Of a thousand active customers so many have a request that runs, and so many one that is over.
const RUNNING: i64 = 8;
const OVER: i64 = 40;

/// Writes the request a customer may have.
pub fn write(pen: &Pen, story: &Story<'_>, bundle: &mut Bundle) {
    let (scene, life) = (&pen.scene, story.life);
    let drawn = lot(life.id, 31);
    if life.plan != Plan::Active || drawn >= RUNNING + OVER || lot(life.id, 32) as f64 >= 1_000.0 * scene.thin
    {
        return;
    }
    let all = if life.english { &scene.words.english } else { &scene.words.chinese };
    let owner = scene.staff.department(life.owner);
    // sales asks by the owner; the others ask the owner's department
    let fits = |a: &&Asked| if a.from == "sales" { owner == "sales" } else { a.to == owner };
    let list: Vec<&Asked> = all.request.iter().filter(fits).collect();
    let rng = &mut fastrand::Rng::with_seed(life.id.unsigned_abs());
    let Some(asked) = rng.choice(list) else { return };
    let from_id = if asked.from == "sales" { life.owner } else { scene.staff.doer(&asked.from, ME, rng) };
    let to_id = if asked.to == owner { life.owner } else { scene.staff.doer(&asked.to, ME, rng) };
    let cal = &scene.cal;
    let running = drawn < RUNNING;
    let asked_at = if running {
        cal.now - MINUTE * rng.i64(10..150)
    } else {
        let back = cal.working(rng.i32(2..60));
        cal.at(cal.back(back), rng.i64(9 * 60..16 * 60))
    };
    // nine of ten are answered within the two hours
    let answered_at =
        asked_at + MINUTE * if rng.u8(0..10) < 9 { rng.i64(20..115) } else { rng.i64(121..240) };
    let refused = rng.u8(0..8) == 0;
    let state = match (running, rng.u8(0..3)) {
        (true, 0) => "taken",
        (true, 1) if answered_at < cal.now => "answered",
        (true, _) => "open",
        (false, _) => "closed",
    };
    let done = matches!(state, "answered" | "closed");
    let said = if refused { &asked.refuse } else { &asked.answer };
    bundle.requests.push(Request {
        customer_id: life.id,
        from_id,
        from_department: scene.staff.department(from_id).into(),
        department: asked.to.as_str().into(),
        text: asked.say.as_str().into(),
        asked_at,
        due_at: requests::due(asked_at, HOURS),
        state: if state == "answered" && refused { "refused" } else { state }.into(),
        taken_by: (state != "open").then_some(to_id),
        taken_at: (state != "open").then_some(asked_at + 8 * MINUTE),
        answer: done.then(|| said.as_str().into()),
        answered_by: done.then_some(to_id),
        answered_at: done.then_some(answered_at),
        closed_at: (state == "closed").then_some(answered_at + 45 * MINUTE),
    });
}
