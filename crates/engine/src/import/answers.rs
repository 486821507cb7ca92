//! Administrators' answers to "same person or someone else?" (R18), as a read needs them.

use std::collections::{HashMap, HashSet};

use domain::{ids::MemberId, member::Member};
use store::Decision;

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
        let mut answers = Self::default();
        if run.import.renumbered {
            return Ok(answers);
        }
        let (store, programme, integration) = (&run.engine.store, run.import.programme(), run.integration.number());
        let decisions = store.decisions(programme, integration).await?;
        let ids: Vec<MemberId> = decisions.iter().map(|decision| MemberId(decision.member_id)).collect();
        let members = store.members_by_number(programme, &ids).await?;
        let members: HashMap<MemberId, Member> = members.into_iter().map(|member| (member.id, member)).collect();
        for Decision { employee_id: id, member_id, answer, fulfilled_at, .. } in decisions {
            let Some(member) = members.get(&MemberId(member_id)) else { continue };
            if answer != "same" {
                // Whoever the record describes now has to be looked at, whatever was noted.
                roll.look(&id);
                answers.not.insert((id, member.id));
            } else if fulfilled_at.is_none() {
                answers.led_to.insert(member.id);
                answers.same.insert(id, member.clone());
            }
        }
        let ids: Vec<&str> = answers.same.keys().map(String::as_str).collect();
        let own = store.members_by_employee_id(programme, integration, &ids).await?;
        answers.displaced = own.into_values().filter(|member| !answers.led_to.contains(&member.id)).collect();
        answers.enter(roll);
        Ok(answers)
    }

    /// All let go of their IDs before any takes another: two may have changed places.
    fn enter(&mut self, roll: &mut Roll) {
        let moves = self.same.iter().filter(|(id, member)| member.employee_id.as_deref() != Some(id.as_str()));
        for (id, member) in moves {
            if let Some(own) = &member.employee_id {
                roll.let_go(own);
                self.moved.insert(own.clone(), id.clone());
            }
        }
        for id in self.same.keys() {
            roll.enter(id, None);
        }
    }

    /// Whether an administrator said that the two are not the same person.
    pub(super) fn is_not(&self, employee_id: &str, member: &Member) -> bool {
        self.not.contains(&(employee_id.to_owned(), member.id))
    }

    /// The member whom an administrator led the employee ID to.
    pub(super) fn same_as(&self, employee_id: &str) -> Option<&Member> {
        self.same.get(employee_id)
    }

    /// Whether an administrator led an employee ID to the member: then no other leads there.
    pub(super) fn lead_to(&self, member: &Member) -> bool {
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
