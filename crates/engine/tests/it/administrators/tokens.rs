use std::collections::BTreeSet;

use domain::{ids::TokenId, scope::Scope};
use engine::administrators::NewToken;
use jiff::SignedDuration;
use uuid::Uuid;

use super::flaws;
use crate::{bed::Bed, both};

fn new() -> NewToken {
    NewToken {
        name: "Payroll".into(),
        scopes: BTreeSet::from([Scope::ReadImports, Scope::RunImports]),
        expires_at: None,
    }
}

async fn a_token_is_good_for_its_scopes_until_it_is_revoked(bed: Bed) {
    let (owner, programme) = bed.first_owner().await;
    let token = bed.engine.make_token(&programme, &new(), &owner.actor(None)).await.expect("a token");
    assert!(token.as_str().starts_with(&format!("rc_{}_", programme.id.simple())));
    let session = bed.engine.token(token.as_str()).await.expect("asked").expect("good");
    assert_eq!((&session.programme, &*session.name), (&programme, "Payroll"));
    assert!(session.may(Scope::RunImports) && !session.may(Scope::ReadMembers));
    let list = bed.engine.tokens_of(&programme).await.expect("a list");
    assert_eq!((list.len(), &*list[0].created_by, list[0].last_used_at), (1, "Ada Lovelace", Some(bed.engine.now())));
    let text = token.as_str();
    let other_end = if text.ends_with('0') { "1" } else { "0" };
    for bad in
        ["", "rc", "rc__", "xx_1_2_3", &text[..text.len() - 1], &format!("{}{other_end}", &text[..text.len() - 1])]
    {
        assert_eq!(bed.engine.token(bad).await.expect("asked"), None, "{bad}");
    }
    bed.engine.revoke_token(&programme, session.id, &owner.actor(None)).await.expect("revoked");
    assert_eq!(bed.engine.token(text).await.expect("asked"), None);
    assert!(bed.engine.tokens_of(&programme).await.expect("a list")[0].revoked_at.is_some());
    let none = bed.engine.revoke_token(&programme, TokenId(Uuid::nil()), &owner.actor(None)).await;
    assert_eq!(flaws(none), [("token", "not-there")]);
    let deeds: Vec<_> = bed.deeds(&programme).await.into_iter().map(|(action, ..)| action).collect();
    assert_eq!(deeds[..2], ["token.revoked", "token.made"]);
}

async fn a_token_of_another_programme_does_not_exist_here(bed: Bed) {
    let (owner, programme) = bed.first_owner().await;
    bed.set_up("").await;
    let (other, _) = bed.integration().await;
    let token = bed.engine.make_token(&programme, &new(), &owner.actor(None)).await.expect("a token");
    let session = bed.engine.token(token.as_str()).await.expect("asked").expect("good");
    let moved = token.as_str().replace(&programme.id.simple().to_string(), &other.id.simple().to_string());
    assert_eq!(bed.engine.token(&moved).await.expect("asked"), None);
    let revoked = bed.engine.revoke_token(&other, session.id, &owner.actor(None)).await;
    assert_eq!(flaws(revoked), [("token", "not-there")]);
    assert!(bed.engine.token(token.as_str()).await.expect("asked").is_some());
}

async fn a_token_ends_when_it_is_meant_to(bed: Bed) {
    let (owner, programme) = bed.first_owner().await;
    let hour = 3_600_000_000;
    let wrong = NewToken { name: String::new(), scopes: BTreeSet::new(), expires_at: Some(bed.engine.now()) };
    let tried = bed.engine.make_token(&programme, &wrong, &owner.actor(None)).await;
    assert_eq!(flaws(tried), [("name", "missing"), ("scopes", "no-scopes"), ("expires_at", "in-the-past")]);
    let new = NewToken { expires_at: Some(bed.engine.now() + hour), ..new() };
    let token = bed.engine.make_token(&programme, &new, &owner.actor(None)).await.expect("a token");
    assert!(bed.engine.token(token.as_str()).await.expect("asked").is_some());
    bed.pass(SignedDuration::from_hours(1));
    assert_eq!(bed.engine.token(token.as_str()).await.expect("asked"), None);
}

both!(
    a_token_is_good_for_its_scopes_until_it_is_revoked,
    a_token_of_another_programme_does_not_exist_here,
    a_token_ends_when_it_is_meant_to,
);
