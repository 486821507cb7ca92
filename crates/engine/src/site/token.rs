//! The link of an invitation, and the code of a printed letter: keyed hashes of its number and generation. A retry
//! makes the same ones, and nobody who has the database can (R50).

use store::{Invitation, Programme};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::{
    Engine, EngineResult,
    key::{Derived, purpose},
    proof::{letters, plain_code},
};

/// How many hexadecimal digits of the hash a link carries.
const DIGITS: usize = 40;

/// How many letters and digits a code has, four in a group.
const CODE: usize = 12;
const GROUP: usize = 4;

impl Engine {
    /// Where an invitation leads.
    pub(crate) fn invitation_link(&self, programme: &Programme, invitation: &Invitation) -> String {
        format!("{}/{}/welcome/{}", self.settings.public_url, programme.slug, self.invitation_token(invitation))
    }

    /// What the link of an invitation ends with: its number, its generation, and what only we can make of them.
    pub(super) fn invitation_token(&self, invitation: &Invitation) -> String {
        let Invitation { id, generation, .. } = invitation;
        format!("{}-{generation}-{}", id.simple(), signature(&self.key.derived(purpose::INVITATION), *id, *generation))
    }

    /// The number and generation that a link names, if we made it: with the present key, or with one before it.
    pub(super) async fn read_invitation_token(&self, token: &str) -> EngineResult<Option<(Uuid, i32)>> {
        let Some((id, generation, signed)) = parts(token) else { return Ok(None) };
        let is_ours = |key: &Derived| bool::from(signed.as_bytes().ct_eq(signature(key, id, generation).as_bytes()));
        let ours = is_ours(&self.key.derived(purpose::INVITATION))
            || self.former_keys(purpose::INVITATION).await?.iter().any(is_ours);
        Ok(ours.then_some((id, generation)))
    }

    /// The keys of letters' codes: the present one, then those before it.
    pub(super) async fn letter_keys(&self) -> EngineResult<LetterKeys> {
        let mut codes = vec![self.key.derived(purpose::LETTER)];
        codes.extend(self.former_keys(purpose::LETTER).await?);
        let mut hashes = vec![self.key.derived(purpose::LETTER_CODE)];
        hashes.extend(self.former_keys(purpose::LETTER_CODE).await?);
        Ok(LetterKeys { codes, hashes })
    }
}

/// What codes in letters are made of and recognised by. There is a present key of each.
pub(super) struct LetterKeys {
    codes: Vec<Derived>,
    hashes: Vec<Derived>,
}

impl LetterKeys {
    /// A new code for this invitation, and what it is recognised by.
    pub(super) fn fresh(&self, invitation: &Invitation) -> (String, String) {
        let code = letter_code(&self.codes[0], invitation);
        let hash = self.hashes[0].hash(&code_of(invitation.programme_id, &code));
        (code, hash)
    }

    /// The code that was printed for this invitation, whichever key made it.
    pub(super) fn known(&self, invitation: &Invitation) -> String {
        let codes = self.codes.iter().map(|key| letter_code(key, invitation));
        let printed = |code: &String| {
            self.hashes_of(invitation.programme_id, code).any(|hash| Some(hash) == invitation.code_hash)
        };
        codes.into_iter().find(printed).unwrap_or_else(|| letter_code(&self.codes[0], invitation))
    }

    /// What a code is recognised by, however it was typed.
    pub(super) fn hashes_of(&self, programme: Uuid, code: &str) -> impl Iterator<Item = String> {
        let code = code_of(programme, code);
        self.hashes.iter().map(move |key| key.hash(&code))
    }
}

/// The number, the generation and the signature in a link.
fn parts(token: &str) -> Option<(Uuid, i32, &str)> {
    let mut parts = token.split('-');
    let id = Uuid::try_parse(parts.next()?).ok()?;
    let generation: i32 = parts.next()?.parse().ok()?;
    let signed = parts.next()?;
    parts.next().is_none().then_some((id, generation, signed))
}

fn signature(key: &Derived, id: Uuid, generation: i32) -> String {
    let mark = blake3::Hash::from_bytes(key.mark(id, generation));
    mark.to_hex()[..DIGITS].to_owned()
}

/// Such as `k7q2-mx0d-fpn4`: 60 bits that nobody guesses.
fn letter_code(key: &Derived, invitation: &Invitation) -> String {
    let mark = key.mark(invitation.id, invitation.generation);
    let letters = letters(&mark[..CODE]);
    let groups: Vec<&str> = (0..CODE / GROUP).map(|at| &letters[at * GROUP..(at + 1) * GROUP]).collect();
    groups.join("-")
}

fn code_of(programme: Uuid, code: &str) -> String {
    format!("{programme} {}", plain_code(code))
}
