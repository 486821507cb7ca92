//! Days that do not count: a leaver's clock stands still while they are to start again (R20).

use jiff::civil::Date;

/// The days on which a leaver's clock stood still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stops {
    /// How many days it stood before the newest stop.
    pub stood: i32,
    /// The newest stop: the day on which it began, and the last one of it.
    pub newest: Option<(Date, Date)>,
}

impl Stops {
    /// With what an import has noted: that the clock stands still until a day. `noted` is the day on
    /// which it was noted; noted again, it changes nothing.
    #[must_use]
    pub fn noted(self, until: Date, noted: Date) -> Self {
        match self.newest {
            Some((_, known)) if known == until => self,
            // The first day was put off or brought forward, while the clock stood or later.
            Some((since, known)) => {
                Self { stood: self.stood + days(since, known.min(noted)).max(0), newest: Some((noted, until)) }
            }
            None => Self { newest: Some((noted, until)), ..self },
        }
    }

    /// The last day of the stop that a day falls into.
    pub fn standing_until(self, day: Date) -> Option<Date> {
        self.newest.filter(|(since, until)| (*since..=*until).contains(&day)).map(|(_, until)| until)
    }

    /// How many days do not count by then.
    pub(super) fn before(self, day: Date) -> i32 {
        let newest = self.newest.map_or(0, |(since, until)| days(since, until.min(day)).max(0));
        self.stood + newest
    }

    /// The day on which so many days have counted since another.
    pub(super) fn day_after(self, first: Date, count: i32) -> Date {
        let day = add(first, count + self.stood);
        match self.newest {
            Some((since, until)) if day > since => add(day, days(since, until).max(0)),
            _ => day,
        }
    }
}

/// How many days there are from one day to another.
pub(super) fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

pub(super) fn add(day: Date, days: i32) -> Date {
    day.saturating_add(jiff::Span::new().days(days))
}
