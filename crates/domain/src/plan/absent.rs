//! Members whom the source no longer holds (R22).

use jiff::civil::Date;

use super::{Change, Kind, Outcome, Reason, Verdict};
use crate::{
    member::{Member, State},
    names,
    print::Print,
    problem::{Code, Problem},
    rules::Absent,
};

/// What it means for a member that a whole, settled read does not hold them.
pub fn absent(member: &Member, policy: Absent, today: Date) -> Verdict {
    let unchanged = |problems| Verdict { outcome: Outcome::Unchanged, change: None, cut_loose: None, problems };
    if member.state == State::Leaver && member.print != Some(Print::ABSENT) && policy == Absent::Leave {
        // Noted, so that one who is brought back by hand is kept in spite of it (R24).
        let change = noted(member, Kind::Refresh);
        return Verdict { change: Some(change), outcome: Outcome::Changed(Kind::Refresh), ..unchanged(Vec::new()) };
    }
    if !member.state.is_current() || policy == Absent::Keep {
        return unchanged(Vec::new());
    }
    if member.is_locked(today) {
        return unchanged(vec![Problem::new(Code::LockedIn)]);
    }
    if member.kept_by_hand.is_some_and(in_spite_of_absence) {
        return unchanged(vec![Problem::new(Code::KeptByHand)]);
    }
    let mut change = noted(member, Kind::Leave);
    change.reason = Some(Reason::Absent);
    change.state = Some(State::Leaver);
    Verdict { change: Some(change), outcome: Outcome::Changed(Kind::Leave), ..unchanged(Vec::new()) }
}

/// Whether somebody who was brought back by hand with this record stays although the source holds none.
fn in_spite_of_absence(kept: Print) -> bool {
    [Print::ABSENT, Print::ANY].contains(&kept)
}

/// A row by which a member who is not absent loses the employee ID, since it leads to somebody else
/// now (R18, R43). A leaver's is shown to nobody. Whoever was brought back by hand in spite of being absent
/// stays so (R24).
pub fn loses_id(member: &Member) -> Change {
    let kind = if member.state.is_current() { Kind::Update } else { Kind::Refresh };
    let mut change = noted(member, kind);
    change.employee_id = None;
    change.changes_id = true;
    change.print = member.print.filter(|_| kind == Kind::Refresh);
    if let Some(kept) = member.kept_by_hand.filter(|kept| in_spite_of_absence(*kept)) {
        (change.print, change.keeps) = (Some(kept), true);
    }
    change
}

/// A row that leaves the member as they are, and notes that they are absent.
fn noted(member: &Member, kind: Kind) -> Change {
    let mut change = Change::new(kind, member.employee_id.as_deref(), names::display(&member.fields));
    change.member = Some(member.id);
    change.version = member.version;
    change.state = Some(member.state);
    change.after = member.fields.clone();
    change.clock_stopped_until = member.clock_stopped_until;
    change.print = Some(Print::ABSENT);
    change
}
