//! Killed at any moment, again and again: the import goes on, nothing is lost, nothing is made
//! twice (R54); and one import at a time, as long as the other lives (R39).

use std::{
    collections::BTreeSet,
    env,
    io::{BufRead, BufReader},
    process::Stdio,
};

use rand::{RngExt, SeedableRng, rngs::StdRng};
use sandbox::{Company, Fault, FaultKind, Mutation};

use crate::world::{Killed, PROGRAMME, SetUp, TODAY, World, side_by_side};

side_by_side! {
    r54_an_import_killed_again_and_again_completes_under_its_number,
    r54_changes_killed_half_way_are_made_once,
    r54_the_server_goes_on_with_what_was_interrupted,
    r54_an_approval_killed_half_way_keeps_its_scope,
    r39_a_second_import_points_at_the_one_that_runs,
}

const PEOPLE: usize = 8_000;

/// Runs an import and kills it at its `nth` line about this part of the work; tells whether it
/// was still running.
pub(crate) fn kill_at(world: &World, part: &str, nth: usize) -> bool {
    let mut command = world.command(&["import", PROGRAMME]);
    let mut killed = Killed::spawn(command.stdout(Stdio::null()).stderr(Stdio::piped()));
    let lines = BufReader::new(killed.0.stderr.take().expect("piped")).lines();
    let about = lines.map_while(Result::ok).filter(|line| line.starts_with(part));
    about.take(nth).count() == nth
}

/// The number of the one import there is, and where it stands.
fn the_import(world: &World) -> (String, String) {
    let history = world.history();
    assert_eq!(history.len(), 1, "there is one import that goes on: {history:?}");
    history[0].clone()
}

/// R32, R54
fn r54_an_import_killed_again_and_again_completes_under_its_number(world: &World) {
    world.put_company(Company::generate(11, PEOPLE, TODAY));
    world.apply(&world.set_up());
    let kills = env::var("ROLLCALL_CRASH_KILLS").ok().and_then(|number| number.parse().ok()).unwrap_or(5);
    let mut dice = StdRng::seed_from_u64(kills);
    let mut number = None;
    for kill in 0..kills {
        let (part, lines) = if kill * 5 < kills * 2 { ("reading:", 1..=9) } else { ("applying:", 1..=3) };
        if !kill_at(world, part, dice.random_range(lines)) {
            break;
        }
        let (id, state) = the_import(world);
        // That it is being read is noted once that has taken a moment.
        assert!(["queued", "reading", "planning", "applying"].contains(&state.as_str()), "{state} after kill {kill}");
        assert_eq!(number.get_or_insert(id.clone()), &id, "after kill {kill}");
    }
    if the_import(world).1 != "completed" {
        world.run(&["import", PROGRAMME]).exits(0);
    }
    let (id, state) = the_import(world);
    assert_eq!((number.as_ref(), state.as_str()), (Some(&id), "completed"));

    let shown = world.show(&id);
    let expected = world.company(|company| company.counts());
    let counts = ["read", "join"].map(|key| shown[key].as_u64().expect("a number"));
    let eligible = expected.active + expected.leave;
    assert_eq!(counts, [expected.total as u64, eligible as u64]);
    let joins = shown["changes"].as_array().expect("a list").iter().filter(|change| change["kind"] == "join").count();
    assert_eq!(joins, eligible);

    let members = world.members();
    assert_eq!(members.len(), eligible);
    let addresses: BTreeSet<String> = members.values().map(|member| member["email"].to_lowercase()).collect();
    assert_eq!(addresses.len(), eligible, "no two members share an address");
    let welcomes = world.mails("welcome");
    let joiners: BTreeSet<&str> = welcomes.iter().filter_map(|mail| mail.employee_id.as_deref()).collect();
    assert_eq!((welcomes.len(), joiners.len()), (eligible, eligible), "one welcome a joiner");
    assert_eq!(world.mails("import-summary").len(), 1);
    assert_eq!(world.import().quiet().unchanged, eligible as u64);
}

/// Updates, leavers and joiners in many batches: each is made once, also the rings of addresses.
fn r54_changes_killed_half_way_are_made_once(world: &World) {
    world.put_company(Company::generate(12, 3_000, TODAY));
    let guards = ["leavers", "week_leavers", "identity", "joiners"];
    let lax = |set_up: SetUp, guard: &str| set_up.guard(&format!("{guard}_percent"), 100);
    world.apply(&guards.into_iter().fold(world.set_up(), lax));
    world.import().completed();
    let before = world.members().len();
    let ids = world.company(|company| company.ids_with_status("active"));
    world.mutate(&Mutation::PassEmails { ids: ids[100..1_400].to_vec() });
    ids[1_400..2_000].iter().for_each(|id| world.change(*id, "department", "Elsewhere"));
    world.dismiss(ids[..100].iter().copied());
    world.mutate(&Mutation::Hire { count: 600 });
    assert!(kill_at(world, "applying:", 2));
    let interrupted = world.history()[0].clone();
    assert_eq!(interrupted.1, "applying");
    world.run(&["import", PROGRAMME, "--dry-run"]).refuses(&[&interrupted.0, "interrupted"]);

    let report = world.import().completed();
    assert_eq!(report.import, interrupted.0);
    assert_eq!((report.leave, report.join, report.update, report.reject), (100, 600, 1_900, 0), "{report:#?}");
    assert_eq!(world.members().len(), before + 600);
    assert_eq!(world.mails("welcome").len(), before + 600);
    let addresses: BTreeSet<String> =
        world.members().into_values().map(|mut row| row.remove("email").expect("shown")).collect();
    assert_eq!(addresses.len(), before + 600);
    assert_eq!(world.import().quiet().warnings, 0);
}

/// The other's heartbeat moves: exit 6, and its number, for whatever would make a plan of its own.
fn r39_a_second_import_points_at_the_one_that_runs(world: &World) {
    world.hire_crowd(1..=150);
    world.apply(&world.set_up());
    world.add_fault(Fault::new(FaultKind::Hang { within: false }).page(2));
    let mut command = world.command(&["--page-patience", "600", "import", PROGRAMME]);
    let mut first = Killed::spawn(command.stdout(Stdio::null()).stderr(Stdio::piped()));
    let mut lines = BufReader::new(first.0.stderr.take().expect("piped")).lines();
    lines.find(|line| line.as_ref().is_ok_and(|line| line.starts_with("reading:"))).expect("it reads").expect("text");
    let running = world.history()[0].0.clone();
    for more in [&["--json"][..], &["--dry-run"], &[]] {
        let second = world.run(&[&["import", PROGRAMME], more].concat()).exits(6);
        assert!(second.err.contains(&running), "{second:#?}");
        assert!(second.out.is_empty(), "{second:#?}");
    }
    assert_eq!(world.history().len(), 1);
    world.run(&["members", PROGRAMME]).exits(0);
    drop(first);
    world.no_faults();
    assert_eq!(world.import().completed().import, running);
}

/// Also R50: it then delivers, each mail once.
fn r54_the_server_goes_on_with_what_was_interrupted(world: &World) {
    world.hire_crowd(1..=1_500);
    world.apply(&world.set_up());
    assert!(kill_at(world, "applying:", 2));
    let (id, state) = the_import(world);
    assert_eq!(state, "applying");
    world.serve_until(|world| world.outbox().iter().filter(|mail| mail.state == "sent").count() == 1_501);
    assert_eq!(the_import(world), (id, "completed".to_owned()));
    assert_eq!((world.members().len(), world.delivered().len()), (1_500, 1_501));
    assert_eq!(world.import().quiet().unchanged, 1_500);
}

/// R46, R54: the leavers that were left out are not in what is gone on with either.
fn r54_an_approval_killed_half_way_keeps_its_scope(world: &World) {
    world.hire_crowd(1..=1_500);
    world.apply(&world.set_up());
    world.import().completed();
    (1..=1_200).for_each(|id| world.change(id, "department", "Elsewhere"));
    world.dismiss(1_201..=1_500);
    let held = world.import().held(&["R40"]);
    let mut command = world.command(&["imports", "approve", &held.import, "--without-leavers"]);
    let mut killed = Killed::spawn(command.stdout(Stdio::null()).stderr(Stdio::piped()));
    let lines = BufReader::new(killed.0.stderr.take().expect("piped")).lines();
    assert_eq!(lines.map_while(Result::ok).filter(|line| line.starts_with("applying:")).take(2).count(), 2);
    drop(killed);
    assert_eq!(world.history()[0], (held.import.clone(), "applying".to_owned()));
    let report = world.import().completed();
    assert_eq!((&report.import, report.update, report.leave, report.unchanged), (&held.import, 1_200, 0, 300));
    assert!(world.states().iter().all(|(_, state)| state == "invited"));
    assert_eq!(world.member("1200", "department"), "Elsewhere");
}
