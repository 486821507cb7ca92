//! `rollcall doctor`: whether everything is in order, and what to do where it is not. Nothing is changed.

mod findings;
mod house;
mod place;
mod ways;

use std::process::ExitCode;

use anyhow::Result;
use store::{Address, Store};

use crate::{cli::Place, config};
use findings::Findings;

pub(crate) async fn run(place: &Place, json: bool) -> Result<ExitCode> {
    let mut findings = Findings::new(json);
    place::disk(&mut findings, &place.data);
    place::key(&mut findings, place);
    place::links(&mut findings, place);
    let address = config::address(place);
    if let Address::File(file) = &address
        && !file.exists()
    {
        findings.look("database", &format!("{} is not there yet.", file.display()), "The first start makes it.");
    } else {
        match Store::open_as_it_is(&address).await {
            Err(error) => findings.bad(
                "database",
                &format!("{error}."),
                "Check the address, that the server runs, and that this user may use it.",
            ),
            Ok(store) => {
                if house::database(&mut findings, &store, &address).await {
                    with_engine(&mut findings, place).await?;
                }
            }
        }
    }
    findings.end()
}

/// What needs a database that is in order, and the right key.
async fn with_engine(findings: &mut Findings, place: &Place) -> Result<()> {
    if findings.is_bad("key") || findings.is_bad("disk") {
        return Ok(());
    }
    // Whoever asks for a check-up does not want to wait a minute for each source that is down.
    let patient = Place { page_patience: place.page_patience.min(10), ..place.clone() };
    let engine = match config::engine(&patient).await {
        Ok(engine) => engine,
        Err(error) => {
            findings.bad("settings", &format!("{error:#}"), "Put that setting right.");
            return Ok(());
        }
    };
    house::secrets(findings, &engine).await?;
    house::care(findings, &engine).await?;
    house::waiting(findings, &engine).await?;
    ways::mails(findings, &engine).await;
    ways::sources(findings, &engine).await
}
