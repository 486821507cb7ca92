//! Accounts are being closed when the server ends (R61), weeks later: the clock is moved on.

use ::soak::Facts;

use super::{Trial, stops};
use crate::world::{PROGRAMME, World, side_by_side};

side_by_side! { r61_a_server_that_ends_while_accounts_are_closed_is_gone_on_for }

const DAY: i64 = 86_400;

fn r61_a_server_that_ends_while_accounts_are_closed_is_gone_on_for(world: &World) {
    // The world is borrowed so that both databases share one test; a trial has one of its own.
    let mut trial = Trial::new(match world.database() {
        Some(_) => World::on_postgresql(),
        None => World::on_sqlite(),
    });
    trial.world.hire_crowd(1..=300);
    let node = trial.begin();
    trial.start_import(&node);
    trial.reaches_state("completed");
    trial.rests();
    trial.world.dismiss(1..=200);
    trial.start_import(&node);
    trial.reaches_state("on-hold");
    let held = trial.facts().newest(PROGRAMME).map(|(id, _)| id.to_owned()).expect("one");
    trial.at(&node).answer(&held, "approve").expect("it is taken");
    trial.reaches_state("completed");
    stops(node);
    let sent = |facts: &Facts| facts.mails_due(i64::MAX) == 0 && facts.unfinished() == 0;
    for (days, kind, mails) in
        [(2, "leaver-notice", 200), (31, "leaver-reminder", 200), (55, "leaver-reminder", 400), (64, "closed", 200)]
    {
        trial.place = trial.place.clone().with("ROLLCALL_CLOCK_SHIFT", days * DAY);
        // Killed again and again, wherever that is; the last one may finish.
        for _ in 0..2 {
            let node = trial.serve();
            std::thread::sleep(std::time::Duration::from_millis(700));
            node.kill();
        }
        let node = trial.serve();
        trial.reaches("what is due on that day", |facts| facts.sent_of(kind) == mails && sent(facts));
        stops(node);
    }
    assert_eq!((trial.facts().members_in("leaver"), trial.facts().members_in("closed")), (0, 200));
    let node = trial.serve();
    trial.is_kept(node, 0);
}
