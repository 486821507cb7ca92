//! Imports that keep failing (R52), and credentials that are refused (R5).

use domain::{import::Purpose, integration::State};
use engine::Actor;
use jiff::{SignedDuration, Timestamp};
use sandbox::Change;
use store::Integration;

use crate::{
    bed::{Bed, CLIENT},
    both,
    due::look,
    people::person,
};

fn ada() -> Change {
    person(1, "Ada", "Adamski")
}

async fn now(bed: &Bed) -> Integration {
    bed.integration().await.1
}

/// State, why it is paused, and how many imports failed in a row.
async fn stands(bed: &Bed) -> (String, Option<String>, i32) {
    let integration = now(bed).await;
    (integration.state, integration.paused_by, integration.failures)
}

fn stood(state: &str, paused_by: Option<&str>, failures: i32) -> (String, Option<String>, i32) {
    (state.to_owned(), paused_by.map(str::to_owned), failures)
}

/// Lets time pass, five minutes at a time, and tells when imports began by themselves.
async fn live_through(bed: &Bed, hours: i64) -> Vec<Timestamp> {
    let mut began = Vec::new();
    for _ in 0..hours * 12 {
        bed.pass(SignedDuration::from_mins(5));
        if look(bed).await > 0 {
            began.push(bed.engine_now());
        }
    }
    began
}

fn minutes(began: &[Timestamp]) -> Vec<i64> {
    began.iter().map(|at| at.duration_since(began[0]).as_mins()).collect()
}

/// One good import, and from the next day on nobody is read any more.
async fn broken(bed: &Bed) -> Vec<Timestamp> {
    bed.employ_people([ada()]);
    bed.set_up("").await;
    assert_eq!(live_through(bed, 24).await.len(), 1);
    assert_eq!(stands(bed).await, stood("live", None, 0));
    bed.employ_people([]);
    live_through(bed, 48).await
}

/// R52: tries grow rare, and after a day the schedule pauses itself, with one mail; then once a day; and a good read ends it.
async fn a_schedule_that_keeps_failing_pauses_itself_and_goes_on_by_itself(bed: Bed) {
    let began = broken(&bed).await;
    assert_eq!(minutes(&began)[..10], [0, 5, 20, 80, 320, 560, 800, 1040, 1280, 1440], "{began:?}");
    assert_eq!(began.len(), 10, "then once a day");
    assert_eq!(stands(&bed).await, stood("paused", Some("by-failures"), 10));
    assert_eq!((bed.count_mails("import-failed").await, bed.count_mails("paused").await), (1, 1));
    let failing = bed.engine.failing(&now(&bed).await).expect("readable").expect("failing");
    assert!(failing.has_paused && failing.failures == 10);
    assert_eq!(failing.since, began[0].as_microsecond());
    let next = Timestamp::from_microsecond(failing.next_try.expect("a time")).expect("in range");
    assert_eq!(next, began[9] + SignedDuration::from_hours(24));

    let daily = live_through(&bed, 72).await;
    assert_eq!(minutes(&daily), [0, 1440, 2880]);
    assert_eq!(stands(&bed).await, stood("paused", Some("by-failures"), 13));
    assert_eq!((bed.count_mails("import-failed").await, bed.count_mails("paused").await), (1, 1), "told once");

    bed.employ_people([ada()]);
    assert_eq!(live_through(&bed, 24).await.len(), 1);
    assert_eq!(stands(&bed).await, stood("live", None, 0));
    let (programme, integration) = bed.integration().await;
    let shown = bed.engine.next_imports(&programme, &integration, 1).expect("readable");
    assert_eq!(shown[0].to_zoned_datetime(jiff::tz::TimeZone::get("Europe/Berlin").expect("a zone")).hour(), 6);
    assert_eq!(live_through(&bed, 48).await.len(), 2, "every day again");

    bed.employ_people([]);
    live_through(&bed, 60).await;
    assert_eq!(bed.count_mails("paused").await, 2, "another pause is told of again");
}

/// R52
async fn the_mail_of_a_pause_says_what_to_do(bed: Bed) {
    broken(&bed).await;
    bed.engine.deliver().await.expect("delivered");
    let folder = std::fs::read_dir(bed.place.path().join("mail")).expect("a folder");
    let texts = folder.map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("text"));
    let texts: Vec<String> = texts.map(|text| text.replace("=\r\n", "")).collect();
    let mail = texts.iter().find(|text| text.contains("scheduled Personio imports are paused")).expect("a mail");
    for part in ["The last 10 imports", "once a day", "Import data now", "/manage/acme/imports/", "Code: read-empty"] {
        assert!(mail.contains(part), "{part}: {mail}");
    }
    assert!(mail.contains("To: hr@acme.example"), "{mail}");
}

/// R52: what is settled before the mail goes is not told of.
async fn a_pause_that_has_ended_is_not_told_of(bed: Bed) {
    broken(&bed).await;
    bed.employ_people([ada()]);
    bed.import().await;
    bed.engine.deliver().await.expect("delivered");
    let pause = bed.mails().await.into_iter().find(|(kind, ..)| kind == "paused").expect("written");
    assert_eq!(pause.2, "cancelled");
}

/// R52: the schedule is paused only; a person's import is always tried, is told of when it fails, and ends the pause.
async fn a_persons_import_is_always_tried_and_ends_the_pause(bed: Bed) {
    broken(&bed).await;
    let before = bed.count_mails("import-failed").await;
    bed.import().await;
    assert_eq!(bed.count_mails("import-failed").await, before + 1);
    assert_eq!(stands(&bed).await, stood("paused", Some("by-failures"), 11));
    bed.employ_people([ada()]);
    bed.import().await;
    assert_eq!(stands(&bed).await, stood("live", None, 0));
    assert_eq!(live_through(&bed, 24).await.len(), 1);
}

/// R52: failures of a few hours, however many, pause nothing; a good one between ends the count.
async fn a_short_outage_pauses_nothing(bed: Bed) {
    bed.employ_people([ada()]);
    bed.set_up("").await;
    assert_eq!(live_through(&bed, 24).await.len(), 1);
    bed.employ_people([]);
    for _ in 0..10 {
        bed.import().await;
    }
    assert_eq!(stands(&bed).await, stood("live", None, 10));
    assert_eq!(live_through(&bed, 12).await.len(), 0, "a person's failure moves no time of the schedule");
    bed.employ_people([ada()]);
    bed.import().await;
    assert_eq!(stands(&bed).await, stood("live", None, 0));
}

/// R52: what an administrator paused stays paused, whatever is read.
async fn a_pause_by_hand_stays_until_somebody_resumes(bed: Bed) {
    bed.employ_people([ada()]);
    bed.set_up("").await;
    let by = Actor::command();
    bed.engine.pause(&now(&bed).await, &by).await.expect("paused");
    bed.import().await;
    assert_eq!(stands(&bed).await, stood("paused", Some("by-hand"), 0));
    // Also through refused credentials.
    bed.sandbox.rotate_secret(CLIENT, "another").expect("the company is there");
    bed.import().await;
    assert_eq!(stands(&bed).await, stood("reconnect-needed", Some("by-hand"), 0));
    assert_eq!(bed.count_mails("reconnect-needed").await, 1);
    bed.sandbox.rotate_secret(CLIENT, crate::bed::SECRET).expect("the company is there");
    bed.import().await;
    assert_eq!(stands(&bed).await, stood("paused", Some("by-hand"), 0));
    assert_eq!(live_through(&bed, 48).await.len(), 0);
    bed.engine.resume(&now(&bed).await, &by).await.expect("resumed");
    assert_eq!(stands(&bed).await, stood("live", None, 0));
}

/// R5: refused credentials stop the schedule at once; a good read lets it go on.
async fn refused_credentials_stop_the_schedule_until_a_read_succeeds(bed: Bed) {
    bed.employ_people([ada()]);
    bed.set_up("").await;
    bed.sandbox.rotate_secret(CLIENT, "another").expect("the company is there");
    assert_eq!(live_through(&bed, 72).await.len(), 1);
    assert_eq!(now(&bed).await.state().expect("a state"), State::ReconnectNeeded);
    assert_eq!((bed.count_mails("reconnect-needed").await, bed.count_mails("import-failed").await), (1, 0));
    bed.sandbox.rotate_secret(CLIENT, crate::bed::SECRET).expect("the company is there");
    bed.import().await;
    assert_eq!(stands(&bed).await, stood("live", None, 0));
    assert_eq!(live_through(&bed, 48).await.len(), 2);
}

/// R52: an administrator may end the daily tries, or let the schedule go on without waiting for one.
async fn an_administrator_has_the_last_word_about_a_pause(bed: Bed) {
    broken(&bed).await;
    let by = Actor::command();
    bed.engine.pause(&now(&bed).await, &by).await.expect("paused for good");
    assert_eq!(stands(&bed).await, stood("paused", Some("by-hand"), 0));
    assert_eq!(live_through(&bed, 48).await.len(), 0);
    bed.engine.resume(&now(&bed).await, &by).await.expect("resumed");
    assert_eq!(look(&bed).await, 1, "a time has passed meanwhile");
    assert_eq!(stands(&bed).await, stood("live", None, 1));
}

/// R52: settings that were published after a good preview begin with a clean slate.
async fn publishing_ends_a_pause_by_failures(bed: Bed) {
    broken(&bed).await;
    bed.employ_people([ada()]);
    bed.try_import(Purpose::Preview).await.expect("a preview");
    bed.engine.publish(&now(&bed).await, None, &Actor::command()).await.expect("published");
    assert_eq!(stands(&bed).await, stood("live", None, 0));
    assert_eq!(live_through(&bed, 24).await.len(), 1);
}

both!(
    a_schedule_that_keeps_failing_pauses_itself_and_goes_on_by_itself,
    the_mail_of_a_pause_says_what_to_do,
    a_pause_that_has_ended_is_not_told_of,
    a_persons_import_is_always_tried_and_ends_the_pause,
    a_short_outage_pauses_nothing,
    a_pause_by_hand_stays_until_somebody_resumes,
    refused_credentials_stop_the_schedule_until_a_read_succeeds,
    an_administrator_has_the_last_word_about_a_pause,
    publishing_ends_a_pause_by_failures,
);
