//! Every answer of *Authorize*.

use engine::setup::{Authorisation, Checking, Opened, Right};
use jiff::{SignedDuration, civil::Date};
use sandbox::{Company, Endpoint, Fault, FaultKind, Knobs};

use super::{authorised, begun, by, choice, live, refuses, tried};
use crate::{
    bed::{Bed, CLIENT, SECRET},
    both,
    people::{people, person},
};

async fn good_credentials_are_kept_aside_until_they_are_taken(bed: Bed) {
    bed.employ_people(people(12));
    let (_, integration) = begun(&bed).await;
    assert_eq!(bed.engine.authorisation(&integration).await.expect("readable"), Checking::Nothing);
    refuses(bed.engine.finish_authorisation(&integration, None, &by()).await, &["no checked credentials"]);
    let readable = ["id", "status", "email", "first_name"];
    bed.sandbox.set_readable(CLIENT, Some(readable)).expect("a company");
    let found = tried(&bed.engine, &integration, CLIENT, SECRET).await;
    let Authorisation::Connected(Opened { employees, attributes, missing }) = &found else { panic!("{found:?}") };
    assert_eq!((*employees, attributes.len()), (12, 4));
    assert!(missing.contains(&"last_name".to_owned()) && !missing.contains(&"first_name".to_owned()), "{missing:?}");
    // R4: to count people, IDs are asked for and nothing else.
    let lists = bed.sandbox.log().into_iter().filter(|request| request.path.ends_with("/employees"));
    for request in lists {
        assert_eq!(request.parameter("attributes[]").collect::<Vec<_>>(), ["id"]);
    }

    let kept = bed.engine.reload(&integration).await.expect("there");
    assert!(!kept.is_authorised(), "nothing is taken yet");
    assert!(!kept.draft.as_deref().expect("kept aside").contains(SECRET));
    // Any node can go on from here.
    let other = bed.another_engine().await;
    assert_eq!(other.authorisation(&kept).await.expect("readable"), Checking::Done(found));
    let taken = other.finish_authorisation(&kept, None, &by()).await.expect("taken");
    assert!(taken.is_authorised() && taken.draft.is_none());
    assert_eq!((taken.state.as_str(), taken.client_id.as_deref()), ("draft", Some(CLIENT)));
    refuses(other.finish_authorisation(&taken, None, &by()).await, &["no checked credentials"]);
}

async fn any_node_tells_how_far_a_check_is(bed: Bed) {
    bed.employ_people(people(3));
    let (_, integration) = begun(&bed).await;
    let other = bed.another_engine().await;
    bed.engine.check_credentials(&integration, CLIENT, "another-secret".to_owned().into()).await.expect("begun");
    let seen = async || other.authorisation(&integration).await.expect("readable");
    assert_eq!(other.client_id_tried(&integration).await.expect("readable").as_deref(), Some(CLIENT));
    while seen().await == Checking::Running {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(seen().await, Checking::Done(Authorisation::WrongCredentials));
    // The node that makes a check may go before it has ended.
    bed.sql("UPDATE credential_checks SET outcome = NULL, heartbeat = heartbeat - 60000000").await;
    assert_eq!(seen().await, Checking::Nothing);
}

async fn checked_credentials_wait_for_a_day(bed: Bed) {
    bed.employ_people(people(3));
    let (_, integration) = begun(&bed).await;
    tried(&bed.engine, &integration, CLIENT, SECRET).await;
    bed.pass(SignedDuration::from_hours(24) + SignedDuration::from_secs(1));
    refuses(bed.engine.finish_authorisation(&integration, None, &by()).await, &["no checked credentials"]);
}

/// R8: said here, before Mapping.
async fn r8_every_answer_that_is_not_good_is_told_apart(bed: Bed) {
    bed.employ_people(people(3));
    let (_, integration) = begun(&bed).await;
    let engine = bed.impatient_engine().await;
    let wrong = tried(&engine, &integration, CLIENT, "another-secret").await;
    assert_eq!(wrong, Authorisation::WrongCredentials);

    let attribute = |key: &str| Authorisation::RightMissing(Right::Attribute(key.to_owned()));
    for (readable, lacks) in [(vec!["id", "email"], "status"), (vec!["id", "status"], "email")] {
        bed.sandbox.set_readable(CLIENT, Some(readable)).expect("a company");
        assert_eq!(tried(&engine, &integration, CLIENT, SECRET).await, attribute(lacks));
    }
    bed.sandbox.set_readable(CLIENT, None::<[&str; 0]>).expect("a company");

    let faults = [
        (FaultKind::Status { status: 403, retry_after: None }, Authorisation::RightMissing(Right::Employees)),
        (FaultKind::Status { status: 429, retry_after: None }, Authorisation::Limited),
    ];
    for (kind, expected) in faults {
        bed.sandbox.add_fault(CLIENT, Fault::new(kind).on(Endpoint::Employees)).expect("a company");
        assert_eq!(tried(&engine, &integration, CLIENT, SECRET).await, expected);
        bed.sandbox.clear_faults(CLIENT).expect("a company");
    }
    bed.sandbox.add_fault(CLIENT, Fault::new(FaultKind::Html).on(Endpoint::Attributes)).expect("a company");
    let found = tried(&engine, &integration, CLIENT, SECRET).await;
    assert!(
        matches!(&found, Authorisation::Unreachable { code, detail } if code == "answer-unreadable" && !detail.is_empty()),
        "{found:?}"
    );
    assert!(bed.engine.reload(&integration).await.expect("there").draft.is_none(), "nothing is kept of these");
    refuses(engine.finish_authorisation(&integration, None, &by()).await, &["no checked credentials"]);
}

async fn a_segment_attribute_that_is_not_shared_is_said(bed: Bed) {
    bed.employ_people(people(3));
    let (_, integration) = begun(&bed).await;
    let integration = authorised(&bed, &integration).await;
    bed.engine.save_mapping(&integration, &choice(&[], &["internal"]), &by()).await.expect("saved");
    let readable = ["id", "status", "email", "first_name", "last_name"];
    bed.sandbox.set_readable(CLIENT, Some(readable)).expect("a company");
    let integration = bed.engine.reload(&integration).await.expect("there");
    let found = tried(&bed.engine, &integration, CLIENT, SECRET).await;
    assert_eq!(found, Authorisation::RightMissing(Right::Attribute("employment_type".into())));
}

async fn credentials_of_another_company_need_the_number_of_members(bed: Bed) {
    bed.employ_people(people(10));
    let integration = live(&bed, &[]).await;
    let mut other = Company::empty(Date::constant(2026, 11, 23));
    for id in [1, 2, 3, 100, 101] {
        other.append(&person(id, "Somebody", "Else"));
    }
    bed.sandbox.add_company_with("papi-other", "other-secret", other, Knobs::default().unlimited());
    let found = tried(&bed.engine, &integration, "papi-other", "other-secret").await;
    let Authorisation::OtherCompany { opened, recognised, members } = found else { panic!("{found:?}") };
    assert_eq!((opened.employees, recognised, members), (5, 3, 10));
    for typed in [None, Some(3)] {
        refuses(bed.engine.finish_authorisation(&integration, typed, &by()).await, &["3 of 10", "10"]);
    }
    let taken = bed.engine.finish_authorisation(&integration, Some(10), &by()).await.expect("taken");
    assert_eq!((taken.client_id.as_deref(), taken.state.as_str()), (Some("papi-other"), "live"));
    // The company's own, with half of the members recognised, needs nothing typed.
    bed.employ_people(people(5));
    assert!(matches!(tried(&bed.engine, &taken, CLIENT, SECRET).await, Authorisation::Connected(_)));
}

/// R5
async fn r5_refused_credentials_are_live_again_with_good_ones(bed: Bed) {
    bed.employ_people(people(5));
    let integration = live(&bed, &[]).await;
    bed.sandbox.rotate_secret(CLIENT, "another").expect("a company");
    bed.import().await;
    assert_eq!(bed.integration().await.1.state, "reconnect-needed");
    tried(&bed.engine, &integration, CLIENT, "another").await;
    let taken = bed.engine.finish_authorisation(&integration, None, &by()).await.expect("taken");
    assert_eq!(taken.state, "live");
    assert_eq!(bed.import().await.counts.unchanged, 5);
}

both!(
    good_credentials_are_kept_aside_until_they_are_taken,
    checked_credentials_wait_for_a_day,
    any_node_tells_how_far_a_check_is,
    r8_every_answer_that_is_not_good_is_told_apart,
    a_segment_attribute_that_is_not_shared_is_said,
    credentials_of_another_company_need_the_number_of_members,
    r5_refused_credentials_are_live_again_with_good_ones,
);
