//! How an import ends, in exit statuses and in JSON. That all keys are there, and that status and
//! state agree, is looked at for every import of every test.

use sandbox::{Change, FaultKind};
use serde_json::json;

use crate::world::{World, both, person};

both! {
    every_end_of_an_import_has_its_status_and_its_json,
    r53_the_history_lists_every_import_with_its_state,
    r51_every_completed_import_is_summed_up_without_personal_data,
    words_for_people_say_what_happened,
    what_the_source_sends_does_not_command_a_terminal,
}

fn every_end_of_an_import_has_its_status_and_its_json(world: &World) {
    world.hire_crowd(1..=12);
    world.apply(&world.set_up());
    let arguments = ["import", "acme", "--json"];
    let completed = world.run(&arguments).exits(0);
    assert!(completed.err.is_empty(), "nothing beside the JSON: {completed:?}");
    let mut json = completed.json();
    let (id, duration) = (json["import"].take(), json["duration_ms"].take());
    assert!(id.is_string() && duration.is_u64());
    let expected = json!({
        "import": null, "state": "completed", "read": 12, "join": 12, "update": 0, "leave": 0, "rejoin": 0,
        "reject": 0, "unchanged": 0, "not_eligible": 0, "starts_later": 0, "errors": 0, "warnings": 0,
        "held_by": [], "failure": null, "duration_ms": null,
    });
    assert_eq!(json, expected);

    world.change(1, "email", "nonsense");
    assert_eq!(world.run(&arguments).exits(3).json()["reject"], 1);
    world.dismiss(2..=7);
    assert_eq!(world.run(&arguments).exits(4).json()["held_by"], json!(["R40"]));
    assert_eq!(world.run(&[&arguments[..], &["--dry-run"]].concat()).exits(4).json()["state"], "on-hold");
    world.fault(FaultKind::Html);
    let failed = world.run(&arguments).exits(5).json();
    assert!(failed["failure"].is_string(), "{failed}");
    assert_eq!((&failed["read"], &failed["held_by"]), (&json!(0), &json!([])));
    world.run(&[&arguments[..], &["--dry-run"]].concat()).exits(5);
    world.run(&["import"]).exits(2);
    world.run(&["import", "acme", "--no-such-flag"]).exits(2);
    world.run(&[]).exits(2);
}

/// R53
fn r53_the_history_lists_every_import_with_its_state(world: &World) {
    assert_eq!(world.run(&["imports", "acme"]).code, 2, "there is no programme yet");
    world.hire_crowd(1..=12);
    world.apply(&world.set_up());
    world.run(&["imports", "acme"]).exits(0);
    assert!(world.history().is_empty());
    let preview = world.dry_run();
    let first = world.import();
    world.fault(FaultKind::Empty);
    let failed = world.import();
    world.no_faults();
    world.dismiss(1..=6);
    let held = world.import();
    let newer = world.import();
    world.run(&["imports", "reject", &newer.import]).exits(0);
    let states = [
        (&newer, "rejected"),
        (&held, "superseded"),
        (&failed, "failed"),
        (&first, "completed"),
        (&preview, "previewed"),
    ];
    let states: Vec<_> = states.iter().map(|(report, state)| (report.import.clone(), (*state).to_owned())).collect();
    assert_eq!(world.history(), states);

    let listed = world.run(&["imports", "acme"]).exits(0).out;
    assert!(states.iter().all(|(id, state)| listed.contains(id) && listed.contains(state)), "{listed}");
    let shown = world.show(&first.import);
    assert_eq!((&shown["trigger"], &shown["programme"]), (&json!("command"), &json!("acme")));
    assert!(shown["created_at"].is_string() && shown["finished_at"].is_string());
    let failure = world.show(&failed.import);
    assert!(failure["failure_code"].is_string() && failure["failure"].is_string(), "{failure}");
}

/// R51: after every completed import, to the owner, in numbers.
fn r51_every_completed_import_is_summed_up_without_personal_data(world: &World) {
    world.hire(&person(1, "Xanthippe", "Quisling"));
    world.hire(&person(2, "Balthasar", "Nobody").and("email", "nonsense"));
    world.apply(&world.set_up().with("integration", "owner", "\"owner@acme.example\""));
    for number in 1..=3 {
        world.import().completed();
        let summaries = world.mails("import-summary");
        assert_eq!(summaries.len(), number);
        assert!(summaries.iter().all(|mail| mail.employee_id.is_none()));
        assert!(summaries.iter().all(|mail| mail.recipient.as_deref() == Some("owner@acme.example")));
    }
    world.fault(FaultKind::Empty);
    world.import().failed();
    assert_eq!(world.mails("import-summary").len(), 3);
    assert_eq!(world.mails("import-failed").len(), 1);
    world.serve_until(|world| world.outbox().iter().all(|mail| mail.state == "sent"));
    let about_imports = world.delivered().into_iter().filter(|text| text.contains("owner@acme.example"));
    let about_imports: Vec<String> = about_imports.collect();
    assert_eq!(about_imports.len(), 4);
    for text in about_imports {
        let personal = ["Xanthippe", "Quisling", "Balthasar", "nonsense", "xanthippe@"];
        assert!(personal.iter().all(|word| !text.contains(word)), "{text}");
    }
}

fn words_for_people_say_what_happened(world: &World) {
    world.hire_crowd(1..=12);
    world.apply(&world.set_up());
    let first = world.run(&["import", "acme"]).exits(0);
    assert!(first.out.contains("The import completed"), "{}", first.out);
    assert!(first.err.contains("reading: 12 of 12") && first.err.contains("applying: 12 of 12"), "{}", first.err);
    world.alter(1, &Change::set("last_name", "Newname"));
    world.dismiss(2..=7);
    let held = world.run(&["import", "acme"]).exits(4);
    let named = ["on hold", "6 of 12 members", "Crowd c Member c (2): no longer active", "“Member b” → “Newname”"];
    for words in named {
        assert!(held.out.contains(words), "no {words:?} in {}", held.out);
    }
    world.fault(FaultKind::Html);
    let failed = world.run(&["import", "acme"]).exits(5);
    assert!(failed.out.contains("Nothing has changed"), "{}", failed.out);
}

/// R53: a name is shown as the source has it, valid or not, but as text.
fn what_the_source_sends_does_not_command_a_terminal(world: &World) {
    let evil = "\u{1b}[2J\u{1b}]0;owned\u{7}Eve\r\n  Mallory (9)";
    world.hire(&person(1, evil, "Evil").and("email", "eve@acme.example"));
    world.hire(&person(2, "Ada", "Lovelace").and("department", evil));
    world.apply(&world.set_up());
    let report = world.import().completed();
    world.change(2, "department", format!("{evil}!"));
    let shown = [world.run(&["import", "acme", "--dry-run"]).out, world.run(&["imports", "show", &report.import]).out];
    for text in shown {
        assert!(text.contains("Ada Lovelace (2)"), "{text:?}");
        assert!(text.chars().all(|c| !c.is_control() || c == '\n'), "{text:?}");
        assert!(!text.lines().any(|line| line.trim_start().starts_with("Mallory")), "{text:?}");
    }
}
