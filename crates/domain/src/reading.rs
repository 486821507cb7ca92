//! Whether what was read is everybody (R1, R2): watches the pages of one read go by.

use std::collections::HashSet;

use thiserror::Error;

use crate::print::{Print, WidePrint};

/// A read that cannot be trusted at all: the import fails, and nothing changes (R1).
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Broken {
    /// The source gave the same page twice.
    #[error("the source gave the same page of {people} people twice")]
    PageRepeated {
        /// How many people were on it.
        people: usize,
    },
    /// The source gave nobody: an empty answer is never taken for an empty company (R42).
    #[error("the source answered that it has no people at all")]
    Empty,
    /// The source gave fewer people than it said there are.
    #[error("the source said there are {total} people and gave {read}")]
    Short {
        /// How many records came.
        read: u64,
        /// How many were promised.
        total: u64,
    },
    /// The source gives more and more people.
    #[error("the source went on giving people long after the {total} it had spoken of")]
    Endless {
        /// How many it spoke of first.
        total: u64,
    },
}

impl Broken {
    /// The stable code by which history, mails and help name this failure.
    pub fn code(&self) -> &'static str {
        match self {
            Self::PageRepeated { .. } => "page-repeated",
            Self::Empty => "read-empty",
            Self::Short { .. } => "read-ended-early",
            Self::Endless { .. } => "read-endless",
        }
    }
}

/// Watches one read.
#[derive(Debug, Default)]
pub struct Watch {
    totals: Vec<u64>,
    read: u64,
    doubled: u64,
    pages: HashSet<Print>,
    ids: IdSet,
}

/// The set of people that a read gave, whatever their order: a count and a sum that tell one set
/// from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct IdSet {
    count: u64,
    sum: u128,
}

/// What a whole read comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settledness {
    /// The same people from the first page to the last.
    Settled,
    /// People moved while they were read: read again (R2).
    Unsettled,
}

impl Watch {
    /// Takes note of one page: its people's IDs in order, how many of them had already come on an
    /// earlier page, and the total that the source named.
    pub fn page(&mut self, ids: &[WidePrint], again: u64, total: u64) -> Result<(), Broken> {
        let bytes: Vec<u8> = ids.iter().flat_map(|id| id.0.to_le_bytes()).collect();
        if !ids.is_empty() && !self.pages.insert(Print::of(&bytes)) {
            return Err(Broken::PageRepeated { people: ids.len() });
        }
        if self.totals.last() != Some(&total) {
            self.totals.push(total);
        }
        self.read += ids.len() as u64;
        self.doubled += again;
        for id in ids {
            self.ids.count += 1;
            self.ids.sum = self.ids.sum.wrapping_add(id.0);
        }
        let first = self.totals.first().copied().unwrap_or_default();
        if self.read > first.saturating_mul(2).saturating_add(10_000) {
            return Err(Broken::Endless { total: first });
        }
        Ok(())
    }

    /// How many records have come.
    pub fn read(&self) -> u64 {
        self.read
    }

    /// How many the source last said there are.
    pub fn total(&self) -> u64 {
        self.totals.last().copied().unwrap_or_default()
    }

    /// The people that came.
    pub fn ids(&self) -> IdSet {
        self.ids
    }

    /// What the read comes to, once its last page has come. `previous` is what the try before
    /// gave: a source that gives the same people twice over is settled, however odd its list.
    pub fn end(&self, previous: Option<IdSet>) -> Result<Settledness, Broken> {
        if self.read == 0 {
            return Err(Broken::Empty);
        }
        let total = self.total();
        let moved = self.totals.len() > 1;
        if self.read < total && !moved {
            return Err(Broken::Short { read: self.read, total });
        }
        let odd = moved || self.doubled > 0 || self.read != total;
        let same_again = !moved && previous == Some(self.ids);
        Ok(if odd && !same_again { Settledness::Unsettled } else { Settledness::Settled })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(range: std::ops::Range<u32>) -> Vec<WidePrint> {
        range.map(|id| WidePrint::of(&id.to_string())).collect()
    }

    #[test]
    fn r1_a_page_repeated_is_a_failure() {
        let mut watch = Watch::default();
        watch.page(&ids(0..3), 0, 6).expect("new");
        assert_eq!(watch.page(&ids(0..3), 3, 6), Err(Broken::PageRepeated { people: 3 }));
    }

    #[test]
    fn r42_nobody_is_a_failure() {
        assert_eq!(Watch::default().end(None), Err(Broken::Empty));
    }

    #[test]
    fn r1_fewer_than_promised_is_a_failure() {
        let mut watch = Watch::default();
        watch.page(&ids(0..3), 0, 6).expect("new");
        assert_eq!(watch.end(None), Err(Broken::Short { read: 3, total: 6 }));
    }

    #[test]
    fn r2_a_total_that_moves_is_unsettled() {
        let mut watch = Watch::default();
        watch.page(&ids(0..3), 0, 6).expect("new");
        watch.page(&ids(3..5), 0, 5).expect("new");
        assert_eq!(watch.end(None), Ok(Settledness::Unsettled));
    }

    #[test]
    fn r2_somebody_on_two_pages_is_unsettled_unless_it_is_always_so() {
        let read = |previous| {
            let mut watch = Watch::default();
            watch.page(&ids(0..3), 0, 6).expect("new");
            watch.page(&ids(2..5), 1, 6).expect("new");
            (watch.end(previous), watch.ids())
        };
        let (first, seen) = read(None);
        assert_eq!(first, Ok(Settledness::Unsettled));
        assert_eq!(read(Some(seen)).0, Ok(Settledness::Settled));
    }

    #[test]
    fn r1_an_endless_source_is_a_failure() {
        let mut watch = Watch::default();
        let endless = (0..200).find_map(|page| watch.page(&ids(page * 100..(page + 1) * 100), 0, 100).err());
        assert_eq!(endless, Some(Broken::Endless { total: 100 }));
    }
}
