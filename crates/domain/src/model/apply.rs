//! What a plan does to a directory, once it is applied.

use crate::{
    field::Field,
    ids::{IntegrationId, MemberId},
    member::Member,
    plan::{Change, Kind},
};

use super::{Directory, ModelPlan};

impl Directory {
    /// Applies a plan; `next_id` makes the numbers of new accounts. A row whose member has changed
    /// since is passed over (R30).
    pub fn apply(&mut self, plan: &ModelPlan, mut next_id: impl FnMut() -> MemberId) {
        let is_fresh = |change: &Change| match change.member {
            Some(id) => self.members.get(&id).is_some_and(|member| member.version == change.version),
            None => true,
        };
        let acts = |change: &&Change| change.kind != Kind::Reject && is_fresh(change);
        let rows: Vec<&Change> = plan.rows.iter().map(|row| &row.change).filter(acts).collect();
        for change in &rows {
            self.take_id(change, plan.integration);
            self.void_answers(change);
            match change.member {
                None => self.add(change, plan.integration, next_id()),
                Some(id) => drop(self.members.get_mut(&id).map(|member| update(member, change, plan.integration))),
            }
        }
        // Last, since a leaver's own row still holds the address that they lose.
        for former in rows.iter().filter_map(|change| change.frees) {
            if let Some(member) = self.members.get_mut(&former) {
                member.fields.remove(&Field::Email);
                member.version += 1;
            }
        }
    }

    /// An answer that led one ID to an account is void once the account has got another: the
    /// newest word counts (R15, R18).
    fn void_answers(&mut self, change: &Change) {
        let (Some(member), Some(id)) = (change.member, &change.employee_id) else { return };
        if self.members.get(&member).is_some_and(|member| member.employee_id.as_ref() != Some(id)) {
            self.same.retain(|led, to| *to != member || led == id);
        }
    }

    /// An employee ID that is given to one account is taken from any other.
    fn take_id(&mut self, change: &Change, integration: IntegrationId) {
        let others = self.members.values_mut().filter(|member| Some(member.id) != change.member);
        for member in others.filter(|member| member.integration == Some(integration)) {
            if change.employee_id.is_some() && member.employee_id == change.employee_id {
                member.employee_id = None;
            }
        }
    }

    fn add(&mut self, change: &Change, integration: IntegrationId, id: MemberId) {
        let Some(state) = change.state else { return };
        let member = Member {
            id,
            version: 1,
            integration: Some(integration),
            employee_id: change.employee_id.clone(),
            fields: change.after.clone(),
            state,
            state_before_leaving: None,
            print: change.print,
            kept_by_hand: None,
            locked_until: None,
            clock_stopped_until: None,
        };
        self.members.insert(id, member);
    }
}

fn update(member: &mut Member, change: &Change, integration: IntegrationId) {
    match change.kind {
        Kind::Leave => member.state_before_leaving = Some(member.state),
        Kind::Rejoin => member.state_before_leaving = None,
        _ => {}
    }
    member.integration = Some(integration);
    member.employee_id.clone_from(&change.employee_id);
    member.fields.clone_from(&change.after);
    member.state = change.state.unwrap_or(member.state);
    member.print = change.print;
    member.kept_by_hand = change.print.filter(|_| change.keeps);
    member.clock_stopped_until = change.clock_stopped_until;
    member.version += i64::from(change.kind != Kind::Refresh);
}
