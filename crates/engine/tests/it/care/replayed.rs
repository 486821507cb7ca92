//! Whoever was erased, or asked to be, after the backup was taken (R61, R63).

use domain::member::State;
use engine::{Actor, care::Doubtful};
use sandbox::Change;

use super::{back_up, keep_list, restore_to};
use crate::{
    bed::Bed,
    both,
    closing::{
        days,
        erasing::{MARK, files_in, marked, places},
        live, person,
    },
};

both!(
    a_deleted_programme_does_not_come_back,
    a_programme_that_was_not_deleted_after_all_stays,
    whoever_was_erased_since_is_erased_again,
    wishes_since_are_kept_and_taken_back,
    whoever_came_and_was_erased_since_stays_away,
    an_erasure_that_was_not_done_is_not_done_again,
);

const LAX: &str = "[guard]\nleavers_count = 10\njoiners_count = 1000\n";

async fn begin(bed: &Bed, people: impl IntoIterator<Item = Change>) {
    bed.employ_people(people);
    bed.set_up(LAX).await;
    bed.import().await;
    bed.sql("UPDATE members SET state = 'active'").await;
    bed.engine.deliver().await.expect("delivered");
}

async fn release(bed: &Bed) {
    let released = bed.engine.release_restored(&Doubtful::Go, &Actor::command()).await;
    assert!(released.expect("released").is_some());
}

/// R61
async fn whoever_was_erased_since_is_erased_again(mut bed: Bed) {
    let list = keep_list(&mut bed).await;
    begin(&bed, [marked(1), person(2, "bela@acme.example")]).await;
    let backup = back_up(&bed, "one.backup").await;
    bed.change(1, &Change::set("status", "inactive"));
    bed.import().await;
    live(&bed, 62).await;
    bed.pass(days(4));
    live(&bed, 1).await;
    let ada = bed.members().await.into_iter().find(|member| member.state == State::Closed).expect("closed").id;

    let restored = restore_to(&mut bed, &backup, &[list], "again").await;
    assert_eq!((restored.replayed.erased, restored.replayed.unreadable), (1, 0));
    assert_eq!(restored.manifest.rows_of("members"), 2);
    assert_eq!(places(&bed).await, Vec::<String>::new(), "no table tells who it was");
    assert_eq!(files_in(&bed.place.path().join("again")), Vec::<String>::new(), "nor the database's files");
    let others = files_in(bed.place.path());
    assert!(others.iter().any(|file| file.ends_with("one.backup")), "{MARK} is in the backup: {others:?}");
    let again = bed.members().await.into_iter().find(|member| member.id == ada).expect("there");
    assert_eq!(again.state, State::Closed);
    assert_eq!(bed.member("2").await.state, State::Active);
    // Their return is recognised as ever.
    release(&bed).await;
    bed.employ_people([person(2, "bela@acme.example"), marked(1)]);
    let report = bed.import().await;
    assert_eq!(report.counts.join, 1, "{report:?}");
    assert!(bed.problems(report.import).await.contains(&("1".to_owned(), "previously-closed".to_owned())));
}

/// R63
async fn wishes_since_are_kept_and_taken_back(mut bed: Bed) {
    let list = keep_list(&mut bed).await;
    let people = || [person(1, "ada@acme.example"), person(2, "bela@acme.example"), person(3, "cem@acme.example")];
    begin(&bed, people()).await;
    let (programme, _) = bed.integration().await;
    let (ada, bela, cem) = (bed.member("1").await.id, bed.member("2").await.id, bed.member("3").await.id);
    let by = Actor::command();
    bed.engine.close_own_account(&programme, ada, &Actor::system()).await.expect("asked");
    bed.pass(days(1));
    let backup = back_up(&bed, "one.backup").await;
    bed.pass(days(1));
    let promised = bed.engine.close_own_account(&programme, bela, &Actor::system()).await.expect("asked");
    bed.engine.close_own_account(&programme, cem, &Actor::system()).await.expect("asked");
    bed.pass(days(1));
    assert_eq!(bed.engine.allow_again(&programme, "3", &by).await.expect("allowed"), 1);
    assert_eq!(bed.engine.allow_again(&programme, "1", &by).await.expect("allowed"), 1);

    let restored = restore_to(&mut bed, &backup, &[list], "again").await;
    assert_eq!((restored.replayed.erased, restored.replayed.asked, restored.replayed.allowed), (0, 2, 2));
    let closing = bed.engine.closing_of(&programme, bela).await.expect("an answer").expect("a leaver");
    assert_eq!((closing.on_request, closing.ends_on), (true, promised), "the day that was promised");
    for other in [ada, cem] {
        let closing = bed.engine.closing_of(&programme, other).await.expect("an answer").expect("a leaver");
        assert!(!closing.on_request);
    }
    release(&bed).await;
    let report = bed.import().await;
    assert_eq!(report.counts.rejoin, 2, "{report:?}");
    assert_eq!(bed.member("2").await.state, State::Leaver, "left alone, as they wished");
}

/// R63: the backup knows neither them nor the key of the hashes by which they are left alone.
async fn whoever_came_and_was_erased_since_stays_away(mut bed: Bed) {
    let list = keep_list(&mut bed).await;
    begin(&bed, [person(1, "ada@acme.example")]).await;
    let backup = back_up(&bed, "one.backup").await;
    bed.employ_people([person(1, "ada@acme.example"), marked(2)]);
    bed.import().await;
    let (programme, _) = bed.integration().await;
    bed.engine.close_own_account(&programme, bed.member("2").await.id, &Actor::system()).await.expect("asked");
    live(&bed, 8).await;
    assert_eq!(bed.members().await.iter().filter(|member| member.state == State::Closed).count(), 1);

    let restored = restore_to(&mut bed, &backup, &[list], "again").await;
    assert_eq!(restored.replayed.erased, 0, "there was nobody to erase");
    release(&bed).await;
    let report = bed.import().await;
    assert_eq!((report.counts.join, report.counts.excluded), (0, 1), "{report:?}");
}

/// Also when the backup has it in the middle of an import, and whichever node's list is at hand.
async fn a_deleted_programme_does_not_come_back(mut bed: Bed) {
    let list = keep_list(&mut bed).await;
    begin(&bed, [marked(1), person(2, "bela@acme.example")]).await;
    let (programme, _) = bed.integration().await;
    bed.sql("UPDATE imports SET state = 'applying' WHERE purpose = 'apply'").await;
    let backup = back_up(&bed, "one.backup").await;
    bed.sql("UPDATE imports SET state = 'completed' WHERE purpose = 'apply'").await;
    bed.pass(days(1));
    bed.engine.delete_programme(&programme, "acme").await.expect("deleted");
    let text = std::fs::read_to_string(&list).expect("a list");
    assert!(text.contains(&programme.id.to_string()) && !text.contains("acme"), "{text}");
    let others = bed.place.path().join("other-node");
    std::fs::create_dir_all(&others).expect("a directory");
    let other = bed.another_engine().await.with_erasures(&others);
    assert_eq!(other.bring_list_up_to_date().await.expect("looked"), 1);
    assert_eq!(other.bring_list_up_to_date().await.expect("looked"), 0);
    for (list, name) in [(list, "again"), (others.join(engine::LIST), "once-more")] {
        let restored = restore_to(&mut bed, &backup, &[list], name).await;
        assert_eq!((restored.replayed.programmes, restored.replayed.erased, restored.programmes), (1, 0, 0));
        assert_eq!(restored.manifest.rows_of("programmes"), 1);
        assert!(bed.engine.programme("acme").await.is_err());
        assert_eq!(places(&bed).await, Vec::<String>::new(), "no table tells who was in it");
        assert_eq!(files_in(&bed.place.path().join(name)), Vec::<String>::new(), "nor the database's files");
    }
    // A list that was lost is made again of what the restored database knows.
    let list = keep_list(&mut bed).await;
    std::fs::remove_file(&list).expect("removed");
    assert_eq!(bed.engine.bring_list_up_to_date().await.expect("looked"), 1);
}

/// It was refused, or the machine went down after the line, and before the database was told.
async fn a_programme_that_was_not_deleted_after_all_stays(mut bed: Bed) {
    let list = keep_list(&mut bed).await;
    begin(&bed, [person(1, "ada@acme.example")]).await;
    let (programme, _) = bed.integration().await;
    let backup = back_up(&bed, "one.backup").await;
    bed.sql("UPDATE imports SET state = 'applying' WHERE purpose = 'apply'").await;
    assert!(bed.engine.delete_programme(&programme, "acme").await.is_err());
    bed.pass(days(1));
    assert_eq!(bed.engine.bring_list_up_to_date().await.expect("looked"), 0, "the list knows");
    let line = format!(
        "{{\"at\":{},\"what\":\"programme-deleted\",\"programme\":\"{}\",\"member\":\"{}\"}}\n",
        bed.engine.now(),
        programme.id,
        uuid::Uuid::nil()
    );
    let text = std::fs::read_to_string(&list).expect("a list");
    std::fs::write(&list, format!("{text}{line}")).expect("written");
    assert_eq!(bed.engine.bring_list_up_to_date().await.expect("looked"), 0, "it may be under way");
    bed.pass(days(1));
    assert_eq!(bed.engine.bring_list_up_to_date().await.expect("looked"), 1);
    let restored = restore_to(&mut bed, &backup, &[list], "again").await;
    assert_eq!((restored.replayed.programmes, restored.programmes), (0, 1));
    assert_eq!(bed.member("1").await.state, State::Active);
}

/// The machine went down after the line, and before the database was told.
async fn an_erasure_that_was_not_done_is_not_done_again(mut bed: Bed) {
    let list = keep_list(&mut bed).await;
    begin(&bed, [person(1, "ada@acme.example"), person(2, "bela@acme.example")]).await;
    let (programme, _) = bed.integration().await;
    let backup = back_up(&bed, "one.backup").await;
    let ada = bed.member("1").await.id;
    let line = format!(
        "{{\"at\":{},\"what\":\"erased\",\"programme\":\"{}\",\"member\":\"{ada}\",\"id_hash\":null,\"email_hash\":null,\
         \"reason\":\"not-eligible\",\"joined_at\":0,\"left_at\":0,\"excluded\":false,\"key\":null}}\n",
        bed.engine.now(),
        programme.id
    );
    std::fs::write(&list, line).expect("written");
    assert_eq!(bed.engine.bring_list_up_to_date().await.expect("looked"), 0, "it may be under way");
    bed.pass(days(1));
    assert_eq!(bed.engine.bring_list_up_to_date().await.expect("looked"), 1);
    assert_eq!(bed.engine.bring_list_up_to_date().await.expect("looked"), 0);
    let restored = restore_to(&mut bed, &backup, std::slice::from_ref(&list), "again").await;
    assert_eq!(restored.replayed.erased, 0);
    assert_eq!(bed.member("1").await.state, State::Active);
    // A list that was lost is made again of what the database still knows.
    let list = keep_list(&mut bed).await;
    bed.engine.close_own_account(&programme, ada, &Actor::system()).await.expect("asked");
    release(&bed).await;
    live(&bed, 8).await;
    std::fs::remove_file(&list).expect("removed");
    assert_eq!(bed.engine.bring_list_up_to_date().await.expect("looked"), 1);
    let restored = restore_to(&mut bed, &backup, &[list], "once-more").await;
    assert_eq!(restored.replayed.erased, 1);
}
