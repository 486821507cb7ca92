//! What breaks, and comes back.

use std::time::Duration;

use rand::{RngExt, rngs::StdRng};
use sandbox::{Endpoint, Fault, FaultKind, Shift};
use testkit::Commit;

use super::scene::{Heal, Scene};
use crate::{ledger::Broken, node::Node};

/// How long a server may take to stop when it is told to.
pub(super) const GRACE: Duration = Duration::from_secs(10);

impl Scene {
    /// The HR system is slow, hangs, lies or talks on and on.
    pub(super) fn source_fault(&mut self, dice: &mut StdRng) {
        let (_, client) = self.some_programme(dice);
        let fault = match dice.random_range(0..12) {
            0 => Fault::new(FaultKind::Status { status: 503, retry_after: None }).times(2),
            1 => Fault::new(FaultKind::Unreadable).times(4),
            2 => Fault::new(FaultKind::Cut).times(2),
            3 => Fault::new(FaultKind::Slow { ms: 800 }),
            4 => Fault::new(FaultKind::Hang { within: true }).times(2),
            5 => Fault::new(FaultKind::Empty),
            6 => Fault::new(FaultKind::Half { truthful: false }),
            7 => Fault::new(FaultKind::Half { truthful: true }),
            8 => Fault::new(FaultKind::Endless),
            9 => Fault::new(FaultKind::Shift { after: 1, how: Shift::Rotate, same_total: true }),
            10 => Fault::new(FaultKind::TokenRefused).on(Endpoint::Employees).times(1),
            _ => Fault::new(FaultKind::Huge { bytes: 200_000_000 }).times(1),
        };
        if self.sandbox.add_fault(&client, fault).is_ok() {
            self.heal_later(dice.random_range(500..4_000), Heal::Source(client));
            self.note("fault of the HR system");
        }
    }

    pub(super) fn kill_a_node(&mut self, dice: &mut StdRng) {
        let Some(at) = self.some_node(dice) else { return };
        if let Some(node) = self.nodes[at].take() {
            node.kill();
        }
        self.broke_off();
        self.heal_later(dice.random_range(0..6_000), Heal::Node(at));
        self.note("server killed");
    }

    pub(super) fn stop_a_node(&mut self, dice: &mut StdRng) {
        let Some(at) = self.some_node(dice) else { return };
        self.stop_node(at);
        self.heal_later(dice.random_range(0..4_000), Heal::Node(at));
    }

    /// Tells a server to stop, which it does in good order and in time.
    pub(super) fn stop_node(&mut self, at: usize) {
        const PROMISE: &str = "a server that is told to stop does so within 10 s, in good order";
        let Some(node) = self.nodes[at].take() else { return };
        let stopped = node.terminate(GRACE * 3);
        self.stopped_in(stopped.took);
        if stopped.code != 0 || stopped.took > GRACE {
            let took = stopped.took.as_secs_f64();
            let detail = format!("exit {} after {took:.1} s: {}", stopped.code, stopped.complaints);
            self.broken([Broken::new(PROMISE, detail)]);
        }
        // Whoever had to be cut off may have had mails under way.
        self.broke_off();
        self.note("server told to stop");
    }

    pub(super) fn cut(&mut self, dice: &mut StdRng) {
        let Some(way) = &self.way else { return };
        if dice.random_range(0..3) == 0 {
            way.cut_after_bytes(dice.random_range(1..40_000));
        } else {
            way.cut();
        }
        self.broke_off();
        self.note("connections to the database cut");
    }

    pub(super) fn cut_in_a_commit(&mut self, dice: &mut StdRng) {
        let Some(way) = &self.way else { return };
        let how = if dice.random() { Commit::Lost } else { Commit::Unanswered };
        way.cut_at_commit(dice.random_range(1..12), how);
        self.broke_off();
        self.note("connection cut in a commit");
    }

    pub(super) fn database_away(&mut self, dice: &mut StdRng) {
        if self.later.iter().any(|(_, heal)| matches!(heal, Heal::Database)) {
            return;
        }
        let Some(postgres) = &self.postgres else { return };
        postgres.crash();
        self.broke_off();
        self.heal_later(dice.random_range(200..5_000), Heal::Database);
        self.note("database crashed");
    }

    pub(super) fn database_stalls(&mut self, dice: &mut StdRng) {
        let Some(way) = &self.way else { return };
        way.stall(true);
        self.broke_off();
        // Now and then longer than a lease.
        let longer = dice.random_range(0..4) == 0;
        self.heal_later(if longer { 12_000 } else { dice.random_range(200..3_000) }, Heal::Stall);
        self.note("database does not answer");
    }

    pub(super) fn mail_away(&mut self, dice: &mut StdRng) {
        self.mail.close();
        self.broke_off();
        self.heal_later(dice.random_range(500..6_000), Heal::Mail);
        self.note("mail server away");
    }

    pub(super) fn mail_cut(&mut self) {
        self.mail.cut();
        self.broke_off();
        self.note("connections to the mail server cut");
    }

    /// What has been broken for long enough comes back.
    pub(super) fn heal(&mut self, dice: &mut StdRng) {
        let at = self.at();
        let (due, later) = std::mem::take(&mut self.later).into_iter().partition(|(when, _)| *when <= at);
        self.later = later;
        let due: Vec<(Duration, Heal)> = due;
        for (_, heal) in due {
            self.bring_back(heal, dice);
        }
    }

    pub(super) fn bring_back(&mut self, heal: Heal, dice: &mut StdRng) {
        match heal {
            Heal::Node(at) if self.nodes[at].is_none() => {
                // Machines do not agree on the time: by up to two minutes of this one's day.
                let shift = dice.random_range(-120..=120);
                match Node::start(&self.place.clone().with("ROLLCALL_CLOCK_SHIFT", shift), &[]) {
                    Ok(node) => self.nodes[at] = Some(node),
                    // The database may be away just now.
                    Err(_) => self.heal_later(1_000, Heal::Node(at)),
                }
            }
            Heal::Node(_) => {}
            Heal::Database => self.postgres.iter().for_each(testkit::Postgres::start_again),
            Heal::Stall => self.way.iter().for_each(|way| way.stall(false)),
            Heal::Mail => self.mail.open(),
            Heal::Source(client) => drop(self.sandbox.clear_faults(&client)),
            Heal::Resume(slug) => drop(self.command(&["integration", "resume", &slug])),
        }
    }
}
