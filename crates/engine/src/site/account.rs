//! What a member sees of themselves: what is held about them, and where each of it comes from.

use serde::Serialize;
use store::Credential;

use super::{SignedMember, invitation::check_member_password};
use crate::{Engine, EngineResult, Origin, administrators};

/// One thing that is held about a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Datum {
    /// The field, by its stable name; `employee_id` for the identity, and `own_email`, `asked_email` (not confirmed
    /// yet) and `own_language` for what they chose themselves.
    pub field: String,
    /// The value.
    pub value: String,
    /// Where it comes from.
    pub origin: Origin,
}

impl Engine {
    /// What is held about a member, in the order of the fields, and where each of it comes from.
    pub async fn member_data(&self, signed: &SignedMember) -> EngineResult<Vec<Datum>> {
        let member = &signed.listed.member;
        let feeds = self.feeds(signed.programme.number(), member).await?;
        let identity = member.employee_id.iter().map(|id| Datum {
            field: "employee_id".to_owned(),
            value: id.clone(),
            origin: feeds.of_id(),
        });
        let shown = member.fields.iter().filter(|(field, _)| field.is_shown());
        let values = shown.map(|(field, value)| Datum {
            field: field.to_string(),
            value: value.clone(),
            origin: feeds.of(field),
        });
        let own = |field: &str, value: Option<&str>| {
            value.map(|value| Datum { field: field.to_owned(), value: value.to_owned(), origin: Origin::Own })
        };
        let chosen = [
            own("own_email", signed.own_address()),
            own("asked_email", signed.asked_address()),
            own("own_language", signed.language()),
        ];
        Ok(identity.chain(values).chain(chosen.into_iter().flatten()).collect())
    }

    /// Gives a member who knows the password another one, and signs them out everywhere else. Errors are of the
    /// fields `current` and `password`.
    pub async fn change_member_password(
        &self,
        signed: &SignedMember,
        current: &str,
        password: &str,
        origin: &administrators::Origin,
    ) -> EngineResult<()> {
        self.require_member_password(signed, "current", current, origin).await?;
        check_member_password(&signed.programme, &signed.listed.member.fields, password)?;
        let known = self.credential_of(signed).await?;
        let password_hash = self.hash_password(password).await?;
        let credential = Credential { password_hash, updated_at: self.now(), ..known };
        Ok(self.store.change_member_password(&credential, &signed.session).await?)
    }
}
