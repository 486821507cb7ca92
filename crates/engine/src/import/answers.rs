//! Administrators' answers to "same person or someone else?" (R18), as a read needs them.

use std::collections::{HashMap, HashSet};

use domain::{
    ids::{IntegrationId, MemberId},
    member::Member,
    plan::Known,
};
use store::{Decision, Integration, Store, StoreResult};

use super::{Run, Stop, roll::Roll};

/// What was answered, and what follows for who is who.
#[derive(Debug, Default)]
pub(super) struct Answers {
    /// *Someone else*: the employee ID, and the member it is not.
    not: HashSet<(String, MemberId)>,
    /// *Same person*: the member whom the employee ID leads to.
    same: HashMap<String, Member>,
    /// The members among them.
    led_to: HashSet<MemberId>,
    /// The own employee IDs of members who are led to by another one: that other one.
    moved: HashMap<String, String>,
    /// Members whose own employee ID leads to another member now, and to whom no ID leads.
    displaced: Vec<Member>,
}

impl Answers {
    /// Loads the answers, and enters into the roll whom the IDs lead to. Once the IDs were
    /// renumbered, what was said of one is about somebody else (R43).
    pub(super) async fn load(run: &Run<'_>, roll: &mut Roll) -> Result<Self, Stop> {
        if run.import.renumbered {
            return Ok(Self::default());
        }
        let answers = Self::of(&run.engine.store, run.integration).await?;
        answers.enter(roll);
        Ok(answers)
    }

    /// The answers that hold for the integration.
    pub(super) async fn of(store: &Store, integration: &Integration) -> StoreResult<Self> {
        let mut answers = Self::default();
        let (programme, integration) = (integration.programme(), integration.number());
        let decisions = store.decisions(programme, integration).await?;
        let ids: Vec<MemberId> = decisions.iter().map(|decision| MemberId(decision.member_id)).collect();
        let members = store.members_by_number(programme, &ids).await?;
        let members: HashMap<MemberId, Member> = members.into_iter().map(|member| (member.id, member)).collect();
        for Decision { employee_id: id, member_id, answer, fulfilled_at, .. } in decisions {
            let Some(member) = members.get(&MemberId(member_id)) else { continue };
            if answer != "same" {
                answers.not.insert((id, member.id));
            } else if fulfilled_at.is_none() {
                answers.led_to.insert(member.id);
                answers.same.insert(id, member.clone());
            }
        }
        let ids: Vec<&str> = answers.same.keys().map(String::as_str).collect();
        let own = store.members_by_employee_id(programme, integration, &ids).await?;
        answers.displaced = own.into_values().filter(|member| !answers.led_to.contains(&member.id)).collect();
        let moves = answers.same.iter().filter(|(id, member)| member.employee_id.as_deref() != Some(id.as_str()));
        answers.moved = moves.filter_map(|(id, member)| Some((member.employee_id.clone()?, id.clone()))).collect();
        Ok(answers)
    }

    /// All let go of their IDs before any takes another: two may have changed places.
    fn enter(&self, roll: &mut Roll) {
        for (id, _) in &self.not {
            // Whoever the record describes now has to be looked at, whatever was noted.
            roll.look(id);
        }
        for own in self.moved.keys() {
            roll.let_go(own);
        }
        for id in self.same.keys() {
            roll.enter(id, None);
        }
    }

    /// Whether an administrator said that the two are not the same person.
    pub(super) fn is_not(&self, employee_id: &str, member: &Member) -> bool {
        self.not.contains(&(employee_id.to_owned(), member.id))
    }

    /// The account that an employee ID leads to: by an answer, or since it has the ID.
    pub(super) fn led_by<'a>(&'a self, employee_id: &str, by_id: Option<&'a Member>) -> Option<&'a Member> {
        self.same_as(employee_id).or_else(|| by_id.filter(|member| !self.lead_to(member)))
    }

    /// What is known of the person with this employee ID: `member` is the account that they are led to,
    /// `by_email` a member with their address.
    pub(super) fn known<'a>(
        &self,
        integration: IntegrationId,
        employee_id: &str,
        member: Option<&'a Member>,
        by_email: Option<&'a Member>,
    ) -> Known<'a> {
        let not = member.filter(|member| self.is_not(employee_id, member)).map(|member| member.id);
        let foreign = by_email.filter(|member| member.integration != Some(integration));
        Known {
            member,
            same_email: foreign.filter(|other| {
                (member.is_none() || not.is_some()) && !self.is_not(employee_id, other) && !self.lead_to(other)
            }),
            not,
            same: self.same_as(employee_id).is_some(),
            excluded: false,
            closed_before: false,
            anew: false,
        }
    }

    /// The member whom an administrator led the employee ID to.
    fn same_as(&self, employee_id: &str) -> Option<&Member> {
        self.same.get(employee_id)
    }

    /// Whether an administrator led an employee ID to the member: then no other leads there.
    fn lead_to(&self, member: &Member) -> bool {
        self.led_to.contains(&member.id)
    }

    /// The employee ID that leads to the member with this one.
    pub(super) fn leading_to<'a>(&'a self, own: &'a str) -> &'a str {
        self.moved.get(own).map_or(own, String::as_str)
    }

    /// Members whose own employee ID leads to another member now.
    pub(super) fn displaced(&self) -> &[Member] {
        &self.displaced
    }
}
