//! `--dry-run`: the same plan, by name, and nothing done.

use crate::world::{World, both, person};

both! {
    a_dry_run_changes_nothing_and_names_everybody,
    a_dry_run_says_what_the_import_then_does,
}

fn a_dry_run_changes_nothing_and_names_everybody(world: &World) {
    world.hire(&person(1, "Ada", "Lovelace"));
    world.hire(&person(2, "Grace", "Hopper").and("email", "nonsense"));
    world.apply(&world.set_up());
    let empty = world.snapshot();
    let shown = world.run(&["import", "acme", "--dry-run"]).exits(3);
    for words in ["A preview: nothing has been changed", "Ada Lovelace (1)", "Grace Hopper (2)"] {
        assert!(shown.out.contains(words), "no {words:?} in {}", shown.out);
    }
    assert_eq!(world.snapshot(), empty);

    world.hire_crowd(10..=20);
    world.import().completed();
    let before = world.snapshot();
    world.change(1, "last_name", "King");
    world.dismiss(10..=12);
    world.hire(&person(3, "Alan", "Turing"));
    for _ in 0..2 {
        let report = world.dry_run();
        assert_eq!((report.update, report.leave, report.join), (1, 3, 1));
        assert_eq!(world.snapshot(), before);
    }
    let shown = world.run(&["import", "acme", "--dry-run"]).exits(3).out;
    for words in ["Ada King (1)", "“Lovelace” → “King”", "Crowd ba Member ba (10): no longer active", "Alan Turing (3)"]
    {
        assert!(shown.contains(words), "no {words:?} in {shown}");
    }
}

/// R30, R45: what is shown is what comes.
fn a_dry_run_says_what_the_import_then_does(world: &World) {
    world.hire_crowd(1..=20);
    world.apply(&world.set_up());
    let preview = world.dry_run();
    let import = world.import();
    assert_eq!(preview.numbers(), import.numbers());
    world.dismiss(1..=2);
    world.change(3, "email", "other@acme.example");
    world.hire_crowd(30..=33);
    let (preview, import) = (world.dry_run(), world.import());
    assert_eq!(preview.numbers(), import.numbers());
    assert_eq!(world.changes(&preview), world.changes(&import));
    assert_eq!(world.codes(&preview), world.codes(&import));
}
