//! Incidents 16 to 19: who comes in, and what of a value survives the way.

use sandbox::{Change, Dates, Knobs, Writing};

use crate::world::{CLIENT_ID, CLIENT_SECRET, Report, World, both, person, ran};

both! {
    incident_16_contractors_and_old_leavers_stay_out,
    incident_17_future_starters_come_in_when_they_start,
    incident_18_no_day_moves_through_a_time_zone,
    incident_19_leading_zeros_of_an_id_are_kept,
}

/// R21, R23: neither is imported, neither is rejected, both are counted.
fn incident_16_contractors_and_old_leavers_stay_out(world: &World) {
    world.hire(&person(1, "Ada", "Lovelace"));
    world.hire(&person(2, "Carl", "Contractor").and("employment_type", "External"));
    world.hire(&person(3, "Olaf", "Oldtimer").and("status", "inactive").and("email", ""));
    world.apply(&world.set_up().segment("employment_type", "include", &["Internal "]));
    let Report { read, join, not_eligible, reject, errors, .. } = world.import().completed();
    assert_eq!((read, join, not_eligible, reject, errors), (3, 1, 2, 0, 0));
    assert_eq!(world.states(), [("1".to_owned(), "invited".to_owned())]);
    assert_eq!(world.mails("welcome").len(), 1);
}

/// R20: no account before they start; a member who is "onboarding" again stays as they are.
fn incident_17_future_starters_come_in_when_they_start(world: &World) {
    world.begin(&[person(1, "Ada", "Lovelace")]);
    world.hire(&person(2, "Fay", "Future").and("status", "onboarding").and("hire_date", "2099-01-01"));
    world.change(1, "status", "onboarding");
    for _ in 0..2 {
        let report = world.import().quiet();
        assert_eq!((report.starts_later, report.unchanged), (1, 1));
        assert_eq!(world.states(), [("1".to_owned(), "invited".to_owned())]);
    }
    world.change(2, "status", "active");
    world.change(2, "hire_date", "2026-11-01");
    assert_eq!(world.import().completed().join, 1);
    assert_eq!(world.member("2", "status"), "invited");
}

/// R7: the day is the first ten characters, wherever source, program and programme are.
fn incident_18_no_day_moves_through_a_time_zone(world: &World) {
    let days = [
        "2022-07-01T00:00:00+02:00",
        "2022-07-01T00:00:00+00:00",
        "2022-07-01T00:00:00Z",
        "2022-07-01",
        "2022-07-01T23:59:59-11:00",
        "2022-07-01T00:00:00+14:00",
    ];
    for (id, day) in (1..).zip(days) {
        let mut somebody = person(id, &format!("Day {}", crate::world::letters(id)), "Of Joining");
        somebody.set.remove("hire_date");
        somebody.raw.insert("hire_date".into(), day.into());
        world.hire(&somebody);
    }
    world.apply(&world.set_up().with("programme", "time_zone", "\"Pacific/Kiritimati\""));
    for zone in ["America/Los_Angeles", "Asia/Tokyo"] {
        ran(world.command(&["import", "acme", "--json"]).env("TZ", zone)).exits(0);
        for (id, member) in world.members() {
            assert_eq!(member["contract_start_date"], "2022-07-01", "{id} in {zone}");
        }
    }
    // However the source writes days, it is the same day, and so nothing is new.
    let dates = [Dates::Day, Dates::MidnightShortOffset, Dates::Midnight];
    for dates in dates {
        let writing = Writing { dates, ..Writing::default() };
        let knobs = Knobs { writing, ..Knobs::default().unlimited() };
        let company = world.company(|company| company.clone());
        world.sandbox.add_company_with(CLIENT_ID, CLIENT_SECRET, company, knobs);
        world.import().quiet();
    }
}

/// R10 and the table of R35: IDs are text; outer space goes, zeros stay.
fn incident_19_leading_zeros_of_an_id_are_kept(world: &World) {
    let number = |id: i64, first: &str, number: &str| {
        let change: Change = person(id, first, "Number");
        change.and("dynamic_1830008", number)
    };
    world.hire(&number(1, "Ann", "000123"));
    world.hire(&number(2, "Ben", "123"));
    world.hire(&number(3, "Cid", " 0000000000000000000000000042 "));
    world.apply(&world.set_up().map("employee_id", "dynamic_1830008"));
    assert_eq!(world.import().completed().join, 3);
    let ids: Vec<String> = world.members().into_keys().collect();
    assert_eq!(ids, ["0000000000000000000000000042", "000123", "123"]);
    assert_eq!(world.import().quiet().unchanged, 3);
}
