//! Clocks that jump, and machines that do not agree on the time: leases go by the database's.

use std::thread;

use super::{Trial, stops};
use crate::world::World;

const HOUR: i64 = 3_600;

/// R39, R54
#[test]
fn r54_clocks_that_jump_or_differ_by_hours_break_nothing() {
    thread::scope(|scope| {
        scope.spawn(|| at_odds(World::on_sqlite()));
        scope.spawn(|| at_odds(World::on_postgresql()));
    });
}

fn at_odds(world: World) {
    let mut trial = Trial::new(world);
    trial.world.hire_crowd(1..=150);
    let node = trial.begin();
    trial.start_import(&node);
    trial.reaches_state("completed");
    stops(node);
    // One server after another, and a command beside each; a day later, hours earlier.
    let mut next = 1_000;
    for hours in [26, -7, 5, 0] {
        let shifted = trial.place.clone().with("ROLLCALL_CLOCK_SHIFT", hours * HOUR);
        trial.place = trial.place.clone().with("ROLLCALL_CLOCK_SHIFT", -hours * HOUR);
        let node = ::soak::Node::start(&shifted, &[]).expect("the server starts");
        trial.world.hire_crowd(next..next + 3);
        next += 3;
        let before = trial.facts().count_imports();
        trial.start_import(&node);
        trial.reaches("an end", |facts| facts.count_imports() > before && facts.unfinished() == 0);
        trial.world.change(next - 1, "department", "Elsewhere");
        // Busy with one that is due by the other's clock is as good.
        let ran = trial.place.run(&["import", "acme", "--json"]).expect("the program runs");
        assert!([0, 6].contains(&ran.code), "{ran:?}");
        stops(node);
    }
    // By a clock that is behind none of them everything goes that waits.
    trial.place = trial.place.clone().with("ROLLCALL_CLOCK_SHIFT", 30 * HOUR);
    let node = trial.serve();
    trial.is_kept(node, 0);
}
