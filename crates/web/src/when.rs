//! Days and hours for people: in the programme's zone, which is named, and in their language.

use jiff::{Timestamp, ZonedDateTime, civil::Date, tz::TimeZone};

use crate::words::Words;

/// Tells times of one programme to one reader.
#[derive(Debug, Clone)]
pub(crate) struct Clock {
    words: Words,
    zone: TimeZone,
    /// The zone's name.
    pub(crate) zone_name: String,
    now: Timestamp,
}

impl Clock {
    /// A clock for the zone with this name; `now` is in microseconds of UTC.
    pub(crate) fn new(words: Words, zone: &str, now: i64) -> Self {
        let now = Timestamp::from_microsecond(now).unwrap_or_default();
        let found = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        Self { words, zone: found, zone_name: zone.to_owned(), now }
    }

    fn zoned(&self, micros: i64) -> ZonedDateTime {
        Timestamp::from_microsecond(micros).unwrap_or_default().to_zoned_datetime(self.zone.clone())
    }

    /// `23 November 2026`
    pub(crate) fn day(&self, micros: i64) -> String {
        self.date(self.zoned(micros).date())
    }

    /// `23 November 2026`, of a day in the calendar.
    pub(crate) fn date(&self, date: Date) -> String {
        let month = self.words.t(format!("month-{}", date.month()));
        self.words.t("date-day").with("day", date.day()).with("month", month).with("year", date.year()).to_string()
    }

    /// `Monday 23 November, 06:04`; with the year where it is another than now's.
    pub(crate) fn moment(&self, micros: i64) -> String {
        let at = self.zoned(micros);
        let weekday = self.words.t(format!("weekday-{}", at.weekday().to_monday_one_offset()));
        let month = self.words.t(format!("month-{}", at.month()));
        let same_year = at.year() == self.now.to_zoned_datetime(self.zone.clone()).year();
        let phrase = self.words.t(if same_year { "date-moment" } else { "date-moment-year" });
        let phrase = phrase.with("weekday", weekday).with("day", at.day()).with("month", month);
        phrase.with("year", at.year()).with("time", at.strftime("%H:%M")).to_string()
    }

    /// `Monday 23 November, 06:04 (Europe/Berlin)`
    pub(crate) fn moment_here(&self, micros: i64) -> String {
        format!("{} ({})", self.moment(micros), self.zone_name)
    }

    /// `23 Nov, 06:04`, for tables.
    pub(crate) fn short(&self, micros: i64) -> String {
        let at = self.zoned(micros);
        let month = self.words.t(format!("month-short-{}", at.month()));
        let same_year = at.year() == self.now.to_zoned_datetime(self.zone.clone()).year();
        let phrase = self.words.t(if same_year { "date-short" } else { "date-short-year" });
        let phrase = phrase.with("day", at.day()).with("month", month).with("year", at.year());
        phrase.with("time", at.strftime("%H:%M")).to_string()
    }

    /// For machines: the `datetime` of a `<time>`.
    pub(crate) fn machine(micros: i64) -> String {
        Timestamp::from_microsecond(micros).unwrap_or_default().to_string()
    }

    /// `2026-11-23`, for names of files and fields of forms.
    pub(crate) fn machine_day(&self, micros: i64) -> String {
        self.zoned(micros).strftime("%Y-%m-%d").to_string()
    }

    /// `23 Nov`, for charts.
    pub(crate) fn short_day(&self, date: Date) -> String {
        let month = self.words.t(format!("month-short-{}", date.month()));
        self.words.t("date-short-day").with("day", date.day()).with("month", month).to_string()
    }

    /// The day on which something was, short.
    pub(crate) fn short_day_of(&self, micros: i64) -> String {
        self.short_day(self.zoned(micros).date())
    }

    /// When the day after this instant's begins, in microseconds of UTC.
    pub(crate) fn after_day_of(&self, micros: i64) -> i64 {
        let next = self.zoned(micros).tomorrow().and_then(|next| next.start_of_day());
        next.map_or(i64::MAX, |next| next.timestamp().as_microsecond())
    }

    /// When a day of the zone begins, in microseconds of UTC; `None` for what is no day.
    pub(crate) fn begin_of(&self, day: &str) -> Option<i64> {
        let day: Date = day.parse().ok()?;
        Some(day.to_zoned_datetime(self.zone.clone()).ok()?.timestamp().as_microsecond())
    }

    /// `1 min 12 s`, from milliseconds.
    pub(crate) fn lasting(&self, millis: i64) -> String {
        let seconds = millis / 1_000;
        match seconds {
            0 => self.words.t("lasting-moment").to_string(),
            1..60 => self.words.n("lasting-seconds", seconds).to_string(),
            60..3_600 => self.words.t("lasting-minutes").count("m", seconds / 60).count("s", seconds % 60).to_string(),
            _ => self.words.t("lasting-hours").count("h", seconds / 3_600).count("m", seconds % 3_600 / 60).to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn times_are_told_in_the_zone_and_language() {
        let at = "2026-11-23T05:04:00Z".parse::<Timestamp>().unwrap().as_microsecond();
        let english = Clock::new(Words::new(Language::English), "Europe/Berlin", at);
        assert_eq!(english.moment_here(at), "Monday 23 November, 06:04 (Europe/Berlin)");
        assert_eq!(english.short(at), "23 Nov, 06:04");
        let german = Clock::new(Words::new(Language::German), "Europe/Berlin", at);
        assert_eq!(german.moment(at), "Montag, 23. November, 06:04 Uhr");
        assert_eq!(german.day(at), "23. November 2026");
        let later = Clock::new(Words::new(Language::English), "UTC", at + 100 * 24 * 3_600 * 1_000_000);
        assert_eq!(later.short(at), "23 Nov 2026, 05:04");
        assert_eq!(english.lasting(72_000), "1 min 12 s");
    }
}
