//! Administrators, their places, and what they sign in with.

use domain::ids::AdministratorId;
use rollcall_store::{
    Administrator, Link, Mail, Place, Session,
    administrators::Placed,
    attempts::Patience,
    links::{INVITATION, RESET},
    sessions::Ended,
};

use crate::support::{Db, NOW, OTHER, PROGRAMME, both, mail, uuid};

fn administrator(n: u64) -> Administrator {
    Administrator {
        id: uuid(n),
        email: format!("A{n}@acme.example"),
        email_key: format!("a{n}@acme.example"),
        name: format!("Administrator {n}"),
        language: "en".into(),
        password_hash: Some("$argon2id$".into()),
        totp_secret: None,
        totp_last_step: None,
        created_at: NOW,
        updated_at: NOW,
    }
}

fn place(n: u64, role: &str) -> Place {
    Place {
        programme_id: PROGRAMME.0,
        administrator_id: uuid(n),
        role: role.into(),
        invited_by: "Somebody".into(),
        created_at: NOW,
        accepted_at: Some(NOW),
        left_at: None,
    }
}

fn session(n: u64, token: &str) -> Session {
    Session {
        token_hash: token.into(),
        administrator_id: uuid(n),
        created_at: NOW,
        seen_at: NOW,
        second_factor_due: false,
        address: None,
        agent: "A browser".into(),
    }
}

fn link(n: u64, token: &str, kind: &str) -> Link {
    Link {
        token_hash: token.into(),
        kind: kind.into(),
        administrator_id: Some(uuid(n)),
        programme_id: Some(PROGRAMME.0),
        expires_at: NOW + 100,
        used_at: None,
        created_at: NOW,
    }
}

fn id(n: u64) -> AdministratorId {
    AdministratorId(uuid(n))
}

const NEVER: Ended = Ended { made_before: 0, unseen_since: 0 };

async fn an_address_belongs_to_one_administrator(db: &Db) {
    db.add_administrator(&administrator(1), &place(1, "owner")).await.unwrap();
    let second = Administrator { email_key: administrator(1).email_key, ..administrator(2) };
    assert!(db.add_administrator(&second, &place(2, "owner")).await.is_err());
    assert_eq!(db.administrator_by_email("a1@acme.example").await.unwrap(), Some(administrator(1)));
    assert_eq!(db.places_in(PROGRAMME).await.unwrap().len(), 1);
    // An invitation to the same address is for whoever has it.
    let offer = Place { programme_id: OTHER.0, accepted_at: None, ..place(2, "members") };
    let mail = Mail { programme_id: OTHER.0, ..mail(1, NOW) };
    let link = Link { programme_id: Some(OTHER.0), ..link(2, "token", INVITATION) };
    db.invite(&second, &offer, &link, Some(&mail)).await.unwrap();
    assert_eq!(db.administrator(id(2)).await.unwrap(), None);
    assert_eq!(db.offers_to(id(1)).await.unwrap().len(), 1);
    assert_eq!(db.places_of(id(1), NOW).await.unwrap().len(), 1, "it was not accepted");
    assert!(db.accept(&link, None, &session(1, "s")).await.unwrap());
    assert_eq!(db.places_of(id(1), NOW).await.unwrap().len(), 2);
    assert!(!db.accept(&link, None, &session(1, "t")).await.unwrap(), "once");
}

async fn whoever_has_no_place_left_is_forgotten(db: &Db) {
    db.add_administrator(&administrator(1), &place(1, "owner")).await.unwrap();
    assert_eq!(db.remove_place(PROGRAMME, id(1), NOW).await.unwrap(), Placed::LastOwner);
    db.add_administrator(&administrator(2), &place(2, "owner")).await.unwrap();
    db.offer_totp(id(2), vec![1]).await.unwrap();
    db.confirm_totp(id(2), 7, &["code".into()]).await.unwrap();
    db.begin_session(&session(2, "token"), None, NEVER).await.unwrap();
    db.send_link(&link(2, "link", RESET), Some(&mail(1, NOW))).await.unwrap();
    assert_eq!(db.remove_place(OTHER, id(2), NOW).await.unwrap(), Placed::NotThere);
    assert_eq!(db.remove_place(PROGRAMME, id(2), NOW).await.unwrap(), Placed::Done);
    assert_eq!(db.administrator(id(2)).await.unwrap(), None);
    for table in ["sessions", "links", "recovery_codes"] {
        assert_eq!(db.number(&format!("SELECT count(*) FROM {table}")).await, 0, "{table}");
    }
    assert_eq!(db.change_role(PROGRAMME, id(1), "members").await.unwrap(), Placed::LastOwner);
}

async fn a_one_time_code_is_used_once(db: &Db) {
    db.add_administrator(&administrator(1), &place(1, "owner")).await.unwrap();
    assert!(!db.confirm_totp(id(1), 5, &[]).await.unwrap(), "there is no key");
    assert!(db.offer_totp(id(1), vec![1]).await.unwrap());
    assert!(db.offer_totp(id(1), vec![2]).await.unwrap(), "not in use yet");
    assert!(!db.use_step(id(1), 6).await.unwrap());
    assert!(db.confirm_totp(id(1), 5, &["a".into(), "b".into()]).await.unwrap());
    assert!(!db.offer_totp(id(1), vec![3]).await.unwrap(), "one in use is not replaced");
    assert!(!db.use_step(id(1), 5).await.unwrap());
    assert!(db.use_step(id(1), 6).await.unwrap());
    assert!(!db.use_step(id(1), 6).await.unwrap());
    assert!(db.use_recovery_code(id(1), "a").await.unwrap());
    assert!(!db.use_recovery_code(id(1), "a").await.unwrap());
    assert_eq!(db.recovery_codes_left(id(1)).await.unwrap(), 1);
    assert!(db.places_in(PROGRAMME).await.unwrap()[0].second_factor);
}

async fn a_session_takes_the_place_of_one_that_is_there(db: &Db) {
    db.add_administrator(&administrator(1), &place(1, "owner")).await.unwrap();
    assert!(db.begin_session(&session(1, "half"), None, NEVER).await.unwrap());
    assert!(db.begin_session(&session(1, "full"), Some("half"), NEVER).await.unwrap());
    assert!(!db.begin_session(&session(1, "again"), Some("half"), NEVER).await.unwrap());
    assert_eq!(db.session("half").await.unwrap(), None);
    let (mut full, whose) = db.session("full").await.unwrap().unwrap();
    assert_eq!((&full, whose), (&session(1, "full"), administrator(1)));
    db.note_seen(&full, NOW + 59_999_999).await.unwrap();
    assert_eq!(db.session("full").await.unwrap().unwrap().0.seen_at, NOW, "at most once a minute");
    db.note_seen(&full, NOW + 60_000_000).await.unwrap();
    full = db.session("full").await.unwrap().unwrap().0;
    assert_eq!(full.seen_at, NOW + 60_000_000);
    let ended = Ended { made_before: NOW, unseen_since: 0 };
    assert!(ended.covers(&full));
    db.begin_session(&Session { created_at: NOW + 1, ..session(1, "new") }, None, ended).await.unwrap();
    assert_eq!(db.sessions_of(id(1)).await.unwrap().len(), 1, "what has ended is forgotten");
}

async fn a_newer_link_takes_the_place_of_one_that_works(db: &Db) {
    db.add_administrator(&administrator(1), &place(1, "owner")).await.unwrap();
    let earlier = Link { expires_at: NOW, created_at: NOW - 100, ..link(1, "expired", RESET) };
    let to_them = |n| {
        let recipient = Some(administrator(1).email);
        Mail { kind: "administrator-reset".into(), recipient, ..mail(n, NOW) }
    };
    db.send_link(&earlier, Some(&to_them(1))).await.unwrap();
    db.send_link(&link(1, "first", RESET), Some(&to_them(2))).await.unwrap();
    db.send_link(&link(1, "second", RESET), Some(&to_them(3))).await.unwrap();
    assert!(db.link("expired").await.unwrap().is_some(), "its page still says so");
    assert_eq!(db.link("first").await.unwrap(), None);
    assert!(!db.reset("expired", &administrator(1)).await.unwrap());
    assert!(db.reset("second", &administrator(1)).await.unwrap());
    assert!(!db.reset("second", &administrator(1)).await.unwrap());
    let states: Vec<_> = db.outbox(PROGRAMME).await.unwrap().into_iter().map(|mail| mail.state).collect();
    assert_eq!(states, ["cancelled", "cancelled", "pending"], "mails with dead links do not go");
}

/// Each attempt is counted before it is made; from the third failure on the waits double, at most twice.
async fn failures_are_counted_and_forgotten(db: &Db) {
    let patience = Patience { failures: 3, wait: 10, doublings: 2, forgotten_after: 1_000 };
    let attempt = async |now| db.attempt("key", NOW + now, &patience).await.unwrap();
    for at in 0..3 {
        assert_eq!(attempt(at).await, None);
    }
    assert_eq!(attempt(5).await, Some(NOW + 12), "2, and a wait of 10");
    assert_eq!(attempt(12).await, None);
    assert_eq!(attempt(13).await, Some(NOW + 32));
    assert_eq!(attempt(32).await, None);
    assert_eq!(attempt(33).await, Some(NOW + 72));
    assert_eq!(attempt(72).await, None);
    assert_eq!(attempt(73).await, Some(NOW + 112), "no longer than that");
    db.attempt_succeeded("key").await.unwrap();
    assert_eq!(attempt(74).await, None, "one that was taken back causes no wait");
    assert_eq!(attempt(75).await, Some(NOW + 114));
    assert_eq!(attempt(1_115).await, None, "long after the last");
    assert_eq!(attempt(1_116).await, None, "a new run");
    assert_eq!(db.attempt("other", NOW, &patience).await.unwrap(), None);
    db.forget_attempts("key", NOW + 1).await.unwrap();
    assert_eq!(db.number("SELECT count(*) FROM attempts").await, 0);
}

both!(
    an_address_belongs_to_one_administrator,
    whoever_has_no_place_left_is_forgotten,
    a_one_time_code_is_used_once,
    a_session_takes_the_place_of_one_that_is_there,
    a_newer_link_takes_the_place_of_one_that_works,
    failures_are_counted_and_forgotten,
);
