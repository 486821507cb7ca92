//! What was restored is held until somebody has looked.

use domain::import::Purpose;
use engine::{Actor, EngineError, Refusal, care::Doubtful, import::Request};
use jiff::SignedDuration;

use super::{back_up, restore_to};
use crate::{
    bed::Bed,
    both,
    closing::{days, person},
};

both!(
    nothing_is_sent_or_started_until_it_is_released,
    mails_that_may_have_gone_need_not_go_again,
    a_session_does_not_come_back
);

const REQUEST: Request = Request { purpose: Purpose::Apply, trigger: "test", renumbered: false };

async fn begin(bed: &Bed) {
    bed.employ_people([person(1, "ada@acme.example"), person(2, "bela@acme.example")]);
    bed.set_up("[guard]\nleavers_count = 10\njoiners_count = 1000\n").await;
    bed.import().await;
}

/// R39, R50, R60: by nobody, however it is asked for.
async fn nothing_is_sent_or_started_until_it_is_released(mut bed: Bed) {
    begin(&bed).await;
    bed.sql("UPDATE members SET state = 'leaver', left_at = 0, leave_reason = 'not-eligible', state_before_leaving = 'active' \
             WHERE employee_id = '2'").await;
    let backup = back_up(&bed, "one.backup").await;
    bed.pass(days(3));
    restore_to(&mut bed, &backup, &[], "again").await;
    bed.pass(days(1));
    let before = bed.mails().await;
    let (programme, integration) = bed.integration().await;
    let engine = &bed.engine;
    assert_eq!(engine.start_due().await.expect("looked"), 0);
    assert_eq!(engine.deliver().await.expect("looked"), 0);
    assert_eq!(engine.deliver_events().await.expect("looked"), 0);
    assert_eq!(engine.remind().await.expect("looked"), 0);
    assert_eq!(engine.close_down().await.expect("looked"), engine::ClosingDone::default());
    assert_eq!(bed.mails().await, before);
    let refused = engine.start_import(&programme, &integration, REQUEST, &Actor::command()).await;
    assert!(matches!(refused, Err(EngineError::Refused(Refusal::RestoredAndHeld {}))), "{refused:?}");
    let refused = bed.try_import(Purpose::Preview).await;
    assert!(matches!(refused, Err(EngineError::Refused(Refusal::RestoredAndHeld {}))), "{refused:?}");

    let waiting = engine.waiting_for_release().await.expect("looked").expect("held");
    let kinds: Vec<_> = waiting.mails.iter().map(|mails| (mails.kind.as_str(), mails.mails, mails.doubtful)).collect();
    assert_eq!(kinds, [("import-summary", 1, 1), ("welcome", 2, 2)]);
    assert_eq!((waiting.due.len(), waiting.work.leavers, waiting.unfinished.len()), (1, 1, 0), "{waiting:?}");

    let released = engine.release_restored(&Doubtful::Go, &Actor::command()).await.expect("released");
    assert_eq!(released.expect("it was held").dropped, 0);
    assert!(engine.restored().await.expect("looked").is_none());
    assert!(engine.release_restored(&Doubtful::Go, &Actor::command()).await.expect("looked").is_none(), "once");
    assert!(engine.deliver().await.expect("delivered") > 0);
    assert_eq!(engine.start_due().await.expect("started"), 1);
    assert_eq!(engine.close_down().await.expect("looked").told, 1);
    let deeds = engine.store().audit(programme.number(), &store::audit::AuditFilter::default(), None, 100).await;
    let deeds: Vec<_> = deeds.expect("the log").into_iter().map(|entry| entry.action).collect();
    assert!(
        ["installation.restored", "installation.released"].iter().all(|deed| deeds.contains(&(*deed).to_owned())),
        "{deeds:?}"
    );
}

/// R50: what was written after the restore, or not due before it, goes in any case.
async fn mails_that_may_have_gone_need_not_go_again(mut bed: Bed) {
    begin(&bed).await;
    let backup = back_up(&bed, "one.backup").await;
    bed.pass(SignedDuration::from_secs(60));
    restore_to(&mut bed, &backup, &[], "again").await;
    bed.pass(SignedDuration::from_secs(60));
    let (programme, _) = bed.integration().await;
    let summary = Doubtful::Dropped(vec!["import-summary".to_owned()]);
    let released = bed.engine.release_restored(&summary, &Actor::command()).await.expect("released");
    assert_eq!(released.expect("it was held").dropped, 1);
    let states = |mails: Vec<(String, Option<String>, String)>| {
        let mut states: Vec<_> = mails.into_iter().map(|(kind, _, state)| (kind, state)).collect();
        states.sort();
        states
    };
    let (summary, welcome) = ("import-summary".to_owned(), "welcome".to_owned());
    let (cancelled, pending) = ("cancelled".to_owned(), "pending".to_owned());
    let expected = [(summary, cancelled), (welcome.clone(), pending.clone()), (welcome, pending)];
    assert_eq!(states(bed.mails().await), expected);
    assert_eq!(bed.engine.deliver().await.expect("delivered"), 2);

    restore_to(&mut bed, &backup, &[], "once-more").await;
    let released = bed.engine.release_restored(&Doubtful::Dropped(Vec::new()), &Actor::command()).await;
    assert_eq!(released.expect("released").expect("it was held").dropped, 3);
    assert_eq!(bed.engine.deliver().await.expect("delivered"), 0);
    assert!(bed.engine.outbox(&programme).await.expect("mails").iter().all(|mail| mail.state == "cancelled"));
}

/// One that was ended after the backup would open again.
async fn a_session_does_not_come_back(mut bed: Bed) {
    begin(&bed).await;
    bed.sql(
        "INSERT INTO administrators (id, email, email_key, name, language, created_at, updated_at) \
         VALUES ('018f0000-0000-7000-8000-000000000001', 'eva@acme.example', 'eva@acme.example', 'Eva', 'en', 0, 0)",
    )
    .await;
    bed.sql(
        "INSERT INTO sessions (token_hash, administrator_id, created_at, seen_at, second_factor_due, agent) \
         VALUES ('a', '018f0000-0000-7000-8000-000000000001', 0, 0, FALSE, '')",
    )
    .await;
    let backup = back_up(&bed, "one.backup").await;
    let restored = restore_to(&mut bed, &backup, &[], "again").await;
    assert_eq!(restored.manifest.rows_of("sessions"), 1);
    let backup = back_up(&bed, "two.backup").await;
    let again = engine::care::check_backup(&backup).await.expect("whole");
    assert_eq!((again.manifest.rows_of("sessions"), again.manifest.rows_of("restores")), (0, 1));
}
