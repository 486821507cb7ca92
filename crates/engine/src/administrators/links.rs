//! Links: where they lead, how long they work, and whether one still does.

use domain::ids::AdministratorId;
use store::{Link, Mail};

use crate::{
    Engine, EngineResult,
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
            token_hash: recognised(&self.token_in(mail)),
            kind: kind.to_owned(),
            administrator_id: administrator.map(|id| id.0),
            programme_id: Some(mail.programme_id),
            expires_at: self.now() + if kind == store::links::RESET { RESET_VALID } else { INVITATION_VALID },
            used_at: None,
            created_at: self.now(),
        }
    }

    fn token_in(&self, mail: &Mail) -> String {
        self.key.token(&mail.kind, mail.id)
    }

    /// The address that a mail to an administrator leads to: the same at every attempt (R50).
    pub(crate) fn link_in(&self, mail: &Mail) -> String {
        let page = if mail.kind == mail::Kind::AdministratorReset.name() { "reset" } else { "invitation" };
        format!("{}/{page}/{}", self.settings.public_url, self.token_in(mail))
    }
}
