//! Random months of a company: whatever happens in it, and however often Rollcall is off or begins anew, nobody
//! hears twice of one thing, or too early, and nobody is a member who should not be.

use std::collections::{BTreeMap, BTreeSet};

use domain::{field::Field, import::State as ImportState, member::State};
use engine::{
    Actor, Scope,
    import::{Report, Silent},
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use proptest::{
    prelude::*,
    test_runner::{RngAlgorithm, TestRng, TestRunner},
};
use sandbox::Change;
use store::members::Listed;

use super::hours;
use crate::bed::Bed;

/// How many people there ever are.
const PEOPLE: usize = 4;

/// Something that happens.
#[derive(Debug, Clone, Copy)]
enum Event {
    /// Some hours pass, and somebody looks.
    Hours(i64),
    /// Nothing runs for three weeks.
    Off,
    /// Somebody's record says something else.
    Status(usize, &'static str),
    /// Somebody's record is there, or is not.
    Present(usize, bool),
    /// Somebody is hired anew, under another number.
    Rehire(usize),
    Import,
    /// An import whose source names nobody.
    Broken,
    /// Another process takes over.
    Restart,
    /// The newest import's leavers are brought back.
    Undo,
    /// Somebody closes their own account.
    Wish(usize),
    /// They take it back, or wish to return.
    Return(usize),
}

fn event() -> impl Strategy<Value = Event> {
    let who = || 0..PEOPLE;
    prop_oneof![
        8 => (1_i64..60).prop_map(Event::Hours),
        4 => (100_i64..400).prop_map(Event::Hours),
        1 => Just(Event::Off),
        6 => (who(), prop::sample::select(vec!["active", "inactive", "leave", "onboarding"]))
            .prop_map(|(who, status)| Event::Status(who, status)),
        2 => (who(), any::<bool>()).prop_map(|(who, there)| Event::Present(who, there)),
        1 => who().prop_map(Event::Rehire),
        8 => Just(Event::Import),
        1 => Just(Event::Broken),
        1 => Just(Event::Restart),
        2 => Just(Event::Undo),
        1 => who().prop_map(Event::Wish),
        1 => who().prop_map(Event::Return),
    ]
}

/// Somebody of the company.
#[derive(Debug, Clone, Copy)]
struct Person {
    id: i64,
    status: &'static str,
    is_there: bool,
    /// Whether they asked to be erased and left alone.
    asked: bool,
}

struct Life {
    bed: Bed,
    people: Vec<Person>,
    last: Option<Report>,
    /// Notices that were seen, by mail, and the leaving that each is about.
    notices: BTreeMap<uuid::Uuid, (uuid::Uuid, i64)>,
    seen: BTreeSet<uuid::Uuid>,
    /// Members as they were last seen.
    before: BTreeMap<uuid::Uuid, Listed>,
}

impl Life {
    async fn begin() -> Self {
        let person = |at: usize| Person {
            id: i64::try_from(at).expect("small") + 1,
            status: "active",
            is_there: true,
            asked: false,
        };
        let mut life = Self {
            bed: Bed::on_sqlite().await,
            people: (0..PEOPLE).map(person).collect(),
            last: None,
            notices: BTreeMap::new(),
            seen: BTreeSet::new(),
            before: BTreeMap::new(),
        };
        life.employ();
        let guard = "leavers_count = 1000\nweek_leavers_count = 1000\njoiners_count = 1000\nidentity_count = 1000\n";
        let more = format!("contract_start_date = \"hire_date\"\n[guard]\n{guard}");
        life.bed.set_up(&more).await;
        life.import().await;
        // Half of them set a password.
        life.bed.sql("UPDATE members SET state = 'active' WHERE employee_id IN ('1', '2')").await;
        life.look().await;
        life
    }

    fn employ(&self) {
        let hire_date = "2027-02-01T00:00:00+01:00";
        let record = |(at, person): (usize, &Person)| {
            Change::set("id", person.id)
                .and("email", format!("p{at}@acme.example").as_str())
                .and("first_name", "Ada")
                .and("last_name", ["Adamski", "Brandt", "Cech", "Dorn"][at])
                .and("dynamic_1830002", "1990-01-02")
                .and("hire_date", hire_date)
                .and("status", person.status)
        };
        // One is always there: an empty read fails (R42).
        let anchor = Change::set("id", 99).and("email", "z@acme.example").and("status", "active");
        let there = self.people.iter().enumerate().filter(|(_, person)| person.is_there).map(record);
        self.bed.employ_people(there.chain([anchor]));
    }

    async fn happens(&mut self, event: Event) {
        match event {
            Event::Hours(number) => self.pass(hours(number)).await,
            Event::Off => self.pass(hours(21 * 24)).await,
            Event::Status(who, status) => self.people[who].status = status,
            Event::Present(who, there) => self.people[who].is_there = there,
            Event::Rehire(who) => self.people[who].id += 100,
            Event::Import => self.import().await,
            Event::Broken => {
                // An empty read fails (R42).
                self.bed.employ_people([]);
                assert_eq!(self.bed.import().await.state, ImportState::Failed);
            }
            Event::Restart => self.bed.engine = self.bed.another_engine().await,
            Event::Undo => {
                if let Some(last) = &self.last {
                    self.bed.engine.restore_leavers(last.import, &Actor::command()).await.expect("an answer");
                }
            }
            Event::Wish(who) => self.wish(who).await,
            Event::Return(who) => {
                let (programme, _) = self.bed.integration().await;
                let address = format!("p{who}@acme.example");
                let back = self.bed.engine.allow_again(&programme, &address, &Actor::command()).await;
                self.people[who].asked &= back.is_err();
            }
        }
        self.employ();
        self.check().await;
    }

    /// Time goes by, and somebody looks.
    async fn pass(&mut self, time: SignedDuration) {
        self.bed.pass(time);
        self.look().await;
    }

    async fn look(&mut self) {
        self.bed.engine.close_down().await.expect("a look");
        self.check().await;
        self.bed.engine.deliver().await.expect("delivered");
    }

    async fn wish(&mut self, who: usize) {
        let (programme, _) = self.bed.integration().await;
        let address = format!("p{who}@acme.example");
        let members = self.bed.members().await;
        if let Some(member) = members.iter().find(|member| member.fields.get(&Field::Email) == Some(&address)) {
            self.bed.engine.close_own_account(&programme, member.id, &Actor::command()).await.expect("closed");
            self.people[who].asked = true;
        }
    }

    async fn import(&mut self) {
        self.bed.pass(SignedDuration::from_secs(1));
        let mut report = self.bed.import().await;
        if report.state == ImportState::OnHold {
            let approved = self.bed.engine.approve(report.import, Scope::Whole, &Actor::command(), &Silent).await;
            report = approved.expect("approved");
        }
        assert_eq!(report.state, ImportState::Completed, "{report:?}");
        self.last = Some(report);
        for member in self.bed.members().await.iter().filter(|member| member.state.is_current()) {
            let address = member.fields.get(&Field::Email).expect("an address");
            let Some(who) = (0..PEOPLE).find(|at| *address == format!("p{at}@acme.example")) else { continue };
            let person = self.people[who];
            let may = person.is_there && person.status != "inactive";
            assert!(may || member.kept_by_hand.is_some(), "{person:?} is {member:?}");
            assert!(!person.asked, "{person:?} wished to be left alone");
        }
        self.check().await;
    }

    /// What has to hold at any time.
    async fn check(&mut self) {
        let (programme, _) = self.bed.integration().await;
        let store = self.bed.engine.store();
        let mails = store.outbox(programme.number()).await.expect("mails");
        let mut members = BTreeMap::new();
        for member in self.bed.members().await {
            let listed = self.bed.engine.member(programme.number(), member.id).await.expect("a member");
            members.insert(member.id.0, listed);
        }
        let zone = TimeZone::get("Europe/Berlin").expect("a zone");
        let date = |micros: i64| zone.to_datetime(Timestamp::from_microsecond(micros).expect("in range")).date();
        let mut welcomed = BTreeSet::new();
        for mail in &mails {
            let Some(member) = mail.member_id else { continue };
            if mail.kind == "welcome" {
                assert!(welcomed.insert(member), "two invitations for one joining");
            }
            if !self.seen.insert(mail.id) {
                continue;
            }
            let now = &members[&member];
            match mail.kind.as_str() {
                "leaver-notice" => {
                    let left_at = now.left_at.expect("a leaver");
                    assert!(mail.created_at - left_at >= 24 * 3_600 * 1_000_000, "told before R37's delay");
                    assert!(self.notices.values().all(|of| *of != (member, left_at)), "told twice");
                    self.notices.insert(mail.id, (member, left_at));
                }
                "leaver-reminder" => {
                    let left_at = now.left_at.expect("a leaver");
                    assert!(self.notices.values().any(|of| *of == (member, left_at)), "reminded of nothing");
                }
                "reopened" => assert!(self.notices.values().any(|(of, _)| *of == member), "back from nothing: {now:?}"),
                _ => {}
            }
        }
        for (id, now) in &members {
            let Some(before) = self.before.get(id) else { continue };
            if now.member.state == State::Closed && before.member.state != State::Closed {
                let on_request = store.trace(programme.number(), now.member.id).await.expect("an answer");
                let on_request = on_request.is_some_and(|trace| trace.excluded);
                let left_at = before.left_at.or(now.left_at).expect("a leaver");
                let days = date(left_at).until(date(self.bed.engine.now())).expect("in order").get_days();
                assert!(on_request || days > 60, "erased after {days} days");
                let told = self.notices.values().any(|of| *of == (*id, left_at));
                assert!(on_request || told, "erased without a notice");
            }
        }
        self.before = members;
    }
}

#[test]
fn nobody_hears_twice_or_too_early_and_nobody_is_erased_early() {
    let config =
        ProptestConfig { cases: 6, failure_persistence: None, max_shrink_iters: 40, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let outcome = runner.run(&prop::collection::vec(event(), 40..70), |events| {
        runtime.block_on(async {
            let mut life = Life::begin().await;
            for event in events {
                life.happens(event).await;
            }
            life.bed.sandbox.stop().await;
        });
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}
