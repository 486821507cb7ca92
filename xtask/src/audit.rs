//! `cargo xtask audit`

use anyhow::bail;

use crate::commands::{cargo, command_step, works};

pub(crate) fn run() -> anyhow::Result<()> {
    if !works(&mut cargo(["deny", "--version"])) {
        bail!("cargo-deny is not installed. Install it with `cargo install --locked cargo-deny`");
    }
    command_step("cargo deny check", &mut cargo(["deny", "check"]))
}
