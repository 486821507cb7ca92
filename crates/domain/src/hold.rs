//! Plans that wait for an administrator: for how long, whether they know of it already, and what
//! they have agreed to by name (R45, R46).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    field::{Field, Fields},
    guard::Facts,
    ids::MemberId,
    import::State,
};

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

/// What is kept of a plan that the guard looked at, to be told in any language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Findings {
    /// What the guard looked at.
    pub facts: Facts,
    /// What the leavers share, where the guard tripped.
    #[serde(default)]
    pub shared: Shared,
}

/// What the leavers of a plan have in common: one mistake in the HR system is the usual cause of many.
/// The largest groups come first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Shared {
    /// How many leavers there are.
    pub leavers: u64,
    /// Why they would leave, in the words of [`Reason`](crate::plan::Reason)'s stable names, and how many.
    pub reasons: Vec<(String, u64)>,
    /// What the HR system says differently now of an attribute that decides membership.
    pub changes: Vec<SharedChange>,
}

/// An attribute that changed in the same way for several leavers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedChange {
    /// The attribute's key.
    pub attribute: String,
    /// The value before; none where there was none.
    pub before: Option<String>,
    /// The value now; none where there is none.
    pub after: Option<String>,
    /// How many leavers it changed for.
    pub leavers: u64,
}

/// How many groups are worth telling; the others are few people each.
const GROUPS: usize = 20;

/// Finds out what leavers share, one leaver after the other.
#[derive(Debug, Default)]
pub struct Sharing {
    leavers: u64,
    reasons: BTreeMap<String, u64>,
    changes: BTreeMap<(String, Option<String>, Option<String>), u64>,
}

impl Sharing {
    /// Looks at one leaver: why they would leave, the values that change as they were, and all values
    /// as they will be.
    pub fn add(&mut self, reason: &str, before: &[(Field, Option<String>)], after: &Fields) {
        self.leavers += 1;
        *self.reasons.entry(reason.to_owned()).or_default() += 1;
        for (field, before) in before {
            if let Field::Seen(attribute) = field {
                let change = (attribute.to_string(), before.clone(), after.get(field).cloned());
                *self.changes.entry(change).or_default() += 1;
            }
        }
    }

    /// What they share.
    pub fn end(self) -> Shared {
        let mut reasons: Vec<_> = self.reasons.into_iter().collect();
        reasons.sort_by_key(|(_, leavers)| std::cmp::Reverse(*leavers));
        let change = |((attribute, before, after), leavers)| SharedChange { attribute, before, after, leavers };
        let mut changes: Vec<SharedChange> = self.changes.into_iter().map(change).collect();
        changes.sort_by_key(|change| std::cmp::Reverse(change.leavers));
        reasons.truncate(GROUPS);
        changes.truncate(GROUPS);
        Shared { leavers: self.leavers, reasons, changes }
    }
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
    fn r46_what_most_leavers_share_comes_first() {
        let mut sharing = Sharing::default();
        let kind = Field::seen("employment_type");
        let after = Fields::from([(kind.clone(), "extern".to_owned())]);
        for _ in 0..3 {
            sharing.add("outside-segment:employment_type", &[(kind.clone(), Some("internal".into()))], &after);
        }
        sharing.add("absent", &[], &Fields::new());
        let shared = sharing.end();
        assert_eq!(shared.leavers, 4);
        assert_eq!(shared.reasons, [("outside-segment:employment_type".to_owned(), 3), ("absent".to_owned(), 1)]);
        let (before, after) = (Some("internal".to_owned()), Some("extern".to_owned()));
        let change = SharedChange { attribute: "employment_type".into(), before, after, leavers: 3 };
        assert_eq!(shared.changes, [change]);
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
