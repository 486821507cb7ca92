//! `rollcall doctor`: whether everything is in order, and what to do where it is not.

use std::{path::Path, process::ExitCode};

use anyhow::Result;
use engine::{Engine, World};
use mail::smtp::Undelivered;
use store::Store;

use crate::{cli::Place, config, table, world::SystemWorld};

/// Below this much free space a database may not be able to finish what it began.
const LEAST_FREE: u64 = 200 * 1024 * 1024;

/// More than this and leases and calendars go wrong, in microseconds.
const CLOCKS_APART: i64 = 5_000_000;

struct Findings {
    bad: usize,
}

fn good(what: &str, detail: &str) {
    println!("ok     {what:<10} {detail}");
}

impl Findings {
    fn bad(&mut self, what: &str, detail: &str, remedy: &str) {
        self.bad += 1;
        println!("WRONG  {what:<10} {detail}");
        println!("       {:<10} {remedy}", "");
    }
}

pub(crate) async fn run(place: &Place) -> Result<ExitCode> {
    let mut findings = Findings { bad: 0 };
    disk(&mut findings, &place.data);
    key(&mut findings, place);
    match Store::open(&config::address(place)).await {
        Err(error) => findings.bad(
            "database",
            &error.to_string(),
            "Check the address, that the server runs, and that this user may use it.",
        ),
        Ok(store) => {
            database(&mut findings, &store, place).await;
            if findings.bad == 0 {
                // Whoever asks for a check-up does not want to wait a minute for each source that is down.
                let patient = Place { page_patience: place.page_patience.min(10), ..place.clone() };
                let engine = config::engine(&patient).await?;
                mails(&mut findings, &engine).await;
                sources(&mut findings, &engine).await?;
            }
        }
    }
    if findings.bad == 0 {
        println!("\nEverything is in order.");
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "\n{} to put right.",
        if findings.bad == 1 { "One thing".to_owned() } else { format!("{} things", findings.bad) }
    );
    Ok(ExitCode::FAILURE)
}

fn disk(findings: &mut Findings, data: &Path) {
    let shown = data.display();
    if let Err(error) = config::make_directory(data) {
        return findings.bad(
            "disk",
            &format!("{shown} cannot be made: {}.", error.root_cause()),
            "Name another directory with --data or ROLLCALL_DATA.",
        );
    }
    let probe = data.join(".doctor");
    if let Err(error) = std::fs::write(&probe, b"rollcall").and_then(|()| std::fs::remove_file(&probe)) {
        return findings.bad(
            "disk",
            &format!("{shown} cannot be written: {error}."),
            "Give this user the right to write there.",
        );
    }
    match rustix::fs::statvfs(data) {
        Ok(space) => {
            let free = space.f_bavail.saturating_mul(space.f_frsize);
            let megabytes = format!("{} MB free in {shown}", table::number(free / 1024 / 1024));
            if free < LEAST_FREE {
                findings.bad(
                    "disk",
                    &format!("only {megabytes}."),
                    "Make room: without it, imports cannot be applied.",
                );
            } else {
                good("disk", &megabytes);
            }
        }
        Err(error) => findings.bad("disk", &format!("{shown}: {error}."), "Check the disk."),
    }
}

fn key(findings: &mut Findings, place: &Place) {
    match config::secret_key(place, &SystemWorld::default()) {
        Ok(_) => good("key", "the secret key is there"),
        Err(error) => {
            findings.bad("key", &error.to_string(), "Without the right key, stored credentials cannot be read.");
        }
    }
}

async fn database(findings: &mut Findings, store: &Store, place: &Place) {
    let address = config::address(place).for_people();
    match store.ping().await {
        Err(error) => findings.bad("database", &error.to_string(), "Check that the server runs."),
        Ok(theirs) => {
            good("database", &address);
            let apart = (theirs - SystemWorld::default().now().as_microsecond()).abs();
            let seconds = apart / 1_000_000;
            if apart > CLOCKS_APART {
                findings.bad(
                    "clock",
                    &format!("this machine and the database are {seconds} s apart."),
                    "Let both take the time from the same server (NTP).",
                );
            } else {
                good("clock", "agrees with the database's");
            }
        }
    }
}

async fn mails(findings: &mut Findings, engine: &Engine) {
    let state = engine.post_state().await;
    let Some(server) = state.server else {
        return good("mails", "become files in the data directory; name a mail server with ROLLCALL_SMTP_URL");
    };
    match engine.check_post().await {
        Ok(security) => good("mails", &format!("{server} takes mails ({security})")),
        Err(why @ Undelivered::SetUp(_)) => findings.bad(
            "mails",
            &format!("{server} does not let us in: {}.", why.detail()),
            "Check user name and password in ROLLCALL_SMTP_URL, how it begins (smtp+starttls:// or smtps://), and the \
             server's certificate (ROLLCALL_SMTP_CA for an authority of your own).",
        ),
        Err(why) => findings.bad(
            "mails",
            &format!("{server} cannot be reached: {}.", why.detail()),
            "Check name and port in ROLLCALL_SMTP_URL, and that nothing between here and there is in the way. Mails wait.",
        ),
    }
}

async fn sources(findings: &mut Findings, engine: &Engine) -> Result<()> {
    let programmes = engine.store().programmes().await?;
    if programmes.is_empty() {
        good("source", "none is set up yet");
    }
    for programme in programmes {
        for integration in engine.store().integrations(programme.number()).await? {
            let name = format!("{} of {}", integration.source, programme.slug);
            match engine.check_source(&integration).await {
                Ok(attributes) => good("source", &format!("{name}: connected, {attributes} attributes are shared")),
                Err(error) => findings.bad(
                    "source",
                    &format!("{name}: {error}"),
                    "Set it up again with `rollcall integration apply` if that does not pass.",
                ),
            }
        }
    }
    Ok(())
}
