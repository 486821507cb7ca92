//! Events, told to a receiver on this machine.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use domain::event::Event;
use engine::{Actor, Engine};
use jiff::SignedDuration;
use sandbox::Change;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::{
    bed::Bed,
    both,
    people::{people, person},
};

/// Something that is told: requests as they came, answered by what is set.
struct Receiver {
    url: String,
    got: Arc<Mutex<Vec<String>>>,
    answer: Arc<Mutex<&'static str>>,
}

impl Receiver {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/hook?key=s3cret", listener.local_addr().expect("an address"));
        let (got, answer) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new("204 No Content")));
        let (into, from) = (Arc::clone(&got), Arc::clone(&answer));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (into, from) = (Arc::clone(&into), Arc::clone(&from));
                tokio::spawn(async move {
                    let mut text = String::new();
                    let mut bytes = [0; 4096];
                    // One request a connection; the body is small JSON and ends with two braces.
                    while !text.ends_with("}}") {
                        let read = stream.read(&mut bytes).await.unwrap_or_default();
                        if read == 0 {
                            return;
                        }
                        text.push_str(&String::from_utf8_lossy(&bytes[..read]));
                    }
                    into.lock().expect("a lock").push(text);
                    let status = *from.lock().expect("a lock");
                    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
                    drop(stream.write_all(answer.as_bytes()).await);
                });
            }
        });
        Self { url, got, answer }
    }

    fn answers(&self, status: &'static str) {
        *self.answer.lock().expect("a lock") = status;
    }

    /// Types of what came, in order, since the last look.
    fn types(&self) -> Vec<String> {
        let got = std::mem::take(&mut *self.got.lock().expect("a lock"));
        got.iter().map(|one| between(one, "\"type\":\"member.", "\"")).collect()
    }
}

fn between(text: &str, begin: &str, end: &str) -> String {
    let rest = text.split_once(begin).map(|(_, rest)| rest).unwrap_or_default();
    rest.split(end).next().unwrap_or_default().to_owned()
}

/// An engine that tells receivers on this machine.
async fn telling(bed: &Bed, receiver: &Receiver) -> (Engine, uuid::Uuid) {
    let engine = bed.another_engine().await.with_private_events();
    let (programme, _) = bed.integration().await;
    let all = BTreeSet::from(Event::ALL);
    engine.subscribe(&programme, &receiver.url, &all, &Actor::command()).await.expect("subscribed");
    let id = engine.subscriptions(&programme).await.expect("one")[0].id;
    (engine, id)
}

async fn r50_what_becomes_of_a_member_is_told_in_order_and_signed(bed: Bed) {
    let receiver = Receiver::start().await;
    bed.employ_people(people(8).into_iter().chain([person(9, "Ada", "Lund")]));
    bed.set_up("").await;
    let (engine, _) = telling(&bed, &receiver).await;
    bed.import().await;
    assert_eq!(engine.deliver_events().await.expect("told"), 9);
    let one = receiver.got.lock().expect("a lock")[0].clone();
    assert!(one.starts_with("POST /hook?key=s3cret HTTP/1.1"), "{one}");
    for header in
        ["webhook-id: evt_", "webhook-timestamp: ", "webhook-signature: v1,", "content-type: application/json"]
    {
        assert!(one.contains(header), "{header}: {one}");
    }
    assert!(!one.contains("acme.example\"") && !one.contains("Ada"), "nobody's data but the employee ID: {one}");
    assert_eq!(receiver.types(), ["joined"; 9]);
    bed.change(9, &Change::set("last_name", "Berg"));
    bed.pass(SignedDuration::from_secs(1));
    bed.import().await;
    bed.change(9, &Change::set("status", "inactive"));
    bed.pass(SignedDuration::from_secs(1));
    bed.import().await;
    bed.change(9, &Change::set("status", "active"));
    bed.pass(SignedDuration::from_secs(1));
    bed.import().await;
    assert_eq!(engine.deliver_events().await.expect("told"), 3);
    assert_eq!(receiver.types(), ["updated", "left", "rejoined"]);
    bed.import().await;
    assert_eq!(engine.deliver_events().await.expect("told"), 0, "R31");
}

async fn a_receiver_that_fails_is_tried_again_and_told_once_more_when_asked(bed: Bed) {
    let receiver = Receiver::start().await;
    bed.employ_people([person(1, "Ada", "Lund")]);
    bed.set_up("").await;
    let (engine, id) = telling(&bed, &receiver).await;
    bed.import().await;
    receiver.answers("503 Service Unavailable");
    assert_eq!(engine.deliver_events().await.expect("told"), 0);
    assert_eq!(engine.deliver_events().await.expect("told"), 0, "not before its time");
    assert_eq!(receiver.types(), ["joined"]);
    receiver.answers("200 OK");
    bed.pass(SignedDuration::from_mins(1));
    let first = engine.deliver_events().await.expect("told");
    assert_eq!(first, 1);
    let number = |receiver: &Receiver| {
        let got = std::mem::take(&mut *receiver.got.lock().expect("a lock"));
        between(&got[0], "webhook-id: ", "\r\n")
    };
    let told = number(&receiver);
    let (programme, _) = bed.integration().await;
    assert_eq!(engine.tell_again(&programme, id, 0, &Actor::command()).await.expect("again"), 1);
    assert_eq!(engine.deliver_events().await.expect("told"), 1);
    assert_eq!(number(&receiver), told, "the number is the same, so that a receiver knows it");
}

async fn a_changed_secret_is_signed_with_beside_the_old_one_for_a_day(bed: Bed) {
    let receiver = Receiver::start().await;
    bed.employ_people([person(1, "Ada", "Lund")]);
    bed.set_up("").await;
    let (engine, id) = telling(&bed, &receiver).await;
    bed.import().await;
    let (programme, _) = bed.integration().await;
    engine.change_secret(&programme, id, &Actor::command()).await.expect("a secret");
    engine.deliver_events().await.expect("told");
    let signatures = |receiver: &Receiver| {
        let got = std::mem::take(&mut *receiver.got.lock().expect("a lock"));
        between(&got[0], "webhook-signature: ", "\r\n").split(' ').count()
    };
    assert_eq!(signatures(&receiver), 2);
    bed.pass(SignedDuration::from_hours(24));
    engine.tell_again(&programme, id, 0, &Actor::command()).await.expect("again");
    engine.deliver_events().await.expect("told");
    assert_eq!(signatures(&receiver), 1);
}

async fn a_receiver_that_wants_no_more_and_one_that_is_paused_are_left_alone(bed: Bed) {
    let receiver = Receiver::start().await;
    bed.employ_people([person(1, "Ada", "Lund")]);
    bed.set_up("").await;
    let (engine, id) = telling(&bed, &receiver).await;
    bed.import().await;
    receiver.answers("410 Gone");
    engine.deliver_events().await.expect("told");
    let (programme, _) = bed.integration().await;
    assert!(engine.subscriptions(&programme).await.expect("one")[0].is_paused);
    receiver.answers("200 OK");
    bed.pass(SignedDuration::from_hours(1));
    assert_eq!(engine.deliver_events().await.expect("told"), 0);
    engine.pause_subscription(&programme, id, false, &Actor::command()).await.expect("resumed");
    assert_eq!(engine.deliver_events().await.expect("told"), 1, "what happened meanwhile waited");
}

async fn private_networks_are_not_told(bed: Bed) {
    bed.employ_people([person(1, "Ada", "Lund")]);
    bed.set_up("").await;
    let (programme, _) = bed.integration().await;
    let all = BTreeSet::from(Event::ALL);
    for url in ["http://hooks.example.com", "https://10.0.0.8/hook", "https://[::1]/", "https://localhost:9/"] {
        let refused = bed.engine.subscribe(&programme, url, &all, &Actor::command()).await;
        assert!(matches!(refused, Err(engine::EngineError::Settings(_))), "{url}");
    }
    // Nor is one that stands there all the same, such as from when this installation told private networks too.
    let there = bed.engine.subscribe(&programme, "https://hooks.example.com/", &all, &Actor::command()).await;
    there.expect("subscribed");
    bed.sql("UPDATE subscriptions SET url = 'https://localhost:9/'").await;
    bed.import().await;
    assert_eq!(bed.engine.deliver_events().await.expect("told"), 0);
    let id = bed.engine.subscriptions(&programme).await.expect("one")[0].id;
    let row = bed.engine.subscription(&programme, id).await.expect("one");
    let events = bed.engine.store().events(&row, None, 1).await.expect("one");
    assert_eq!(events[0].failure.as_deref(), Some("the address is not one that events may go to"));
}

both!(
    r50_what_becomes_of_a_member_is_told_in_order_and_signed,
    a_receiver_that_fails_is_tried_again_and_told_once_more_when_asked,
    a_changed_secret_is_signed_with_beside_the_old_one_for_a_day,
    a_receiver_that_wants_no_more_and_one_that_is_paused_are_left_alone,
    private_networks_are_not_told,
);
