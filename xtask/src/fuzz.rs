//! `cargo xtask fuzz`: libFuzzer looks for what breaks a parser, guided by which code runs. What it learns stays in
//! `target/fuzz`, so that the next run goes on from there.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail};
use clap::Args;

use crate::commands::{cargo, command_step, step, works};

/// Longer inputs than this are not tried: what matters fits in, and short ones are quick.
const LONGEST: &str = "8192";

#[derive(Args)]
pub(crate) struct Wanted {
    /// The targets; all of them unless named. `--list` tells them
    targets: Vec<String>,
    /// How long each target is run
    #[arg(long, default_value_t = 5, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    minutes: u32,
    /// Lists the targets, and runs none
    #[arg(long)]
    list: bool,
}

pub(crate) fn run(wanted: &Wanted) -> anyhow::Result<()> {
    let seeds = root().join("crates/fuzz/seeds");
    let all = targets(&seeds)?;
    if wanted.list {
        println!("{}", all.join("\n"));
        return Ok(());
    }
    if let Some(unknown) = wanted.targets.iter().find(|name| !all.contains(name)) {
        bail!("there is no target {unknown}. There are: {}", all.join(", "));
    }
    if !works(&mut cargo(["fuzz", "--version"])) {
        bail!(
            "cargo-fuzz is not installed. Install it with `cargo install --locked cargo-fuzz`; it needs a C++ compiler"
        );
    }
    // Nothing of ours is unsafe, so no sanitizer has to watch memory. The stable compiler has the instruments that are
    // left, and gives them out when asked like this.
    let mut build = cargo(["fuzz", "build", "--fuzz-dir", "fuzz", "--sanitizer", "none", "parsers"]);
    command_step("cargo fuzz build", build.env("RUSTC_BOOTSTRAP", "1"))?;
    let program = program()?;
    let mut broken = Vec::new();
    let chosen = if wanted.targets.is_empty() { &all } else { &wanted.targets };
    for target in chosen {
        if let Err(error) = step(&format!("fuzz {target}"), || one(&program, &seeds, target, wanted.minutes)) {
            eprintln!("{error:#}");
            broken.push(target.as_str());
        }
    }
    if broken.is_empty() {
        return Ok(());
    }
    bail!(
        "found something in: {}. The bytes are in {}; make them a seed in {}, beside a test of the parser",
        broken.join(", "),
        learned().display(),
        seeds.display()
    )
}

/// Runs one target from its seeds and what was learned before; each input that breaks it is kept.
fn one(program: &Path, seeds: &Path, target: &str, minutes: u32) -> anyhow::Result<()> {
    let learned = learned().join(target);
    let corpus = learned.join("corpus");
    fs::create_dir_all(&corpus).with_context(|| format!("{} cannot be made", corpus.display()))?;
    let mut command = Command::new(program);
    command
        .env("ROLLCALL_FUZZ_TARGET", target)
        .arg(&corpus)
        .arg(seeds.join(target))
        .arg(format!("-max_total_time={}", minutes * 60))
        .arg(format!("-max_len={LONGEST}"))
        .arg(format!("-artifact_prefix={}/", learned.display()))
        // A parser that is given so little and takes so long, or so much memory, is found too.
        .args(["-timeout=5", "-rss_limit_mb=1024", "-print_final_stats=1", "-verbosity=0"]);
    crate::commands::run(&mut command)
}

/// The targets: each has a folder of seeds, which a test sees to.
fn targets(seeds: &Path) -> anyhow::Result<Vec<String>> {
    let entries = fs::read_dir(seeds).with_context(|| format!("{} cannot be read", seeds.display()))?;
    let names = entries.map(|entry| Ok(entry?.file_name().display().to_string()));
    let mut names = names.collect::<Result<Vec<String>, std::io::Error>>()?;
    names.sort();
    Ok(names)
}

/// Where cargo-fuzz puts the program.
fn program() -> anyhow::Result<PathBuf> {
    let places = fs::read_dir(root().join("fuzz/target"))?;
    let mut programs = places.filter_map(|place| Some(place.ok()?.path().join("release/parsers")));
    programs.find(|program| program.is_file()).context("cargo fuzz build left no program in fuzz/target")
}

/// Where inputs are kept that were of interest, and those that broke something.
fn learned() -> PathBuf {
    root().join("target/fuzz")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}
