//! Many small programmes in one installation.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    thread,
};

use anyhow::anyhow;

use crate::pages::programs::{Installation, SetUp};

/// How many are set up beside each other: most of the time goes into starting a program for each.
const WORKERS: u32 = 4;

/// After how many it is said how far it is.
const NOW_AND_THEN: u32 = 1_000;

/// Connects so many programmes with the made-up company, by the command that operators use, and lets none of their
/// members be invited. `frequency` is how often they import.
pub(crate) fn set_up(
    installation: &Installation,
    programmes: u32,
    base_url: &str,
    frequency: &str,
) -> anyhow::Result<()> {
    // The first one makes the tables.
    one(installation, 0, base_url, frequency)?;
    let next = AtomicU32::new(1);
    let worker = || -> anyhow::Result<()> {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= programmes {
                return Ok(());
            }
            one(installation, number, base_url, frequency)?;
            if number.is_multiple_of(NOW_AND_THEN) {
                println!("    {number} programmes");
            }
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| anyhow!("a worker panicked"))?)
    })
}

fn one(installation: &Installation, number: u32, base_url: &str, frequency: &str) -> anyhow::Result<()> {
    let slug = format!("p{number}");
    let more = "requests_per_minute = 0\nwelcome_email = false";
    installation.apply(&SetUp { slug: &slug, base_url, frequency, more, fields: "" })
}
