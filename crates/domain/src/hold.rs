//! Plans that wait for an administrator: for how long, whether they know of it already, and what
//! they have agreed to by name (R45, R46).

use std::collections::BTreeSet;

use crate::{ids::MemberId, import::State};

/// How long a plan on hold waits for an answer, in microseconds: 72 hours.
pub const WAITS: i64 = 72 * 60 * 60 * 1_000_000;

/// Whether a plan has waited in vain. Instants are in microseconds of UTC.
pub fn has_lapsed(held_at: i64, now: i64) -> bool {
    now.saturating_sub(held_at) > WAITS
}

/// What an administrator is asked: fingerprints of the leavers, and the guards that tripped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question<'a> {
    /// The fingerprint of the set of leavers.
    pub leavers: &'a str,
    /// The guards, as the import names them.
    pub guards: &'a str,
}

/// Whether an administrator has been asked just this, so that no second mail is sent (R46): by the
/// plan before, which waits, was rejected, or gave way to this one. A plan that was approved or that
/// nobody answered in time is asked about anew.
pub fn is_asked_again(before: Option<(State, Question<'_>)>, now: Question<'_>) -> bool {
    before.is_some_and(|(state, before)| {
        matches!(state, State::OnHold | State::Rejected | State::Superseded) && before == now
    })
}

/// Whether an administrator who was shown some leavers by name, and typed their number, has thereby
/// agreed to these (R45): nobody may leave who was not shown.
pub fn covers(shown: &BTreeSet<MemberId>, leavers: impl IntoIterator<Item = MemberId>) -> bool {
    leavers.into_iter().all(|leaver| shown.contains(&leaver))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn r46_a_hold_lapses_after_72_hours_and_not_before() {
        assert!(!has_lapsed(1_000, 1_000 + WAITS));
        assert!(has_lapsed(1_000, 1_001 + WAITS));
        assert!(!has_lapsed(i64::MAX, 0));
    }

    #[test]
    fn r46_the_same_leavers_are_not_asked_about_twice() {
        let now = Question { leavers: "a", guards: "R40" };
        for state in [State::OnHold, State::Rejected, State::Superseded] {
            assert!(is_asked_again(Some((state, now)), now));
            assert!(!is_asked_again(Some((state, Question { leavers: "b", ..now })), now));
            assert!(!is_asked_again(Some((state, Question { guards: "R40,R43", ..now })), now));
        }
        for state in [State::Completed, State::Lapsed] {
            assert!(!is_asked_again(Some((state, now)), now));
        }
        assert!(!is_asked_again(None, now));
    }

    #[test]
    fn r45_a_typed_number_covers_those_who_were_shown_and_nobody_else() {
        let member = |number| MemberId(Uuid::from_u128(number));
        let shown = BTreeSet::from([member(1), member(2), member(3)]);
        assert!(covers(&shown, [member(1), member(3)]));
        assert!(covers(&shown, []));
        assert!(!covers(&shown, [member(1), member(4)]));
    }
}
