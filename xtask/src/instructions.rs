//! How many instructions the hot path of an import takes, compared with a committed figure. Unlike times, they are the
//! same on a busy machine.
//!
//! What is counted is what an import does for everybody, changed or not: parsing a page, and calling the roll. It is
//! counted in the tests' own build, which optimises our code little: the figures say nothing of how fast a release is,
//! only whether something was added to the path. Database, network and waiting are left out, since how often they are
//! gone through depends on time. Another compiler makes other instructions, so figures are bound to one.

use std::{env, fs, path::PathBuf, process::Command};

use anyhow::{Context, bail, ensure};

use crate::{
    commands::{root, step},
    pages::programs::{Installation, Started},
};

/// How many people are read.
const PEOPLE: &str = "300";
/// By how many hundredths a figure may differ from the committed one.
const TOLERANCE: f64 = 5.0;
/// The functions that are counted, with all that they call.
const FUNCTIONS: [(&str, &str); 2] = [
    ("parsing a page", "rollcall_sources::personio::employees::page"),
    ("calling the roll", "rollcall_engine::import::read::Reading::call"),
];
/// Set to write the figures anew.
const RENEW: &str = "ROLLCALL_RENEW";

/// Fails when the hot path takes more instructions than committed, or so many fewer that the figure should be renewed.
pub(crate) fn check() -> anyhow::Result<()> {
    step("instructions of the hot path", || {
        let compiler = compiler()?;
        let counted = count()?;
        let file = file();
        if env::var_os(RENEW).is_some() {
            fs::write(&file, text(&compiler, &counted))
                .with_context(|| format!("{} cannot be written", file.display()))?;
            println!("    {} was written anew", file.display());
            return Ok(());
        }
        let committed = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        for line in compare(&committed, &compiler, &counted)? {
            println!("    {line}");
        }
        Ok(())
    })
}

fn file() -> PathBuf {
    root().join("xtask/instructions.txt")
}

fn compiler() -> anyhow::Result<String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output().context("rustc did not run")?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Imports once, and once more with nothing changed under callgrind; gives the instructions a person for each function.
fn count() -> anyhow::Result<Vec<u64>> {
    let program = testkit::target().join("debug/rollcall");
    ensure!(program.exists(), "{} is missing, which `cargo test --workspace` builds", program.display());
    let installation = Installation::new(&program, None);
    let arguments = ["sandbox", "--listen", "127.0.0.1:0", "--no-limits", "--employees", PEOPLE];
    let mut sandbox = Started::new(&mut installation.command(&arguments))?;
    installation.set_up(&sandbox.word_after("base_url")?, true)?;
    let import = ["import", "acme", "--json"];
    installation.run(&import)?;

    let profile = installation.data().join("callgrind.out");
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--collect-atstart=no", "--quiet"]);
    valgrind.args(FUNCTIONS.map(|(_, function)| format!("--toggle-collect={function}")));
    valgrind.arg(format!("--callgrind-out-file={}", profile.display()));
    let command = installation.command(&import);
    let output = valgrind.arg(command.get_program()).args(command.get_args()).output();
    let output = output.context("valgrind did not run; is it installed?")?;
    // 3: completed, but some of the made-up people have something wrong with them.
    if !matches!(output.status.code(), Some(0 | 3)) {
        bail!("valgrind: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).context("the import printed no report")?;
    let read = report["read"].as_u64().filter(|read| *read > 0).context("the import read nobody")?;

    let annotated =
        Command::new("callgrind_annotate").args(["--inclusive=yes", "--threshold=100"]).arg(&profile).output();
    let annotated = annotated.context("callgrind_annotate did not run; it comes with valgrind")?;
    let annotated = String::from_utf8_lossy(&annotated.stdout);
    FUNCTIONS.iter().map(|(_, function)| Ok(instructions(&annotated, function)? / read)).collect()
}

/// The instructions of a function with all that it calls, in a line such as `1,234 (56.7%)  file.rs:function [program]`.
fn instructions(annotated: &str, function: &str) -> anyhow::Result<u64> {
    let of_function = |line: &str| {
        let name = line.split_once(" [").map_or(line, |(name, _)| name);
        if !name.ends_with(&format!(":{function}")) {
            return None;
        }
        line.split_whitespace().next()?.replace(',', "").parse::<u64>().ok()
    };
    let most = annotated.lines().filter_map(of_function).max();
    most.with_context(|| format!("{function} was not called: has it another name by now?"))
}

fn text(compiler: &str, counted: &[u64]) -> String {
    let about =
        format!("# Instructions a person, in the tests' build. Written by `{RENEW}=1 cargo xtask instructions`.");
    let figures = FUNCTIONS.iter().zip(counted).map(|((name, _), figure)| format!("{name} = {figure}"));
    let lines: Vec<String> = [about, format!("compiler = {compiler}")].into_iter().chain(figures).collect();
    lines.join("\n") + "\n"
}

/// What there is to say of each function; an error where one differs too much.
fn compare(committed: &str, compiler: &str, counted: &[u64]) -> anyhow::Result<Vec<String>> {
    let value = |name: &str| {
        let line = committed.lines().filter_map(|line| line.split_once(" = ")).find(|(key, _)| *key == name);
        line.map(|(_, value)| value).with_context(|| format!("instructions.txt says nothing of “{name}”"))
    };
    let known = value("compiler")?;
    if known != compiler {
        return Ok(vec![format!(
            "not compared: the figures were made with {known}, and this is {compiler}. `{RENEW}=1 cargo xtask instructions` renews them"
        )]);
    }
    let mut lines = Vec::new();
    let mut far = Vec::new();
    for ((name, _), counted) in FUNCTIONS.iter().zip(counted) {
        let committed: u64 =
            value(name)?.parse().with_context(|| format!("“{name}” in instructions.txt is no number"))?;
        let percent = (as_f64(*counted) / as_f64(committed) - 1.0) * 100.0;
        let line = format!("{name}: {counted} instructions a person, {percent:+.1} % of {committed}");
        if percent.abs() > TOLERANCE {
            far.push(line);
        } else {
            lines.push(line);
        }
    }
    if !far.is_empty() {
        bail!(
            "{}. More than {TOLERANCE} % away: find out why, or, where it is worth it, `{RENEW}=1 cargo xtask instructions` renews \
             the figures",
            far.join("; ")
        );
    }
    Ok(lines)
}

/// Counts are far from where this loses anything.
#[expect(clippy::cast_precision_loss, reason = "instructions a person are far below 2^52")]
fn as_f64(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNOTATED: &str = "\
98,258,763 (100.0%)  PROGRAM TOTALS
88,245,095 (89.81%)  /x/employees.rs:a::employees::read [/x/debug/rollcall]
     1,200 ( 0.01%)  /x/lib.rs:a::employees::read
     7,000 ( 0.10%)  /x/employees.rs:a::employees::read_one [/x/debug/rollcall]
";

    #[test]
    fn a_function_is_found_by_its_whole_name() {
        assert_eq!(instructions(ANNOTATED, "a::employees::read").unwrap(), 88_245_095);
        assert!(instructions(ANNOTATED, "employees::renamed").unwrap_err().to_string().contains("another name"));
    }

    #[test]
    fn five_hundredths_more_or_less_are_let_pass_and_no_more() {
        let committed = text("rustc 1", &[1_000, 2_000]);
        assert_eq!(compare(&committed, "rustc 1", &[1_049, 1_901]).unwrap().len(), 2);
        for counted in [[1_060, 2_000], [1_000, 1_890]] {
            let error = compare(&committed, "rustc 1", &counted).unwrap_err().to_string();
            assert!(error.contains("ROLLCALL_RENEW"), "{error}");
        }
        let other = compare(&committed, "rustc 2", &[9_000, 9_000]).unwrap();
        assert!(other[0].contains("not compared"), "{other:?}");
    }
}
