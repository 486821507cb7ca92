//! Imports that begin by themselves, and who is told of imports.

use domain::{
    import::Purpose,
    integration::State,
    programme::settings::Profile,
    schedule::{Schedule, spread},
    setup::Recipient,
};
use engine::{Actor, EngineError, import::Request, setup::Basics};
use jiff::SignedDuration;
use sandbox::Change;
use store::{Integration, Programme, StoreError};
use uuid::Uuid;

use crate::{bed::Bed, both, people::person};

fn ada() -> Change {
    person(1, "Ada", "Adamski")
}

/// Begins what is due, and works it off.
pub(crate) async fn look(bed: &Bed) -> usize {
    let started = bed.engine.start_due().await.expect("looked");
    if started > 0 {
        bed.import().await;
    }
    started
}

async fn an_import_begins_when_its_time_has_come_and_once(bed: Bed) {
    bed.employ_people([ada()]);
    bed.set_up("").await;
    // Published at seven in Berlin: six o'clock is over for today.
    assert_eq!(look(&bed).await, 0);
    bed.pass(SignedDuration::from_secs(23 * 3600 - 2));
    assert_eq!(look(&bed).await, 0, "a second too early");
    let (programme, integration) = bed.integration().await;
    let shown = bed.engine.next_imports(&programme, &integration, 3).expect("readable");
    let (six, offset) = ("2026-11-24T05:00:00Z".parse().expect("a time"), spread(integration.number()));
    assert_eq!(shown, [six, six + SignedDuration::from_hours(24), six + SignedDuration::from_hours(48)]);
    assert!(offset > SignedDuration::from_secs(2) && offset < SignedDuration::from_mins(15), "{offset:?}");
    bed.pass(offset);
    assert_eq!(look(&bed).await, 0, "spread, so a moment later than shown");
    let shown = bed.engine.next_imports(&programme, &bed.integration().await.1, 1).expect("readable");
    assert_eq!(shown, [six], "it is still to come");
    bed.pass(SignedDuration::from_secs(1));
    assert_eq!(look(&bed).await, 1);
    assert_eq!(look(&bed).await, 0, "once");
    assert_eq!(bed.members().await.len(), 1);
}

async fn times_that_were_missed_are_caught_up_once(bed: Bed) {
    bed.employ_people([ada()]);
    bed.set_up("").await;
    bed.pass(SignedDuration::from_hours(24 * 21));
    let (programme, integration) = bed.integration().await;
    let shown = bed.engine.next_imports(&programme, &integration, 2).expect("readable");
    assert_eq!(shown[0], bed.engine_now(), "at once");
    assert_eq!(look(&bed).await, 1);
    assert_eq!(look(&bed).await, 0);
    bed.pass(SignedDuration::from_hours(24));
    assert_eq!(look(&bed).await, 1);
}

/// R52
async fn a_schedule_that_is_paused_stands_still(bed: Bed) {
    bed.employ_people([ada()]);
    bed.set_up("").await;
    let (_, integration) = bed.integration().await;
    let paused = bed.engine.pause(&integration, &Actor::command()).await.expect("paused");
    assert_eq!(paused.state().expect("a state"), State::Paused);
    bed.pass(SignedDuration::from_hours(48));
    assert_eq!(look(&bed).await, 0);
    bed.engine.resume(&paused, &Actor::command()).await.expect("resumed");
    assert_eq!(look(&bed).await, 1);
}

/// However many look at the clock, one begins what is due.
async fn two_machines_begin_an_import_once(bed: Bed) {
    bed.employ_people([ada()]);
    bed.set_up("").await;
    let another = bed.another_engine().await;
    for _ in 0..5 {
        bed.pass(SignedDuration::from_hours(24));
        let (one, two) = tokio::join!(bed.engine.start_due(), another.start_due());
        assert_eq!(one.expect("looked") + two.expect("looked"), 1);
        bed.import().await;
    }
    assert_eq!(bed.engine.store().imports(bed.integration().await.0.number(), 99).await.expect("a history").len(), 5);
}

/// So many programmes beside the bed's own, whose integrations are like its own and due at the same moment.
async fn programmes_alike(bed: &Bed, count: u32) -> Vec<(Programme, Integration)> {
    let (programme, integration) = bed.integration().await;
    let mut alike = Vec::new();
    for n in 1..=count {
        let number =
            |kind: u128| Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | (kind << 32) | u128::from(n));
        let programme = Programme { id: number(1), slug: format!("p{n}"), ..programme.clone() };
        let integration = Integration { programme_id: programme.id, id: number(2), ..integration.clone() };
        bed.engine.store().save_programme(&programme).await.expect("saved");
        bed.engine.store().save_integration(&integration).await.expect("saved");
        alike.push((programme, integration));
    }
    alike
}

const BEGUN: &str = "SELECT COUNT(*) FROM imports WHERE \"trigger\" = 'schedule'";
const NOTED: &str = "SELECT COUNT(*) FROM audit WHERE action = 'import.started' AND actor = 'Rollcall'";

async fn machines_share_what_is_due_at_once_in_many_programmes(bed: Bed) {
    bed.employ_people([ada()]);
    bed.set_up("").await;
    assert_eq!(look(&bed).await, 0);
    programmes_alike(&bed, 230).await;
    let another = bed.another_engine().await;
    bed.pass(SignedDuration::from_hours(24));
    let (one, two) = tokio::join!(bed.engine.start_due(), another.start_due());
    assert_eq!(one.expect("looked") + two.expect("looked"), 231);
    assert_eq!((bed.number(BEGUN).await, bed.number(NOTED).await), (231, 231));
    assert_eq!(bed.number(&BEGUN.replace('*', "DISTINCT integration_id")).await, 231);
    assert_eq!(bed.engine.start_due().await.expect("looked"), 0, "all times have moved on");
}

/// R39
async fn what_cannot_begin_keeps_no_other_waiting(bed: Bed) {
    bed.employ_people([ada()]);
    bed.set_up("").await;
    assert_eq!(look(&bed).await, 0);
    let alike = programmes_alike(&bed, 4).await;
    let (programme, busy) = &alike[0];
    let request = Request { purpose: Purpose::Apply, trigger: "portal", renumbered: false };
    let asked = bed.engine.start_import(programme, busy, request, &Actor::command()).await.expect("asked");
    bed.sql("UPDATE programmes SET suspended_at = 1 WHERE slug = 'p2'").await;
    let third = "programme_id = (SELECT id FROM programmes WHERE slug = 'p3')";
    bed.sql(&format!("UPDATE integrations SET schedule = '?' WHERE {third}")).await;
    bed.pass(SignedDuration::from_hours(24));
    let error = bed.engine.start_due().await.expect_err("one cannot be read");
    assert!(matches!(error, EngineError::Store(StoreError::Row(_))), "{error:?}");
    assert_eq!((bed.number(BEGUN).await, bed.number(NOTED).await), (2, 2), "the bed's own, and the fourth");
    for (programme, seen) in &alike[..3] {
        let now = bed.engine.integration(programme, None).await.expect("there");
        assert_eq!(now.due_at, seen.due_at, "{}", programme.slug);
    }
    bed.sql(&format!("UPDATE integrations SET schedule = '{}' WHERE {third}", busy.schedule)).await;
    assert_eq!(bed.engine.start_due().await.expect("looked"), 1);
    assert_eq!(bed.engine.running_of(busy).await.expect("looked").map(|running| running.number()), Some(asked));
    bed.sql("UPDATE imports SET state = 'completed' WHERE \"trigger\" = 'portal'").await;
    assert_eq!(bed.engine.start_due().await.expect("looked"), 1, "it had stayed due");
}

/// A quarter of a year with a clock change: every day has its import, never before six, never after a quarter past.
async fn every_day_has_its_import_through_a_clock_change(bed: Bed) {
    bed.employ_people([ada()]);
    bed.set_up("").await;
    // From the end of February to the beginning of April.
    bed.pass(SignedDuration::from_hours(24 * 94));
    assert_eq!(look(&bed).await, 1, "caught up");
    let zone = jiff::tz::TimeZone::get("Europe/Berlin").expect("a zone");
    let mut days = Vec::new();
    for _ in 0..(40 * 24 * 4) {
        bed.pass(SignedDuration::from_mins(15));
        if look(&bed).await > 0 {
            let at = bed.engine_now().to_zoned_datetime(zone.clone());
            assert!(at.hour() == 6 && at.minute() <= 15, "{at}");
            days.push(at.date());
        }
    }
    assert_eq!(days.len(), 40);
    assert!(days.windows(2).all(|pair| pair[0].tomorrow().expect("a day") == pair[1]), "{days:?}");
}

/// What an import's time depends on changes, and so does the time.
async fn another_schedule_or_zone_is_another_time(bed: Bed) {
    bed.employ_people([ada()]);
    bed.set_up("").await;
    let due = async || {
        bed.engine.start_due().await.expect("looked");
        let (_, integration) = bed.integration().await;
        let due = integration.due_at.expect("timed") - spread(integration.number()).as_secs() * 1_000_000;
        jiff::Timestamp::from_microsecond(due).expect("in range").to_string()
    };
    assert_eq!(due().await, "2026-11-24T05:00:00Z");
    // As an older Rollcall leaves it.
    bed.sql("UPDATE integrations SET due_at = NULL").await;
    assert_eq!(due().await, "2026-11-24T05:00:00Z");
    let (programme, integration) = bed.integration().await;
    let draft = bed.engine.draft_of(&integration).expect("readable");
    let later = Basics { schedule: Schedule { hour: 22, ..draft.schedule }, ..Basics::of(&draft) };
    bed.engine.save_basics(&integration, &later, &Actor::command()).await.expect("saved");
    assert_eq!(due().await, "2026-11-24T05:00:00Z", "not published yet");
    bed.publish().await;
    assert_eq!(due().await, "2026-11-23T21:00:00Z");
    let settings = bed.engine.programme_settings(&programme).expect("readable");
    let moved = Profile { time_zone: "Asia/Tokyo".into(), ..Profile::of(&programme.name, "Europe/Berlin", &settings) };
    bed.engine.change_programme(&programme, moved, &Actor::command()).await.expect("changed");
    assert_eq!(due().await, "2026-11-23T13:00:00Z");
    let (_, integration) = bed.integration().await;
    bed.engine.revoke(&integration, &Actor::command()).await.expect("revoked");
    assert_eq!(bed.integration().await.1.due_at, None);
}

/// R51
async fn the_recipients_are_told_as_they_want_to_be(bed: Bed) {
    bed.employ_people([ada()]);
    bed.set_up("").await;
    let (_, integration) = bed.integration().await;
    let recipient = |address: &str, failures_only| Recipient { address: address.to_owned(), failures_only };
    let draft = bed.engine.draft_of(&integration).expect("readable");
    let recipients = vec![
        recipient("all@acme.example", false),
        recipient("failures@acme.example", true),
        recipient("HR@acme.example", false),
    ];
    let basics = Basics { recipients, ..Basics::of(&draft) };
    bed.engine.save_basics(&integration, &basics, &Actor::command()).await.expect("saved");
    bed.try_import(Purpose::Preview).await.expect("a preview");
    let (_, integration) = bed.integration().await;
    bed.engine.publish(&integration, None, &Actor::command()).await.expect("published");
    bed.import().await;
    let told = async |kind: &str| {
        let mails = bed.mails().await.into_iter().filter(|(one, ..)| one == kind);
        mails.filter_map(|(_, to, _)| to).collect::<std::collections::BTreeSet<_>>()
    };
    let set = |addresses: &[&str]| addresses.iter().map(ToString::to_string).collect();
    assert_eq!(told("import-summary").await, set(&["hr@acme.example", "all@acme.example"]), "the owner once");
    bed.employ_people([]);
    bed.import().await;
    let everybody = set(&["hr@acme.example", "all@acme.example", "failures@acme.example"]);
    assert_eq!(told("import-failed").await, everybody);
}

both!(
    the_recipients_are_told_as_they_want_to_be,
    an_import_begins_when_its_time_has_come_and_once,
    times_that_were_missed_are_caught_up_once,
    a_schedule_that_is_paused_stands_still,
    two_machines_begin_an_import_once,
    machines_share_what_is_due_at_once_in_many_programmes,
    what_cannot_begin_keeps_no_other_waiting,
    every_day_has_its_import_through_a_clock_change,
    another_schedule_or_zone_is_another_time,
);
