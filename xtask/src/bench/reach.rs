//! What is to be reached, and what was.

use super::figures::Spread;

/// One thing to be reached.
pub(super) struct Reach {
    what: String,
    bound: Bound,
    got: Spread,
    unit: &'static str,
}

/// How far it has to go.
enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

impl Reach {
    /// Something that may be so much and no more.
    pub(super) fn at_most(what: impl Into<String>, limit: f64, got: Spread, unit: &'static str) -> Self {
        Self { what: what.into(), bound: Bound::AtMost(limit), got, unit }
    }

    /// Something that has to be so much or more.
    pub(super) fn at_least(what: impl Into<String>, limit: f64, got: Spread, unit: &'static str) -> Self {
        Self { what: what.into(), bound: Bound::AtLeast(limit), got, unit }
    }

    fn is_reached(&self) -> bool {
        match self.bound {
            Bound::AtMost(limit) => self.got.median <= limit,
            Bound::AtLeast(limit) => self.got.median >= limit,
        }
    }
}

/// All of them as Markdown.
pub(super) fn table(reaches: &[Reach]) -> String {
    let mut lines = vec!["| what | to reach | measured | |\n|---|---:|---:|---|".to_owned()];
    for reach in reaches {
        let Reach { what, bound, got, unit } = reach;
        let bound = match bound {
            Bound::AtMost(limit) => format!("≤ {limit}{unit}"),
            Bound::AtLeast(limit) => format!("≥ {limit}{unit}"),
        };
        let verdict = if reach.is_reached() { "reached" } else { "**not reached**" };
        lines.push(format!("| {what} | {bound} | {got}{unit} | {verdict} |"));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_is_better_or_worse_as_it_is_meant() {
        let got = || Spread::of([5.0]);
        let reaches = [Reach::at_most("lag", 5.0, got(), " s"), Reach::at_least("imports", 6.0, got(), "/s")];
        assert_eq!(reaches.each_ref().map(Reach::is_reached), [true, false]);
        let table = table(&reaches);
        assert!(table.contains("| lag | ≤ 5 s | 5.00 s | reached |"), "{table}");
        assert!(table.contains("| imports | ≥ 6/s | 5.00/s | **not reached** |"), "{table}");
    }
}
