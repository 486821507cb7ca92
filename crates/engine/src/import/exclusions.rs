//! Whom administrators keep out (R24), and who wished to be left alone (R63), as a read needs it.

use std::collections::HashSet;

use domain::{
    ids::MemberId,
    member::Member,
    plan::{Fate, Holder, Known},
};
use store::{Integration, Store, StoreResult, exclusions::KeptOut};

use super::roll::Roll;
use crate::closing::Traces;

/// Who is excluded: members, and employee IDs of people who are none.
#[derive(Default)]
pub(crate) struct Exclusions {
    ids: HashSet<String>,
    members: HashSet<MemberId>,
    /// The members' own employee IDs.
    own: Vec<String>,
    /// What stays of closed accounts (R61).
    traces: Traces,
}

impl Exclusions {
    /// The exclusions that hold for the integration.
    pub(crate) async fn of(store: &Store, integration: &Integration, traces: Traces) -> StoreResult<Self> {
        let mut all = Self { members: traces.pending().collect(), traces, ..Self::default() };
        for KeptOut { employee_id, member_id, own } in
            store.kept_out(integration.programme(), integration.number()).await?
        {
            all.ids.extend(employee_id);
            all.members.extend(member_id.map(MemberId));
            all.own.extend(own);
        }
        Ok(all)
    }

    /// Whoever is excluded is looked at, whatever was noted of their record; `leading_to` tells which employee
    /// ID leads to the member with this one.
    pub(super) fn enter<'a>(&'a self, roll: &mut Roll, leading_to: impl Fn(&'a str) -> &'a str) {
        for id in &self.ids {
            roll.look(id);
        }
        for own in &self.own {
            roll.look(leading_to(own));
        }
    }

    /// Whether the person with this employee ID is excluded. A member's exclusion goes with the account,
    /// whatever its new number; once the IDs were renumbered, a member's ID says nothing (R43).
    fn hold(&self, employee_id: &str, known: &Known<'_>, renumbered: bool) -> bool {
        let member = known.member.filter(|_| known.not.is_none()).or(known.same_email);
        ((member.is_none() || !renumbered) && self.ids.contains(employee_id))
            || member.is_some_and(|member| self.members.contains(&member.id))
    }

    /// What follows from exclusions and from closed accounts for whoever has this employee ID and address. Only a
    /// stranger is met again by a trace: an account says itself what is to become of it.
    pub(crate) fn tell<'a>(
        &self,
        employee_id: &str,
        address: Option<&str>,
        known: Known<'a>,
        renumbered: bool,
    ) -> Known<'a> {
        let (kept_out, closed_before) = self.traces.of(employee_id, address);
        let is_stranger = known.member.is_none_or(|_| known.not.is_some()) && known.same_email.is_none();
        let excluded = self.hold(employee_id, &known, renumbered) || (is_stranger && kept_out);
        Known { excluded, closed_before, ..known }
    }

    /// Somebody whose address is claimed, or whom a newcomer looks like. Nobody gets an excluded person's
    /// account, or its address, without being asked about.
    pub(super) fn holder(&self, member: &Member, fate: Fate) -> Holder {
        let stays = fate.is_former() && self.members.contains(&member.id);
        Holder { member: member.clone(), fate: if stays { Fate::Stays } else { fate } }
    }
}
