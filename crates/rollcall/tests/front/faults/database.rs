//! The database goes away and comes back, and connections are cut in a commit (R54).

use std::{thread, time::Duration};

use ::soak::{Facts, Place};
use testkit::{Commit, Postgres, Proxy};

use super::{Trial, stops};
use crate::world::{PROGRAMME, World};

/// The server stays up, and goes on by itself.
#[test]
fn r54_a_database_that_crashes_and_comes_back_loses_nothing() {
    let postgres = Postgres::start();
    let mut trial = Trial::new(World::on_database(postgres.database("crashes")));
    trial.world.hire_crowd(1..=2_400);
    let mut node = trial.begin();
    let is_at = |state: &'static str| move |facts: &Facts| facts.newest(PROGRAMME).is_some_and(|(_, now)| now == state);
    trial.slow(250);
    trial.start_import(&node);
    trial.reaches("reading", is_at("reading"));
    crash(&postgres);
    trial.slow(0);
    trial.reaches("a batch", |facts| facts.cursor(PROGRAMME) >= 0);
    crash(&postgres);
    trial.reaches("completed", is_at("completed"));
    trial.reaches("deliveries", |facts| facts.mails_in("sent") > 10);
    crash(&postgres);
    trial.reaches("half of the deliveries", |facts| facts.mails_in("sent") > 1_200);
    crash(&postgres);
    assert!(node.is_running(), "{}", node.complaints());
    trial.is_kept(node, 0);
}

fn crash(postgres: &Postgres) {
    postgres.crash();
    thread::sleep(Duration::from_millis(500));
    postgres.start_again();
}

/// The primary is gone for good, in the middle of an import. The servers are led to a standby that followed
/// synchronously, and go on by themselves with all that was committed.
#[test]
fn r54_a_standby_that_takes_over_has_everything() {
    let primary = Postgres::start();
    let url = primary.database("fails_over");
    let standby = primary.standby();
    let way = Proxy::before(primary.port());
    let mut trial = Trial::new(World::on_database(way.instead_in(&url)));
    trial.world.hire_crowd(1..=2_400);
    let mut node = trial.begin();
    trial.start_import(&node);
    trial.reaches("a batch", |facts| facts.cursor(PROGRAMME) >= 0);
    primary.crash();
    standby.promote();
    way.lead_to(standby.port());
    trial.reaches_state("completed");
    assert!(node.is_running(), "{}", node.complaints());
    trial.is_kept(node, 0);
}

/// Each transaction of an import in turn: whether it was done or not, the next import finds out.
#[test]
fn r54_a_connection_that_is_cut_in_a_commit_loses_nothing_and_repeats_nothing() {
    let postgres = Postgres::start();
    thread::scope(|scope| {
        for (name, how) in [("lost", Commit::Lost), ("unanswered", Commit::Unanswered)] {
            let postgres = &postgres;
            scope.spawn(move || at_each_commit(postgres, name, how));
        }
    });
}

fn at_each_commit(postgres: &Postgres, name: &str, how: Commit) {
    let mut trial = Trial::new(World::on_database(postgres.database(name)));
    let way = Proxy::before(postgres.port());
    let url = way.instead_in(trial.world.database().expect("a server"));
    let through: Place = trial.place.clone().by(&url);
    trial.world.hire_crowd(1..=1_100);
    trial.world.apply(&trial.world.set_up());
    let mut cut = 0;
    for nth in 1..=40 {
        // Something to do, in every form.
        trial.world.hire_crowd([10_000 + nth]);
        trial.world.change(nth + 1, "department", "Elsewhere");
        trial.world.dismiss([500 + nth]);
        way.cut_at_commit(u64::try_from(nth).expect("positive"), how);
        let ran = through.run(&["import", PROGRAMME, "--json"]).expect("the program runs");
        assert!((0..=6).contains(&ran.code) && !ran.err.contains("panicked"), "cut {nth}: {ran:?}");
        assert!(ran.code == 0 || !ran.err.is_empty() || !ran.out.is_empty(), "it says nothing: {ran:?}");
        let facts = trial.facts();
        assert_eq!(trial.ledger.look(&facts), [], "cut at commit {nth}: {ran:?}");
        let was_cut = !way.is_armed();
        cut += u32::from(was_cut);
        way.disarm();
        let report = trial.import().completed();
        assert_eq!(trial.ledger.look(&trial.facts()), [], "after the cut at commit {nth}: {ran:?}");
        assert!(ran.code != 0 || report.leave + report.join + report.update == 0, "cut {nth}: {ran:?} {report:?}");
        if !was_cut {
            break;
        }
    }
    assert!(cut >= 4, "only {cut} commits were cut");
    // And in serving: cut again and again while mails are delivered and the house is kept.
    let node = ::soak::Node::start(&through, &[]).expect("the server starts");
    for nth in 1..=12 {
        way.cut_at_commit(nth % 3 + 1, how);
        thread::sleep(Duration::from_millis(150));
    }
    way.cut();
    way.disarm();
    trial.is_kept(node, 0);
}

/// A database that does not answer for longer than a lease: whoever waited has lost its right, and writes nothing.
#[test]
fn r39_a_server_that_heard_nothing_of_its_database_for_longer_than_a_lease_does_no_harm() {
    let postgres = Postgres::start();
    let mut trial = Trial::new(World::on_database(postgres.database("stalls")));
    let way = Proxy::before(postgres.port());
    let url = way.instead_in(trial.world.database().expect("a server"));
    trial.world.hire_crowd(1..=2_400);
    let first = trial.begin();
    stops(first);
    let kept_waiting = ::soak::Node::start(&trial.place.clone().by(&url), &[]).expect("the server starts");
    trial.start_import(&kept_waiting);
    trial.reaches("a batch", |facts| facts.cursor(PROGRAMME) >= 0);
    way.stall(true);
    let other = trial.serve();
    let begin = ::soak::clock();
    trial.reaches("completed by the other", |facts| {
        facts.newest(PROGRAMME).is_some_and(|(_, state)| state == "completed")
    });
    assert!(begin.elapsed() < Duration::from_secs(40), "taken over within 30 s, and done: {:?}", begin.elapsed());
    way.stall(false);
    thread::sleep(Duration::from_millis(500));
    stops(kept_waiting);
    trial.is_kept(other, 4);
}
