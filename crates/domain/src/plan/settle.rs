//! What needs everybody: who gets which e-mail address (R12, R13), and whether a newcomer is an
//! old acquaintance (R15). It looks only at contended rows, so it fits in memory whatever the
//! number of people.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Kind, judge::differences};
use crate::{
    field::Field,
    ids::MemberId,
    member::{Member, State},
    names,
    problem::{Code, Problem},
};

/// A row's number in its plan.
pub type RowNumber = i64;

/// A row that would give its person an e-mail address they do not have yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The row.
    pub row: RowNumber,
    /// What it would do.
    pub change: Change,
    /// The member whom an administrator said this person is not (R18).
    pub not: Option<MemberId>,
}

/// What the plan has for a member whose address is claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Keeps the account and the address.
    Stays,
    /// Claims another address, by this row.
    Moves(RowNumber),
    /// Becomes a leaver, by this row.
    Leaves(RowNumber),
    /// Is a leaver already; the row, if the plan has one.
    Left(Option<RowNumber>),
}

impl Fate {
    /// What a row has for its member; without a row they stay what they are.
    ///
    /// A person who was rejected keeps the account and the address untouched (R35), leaver or not.
    pub fn of(member: &Member, row: Option<(RowNumber, &Change)>) -> Self {
        let current = member.state.is_current();
        match row {
            None if current => Self::Stays,
            None => Self::Left(None),
            Some((_, change)) if change.kind == Kind::Reject => Self::Stays,
            Some((row, change)) if change.kind == Kind::Leave => Self::Leaves(row),
            Some((row, change)) if !change.state.is_some_and(State::is_current) => Self::Left(Some(row)),
            Some((row, change)) if change.claim.is_some() && change.claim != member.email_key() => Self::Moves(row),
            Some(_) => Self::Stays,
        }
    }

    /// Whether the member is a leaver, or becomes one.
    pub fn is_former(self) -> bool {
        matches!(self, Self::Leaves(_) | Self::Left(_))
    }

    fn row(self) -> Option<RowNumber> {
        match self {
            Self::Stays => None,
            Self::Moves(row) | Self::Leaves(row) => Some(row),
            Self::Left(row) => row,
        }
    }
}

/// A member whose address is claimed by someone else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The member.
    pub member: Member,
    /// What the plan has for them.
    pub fate: Fate,
}

/// A newcomer's row, and a member with the same names and day of birth (R15).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    /// The newcomer.
    pub claim: Claim,
    /// The member.
    pub holder: Holder,
}

/// What becomes of contended rows; a row that is not named goes on as it was.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settled {
    /// Rows that are rejected, with the reason.
    pub rejected: BTreeMap<RowNumber, Problem>,
    /// Rows that take an address over from another employee (R12).
    pub moved: BTreeMap<RowNumber, Problem>,
    /// Rows that are replaced: the newcomer is a former member, who is reopened (R15); or the
    /// former member's address is freed (R18).
    pub replaced: BTreeMap<RowNumber, Change>,
    /// Rows of members who go on by another row: former members who are reopened (R15), and
    /// members who have two records, of which one keeps them in (R16).
    pub dropped: BTreeSet<RowNumber>,
    /// Rejected rows of people of whom only the employee ID seems to be new: a member who leaves
    /// in this plan has their e-mail and their names (R43).
    pub renumbered: BTreeSet<RowNumber>,
    /// Rows among which addresses are handed on: they are applied together or not at all.
    pub groups: Vec<BTreeSet<RowNumber>>,
}

/// Settles who gets which address, and which newcomers wait for a decision.
///
/// `claims` are all rows that claim an address that somebody else claims or holds, together with
/// the rows by which holders move on; `holders` are those who hold one of them. Their order does
/// not matter.
pub fn settle(claims: &[Claim], holders: &[Holder], twins: &[Twin]) -> Settled {
    let mut contests: BTreeMap<&str, Contest<'_>> = BTreeMap::new();
    for claim in claims {
        let Some(key) = claim.change.claim.as_deref() else { continue };
        contests.entry(key).or_default().others.push(claim);
    }
    for holder in holders {
        let key = holder.member.email_key().unwrap_or_default();
        if let Some(contest) = contests.get_mut(key.as_str()) {
            contest.is_held_by(holder);
        }
    }
    let mut settled = Settled::default();
    for contest in contests.values() {
        settled.settle_links(contest);
    }
    let mut refused: Vec<RowNumber> = settled.rejected.keys().copied().collect();
    let links = settled.rejected.clone();
    for contest in contests.values() {
        for claim in &contest.others {
            if let Some(problem) = contest.objection(claim, contest.keeps(&links)) {
                let renumbered = problem.code == Code::EmailOfFormerMember && contest.only_the_id_is_new(claim);
                settled.renumbered.extend(renumbered.then_some(claim.row));
                settled.rejected.insert(claim.row, problem);
                refused.push(claim.row);
            }
        }
    }
    // Whoever is refused keeps the address they have, and so refuses the next.
    let by_row: BTreeMap<RowNumber, &Contest<'_>> = contests.values().filter_map(Contest::with_row).collect();
    while let Some(row) = refused.pop() {
        let Some(contest) = by_row.get(&row) else { continue };
        for claim in contest.others.iter().filter(|claim| claim.row != row) {
            if let (false, Some(problem)) = (settled.rejected.contains_key(&claim.row), contest.objection(claim, true))
            {
                settled.rejected.insert(claim.row, problem);
                refused.push(claim.row);
            }
        }
    }
    settled.look_twice(&contests, twins);
    for contest in contests.values() {
        settled.grant(contest);
    }
    settled.groups = joined(&settled.groups);
    settled
}

/// Everybody who has to do with one address.
#[derive(Default)]
struct Contest<'a> {
    holder: Option<&'a Holder>,
    /// The holder's own claims: rows that link a member by the address (R16).
    own: Vec<&'a Claim>,
    others: Vec<&'a Claim>,
}

impl<'a> Contest<'a> {
    fn is_held_by(&mut self, holder: &'a Holder) {
        let is_own = |claim: &&Claim| claim.change.member == Some(holder.member.id);
        (self.own, self.others) = self.others.iter().partition(|claim| is_own(claim));
        self.holder = Some(holder);
    }

    /// The holder's row, by which the address may become free.
    fn with_row(&self) -> Option<(RowNumber, &Self)> {
        Some((self.holder?.fate.row()?, self))
    }

    /// Whether the holder keeps the account and the address.
    fn keeps(&self, rejected: &BTreeMap<RowNumber, Problem>) -> bool {
        let links = |claim: &&Claim| stays(claim) && !rejected.contains_key(&claim.row);
        self.own.iter().any(links)
            || self.holder.is_some_and(|holder| match holder.fate {
                Fate::Stays => true,
                Fate::Moves(row) | Fate::Leaves(row) | Fate::Left(Some(row)) => rejected.contains_key(&row),
                Fate::Left(None) => false,
            })
    }

    /// Why a claim cannot be granted, if so.
    fn objection(&self, claim: &Claim, kept: bool) -> Option<Problem> {
        let shared = self.others.len() > 1;
        match self.holder {
            Some(holder) if kept => Some(problem(Code::EmailTaken, claim, Some(holder))),
            _ if shared => Some(problem(Code::EmailDuplicate, claim, None)),
            Some(holder) if holder.fate.is_former() && !is_settled(claim, holder) => {
                Some(problem(Code::EmailOfFormerMember, claim, Some(holder)))
            }
            _ => None,
        }
    }

    fn only_the_id_is_new(&self, claim: &Claim) -> bool {
        self.holder.is_some_and(|holder| {
            matches!(holder.fate, Fate::Leaves(_))
                && claim.change.kind == Kind::Join
                && names::agree(&claim.change.after, &holder.member.fields)
        })
    }
}

fn problem(code: Code, claim: &Claim, other: Option<&Holder>) -> Problem {
    let address = claim.change.after.get(&Field::Email).map(String::as_str).unwrap_or_default();
    let other = other.and_then(|holder| holder.member.employee_id.as_deref());
    Problem::new(code).at(Field::Email.to_string()).with_value(address).about(other)
}

/// Whether the person is a member by this row.
fn stays(claim: &Claim) -> bool {
    claim.change.state.is_some_and(State::is_current)
}

/// Whether it is known that claimant and former member are two people (R18), or one (R15).
fn is_settled(claim: &Claim, holder: &Holder) -> bool {
    claim.not == Some(holder.member.id) || is_rehire(claim, holder)
}

/// Whether a newcomer is the former member beyond doubt: the e-mail, both names and the day of
/// birth agree (R15).
fn is_rehire(claim: &Claim, holder: &Holder) -> bool {
    claim.change.kind == Kind::Join
        && names::agree(&claim.change.after, &holder.member.fields)
        && names::same_birth(&claim.change.after, &holder.member.fields)
}

impl Settled {
    /// One member, two records with the address: the one that keeps the member in goes before one
    /// that does not (an old profile); more cannot be told apart.
    fn settle_links(&mut self, contest: &Contest<'_>) {
        if contest.own.len() < 2 {
            return;
        }
        if contest.own.iter().filter(|claim| stays(claim)).count() == 1 {
            let old = contest.own.iter().filter(|claim| !stays(claim));
            return self.dropped.extend(old.map(|claim| claim.row));
        }
        let rows = contest.own.iter().map(|claim| (claim.row, problem(Code::EmailDuplicate, claim, None)));
        self.rejected.extend(rows);
    }

    fn grant(&mut self, contest: &Contest<'_>) {
        let Some(holder) = contest.holder else { return };
        for claim in contest.others.iter().filter(|claim| !self.rejected.contains_key(&claim.row)) {
            let from = Problem::new(Code::EmailMoved).at(Field::Email.to_string());
            let from = from.about(holder.member.employee_id.as_deref());
            match holder.fate {
                Fate::Moves(row) => {
                    self.moved.insert(claim.row, from);
                    self.groups.push([claim.row, row].into());
                }
                Fate::Leaves(_) | Fate::Left(_) if claim.not == Some(holder.member.id) => {
                    let frees = Change { frees: Some(holder.member.id), ..claim.change.clone() };
                    self.replaced.insert(claim.row, frees);
                    self.moved.insert(claim.row, from);
                    self.groups.extend(holder.fate.row().map(|row| [claim.row, row].into()));
                }
                Fate::Leaves(_) | Fate::Left(_) => {
                    self.replaced.insert(claim.row, taken_over(&claim.change, &holder.member));
                    self.dropped.extend(holder.fate.row());
                }
                Fate::Stays => {}
            }
        }
    }

    /// Newcomers who look like a member (R15). One who is that member beyond doubt is none.
    fn look_twice(&mut self, contests: &BTreeMap<&str, Contest<'_>>, twins: &[Twin]) {
        let mut reopened: BTreeMap<RowNumber, MemberId> = BTreeMap::new();
        for contest in contests.values() {
            let granted = contest.others.iter().filter(|claim| !self.rejected.contains_key(&claim.row));
            let former = contest.holder.filter(|holder| holder.fate.is_former());
            for (claim, holder) in granted.zip(former) {
                if claim.not != Some(holder.member.id) {
                    reopened.insert(claim.row, holder.member.id);
                }
            }
        }
        let comes_back: BTreeSet<MemberId> = reopened.values().copied().collect();
        let mut twins: Vec<(bool, &Twin)> = twins
            .iter()
            .map(|twin| (twin.holder.fate.is_former() && !comes_back.contains(&twin.holder.member.id), twin))
            .collect();
        twins.sort_by_key(|(former, twin)| (*former, twin.holder.member.id));
        for (former, Twin { claim, holder }) in twins {
            let settled = claim.not == Some(holder.member.id)
                || claim.change.kind != Kind::Join
                || reopened.contains_key(&claim.row)
                || self.rejected.contains_key(&claim.row);
            if !settled {
                let code = if former { Code::PossibleRehire } else { Code::PossibleDuplicate };
                let problem = Problem::new(code).at("employee_id").about(holder.member.employee_id.as_deref());
                self.rejected.insert(claim.row, problem);
            }
        }
    }
}

/// The newcomer's row, made into one that reopens the former member under the new employee ID. A
/// member who would only now have left just goes on (R15).
fn taken_over(join: &Change, member: &Member) -> Change {
    let mut after = member.fields.clone();
    after.retain(|field, _| field.is_shown());
    join.before.iter().for_each(|(field, _)| drop(after.remove(field)));
    after.extend(join.after.clone());
    let current = member.state.is_current();
    Change {
        kind: if current { Kind::Update } else { Kind::Rejoin },
        member: Some(member.id),
        version: member.version,
        state: Some(if current { member.state } else { member.reopened_state() }),
        before: differences(&member.fields, &after),
        after,
        claim: None,
        welcome: None,
        changes_id: member.employee_id.is_some() && member.employee_id != join.employee_id,
        ..join.clone()
    }
}

/// Groups that share a row become one.
fn joined(pairs: &[BTreeSet<RowNumber>]) -> Vec<BTreeSet<RowNumber>> {
    fn find(leader: &mut BTreeMap<RowNumber, RowNumber>, row: RowNumber) -> RowNumber {
        let mut root = row;
        while let Some(next) = leader.get(&root).filter(|next| **next != root) {
            root = *next;
        }
        let mut row = row;
        while let Some(next) = leader.insert(row, root).filter(|next| *next != row) {
            row = next;
        }
        root
    }
    let mut leader = BTreeMap::new();
    for pair in pairs {
        let roots: BTreeSet<RowNumber> = pair.iter().map(|row| find(&mut leader, *row)).collect();
        for root in &roots {
            leader.extend(roots.first().map(|first| (*root, *first)));
        }
    }
    let rows: Vec<RowNumber> = leader.keys().copied().collect();
    let mut groups: BTreeMap<RowNumber, BTreeSet<RowNumber>> = BTreeMap::new();
    for row in rows {
        groups.entry(find(&mut leader, row)).or_default().insert(row);
    }
    groups.into_values().collect()
}

#[cfg(test)]
mod tests;
