//! What people do: those of the company, and those who look after the programmes.

use rand::{RngExt, rngs::StdRng};
use sandbox::{Change, Company, Mutation};

use super::scene::{Heal, Scene};
use crate::portal::{PROGRAMME, hyphened};

/// What a member chooses.
const PASSWORD: &str = "marble teapot 88 lanes";

impl Scene {
    /// Somebody joins, moves, leaves or comes back.
    pub(super) fn life(&mut self, dice: &mut StdRng) {
        let (_, client) = self.some_programme(dice);
        let what = dice.random_range(0..10);
        let pick: u64 = dice.random();
        let happened = self.sandbox.company(&client, |company| one_life(company, what, pick));
        self.note(happened.unwrap_or("nothing"));
    }

    /// So many that the guard may ask.
    pub(super) fn many_leave(&mut self, dice: &mut StdRng) {
        let (_, client) = self.some_programme(dice);
        let some = dice.random_range(5..10);
        let left = self.sandbox.company(&client, |company| company.mutate(&Mutation::Leave { first: some }));
        // Nobody runs out of people.
        let hired = self.sandbox.company(&client, |company| company.mutate(&Mutation::Hire { count: some }));
        if left.is_ok() && hired.is_ok() {
            self.note("many leave at once");
        }
    }

    /// Whoever is asked answers.
    pub(super) fn answer_holds(&mut self, dice: &mut StdRng) {
        let (slug, _) = self.some_programme(dice);
        let Some(held) = self.facts.imports_in(&slug, "on-hold").pop() else { return };
        let held = hyphened(&held);
        let (what, arguments): (_, &[&str]) = match dice.random_range(0..4) {
            0 | 1 => ("hold approved", &["imports", "approve", &held]),
            2 => ("hold approved without leavers", &["imports", "approve", &held, "--without-leavers"]),
            _ => ("hold rejected", &["imports", "reject", &held]),
        };
        self.command(arguments);
        self.note(what);
    }

    /// The leavers of an import are brought back together.
    pub(super) fn undo(&mut self, dice: &mut StdRng) {
        let (slug, _) = self.some_programme(dice);
        let with_leavers = |id: &String| self.facts.imports[id].counts["leave"].as_u64() > Some(0);
        let Some(import) = self.facts.imports_in(&slug, "completed").into_iter().rfind(with_leavers) else { return };
        let of_it = self.facts.changes.iter().filter(|change| change.import == import && change.kind == "leave");
        let back: Vec<String> = of_it
            .filter_map(|change| self.facts.members.get(&change.member))
            .map(|member| member.employee_id.clone())
            .collect();
        self.apart.extend(back);
        self.command(&["imports", "restore-leavers", &hyphened(&import)]);
        self.note("undo");
    }

    pub(super) fn pause_and_resume(&mut self, dice: &mut StdRng) {
        let (slug, _) = self.some_programme(dice);
        self.command(&["integration", "pause", &slug]);
        self.heal_later(dice.random_range(1_000..4_000), Heal::Resume(slug));
        self.note("pause");
    }

    /// A mail that waits or could not go is tried again in the portal.
    pub(super) fn resend(&mut self, dice: &mut StdRng) {
        let of_acme =
            self.facts.mails.iter().filter(|(_, mail)| mail.programme == PROGRAMME && mail.state == "pending");
        let waiting: Vec<String> = of_acme.map(|(id, _)| id.clone()).collect();
        let (Some(portal), false) = (self.open_portal(), waiting.is_empty()) else { return };
        let mail = hyphened(&waiting[dice.random_range(0..waiting.len())]);
        if portal.manager.post(&format!("/manage/{PROGRAMME}/outbox/{mail}/again"), &[]).is_ok() {
            self.note("mail tried again by hand");
        }
    }

    /// Somebody follows the invitation that arrived.
    pub(super) fn use_a_link(&mut self) {
        self.post.look();
        let Some(portal) = self.open_portal() else { return };
        let Some(link) = self.post.take_links().pop() else { return };
        let enter = || portal.manager.post(&link, &[("password", PASSWORD)]).map(|answer| answer.status);
        match enter() {
            Ok(300..400) => {
                self.note("invitation used");
                if let Ok(300..400) = enter() {
                    let broken = crate::Broken::new("an invitation works once (R32)", "a link was used twice");
                    self.broken([broken]);
                }
            }
            Ok(410) => self.note("invitation that works no more"),
            Ok(status) if status >= 500 => self.note("invitation met a fault"),
            _ => {}
        }
    }

    pub(super) fn import_by_command(&mut self, dice: &mut StdRng) {
        let (slug, _) = self.some_programme(dice);
        self.command(&["import", &slug]);
        self.note("import by command");
    }
}

fn one_life(company: &mut Company, what: u32, pick: u64) -> &'static str {
    let some = |ids: Vec<i64>| ids.get(usize::try_from(pick).unwrap_or_default() % ids.len().max(1)).copied();
    let Some(at_work) = some(company.ids_with_status("active")) else { return "nobody is at work" };
    match what {
        0..=3 => {
            company.mutate(&Mutation::Hire { count: 1 + usize::from(pick.is_multiple_of(3)) });
            "joiners"
        }
        4 | 5 => {
            company.change(at_work, &Change::set("status", "inactive"));
            "leaver"
        }
        6 => {
            company.change(at_work, &Change::set("department", format!("Department {}", pick % 20)));
            "mover"
        }
        7 => {
            let address = format!("renamed.{}@{}", pick % 1_000_000_007, company.domain());
            company.change(at_work, &Change::set("email", address));
            "another address"
        }
        8 => match some(company.ids_with_status("inactive")) {
            Some(former) => {
                company.mutate(&Mutation::Rehire { id: former });
                "rehire under a new number"
            }
            None => "nobody has left",
        },
        _ => match some(company.ids_with_status("inactive")) {
            Some(former) => {
                company.change(former, &Change::set("status", "active"));
                "back under the same number"
            }
            None => "nobody has left",
        },
    }
}
