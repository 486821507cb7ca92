//! The reference: the plan of a whole directory held in memory, in the plainest possible form.
//!
//! An import streams, keeps fingerprints and asks a database; this does none of it, and is what an
//! import's plan must equal. Nothing in it depends on the order of the records.

mod apply;
mod planning;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::{
    guard::{self, Facts, Guard, Thresholds},
    ids::{IntegrationId, MemberId},
    member::{Member, State},
    plan::{Change, Counts, Kind, Outcome},
    problem::{Code, Problem},
    record::Record,
    rules::Rules,
};

/// The members of a programme, and what administrators have said of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Directory {
    /// The accounts.
    pub members: BTreeMap<MemberId, Member>,
    /// Excluded people who have no account, by employee ID (R24).
    pub excluded_ids: BTreeSet<String>,
    /// Excluded members; the exclusion follows the account to another employee ID (R24).
    pub excluded_members: BTreeSet<MemberId>,
    /// What stays of closed accounts (R61).
    pub traces: Vec<Trace>,
    same: BTreeMap<String, MemberId>,
    not: BTreeSet<(String, MemberId)>,
}

/// What stays of an account that was closed, or is to be erased on request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The account.
    pub member: MemberId,
    /// Its employee ID in the integration.
    pub employee_id: Option<String>,
    /// Its address, in comparable form.
    pub address: Option<String>,
    /// Whether imports leave the person alone (R63).
    pub excluded: bool,
    /// Whether the account is closed by now.
    pub closed: bool,
}

/// How a plan is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether the read held everybody (R2); if not, nobody leaves for being absent.
    pub settled: bool,
    /// Whether the employee IDs were renumbered: people are matched by e-mail and names (R43).
    pub renumbered: bool,
    /// Whether noted records count for nothing, since the settings have changed.
    pub anew: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { settled: true, renumbered: false, anew: false }
    }
}

/// A row of a plan, with all that is wrong with its person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What would be done.
    pub change: Change,
    /// All problems.
    pub problems: Vec<Problem>,
}

/// What became of one person of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The one outcome.
    pub outcome: Outcome,
    /// All problems, whether there is a row or not.
    pub problems: Vec<Problem>,
}

/// The plan of a whole directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelPlan {
    /// The integration that it was made for.
    pub integration: IntegrationId,
    /// Every row: people by employee ID, those without one, and those who are absent.
    pub rows: Vec<Row>,
    /// What became of each person of the source, by employee ID.
    pub people: BTreeMap<String, Person>,
    /// The people who have no usable employee ID; all are rejected.
    pub nameless: Vec<Person>,
    /// What became of each member of the integration whom no record led to.
    pub absent: BTreeMap<MemberId, Person>,
    /// Sums of the above. Beyond the people read, rows of absent members count, and those of
    /// members who lost their employee ID to someone else (R18).
    pub counts: Counts,
    /// Current members of the integration, before the plan.
    pub members: u64,
    /// What R43 counts.
    pub identity_changes: u64,
}

/// One line of a plan's summary: employee ID, what happens, why, and the problems' codes.
pub type Line = (String, &'static str, Option<String>, Vec<Code>);

impl Directory {
    /// A directory without decisions and exclusions.
    pub fn new(members: impl IntoIterator<Item = Member>) -> Self {
        Self { members: members.into_iter().map(|member| (member.id, member)).collect(), ..Self::default() }
    }

    /// *Same person* (R18): the ID leads to the member, and no other ID does any longer.
    pub fn decide_same(&mut self, employee_id: &str, member: MemberId) {
        self.same.retain(|_, led_to| *led_to != member);
        self.not.remove(&(employee_id.to_owned(), member));
        self.same.insert(employee_id.to_owned(), member);
    }

    /// *Someone else* (R18).
    pub fn decide_not(&mut self, employee_id: &str, member: MemberId) {
        self.same.retain(|id, led_to| (id.as_str(), *led_to) != (employee_id, member));
        self.not.insert((employee_id.to_owned(), member));
    }

    /// The plan for these records.
    pub fn plan(
        &self,
        rules: &Rules,
        integration: IntegrationId,
        today: Date,
        records: &[Record],
        options: Options,
    ) -> ModelPlan {
        planning::plan(self, rules, integration, today, records, options)
    }
}

impl ModelPlan {
    /// What the guard looks at; `last_read` and the leavers of the last week are history.
    pub fn facts(&self, last_read: Option<u64>, week_leavers: u64, leavers_agreed: bool) -> Facts {
        let Self { counts, members, identity_changes, .. } = *self;
        Facts { counts, members, week_leavers, last_read, identity_changes, leavers_agreed }
    }

    /// The guards that trip where there is no history but that the last import read `last_read`.
    pub fn guards(&self, limits: &Thresholds, last_read: Option<u64>) -> Vec<Guard> {
        guard::look(&self.facts(last_read, 0, false), limits)
    }

    /// The plan in a form that can be compared: every row but those that are shown to nobody, and
    /// every person without a row who has a problem, sorted.
    pub fn summary(&self) -> Vec<Line> {
        let line = |id: Option<&str>, outcome, reason: Option<String>, problems: &[Problem]| {
            let mut codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
            codes.sort_unstable();
            (id.unwrap_or_default().to_owned(), word(outcome), reason, codes)
        };
        let shown = self.rows.iter().filter(|row| row.change.kind != Kind::Refresh);
        let rows = shown.map(|Row { change, problems }| {
            let reason = change.reason.as_ref().map(ToString::to_string);
            line(change.employee_id.as_deref(), Outcome::Changed(change.kind), reason, problems)
        });
        let without_row = |person: &Person| {
            let hidden = matches!(person.outcome, Outcome::Changed(kind) if kind != Kind::Refresh);
            !hidden && !person.problems.is_empty()
        };
        let people = self.people.iter().filter(|(_, person)| without_row(person));
        let people = people.map(|(id, person)| line(Some(id), person.outcome, None, &person.problems));
        let absent = self.absent.values().filter(|person| without_row(person));
        let absent = absent.map(|person| line(None, person.outcome, None, &person.problems));
        let mut lines: Vec<Line> = rows.chain(people).chain(absent).collect();
        lines.sort();
        lines
    }

    /// Whether members would change.
    pub fn changes_members(&self) -> bool {
        self.counts.changes() > 0
    }
}

/// The outcome in one word.
fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Changed(Kind::Refresh) | Outcome::Unchanged => "unchanged",
        Outcome::Changed(kind) => kind.as_str(),
        Outcome::NotEligible => "not-eligible",
        Outcome::Excluded => "excluded",
        Outcome::StartsLater => "starts-later",
    }
}

/// Whether an import may look after the member.
fn is_open_to(member: &Member, integration: IntegrationId) -> bool {
    member.state != State::Closed && member.integration.is_none_or(|owner| owner == integration)
}
