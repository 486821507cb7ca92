//! Delivery: mails of the outbox become messages. For now each is a file in a folder.
//!
//! Delivery is at least once (R50): a crash between writing a message and noting it makes the same
//! message once more, under the same `Message-ID`.

use std::collections::HashMap;

use domain::{
    field::{Field, Fields},
    ids::MemberId,
};
use mail::{Envelope, Kind, Rendered, Sender, folder, message};
use serde::Serialize;
use store::{Mail, Programme};
use uuid::Uuid;

use crate::{Engine, EngineResult, mails};

/// How many mails are fetched at once.
const AT_ONCE: u64 = 200;

/// A mail of the outbox, for people.
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
}

impl Engine {
    /// The outbox of a programme, the oldest mail first.
    pub async fn outbox(&self, programme: &Programme) -> EngineResult<Vec<MailView>> {
        let mails = self.store.outbox(programme.number()).await?;
        let members = self.members_of(programme, &mails).await?;
        let view = |mail: Mail| {
            let member = mail.member_id.and_then(|id| members.get(&MemberId(id)));
            MailView {
                id: mail.id,
                employee_id: member.and_then(|(employee_id, _)| employee_id.clone()),
                recipient: recipient(&mail, member.map(|(_, fields)| fields)),
                kind: mail.kind,
                state: mail.state,
            }
        };
        Ok(mails.into_iter().map(view).collect())
    }

    /// Delivers what is due in every programme; tells how many mails went. A programme whose mails
    /// cannot be looked at keeps no other waiting: its error comes back after all have had their turn.
    pub async fn deliver(&self) -> EngineResult<usize> {
        let mut delivered = 0;
        let mut failed = Ok(());
        for programme in self.store.programmes().await? {
            match self.deliver_programme(&programme).await {
                Ok(went) => delivered += went,
                Err(error) => failed = failed.and(Err(error)),
            }
        }
        failed.map(|()| delivered)
    }

    /// One process at a time delivers a programme's mails, so that none goes twice.
    async fn deliver_programme(&self, programme: &Programme) -> EngineResult<usize> {
        let lease = self.store.claim_work(programme.number(), "delivery", self.new_id()).await?;
        let Some(lease) = lease else { return Ok(0) };
        self.while_leased(&lease, self.deliver_due(programme)).await
    }

    async fn deliver_due(&self, programme: &Programme) -> EngineResult<usize> {
        let mut delivered = 0;
        loop {
            let mails = self.store.due_mails(programme.number(), self.now(), AT_ONCE).await?;
            let members = self.members_of(programme, &mails).await?;
            let mut progress = false;
            for mail in &mails {
                let member = mail.member_id.and_then(|id| members.get(&MemberId(id)));
                let outcome = self.deliver_one(programme, mail, member.map(|(_, fields)| fields)).await;
                let failure = outcome.err().map(|error| error.to_string());
                progress |= failure.is_none();
                delivered += usize::from(failure.is_none());
                self.store.note_delivery(mail, self.now(), failure.as_deref()).await?;
            }
            if !progress {
                return Ok(delivered);
            }
        }
    }

    async fn members_of(
        &self,
        programme: &Programme,
        mails: &[Mail],
    ) -> EngineResult<HashMap<MemberId, (Option<String>, Fields)>> {
        let ids: Vec<MemberId> = mails.iter().filter_map(|mail| mail.member_id.map(MemberId)).collect();
        let members = self.store.members_by_number(programme.number(), &ids).await?;
        Ok(members.into_iter().map(|member| (member.id, (member.employee_id, member.fields))).collect())
    }

    async fn deliver_one(&self, programme: &Programme, mail: &Mail, fields: Option<&Fields>) -> EngineResult<()> {
        let Some(to) = recipient(mail, fields) else {
            return Err(mail_failure("the member has no address to send this to"));
        };
        let rendered = self.render(programme, mail, fields, &to).await?;
        let settings = self.programme_settings(programme)?;
        let set = |text: String| Some(text).filter(|text| !text.is_empty());
        let name = set(settings.sender_name).unwrap_or_else(|| programme.name.clone());
        let from = Sender { name, address: self.sender() };
        let envelope = Envelope { id: mail.id, to, from, reply_to: set(settings.reply_to) };
        let bytes = message(&envelope, &rendered, self.world.now())?;
        folder::deliver(&self.settings.mail_directory, mail.id, bytes).await?;
        Ok(())
    }

    /// What the mail says.
    async fn render(
        &self,
        programme: &Programme,
        mail: &Mail,
        fields: Option<&Fields>,
        to: &str,
    ) -> EngineResult<Rendered> {
        match (mail.kind.parse()?, mail.import_id) {
            (Kind::Welcome, _) => mails::welcome(programme, fields, self.invitation(programme, mail)),
            (Kind::AdministratorInvitation, _) => {
                let invited = self.invited(programme, to).await?;
                let (name, invited_by) = invited.ok_or_else(|| mail_failure("the invitation was withdrawn"))?;
                mails::administrator_invitation(programme, mail, name, invited_by, self.link_in(mail))
            }
            (Kind::AdministratorReset, _) => mails::administrator_reset(programme, mail, self.link_in(mail)),
            (kind, Some(import)) => {
                let import = self.import_by_number(domain::ids::ImportId(import)).await?;
                mails::about_import(programme, &import, kind)
            }
            (_, None) => Err(mail_failure("the mail does not say which import it is about")),
        }
    }

    /// A mail to an administrator, due at once.
    pub(crate) fn mail_to_administrator(&self, programme: Uuid, kind: &str, import: Option<Uuid>, to: &str) -> Mail {
        Mail {
            programme_id: programme,
            id: self.new_id(),
            kind: kind.to_owned(),
            member_id: None,
            import_id: import,
            route: "administrator".to_owned(),
            recipient: Some(to.to_owned()),
            state: "pending".to_owned(),
            due_at: self.now(),
            created_at: self.now(),
            sent_at: None,
            failure: None,
        }
    }

    /// The link that only this mail's reader knows. It is the same at every attempt (R50).
    fn invitation(&self, programme: &Programme, mail: &Mail) -> String {
        let token = self.key.token("invitation", mail.id);
        format!("{}/{}/welcome/{token}", self.settings.public_url, programme.slug)
    }

    /// Whom mails come from.
    fn sender(&self) -> String {
        let host = self.settings.public_url.split("://").last().unwrap_or_default();
        let host = host.split(['/', ':']).next().unwrap_or_default();
        format!("no-reply@{}", if host.contains('.') && !host.starts_with("127.") { host } else { "rollcall.example" })
    }
}

/// Where a mail goes: an administrator's address stands in the row, a member's is looked up when
/// it goes, so that a moved address is never missed.
fn recipient(mail: &Mail, fields: Option<&Fields>) -> Option<String> {
    match mail.route.as_str() {
        "administrator" => mail.recipient.clone(),
        "account" => fields?.get(&Field::Email).cloned(),
        "personal" => fields?.get(&Field::PersonalEmail).or(fields?.get(&Field::Email)).cloned(),
        _ => None,
    }
}

fn mail_failure(why: &str) -> crate::EngineError {
    crate::EngineError::Broken(why.to_owned())
}
