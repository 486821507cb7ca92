//! The portal and the API of a large programme: every page and list under a steady load, searching as somebody types, and
//! the file of all members.

mod apis;
mod file;
mod load;
mod row;
mod target;
mod typing;

use std::{process::Stdio, time::Duration};

use anyhow::{anyhow, ensure};
use clap::Args;
use testkit::Site;

use self::{file::Export, load::Load, target::Target, typing::Typing};
use super::{
    Common, Database,
    figures::Spread,
    programs::Bench,
    reach::{Reach, table},
    report::thousands,
    usage,
};
use crate::{
    commands::step,
    pages::{
        programs::{Installation, PROGRAMME, Started},
        routes,
    },
};

#[derive(Args)]
#[command(next_help_heading = "The portal and the API")]
#[group(skip)]
pub(super) struct Wanted {
    /// How many people the company of the large programme employs
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000_000, value_parser = clap::value_parser!(u32).range(1_000..))]
    members: u32,
    /// For how many seconds pages are asked for
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u32).range(1..))]
    seconds: u32,
    /// How many pages are asked for in a second, in all
    #[arg(long, value_name = "NUMBER", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..))]
    rate: u32,
    /// How many connections share these requests; an address may have 60 under way
    #[arg(long, value_name = "NUMBER", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=60))]
    connections: u32,
    /// How many members are looked for as somebody types, each by first name, last name, e-mail and employee ID
    #[arg(long, value_name = "NUMBER", default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..))]
    typed: u32,
}

/// How long a page may take, p99, in milliseconds.
const PAGE: f64 = 50.0;
/// And an answer to what was typed, median.
const SEARCH: f64 = 15.0;

/// What was measured with one database.
struct Measured {
    database: Database,
    load: Load,
    /// What the load took of processors, in seconds: the server, and its database server.
    used: (f64, f64),
    typing: Typing,
    export: Export,
    /// The most memory that the server had in use, in megabytes.
    peak: f64,
}

pub(super) fn run(common: &Common, wanted: &Wanted, bench: &Bench) -> anyhow::Result<(String, String)> {
    let mut all = Vec::new();
    for database in &common.database {
        let title = format!("{} employees, {database}", thousands(u64::from(wanted.members)));
        all.push(step(&title, || measure(wanted, bench, *database))?);
    }
    let options = format!(
        "--members {} --seconds {} --rate {} --connections {} --typed {}{}",
        wanted.members,
        wanted.seconds,
        wanted.rate,
        wanted.connections,
        wanted.typed,
        common.databases()
    );
    Ok((options, told(wanted, &all)))
}

fn measure(wanted: &Wanted, bench: &Bench, database: Database) -> anyhow::Result<Measured> {
    let url = database.url();
    let installation = Installation::new(&bench.rollcall, url.clone());
    let employees = wanted.members.to_string();
    let arguments = ["sandbox", "--listen", "127.0.0.1:0", "--no-limits", "--employees", &employees];
    let mut sandbox = Started::new(&mut installation.command(&arguments))?;
    let base_url = sandbox.word_after("base_url")?;
    // The pages alone: a million welcome mails wait in the outbox, and delivering them is not what is measured.
    let mut server = installation.command(&["serve", "--web", "--listen", "127.0.0.1:0"]);
    let mut server = Started::new(server.stderr(Stdio::null()))?;
    let site = server.first_administrator(routes::FIRST_RUN, routes::FIRST_ADMINISTRATOR)?;
    installation.set_up(&base_url, true)?;
    step("first import", || installation.run(&["import", PROGRAMME]))?;
    step("an import of changes", || {
        changes(&base_url, wanted.members)?;
        installation.run(&["import", PROGRAMME])
    })?;
    if let Some(url) = &url {
        // As the server does by itself within minutes; begun meanwhile, it would be measured too.
        testkit::ask_postgres(url, "VACUUM ANALYZE").map_err(|problem| anyhow!(problem))?;
    }
    // A token may ask ten times a second, and some requests are of programs.
    let tokens = apis::tokens(&site, wanted.rate / 8 + 1)?;
    let program = tokens.first().unwrap_or(&site);
    let targets = step("every page and list", || {
        let imports = apis::Imports::of(program)?;
        let mut targets = target::pages(&site, &imports)?;
        targets.extend(apis::lists(program, &imports)?);
        Ok(targets)
    })?;
    let people = apis::people(program, wanted.typed)?;
    let visitors = Visitors { site: &site, tokens: &tokens };
    let title = format!("{} pages and lists, {} requests a second", targets.len(), wanted.rate);
    let used = || used(server.process(), url.as_deref());
    let before = used()?;
    let load = step(&title, || load::run(wanted, visitors, &targets))?;
    let after = used()?;
    println!("\n{}\n", row::table(&load.rows));
    let typing = step("searches", || typing::run(&site, &people))?;
    let export = step("files of all members", || file::run(&site))?;
    let (peak, used) = (usage::peak(server.process())?, (after.0 - before.0, after.1 - before.1));
    Ok(Measured { database, load, used, typing, export, peak })
}

/// The time on processors so far of the server and of its database server, in seconds.
fn used(server: u32, database: Option<&str>) -> anyhow::Result<(f64, f64)> {
    let of_database = match database {
        Some(url) => usage::processors_of_family(usage::first_process(url)?)?,
        None => 0.0,
    };
    Ok((usage::processors(server)?, of_database))
}

/// Lets one person in a hundred have another department, and one in two hundred an address that is none: so there are long
/// lists of changes and of problems.
fn changes(base_url: &str, people: u32) -> anyhow::Result<()> {
    let source = Site::new(base_url.trim_end_matches("/v1"));
    for (set, status, first) in
        [(r#""department": "Department 1""#, "active", people / 100), (r#""email": "nobody""#, "leave", people / 200)]
    {
        let change =
            format!(r#"{{"do": "change", "change": {{"set": {{{set}}}}}, "status": "{status}", "first": {first}}}"#);
        let answer = source.post_json("/_sandbox/companies/papi-sandbox/mutate", &change)?;
        ensure!(answer.status == 200, "nobody could be changed in the sandbox: {}", answer.text());
    }
    Ok(())
}

/// Who asks: somebody at the portal, and programs.
#[derive(Clone, Copy)]
struct Visitors<'a> {
    site: &'a Site,
    tokens: &'a [Site],
}

impl<'a> Visitors<'a> {
    /// Whoever asks for a target at this request; programs take turns.
    fn of(self, target: &Target, request: usize) -> &'a Site {
        if target.is_api { self.tokens.get(request % self.tokens.len().max(1)).unwrap_or(self.site) } else { self.site }
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// How many pages the report names.
const NAMED: usize = 10;

fn told(wanted: &Wanted, all: &[Measured]) -> String {
    let mut reaches = Vec::new();
    for Measured { database, load, typing, .. } in all {
        let slowest = load.rows.first().map_or(f64::NAN, |row| row.times.rank(99));
        reaches.push(Reach::at_most(format!("slowest page, p99, {database}"), PAGE, Spread::of([slowest]), " ms"));
        let what = format!("search as somebody types, median, {database}");
        reaches.push(Reach::at_most(what, SEARCH, Spread::of([typing.median()]), " ms"));
    }
    let mut text = format!(
        "{} people at work, {} connections, {} requests a second for {} s.\n\n{}\n",
        thousands(u64::from(wanted.members)),
        wanted.connections,
        wanted.rate,
        wanted.seconds,
        table(&reaches)
    );
    for measured in all {
        text.push_str(&told_of_one(measured));
    }
    text
}

fn told_of_one(measured: &Measured) -> String {
    let Measured { database, load, used, typing, export, peak } = measured;
    let slow = load.rows.iter().filter(|row| row.times.rank(99) > PAGE).count();
    let each = |seconds: f64| seconds * 1_000.0 / load.requests();
    format!(
        "\n### {database}\n\n{} pages and lists, {slow} of them with a p99 of more than {PAGE} ms; {:.0} requests, {:.0} \
         answered a second. Of processors, `serve` took {:.2} ms for each, the database server {:.2} ms; `serve` had {peak:.0} \
         MB of memory in use at most. The slowest {NAMED}:\n\n{}\n\nSearch, letter by letter, in milliseconds:\n\n{}\n\n\
         {}\n",
        load.rows.len(),
        load.requests(),
        load.rate,
        each(used.0),
        each(used.1),
        row::table(load.rows.get(..NAMED).unwrap_or(&load.rows)),
        typing.table(),
        export.told()
    )
}
