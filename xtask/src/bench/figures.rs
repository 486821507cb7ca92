//! Figures of single runs, and what many of them come to.

use std::{collections::BTreeMap, fmt};

use anyhow::Context;
use serde_json::Value;

use super::imports::{Job, What};

/// What something used of the machine, once. Times in seconds, sizes in bytes; a database server's part is counted in.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figures {
    pub(super) wall: f64,
    /// The program's own time on processors, and that of the server.
    pub(super) cpu: (f64, f64),
    /// The program's alone.
    pub(super) peak: f64,
    pub(super) written: f64,
    pub(super) code: i64,
    /// What was printed.
    pub(super) output: String,
}

impl Figures {
    /// As `rollcall-bench` prints them.
    pub(super) fn parse(text: &str) -> anyhow::Result<Self> {
        let value: Value = serde_json::from_str(text).with_context(|| format!("{text:?} is no JSON"))?;
        let number = |name: &str| value[name].as_f64().with_context(|| format!("there is no {name} in {text}"));
        Ok(Self {
            wall: number("wall")?,
            cpu: (number("cpu")?, number("server_cpu")?),
            peak: number("peak")?,
            written: number("written")? + number("server_written")?,
            code: value["code"].as_i64().unwrap_or_default(),
            output: value["output"].as_str().unwrap_or_default().to_owned(),
        })
    }
}

/// All runs with so many people.
#[derive(Debug)]
pub(super) struct Samples {
    /// How many the company employs.
    pub(super) people: u32,
    /// How many are in its list: some have left, some start later.
    pub(super) on_record: u64,
    /// Run by run.
    pub(super) figures: BTreeMap<(Job, What), Vec<Figures>>,
}

impl Samples {
    pub(super) fn of(people: u32) -> Self {
        Self { people, on_record: 0, figures: BTreeMap::new() }
    }

    pub(super) fn add(&mut self, what: What, job: Job, figures: Figures) {
        self.figures.entry((job, what)).or_default().push(figures);
    }

    /// The figures of one thing, run by run; `None` where it was not measured.
    pub(super) fn of_each_run(&self, job: Job, what: What, figure: fn(&Figures) -> f64) -> Option<Vec<f64>> {
        Some(self.figures.get(&(job, what))?.iter().map(figure).collect())
    }

    /// How a thing's time compares with the sum of others' in the same run.
    pub(super) fn ratio(&self, (job, what): (Job, What), others: &[(Job, What)]) -> Option<Spread> {
        let wall = |job, what| self.of_each_run(job, what, |figures| figures.wall);
        let own = wall(job, what)?;
        let others = others.iter().map(|(job, what)| wall(*job, *what)).collect::<Option<Vec<_>>>()?;
        let ratios = own.iter().enumerate().map(|(run, own)| own / others.iter().map(|one| one[run]).sum::<f64>());
        Some(Spread::of(ratios))
    }
}

/// The median of several runs, and how far they lie apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spread {
    pub(super) median: f64,
    pub(super) least: f64,
    pub(super) most: f64,
}

impl Spread {
    pub(super) fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        let middle = values.len() / 2;
        let median = match values.len() {
            0 => f64::NAN,
            even if even % 2 == 0 => f64::midpoint(values[middle - 1], values[middle]),
            _ => values[middle],
        };
        let (least, most) = (values.first().copied(), values.last().copied());
        Self { median, least: least.unwrap_or(f64::NAN), most: most.unwrap_or(f64::NAN) }
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { median, least, most } = self;
        let digits = match *most {
            little if little < 0.1 => 3,
            much if much >= 1_000.0 => 0,
            _ => 2,
        };
        // What was measured once has no spread.
        if least.total_cmp(most).is_eq() {
            return write!(out, "{median:.digits$}");
        }
        write!(out, "{median:.digits$} ({least:.digits$}–{most:.digits$})")
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Database::Sqlite, *};

    fn figures(wall: f64) -> Figures {
        Figures { wall, cpu: (0.0, 0.0), peak: 0.0, written: 0.0, code: 0, output: String::new() }
    }

    #[test]
    fn the_median_lies_in_the_middle_of_all_runs() {
        assert_eq!(Spread::of([3.0, 1.0, 2.0]), Spread { median: 2.0, least: 1.0, most: 3.0 });
        assert_eq!(Spread::of([4.0, 1.0]), Spread { median: 2.5, least: 1.0, most: 4.0 });
        assert_eq!(Spread::of([1.234, 1.0]).to_string(), "1.12 (1.00–1.23)");
        assert_eq!(Spread::of([1.234]).to_string(), "1.23");
    }

    #[test]
    fn a_ratio_compares_what_was_measured_in_one_run() {
        let mut samples = Samples::of(10);
        for (own, read, write) in [(3.0, 1.0, 1.0), (8.0, 2.0, 2.0)] {
            samples.add(What::Rollcall(Sqlite), Job::First, figures(own));
            samples.add(What::Read, Job::First, figures(read));
            samples.add(What::Write(Sqlite), Job::First, figures(write));
        }
        let floor = [(Job::First, What::Read), (Job::First, What::Write(Sqlite))];
        let ratio = samples.ratio((Job::First, What::Rollcall(Sqlite)), &floor);
        assert_eq!(ratio, Some(Spread { median: 1.75, least: 1.5, most: 2.0 }));
        assert_eq!(samples.ratio((Job::Changed, What::Rollcall(Sqlite)), &floor), None);
    }

    #[test]
    fn figures_are_read_as_they_are_printed() {
        let text = r#"{"wall":1.5,"cpu":1.0,"peak":1048576,"written":512,"server_cpu":0.5,"server_written":512,"code":3,"output":"{}\n"}"#;
        let figures = Figures::parse(text).unwrap();
        assert_eq!((figures.wall, figures.cpu, figures.written, figures.code), (1.5, (1.0, 0.5), 1024.0, 3));
        assert!(Figures::parse("{}").unwrap_err().to_string().contains("wall"));
    }
}
