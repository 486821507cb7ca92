//! Days of random faults, and promises looked at meanwhile and at the end.
//!
//! Servers run on a clock that is sped up, before a made-up company, a real mail server and, unless it is a file, a real
//! PostgreSQL, which stands behind a proxy that cuts. What happens and in which order follows from the seed; when exactly
//! it meets the program does not, so a seed makes a failure likely to come again rather than certain.

mod end;
mod faults;
mod people;
mod report;
mod scene;

use std::{path::PathBuf, time::Duration};

use rand::{RngExt, SeedableRng, rngs::StdRng};

pub use report::{Report, Violation};
use scene::Scene;

use crate::clock;

/// What is to be run.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The program.
    pub program: PathBuf,
    /// For how long.
    pub lasting: Duration,
    /// How many servers share the database.
    pub nodes: usize,
    /// What chance follows from.
    pub seed: u64,
    /// Whether the database is PostgreSQL; else it is a file.
    pub postgres: bool,
    /// How many programmes there are.
    pub programmes: usize,
    /// How many people each company employs at first.
    pub people: usize,
    /// How many seconds pass in one of the machine's.
    pub speed: u32,
    /// Whether to say what happens as it does.
    pub loud: bool,
}

/// How often promises are looked at.
const LOOK: Duration = Duration::from_secs(4);

/// Runs it. An error means that it could not be run, not that a promise was broken.
pub fn run(wanted: &Wanted) -> anyhow::Result<Report> {
    let mut dice = StdRng::seed_from_u64(wanted.seed);
    let mut scene = Scene::set(wanted, &mut dice)?;
    let begin = clock();
    let mut looked = clock();
    while begin.elapsed() < wanted.lasting {
        std::thread::sleep(Duration::from_millis(dice.random_range(150..900)));
        scene.heal(&mut dice);
        happen(&mut scene, &mut dice);
        if looked.elapsed() > LOOK {
            scene.look();
            looked = clock();
        }
    }
    scene.end()?;
    Ok(scene.into_report(begin.elapsed()))
}

/// One thing happens, by chance.
fn happen(scene: &mut Scene, dice: &mut StdRng) {
    match dice.random_range(0..100) {
        0..44 => scene.life(dice),
        44..47 => scene.many_leave(dice),
        47..54 => scene.source_fault(dice),
        54..58 => scene.kill_a_node(dice),
        58..61 => scene.stop_a_node(dice),
        61..64 => scene.cut(dice),
        64..68 => scene.cut_in_a_commit(dice),
        68..70 => scene.database_away(dice),
        70..72 => scene.database_stalls(dice),
        72..75 => scene.mail_away(dice),
        75..77 => scene.mail_cut(),
        77..85 => scene.answer_holds(dice),
        85..87 => scene.undo(dice),
        87..89 => scene.pause_and_resume(dice),
        89..91 => scene.resend(dice),
        91..97 => scene.use_a_link(),
        _ => scene.import_by_command(dice),
    }
}
