use super::{ADA, DAY};
use crate::{bed::Bed, both};

async fn each_reminder_goes_once_to_whoever_has_not_come_in(bed: Bed) {
    bed.with_invited().await;
    let token = bed.invitation(ADA).await;
    bed.come_in(&token).await;
    assert_eq!(bed.engine.remind().await.expect("looked"), 0);
    bed.dismiss(2);
    bed.import().await;
    bed.pass(DAY * 3);
    // Ten were invited: one came in, one left, and one has no mailbox.
    assert_eq!(bed.engine.remind().await.expect("looked"), 7);
    assert_eq!(bed.engine.remind().await.expect("looked"), 0);
    bed.engine.deliver().await.expect("delivered");
    let reminded = bed.mails().await.into_iter().filter(|(kind, ..)| kind == "reminder");
    let reminded: Vec<_> = reminded.map(|(_, to, _)| to.expect("an address")).collect();
    assert!(!reminded.contains(&ADA.to_owned()) && reminded.contains(&"kai@home.example".to_owned()), "{reminded:?}");
    bed.pass(DAY * 7);
    assert_eq!(bed.engine.remind().await.expect("looked"), 7);
    bed.pass(DAY * 10);
    assert_eq!(bed.engine.remind().await.expect("looked"), 0);
    // The link is that of the invitation.
    let cleo = bed.tokens("welcome", "cleo.adamski@acme.example").await;
    assert_eq!(cleo.len(), 3);
    assert!(cleo.iter().all(|one| *one == cleo[0]));
}

async fn what_was_missed_is_made_up_for_once(bed: Bed) {
    bed.with_invited().await;
    bed.engine.deliver().await.expect("delivered");
    bed.pass(DAY * 12);
    assert_eq!(bed.engine.remind().await.expect("looked"), 9, "one each, not two");
    assert_eq!(bed.engine.remind().await.expect("looked"), 0);
}

async fn days_count_from_when_the_mail_went(bed: Bed) {
    bed.with_invited().await;
    bed.pass(DAY * 5);
    assert_eq!(bed.engine.remind().await.expect("looked"), 0, "nobody has heard of it yet");
    bed.engine.deliver().await.expect("delivered");
    bed.pass(DAY * 2);
    assert_eq!(bed.engine.remind().await.expect("looked"), 0);
    bed.pass(DAY);
    assert_eq!(bed.engine.remind().await.expect("looked"), 9);
}

both!(
    each_reminder_goes_once_to_whoever_has_not_come_in,
    what_was_missed_is_made_up_for_once,
    days_count_from_when_the_mail_went,
);
