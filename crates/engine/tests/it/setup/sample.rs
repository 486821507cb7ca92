//! Samples, and what a draft comes to.

use std::time::Duration;

use domain::{field::Field, problem::Code, setup::Place};
use engine::setup::{Fit, HeadCount, Progress, Sample};
use sandbox::{Change, Fault, FaultKind};
use store::Integration;

use super::{authorised, begun, by, choice, live};
use crate::{
    bed::{Bed, CLIENT},
    both,
    people::people,
};

/// The sample, once it is read.
async fn sampled(bed: &Bed, integration: &Integration, wanted: &[&str]) -> Sample {
    let wanted: Vec<String> = wanted.iter().map(ToString::to_string).collect();
    loop {
        let sample = bed.engine.sample(integration, &wanted).await.expect("a sample");
        if sample.progress != Progress::Reading {
            return sample;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

async fn fit(bed: &Bed, integration: &Integration, types: &[&str]) -> Fit {
    let (programme, _) = bed.integration().await;
    let draft = bed.engine.draft_of(integration).expect("a draft");
    let draft = choice(&[], types).put_into(&draft, &[]);
    let keys = draft.rules("status").asked();
    let keys: Vec<&str> = keys.keys().iter().map(String::as_str).collect();
    let sample = sampled(bed, integration, &keys).await;
    bed.engine.fit(&programme, integration, &draft, &sample).await.expect("a fit")
}

async fn r4_a_sample_holds_what_was_asked_for_and_nothing_else(bed: Bed) {
    bed.employ_people(people(150));
    bed.change(3, &Change::set("employment_type", "external"));
    bed.change(4, &Change::set("employment_type", ""));
    let (_, integration) = begun(&bed).await;
    let integration = authorised(&bed, &integration).await;
    bed.sandbox.clear_log();
    let sample = sampled(&bed, &integration, &["id", "employment_type"]).await;
    assert_eq!((sample.people, sample.total, &sample.progress), (150, 150, &Progress::Complete));
    assert_eq!(sample.values("employment_type"), ["internal", "external"]);
    assert_eq!(sample.values("id"), ["1", "2", "3"]);
    let (empty, counts) = sample.head_counts("employment_type", 50);
    let count = |value: &str, people| HeadCount { value: value.to_owned(), people };
    assert_eq!((empty, counts), (1, vec![count("internal", 148), count("external", 1)]));
    assert_eq!(sample.head_counts("employment_type", 1).1.len(), 1);

    // It is there at once the next time; more attributes are read together with those.
    let requests = bed.sandbox.log().len();
    sampled(&bed, &integration, &["id"]).await;
    assert_eq!(bed.sandbox.log().len(), requests);
    let more = sampled(&bed, &integration, &["email"]).await;
    assert_eq!((more.values("email").len(), more.values("employment_type").len()), (3, 2));
    let log = bed.sandbox.log();
    let last = log.iter().rfind(|request| request.path.ends_with("/employees")).expect("read again");
    assert_eq!(last.parameter("attributes[]").collect::<Vec<_>>(), ["id", "employment_type", "email"]);
}

async fn a_source_that_fails_is_said(bed: Bed) {
    bed.employ_people(people(3));
    let (_, integration) = begun(&bed).await;
    let integration = authorised(&bed, &integration).await;
    bed.sandbox.add_fault(CLIENT, Fault::new(FaultKind::Status { status: 403, retry_after: None })).expect("a company");
    let sample = sampled(&bed, &integration, &["id"]).await;
    assert!(matches!(&sample.progress, Progress::Failed(detail) if detail.contains("Personio")), "{sample:?}");
    bed.sandbox.clear_faults(CLIENT).expect("a company");
    assert_eq!(sampled(&bed, &integration, &["id"]).await.progress, Progress::Complete);
}

async fn everybody_is_judged_by_the_rules_of_an_import(bed: Bed) {
    bed.employ_people(people(20));
    for (id, change) in [
        (1, Change::set("email", "nonsense")),
        (2, Change::set("email", "")),
        (3, Change::set("email", "shared@acme.example")),
        (4, Change::set("email", "Shared@acme.example")),
        (5, Change::set("first_name", "Ada<b>")),
        (6, Change::set("status", "inactive")),
        (7, Change::set("status", "onboarding")),
        (8, Change::set("status", "sabbatical")),
        (9, Change::set("employment_type", "external")),
        (10, Change::set("last_name", "")),
        (11, Change::absent("last_name")),
    ] {
        bed.change(id, &change);
    }
    let (_, integration) = begun(&bed).await;
    let integration = authorised(&bed, &integration).await;
    let fit = fit(&bed, &integration, &["internal"]).await;
    assert_eq!((fit.people, fit.inside, fit.outside, fit.starts_later, fit.unreadable), (20, 16, 2, 1, 1));
    assert_eq!(fit.fit, 12, "{fit:?}");
    let column =
        |field: Field| fit.columns.iter().find(|column| column.place == Place::Field(field.clone())).expect("mapped");
    let email = column(Field::Email);
    assert_eq!((email.empty, email.not_shared), (1, 0));
    assert_eq!(email.problems.get(&Code::EmailInvalid), Some(&1));
    assert_eq!(email.problems.get(&Code::EmailDuplicate), Some(&2));
    let last_name = column(Field::LastName);
    assert_eq!((last_name.empty, last_name.not_shared, last_name.is_gone(&fit)), (1, 1, false));
    assert_eq!(column(Field::FirstName).problems.len(), 1);
    assert_eq!(fit.closing.count, 0);
}

/// Existing members who would be closed down, by name: outside the segment, or gone from the source.
async fn members_who_would_be_closed_down_are_named(bed: Bed) {
    bed.employ_people(people(20));
    let integration = live(&bed, &[]).await;
    bed.change(2, &Change::set("employment_type", "external"));
    bed.import().await;
    bed.sandbox.company(CLIENT, |company| company.remove(20)).expect("a company");
    let closing = fit(&bed, &integration, &[]).await.closing;
    assert_eq!((closing.count, closing.complete), (1, true), "{closing:?}");
    let closing = fit(&bed, &integration, &["internal"]).await.closing;
    assert_eq!(closing.names, ["Bela Adamski", "Jan Brandt"]);
    let nobody = fit(&bed, &integration, &["nobody has this"]).await;
    assert_eq!((nobody.inside, nobody.closing.count), (0, 20));
    // Nothing of it was written.
    assert!(bed.members().await.iter().all(|member| member.state.is_current()));
    // What the preview then says is the same.
    bed.engine.save_mapping(&integration, &choice(&[], &["internal"]), &by()).await.expect("saved");
    let preview = bed.try_import(domain::import::Purpose::Preview).await.expect("a preview");
    assert_eq!(preview.counts.leave, 2);
}

/// Somebody leaves between two looks at one sample, of which nobody is judged again: it shows at once.
async fn members_who_would_be_closed_down_are_those_of_now(bed: Bed) {
    bed.employ_people(people(20));
    let integration = live(&bed, &[]).await;
    assert_eq!(fit(&bed, &integration, &["nobody has this"]).await.closing.count, 20);
    bed.change(20, &Change::set("status", "inactive"));
    bed.import().await;
    let closing = fit(&bed, &integration, &["nobody has this"]).await.closing;
    assert_eq!((closing.count, closing.names.len()), (19, 19), "{closing:?}");
}

both!(
    r4_a_sample_holds_what_was_asked_for_and_nothing_else,
    a_source_that_fails_is_said,
    everybody_is_judged_by_the_rules_of_an_import,
    members_who_would_be_closed_down_are_named,
    members_who_would_be_closed_down_are_those_of_now,
);
