//! Delivery: mails of the outbox become messages, and go into the folder or to a mail server.
//!
//! Delivery is at least once (R50): a crash between handing a message over and noting it, or an answer of the server
//! that was lost, makes the same message once more, under the same `Message-ID`.

use domain::{
    field::{Field, Fields},
    ids::MemberId,
    member::Member,
};
use futures::{StreamExt, TryStreamExt, stream};
use mail::{Envelope, Kind, Rendered, Sender, message, smtp::Undelivered};
use store::{Mail, Programme, Refusal, outbox::Obstacle, work::Lease};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::{
    Engine, EngineError, EngineResult,
    halt::Halt,
    post::{Letter, next_attempt},
};

/// How the route of a mail begins that keeps its address; the member's language follows.
pub(crate) const KEPT: &str = "kept:";

/// The route of a mail to an address that a member no longer has; it is kept in the row.
pub(crate) const FORMER: &str = "former";

/// How many mails of a programme are fetched at once.
const AT_ONCE: usize = 200;

/// How many mails are under way at once, whichever programmes they are of; and how many programmes have their turn.
const UNDER_WAY: usize = 4;

/// What came of one mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// It went.
    Sent,
    /// It did not, and is tried again later or not at all.
    Kept,
    /// It cannot go at the moment, and neither can any other.
    Waits,
}

/// A round: each programme that has mails has its turn.
struct Round<'a> {
    halt: &'a Halt,
    /// Places for mails that are under way. Whoever waits for one gets it in turn, so that a programme with many mails
    /// has no more of them than others.
    places: Semaphore,
}

impl Engine {
    /// Delivers what is due in every programme; tells how many mails went. A programme whose mails
    /// cannot be looked at keeps no other waiting: its error comes back after all have had their turn.
    pub async fn deliver(&self) -> EngineResult<usize> {
        self.deliver_until(&Halt::never()).await
    }

    /// The same, no longer than until the process is to stop.
    pub(crate) async fn deliver_until(&self, halt: &Halt) -> EngineResult<usize> {
        if self.is_held().await? {
            return Ok(0);
        }
        let outcome = self.deliver_in_rounds(halt).await;
        self.post.rest().await;
        outcome
    }

    /// While a programme has more mails than it may send in one turn, there is another look after each round: half a
    /// million invitations of one hold up no other, not even one whose mails come later.
    async fn deliver_in_rounds(&self, halt: &Halt) -> EngineResult<usize> {
        let mut delivered = 0;
        let mut failed = Ok(());
        loop {
            let round = Round { halt, places: Semaphore::new(UNDER_WAY) };
            let waiting = self.store.programmes_with_mails(self.now()).await?;
            let turns = stream::iter(waiting).map(|programme| self.deliver_programme(programme, &round));
            let turns: Vec<EngineResult<(usize, bool)>> = turns.buffer_unordered(UNDER_WAY).collect().await;
            let mut is_last = true;
            for turn in turns {
                match turn {
                    Ok((went, more)) => {
                        delivered += went;
                        is_last &= !more;
                    }
                    Err(error) => failed = failed.and(Err(error)),
                }
            }
            if is_last {
                return failed.map(|()| delivered);
            }
        }
    }

    /// Whether the process is to stop, or nothing goes at the moment.
    async fn is_over(&self, round: &Round<'_>) -> bool {
        round.halt.is_asked() || self.post.stands_still(self.now()).await
    }

    /// One process at a time delivers a programme's mails, so that none goes twice.
    async fn deliver_programme(&self, programme: Programme, round: &Round<'_>) -> EngineResult<(usize, bool)> {
        if self.is_over(round).await {
            return Ok((0, false));
        }
        let lease = self.store.claim_work(programme.number(), "delivery", self.new_id()).await?;
        let Some(lease) = lease else { return Ok((0, false)) };
        self.while_leased(&lease, self.deliver_due(&programme, &lease, round)).await
    }

    /// A programme's turn; tells how many mails went, and whether there may be more. What comes in meanwhile is found by
    /// the next look.
    async fn deliver_due(
        &self,
        programme: &Programme,
        lease: &Lease,
        round: &Round<'_>,
    ) -> EngineResult<(usize, bool)> {
        let mails = self.store.due_mails(programme.number(), self.now(), AT_ONCE as u64).await?;
        let is_all = mails.len() < AT_ONCE;
        let under_way = stream::iter(mails).map(|mail| self.deliver_in_turn(programme, lease, mail, round));
        let outcomes: Vec<Outcome> = under_way.buffer_unordered(UNDER_WAY).try_collect().await?;
        let of = |wanted| outcomes.iter().filter(|outcome| **outcome == wanted).count();
        let (sent, kept) = (of(Outcome::Sent), of(Outcome::Kept));
        if sent + kept > 0 {
            tracing::info!(programme = programme.slug, sent, kept, "mails were handed over");
        }
        Ok((sent, !is_all && of(Outcome::Waits) == 0))
    }

    /// Delivers a mail once there is a place for it.
    async fn deliver_in_turn(
        &self,
        programme: &Programme,
        lease: &Lease,
        mail: Mail,
        round: &Round<'_>,
    ) -> EngineResult<Outcome> {
        let Ok(_place) = round.places.acquire().await else { return Ok(Outcome::Waits) };
        // Others went before it, which may have taken a while: what happened meanwhile counts.
        if self.is_over(round).await {
            return Ok(Outcome::Waits);
        }
        self.deliver_one(programme, lease, mail).await
    }

    async fn deliver_one(&self, programme: &Programme, lease: &Lease, mail: Mail) -> EngineResult<Outcome> {
        let member = self.member_of(programme, &mail).await?;
        let letter = match self.compose(programme, &mail, member.as_ref()).await {
            Ok(letter) => letter,
            Err(error @ EngineError::Store(_)) => return Err(error),
            // What it was about is no longer there.
            Err(EngineError::NotFound { .. }) => {
                self.store.cancel_mail(programme.number(), mail.id).await?;
                return Ok(Outcome::Kept);
            }
            Err(error) => {
                self.meters.mail("not-written");
                self.keep(
                    &mail,
                    Obstacle { code: "not-written", detail: &error.to_string(), is_doubtful: false },
                    false,
                )
                .await?;
                return Ok(Outcome::Kept);
            }
        };
        if !self.post.has_room(&self.store, self.now()).await? {
            return Ok(Outcome::Waits);
        }
        if !self.store.begin_attempt(lease, &mail, self.now()).await? {
            return Ok(Outcome::Kept);
        }
        let to = letter.to.clone();
        match self.post.hand_over(&self.settings, letter).await {
            Ok(()) => {
                self.post.goes().await;
                self.meters.mail("sent");
                self.store.note_sent(&mail, self.now()).await?;
                if let Some(member) = mail.member_id {
                    self.store.forget_refusal(programme.number(), MemberId(member)).await?;
                }
                Ok(Outcome::Sent)
            }
            Err(why) if why.is_about_the_server() => {
                self.meters.mail(why.code());
                self.post.stop(&why, self.now()).await;
                self.store.end_attempt(&mail).await?;
                Ok(Outcome::Waits)
            }
            Err(why) => {
                self.meters.mail(why.code());
                self.post.goes().await;
                let (detail, is_doubtful) = (why.detail(), matches!(why, Undelivered::Unanswered(_)));
                self.keep(&mail, Obstacle { code: why.code(), detail: &detail, is_doubtful }, why.is_final()).await?;
                if let (Undelivered::Refused(reply), Some(member)) = (&why, mail.member_id) {
                    let refusal = Refusal {
                        programme_id: mail.programme_id,
                        member_id: member,
                        address_hash: self.refused_address(&to),
                        detail: reply.to_string(),
                        at: self.now(),
                    };
                    self.store.note_refusal(&refusal).await?;
                }
                Ok(Outcome::Kept)
            }
        }
    }

    /// Notes what kept a mail from going.
    async fn keep(&self, mail: &Mail, obstacle: Obstacle<'_>, is_final: bool) -> EngineResult<()> {
        let attempts = u32::try_from(mail.attempts).unwrap_or_default();
        let again = if is_final { None } else { next_attempt(attempts, self.now()) };
        Ok(self.store.note_obstacle(mail, obstacle, again).await?)
    }

    /// The member that a mail is about, as they are now, with the values that their mails go by.
    pub(crate) async fn member_of(&self, programme: &Programme, mail: &Mail) -> EngineResult<Option<Member>> {
        let Some(id) = mail.member_id else { return Ok(None) };
        let mut members = self.store.members_by_number(programme.number(), &[MemberId(id)]).await?;
        self.as_they_chose(programme.number(), &mut members).await?;
        Ok(members.pop())
    }

    /// The message, and where it goes.
    pub(crate) async fn compose(
        &self,
        programme: &Programme,
        mail: &Mail,
        member: Option<&Member>,
    ) -> EngineResult<Letter> {
        let fields = member.map(|member| &member.fields);
        let Some(to) = recipient(mail, fields) else {
            return Err(mail_failure("the member has no address to send this to"));
        };
        let rendered = self.render(programme, mail, fields, &to).await?;
        let from = self.sender_address();
        let message = self.in_envelope(programme, mail, &to, &rendered)?;
        Ok(Letter { id: mail.id, from, to, message })
    }

    /// A mail as a message.
    pub(crate) fn in_envelope(
        &self,
        programme: &Programme,
        mail: &Mail,
        to: &str,
        rendered: &Rendered,
    ) -> EngineResult<Vec<u8>> {
        let settings = self.programme_settings(programme)?;
        let set = |text: String| Some(text).filter(|text| !text.is_empty());
        let name = set(settings.sender_name).unwrap_or_else(|| programme.name.clone());
        let from = Sender { name, address: self.sender_address() };
        let envelope = Envelope { id: mail.id, to: to.to_owned(), from, reply_to: set(settings.reply_to) };
        Ok(message(&envelope, rendered, self.world.now())?)
    }

    /// What the mail says.
    pub(crate) async fn render(
        &self,
        programme: &Programme,
        mail: &Mail,
        fields: Option<&Fields>,
        to: &str,
    ) -> EngineResult<Rendered> {
        if let Some(language) = Self::example_language(mail) {
            return self.example(programme, mail.kind.parse()?, language).await;
        }
        match (mail.kind.parse()?, mail.import_id) {
            (kind @ (Kind::Welcome | Kind::Reminder), _) => self.invitation_mail(programme, mail, kind, fields).await,
            (Kind::MemberReset, _) => self.member_reset_mail(programme, mail, fields).await,
            (Kind::ConfirmAddress, _) => self.confirm_address_mail(programme, mail, fields).await,
            (Kind::AddressChanged, _) => self.address_changed_mail(programme, fields).await,
            (kind @ (Kind::LeaverNotice | Kind::LeaverReminder), _) => {
                self.leaver_letter(programme, mail, kind, fields).await
            }
            (Kind::Closed, _) => self.closed_letter(programme, mail).await,
            (Kind::Reopened, _) => self.reopened_letter(programme, fields).await,
            (Kind::AdministratorInvitation, _) => {
                self.administrator_invitation(programme, mail, to, self.link_in(mail).await?).await
            }
            (Kind::AdministratorReset, _) => {
                self.administrator_reset(programme, mail, to, self.link_in(mail).await?).await
            }
            (Kind::OwnerLeft, _) => self.owner_left_mail(programme, to).await,
            (Kind::SecondFactorReset, _) => self.second_factor_reset(programme, mail, to).await,
            (kind, Some(import)) => {
                let import = self.import_of(programme.number(), domain::ids::ImportId(import)).await?;
                self.about_import(programme, &import, kind, to).await
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
            attempts: 0,
            failure_code: None,
            may_have_gone_at: None,
        }
    }

    /// A mail to a member, due at once; `route` is `account` or `personal`.
    pub(crate) fn member_mail(&self, programme: Uuid, kind: &str, member: MemberId, route: &str) -> Mail {
        Mail {
            member_id: Some(member.0),
            route: route.to_owned(),
            recipient: None,
            ..self.mail_to_administrator(programme, kind, None, "")
        }
    }

    /// The address that mails come from: the mail server's setting, else one of the portal's own host.
    fn sender_address(&self) -> String {
        if let Some(by) = &self.post.server {
            return by.sender.clone();
        }
        let host = self.settings.public_url.split("://").last().unwrap_or_default();
        let host = host.split(['/', ':']).next().unwrap_or_default();
        format!("no-reply@{}", if host.contains('.') && !host.starts_with("127.") { host } else { "rollcall.example" })
    }
}

/// Where a mail goes: an administrator's address stands in the row, a member's is looked up when
/// it goes, so that a moved address is never missed.
pub(crate) fn recipient(mail: &Mail, fields: Option<&Fields>) -> Option<String> {
    match mail.route.as_str() {
        "account" => fields?.get(&Field::Email).cloned(),
        "personal" => fields?.get(&Field::PersonalEmail).or(fields?.get(&Field::Email)).cloned(),
        "letter" => None,
        _ => mail.recipient.clone(),
    }
}

fn mail_failure(why: &str) -> EngineError {
    EngineError::Broken(why.to_owned())
}

/// Somebody took it back after the mail was put into the outbox.
pub(crate) fn withdrawn() -> EngineError {
    EngineError::NotFound { what: "The invitation was withdrawn.".to_owned(), remedy: String::new() }
}

/// What a mail calls for is done already.
pub(crate) fn settled() -> EngineError {
    EngineError::NotFound { what: "What the mail is about was settled meanwhile.".to_owned(), remedy: String::new() }
}
