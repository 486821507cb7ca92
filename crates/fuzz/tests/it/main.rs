//! A short run of every target: its seeds as they are, and a number of mutations of them that is always the same.

mod mutate;

use std::{collections::BTreeSet, fs, path::PathBuf, thread};

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rollcall_fuzz::{TARGETS, Target};

/// How many mutations are tried of each target. Bounded by number, so that a slow machine tries the same.
const MUTATIONS: usize = 1_500;

fn seeds() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

/// The seeds of a target, by name.
fn of(target: &Target) -> Vec<Vec<u8>> {
    let folder = seeds().join(target.name);
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("a seed")).collect()
}

/// Runs a target, and says with which bytes it came to grief.
fn run(target: &'static Target, data: &[u8]) {
    let bytes = data.to_vec();
    let outcome = std::panic::catch_unwind(|| (target.run)(&bytes));
    assert!(outcome.is_ok(), "{}: {:?}", target.name, String::from_utf8_lossy(data));
}

#[test]
fn every_target_has_seeds_and_every_folder_of_seeds_a_target() {
    let folders: BTreeSet<String> =
        fs::read_dir(seeds()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let targets: BTreeSet<String> = TARGETS.iter().map(|target| target.name.to_owned()).collect();
    assert_eq!(folders, targets);
    for target in TARGETS {
        assert!(!of(target).is_empty() && !target.about.is_empty(), "{}", target.name);
        assert!(rollcall_fuzz::named(target.name).is_some());
    }
}

#[test]
fn what_others_write_breaks_no_parser() {
    let each = |target: &'static Target| {
        let seeds = of(target);
        run(target, b"");
        for seed in &seeds {
            run(target, seed);
        }
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        for _ in 0..MUTATIONS {
            run(target, &mutate::mutation(&seeds, &mut rng));
        }
    };
    thread::scope(|scope| {
        for target in TARGETS {
            // Each with a stack like those that requests are answered on: depth is part of what is tried.
            scope.spawn(move || each(target));
        }
    });
}
