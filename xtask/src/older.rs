//! A database as a version of the program leaves it, with something in every table: for the test that opens it with
//! later versions. It is written as SQL, so that what is in it can be read.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, bail};
use clap::Args;

use crate::commands::{run, step};

/// The key of these databases; they hold made-up people.
const KEY: &str = "7777777777777777777777777777777777777777777777777777777777777777";

/// Tables and what kind their columns are of.
const COLUMNS_OF_SQLITE: &str = "SELECT t.name, c.name, lower(c.type) FROM sqlite_schema t \
    JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";
const COLUMNS_OF_POSTGRES: &str = "SELECT table_name, column_name, data_type \
    FROM information_schema.columns WHERE table_schema = 'public'";

#[derive(Args)]
pub(crate) struct Wanted {
    /// The program whose databases these are to be, such as target/debug/rollcall
    #[arg(long)]
    program: PathBuf,
    /// What the files are called: the last step of the schema, such as m0009
    #[arg(long)]
    name: String,
}

pub(crate) fn run_it(wanted: &Wanted) -> anyhow::Result<()> {
    let place = testkit::place();
    let mut sandbox = Command::new(&wanted.program)
        .args(["sandbox", "--employees", "20", "--listen", "127.0.0.1:0", "--no-limits"])
        .stdout(Stdio::piped())
        .spawn()
        .context("the program does not start")?;
    let lines = BufReader::new(sandbox.stdout.take().context("piped")?).lines();
    let address = lines.map_while(Result::ok).find_map(|line| line.trim().strip_prefix("base_url").map(str::to_owned));
    let made = address.context("the sandbox names no address").and_then(|address| {
        for database in
            [Database::Sqlite(place.path().join("data/rollcall.db")), Database::Postgres(testkit::postgres_url())]
        {
            step(database.name(), || make(wanted, &database, place.path(), address.trim()))?;
        }
        Ok(())
    });
    sandbox.kill()?;
    sandbox.wait()?;
    made
}

enum Database {
    Sqlite(PathBuf),
    Postgres(String),
}

fn make(wanted: &Wanted, database: &Database, place: &Path, address: &str) -> anyhow::Result<()> {
    let file = place.join("acme.toml");
    fs::write(&file, set_up(address))?;
    let program = |arguments: &[&str]| {
        let mut command = Command::new(&wanted.program);
        command.arg("--data").arg(place.join("data")).args(arguments).env("ROLLCALL_SECRET_KEY", KEY);
        match database {
            Database::Sqlite(_) => command.env_remove("ROLLCALL_DATABASE_URL"),
            Database::Postgres(url) => command.env("ROLLCALL_DATABASE_URL", url),
        };
        command
    };
    run(program(&["integration", "apply"]).arg(&file))?;
    run(program(&["import", "acme"]).stdout(Stdio::null()))?;
    fill(database)?;
    let dump = database.dump()?;
    let to = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/store/tests/older");
    fs::create_dir_all(&to)?;
    fs::write(to.join(format!("{}.{}.sql", wanted.name, database.name())), dump)?;
    Ok(())
}

fn set_up(address: &str) -> String {
    format!(
        "[programme]\nslug = \"acme\"\nname = \"Acme Rewards\"\ntime_zone = \"Europe/Berlin\"\n\
         [integration]\nsource = \"personio\"\nowner = \"hr@acme.example\"\nbase_url = \"{address}\"\n\
         client_id = \"papi-sandbox\"\nclient_secret = \"papi-sandbox-secret\"\nfrequency = \"daily\"\n\
         requests_per_minute = 0\n[mapping]\nemployee_id = \"id\"\nemail = \"email\"\nfirst_name = \"first_name\"\n\
         last_name = \"last_name\"\ndepartment = \"department\"\n"
    )
}

/// A row for every table that the program has left empty.
fn fill(database: &Database) -> anyhow::Result<()> {
    let mut tables: BTreeMap<String, (Vec<String>, Vec<String>)> = BTreeMap::new();
    for line in database.ask(database.columns())?.lines() {
        let [table, column, kind] = line.split('|').collect::<Vec<_>>()[..] else { bail!("{line}") };
        let (names, values) = tables.entry(table.to_owned()).or_default();
        names.push(format!("\"{column}\""));
        values.push(Database::value(column, kind));
    }
    let mut empty = Vec::new();
    for (table, row) in tables {
        if database.ask(&format!("SELECT COUNT(*) FROM \"{table}\""))?.trim() == "0" {
            empty.push((table, row));
        }
    }
    // A row may refer to one of a table that comes later.
    while !empty.is_empty() {
        let before = empty.len();
        empty.retain(|(table, (names, values))| {
            let sql = format!("INSERT INTO \"{table}\" ({}) VALUES ({})", names.join(", "), values.join(", "));
            database.ask(&sql).is_err()
        });
        if empty.len() == before {
            bail!("no row can be made for {empty:?}");
        }
    }
    Ok(())
}

impl Database {
    fn name(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }

    fn columns(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => COLUMNS_OF_SQLITE,
            Self::Postgres(_) => COLUMNS_OF_POSTGRES,
        }
    }

    /// A value of the kind, which refers to the rows that there are.
    fn value(column: &str, kind: &str) -> String {
        let of = |table: &str| format!("(SELECT id FROM {table} LIMIT 1)");
        match (column, kind) {
            ("programme_id", _) => of("programmes"),
            ("integration_id", _) => of("integrations"),
            ("member_id", _) => of("members"),
            // What an import reads has to be readable.
            ("answer", _) => "'same'".to_owned(),
            ("trace_key", _) => "NULL".to_owned(),
            (_, "uuid") => "'01900000-0000-7000-8000-00000000004d'".to_owned(),
            (_, "uuid_text") => "x'0190000000007000800000000000004d'".to_owned(),
            (_, "bytea") => r"'\x00ff9f'".to_owned(),
            (_, "blob") => "x'00ff9f'".to_owned(),
            (_, "boolean") => "TRUE".to_owned(),
            (_, "text" | "varchar" | "character varying") => "'planted'".to_owned(),
            _ => "77".to_owned(),
        }
    }

    fn ask(&self, sql: &str) -> anyhow::Result<String> {
        let mut command = match self {
            Self::Sqlite(file) => {
                let mut command = Command::new("sqlite3");
                command.arg("-cmd").arg("PRAGMA foreign_keys = ON").arg(file).arg(sql);
                command
            }
            Self::Postgres(url) => {
                let mut command = Command::new("psql");
                command.args(["-qAtX", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql]);
                command
            }
        };
        output(command.stderr(Stdio::null()))
    }

    fn dump(&self) -> anyhow::Result<String> {
        let text = match self {
            Self::Sqlite(file) => output(Command::new("sqlite3").arg(file).arg(".dump"))?,
            Self::Postgres(url) => output(Command::new("pg_dump").args([
                "--inserts",
                "--no-owner",
                "--no-privileges",
                "--no-comments",
                "-d",
                url,
            ]))?,
        };
        // What only psql understands, and what says nothing.
        let is_sql = |line: &&str| !line.starts_with('\\') && !line.starts_with("--") && !line.is_empty();
        Ok(text.lines().filter(is_sql).flat_map(|line| [line, "\n"]).collect())
    }
}

fn output(command: &mut Command) -> anyhow::Result<String> {
    let name = command.get_program().display().to_string();
    let output = command.output().with_context(|| format!("{name} did not start"))?;
    if !output.status.success() {
        bail!("{name}: {}", output.status);
    }
    Ok(String::from_utf8(output.stdout)?)
}
