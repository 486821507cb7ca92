//! A short run of what `cargo xtask soak` does for as long as one likes.

use std::{env, time::Duration};

use soak::story::{self, Wanted};

/// Two servers on one PostgreSQL, and whatever may happen to them. `ROLLCALL_SOAK_SECONDS`, `_SEED` and `_DATABASE` change it.
#[test]
fn promises_are_kept_through_days_of_random_faults() {
    let number = |name: &str, usual: u64| env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let on_file = env::var("ROLLCALL_SOAK_DATABASE").is_ok_and(|name| name == "sqlite");
    let wanted = Wanted {
        program: env!("CARGO_BIN_EXE_rollcall").into(),
        lasting: Duration::from_secs(number("ROLLCALL_SOAK_SECONDS", 25)),
        nodes: if on_file { 1 } else { 2 },
        seed: number("ROLLCALL_SOAK_SEED", 7),
        postgres: !on_file,
        programmes: 2,
        people: 30,
        speed: 1_440,
        loud: env::var_os("ROLLCALL_SOAK_LOUD").is_some(),
    };
    let report = story::run(&wanted).expect("it can be run");
    eprintln!("{report}");
    assert!(report.violations.is_empty(), "{report}");
}
