//! Delivery into the folder (R50).

use domain::programme::settings::Profile;
use engine::{
    Actor, EngineError,
    wordings::{Kind, Language, Wording},
};
use sandbox::Change;

use crate::{
    bed::Bed,
    both,
    people::{people, person},
};

async fn r50_each_mail_is_delivered_once_and_to_where_the_member_is_now(bed: Bed) {
    bed.employ_people(people(3).into_iter().chain([
        person(8, "Kai", "Lund").and("email", "kai@none.example").and("dynamic_1830001", "kai@home.example"),
        person(9, "Lea", "Moss").and("email", "lea@none.example"),
    ]));
    bed.set_up("").await;
    bed.import().await;
    assert_eq!(bed.engine.deliver().await.expect("delivered"), 5, "four welcomes and the summary");
    assert_eq!(bed.engine.deliver().await.expect("delivered"), 0);
    let mails = bed.mails().await;
    let to = |recipient: &str| {
        mails.iter().filter(|(_, to, state)| to.as_deref() == Some(recipient) && state == "sent").count()
    };
    assert_eq!(to("ada.adamski@acme.example"), 1);
    assert_eq!(to("kai@home.example"), 1, "R32: a made-up address gets no mail");
    assert_eq!(to("hr@acme.example"), 1);
    assert!(mails.contains(&("welcome".into(), None, "to-print".into())), "R32: nobody reads there; a letter is due");
    let files = std::fs::read_dir(bed.place.path().join("mail")).expect("a folder").count();
    assert_eq!(files, 5);
}

async fn r37_a_leavers_invitation_waits(bed: Bed) {
    bed.employ_people(people(8));
    bed.set_up("").await;
    bed.import().await;
    bed.change(3, &Change::set("status", "inactive"));
    bed.import().await;
    bed.engine.deliver().await.expect("delivered");
    let pending: Vec<_> = bed.mails().await.into_iter().filter(|(_, _, state)| state == "pending").collect();
    assert_eq!(pending.len(), 1, "{pending:?}");
    bed.change(3, &Change::set("status", "active"));
    assert_eq!(bed.import().await.counts.rejoin, 1);
    bed.engine.deliver().await.expect("delivered");
    assert_eq!(bed.count_mails("welcome").await, 8, "R38: the open invitation works again; there is no second");
    assert!(bed.mails().await.iter().all(|(_, _, state)| state == "sent"));
}

/// What was delivered to this address.
fn delivered(bed: &Bed, to: &str) -> Vec<String> {
    let folder = std::fs::read_dir(bed.place.path().join("mail")).expect("a folder");
    let texts = folder.map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("text"));
    texts.filter(|text| text.contains(&format!("To: {to}\r\n"))).map(|text| text.replace("=\r\n", "")).collect()
}

async fn r51_the_summary_holds_numbers_and_nobodys_data(bed: Bed) {
    bed.employ_people(people(8));
    bed.set_up("").await;
    let import = bed.import().await.import;
    bed.engine.deliver().await.expect("delivered");
    let summary = delivered(&bed, "hr@acme.example");
    assert_eq!(summary.len(), 1);
    for name in ["Ada", "adamski", "Adamski", "Bela"] {
        assert!(!summary[0].contains(name), "{name} in {}", summary[0]);
    }
    let link = format!("https://rewards.acme.example/manage/acme/imports/{import}");
    assert!(summary[0].contains(&link) && summary[0].contains("- 8 joined"), "{}", summary[0]);
}

async fn r51_a_summary_comes_after_an_import_that_changed_nothing(bed: Bed) {
    bed.employ_people(people(8));
    bed.set_up("").await;
    bed.import().await;
    bed.import().await;
    assert_eq!(bed.count_mails("import-summary").await, 2);
}

async fn mails_are_in_the_readers_language(bed: Bed) {
    let german = person(8, "Kai", "Lund").and("dynamic_1830005", "de-CH");
    let english = person(9, "Lea", "Moss").and("dynamic_1830005", "en");
    bed.employ_people(people(3).into_iter().chain([german, english]));
    bed.set_up("language = \"dynamic_1830005\"\n").await;
    bed.import().await;
    bed.engine.deliver().await.expect("delivered");
    assert!(delivered(&bed, "kai.lund@acme.example")[0].contains("Subject: Ihr Konto bei Acme Rewards ist bereit"));
    assert!(delivered(&bed, "lea.moss@acme.example")[0].contains("Subject: Your account with Acme Rewards is ready"));
    let (programme, _) = bed.integration().await;
    let settings = bed.engine.programme_settings(&programme).expect("settings");
    let profile = Profile {
        language: domain::language::Language::De,
        ..Profile::of(&programme.name, &programme.time_zone, &settings)
    };
    bed.engine.change_programme(&programme, profile, &Actor::command()).await.expect("changed");
    bed.import().await;
    bed.engine.deliver().await.expect("delivered");
    let summaries = delivered(&bed, "hr@acme.example");
    assert!(summaries.iter().any(|mail| mail.contains("Import aus Personio abgeschlossen")), "{summaries:?}");
}

fn wording(subject: &str, text: &str) -> Wording {
    Wording { subject: subject.to_owned(), text: text.to_owned() }
}

async fn a_programmes_own_words_go_out(bed: Bed) {
    bed.employ_people(people(3));
    bed.set_up("").await;
    let (programme, _) = bed.integration().await;
    let (kind, language, by) = (Kind::Welcome, Language::English, Actor::command());
    let own = wording("Come in, {{ first_name }}", " # Hi {{ first_name }}\r\n\r\n{{ button }} ");
    bed.engine.save_wording(&programme, kind, language, &own, &by).await.expect("saved");
    let kept = bed.engine.wording(&programme, kind, language).await.expect("there");
    assert_eq!(kept.wording, own.tidy());
    assert!(kept.changed_at.is_some());
    let german = bed.engine.wording(&programme, kind, Language::German).await.expect("there");
    assert_eq!(german.changed_at, None, "each language has words of its own");
    bed.import().await;
    bed.engine.deliver().await.expect("delivered");
    let mail = &delivered(&bed, "ada.adamski@acme.example")[0];
    assert!(mail.contains("Subject: Come in, Ada\r\n") && mail.contains("\r\nHi Ada\r\n"), "{mail}");
    assert!(mail.contains("https://rewards.acme.example/acme/welcome/"), "{mail}");
    bed.engine.reset_wording(&programme, kind, language, &by).await.expect("reset");
    assert_eq!(bed.engine.wording(&programme, kind, language).await.expect("there").changed_at, None);
    let deeds: Vec<String> = bed.deeds(&programme).await.into_iter().map(|(action, ..)| action).collect();
    assert!(deeds.starts_with(&["mail.reset".to_owned()]) && deeds.contains(&"mail.reworded".to_owned()), "{deeds:?}");
}

async fn words_that_are_wrong_are_not_kept(bed: Bed) {
    bed.employ_people(people(3));
    bed.set_up("").await;
    let (programme, _) = bed.integration().await;
    let (kind, language, by) = (Kind::LeaverNotice, Language::German, Actor::command());
    for (subject, text, field, code) in [
        ("x", "{{ nmae }} {{ button }}", "text", "wording-unknown"),
        ("x", "Tschüss", "text", "wording-button"),
        ("{{ link }}", "{{ button }}", "subject", "wording-unknown"),
        ("", "{{ button }}", "subject", "wording-empty"),
    ] {
        let wrong = wording(subject, text);
        let saved = bed.engine.save_wording(&programme, kind, language, &wrong, &by).await;
        let Err(EngineError::Settings(errors)) = saved else { panic!("{saved:?}") };
        assert_eq!(errors.iter().map(|error| (error.field, error.code)).collect::<Vec<_>>(), [(field, code)]);
        assert!(bed.engine.preview_wording(&programme, kind, language, &wrong).is_err());
    }
    assert_eq!(bed.engine.wording(&programme, kind, language).await.expect("there").changed_at, None);
    let ours = Wording::ours(kind, language);
    bed.engine.save_wording(&programme, kind, language, &ours, &by).await.expect("nothing to do");
    assert_eq!(bed.engine.wording(&programme, kind, language).await.expect("there").changed_at, None);
}

async fn an_example_goes_to_the_administrator_only(bed: Bed) {
    bed.employ_people(people(3));
    bed.set_up("").await;
    let (programme, _) = bed.integration().await;
    for kind in Kind::for_members() {
        let sent = bed.engine.send_example(&programme, kind, Language::German, "ines@acme.example", &Actor::command());
        sent.await.expect("on its way");
    }
    let refused = bed.engine.send_example(
        &programme,
        Kind::AdministratorReset,
        Language::German,
        "ines@acme.example",
        &Actor::command(),
    );
    assert!(refused.await.is_err(), "a mail with a key in it is no example");
    bed.engine.deliver().await.expect("delivered");
    let mails = delivered(&bed, "ines@acme.example");
    assert_eq!(mails.len(), Kind::for_members().count());
    assert!(mails.iter().any(|mail| mail.contains("Subject: Ihr Konto bei Acme Rewards ist bereit")), "{mails:?}");
    assert!(
        bed.mails().await.iter().all(|(_, to, state)| to.as_deref() == Some("ines@acme.example") && state == "sent")
    );
}

both!(
    r50_each_mail_is_delivered_once_and_to_where_the_member_is_now,
    r37_a_leavers_invitation_waits,
    r51_the_summary_holds_numbers_and_nobodys_data,
    r51_a_summary_comes_after_an_import_that_changed_nothing,
    mails_are_in_the_readers_language,
    a_programmes_own_words_go_out,
    words_that_are_wrong_are_not_kept,
    an_example_goes_to_the_administrator_only,
);
