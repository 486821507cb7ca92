//! The guard: looks at a whole plan before the first write, and decides whether it may go on by
//! itself (R40–R46).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    plan::{Change, Counts, Kind},
    problem::{Code, Problem},
};

/// When an import waits for an administrator. The defaults are those that the rules name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Thresholds {
    /// R40: more than this share of the current members, in percent …
    pub leavers_percent: u64,
    /// … and more than this many.
    pub leavers_count: u64,
    /// R41: the same for the last seven days, this plan included.
    pub week_leavers_percent: u64,
    /// R41: and more than this many.
    pub week_leavers_count: u64,
    /// R42: fewer people than this share of the last complete import, in percent …
    pub short_read_percent: u64,
    /// … where that had at least this many.
    pub short_read_count: u64,
    /// R43: more than this share of the members would change identity, in percent …
    pub identity_percent: u64,
    /// … and more than this many.
    pub identity_count: u64,
    /// R44: more than this share of the current members would be new, in percent …
    pub joiners_percent: u64,
    /// … and more than this many.
    pub joiners_count: u64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            leavers_percent: 10,
            leavers_count: 5,
            week_leavers_percent: 20,
            week_leavers_count: 10,
            short_read_percent: 50,
            short_read_count: 20,
            identity_percent: 5,
            identity_count: 5,
            joiners_percent: 50,
            joiners_count: 20,
        }
    }
}

/// What the guard looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Facts {
    /// What the plan would do.
    pub counts: Counts,
    /// The current members of this integration, before the plan.
    pub members: u64,
    /// Leavers of the last seven days by imports that nobody approved, without this plan.
    pub week_leavers: u64,
    /// How many people the last complete import read; `None` before the first.
    pub last_read: Option<u64>,
    /// How many rows change an employee ID or an e-mail's owner, or would make somebody of an
    /// account whom it did not belong to.
    pub identity_changes: u64,
    /// Whether an administrator has agreed to every leaver of this plan by name (R45).
    pub leavers_agreed: bool,
}

/// A guard that tripped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Guard {
    /// Too many leavers at once.
    R40,
    /// Too many leavers in a week.
    R41,
    /// Far fewer people than last time.
    R42,
    /// Too many people who would change identity.
    R43,
    /// Too many joiners.
    R44,
}

impl Guard {
    /// What tripped, for an administrator, in numbers.
    pub fn text(self, facts: &Facts, limits: &Thresholds) -> String {
        let Facts { counts, members, .. } = facts;
        match self {
            Self::R40 => format!(
                "{} of {members} members would become leavers; imports with more than {}% (and more than {}), or with half of all members, wait for you.",
                counts.leave, limits.leavers_percent, limits.leavers_count
            ),
            Self::R41 => format!(
                "{} members would have become leavers within seven days, of {members} members; more than {}% (and more than {}) wait for you.",
                counts.leave.saturating_add(facts.week_leavers),
                limits.week_leavers_percent,
                limits.week_leavers_count
            ),
            Self::R42 => format!(
                "Only {} people were read; the last complete import read {}.",
                counts.read,
                facts.last_read.unwrap_or_default()
            ),
            Self::R43 => format!(
                "{} of {members} members would change their employee ID or e-mail owner, or turn into somebody else; the IDs in the HR system may have been renumbered.",
                facts.identity_changes
            ),
            Self::R44 => {
                format!("{} people would join {members} members; a welcome mail cannot be recalled.", counts.join)
            }
        }
    }
}

impl fmt::Display for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

/// Whether a row counts as a change of identity (R43), judged by the row and its problems. Rows in
/// [`Settled::renumbered`](crate::plan::Settled::renumbered) count as well.
pub fn changes_identity(change: &Change, problems: &[Problem]) -> bool {
    let has = |code| problems.iter().any(|problem| problem.code == code);
    match change.kind {
        // A member who was to have another's address, and is refused, would have been its new owner.
        Kind::Reject => has(Code::IdentityChanged) || (change.member.is_some() && has(Code::EmailTaken)),
        Kind::Refresh => false,
        _ => change.changes_id || has(Code::EmailMoved),
    }
}

/// The guards that trip on a plan, in the order of their numbers; none lets it go on.
pub fn look(facts: &Facts, limits: &Thresholds) -> Vec<Guard> {
    let Facts { counts, members, .. } = *facts;
    // Wide enough for whatever stands in a settings file or a table.
    let share = |number: u64, percent: u64| u128::from(number) * u128::from(percent);
    let exceeds =
        |number: u64, percent: u64, count: u64| number > count && share(number, 100) > share(members, percent);
    let week = counts.leave.saturating_add(facts.week_leavers);
    let half = counts.leave >= 2 && share(counts.leave, 2) >= u128::from(members);
    let trips = |guard| match guard {
        Guard::R40 => {
            !facts.leavers_agreed && (exceeds(counts.leave, limits.leavers_percent, limits.leavers_count) || half)
        }
        Guard::R41 => {
            !facts.leavers_agreed
                && counts.leave > 0
                && exceeds(week, limits.week_leavers_percent, limits.week_leavers_count)
        }
        Guard::R42 => facts.last_read.is_some_and(|last| {
            last >= limits.short_read_count && share(counts.read, 100) < share(last, limits.short_read_percent)
        }),
        Guard::R43 => exceeds(facts.identity_changes, limits.identity_percent, limits.identity_count),
        Guard::R44 => facts.last_read.is_some() && exceeds(counts.join, limits.joiners_percent, limits.joiners_count),
    };
    [Guard::R40, Guard::R41, Guard::R42, Guard::R43, Guard::R44].into_iter().filter(|guard| trips(*guard)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trips(facts: Facts) -> Vec<Guard> {
        look(&facts, &Thresholds::default())
    }

    fn leavers(leave: u64, members: u64) -> Facts {
        Facts { counts: Counts { leave, ..Counts::default() }, members, ..Facts::default() }
    }

    #[test]
    fn r40_needs_both_the_share_and_the_number() {
        assert!(trips(leavers(10, 100)).is_empty());
        assert_eq!(trips(leavers(11, 100)), [Guard::R40]);
        assert!(trips(leavers(5, 20)).is_empty());
        assert_eq!(trips(leavers(6, 20)), [Guard::R40]);
    }

    #[test]
    fn r40_half_of_a_small_programme_is_too_many() {
        assert_eq!(trips(leavers(2, 4)), [Guard::R40]);
        assert_eq!(trips(leavers(2, 2)), [Guard::R40]);
        assert!(trips(leavers(1, 1)).is_empty());
        assert!(trips(leavers(2, 5)).is_empty());
    }

    #[test]
    fn r41_a_slow_drip_adds_up() {
        let drip = |leave, week_leavers| trips(Facts { week_leavers, ..leavers(leave, 100) });
        assert!(drip(5, 15).is_empty());
        assert_eq!(drip(6, 15), [Guard::R41]);
        assert!(drip(0, 30).is_empty());
    }

    #[test]
    fn r42_a_short_read_waits() {
        let read = |read, last| {
            trips(Facts { counts: Counts { read, ..Counts::default() }, last_read: Some(last), ..Facts::default() })
        };
        assert_eq!(read(9, 20), [Guard::R42]);
        assert!(read(10, 20).is_empty());
        assert!(read(1, 19).is_empty());
    }

    #[test]
    fn r43_identities_do_not_change_in_crowds() {
        let change = |identity_changes| trips(Facts { identity_changes, members: 100, ..Facts::default() });
        assert!(change(5).is_empty());
        assert_eq!(change(6), [Guard::R43]);
    }

    #[test]
    fn r44_a_flood_waits_after_the_first_import_only() {
        let flood = |last_read| {
            let counts = Counts { join: 51, read: 151, ..Counts::default() };
            trips(Facts { counts, members: 100, last_read, ..Facts::default() })
        };
        assert!(flood(None).is_empty());
        assert_eq!(flood(Some(100)), [Guard::R44]);
    }

    #[test]
    fn r45_leavers_agreed_to_by_name_do_not_trip() {
        assert!(trips(Facts { leavers_agreed: true, ..leavers(48, 100) }).is_empty());
    }

    #[test]
    fn r40_r44_any_number_that_a_table_may_hold_is_looked_at() {
        let most = Counts { leave: u64::MAX, join: u64::MAX, read: 0, ..Counts::default() };
        let facts = Facts { counts: most, week_leavers: u64::MAX, last_read: Some(u64::MAX), ..Facts::default() };
        let facts = Facts { members: u64::MAX - 1, identity_changes: u64::MAX, ..facts };
        let all = [Guard::R40, Guard::R41, Guard::R42, Guard::R43, Guard::R44];
        assert_eq!(trips(facts), all);
        let limits = Thresholds { leavers_percent: u64::MAX, ..Thresholds::default() };
        assert!(look(&facts, &limits).len() >= 4);
        for guard in all {
            assert!(!guard.text(&facts, &limits).is_empty());
        }
    }

    #[test]
    fn r43_what_counts_as_a_change_of_identity() {
        let row = |kind, changes_id| Change { changes_id, ..Change::new(kind, None, String::new()) };
        let with = |kind, changes_id, code: Option<Code>| {
            changes_identity(&row(kind, changes_id), &code.map(Problem::new).into_iter().collect::<Vec<_>>())
        };
        assert!(with(Kind::Update, true, None) && with(Kind::Leave, true, None));
        assert!(with(Kind::Join, false, Some(Code::EmailMoved)));
        assert!(with(Kind::Reject, false, Some(Code::IdentityChanged)));
        assert!(!with(Kind::Reject, true, Some(Code::EmailTaken)) && !with(Kind::Refresh, true, None));
        assert!(!with(Kind::Update, false, Some(Code::TooLong)));
    }
}
