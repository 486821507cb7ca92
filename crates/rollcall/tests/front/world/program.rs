//! Running the program, and reading what it prints.

use std::{
    collections::BTreeMap,
    fs,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::Value;

use super::{Mail, PROGRAMME, Problem, Report, Row, World, path};

/// A command that has ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// The command was refused (2), with words that name these.
    #[track_caller]
    pub(crate) fn refuses(&self, names: &[&str]) {
        assert_eq!(self.code, 2, "{self:#?}");
        for name in names {
            assert!(self.err.contains(name), "the message does not name {name:?}: {}", self.err);
        }
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    #[track_caller]
    fn csv(&self) -> Vec<Row> {
        let mut reader = csv::Reader::from_reader(self.out.as_bytes());
        reader.deserialize().collect::<Result<_, _>>().unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }
}

impl World {
    /// The program with these arguments, on this installation.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rollcall"));
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("ROLLCALL_")) {
            command.env_remove(name);
        }
        if let Some(url) = self.database() {
            command.env("ROLLCALL_DATABASE_URL", url);
        }
        command.env("ROLLCALL_PAGE_PATIENCE", "1").stdin(Stdio::null());
        command.args(["--data", path(&self.data())]).args(arguments);
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        ran(&mut self.command(arguments))
    }

    /// Runs an import, whatever comes of it. What must always hold is looked at here.
    #[track_caller]
    pub(crate) fn import(&self) -> Report {
        self.import_with(&[])
    }

    #[track_caller]
    pub(crate) fn dry_run(&self) -> Report {
        self.import_with(&["--dry-run"])
    }

    #[track_caller]
    pub(crate) fn import_with(&self, more: &[&str]) -> Report {
        self.report(&[&["import", PROGRAMME, "--json"], more].concat())
    }

    #[track_caller]
    pub(crate) fn approve(&self, held: &Report, more: &[&str]) -> Report {
        self.report(&[&["imports", "approve", &held.import, "--json"], more].concat())
    }

    #[track_caller]
    fn report(&self, arguments: &[&str]) -> Report {
        let ran = self.run(arguments);
        let report = Report::read(&ran.json());
        assert_eq!(ran.code, report.exit_status(), "{ran:#?}");
        self.check_sum(&report);
        report
    }

    /// Everybody who was read ended in exactly one of the outcomes.
    #[track_caller]
    fn check_sum(&self, report: &Report) {
        if report.state == "failed" {
            return;
        }
        let changes = self.changes(report);
        let not_read = |change: &&Value| ["absent", "id-reassigned"].contains(&text(&change["reason"]).as_str());
        let left = changes.iter().filter(|change| change["kind"] == "leave");
        let absent = left.filter(not_read).count() as u64;
        let Report { join, update, leave, rejoin, reject, unchanged, not_eligible, starts_later, .. } = report;
        let sum = join + update + leave + rejoin + reject + unchanged + not_eligible + starts_later;
        assert_eq!(
            sum,
            report.read + absent,
            "the outcomes do not add up to the people read: {report:#?} {changes:#?}"
        );
    }

    /// One import as `imports show` has it.
    #[track_caller]
    pub(crate) fn show(&self, import: &str) -> Value {
        self.run(&["imports", "show", import, "--json"]).exits(0).json()
    }

    /// The rows of a plan.
    #[track_caller]
    pub(crate) fn changes(&self, report: &Report) -> Vec<Value> {
        self.show(&report.import)["changes"].as_array().cloned().expect("changes are a list")
    }

    /// The history, the newest first: each import's number and state.
    #[track_caller]
    pub(crate) fn history(&self) -> Vec<(String, String)> {
        let all = self.run(&["imports", PROGRAMME, "--json"]).exits(0).json();
        let all = all.as_array().expect("a list");
        all.iter().map(|import| (text(&import["import"]), text(&import["state"]))).collect()
    }

    /// The problems of an import, as the file has them.
    #[track_caller]
    pub(crate) fn problems(&self, report: &Report) -> Vec<Problem> {
        let rows = self.run(&["imports", "problems", &report.import]).exits(0).csv();
        rows.into_iter().map(Problem).collect()
    }

    /// Whose problem is which, in order.
    #[track_caller]
    pub(crate) fn codes(&self, report: &Report) -> Vec<(String, String)> {
        let mut codes: Vec<_> =
            self.problems(report).iter().map(|problem| (problem.employee_id(), problem.code())).collect();
        codes.sort();
        codes
    }

    /// All members by employee ID; those without one by e-mail.
    #[track_caller]
    pub(crate) fn members(&self) -> BTreeMap<String, Row> {
        let rows = self.run(&["members", PROGRAMME]).exits(0).csv();
        let number = rows.len();
        let key =
            |row: &Row| if row["employee_id"].is_empty() { row["email"].clone() } else { row["employee_id"].clone() };
        let members: BTreeMap<String, Row> = rows.into_iter().map(|row| (key(&row), row)).collect();
        assert_eq!(members.len(), number, "two members share an employee ID");
        members
    }

    /// One value of one member.
    #[track_caller]
    pub(crate) fn member(&self, employee_id: &str, field: &str) -> String {
        let members = self.members();
        let member = members.get(employee_id).unwrap_or_else(|| panic!("no member {employee_id}: {members:#?}"));
        member.get(field).unwrap_or_else(|| panic!("members have no {field}: {member:#?}")).clone()
    }

    /// Every member's employee ID and state.
    #[track_caller]
    pub(crate) fn states(&self) -> Vec<(String, String)> {
        self.members().into_iter().map(|(id, row)| (id, row["status"].clone())).collect()
    }

    #[track_caller]
    pub(crate) fn outbox(&self) -> Vec<Mail> {
        Mail::read_all(&self.run(&["outbox", PROGRAMME, "--json"]).exits(0).json())
    }

    #[track_caller]
    pub(crate) fn mails(&self, kind: &str) -> Vec<Mail> {
        self.outbox().into_iter().filter(|mail| mail.kind == kind).collect()
    }

    /// Everything that an import may change, as it is now.
    #[track_caller]
    pub(crate) fn snapshot(&self) -> (String, String) {
        let print = |arguments: &[&str]| self.run(arguments).exits(0).out;
        (print(&["members", PROGRAMME]), print(&["outbox", PROGRAMME, "--json"]))
    }
}

impl World {
    /// The server runs until this is so.
    #[track_caller]
    pub(crate) fn serve_until(&self, so: impl Fn(&Self) -> bool) {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        let _served = Killed::spawn(command.stdout(Stdio::null()).stderr(Stdio::null()));
        for _ in 0..600 {
            std::thread::sleep(Duration::from_millis(100));
            if so(self) {
                return;
            }
        }
        panic!("the outbox did not come to this: {:#?}", self.outbox());
    }

    /// The text of every delivered mail.
    pub(crate) fn delivered(&self) -> Vec<String> {
        let mails = fs::read_dir(self.data().join("mail")).expect("mails were delivered");
        mails.map(|mail| fs::read_to_string(mail.expect("readable").path()).expect("readable")).collect()
    }
}

/// A program that runs until the value is dropped; then it is killed.
pub(crate) struct Killed(pub(crate) Child);

impl Killed {
    pub(crate) fn spawn(command: &mut Command) -> Self {
        Self(command.spawn().expect("the program runs"))
    }
}

impl Drop for Killed {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

pub(crate) fn ran(command: &mut Command) -> Ran {
    let output = command.output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
    Ran { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

/// A JSON text; empty where there is none.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
