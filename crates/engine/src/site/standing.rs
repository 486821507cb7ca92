//! Where somebody who signs in stands: a member, or a leaver whose access is being checked or ends on a day.

use domain::member::State;
use jiff::civil::Date;
use store::{Programme, members::Listed};

use crate::{
    Engine, EngineResult,
    closing::{Closing, Told},
};

/// What is open for somebody who signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Everything.
    Member,
    /// They have become a leaver, and have not been told: it may be a mistake (R37).
    Checked,
    /// What is open to a leaver, up to and with the end of this day (R60).
    Leaver {
        /// The last day.
        ends_on: Date,
    },
}

impl Engine {
    /// Where somebody stands who has an account; none when they have no access, since it is closed.
    pub(super) async fn standing(&self, programme: &Programme, listed: &Listed) -> EngineResult<Option<Standing>> {
        Ok(match listed.member.state {
            State::NotInvited | State::Invited | State::Active => Some(Standing::Member),
            State::Closed => None,
            State::Leaver => match self.closing_of(programme, listed.member.id).await? {
                Some(Closing { told: Told::From(at), on_request: false, .. }) if at > self.now() => {
                    Some(Standing::Checked)
                }
                Some(closing) => Some(Standing::Leaver { ends_on: closing.ends_on }),
                None => Some(Standing::Checked),
            },
        })
    }
}
