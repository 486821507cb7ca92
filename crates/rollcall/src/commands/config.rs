//! `rollcall config`: whether the settings are right, what is in effect and why, and a file with all of them.

use std::{fs, path::Path, process::ExitCode};

use anyhow::{Context, Result};
use clap::CommandFactory;
use serde_json::json;
use store::Store;

use crate::{
    cli::{Cli, Place, customers::Settings},
    config, exit,
    settings::{self, Asked, InEffect},
    table::{self, plain, say},
};

/// What is shown of a secret.
const MASKED: &str = "••••";

pub(crate) async fn run(asked: &Asked, wanted: &Settings) -> Result<ExitCode> {
    match wanted {
        Settings::Check { connect } => return check(asked, *connect).await,
        Settings::Show { json } => exit::unless_unread(show(&asked.settings, *json))?,
        Settings::Reference => print!("{}", settings::reference()),
        Settings::Manual { directory } => manual(directory)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The files were read before, and every line of them is good: here it is about what the settings say together.
async fn check(asked: &Asked, connect: bool) -> Result<ExitCode> {
    let place = &asked.cli.place;
    if let Some(wrong) = &asked.wrong_for_serve {
        return Err(
            exit::Usage(format!("{}. It comes from the environment.", wrong.trim_start_matches("error: "))).into()
        );
    }
    config::check(place, listens_on(&asked.settings))?;
    for (name, meant) in settings::unknown_variables() {
        let meant = meant.map(|meant| format!(" Did you mean {meant}?")).unwrap_or_default();
        say!("Note: {name} is set, and is no setting.{meant}")?;
    }
    match &asked.file {
        Some(file) => say!("{} is in order.", file.display())?,
        None => say!("There is no configuration file; environment and options are in order.")?,
    }
    if let Some(note) = place.public_url.as_deref().and_then(config::plain_text_note) {
        say!("Note: {note}")?;
    }
    if !connect {
        return Ok(ExitCode::SUCCESS);
    }
    let mut reached = true;
    let address = config::address(place);
    match Store::reach(&address).await {
        Ok(true) => say!("ok     database  {} answers", address.for_people())?,
        Ok(false) => say!("ok     database  {} will be made at the first start", address.for_people())?,
        Err(error) => {
            reached = false;
            say!("WRONG  database  {error}")?;
            say!("                 Check the address, that the server runs, and that this user may use it.")?;
        }
    }
    reached &= mail_server(place).await?;
    Ok(if reached { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn mail_server(place: &Place) -> Result<bool> {
    let Some(by) = config::mail_server(place)? else {
        say!("ok     mails     become files in the data directory")?;
        return Ok(true);
    };
    match by.server.check().await {
        Ok(()) => say!("ok     mails     {} takes mails ({})", by.server.name(), by.server.security())?,
        Err(why) => {
            say!("WRONG  mails     {}: {}.", by.server.name(), why.detail())?;
            say!("                 Check smtp_url (ROLLCALL_SMTP_URL): `rollcall doctor` tells more.")?;
            return Ok(false);
        }
    }
    Ok(true)
}

/// A page for the program and one for each command, made of what `--help` says.
fn manual(directory: &Path) -> Result<()> {
    let written = fs::create_dir_all(directory).and_then(|()| clap_mangen::generate_to(Cli::command(), directory));
    written.with_context(|| format!("The manual pages could not be written to {}.", directory.display()))
}

/// Where `serve` would listen.
fn listens_on(settings: &[InEffect]) -> Option<std::net::SocketAddr> {
    let listen = settings.iter().find(|one| one.setting.key == "listen")?;
    listen.value.as_deref()?.parse().ok()
}

fn show(settings: &[InEffect], json: bool) -> Result<()> {
    let shown = |one: &InEffect| match &one.value {
        Some(_) if one.setting.is_secret => Some(MASKED.to_owned()),
        value => value.as_deref().map(plain),
    };
    if json {
        let all: Vec<_> = settings
            .iter()
            .map(|one| json!({ "setting": one.setting.key, "value": shown(one), "from": one.from }))
            .collect();
        say!("{}", serde_json::to_string(&all)?)?;
        return Ok(());
    }
    let mut rows = vec![["Setting", "Value", "From"].map(str::to_owned).to_vec()];
    for one in settings {
        rows.push(vec![one.setting.key.clone(), shown(one).unwrap_or_else(|| "–".to_owned()), one.from.clone()]);
    }
    table::print(&rows)
}
