//! Members: the accounts of a programme.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    email,
    field::{Field, Fields},
    ids::{IntegrationId, MemberId},
    named::named,
    names,
    print::Print,
};

/// Where an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// An account that nobody was told of.
    NotInvited,
    /// An invitation was made; no password yet.
    Invited,
    /// Signs in.
    Active,
    /// On the way from restricted to erased.
    Leaver,
    /// Erased; only a trace is left.
    Closed,
}

impl State {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::NotInvited, Self::Invited, Self::Active, Self::Leaver, Self::Closed];

    const NAMES: [(Self, &'static str); 5] = [
        (Self::NotInvited, "not-invited"),
        (Self::Invited, "invited"),
        (Self::Active, "active"),
        (Self::Leaver, "leaver"),
        (Self::Closed, "closed"),
    ];

    /// Whether the account is open: the members that guards count.
    pub fn is_current(self) -> bool {
        matches!(self, Self::NotInvited | Self::Invited | Self::Active)
    }
}

named!(State, UnknownState, "there is no member state “{0}”");

/// An account as an import sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The account.
    pub id: MemberId,
    /// Counts changes; a plan row is applied only to the version that it was made for (R30).
    pub version: i64,
    /// The integration that looks after it; `None` for one made by hand or by file.
    pub integration: Option<IntegrationId>,
    /// The identity within that integration (R10).
    pub employee_id: Option<String>,
    /// Its values. A former member whose address was freed has no e-mail (R18).
    pub fields: Fields,
    /// Where it stands.
    pub state: State,
    /// Where it stood before it became a leaver; what R14 and R38 lead back to.
    pub state_before_leaving: Option<State>,
    /// The record that was last applied without a problem (with the settings of that time).
    pub print: Option<Print>,
    /// The record in spite of which an administrator brought the member back (R24).
    pub kept_by_hand: Option<Print>,
    /// The last day on which an administrator's lock holds (R24).
    pub locked_until: Option<Date>,
    /// A leaver's clock stands still until this day (R20).
    pub clock_stopped_until: Option<Date>,
}

impl Member {
    /// What makes the e-mail unique in the programme, if there is one.
    pub fn email_key(&self) -> Option<String> {
        self.fields.get(&Field::Email).map(|address| email::key(address))
    }

    /// What finds the same human under another ID and e-mail.
    pub fn twin_key(&self) -> Option<String> {
        names::twin_key(&self.fields)
    }

    /// Whether an administrator's lock holds on this day.
    pub fn is_locked(&self, today: Date) -> bool {
        self.locked_until.is_some_and(|until| today <= until)
    }

    /// The state that a leaver is reopened in (R14, R38): an invitation that was open works again.
    pub fn reopened_state(&self) -> State {
        self.state_before_leaving.filter(|state| state.is_current()).unwrap_or(State::NotInvited)
    }
}
