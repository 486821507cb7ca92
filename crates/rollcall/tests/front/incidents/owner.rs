//! Incident 22: the person who set it up leaves, and the connection has to be built anew.

use store::{Administrator, Place, Store};
use uuid::Uuid;

use crate::world::{RUNTIME, World, both, person};

both! {
    incident_22_the_owner_leaves_and_another_takes_over_without_rebuilding_anything,
}

/// Somebody else who looks after the programme.
async fn add_colleague(store: &Store, email: &str) {
    let programme = store.programme("acme").await.expect("readable").expect("set up");
    let administrator = Administrator {
        id: Uuid::from_u128(7),
        email: email.to_owned(),
        email_key: email.to_owned(),
        name: "Col League".to_owned(),
        language: "en".to_owned(),
        password_hash: None,
        totp_secret: None,
        totp_last_step: None,
        created_at: 0,
        updated_at: 0,
    };
    let place = Place {
        programme_id: programme.id,
        administrator_id: administrator.id,
        role: "owner".to_owned(),
        invited_by: "a test".to_owned(),
        created_at: 0,
        accepted_at: Some(0),
        left_at: None,
    };
    store.add_administrator(&administrator, &place).await.expect("nobody has this address");
}

/// R56: imports go on, the others are told once, and handing over is one line.
fn incident_22_the_owner_leaves_and_another_takes_over_without_rebuilding_anything(world: &World) {
    world.hire_crowd(10..=19);
    world.hire(&person(1, "Ada", "Lovelace"));
    let set_up = world.set_up().with("integration", "owner", "\"ada@acme.example\"");
    world.apply(&set_up);
    world.import().completed();
    RUNTIME.block_on(async { add_colleague(&world.store().await, "col@acme.example").await });
    world.dismiss([1]);
    assert_eq!(world.import().completed().leave, 1);
    let shown = || world.run(&["integration", "show", "acme", "--json"]).exits(0).json();
    assert_eq!((&shown()["owner_left"], &shown()["state"]), (&true.into(), &"live".into()));
    world.run(&["integration", "show", "acme"]).exits(0);
    world.serve_until(|world| world.mails("owner-left").iter().any(|mail| mail.state == "sent"));
    let told = world.mails("owner-left");
    assert_eq!((told.len(), told[0].recipient.as_deref()), (1, Some("col@acme.example")));
    assert_eq!(world.import().quiet().unchanged, 11, "imports go on with nobody to own them");

    world.apply(&set_up.with("integration", "owner", "\"col@acme.example\""));
    assert_eq!((&shown()["owner_left"], &shown()["owner"]), (&false.into(), &"col@acme.example".into()));
    world.import().quiet();
    assert_eq!(world.mails("owner-left").len(), 1);
}
