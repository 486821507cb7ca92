//! `cargo xtask deb`: the Debian package, made by cargo-deb of what `[package.metadata.deb]` of the program says.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;

use crate::commands::{cargo, command_step, works};

#[derive(Args)]
pub(crate) struct Wanted {
    /// Take the release build that is there, instead of making one
    #[arg(long)]
    no_build: bool,
    /// The file to write, or a directory for it; `target/debian` unless said
    #[arg(long, value_name = "PATH")]
    output: Option<PathBuf>,
}

pub(crate) fn run(wanted: &Wanted) -> anyhow::Result<()> {
    if !works(&mut cargo(["deb", "--version"])) {
        bail!("cargo-deb is not installed. Install it with `cargo install --locked cargo-deb`");
    }
    let mut command = cargo(["deb", "--locked", "--package", "rollcall"]);
    if wanted.no_build {
        command.arg("--no-build");
    }
    if let Some(output) = &wanted.output {
        command.arg("--output").arg(output);
    }
    command_step("cargo deb", &mut command)
}
