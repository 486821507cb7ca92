//! Integrations, and the decisions that are kept for them.

use domain::{ids::IntegrationId, print::Print};
use rollcall_store::{Decision, Integration};

use crate::support::{Db, INTEGRATION, NOW, OTHER, PROGRAMME, both, integration_row, member, uuid};

async fn saving_again_replaces_all_but_its_beginnings(db: &Db) {
    db.note_rules(&integration_row(), Print(-7)).await.unwrap();
    let changed = Integration {
        owner: "new@acme.example".into(),
        base_url: Some("http://localhost:1".into()),
        client_id: "other client".into(),
        secret: (0..=255).collect(),
        requests_per_minute: Some(60),
        frequency: "hourly".into(),
        rules: "{\"changed\":true}".into(),
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
    let theirs = Integration { programme_id: OTHER.0, client_id: "theirs".into(), ..integration_row() };
    db.save_integration(&theirs).await.unwrap();
    db.note_rules(&theirs, Print(5)).await.unwrap();
    assert!(db.move_integration(&theirs, "live", "reconnect-needed").await.unwrap());
    assert_eq!(db.integration(PROGRAMME, "personio").await.unwrap(), Some(integration_row()));
}

async fn one_source_is_connected_once(db: &Db) {
    let second = Integration { id: uuid(8), ..integration_row() };
    assert!(db.save_integration(&second).await.is_err());
}

/// R5
async fn an_integration_moves_only_from_where_it_stands(db: &Db) {
    let integration = integration_row();
    assert!(db.move_integration(&integration, "live", "reconnect-needed").await.unwrap());
    assert!(!db.move_integration(&integration, "live", "reconnect-needed").await.unwrap());
    assert_eq!(db.integration(PROGRAMME, "personio").await.unwrap().unwrap().state, "reconnect-needed");
}

/// R18
async fn a_decision_is_kept_and_a_newer_one_takes_its_place(db: &Db) {
    let decision = |employee_id: &str, answer: &str, decided_at| Decision {
        programme_id: PROGRAMME.0,
        integration_id: INTEGRATION.0,
        employee_id: employee_id.into(),
        member_id: member(1).0,
        answer: answer.into(),
        decided_at,
        fulfilled_at: None,
    };
    db.decide(&decision("0042", "same", NOW)).await.unwrap();
    db.decide(&decision("42", "same", NOW)).await.unwrap();
    let newer = Decision { member_id: member(2).0, ..decision("0042", "new", NOW + 1) };
    db.decide(&newer).await.unwrap();
    let mut kept = db.decisions(PROGRAMME, INTEGRATION).await.unwrap();
    kept.sort_by(|one, other| one.employee_id.cmp(&other.employee_id));
    assert_eq!(kept, [newer, decision("42", "same", NOW)]);
    assert_eq!(db.decisions(OTHER, INTEGRATION).await.unwrap(), []);
    assert_eq!(db.decisions(PROGRAMME, IntegrationId(uuid(8))).await.unwrap(), []);
}

both!(
    saving_again_replaces_all_but_its_beginnings,
    another_programme_does_not_see_it,
    one_source_is_connected_once,
    an_integration_moves_only_from_where_it_stands,
    a_decision_is_kept_and_a_newer_one_takes_its_place,
);
