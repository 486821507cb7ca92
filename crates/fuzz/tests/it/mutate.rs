//! Changes that make one input out of others.

use rand::{Rng, RngExt};

/// Bits of text that parsers turn on.
const WORDS: &[&str] = &[
    "\0",
    "\n",
    "\r\n",
    "\t",
    " ",
    "\u{feff}",
    "\u{2028}",
    "\u{fffd}",
    "\u{e000}",
    "\u{130}",
    "ß",
    "e\u{301}",
    "🎉",
    "\"",
    "\"\"",
    "'",
    "\\",
    "\\u0064",
    "\\ud83c",
    ",",
    ";",
    ":",
    "=",
    "+",
    "-",
    "@",
    "/",
    "//",
    "..",
    "?",
    "#",
    "%",
    "%00",
    "%ff",
    "&",
    "{",
    "}",
    "[",
    "]",
    "{{",
    "}}",
    "{%",
    "<",
    ">",
    "<b>",
    "](",
    "`",
    "*",
    "null",
    "true",
    "0",
    "-1",
    "1e400",
    "9223372036854775807",
    "18446744073709551615",
    "99999999999999999999",
    "0001-01-01",
    "-009999-01-01",
    "9999-12-31T23:59:59Z",
    "http://",
    "https://",
    "javascript:",
    "127.0.0.1",
    "[::1]",
    "Geheim",
];

/// An input made of one of the seeds by a few changes.
pub(crate) fn mutation(seeds: &[Vec<u8>], rng: &mut impl Rng) -> Vec<u8> {
    let mut data = seeds[rng.random_range(0..seeds.len())].clone();
    for _ in 0..rng.random_range(1..=6) {
        change(&mut data, seeds, rng);
    }
    data
}

fn change(data: &mut Vec<u8>, seeds: &[Vec<u8>], rng: &mut impl Rng) {
    let at = rng.random_range(0..=data.len());
    let end = rng.random_range(at..=data.len().min(at + 32));
    match rng.random_range(0..8) {
        // A byte of any kind, in the place of another or between two.
        0 if at < data.len() => data[at] = rng.random(),
        0 | 1 => data.insert(at, rng.random()),
        2 if at < data.len() => data[at] ^= 1 << rng.random_range(0..8),
        // Less of it, or some of it twice.
        2 | 3 => drop(data.drain(at..end)),
        4 => data.truncate(at),
        5 => {
            let part = data[at..end].to_vec();
            data.splice(at..at, part.repeat(rng.random_range(1..=64)));
        }
        6 => drop(data.splice(at..end, WORDS[rng.random_range(0..WORDS.len())].bytes()).count()),
        // The end of another seed.
        _ => {
            let other = &seeds[rng.random_range(0..seeds.len())];
            data.truncate(at);
            data.extend_from_slice(&other[rng.random_range(0..=other.len())..]);
        }
    }
}
