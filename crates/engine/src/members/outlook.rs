//! What the next import does about a member, told before an administrator acts: the rules are asked, with what
//! the HR system said last.

use domain::{
    field::Field,
    member::{Member, State},
    plan::{Kind, Known, Reason, absent, judge},
    print::Print,
    problem::Code,
    record::{Record, Value},
    rules::{Reader, Rules},
};
use jiff::civil::Date;
use store::{Integration, Programme};

use crate::{Engine, EngineResult};

/// Something that an administrator can do about a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Mark them as a leaver.
    Leave,
    /// Bring a leaver back.
    Reopen,
    /// Keep them out.
    Exclude,
    /// Take their exclusion back.
    LiftExclusion,
    /// Lock them in until the end of this day.
    LockIn(Date),
    /// Take their lock away.
    Unlock,
    /// Let go of somebody who was brought back by hand.
    LetGo,
}

/// What the next import does, if the HR system says by then what it said last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// No integration looks after the member.
    NoImport,
    /// Nothing, until their record changes.
    Nothing,
    /// It lists them, and keeps them although they would leave: brought back by hand, or locked in.
    Keeps(Code),
    /// It keeps them out.
    KeepsOut,
    /// It makes them a leaver.
    Leaves(Reason),
    /// It opens the account again.
    Reopens,
    /// That cannot be told: the HR system has not said enough.
    Unknown,
}

impl Engine {
    /// What the next import does about a member once this is done.
    pub async fn outlook(&self, programme: &Programme, member: &Member, act: Act) -> EngineResult<Next> {
        let member = after(member, act);
        if act == Act::Exclude {
            return Ok(Next::KeepsOut);
        }
        let Some((integration, rules)) = self.rules_for(programme.number(), &member).await? else {
            return Ok(Next::NoImport);
        };
        Ok(next(&integration, &rules, &member, self.today(programme)))
    }
}

/// The member as the act leaves them.
fn after(member: &Member, act: Act) -> Member {
    let mut after = member.clone();
    match act {
        Act::Leave | Act::Exclude => {
            after.state_before_leaving = Some(member.state);
            after.state = State::Leaver;
            (after.kept_by_hand, after.locked_until) = (None, None);
        }
        Act::Reopen => {
            after.state = member.reopened_state();
            after.kept_by_hand = Some(member.print.unwrap_or(Print::ANY));
        }
        Act::LockIn(until) => after.locked_until = Some(until),
        Act::LiftExclusion => after.print = None,
        Act::Unlock => (after.locked_until, after.print) = (None, None),
        Act::LetGo => (after.kept_by_hand, after.print) = (None, None),
    }
    after
}

fn next(integration: &Integration, rules: &Rules, member: &Member, today: Date) -> Next {
    let Some(employee_id) = member.employee_id.as_deref() else { return Next::Nothing };
    let is_gone = [member.print, member.kept_by_hand].contains(&Some(Print::ABSENT));
    if is_gone {
        return told(member, absent(member, rules.absent, today));
    }
    let reader = rules.reader();
    let by_itself = member.kept_by_hand.is_none() && member.locked_until.is_none();
    if by_itself && member.print.is_some() && integration.rules_print == Some(rules.print().0) {
        return Next::Nothing;
    }
    // Brought back in spite of the record that was noted, or of any: the one made here stands for it.
    let noted = member.kept_by_hand.filter(|kept| member.print.is_none_or(|print| print == *kept));
    let stand_in = Member { kept_by_hand: noted.map(|_| Print::ANY).or(member.kept_by_hand), ..member.clone() };
    let record = last_word(&reader, employee_id, member);
    let known = Known { member: Some(&stand_in), same: true, ..Known::default() };
    told(member, judge(&reader, integration.number(), today, employee_id, &record, known))
}

/// The record as the HR system gave it last, as far as the member tells.
fn last_word(reader: &Reader<'_>, employee_id: &str, member: &Member) -> Record {
    let rules = reader.rules();
    let value = |key: &String| {
        if *key == rules.employee_id {
            return Some(Value::text(employee_id));
        }
        if let Some(seen) = member.fields.get(&Field::seen(key)) {
            return Some(as_seen(seen));
        }
        let (field, _) = rules.mapping.iter().find(|(_, from)| from.key == *key)?;
        Some(Value::text(member.fields.get(field).map(String::as_str).unwrap_or_default()))
    };
    Record(reader.asked().keys().iter().map(value).collect())
}

/// What stands there in one line may have been several values.
fn as_seen(line: &str) -> Value {
    if line.contains(", ") { Value::list(std::iter::once(line).chain(line.split(", "))) } else { Value::text(line) }
}

fn told(member: &Member, verdict: domain::plan::Verdict) -> Next {
    let kept = |code: Code| verdict.problems.iter().any(|problem| problem.code == code);
    if let Some(code) = [Code::LockedIn, Code::KeptByHand].into_iter().find(|code| kept(*code)) {
        return Next::Keeps(code);
    }
    match verdict.change {
        Some(change) if change.kind == Kind::Leave => change.reason.map_or(Next::Unknown, Next::Leaves),
        Some(change) if change.kind == Kind::Rejoin => Next::Reopens,
        Some(change) if change.kind == Kind::Reject => Next::Unknown,
        _ if member.state == State::Closed => Next::NoImport,
        _ => Next::Nothing,
    }
}
