//! The languages of mails, and how days and numbers are written in them.

use jiff::{ZonedDateTime, civil::Date};

/// A language that mails are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// British English.
    English,
    /// German.
    German,
}

const WEEKDAYS: [[&str; 7]; 2] = [
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
];

const MONTHS: [[&str; 12]; 2] = [
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
];

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// The tag of the language, without a region.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// The language that a tag such as `de-CH` asks for, if mails are written in it.
    pub fn of(tag: &str) -> Option<Self> {
        let spoken = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(spoken))
    }

    /// `14 May 2026`, `14. Mai 2026`
    pub fn day(self, day: Date) -> String {
        let month = named(&MONTHS[self as usize], day.month() - 1);
        match self {
            Self::English => format!("{} {month} {}", day.day(), day.year()),
            Self::German => format!("{}. {month} {}", day.day(), day.year()),
        }
    }

    /// `Monday 12 May 2026, 06:00 (Europe/London)`: an instant in a zone, which is named.
    pub fn moment(self, at: &ZonedDateTime) -> String {
        let weekday = named(&WEEKDAYS[self as usize], at.weekday().to_monday_zero_offset());
        let (day, time) = (self.day(at.date()), at.strftime("%H:%M"));
        let zone = at.time_zone().iana_name().unwrap_or("UTC");
        match self {
            Self::English => format!("{weekday} {day}, {time} ({zone})"),
            Self::German => format!("{weekday}, {day}, {time} Uhr ({zone})"),
        }
    }

    /// `47500` → `47,500`, `47.500`
    pub(crate) fn number(self, number: u64) -> String {
        let digits = number.to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position).is_multiple_of(3) {
                grouped.push(if self == Self::English { ',' } else { '.' });
            }
            grouped.push(digit);
        }
        grouped
    }

    /// `1 error`, `2 errors`: both languages know just these two forms.
    pub(crate) fn counted(self, count: u64, one: &str, many: &str) -> String {
        format!("{} {}", self.number(count), if count == 1 { one } else { many })
    }

    /// `1 day`, `53 days`
    pub(crate) fn days(self, count: u64) -> String {
        match self {
            Self::English => self.counted(count, "day", "days"),
            Self::German => self.counted(count, "Tag", "Tage"),
        }
    }
}

fn named(names: &[&'static str], place: i8) -> &'static str {
    usize::try_from(place).ok().and_then(|place| names.get(place)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, tz::TimeZone};

    use super::{Language::*, *};

    #[test]
    fn a_tag_asks_for_the_language_whatever_its_region() {
        assert_eq!(Language::of("de-CH"), Some(German));
        assert_eq!(Language::of("EN_us"), Some(English));
        assert_eq!(Language::of("fr"), None);
        assert_eq!(Language::of("deu"), None);
        assert_eq!(Language::of(""), None);
    }

    #[test]
    fn days_and_instants_are_told_in_the_language() {
        let at = "2026-03-02T05:00:00Z".parse::<Timestamp>().unwrap();
        let at = at.to_zoned_datetime(TimeZone::get("Europe/Berlin").unwrap());
        assert_eq!(English.day(at.date()), "2 March 2026");
        assert_eq!(German.day(at.date()), "2. März 2026");
        assert_eq!(English.moment(&at), "Monday 2 March 2026, 06:00 (Europe/Berlin)");
        assert_eq!(German.moment(&at), "Montag, 2. März 2026, 06:00 Uhr (Europe/Berlin)");
    }

    #[test]
    fn numbers_are_grouped_and_agree_with_their_noun() {
        assert_eq!(English.number(0), "0");
        assert_eq!(English.number(999), "999");
        assert_eq!(English.number(1_000), "1,000");
        assert_eq!(German.number(1_234_567), "1.234.567");
        assert_eq!(English.counted(1, "error", "errors"), "1 error");
        assert_eq!(English.counted(0, "error", "errors"), "0 errors");
        assert_eq!(German.days(1), "1 Tag");
        assert_eq!(German.days(53), "53 Tage");
    }
}
