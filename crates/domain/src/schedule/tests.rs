use proptest::prelude::*;

use super::*;

const ZONES: [&str; 12] = [
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Santiago",    // the hour after midnight is the one that is skipped
    "America/St_Johns",    // half an hour beside the others
    "Australia/Lord_Howe", // its clocks change by half an hour
    "Asia/Kathmandu",      // three quarters of an hour beside the others
    "Africa/Casablanca",   // changes around Ramadan
    "Pacific/Apia",        // had no 30 December 2011
    "Antarctica/Troll",    // its clocks change by two hours
    "Pacific/Kiritimati",  // fourteen hours ahead
];

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The next `n` times as a clock on the wall shows them.
fn shown<const N: usize>(schedule: Schedule, after: &str, name: &str) -> [String; N] {
    let zone = zone(name);
    let times = schedule.next_times(at(after), &zone, N);
    times
        .into_iter()
        .map(|time| format!("{} {}", zone.to_datetime(time).strftime("%F %H:%M"), zone.to_offset(time)))
        .collect::<Vec<_>>()
        .try_into()
        .unwrap()
}

fn daily(hour: i8, minute: i8) -> Schedule {
    Schedule { hour, minute, ..Schedule::default() }
}

fn monthly(day: i8) -> Schedule {
    Schedule { frequency: Frequency::Monthly, day, ..Schedule::default() }
}

fn hourly(minute: i8) -> Schedule {
    Schedule { frequency: Frequency::Hourly, minute, ..Schedule::default() }
}

#[test]
fn a_new_schedule_is_every_day_at_six() {
    assert_eq!(
        shown(Schedule::default(), "2026-11-25T05:59:59Z", "Europe/London"),
        ["2026-11-25 06:00 +00", "2026-11-26 06:00 +00", "2026-11-27 06:00 +00"]
    );
}

#[test]
fn the_time_itself_is_over_when_it_is_there() {
    assert_eq!(shown(daily(6, 0), "2026-11-25T06:00:00Z", "UTC"), ["2026-11-26 06:00 +00"]);
    assert_eq!(shown(daily(6, 0), "2026-11-25T05:59:59.999999Z", "UTC"), ["2026-11-25 06:00 +00"]);
    assert_eq!(shown(hourly(0), "2026-11-25T06:00:00.000001Z", "UTC"), ["2026-11-25 07:00 +00"]);
    assert_eq!(shown(hourly(0), "1960-11-25T05:59:59.5Z", "UTC"), ["1960-11-25 06:00 +00"]);
}

#[test]
fn weekly_is_that_day_of_every_week() {
    let schedule = Schedule { frequency: Frequency::Weekly, weekday: Weekday::Friday, ..Schedule::default() };
    // A Wednesday.
    assert_eq!(
        shown(schedule, "2026-11-25T12:00:00Z", "Europe/Berlin"),
        ["2026-11-27 06:00 +01", "2026-12-04 06:00 +01", "2026-12-11 06:00 +01"]
    );
    assert_eq!(shown(schedule, "2026-11-27T12:00:00Z", "Europe/Berlin"), ["2026-12-04 06:00 +01"]);
}

#[test]
fn a_month_that_lacks_the_day_has_its_last_day_instead() {
    assert_eq!(
        shown(monthly(31), "2027-12-31T12:00:00Z", "Europe/London"),
        ["2028-01-31 06:00 +00", "2028-02-29 06:00 +00", "2028-03-31 06:00 +01", "2028-04-30 06:00 +01"]
    );
    assert_eq!(shown(monthly(29), "2027-01-31T12:00:00Z", "UTC"), ["2027-02-28 06:00 +00", "2027-03-29 06:00 +00"]);
}

#[test]
fn a_time_that_a_clock_change_skips_becomes_the_first_minute_after_it() {
    assert_eq!(
        shown(daily(2, 30), "2027-03-27T12:00:00Z", "Europe/Berlin"),
        ["2027-03-28 03:00 +02", "2027-03-29 02:30 +02"]
    );
    assert_eq!(
        shown(daily(0, 0), "2026-09-05T12:00:00Z", "America/Santiago"),
        ["2026-09-06 01:00 -03", "2026-09-07 00:00 -03"]
    );
}

#[test]
fn a_time_that_comes_twice_counts_once_and_the_first_time() {
    assert_eq!(
        shown(daily(2, 30), "2026-10-24T12:00:00Z", "Europe/Berlin"),
        ["2026-10-25 02:30 +02", "2026-10-26 02:30 +01"]
    );
    // In between the two.
    assert_eq!(shown(daily(2, 30), "2026-10-25T01:00:00Z", "Europe/Berlin"), ["2026-10-26 02:30 +01"]);
}

#[test]
fn hourly_is_every_hour_that_passes_whatever_the_clocks_do() {
    assert_eq!(
        shown(hourly(30), "2026-10-25T00:00:00Z", "Europe/Berlin"),
        ["2026-10-25 02:30 +02", "2026-10-25 02:30 +01", "2026-10-25 03:30 +01"]
    );
    assert_eq!(
        shown(hourly(30), "2027-03-28T00:00:00Z", "Europe/Berlin"),
        ["2027-03-28 01:30 +01", "2027-03-28 03:30 +02", "2027-03-28 04:30 +02"]
    );
    // Clocks go from 02:00 to 02:30.
    assert_eq!(
        shown(hourly(45), "2026-10-03T14:30:00Z", "Australia/Lord_Howe"),
        ["2026-10-04 01:45 +10:30", "2026-10-04 02:45 +11", "2026-10-04 03:45 +11"]
    );
}

#[test]
fn a_day_that_a_zone_skipped_is_left_out_but_not_the_week_nor_the_month() {
    let after = "2011-12-29T12:00:00Z";
    assert_eq!(shown(daily(6, 0), after, "Pacific/Apia"), ["2011-12-29 06:00 -10", "2011-12-31 06:00 +14"]);
    assert_eq!(shown(monthly(30), after, "Pacific/Apia"), ["2011-12-31 00:00 +14", "2012-01-30 06:00 +14"]);
}

#[test]
fn parts_out_of_range_are_named_with_what_to_give() {
    assert_eq!(Schedule::default().check(), Ok(()));
    let said = |schedule: Schedule| schedule.check().unwrap_err().to_string();
    assert_eq!(said(daily(24, 0)), "schedule, hour: 24 is out of range; give a number from 0 to 23");
    assert_eq!(said(daily(6, -1)), "schedule, minute: -1 is out of range; give a number from 0 to 59");
    assert_eq!(said(monthly(0)), "schedule, day: 0 is out of range; give a number from 1 to 31");
    assert!("fortnightly".parse::<Frequency>().unwrap_err().to_string().contains("“fortnightly”"));
}

#[test]
fn a_file_names_what_differs_from_the_default() {
    let schedule: Schedule = serde_json::from_str(r#"{"frequency":"weekly","weekday":"friday","hour":7}"#).unwrap();
    let expected = Schedule { frequency: Frequency::Weekly, weekday: Weekday::Friday, hour: 7, ..Schedule::default() };
    assert_eq!(schedule, expected);
    assert!(serde_json::from_str::<Schedule>(r#"{"weekdays":["friday"]}"#).is_err());
}

#[test]
fn the_end_of_the_calendar_is_no_panic() {
    for frequency in Frequency::ALL {
        let schedule = Schedule { frequency, ..Schedule::default() };
        for name in ZONES {
            assert_eq!(schedule.next(Timestamp::MAX, &zone(name)), Timestamp::MAX);
            assert!(schedule.next(Timestamp::MIN, &zone(name)) > Timestamp::MIN);
        }
    }
}

#[test]
fn imports_are_spread_evenly_and_always_alike() {
    let numbers = (0..9_000_u128).map(|number| IntegrationId(uuid::Uuid::from_u128(number)));
    let mut by_minute = [0; SPREAD_MINUTES as usize];
    for id in numbers {
        let seconds = spread(id).as_secs();
        assert_eq!(spread(id).as_secs(), seconds);
        by_minute[usize::try_from(seconds / 60).unwrap()] += 1;
    }
    assert!(by_minute.iter().all(|minute| (500..700).contains(minute)), "{by_minute:?}");
    // What is stored on one machine is read on another, by an older or a newer Rollcall.
    assert_eq!(spread(IntegrationId(uuid::Uuid::from_u128(7))).as_secs(), 557);
}

#[test]
fn a_time_of_the_schedule_is_known_again() {
    let berlin = zone("Europe/Berlin");
    assert!(daily(6, 0).holds(at("2026-11-25T05:00:00Z"), &berlin));
    assert!(!daily(6, 0).holds(at("2026-11-25T05:05:00Z"), &berlin));
    assert!(!daily(6, 0).holds(at("2026-11-25T05:00:00.000001Z"), &berlin));
    assert!(!daily(6, 0).holds(Timestamp::MIN, &berlin));
    // An hour that comes twice, and one that is skipped.
    assert!(
        hourly(30).holds(at("2026-10-25T00:30:00Z"), &berlin) && hourly(30).holds(at("2026-10-25T01:30:00Z"), &berlin)
    );
    assert!(daily(2, 30).holds(at("2027-03-28T01:00:00Z"), &berlin));
}

#[test]
fn a_zone_that_is_left_for_another_offset_for_good_keeps_its_hours() {
    // North Korea went from +08:30 to +09 at 23:30 on 4 May 2018; Samoa skipped a whole day.
    assert_eq!(
        shown(hourly(45), "2018-05-04T13:30:00Z", "Asia/Pyongyang"),
        ["2018-05-04 22:45 +08:30", "2018-05-05 00:45 +09", "2018-05-05 01:45 +09"]
    );
    assert_eq!(
        shown(hourly(0), "2011-12-30T08:30:00Z", "Pacific/Apia"),
        ["2011-12-29 23:00 -10", "2011-12-31 00:00 +14", "2011-12-31 01:00 +14"]
    );
}

fn any_schedule() -> impl Strategy<Value = Schedule> {
    (0..4_usize, 0..24_i8, 0..60_i8, 0..7_usize, 1..=31_i8).prop_map(|(frequency, hour, minute, weekday, day)| {
        let (frequency, weekday) = (Frequency::ALL[frequency], Weekday::ALL[weekday]);
        Schedule { frequency, hour, minute, weekday, day }
    })
}

/// Any instant from 2000 to 2099, half of them near a clock change.
fn any_instant(zone: TimeZone) -> impl Strategy<Value = Timestamp> {
    (946_684_800_i64..4_102_444_800, any::<bool>(), -7200_i64..7200).prop_map(move |(second, near, by)| {
        let anywhere = Timestamp::from_second(second).unwrap();
        let change = zone.following(anywhere).next().filter(|_| near);
        change.map_or(anywhere, |change| Timestamp::from_second(change.timestamp().as_second() + by).unwrap())
    })
}

fn any_case() -> impl Strategy<Value = (Schedule, TimeZone, Timestamp)> {
    (any_schedule(), 0..ZONES.len()).prop_flat_map(|(schedule, name)| {
        let zone = zone(ZONES[name]);
        (Just(schedule), Just(zone.clone()), any_instant(zone))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn times_only_go_on((schedule, zone, after) in any_case()) {
        let times = schedule.next_times(after, &zone, 40);
        prop_assert!(times[0] > after);
        prop_assert!(times.windows(2).all(|pair| pair[0] < pair[1]));
    }

    /// Nothing lies between `after` and the time that follows it: asked from any instant between, it is the same.
    #[test]
    fn no_time_is_passed_over((schedule, zone, after) in any_case(), part in 0.0..1.0_f64) {
        let next = schedule.next(after, &zone);
        #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "any instant between will do")]
        let between = (((next.as_second() - after.as_second()) as f64) * part) as i64;
        let between = Timestamp::from_second(after.as_second() + between).unwrap();
        if between < next {
            prop_assert_eq!(schedule.next(between, &zone), next);
        }
    }

    #[test]
    fn there_is_one_in_every_day_week_or_month((schedule, zone, after) in any_case()) {
        // Apia had a day that never was, 30 December 2011: what was due on it was due when the next began.
        let skipped = zone.iana_name() == Some("Pacific/Apia");
        let is_next = |date: Date| skipped && date == Date::constant(2011, 12, 31);
        let dates = schedule.next_times(after, &zone, 60).into_iter().map(|time| zone.to_datetime(time).date());
        let number = |date: Date| match schedule.frequency {
            Frequency::Weekly => {
                let days = i64::from(date.since(Date::constant(2000, 1, 3)).unwrap().get_days());
                prop_assert!(is_next(date) || date.weekday().to_monday_zero_offset() == schedule.weekday as i8);
                Ok(days.div_euclid(7))
            }
            Frequency::Monthly => {
                prop_assert!(is_next(date) || date.day() == schedule.day.min(date.days_in_month()));
                Ok(i64::from(date.year()) * 12 + i64::from(date.month()))
            }
            Frequency::Hourly | Frequency::Daily => {
                Ok(i64::from(date.since(Date::constant(2000, 1, 3)).unwrap().get_days()))
            }
        };
        let numbers = dates.map(number).collect::<Result<Vec<_>, _>>()?;
        if schedule.frequency != Frequency::Hourly && !skipped {
            prop_assert!(numbers.windows(2).all(|pair| pair[1] == pair[0] + 1), "{:?}", numbers);
        }
    }

    #[test]
    fn every_hour_has_one((schedule, zone, after) in any_case()) {
        let schedule = Schedule { frequency: Frequency::Hourly, ..schedule };
        let times = schedule.next_times(after, &zone, 60);
        for time in &times {
            prop_assert_eq!(zone.to_datetime(*time).minute(), schedule.minute);
            prop_assert_eq!(zone.to_datetime(*time).second(), 0);
        }
        // But where clocks change by half an hour.
        if zone.iana_name() != Some("Australia/Lord_Howe") {
            prop_assert!(times.windows(2).all(|pair| pair[1].as_second() - pair[0].as_second() == 3600));
        }
    }
}
