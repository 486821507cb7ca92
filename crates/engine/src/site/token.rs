//! The link of an invitation, and the code of a printed letter: keyed hashes of its number and generation. A retry
//! makes the same ones, and nobody who has the database can (R50).

use store::{Invitation, Programme};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::{
    Engine,
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
        format!("{}-{generation}-{}", id.simple(), self.signature(*id, *generation))
    }

    /// The number and generation that a link names, if we made it.
    pub(super) fn read_invitation_token(&self, token: &str) -> Option<(Uuid, i32)> {
        let mut parts = token.split('-');
        let id = Uuid::try_parse(parts.next()?).ok()?;
        let generation: i32 = parts.next()?.parse().ok()?;
        let is_ours: bool = parts.next()?.as_bytes().ct_eq(self.signature(id, generation).as_bytes()).into();
        (is_ours && parts.next().is_none()).then_some((id, generation))
    }

    fn signature(&self, id: Uuid, generation: i32) -> String {
        let mark = blake3::Hash::from_bytes(self.key.mark("invitation", id, generation));
        mark.to_hex()[..DIGITS].to_owned()
    }

    /// Such as `k7q2-mx0d-fpn4`: 60 bits that nobody guesses.
    pub(super) fn letter_code(&self, invitation: &Invitation) -> String {
        let mark = self.key.mark("letter", invitation.id, invitation.generation);
        let letters = letters(&mark[..CODE]);
        let groups: Vec<&str> = (0..CODE / GROUP).map(|at| &letters[at * GROUP..(at + 1) * GROUP]).collect();
        groups.join("-")
    }

    /// What a letter's code is recognised by, however it was typed.
    pub(super) fn letter_code_hash(&self, programme: Uuid, code: &str) -> String {
        self.key.hash("letter code", &format!("{programme} {}", plain_code(code)))
    }
}
