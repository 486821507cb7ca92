//! Closing the account at one's own wish (R63).

use domain::email;
use jiff::civil::Date;

use super::SignedMember;
use crate::{
    Engine, EngineResult,
    administrators::Origin,
    proof::{Flaw, wrong},
};

impl Engine {
    /// Closes a member's account at their own wish, once they have typed their e-mail address; tells the last day of
    /// their access. An error is of the field `typed`.
    pub async fn close_member_account(
        &self,
        signed: &SignedMember,
        typed: &str,
        origin: &Origin,
    ) -> EngineResult<Date> {
        if email::key(typed) != email::key(signed.email()) {
            return Err(wrong("typed", Flaw::NotTyped));
        }
        self.close_own_account(&signed.programme, signed.number(), &signed.actor(origin)).await
    }
}
