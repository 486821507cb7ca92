//! The programs that are measured, and what runs and measures them.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail};

use super::figures::Figures;
use crate::commands::{cargo, command_step};

/// The programs that measure and are measured.
pub(super) struct Bench {
    pub(super) rollcall: PathBuf,
    pub(super) bench: PathBuf,
}

impl Bench {
    /// Those in a directory, or else a release build of this repository.
    pub(super) fn of(directory: Option<&Path>) -> anyhow::Result<Self> {
        let directory = if let Some(directory) = directory {
            directory.to_owned()
        } else {
            let packages = ["build", "--release", "--locked", "--package", "rollcall", "--package", "rollcall-bench"];
            command_step("cargo build --release", &mut cargo(packages))?;
            testkit::target().join("release")
        };
        Ok(Self { rollcall: directory.join("rollcall"), bench: directory.join("rollcall-bench") })
    }

    /// Runs a command to its end, and tells what it used; `server` is the first process of a database server whose work
    /// counts too.
    pub(super) fn measure(&self, command: &Command, server: Option<u32>) -> anyhow::Result<Figures> {
        let mut measuring = Command::new(&self.bench);
        measuring.arg("run");
        if let Some(server) = server {
            measuring.args(["--server", &server.to_string()]);
        }
        measuring.arg("--").arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => measuring.env(name, value),
                None => measuring.env_remove(name),
            };
        }
        let name = Path::new(command.get_program()).display().to_string();
        let output = measuring.output().context("rollcall-bench did not run")?;
        if !output.status.success() {
            bail!("{name}: {}", String::from_utf8_lossy(&output.stderr));
        }
        let figures = Figures::parse(&String::from_utf8_lossy(&output.stdout))?;
        // 3: completed, but some of the made-up people have something wrong with them.
        if !matches!(figures.code, 0 | 3) {
            bail!("{name} ended with {}: {}", figures.code, String::from_utf8_lossy(&output.stderr));
        }
        Ok(figures)
    }
}
