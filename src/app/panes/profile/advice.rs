//! What suggests itself, as lines of the profile: what to say, what to bring, which product fits, why there is more in
//! this customer, what they looked for and did not find, how far it is to the next level.

use super::layout::Section;
use super::line::{Ink, Maker, Pieces, Target};
use crate::i18n::{format, profile as t, scripts, shell, shipped, words};
use crate::store::request::{Potential, Profile, spoken};

/// Scripts that are shown; the touch form offers all that fit.
const SCRIPTS: usize = 2;

/// Into whose hands the customer belongs since it has moved to another class (G44); stands among what to mind.
pub fn hands(m: &Maker, profile: &Profile) -> Option<Pieces> {
    let (lang, today) = (m.with.lang, m.with.now.today());
    let suited = profile.advice.suited.as_ref()?;
    let class = |id: &str| words::word(&suited.scheme, id, lang).to_owned();
    let post = |text: &str| shipped::said(text, lang).to_owned();
    let (was, is, on) = (class(&suited.was), class(&suited.class), format::day(suited.on, today));
    let text = t::BELONGS.with(lang, &[&was, &is, &on, &post(&suited.post), &post(&suited.own)]);
    // the key stands at the end of the sentence, wherever its lines break
    let whom = suited.to.as_ref().map(|(_, name)| format!(" · {}", t::TO_WHOM.with(lang, &[name])));
    let text = format!("{text}{}", whom.unwrap_or_default());
    Some(Pieces::new(t::HANDS.of(lang), text).ink(Ink::Warn))
}

/// The lines of the section; none where nothing suggests itself.
pub fn lines(m: &mut Maker, profile: &Profile) {
    let (lang, today) = (m.with.lang, m.with.now.today());
    let advice = &profile.advice;
    let mut rows: Vec<(Pieces, usize)> = Vec::new();
    for said in spoken(&advice.scripts).take(SCRIPTS) {
        let line = Pieces::new(shell::SAY.of(lang), scripts::shown(&said.text, lang));
        rows.push((line.note(said.title.clone()), 3));
    }
    for content in &advice.contents {
        let line = Pieces::new(t::CONTENT.of(lang), content.title.clone());
        rows.push((line.note(content.place.clone().unwrap_or_default()), 1));
    }
    for cause in &advice.potential {
        let text = match cause {
            Potential::Inquiry { on, product } => {
                t::INQUIRED.with(lang, &[&format::day(*on, today), &product.as_deref().unwrap_or("–")])
            }
            Potential::Match { product } => t::FITS_NEW.with(lang, &[product]),
        };
        rows.push((Pieces::new(t::POTENTIAL.of(lang), text).ink(Ink::Good), 2));
    }
    for fit in &advice.products {
        let needs: Vec<&str> = fit.needs.iter().map(String::as_str).collect();
        let needs = format::list(&needs, lang);
        let word = if fit.is_high() { t::MATCH_HIGH } else { t::MATCH_MEDIUM };
        let value = fit.value.as_deref().map_or(String::new(), |value| format!(" · {value}"));
        rows.push((
            Pieces::new(t::MATCHES.of(lang), format!("{}{value}", fit.name)).note(word.with(lang, &[&needs])),
            1,
        ));
    }
    for need in &advice.unmet {
        let text = t::VIEWED.with(lang, &[&need.category, &need.views]);
        rows.push((Pieces::new(t::UNMET.of(lang), text).ink(Ink::Warn), 1));
    }
    if let Some(member) = &advice.member {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(member.level.as_ref().map(|level| t::AT_LEVEL.with(lang, &[level])));
        if let (Some(next), Some(gap)) = (&member.next, member.gap) {
            parts.push(t::TO_LEVEL.with(lang, &[&format::yuan(gap), &next.level, &next.brings]));
        }
        if !parts.is_empty() {
            rows.push((Pieces::new(t::MEMBER.of(lang), parts.join(" · ")), 1));
        }
    }
    if rows.is_empty() {
        return;
    }
    m.heading(Section::Advice, t::ADVICE, String::new());
    let mut label = String::new();
    for (n, (mut line, most)) in rows.into_iter().enumerate() {
        // a label that stands above is not said again
        if line.label == label {
            line.label = String::new();
        } else {
            label.clone_from(&line.label);
        }
        let target = Target::Words(u8::try_from(n + 10).unwrap_or(u8::MAX));
        m.text(Section::Advice, line, target, most);
    }
}
