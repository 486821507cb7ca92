//! Closing at one's own wish, erasing at once, and coming back.

use domain::member::State;
use engine::{Actor, EngineError};
use sandbox::Change;

use super::{ada_leaves, days, live, look, person, told};
use crate::{bed::Bed, both};

both!(
    whoever_closes_their_account_is_erased_within_a_week_and_left_alone,
    an_administrator_erases_only_who_is_named,
    a_wish_can_be_taken_back,
    a_return_after_closing_is_a_new_account_with_a_warning,
);

/// R63
async fn whoever_closes_their_account_is_erased_within_a_week_and_left_alone(bed: Bed) {
    ada_leaves(&bed).await;
    let (programme, _) = bed.integration().await;
    let bela = bed.member("2").await.id;
    bed.engine.close_own_account(&programme, bela, &Actor::command()).await.expect("closed");
    let again = bed.engine.close_own_account(&programme, bela, &Actor::command()).await.expect("asked for twice");
    let closing = bed.engine.closing_of(&programme, bela).await.expect("an answer").expect("a leaver");
    assert!(closing.on_request && closing.ends_on == again && closing.last_day == 6, "{closing:?}");
    let report = bed.import().await;
    assert_eq!(
        (report.counts.rejoin, bed.member("2").await.state),
        (0, State::Leaver),
        "the HR system still names them"
    );
    live(&bed, 7).await;
    assert!(bed.members().await.iter().any(|member| member.id == bela && member.state == State::Closed));
    assert_eq!(told(&bed).await, ["leaver-notice", "closed"], "the notice is Ada's");
    let report = bed.import().await;
    assert_eq!((report.counts.join, report.counts.excluded, report.counts.not_eligible), (0, 1, 1), "{report:?}");
    // Not under another number either.
    bed.employ_people([person(7, "BELA@acme.example")]);
    assert_eq!(bed.import().await.counts.excluded, 1);
    assert!(bed.problems(report.import).await.iter().all(|(id, _)| id != "2"), "nothing is kept of them");
    let lifted = bed.engine.allow_again(&programme, "bela@acme.example", &Actor::command()).await;
    assert_eq!(lifted.expect("lifted"), 1);
    let report = bed.import().await;
    assert_eq!(report.counts.join, 1, "{report:?}");
    assert!(bed.problems(report.import).await.contains(&("7".to_owned(), "previously-closed".to_owned())));
}

/// R63
async fn an_administrator_erases_only_who_is_named(bed: Bed) {
    ada_leaves(&bed).await;
    let (programme, _) = bed.integration().await;
    let bela = bed.member("2").await.id;
    let wrong = bed.engine.erase_now(&programme, bela, "3", &Actor::command()).await;
    assert!(matches!(wrong, Err(EngineError::Settings(_))), "{wrong:?}");
    assert_eq!(bed.member("2").await.state, State::Active);
    let extent = bed.engine.extent_of_erasing(&programme, bela).await.expect("an extent");
    assert_eq!((extent.rows.changes, extent.rows.mails), (1, 1), "{extent:?}");
    let ends_on =
        bed.engine.erase_now(&programme, bela, " Bela@acme.example ", &Actor::command()).await.expect("erased");
    assert_eq!(ends_on, extent.ends_on);
    bed.pass(days(7));
    assert_eq!(look(&bed).await.closed, 1);
    let again = bed.engine.erase_now(&programme, bela, "2", &Actor::command()).await;
    assert!(again.is_err(), "{again:?}");
}

/// R63
async fn a_wish_can_be_taken_back(bed: Bed) {
    ada_leaves(&bed).await;
    let (programme, _) = bed.integration().await;
    let bela = bed.member("2").await.id;
    bed.engine.close_own_account(&programme, bela, &Actor::command()).await.expect("closed");
    assert_eq!(bed.engine.allow_again(&programme, "2", &Actor::command()).await.expect("lifted"), 1);
    assert!(bed.engine.allow_again(&programme, "2", &Actor::command()).await.is_err());
    live(&bed, 8).await;
    assert_eq!(bed.member("2").await.state, State::Leaver, "like any leaver");
    assert_eq!(bed.import().await.counts.rejoin, 1);
    assert_eq!(bed.member("2").await.state, State::Active);
}

/// R61
async fn a_return_after_closing_is_a_new_account_with_a_warning(bed: Bed) {
    ada_leaves(&bed).await;
    let old = bed.member("1").await.id;
    live(&bed, 62).await;
    bed.change(1, &Change::set("status", "active"));
    let report = bed.import().await;
    assert_eq!((report.counts.join, report.counts.warnings), (1, 1), "{report:?}");
    assert_eq!(bed.problems(report.import).await, [("1".to_owned(), "previously-closed".to_owned())]);
    let new = bed.member("1").await;
    assert!(new.id != old && new.state == State::Invited, "{new:?}");
    assert_eq!(bed.import().await.counts.warnings, 0, "told once");
}
