//! Random months of a company: whatever happens in it, and however often Rollcall is off or begins anew, nobody
//! hears twice of one thing, or too early, and nobody is a member who should not be.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use domain::{field::Field, ids::MemberId, import::State as ImportState, member::State};
use engine::{
    Actor, MailServer, Scope,
    import::{Report, Silent},
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use mail::smtp::{Server, Settings};
use proptest::{
    prelude::*,
    test_runner::{RngAlgorithm, TestRng, TestRunner},
};
use sandbox::{Change, Endpoint, Fault, FaultKind};
use store::members::Listed;

use super::hours;
use crate::bed::{Bed, CLIENT};

/// How many people there ever are.
const PEOPLE: usize = 4;

/// Their addresses; how a mail server treats them goes by their beginning.
const ADDRESSES: [&str; PEOPLE] = ["p0@acme.example", "grey@acme.example", "p2@acme.example", "refused@acme.example"];

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
    /// An import whose source fails it.
    Broken(Failing),
    /// A process is killed in the middle of an import, and another goes on with it.
    Killed(u64),
    /// Another process takes over.
    Restart,
    /// From now on mails go this way.
    Post(Way),
    /// An administrator sends somebody their invitation again.
    Resend(usize),
    /// Somebody enters their address at “First time here?”.
    Ask(usize),
    /// The newest import's leavers are brought back.
    Undo,
    /// Somebody closes their own account.
    Wish(usize),
    /// They take it back, or wish to return.
    Return(usize),
}

/// What is wrong with a source.
#[derive(Debug, Clone, Copy)]
enum Failing {
    /// It names nobody (R42).
    Empty,
    /// Its list ends before its total (R1).
    Half,
    /// It no longer shares the status (R8).
    NoStatus,
}

/// How mails leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Folder,
    /// By a mail server that refuses one of them and greylists another.
    Server,
    /// By one that does not answer.
    Away,
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
        1 => prop::sample::select(vec![Failing::Empty, Failing::Half, Failing::NoStatus]).prop_map(Event::Broken),
        1 => (0_u64..40).prop_map(Event::Killed),
        1 => Just(Event::Restart),
        2 => prop::sample::select(vec![Way::Folder, Way::Server, Way::Away]).prop_map(Event::Post),
        2 => who().prop_map(Event::Resend),
        2 => who().prop_map(Event::Ask),
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
    way: Way,
    /// Started when it is first needed.
    server: Option<testkit::MailServer>,
    people: Vec<Person>,
    last: Option<Report>,
    /// Notices that were seen, by mail, and the leaving that each is about.
    notices: BTreeMap<uuid::Uuid, (uuid::Uuid, i64)>,
    /// How often each member was reminded of each leaving, told that they are back, or that they are closed.
    told: Told,
    seen: BTreeSet<uuid::Uuid>,
    /// Mails that went.
    sent: BTreeSet<uuid::Uuid>,
    /// How often a member's invitation was sent again.
    resent: BTreeMap<uuid::Uuid, usize>,
    /// Members as they were last seen.
    before: BTreeMap<uuid::Uuid, Listed>,
    /// Whether what happens now may make somebody a member, or one again.
    lets_in: bool,
}

impl Life {
    async fn begin(bed: Bed) -> Self {
        let person = |at: usize| Person {
            id: i64::try_from(at).expect("small") + 1,
            status: "active",
            is_there: true,
            asked: false,
        };
        let mut life = Self {
            bed,
            way: Way::Folder,
            server: None,
            people: (0..PEOPLE).map(person).collect(),
            last: None,
            notices: BTreeMap::new(),
            told: Told::new(),
            seen: BTreeSet::new(),
            sent: BTreeSet::new(),
            resent: BTreeMap::new(),
            before: BTreeMap::new(),
            lets_in: true,
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
                .and("email", ADDRESSES[at])
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
        self.lets_in = matches!(event, Event::Import | Event::Killed(_) | Event::Undo | Event::Return(_));
        match event {
            Event::Hours(number) => self.pass(hours(number)).await,
            Event::Off => self.pass(hours(21 * 24)).await,
            Event::Status(who, status) => self.people[who].status = status,
            Event::Present(who, there) => self.people[who].is_there = there,
            Event::Rehire(who) => self.people[who].id += 100,
            Event::Import => self.import().await,
            Event::Broken(how) => {
                let kind = match how {
                    Failing::Empty => FaultKind::Empty,
                    Failing::Half => FaultKind::Half { truthful: false },
                    Failing::NoStatus => FaultKind::Withdrawn { attribute: "status".to_owned(), person: None },
                };
                for on in [Endpoint::Employees, Endpoint::Attributes] {
                    self.bed.sandbox.add_fault(CLIENT, Fault::new(kind.clone()).on(on)).expect("a company");
                }
                assert_eq!(self.bed.import().await.state, ImportState::Failed, "{how:?}");
            }
            Event::Killed(millis) => {
                self.bed.pass(SignedDuration::from_secs(1));
                drop(tokio::time::timeout(Duration::from_millis(millis), self.bed.import()).await);
                // Its lease would run out by itself.
                self.bed.sql("DELETE FROM work").await;
                self.begin_anew().await;
                self.import().await;
            }
            Event::Restart => self.begin_anew().await,
            Event::Post(way) => {
                self.way = way;
                self.begin_anew().await;
            }
            Event::Resend(who) => {
                let (programme, _) = self.bed.integration().await;
                for member in self.with_address(who).await {
                    let sent = self.bed.engine.resend_invitation(&programme, member, &Actor::command()).await;
                    *self.resent.entry(member.0).or_default() += usize::from(sent.is_ok());
                }
            }
            Event::Ask(who) => {
                let (programme, _) = self.bed.integration().await;
                self.bed.engine.let_member_in(&programme, ADDRESSES[who]).await.expect("an answer");
                for member in self.with_address(who).await {
                    *self.resent.entry(member.0).or_default() += 1;
                }
            }
            Event::Undo => {
                if let Some(last) = &self.last {
                    self.bed.engine.restore_leavers(last.import, &Actor::command()).await.expect("an answer");
                }
            }
            Event::Wish(who) => self.wish(who).await,
            Event::Return(who) => {
                let (programme, _) = self.bed.integration().await;
                let back = self.bed.engine.allow_again(&programme, ADDRESSES[who], &Actor::command()).await;
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
        self.bed.engine.remind().await.expect("looked");
        self.check().await;
        self.bed.engine.deliver().await.expect("delivered");
        self.check().await;
    }

    /// Another process, that delivers the way that is set.
    async fn begin_anew(&mut self) {
        let engine = self.bed.another_engine().await;
        let url = match self.way {
            Way::Folder => {
                self.bed.engine = engine;
                return;
            }
            Way::Server => {
                self.server.get_or_insert_with(|| testkit::MailServer::start(testkit::Encryption::None)).url()
            }
            // Nobody listens there.
            Way::Away => "smtp://localhost:9".to_owned(),
        };
        let settings = Settings::parse(&url.into(), "rewards.acme.example").expect("an address");
        let server = Server::new(settings).expect("settings");
        let (sender, per_minute) = ("club@acme.example".to_owned(), 6_000.try_into().expect("some"));
        self.bed.engine = engine.with_mail_server(MailServer { server, sender, per_minute });
    }

    /// The members who have somebody's address: one at most.
    async fn with_address(&self, who: usize) -> Vec<MemberId> {
        let members = self.bed.members().await.into_iter();
        let theirs = members.filter(|member| member.fields.get(&Field::Email).is_some_and(|at| at == ADDRESSES[who]));
        theirs.map(|member| member.id).collect()
    }

    async fn wish(&mut self, who: usize) {
        let (programme, _) = self.bed.integration().await;
        if let Some(member) = self.with_address(who).await.first() {
            self.bed.engine.close_own_account(&programme, *member, &Actor::command()).await.expect("closed");
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
            let Some(who) = ADDRESSES.iter().position(|at| at == address) else { continue };
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
        let mut invited: BTreeMap<(uuid::Uuid, &str), usize> = BTreeMap::new();
        let mut joined: BTreeSet<uuid::Uuid> = BTreeSet::new();
        for mail in &mails {
            let Some(member) = mail.member_id else { continue };
            let now = &members[&member];
            if ["welcome", "reminder"].contains(&mail.kind.as_str()) {
                *invited.entry((member, mail.kind.as_str())).or_default() += 1;
            }
            // An account is made once, and whoever comes back is not invited again (R38).
            if mail.kind == "welcome" && mail.import_id.is_some() {
                assert!(joined.insert(member), "invited by two imports");
            }
            // What went since the last look; nobody has left or come back after it went.
            if mail.state == "sent" && self.sent.insert(mail.id) && now.member.state == State::Leaver {
                let asked_for = mail.kind == "member-reset";
                let gone = self.bed.engine.now() - now.left_at.expect("a leaver");
                assert!(asked_for || gone >= 24 * 3_600 * 1_000_000, "{} to a leaver before R37's delay", mail.kind);
                assert!(!["welcome", "reminder"].contains(&mail.kind.as_str()), "{} to a leaver", mail.kind);
            }
            if !self.seen.insert(mail.id) {
                continue;
            }
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
                    let times = tell(&mut self.told, &mail.kind, member, Some(left_at));
                    assert!(times <= 2, "reminded {times} times of one leaving");
                }
                "reopened" => {
                    let notices = self.notices.values().filter(|(of, _)| *of == member).count();
                    let times = tell(&mut self.told, &mail.kind, member, None);
                    assert!(times <= notices, "back {times} times, from {notices} notices: {now:?}");
                }
                "closed" => assert_eq!(tell(&mut self.told, &mail.kind, member, None), 1, "closed twice"),
                _ => {}
            }
        }
        for ((member, kind), number) in invited {
            let times = 1 + self.resent.get(&member).copied().unwrap_or_default();
            // Each invitation is reminded of after 3 and 10 days.
            let most = if kind == "welcome" { times } else { 2 * times };
            assert!(number <= most, "{number} mails `{kind}` for one joining, sent again {times} times");
        }
        for (id, now) in &members {
            let before = self.before.get(id);
            let comes = now.member.state.is_current() && before.is_none_or(|it| !it.member.state.is_current());
            assert!(self.lets_in || !comes, "a member by neither an import nor a decision: {now:?}");
            let Some(before) = before else { continue };
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

/// Mails by kind, member and, of reminders, the leaving that each is about.
type Told = BTreeMap<(String, uuid::Uuid, Option<i64>), usize>;

/// Counts a mail; tells how many of its kind there were about the same.
fn tell(told: &mut Told, kind: &str, member: uuid::Uuid, left_at: Option<i64>) -> usize {
    let times = told.entry((kind.to_owned(), member, left_at)).or_default();
    *times += 1;
    *times
}

/// Lives through so many random stories.
fn live(cases: u32, bed: impl AsyncFn() -> Bed) {
    let config = ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 40, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let outcome = runner.run(&prop::collection::vec(event(), 40..70), |events| {
        runtime.block_on(async {
            let mut life = Life::begin(bed().await).await;
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

/// R37, R50, R61, R62
#[test]
fn nobody_hears_twice_or_too_early_and_nobody_is_erased_early() {
    live(6, Bed::on_sqlite);
}

/// The same, for fewer stories: each statement is the same.
#[test]
fn nobody_hears_twice_or_too_early_and_nobody_is_erased_early_on_a_server() {
    live(2, Bed::on_postgres);
}
