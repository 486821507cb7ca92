//! The outbox.

use domain::plan::Kind;
use rollcall_store::Mail;

use crate::support::{Db, NOW, OTHER, PROGRAMME, both, import_row, join, mail, of};

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

/// R50: what cannot be delivered makes way for others, and is tried again after five minutes.
async fn a_delivery_is_noted_or_what_kept_it(db: &Db) {
    const LATER: i64 = NOW + 5 + 300_000_000;
    write(db, &[mail(1, NOW), mail(2, NOW)]).await;
    db.note_delivery(&mail(1, NOW), NOW + 5, Some(&"ü".repeat(600))).await.unwrap();
    db.note_delivery(&mail(2, NOW), NOW + 5, None).await.unwrap();
    let failed = Mail { failure: Some("ü".repeat(500)), due_at: LATER, ..mail(1, NOW) };
    let sent = Mail { state: "sent".into(), sent_at: Some(NOW + 5), ..mail(2, NOW) };
    assert_eq!(db.outbox(PROGRAMME).await.unwrap(), [failed.clone(), sent]);
    assert_eq!(db.due_mails(PROGRAMME, LATER - 1, 10).await.unwrap(), []);
    assert_eq!(db.due_mails(PROGRAMME, LATER, 10).await.unwrap(), std::slice::from_ref(&failed));
    db.note_delivery(&failed, LATER, None).await.unwrap();
    assert_eq!(db.due_mails(PROGRAMME, i64::MAX, 10).await.unwrap(), []);
    assert_eq!(db.outbox(PROGRAMME).await.unwrap()[0].failure, None);
}

both!(
    mails_are_due_in_order_and_not_before_their_time,
    a_leavers_invitation_waits_until_they_come_back,
    a_delivery_is_noted_or_what_kept_it,
);
