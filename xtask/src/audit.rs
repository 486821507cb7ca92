//! `cargo xtask audit`: what is built in may be, comes from where it should, and has no hole that is known.

use anyhow::{Context, bail};
use clap::Args;

use crate::commands::{cargo, command_step, works};

#[derive(Args)]
pub(crate) struct Wanted {
    /// Look at licences, bans and sources only, where the database of advisories cannot be reached
    #[arg(long)]
    without_advisories: bool,
}

pub(crate) fn run(wanted: &Wanted) -> anyhow::Result<()> {
    if !works(&mut cargo(["deny", "--version"])) {
        bail!("cargo-deny is not installed. Install it with `cargo install --locked cargo-deny`");
    }
    // By what is in the repository alone, so that these hold on any machine.
    let mut own = cargo(["deny", "--locked", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"]);
    command_step("cargo deny check licenses bans sources", &mut own)?;
    if wanted.without_advisories {
        println!("Advisories were NOT looked at, as you asked.");
        return Ok(());
    }
    // A database that cannot be reached is a failure: nobody is to take silence for good news.
    command_step("cargo deny check advisories", &mut cargo(["deny", "--locked", "check", "advisories"])).context(
        "a dependency has an advisory, or the database of advisories could not be reached and NONE was looked at; what \
         cargo-deny said above tells which. Without the network: `cargo xtask audit --without-advisories`",
    )
}
