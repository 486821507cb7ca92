//! A server ends at every stage of an import and of deliveries, killed or told to stop; another goes on (R54).

use std::thread;

use ::soak::Node;

use super::{Trial, stops};
use crate::world::{PROGRAMME, RUNTIME, World};

/// Three batches of joiners.
const PEOPLE: i64 = 2_400;

/// How a server ends.
#[derive(Clone, Copy)]
enum End {
    Killed,
    Told,
}

/// R50, R54: queued, reading, planning, on hold, within each batch, within deliveries.
#[test]
fn r54_a_server_that_ends_at_any_stage_is_gone_on_for() {
    thread::scope(|scope| {
        for end in [End::Killed, End::Told] {
            scope.spawn(move || at_every_stage(World::on_sqlite(), end));
            scope.spawn(move || at_every_stage(World::on_postgresql(), end));
        }
    });
}

fn ends(trial: &Trial, node: Node, how: End) {
    match how {
        End::Killed => node.kill(),
        End::Told => {
            stops(node);
            assert_eq!(trial.facts().leases(), 0, "whoever stops in good order gives its leases up");
        }
    }
}

fn at_every_stage(world: World, how: End) {
    let mut trial = Trial::new(world);
    trial.world.hire_crowd(1..=PEOPLE);
    let node = trial.begin();

    // Queued: another machine seems to be at work.
    let store = RUNTIME.block_on(trial.world.store());
    let programme = RUNTIME.block_on(store.programme(PROGRAMME)).expect("it answers").expect("it is there");
    let integration = RUNTIME.block_on(store.integrations(programme.number())).expect("it answers").remove(0);
    let lease = RUNTIME
        .block_on(store.claim_imports(programme.number(), integration.number(), integration.id))
        .expect("it answers");
    trial.start_import(&node);
    trial.reaches_state("queued");
    let (first, _) = trial.facts().newest(PROGRAMME).map(|(id, state)| (id.to_owned(), state.to_owned())).expect("one");
    if matches!(how, End::Told) {
        stops(node);
    } else {
        node.kill();
    }
    trial.slow(400);
    RUNTIME.block_on(store.release_work(&lease.expect("nobody else has it"))).expect("it answers");

    let node = trial.serve();
    trial.reaches_state("reading");
    ends(&trial, node, how);
    trial.slow(0);

    // In each batch: another server takes the place of the one before.
    for batch in 0..3 {
        let node = trial.serve();
        let ended = 1_000 * batch;
        let within = |facts: &::soak::Facts| {
            let (_, state) = facts.newest(PROGRAMME).expect("one");
            facts.cursor(PROGRAMME) >= ended - 1 && state == "applying" || state == "completed"
        };
        trial.reaches("a batch", within);
        ends(&trial, node, how);
    }
    // The mails of all those batches, and the summary, wait or are under way.
    let node = trial.serve();
    trial.reaches("deliveries", |facts| {
        let is_done = facts.newest(PROGRAMME).is_some_and(|(_, state)| state == "completed");
        is_done && facts.mails_in("sent") > 0
    });
    ends(&trial, node, how);
    let facts = trial.facts();
    assert_eq!(facts.newest(PROGRAMME), Some((first.as_str(), "completed")), "it went on under its number");
    assert_eq!(facts.members_in("invited"), usize::try_from(PEOPLE).expect("positive"));

    // Planning: who is missing is looked for once more.
    trial.world.delete([7]);
    trial.slow(400);
    let node = trial.serve();
    trial.start_import(&node);
    trial.reaches_state("planning");
    ends(&trial, node, how);
    trial.slow(0);
    let node = trial.serve();
    trial.reaches_state("completed");

    // On hold: it is still on hold, and what is approved then is that very plan.
    trial.world.dismiss(1_000..=1_300);
    trial.start_import(&node);
    trial.reaches_state("on-hold");
    let held = trial.facts().newest(PROGRAMME).map(|(id, _)| id.to_owned()).expect("one");
    ends(&trial, node, how);
    let node = trial.serve();
    trial.reaches("the hold, still", |facts| facts.imports_in(PROGRAMME, "on-hold") == [held.clone()]);
    trial.at(&node).answer(&held, "approve").expect("it is taken");
    trial.reaches_state("completed");
    assert_eq!(trial.facts().members_in("leaver"), 302);
    trial.is_kept(node, 0);
}
