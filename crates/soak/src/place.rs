//! An installation, and running the program on it.

use std::{
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Where an installation is, and how its program is called.
#[derive(Debug, Clone)]
pub struct Place {
    program: PathBuf,
    data: PathBuf,
    database: Option<String>,
    variables: Vec<(String, String)>,
}

/// A command that has ended.
#[derive(Debug)]
pub struct Ran {
    /// Its exit status; -1 where it was killed.
    pub code: i32,
    /// What it printed.
    pub out: String,
    /// What it said of errors.
    pub err: String,
}

impl Place {
    /// With its data in this directory, and in this database where it is not a file there.
    pub fn new(program: impl Into<PathBuf>, data: impl Into<PathBuf>, database: Option<&str>) -> Self {
        let database = database.map(str::to_owned);
        Self { program: program.into(), data: data.into(), database, variables: Vec::new() }
    }

    /// The same with one more variable, or another value of it.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "numbers and texts are given in place")]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value.to_string()));
        self
    }

    /// The same by another way to the database.
    #[must_use]
    pub fn by(mut self, database: &str) -> Self {
        self.database = Some(database.to_owned());
        self
    }

    /// Where its data is.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Its database, where that is no file.
    pub fn database(&self) -> Option<&str> {
        self.database.as_deref()
    }

    /// The program with these arguments, and with nothing of our own environment that it would heed.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("ROLLCALL_") {
                command.env_remove(name);
            }
        }
        if let Some(url) = &self.database {
            command.env("ROLLCALL_DATABASE_URL", url);
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).arg("--data").arg(&self.data).args(arguments);
        command
    }

    /// Runs a command to its end, whatever comes of it.
    pub fn run(&self, arguments: &[&str]) -> io::Result<Ran> {
        let output = self.command(arguments).output()?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let code = output.status.code().unwrap_or(-1);
        Ok(Ran { code, out: text(&output.stdout), err: text(&output.stderr) })
    }
}
