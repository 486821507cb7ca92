//! The invitation in somebody's hands: whether it works, and how they come in by it.

use domain::{
    field::{Field, Fields},
    ids::MemberId,
    member::State,
    password::Owner,
};
use store::{Credential, Invitation, Programme, members::Listed};

use super::send::How;
use crate::{
    Engine, EngineResult,
    administrators::{Origin, Token},
    mails::first_name,
    proof::{self, Admission, Flaw, check_password, wrong},
};

/// What counts attempts at codes of letters.
const CODES: &str = "letter code";

/// Whether an invitation works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvitationState {
    /// It does, and this is who is invited.
    Valid(Invited),
    /// A password was set with it.
    Used,
    /// Its days are over; its owner may ask for a new one.
    Expired,
    /// A newer link took its place.
    Replaced,
    /// Its owner has become a leaver: their access is being checked (R37).
    Suspended,
    /// It never did, or its owner's account is closed.
    Unknown,
}

/// Who is invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// How to address them, where it is known.
    pub first_name: Option<String>,
    /// What they sign in with.
    pub email: String,
}

/// An invitation that works, and whose it is.
struct Open {
    invitation: Invitation,
    listed: Listed,
}

impl Engine {
    /// Whether the link of an invitation works.
    pub async fn member_invitation(&self, programme: &Programme, token: &str) -> EngineResult<InvitationState> {
        let invited = |open: Open| {
            let fields = open.listed.member.fields;
            let email = fields.get(&Field::Email).cloned().unwrap_or_default();
            InvitationState::Valid(Invited { first_name: first_name(&fields), email })
        };
        Ok(self.open_invitation(programme, token).await?.map_or_else(|state| state, invited))
    }

    /// The invitation behind a link, or why it does not work.
    async fn open_invitation(&self, programme: &Programme, token: &str) -> EngineResult<Result<Open, InvitationState>> {
        let Some((id, generation)) = self.read_invitation_token(token).await? else {
            return Ok(Err(InvitationState::Unknown));
        };
        let Some(invitation) = self.store.invitation(programme.number(), id).await? else {
            return Ok(Err(InvitationState::Unknown));
        };
        let listed = self.store.member(programme.number(), MemberId(invitation.member_id)).await?;
        let Some(listed) = listed else { return Ok(Err(InvitationState::Unknown)) };
        Ok(match listed.member.state {
            State::Closed => Err(InvitationState::Unknown),
            State::Active => Err(InvitationState::Used),
            _ if invitation.used_at.is_some() => Err(InvitationState::Used),
            State::Leaver => Err(InvitationState::Suspended),
            _ if generation != invitation.generation => Err(InvitationState::Replaced),
            _ if invitation.expires_at <= self.now() => Err(InvitationState::Expired),
            _ => Ok(Open { invitation, listed }),
        })
    }

    /// Comes in by an invitation: keeps the password, makes the member active and signs them in. Errors are of the
    /// fields `password` and `link`.
    pub async fn accept_member_invitation(
        &self,
        programme: &Programme,
        token: &str,
        password: &str,
        origin: &Origin,
    ) -> EngineResult<Token> {
        let open = self.open_invitation(programme, token).await?;
        let Open { invitation, listed } = open.map_err(|state| wrong("link", flaw(&state)))?;
        check_member_password(programme, &listed.member.fields, password)?;
        let credential = Credential {
            programme_id: programme.id,
            member_id: invitation.member_id,
            password_hash: self.hash_password(password).await?,
            totp_secret: None,
            totp_last_step: None,
            created_at: self.now(),
            updated_at: self.now(),
        };
        let (session, signed_in) = self.new_member_session(programme, listed.member.id, false, origin);
        if !self.store.accept_member(&invitation, &credential, &session).await? {
            return Err(proof::lost());
        }
        Ok(signed_in)
    }

    /// Sends a new link for one that has expired or was replaced, to where the member's mails go. Nothing is told,
    /// whatever became of it.
    pub async fn ask_for_invitation(&self, programme: &Programme, token: &str, origin: &Origin) -> EngineResult<()> {
        let Some((id, _)) = self.read_invitation_token(token).await? else { return Ok(()) };
        let state = self.member_invitation(programme, token).await?;
        if !matches!(state, InvitationState::Expired | InvitationState::Replaced)
            || !matches!(self.attempt("ask for an invitation", &id.to_string(), origin).await?, Admission::Go(_))
        {
            return Ok(());
        }
        let Some(invitation) = self.store.invitation(programme.number(), id).await? else { return Ok(()) };
        let Some(listed) = self.store.member(programme.number(), MemberId(invitation.member_id)).await? else {
            return Ok(());
        };
        self.send_open_invitation(programme, &listed.member, How::Asked).await?;
        Ok(())
    }

    /// The token of the invitation whose letter has this code, or how many seconds to wait after too many that
    /// were wrong. What has been used or has expired gives its token too: its page says so.
    pub async fn redeem_code(
        &self,
        programme: &Programme,
        code: &str,
        origin: &Origin,
    ) -> EngineResult<Result<String, Option<u64>>> {
        // A code belongs to no account before it is known: those of one network address are counted together.
        let account = format!("{} {}", programme.id, origin.address.as_deref().unwrap_or_default());
        let attempt = match self.attempt(CODES, &account, origin).await? {
            Admission::Wait(seconds) => return Ok(Err(Some(seconds))),
            Admission::Go(attempt) => attempt,
        };
        let mut found = None;
        for hash in self.letter_keys().await?.hashes_of(programme.id, code) {
            if found.is_none() {
                found = self.store.invitation_by_code(programme.number(), &hash).await?;
            }
        }
        let Some(invitation) = found else { return Ok(Err(None)) };
        self.attempt_succeeded(&attempt).await?;
        Ok(Ok(self.invitation_token(&invitation)))
    }
}

/// Whether a password is good enough for a member with these values.
pub(super) fn check_member_password(programme: &Programme, fields: &Fields, password: &str) -> EngineResult<()> {
    let of = |field| fields.get(&field).map(String::as_str).unwrap_or_default();
    let name = [Field::FirstName, Field::PreferredName, Field::LastName].map(of).join(" ");
    let owner = Owner { email: of(Field::Email), name: &name, programmes: &[&programme.name, &programme.slug] };
    check_password(password, &owner).map_err(|flaw| wrong("password", flaw))
}

fn flaw(state: &InvitationState) -> Flaw {
    match state {
        InvitationState::Used => Flaw::LinkUsed,
        InvitationState::Expired => Flaw::LinkExpired,
        InvitationState::Replaced => Flaw::LinkReplaced,
        InvitationState::Suspended => Flaw::LinkSuspended,
        InvitationState::Unknown | InvitationState::Valid(_) => Flaw::LinkUnknown,
    }
}
