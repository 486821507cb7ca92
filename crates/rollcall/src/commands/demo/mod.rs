//! `rollcall demo`: everything on made-up people, in a directory of its own.

mod company;
mod month;

use std::{path::Path, process::ExitCode, sync::Arc};

use anyhow::{Context, Result};
use engine::World;
use jiff::tz::TimeZone;

use super::serve;
use crate::{
    cli::{Demo, Place},
    config, table,
    world::SystemWorld,
};
use company::{Acme, OWNER};
use month::Month;

/// The made-up programme's short name.
const PROGRAMME: &str = "acme";

pub(crate) async fn run(place: &Place, wanted: Demo) -> Result<ExitCode> {
    if !wanted.once {
        config::check_reachable(place, wanted.listen)?;
    }
    let mut place = fresh(place)?;
    let world = Arc::new(SystemWorld::default());
    // Taken before anything else: a demonstration that cannot be looked at is none.
    let listener = if wanted.once { None } else { Some(serve::listen(wanted.listen, "--listen").await?) };
    if let Some(listener) = &listener {
        place = place.serving(listener.local_addr()?);
    }
    let zone = TimeZone::get("Europe/Berlin")?;
    let begin = month::begins(world.now(), &zone)?;
    let acme = Acme::start(&wanted, begin.to_zoned_datetime(zone).date()).await?;
    world.move_to(begin);
    let engine = config::engine_in(&place, Arc::clone(&world)).await?;
    company::write(&acme.set_up_file(), &place.data.join("acme.toml"))?;
    // Of this demonstration's own: it may be reachable from other machines.
    let password = engine::short_name(&*world);

    let people = table::number(wanted.employees.into());
    println!("A made-up company of {people} people, read from a Personio of its own.");
    println!("\nA month of daily imports: people join, move, marry and leave …");
    let month = month::passes(&engine, &world, &acme, &place, &password).await?;
    println!();
    table::print(&table::impact(&[("First import", &month.first), ("This morning", &month.last)]))?;
    println!("\nThis morning's import is on hold: nothing of its column has been done yet.");
    for reason in &month.last.held_because {
        println!("{reason}");
    }
    where_to_look(&place, &month);
    if let Some(listener) = listener {
        println!("\nLook at it in your browser, until you press Ctrl+C here:");
        println!("  {}", engine.public_url());
        println!("  E-mail    {OWNER}");
        println!("  Password  {password}");
        let serving = serve::Serving { listener: Some(listener), works: true, ..Default::default() };
        serve::until_stopped(serve::stopped(), engine, serving).await?;
    }
    acme.stop().await;
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
    // Made-up people get no mails, whatever server is set.
    Ok(Place { data, database_url: None, smtp_url: None, erasures: None, ..place.clone() })
}

fn remove(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be removed", path.display()))
        }
        _ => Ok(()),
    }
}

fn where_to_look(place: &Place, month: &Month) {
    let data = place.data.display();
    println!("\nOn the command line:");
    println!("  rollcall --data {data} imports {PROGRAMME}");
    println!("  rollcall --data {data} imports show {}", month.last.import);
    println!("  rollcall --data {data} members {PROGRAMME}");
    println!("  rollcall --data {data} outbox {PROGRAMME}");
    println!("  {data}/mail    the mails, one .eml file each");
    println!("  {data}/acme.toml    how it was set up");
}
