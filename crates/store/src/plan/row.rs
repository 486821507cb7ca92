//! Rows of a plan, between the domain's words and the table's columns.

use domain::{
    field::Field,
    ids::MemberId,
    names,
    plan::{Change, Kind, Welcome},
    print::Print,
    problem::Problem,
};
use uuid::Uuid;

use super::Plan;
use crate::{
    StoreError, StoreResult,
    entity::{change, problem},
};

/// Joins come after everything else: what they need (an address, an employee ID) has been given
/// up by then.
pub const JOIN_PHASE: i64 = 1 << 40;

/// One row of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanRow {
    /// Its number within the try.
    pub number: i64,
    /// Where it stands in the order of applying.
    pub position: i64,
    /// The account; for a join, the account to be.
    pub account: Option<MemberId>,
    /// The number of the joiner's mail in the outbox.
    pub mail: Option<Uuid>,
    /// What it does.
    pub change: Change,
    /// Whether it was passed over since the member had changed meanwhile.
    pub skipped: bool,
}

impl PlanRow {
    /// The last name afterwards, or whatever the person is called by.
    pub(super) fn last_name(&self) -> &str {
        self.change.after.get(&Field::LastName).unwrap_or(&self.change.name)
    }
}

/// A problem, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemOf {
    /// Its number within the try.
    pub number: i64,
    /// The plan row it belongs to, if there is one.
    pub row: Option<i64>,
    /// The person's account, if there is one.
    pub member: Option<MemberId>,
    /// The person's employee ID, if there is one.
    pub employee_id: Option<String>,
    /// The person's name.
    pub name: String,
    /// What is wrong.
    pub problem: Problem,
}

impl ProblemOf {
    /// A problem of the person whom a row is about.
    pub fn row(number: i64, row: &PlanRow, problem: Problem) -> Self {
        Self {
            number,
            row: Some(row.number),
            member: row.change.member,
            employee_id: row.change.employee_id.clone(),
            name: row.change.name.clone(),
            problem,
        }
    }
}

impl Plan<'_> {
    pub(super) fn to_model(&self, row: &PlanRow) -> StoreResult<change::Model> {
        let PlanRow { number, position, account, mail, change, skipped } = row;
        Ok(change::Model {
            programme_id: self.programme.0,
            import_id: self.import.0,
            try_number: self.try_number,
            row_number: *number,
            position: *position,
            kind: change.kind.as_str().to_owned(),
            member_id: account.map(|id| id.0),
            version: change.version,
            employee_id: change.employee_id.clone(),
            name: change.name.clone(),
            reason: change.reason.as_ref().map(ToString::to_string),
            member_state: change.state.map(|state| state.as_str().to_owned()),
            before: serde_json::to_string(&change.before).map_err(StoreError::row)?,
            after: serde_json::to_string(&change.after).map_err(StoreError::row)?,
            claim: change.claim.clone(),
            twin_key: names::twin_key(&change.after),
            search_key: names::search_key(&change.after, &change.name, change.employee_id.as_deref()),
            frees: change.frees.map(|id| id.0),
            welcome: change.welcome.map(|welcome| welcome.as_str().to_owned()),
            mail_id: *mail,
            clock_stopped_until: change.clock_stopped_until.map(|day| day.to_string()),
            print: change.print.map(|print| print.0),
            changes_id: change.changes_id,
            keeps: change.keeps,
            skipped: *skipped,
        })
    }

    pub(super) fn to_problem_model(&self, of: &ProblemOf) -> problem::Model {
        problem::Model {
            programme_id: self.programme.0,
            import_id: self.import.0,
            try_number: self.try_number,
            number: of.number,
            row_number: of.row,
            member_id: of.member.map(|id| id.0),
            employee_id: of.employee_id.clone(),
            name: of.name.clone(),
            code: of.problem.code.as_str().to_owned(),
            severity: of.problem.severity.to_string(),
            field: of.problem.field.clone(),
            value: of.problem.value.clone(),
            other: of.problem.other.clone(),
        }
    }
}

impl change::Model {
    pub(crate) fn to_row(&self) -> StoreResult<PlanRow> {
        let kind: Kind = self.kind.parse().map_err(StoreError::row)?;
        let account = self.member_id.map(MemberId);
        let before: Vec<(Field, Option<String>)> = serde_json::from_str(&self.before).map_err(StoreError::row)?;
        let change = Change {
            kind,
            member: account.filter(|_| kind != Kind::Join),
            version: self.version,
            employee_id: self.employee_id.clone(),
            name: self.name.clone(),
            reason: self.reason.as_deref().map(|text| text.parse().map_err(StoreError::row)).transpose()?,
            state: self.member_state.as_deref().map(|text| text.parse().map_err(StoreError::row)).transpose()?,
            before,
            after: serde_json::from_str(&self.after).map_err(StoreError::row)?,
            claim: self.claim.clone(),
            frees: self.frees.map(MemberId),
            welcome: self.welcome.as_deref().map(welcome).transpose()?,
            clock_stopped_until: self
                .clock_stopped_until
                .as_deref()
                .map(|day| day.parse().map_err(StoreError::row))
                .transpose()?,
            print: self.print.map(Print),
            changes_id: self.changes_id,
            keeps: self.keeps,
        };
        Ok(PlanRow {
            number: self.row_number,
            position: self.position,
            account,
            mail: self.mail_id,
            change,
            skipped: self.skipped,
        })
    }
}

fn welcome(text: &str) -> StoreResult<Welcome> {
    [Welcome::Account, Welcome::Personal, Welcome::Letter]
        .into_iter()
        .find(|welcome| welcome.as_str() == text)
        .ok_or_else(|| StoreError::row(format!("there is no welcome “{text}”")))
}
