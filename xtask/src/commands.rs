//! Running other programs, one announced step after the other.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};

/// The cargo that runs us, in the root of the workspace.
pub(crate) fn cargo<const N: usize>(arguments: [&str; N]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    command.args(arguments);
    // `cargo run` describes this package to us in variables. Build scripts that watch them would run again.
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    command.current_dir(root());
    command
}

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_owned()
}

/// Whether the program runs at all. What it prints is of no interest.
pub(crate) fn works(command: &mut Command) -> bool {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// Announces a step, does it, and says how long it took.
pub(crate) fn step<T>(title: &str, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    println!("==> {title}");
    let begin = clock();
    let result = work().with_context(|| format!("{title} failed after {}", seconds(begin)))?;
    println!("    {title}: done in {}", seconds(begin));
    Ok(result)
}

/// A step that is one command.
pub(crate) fn command_step(title: &str, command: &mut Command) -> anyhow::Result<()> {
    step(title, || run(command))
}

/// Runs a command to a good end.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str()).display().to_string();
    let status = command.status().with_context(|| format!("{name} did not start"))?;
    if !status.success() {
        bail!("{name}: {status}");
    }
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long something took is for the person who reads it, nothing depends on it"
)]
pub(crate) fn clock() -> Instant {
    Instant::now()
}

fn seconds(begin: Instant) -> String {
    let taken: Duration = begin.elapsed();
    format!("{:.1} s", taken.as_secs_f64())
}
