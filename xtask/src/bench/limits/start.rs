//! From pressing *Start* to a bar that moves, as a browser sees it.

use std::{ops::ControlFlow, process::Stdio, thread, time::Duration};

use anyhow::{Context, ensure};
use serde_json::Value;
use testkit::{Line, Site};

use super::{
    super::{Database, programs::Bench},
    ALLOWED, SETTLES, Wanted,
};
use crate::{
    commands::clock,
    pages::{
        programs::{Installation, PROGRAMME, Started},
        routes,
    },
};

/// So many pages that reading goes on for a while, and so few that several imports are within a minute's limit.
const EMPLOYEES: &str = "2500";

/// What one import asks for, generously.
const REQUESTS: u32 = 40;

/// Between two imports, so that none waits since the one before has used up the limit of a second.
const PAUSE: Duration = Duration::from_secs(2);

/// Presses *Start* again and again; tells after how many milliseconds each time a bar had moved.
pub(super) fn run(wanted: &Wanted, bench: &Bench, database: Database) -> anyhow::Result<Vec<f64>> {
    let installation = Installation::new(&bench.rollcall, database.url());
    let arguments = ["sandbox", "--listen", "127.0.0.1:0", "--employees", EMPLOYEES];
    let mut sandbox = Started::new(&mut installation.command(&arguments))?;
    let base_url = sandbox.word_after("base_url")?;
    let mut server = installation.command(&["serve", "--listen", "127.0.0.1:0"]);
    let mut server = Started::new(server.stderr(Stdio::null()))?;
    let site = server.first_administrator(routes::FIRST_RUN, routes::FIRST_ADMINISTRATOR)?;
    installation.set_up_within_limits(&base_url)?;
    thread::sleep(SETTLES);
    let mut moved = Vec::new();
    for number in 1..=wanted.starts {
        let is_used_up = number % (ALLOWED / REQUESTS) == 0;
        thread::sleep(if is_used_up { SETTLES } else { PAUSE });
        moved.push(once(&site)?);
        println!("    start {number}: {:.0} ms", moved.last().copied().unwrap_or_default());
    }
    Ok(moved)
}

/// One import, from its start to its end.
fn once(site: &Site) -> anyhow::Result<f64> {
    let mut line = Line::new(site);
    // A browser has a connection by then.
    line.get(site, &format!("/manage/{PROGRAMME}/integrations/personio/imports/new"))?;
    let begin = clock();
    let answer = line.post(site, &format!("/manage/{PROGRAMME}/integrations/personio/imports"), &[])?;
    ensure!(answer.status == 303, "*Start* was answered by {}", answer.status);
    let page = answer.header("location").to_owned();
    ensure!(line.get(site, &page)?.status == 200, "{page} was not shown");
    let events = format!("{}/events", page.split('?').next().unwrap_or(&page));
    let (mut told, mut moved) = (String::new(), None);
    let answer = Line::new(site).follow(site, &events, |piece| {
        told.push_str(&String::from_utf8_lossy(piece));
        if moved.is_none() && told.split("\n\n").any(has_moved) {
            moved = Some(begin.elapsed().as_secs_f64() * 1_000.0);
        }
        ControlFlow::Continue(())
    })?;
    ensure!(answer.status == 200, "{events} answered {}", answer.status);
    moved.with_context(|| format!("no bar has moved: {told}"))
}

/// Whether an event tells that something is done.
fn has_moved(event: &str) -> bool {
    let data = event.lines().find_map(|line| line.strip_prefix("data:"));
    let told: Option<Value> = data.and_then(|data| serde_json::from_str(data.trim()).ok());
    told.is_some_and(|told| told["done"].as_u64() > Some(0))
}
