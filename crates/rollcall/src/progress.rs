//! Progress: a bar on a terminal, plain lines elsewhere, nothing beside JSON.

use std::{
    io::{IsTerminal, Write},
    sync::Mutex,
};

use domain::import::State;
use engine::import::Watcher;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use store::copy::{Stage, Step};

fn bar() -> Option<ProgressBar> {
    std::io::stderr().is_terminal().then(|| {
        let bar = ProgressBar::new(0);
        let style =
            ProgressStyle::with_template("{prefix:>10} {wide_bar} {human_pos} of {human_len} · {rate} · {eta} left");
        let style = style.map(|style| {
            style.with_key("rate", |state: &ProgressState, out: &mut dyn std::fmt::Write| {
                // A bar that cannot be drawn is no reason to stop an import.
                let _ = write!(out, "{:.0}/s", state.per_sec());
            })
        });
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar
    })
}

/// Draws an import as it goes.
pub(crate) struct Bar {
    bar: Option<ProgressBar>,
    last: Mutex<Option<(State, u64)>>,
}

impl Bar {
    /// A bar where somebody is looking, lines where somebody may read them later.
    pub(crate) fn new() -> Self {
        Self { bar: bar(), last: Mutex::new(None) }
    }

    /// Takes the bar away again.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    /// A line of its own. That nobody reads the error output is no reason to stop an import.
    fn say(&self, line: &str) {
        match &self.bar {
            Some(bar) => bar.println(line),
            None => drop(writeln!(std::io::stderr(), "{line}")),
        }
    }

    /// One line at the beginning of each part, and one at every tenth of it.
    fn line(&self, state: State, done: u64, total: u64) {
        let tenth = (done * 10).checked_div(total).unwrap_or_default();
        let Ok(mut last) = self.last.lock() else { return };
        if *last != Some((state, tenth)) && total > 0 {
            *last = Some((state, tenth));
            self.say(&format!("{state}: {done} of {total}"));
        }
    }
}

impl Watcher for Bar {
    fn waits(&self) {
        self.say("Another run of this import is at work or was interrupted: this takes up to 10 seconds to tell.");
    }

    fn at(&self, state: State, done: u64, total: u64) {
        let Some(bar) = &self.bar else { return self.line(state, done, total) };
        if total == 0 {
            return;
        }
        if bar.prefix() != state.as_str() {
            bar.reset();
            bar.set_prefix(state.as_str());
        }
        bar.set_length(total);
        bar.set_position(done);
    }
}

/// Draws how rows of tables go from one database to another.
pub(crate) struct Rows {
    bar: Option<ProgressBar>,
}

impl Rows {
    /// A bar where somebody is looking, a line for each table elsewhere.
    pub(crate) fn new() -> Self {
        Self { bar: bar() }
    }

    /// Shows how far it is.
    pub(crate) fn at(&self, step: Step<'_>) {
        let doing = match step.stage {
            Stage::Copying => "copied",
            Stage::Comparing => "compared",
        };
        match &self.bar {
            Some(bar) => {
                bar.set_prefix(format!("{} {doing}", step.table));
                bar.set_length(step.of);
                bar.set_position(step.done);
            }
            None if step.done == step.of && step.of > 0 => {
                drop(writeln!(std::io::stderr(), "{doing}: {} of {} in {}", step.done, step.of, step.table));
            }
            None => {}
        }
    }

    /// Takes the bar away again.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
