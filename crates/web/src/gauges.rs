//! What the database says of the whole installation, as Prometheus is told it. Every node tells the same.

use std::{
    sync::atomic::{AtomicI64, AtomicU64},
    time::Duration,
};

use domain::integration;
use prometheus_client::{
    metrics::{family::Family, gauge::Gauge},
    registry::Registry,
};
use store::backlog::{Backlog, Heap};

type Count = Gauge<i64, AtomicI64>;
type Seconds = Gauge<f64, AtomicU64>;

/// What is looked up whenever somebody asks.
#[derive(Debug, Default)]
pub(crate) struct Gauges {
    up: Count,
    ping: Seconds,
    connections: Family<[(&'static str, &'static str); 2], Count>,
    integrations: Family<[(&'static str, &'static str); 1], Count>,
    imports: Family<[(&'static str, &'static str); 1], Count>,
    import_ages: Family<[(&'static str, &'static str); 1], Seconds>,
    idle: Family<[(&'static str, &'static str); 0], Count>,
    idle_age: Family<[(&'static str, &'static str); 0], Seconds>,
    /// Number and age of what is due, by what it is. A family, so that it can be empty.
    waiting: Family<[(&'static str, &'static str); 1], Count>,
    waiting_ages: Family<[(&'static str, &'static str); 1], Seconds>,
    leases: Family<[(&'static str, &'static str); 0], Count>,
    lease_age: Family<[(&'static str, &'static str); 0], Seconds>,
    mail_standstill: Count,
    /// A family, so that it can be empty.
    held: Family<[(&'static str, &'static str); 0], Count>,
}

/// Every state that is told of, so that a rule finds a 0 where there are none.
const UNFINISHED: [&str; 5] = ["queued", "reading", "planning", "on-hold", "applying"];

impl Gauges {
    /// Adds everything to what is told.
    pub(crate) fn register(&self, to: &mut Registry) {
        to.register("database_up", "Whether the database answers: 1 or 0", self.up.clone());
        to.register(
            "database_ping_seconds",
            "How long the database took to answer, waiting for a connection included",
            self.ping.clone(),
        );
        to.register(
            "database_connections",
            "Connections to the database, by pool and whether they are used",
            self.connections.clone(),
        );
        to.register("integrations", "Integrations, by state", self.integrations.clone());
        to.register("imports_unfinished", "Imports that are not over, by state", self.imports.clone());
        to.register(
            "imports_unfinished_oldest_seconds",
            "How long the oldest import has been in its state",
            self.import_ages.clone(),
        );
        to.register(
            "imports_idle",
            "Imports that are not over and wait for nobody's answer, and that no process works on",
            self.idle.clone(),
        );
        to.register(
            "imports_idle_oldest_seconds",
            "How long the oldest of those has been in its state",
            self.idle_age.clone(),
        );
        to.register(
            "due",
            "What is due and has not begun or gone: scheduled imports, mails and events",
            self.waiting.clone(),
        );
        to.register("due_oldest_seconds", "How long the oldest of it has been due", self.waiting_ages.clone());
        to.register("leases", "Pieces of work that somebody has taken", self.leases.clone());
        to.register(
            "lease_heartbeat_oldest_seconds",
            "The age of the oldest heartbeat of those pieces of work",
            self.lease_age.clone(),
        );
        to.register(
            "held",
            "Whether the installation was restored from a backup and waits for its release: 1 or 0",
            self.held.clone(),
        );
        to.register(
            "mail_standstill",
            "Whether this process delivers no mails since none can go: 1 or 0",
            self.mail_standstill.clone(),
        );
    }

    /// Whether the database answered, how long that took, and what its pools hold.
    pub(crate) fn database(&self, answers: bool, took: Duration, pools: &[(&'static str, u32, usize)]) {
        self.up.set(i64::from(answers));
        self.ping.set(took.as_secs_f64());
        for (pool, size, idle) in pools {
            let idle = i64::try_from(*idle).unwrap_or(i64::MAX);
            let of = |state| self.connections.get_or_create_owned(&[("pool", *pool), ("state", state)]);
            of("idle").set(idle);
            of("used").set(i64::from(*size).saturating_sub(idle).max(0));
        }
    }

    /// What waits, at this time in microseconds of UTC.
    pub(crate) fn backlog(&self, backlog: &Backlog, now: i64) {
        for state in integration::State::all().map(integration::State::as_str) {
            let number = Backlog::in_state(&backlog.integrations, state).number;
            self.integrations.get_or_create(&[("state", state)]).set(number);
        }
        for state in UNFINISHED {
            let (heap, of) = (&Backlog::in_state(&backlog.imports, state), [("state", state)]);
            self.imports.get_or_create(&of).set(heap.number);
            self.import_ages.get_or_create(&of).set(age(heap, now));
        }
        self.idle.get_or_create(&[]).set(backlog.idle.number);
        self.idle_age.get_or_create(&[]).set(age(&backlog.idle, now));
        for (name, heap) in [("imports", &backlog.due), ("mails", &backlog.mails), ("events", &backlog.events)] {
            self.waiting.get_or_create(&[("what", name)]).set(heap.number);
            self.waiting_ages.get_or_create(&[("what", name)]).set(age(heap, now));
        }
        self.held.get_or_create(&[]).set(i64::from(backlog.is_held));
        self.leases.get_or_create(&[]).set(backlog.leases.number);
        self.lease_age.get_or_create(&[]).set(age(&backlog.leases, backlog.database_time));
    }

    /// The database could not be asked: nothing is known of what waits.
    pub(crate) fn nothing(&self) {
        self.integrations.clear();
        self.imports.clear();
        self.import_ages.clear();
        self.idle.clear();
        self.idle_age.clear();
        self.waiting.clear();
        self.waiting_ages.clear();
        self.held.clear();
        self.leases.clear();
        self.lease_age.clear();
    }

    pub(crate) fn mails_stand_still(&self, stand_still: bool) {
        self.mail_standstill.set(i64::from(stand_still));
    }
}

/// How old the oldest is, in seconds.
fn age(heap: &Heap, now: i64) -> f64 {
    let micros = heap.oldest.map_or(0, |oldest| now.saturating_sub(oldest));
    Duration::from_micros(u64::try_from(micros).unwrap_or_default()).as_secs_f64()
}
