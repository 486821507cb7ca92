//! `rollcall demo`: everything on made-up people, in a directory of its own.

use std::{net::SocketAddr, path::Path, process::ExitCode, sync::Arc};

use anyhow::{Context, Result};
use domain::import::Purpose;
use engine::{
    Actor, Engine, World,
    import::{Report, Request},
    setup::SetUp,
};
use jiff::{SignedDuration, civil::Date, tz::TimeZone};
use sandbox::{Company, Knobs, Options, Sandbox};

use super::{
    sandbox::{CLIENT_ID, CLIENT_SECRET},
    serve,
};
use crate::{
    cli::{Demo, Place},
    config,
    progress::Bar,
    table,
    world::SystemWorld,
};

/// The made-up programme's short name.
const PROGRAMME: &str = "acme";

pub(crate) async fn run(place: &Place, wanted: Demo) -> Result<ExitCode> {
    let mut place = fresh(place)?;
    let world = Arc::new(SystemWorld::default());
    let today = world.now().to_zoned_datetime(TimeZone::UTC).date();
    // Taken before anything else: a demonstration that cannot be looked at is none.
    let listener = if wanted.once { None } else { Some(serve::listen(wanted.listen).await?) };
    if let Some(listener) = &listener {
        place = place.serving(listener.local_addr()?);
    }
    let sandbox = company(&wanted, today).await?;
    let engine = config::engine_in(&place, Arc::clone(&world)).await?;
    let file = set_up_file(sandbox.base_url());
    let written = place.data.join("acme.toml");
    std::fs::write(&written, &file).with_context(|| format!("{} cannot be written", written.display()))?;
    engine.set_up(&SetUp::parse(&file, &place.data, &|_| None)?, None, &Actor::command()).await?;

    println!(
        "A made-up company of {} people, read from a Personio of its own.",
        table::number(wanted.employees.into())
    );
    println!("\nThe first import");
    let first = import(&engine).await?;
    println!("A month passes: people join, move, marry and leave …");
    sandbox.company(CLIENT_ID, Company::month_passes)?;
    world.skip(SignedDuration::from_hours(30 * 24));
    println!("The second import");
    let second = import(&engine).await?;
    engine.deliver().await?;
    println!();
    table::print(&table::impact(&[("First import", &first), ("A month later", &second)]))?;
    where_to_look(&place, &second);
    if let Some(listener) = listener {
        println!("\nRollcall serves http://{} until you press Ctrl+C.", listener.local_addr()?);
        serve::until_stopped(engine, listener).await?;
    }
    sandbox.stop().await;
    Ok(ExitCode::SUCCESS)
}

/// A directory of the demonstration's own, without what an earlier one left there.
fn fresh(place: &Place) -> Result<Place> {
    let data = place.data.join("demo");
    for name in ["rollcall.db", "rollcall.db-wal", "rollcall.db-shm"] {
        remove(&data.join(name))?;
    }
    if let Ok(mails) = std::fs::read_dir(data.join("mail")) {
        for mail in mails {
            remove(&mail?.path())?;
        }
    }
    config::make_directory(&data)?;
    Ok(Place { data, database_url: None, ..place.clone() })
}

fn remove(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be removed", path.display()))
        }
        _ => Ok(()),
    }
}

async fn company(wanted: &Demo, today: Date) -> Result<Sandbox> {
    let sandbox = Sandbox::start(SocketAddr::from(([127, 0, 0, 1], 0)), Options::new(today)).await?;
    let company = Company::generate(wanted.seed, wanted.employees as usize, today);
    sandbox.add_company_with(CLIENT_ID, CLIENT_SECRET, company, Knobs::default().unlimited());
    Ok(sandbox)
}

async fn import(engine: &Engine) -> Result<Report> {
    let programme = engine.programme(PROGRAMME).await?;
    let integration = engine.integration(&programme, None).await?;
    let request = Request { purpose: Purpose::Apply, trigger: "demo", renumbered: false };
    let bar = Bar::new();
    let report = engine.import(&programme, &integration, request, &bar).await;
    bar.finish();
    Ok(report?)
}

fn set_up_file(base_url: &str) -> String {
    format!(
        r#"[programme]
slug = "{PROGRAMME}"
name = "Acme Rewards"
time_zone = "Europe/Berlin"

[integration]
source = "personio"
owner = "hr@acme.example"
base_url = "{base_url}"
client_id = "{CLIENT_ID}"
client_secret = "{CLIENT_SECRET}"
frequency = "daily"
requests_per_minute = 0
welcome_email = true
no_mailbox_domains = ["no-mailbox.acme.example"]

[mapping]
employee_id = "id"
email = "email"
first_name = "first_name"
last_name = "last_name"
preferred_name = "preferred_name"
gender = "gender"
date_of_birth = "dynamic_1830002"
contract_start_date = "hire_date"
job_title = "position"
department = "department"
location = "office"
personal_email = "dynamic_1830001"

[custom_fields]
cost_centre = "dynamic_1830004"
t_shirt = "dynamic_1830003"

[[segment]]
attribute = "employment_type"
include = ["internal"]
"#
    )
}

fn where_to_look(place: &Place, second: &Report) {
    let data = place.data.display();
    let id = second.import;
    println!("\nWhere to look:");
    println!("  rollcall --data {data} imports {PROGRAMME}");
    println!("  rollcall --data {data} imports show {id}");
    println!("  rollcall --data {data} imports problems {id}");
    println!("  rollcall --data {data} members {PROGRAMME}");
    println!("  rollcall --data {data} outbox {PROGRAMME}");
    println!("  {data}/mail    the mails, one .eml file each");
    println!("  {data}/acme.toml    how it was set up");
}
