//! Delivery into the folder (R50).

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

async fn r51_the_summary_holds_numbers_and_nobodys_data(bed: Bed) {
    bed.employ_people(people(8));
    bed.set_up("").await;
    bed.import().await;
    bed.engine.deliver().await.expect("delivered");
    let folder = std::fs::read_dir(bed.place.path().join("mail")).expect("a folder");
    let texts = folder.map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("text"));
    let summary = texts.filter(|text| text.contains("To: hr@acme.example")).collect::<Vec<_>>();
    assert_eq!(summary.len(), 1);
    for name in ["Ada", "adamski", "Adamski", "Bela"] {
        assert!(!summary[0].contains(name), "{name} in {}", summary[0]);
    }
}

both!(
    r50_each_mail_is_delivered_once_and_to_where_the_member_is_now,
    r37_a_leavers_invitation_waits,
    r51_the_summary_holds_numbers_and_nobodys_data,
);
