//! `rollcall programme`: made, listed, suspended, exported, deleted.

use std::{
    fs,
    io::{BufRead, IsTerminal, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result};
use domain::roles::Role;
use engine::{
    Actor, Engine,
    administrators::Invite,
    customers::{Census, Listed, NewProgramme},
};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::json;

use super::admin;
use crate::{
    cli::{
        Place,
        customers::{Create, Programme},
    },
    config, exit,
    exit::Usage,
    table::{self, number, plain, say},
};

pub(crate) async fn run(place: &Place, wanted: Programme) -> Result<ExitCode> {
    let engine = config::engine(place).await?;
    match wanted {
        Programme::Create(wanted) => create(&engine, &wanted).await?,
        Programme::List { json } => exit::unless_unread(list(&engine.list_programmes().await?, json))?,
        Programme::Suspend { programme } => {
            engine.suspend(&engine.programme(&programme).await?, &Actor::command()).await?;
            say!("Suspended: no import starts, no mail or event goes out, and its pages say so. Nothing is lost.")?;
            say!("To let it go on: `rollcall programme resume {programme}`.")?;
        }
        Programme::Resume { programme } => {
            engine.resume_programme(&engine.programme(&programme).await?, &Actor::command()).await?;
            say!("In operation again: what waited goes on, and a missed import is caught up once.")?;
        }
        Programme::Export { programme, to } => export(&engine, &programme, to).await?,
        Programme::Delete { programme, yes } => delete(&engine, &programme, yes).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn create(engine: &Engine, wanted: &Create) -> Result<()> {
    let new = NewProgramme {
        key: wanted.programme.clone(),
        name: wanted.name.clone(),
        time_zone: wanted.time_zone.clone(),
        language: wanted.language,
    };
    // A mistake in the address is told before anything is made.
    if let Some(owner) = &wanted.owner {
        admin::check(owner)?;
    }
    let programme = engine.create_programme(&new, &Actor::command()).await?;
    say!("{} is there.", programme.slug)?;
    let Some(owner) = &wanted.owner else {
        say!("Next: `rollcall admin invite {} E-MAIL --role owner` invites whoever will own it.", programme.slug)?;
        return Ok(());
    };
    let name = wanted.owner_name.clone().unwrap_or_else(|| admin::name_of(owner));
    let invite = Invite { name, email: owner.clone(), role: Role::Owner };
    admin::invite(engine, &programme, &invite, wanted.mail).await
}

fn list(programmes: &[Listed], json: bool) -> Result<()> {
    let state = |one: &Listed| if one.programme.is_suspended() { "suspended" } else { "in operation" };
    if json {
        let all: Vec<_> = programmes
            .iter()
            .map(|one| {
                json!({
                    "programme": one.programme.slug, "name": one.programme.name, "state": state(one),
                    "time_zone": one.programme.time_zone, "members": one.members,
                    "integrations": one.integrations, "administrators": one.administrators,
                    "imported_at": one.imported_at.and_then(instant).map(|at| at.to_string()),
                })
            })
            .collect();
        say!("{}", serde_json::to_string(&all)?)?;
        return Ok(());
    }
    if programmes.is_empty() {
        say!("No programmes yet. `rollcall programme create` makes one.")?;
        return Ok(());
    }
    let headings = ["Programme", "Name", "State", "Members", "Integrations", "Administrators", "Last import"];
    let mut rows = vec![headings.map(str::to_owned).to_vec()];
    for one in programmes {
        let zone = TimeZone::get(&one.programme.time_zone).unwrap_or(TimeZone::UTC);
        let last = one.imported_at.and_then(instant);
        let last = last.map(|at| at.to_zoned_datetime(zone).strftime("%Y-%m-%d %H:%M").to_string());
        let count = |count: i64| number(count.unsigned_abs());
        rows.push(vec![
            one.programme.slug.clone(),
            plain(&one.programme.name),
            state(one).to_owned(),
            count(one.members),
            count(one.integrations),
            count(one.administrators),
            last.unwrap_or_else(|| "never".to_owned()),
        ]);
    }
    table::print(&rows)
}

fn instant(micros: i64) -> Option<Timestamp> {
    Timestamp::from_microsecond(micros).ok()
}

async fn export(engine: &Engine, key: &str, to: Option<PathBuf>) -> Result<()> {
    let programme = engine.programme(key).await?;
    let day = instant(engine.now()).unwrap_or_default().to_zoned_datetime(TimeZone::UTC).date();
    let to = to.unwrap_or_else(|| PathBuf::from(format!("{key}-{day}.tar")));
    // It is about people: nobody but this user is to look in.
    let file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&to).map_err(|error| {
        Usage(format!("The archive {} cannot be made: {error}. Name another file with --to.", to.display()))
    })?;
    let exported = match engine.export_programme(&programme, &file, &Actor::command()).await {
        Ok(exported) => exported,
        Err(error) => {
            forget(&to)?;
            return Err(error.into());
        }
    };
    file.sync_all().with_context(|| format!("{} could not be written to disk", to.display()))?;
    let mut rows = vec![["Table", "Rows"].map(str::to_owned).to_vec()];
    rows.extend(exported.into_iter().map(|table| vec![table.table, number(table.rows)]));
    table::print(&rows)?;
    say!("\n{} holds everything of {key} but secrets. It is about people: keep it safe.", to.display())?;
    Ok(())
}

/// Half an archive is none.
fn forget(path: &Path) -> Result<()> {
    fs::remove_file(path).with_context(|| format!("{} is not whole, and cannot be removed", path.display()))
}

async fn delete(engine: &Engine, key: &str, yes: Option<String>) -> Result<()> {
    let programme = engine.programme(key).await?;
    what_goes(&programme.name, &engine.census(&programme).await?)?;
    let typed = match yes {
        Some(typed) => typed,
        None if std::io::stdin().is_terminal() => {
            print!("\nType {key} to delete all of it: ");
            std::io::stdout().flush()?;
            let mut typed = String::new();
            std::io::stdin().lock().read_line(&mut typed)?;
            typed
        }
        None => {
            let text = format!("Nothing was deleted. To delete all of it, add `--yes {key}`.");
            return Err(Usage(text).into());
        }
    };
    engine.delete_programme(&programme, &typed).await?;
    say!("Deleted. Backups that were made before still hold it.")?;
    Ok(())
}

fn what_goes(name: &str, census: &Census) -> Result<()> {
    say!("This goes with {}, for good:", plain(name))?;
    let count = |count: i64| number(count.unsigned_abs());
    let rows = [
        ("Members", count(census.members)),
        ("Leavers", count(census.leavers)),
        ("Closed accounts", count(census.closed)),
        ("Integrations", count(census.integrations)),
        ("Imports, with their plans", count(census.imports)),
        ("Mails", count(census.mails)),
        ("  of which wait", count(census.waiting_mails)),
        ("Administrators", count(census.administrators)),
        ("  who look after nothing else", count(census.only_here)),
    ];
    table::print(&rows.map(|(what, number)| vec![format!("  {what}"), number]))
}
