//! When imports run, as a sentence.

use domain::schedule::{Frequency, Schedule};

use crate::{when::Clock, words::Words};

/// `Every day at 06:00 (Europe/London)`
pub(crate) fn in_words(words: Words, schedule: Schedule, clock: &Clock) -> String {
    let time = clock_time(schedule);
    let phrase = match schedule.frequency {
        Frequency::Hourly => words.t("schedule-hourly").with("minute", format!("{:02}", schedule.minute)),
        Frequency::Daily => words.t("schedule-daily").with("time", time),
        Frequency::Weekly => {
            let weekday = words.t(format!("weekday-{}", schedule.weekday as i8 + 1));
            words.t("schedule-weekly").with("weekday", weekday).with("time", time)
        }
        Frequency::Monthly => words.t("schedule-monthly").count("day", schedule.day).with("time", time),
    };
    format!("{phrase} ({})", clock.zone_name)
}

/// `06:00`
pub(super) fn clock_time(schedule: Schedule) -> String {
    format!("{:02}:{:02}", schedule.hour, schedule.minute)
}

#[cfg(test)]
mod tests {
    use domain::schedule::Weekday;

    use super::*;
    use crate::words::Language;

    #[test]
    fn a_schedule_is_a_sentence_with_its_zone() {
        let say = |language, schedule: Schedule| {
            let words = Words::new(language);
            in_words(words, schedule, &Clock::new(words, "Europe/London", 0))
        };
        let daily = Schedule::default();
        assert_eq!(say(Language::English, daily), "Every day at 06:00 (Europe/London)");
        let weekly = Schedule { frequency: Frequency::Weekly, weekday: Weekday::Friday, ..daily };
        assert_eq!(say(Language::English, weekly), "Every Friday at 06:00 (Europe/London)");
        assert_eq!(say(Language::German, weekly), "Jede Woche am Freitag um 06:00 Uhr (Europe/London)");
        let hourly = Schedule { frequency: Frequency::Hourly, minute: 5, ..daily };
        assert_eq!(say(Language::English, hourly), "Every hour at minute 05 (Europe/London)");
    }
}
