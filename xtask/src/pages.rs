//! `cargo xtask pages`: how long the portal takes to answer, page by page, in a large programme, on both databases.

pub(crate) mod programs;
pub(crate) mod routes;
pub(crate) mod site;

use std::{path::Path, time::Duration};

use anyhow::{Context, bail};
use clap::Args;

use testkit::Site;

use self::programs::{Installation, PROGRAMME, Started};
use crate::commands::{cargo, clock, command_step, step};

#[derive(Args)]
pub(crate) struct Wanted {
    /// How many people the made-up company employs
    #[arg(long, default_value_t = 100_000)]
    employees: u32,
    /// How often each page is asked for
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..))]
    requests: u32,
}

/// The median that no page may exceed.
const LIMIT: Duration = Duration::from_millis(50);
/// Requests before those that count: caches are warm in a portal that is in use.
const WARM_UP: u32 = 5;

/// What was measured of one page.
struct Row {
    page: String,
    median: Duration,
    p99: Duration,
    bytes: usize,
}

pub(crate) fn run(wanted: &Wanted) -> anyhow::Result<()> {
    command_step("cargo build --release", &mut cargo(["build", "--release", "--locked", "--package", "rollcall"]))?;
    let program = testkit::target().join("release/rollcall");
    let mut slow = 0;
    for (name, url) in [("SQLite", None), ("PostgreSQL", Some(testkit::postgres_url()))] {
        let rows = step(&format!("{name}, {} employees", wanted.employees), || measure(wanted, &program, url))?;
        slow += rows.iter().filter(|row| row.median > LIMIT).count();
        print(name, wanted, &rows);
    }
    if slow > 0 {
        bail!("{slow} pages took more than {} ms (median)", LIMIT.as_millis());
    }
    Ok(())
}

fn measure(wanted: &Wanted, program: &Path, database: Option<String>) -> anyhow::Result<Vec<Row>> {
    let installation = Installation::new(program, database);
    let employees = wanted.employees.to_string();
    let sandbox = ["sandbox", "--listen", "127.0.0.1:0", "--no-limits", "--employees", &employees];
    let mut sandbox = Started::new(&mut installation.command(&sandbox))?;
    let base_url = sandbox.word_after("base_url")?;
    let mut server = Started::new(&mut installation.command(&["serve", "--listen", "127.0.0.1:0"]))?;
    let site = server.first_administrator(routes::FIRST_RUN, routes::FIRST_ADMINISTRATOR)?;
    // No welcome mails: delivering a hundred thousand of them would be measured too.
    installation.set_up(&base_url, false)?;
    installation.run(&["import", PROGRAMME])?;

    let pages = site::pages(&site, routes::BEGINNINGS)?;
    let mut rows = Vec::new();
    for (page, address) in pages {
        rows.push(row(wanted, &site, page, &address)?);
    }
    for typed in routes::SEARCHES {
        let address = format!("/manage/{}/members?q={}", PROGRAMME, typed.replace(' ', "+"));
        rows.push(row(wanted, &site, address.clone(), &address)?);
    }
    Ok(rows)
}

fn row(wanted: &Wanted, site: &Site, page: String, address: &str) -> anyhow::Result<Row> {
    let mut bytes = 0;
    let mut taken = Vec::new();
    for number in 0..WARM_UP + wanted.requests {
        let begin = clock();
        let answer = site.get(address).with_context(|| format!("{page} was not answered"))?;
        if number >= WARM_UP {
            taken.push(begin.elapsed());
        }
        if answer.status != 200 {
            bail!("{address} answered {}", answer.status);
        }
        bytes = answer.body.len();
    }
    taken.sort();
    // The nearest rank.
    let rank = |percent: usize| taken[(taken.len() * percent).div_ceil(100).max(1) - 1];
    Ok(Row { page, median: rank(50), p99: rank(99), bytes })
}

fn print(database: &str, wanted: &Wanted, rows: &[Row]) {
    println!("\n### {database}, {} employees, {} requests a page\n", wanted.employees, wanted.requests);
    println!("| page | median, ms | p99, ms | bytes |\n|---|---:|---:|---:|");
    for Row { page, median, p99, bytes } in rows {
        let ms = |time: &Duration| format!("{:.1}", time.as_secs_f64() * 1000.0);
        println!("| `{page}` | {} | {} | {bytes} |", ms(median), ms(p99));
    }
    println!();
}
