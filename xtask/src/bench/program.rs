//! The program itself: its size, how soon it serves, and what it takes while nothing happens.

use std::{fs, thread, time::Duration};

use anyhow::{Context, ensure};
use testkit::Site;

use super::{figures::Spread, peers::Bench, reach::Reach};
use crate::{
    commands::clock,
    pages::programs::{Installation, Started},
};

/// How long a server is left alone before its memory is looked at.
const SETTLES: Duration = Duration::from_secs(3);

/// What is promised of the program, on SQLite.
pub(super) fn reaches(bench: &Bench, runs: u32) -> anyhow::Result<Vec<Reach>> {
    #[expect(clippy::cast_precision_loss, reason = "a program has less than 2^52 bytes")]
    let size = fs::metadata(&bench.rollcall)?.len() as f64 / 1e6;
    let (mut ready, mut idle) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let installation = Installation::new(&bench.rollcall, None);
        // Its tables are made once, and servers start many times.
        installation.run(&["programme", "list"])?;
        let begin = clock();
        let mut server = Started::new(&mut installation.command(&["serve", "--listen", "127.0.0.1:0"]))?;
        let address = server.word_after("Rollcall serves")?;
        let answer = Site::new(&address).get("/readyz")?;
        ready.push(begin.elapsed().as_secs_f64() * 1e3);
        ensure!(answer.status == 200, "/readyz answered {}", answer.status);
        thread::sleep(SETTLES);
        idle.push(resident(server.process())?);
    }
    let reach = |what: &str, limit, got, unit| Reach { what: what.to_owned(), limit, got, unit };
    Ok(vec![
        reach("size of the program", 40.0, Spread::of([size]), " MB"),
        reach("from its start to being ready", 200.0, Spread::of(ready), " ms"),
        reach("memory while nothing happens", 30.0, Spread::of(idle), " MB"),
    ])
}

/// The memory that a process has in use, in megabytes.
fn resident(process: u32) -> anyhow::Result<f64> {
    let text = fs::read_to_string(format!("/proc/{process}/status"))?;
    let kilobytes = text.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next());
    let kilobytes: f64 = kilobytes.context("/proc does not tell what memory a process has in use")?.parse()?;
    Ok(kilobytes * 1_024.0 / 1e6)
}
