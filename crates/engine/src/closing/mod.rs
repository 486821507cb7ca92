//! Closing accounts: notices, reminders, closing and erasing, each when its day has come (R37, R38, R60–R63).
//!
//! What was done stands in the database, and every mail is written in the transaction that notes it. Whoever looks
//! next, on whichever node and however late, goes on from there; nothing is done twice.

mod erase;
mod letters;
mod list;
mod pass;
mod progress;
mod replay;
mod traces;
mod wish;

use std::collections::HashMap;

use domain::{
    ids::{MemberId, ProgrammeId},
    programme::close_down::Notice,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use store::{Programme, closing::Leaver};

pub use list::LIST;
pub(crate) use list::{End, List};
pub use replay::Replayed;
pub(crate) use traces::{Erased, Traces};
pub use wish::Extent;

use crate::{Engine, EngineResult};

/// What a look at all leavers came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Done {
    /// Notices and reminders that were written, and noted where there was nobody to write to.
    pub told: u64,
    /// Accounts that were closed.
    pub closed: u64,
    /// Close-downs that ended since the member is back.
    pub returned: u64,
}

/// How far a leaver's notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// They are told at this instant, in microseconds of UTC; until then their access is being checked (R37).
    From(i64),
    /// The notice waits for delivery.
    Soon,
    /// The notice went, or there was nobody to send it to.
    Yes,
}

/// What lies ahead of a leaver. Days are those of the programme's zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// The day that it is: *day 12 of 60*.
    pub day: u32,
    /// The last of these days.
    pub last_day: u32,
    /// The same in the calendar: access ends with the end of this day.
    pub ends_on: Date,
    /// The notice.
    pub told: Told,
    /// The days of reminders that are still to go.
    pub reminders: Vec<Date>,
    /// The clock stands still up to and with this day (R20).
    pub standing_until: Option<Date>,
    /// Whether they, or an administrator, asked for the account to be erased (R63).
    pub on_request: bool,
}

impl Engine {
    /// What lies ahead of a member; none for one who is no leaver.
    pub async fn closing_of(&self, programme: &Programme, member: MemberId) -> EngineResult<Option<Closing>> {
        Ok(self.closings(programme, &[member]).await?.remove(&member))
    }

    /// The same for several; who is no leaver is left out.
    pub async fn closings(
        &self,
        programme: &Programme,
        members: &[MemberId],
    ) -> EngineResult<HashMap<MemberId, Closing>> {
        let terms = self.terms(programme)?;
        let leavers = self.store.leavers_among(programme.number(), members).await?;
        let ahead =
            leavers.iter().map(|leaver| Ok((leaver.listed.member.id, terms.closing(leaver, self.world.now())?)));
        ahead.collect()
    }
}

impl progress::Terms {
    fn closing(&self, leaver: &Leaver, now: Timestamp) -> EngineResult<Closing> {
        let row = self.row(leaver)?;
        let known = self.leaver(&row, leaver.notice.as_ref())?;
        let outlook = self.close_down.outlook(&known, &self.zone, now);
        Ok(Closing {
            day: outlook.day,
            last_day: outlook.last_day,
            ends_on: outlook.ends_on,
            told: match known.notice {
                Notice::Ahead => Told::From(outlook.notice_at.as_microsecond()),
                Notice::Waits => Told::Soon,
                Notice::Gone(_) => Told::Yes,
            },
            reminders: outlook.reminders.into_iter().map(|(_, on)| on).collect(),
            standing_until: outlook.standing_until,
            on_request: known.erase_on.is_some(),
        })
    }
}

/// The programme's zone; UTC where it is not known.
fn zone_of(programme: &Programme) -> TimeZone {
    TimeZone::get(&programme.time_zone).unwrap_or(TimeZone::UTC)
}

/// What a lease on closing accounts of a programme is called.
const WORK: &str = "closing";

/// What the hashes of a programme's traces are sealed for.
fn key_row(programme: ProgrammeId) -> uuid::Uuid {
    programme.0
}
