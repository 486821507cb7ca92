//! Integrations, and the decisions that are kept for them.

use domain::{
    ids::{ImportId, IntegrationId},
    import::State,
    plan::Kind,
    print::Print,
};
use rollcall_store::{Decision, Integration, Mail, integrations::Ending};

use crate::support::{Db, INTEGRATION, NOW, OTHER, PROGRAMME, both, integration_row, join, mail, member, of, uuid};

async fn saving_again_replaces_all_but_its_beginnings(db: &Db) {
    let lease = db.claim_imports(PROGRAMME, INTEGRATION, db.token()).await.unwrap().unwrap();
    db.note_rules(&lease, &integration_row(), Print(-7)).await.unwrap();
    let changed = Integration {
        owner: "new@acme.example".into(),
        base_url: Some("http://localhost:1".into()),
        client_id: Some("other client".into()),
        secret: Some((0..=255).collect()),
        requests_per_minute: Some(60),
        schedule: "\"hourly\"".into(),
        rules: Some("{\"changed\":true}".into()),
        rules_print: Some(99),
        state: "reconnect-needed".into(),
        created_at: NOW + 1,
        updated_at: NOW + 2,
        ..integration_row()
    };
    db.save_integration(&changed).await.unwrap();
    let kept = Integration { created_at: NOW, rules_print: Some(-7), ..changed };
    assert_eq!(db.integration(PROGRAMME, "personio").await.unwrap(), Some(kept.clone()));
    assert_eq!(db.integrations(PROGRAMME).await.unwrap(), [kept]);
}

async fn another_programme_does_not_see_it(db: &Db) {
    assert_eq!(db.integration(OTHER, "personio").await.unwrap(), None);
    assert_eq!(db.integrations(OTHER).await.unwrap(), []);
    // The same number in another programme is another integration.
    let theirs = Integration { programme_id: OTHER.0, client_id: Some("theirs".into()), ..integration_row() };
    db.save_integration(&theirs).await.unwrap();
    let lease = db.claim_imports(OTHER, INTEGRATION, db.token()).await.unwrap().unwrap();
    db.note_rules(&lease, &theirs, Print(5)).await.unwrap();
    assert_eq!(db.integration(PROGRAMME, "personio").await.unwrap(), Some(integration_row()));
}

async fn one_source_is_connected_once(db: &Db) {
    let second = Integration { id: uuid(8), ..integration_row() };
    assert!(db.save_integration(&second).await.is_err());
}

/// What imports note beside the settings is left alone by whoever changes only settings.
async fn a_change_of_settings_leaves_what_imports_note(db: &Db) {
    let seen = integration_row();
    db.run("UPDATE integrations SET due_at = 77, failures = 2, failing_since = 70").await;
    let changed = Integration { schedule: "{\"hour\":7}".into(), ..seen.clone() };
    assert!(db.change_integration(&seen, &changed).await.unwrap());
    let known = db.integration_by_number(PROGRAMME, INTEGRATION).await.unwrap().unwrap();
    assert_eq!((known.due_at, known.failures, known.failing_since), (Some(77), 2, Some(70)));
    let timed = Integration { due_at: Some(99), failures: 0, failing_since: None, ..known.clone() };
    assert!(db.change_integration(&known, &timed).await.unwrap());
    assert_eq!(db.integration_by_number(PROGRAMME, INTEGRATION).await.unwrap(), Some(timed));
}

/// Somebody who saw it before another changed it writes nothing.
async fn only_whoever_saw_it_last_changes_it(db: &Db) {
    let seen = integration_row();
    let draft = Some("{\"draft\":null}".to_owned());
    let first = Integration { draft: draft.clone(), updated_at: NOW + 1, ..seen.clone() };
    assert!(db.change_integration(&seen, &first).await.unwrap());
    let second = Integration { owner: "other@acme.example".into(), ..seen.clone() };
    assert!(!db.change_integration(&seen, &second).await.unwrap());
    assert_eq!(db.integration_by_number(PROGRAMME, INTEGRATION).await.unwrap(), Some(first.clone()));
    assert!(db.change_integration(&first, &second).await.unwrap(), "a draft can be taken away again");
    assert!(!db.add_integration(&Integration { id: uuid(8), ..seen }).await.unwrap());
}

fn revoked() -> Integration {
    Integration { client_id: None, secret: None, state: "revoked".into(), updated_at: NOW + 1, ..integration_row() }
}

async fn revoke(db: &Db) -> Vec<ImportId> {
    let ending = Ending { work: "import", code: "revoked", text: "it was revoked", now: NOW + 2 };
    let mail_about = |import: ImportId| Mail { import_id: Some(import.0), ..mail(db.next(), NOW) };
    db.revoke_integration(&integration_row(), &revoked(), ending, &mail_about).await.unwrap().unwrap()
}

/// An import that has not begun to make changes fails, and its worker finds out; its plan is gone.
async fn revoking_ends_what_has_changed_nothing(db: &Db) {
    for state in [State::Queued, State::Reading, State::Planning, State::OnHold] {
        let run = db.begin(state).await;
        run.plan(db).stage(&run.lease, &[join(1)], &[]).await.unwrap();
        assert_eq!(revoke(db).await, [run.import.number()], "{state}");
        let import = db.import(run.import.number()).await.unwrap().unwrap();
        assert_eq!((import.state.as_str(), import.failure_code.as_deref()), ("failed", Some("revoked")));
        assert_eq!(db.number("SELECT COUNT(*) FROM changes").await, 0);
        let lost = run.plan(db).stage(&run.lease, &[join(2)], &[]).await;
        assert_eq!(lost.is_err(), state != State::OnHold, "{state}");
        db.release_work(&run.lease).await.unwrap();
        db.run("DELETE FROM changes").await;
        db.save_integration(&integration_row()).await.unwrap();
    }
    assert_eq!(db.number("SELECT COUNT(*) FROM outbox").await, 4);
    let kept = db.integration_by_number(PROGRAMME, INTEGRATION).await.unwrap();
    assert_eq!(kept, Some(integration_row()));
}

/// R30: once applying has begun an import only goes on.
async fn revoking_lets_an_import_finish_that_is_applying(db: &Db) {
    let run = db.plan_of(&[join(1), join(2)]).await;
    assert_eq!(revoke(db).await, []);
    assert_eq!(db.integration_by_number(PROGRAMME, INTEGRATION).await.unwrap(), Some(revoked()));
    assert_eq!(run.apply(db).await, [2]);
    assert_eq!(run.finish(db).await.state, "completed");
}

fn decision(employee_id: &str, answer: &str, decided_at: i64) -> Decision {
    Decision {
        programme_id: PROGRAMME.0,
        integration_id: INTEGRATION.0,
        employee_id: employee_id.into(),
        member_id: member(1).0,
        answer: answer.into(),
        decided_at,
        fulfilled_at: None,
    }
}

async fn kept(db: &Db) -> Vec<Decision> {
    let mut kept = db.decisions(PROGRAMME, INTEGRATION).await.unwrap();
    kept.sort_by(|one, other| (&one.employee_id, one.member_id).cmp(&(&other.employee_id, other.member_id)));
    kept
}

/// R18
async fn a_decision_is_kept_and_a_newer_one_takes_its_place(db: &Db) {
    db.decide(&Decision { fulfilled_at: Some(NOW), ..decision("0042", "same", NOW) }).await.unwrap();
    db.decide(&decision("0042", "new", NOW + 1)).await.unwrap();
    assert_eq!(kept(db).await, [decision("0042", "new", NOW + 1)]);
    assert_eq!(db.decisions(OTHER, INTEGRATION).await.unwrap(), []);
    assert_eq!(db.decisions(PROGRAMME, IntegrationId(uuid(8))).await.unwrap(), []);
}

/// R18: somebody may be told from many, but is the same person as one only.
async fn nobody_is_the_same_person_twice(db: &Db) {
    let with = |n: u64, one: Decision| Decision { member_id: member(n).0, ..one };
    for n in [1, 2] {
        db.decide(&with(n, decision("1", "new", NOW))).await.unwrap();
    }
    db.decide(&with(3, decision("1", "same", NOW))).await.unwrap();
    db.decide(&with(4, decision("2", "same", NOW))).await.unwrap();
    let told_apart = [with(1, decision("1", "new", NOW)), with(2, decision("1", "new", NOW))];
    let others = [with(3, decision("1", "same", NOW)), with(4, decision("2", "same", NOW))];
    assert_eq!(kept(db).await, [told_apart.clone(), others].concat());
    // The ID of the one, and the member of the other.
    let same = with(4, decision("1", "same", NOW + 1));
    db.decide(&same).await.unwrap();
    assert_eq!(kept(db).await, [told_apart.to_vec(), vec![same]].concat());
}

/// R18: an answer that an import has acted on is noted as such.
async fn an_answer_is_fulfilled_by_the_row_that_does_it(db: &Db) {
    db.employ(4).await;
    for (id, n, answer) in [("7", 1, "same"), ("8", 2, "same"), ("9", 3, "same"), ("10", 4, "new")] {
        db.decide(&Decision { member_id: member(n).0, ..decision(id, answer, NOW) }).await.unwrap();
    }
    let mut rows = Vec::new();
    for (number, (n, id)) in (1..).zip([(1, "7"), (2, "8"), (4, "10")]) {
        let mut row = of(Kind::Update, &db.member(n).await, number);
        (row.change.employee_id, row.change.changes_id) = (Some(id.into()), true);
        rows.push(row);
    }
    let run = db.plan_of(&rows).await;
    db.run("UPDATE members SET version = 9 WHERE employee_id = '2'").await;
    run.apply(db).await;
    let lease = db.claim_imports(PROGRAMME, INTEGRATION, db.token()).await.unwrap().unwrap();
    db.note_fulfilled(&lease, &run.import, NOW + 9).await.unwrap();
    let fulfilled: Vec<_> =
        kept(db).await.into_iter().filter_map(|one| Some((one.employee_id, one.fulfilled_at?))).collect();
    assert_eq!(fulfilled, [("7".to_owned(), NOW + 9)]);
    db.note_fulfilled(&lease, &run.import, NOW + 10).await.unwrap();
    assert_eq!(kept(db).await.iter().filter_map(|one| one.fulfilled_at).collect::<Vec<_>>(), [NOW + 9]);
}

/// R56: SQLite's own `lower` knows ASCII letters only.
async fn r56_an_owner_is_recognised_by_their_address_as_everywhere(db: &Db) {
    db.employ(1).await;
    db.run("UPDATE members SET email_key = 'jörg@acme.example'").await;
    let without = async || db.number("SELECT COUNT(*) FROM integrations WHERE owner_left_at IS NOT NULL").await;
    let leaves = async || db.run("UPDATE members SET state = 'leaver'").await;
    let returns = async || db.run("UPDATE members SET state = 'active'").await;
    let seen = integration_row();
    let theirs = Integration { owner: " JÖRG@Acme.Example".into(), ..seen.clone() };
    assert!(db.change_integration(&seen, &theirs).await.unwrap());
    leaves().await;
    assert_eq!(without().await, 1);
    returns().await;
    assert_eq!(without().await, 0);
    db.save_integration(&seen).await.unwrap();
    leaves().await;
    assert_eq!(without().await, 0, "somebody else's");
    returns().await;
    db.save_integration(&theirs).await.unwrap();
    leaves().await;
    assert_eq!(without().await, 1);
    returns().await;
    // As a version before this one would have made it.
    db.run("UPDATE integrations SET owner_key = NULL, owner = 'P1@acme.example'").await;
    db.run("UPDATE members SET email_key = 'p1@acme.example'").await;
    leaves().await;
    assert_eq!(without().await, 1);
}

both!(
    r56_an_owner_is_recognised_by_their_address_as_everywhere,
    saving_again_replaces_all_but_its_beginnings,
    another_programme_does_not_see_it,
    one_source_is_connected_once,
    a_change_of_settings_leaves_what_imports_note,
    only_whoever_saw_it_last_changes_it,
    revoking_ends_what_has_changed_nothing,
    revoking_lets_an_import_finish_that_is_applying,
    a_decision_is_kept_and_a_newer_one_takes_its_place,
    nobody_is_the_same_person_twice,
    an_answer_is_fulfilled_by_the_row_that_does_it,
);
