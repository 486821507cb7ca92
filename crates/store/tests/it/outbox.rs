//! The outbox.

use domain::plan::Kind;
use rollcall_store::{
    Mail, Refusal, StoreError,
    outbox::{MailFilter, Obstacle},
};

use crate::support::{Db, NOW, OTHER, PROGRAMME, both, import_row, join, mail, of, uuid};

async fn write(db: &Db, mails: &[Mail]) {
    let import = import_row(crate::support::import(900), domain::import::State::Queued);
    db.add_import(&import).await.unwrap();
    assert!(db.move_import(None, domain::import::State::Queued, &import, mails).await.unwrap());
}

async fn mails_are_due_in_order_and_not_before_their_time(db: &Db) {
    write(db, &[mail(1, NOW + 2), mail(2, NOW), mail(3, NOW + 1), mail(4, NOW + 3)]).await;
    let due = db.due_mails(PROGRAMME, NOW + 2, 10).await.unwrap();
    assert_eq!(due, [mail(2, NOW), mail(3, NOW + 1), mail(1, NOW + 2)]);
    assert_eq!(db.due_mails(PROGRAMME, NOW + 2, 2).await.unwrap().len(), 2);
    assert_eq!(db.due_mails(OTHER, NOW + 2, 10).await.unwrap(), []);
}

/// R37, R38
async fn a_leavers_invitation_waits_until_they_come_back(db: &Db) {
    db.apply(&[join(1), join(2)]).await;
    let leave = db.apply(&[of(Kind::Leave, &db.member(1).await, 1)]).await;
    // What tells a leaver of the leaving does not wait.
    let notice = Mail { kind: "leaving".into(), member_id: Some(db.member(1).await.id.0), ..mail(1, NOW) };
    write(db, std::slice::from_ref(&notice)).await;
    let due = async || -> Vec<_> {
        let mails = db.due_mails(PROGRAMME, NOW + 10, 10).await.unwrap();
        mails.into_iter().map(|mail| (mail.kind, mail.member_id)).collect()
    };
    let welcome = |n| ("welcome".to_owned(), Some(crate::support::member(n).0));
    let notice = (notice.kind, notice.member_id);
    assert_eq!(due().await, [notice.clone(), welcome(2)]);
    db.restore_leavers(PROGRAMME, leave.number(), NOW).await.unwrap();
    assert_eq!(due().await, [notice, welcome(1), welcome(2)]);
}

/// R50: what cannot be delivered makes way for others, and is tried again when its time comes.
async fn a_delivery_is_noted_or_what_kept_it(db: &Db) {
    const LATER: i64 = NOW + 5 + 300_000_000;
    write(db, &[mail(1, NOW), mail(2, NOW)]).await;
    let detail = "ü".repeat(600);
    let obstacle = Obstacle { code: "later", detail: &detail, is_doubtful: false };
    db.note_obstacle(&mail(1, NOW), obstacle, Some(LATER)).await.unwrap();
    db.note_sent(&mail(2, NOW), NOW + 5).await.unwrap();
    let waits = Mail {
        failure: Some("ü".repeat(500)),
        failure_code: Some("later".into()),
        attempts: 1,
        due_at: LATER,
        ..mail(1, NOW)
    };
    let sent = Mail { state: "sent".into(), sent_at: Some(NOW + 5), attempts: 1, ..mail(2, NOW) };
    assert_eq!(db.outbox(PROGRAMME).await.unwrap(), [waits.clone(), sent]);
    assert_eq!(db.due_mails(PROGRAMME, LATER - 1, 10).await.unwrap(), []);
    let lease = db.claim_work(PROGRAMME, "delivery", db.token()).await.unwrap().unwrap();
    assert_eq!(db.due_mails(PROGRAMME, LATER, 10).await.unwrap(), std::slice::from_ref(&waits));
    assert!(!db.begin_attempt(&lease, &waits, LATER - 1).await.unwrap(), "it is not due");
    assert!(db.begin_attempt(&lease, &waits, LATER).await.unwrap());
    db.note_sent(&waits, LATER).await.unwrap();
    assert_eq!(db.due_mails(PROGRAMME, i64::MAX, 10).await.unwrap(), []);
    let mail = db.mail(PROGRAMME, waits.id).await.unwrap().unwrap();
    assert_eq!((mail.attempts, mail.failure, mail.failure_code, mail.may_have_gone_at), (2, None, None, None));
}

/// R50: an attempt whose answer is lost leaves a doubt, which later attempts and decisions do not take away.
async fn a_mail_may_have_gone_until_an_answer_says_what_came_of_it(db: &Db) {
    write(db, &[mail(1, NOW), mail(2, NOW), mail(3, NOW)]).await;
    let lease = db.claim_work(PROGRAMME, "delivery", db.token()).await.unwrap().unwrap();
    let since = async |n| db.mail(PROGRAMME, mail(n, NOW).id).await.unwrap().unwrap().may_have_gone_at;
    for n in [1, 2, 3] {
        assert!(db.begin_attempt(&lease, &mail(n, NOW), NOW + 1).await.unwrap());
        assert_eq!(since(n).await, Some(NOW + 1));
    }
    let refused = Obstacle { code: "refused", detail: "550", is_doubtful: false };
    db.note_obstacle(&mail(1, NOW), refused, None).await.unwrap();
    assert_eq!(since(1).await, None, "an answer is an answer");
    // The process ended before there was one; the next one's attempt is refused, which says nothing of the first.
    let again = db.mail(PROGRAMME, mail(2, NOW).id).await.unwrap().unwrap();
    assert!(db.begin_attempt(&lease, &again, NOW + 2).await.unwrap());
    db.note_obstacle(&again, refused, None).await.unwrap();
    assert_eq!(since(2).await, Some(NOW + 1));
    assert!(db.cancel_mail(PROGRAMME, mail(3, NOW).id).await.unwrap());
    assert_eq!(since(3).await, Some(NOW + 1));
    db.end_attempt(&mail(3, NOW)).await.unwrap();
    assert_eq!(since(3).await, None, "it was cancelled while the server was found to be away");
    let unanswered = Obstacle { code: "unanswered", detail: "", is_doubtful: true };
    db.try_again(PROGRAMME, mail(1, NOW).id, NOW).await.unwrap();
    assert!(db.begin_attempt(&lease, &mail(1, NOW), NOW + 3).await.unwrap());
    db.note_obstacle(&mail(1, NOW), unanswered, Some(NOW + 9)).await.unwrap();
    assert_eq!(since(1).await, Some(NOW + 3));
    db.note_sent(&mail(1, NOW), NOW + 9).await.unwrap();
    assert_eq!(since(1).await, None);
}

/// R50: nobody takes the work over while a mail is handed over.
async fn an_attempt_begins_with_a_sign_of_life_unless_there_was_one(db: &Db) {
    write(db, &[mail(1, NOW), mail(2, NOW)]).await;
    let lease = db.claim_work(PROGRAMME, "delivery", db.token()).await.unwrap().unwrap();
    let heartbeat = async || db.work(PROGRAMME, "delivery").await.unwrap().unwrap().heartbeat;
    let first = heartbeat().await;
    assert!(db.begin_attempt(&lease, &mail(1, NOW), NOW).await.unwrap());
    assert_eq!(heartbeat().await, first, "its owner was heard of a moment ago");
    db.run("UPDATE work SET heartbeat = heartbeat - 6000000").await;
    assert!(db.begin_attempt(&lease, &mail(2, NOW), NOW).await.unwrap());
    assert!(heartbeat().await >= first);
    db.run("UPDATE work SET heartbeat = heartbeat - 11000000").await;
    let other = db.claim_work(PROGRAMME, "delivery", db.token()).await.unwrap().unwrap();
    let too_late = db.begin_attempt(&lease, &mail(1, NOW), NOW).await;
    assert!(matches!(too_late, Err(StoreError::LeaseLost)), "{too_late:?}");
    assert!(db.begin_attempt(&other, &mail(1, NOW), NOW).await.unwrap());
}

async fn programmes_are_found_by_mails_that_may_go(db: &Db) {
    let found = async |now| -> Vec<_> {
        let found = db.programmes_with_mails(now).await.unwrap();
        found.into_iter().map(|programme| programme.id).collect()
    };
    assert!(found(i64::MAX).await.is_empty());
    let theirs = |n, due_at| Mail { programme_id: OTHER.0, ..mail(n, due_at) };
    for mail in [mail(1, NOW), mail(2, NOW), theirs(3, NOW + 5), theirs(4, NOW + 1)] {
        db.add_mail(&mail).await.unwrap();
    }
    assert!(found(NOW - 1).await.is_empty());
    assert_eq!(found(NOW).await, [PROGRAMME.0]);
    assert_eq!(found(NOW + 1).await, [PROGRAMME.0, OTHER.0]);
    for n in [1, 2] {
        db.note_sent(&mail(n, NOW), NOW).await.unwrap();
    }
    assert_eq!(found(NOW + 1).await, [OTHER.0], "the first of all has none that wait");
    assert_eq!(db.run(&format!("UPDATE programmes SET suspended_at = {NOW}")).await, 2);
    assert!(found(NOW + 9).await.is_empty());
    db.add_mail(&Mail { kind: "administrator-reset".into(), ..mail(5, NOW) }).await.unwrap();
    assert_eq!(found(NOW + 9).await, [PROGRAMME.0]);
}

async fn a_mail_that_failed_goes_again_only_when_somebody_wants_it_to(db: &Db) {
    write(db, &[mail(1, NOW), mail(2, NOW)]).await;
    let (refused, id) =
        (Obstacle { code: "refused", detail: "550 5.1.1 no such mailbox", is_doubtful: false }, mail(1, NOW).id);
    db.note_obstacle(&mail(1, NOW), refused, None).await.unwrap();
    assert_eq!(db.mail(PROGRAMME, id).await.unwrap().unwrap().state, "failed");
    assert_eq!(db.due_mails(PROGRAMME, i64::MAX, 10).await.unwrap(), [mail(2, NOW)]);
    assert!(!db.try_again(OTHER, id, NOW).await.unwrap(), "another programme's mail is not there");
    assert!(db.try_again(PROGRAMME, id, NOW + 7).await.unwrap());
    assert_eq!(db.mail(PROGRAMME, id).await.unwrap(), Some(mail(1, NOW + 7)));
    db.note_sent(&mail(1, NOW), NOW + 9).await.unwrap();
    assert!(!db.try_again(PROGRAMME, id, NOW + 10).await.unwrap(), "what went does not go twice");
}

async fn a_cancelled_mail_stays_where_it_is_unless_it_went_already(db: &Db) {
    write(db, &[mail(1, NOW), mail(2, NOW)]).await;
    let (one, two) = (mail(1, NOW), mail(2, NOW));
    assert!(!db.cancel_mail(OTHER, one.id).await.unwrap());
    assert!(db.cancel_mail(PROGRAMME, one.id).await.unwrap());
    let lease = db.claim_work(PROGRAMME, "delivery", db.token()).await.unwrap().unwrap();
    assert!(!db.begin_attempt(&lease, &one, NOW).await.unwrap());
    let obstacle = Obstacle { code: "later", detail: "", is_doubtful: false };
    db.note_obstacle(&one, obstacle, Some(NOW + 1)).await.unwrap();
    assert_eq!(db.mail(PROGRAMME, one.id).await.unwrap().unwrap().state, "cancelled");
    db.note_sent(&two, NOW).await.unwrap();
    assert!(!db.cancel_mail(PROGRAMME, two.id).await.unwrap());
}

async fn mails_are_listed_from_the_newest_and_read_on_behind_the_last_one_seen(db: &Db) {
    let kind = |kind: &str, mail: Mail| Mail { kind: kind.into(), ..mail };
    write(db, &[mail(1, NOW), kind("on-hold", mail(2, NOW)), mail(3, NOW)]).await;
    db.note_sent(&mail(3, NOW), NOW).await.unwrap();
    let all = MailFilter::default();
    let newest = db.mails(PROGRAMME, &all, None, 2).await.unwrap();
    assert_eq!(newest.iter().map(|one| one.id).collect::<Vec<_>>(), [mail(3, NOW).id, mail(2, NOW).id]);
    let rest = db.mails(PROGRAMME, &all, Some(newest[1].id), 2).await.unwrap();
    assert_eq!(rest, [mail(1, NOW)]);
    let pending = MailFilter { state: "pending".into(), ..MailFilter::default() };
    assert_eq!(db.mails(PROGRAMME, &pending, None, 9).await.unwrap().len(), 2);
    let held = MailFilter { kind: "on-hold".into(), ..MailFilter::default() };
    assert_eq!(db.mails(PROGRAMME, &held, None, 9).await.unwrap().len(), 1);
    assert_eq!(db.mails(OTHER, &all, None, 9).await.unwrap(), []);
    let by_state = db.mails_by_state(PROGRAMME).await.unwrap();
    let by_state: Vec<_> = by_state.iter().map(|one| (one.state.as_str(), one.mails)).collect();
    assert_eq!(by_state, [("pending", 2), ("sent", 1)]);
    let of_one = |kind: &str, mail: Mail| Mail { kind: kind.into(), member_id: Some(uuid(1)), ..mail };
    for mail in [of_one("welcome", mail(5, NOW)), of_one("reset", mail(4, NOW)), of_one("reminder", mail(6, NOW))] {
        db.add_mail(&mail).await.unwrap();
    }
    let theirs = MailFilter { member: Some(uuid(1)), ..MailFilter::default() };
    let newest = db.mails(PROGRAMME, &theirs, None, 2).await.unwrap();
    assert_eq!(newest.iter().map(|one| one.id).collect::<Vec<_>>(), [mail(6, NOW).id, mail(5, NOW).id]);
    let rest = db.mails(PROGRAMME, &theirs, Some(newest[1].id), 2).await.unwrap();
    assert_eq!(rest.iter().map(|one| one.id).collect::<Vec<_>>(), [mail(4, NOW).id]);
}

async fn a_refusal_is_noted_once_for_each_member(db: &Db) {
    db.employ(2).await;
    let one = db.member(1).await.id;
    let refusal = |detail: &str, at| Refusal {
        programme_id: PROGRAMME.0,
        member_id: one.0,
        address_hash: "hash".into(),
        detail: detail.into(),
        at,
    };
    db.note_refusal(&refusal("550 gone", NOW)).await.unwrap();
    db.note_refusal(&refusal("550 still gone", NOW + 1)).await.unwrap();
    let both = [one, db.member(2).await.id];
    assert_eq!(db.refusals(PROGRAMME, &both).await.unwrap(), [refusal("550 still gone", NOW + 1)]);
    assert_eq!(db.refusals(OTHER, &both).await.unwrap(), []);
    db.forget_refusal(PROGRAMME, one).await.unwrap();
    assert_eq!(db.refusals(PROGRAMME, &both).await.unwrap(), []);
}

both!(
    an_attempt_begins_with_a_sign_of_life_unless_there_was_one,
    programmes_are_found_by_mails_that_may_go,
    mails_are_due_in_order_and_not_before_their_time,
    a_leavers_invitation_waits_until_they_come_back,
    a_delivery_is_noted_or_what_kept_it,
    a_mail_may_have_gone_until_an_answer_says_what_came_of_it,
    a_mail_that_failed_goes_again_only_when_somebody_wants_it_to,
    a_cancelled_mail_stays_where_it_is_unless_it_went_already,
    mails_are_listed_from_the_newest_and_read_on_behind_the_last_one_seen,
    a_refusal_is_noted_once_for_each_member,
);
