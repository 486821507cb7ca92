//! Processes that share one count, in simulated time.

use std::sync::atomic::AtomicBool;

use futures::future::FutureExt;
use tokio::time::advance;

use super::*;
use crate::personio::Limiter;

/// After how long without a word an owner is taken for dead.
const DEAD: Duration = Duration::from_secs(10);

/// What a database would hold.
#[derive(Default)]
struct Row {
    owner: Option<u8>,
    wanted_by: Option<u8>,
    heard: Option<Instant>,
    ended: Vec<Instant>,
    reserved: usize,
    statements: usize,
}

/// A ledger as one process sees it.
struct Entry {
    row: Arc<Mutex<Row>>,
    process: u8,
    /// Whether the process is dead: nothing it says arrives.
    dead: Arc<AtomicBool>,
}

impl Entry {
    fn row(&self) -> Result<MutexGuard<'_, Row>, Unreachable> {
        if self.dead.load(Ordering::SeqCst) {
            return Err(Unreachable("the dead say nothing".to_owned()));
        }
        let mut row = self.row.lock().expect("nobody panics");
        row.statements += 1;
        Ok(row)
    }
}

fn at(ages: &[Duration]) -> Vec<Instant> {
    ages.iter().filter_map(|age| Instant::now().checked_sub(*age)).collect()
}

impl Ledger for Entry {
    fn take(&self, credit: usize) -> BoxFuture<'_, Result<Option<Found>, Unreachable>> {
        async move {
            let mut row = self.row()?;
            let is_dead = row.heard.is_some_and(|heard| heard.elapsed() >= DEAD);
            let is_free = row.owner.is_none() && row.wanted_by.is_none_or(|wanted| wanted == self.process);
            if !(is_free || is_dead) {
                row.wanted_by.get_or_insert(self.process);
                return Ok(None);
            }
            let unknown = std::mem::replace(&mut row.reserved, credit);
            (row.owner, row.wanted_by, row.heard) = (Some(self.process), None, Some(Instant::now()));
            Ok(Some(Found { ages: row.ended.iter().map(Instant::elapsed).collect(), unknown }))
        }
        .boxed()
    }

    fn keep(&self, ages: Vec<Duration>, credit: usize) -> BoxFuture<'_, Result<Option<bool>, Unreachable>> {
        async move {
            let mut row = self.row()?;
            if row.owner != Some(self.process) {
                return Ok(None);
            }
            (row.ended, row.reserved, row.heard) = (at(&ages), credit, Some(Instant::now()));
            Ok(Some(row.wanted_by.is_some()))
        }
        .boxed()
    }

    fn give_up(&self, ages: Vec<Duration>) -> BoxFuture<'_, Result<(), Unreachable>> {
        async move {
            let mut row = self.row()?;
            (row.owner, row.ended, row.reserved) = (None, at(&ages), 0);
            Ok(())
        }
        .boxed()
    }
}

struct Process {
    limiter: Limiter,
    dead: Arc<AtomicBool>,
}

fn process(row: &Arc<Mutex<Row>>, number: u8) -> Process {
    let dead = Arc::<AtomicBool>::default();
    let ledger = Entry { row: Arc::clone(row), process: number, dead: Arc::clone(&dead) };
    Process { limiter: Limiter::with_ledger(Limits::default(), Arc::new(ledger)), dead }
}

/// So many requests, each of which takes a tenth of a second; when each arrived.
async fn requests(limiter: &Limiter, count: usize) -> Vec<Instant> {
    let mut times = Vec::new();
    for _ in 0..count {
        let permit = limiter.admit().await;
        sleep(Duration::from_millis(40)).await;
        times.push(Instant::now());
        sleep(Duration::from_millis(20)).await;
        drop(permit);
    }
    times
}

fn assert_allowed(mut times: Vec<Instant>) {
    times.sort();
    for (window, allowed) in [(Duration::from_secs(1), 15), (Duration::from_mins(1), 300)] {
        for from in 0..times.len() {
            let within = times[from..].iter().take_while(|at| **at - times[from] <= window).count();
            assert!(within <= allowed, "{within} in {window:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn r6_one_process_alone_loses_nothing_and_says_little() {
    let row = Arc::<Mutex<Row>>::default();
    let one = process(&row, 1);
    let start = Instant::now();
    let times = requests(&one.limiter, 1_000).await;
    // As for a limiter of its own: 300 as fast as they may be, then the next minute.
    let (ideal, taken) = (Duration::from_secs(3 * 60 + 7), start.elapsed());
    assert!(taken <= ideal.mul_f64(1.03), "{taken:?}");
    assert_allowed(times);
    let statements = row.lock().expect("nobody panics").statements;
    assert!(statements <= 110, "{statements} in three minutes");
    one.limiter.rest().await;
    assert_eq!(row.lock().expect("nobody panics").owner, None);
}

#[tokio::test(start_paused = true)]
async fn r6_processes_that_use_the_same_credentials_keep_within_one_limit() {
    let row = Arc::<Mutex<Row>>::default();
    let start = Instant::now();
    let all = (0..3).map(|number| {
        let process = process(&row, number);
        async move { requests(&process.limiter, 250).await }
    });
    let times: Vec<Vec<Instant>> = futures::future::join_all(all).await;
    let taken = start.elapsed();
    assert_allowed(times.concat());
    assert!(taken < Duration::from_mins(3), "{taken:?}: 750 in a little over two minutes");
}

#[tokio::test(start_paused = true)]
async fn r6_what_a_dead_process_might_have_asked_counts() {
    let row = Arc::<Mutex<Row>>::default();
    let (one, two) = (process(&row, 1), process(&row, 2));
    let mut times = requests(&one.limiter, 100).await;
    // It dies in the middle of the next ones, of which nobody was told.
    let permit = one.limiter.admit().await;
    times.push(Instant::now());
    one.dead.store(true, Ordering::SeqCst);
    std::mem::forget(permit);
    let start = Instant::now();
    times.extend(requests(&two.limiter, 400).await);
    let waited = start.elapsed();
    assert_allowed(times);
    assert!(waited > DEAD && waited < Duration::from_secs(130), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn whoever_stops_waiting_costs_nothing() {
    let row = Arc::<Mutex<Row>>::default();
    let (one, two) = (process(&row, 1), process(&row, 2));
    let permit = one.limiter.admit().await;
    assert!(timeout(Duration::from_secs(5), two.limiter.admit()).await.is_err(), "the other has it");
    drop(permit);
    advance(Duration::from_secs(3)).await;
    drop(two.limiter.admit().await);
    drop(one.limiter.admit().await);
}
