//! Many customers: programmes that are made, suspended, exported and deleted, and people who look after several.

use std::{collections::BTreeMap, io::Cursor};

use domain::{import::Purpose, language::Language, roles::Role};
use engine::{
    Actor, EngineError, Refusal,
    administrators::{Invite, LinkState, SignIn},
    customers::NewProgramme,
};
use jiff::SignedDuration;
use sandbox::Change;
use store::Programme;

use crate::{
    administrators::{ANOTHER, OWNER, PASSWORD, flaws, origin, signed_in, token_in},
    bed::Bed,
    both,
    people::{people, person},
};

both!(
    a_programme_is_made_for_its_owner,
    somebody_known_accepts_a_second_programme_with_the_password_they_have,
    r52_nothing_begins_in_a_suspended_programme_and_it_goes_on_where_it_stood,
    r50_mails_wait_while_a_programme_is_suspended,
    nobodys_close_down_goes_on_while_a_programme_is_suspended,
    an_export_is_readable_and_holds_no_secret,
    a_deleted_programme_takes_with_it_who_looked_after_nothing_else,
    a_lost_second_factor_is_switched_off_and_everybody_is_signed_out,
    a_new_password_by_a_link_that_is_handed_over,
);

fn globex() -> NewProgramme {
    NewProgramme {
        key: "globex".into(),
        name: "Globex Club".into(),
        time_zone: "Europe/Berlin".into(),
        language: Language::De,
    }
}

impl Bed {
    async fn made(&self) -> Programme {
        self.engine.create_programme(&globex(), &Actor::command()).await.expect("made")
    }

    async fn invite(&self, programme: &Programme, email: &str, role: Role) -> String {
        let invite = Invite { name: "Somebody".into(), email: email.into(), role };
        let link = self.engine.invite_by_link(programme, &invite, &Actor::command()).await.expect("invited");
        token_in(&link)
    }
}

fn refused<T: std::fmt::Debug>(outcome: Result<T, EngineError>) -> Refusal {
    match outcome {
        Err(EngineError::Refused(refusal)) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

fn ada() -> Change {
    person(1, "Ada", "Berg")
}

async fn a_programme_is_made_for_its_owner(bed: Bed) {
    let programme = bed.made().await;
    assert_eq!(bed.engine.programme("globex").await.expect("there"), programme);
    let settings = bed.engine.programme_settings(&programme).expect("settings");
    assert_eq!(settings.language, Language::De);
    assert_eq!(refused(bed.engine.create_programme(&globex(), &Actor::command()).await).code(), "key-taken");
    let bad = NewProgramme { key: "Globex!".into(), name: " ".into(), time_zone: "Mars".into(), ..globex() };
    assert_eq!(
        flaws(bed.engine.create_programme(&bad, &Actor::command()).await),
        [("short name", "slug-invalid"), ("name", "missing"), ("time-zone", "time-zone-unknown")]
    );
    let token = bed.invite(&programme, OWNER, Role::Owner).await;
    assert_eq!(bed.engine.deliver().await.expect("delivered"), 0, "the link is handed over, not mailed");
    assert!(bed.engine.first_run_link().await.expect("asked").is_none(), "somebody owns a programme by now");
    let came = bed.engine.accept_invitation(&token, "Ada Lovelace", PASSWORD, Language::De, &origin()).await;
    let signed = bed.signed(&signed_in(came.expect("accepted"))).await;
    assert_eq!((signed.places.len(), signed.places[0].role), (1, Role::Owner));
    let deeds: Vec<String> = bed.deeds(&programme).await.into_iter().map(|(action, ..)| action).collect();
    assert_eq!(deeds, ["administrator.accepted", "administrator.invited", "programme.created"]);
}

async fn somebody_known_accepts_a_second_programme_with_the_password_they_have(bed: Bed) {
    let (_, first) = bed.first_owner().await;
    let second = bed.made().await;
    let earlier = bed.invite(&second, OWNER, Role::ReadOnly).await;
    let token = bed.invite(&second, OWNER, Role::Members).await;
    assert_eq!(bed.engine.invitation_state(&earlier).await.expect("a state"), LinkState::Unknown, "replaced");
    let LinkState::Valid(about) = bed.engine.invitation_state(&token).await.expect("a state") else { panic!() };
    assert!(!about.is_new, "they have a password");
    let wrong = bed.engine.accept_invitation(&token, "", ANOTHER, Language::En, &origin()).await.expect("an answer");
    assert_eq!(wrong, SignIn::Refused);
    let came = bed.engine.accept_invitation(&token, "", PASSWORD, Language::En, &origin()).await.expect("accepted");
    let signed = bed.signed(&signed_in(came)).await;
    let places: Vec<_> = signed.places.iter().map(|place| (place.programme.slug.as_str(), place.role)).collect();
    assert_eq!(places, [("globex", Role::Members), (first.slug.as_str(), Role::Owner)]);
    assert_eq!(signed.administrator.name, "Ada Lovelace", "whoever invites somebody does not rename them");
    // What they may do in one says nothing about the other.
    let owner = signed.place(&first.slug).expect("a place");
    assert!(owner.role == Role::Owner && bed.engine.administrators_of(&second).await.expect("a list").len() == 1);
}

async fn r52_nothing_begins_in_a_suspended_programme_and_it_goes_on_where_it_stood(bed: Bed) {
    bed.employ_people([ada()]);
    bed.set_up("").await;
    let (programme, integration) = bed.integration().await;
    bed.import().await;
    bed.engine.suspend(&programme, &Actor::command()).await.expect("suspended");
    assert_eq!(refused(bed.engine.suspend(&programme, &Actor::command()).await).code(), "suspended-already");
    bed.pass(SignedDuration::from_hours(72));
    assert_eq!(bed.engine.start_due().await.expect("looked"), 0);
    for purpose in [Purpose::Apply, Purpose::Preview] {
        assert_eq!(refused(bed.try_import(purpose).await).code(), "programme-suspended");
    }
    let request = engine::import::Request { purpose: Purpose::Apply, trigger: "test", renumbered: false };
    let asked = bed.engine.start_import(&programme, &integration, request, &Actor::command()).await;
    assert_eq!(refused(asked).code(), "programme-suspended");
    bed.engine.resume_programme(&programme, &Actor::command()).await.expect("resumed");
    assert_eq!(refused(bed.engine.resume_programme(&programme, &Actor::command()).await).code(), "not-suspended");
    assert_eq!(bed.engine.start_due().await.expect("looked"), 1, "what was missed is caught up once");
    let deeds: Vec<String> = bed.deeds(&programme).await.into_iter().map(|(action, ..)| action).collect();
    assert!(deeds.contains(&"programme.suspended".to_owned()) && deeds.contains(&"programme.resumed".to_owned()));
}

async fn r50_mails_wait_while_a_programme_is_suspended(bed: Bed) {
    bed.employ_people([ada()]);
    bed.set_up("").await;
    bed.import().await;
    let (programme, _) = bed.integration().await;
    let waiting = bed.mails().await.iter().filter(|(.., state)| state == "pending").count();
    assert!(waiting > 0);
    bed.engine.suspend(&programme, &Actor::command()).await.expect("suspended");
    assert_eq!(bed.engine.deliver().await.expect("delivered"), 0);
    bed.pass(SignedDuration::from_hours(24 * 5));
    assert_eq!(bed.engine.deliver().await.expect("delivered"), 0);
    assert_eq!(bed.engine.remind().await.expect("looked"), 0);
    bed.engine.resume_programme(&programme, &Actor::command()).await.expect("resumed");
    assert_eq!(bed.engine.deliver().await.expect("delivered"), waiting, "nothing was given up meanwhile");
}

/// R60
async fn nobodys_close_down_goes_on_while_a_programme_is_suspended(bed: Bed) {
    bed.employ_people(people(10));
    bed.set_up("").await;
    bed.import().await;
    bed.sql("UPDATE members SET state = 'active'").await;
    bed.sql("UPDATE outbox SET state = 'sent'").await;
    bed.change(2, &Change::set("status", "inactive"));
    bed.import().await;
    let (programme, _) = bed.integration().await;
    bed.engine.suspend(&programme, &Actor::command()).await.expect("suspended");
    bed.pass(SignedDuration::from_hours(24 * 90));
    let done = bed.engine.close_down().await.expect("looked");
    assert_eq!((done.told, done.closed), (0, 0));
    bed.engine.resume_programme(&programme, &Actor::command()).await.expect("resumed");
    let done = bed.engine.close_down().await.expect("looked");
    assert_eq!((done.told, done.closed), (1, 0), "they are told first, however late");
}

async fn an_export_is_readable_and_holds_no_secret(bed: Bed) {
    let (owner, first) = bed.first_owner().await;
    bed.employ_people([ada(), person(2, "Bo", "Lind")]);
    bed.set_up("").await;
    bed.import().await;
    let (programme, _) = bed.integration().await;
    let token = bed.invite(&programme, "bela@acme.example", Role::Owner).await;
    let came = bed.engine.accept_invitation(&token, "Bela Brandt", ANOTHER, Language::En, &origin()).await;
    signed_in(came.expect("accepted"));
    let mut archive = Cursor::new(Vec::new());
    let exported = bed.engine.export_programme(&programme, &mut archive, &Actor::command()).await.expect("exported");
    let bytes = archive.into_inner();
    let text = String::from_utf8_lossy(&bytes);
    for secret in [crate::bed::SECRET, ANOTHER, PASSWORD, "argon2", token.as_str()] {
        assert!(!text.contains(secret), "{secret}");
    }
    assert!(!text.contains(OWNER) && !text.contains(&owner.administrator.name) && !text.contains(&first.slug));
    let mut files = BTreeMap::new();
    for entry in tar::Archive::new(bytes.as_slice()).entries().expect("a tar file") {
        let mut entry = entry.expect("an entry");
        let name = entry.path().expect("a name").display().to_string();
        let text = std::io::read_to_string(&mut entry).expect("text");
        files.insert(name, text);
    }
    for table in &exported {
        let lines = &files[&format!("acme/{}.jsonl", table.table)];
        assert_eq!(lines.lines().count() as u64, table.rows, "{}", table.table);
        assert!(
            lines.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok_and(|it| it.is_object()))
        );
    }
    let rows = |name: &str| exported.iter().find(|table| table.table == name).map(|table| table.rows);
    assert_eq!((rows("members"), rows("administrators"), rows("programmes")), (Some(2), Some(1), Some(1)));
    assert!(
        files["acme/members.jsonl"].contains("\"email\":\"ada.berg@acme.example\""),
        "{}",
        files["acme/members.jsonl"]
    );
    let manifest: serde_json::Value = serde_json::from_str(&files["acme/manifest.json"]).expect("JSON");
    assert_eq!((&manifest["format"], &manifest["programme"]), (&1.into(), &"acme".into()));
}

async fn a_deleted_programme_takes_with_it_who_looked_after_nothing_else(bed: Bed) {
    let (_, first) = bed.first_owner().await;
    bed.employ_people([ada()]);
    bed.set_up("").await;
    bed.import().await;
    let (programme, _) = bed.integration().await;
    for (email, password) in [(OWNER, PASSWORD), ("bela@acme.example", ANOTHER)] {
        let token = bed.invite(&programme, email, Role::Owner).await;
        signed_in(
            bed.engine.accept_invitation(&token, "B", password, Language::En, &origin()).await.expect("accepted"),
        );
    }
    bed.engine.deliver().await.expect("delivered");
    let files = || std::fs::read_dir(bed.place.path().join("mail")).map_or(0, Iterator::count);
    assert!(files() > 0);
    let census = bed.engine.census(&programme).await.expect("numbers");
    assert_eq!((census.members, census.administrators, census.only_here), (1, 2, 1));
    assert_eq!(refused(bed.engine.delete_programme(&programme, "acne").await).code(), "other-name");
    bed.engine.delete_programme(&programme, "acme").await.expect("deleted");
    assert!(matches!(bed.engine.programme("acme").await, Err(EngineError::NotFound { .. })));
    assert_eq!(files(), 0, "mails to people of the programme lie about");
    assert_eq!(bed.try_sign_in("bela@acme.example", ANOTHER).await, SignIn::Refused);
    let signed = bed.signed(&signed_in(bed.try_sign_in(OWNER, PASSWORD).await)).await;
    assert_eq!(signed.places.iter().map(|place| place.programme.slug.clone()).collect::<Vec<_>>(), [first.slug]);
    // Its name is free, and another programme begins with nothing.
    bed.set_up("").await;
    assert!(bed.members().await.is_empty());
}

async fn a_lost_second_factor_is_switched_off_and_everybody_is_signed_out(bed: Bed) {
    let (signed, programme) = bed.first_owner().await;
    assert!(!bed.engine.reset_second_factor(OWNER, &Actor::command()).await.expect("an answer"), "there is none");
    let offer = bed.engine.begin_totp(&signed).await.expect("an offer");
    bed.engine.confirm_totp(&signed, &bed.code(&offer, 0), &origin()).await.expect("confirmed");
    assert!(matches!(bed.try_sign_in(OWNER, PASSWORD).await, SignIn::SecondFactor(_)));
    assert!(bed.engine.reset_second_factor(" ADA@acme.example", &Actor::command()).await.expect("an answer"));
    let token = signed_in(bed.try_sign_in(OWNER, PASSWORD).await);
    assert_eq!(bed.engine.sessions_of(&bed.signed(&token).await).await.expect("a list").len(), 1, "others went on");
    let deed = bed.deeds(&programme).await.remove(0);
    let mails = bed.engine.outbox(&programme).await.expect("mails");
    assert_eq!(mails.iter().map(|mail| mail.kind.as_str()).collect::<Vec<_>>(), ["second-factor-reset"]);
    assert_eq!(bed.engine.deliver().await.expect("delivered"), 1);
    assert_eq!(
        (deed.0.as_str(), deed.1.as_str(), deed.2.as_str()),
        ("administrator.second-factor-reset", "command line", OWNER)
    );
    let unknown = bed.engine.reset_second_factor("nobody@acme.example", &Actor::command()).await;
    assert!(matches!(unknown, Err(EngineError::NotFound { .. })));
}

async fn a_new_password_by_a_link_that_is_handed_over(bed: Bed) {
    let (_, programme) = bed.first_owner().await;
    let link = bed.engine.reset_link(OWNER, &Actor::command()).await.expect("a link");
    assert!(link.starts_with("https://rewards.acme.example/reset/"), "{link}");
    assert_eq!(bed.engine.deliver().await.expect("delivered"), 0, "nothing is mailed");
    bed.engine.reset_password(&token_in(&link), ANOTHER, &origin()).await.expect("reset");
    signed_in(bed.try_sign_in(OWNER, ANOTHER).await);
    assert_eq!(bed.deeds(&programme).await[1].0, "administrator.reset-link-made");
}
