//! The report: the part of a page that is written anew.

use std::{fs, path::Path};

use anyhow::Context;

use super::{
    Job, Wanted, What,
    figures::{Samples, Spread},
    peers::Peer,
    reach::{self, Reach},
};

const BEGIN: &str = "<!-- What follows is written by `cargo xtask bench`. -->";
const END: &str = "<!-- What follows is written by people again. -->";

/// All figures as Markdown.
pub(super) fn part(wanted: &Wanted, machine: &[String], of_program: &[Reach], all: &[Samples]) -> String {
    let mut text = String::new();
    let mut line = |words: &str| {
        text.push_str(words);
        text.push('\n');
    };
    for about in machine {
        line(&format!("- {about}"));
    }
    line(&format!("- Command: `{}`", command(wanted)));
    line("\nEach figure is the median of all runs, with the least and the most in brackets.");
    line("\n## Reach");
    line(&format!("\n{}", table(of_program)));
    let reaches = reach::of(all);
    for (people, reaches) in &reaches {
        line(&format!("\n### {} people\n", thousands(u64::from(*people))));
        line(&table(reaches));
    }
    if let Some(growth) = reach::growth(all) {
        line("\n### As it grows\n");
        line(&table(&growth));
    }
    line("\n## Figures");
    for samples in all {
        let (people, on_record) = (thousands(u64::from(samples.people)), thousands(samples.on_record));
        line(&format!("\n### {people} people at work, {on_record} in the list"));
        for job in [Job::First, Job::Unchanged, Job::Changed] {
            if samples.figures.keys().any(|(of, _)| *of == job) {
                line(&format!("\n**{job}**\n\n{}", figures(samples, job)));
            }
        }
    }
    if wanted.peers {
        line("\n## What the others do not do\n");
        for peer in Peer::ALL {
            line(&format!("- **{peer}**: {}.", peer.lacks()));
        }
    }
    text
}

fn command(wanted: &Wanted) -> String {
    let list = |items: Vec<String>| items.join(",");
    let people = list(wanted.people.iter().map(ToString::to_string).collect());
    let peers = if wanted.peers { " --peers" } else { "" };
    format!("cargo xtask bench --people {people} --runs {}{peers}", wanted.runs)
}

fn table(reaches: &[Reach]) -> String {
    let mut lines = vec!["| what | at most | measured | |\n|---|---:|---:|---|".to_owned()];
    for reach in reaches {
        let Reach { what, limit, got, unit } = reach;
        let verdict = if reach.is_reached() { "reached" } else { "**not reached**" };
        lines.push(format!("| {what} | {limit}{unit} | {got}{unit} | {verdict} |"));
    }
    lines.join("\n")
}

fn figures(samples: &Samples, job: Job) -> String {
    let mut lines = vec![
        "| | wall, s | CPU, s | of a server, s | peak, MB | written, MB |\n|---|---:|---:|---:|---:|---:|".to_owned(),
    ];
    for (_, what) in samples.figures.keys().filter(|(of, _)| *of == job) {
        let spread = |figure| samples.of_each_run(job, *what, figure).map(Spread::of);
        let median = |figure, digits: usize| {
            spread(figure).map(|spread| format!("{:.digits$}", spread.median)).unwrap_or_default()
        };
        let wall = spread(|figures| figures.wall).map(|spread| spread.to_string()).unwrap_or_default();
        // Its rows are held in memory beforehand, which is nothing to compare with.
        let peak =
            if matches!(what, What::Write(_)) { "–".to_owned() } else { median(|figures| figures.peak / 1e6, 0) };
        lines.push(format!(
            "| {what} | {wall} | {} | {} | {peak} | {} |",
            median(|figures| figures.cpu.0, 2),
            median(|figures| figures.cpu.1, 2),
            median(|figures| figures.written / 1e6, 1)
        ));
    }
    lines.join("\n")
}

/// A number as people write it.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let parts = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    parts.collect::<Vec<_>>().join(",")
}

/// Puts the part in the place of the former one.
pub(super) fn write(file: &Path, part: &str) -> anyhow::Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let text =
        put(&text, part).with_context(|| format!("{} has no part between “{BEGIN}” and “{END}”", file.display()))?;
    fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))
}

fn put(text: &str, part: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n\n{}\n\n{END}{after}", part.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_part_between_the_marks_is_written_anew() {
        let text = format!("# Title\n\n{BEGIN}\nold\n{END}\n\nThe end.\n");
        let new = put(&text, "\nnew\n").unwrap();
        assert_eq!(new, format!("# Title\n\n{BEGIN}\n\nnew\n\n{END}\n\nThe end.\n"));
        assert_eq!(put(&new, "new").unwrap(), new);
        assert_eq!(put("# Title\n", "new"), None);
    }

    #[test]
    fn numbers_are_written_as_people_write_them() {
        assert_eq!([7, 1_000, 123_456, 1_234_567].map(thousands), ["7", "1,000", "123,456", "1,234,567"]);
    }
}
