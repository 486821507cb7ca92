//! `rollcall integration`: what waits, what is published, and what stops.

use serde_json::json;

use crate::world::{CLIENT_SECRET, World, both, person};

both! {
    r45_a_change_of_a_live_integration_waits_until_it_is_published,
    r45_the_number_of_leavers_is_typed_and_agrees_to_them,
    an_integration_is_paused_resumed_and_revoked,
    the_file_says_when_imports_run_and_who_is_told,
    credentials_of_another_company_are_confirmed_with_the_number_of_members,
}

fn r45_a_change_of_a_live_integration_waits_until_it_is_published(world: &World) {
    world.begin(&[person(1, "Ada", "Lovelace"), person(2, "Grace", "Hopper"), person(3, "Alan", "Turing")]);
    world.change(2, "employment_type", "external");
    let set_up = world.set_up().segment("employment_type", "include", &["internal"]).to_string();
    let waits = world.apply_with(&set_up, &[]).exits(0);
    assert!(waits.out.contains("These settings wait") && waits.out.contains("--publish"), "{}", waits.out);
    assert_eq!(world.import().completed().leave, 0, "imports go on with what is published");
    let preview = world.run(&["import", "acme", "--dry-run"]).exits(0).out;
    assert!(preview.contains("settings that wait") && preview.contains("Grace Hopper (2)"), "{preview}");

    let published = world.apply_with(&set_up, &["--publish"]).exits(0).out;
    assert!(published.contains("Grace Hopper (2): outside the segment"), "{published}");
    assert!(published.contains("Published. Next import:"), "{published}");
    assert_eq!(world.import().completed().leave, 1);
    let again = world.apply_with(&set_up, &["--publish"]).exits(0).out;
    assert!(again.contains("in effect already"), "{again}");
    // Custom fields stay as they are while the integration is authorised.
    let custom = world.set_up().segment("employment_type", "include", &["internal"]).custom("shirt", "dynamic_1830003");
    world.try_apply(&custom).refuses(&["[custom_fields]", "revoke"]);
    let other_identity = world.set_up().map("employee_id", "dynamic_1830008");
    world.try_apply(&other_identity).refuses(&["[mapping] employee_id", "“id”"]);
}

fn r45_the_number_of_leavers_is_typed_and_agrees_to_them(world: &World) {
    world.hire_crowd(1..=12);
    world.apply(&world.set_up());
    world.import().completed();
    (1..=6).for_each(|id| world.change(id, "employment_type", "external"));
    let set_up = world.set_up().segment("employment_type", "include", &["internal"]).to_string();
    let before = world.snapshot();
    world.apply_with(&set_up, &["--publish"]).refuses(&["6 leavers", "no number was typed"]);
    world.apply_with(&set_up, &["--publish", "--leavers", "5"]).refuses(&["6 leavers", "5 was typed"]);
    world.apply_with(&set_up, &["--leavers", "6"]).exits(2);
    assert_eq!(world.import().completed().leave, 0, "nothing was published");
    let published = world.apply_with(&set_up, &["--publish", "--leavers", "6"]).exits(0).out;
    assert!(published.contains("need not ask about these leavers again"), "{published}");
    assert_eq!(world.snapshot().0, before.0);
    assert_eq!(world.import().completed().leave, 6);
}

fn an_integration_is_paused_resumed_and_revoked(world: &World) {
    world.begin(&[person(1, "Ada", "Lovelace")]);
    let state = |world: &World| world.run(&["integration", "show", "acme", "--json"]).exits(0).json()["state"].clone();
    assert_eq!(state(world), json!("live"));
    let shown = world.run(&["integration", "show", "acme"]).exits(0).out;
    assert!(shown.contains("email ← email") && !shown.contains(CLIENT_SECRET), "{shown}");
    world.run(&["integration", "resume", "acme"]).refuses(&["not paused"]);
    world.run(&["integration", "pause", "acme"]).exits(0);
    assert_eq!(state(world), json!("paused"));
    world.import().quiet();
    world.run(&["integration", "resume", "acme"]).exits(0);

    let revoked = world.run(&["integration", "revoke", "acme"]).exits(0).out;
    assert!(revoked.contains("Imports stop. No member is changed."), "{revoked}");
    assert_eq!(state(world), json!("revoked"));
    for more in [&[][..], &["--dry-run"]] {
        world.run(&[&["import", "acme"], more].concat()).refuses(&["revoked", "Authorise it again"]);
    }
    assert_eq!(world.member("1", "status"), "invited");
    // With good credentials it still waits to be published; then custom fields may change, too.
    let set_up = world.set_up().custom("shirt", "dynamic_1830003").to_string();
    world.apply_with(&set_up, &[]).exits(0);
    world.run(&["import", "acme"]).refuses(&["not been published since"]);
    world.apply_with(&set_up, &["--publish"]).exits(0);
    assert_eq!(state(world), json!("live"));
    assert_eq!(world.import().completed().unchanged, 1);
    world.run(&["integration", "show", "nowhere"]).refuses(&["nowhere"]);
}

fn the_file_says_when_imports_run_and_who_is_told(world: &World) {
    world.hire(&person(1, "Ada", "Lovelace"));
    let weekly = world.set_up().with("integration", "frequency", "\"weekly\"");
    let set_up = weekly.with("integration", "time", "\"07:30\"").with("integration", "weekday", "\"friday\"");
    let recipients = "[\"it@acme.example\", { address = \"hr2@acme.example\", failures_only = true }]";
    world.apply(&set_up.clone().with("integration", "recipients", recipients));
    let shown = world.run(&["integration", "show", "acme", "--json"]).exits(0).json();
    let schedule = &shown["published"]["schedule"];
    assert_eq!((&schedule["frequency"], &schedule["weekday"]), (&json!("weekly"), &json!("friday")));
    assert_eq!((&schedule["hour"], &schedule["minute"]), (&json!(7), &json!(30)));
    assert_eq!(shown["published"]["recipients"][1], json!({"address": "hr2@acme.example", "failures_only": true}));
    assert_eq!(shown["next_imports"].as_array().map(Vec::len), Some(3));
    for (key, value, names) in [
        ("time", "\"25:00\"", &["[integration] time", "25:00", "06:00"][..]),
        ("weekday", "\"someday\"", &["someday", "monday"]),
        ("day", "32", &["32", "31"]),
        ("recipients", "[\"nobody\"]", &["[integration] recipients", "nobody"]),
        ("recipients", "[7]", &["e-mail address"]),
    ] {
        world.try_apply(&set_up.clone().with("integration", key, value)).refuses(names);
    }
}

fn credentials_of_another_company_are_confirmed_with_the_number_of_members(world: &World) {
    world.hire_crowd(1..=12);
    world.apply(&world.set_up());
    world.import().completed();
    let mut other = sandbox::Company::empty(crate::world::TODAY);
    other.append(&person(100, "Somebody", "Else"));
    let knobs = sandbox::Knobs::default().unlimited();
    world.sandbox.add_company_with("papi-other", "other-secret", other, knobs);
    let set_up = world.set_up().with("integration", "client_id", "\"papi-other\"");
    let set_up = set_up.with("integration", "client_secret", "\"other-secret\"").to_string();
    world.apply_with(&set_up, &[]).refuses(&["another company", "0 of 12", "12"]);
    assert_eq!(world.import().quiet().unchanged, 12, "the credentials that were there are");
    world.apply_with(&set_up, &["--members", "12"]).exits(0);
    assert_eq!(world.import().held(&["R40", "R41"]).leave, 12);
}
