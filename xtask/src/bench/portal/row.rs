//! How long answers took.

use std::time::Duration;

use super::super::report::thousands;

/// Times in milliseconds, in order.
pub(super) struct Times(Vec<f64>);

impl Times {
    pub(super) fn of(times: impl IntoIterator<Item = Duration>) -> Self {
        let mut times: Vec<f64> = times.into_iter().map(|time| time.as_secs_f64() * 1_000.0).collect();
        times.sort_by(f64::total_cmp);
        Self(times)
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// The nearest rank.
    pub(super) fn rank(&self, percent: usize) -> f64 {
        let at = (self.0.len() * percent).div_ceil(100).max(1) - 1;
        self.0.get(at).copied().unwrap_or(f64::NAN)
    }
}

/// What was measured of one page.
pub(super) struct Row {
    pub(super) page: String,
    pub(super) times: Times,
    pub(super) bytes: usize,
}

/// All of them as Markdown, in milliseconds.
pub(super) fn table(rows: &[Row]) -> String {
    let mut lines = vec!["| page | requests | median, ms | p99, ms | bytes |\n|---|---:|---:|---:|---:|".to_owned()];
    for Row { page, times, bytes } in rows {
        let bytes = thousands(*bytes as u64);
        lines.push(format!(
            "| `{page}` | {} | {:.1} | {:.1} | {bytes} |",
            times.count(),
            times.rank(50),
            times.rank(99)
        ));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_rank_is_a_time_that_was_measured() {
        let times = Times::of((1..=200).rev().map(Duration::from_millis));
        assert_eq!([50, 99, 100].map(|percent| times.rank(percent)), [100.0, 198.0, 200.0]);
        assert!(Times::of([]).rank(50).is_nan());
    }
}
