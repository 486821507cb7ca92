//! The mail server goes away and comes back (R50).

use std::{thread, time::Duration};

use testkit::{Encryption, MailServer, Proxy};

use super::Trial;
use crate::world::World;

/// R50: nothing is lost; twice comes only what was under way.
#[test]
fn r50_a_mail_server_that_goes_away_and_comes_back_loses_nothing() {
    thread::scope(|scope| {
        scope.spawn(|| away(World::on_sqlite()));
        scope.spawn(|| away(World::on_postgresql()));
    });
}

fn away(world: World) {
    let server = MailServer::start(Encryption::None);
    let way = Proxy::before(server.port());
    let mut trial = Trial::new(world);
    trial.post = ::soak::Postbox::over(&server.folder());
    trial.place = trial
        .place
        .clone()
        .with("ROLLCALL_SMTP_URL", format!("smtp://localhost:{}", way.port()))
        .with("ROLLCALL_MAIL_FROM", "club@mail.example")
        .with("ROLLCALL_MAILS_PER_MINUTE", 100_000)
        .with("ROLLCALL_CLOCK_SPEED", 60)
        .with("ROLLCALL_CLOCK_SINCE", ::soak::timestamp());
    way.close();
    trial.world.hire_crowd(1..=400);
    let node = trial.begin();
    trial.start_import(&node);
    trial.reaches_state("completed");
    thread::sleep(Duration::from_secs(2));
    assert_eq!((trial.facts().mails_in("sent"), trial.facts().mails_in("pending")), (0, 401));
    let outbox = trial.at(&node).manager.get("/manage/acme/outbox").expect("it answers");
    assert!(outbox.text().contains("No mail goes out"), "the page says that mails wait");
    way.open();
    // Cut while they go, four times, and away once more.
    for round in 1..=4 {
        trial.reaches("some mails", |facts| facts.mails_in("sent") >= 60 * round);
        way.cut();
    }
    way.close();
    thread::sleep(Duration::from_secs(1));
    way.open();
    // Four under way at each of five times.
    trial.is_kept(node, 20);
}
