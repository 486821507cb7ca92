//! What members choose for themselves: the language of their mails, and a personal address for when they can no
//! longer read their mailbox at work (R62).
//!
//! A personal address lets its reader choose a new password once the member is a leaver. So it counts only when
//! somebody who knows the password entered it, and somebody who is signed in followed the link that went there; the
//! account's own address, and the one before it, are told.

use domain::{
    email,
    field::Fields,
    ids::{MemberId, ProgrammeId},
    language::Language,
    member::Member,
};
use mail::{Kind, Rendered, context};
use serde::Serialize;
use store::{Mail, MemberChoices, Programme, site::choices::Asked};

use super::{SignedMember, sign_in::account};
use crate::{
    Actor, ActorKind, Deed, Engine, EngineResult,
    administrators::{LinkState, Origin},
    deliver::FORMER,
    key::purpose,
    mails::{first_name, language_for, local, look},
    proof::{self, Admission, Flaw, recognised, wrong},
};

/// How long a link that confirms an address works, in microseconds.
const VALID: i64 = 24 * 3_600 * 1_000_000;

/// The longest address: as long as the field may be.
const LONGEST: usize = 100;

/// Where mails about somebody's access go, by their own word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnAddress {
    /// The address.
    pub email: String,
    /// Since when it is known to be theirs, in microseconds of UTC; none while the link to it is not followed.
    pub confirmed_at: Option<i64>,
}

impl SignedMember {
    /// The personal address that they confirmed, if they did.
    pub fn own_address(&self) -> Option<&str> {
        self.choices.as_ref()?.personal_email.as_deref()
    }

    /// The address that they have entered and not confirmed yet.
    pub fn asked_address(&self) -> Option<&str> {
        self.choices.as_ref()?.asked_email.as_deref()
    }

    /// The language that they chose, if they did.
    pub fn language(&self) -> Option<&str> {
        self.choices.as_ref()?.language.as_deref()
    }

    /// They, as somebody who does something.
    pub(super) fn actor(&self, origin: &Origin) -> Actor {
        let name = domain::names::display(&self.listed.member.fields);
        let name = if name.is_empty() { self.email().to_owned() } else { name };
        Actor { kind: ActorKind::Member, name, address: origin.address.clone() }
    }
}

impl Engine {
    /// Keeps the language that a member chose, for pages and for mails; what a source says of it stays (R17).
    pub async fn choose_language(
        &self,
        signed: &SignedMember,
        language: Language,
        origin: &Origin,
    ) -> EngineResult<()> {
        let (programme, member) = (signed.programme.number(), signed.number());
        if !self.store.choose_language(programme, member, language.as_str(), self.now()).await? {
            return Ok(());
        }
        let of = |tag: &str| serde_json::json!({ "language": tag });
        let before = signed.language().map(of);
        let (subject, after) = (member.to_string(), Some(of(language.as_str())));
        let deed = Deed { action: "member.language-chosen", subject: &subject, before, after };
        self.note(programme, &signed.actor(origin), deed).await
    }

    /// Sends a link to a personal address, for a member who knows their password; it counts once the link was
    /// followed. Errors are of the fields `own_email` and `email_proof`.
    pub async fn ask_for_own_address(
        &self,
        signed: &SignedMember,
        address: &str,
        password: &str,
        origin: &Origin,
    ) -> EngineResult<()> {
        let address = address.trim();
        if address.is_empty() {
            return Err(wrong("own_email", Flaw::Missing));
        }
        if address.chars().count() > LONGEST {
            return Err(wrong("own_email", Flaw::TooLong));
        }
        if !email::is_valid(address) {
            return Err(wrong("own_email", Flaw::EmailInvalid));
        }
        if email::key(address) == email::key(signed.email()) {
            return Err(wrong("own_email", Flaw::SameAddress));
        }
        self.require_member_password(signed, "email_proof", password, origin).await?;
        // Each link is a mail to somebody who may not want it: there are not many of them.
        let key = account(&signed.programme, &signed.number().to_string());
        if let Admission::Wait(_) = self.attempt("personal address", &key, &Origin::default()).await? {
            return Err(wrong("own_email", Flaw::TooManyAttempts));
        }
        let (programme, member) = (signed.programme.number(), signed.number());
        let mail = self.member_mail(programme.0, Kind::ConfirmAddress.name(), member, "unconfirmed");
        let mail = Mail { recipient: Some(address.to_owned()), ..mail };
        let asked = Asked {
            programme,
            member,
            email: address.to_owned(),
            hash: recognised(&self.key.derived(purpose::CONFIRM_ADDRESS).token(mail.id)),
            until: self.now() + VALID,
            now: self.now(),
        };
        self.store.ask_for_address(&asked, &mail).await?;
        self.note_address(signed, "member.address-entered", origin).await
    }

    /// What the link in a mail ends with: the same at every attempt (R50), also when the key of the installation
    /// was changed since the link was made.
    async fn address_token(&self, programme: ProgrammeId, mail: &Mail) -> EngineResult<String> {
        let token = self.key.derived(purpose::CONFIRM_ADDRESS).token(mail.id);
        let Some(member) = mail.member_id.map(MemberId) else { return Ok(token) };
        let asked = self.store.choices(programme, member).await?.and_then(|choices| choices.asked_hash);
        if asked.is_some() && asked != Some(recognised(&token)) {
            for former in self.former_keys(purpose::CONFIRM_ADDRESS).await? {
                let made = former.token(mail.id);
                if asked == Some(recognised(&made)) {
                    return Ok(made);
                }
            }
        }
        Ok(token)
    }

    /// Whether a link that confirms an address works for whoever is signed in, and the address.
    pub async fn own_address_state(&self, signed: &SignedMember, token: &str) -> EngineResult<LinkState<String>> {
        let choices = self.store.choices(signed.programme.number(), signed.number()).await?;
        let Some(choices) = choices.filter(|choices| choices.asked_hash == Some(recognised(token))) else {
            return Ok(LinkState::Unknown);
        };
        Ok(match (choices.asked_email, choices.asked_until) {
            (Some(email), Some(until)) if until > self.now() => LinkState::Valid(email),
            _ => LinkState::Expired,
        })
    }

    /// Confirms the personal address that a link went to: from now on mails about their access go there (R62).
    pub async fn confirm_own_address(&self, signed: &SignedMember, token: &str, origin: &Origin) -> EngineResult<()> {
        self.own_address_state(signed, token).await?.valid()?;
        let (programme, member) = (signed.programme.number(), signed.number());
        let mails = self.told_of_address(signed).await?;
        if !self.store.confirm_address(programme, member, &recognised(token), &mails, self.now()).await? {
            return Err(proof::lost());
        }
        self.note_address(signed, "member.address-confirmed", origin).await
    }

    /// Takes a member's personal address away: mails go by what is known otherwise.
    pub async fn remove_own_address(&self, signed: &SignedMember, origin: &Origin) -> EngineResult<()> {
        let (programme, member) = (signed.programme.number(), signed.number());
        // An address that never counted is nobody's business.
        let mails = if signed.own_address().is_some() { self.told_of_address(signed).await? } else { Vec::new() };
        if !self.store.remove_address(programme, member, &mails, self.now()).await? {
            return Ok(());
        }
        self.note_address(signed, "member.address-removed", origin).await
    }

    /// What a member has entered and confirmed, for administrators who are asked where mails go.
    pub async fn own_address_of(&self, programme: ProgrammeId, member: MemberId) -> EngineResult<Option<OwnAddress>> {
        let choices = self.store.choices(programme, member).await?;
        Ok(choices.and_then(|choices| {
            Some(OwnAddress { email: choices.personal_email?, confirmed_at: choices.confirmed_at })
        }))
    }

    /// The log says what was done; the address itself is nobody's at work.
    async fn note_address(&self, signed: &SignedMember, action: &str, origin: &Origin) -> EngineResult<()> {
        let subject = signed.number().to_string();
        self.note(signed.programme.number(), &signed.actor(origin), Deed::new(action, &subject)).await
    }

    /// Mails that tell of a change: to the account's address, if somebody reads it, and to the personal one of before.
    async fn told_of_address(&self, signed: &SignedMember) -> EngineResult<Vec<Mail>> {
        let (programme, member) = (&signed.programme, signed.number());
        let to = |route: &str| self.member_mail(programme.id, Kind::AddressChanged.name(), member, route);
        let no_mailbox = self.no_mailbox_domains(programme).await?;
        let is_read = !no_mailbox.contains(&email::domain(signed.email()));
        let account = is_read.then(|| to("account"));
        let before = signed.own_address().map(|before| Mail { recipient: Some(before.to_owned()), ..to(FORMER) });
        Ok(account.into_iter().chain(before).collect())
    }

    /// The mail with the link.
    pub(crate) async fn confirm_address_mail(
        &self,
        programme: &Programme,
        mail: &Mail,
        fields: Option<&Fields>,
    ) -> EngineResult<Rendered> {
        let nothing = Fields::new();
        let fields = fields.unwrap_or(&nothing);
        let language = language_for(programme, fields);
        let token = self.address_token(programme.number(), mail).await?;
        let context = context::ConfirmAddress {
            programme: look(programme),
            first_name: first_name(fields),
            until: language.moment(&local(programme, mail.created_at + VALID)),
            link: format!("{}/{}/account/email/{}", self.public_url(), programme.slug, token),
        };
        self.worded(programme, Kind::ConfirmAddress, language, &context).await
    }

    /// The mail that tells of a change.
    pub(crate) async fn address_changed_mail(
        &self,
        programme: &Programme,
        fields: Option<&Fields>,
    ) -> EngineResult<Rendered> {
        let nothing = Fields::new();
        let fields = fields.unwrap_or(&nothing);
        let link = format!("{}/{}/account", self.public_url(), programme.slug);
        let context = context::AddressChanged { programme: look(programme), first_name: first_name(fields), link };
        self.worded(programme, Kind::AddressChanged, language_for(programme, fields), &context).await
    }

    /// Lets mails to these members go by what they chose: its language, and the address that they confirmed, which
    /// stands before the mapped one. They have shown that they read it; of the mapped one nobody knows.
    pub(crate) async fn as_they_chose<'a>(
        &self,
        programme: ProgrammeId,
        members: impl IntoIterator<Item = &'a mut Member>,
    ) -> EngineResult<()> {
        let members: Vec<&mut Member> = members.into_iter().collect();
        let ids: Vec<MemberId> = members.iter().map(|member| member.id).collect();
        let choices = self.store.choices_of(programme, &ids).await?;
        for member in members {
            if let Some(choices) = choices.get(&member.id) {
                MemberChoices::over(choices, &mut member.fields);
            }
        }
        Ok(())
    }
}
