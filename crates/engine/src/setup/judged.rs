//! What was judged for a sample, kept beside it: a page that is looked at again with nothing changed judges nobody.
//!
//! People of the source come to the same as long as the settings, the day and the people read are the same; that is
//! compared exactly. What the programme's own members come to changes with every change of a member, and is kept for
//! seconds only.

use std::{sync::Arc, time::Duration};

use domain::{member::State, rules::Rules};
use jiff::civil::Date;
use tokio::{sync::Mutex, time::Instant};

use super::{
    fit::{Closing, Tally, tally},
    sample::Sample,
};
use crate::{EngineError, EngineResult};

/// Under how many settings a sample's people are remembered: those that are saved, and those of a form that is being
/// filled in.
const SETTINGS: usize = 2;

/// How long members who would leave are shown again. Whoever joins, leaves or comes back changes the numbers, and is
/// seen at once; a name, a lock or an employee ID that changes is seen after so long.
const MEMBERS_FOR: Duration = Duration::from_secs(5);

/// What decides, besides the sample, what its people come to. A sample that is read on only has more people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Under {
    pub(super) rules: Rules,
    /// Who has started, and which dates are in the future, depends on it.
    pub(super) today: Date,
    pub(super) people: u64,
}

/// What the people of a sample came to. Not to be printed: it names them.
pub(super) struct Judged {
    pub(super) under: Under,
    pub(super) tally: Tally,
    pub(super) closing: Mutex<Known>,
}

/// The programme's members, as far as it is cheap to see whether they are still the same.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Members {
    /// How many of the integration stand in which state.
    pub(super) states: Vec<(State, u64)>,
    /// Whether everybody was read, so that those who are absent count.
    pub(super) complete: bool,
}

/// The members who would leave, when they were last looked for.
#[derive(Default)]
pub(super) struct Known(Option<(Instant, Members, Closing)>);

impl Known {
    pub(super) fn of(&self, members: &Members) -> Option<Closing> {
        let (at, then, closing) = self.0.as_ref()?;
        (at.elapsed() < MEMBERS_FOR && then == members).then(|| closing.clone())
    }

    pub(super) fn keep(&mut self, members: Members, closing: &Closing) {
        self.0 = Some((Instant::now(), members, closing.clone()));
    }
}

/// What the people of one sample came to under the settings that were last asked about.
#[derive(Default)]
pub(super) struct Newest(Mutex<Vec<Arc<Judged>>>);

impl Newest {
    /// One after the other: whoever asks for the same meanwhile waits, and finds it. It takes a thread of its own, so
    /// that no other page waits.
    pub(super) async fn of(&self, under: Under, sample: &Sample) -> EngineResult<Arc<Judged>> {
        let mut newest = self.0.lock().await;
        if let Some(at) = newest.iter().position(|judged| judged.under == under) {
            let known = newest.remove(at);
            newest.push(Arc::clone(&known));
            return Ok(known);
        }
        let sample = sample.clone();
        let walk = tokio::task::spawn_blocking(move || {
            let tally = tally(&under, &sample);
            Judged { under, tally, closing: Mutex::default() }
        });
        let broken = |error| EngineError::Broken(format!("the sample could not be looked at: {error}"));
        let judged = Arc::new(walk.await.map_err(broken)?);
        // While a sample is read on, what fewer people came to is of no use any more.
        newest.retain(|older| older.under.people == judged.under.people);
        newest.push(Arc::clone(&judged));
        if newest.len() > SETTINGS {
            newest.remove(0);
        }
        Ok(judged)
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        record::{Record, Value},
        setup::Draft,
    };
    use jiff::civil::date;
    use sources::Page;

    use super::*;
    use crate::setup::sample::Held;

    fn page(from: u64, to: u64) -> Page {
        let person = |id: u64| Record(vec![Some(Value::text(&id.to_string())), Some(Value::text("active"))]);
        Page { records: (from..=to).map(person).collect(), total: 40 }
    }

    /// Each way there is a sample of its own, as for each request.
    async fn judged(held: &Held, early_days: Option<u16>, today: Date) -> Arc<Judged> {
        let sample = held.sample();
        let rules = Rules { early_days, ..Draft::new("id").rules("status") };
        sample.judged(Under { rules, today, people: sample.people }).await.expect("judged")
    }

    #[tokio::test]
    async fn nobody_is_judged_again_until_something_changes() {
        let today = date(2026, 11, 23);
        let held = Held::new(Draft::new("id").rules("status").asked());
        held.add(page(1, 20));
        let first = judged(&held, None, today).await;
        assert_eq!((first.tally.fit.people, first.tally.fit.inside), (20, 20));
        assert!(Arc::ptr_eq(&first, &judged(&held, None, today).await), "they were judged again");

        // A form that is filled in beside the saved settings; the third settings take the place of the oldest.
        let other = judged(&held, Some(7), today).await;
        assert!(!Arc::ptr_eq(&first, &other));
        assert!(Arc::ptr_eq(&first, &judged(&held, None, today).await), "the saved settings are forgotten");
        judged(&held, Some(8), today).await;
        assert!(Arc::ptr_eq(&first, &judged(&held, None, today).await), "not the oldest gave way");
        assert!(!Arc::ptr_eq(&other, &judged(&held, Some(7), today).await), "too many are kept");

        let tomorrow = date(2026, 11, 24);
        assert!(!Arc::ptr_eq(&first, &judged(&held, None, tomorrow).await), "it is another day");
        held.add(page(21, 40));
        let more = judged(&held, None, today).await;
        assert_eq!((more.tally.fit.people, first.tally.fit.people), (40, 20), "more people were read");
    }

    #[tokio::test(start_paused = true)]
    async fn members_are_looked_at_again_when_they_change_and_after_seconds() {
        let members = |leavers| Members { states: vec![(State::Active, 9), (State::Leaver, leavers)], complete: true };
        let closing = Closing { count: 3, names: vec!["Ada".into()], complete: true };
        let mut known = Known::default();
        assert_eq!(known.of(&members(1)), None);
        known.keep(members(1), &closing);
        assert_eq!(known.of(&members(1)), Some(closing));
        assert_eq!(known.of(&members(2)), None);
        assert_eq!(known.of(&Members { complete: false, ..members(1) }), None);
        tokio::time::advance(MEMBERS_FOR).await;
        assert_eq!(known.of(&members(1)), None);
    }
}
