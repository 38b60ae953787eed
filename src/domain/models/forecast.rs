//! The chance of one customer to order within 90 days, from a fit that is kept, and how the last such forecast came true
//! (kpis.md 3.4). The bands of the back-test are what a person reads beside the chance: of those said to have 60–80 %, so
//! many ordered.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::purchase::{History, Purchase};

/// Days of the forecast that people see.
pub const HORIZON: u32 = 90;
/// Bands of a back-test, all equally wide.
const BANDS: usize = 5;
/// Percent of one of them.
const WIDTH: u8 = 20;

/// Customers who were said to have about the same chance, and how many of them ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// Percent, included.
    pub from: u8,
    /// Percent, included in the last band only.
    pub to: u8,
    /// Customers.
    pub customers: usize,
    /// Of them those who ordered within the 90 days.
    pub ordered: usize,
}

/// A forecast of 90 days ago, by bands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Test {
    /// The day whose knowledge it was made with.
    pub made_on: NaiveDate,
    /// The bands, lowest first.
    pub bands: Vec<Band>,
}

/// A fit as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// The day whose knowledge it rests on.
    pub as_of: NaiveDate,
    /// r, α (weeks), a, b; none where the gate lets nothing through.
    pub model: Option<[f64; 4]>,
    /// How the last one came true.
    pub test: Option<Test>,
}

/// What is said of one customer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chance {
    /// 0 to 1: to order within 90 days.
    pub chance: f64,
    /// The day of the fit.
    pub as_of: NaiveDate,
    /// The day of the last back-test.
    pub tested: Option<NaiveDate>,
    /// Its band that this chance lies in.
    pub band: Option<Band>,
}

/// The band of a chance.
fn place(chance: f64) -> usize {
    ((chance * BANDS as f64) as usize).min(BANDS - 1)
}

/// Chances that were said, and whether each customer ordered, by bands.
pub fn bands(said: impl IntoIterator<Item = (f64, bool)>) -> Vec<Band> {
    let mut bands: Vec<Band> = (0..BANDS)
        .map(|i| {
            let from = u8::try_from(i).unwrap_or(0) * WIDTH;
            Band { from, to: from + WIDTH, customers: 0, ordered: 0 }
        })
        .collect();
    for (chance, ordered) in said {
        if let Some(band) = bands.get_mut(place(chance)) {
            band.customers += 1;
            band.ordered += usize::from(ordered);
        }
    }
    bands
}

impl Forecast {
    /// The parameters.
    pub fn purchase(&self) -> Option<Purchase> {
        let [r, alpha, a, b] = self.model?;
        Some(Purchase { r, alpha, a, b })
    }

    /// The chance of a customer with these purchase days, oldest first and each once; none without any.
    pub fn chance(&self, days: &[NaiveDate], today: NaiveDate) -> Option<Chance> {
        let model = self.purchase()?;
        let (first, last) = (*days.first()?, *days.last()?);
        let count = |span: chrono::TimeDelta| u32::try_from(span.num_days()).unwrap_or(0);
        let x = u32::try_from(days.len()).unwrap_or(u32::MAX) - 1;
        let history = History::of_days(x, count(last - first), count(today - first));
        let chance = model.buys(&history, f64::from(HORIZON) / 7.0);
        let band = self.test.as_ref().and_then(|test| test.bands.get(place(chance))).copied();
        Some(Chance { chance, as_of: self.as_of, tested: self.test.as_ref().map(|t| t.made_on), band })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_chance_on_a_line_belongs_to_the_band_above_and_one_of_a_hundred_percent_to_the_last() {
        let said = [
            (0.0, false),
            (0.199_9, true),
            (0.2, true),
            (0.6, true),
            (0.799, false),
            (0.8, true),
            (1.0, true),
        ];
        let found = bands(said);
        let counted: Vec<_> = found.iter().map(|b| (b.from, b.to, b.customers, b.ordered)).collect();
        assert_eq!(counted, [(0, 20, 2, 1), (20, 40, 1, 1), (40, 60, 0, 0), (60, 80, 2, 1), (80, 100, 2, 2)]);
    }

    /// The parameters published for the CDNOW sample, and its customer 1516: 26 repeats, the last after 30.857 weeks, known
    /// for 31 weeks. P(alive) 0.96885 (published), times 1 − ((4.4136+31)/(4.4136+31+90/7))^26.2426 = 1 − 0.73368^26.2426
    /// = 0.99970: 0.96856.
    #[test]
    fn the_chance_is_p_alive_times_one_purchase_at_least() {
        let fit = Forecast {
            as_of: day("1997-09-30"),
            model: Some([0.242_595, 4.413_602, 0.792_922, 2.425_907]),
            test: Some(Test { made_on: day("1997-07-02"), bands: bands([(0.9, true), (0.95, false)]) }),
        };
        // 27 purchase days within 216 days (30.857 weeks), 217 days (31 weeks) before the present
        let first = day("1997-02-25");
        let mut days: Vec<NaiveDate> = (0..26).map(|i| first + chrono::Days::new(i * 8)).collect();
        days.push(first + chrono::Days::new(216));
        let found = fit.chance(&days, first + chrono::Days::new(217)).unwrap();
        assert!((found.chance - 0.968_56).abs() < 2e-4, "{}", found.chance);
        assert_eq!(found.band, Some(Band { from: 80, to: 100, customers: 2, ordered: 1 }));
        assert_eq!(found.tested, Some(day("1997-07-02")));
        assert_eq!(fit.chance(&[], day("1997-09-30")), None);
        let shut = Forecast { model: None, ..fit };
        assert_eq!(shut.chance(&days, day("1997-09-30")), None);
    }
}
