//! A member becomes a leaver, or is brought back, by an administrator's hand.

use domain::{member::State, plan::Reason};
use serde_json::json;
use store::{
    Programme,
    members::{Leaving, Listed},
};

use super::kept_out::reason_of;
use crate::{Actor, Deed, Engine, EngineError, EngineResult, Refusal};

impl Engine {
    /// Makes a member a leaver, as an import would (R37). `listed` is the member as they were looked at.
    pub async fn mark_as_leaver(
        &self,
        programme: &Programme,
        listed: &Listed,
        reason: &str,
        by: &Actor,
    ) -> EngineResult<()> {
        let reason = reason_of(reason)?;
        let name = Reason::ByHand.to_string();
        let leaving = self.leaving(programme, listed, &name)?;
        if !self.store.leave_by_hand(&leaving).await? {
            return Err(changed_meanwhile());
        }
        let after = json!({ "state": State::Leaver, "reason": reason });
        self.note_of_member(programme, listed, "member.left", by, Some(json!({ "state": listed.member.state })), after)
            .await
    }

    /// How this member leaves; refused where they are none.
    pub(super) fn leaving<'a>(
        &self,
        programme: &Programme,
        listed: &Listed,
        reason: &'a str,
    ) -> EngineResult<Leaving<'a>> {
        if !listed.member.state.is_current() {
            return Err(Refusal::AccountNotOpen {}.into());
        }
        let (programme, member, version) = (programme.number(), listed.member.id, listed.member.version);
        Ok(Leaving { programme, member, version, reason, now: self.now() })
    }

    /// Brings a leaver back in the state that they had. They stay until their record changes (R24).
    pub async fn reopen(&self, programme: &Programme, listed: &Listed, by: &Actor) -> EngineResult<()> {
        let member = &listed.member;
        if member.state != State::Leaver {
            return Err(Refusal::NotALeaver {}.into());
        }
        if self.store.exclusion_of(programme.number(), member.id).await?.is_some() {
            return Err(Refusal::Excluded {}.into());
        }
        if self.closing_of(programme, member.id).await?.is_some_and(|closing| closing.on_request) {
            return Err(Refusal::ClosesOnRequest {}.into());
        }
        if member.email_key().is_none() {
            return Err(Refusal::AddressGone {}.into());
        }
        if !self.store.reopen_by_hand(programme.number(), member.id, member.version, self.now()).await? {
            return Err(changed_meanwhile());
        }
        let after = json!({ "state": member.reopened_state() });
        self.note_of_member(programme, listed, "member.reopened", by, Some(json!({ "state": State::Leaver })), after)
            .await
    }

    /// Lets go of a member who was brought back by hand: the next import judges them by their record (R24).
    pub async fn let_go(&self, programme: &Programme, listed: &Listed, by: &Actor) -> EngineResult<()> {
        let member = &listed.member;
        if !self.store.let_go(programme.number(), member.id, member.version, self.now()).await? {
            return Err(changed_meanwhile());
        }
        self.note_of_member(programme, listed, "member.let-go", by, None, json!(null)).await
    }

    /// Notes that somebody took members' data away as a file.
    pub async fn note_export(&self, programme: &Programme, by: &Actor) -> EngineResult<()> {
        self.note(programme.number(), by, Deed::new("member.exported", &programme.name)).await
    }

    /// Notes what was done to a member. The log names them by number, so that it tells nothing of them once
    /// they are erased.
    pub(super) async fn note_of_member(
        &self,
        programme: &Programme,
        listed: &Listed,
        action: &str,
        by: &Actor,
        before: Option<serde_json::Value>,
        after: serde_json::Value,
    ) -> EngineResult<()> {
        let subject = listed.member.id.to_string();
        let after = (!after.is_null()).then_some(after);
        self.note(programme.number(), by, Deed { action, subject: &subject, before, after }).await
    }
}

pub(super) fn changed_meanwhile() -> EngineError {
    Refusal::MemberChanged {}.into()
}
