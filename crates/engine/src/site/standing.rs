//! Where somebody who signs in stands: a member, or a leaver whose access is being checked or ends on a day.

use domain::member::State;
use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};
use store::{Programme, members::Listed};

use crate::{Engine, EngineResult};

const HOUR: i64 = 3_600 * 1_000_000;

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
    /// Where somebody stands who has an account; none when they have no access: it is closed, or its days are over.
    pub(super) fn standing(&self, programme: &Programme, listed: &Listed) -> EngineResult<Option<Standing>> {
        let left_at = match listed.member.state {
            State::NotInvited | State::Invited | State::Active => return Ok(Some(Standing::Member)),
            State::Leaver => listed.left_at.unwrap_or_else(|| self.now()),
            State::Closed => return Ok(None),
        };
        let set = self.programme_settings(programme)?.close_down;
        if self.now() < left_at + i64::from(set.notice_hours) * HOUR {
            return Ok(Some(Standing::Checked));
        }
        let zone = TimeZone::get(&programme.time_zone).unwrap_or(TimeZone::UTC);
        let left = Timestamp::from_microsecond(left_at).unwrap_or_default().to_zoned_datetime(zone).date();
        let ends_on = left.saturating_add(Span::new().days(set.close_day));
        Ok(Some(Standing::Leaver { ends_on }))
    }
}
