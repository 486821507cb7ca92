//! The machine: its disk, the key, and where links lead.

use std::path::Path;

use super::findings::Findings;
use crate::{cli::Place, config, table, world::SystemWorld};

/// Below this much free space a database may not be able to finish what it began.
const LEAST_FREE: u64 = 200 * 1024 * 1024;

pub(super) fn disk(findings: &mut Findings, data: &Path) {
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
                findings.good("disk", &megabytes);
            }
        }
        Err(error) => findings.bad("disk", &format!("{shown}: {error}."), "Check the disk."),
    }
}

pub(super) fn key(findings: &mut Findings, place: &Place) {
    match config::secret_key(place, &SystemWorld::default()) {
        Ok(key) if key.has_older() => findings.look(
            "key",
            "there is an older secret key beside the present one.",
            "Run `rollcall key rotate`: then nothing needs the older one any more.",
        ),
        Ok(_) => findings.good("key", "the secret key is there"),
        Err(error) => {
            findings.bad("key", &error.to_string(), "Without the right key, stored credentials cannot be read.");
        }
    }
}

/// What links in mails begin with.
pub(super) fn links(findings: &mut Findings, place: &Place) {
    let Some(url) = place.public_url.as_deref() else {
        return findings.look(
            "links",
            "begin with the address that `serve` listens on.",
            "Set ROLLCALL_PUBLIC_URL before anybody else than you gets mails.",
        );
    };
    let remedy = "Set ROLLCALL_PUBLIC_URL to where people reach the portal, such as https://club.example.com.";
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    let host = config::host(url);
    let here = ["127.0.0.1", "localhost", "["].contains(&host);
    let path = rest.trim_end_matches('/').split_once('/').map_or("", |(_, path)| path);
    if !["http", "https"].contains(&scheme) || host.is_empty() || rest.contains(['?', '#', ' ', '@']) {
        findings.bad("links", &format!("would begin with {url}, which is no address of a website."), remedy);
    } else if !path.is_empty() {
        findings.bad("links", &format!("would begin with {url}, but nothing is served below /{path}."), remedy);
    } else if scheme == "http" && !here {
        findings.bad(
            "links",
            &format!("begin with {url}: passwords would travel unprotected."),
            "Put a proxy with TLS before it, and name its https address in ROLLCALL_PUBLIC_URL.",
        );
    } else {
        findings.good("links", &format!("begin with {url}"));
    }
}
