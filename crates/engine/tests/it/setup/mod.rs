//! Setting an integration up step by step, as the portal does.

mod authorise;
mod life;
mod publish;
mod sample;
mod steps;

use std::{collections::BTreeMap, time::Duration};

use domain::{
    eligibility::{Rule, SegmentRow},
    field::Field,
    import::Purpose,
    setup::Mistakes,
};
use engine::{
    Actor, ActorKind, Engine, EngineError,
    setup::{Authorisation, Checking, Choice},
};
use store::{Integration, Programme};

use crate::bed::{Bed, CLIENT, SECRET};

/// An administrator at work.
pub(crate) fn by() -> Actor {
    let address = Some("192.0.2.7".to_owned());
    Actor { kind: ActorKind::Administrator, name: "owner@acme.example".to_owned(), address }
}

/// A programme without integrations.
pub(crate) async fn programme(bed: &Bed) -> Programme {
    let programme = Programme {
        id: uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001),
        slug: "acme".into(),
        name: "Acme Rewards".into(),
        time_zone: "Europe/Berlin".into(),
        settings: "{}".into(),
        created_at: bed.engine.now(),
        suspended_at: None,
    };
    bed.engine.store().save_programme(&programme).await.expect("saved");
    programme
}

/// A set-up that was begun.
pub(crate) async fn begun(bed: &Bed) -> (Programme, Integration) {
    let programme = programme(bed).await;
    let begun = bed.engine.begin_set_up(&programme, "personio", "owner@acme.example", &by()).await;
    (programme, begun.expect("begun"))
}

/// Tries credentials, and waits for what comes of it.
pub(crate) async fn tried(engine: &Engine, integration: &Integration, id: &str, secret: &str) -> Authorisation {
    engine.check_credentials(integration, id, secret.to_owned().into()).await.expect("begun");
    loop {
        match engine.authorisation(integration).await.expect("readable") {
            Checking::Done(outcome) => return outcome,
            Checking::Running => tokio::time::sleep(Duration::from_millis(10)).await,
            Checking::Nothing => panic!("the check is forgotten"),
        }
    }
}

/// The bed's own credentials are the integration's.
pub(crate) async fn authorised(bed: &Bed, integration: &Integration) -> Integration {
    let found = tried(&bed.engine, integration, CLIENT, SECRET).await;
    assert!(matches!(found, Authorisation::Connected(_)), "{found:?}");
    bed.engine.finish_authorisation(integration, None, &by()).await.expect("taken")
}

/// A usual mapping, with these custom fields and a segment of these employment types.
pub(crate) fn choice(custom: &[(&str, &str)], types: &[&str]) -> Choice {
    let plain = [(Field::Email, "email"), (Field::FirstName, "first_name"), (Field::LastName, "last_name")];
    let custom = custom.iter().map(|(name, key)| (Field::custom(name), *key));
    let fields: BTreeMap<Field, String> = plain.into_iter().chain(custom).map(|(f, key)| (f, key.to_owned())).collect();
    let values = types.iter().map(ToString::to_string).collect();
    let row = SegmentRow { attribute: "employment_type".into(), rule: Rule::Include, values };
    let segment = if types.is_empty() { Vec::new() } else { vec![row] };
    Choice { employee_id: "id".into(), fields, segment }
}

/// Everything saved and previewed, but not published.
pub(crate) async fn ready(bed: &Bed, custom: &[(&str, &str)]) -> Integration {
    let (_, integration) = begun(bed).await;
    let draft = bed.engine.draft_of(&integration).expect("a draft");
    let basics = engine::setup::Basics::of(&draft);
    bed.engine.save_basics(&integration, &basics, &by()).await.expect("saved");
    authorised(bed, &integration).await;
    bed.engine.save_mapping(&integration, &choice(custom, &[]), &by()).await.expect("saved");
    bed.try_import(Purpose::Preview).await.expect("a preview");
    bed.engine.reload(&integration).await.expect("there")
}

/// Published, and its first import done.
pub(crate) async fn live(bed: &Bed, custom: &[(&str, &str)]) -> Integration {
    let integration = ready(bed, custom).await;
    let integration = bed.engine.publish(&integration, None, &by()).await.expect("published");
    bed.pass(jiff::SignedDuration::from_secs(1));
    bed.import().await;
    integration
}

/// The stable codes of what is wrong.
#[track_caller]
pub(crate) fn codes<T: std::fmt::Debug>(outcome: Result<T, EngineError>) -> Vec<&'static str> {
    match outcome {
        Err(EngineError::Mistakes(Mistakes(mistakes))) => mistakes.iter().map(|one| one.flaw.code()).collect(),
        other => panic!("no mistakes: {other:?}"),
    }
}

/// It was refused, in words that hold these.
#[track_caller]
pub(crate) fn refuses<T: std::fmt::Debug>(outcome: Result<T, EngineError>, words: &[&str]) {
    let text = outcome.expect_err("this is refused").to_string();
    assert!(words.iter().all(|word| text.contains(word)), "{text}");
}

/// The actions in the audit log, in order.
pub(crate) async fn actions(bed: &Bed) -> Vec<String> {
    let (programme, _) = bed.integration().await;
    let entries = bed
        .engine
        .store()
        .audit(programme.number(), &store::audit::AuditFilter::default(), None, 100)
        .await
        .expect("readable");
    entries.into_iter().rev().map(|entry| entry.action).filter(|action| action.starts_with("integration.")).collect()
}
