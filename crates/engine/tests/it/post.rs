//! Delivery by a real mail server (R50).

use std::time::Duration;

use engine::{Actor, Engine, MailServer};
use jiff::SignedDuration;
use mail::smtp::{Server, Settings};
use store::{Programme, outbox::MailFilter};
use testkit::Encryption;

use crate::{bed::Bed, both, people::person};

/// An engine that delivers by this server, so many mails a minute.
pub(crate) async fn posting(bed: &Bed, url: String, per_minute: u32) -> Engine {
    let settings = Settings::parse(&url.into(), "rewards.acme.example").expect("an address");
    let server = Server::new(Settings { patience: Duration::from_secs(2), ..settings }).expect("settings");
    let sender = "club@acme.example".to_owned();
    let per_minute = per_minute.try_into().expect("some");
    bed.another_engine().await.with_mail_server(MailServer { server, sender, per_minute })
}

/// A company of people with these addresses, who are members and have their invitations waiting.
async fn joined(bed: &Bed, addresses: &[&str]) -> Programme {
    let names = ["Ada", "Bela", "Cleo", "Dina", "Emil", "Fred"];
    let people = addresses.iter().zip(names).zip(1..);
    bed.employ_people(people.map(|((address, name), id)| person(id, name, "Lund").and("email", *address)));
    bed.set_up("").await;
    bed.import().await;
    bed.integration().await.0
}

/// State, attempts and why, of the mail to this address.
async fn mail_to(engine: &Engine, programme: &Programme, address: &str) -> (String, i32, String) {
    let mails = engine.mails(programme, &MailFilter::default(), None, 50).await.expect("mails");
    let mail = mails.into_iter().find(|mail| mail.recipient.as_deref() == Some(address)).expect("a mail");
    (mail.row.state, mail.row.attempts, mail.row.failure_code.unwrap_or_default())
}

fn told(state: &str, attempts: i32, why: &str) -> (String, i32, String) {
    (state.to_owned(), attempts, why.to_owned())
}

async fn r50_each_mail_fares_by_itself(bed: Bed) {
    let other = testkit::MailServer::start(Encryption::None);
    let addresses = ["ada@acme.example", "refused@acme.example", "grey@acme.example", "cut-after@acme.example"];
    let programme = joined(&bed, &addresses).await;
    let engine = posting(&bed, other.url(), 60).await;
    assert_eq!(engine.deliver().await.expect("delivered"), 2, "Ada's, and the summary");
    assert_eq!(mail_to(&engine, &programme, "ada@acme.example").await, told("sent", 1, ""));
    assert_eq!(mail_to(&engine, &programme, "refused@acme.example").await, told("failed", 1, "refused"));
    assert_eq!(mail_to(&engine, &programme, "grey@acme.example").await, told("pending", 1, "later"));
    assert_eq!(mail_to(&engine, &programme, "cut-after@acme.example").await, told("pending", 1, "unanswered"));
    assert_eq!(engine.deliver().await.expect("delivered"), 0, "not before their time");
    let doubtful = async || {
        let mails = engine.outbox(&programme).await.expect("mails").into_iter().filter(|mail| mail.may_have_gone);
        mails.map(|mail| mail.recipient.unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(doubtful().await, ["cut-after@acme.example"]);
    bed.pass(SignedDuration::from_mins(1));
    assert_eq!(engine.deliver().await.expect("delivered"), 2);
    assert_eq!(doubtful().await, [""; 0]);
    // The answer to the first attempt was lost: the one window for a duplicate, which can be told by its number.
    let taken = other.taken();
    let twice: Vec<_> = taken.iter().filter(|text| text.contains("To: cut-after@acme.example")).collect();
    assert_eq!(twice.len(), 2);
    let number = |text: &str| text.lines().find(|line| line.starts_with("Message-ID:")).map(str::to_owned);
    assert!(number(twice[0]).is_some_and(|first| number(twice[1]) == Some(first)));
    assert_eq!(taken.len(), 5);
    assert!(taken.iter().all(|text| text.contains("From: \"Acme Rewards\" <club@acme.example>")), "{}", taken[0]);
}

async fn r50_a_refused_address_is_marked_until_another_takes_its_place(bed: Bed) {
    let other = testkit::MailServer::start(Encryption::None);
    let programme = joined(&bed, &["refused@acme.example", "spam@acme.example"]).await;
    let engine = posting(&bed, other.url(), 60).await;
    engine.deliver().await.expect("delivered");
    let marked = async || {
        let members = bed.members().await;
        let refusals = engine.mail_refusals(programme.number(), &members).await.expect("refusals");
        let marked = members.iter().filter_map(|one| refusals.get(&one.id).map(|why| (one, why.detail.clone())));
        marked.map(|(one, why)| (one.employee_id.clone().unwrap_or_default(), why)).collect::<Vec<_>>()
    };
    let why = "550 5.1.1 <…>: there is no such mailbox".to_owned();
    assert_eq!(marked().await, [("1".to_owned(), why.clone())], "the other is refused for what it says");
    bed.change(1, &sandbox::Change::set("email", "ada.lund@acme.example"));
    bed.import().await;
    assert_eq!(marked().await, []);
    // The invitation that failed goes to where she is now.
    let failed = MailFilter { state: "failed".into(), kind: "welcome".into(), ..MailFilter::default() };
    let mails = engine.mails(&programme, &failed, None, 50).await.expect("mails");
    let hers = mails.iter().find(|mail| mail.recipient.as_deref() == Some("ada.lund@acme.example")).expect("hers");
    engine.try_mail_again(&programme, hers.row.id, &Actor::command()).await.expect("again");
    engine.deliver().await.expect("delivered");
    assert_eq!(mail_to(&engine, &programme, "ada.lund@acme.example").await, told("sent", 1, ""));
    let again = engine.try_mail_again(&programme, hers.row.id, &Actor::command()).await;
    assert!(again.is_err(), "what went does not go twice");
}

async fn a_server_gets_no_more_mails_a_minute_than_it_may(bed: Bed) {
    let other = testkit::MailServer::start(Encryption::None);
    joined(&bed, &["a@acme.example", "b@acme.example", "c@acme.example", "d@acme.example"]).await;
    let engine = posting(&bed, other.url(), 2).await;
    for expected in [2, 0] {
        assert_eq!(engine.deliver().await.expect("delivered"), expected);
    }
    for expected in [2, 1, 0] {
        bed.pass(SignedDuration::from_mins(1));
        assert_eq!(engine.deliver().await.expect("delivered"), expected);
    }
}

/// Whichever of them looks first.
async fn two_nodes_keep_within_one_limit_and_send_nothing_twice(bed: Bed) {
    let other = testkit::MailServer::start(Encryption::None);
    joined(&bed, &["a@acme.example", "b@acme.example", "c@acme.example", "d@acme.example"]).await;
    let nodes = [posting(&bed, other.url(), 3).await, posting(&bed, other.url(), 3).await];
    for expected in [3, 2, 0] {
        let (one, two) = tokio::join!(nodes[0].deliver(), nodes[1].deliver());
        assert_eq!(one.expect("delivered") + two.expect("delivered"), expected);
        bed.pass(SignedDuration::from_mins(1));
    }
    assert_eq!(other.taken().len(), 5);
}

async fn a_server_that_is_away_holds_up_mails_and_counts_against_none(bed: Bed) {
    let other = testkit::MailServer::start(Encryption::None);
    let url = other.url();
    let programme = joined(&bed, &["ada@acme.example"]).await;
    drop(other);
    let engine = posting(&bed, url, 60).await;
    for minutes in [0, 1, 2] {
        bed.pass(SignedDuration::from_mins(minutes));
        assert_eq!(engine.deliver().await.expect("nothing is lost"), 0);
    }
    assert_eq!(mail_to(&engine, &programme, "ada@acme.example").await, told("pending", 0, ""));
    let standstill = engine.post_state().await.standstill.expect("one");
    assert_eq!(standstill.code, "unreachable");
    let other = testkit::MailServer::start(Encryption::None);
    let engine = posting(&bed, other.url(), 60).await;
    assert_eq!(engine.deliver().await.expect("delivered"), 2);
    assert!(engine.post_state().await.standstill.is_none());
}

async fn a_mail_that_nobody_takes_is_given_up_after_three_days(bed: Bed) {
    let other = testkit::MailServer::start(Encryption::None);
    let programme = joined(&bed, &["grey@acme.example"]).await;
    let mut days = 0;
    // Each engine's server is a new one to the greylist, so that every attempt is the first.
    drop(other);
    while mail_to(&bed.engine, &programme, "grey@acme.example").await.0 == "pending" {
        let other = testkit::MailServer::start(Encryption::None);
        let engine = posting(&bed, other.url(), 60).await;
        engine.deliver().await.expect("delivered");
        bed.pass(SignedDuration::from_hours(4));
        days += 1;
        assert!(days < 40, "it is given up");
    }
    let (state, attempts, why) = mail_to(&bed.engine, &programme, "grey@acme.example").await;
    assert_eq!((state.as_str(), why.as_str()), ("failed", "later"));
    assert_eq!(attempts, 23);
}

async fn keys_in_a_mail_are_shown_where_a_trial_needs_them_and_nowhere_else(bed: Bed) {
    let programme = joined(&bed, &["ada@acme.example"]).await;
    let welcome = MailFilter { kind: "welcome".into(), ..MailFilter::default() };
    let mail = bed.engine.mails(&programme, &welcome, None, 1).await.expect("mails").remove(0);
    let shown = bed.engine.show_mail(&programme, &mail, false).await.expect("shown");
    assert!(!shown.is_masked && shown.links.iter().any(|link| link.starts_with("https://rewards.acme.example/acme/")));
    let link = shown.links[0].clone();
    assert!(shown.source.contains("To: ada@acme.example"), "{}", shown.source);
    let other = testkit::MailServer::start(Encryption::None);
    let engine = posting(&bed, other.url(), 60).await;
    let shown = engine.show_mail(&programme, &mail, true).await.expect("shown");
    assert!(shown.is_masked, "a mail server brings it to whom it is for");
    let key = link.rsplit('/').next().expect("a key");
    assert!(!shown.mail.text.contains(key) && !shown.mail.html.contains(key) && !shown.source.contains(key));
}

both!(
    r50_each_mail_fares_by_itself,
    r50_a_refused_address_is_marked_until_another_takes_its_place,
    a_server_gets_no_more_mails_a_minute_than_it_may,
    two_nodes_keep_within_one_limit_and_send_nothing_twice,
    a_server_that_is_away_holds_up_mails_and_counts_against_none,
    a_mail_that_nobody_takes_is_given_up_after_three_days,
    keys_in_a_mail_are_shown_where_a_trial_needs_them_and_nowhere_else,
);
