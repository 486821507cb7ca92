//! The end: faults are over, everything comes to rest, and all promises are looked at once more.

use std::{collections::BTreeSet, time::Duration};

use rand::{SeedableRng, rngs::StdRng};
use serde_json::Value;

use super::scene::Scene;
use crate::{Facts, clock, ledger::Broken, portal::hyphened, source};

/// How long it may take until nothing is left to do.
const PATIENCE: Duration = Duration::from_mins(2);

impl Scene {
    pub(super) fn end(&mut self) -> anyhow::Result<()> {
        self.end_of_faults();
        let slugs: Vec<(String, String)> =
            self.programmes.iter().map(|programme| (programme.slug.clone(), programme.client.clone())).collect();
        for (slug, _) in &slugs {
            self.command(&["integration", "resume", slug]);
            self.bring_in_step(slug);
        }
        self.wait_for_rest();
        if let Some(portal) = self.open_portal() {
            // A schedule may begin an import between one look and the other.
            let mut broken = Vec::new();
            for _ in 0..5 {
                broken = Facts::of(&self.direct).map(|facts| portal.compare(&facts)).unwrap_or_default();
                if broken.is_empty() {
                    break;
                }
            }
            self.broken(broken);
        }
        for at in 0..self.nodes.len() {
            self.stop_node(at);
        }
        // Whatever they left is gone on with; nothing runs by itself any more.
        for (slug, client) in &slugs {
            self.bring_in_step(slug);
            let questions = self.questions(slug);
            let apart: BTreeSet<String> = self.apart.union(&questions).cloned().collect();
            let place = self.direct.clone();
            let broken = self.sandbox.company(client, |company| source::compare(&place, slug, company, &apart));
            self.broken(broken.unwrap_or_default());
            self.nothing_new(slug);
        }
        self.post.look();
        // Somebody who was killed a moment ago gave nothing up; that counts for as long as a lease does.
        crate::until(Duration::from_secs(12), || Facts::of(&self.direct).is_ok_and(|facts| facts.leases() == 0));
        let facts = Facts::of(&self.direct)?;
        let broken = self.ledger.look_when_quiet(&facts, self.post.arrived());
        self.broken(broken);
        let broken = self.ledger.look_at_post(&facts, self.post.arrived(), self.doubtful);
        self.broken(broken);
        self.facts = facts;
        Ok(())
    }

    fn end_of_faults(&mut self) {
        let mut dice = StdRng::seed_from_u64(self.wanted.seed);
        if let Some(way) = &self.way {
            way.disarm();
            way.stall(false);
        }
        let later = std::mem::take(&mut self.later);
        let (database, others): (Vec<_>, Vec<_>) =
            later.into_iter().partition(|(_, heal)| matches!(heal, super::scene::Heal::Database));
        for (_, heal) in database.into_iter().chain(others) {
            self.bring_back(heal, &mut dice);
        }
        for programme in &self.programmes {
            drop(self.sandbox.clear_faults(&programme.client));
        }
        let begin = clock();
        while !self.later.is_empty() && begin.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(200));
            self.heal(&mut dice);
        }
    }

    /// An import by command is completed, whatever stood in the way before.
    fn bring_in_step(&mut self, slug: &str) {
        let begin = clock();
        let mut said = String::new();
        while begin.elapsed() < PATIENCE {
            let Some(ran) = self.command(&["import", slug, "--json"]) else { continue };
            match ran.code {
                0 | 3 => return,
                4 => {
                    let report: Value = serde_json::from_str(&ran.out).unwrap_or_default();
                    let held = report["import"].as_str().unwrap_or_default().to_owned();
                    let approved = self.command(&["imports", "approve", &held]);
                    if approved.is_some_and(|ran| [0, 3].contains(&ran.code)) {
                        return;
                    }
                }
                _ => {}
            }
            said = format!("{ran:?}");
            std::thread::sleep(Duration::from_millis(300));
        }
        let promise = "an import completes once nothing stands in its way (R54)";
        self.broken([Broken::new(promise, format!("{slug}: {said}"))]);
    }

    /// Whose questions the last import has.
    fn questions(&mut self, slug: &str) -> BTreeSet<String> {
        let Ok(facts) = Facts::of(&self.direct) else { return BTreeSet::new() };
        let Some((import, _)) = facts.newest(slug) else { return BTreeSet::new() };
        let shown = self.command(&["imports", "show", &hyphened(import), "--json"]);
        let shown: Value = shown.and_then(|ran| serde_json::from_str(&ran.out).ok()).unwrap_or_default();
        let rejected = shown["changes"].as_array().into_iter().flatten().filter(|change| change["kind"] == "reject");
        rejected.filter_map(|change| change["employee_id"].as_str().map(str::to_owned)).collect()
    }

    /// R31.
    fn nothing_new(&mut self, slug: &str) {
        let Some(ran) = self.command(&["import", slug, "--json"]) else { return };
        let report: Value = serde_json::from_str(&ran.out).unwrap_or_default();
        let done: Vec<u64> =
            ["join", "update", "leave", "rejoin"].iter().filter_map(|kind| report[*kind].as_u64()).collect();
        if done != [0, 0, 0, 0] {
            let detail = format!("{slug}: an import right after another did {done:?}");
            self.broken([Broken::new("nothing new, nothing done (R31)", detail)]);
        }
    }

    /// Servers are given time to do what is due.
    fn wait_for_rest(&mut self) {
        let begin = clock();
        let mut left = 0;
        while begin.elapsed() < PATIENCE {
            self.look();
            left = self.facts.mails_due(self.their_now());
            if left == 0 {
                return;
            }
            std::thread::sleep(Duration::from_millis(500));
        }
        let promise = "mails go once nothing stands in their way (R50)";
        self.broken([Broken::new(promise, format!("{left} mails are due and have not gone"))]);
    }
}
