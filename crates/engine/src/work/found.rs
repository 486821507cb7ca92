//! What a look found: imports that nobody worked on. At any moment each hand would find nearly the same, so that one look
//! serves several; whether what was found still waits is seen when it is claimed.

use std::{collections::VecDeque, time::Duration};

use domain::ids::ProgrammeId;
use store::Import;
use tokio::time::Instant;

/// How long it is gone by. For so long an import that comes before these may have to wait.
const FRESH: Duration = Duration::from_secs(1);

/// Imports that wait for a hand, each of a programme of which nothing was worked on.
pub(super) struct Found {
    waiting: VecDeque<Import>,
    /// The largest that the look was for.
    largest: Option<i64>,
    at: Instant,
}

impl Found {
    /// Before the first look.
    pub(super) fn nothing() -> Self {
        Self::by_a_look(Vec::new(), None, Instant::now())
    }

    /// What a look found that left out those with more people than `largest`, in the order in which they are tried.
    pub(super) fn by_a_look(waiting: Vec<Import>, largest: Option<i64>, at: Instant) -> Self {
        Self { waiting: waiting.into(), largest, at }
    }

    /// The next one to try, for a hand that takes none with more people than `largest`, or of which nobody knows how
    /// many.
    pub(super) fn take(&mut self, largest: Option<i64>, now: Instant) -> Option<Import> {
        // A look that left out others than this hand does may have left out older ones than it found.
        let may_lack_older = self.largest.is_some() && self.largest != largest;
        if may_lack_older || now.duration_since(self.at) >= FRESH {
            self.waiting.clear();
        }
        let fits = |import: &Import| largest.is_none_or(|most| (1..=most).contains(&import.progress_total));
        let next = self.waiting.iter().position(fits)?;
        self.waiting.remove(next)
    }

    /// Something of this programme is worked on from now on: others come before the rest of it.
    pub(super) fn leave_out(&mut self, programme: ProgrammeId) {
        self.waiting.retain(|import| import.programme() != programme);
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn import(id: u128, programme: u128, people: i64) -> Import {
        Import {
            programme_id: Uuid::from_u128(programme),
            id: Uuid::from_u128(id),
            integration_id: Uuid::from_u128(id),
            purpose: "apply".into(),
            trigger: "schedule".into(),
            person: None,
            renumbered: false,
            state: "queued".into(),
            stage_since: 0,
            try_number: 0,
            progress_done: 0,
            progress_total: people,
            cursor: -1,
            counts: String::new(),
            members_before: 0,
            held_by: String::new(),
            held_because: String::new(),
            facts: None,
            settings_print: None,
            plan_print: None,
            leavers_print: None,
            approved: None,
            answered_by: None,
            failure_code: None,
            failure: None,
            created_at: 0,
            held_at: None,
            finished_at: None,
            duration_ms: 0,
            people_removed_at: None,
        }
    }

    /// What is given to hands that take this, one after the other at the same time.
    fn taken(found: &mut Found, largest: Option<i64>, now: Instant) -> Vec<u128> {
        std::iter::from_fn(|| found.take(largest, now)).map(|import| import.id.as_u128()).collect()
    }

    #[test]
    fn one_look_serves_several_hands_for_a_while() {
        let at = Instant::now();
        let waiting = vec![import(1, 1, 100), import(2, 2, 0), import(3, 3, 100)];
        let mut found = Found::by_a_look(waiting.clone(), None, at);
        assert_eq!(taken(&mut found, None, at + FRESH / 2), [1, 2, 3]);
        let mut found = Found::by_a_look(waiting, None, at);
        assert_eq!(taken(&mut found, None, at + FRESH), [0; 0], "an older one may have come");
        assert_eq!(taken(&mut Found::nothing(), None, at), [0; 0]);
    }

    #[test]
    fn a_hand_gets_none_that_is_too_large_for_it() {
        let at = Instant::now();
        let mut found = Found::by_a_look(vec![import(1, 1, 90_000), import(2, 2, 0), import(3, 3, 100)], None, at);
        assert_eq!(taken(&mut found, Some(5_000), at), [3], "nobody knows how many the second has");
        assert_eq!(taken(&mut found, None, at), [1, 2], "they were not lost");
        let small = vec![import(2, 2, 50), import(3, 3, 100)];
        let mut found = Found::by_a_look(small.clone(), Some(5_000), at);
        assert_eq!(taken(&mut found, Some(5_000), at), [2, 3]);
        let mut found = Found::by_a_look(small, Some(5_000), at);
        assert_eq!(taken(&mut found, None, at), [0; 0], "a large one may be older");
    }

    #[test]
    fn a_programme_that_is_worked_on_comes_after_others() {
        let at = Instant::now();
        let mut found = Found::by_a_look(vec![import(1, 1, 9), import(2, 1, 9), import(3, 2, 9)], None, at);
        let first = found.take(None, at).expect("one");
        found.leave_out(first.programme());
        assert_eq!(taken(&mut found, None, at), [3]);
    }
}
