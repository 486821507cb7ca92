//! Running Rollcall: commands that end, and servers that stay.

use std::{
    fmt, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
};

use anyhow::{Context, bail};
use testkit::{Site, TempDir};

/// The programme that is measured.
pub(crate) const PROGRAMME: &str = "acme";

/// A programme of Rollcall's own, gone with the value.
pub(crate) struct Installation {
    program: PathBuf,
    place: TempDir,
    database: Option<String>,
}

impl Installation {
    pub(crate) fn new(program: &Path, database: Option<String>) -> Self {
        Self { program: program.to_owned(), place: testkit::place(), database }
    }

    /// The directory of its database.
    pub(crate) fn data(&self) -> PathBuf {
        self.place.path().join("data")
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.stdin(Stdio::null()).arg("--data").arg(self.data()).args(arguments);
        command.env_remove("ROLLCALL_DATABASE_URL");
        if let Some(url) = &self.database {
            command.env("ROLLCALL_DATABASE_URL", url);
        }
        command
    }

    /// Runs a command to a good end.
    pub(crate) fn run(&self, arguments: &[&str]) -> anyhow::Result<()> {
        let output =
            self.command(arguments).output().with_context(|| format!("{} did not run", arguments.join(" ")))?;
        // 3: completed, but some of the made-up people have something wrong with them.
        if !matches!(output.status.code(), Some(0 | 3)) {
            bail!("{}: {}\n{}", arguments.join(" "), output.status, String::from_utf8_lossy(&output.stderr));
        }
        Ok(())
    }

    /// Connects the programme with the made-up company, without limits, and says whether joiners are invited.
    pub(crate) fn set_up(&self, base_url: &str, welcome_email: bool) -> anyhow::Result<()> {
        self.set_up_with(base_url, welcome_email, "requests_per_minute = 0")
    }

    /// The same within the limits of the real source, and nobody is invited.
    pub(crate) fn set_up_within_limits(&self, base_url: &str) -> anyhow::Result<()> {
        self.set_up_with(base_url, false, "")
    }

    fn set_up_with(&self, base_url: &str, welcome_email: bool, limit: &str) -> anyhow::Result<()> {
        let more = format!("{limit}\nwelcome_email = {welcome_email}");
        let starts = "contract_start_date = \"hire_date\"";
        self.apply(&SetUp { slug: PROGRAMME, base_url, frequency: "monthly", more: &more, fields: starts })
    }

    /// Connects a programme.
    pub(crate) fn apply(&self, set_up: &SetUp<'_>) -> anyhow::Result<()> {
        let file = self.place.path().join(format!("{}.toml", set_up.slug));
        fs::write(&file, set_up.to_string()).with_context(|| format!("{} cannot be written", file.display()))?;
        let file = file.to_string_lossy();
        self.run(&["integration", "apply", &file])
    }
}

/// The set-up file of a programme that reads the made-up company.
pub(crate) struct SetUp<'a> {
    pub(crate) slug: &'a str,
    pub(crate) base_url: &'a str,
    /// How often it imports.
    pub(crate) frequency: &'a str,
    /// Further lines of the integration.
    pub(crate) more: &'a str,
    /// Further lines of the mapping.
    pub(crate) fields: &'a str,
}

impl fmt::Display for SetUp<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { slug, base_url, frequency, more, fields } = self;
        write!(
            out,
            r#"[programme]
slug = "{slug}"
name = "{slug}"
time_zone = "Europe/Berlin"

[integration]
source = "personio"
owner = "ada@{slug}.example"
base_url = "{base_url}"
client_id = "papi-sandbox"
client_secret = "papi-sandbox-secret"
frequency = "{frequency}"
{more}

[mapping]
employee_id = "id"
email = "email"
first_name = "first_name"
last_name = "last_name"
department = "department"
{fields}
"#
        )
    }
}

/// A server; killed with the value.
pub(crate) struct Started {
    child: Child,
    output: BufReader<ChildStdout>,
    said: String,
}

impl Started {
    pub(crate) fn new(command: &mut Command) -> anyhow::Result<Self> {
        let mut child = command.stdout(Stdio::piped()).spawn().context("Rollcall did not start")?;
        let output = child.stdout.take().context("Rollcall has no output")?;
        Ok(Self { child, output: BufReader::new(output), said: String::new() })
    }

    /// The number of its process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Whether it has come to its end by itself.
    pub(crate) fn has_ended(&mut self) -> anyhow::Result<bool> {
        Ok(self.child.try_wait()?.is_some())
    }

    /// The word that it prints after these.
    pub(crate) fn word_after(&mut self, words: &str) -> anyhow::Result<String> {
        let after = |line: &str| line.split_once(words)?.1.split_whitespace().next().map(str::to_owned);
        self.wait_for(after).with_context(|| format!("it did not say “{words}”"))
    }

    /// Signs the first administrator in at a server: only somebody who sees what it prints can be that. The address of
    /// beginning has this part.
    pub(crate) fn first_administrator(&mut self, part: &str, fields: &[(&str, &str)]) -> anyhow::Result<Site> {
        let mut site = Site::new(&self.word_after("Rollcall serves")?);
        let link = self.word_with(part)?;
        site.sign_in(link.find(part).map_or("", |at| &link[at..]), fields)?;
        Ok(site)
    }

    /// The word that it prints with this in it.
    pub(crate) fn word_with(&mut self, part: &str) -> anyhow::Result<String> {
        let with = |line: &str| line.split_whitespace().find(|word| word.contains(part)).map(str::to_owned);
        self.wait_for(with).with_context(|| format!("it did not print an address with {part}"))
    }

    /// Looks at what was said already, then at what is said from now on.
    fn wait_for(&mut self, find: impl Fn(&str) -> Option<String>) -> anyhow::Result<String> {
        loop {
            if let Some(found) = self.said.lines().find_map(&find) {
                return Ok(found);
            }
            if self.output.read_line(&mut self.said)? == 0 {
                bail!("Rollcall ended: {}", self.said);
            }
        }
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
