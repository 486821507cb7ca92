//! Fingerprints: short numbers that differ when what they stand for differs.

use serde::{Deserialize, Serialize};

use crate::record::{Record, Value};

/// A fingerprint of 64 bits, as databases store it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Print(pub i64);

/// A fingerprint of 128 bits: wide enough to stand for an employee ID among any number of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WidePrint(pub u128);

impl Print {
    /// Stands for a person whom the source no longer holds.
    pub const ABSENT: Self = Self(0);

    /// Stands for a record that was not noted: whichever comes next is taken for it (R24).
    pub const ANY: Self = Self(-1);

    /// The fingerprint of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::from_hash(&blake3::hash(bytes))
    }

    /// The fingerprint of all values of a record; not shared, empty and blank differ.
    pub fn of_record(record: &Record) -> Self {
        let mut bytes = Vec::with_capacity(256);
        for value in &record.0 {
            match value {
                None => bytes.push(0),
                Some(Value::Empty) => bytes.push(1),
                Some(Value::Text(text)) => text_into(&mut bytes, 2, text),
                Some(Value::List(items)) => {
                    bytes.push(3);
                    for item in items {
                        text_into(&mut bytes, 4, item);
                    }
                }
            }
        }
        Self::of(&bytes)
    }

    fn from_hash(hash: &blake3::Hash) -> Self {
        let (first, _) = hash.as_bytes().split_first_chunk::<8>().unwrap_or((&[0; 8], &[]));
        // Two numbers are taken.
        match i64::from_le_bytes(*first) {
            -1 | 0 => Self(1),
            number => Self(number),
        }
    }
}

impl WidePrint {
    /// The fingerprint of a text.
    pub fn of(text: &str) -> Self {
        let hash = blake3::hash(text.as_bytes());
        let (first, _) = hash.as_bytes().split_first_chunk::<16>().unwrap_or((&[0; 16], &[]));
        Self(u128::from_le_bytes(*first))
    }
}

fn text_into(bytes: &mut Vec<u8>, tag: u8, text: &str) {
    bytes.push(tag);
    // The length keeps two neighbours from being read as one.
    bytes.extend_from_slice(&(text.len() as u64).to_le_bytes());
    bytes.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r34_not_shared_empty_and_neighbours_differ() {
        let prints = [
            Record(vec![None, None]),
            Record(vec![Some(Value::Empty), None]),
            Record(vec![None, Some(Value::Empty)]),
            Record(vec![Some(Value::text("ab")), Some(Value::text("c"))]),
            Record(vec![Some(Value::text("a")), Some(Value::text("bc"))]),
            Record(vec![Some(Value::list(["a"])), Some(Value::text("bc"))]),
        ]
        .map(|record| Print::of_record(&record));
        let unique: std::collections::BTreeSet<_> = prints.iter().collect();
        assert_eq!(unique.len(), prints.len());
        assert!(!prints.contains(&Print::ABSENT));
    }
}
