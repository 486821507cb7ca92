//! Everything that a run needs, set up and held together.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use jiff::Timestamp;
use rand::{RngExt, rngs::StdRng};
use sandbox::{Company, Knobs, Options, Sandbox};
use testkit::{Encryption, MailServer, Postgres, Proxy, TempDir};
use tokio::runtime::Runtime;

use super::{Report, Violation, Wanted};
use crate::{
    clock,
    facts::Facts,
    ledger::{Broken, Ledger},
    node::Node,
    place::{Place, Ran},
    portal::{PROGRAMME, Portal},
    post::Postbox,
    timestamp,
};

/// The day it is in made-up companies at first.
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 23);

/// A programme and the company behind it.
pub(super) struct Programme {
    pub(super) slug: String,
    pub(super) client: String,
}

/// Something that comes back to order at a time.
pub(super) enum Heal {
    Node(usize),
    Database,
    Stall,
    Mail,
    Source(String),
    Resume(String),
}

pub(super) struct Scene {
    pub(super) wanted: Wanted,
    pub(super) begin: Instant,
    pub(super) place: Place,
    /// The same past the proxy, for looking.
    pub(super) direct: Place,
    pub(super) postgres: Option<Postgres>,
    pub(super) way: Option<Proxy>,
    pub(super) sandbox: Sandbox,
    _runtime: Runtime,
    pub(super) mail: Proxy,
    _mail_server: MailServer,
    pub(super) nodes: Vec<Option<Node>>,
    pub(super) portal: Portal,
    pub(super) programmes: Vec<Programme>,
    pub(super) ledger: Ledger,
    pub(super) post: Postbox,
    pub(super) later: Vec<(Duration, Heal)>,
    pub(super) facts: Facts,
    /// IDs whose members somebody acted on by hand.
    pub(super) apart: BTreeSet<String>,
    /// How many mails may have been under way when something broke off.
    pub(super) doubtful: usize,
    pub(super) since: Timestamp,
    report: Report,
    _directory: TempDir,
}

/// How many mails a server has under way at once, for each of its programmes in turn.
const UNDER_WAY: usize = 4;

impl Scene {
    pub(super) fn set(wanted: &Wanted, dice: &mut StdRng) -> anyhow::Result<Self> {
        let directory = testkit::place();
        let postgres = wanted.postgres.then(Postgres::start);
        let url = postgres.as_ref().map(|postgres| postgres.database("rollcall"));
        let way = postgres.as_ref().map(|postgres| Proxy::before(postgres.port()));
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let sandbox = runtime.block_on(Sandbox::start(([127, 0, 0, 1], 0).into(), Options::new(TODAY)))?;
        let mail_server = MailServer::start(Encryption::None);
        let mail = Proxy::before(mail_server.port());
        let since = timestamp();
        let direct = Place::new(&wanted.program, directory.path().join("data"), url.as_deref())
            .with("ROLLCALL_CLOCK_SPEED", wanted.speed)
            .with("ROLLCALL_CLOCK_SINCE", since)
            .with("ROLLCALL_PUBLIC_URL", "http://127.0.0.1:8080")
            .with("ROLLCALL_SMTP_URL", format!("smtp://localhost:{}", mail.port()))
            .with("ROLLCALL_MAIL_FROM", "club@mail.example")
            .with("ROLLCALL_MAILS_PER_MINUTE", 100_000)
            .with("ROLLCALL_PAGE_PATIENCE", 2);
        let place = match (&url, &way) {
            (Some(url), Some(way)) => direct.clone().by(&way.instead_in(url)),
            _ => direct.clone(),
        };
        let mut first = Node::start(&place, &[])?;
        let portal = Portal::begin(&mut first)?;
        let mut nodes = vec![Some(first)];
        for _ in 1..wanted.nodes {
            nodes.push(Some(Node::start(&place, &[])?));
        }
        let mut scene = Self {
            begin: clock(),
            wanted: wanted.clone(),
            place,
            direct,
            postgres,
            way,
            sandbox,
            _runtime: runtime,
            mail,
            post: Postbox::over(&mail_server.folder()),
            _mail_server: mail_server,
            nodes,
            portal,
            programmes: Vec::new(),
            ledger: Ledger::new(),
            later: Vec::new(),
            facts: Facts::default(),
            apart: BTreeSet::new(),
            doubtful: 0,
            since,
            report: Report { seed: wanted.seed, ..Report::default() },
            _directory: directory,
        };
        scene.ledger.people_act();
        for number in 0..wanted.programmes {
            scene.add_programme(number, dice)?;
        }
        Ok(scene)
    }

    fn add_programme(&mut self, number: usize, dice: &mut StdRng) -> anyhow::Result<()> {
        let slug = if number == 0 { PROGRAMME.to_owned() } else { format!("club{number}") };
        let client = format!("papi-{slug}");
        let company =
            Company::generate(dice.random(), self.wanted.people, TODAY).named(&slug, format!("{slug}.example"));
        self.sandbox.add_company_with(&client, "secret", company, Knobs::default().unlimited());
        let frequency = if number.is_multiple_of(2) { "hourly" } else { "daily" };
        let text = format!(
            r#"[programme]
slug = "{slug}"
name = "The club {slug}"
time_zone = "Europe/Berlin"

[integration]
source = "personio"
owner = "owner@{slug}.example"
base_url = "{base_url}"
client_id = "{client}"
client_secret = "secret"
frequency = "{frequency}"
requests_per_minute = 0

[mapping]
employee_id = "id"
email = "email"
first_name = "first_name"
last_name = "last_name"
department = "department"
date_of_birth = "dynamic_1830002"
"#,
            base_url = self.sandbox.base_url(),
        );
        let file = self.place.data().with_file_name(format!("{slug}.toml"));
        fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))?;
        let ran = self.place.run(&["integration", "apply", &file.to_string_lossy(), "--publish"])?;
        if ran.code != 0 {
            bail!("{slug} cannot be set up: {ran:?}");
        }
        self.programmes.push(Programme { slug, client });
        Ok(())
    }

    /// How far it is.
    pub(super) fn at(&self) -> Duration {
        self.begin.elapsed()
    }

    /// What the servers' clocks show, in microseconds of UTC.
    pub(super) fn their_now(&self) -> i64 {
        let passed = timestamp().as_microsecond() - self.since.as_microsecond();
        self.since.as_microsecond() + passed * i64::from(self.wanted.speed)
    }

    pub(super) fn note(&mut self, what: &'static str) {
        if self.wanted.loud {
            eprintln!("{:8.1} s  {what}", self.at().as_secs_f64());
        }
        *self.report.happened.entry(what).or_default() += 1;
    }

    pub(super) fn heal_later(&mut self, after_ms: u64, heal: Heal) {
        self.later.push((self.at() + Duration::from_millis(after_ms), heal));
    }

    /// Something broke off: mails that were under way may go once more.
    pub(super) fn broke_off(&mut self) {
        self.doubtful += UNDER_WAY * self.wanted.nodes;
    }

    pub(super) fn broken(&mut self, broken: impl IntoIterator<Item = Broken>) {
        let at = self.at();
        for broken in broken {
            // What is broken stays so, and is said once.
            if self.report.violations.iter().all(|known| known.broken != broken) {
                eprintln!("{:8.1} s  broken: {broken} (seed {})", at.as_secs_f64(), self.wanted.seed);
                self.report.violations.push(Violation { at, broken });
            }
        }
    }

    /// Looks at every promise, if the database can be looked at.
    pub(super) fn look(&mut self) {
        // Before the database: what arrived was written before.
        self.post.look();
        let Ok(facts) = Facts::of(&self.direct) else { return self.note("database could not be looked at") };
        let mut broken = self.ledger.look(&facts);
        broken.extend(self.ledger.look_at_post(&facts, self.post.arrived(), self.doubtful));
        self.broken(broken);
        self.facts = facts;
        for (number, node) in self.nodes.iter_mut().enumerate() {
            let Some(running) = node else { continue };
            if !running.is_running() {
                let detail = format!("server {number} ended by itself: {}", running.complaints());
                *node = None;
                self.later.push((self.begin.elapsed(), Heal::Node(number)));
                let promise = "a server goes on whatever happens to database, mails and source (R54)";
                return self.broken([Broken::new(promise, detail)]);
            }
        }
    }

    /// Runs a command that may be refused, or fail since something is broken, but never in disorder.
    pub(super) fn command(&mut self, arguments: &[&str]) -> Option<Ran> {
        let ran = self.place.run(arguments).ok()?;
        let is_orderly = (0..=6).contains(&ran.code) && !ran.err.contains("panicked");
        if !is_orderly || (ran.code != 0 && ran.out.is_empty() && ran.err.is_empty()) {
            let detail = format!("{}: {ran:?}", arguments.join(" "));
            self.broken([Broken::new("a command that cannot do its work says so", detail)]);
        }
        Some(ran)
    }

    /// Some programme, by chance.
    pub(super) fn some_programme(&self, dice: &mut StdRng) -> (String, String) {
        let some = &self.programmes[dice.random_range(0..self.programmes.len())];
        (some.slug.clone(), some.client.clone())
    }

    /// A server that runs.
    pub(super) fn some_node(&self, dice: &mut StdRng) -> Option<usize> {
        let running: Vec<usize> = (0..self.nodes.len()).filter(|at| self.nodes[*at].is_some()).collect();
        (!running.is_empty()).then(|| running[dice.random_range(0..running.len())])
    }

    /// The portal at a server that runs.
    pub(super) fn open_portal(&self) -> Option<Portal> {
        self.portal.at(self.nodes.iter().flatten().next()?).ok()
    }

    pub(super) fn stopped_in(&mut self, took: Duration) {
        self.report.longest_stop = self.report.longest_stop.max(took);
    }

    pub(super) fn into_report(self, lasted: Duration) -> Report {
        let mut report = self.report;
        let count = |states: &mut dyn Iterator<Item = &String>| {
            states.fold(BTreeMap::new(), |mut counts: BTreeMap<String, usize>, state| {
                *counts.entry(state.clone()).or_default() += 1;
                counts
            })
        };
        report.lasted = lasted;
        report.days = lasted.as_secs_f64() * f64::from(self.wanted.speed) / 86_400.0;
        report.imports = count(&mut self.facts.imports.values().map(|import| &import.state));
        report.members = count(&mut self.facts.members.values().map(|member| &member.state));
        report.mails = (self.post.count(), self.post.repeated());
        report.looks = self.ledger.looks();
        report
    }
}
