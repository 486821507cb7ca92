//! Imports that begin by themselves, and who is told of imports.

use domain::{import::Purpose, integration::State, setup::Recipient};
use engine::{Actor, setup::Basics};
use jiff::SignedDuration;
use sandbox::Change;

use crate::{bed::Bed, both, people::person};

fn ada() -> Change {
    person(1, "Ada", "Adamski")
}

/// Begins what is due, and works it off.
async fn look(bed: &Bed) -> usize {
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
    bed.pass(SignedDuration::from_hours(22));
    assert_eq!(look(&bed).await, 0, "an hour too early");
    bed.pass(SignedDuration::from_hours(1));
    assert_eq!(look(&bed).await, 1);
    assert_eq!(look(&bed).await, 0, "once");
    assert_eq!(bed.members().await.len(), 1);
}

async fn times_that_were_missed_are_caught_up_once(bed: Bed) {
    bed.employ_people([ada()]);
    bed.set_up("").await;
    bed.pass(SignedDuration::from_hours(24 * 5));
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
);
