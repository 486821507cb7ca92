//! A steady load: each request has a time at which it is to be made, whether the ones before have been answered or not, and
//! its own time counts from there. A slow answer that keeps others waiting is so counted with all of them.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{anyhow, ensure};
use testkit::Line;

use super::{super::times::Times, Visitors, Wanted, milliseconds, row::Row, target::Target};
use crate::commands::clock;

/// Requests for each page before those that count.
const WARM_UP: usize = 2;

/// How long it takes until all connections are ready to begin.
const BEGINS: Duration = Duration::from_millis(500);

/// How many times as long as it should take it may take. Who cannot keep up is not asked for everything; what was answered
/// until then is late enough.
const PATIENCE: u32 = 2;

/// What came of it, the slowest page first.
pub(super) struct Load {
    pub(super) rows: Vec<Row>,
    /// How many were answered a second.
    pub(super) rate: f64,
}

impl Load {
    /// How many were answered.
    #[expect(clippy::cast_precision_loss, reason = "nobody makes 2^52 requests")]
    pub(super) fn requests(&self) -> f64 {
        self.rows.iter().map(|row| row.times.count()).sum::<usize>() as f64
    }
}

/// One answer.
#[derive(Clone, Copy)]
struct Came {
    target: usize,
    /// How long after the time at which it was to be asked for.
    time: Duration,
    /// How long after it was asked for.
    own: Duration,
    bytes: usize,
}

pub(super) fn run(wanted: &Wanted, visitors: Visitors<'_>, targets: &[Target]) -> anyhow::Result<Load> {
    ensure!(!targets.is_empty(), "there is nothing to ask for");
    let mut line = Line::new(visitors.site);
    for round in 0..WARM_UP {
        for target in targets {
            ask(&mut line, visitors, target, round)?;
        }
    }
    let requests = (wanted.rate * wanted.seconds) as usize;
    let begin = clock() + BEGINS;
    let patience = Duration::from_secs(u64::from(wanted.seconds)) * PATIENCE;
    let next = AtomicUsize::new(0);
    let connection = || -> anyhow::Result<Vec<Came>> {
        let (mut line, mut came) = (Line::new(visitors.site), Vec::new());
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= requests {
                return Ok(came);
            }
            let at = begin + Duration::from_secs(1) * u32::try_from(number)? / wanted.rate;
            thread::sleep(at.saturating_duration_since(clock()));
            if since(begin) > patience {
                return Ok(came);
            }
            let target = turn(number, targets.len());
            let asked_at = clock();
            let asked = ask(&mut line, visitors, &targets[target], number);
            if asked.is_err() {
                // The others need not go on.
                next.store(requests, Ordering::Relaxed);
            }
            came.push(Came { target, time: since(at), own: since(asked_at), bytes: asked? });
        }
    };
    let came: Vec<Came> = thread::scope(|scope| {
        let connections: Vec<_> = (0..wanted.connections).map(|_| scope.spawn(connection)).collect();
        let join = |one: thread::ScopedJoinHandle<'_, _>| one.join().map_err(|_| anyhow!("a connection panicked"))?;
        let all = connections.into_iter().map(join).collect::<anyhow::Result<Vec<_>>>();
        all.map(|all| all.concat())
    })?;
    let seconds = since(begin).as_secs_f64();
    let row = |(at, target): (usize, &Target)| {
        let these = || came.iter().filter(move |one| one.target == at);
        Row {
            page: target.page.clone(),
            times: Times::of(these().map(|one| milliseconds(one.time))),
            own: Times::of(these().map(|one| milliseconds(one.own))),
            bytes: these().map(|one| one.bytes).max().unwrap_or_default(),
        }
    };
    let mut rows: Vec<Row> = targets.iter().enumerate().map(row).filter(|row| row.times.count() > 0).collect();
    rows.sort_by(|one, other| other.times.rank(99).total_cmp(&one.times.rank(99)));
    let load = Load { rows, rate: 0.0 };
    Ok(Load { rate: load.requests() / seconds, ..load })
}

/// Which target it is the turn of: each once in a round, and every round in another order, so that no page always follows
/// the same one.
fn turn(number: usize, targets: usize) -> usize {
    let (round, place) = (number / targets, number % targets);
    // Steps that share no factor with the number of targets lead to each of them.
    let step = (1..).filter(|step| is_coprime(*step, targets)).nth(round % 16).unwrap_or(1);
    (place * step + round) % targets
}

fn is_coprime(one: usize, other: usize) -> bool {
    let (mut one, mut other) = (one, other);
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one == 1
}

fn since(at: Instant) -> Duration {
    clock().saturating_duration_since(at)
}

/// Asks once; tells how many bytes came.
fn ask(line: &mut Line, visitors: Visitors<'_>, target: &Target, request: usize) -> anyhow::Result<usize> {
    let answer = line.get(visitors.of(target, request), &target.address)?;
    ensure!(answer.status == 200, "{} answered {}", target.address, answer.status);
    Ok(answer.body.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_has_its_turn_in_every_round() {
        for targets in [1, 2, 12, 97] {
            for round in 0..20 {
                let mut met: Vec<usize> = (0..targets).map(|place| turn(round * targets + place, targets)).collect();
                met.sort_unstable();
                assert_eq!(met, (0..targets).collect::<Vec<_>>());
            }
        }
    }
}
