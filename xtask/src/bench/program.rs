//! The program itself: its size, how soon it serves, and what it takes while nothing happens.

use std::{fs, thread, time::Duration};

use anyhow::ensure;
use testkit::Site;

use super::{
    Common,
    figures::Spread,
    programs::Bench,
    reach::{Reach, table},
    usage,
};
use crate::{
    commands::clock,
    pages::programs::{Installation, Started},
};

/// How long a server is left alone before its memory is looked at.
const SETTLES: Duration = Duration::from_secs(3);

/// Measures what is promised of the program, on SQLite.
pub(super) fn run(common: &Common, bench: &Bench) -> anyhow::Result<(String, String)> {
    #[expect(clippy::cast_precision_loss, reason = "a program has less than 2^52 bytes")]
    let size = fs::metadata(&bench.rollcall)?.len() as f64 / 1e6;
    let (mut ready, mut idle) = (Vec::new(), Vec::new());
    for _ in 0..common.runs {
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
        idle.push(usage::resident(server.process())?);
    }
    let reaches = [
        Reach::at_most("size of the program", 40.0, Spread::of([size]), " MB"),
        Reach::at_most("from its start to being ready", 200.0, Spread::of(ready), " ms"),
        Reach::at_most("memory while nothing happens", 30.0, Spread::of(idle), " MB"),
    ];
    Ok((format!("--runs {}", common.runs), table(&reaches)))
}
