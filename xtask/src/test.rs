//! `cargo xtask test`

use anyhow::bail;

use crate::{
    axe,
    commands::{cargo, command_step, step, works},
    debian, instructions, tests_run,
};

/// From the cheapest check to the dearest; the tests come last, so that their result is what one sees.
pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    components()?;
    debian::provide(debian::FOR_TESTS)?;
    axe::provide()?;
    command_step("cargo fmt", &mut cargo(["fmt", "--all", "--check"]))?;
    command_step(
        "cargo clippy",
        &mut cargo(["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]),
    )?;
    command_step(
        "cargo test, examples in the documentation",
        &mut cargo(["test", "--workspace", "--locked", "--doc"]),
    )?;
    let mut tests = cargo(["test", "--workspace", "--locked", "--no-fail-fast", "--lib", "--bins", "--tests"]);
    tests.args(arguments);
    let counts = step("cargo test", || tests_run::run(&mut tests))?;
    if counts.passed == 0 {
        bail!("no test ran");
    }
    println!("{counts}");
    // Whoever asked for some tests works on something else.
    if arguments.is_empty() {
        instructions::check()?;
    }
    Ok(())
}

fn components() -> anyhow::Result<()> {
    for (command, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if !works(&mut cargo([command, "--version"])) {
            bail!("`cargo {command}` is missing. Install it with `rustup component add {component}`");
        }
    }
    Ok(())
}
