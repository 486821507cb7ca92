//! Erasing on request (R63): a member closes their own account, or an administrator erases somebody at once.

use domain::{
    email,
    field::Field,
    ids::MemberId,
    member::{Member, State},
    plan::Reason,
};
use jiff::{ToSpan, civil::Date};
use serde_json::json;
use store::{Programme, Trace, closing::Leaver, traces::Wish};

use super::{list::What, traces::hashes};
use crate::{Actor, Deed, Engine, EngineError, EngineResult, Refusal, SettingError};

/// What erasing a member concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// How many values of theirs go.
    pub values: usize,
    /// The rows that what is personal goes from.
    pub rows: store::erasure::Extent,
    /// The last day of their access.
    pub ends_on: Date,
}

impl Engine {
    /// Closes a member's account at their own wish; tells the last day of their access. It is erased with the
    /// end of that day, and imports leave them alone from now on.
    pub async fn close_own_account(&self, programme: &Programme, member: MemberId, by: &Actor) -> EngineResult<Date> {
        let ends_on = self.wish(programme, member, &Reason::OwnWish, None).await?;
        let (subject, after) = (member.to_string(), json!({ "ends_on": ends_on.to_string() }));
        let deed =
            Deed { action: "member.closed-own-account", subject: &subject, before: None::<()>, after: Some(after) };
        self.note(programme.number(), by, deed).await?;
        Ok(ends_on)
    }

    /// Erases a member at once, or within the days that are set; tells the last day of their access. `typed` is
    /// their employee ID or address, so that nobody is erased by mistake.
    pub async fn erase_now(
        &self,
        programme: &Programme,
        member: MemberId,
        typed: &str,
        by: &Actor,
    ) -> EngineResult<Date> {
        let listed = self.member(programme.number(), member).await?;
        if !is_named(&listed.member, typed) {
            return Err(wrong("not-theirs"));
        }
        let ends_on = self.wish(programme, member, &Reason::EraseNow, None).await?;
        let (subject, after) = (member.to_string(), json!({ "ends_on": ends_on.to_string() }));
        let deed = Deed { action: "member.erased", subject: &subject, before: None::<()>, after: Some(after) };
        self.note(programme.number(), by, deed).await?;
        Ok(ends_on)
    }

    /// What erasing a member would concern, and when it would be done.
    pub async fn extent_of_erasing(&self, programme: &Programme, member: MemberId) -> EngineResult<Extent> {
        let listed = self.member(programme.number(), member).await?;
        let rows = self.store.extent(programme.number(), member).await?;
        Ok(Extent { values: listed.member.fields.len(), rows, ends_on: self.last_day(programme)? })
    }

    /// Lets imports look again at somebody who was erased on request, as they wish now: `typed` is their employee
    /// ID or address. Whoever is not erased yet goes on closing like any leaver. Tells how many traces that was.
    pub async fn allow_again(&self, programme: &Programme, typed: &str, by: &Actor) -> EngineResult<u64> {
        let number = programme.number();
        let key = self.trace_key(number).await?;
        let mut wanted = vec![key.of_address(typed)];
        for integration in self.store.integrations(number).await? {
            wanted.push(key.of_id(integration.number(), typed.trim()));
        }
        let found = self.store.traces_that_exclude(number, &wanted).await?;
        if found.is_empty() {
            return Err(wrong("nobody"));
        }
        let mut lifted = 0;
        for trace in &found {
            self.list(What::Allowed, trace, None).await?;
            if self.store.allow_again(trace, self.now()).await? {
                lifted += 1;
                let subject = trace.member_id.to_string();
                self.note(number, by, Deed::new("member.allowed-again", &subject)).await?;
            }
        }
        Ok(lifted)
    }

    /// How many people imports leave alone since they were erased on request.
    pub async fn kept_out_on_request(&self, programme: &Programme) -> EngineResult<u64> {
        Ok(self.store.count_traces_that_exclude(programme.number()).await?)
    }

    /// Notes a wish; tells the last day, which is no later than the one that was `promised` before.
    pub(super) async fn wish(
        &self,
        programme: &Programme,
        member: MemberId,
        reason: &Reason,
        promised: Option<Date>,
    ) -> EngineResult<Date> {
        let number = programme.number();
        let listed = self.member(number, member).await?;
        if listed.member.state == State::Closed {
            return Err(Refusal::AccountClosed {}.into());
        }
        let terms = self.terms(programme)?;
        let known = self.store.close_down_of(number, member).await?;
        let left_at = listed.left_at.unwrap_or_else(|| self.now());
        let mut leaver = Leaver { programme: number, listed: listed.clone(), row: known.clone(), notice: None };
        leaver.listed.left_at = Some(left_at);
        let mut row = terms.row(&leaver)?;
        // Asked for twice, the earlier day stands.
        let asked = row.erase_on.as_deref().and_then(|day| day.parse().ok()).or(promised);
        let ends_on = asked.unwrap_or(Date::MAX).min(self.last_day(programme)?);
        row.erase_on = Some(ends_on.to_string());
        row.next_at = 0;
        let (id_hash, email_hash) = hashes(&self.trace_key(number).await?, &listed.member);
        let trace = Trace {
            programme_id: number.0,
            member_id: member.0,
            id_hash,
            email_hash,
            reason: reason.to_string(),
            joined_at: listed.created_at,
            left_at,
            closed_at: None,
            excluded: true,
        };
        self.list(What::Asked, &trace, row.erase_on.clone()).await?;
        let wish = Wish { row, before: known, trace, version: listed.member.version };
        if !self.store.wish(&wish, self.now()).await? {
            self.list(What::NotDone, &wish.trace, None).await?;
            return Err(Refusal::MemberChanged {}.into());
        }
        Ok(ends_on)
    }

    /// The last day of access of somebody who is erased on request now. The account is closed with the end of it,
    /// which is never later than the days that are set.
    fn last_day(&self, programme: &Programme) -> EngineResult<Date> {
        let terms = self.terms(programme)?;
        let days = i64::from(terms.close_down.erase_days) - 1;
        Ok(terms.date(self.now()).saturating_add(days.days()))
    }
}

/// What was typed is not right.
fn wrong(code: &'static str) -> EngineError {
    EngineError::Settings(vec![SettingError { field: "typed", code }])
}

/// Whether somebody goes by this.
fn is_named(member: &Member, typed: &str) -> bool {
    let address = member.fields.get(&Field::Email);
    let typed = typed.trim();
    !typed.is_empty()
        && (member.employee_id.as_deref() == Some(typed)
            || address.is_some_and(|address| email::key(address) == email::key(typed)))
}
