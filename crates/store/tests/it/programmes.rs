//! Programmes.

use domain::ids::ProgrammeId;
use rollcall_store::Programme;

use crate::support::{Db, NOW, OTHER, PROGRAMME, both, uuid};

async fn a_programme_is_found_by_its_slug_and_renamed(db: &Db) {
    let mut programme = db.programme("acme").await.unwrap().unwrap();
    assert_eq!(programme.number(), PROGRAMME);
    programme.name = "ACME’s club".into();
    programme.time_zone = "Asia/Kolkata".into();
    db.save_programme(&programme).await.unwrap();
    assert_eq!(db.programme("acme").await.unwrap().unwrap(), programme);
    let slugs: Vec<_> = db.programmes().await.unwrap().into_iter().map(|programme| programme.slug).collect();
    assert_eq!(slugs, ["acme", "other"]);
    assert_eq!(db.programme("nobody").await.unwrap(), None);
}

async fn a_slug_is_unique(db: &Db) {
    let second = Programme {
        id: uuid(9),
        slug: "acme".into(),
        name: "Second".into(),
        time_zone: "UTC".into(),
        settings: "{}".into(),
        created_at: NOW,
        suspended_at: None,
    };
    assert!(db.save_programme(&second).await.is_err());
    assert_eq!(db.programmes().await.unwrap().len(), 2);
}

async fn many_are_found_by_their_numbers(db: &Db) {
    let found = db.programmes_by_number(&[OTHER, ProgrammeId(uuid(99)), PROGRAMME]).await.unwrap();
    let mut slugs: Vec<_> = found.into_iter().map(|programme| programme.slug).collect();
    slugs.sort_unstable();
    assert_eq!(slugs, ["acme", "other"]);
    assert_eq!(db.programmes_by_number(&[]).await.unwrap(), []);
}

both!(a_programme_is_found_by_its_slug_and_renamed, a_slug_is_unique, many_are_found_by_their_numbers);
