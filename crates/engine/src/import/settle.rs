//! Settling: what needs everybody (R3, R12, R13, R15) is decided over the contended rows, and
//! written into the staged plan.

use std::collections::{BTreeSet, HashMap};

use domain::{
    ids::MemberId,
    plan::{Change, Claim, Holder, Kind, Outcome, Reason, Twin, settle},
    problem::{Code, Problem},
};
use store::plan::{Amendment, Contended, PlanRow, ProblemOf};

use super::{Run, Stop, read::Reading};

impl Run<'_> {
    /// Settles the plan.
    pub(super) async fn settle(&mut self, reading: &mut Reading<'_>) -> Result<(), Stop> {
        self.reject_different(reading).await?;
        let contended = self.staged().contended().await?;
        let mut amendment = Amendment::default();
        let groups = decide(reading, &contended, &mut amendment);
        let identities = self.staged().identity_rows().await?;
        place(&contended, groups, &identities, &mut amendment);
        self.amend(&amendment).await
    }

    /// R3: people whose ID came with two different records are rejected, whatever came of the first.
    async fn reject_different(&mut self, reading: &mut Reading<'_>) -> Result<(), Stop> {
        if reading.different.is_empty() {
            return Ok(());
        }
        let different = std::mem::take(&mut reading.different);
        let ids: Vec<&str> = different.keys().map(String::as_str).collect();
        let store = &self.engine.store;
        let members = store.members_by_employee_id(self.import.programme(), self.integration.number(), &ids).await?;
        let mut amendment = Amendment::default();
        for (id, name) in &different {
            reading.roll.outcome(id).into_iter().for_each(|outcome| reading.uncount(outcome));
            let mut change = Change::new(Kind::Reject, Some(id), name.clone());
            let member = members.get(id);
            change.member = member.map(|member| member.id);
            change.version = member.map_or(0, |member| member.version);
            let number = reading.row_number();
            let row = PlanRow { number, position: number, account: change.member, mail: None, change, skipped: false };
            let problem = Problem::new(Code::EmployeeIdDuplicate).at("employee_id").with_value(id);
            amendment.problems.push(ProblemOf::row(reading.problem_number(), &row, problem));
            amendment.add.push(row);
            amendment.forget_people.push(id.clone());
        }
        self.amend(&amendment).await
    }
}

/// Writes the decisions into the amendment; gives back the groups that must not be cut.
fn decide(reading: &mut Reading<'_>, contended: &Contended, amendment: &mut Amendment) -> Vec<BTreeSet<i64>> {
    let claim = |row: &PlanRow| {
        let id = row.change.employee_id.as_deref().unwrap_or_default();
        let decision = reading.decisions.get(id).filter(|decision| decision.answer == "new");
        Claim {
            row: row.number,
            change: row.change.clone(),
            not: decision.map(|decision| MemberId(decision.member_id)),
        }
    };
    let claims: Vec<Claim> =
        contended.claims.iter().filter_map(|number| contended.rows.get(number)).map(claim).collect();
    let holders: Vec<Holder> =
        contended.holders.iter().map(|(member, fate)| Holder { member: member.clone(), fate: *fate }).collect();
    let twins: Vec<Twin> = contended
        .twins
        .iter()
        .filter_map(|(number, member, fate)| {
            let claim = claim(contended.rows.get(number)?);
            Some(Twin { claim, holder: Holder { member: member.clone(), fate: *fate } })
        })
        .collect();
    let settled = settle(&claims, &holders, &twins);
    for (number, problem) in settled.rejected {
        if let Some(row) = contended.rows.get(&number) {
            amendment.reject(row, reading.problem_number(), problem);
        }
    }
    for (number, problem) in settled.moved {
        if let Some(row) = contended.rows.get(&number) {
            amendment.problems.push(ProblemOf::row(reading.problem_number(), row, problem));
        }
    }
    for (number, change) in settled.replaced {
        if let Some(row) = contended.rows.get(&number) {
            let taken_over = change.member.is_some();
            amendment.replace.push(PlanRow {
                account: change.member.or(row.account),
                mail: row.mail.filter(|_| !taken_over),
                position: if taken_over { number } else { row.position },
                change,
                ..row.clone()
            });
        }
    }
    for number in settled.dropped {
        if let Some(row) = contended.rows.get(&number) {
            reading.count_dropped(&row.change);
            amendment.drop.push(number);
        }
    }
    settled.groups
}

impl Reading<'_> {
    /// Somebody's row was dropped since another row reopens their account: as far as their own
    /// record goes, they are no member (R23).
    fn count_dropped(&mut self, change: &Change) {
        match (change.kind, &change.reason) {
            // Whoever is absent was never read, so there is nobody to count.
            (Kind::Leave, Some(Reason::Absent)) => {}
            (Kind::Leave, _) => self.count(Outcome::NotEligible, 1),
            _ => self.count(Outcome::Unchanged, 1),
        }
    }
}

/// Rows of a group share the last of their positions, so that no batch cuts them apart; so do all
/// rows that change an employee ID, since one may need what another gives up.
fn place(contended: &Contended, groups: Vec<BTreeSet<i64>>, identities: &[i64], amendment: &mut Amendment) {
    let replaced: HashMap<i64, &PlanRow> = amendment.replace.iter().map(|row| (row.number, row)).collect();
    let changes_id = |number: &i64| replaced.get(number).is_none_or(|row| row.change.changes_id);
    let taken_over = replaced.values().filter(|row| row.change.changes_id).map(|row| row.number);
    let mut identities: BTreeSet<i64> = identities.iter().copied().filter(changes_id).chain(taken_over).collect();
    let mut apart = Vec::new();
    for group in groups {
        if group.is_disjoint(&identities) { apart.push(group) } else { identities.extend(group) }
    }
    if identities.len() > 1 {
        apart.push(identities);
    }
    let position = |number: &i64| {
        let row = replaced.get(number).copied().or_else(|| contended.rows.get(number));
        row.map_or(*number, |row| row.position)
    };
    for group in apart {
        let last = group.iter().map(position).max().unwrap_or_default();
        amendment.place.extend(group.into_iter().map(|number| (number, last)));
    }
}
