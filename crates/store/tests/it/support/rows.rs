use domain::{
    email as address,
    field::{Field, Fields},
    member::{Member, State},
    names,
    plan::{Change, Kind, Reason, Welcome},
    print::Print,
};
use rollcall_store::{Mail, plan::JOIN_PHASE, plan::PlanRow};

use super::{INTEGRATION, NOW, PROGRAMME, member, uuid};

/// Person `n`'s address.
pub(crate) fn email(n: u64) -> String {
    format!("p{n}@acme.example")
}

/// Person `n`'s values.
pub(crate) fn person(n: u64) -> Fields {
    Fields::from([
        (Field::Email, email(n)),
        (Field::FirstName, format!("First{n}")),
        (Field::LastName, "Last’s “Ünïcode”".to_owned()),
        (Field::custom("cost_centre"), "0042".to_owned()),
        (Field::seen("status"), "active".to_owned()),
    ])
}

pub(crate) fn hand_made(n: u64, address: &str) -> Fields {
    let mut fields = person(n);
    fields.insert(Field::Email, address.to_owned());
    fields
}

/// A row that makes person `n` a member, invited by mail.
pub(crate) fn join(n: u64) -> PlanRow {
    let number = i64::try_from(n).unwrap();
    let mut change = Change::new(Kind::Join, Some(&n.to_string()), format!("First{n}"));
    change.state = Some(State::Invited);
    change.after = person(n);
    change.claim = Some(email(n));
    change.welcome = Some(Welcome::Account);
    change.print = Some(Print(number));
    let mail = Some(uuid(3_000_000 + n));
    PlanRow { number, position: JOIN_PHASE + number, account: Some(member(n)), mail, change, skipped: false }
}

/// A row about a member, which so far changes nothing but its print.
pub(crate) fn of(kind: Kind, member: &Member, number: i64) -> PlanRow {
    let mut change = Change::new(kind, member.employee_id.as_deref(), names::display(&member.fields));
    change.member = Some(member.id);
    change.version = member.version;
    change.state = Some(match kind {
        Kind::Leave => State::Leaver,
        Kind::Rejoin => member.reopened_state(),
        _ => member.state,
    });
    change.reason = (kind == Kind::Leave).then_some(Reason::Inactive);
    change.after = member.fields.clone();
    change.print = Some(Print(number + 1_000));
    PlanRow { number, position: number, account: Some(member.id), mail: None, change, skipped: false }
}

/// The row, taking an address as well.
pub(crate) fn takes(mut row: PlanRow, email: &str) -> PlanRow {
    let before = row.change.after.insert(Field::Email, email.to_owned());
    row.change.before.push((Field::Email, before));
    row.change.claim = Some(address::key(email));
    row
}

/// A mail to an administrator.
pub(crate) fn mail(n: u64, due_at: i64) -> Mail {
    Mail {
        programme_id: PROGRAMME.0,
        id: uuid(4_000_000 + n),
        kind: "summary".into(),
        member_id: None,
        import_id: None,
        route: "administrator".into(),
        recipient: Some("owner@acme.example".into()),
        state: "pending".into(),
        due_at,
        created_at: NOW,
        sent_at: None,
        failure: None,
        attempts: 0,
        failure_code: None,
        may_have_gone_at: None,
    }
}

/// Member `n` as an import has just made them.
pub(crate) fn employed(n: u64) -> Member {
    Member {
        id: member(n),
        version: 1,
        integration: Some(INTEGRATION),
        employee_id: Some(n.to_string()),
        fields: person(n),
        state: State::Invited,
        state_before_leaving: None,
        print: i64::try_from(n).ok().map(Print),
        kept_by_hand: None,
        locked_until: None,
        clock_stopped_until: None,
    }
}
