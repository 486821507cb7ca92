//! What one person's record means for one account, as far as one person can tell.

use jiff::{Span, civil::Date};

use super::{Change, Kind, Outcome, Reason, welcome};
use crate::{
    eligibility::{Eligibility, NotEligible},
    email,
    field::{Field, Fields},
    ids::{IntegrationId, MemberId},
    member::{Member, State},
    names,
    print::Print,
    problem::{Code, Problem},
    record::Record,
    rules::{Reader, Statement, Told},
};

/// What is known of the person whom a record describes.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "facts that have nothing to do with each other")]
pub struct Known<'a> {
    /// The account that the employee ID (or a decision, R18) leads to.
    pub member: Option<&'a Member>,
    /// Without such an account, or where it is `not` this person's: one with the same e-mail that
    /// was made by another route (R16).
    pub same_email: Option<&'a Member>,
    /// The member whom an administrator said this person is not (R18).
    pub not: Option<MemberId>,
    /// Whether an administrator said that record and member are the same person (R18).
    pub same: bool,
    /// Whether an administrator excluded the person (R24), or they wished to be left alone (R63).
    pub excluded: bool,
    /// Whether an account of the person was closed (R61).
    pub closed_before: bool,
    /// Whether the settings have changed since records were last noted: a record that was noted then
    /// cannot be compared with one that is read now.
    pub anew: bool,
}

/// What a record means: an outcome, a row where there is something to do, and all problems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What became of the person.
    pub outcome: Outcome,
    /// The row, for an outcome that has one.
    pub change: Option<Change>,
    /// A second row: the account that loses its employee ID to someone else (R18).
    pub cut_loose: Option<Change>,
    /// All that is wrong with the person.
    pub problems: Vec<Problem>,
}

impl Verdict {
    fn without_row(outcome: Outcome, problems: Vec<Problem>) -> Self {
        Self { outcome, change: None, cut_loose: None, problems }
    }

    fn with_row(change: Change, problems: Vec<Problem>) -> Self {
        Self { outcome: Outcome::Changed(change.kind), change: Some(change), cut_loose: None, problems }
    }
}

/// Judges one record. What needs everybody is left to [`settle`](super::settle()): whether an
/// address is free, and whether a newcomer is an old acquaintance.
pub fn judge(
    reader: &Reader<'_>,
    integration: IntegrationId,
    today: Date,
    employee_id: &str,
    record: &Record,
    known: Known<'_>,
) -> Verdict {
    let case = Case { reader, integration, today, employee_id, record };
    // A closed account is nobody's any more (R61).
    let known_member = known.member.filter(|member| member.state != State::Closed);
    let reassigned = known_member.filter(|member| known.not == Some(member.id));
    let verdict = match (known_member.filter(|_| reassigned.is_none()), known.same_email) {
        (Some(member), _) => case.acquaintance(member, known),
        (None, Some(other)) if known.not != Some(other.id) => case.by_email(other, known),
        (None, _) => case.stranger(known),
    };
    Verdict { cut_loose: reassigned.map(|former| case.cut_loose(former)), ..verdict }
}

struct Case<'a> {
    reader: &'a Reader<'a>,
    integration: IntegrationId,
    today: Date,
    employee_id: &'a str,
    record: &'a Record,
}

impl Case<'_> {
    fn change(&self, kind: Kind) -> Change {
        let mut change = Change::new(kind, Some(self.employee_id), self.reader.name(self.record));
        change.print = Some(self.reader.print(self.record));
        change
    }

    fn reject(&self, member: Option<&Member>, problems: Vec<Problem>) -> Verdict {
        let mut change = self.change(Kind::Reject);
        change.member = member.map(|member| member.id);
        change.version = member.map_or(0, |member| member.version);
        change.print = None;
        if problems.iter().any(|problem| problem.code.asks_for_decision()) {
            // Whoever is asked has to see who the record describes (R18).
            let (statement, _) = self.reader.statement(self.record, self.today, None);
            change.after = self.after(&Fields::new(), &statement);
        }
        Verdict::with_row(change, problems)
    }

    /// Nobody that an account is known for.
    fn stranger(&self, known: Known<'_>) -> Verdict {
        let (eligibility, mut problems) = self.reader.eligibility(self.record, self.today);
        match eligibility {
            // Nothing is kept of somebody who is to be left alone, be it a warning.
            _ if known.excluded => return Verdict::without_row(Outcome::Excluded, Vec::new()),
            Eligibility::Not(_) => return Verdict::without_row(Outcome::NotEligible, problems),
            Eligibility::StartsLater => return Verdict::without_row(Outcome::StartsLater, problems),
            Eligibility::Unreadable(problem) => problems.insert(0, problem),
            Eligibility::Eligible => {}
        }
        let (statement, flaws) = self.reader.statement(self.record, self.today, None);
        problems.extend(flaws);
        if problems.iter().any(Problem::is_error) {
            return self.reject(None, problems);
        }
        let mut change = self.change(Kind::Join);
        change.after = self.after(&Fields::new(), &statement);
        let emptied = statement.iter().filter(|(_, told)| **told == Told::Empty);
        change.before = emptied.map(|(field, _)| (field.clone(), None)).collect();
        change.claim = change.after.get(&Field::Email).map(|address| email::key(address));
        change.welcome = welcome(self.reader.rules(), &change.after);
        change.state = Some(if change.welcome.is_some() { State::Invited } else { State::NotInvited });
        note_print(&mut change, &problems);
        if known.closed_before {
            problems.push(Problem::new(Code::PreviouslyClosed));
        }
        Verdict::with_row(change, problems)
    }

    /// Somebody whose e-mail a member of another route has (R16).
    fn by_email(&self, other: &Member, known: Known<'_>) -> Verdict {
        let (eligibility, rest) = self.reader.eligibility(self.record, self.today);
        let (statement, flaws) = self.reader.statement(self.record, self.today, None);
        let foreign = other.integration.is_some_and(|owner| owner != self.integration);
        if foreign && (eligibility != Eligibility::Eligible || known.excluded) {
            return self.stranger(known);
        }
        if !foreign && names::agree(&self.after(&Fields::new(), &statement), &other.fields) {
            return self.acquaintance(other, Known { same: true, ..known });
        }
        let code = if foreign { Code::EmailOfAnotherSource } else { Code::EmailTaken };
        let address = self.reader.raw_email(self.record).unwrap_or_default();
        let problem = Problem::new(code).at(Field::Email.to_string()).with_value(&address);
        let mut problems = vec![problem.about(other.employee_id.as_deref())];
        if let Eligibility::Unreadable(problem) = eligibility {
            problems.push(problem);
        }
        problems.extend(rest.into_iter().chain(flaws));
        self.reject(None, problems)
    }

    /// Somebody with an account.
    fn acquaintance(&self, member: &Member, known: Known<'_>) -> Verdict {
        let known_email = member.fields.get(&Field::Email).map(String::as_str);
        let (statement, flaws) = self.reader.statement(self.record, self.today, known_email);
        let after = self.after(&member.fields, &statement);
        let (eligibility, mut problems) = self.reader.eligibility(self.record, self.today);
        // A leaver who stays one may be anybody: nothing would be done to the account.
        let matters = member.state.is_current() || eligibility == Eligibility::Eligible;
        let mut obstacles = Vec::new();
        if !known.same && matters && is_someone_else(&member.fields, &after) {
            let problem = Problem::new(Code::IdentityChanged).at("employee_id").with_value(self.employee_id);
            obstacles.push(problem.about(member.employee_id.as_deref()));
        }
        if let Eligibility::Unreadable(problem) = &eligibility {
            obstacles.push(problem.clone());
        }
        if !obstacles.is_empty() {
            obstacles.extend(problems.into_iter().chain(flaws));
            return self.reject(Some(member), obstacles);
        }
        let reason = match eligibility {
            _ if known.excluded => Some(Reason::Excluded),
            Eligibility::Not(NotEligible::Inactive) => Some(Reason::Inactive),
            Eligibility::Not(NotEligible::OutsideSegment(attribute)) => Some(Reason::OutsideSegment(attribute)),
            Eligibility::StartsLater => return self.starts_again(member, problems),
            Eligibility::Eligible | Eligibility::Unreadable(_) => None,
        };
        if let Some(reason) = reason {
            return self.leaves(member, reason, known.anew, problems);
        }
        problems.extend(flaws);
        if problems.iter().any(Problem::is_error) {
            return self.reject(Some(member), problems);
        }
        self.stays(member, after, problems)
    }

    /// An eligible person with an account: reopened, updated or left alone.
    fn stays(&self, member: &Member, after: Fields, mut problems: Vec<Problem>) -> Verdict {
        let moved = email_of(&after) != member.email_key();
        let (kind, state) = if member.state.is_current() {
            (Kind::Update, member.state)
        } else {
            (Kind::Rejoin, member.reopened_state())
        };
        let mut change = self.of_member(kind, member, after);
        change.state = Some(state);
        change.claim = if moved || member.integration.is_none() { email_of(&change.after) } else { None };
        if moved && state == State::Invited {
            problems.push(Problem::new(Code::InvitationAddressChanged).at(Field::Email.to_string()));
        }
        note_print(&mut change, &problems);
        let shown = change.before.iter().any(|(field, _)| field.is_shown());
        if kind == Kind::Update && !shown && !change.changes_id && member.integration.is_some() {
            return unchanged(member, change, problems);
        }
        Verdict::with_row(change, problems)
    }

    /// Somebody who may not be a member (R20, R21, R24).
    fn leaves(&self, member: &Member, reason: Reason, anew: bool, mut problems: Vec<Problem>) -> Verdict {
        let mut change = self.of_member(Kind::Leave, member, self.seen_only(&member.fields));
        if member.integration.is_none() {
            change.claim = member.email_key();
        }
        if reason == Reason::Excluded {
            // The record is not why they leave: it has to be looked at when the exclusion is lifted.
            change.print = None;
        }
        if !member.state.is_current() {
            // What is missing for membership was told with the row by which they left.
            return unchanged(member, as_leaver(change, member), Vec::new());
        }
        let print = self.reader.print(self.record);
        let by_hand = member
            .kept_by_hand
            .is_some_and(|kept| kept == print || kept == Print::ANY || (anew && kept != Print::ABSENT));
        let stays =
            if member.is_locked(self.today) { Some(Code::LockedIn) } else { by_hand.then_some(Code::KeptByHand) };
        if let Some(code) = stays.filter(|_| reason != Reason::Excluded) {
            problems.push(Problem::new(code));
            if by_hand && member.kept_by_hand != Some(print) {
                // The settings changed, not the person: what was noted is noted afresh.
                change.kind = Kind::Refresh;
                change.state = Some(member.state);
                change.claim = None;
                change.keeps = true;
                return Verdict::with_row(change, problems);
            }
            return Verdict::without_row(Outcome::Unchanged, problems);
        }
        change.reason = Some(reason);
        Verdict::with_row(as_leaver(change, member), problems)
    }

    /// Somebody with an account who is yet to start (R20): a member stays; a leaver's clock stops.
    fn starts_again(&self, member: &Member, problems: Vec<Problem>) -> Verdict {
        let mut change = self.of_member(Kind::Update, member, self.seen_only(&member.fields));
        // The same record means something else on another day.
        change.print = None;
        change.state = Some(member.state);
        let until = self.reader.hire_date(self.record).map(|date| date.saturating_add(Span::new().days(14)));
        let stops = !member.state.is_current() && until.is_some() && until != member.clock_stopped_until;
        if stops {
            change.clock_stopped_until = until;
        }
        if member.integration.is_none() {
            change.claim = member.email_key();
        } else if !stops {
            return unchanged(member, change, problems);
        }
        Verdict::with_row(change, problems)
    }

    /// The account that loses its employee ID, since an administrator said that the ID now stands
    /// for someone else (R18).
    fn cut_loose(&self, former: &Member) -> Change {
        let mut change = self.of_member(Kind::Leave, former, former.fields.clone());
        change.employee_id = None;
        change.changes_id = true;
        // From now on the source holds no record of theirs; brought back by hand, they stay (R24).
        change.print = Some(Print::ABSENT);
        change.name = names::display(&former.fields);
        if former.state.is_current() {
            change.reason = Some(Reason::IdReassigned);
        } else {
            change.kind = Kind::Update;
        }
        as_leaver(change, former)
    }

    fn of_member(&self, kind: Kind, member: &Member, after: Fields) -> Change {
        let mut change = self.change(kind);
        change.member = Some(member.id);
        change.version = member.version;
        change.before = differences(&member.fields, &after);
        change.changes_id = member.employee_id.as_deref().is_some_and(|known| known != self.employee_id);
        change.clock_stopped_until = if kind == Kind::Rejoin { None } else { member.clock_stopped_until };
        change.after = after;
        change
    }

    /// The member's values with what the record says of them, and what it says of membership.
    fn after(&self, fields: &Fields, statement: &Statement) -> Fields {
        let mut after = self.seen_only(fields);
        for (field, told) in statement {
            match told {
                Told::Value(value) => after.insert(field.clone(), value.clone()),
                Told::Empty => after.remove(field),
            };
        }
        after
    }

    fn seen_only(&self, fields: &Fields) -> Fields {
        let mut after = fields.clone();
        after.retain(|field, _| field.is_shown());
        after.extend(self.reader.seen(self.record));
        after
    }
}

/// Nothing changes for the member; the record is noted where that saves a look next time.
fn unchanged(member: &Member, mut change: Change, problems: Vec<Problem>) -> Verdict {
    // An identity never changes on the quiet.
    let worth_noting = change.print.is_some() && change.print != member.print;
    if !worth_noting || change.changes_id || member.integration.is_none() {
        return Verdict::without_row(Outcome::Unchanged, problems);
    }
    change.kind = Kind::Refresh;
    change.claim = None;
    Verdict::with_row(change, problems)
}

fn as_leaver(mut change: Change, member: &Member) -> Change {
    change.state = Some(if member.state == State::Closed { State::Closed } else { State::Leaver });
    change
}

/// A record with problems is not noted: it is looked at, and reported, every time.
fn note_print(change: &mut Change, problems: &[Problem]) {
    if !problems.iter().all(|problem| problem.code == Code::InvitationAddressChanged) {
        change.print = None;
    }
}

/// Whether the human behind an employee ID has changed (R10): the e-mail, and with it both names
/// or the day of birth.
fn is_someone_else(before: &Fields, after: &Fields) -> bool {
    let moved = email_of(before).is_some() && email_of(before) != email_of(after);
    moved && (names::both_differ(before, after) || names::other_birth(before, after))
}

pub(super) fn email_of(fields: &Fields) -> Option<String> {
    fields.get(&Field::Email).map(|address| email::key(address))
}

/// The fields whose value changes, with the value they had.
pub(super) fn differences(before: &Fields, after: &Fields) -> Vec<(Field, Option<String>)> {
    let gone = before.keys().filter(|field| !after.contains_key(*field));
    let fields = after.iter().filter(|(field, value)| before.get(*field) != Some(*value)).map(|(field, _)| field);
    fields.chain(gone).map(|field| (field.clone(), before.get(field).cloned())).collect()
}

#[cfg(test)]
mod tests;
