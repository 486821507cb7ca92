//! Times in order, and which of them half or nearly all are within.

/// Times in order, in whatever unit they were put in.
pub(super) struct Times(Vec<f64>);

impl Times {
    pub(super) fn of(times: impl IntoIterator<Item = f64>) -> Self {
        let mut times: Vec<f64> = times.into_iter().collect();
        times.sort_by(f64::total_cmp);
        Self(times)
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// The nearest rank: a time that was measured, and as many per cent are within it.
    pub(super) fn rank(&self, percent: usize) -> f64 {
        let at = (self.0.len() * percent).div_ceil(100).max(1) - 1;
        self.0.get(at).copied().unwrap_or(f64::NAN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_rank_is_a_time_that_was_measured() {
        let times = Times::of((1..=200).rev().map(f64::from));
        for (percent, expected) in [(50, 100.0), (99, 198.0), (100, 200.0)] {
            assert!(times.rank(percent).total_cmp(&expected).is_eq(), "{percent}");
        }
        assert!(Times::of([]).rank(50).is_nan());
    }
}
