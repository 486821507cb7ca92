//! `cargo xtask deb`: the Debian package, made by cargo-deb of what `[package.metadata.deb]` of the program says, and of
//! what is made here of the program and the repository: manual pages, the changelog, notices and a bill of materials.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail};
use clap::Args;

use crate::{
    commands::{cargo, command_step, run as run_to_the_end, step, works},
    components,
};

/// Who stands in the package as its maintainer, unless a distributor says who they are.
const MAINTAINER: &str = "Rollcall maintainers <maintainers@rollcall.example>";

#[derive(Args)]
pub(crate) struct Wanted {
    /// Take the release build that is there, instead of making one
    #[arg(long)]
    no_build: bool,
    /// The file to write, or a directory for it; `target/debian` unless said
    #[arg(long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Who stands in the package as its maintainer: whoever gives it to others, with an address that answers
    #[arg(long, value_name = "NAME <ADDRESS>", default_value = MAINTAINER)]
    maintainer: String,
}

pub(crate) fn run(wanted: &Wanted) -> anyhow::Result<()> {
    if !works(&mut cargo(["deb", "--version"])) {
        bail!("cargo-deb is not installed. Install it with `cargo install --locked cargo-deb`");
    }
    if !wanted.no_build {
        let mut build = cargo(["build", "--release", "--locked", "--package", "rollcall"]);
        command_step("cargo build --release", &mut build)?;
    }
    step("what goes with the program", || accompany(&wanted.maintainer))?;
    let mut command =
        cargo(["deb", "--locked", "--package", "rollcall", "--no-build", "--maintainer", &wanted.maintainer]);
    if let Some(output) = &wanted.output {
        command.arg("--output").arg(output);
    }
    command_step("cargo deb", &mut command)
}

/// Makes what `[package.metadata.deb]` takes from `target/accompany`.
fn accompany(maintainer: &str) -> anyhow::Result<()> {
    let directory = root().join("target/accompany");
    let manual = directory.join("manual");
    if directory.exists() {
        fs::remove_dir_all(&directory).with_context(|| format!("{} cannot be emptied", directory.display()))?;
    }
    fs::create_dir_all(&directory).with_context(|| format!("{} cannot be made", directory.display()))?;
    let mut pages = Command::new(root().join("target/release/rollcall"));
    run_to_the_end(pages.args(["config", "manual"]).arg(&manual))?;
    let write = |name: &str, text: &str| {
        let path = directory.join(name);
        fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))
    };
    let components = components::of_program()?;
    write("third-party", &components::notices(&components)?)?;
    write("rollcall.cdx.json", &format!("{:#}\n", components::bill(&components)))?;
    write("changelog", &changelog(maintainer)?)?;
    // Debian keeps both of these packed, without the time at which they were.
    run_to_the_end(
        Command::new("gzip").arg("-9n").args([directory.join("third-party"), directory.join("rollcall.cdx.json")]),
    )
}

/// The changelog in Debian's form. It is about the package; what changes in the program is in `CHANGELOG.md`.
fn changelog(maintainer: &str) -> anyhow::Result<String> {
    let version = env!("CARGO_PKG_VERSION");
    let day = day()?;
    Ok(format!(
        "rollcall ({version}-1) unstable; urgency=medium\n\n  * Rollcall {version}. What changed: \
         /usr/share/doc/rollcall/changelog.gz.\n\n -- {maintainer}  {day}\n"
    ))
}

/// When the sources were last changed, so that the same sources make the same package; where they are in no repository,
/// what `SOURCE_DATE_EPOCH` says.
fn day() -> anyhow::Result<String> {
    let told = |command: &mut Command| {
        let output = command.current_dir(root()).env("LC_ALL", "C").output().ok()?;
        let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        (output.status.success() && !text.is_empty()).then_some(text)
    };
    let committed = told(Command::new("git").args(["log", "-1", "--format=%cD"]));
    let asked = || {
        let seconds = std::env::var("SOURCE_DATE_EPOCH").ok()?;
        told(Command::new("date").args(["--utc", "-R", "-d", &format!("@{seconds}")]))
    };
    committed
        .or_else(asked)
        .context("this is no git repository: say when the sources are from, in seconds, with SOURCE_DATE_EPOCH")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}
