//! The plan, step by step: who is who, what each record means, who is absent, who gets which
//! address, and the sums.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Directory, ModelPlan, Options, Person, Row, is_open_to};
use crate::{
    email,
    field::Fields,
    guard,
    ids::{IntegrationId, MemberId},
    member::{Member, State},
    names,
    plan::{self, Change, Claim, Counts, Fate, Holder, Kind, Known, Outcome, RowNumber, Settled, Twin, Verdict},
    print::Print,
    problem::{Code, Problem},
    record::Record,
    rules::{Reader, Rules, Told},
};

pub(super) fn plan(
    directory: &Directory,
    rules: &Rules,
    integration: IntegrationId,
    today: Date,
    records: &[Record],
    options: Options,
) -> ModelPlan {
    let mut planner = Planner {
        directory,
        rules,
        reader: rules.reader(),
        integration,
        today,
        options,
        matched: BTreeMap::new(),
        rows: BTreeMap::new(),
        people: BTreeMap::new(),
        nameless: Vec::new(),
        absent: BTreeMap::new(),
        found: BTreeSet::new(),
    };
    let (by_id, nameless) = planner.sorted(records);
    if options.renumbered {
        planner.match_by_email(&by_id);
    }
    by_id.iter().for_each(|(id, records)| planner.judge(id, records));
    nameless.into_iter().for_each(|(record, problem)| planner.reject_nameless(record, problem));
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
    rules: &'a Rules,
    reader: Reader<'a>,
    integration: IntegrationId,
    today: Date,
    options: Options,
    /// Where IDs were renumbered: the members whom people are matched with, by new ID (R43).
    matched: BTreeMap<String, MemberId>,
    rows: BTreeMap<RowNumber, Draft>,
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
        by_id.values_mut().for_each(|records| records.sort_by_key(|record| Print::of_record(record)));
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
        self.members().find(|member| member.email_key().as_deref() == Some(key))
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

    /// Whether an administrator led some ID to the member.
    fn is_decided(&self, member: &Member) -> bool {
        !self.options.renumbered && self.directory.same.values().any(|led_to| *led_to == member.id)
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
        let by_id = self.ours().find(|member| member.employee_id.as_deref() == Some(id));
        (by_id.filter(|member| !self.is_decided(member)), false)
    }

    fn same_email(&self, id: &str, record: &Record) -> Option<&'a Member> {
        let holder = self.holder_of(&email::key(&self.reader.raw_email(record)?))?;
        let ours = holder.integration == Some(self.integration);
        (!ours && !self.is_not(id, holder.id) && !self.is_decided(holder)).then_some(holder)
    }

    fn is_excluded(&self, id: &str, member: Option<&Member>) -> bool {
        self.directory.excluded_ids.contains(id) || member.is_some_and(|member| self.is_excluded_member(member))
    }

    fn is_excluded_member(&self, member: &Member) -> bool {
        self.directory.excluded_members.contains(&member.id)
    }

    fn judge(&mut self, id: &str, records: &[&Record]) {
        let (member, same) = self.led_to(id);
        let [record] = records else {
            return self.reject_duplicate(id, member, records);
        };
        let reassigned = member.filter(|member| self.is_not(id, member.id));
        let same_email = if member.is_none() || reassigned.is_some() { self.same_email(id, record) } else { None };
        let known = Known {
            member,
            same_email,
            not: reassigned.map(|member| member.id),
            same,
            excluded: self.is_excluded(id, member.filter(|_| reassigned.is_none()).or(same_email)),
        };
        self.found.extend(member.map(|member| member.id));
        let noted = member.is_some_and(|member| member.print == Some(self.reader.print(record)));
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

    /// Nobody can tell whose the record is; a member with its e-mail does not count as absent
    /// (R35).
    fn reject_nameless(&mut self, record: &Record, problem: Problem) {
        let holder = self.reader.raw_email(record).and_then(|address| self.holder_of(&email::key(&address)));
        self.found.extend(holder.map(|member| member.id));
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

    /// R12, R13, R15: what needs everybody.
    fn settle(&self) -> Settled {
        let mut claimed: BTreeMap<&str, Vec<RowNumber>> = BTreeMap::new();
        for (number, draft) in &self.rows {
            if let Some(key) = draft.row.change.claim.as_deref() {
                claimed.entry(key).or_default().push(*number);
            }
        }
        let (mut holders, mut contended) = (Vec::new(), BTreeSet::new());
        for (key, rows) in &claimed {
            let holder = self.holder_of(key).map(|member| self.holder(member));
            let is_others = |row: &RowNumber| {
                holder.as_ref().is_some_and(|holder| self.rows[row].row.change.member != Some(holder.member.id))
            };
            if rows.len() > 1 || rows.iter().any(is_others) {
                contended.extend(rows.iter().copied());
                if let Some(Holder { fate: Fate::Moves(row), .. }) = holder {
                    contended.insert(row);
                }
                holders.extend(holder);
            }
        }
        let claims: Vec<Claim> = contended
            .into_iter()
            .map(|row| {
                let holder = self.rows[&row].row.change.claim.as_deref().and_then(|key| self.holder_of(key));
                self.claim(row, holder)
            })
            .collect();
        plan::settle(&claims, &holders, &self.twins())
    }

    fn twins(&self) -> Vec<Twin> {
        let joins = self.rows.iter().filter(|(_, draft)| draft.row.change.kind == Kind::Join);
        let pairs = joins.flat_map(|(number, draft)| {
            let key = names::twin_key(&draft.row.change.after);
            let twins = self.members().filter(move |member| key.is_some() && member.twin_key() == key);
            twins.map(|member| Twin { claim: self.claim(*number, Some(member)), holder: self.holder(member) })
        });
        pairs.collect()
    }

    fn claim(&self, row: RowNumber, about: Option<&Member>) -> Claim {
        let Draft { whose, row: Row { change, .. } } = &self.rows[&row];
        let not = about.map(|member| member.id).filter(|member| match whose {
            Whose::Person(id) => self.is_not(id, *member),
            _ => false,
        });
        Claim { row, change: change.clone(), not }
    }

    fn holder(&self, member: &Member) -> Holder {
        let fates = self.rows.iter().filter(|(_, draft)| draft.row.change.member == Some(member.id));
        let fates = fates.map(|(row, draft)| Fate::of(member, Some((*row, &draft.row.change))));
        // Two records may speak of one member (R16): one that keeps them in goes first.
        let fate = fates.min_by_key(|fate| match fate {
            Fate::Stays => 0,
            Fate::Moves(_) => 1,
            Fate::Leaves(_) | Fate::Left(_) => 2,
        });
        let fate = fate.unwrap_or_else(|| Fate::of(member, None));
        // Nobody gets an excluded person's account, or its address, without being asked about.
        let former = matches!(fate, Fate::Leaves(_) | Fate::Left(_));
        let fate = if former && self.is_excluded_member(member) { Fate::Stays } else { fate };
        Holder { member: member.clone(), fate }
    }

    fn finish(mut self, settled: &Settled) -> ModelPlan {
        let drafts = std::mem::take(&mut self.rows);
        let (mut rows, mut identity_changes, mut loose) = (Vec::new(), 0, Vec::new());
        for (number, Draft { whose, row: Row { mut change, mut problems } }) in drafts {
            if settled.dropped.contains(&number) {
                let outcome = match change.kind {
                    Kind::Leave => Outcome::NotEligible,
                    Kind::Refresh => Outcome::Unchanged,
                    _ => Outcome::StartsLater,
                };
                if !matches!(whose, Whose::Member(_)) {
                    self.record(&whose, Person { outcome, problems });
                } else if let Whose::Member(member) = whose {
                    self.absent.remove(&member);
                }
                continue;
            }
            if let Some(problem) = settled.rejected.get(&number) {
                change = change.rejected();
                problems.retain(|problem| problem.code != Code::InvitationAddressChanged);
                problems.insert(0, problem.clone());
            } else if let Some(replacement) = settled.replaced.get(&number) {
                change = replacement.clone();
            }
            if change.kind != Kind::Reject {
                problems.extend(settled.moved.get(&number).cloned());
            }
            if settled.renumbered.contains(&number) || guard::changes_identity(&change, &problems) {
                identity_changes += 1;
            }
            let outcome = Outcome::Changed(change.kind);
            if whose == Whose::Loose {
                loose.push(outcome);
            }
            self.record(&whose, Person { outcome, problems: problems.clone() });
            rows.push(Row { change, problems });
        }
        let mut counts = Counts::default();
        let read: Vec<&Person> = self.people.values().chain(&self.nameless).collect();
        counts.read = read.len() as u64;
        read.iter().for_each(|person| counts.add(person.outcome, 1));
        let absent = self
            .absent
            .values()
            .map(|person| person.outcome)
            .filter(|outcome| *outcome == Outcome::Changed(Kind::Leave));
        absent.chain(loose).for_each(|outcome| counts.add(outcome, 1));
        let problems = read.iter().copied().chain(self.absent.values()).flat_map(|person| &person.problems);
        for problem in problems {
            *(if problem.is_error() { &mut counts.errors } else { &mut counts.warnings }) += 1;
        }
        let members = self.ours().filter(|member| member.state.is_current()).count() as u64;
        let Self { integration, people, nameless, absent, .. } = self;
        ModelPlan { integration, rows, people, nameless, absent, counts, members, identity_changes }
    }
}

fn rejection(change: Change, problem: Problem) -> Verdict {
    Verdict { outcome: Outcome::Changed(Kind::Reject), change: Some(change), cut_loose: None, problems: vec![problem] }
}
