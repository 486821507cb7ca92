//! Exclusions and locks: what outlives every import (R24).

use domain::{ids::MemberId, member::Member, plan::Reason};
use jiff::{ToSpan, civil::Date};
use serde_json::json;
use store::{
    Exclusion, Integration, Programme,
    members::{Listed, Lock},
};
use uuid::Uuid;

use super::by_hand::changed_meanwhile;
use crate::{
    Actor, Deed, Engine, EngineError, EngineResult,
    administrators::{FieldError, Flaw},
};

/// How many days a lock holds where nothing else is set.
pub const LOCK_DAYS: i64 = 90;

/// The longest that a lock can hold, in days.
const LONGEST_LOCK: i64 = 3_650;

/// The most characters of a reason.
const LONGEST_REASON: usize = 300;

/// The most characters of an employee ID.
const LONGEST_ID: usize = 100;

/// An exclusion, and the member whom it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Excluded {
    /// The exclusion.
    pub exclusion: Exclusion,
    /// The member, if it is about one who is still there.
    pub member: Option<Member>,
}

impl Engine {
    /// Excludes a member: they become a leaver at once, and imports keep them out until the exclusion is
    /// lifted (R24). `listed` is the member as they were looked at.
    pub async fn exclude(&self, programme: &Programme, listed: &Listed, reason: &str, by: &Actor) -> EngineResult<()> {
        let reason = reason_of(reason)?;
        let member = &listed.member;
        let exclusion = Exclusion { member_id: Some(member.id.0), ..self.exclusion(programme, reason.clone(), by) };
        let because = Reason::Excluded.to_string();
        let leaving = member.state.is_current().then(|| self.leaving(programme, listed, &because)).transpose()?;
        if !self.store.exclude_member(&exclusion, leaving.as_ref()).await? {
            return Err(changed_meanwhile());
        }
        let before = json!({ "state": member.state });
        let now = self.member(programme.number(), member.id).await?.member.state;
        let after = json!({ "state": now, "reason": reason });
        self.note_of_member(programme, listed, "member.excluded", by, Some(before), after).await
    }

    /// Excludes whoever has this employee ID: a member with it, or a person who may never become one (R24).
    /// Tells which member it was.
    pub async fn exclude_id(
        &self,
        programme: &Programme,
        integration: &Integration,
        employee_id: &str,
        reason: &str,
        by: &Actor,
    ) -> EngineResult<Option<MemberId>> {
        let id = employee_id.trim();
        let mut flaws = Vec::new();
        match id.chars().count() {
            0 => flaws.push(FieldError { field: "employee_id", flaw: Flaw::Missing }),
            1..=LONGEST_ID => {}
            _ => flaws.push(FieldError { field: "employee_id", flaw: Flaw::TooLong }),
        }
        let reason = match reason_of(reason) {
            Err(EngineError::Entries(more)) => return Err(EngineError::Entries([flaws, more].concat())),
            reason => reason?,
        };
        if !flaws.is_empty() {
            return Err(EngineError::Entries(flaws));
        }
        let known = self.store.members_by_employee_id(programme.number(), integration.number(), &[id]).await?;
        if let Some(member) = known.get(id) {
            let listed = self.member(programme.number(), member.id).await?;
            self.exclude(programme, &listed, &reason, by).await?;
            return Ok(Some(member.id));
        }
        let exclusion = Exclusion {
            integration_id: Some(integration.id),
            employee_id: Some(id.to_owned()),
            ..self.exclusion(programme, reason.clone(), by)
        };
        if !self.store.exclude_id(&exclusion).await? {
            return Err(EngineError::Entries(vec![FieldError { field: "employee_id", flaw: Flaw::ExcludedAlready }]));
        }
        let after = json!({ "source": integration.source, "reason": reason });
        let deed = Deed { action: "member.excluded", subject: id, before: None::<()>, after: Some(after) };
        self.note(programme.number(), by, deed).await?;
        Ok(None)
    }

    fn exclusion(&self, programme: &Programme, reason: String, by: &Actor) -> Exclusion {
        Exclusion {
            programme_id: programme.id,
            id: self.new_id(),
            integration_id: None,
            employee_id: None,
            member_id: None,
            reason,
            excluded_by: by.name.clone(),
            excluded_at: self.now(),
        }
    }

    /// Takes an exclusion back. A member stays a leaver until the next import, which judges them anew.
    pub async fn lift_exclusion(&self, programme: &Programme, id: Uuid, by: &Actor) -> EngineResult<()> {
        let gone = || EngineError::NotFound {
            what: "This exclusion is not there any more.".to_owned(),
            remedy: "There is nothing to do.".to_owned(),
        };
        let exclusion = self.store.exclusion(programme.number(), id).await?.ok_or_else(gone)?;
        if !self.store.lift_exclusion(&exclusion).await? {
            return Err(gone());
        }
        let member = exclusion.member_id.map(|id| MemberId(id).to_string());
        let subject = member.or(exclusion.employee_id).unwrap_or_default();
        let before = json!({ "reason": exclusion.reason });
        let action = "member.exclusion-lifted";
        let deed = Deed { action, subject: &subject, before: Some(before), after: None::<()> };
        self.note(programme.number(), by, deed).await
    }

    /// The exclusion of a member, if they are excluded.
    pub async fn exclusion_of(&self, programme: &Programme, member: MemberId) -> EngineResult<Option<Exclusion>> {
        Ok(self.store.exclusion_of(programme.number(), member).await?)
    }

    /// The programme's exclusions, the newest first; `before` is the number of the last one seen.
    pub async fn exclusions(
        &self,
        programme: &Programme,
        before: Option<Uuid>,
        most: u64,
    ) -> EngineResult<Vec<Excluded>> {
        let found = self.store.exclusions(programme.number(), before, most).await?;
        let ids: Vec<MemberId> = found.iter().filter_map(|one| one.member_id.map(MemberId)).collect();
        let members = self.store.members_by_number(programme.number(), &ids).await?;
        let of = |exclusion: &Exclusion| members.iter().find(|one| Some(one.id.0) == exclusion.member_id).cloned();
        Ok(found.into_iter().map(|exclusion| Excluded { member: of(&exclusion), exclusion }).collect())
    }

    /// Locks a member in: until the end of this day no import makes them a leaver (R24). `listed` is the member
    /// as they were looked at.
    pub async fn lock_in(
        &self,
        programme: &Programme,
        listed: &Listed,
        until: Option<Date>,
        reason: &str,
        by: &Actor,
    ) -> EngineResult<()> {
        let today = self.today(programme);
        let last = today.saturating_add(LONGEST_LOCK.days());
        let wrong = |flaw| EngineError::Entries(vec![FieldError { field: "until", flaw }]);
        let reason = reason_of(reason)?;
        let until = until.ok_or_else(|| wrong(Flaw::NotADay))?;
        if until < today {
            return Err(wrong(Flaw::InThePast));
        }
        if until > last {
            return Err(wrong(Flaw::TooFarAway));
        }
        let member = &listed.member;
        if !member.state.is_current() {
            return Err(EngineError::Refused {
                what: "Only an open account can be locked in.".to_owned(),
                remedy: "Reopen it first.".to_owned(),
            });
        }
        let lock = Lock { reason: reason.clone(), by: by.name.clone(), at: self.now() };
        if !self.store.lock_in(programme.number(), member.id, member.version, until, &lock).await? {
            return Err(changed_meanwhile());
        }
        let before = member.locked_until.map(|until| json!({ "until": until }));
        let after = json!({ "until": until, "reason": reason });
        self.note_of_member(programme, listed, "member.locked-in", by, before, after).await
    }

    /// Takes a lock away: the next import judges the member by their record.
    pub async fn unlock(&self, programme: &Programme, listed: &Listed, by: &Actor) -> EngineResult<()> {
        let member = &listed.member;
        if !self.store.unlock(programme.number(), member.id, self.now()).await? {
            return Err(changed_meanwhile());
        }
        let before = member.locked_until.map(|until| json!({ "until": until }));
        self.note_of_member(programme, listed, "member.unlocked", by, before, json!(null)).await
    }
}

/// An administrator's reason, in one line.
pub(super) fn reason_of(typed: &str) -> EngineResult<String> {
    let reason = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let flaw = match reason.chars().count() {
        0 => Flaw::Missing,
        1..=LONGEST_REASON => return Ok(reason),
        _ => Flaw::TooLong,
    };
    Err(EngineError::Entries(vec![FieldError { field: "reason", flaw }]))
}
