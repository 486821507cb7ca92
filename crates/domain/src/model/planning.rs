//! The plan, step by step: who is who, what each record means, who is absent, who gets which
//! address, and the sums.

mod settling;
mod summing;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Directory, ModelPlan, Options, Person, Row, Trace, is_open_to};
use crate::{
    email,
    field::Fields,
    ids::{IntegrationId, MemberId},
    member::{Member, State},
    names,
    plan::{self, Change, Kind, Known, Outcome, RowNumber, Verdict},
    print::Print,
    problem::{Code, Problem},
    record::Record,
    rules::{Reader, Rules, Told},
};

pub(super) fn plan<'a>(
    directory: &'a Directory,
    rules: &'a Rules,
    integration: IntegrationId,
    today: Date,
    records: &[Record],
    options: Options,
) -> ModelPlan {
    let members = || directory.members.values().filter(|member| member.state != State::Closed);
    let ours = || members().filter(|member| member.integration == Some(integration));
    let is_decided = |member: &&Member| {
        let led = directory.same.values().any(|led_to| *led_to == member.id);
        !options.renumbered && led && is_open_to(member, integration)
    };
    let id = |member: &'a Member| Some((member.employee_id.as_deref()?, member));
    let mut planner = Planner {
        directory,
        by_email: members().filter_map(|member| Some((member.email_key()?, member))).collect(),
        by_id: ours().filter_map(id).collect(),
        decided: members().filter(is_decided).map(|member| member.id).collect(),
        rules,
        reader: rules.reader(),
        integration,
        today,
        options,
        matched: BTreeMap::new(),
        rows: BTreeMap::new(),
        rows_of: BTreeMap::new(),
        people: BTreeMap::new(),
        nameless: Vec::new(),
        absent: BTreeMap::new(),
        found: BTreeSet::new(),
    };
    let (by_id, nameless) = planner.sorted(records);
    if options.renumbered {
        planner.match_by_email(&by_id);
    }
    for (id, records) in &by_id {
        planner.judge(id, records);
    }
    for (record, problem) in nameless {
        planner.reject_nameless(record, problem);
    }
    if options.settled {
        planner.look_for_absent(&by_id);
    }
    let settled = planner.settle();
    planner.finish(&settled)
}

/// Whose outcome a row decides.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Whose {
    Person(String),
    Nameless(usize),
    Member(MemberId),
    /// Nobody's: its member lost the employee ID to the person (R18).
    Loose,
}

struct Draft {
    whose: Whose,
    row: Row,
}

struct Planner<'a> {
    directory: &'a Directory,
    by_email: BTreeMap<String, &'a Member>,
    by_id: BTreeMap<&'a str, &'a Member>,
    /// Members to whom an administrator led some ID (R18).
    decided: BTreeSet<MemberId>,
    rules: &'a Rules,
    reader: Reader<'a>,
    integration: IntegrationId,
    today: Date,
    options: Options,
    /// Where IDs were renumbered: the members whom people are matched with, by new ID (R43).
    matched: BTreeMap<String, MemberId>,
    rows: BTreeMap<RowNumber, Draft>,
    rows_of: BTreeMap<MemberId, Vec<RowNumber>>,
    people: BTreeMap<String, Person>,
    nameless: Vec<Person>,
    absent: BTreeMap<MemberId, Person>,
    /// Members whom the source speaks of.
    found: BTreeSet<MemberId>,
}

type ById<'r> = BTreeMap<String, Vec<&'r Record>>;

impl<'a> Planner<'a> {
    /// Each employee ID with its different records (R3), and the records that have none.
    fn sorted<'r>(&self, records: &'r [Record]) -> (ById<'r>, Vec<(&'r Record, Problem)>) {
        let (mut by_id, mut nameless) = (ById::new(), Vec::new());
        for record in records {
            match self.reader.employee_id(record) {
                Ok(id) => {
                    let same_id = by_id.entry(id).or_default();
                    if !same_id.contains(&record) {
                        same_id.push(record);
                    }
                }
                Err(problem) => nameless.push((record, problem)),
            }
        }
        for records in by_id.values_mut() {
            records.sort_by_key(|record| Print::of_record(record));
        }
        nameless.sort_by_key(|(record, _)| Print::of_record(record));
        (by_id, nameless)
    }

    fn members(&self) -> impl Iterator<Item = &'a Member> + use<'a> {
        self.directory.members.values().filter(|member| member.state != State::Closed)
    }

    fn ours(&self) -> impl Iterator<Item = &'a Member> + use<'a> {
        let integration = self.integration;
        self.members().filter(move |member| member.integration == Some(integration))
    }

    fn holder_of(&self, key: &str) -> Option<&'a Member> {
        self.by_email.get(key).copied()
    }

    fn is_not(&self, id: &str, member: MemberId) -> bool {
        !self.options.renumbered && self.directory.not.contains(&(id.to_owned(), member))
    }

    /// The member to whom an administrator led the ID (R18).
    fn decided(&self, id: &str) -> Option<&'a Member> {
        if self.options.renumbered {
            return None;
        }
        let member = self.directory.members.get(self.directory.same.get(id)?)?;
        is_open_to(member, self.integration).then_some(member)
    }

    /// R43: people are matched with members by e-mail and names. Two people who match one member
    /// cannot be told apart; the member is left alone.
    fn match_by_email(&mut self, by_id: &ById<'_>) {
        let mut matches: BTreeMap<MemberId, BTreeSet<&str>> = BTreeMap::new();
        for (id, records) in by_id {
            for record in records {
                let address = self.reader.raw_email(record).unwrap_or_default();
                let told = self.told(record);
                let holder = self.holder_of(&email::key(&address)).filter(|member| names::agree(&told, &member.fields));
                if let Some(member) = holder.filter(|member| member.integration == Some(self.integration)) {
                    matches.entry(member.id).or_default().insert(id);
                }
            }
        }
        for (member, ids) in matches {
            self.found.insert(member);
            if let (1, Some(id)) = (ids.len(), ids.first()) {
                self.matched.insert((*id).to_owned(), member);
            }
        }
    }

    fn told(&self, record: &Record) -> Fields {
        let (statement, _) = self.reader.statement(record, self.today, None);
        let values = statement.into_iter().filter_map(|(field, told)| match told {
            Told::Value(value) => Some((field, value)),
            Told::Empty => None,
        });
        values.collect()
    }

    /// The account that the ID leads to, and whether an administrator said so.
    fn led_to(&self, id: &str) -> (Option<&'a Member>, bool) {
        if self.options.renumbered {
            return (self.matched.get(id).and_then(|member| self.directory.members.get(member)), true);
        }
        if let Some(member) = self.decided(id) {
            return (Some(member), true);
        }
        (self.by_id.get(id).copied().filter(|member| !self.decided.contains(&member.id)), false)
    }

    fn same_email(&self, id: &str, record: &Record) -> Option<&'a Member> {
        let holder = self.holder_of(&email::key(&self.reader.raw_email(record)?))?;
        let ours = holder.integration == Some(self.integration);
        (!ours && !self.is_not(id, holder.id) && !self.decided.contains(&holder.id)).then_some(holder)
    }

    fn is_excluded(&self, id: &str, member: Option<&Member>) -> bool {
        // A member's exclusion goes with the account, whatever its new number.
        let by_id = member.is_none() || !self.options.renumbered;
        (by_id && self.directory.excluded_ids.contains(id))
            || member.is_some_and(|member| self.is_excluded_member(member))
    }

    fn is_excluded_member(&self, member: &Member) -> bool {
        let pending = |trace: &Trace| trace.excluded && !trace.closed && trace.member == member.id;
        self.directory.excluded_members.contains(&member.id) || self.directory.traces.iter().any(pending)
    }

    /// Whether the person is to be left alone, and whether an account of theirs was closed (R61, R63).
    fn traces_of(&self, id: &str, record: &Record) -> (bool, bool) {
        let address = self.reader.raw_email(record).map(|address| email::key(&address));
        let met = self.directory.traces.iter().filter(|trace| {
            trace.employee_id.as_deref() == Some(id) || (address.is_some() && trace.address == address)
        });
        met.fold((false, false), |(excluded, closed), trace| (excluded | trace.excluded, closed | trace.closed))
    }

    fn judge(&mut self, id: &str, records: &[&Record]) {
        let (member, same) = self.led_to(id);
        let [record] = records else {
            return self.reject_duplicate(id, member, records);
        };
        let reassigned = member.filter(|member| self.is_not(id, member.id));
        let same_email = if member.is_none() || reassigned.is_some() { self.same_email(id, record) } else { None };
        let account = member.filter(|_| reassigned.is_none()).or(same_email);
        let (kept_out, closed_before) = self.traces_of(id, record);
        let known = Known {
            member,
            same_email,
            not: reassigned.map(|member| member.id),
            same,
            anew: self.options.anew,
            excluded: self.is_excluded(id, account) || (account.is_none() && kept_out),
            closed_before,
        };
        self.found.extend(member.map(|member| member.id));
        // Whom an administrator's hand keeps in is looked at every time (R24).
        let by_itself = |member: &&Member| member.kept_by_hand.is_none() && member.locked_until.is_none();
        let noted = member.filter(by_itself).is_some_and(|member| member.print == Some(self.reader.print(record)));
        if noted && reassigned.is_none() && !known.excluded && !self.options.anew {
            let person = Person { outcome: Outcome::Unchanged, problems: Vec::new() };
            self.people.insert(id.to_owned(), person);
            return;
        }
        let verdict = plan::judge(&self.reader, self.integration, self.today, id, record, known);
        self.note(&Whose::Person(id.to_owned()), verdict);
    }

    fn reject_duplicate(&mut self, id: &str, member: Option<&Member>, records: &[&Record]) {
        let name = records.first().map(|record| self.reader.name(record)).unwrap_or_default();
        let mut change = Change::new(Kind::Reject, Some(id), name);
        change.member = member.map(|member| member.id);
        change.version = member.map_or(0, |member| member.version);
        self.found.extend(change.member);
        let problem = Problem::new(Code::EmployeeIdDuplicate).at("employee_id").with_value(id);
        self.note(&Whose::Person(id.to_owned()), rejection(change, problem));
    }

    /// Nobody can tell whose the record is; a member with its e-mail does not leave as absent (R35).
    /// Of a leaver absence is only noted, and the address may go to somebody else in this very plan.
    fn reject_nameless(&mut self, record: &Record, problem: Problem) {
        let holder = self.reader.raw_email(record).and_then(|address| self.holder_of(&email::key(&address)));
        self.found.extend(holder.filter(|member| member.state.is_current()).map(|member| member.id));
        let change = Change::new(Kind::Reject, None, self.reader.name(record));
        self.note(&Whose::Nameless(self.nameless.len()), rejection(change, problem));
    }

    /// R22.
    fn look_for_absent(&mut self, by_id: &ById<'_>) {
        let absent: Vec<&Member> = self.ours().filter(|member| !self.found.contains(&member.id)).collect();
        for member in absent {
            let mut member = member.clone();
            // The ID may be there and lead to another account (R18, R43): this one has lost it.
            let lost = member.employee_id.take_if(|id| by_id.contains_key(id)).is_some();
            let mut verdict = plan::absent(&member, self.rules.absent, self.today);
            if let Some(change) = &mut verdict.change {
                change.changes_id = lost;
            } else if lost {
                let change = plan::loses_id(&member);
                verdict.outcome = Outcome::Changed(change.kind);
                verdict.change = Some(change);
            }
            self.note(&Whose::Member(member.id), verdict);
        }
    }

    fn note(&mut self, whose: &Whose, verdict: Verdict) {
        let Verdict { outcome, change, cut_loose, problems } = verdict;
        let loose = cut_loose.map(|change| (Whose::Loose, Row { change, problems: Vec::new() }));
        let own = change.map(|change| (whose.clone(), Row { change, problems: problems.clone() }));
        for (whose, row) in loose.into_iter().chain(own) {
            let number = RowNumber::try_from(self.rows.len()).unwrap_or(RowNumber::MAX);
            if let Some(member) = row.change.member {
                self.rows_of.entry(member).or_default().push(number);
            }
            self.rows.insert(number, Draft { whose, row });
        }
        self.record(whose, Person { outcome, problems });
    }

    fn record(&mut self, whose: &Whose, person: Person) {
        match whose {
            Whose::Person(id) => drop(self.people.insert(id.clone(), person)),
            Whose::Member(id) => drop(self.absent.insert(*id, person)),
            Whose::Nameless(at) if *at < self.nameless.len() => self.nameless[*at] = person,
            Whose::Nameless(_) => self.nameless.push(person),
            Whose::Loose => {}
        }
    }
}

fn rejection(change: Change, problem: Problem) -> Verdict {
    Verdict { outcome: Outcome::Changed(Kind::Reject), change: Some(change), cut_loose: None, problems: vec![problem] }
}
