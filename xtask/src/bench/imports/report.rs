//! What is told of imports.

use super::{
    super::{
        Common,
        figures::{Samples, Spread},
        reach::{Reach, table},
        report::thousands,
    },
    Job, Wanted, What,
    peers::Peer,
    reach,
};

/// What the figures are.
const SPREAD: &str = "Each figure is the median of all runs, with the least and the most in brackets.\n";

/// All figures as Markdown.
pub(super) fn part(wanted: &Wanted, all: &[Samples]) -> String {
    let mut text = format!("{SPREAD}{}", figures_of(all));
    if wanted.peers {
        text.push_str("\n### What the others do not do\n\n");
        text.extend(Peer::ALL.map(|peer| format!("- **{peer}**: {}.\n", peer.lacks())));
    }
    text
}

/// The same of few people and of very many, with how much longer one of these takes before it.
pub(super) fn growth(reaches: &[Reach], all: &[Samples]) -> String {
    format!("{SPREAD}\n### Reach, as it grows\n\n{}\n{}", table(reaches), figures_of(all))
}

fn figures_of(all: &[Samples]) -> String {
    let mut text = String::new();
    let mut line = |words: &str| {
        text.push_str(words);
        text.push('\n');
    };
    for (people, reaches) in &reach::of(all) {
        line(&format!("\n### Reach, {} people\n", thousands(u64::from(*people))));
        line(&table(reaches));
    }
    for samples in all {
        let (people, on_record) = (thousands(u64::from(samples.people)), thousands(samples.on_record));
        line(&format!("\n### {people} people at work, {on_record} in the list"));
        for job in Job::ALL {
            if samples.figures.keys().any(|(of, _)| *of == job) {
                line(&format!("\n**{job}**\n\n{}", figures(samples, job)));
            }
        }
    }
    text
}

/// What measures the same again.
pub(super) fn command(common: &Common, wanted: &Wanted) -> String {
    let people: Vec<String> = wanted.people.iter().map(ToString::to_string).collect();
    let peers = if wanted.peers { " --peers" } else { "" };
    format!("--people {} --runs {}{}{peers}", people.join(","), common.runs, common.databases())
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
