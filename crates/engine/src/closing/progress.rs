//! How far a leaver is: from the row in the database to what the rules ask for, and back.

use domain::{
    member::State,
    print::Print,
    programme::close_down::{CloseDown as Days, Leaver as Known, Notice, Stops},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use store::{CloseDown, Mail, Programme, StoreError, closing::Leaver};

use super::zone_of;
use crate::{Engine, EngineResult};

/// The days that a programme sets, and where its days begin.
pub(super) struct Terms {
    pub(super) close_down: Days,
    pub(super) zone: TimeZone,
    /// Differs whenever they do.
    print: i64,
}

impl Engine {
    pub(super) fn terms(&self, programme: &Programme) -> EngineResult<Terms> {
        let close_down = self.programme_settings(programme)?.close_down;
        let text = serde_json::to_string(&(&close_down, &programme.time_zone)).map_err(StoreError::row)?;
        Ok(Terms { close_down, zone: zone_of(programme), print: Print::of(text.as_bytes()).0 })
    }
}

impl Terms {
    pub(super) fn print(&self) -> i64 {
        self.print
    }

    /// The row of a leaver as it is to be kept: a new one where they left anew, with the newest stop of the
    /// clock noted.
    pub(super) fn row(&self, leaver: &Leaver) -> EngineResult<CloseDown> {
        let listed = &leaver.listed;
        let left_at = listed.left_at.unwrap_or_default();
        let mut row = leaver.row.clone().filter(|row| row.left_at == left_at).unwrap_or(CloseDown {
            programme_id: leaver.programme.0,
            member_id: listed.member.id.0,
            left_at,
            notice_at: None,
            notice_mail: None,
            reminded: None,
            told: None,
            stood_days: 0,
            stopped_since: None,
            stopped_until: None,
            erase_on: None,
            settings_print: self.print,
            next_at: 0,
        });
        if let Some(until) = listed.member.clock_stopped_until {
            let stops = stops(&row)?.noted(until, self.date(listed.updated_at));
            row.stood_days = stops.stood;
            row.stopped_since = stops.newest.map(|(since, _)| since.to_string());
            row.stopped_until = stops.newest.map(|(_, until)| until.to_string());
        }
        row.settings_print = self.print;
        Ok(row)
    }

    /// The same as the rules know it.
    pub(super) fn leaver(&self, row: &CloseDown, notice: Option<&Mail>) -> EngineResult<Known> {
        let notice = match (row.notice_at, notice.filter(|mail| Some(mail.id) == row.notice_mail)) {
            (None, _) => Notice::Ahead,
            // A mail that is not kept any more went long ago.
            (Some(at), None) => Notice::Gone(self.date(at)),
            (Some(at), Some(mail)) => match mail.state.as_str() {
                "pending" => Notice::Waits,
                // Refused for good, or called off: there is nothing to wait for.
                _ => Notice::Gone(self.date(mail.sent_at.unwrap_or(at))),
            },
        };
        Ok(Known {
            left_at: instant(row.left_at),
            stops: stops(row)?,
            notice,
            told: date(row.told.as_deref())?,
            reminded: row.reminded.and_then(|day| u32::try_from(day).ok()),
            erase_on: date(row.erase_on.as_deref())?,
        })
    }

    /// The day of an instant in microseconds of UTC.
    pub(super) fn date(&self, micros: i64) -> Date {
        self.zone.to_datetime(instant(micros)).date()
    }
}

/// Whether the member was ever told of the account: nobody else is told that it closes.
pub(super) fn knows_of_it(leaver: &Leaver) -> bool {
    leaver.listed.member.state_before_leaving != Some(State::NotInvited)
}

pub(super) fn instant(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or_default()
}

fn stops(row: &CloseDown) -> EngineResult<Stops> {
    let newest = date(row.stopped_since.as_deref())?.zip(date(row.stopped_until.as_deref())?);
    Ok(Stops { stood: row.stood_days, newest })
}

fn date(text: Option<&str>) -> EngineResult<Option<Date>> {
    Ok(text.map(|text| text.parse().map_err(StoreError::row)).transpose()?)
}
