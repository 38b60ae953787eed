//! Alarms of the past of a filled company: what the rules for figures would have raised at earlier instants, with the
//! figures that its own records have. Only of a small company: counting millions of touches five times over is not worth it.

use super::rows::{self, pen, put};
use crate::domain::alarm::start_by;
use crate::domain::clock::Now;
use crate::store::Store;
use crate::store::alarm::{Cause, stands};
use crate::store::request::StoreError;
use crate::store::watch;

impl Store {
    /// Writes the alarms that figures were a cause for at each instant, the oldest first, as `dealt` leaves them: who
    /// answered for one and how it ended.
    pub fn fill_alarms(
        &mut self,
        instants: &[Now],
        dealt: &dyn Fn(rows::Alarm) -> rows::Alarm,
    ) -> Result<(), StoreError> {
        for now in instants {
            let found = watch::of_figures(&self.db, *now)?;
            let mut alarms = Vec::new();
            for cause in &found {
                if !stands(&self.db, cause.rule.id, &cause.subject, &cause.period)? {
                    alarms.push(dealt(alarm(cause, *now)?));
                }
            }
            put(&mut pen::<rows::Alarm>(&self.db)?, &alarms)?;
        }
        Ok(())
    }
}

/// An alarm as it was raised.
fn alarm(cause: &Cause, now: Now) -> Result<rows::Alarm, StoreError> {
    let figures = serde_json::to_string(&cause.facts).map_err(|e| StoreError::Defect(e.to_string()))?;
    Ok(rows::Alarm {
        rule: cause.rule.id.into(),
        subject: cause.subject.clone().into(),
        period: cause.period.clone().into(),
        level: cause.rule.level.id().into(),
        segment: cause.segment.clone().map(Into::into),
        figures: figures.into(),
        since: cause.since,
        raised_at: now.ms(),
        start_by: start_by(cause.rule.start, cause.since, now.zone, 5),
        post: cause.rule.post.into(),
        state: "raised".into(),
        ..rows::Alarm::default()
    })
}
