//! Several nodes: what one leaves undone another takes over, nothing is done twice, and whoever is told to stop does.

use std::{
    io::{BufRead, BufReader},
    net::TcpStream,
    process::{Child, Command, ExitStatus, Stdio},
    thread::sleep,
    time::Duration,
};

use sandbox::{Fault, FaultKind};
use tokio::time::Instant;

use crate::world::{Killed, World, side_by_side};

side_by_side! {
    r54_what_a_killed_node_was_reading_another_takes_over_within_30_seconds,
    r54_what_a_killed_node_was_applying_another_takes_over_within_30_seconds,
    a_node_that_is_told_to_stop_ends_in_time_and_another_goes_on,
    a_node_does_what_its_flags_say,
}

/// Two days later everything is due that goes by a schedule.
const LATER: (&str, &str) = ("ROLLCALL_CLOCK_SHIFT", "172800");

fn node(world: &World, flags: &[&str]) -> Killed {
    let mut command = world.command(&[&["--page-patience", "600", "serve", "--listen", "127.0.0.1:0"], flags].concat());
    Killed::spawn(command.env(LATER.0, LATER.1).stdout(Stdio::piped()).stderr(Stdio::null()))
}

/// Waits until the one import there is stands there.
#[track_caller]
fn until(world: &World, wanted: &str, most: Duration) -> Duration {
    let begin = Instant::now();
    loop {
        let history = world.history();
        assert!(history.len() < 2, "one import: {history:?}");
        if history.first().is_some_and(|(_, state)| state == wanted) {
            return begin.elapsed();
        }
        assert!(begin.elapsed() < most, "{history:?} and not {wanted} after {most:?}");
        sleep(Duration::from_millis(30));
    }
}

/// Everybody is a member, and was invited once.
#[track_caller]
fn done_once(world: &World, people: usize) {
    assert_eq!(world.members().len(), people);
    assert_eq!(world.mails("welcome").len(), people);
    assert_eq!((world.mails("import-summary").len(), world.mails("import-failed").len()), (1, 0));
}

/// A first node reads or applies; a second one is there when it dies.
#[track_caller]
fn taken_over(world: &World, stage: &str, people: i64, seconds: u64) {
    world.hire_crowd(1..=people);
    world.apply(&world.set_up());
    if stage == "reading" {
        world.add_fault(Fault::new(FaultKind::Hang { within: false }).page(2));
    }
    let first = node(world, &["--work"]);
    until(world, stage, Duration::from_secs(30));
    let _second = node(world, &[]);
    sleep(Duration::from_millis(200));
    drop(first);
    world.no_faults();
    until(world, "completed", Duration::from_secs(seconds));
    done_once(world, usize::try_from(people).expect("few"));
}

fn r54_what_a_killed_node_was_reading_another_takes_over_within_30_seconds(world: &World) {
    taken_over(world, "reading", 300, 30);
}

fn r54_what_a_killed_node_was_applying_another_takes_over_within_30_seconds(world: &World) {
    // What is left of so many takes a while as well, on a busy machine.
    taken_over(world, "applying", 15_000, 75);
}

/// SIGTERM; how it ended, and how long that took.
fn told_to_stop(child: &mut Child) -> (ExitStatus, Duration) {
    let begin = Instant::now();
    let killed = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("kill is there");
    assert!(killed.success());
    loop {
        if let Some(status) = child.try_wait().expect("it can be asked") {
            return (status, begin.elapsed());
        }
        assert!(begin.elapsed() < Duration::from_secs(20), "it does not stop");
        sleep(Duration::from_millis(20));
    }
}

fn a_node_that_is_told_to_stop_ends_in_time_and_another_goes_on(world: &World) {
    world.hire_crowd(1..=300);
    world.apply(&world.set_up());
    world.add_fault(Fault::new(FaultKind::Hang { within: false }).page(2));
    let mut first = node(world, &[]);
    until(world, "reading", Duration::from_secs(30));
    sleep(Duration::from_millis(300));
    let (status, took) = told_to_stop(&mut first.0);
    assert!(status.success() && took < Duration::from_secs(10), "{status} after {took:?}");
    world.no_faults();
    let _second = node(world, &["--work"]);
    // It need not wait until a lease has run out.
    let took = until(world, "completed", Duration::from_secs(30));
    assert!(took < Duration::from_secs(8), "{took:?}");
    done_once(world, 300);
}

fn a_node_does_what_its_flags_say(world: &World) {
    world.hire_crowd(1..=3);
    world.apply(&world.set_up());
    let mut web = node(world, &["--web"]);
    let mut lines = BufReader::new(web.0.stdout.take().expect("piped")).lines().map_while(Result::ok);
    let serves = lines.find(|line| line.contains("Rollcall serves http://")).expect("it says where");
    let address = serves.rsplit('/').next().expect("an address").to_owned();
    assert!(TcpStream::connect(&address).is_ok());
    sleep(Duration::from_secs(3));
    assert!(world.history().is_empty(), "an import is due, and nobody works here");
    let mut work = node(world, &["--work"]);
    let mut lines = BufReader::new(work.0.stdout.take().expect("piped")).lines().map_while(Result::ok);
    let says = lines.next().expect("it says something");
    assert!(!says.contains("http") && says.contains("served elsewhere"), "{says}");
    until(world, "completed", Duration::from_secs(30));
}
