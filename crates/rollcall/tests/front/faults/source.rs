//! An HR system that is slow, hangs, lies, or talks on and on: an import fails and nothing has changed, or it is right.

use sandbox::{Endpoint, Fault, FaultKind, Shift};

use super::{Trial, stops};
use crate::world::World;

fn faults() -> Vec<(&'static str, Fault)> {
    let everything = |kind| Fault::new(kind);
    vec![
        ("slow", everything(FaultKind::Slow { ms: 300 })),
        ("in pieces", everything(FaultKind::Trickle { ms: 1, bytes: 4_096 })),
        ("hanging", everything(FaultKind::Hang { within: false }).page(2)),
        ("hanging within", everything(FaultKind::Hang { within: true }).page(2)),
        ("cut", everything(FaultKind::Cut).page(2)),
        ("refusing to answer", everything(FaultKind::Status { status: 503, retry_after: None })),
        ("errors within", everything(FaultKind::ErrorWithin)),
        ("unreadable", everything(FaultKind::Unreadable)),
        ("a web page", everything(FaultKind::Html)),
        ("huge", everything(FaultKind::Huge { bytes: 500_000_000 })),
        ("empty", everything(FaultKind::Empty)),
        ("half of it", everything(FaultKind::Half { truthful: false })),
        ("half of it, and says so", everything(FaultKind::Half { truthful: true })),
        ("the first page for ever", everything(FaultKind::SamePage)),
        ("endless", everything(FaultKind::Endless)),
        ("moving", everything(FaultKind::Shift { after: 1, how: Shift::Rotate, same_total: true }).reads(1)),
        ("a total that moves", everything(FaultKind::TotalMoves { by: -1 })),
        ("no total", everything(FaultKind::NoMetadata)),
        ("elsewhere", everything(FaultKind::Redirect { to: "http://127.0.0.1:9/".into(), status: 302 })),
        ("another number for everybody", everything(FaultKind::Renumbered { by: 100_000 })),
        ("no attributes", everything(FaultKind::Unreadable).on(Endpoint::Attributes)),
    ]
}

/// R1, R2, R6, R42, R43
#[test]
fn r01_whatever_the_source_does_nobody_is_lost() {
    let mut trial = Trial::new(World::on_sqlite());
    trial.place = trial.place.clone().with("ROLLCALL_PAGE_PATIENCE", 1);
    trial.world.hire_crowd(1..=250);
    let node = trial.begin();
    trial.start_import(&node);
    trial.reaches_state("completed");
    stops(node);
    let members = trial.world.members();
    for (name, fault) in faults() {
        trial.world.add_fault(fault);
        let ran = trial.place.run(&["import", "acme", "--json"]).expect("the program runs");
        assert!([0, 4, 5].contains(&ran.code), "{name}: {ran:?}");
        assert_eq!(trial.ledger.look(&trial.facts()), [], "{name}: {ran:?}");
        assert!(trial.world.members() == members, "somebody is another: {name}: {ran:?}");
        assert_eq!(trial.facts().leases(), 0, "{name}");
        trial.world.no_faults();
        trial.import().quiet();
    }
    trial.world.dismiss([9]);
    trial.import().completed();
    let node = trial.serve();
    trial.is_kept(node, 0);
}
