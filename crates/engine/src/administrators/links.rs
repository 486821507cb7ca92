//! Links: where they lead, how long they work, and whether one still does.

use domain::ids::AdministratorId;
use store::{Link, Mail};

use crate::{
    Engine, EngineResult,
    key::purpose,
    proof::{LinkState, recognised},
};

const MINUTE: i64 = 60 * 1_000_000;

/// How long a link works, in microseconds.
pub(super) const FIRST_RUN_VALID: i64 = 30 * MINUTE;
pub(crate) const INVITATION_VALID: i64 = 7 * 24 * 60 * MINUTE;
pub(crate) const RESET_VALID: i64 = 60 * MINUTE;

impl Engine {
    /// The link with this token, if it is of that kind.
    pub(super) async fn link(&self, kind: &str, token: &str) -> EngineResult<LinkState<Link>> {
        let found = self.store.link(&recognised(token)).await?.filter(|link| link.kind == kind);
        Ok(match found {
            None => LinkState::Unknown,
            Some(link) if link.used_at.is_some() => LinkState::Used,
            Some(link) if link.expires_at <= self.now() => LinkState::Expired,
            Some(link) => LinkState::Valid(link),
        })
    }

    /// A link that a mail carries. Its token is made of the mail's number at each delivery, and stored
    /// nowhere.
    pub(super) fn link_for(&self, kind: &str, mail: &Mail, administrator: Option<AdministratorId>) -> Link {
        Link {
            token_hash: recognised(&self.key.derived(purpose_of(&mail.kind)).token(mail.id)),
            kind: kind.to_owned(),
            administrator_id: administrator.map(|id| id.0),
            programme_id: Some(mail.programme_id),
            expires_at: self.now() + if kind == store::links::RESET { RESET_VALID } else { INVITATION_VALID },
            used_at: None,
            created_at: self.now(),
        }
    }

    /// The address that a mail to an administrator leads to: the same at every attempt (R50), also when the key of
    /// the installation was changed since the link was made.
    pub(crate) async fn link_in(&self, mail: &Mail) -> EngineResult<String> {
        let (page, purpose) = (page_of(&mail.kind), purpose_of(&mail.kind));
        let mut token = self.key.derived(purpose).token(mail.id);
        if self.store.link(&recognised(&token)).await?.is_none() {
            for former in self.former_keys(purpose).await? {
                let made = former.token(mail.id);
                if self.store.link(&recognised(&made)).await?.is_some() {
                    token = made;
                    break;
                }
            }
        }
        Ok(format!("{}/{page}/{token}", self.settings.public_url))
    }
}

fn page_of(kind: &str) -> &'static str {
    if kind == mail::Kind::AdministratorReset.name() { "reset" } else { "invitation" }
}

fn purpose_of(kind: &str) -> &'static str {
    if kind == mail::Kind::AdministratorReset.name() {
        purpose::ADMINISTRATOR_RESET
    } else {
        purpose::ADMINISTRATOR_INVITATION
    }
}
