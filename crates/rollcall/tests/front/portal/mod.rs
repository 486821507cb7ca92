//! The portal as an administrator meets it: the real server, and a real browser before it.

mod authorize;
mod colleagues;
mod custom_fields;
mod everywhere;
mod german;
mod holds;
mod imports;
mod mails;
mod members;
mod programmes;
mod set_up;
mod sign_in;
mod site;
mod without_script;

use std::{
    io::{BufRead, BufReader},
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    process::Stdio,
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use sandbox::{Company, Knobs};
use testkit::browser::{Browser, Crashed, drive};

use crate::world::{CLIENT_ID, CLIENT_SECRET, Killed, RUNTIME, TODAY, World, text};

/// The first administrator.
pub(super) const NAME: &str = "Ines Hartmann";
pub(super) const EMAIL: &str = "ines@acme.example";
pub(super) const PASSWORD: &str = "nine quiet lanterns";

/// How long the server may take until it is there.
const PATIENCE: Duration = Duration::from_secs(30);

/// An installation that is served, and a company that it can be connected with.
pub(super) struct Portal {
    pub(super) world: World,
    /// What its addresses begin with.
    pub(super) site: String,
    /// The link for the first run.
    pub(super) first_run: String,
    _server: Killed,
}

impl Portal {
    /// With this company behind it, on `world`.
    pub(super) fn start(world: World, company: Company) -> Self {
        world.put_company(company);
        let mut command = world.command(&["serve", "--listen", "127.0.0.1:0"]);
        // Longer than slow answers take, shorter than anybody waits.
        command.env("ROLLCALL_PAGE_PATIENCE", "4");
        command.env("ROLLCALL_PERSONIO_URL", world.sandbox.base_url());
        command.env("ROLLCALL_PERSONIO_REQUESTS_PER_MINUTE", "0");
        let mut server = Killed::spawn(command.stdout(Stdio::piped()));
        let lines = lines(&mut server);
        let site = word_with(&lines, "http://");
        let first_run = word_with(&lines, "/first-run/");
        Self { world, site, first_run, _server: server }
    }

    /// With a company of so many people.
    pub(super) fn with_people(employees: usize) -> Self {
        Self::start(World::on_sqlite(), Company::generate(7, employees, TODAY))
    }

    /// Opens an address of the portal.
    pub(super) async fn go(&self, browser: &Browser, path: &str) {
        browser.go(&format!("{}{path}", self.site)).await;
    }

    /// The first administrator makes the programme Acme, and is signed in.
    pub(super) async fn begin(&self, browser: &Browser) {
        browser.go(&self.first_run).await;
        browser.fill("Name of the programme", "Acme").await;
        browser.fill("Your name", NAME).await;
        browser.fill("Your e-mail address", EMAIL).await;
        browser.fill("New password", PASSWORD).await;
        browser.click_button("Begin").await;
        browser.arrive("/manage/acme").await;
    }

    /// The same, and the programme is set up by command with twenty members.
    pub(super) async fn begin_with_members(&self, browser: &Browser) {
        self.begin(browser).await;
        self.world.apply(&self.world.set_up());
        self.world.import().completed();
    }

    /// Somebody signs in.
    pub(super) async fn sign_in(&self, browser: &Browser, email: &str, password: &str) {
        self.go(browser, "/sign-in").await;
        browser.fill("E-mail address", email).await;
        browser.fill("Password", password).await;
        browser.click_button("Sign in").await;
    }

    pub(super) async fn sign_out(&self, browser: &Browser) {
        self.go(browser, "/account").await;
        browser.click_button("Sign out").await;
        browser.arrive("/sign-in").await;
    }

    /// The newest import.
    pub(super) fn newest(&self) -> String {
        self.world.history().first().map(|(import, _)| import.clone()).expect("there is an import")
    }

    /// The state of the newest import.
    pub(super) fn state(&self) -> String {
        text(&self.world.show(&self.newest())["state"])
    }

    /// Every answer of the HR system takes so long.
    pub(super) fn slow(&self, milliseconds: u64) {
        let knobs = |knobs: &mut Knobs| knobs.latency_ms = milliseconds;
        self.world.sandbox.knobs(CLIENT_ID, knobs).expect("the company is there");
    }
}

/// Enters the credentials of the company, and has them checked.
pub(super) async fn connect(browser: &Browser, secret: &str) {
    browser.fill("Client ID", CLIENT_ID).await;
    browser.fill(SECRET, secret).await;
    browser.click_button("Check").await;
}

/// What the field for the secret is called.
pub(super) const SECRET: &str = "Client Secret";

/// The company's secret.
pub(super) fn secret() -> &'static str {
    CLIENT_SECRET
}

/// How often a test begins anew when Chromium itself crashed, or answered no more.
const ANEW: usize = 2;

/// Does this in a browser, before a portal. Should Chromium itself crash, everything begins anew.
#[expect(clippy::needless_pass_by_value, reason = "so that a test is written in place")]
pub(super) fn browse(portal: impl Fn() -> Portal, work: impl AsyncFn(&Portal, &Browser)) {
    let attempt = || {
        let portal = portal();
        RUNTIME.block_on(drive(async |browser: &Browser| work(&portal, browser).await));
    };
    for _ in 0..ANEW {
        match catch_unwind(AssertUnwindSafe(attempt)) {
            Ok(()) => return,
            Err(panic) if panic.is::<Crashed>() => eprintln!("Chromium crashed; the test begins anew"),
            Err(panic) => resume_unwind(panic),
        }
    }
    attempt();
}

/// What the program prints, as it does.
fn lines(server: &mut Killed) -> Receiver<String> {
    let output = BufReader::new(server.0.stdout.take().expect("it is piped"));
    let (said, lines) = channel();
    // Goes on for as long as the server runs, so that it never waits for somebody who reads.
    thread::spawn(move || output.lines().map_while(Result::ok).for_each(|line| drop(said.send(line))));
    lines
}

fn word_with(lines: &Receiver<String>, part: &str) -> String {
    let mut said = Vec::new();
    while let Ok(line) = lines.recv_timeout(PATIENCE) {
        if let Some(word) = line.split_whitespace().find(|word| word.contains(part)) {
            return word.to_owned();
        }
        said.push(line);
    }
    panic!("the server printed no address with {part}: {said:#?}");
}
