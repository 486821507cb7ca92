//! The outbox as people look at it: what waits, what went, what could not, and what each mail says.

use std::collections::HashMap;

use domain::{
    field::Fields,
    ids::{MemberId, ProgrammeId},
    member::Member,
    names,
};
use mail::{
    Rendered,
    smtp::{Security, Undelivered},
};
use serde::Serialize;
use store::{Mail, Programme, outbox::MailFilter};
use uuid::Uuid;

use crate::{
    Actor, Deed, Engine, EngineError, EngineResult, Refusal,
    deliver::recipient,
    key::{Derived, purpose},
    post::{MailServer, Post, Standstill},
};

mod mask;

/// A mail of the outbox, for commands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MailView {
    /// Its number.
    pub id: Uuid,
    /// What kind of mail.
    pub kind: String,
    /// The employee ID of the member it is about, if there is one.
    pub employee_id: Option<String>,
    /// Where it goes, or went; none for a letter.
    pub recipient: Option<String>,
    /// `pending`, `sent`, `cancelled`, `to-print` or `failed`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i32,
    /// What kept it from going, the last time.
    pub failure: Option<String>,
    /// Whether it may have gone without anybody's knowing: the answer to an attempt was lost.
    pub may_have_gone: bool,
}

/// A mail of the outbox, with whom it is for.
#[derive(Debug, Clone, PartialEq)]
pub struct Posted {
    /// The mail.
    pub row: Mail,
    /// Where it goes, or would go today; none for a letter.
    pub recipient: Option<String>,
    /// The name of the member it is about, if there is one.
    pub name: Option<String>,
}

/// What a mail says.
#[derive(Clone, PartialEq, Eq)]
pub struct Shown {
    /// Subject, text and HTML.
    pub mail: Rendered,
    /// The whole message.
    pub source: String,
    /// The addresses in it, in order.
    pub links: Vec<String>,
    /// Whether what only its reader may know was left out.
    pub is_masked: bool,
}

/// How mails leave at the moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostState {
    /// The mail server's name; none where mails go into the folder.
    pub server: Option<String>,
    /// Why none goes, if none does.
    pub standstill: Option<Standstill>,
}

/// A member's address that a mail server refused for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailRefusal {
    /// When, in microseconds of UTC.
    pub at: i64,
    /// What the server said.
    pub detail: String,
}

impl Engine {
    /// Delivers by a mail server in the place of the folder.
    #[must_use]
    pub fn with_mail_server(mut self, server: MailServer) -> Self {
        self.post = std::sync::Arc::new(Post::by(server));
        self
    }

    /// How mails leave, and whether they do.
    pub async fn post_state(&self) -> PostState {
        let server = self.post.server.as_ref().map(|by| by.server.name());
        PostState { server, standstill: self.post.standstill().await }
    }

    /// Whether the mail server would take mails now, and how the way there is kept from others.
    pub async fn check_post(&self) -> Result<Security, Undelivered> {
        match &self.post.server {
            Some(by) => by.server.check().await.map(|()| by.server.security()),
            None => Ok(Security::None),
        }
    }

    /// Every mail of a programme, the oldest first, for commands.
    pub async fn outbox(&self, programme: &Programme) -> EngineResult<Vec<MailView>> {
        let mails = self.store.outbox(programme.number()).await?;
        let members = self.members_of(programme.number(), &mails).await?;
        let view = |mail: Mail| {
            let member = member_in(&members, &mail);
            MailView {
                id: mail.id,
                employee_id: member.and_then(|member| member.employee_id.clone()),
                recipient: recipient(&mail, member.map(|member| &member.fields)),
                may_have_gone: mail.may_have_gone_at.is_some(),
                kind: mail.kind,
                state: mail.state,
                attempts: mail.attempts,
                failure: mail.failure,
            }
        };
        Ok(mails.into_iter().map(view).collect())
    }

    /// Mails of a programme, the newest first; `before` is the number of the last one seen.
    pub async fn mails(
        &self,
        programme: &Programme,
        wanted: &MailFilter,
        before: Option<Uuid>,
        most: u64,
    ) -> EngineResult<Vec<Posted>> {
        let mails = self.store.mails(programme.number(), wanted, before, most).await?;
        let members = self.members_of(programme.number(), &mails).await?;
        let posted = |row: Mail| {
            let member = member_in(&members, &row).cloned();
            Posted::new(row, member.as_ref())
        };
        Ok(mails.into_iter().map(posted).collect())
    }

    /// One mail of a programme; another programme's is not there.
    pub async fn mail(&self, programme: &Programme, id: Uuid) -> EngineResult<Option<Posted>> {
        let Some(row) = self.store.mail(programme.number(), id).await? else { return Ok(None) };
        let member = self.member_of(programme, &row).await?;
        Ok(Some(Posted::new(row, member.as_ref())))
    }

    /// What a mail says, as it would be written today. Links that are somebody's key are left out, unless mails go into
    /// the folder, where a trial has to find them; and even there one to an administrator is for owners only, who are
    /// `trusted`.
    pub async fn show_mail(&self, programme: &Programme, posted: &Posted, trusted: bool) -> EngineResult<Shown> {
        let mail = &posted.row;
        let member = self.member_of(programme, mail).await?;
        let to = posted.recipient.clone().unwrap_or_default();
        let mut written = self.render(programme, mail, member.as_ref().map(|member| &member.fields), &to).await?;
        let is_theirs = mail.route == "administrator" && !trusted;
        let is_masked = self.post.server.is_some() || is_theirs;
        if is_masked {
            written.text = mask::without_keys(&written.text, self.public_url());
            written.html = mask::without_keys_in_html(&written.html, self.public_url());
        }
        let message = if to.is_empty() { Vec::new() } else { self.in_envelope(programme, mail, &to, &written)? };
        let links = mask::links(&written.text);
        let source = String::from_utf8_lossy(&message).into_owned();
        Ok(Shown { mail: written, source, links, is_masked })
    }

    /// Lets a mail go again that could not: at once, and as if it had never been tried.
    pub async fn try_mail_again(&self, programme: &Programme, id: Uuid, by: &Actor) -> EngineResult<()> {
        let posted = self.known_mail(programme, id).await?;
        if !self.store.try_again(programme.number(), id, self.now()).await? {
            return Err(Refusal::MailNotTried {}.into());
        }
        if let Some(member) = posted.row.member_id {
            self.store.forget_refusal(programme.number(), MemberId(member)).await?;
        }
        self.note(programme.number(), by, Deed::new("mail.tried-again", &posted.row.kind)).await
    }

    /// Keeps a mail from going.
    pub async fn cancel_mail(&self, programme: &Programme, id: Uuid, by: &Actor) -> EngineResult<()> {
        let posted = self.known_mail(programme, id).await?;
        if !self.store.cancel_mail(programme.number(), id).await? {
            return Err(Refusal::MailNotCancelled {}.into());
        }
        self.note(programme.number(), by, Deed::new("mail.cancelled", &posted.row.kind)).await
    }

    async fn known_mail(&self, programme: &Programme, id: Uuid) -> EngineResult<Posted> {
        self.mail(programme, id).await?.ok_or_else(|| EngineError::NotFound {
            what: "There is no such mail.".to_owned(),
            remedy: "Look at the outbox again.".to_owned(),
        })
    }

    /// Which of these members have an address that a mail server refused for good, and no other since.
    pub async fn mail_refusals(
        &self,
        programme: ProgrammeId,
        members: &[Member],
    ) -> EngineResult<HashMap<MemberId, MailRefusal>> {
        let ids: Vec<MemberId> = members.iter().map(|member| member.id).collect();
        let mut refusals: HashMap<Uuid, _> = self
            .store
            .refusals(programme, &ids)
            .await?
            .into_iter()
            .map(|refusal| (refusal.member_id, refusal))
            .collect();
        let mut found = HashMap::new();
        let mut members = members.to_vec();
        self.as_they_chose(programme, &mut members).await?;
        for member in &members {
            let Some(refusal) = refusals.remove(&member.id.0) else { continue };
            let is_theirs =
                |key: &Derived| addresses(&member.fields).any(|address| hash_of(key, address) == refusal.address_hash);
            // The key of the installation may have been changed since.
            if is_theirs(&self.key.derived(purpose::REFUSED_ADDRESS))
                || self.former_keys(purpose::REFUSED_ADDRESS).await?.iter().any(is_theirs)
            {
                found.insert(member.id, MailRefusal { at: refusal.at, detail: refusal.detail });
            }
        }
        Ok(found)
    }

    /// What a refused address is recognised by.
    pub(crate) fn refused_address(&self, address: &str) -> String {
        hash_of(&self.key.derived(purpose::REFUSED_ADDRESS), address)
    }

    async fn members_of(&self, programme: ProgrammeId, mails: &[Mail]) -> EngineResult<HashMap<MemberId, Member>> {
        let ids: Vec<MemberId> = mails.iter().filter_map(|mail| mail.member_id.map(MemberId)).collect();
        let mut members = self.store.members_by_number(programme, &ids).await?;
        self.as_they_chose(programme, &mut members).await?;
        Ok(members.into_iter().map(|member| (member.id, member)).collect())
    }
}

/// What an address is recognised by.
fn hash_of(key: &Derived, address: &str) -> String {
    key.hash(&domain::email::key(address))
}

impl Posted {
    fn new(row: Mail, member: Option<&Member>) -> Self {
        let recipient = recipient(&row, member.map(|member| &member.fields));
        let name = member.map(|member| names::display(&member.fields)).filter(|name| !name.is_empty());
        Self { row, recipient, name }
    }
}

fn member_in<'a>(members: &'a HashMap<MemberId, Member>, mail: &Mail) -> Option<&'a Member> {
    members.get(&MemberId(mail.member_id?))
}

fn addresses(fields: &Fields) -> impl Iterator<Item = &String> {
    use domain::field::Field;
    [Field::Email, Field::PersonalEmail].into_iter().filter_map(|field| fields.get(&field))
}
