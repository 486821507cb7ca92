//! Everything that is held about a member, for them to take along.

use std::collections::BTreeMap;

use domain::field::{Field, Fields};
use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::Value;
use store::{Audit, Import, outbox::MailFilter, plan::PlanRow};
use uuid::Uuid;

use super::{Datum, SignedMember};
use crate::{Engine, EngineResult, Event, administrators::SessionView};

/// How many changes, and deeds, are looked back on.
const MOST: u64 = 10_000;

/// All that is held about a member. Instants are microseconds of UTC here, and as RFC 3339 has them when written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MemberCopy {
    /// Whose member they are.
    pub programme: String,
    /// The account.
    pub account: AccountCopy,
    /// What is known of them, and where it comes from.
    pub data: Vec<Datum>,
    /// What imports changed, the newest first.
    pub changes: Vec<ChangeCopy>,
    /// What people did about them, and they themselves, the newest first.
    pub deeds: Vec<DeedCopy>,
    /// The mails to them, the newest first.
    pub mails: Vec<MailCopy>,
    /// Where they are signed in.
    pub sessions: Vec<SessionCopy>,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountCopy {
    /// Its number.
    pub number: Uuid,
    /// Where it stands.
    pub state: domain::member::State,
    /// When it was made.
    #[serde(serialize_with = "instant")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(serialize_with = "instant")]
    pub updated_at: i64,
    /// Since when they are a leaver.
    #[serde(serialize_with = "maybe", skip_serializing_if = "Option::is_none")]
    pub left_at: Option<i64>,
    /// Why they are one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leave_reason: Option<String>,
    /// Whether they are asked for a second factor.
    pub second_factor: bool,
}

/// One change by an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeCopy {
    /// When.
    #[serde(serialize_with = "instant")]
    pub at: i64,
    /// `join`, `update`, `leave` or `rejoin`.
    pub kind: String,
    /// What was held before, of what changed; none where nothing was.
    pub before: BTreeMap<Field, Option<String>>,
    /// What was held afterwards.
    pub after: Fields,
}

/// Something that somebody did. Who it was is not told, but of what kind; nor is a reason, which is an administrator's
/// words and may be about others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DeedCopy {
    /// When.
    #[serde(serialize_with = "instant")]
    pub at: i64,
    /// Who did it: `administrator`, `member` for themselves, `token`, `command` or `system`.
    pub by: String,
    /// What was done, such as `member.edited`.
    pub kind: String,
    /// How it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// How it was afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

/// A mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MailCopy {
    /// What kind of mail.
    pub kind: String,
    /// What became of it.
    pub state: String,
    /// When it was written.
    #[serde(serialize_with = "instant")]
    pub created_at: i64,
    /// When it went.
    #[serde(serialize_with = "maybe", skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<i64>,
}

/// Where somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SessionCopy {
    /// Since when.
    #[serde(serialize_with = "instant")]
    pub created_at: i64,
    /// When it was last used.
    #[serde(serialize_with = "instant")]
    pub seen_at: i64,
    /// The network address that it began at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What the browser says that it is.
    pub browser: String,
}

impl Engine {
    /// Everything that is held about a member.
    pub async fn member_copy(&self, signed: &SignedMember) -> EngineResult<MemberCopy> {
        let (programme, member) = (signed.programme.number(), signed.number());
        let listed = &signed.listed;
        let (mut changes, mut deeds) = (Vec::new(), Vec::new());
        for event in self.member_story(programme, member, None, MOST).await? {
            match event {
                Event::Applied(applied) => changes.push(ChangeCopy::from(*applied)),
                Event::Deed(deed) => deeds.push(DeedCopy::from(*deed)),
            }
        }
        let theirs = MailFilter { member: Some(member.0), ..MailFilter::default() };
        let mails = self.store.mails(programme, &theirs, None, MOST).await?.into_iter();
        let mails = mails.map(|mail| MailCopy {
            kind: mail.kind,
            state: mail.state,
            created_at: mail.created_at,
            sent_at: mail.sent_at,
        });
        let session = |view: SessionView| SessionCopy {
            created_at: view.created_at,
            seen_at: view.seen_at,
            address: view.address,
            browser: view.agent,
        };
        Ok(MemberCopy {
            programme: signed.programme.name.clone(),
            account: AccountCopy {
                number: member.0,
                state: listed.member.state,
                created_at: listed.created_at,
                updated_at: listed.updated_at,
                left_at: listed.left_at,
                leave_reason: listed.leave_reason.clone(),
                second_factor: signed.second_factor,
            },
            data: self.member_data(signed).await?,
            changes,
            deeds,
            mails: mails.collect(),
            sessions: self.member_sessions(signed).await?.into_iter().map(session).collect(),
        })
    }
}

impl From<(Import, PlanRow)> for ChangeCopy {
    fn from((import, row): (Import, PlanRow)) -> Self {
        Self {
            at: import.finished_at.unwrap_or(import.created_at),
            kind: row.change.kind.as_str().to_owned(),
            before: row.change.before.into_iter().filter(|(field, _)| field.is_shown()).collect(),
            after: shown(row.change.after),
        }
    }
}

impl From<Audit> for DeedCopy {
    fn from(deed: Audit) -> Self {
        Self {
            at: deed.at,
            by: deed.actor_kind,
            kind: deed.action,
            before: without_reason(deed.before.as_deref()),
            after: without_reason(deed.after.as_deref()),
        }
    }
}

/// What an entry of the log says, but for the reason; none where it says nothing else.
fn without_reason(text: Option<&str>) -> Option<Value> {
    let mut value: Value = serde_json::from_str(text?).ok()?;
    if let Some(entries) = value.as_object_mut() {
        entries.remove("reason");
        if entries.is_empty() {
            return None;
        }
    }
    Some(value)
}

fn shown(mut fields: Fields) -> Fields {
    fields.retain(|field, _| field.is_shown());
    fields
}

/// An instant as RFC 3339 has it.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands fields over by reference")]
fn instant<S: Serializer>(micros: &i64, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&Timestamp::from_microsecond(*micros).unwrap_or_default())
}

#[expect(clippy::ref_option, reason = "serde hands fields over by reference")]
fn maybe<S: Serializer>(micros: &Option<i64>, to: S) -> Result<S::Ok, S::Error> {
    match micros {
        Some(micros) => instant(micros, to),
        None => to.serialize_none(),
    }
}
