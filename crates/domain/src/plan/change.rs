//! One row of a plan.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    field::{Field, Fields},
    ids::MemberId,
    member::State,
    named::named,
    print::Print,
};

/// What a row does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A new account.
    Join,
    /// An account's values or identity change.
    Update,
    /// An account is restricted and its close-down begins.
    Leave,
    /// A leaver's account is opened again.
    Rejoin,
    /// The person cannot be judged or placed; nothing is done.
    Reject,
    /// The member does not change; only what the source said is noted, so that the next import
    /// need not look again. Counted as unchanged, and shown to nobody.
    Refresh,
}

impl Kind {
    const NAMES: [(Self, &'static str); 6] = [
        (Self::Join, "join"),
        (Self::Update, "update"),
        (Self::Leave, "leave"),
        (Self::Rejoin, "rejoin"),
        (Self::Reject, "reject"),
        (Self::Refresh, "refresh"),
    ];
}

named!(Kind, UnknownKind, "there is no change “{0}”");

/// Why somebody leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The status says so (R20).
    Inactive,
    /// A segment row says so: its attribute (R21).
    OutsideSegment(String),
    /// The source no longer holds the person (R22).
    Absent,
    /// An administrator excluded the person (R24).
    Excluded,
    /// The employee ID now stands for someone else, as an administrator decided (R18).
    IdReassigned,
    /// The member closed their own account (R63). No import gives this reason, nor the next.
    OwnWish,
    /// An administrator had the account erased (R63).
    EraseNow,
    /// An administrator marked the member as a leaver. No import gives this reason.
    ByHand,
}

impl Reason {
    /// For an administrator.
    pub fn text(&self) -> String {
        match self {
            Self::Inactive => "no longer active".into(),
            Self::OutsideSegment(attribute) => format!("outside the segment ({attribute})"),
            Self::Absent => "no longer in the source".into(),
            Self::Excluded => "excluded by an administrator".into(),
            Self::IdReassigned => "the employee ID now belongs to someone else".into(),
            Self::OwnWish => "closed their own account".into(),
            Self::EraseNow => "erased by an administrator".into(),
            Self::ByHand => "marked as a leaver by an administrator".into(),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Inactive => f.write_str("inactive"),
            Self::OutsideSegment(attribute) => write!(f, "outside-segment:{attribute}"),
            Self::Absent => f.write_str("absent"),
            Self::Excluded => f.write_str("excluded"),
            Self::IdReassigned => f.write_str("id-reassigned"),
            Self::OwnWish => f.write_str("own-wish"),
            Self::EraseNow => f.write_str("erase-now"),
            Self::ByHand => f.write_str("by-hand"),
        }
    }
}

/// The text names no reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no reason “{0}”")]
pub struct UnknownReason(String);

impl FromStr for Reason {
    type Err = UnknownReason;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match (text, text.strip_prefix("outside-segment:")) {
            (_, Some(attribute)) => Self::OutsideSegment(attribute.to_owned()),
            ("inactive", _) => Self::Inactive,
            ("absent", _) => Self::Absent,
            ("excluded", _) => Self::Excluded,
            ("id-reassigned", _) => Self::IdReassigned,
            ("own-wish", _) => Self::OwnWish,
            ("erase-now", _) => Self::EraseNow,
            ("by-hand", _) => Self::ByHand,
            _ => return Err(UnknownReason(text.to_owned())),
        })
    }
}

/// How a joiner hears of the account (R32).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Welcome {
    /// By mail to the account's address.
    Account,
    /// By mail to the private address, since the account's is made up.
    Personal,
    /// By a printed letter: there is no mailbox at all.
    Letter,
}

impl Welcome {
    /// The name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Personal => "personal",
            Self::Letter => "letter",
        }
    }
}

/// What an import would do with one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What the row does.
    pub kind: Kind,
    /// The account that it does it to; `None` for a join (its account is yet to be made) and for
    /// a rejected person without one.
    pub member: Option<MemberId>,
    /// The version of the account that the row was made for.
    pub version: i64,
    /// The employee ID that the account has afterwards; `None` where the record has none, or
    /// where the account loses it.
    pub employee_id: Option<String>,
    /// The person's name, for people; the source's, valid or not.
    pub name: String,
    /// Why somebody leaves.
    pub reason: Option<Reason>,
    /// The account's state afterwards.
    pub state: Option<State>,
    /// The values that change, as they were; `None` where there was none. On a join, the fields
    /// that the record leaves empty: to be cleared if the newcomer proves to be a member (R15).
    pub before: Vec<(Field, Option<String>)>,
    /// All values, as they will be.
    pub after: Fields,
    /// The address, in comparable form, that the row would newly take (R12, R13).
    pub claim: Option<String>,
    /// The former member whose address is freed for this one (R18).
    pub frees: Option<MemberId>,
    /// How a joiner is told.
    pub welcome: Option<Welcome>,
    /// A leaver's clock stands still until this day (R20).
    pub clock_stopped_until: Option<Date>,
    /// What the source said, to be noted on the account.
    pub print: Option<Print>,
    /// Whether the row gives the account another employee ID than it had (R43).
    pub changes_id: bool,
    /// Whether an administrator's hand keeps the member in spite of this record (R24).
    pub keeps: bool,
}

impl Change {
    /// A row that does nothing yet.
    pub fn new(kind: Kind, employee_id: Option<&str>, name: String) -> Self {
        Self {
            kind,
            member: None,
            version: 0,
            employee_id: employee_id.map(str::to_owned),
            name,
            reason: None,
            state: None,
            before: Vec::new(),
            after: Fields::new(),
            claim: None,
            frees: None,
            welcome: None,
            clock_stopped_until: None,
            print: None,
            changes_id: false,
            keeps: false,
        }
    }

    /// The row of somebody who is rejected after all (R35): it names the person with their values, for
    /// whoever has to decide (R18), and does nothing.
    #[must_use]
    pub fn rejected(&self) -> Self {
        let mut rejected = Self::new(Kind::Reject, self.employee_id.as_deref(), self.name.clone());
        rejected.member = self.member;
        rejected.version = self.version;
        rejected.after = self.after.clone();
        rejected
    }
}

/// What became of one person of the source, or of one member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// There is a row for them.
    Changed(Kind),
    /// Nothing to do.
    Unchanged,
    /// Never a member, and not eligible (R23).
    NotEligible,
    /// Not a member before the hire date (R20).
    StartsLater,
    /// Never a member, and kept out by an administrator (R24) or at their own wish (R63).
    Excluded,
}

/// How many people ended in which outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// People read: records, each employee ID once.
    pub read: u64,
    /// New accounts.
    pub join: u64,
    /// Accounts updated.
    pub update: u64,
    /// Accounts that begin to close.
    pub leave: u64,
    /// Accounts opened again.
    pub rejoin: u64,
    /// People who could not be judged or placed.
    pub reject: u64,
    /// People for whom nothing had to be done.
    pub unchanged: u64,
    /// People who may not be members and never were.
    pub not_eligible: u64,
    /// Those of them who are kept out by an administrator (R24) or at their own wish (R63).
    #[serde(default, skip_serializing_if = "is_none")]
    pub excluded: u64,
    /// People who have not started yet.
    pub starts_later: u64,
    /// Problems that kept a person out.
    pub errors: u64,
    /// Problems that did not.
    pub warnings: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "what serde calls it with")]
fn is_none(number: &u64) -> bool {
    *number == 0
}

impl Counts {
    /// Counts one outcome.
    pub fn add(&mut self, outcome: Outcome, how_many: u64) {
        if outcome == Outcome::Excluded {
            self.excluded += how_many;
        }
        *match outcome {
            Outcome::Changed(Kind::Join) => &mut self.join,
            Outcome::Changed(Kind::Update) => &mut self.update,
            Outcome::Changed(Kind::Leave) => &mut self.leave,
            Outcome::Changed(Kind::Rejoin) => &mut self.rejoin,
            Outcome::Changed(Kind::Reject) => &mut self.reject,
            Outcome::Changed(Kind::Refresh) | Outcome::Unchanged => &mut self.unchanged,
            Outcome::NotEligible | Outcome::Excluded => &mut self.not_eligible,
            Outcome::StartsLater => &mut self.starts_later,
        } += how_many;
    }

    /// How many changes would be made to members.
    pub fn changes(&self) -> u64 {
        self.join + self.update + self.leave + self.rejoin
    }
}
