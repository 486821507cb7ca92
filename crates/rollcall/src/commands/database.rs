//! `rollcall database`: from the file to PostgreSQL, or back.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Result;
use engine::World;
use store::{Address, Store, StoreError, copy::copy_all};

use crate::{
    cli::{Place, care::Database},
    config,
    exit::Usage,
    progress::Rows,
    table::{self, say},
    world::SystemWorld,
};

pub(crate) async fn run(place: &Place, wanted: Database) -> Result<ExitCode> {
    let Database::Copy { to } = wanted;
    copy(place, &to).await
}

async fn copy(place: &Place, to: &str) -> Result<ExitCode> {
    let source = config::address(place);
    let target = address(to)?;
    if let Address::File(file) = &source
        && !file.exists()
    {
        return Err(Usage(format!(
            "There is no database {}. Name the directory that holds it with --data, or --database-url.",
            file.display()
        ))
        .into());
    }
    if is_same(&source, &target) {
        return Err(Usage("--to is the database itself. Name one that holds nothing.".to_owned()).into());
    }
    let from = Store::open_alone(&source).await.map_err(told)?;
    let into = Store::open_empty(&target).await.map_err(told)?;
    say!("From {} to {}:", source.for_people(), target.for_people())?;
    let world = SystemWorld::default();
    let begun = world.now();
    let rows = Rows::new();
    let copied = copy_all(&from, &into, &|step| rows.at(step)).await;
    rows.finish();
    let copied = copied?;
    let mut listed = vec![vec!["Table".to_owned(), "Rows".to_owned()]];
    listed.extend(copied.iter().map(|one| vec![one.table.clone(), table::number(one.rows)]));
    table::print(&listed)?;
    let (all, seconds) = (copied.iter().map(|one| one.rows).sum(), world.now().duration_since(begun).as_secs_f64());
    say!(
        "\n{} rows in {} tables were copied in {seconds:.1} s. Every one was read again on both sides and is the same.",
        table::number(all),
        copied.len(),
    )?;
    if from.has_company().await? {
        say!(
            "But another Rollcall has opened {} meanwhile: what it has changed since is not in the copy. Stop it, \
             empty the copy, and copy again.",
            source.for_people()
        )?;
        return Ok(ExitCode::FAILURE);
    }
    from.close().await?;
    into.close().await?;
    say!("{}", go_on(place, &target))?;
    Ok(ExitCode::SUCCESS)
}

/// What to do next.
fn go_on(place: &Place, target: &Address) -> String {
    let key = place.data.join("secret.key");
    let start = match target {
        Address::Server(_) => "Set ROLLCALL_DATABASE_URL to its address".to_owned(),
        Address::File(file) => {
            format!(
                "Leave ROLLCALL_DATABASE_URL unset, with {} as {} in the data directory",
                file.display(),
                config::DATABASE
            )
        }
    };
    format!(
        "{start} and start `rollcall serve`: it goes on where this one stopped. The secret key stays what it is ({}, or \
         ROLLCALL_SECRET_KEY): every machine needs it. Do not start anything on the old database again: it would send \
         its mails a second time.",
        key.display()
    )
}

/// Where the copy goes: a server's address, or a file.
fn address(to: &str) -> Result<Address> {
    if to.starts_with("postgres://") || to.starts_with("postgresql://") {
        return Ok(Address::Server(to.to_owned()));
    }
    if to.contains("://") {
        let text = "--to is neither an address of PostgreSQL (postgres://user@host/database) nor a file.";
        return Err(Usage(text.to_owned()).into());
    }
    Ok(Address::File(PathBuf::from(to)))
}

fn is_same(source: &Address, target: &Address) -> bool {
    match (source, target) {
        (Address::File(one), Address::File(other)) => is_same_file(one, other),
        (one, other) => one == other,
    }
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// That a database is in use or not empty is for whoever typed the command to change.
fn told(error: StoreError) -> anyhow::Error {
    match error {
        StoreError::InUse { .. } | StoreError::NotEmpty { .. } => Usage(capital(&error.to_string())).into(),
        other => other.into(),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>() + ".").unwrap_or_default()
}
