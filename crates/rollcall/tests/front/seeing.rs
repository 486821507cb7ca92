//! What whoever runs an installation sees of it. The log holds nothing about anybody, whatever is asked and whatever
//! goes wrong; metrics have an address of their own.

use std::{
    fs::{self, File},
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use sandbox::FaultKind;
use serde_json::Value;
use testkit::{Encryption, MailServer};

use crate::world::{CLIENT_SECRET, Killed, PROGRAMME, World, both, person, ran};

both! {
    the_log_names_nobody,
    metrics_have_an_address_of_their_own,
}

/// What was entered, sent, read or answered somewhere, and belongs into no log.
const PLANTED: [&str; 13] = [
    "Zebulon",
    "Quackenbush",
    "quackenbush",
    "planted.example",
    "918273645",
    "Xylophon",
    "planted-password",
    "copper-phrase",
    "PLANTEDTOKEN",
    "rc_planted",
    "Planted Owner",
    "planted.owner",
    CLIENT_SECRET,
];

/// A server that runs, and what it has said.
struct Served<'a> {
    world: &'a World,
    address: String,
    _process: Killed,
}

impl<'a> Served<'a> {
    fn start(world: &'a World, more: &[&str], mails: &MailServer) -> Self {
        let file = |name| File::create(world.file(name)).expect("the place is writable");
        let mut command = world.command(&[&["serve", "--listen", "127.0.0.1:0", "--log", "debug"], more].concat());
        command.env("ROLLCALL_SMTP_URL", mails.url()).env("ROLLCALL_MAIL_FROM", "rollcall@planted.example");
        let process = Killed::spawn(command.stdout(file("said")).stderr(file("log")));
        let mut served = Self { world, address: String::new(), _process: process };
        served.address = served.said("Rollcall serves http://");
        served
    }

    /// What follows these words in what it has printed.
    fn said(&self, words: &str) -> String {
        for _ in 0..300 {
            let said = fs::read_to_string(self.world.file("said")).expect("readable");
            if let Some(at) = said.find(words)
                && let Some((found, _)) = said[at + words.len()..].split_once('\n')
            {
                return found.trim().to_owned();
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("it did not say {words:?}: {}", self.log());
    }

    fn log(&self) -> String {
        fs::read_to_string(self.world.file("log")).expect("readable")
    }

    /// Asks for a page, or sends a form.
    fn ask(&self, path: &str, form: Option<&str>, headers: &str) -> String {
        ask(&self.address, path, form, headers)
    }
}

fn ask(address: &str, path: &str, form: Option<&str>, headers: &str) -> String {
    let method = if form.is_some() { "POST" } else { "GET" };
    let form = form.unwrap_or_default();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: planted.example\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n{headers}\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    );
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.write_all(request.as_bytes()).expect("written");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

#[track_caller]
fn status(answer: &str) -> &str {
    answer.get(9..12).unwrap_or_default()
}

fn the_log_names_nobody(world: &World) {
    let mails = MailServer::start(Encryption::None);
    let served = Served::start(world, &["--log-format", "json"], &mails);

    // Coming in, and not coming in.
    let first_run = served.said("to begin:\n  ");
    let first_run = first_run.split_once("/first-run").map(|(_, rest)| format!("/first-run{rest}")).expect("a link");
    let owner = "programme=Acme&time_zone=Europe%2FBerlin&name=Planted+Owner&email=planted.owner%40planted.example\
                 &password=copper-phrase+of+nine+words";
    let entered = served.ask(&first_run, Some(owner), "");
    assert_eq!(status(&entered), "303", "{entered}");
    let cookie =
        entered.split("rollcall=").nth(1).and_then(|rest| rest.split(';').next()).expect("a cookie").to_owned();
    let signed_in = format!("Cookie: rollcall={cookie}\r\n");
    let guess = "email=Zebulon.Quackenbush%40planted.example&password=planted-password";
    for _ in 0..7 {
        served.ask("/sign-in", Some(guess), "");
        served.ask("/acme/sign-in", Some(guess), "");
    }
    let right = "email=planted.owner%40planted.example&password=copper-phrase+of+nine+words";
    assert_eq!(status(&served.ask("/sign-in", Some(right), "")), "303");
    served.ask("/forgotten", Some("email=quackenbush%40planted.example"), "");
    for way in ["invitation", "reset", "first-run", "acme/welcome", "acme/reset", "Zebulon/Quackenbush"] {
        served.ask(&format!("/{way}/PLANTEDTOKEN0123456789"), None, "");
    }
    served.ask("/api/v1/members?q=Quackenbush", None, "Authorization: Bearer rc_planted\r\n");

    // An import, by command and by the portal, with people whom the mail server refuses and who are not right.
    world.hire(&person(918_273_645, "Zebulon", "Quackenbush").and("email", "refused@planted.example"));
    world.hire(&person(918_273_646, "Xylophon", "Quackenbush").and("email", "not an address of Quackenbush"));
    world.hire(&person(918_273_647, "Xylophon", "Quackenbush").and("email", "grey@planted.example"));
    world.apply(&world.set_up());
    let mut import = world.command(&["import", PROGRAMME, "--json", "--log", "debug"]);
    let ran = ran(&mut import);
    assert_eq!(ran.code, 3, "{ran:#?}");
    clean(&ran.err);
    for page in [
        "members?q=Quackenbush",
        "members?q=918273645",
        "integrations/personio/imports",
        "outbox",
        "settings/audit?q=Planted+Owner",
    ] {
        let answer = served.ask(&format!("/manage/acme/{page}"), None, &signed_in);
        assert!(["200", "400"].contains(&status(&answer)), "{page}: {answer}");
    }
    assert_eq!(status(&served.ask("/manage/quackenbush", None, &signed_in)), "404");
    world.change(918_273_645, "department", "Quackenbush Yard");
    let started = served.ask("/manage/acme/integrations/personio/imports", Some("purpose=apply"), &signed_in);
    assert_eq!(status(&started), "303", "{started}");
    wait(|| world.mails("welcome").iter().any(|mail| mail.state == "failed"));

    let under_way = ["queued", "reading", "planning", "applying"];
    wait(|| world.history().iter().all(|(_, state)| !under_way.contains(&state.as_str())));

    // The source is unwell, and says so with names.
    world.fault(FaultKind::Status { status: 500, retry_after: None });
    world.import().failed();
    world.no_faults();

    let log = served.log();
    drop(served);
    clean(&log);
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let has = |wanted: &dyn Fn(&Value) -> bool| assert!(lines.iter().any(wanted), "{log}");
    has(&|line| {
        line["message"] == "answered" && line["status"] == 303 && span(line, "request")["route"] == "/first-run/{token}"
    });
    has(&|line| line["message"] == "answered" && span(line, "request")["id"].as_str().is_some_and(|id| id.len() == 14));
    // Who came in, by number; who did not is nobody's business.
    let signed_in = |line: &Value| line["message"] == "signed in" && line["proof"] == "password";
    has(&|line| signed_in(line) && line["door"] == "portal" && line["who"].as_str().is_some_and(|who| who.len() == 36));
    has(&|line| line["message"] == "not let in: no programme of theirs" && line["who"].is_string());
    for door in ["portal", "members"] {
        let refused = |line: &Value| line["message"] == "not signed in: refused" && line["who"].is_null();
        has(&|line| refused(line) && line["door"] == door && span(line, "request")["id"].is_string());
        has(&|line| line["message"] == "not signed in: too many attempts" && line["door"] == door);
    }
    has(&|line| line["message"] == "mails were handed over" && line["kept"].as_u64() > Some(0));
    assert!(!log.contains(&cookie) && !log.contains("?q="), "{log}");
}

/// A span of a line.
fn span<'a>(line: &'a Value, name: &str) -> &'a Value {
    let spans = line["spans"].as_array().map(Vec::as_slice).unwrap_or_default();
    spans.iter().find(|span| span["name"] == name).unwrap_or(&Value::Null)
}

/// There is nothing in it about anybody.
#[track_caller]
fn clean(log: &str) {
    for planted in PLANTED {
        let line = log.lines().find(|line| line.contains(planted));
        assert_eq!(line, None, "{planted} stands in the log");
    }
}

#[track_caller]
fn wait(until: impl Fn() -> bool) {
    for _ in 0..300 {
        if until() {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("it did not come to this");
}

fn metrics_have_an_address_of_their_own(world: &World) {
    let mails = MailServer::start(Encryption::None);
    world.hire(&person(1, "Ada", "Adler"));
    world.apply(&world.set_up());
    let served = Served::start(world, &["--metrics-listen", "127.0.0.1:0"], &mails);
    let metrics = served.said("Metrics are at http://");
    let metrics = metrics.strip_suffix("/metrics").expect("an address");
    // The schedule is daily: what was never imported is due at once, or the import is asked for.
    world.import().completed();
    wait(|| ask(metrics, "/metrics", None, "").contains("rollcall_mails_total{outcome=\"sent\"}"));
    let told = ask(metrics, "/metrics", None, "");
    assert!(told.contains("application/openmetrics-text") && told.ends_with("# EOF\n"), "{told}");
    for line in ["rollcall_integrations{state=\"live\"} 1", "rollcall_database_up 1", "rollcall_leases "] {
        assert!(told.contains(line), "{line}: {told}");
    }
    assert!(!told.contains("acme") && !told.contains("Adler"), "{told}");
    for page in ["/healthz", "/readyz"] {
        assert_eq!(status(&ask(metrics, page, None, "")), "200");
        assert_eq!(status(&served.ask(page, None, "")), "200");
    }
    assert_eq!(status(&served.ask("/metrics", None, "")), "404", "not where everybody is");
}

#[test]
fn what_is_not_understood_is_named() {
    let world = World::on_sqlite();
    world.run(&["doctor", "--log", "loud,,=="]).refuses(&["--log", "error, warn, info or debug"]);
    world.run(&["serve", "--trusted-proxies", "caddy"]).refuses(&["“caddy”", "10.0.0.0/8"]);
    world.run(&["doctor", "--log-format", "xml"]).refuses(&["xml", "text", "json"]);
}
