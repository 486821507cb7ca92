//! Members from a file: handed in, planned in the background, looked at, and applied (R16, R30).

use std::collections::HashMap;

use domain::{
    field::Field,
    import::State,
    member,
    problem::{Code, Severity},
};
use engine::{
    Actor, EngineError, Event, Like, LineAnswer, MemberEntries, PlainEnglish, UploadFile, Ways, administrators::Flaw,
};
use futures::TryStreamExt;
use jiff::SignedDuration;
use store::{
    Upload,
    uploads::{Lines, UploadFilter},
};
use uuid::Uuid;

use crate::{
    bed::Bed,
    both,
    closing::erasing::{MARK, places},
    people::people,
};

both!(
    a_file_of_members_is_planned_looked_at_and_applied_once,
    whoever_seems_to_be_known_is_asked_about,
    two_alike_in_one_file_are_asked_about,
    the_address_of_a_former_member_is_a_question,
    an_address_under_another_name_is_a_question,
    what_a_file_said_of_a_former_member_goes_with_them,
    whoever_was_erased_on_request_stays_out,
    a_flood_of_joiners_has_to_be_typed,
    what_was_interrupted_goes_on_where_it_stood,
    a_file_that_is_put_aside_leaves_nothing,
);

/// A programme with so many people, all members.
async fn live(bed: &Bed, count: i64) {
    bed.employ_people(people(count));
    bed.set_up("").await;
    assert_eq!(bed.import().await.state, State::Completed);
    bed.pass(SignedDuration::from_hours(1));
}

fn columns() -> HashMap<String, Field> {
    [
        ("e-mail address", Field::Email),
        ("first name", Field::FirstName),
        ("last name", Field::LastName),
        ("phone", Field::Phone),
        ("born", Field::DateOfBirth),
    ]
    .into_iter()
    .map(|(name, field)| (name.to_owned(), field))
    .collect()
}

async fn handed_in(bed: &Bed, text: &str) -> Result<Uuid, EngineError> {
    let (programme, _) = bed.integration().await;
    let file = UploadFile { text, columns: &columns(), invite: true };
    bed.engine.stage_upload(&programme, file, &Actor::command()).await
}

async fn planned(bed: &Bed, text: &str) -> Upload {
    let id = handed_in(bed, text).await.expect("taken in");
    assert_eq!(upload(bed, id).await.state, "received");
    assert_eq!(bed.engine.work_on_uploads().await.expect("worked"), 1);
    upload(bed, id).await
}

async fn upload(bed: &Bed, id: Uuid) -> Upload {
    let (programme, _) = bed.integration().await;
    bed.engine.upload(&programme, id).await.expect("there")
}

async fn applied(bed: &Bed, id: Uuid) -> Upload {
    let (programme, _) = bed.integration().await;
    bed.engine.apply_upload(&programme, id, None, &Actor::command()).await.expect("begun");
    bed.engine.work_on_uploads().await.expect("worked");
    upload(bed, id).await
}

/// What a file would do, line by line: kind and state, and problems.
async fn told(bed: &Bed, upload: &Upload) -> Vec<(String, Vec<Code>)> {
    let rows = bed.engine.upload_rows(upload, Lines::All, 0, 100).await.expect("rows");
    let problems = |row| engine::problems_of(row).into_iter().map(|problem| problem.code).collect();
    rows.iter().map(|row| (format!("{} {}", row.kind, row.state), problems(row))).collect()
}

/// R16, R30, R34, R35
async fn a_file_of_members_is_planned_looked_at_and_applied_once(bed: Bed) {
    live(&bed, 3).await;
    let (programme, _) = bed.integration().await;
    let by = Actor::command();
    for (text, flaw) in [
        ("", Flaw::Missing),
        ("First name;Phone\nAda;1", Flaw::NoEmailColumn),
        ("E-mail Address,First name\na@b.example,Z\u{fffd}e", Flaw::NotUtf8),
        ("E-mail Address", Flaw::Missing),
    ] {
        let wrong = handed_in(&bed, text).await;
        assert!(matches!(wrong, Err(EngineError::Entries(flaws)) if flaws[0].flaw == flaw), "{text}");
    }
    let taken = bed.member("1").await.fields[&Field::Email].clone();
    let text = format!(
        "\u{feff}First name;E-Mail Address;Shoe size;Phone\r\nZoe;zoe@none.example;38;'+49 30 1\r\nYves;yves@acme.example\r\n\r\n\
         Twin;twin@acme.example;;\r\nTwin;TWIN@acme.example;;\r\nAda;{taken};;\r\nB4d;nowhere;;\r\n"
    );
    let plan = planned(&bed, &text).await;
    let reject = |codes: &[Code]| ("reject done".to_owned(), codes.to_vec());
    let joins = ("join planned".to_owned(), Vec::new());
    let expected = [
        joins.clone(),
        joins,
        reject(&[Code::EmailDuplicate]),
        reject(&[Code::EmailDuplicate]),
        reject(&[Code::EmailOfAnotherSource]),
        reject(&[Code::EmailInvalid, Code::CharactersNotAllowed]),
    ];
    assert_eq!(told(&bed, &plan).await, expected);
    let counts = plan.counts().expect("counted");
    assert_eq!((plan.state.as_str(), counts.read, counts.join, counts.reject, counts.errors), ("planned", 6, 2, 4, 5));
    assert_eq!(bed.members().await.len(), 3, "nothing has changed yet");
    let file: Vec<String> =
        bed.engine.upload_problems_file(&plan, Severity::Error, PlainEnglish).try_collect().await.expect("lines");
    assert_eq!(file.len(), 6, "R53: a heading and each error");
    assert!(file[5].contains(",7,") && file[5].contains("characters-not-allowed"), "{}", file[5]);
    let mails = bed.count_mails("welcome").await;
    for _ in 0..2 {
        let done = applied(&bed, plan.id).await;
        assert_eq!((done.state.as_str(), done.members_before, done.members_after), ("applied", 3, 5));
        assert_eq!(bed.members().await.len(), 5);
        assert_eq!(bed.count_mails("welcome").await, mails + 2, "nobody is invited twice");
    }
    let zoe = bed.members().await.into_iter().find(|one| one.email_key().as_deref() == Some("zoe@none.example"));
    let zoe = zoe.expect("added");
    assert_eq!(zoe.fields[&Field::Phone], "+49 30 1");
    let story = bed.engine.member_story(programme.number(), zoe.id, None, 9).await.expect("a story");
    assert!(matches!(&story[..], [Event::Deed(deed)] if deed.action == "member.added"));

    let again = planned(&bed, "E-Mail Address,First name,Phone\nzoe@none.example,Zoe,\nyves@acme.example,Yves,").await;
    let kinds: Vec<String> = told(&bed, &again).await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["update planned", "unchanged done"]);
    // R30: somebody else was quicker.
    let listed = bed.engine.member(programme.number(), zoe.id).await.expect("there");
    let entries: MemberEntries = [(Field::JobTitle, "Baker".to_owned())].into();
    bed.engine.edit_member(&programme, &listed, &entries, &by).await.expect("edited");
    let done = applied(&bed, again.id).await;
    assert_eq!(done.counts().expect("counted").reject, 1, "passed over");
    let now = bed.engine.member(programme.number(), zoe.id).await.expect("there").member;
    assert_eq!((now.fields[&Field::Phone].as_str(), now.fields[&Field::JobTitle].as_str()), ("+49 30 1", "Baker"));
    let all = bed.engine.uploads(&programme, &UploadFilter::default(), None, 9).await.expect("uploads");
    assert_eq!(all.iter().map(|one| one.id).collect::<Vec<_>>(), [again.id, plan.id]);
}

/// R15
async fn whoever_seems_to_be_known_is_asked_about(bed: Bed) {
    live(&bed, 3).await;
    let (programme, _) = bed.integration().await;
    let by = Actor::command();
    bed.change(1, &sandbox::Change::set("dynamic_1830002", "1990-02-03"));
    bed.change(2, &sandbox::Change::set("dynamic_1830002", "1991-02-03"));
    bed.import().await;
    bed.change(2, &sandbox::Change::set("status", "inactive"));
    bed.import().await;
    let text = "E-mail Address,First name,Last name,Born\nada@home.example,Ada,Adamski,1990-02-03\n\
                bela@home.example,Bela,Adamski,1991-02-03\nzoe@home.example,Zoe,Zorn,1990-02-03";
    let plan = planned(&bed, text).await;
    let expected = [
        ("join asked".to_owned(), vec![Code::PossibleDuplicate]),
        ("join asked".to_owned(), vec![Code::PossibleRehire]),
        ("join planned".to_owned(), vec![]),
    ];
    assert_eq!(told(&bed, &plan).await, expected);
    let rows = bed.engine.upload_rows(&plan, Lines::Asked, 0, 9).await.expect("rows");
    assert_eq!(engine::problems_of(&rows[0])[0].other, Some(Like::Member(bed.member("1").await.id)));
    answer(&bed, &plan, 2, LineAnswer::Another).await;
    answer(&bed, &plan, 3, LineAnswer::Another).await;
    answer(&bed, &plan, 3, LineAnswer::Open).await;
    // Two accounts do not become one, and a line that asks nothing cannot be left out.
    answer(&bed, &plan, 3, LineAnswer::Same).await;
    answer(&bed, &plan, 4, LineAnswer::Open).await;
    let done = applied(&bed, plan.id).await;
    let states: Vec<String> = told(&bed, &done).await.into_iter().map(|(state, _)| state).collect();
    assert_eq!(states, ["join done", "join skipped", "join done"]);
    assert_eq!(bed.members().await.len(), 5);
    // By hand the same is asked.
    let bela: MemberEntries = [
        (Field::Email, "bela@home.example"),
        (Field::FirstName, "Béla"),
        (Field::LastName, "Adamski"),
        (Field::DateOfBirth, "1991-02-03"),
    ]
    .into_iter()
    .map(|(field, text)| (field, text.to_owned()))
    .collect();
    let Err(EngineError::Person(problems)) = bed.engine.add_member(&programme, &bela, Ways::default(), &by).await
    else {
        panic!("added without a question");
    };
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::PossibleRehire]);
    let meant = Ways { all_the_same: true, ..Ways::default() };
    bed.engine.add_member(&programme, &bela, meant, &by).await.expect("two people");
}

async fn answer(bed: &Bed, plan: &Upload, line: i32, answer: LineAnswer) {
    let (programme, _) = bed.integration().await;
    bed.engine.answer_upload_line(&programme, plan.id, line, answer, &Actor::command()).await.expect("answered");
}

/// R15: within one file as among members that are stored.
async fn two_alike_in_one_file_are_asked_about(bed: Bed) {
    live(&bed, 3).await;
    let text = "E-mail Address,First name,Last name,Born\nzoe@acme.example,Zoe,Zorn,1990-02-03\n\
                yves@acme.example,Yves,Young,1990-02-03\nzoe@home.example,Zoé,ZORN,1990-02-03\n\
                zoe@far.example,Zoe,Zorn,1991-02-03";
    let plan = planned(&bed, text).await;
    let asked = ("join asked".to_owned(), vec![Code::PossibleDuplicate]);
    let joins = ("join planned".to_owned(), vec![]);
    assert_eq!(told(&bed, &plan).await, [asked.clone(), joins.clone(), asked, joins]);
    let rows = bed.engine.upload_rows(&plan, Lines::Asked, 0, 9).await.expect("rows");
    assert_eq!(engine::problems_of(&rows[0])[0].other, Some(Like::Line(4)));
    answer(&bed, &plan, 4, LineAnswer::Another).await;
    applied(&bed, plan.id).await;
    let addresses: Vec<_> = bed.members().await.iter().filter_map(member::Member::email_key).collect();
    assert!(addresses.contains(&"zoe@home.example".to_owned()) && !addresses.contains(&"zoe@acme.example".to_owned()));
}

/// Somebody who was added by hand and has left, with this day of birth.
async fn former(bed: &Bed, first: &str, born: &str) -> member::Member {
    let (programme, _) = bed.integration().await;
    let entries: MemberEntries = [
        (Field::Email, "zoe@acme.example"),
        (Field::FirstName, first),
        (Field::LastName, "Zorn"),
        (Field::DateOfBirth, born),
        (Field::Phone, "1"),
    ]
    .into_iter()
    .map(|(field, text)| (field, text.to_owned()))
    .collect();
    let by = Actor::command();
    let id = bed.engine.add_member(&programme, &entries, Ways::default(), &by).await.expect("added");
    let listed = bed.engine.member(programme.number(), id).await.expect("there");
    bed.engine.mark_as_leaver(&programme, &listed, "moved away", &by).await.expect("left");
    now(bed, id).await
}

async fn now(bed: &Bed, id: domain::ids::MemberId) -> member::Member {
    let (programme, _) = bed.integration().await;
    bed.engine.member(programme.number(), id).await.expect("there").member
}

/// R15, R18: the same person comes back, somebody else takes the address, and whoever is not decided about stays out.
async fn the_address_of_a_former_member_is_a_question(bed: Bed) {
    live(&bed, 3).await;
    let (programme, _) = bed.integration().await;
    let zoe = former(&bed, "Zoe", "1990-02-03").await;
    let text = "E-mail Address,First name,Last name,Phone\nzoe@acme.example,Yves,Young,\nuna@acme.example,Una,Urban,2";
    let asked = [("rejoin asked".to_owned(), vec![Code::EmailOfFormerMember]), ("join planned".to_owned(), vec![])];
    // Left open, taken back, or about a member who has changed meanwhile (R30): nothing happens to either.
    let plan = planned(&bed, text).await;
    assert_eq!(told(&bed, &plan).await, asked);
    let rows = bed.engine.upload_rows(&plan, Lines::Asked, 0, 9).await.expect("rows");
    assert_eq!(engine::problems_of(&rows[0])[0].other, Some(Like::Member(zoe.id)));
    for one in [LineAnswer::Same, LineAnswer::Another, LineAnswer::Open] {
        answer(&bed, &plan, 2, one).await;
    }
    assert_eq!(told(&bed, &plan).await, asked);
    let done = applied(&bed, plan.id).await;
    assert_eq!(done.counts().expect("counted").reject, 1, "left out");
    assert_eq!((now(&bed, zoe.id).await, bed.members().await.len()), (zoe.clone(), 5));

    // Somebody else: the former member's address goes to a new account, and nothing else of theirs.
    let plan = planned(&bed, text).await;
    answer(&bed, &plan, 2, LineAnswer::Another).await;
    let done = applied(&bed, plan.id).await;
    let counts = done.counts().expect("counted");
    assert_eq!((counts.join, counts.rejoin, counts.unchanged), (1, 0, 1));
    let before = now(&bed, zoe.id).await;
    assert_eq!(
        (before.state, before.email_key(), before.fields.get(&Field::Phone).map(String::as_str)),
        (member::State::Leaver, None, Some("1"))
    );
    let members = bed.members().await;
    let yves = members.iter().find(|one| one.email_key().as_deref() == Some("zoe@acme.example")).expect("added");
    assert_eq!((yves.state, yves.fields[&Field::FirstName].as_str()), (member::State::Invited, "Yves"));
    assert!(!yves.fields.contains_key(&Field::Phone) && !yves.fields.contains_key(&Field::DateOfBirth));
    let rows = bed.engine.upload_rows(&done, Lines::All, 0, 1).await.expect("rows");
    assert_eq!((rows[0].member_id, rows[0].before.as_str()), (Some(yves.id.0), "[]"));
    assert!(!rows[0].after.contains("Zoe"), "R61: the other's values are not kept with it");

    // The same person: back in the state that they had, without an invitation (R38), with the file's values (R34).
    let mails = bed.count_mails("welcome").await;
    let listed = bed.engine.member(programme.number(), yves.id).await.expect("there");
    bed.engine.mark_as_leaver(&programme, &listed, "moved away", &Actor::command()).await.expect("left");
    let plan = planned(&bed, "E-mail Address,First name,Last name,Phone\nzoe@acme.example,Yvette,Young,9").await;
    assert_eq!(told(&bed, &plan).await, [asked[0].clone()]);
    answer(&bed, &plan, 2, LineAnswer::Same).await;
    let done = applied(&bed, plan.id).await;
    assert_eq!(done.counts().expect("counted").rejoin, 1);
    let back = now(&bed, yves.id).await;
    assert_eq!((back.state, back.fields[&Field::FirstName].as_str()), (member::State::Invited, "Yvette"));
    assert_eq!(bed.count_mails("welcome").await, mails);
    let story = bed.engine.member_story(programme.number(), yves.id, None, 1).await.expect("a story");
    assert!(matches!(&story[..], [Event::Deed(deed)] if deed.action == "member.reopened"), "{story:?}");
    // R24: whoever was excluded is not brought back by a file, and their address is not handed on.
    let listed = bed.engine.member(programme.number(), yves.id).await.expect("there");
    bed.engine.exclude(&programme, &listed, "a word", &Actor::command()).await.expect("excluded");
    let plan = planned(&bed, "E-mail Address,First name,Last name\nzoe@acme.example,Yvette,Young").await;
    assert_eq!(told(&bed, &plan).await, [("reject done".to_owned(), vec![Code::EmailOfFormerMember])]);
}

/// R15: names and a date of birth that agree need no question. R16: a current member under another name is one.
async fn an_address_under_another_name_is_a_question(bed: Bed) {
    live(&bed, 3).await;
    let zoe = former(&bed, "Zoe", "1990-02-03").await;
    let text = "E-mail Address,First name,Last name,Born\nzoe@acme.example,ZOÉ,Zorn,1990-02-03";
    let plan = planned(&bed, text).await;
    assert_eq!(told(&bed, &plan).await, [("rejoin planned".to_owned(), vec![])]);
    applied(&bed, plan.id).await;
    assert!(now(&bed, zoe.id).await.state.is_current());
    let text = "E-mail Address,First name,Last name\nzoe@acme.example,Yves,Young";
    let plan = planned(&bed, text).await;
    assert_eq!(told(&bed, &plan).await, [("update asked".to_owned(), vec![Code::EmailTaken])]);
    // R18: the address of a current member is nobody else's.
    answer(&bed, &plan, 2, LineAnswer::Another).await;
    assert_eq!(told(&bed, &plan).await[0].0, "update asked");
    answer(&bed, &plan, 2, LineAnswer::Same).await;
    applied(&bed, plan.id).await;
    assert_eq!(now(&bed, zoe.id).await.fields[&Field::LastName], "Young");
}

/// R61
async fn what_a_file_said_of_a_former_member_goes_with_them(bed: Bed) {
    live(&bed, 3).await;
    let (programme, _) = bed.integration().await;
    let zoe = former(&bed, MARK, "1990-02-03").await;
    let text = "E-mail Address,First name,Last name\nzoe@acme.example,Yves,Young";
    let left_open = planned(&bed, text).await;
    applied(&bed, left_open.id).await;
    let plan = planned(&bed, text).await;
    assert!(places(&bed).await.iter().any(|place| place.starts_with("upload_rows.")), "what is asked shows both");
    answer(&bed, &plan, 2, LineAnswer::Another).await;
    applied(&bed, plan.id).await;
    bed.engine.erase_now(&programme, zoe.id, "zoe@acme.example", &Actor::command()).await.expect_err("not theirs now");
    bed.pass(SignedDuration::from_hours(24));
    for _ in 0..80 {
        bed.pass(SignedDuration::from_hours(24));
        bed.engine.close_down().await.expect("a look");
        bed.engine.deliver().await.expect("delivered");
    }
    assert_eq!(now(&bed, zoe.id).await.state, member::State::Closed);
    assert_eq!(places(&bed).await, Vec::<String>::new());
}

/// R63
async fn whoever_was_erased_on_request_stays_out(bed: Bed) {
    live(&bed, 3).await;
    let (programme, _) = bed.integration().await;
    let by = Actor::command();
    let ada = bed.member("1").await;
    let address = ada.fields[&Field::Email].clone();
    bed.engine.erase_now(&programme, ada.id, "1", &by).await.expect("erased");
    bed.pass(SignedDuration::from_hours(24 * 8));
    bed.engine.close_down().await.expect("a look");
    let text = format!("E-mail Address,First name\n{address},Ada\n");
    let plan = planned(&bed, &text).await;
    assert_eq!(told(&bed, &plan).await, [("reject done".to_owned(), vec![Code::ErasedOnRequest])]);
    let entries: MemberEntries = [(Field::Email, address.clone())].into();
    let refused = bed.engine.add_member(&programme, &entries, Ways::default(), &by).await;
    assert!(matches!(&refused, Err(EngineError::Person(problems)) if problems[0].code == Code::ErasedOnRequest));
    bed.engine.allow_again(&programme, &address, &by).await.expect("let back");
    let plan = planned(&bed, &text).await;
    assert_eq!(told(&bed, &plan).await, [("join planned".to_owned(), vec![Code::PreviouslyClosed])]);
    applied(&bed, plan.id).await;
    assert!(bed.members().await.iter().any(|one| one.fields.get(&Field::Email) == Some(&address)));
}

fn crowd(count: usize) -> String {
    (0..count).fold("E-mail Address,First name,Last name\n".to_owned(), |text, number| {
        text + format!("p{number}@home.example,Zoe,Zorn\n").as_str()
    })
}

/// R44: a welcome mail cannot be recalled.
async fn a_flood_of_joiners_has_to_be_typed(bed: Bed) {
    live(&bed, 30).await;
    let (programme, _) = bed.integration().await;
    let by = Actor::command();
    let plan = planned(&bed, &crowd(25)).await;
    assert_eq!(bed.engine.upload_asks_for_joiners(&programme, &plan).await.expect("an answer"), Some(25));
    for typed in [None, Some(24)] {
        let refused = bed.engine.apply_upload(&programme, plan.id, typed, &by).await;
        assert!(matches!(refused, Err(EngineError::Settings(_))), "{typed:?}");
    }
    bed.engine.apply_upload(&programme, plan.id, Some(25), &by).await.expect("begun");
    bed.engine.work_on_uploads().await.expect("worked");
    assert_eq!(bed.members().await.len(), 55);
    let few = planned(&bed, &crowd(5).replace('p', "q")).await;
    assert_eq!(bed.engine.upload_asks_for_joiners(&programme, &few).await.expect("an answer"), None);
}

/// R54: several batches of planning and of applying, each broken off after its first.
async fn what_was_interrupted_goes_on_where_it_stood(bed: Bed) {
    live(&bed, 3).await;
    let (programme, _) = bed.integration().await;
    let id = handed_in(&bed, &crowd(2_300)).await.expect("taken in");
    // What a process has done that was killed after a batch: the lines of it are there, and nothing else.
    bed.engine.work_on_uploads().await.expect("worked");
    bed.sql("DELETE FROM upload_rows WHERE line > 1001").await;
    bed.sql(&format!(
        "INSERT INTO upload_files (programme_id, upload_id, headings, content) SELECT programme_id, id, \
         '[\"email\",\"first_name\",\"last_name\"]', '{}' FROM uploads",
        crowd(2_300)
    ))
    .await;
    bed.sql("UPDATE uploads SET state = 'received', progress_done = 1000").await;
    bed.engine.work_on_uploads().await.expect("gone on with");
    let plan = upload(&bed, id).await;
    assert_eq!(
        (plan.state.as_str(), plan.progress_done, plan.counts().expect("counted").join),
        ("planned", 2_300, 2_300)
    );
    bed.engine.apply_upload(&programme, id, Some(2_300), &Actor::command()).await.expect("begun");
    bed.engine.work_on_uploads().await.expect("worked");
    let mails = bed.count_mails("welcome").await;
    assert_eq!((bed.members().await.len(), mails), (2_303, 2_303));
    // The last batch was done, and its process died before it could say so.
    bed.sql("UPDATE uploads SET state = 'applying', applied_at = NULL").await;
    let another = bed.another_engine().await;
    assert_eq!(another.work_on_uploads().await.expect("gone on with"), 1);
    let done = upload(&bed, id).await;
    assert_eq!((done.state.as_str(), done.members_after), ("applied", 2_303));
    assert_eq!(bed.count_mails("welcome").await, mails, "nothing is done twice");
    assert!(bed.members().await.iter().all(|one| one.state == member::State::Invited));
}

async fn a_file_that_is_put_aside_leaves_nothing(bed: Bed) {
    live(&bed, 3).await;
    let (programme, _) = bed.integration().await;
    let by = Actor::command();
    let plan = planned(&bed, &crowd(3)).await;
    bed.engine.discard_upload(&programme, plan.id, &by).await.expect("put aside");
    let gone = upload(&bed, plan.id).await;
    assert_eq!((gone.state.as_str(), told(&bed, &gone).await.len()), ("discarded", 0));
    let refused = bed.engine.apply_upload(&programme, plan.id, None, &by).await;
    assert!(matches!(refused, Err(EngineError::Refused(_))), "{refused:?}");
    assert_eq!(bed.members().await.len(), 3);
}
