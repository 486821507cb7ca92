//! Simulated months: whenever somebody left, wherever, and however long nothing ran.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use proptest::prelude::*;

use super::{
    super::{
        stops::{add, days},
        *,
    },
    outlook::zone,
};

const ZONES: [&str; 4] = ["Europe/Berlin", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe"];

/// When somebody left, and when somebody looked after that.
#[derive(Debug, Clone)]
struct Story {
    zone: &'static str,
    settings: CloseDown,
    left_at: Timestamp,
    /// Hours from one look to the next; a long one is a machine that was off.
    looks: Vec<i64>,
    /// How long deliveries take, in hours.
    delay: i64,
    /// The look at which it is heard that they are to start again so many days later.
    stop: Option<(usize, i32)>,
}

fn story() -> impl Strategy<Value = Story> {
    let settings = (0_u32..=168, prop::collection::btree_set(1_u32..120, 0..4), 8_u32..120).prop_map(
        |(notice_hours, days, close_day)| CloseDown {
            notice_hours,
            reminder_days: days.into_iter().filter(|day| *day < close_day).collect(),
            close_day,
            ..CloseDown::default()
        },
    );
    let settings = prop_oneof![Just(CloseDown::default()), settings];
    let look = prop_oneof![20 => 1_i64..30, 1 => 21 * 24..24 * 24_i64];
    (
        prop::sample::select(ZONES.to_vec()),
        settings,
        // From 2011, when Samoa skipped a day, on.
        1_300_000_000_i64..1_800_000_000,
        prop::collection::vec(look, 200..400),
        prop_oneof![3 => Just(0_i64), 1 => 1_i64..80],
        prop::option::of((5_usize..60, 1_i32..40)),
    )
        .prop_map(|(zone, settings, left_at, looks, delay, stop)| Story {
            zone,
            settings,
            left_at: Timestamp::from_second(left_at).unwrap(),
            looks,
            delay,
            stop,
        })
}

/// What happened, and on which day of the calendar.
#[derive(Debug)]
struct Life {
    happened: Vec<(Due, Date)>,
    told: Vec<Date>,
    leaver: Leaver,
}

fn live(story: &Story, zone: &TimeZone) -> Life {
    let leaver = Leaver {
        left_at: story.left_at,
        stops: Stops::default(),
        notice: Notice::Ahead,
        told: None,
        reminded: None,
        erase_on: None,
    };
    let mut life = Life { happened: Vec::new(), told: Vec::new(), leaver };
    let mut now = story.left_at;
    let mut goes_at = None;
    for (number, hours) in story.looks.iter().enumerate() {
        now += SignedDuration::from_hours(*hours);
        let today = zone.to_datetime(now).date();
        if let Some((at, length)) = story.stop.filter(|(at, _)| *at == number) {
            life.leaver.stops = life.leaver.stops.noted(add(today, length), today);
            assert_eq!(at, number);
        }
        if let Some(at) = goes_at.filter(|at| *at <= now) {
            life.leaver.notice = Notice::Gone(zone.to_datetime(at).date());
            goes_at = None;
        }
        let outlook = story.settings.outlook(&life.leaver, zone, now);
        assert!(outlook.due.is_some() || outlook.next > now, "{outlook:?}");
        let Some(due) = outlook.due else { continue };
        assert_eq!(life.leaver.stops.standing_until(today), None, "the clock stands still");
        match due {
            Due::Notice => {
                assert!(now >= outlook.notice_at);
                life.leaver.notice = Notice::Waits;
                goes_at = Some(now + SignedDuration::from_hours(story.delay));
                if story.delay == 0 {
                    life.leaver.notice = Notice::Gone(today);
                    goes_at = None;
                }
            }
            Due::Reminder(day) => life.leaver.reminded = Some(day),
            Due::Close => {}
        }
        life.happened.push((due, today));
        life.told.push(outlook.ends_on);
        if due == Due::Close {
            break;
        }
        life.leaver.told = Some(outlook.ends_on);
        // Nothing is due twice.
        assert_ne!(story.settings.outlook(&life.leaver, zone, now).due, Some(due));
    }
    life
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// R60, R62
    #[test]
    fn each_notice_goes_once_and_in_order_however_long_nothing_ran(story in story()) {
        let zone = zone(story.zone);
        let life = live(&story, &zone);
        let notices = life.happened.iter().filter(|(due, _)| *due == Due::Notice).count();
        prop_assert!(notices <= 1);
        prop_assert!(life.happened.is_empty() || life.happened[0].0 == Due::Notice);
        let reminders: Vec<u32> =
            life.happened.iter().filter_map(|(due, _)| if let Due::Reminder(day) = due { Some(*day) } else { None }).collect();
        prop_assert!(reminders.is_sorted_by(|one, next| one < next), "{reminders:?}");
        prop_assert!(life.told.is_sorted(), "nobody is told an earlier day than before: {:?}", life.told);
        let first = zone.to_datetime(story.left_at).date();
        for (due, on) in &life.happened {
            if let Due::Reminder(day) = due {
                prop_assert!(*on >= life.leaver.stops.day_after(first, i32::try_from(*day).unwrap()));
                prop_assert!(*on <= life.leaver.told.unwrap());
            }
        }
    }

    /// R60, R61
    #[test]
    fn nobody_is_closed_early_or_without_days_between(story in story()) {
        let zone = zone(story.zone);
        let life = live(&story, &zone);
        let Some((Due::Close, closed)) = life.happened.last() else { return Ok(()) };
        let Notice::Gone(noticed) = life.leaver.notice else { panic!("closed without notice") };
        let first = zone.to_datetime(story.left_at).date();
        let counted = days(first, *closed) - life.leaver.stops.before(*closed);
        prop_assert!(counted > i32::try_from(story.settings.close_day).unwrap());
        let fair = NOTICE_DAYS.min(i32::try_from(story.settings.close_day - story.settings.notice_hours.div_ceil(24)).unwrap());
        prop_assert!(days(noticed, *closed) > fair, "told on {noticed}, closed on {closed}");
        prop_assert!(*closed > life.leaver.told.unwrap());
    }

    /// R60
    #[test]
    fn where_something_always_runs_every_day_is_kept(
        name in prop::sample::select(ZONES.to_vec()),
        left_at in 1_300_000_000_i64..1_800_000_000,
    ) {
        let zone = zone(name);
        let left_at = Timestamp::from_second(left_at).unwrap();
        let story = Story {
            zone: name,
            settings: CloseDown::default(),
            left_at,
            looks: vec![1; 24 * 70],
            delay: 0,
            stop: None,
        };
        let life = live(&story, &zone);
        let first = zone.to_datetime(left_at).date();
        // A day that the zone skips is made up for on the next.
        let shown = |day: i32| {
            let midnight = crate::schedule::first_showing(add(first, day).at(0, 0, 0, 0), &zone).unwrap();
            zone.to_datetime(midnight).date()
        };
        let due: Vec<Due> = life.happened.iter().map(|(due, _)| *due).collect();
        prop_assert_eq!(due, [Due::Notice, Due::Reminder(30), Due::Reminder(53), Due::Close]);
        let dates: Vec<Date> = life.happened[1..].iter().map(|(_, on)| *on).collect();
        prop_assert_eq!(dates, [shown(30), shown(53), shown(61)]);
    }
}
