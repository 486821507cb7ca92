//! `cargo xtask bench` runs this program.

use std::{ffi::OsString, process::ExitCode};

use bench::{measured, process::Server, read, write};
use clap::{Parser, Subcommand};

/// Reads, writes or watches, and prints one JSON object
#[derive(Parser)]
#[command(name = "rollcall-bench", version)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Runs a program and prints what it used of the machine
    Run {
        /// The process of the PostgreSQL server whose work is counted too
        #[arg(long)]
        server: Option<u32>,
        /// The program and its arguments
        #[arg(last = true, required = true)]
        command: Vec<OsString>,
    },
    /// Reads everybody, and throws them away
    Read {
        /// The address of the sandbox's API
        #[arg(long)]
        base_url: String,
        /// Reads with the product's own client, which makes records of what it parses
        #[arg(long)]
        by_client: bool,
    },
    /// Lets something change for the first people at work
    Change {
        /// The address of the sandbox's API
        #[arg(long)]
        base_url: String,
        /// For how many
        #[arg(long)]
        people: u64,
        /// The department that they come to
        #[arg(long)]
        department: String,
    },
    /// Writes the rows that a first import wrote, in one transaction, and prints what that used
    Write {
        /// The file that an import wrote (SQLite); its rows go into the database named by `--to`
        #[arg(long, requires = "to", conflicts_with = "database")]
        from: Option<std::path::PathBuf>,
        /// A file with the tables and nobody in them (SQLite)
        #[arg(long)]
        to: Option<std::path::PathBuf>,
        /// The database that an import wrote (PostgreSQL): its rows are taken out, and put in again
        #[arg(long, env = "ROLLCALL_DATABASE_URL", hide_env_values = true)]
        database: Option<String>,
        /// The process of the PostgreSQL server whose work is counted too
        #[arg(long)]
        server: Option<u32>,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse().task).await {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(task: Task) -> anyhow::Result<String> {
    match task {
        Task::Run { server, command } => {
            Ok(serde_json::to_string(&measured::program(&command, server.map(Server).as_ref())?)?)
        }
        Task::Read { base_url, by_client } => {
            let people = if by_client { read::by_client(&base_url).await? } else { read::borrowed(&base_url).await? };
            Ok(people.to_string())
        }
        Task::Change { base_url, people, department } => read::change(&base_url, people, &department).await,
        Task::Write { from: Some(from), to: Some(to), .. } => {
            Ok(serde_json::to_string(&write::file(&from, &to).await?)?)
        }
        Task::Write { database: Some(database), server, .. } => {
            Ok(serde_json::to_string(&write::server(&database, server.map(Server).as_ref()).await?)?)
        }
        Task::Write { .. } => anyhow::bail!("name two files (`--from`, `--to`) or a database (`--database`)"),
    }
}
