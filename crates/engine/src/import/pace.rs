//! How many rows one transaction takes.
//!
//! Each writes the touched pages of several indexes anew, and names lie scattered over them: a few large transactions write a
//! fraction of what many small ones do. But others who want to write wait meanwhile, a moment that somebody who clicks puts
//! up with, and the lease is renewed only in between. So it begins with few, and takes more as long as that is quick on
//! this machine.

use std::time::Duration;

use tokio::time::Instant;

/// With how many it begins.
const LEAST: usize = 1_000;
/// Sooner than this nobody has noticed it: the next may take more.
const QUICK: Duration = Duration::from_millis(400);
/// Others have waited for so long: the next takes fewer.
const SLOW: Duration = Duration::from_millis(1_200);
/// More people than this are very many: the indexes of their rows are larger than the memory of SQLite.
const VERY_MANY: u64 = 400_000;

/// The size of the next transaction, by how long the last ones took.
#[derive(Debug)]
pub(super) struct Pace {
    rows: usize,
    /// The most where they are not very many.
    usual: usize,
    most: usize,
}

impl Pace {
    /// Never more than `most` rows, unless very many are expected.
    pub(super) fn up_to(most: usize) -> Self {
        Self { rows: LEAST.min(most), usual: most, most }
    }

    /// So many rows are to be written in all. Of very many more may go together, in the order of an index: each of its
    /// pages is read and written once for all of them.
    pub(super) fn expect(&mut self, rows: u64) {
        self.most = if rows > VERY_MANY { 3 * self.usual } else { self.usual };
    }

    /// How many rows the next transaction takes.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Does the work of one transaction, and notes how long it took.
    pub(super) async fn keep<T>(&mut self, work: impl Future<Output = T>) -> T {
        let begun = Instant::now();
        let outcome = work.await;
        self.note(begun.elapsed());
        outcome
    }

    fn note(&mut self, took: Duration) {
        if took < QUICK {
            self.rows = (self.rows * 2).min(self.most);
        } else if took > SLOW {
            self.rows = (self.rows / 2).max(LEAST.min(self.most));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transactions_grow_while_they_are_quick_and_shrink_when_others_wait() {
        let mut pace = Pace::up_to(3_000);
        let mut after = |millis| {
            pace.note(Duration::from_millis(millis));
            pace.rows()
        };
        assert_eq!([after(20), after(20), after(20)], [2_000, 3_000, 3_000]);
        assert_eq!([after(800), after(1_900), after(9_000), after(9_000)], [3_000, 1_500, 1_000, 1_000]);
    }

    #[test]
    fn of_very_many_more_go_together() {
        let mut pace = Pace::up_to(1_500);
        let mut after = |rows| {
            pace.expect(rows);
            pace.note(Duration::from_millis(20));
            pace.rows()
        };
        assert_eq!([after(400_000), after(400_001), after(1_000_000), after(9)], [1_500, 3_000, 4_500, 1_500]);
    }
}
