//! Settling: what needs everybody (R3, R12, R13, R15) is decided over the contended rows, and
//! written into the staged plan.

use std::collections::{BTreeSet, HashMap};

use domain::{
    member::Member,
    plan::{Change, Claim, Holder, Kind, Outcome, RowNumber, Twin, settle},
    print::Print,
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

/// Writes what was settled into the amendment; gives back the groups that must not be cut.
fn decide(reading: &mut Reading<'_>, contended: &Contended, amendment: &mut Amendment) -> Vec<BTreeSet<RowNumber>> {
    // An answer is about two: the person of the row, and the member who has the address or looks alike.
    let claim = |row: &PlanRow, other: Option<&Member>| {
        let id = row.change.employee_id.as_deref().unwrap_or_default();
        let not = other.filter(|other| reading.answers.is_not(id, other)).map(|other| other.id);
        Claim { row: row.number, change: row.change.clone(), not }
    };
    let holder = |member: &Member| reading.exclusions.holder(member, contended.fate(member));
    let rows = contended.claims.iter().filter_map(|number| contended.rows.get(number));
    let claims: Vec<Claim> =
        rows.map(|row| claim(row, row.change.claim.as_ref().and_then(|key| contended.holders.get(key)))).collect();
    let holders: Vec<Holder> = contended.holders.values().map(holder).collect();
    let twins: Vec<Twin> = contended
        .twins
        .iter()
        .filter_map(|(number, member)| {
            Some(Twin { claim: claim(contended.rows.get(number)?, Some(member)), holder: holder(member) })
        })
        .collect();
    let settled = settle(&claims, &holders, &twins);
    reading.renumbered = settled.renumbered.len() as u64;
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
    /// record goes, they are no member (R20, R23).
    fn count_dropped(&mut self, change: &Change) {
        // Whoever is absent was never read, so there is nobody to count.
        if change.print == Some(Print::ABSENT) {
            return;
        }
        let outcome = match change.kind {
            Kind::Leave => Outcome::NotEligible,
            Kind::Refresh => Outcome::Unchanged,
            _ => Outcome::StartsLater,
        };
        self.count(outcome, 1);
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
