//! What can be asked on the command line, in words that a person can learn from.

pub(crate) mod care;
pub(crate) mod customers;

use std::{net::SocketAddr, num::NonZeroU32, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use secrecy::SecretString;
use uuid::Uuid;
use web::Proxies;

use care::{Backup, Database, Key, Release, Restore};

/// Keeps a membership programme in step with an HR system.
///
/// Joiners get an account and an invitation, movers are updated silently, leavers are closed down
/// properly. The whole plan is known, by name, before the first change. When the HR system fails
/// nothing is changed, and an import that looks wrong waits for you.
#[derive(Debug, Parser)]
#[command(name = "rollcall", version, arg_required_else_help = true)]
#[command(after_help = "Start with `rollcall demo`: it needs nothing but this program.")]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) place: Place,
    #[command(flatten)]
    pub(crate) log: Log,
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Place {
    /// The same place for a server that listens here: links lead to it, unless another address was named.
    pub(crate) fn serving(&self, address: SocketAddr) -> Self {
        let public_url = self.public_url.clone().or_else(|| Some(format!("http://{address}")));
        Self { public_url, ..self.clone() }
    }
}

/// Where an installation keeps what it knows.
#[derive(Debug, Clone, Args)]
pub(crate) struct Place {
    /// Configuration file (TOML) [default: rollcall.toml in the data directory, if it is there]
    #[arg(
        long,
        global = true,
        help_heading = "Installation",
        display_order = 100,
        env = "ROLLCALL_CONFIG",
        value_name = "FILE"
    )]
    pub(crate) config: Option<PathBuf>,
    /// Directory of the database, the secret key and delivered mails; made when it is not there
    #[arg(
        long,
        global = true,
        help_heading = "Installation",
        display_order = 100,
        env = "ROLLCALL_DATA",
        value_name = "DIR",
        default_value = "./rollcall-data"
    )]
    pub(crate) data: PathBuf,
    /// Directory of the list of erasures, which is best kept on another disk than the database [default: the data directory]
    #[arg(
        long,
        global = true,
        help_heading = "Installation",
        display_order = 100,
        env = "ROLLCALL_ERASURES",
        value_name = "DIR"
    )]
    pub(crate) erasures: Option<PathBuf>,
    /// PostgreSQL database to use instead of the file in the data directory
    #[arg(
        long,
        global = true,
        help_heading = "Installation",
        display_order = 100,
        env = "ROLLCALL_DATABASE_URL",
        value_name = "URL",
        hide_env_values = true
    )]
    pub(crate) database_url: Option<String>,
    /// Key that credentials are sealed with, 64 hexadecimal digits, instead of the file in the data directory. Others on this machine can read options: use the environment or a file
    #[arg(
        long,
        global = true,
        help_heading = "Installation",
        display_order = 100,
        env = "ROLLCALL_SECRET_KEY",
        value_name = "KEY",
        hide_env_values = true,
        value_parser = secret
    )]
    pub(crate) secret_key: Option<SecretString>,
    /// Key before that one, until `rollcall key rotate` has run
    #[arg(
        long,
        global = true,
        help_heading = "Installation",
        display_order = 100,
        env = "ROLLCALL_SECRET_KEY_OLD",
        value_name = "KEY",
        hide_env_values = true,
        value_parser = secret
    )]
    pub(crate) secret_key_old: Option<SecretString>,
    /// Address that people reach the portal at, and links in mails begin with [default: where it listens, or http://127.0.0.1:8080]
    #[arg(
        long,
        global = true,
        help_heading = "Installation",
        display_order = 100,
        env = "ROLLCALL_PUBLIC_URL",
        value_name = "URL"
    )]
    pub(crate) public_url: Option<String>,
    /// Seconds that a page of the HR system may go without a good answer before the import fails
    #[arg(
        long,
        global = true,
        help_heading = "Installation",
        display_order = 100,
        env = "ROLLCALL_PAGE_PATIENCE",
        value_name = "SECONDS",
        default_value_t = 60
    )]
    pub(crate) page_patience: u64,
    /// Address of the Personio that integrations made in the portal read, such as a sandbox's; the usual one unless set
    #[arg(
        long,
        global = true,
        help_heading = "Installation",
        display_order = 100,
        env = "ROLLCALL_PERSONIO_URL",
        value_name = "URL"
    )]
    pub(crate) personio_url: Option<String>,
    /// Requests a minute to that Personio, instead of its own limit; 0 for no limit, which is for this machine only
    #[arg(
        long,
        global = true,
        help_heading = "Installation",
        display_order = 100,
        env = "ROLLCALL_PERSONIO_REQUESTS_PER_MINUTE",
        value_name = "NUMBER"
    )]
    pub(crate) personio_requests_per_minute: Option<u32>,
    /// Mail server, as smtp+starttls://user:password@host:587 or smtps://…; unless set, mails become files in the data directory
    #[arg(
        long,
        global = true,
        help_heading = "Mails",
        display_order = 110,
        env = "ROLLCALL_SMTP_URL",
        value_name = "URL",
        hide_env_values = true,
        value_parser = secret
    )]
    pub(crate) smtp_url: Option<SecretString>,
    /// Address that mails come from; needed with a mail server
    #[arg(
        long,
        global = true,
        help_heading = "Mails",
        display_order = 110,
        env = "ROLLCALL_MAIL_FROM",
        value_name = "ADDRESS"
    )]
    pub(crate) mail_from: Option<String>,
    /// Mails that the mail server may get a minute, from all machines together
    #[arg(
        long,
        global = true,
        help_heading = "Mails",
        display_order = 110,
        env = "ROLLCALL_MAILS_PER_MINUTE",
        value_name = "NUMBER",
        default_value = "60"
    )]
    pub(crate) mails_per_minute: NonZeroU32,
    /// File of certificate authorities, in PEM, that may have signed the mail server's certificate besides the usual ones
    #[arg(
        long,
        global = true,
        help_heading = "Mails",
        display_order = 110,
        env = "ROLLCALL_SMTP_CA",
        value_name = "FILE"
    )]
    pub(crate) smtp_ca: Option<PathBuf>,
    /// Let events go to this machine and private networks too, and over http
    #[arg(long, global = true, help_heading = "Installation", display_order = 100, env = "ROLLCALL_PRIVATE_EVENTS")]
    pub(crate) private_events: bool,
}

/// Something that is not to be printed. It is looked at later: an error here would repeat it.
#[expect(clippy::unnecessary_wraps, reason = "the shape that a parser of arguments has")]
fn secret(text: &str) -> Result<SecretString, std::convert::Infallible> {
    Ok(text.to_owned().into())
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show everything on made-up people: a month of imports, one on hold, and the portal to look at them
    Demo(Demo),
    /// Run a Personio of your own, with made-up people and faults on demand
    Sandbox(Sandbox),
    /// Serve the web front, run imports, deliver mails, close accounts: all of it, or a part of it on this machine
    #[command(
        after_help = "Any number of these can share one PostgreSQL database: they divide the work between them, and \
                            what one leaves undone the others take over. On SIGTERM what is under way is finished first, \
                            which takes 10 seconds at most."
    )]
    Serve(Serve),
    /// Make, list, suspend, export and delete programmes
    #[command(subcommand)]
    Programme(customers::Programme),
    /// Invite administrators, list them, help those who lost their way in
    #[command(subcommand)]
    Admin(customers::Admin),
    /// Check the configuration, show what is in effect, print a file with every setting
    #[command(subcommand)]
    Config(customers::Settings),
    /// Set integrations up
    #[command(subcommand)]
    Integration(Integration),
    /// Bring the members of a programme in step with its HR system now
    #[command(
        after_help = "Exit status: 0 completed; 3 completed, but people were rejected; 4 on hold, nothing changed \
                            yet; 5 failed, nothing changed; 6 an import is already running; 2 the command was not right."
    )]
    Import(Import),
    /// Look at imports, answer those on hold, put right what one did
    #[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
    Imports(Imports),
    /// Answer “same person or someone else?” for a person who was rejected with that question
    Decide(Decide),
    /// Print the members of a programme as CSV
    Members {
        /// The programme's short name
        programme: String,
    },
    /// List the mails of a programme, waiting and sent
    Outbox {
        /// The programme's short name
        programme: String,
        /// Print one JSON array
        #[arg(long)]
        json: bool,
    },
    /// Take a backup while everything goes on, or look at those that were taken
    #[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
    #[command(after_help = "The secret key is not in a backup: without it, stored credentials cannot be read.")]
    Backup(Backup),
    /// Make an installation of a backup, where there is none; it is held until `rollcall release`
    Restore(Restore),
    /// Show what a restored installation would send and start at once; with `--yes`, let it
    #[command(after_help = "Exit status: 0 released, or nothing was held; 4 held, nothing released.")]
    Release(Release),
    /// Move to another database
    #[command(subcommand)]
    Database(Database),
    /// Change the key under which credentials are stored
    #[command(subcommand)]
    Key(Key),
    /// Look whether everything is in order; say what is wrong and what to do
    ///
    /// Database, schema, disk, clock, key, links, mail server, HR systems, imports, holds, mails. No mail is sent.
    #[command(after_help = "Exit status: 0 everything is in order; 1 something is not.")]
    Doctor {
        /// Print one JSON object
        #[arg(long)]
        json: bool,
    },
}

/// How the log is written.
#[derive(Debug, Clone, Args)]
pub(crate) struct Log {
    /// Lines for people, or a JSON object a line for programs
    #[arg(
        long,
        global = true,
        help_heading = "Log",
        display_order = 120,
        env = "ROLLCALL_LOG_FORMAT",
        value_enum,
        default_value_t = LogFormat::Text
    )]
    pub(crate) log_format: LogFormat,
    /// What is logged: error, warn, info, debug, or such as rollcall_engine=debug [default: info while serving, else warn]
    #[arg(long, global = true, help_heading = "Log", display_order = 120, env = "ROLLCALL_LOG", value_name = "LEVEL")]
    pub(crate) log: Option<String>,
}

/// How a line of the log looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Serve {
    /// Address and port to listen on
    #[arg(long, env = "ROLLCALL_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// Serve the web front; without --work nothing else is done here
    #[arg(long)]
    pub(crate) web: bool,
    /// Run imports, deliver mails, close accounts; without --web nothing is listened on
    #[arg(long)]
    pub(crate) work: bool,
    /// How many imports, of different integrations, are worked on here at once
    #[arg(long, value_name = "NUMBER", env = "ROLLCALL_IMPORTS_AT_ONCE", default_value_t = engine::IMPORTS_AT_ONCE)]
    pub(crate) imports_at_once: usize,
    /// Address and port to tell Prometheus at, which nobody else should reach; unless set, nothing is told
    #[arg(long, value_name = "ADDR", env = "ROLLCALL_METRICS_LISTEN")]
    pub(crate) metrics_listen: Option<SocketAddr>,
    /// Proxies that are believed when they say whom a request is from: addresses and networks with commas, or `none`
    /// [default: those on this machine]
    #[arg(long, value_name = "LIST", env = "ROLLCALL_TRUSTED_PROXIES")]
    pub(crate) trusted_proxies: Option<Proxies>,
    /// Seconds to go on serving when told to stop, with /readyz answering 503, so that a proxy finds out first
    #[arg(long, value_name = "SECONDS", env = "ROLLCALL_DRAIN", default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=60))]
    pub(crate) drain: u64,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Demo {
    /// How many people the made-up company employs
    #[arg(long, default_value_t = 250, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) employees: u32,
    /// Another number makes other people
    #[arg(long, default_value_t = 7)]
    pub(crate) seed: u64,
    /// Address and port of the web front
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// Stop after the month instead of going on serving
    #[arg(long)]
    pub(crate) once: bool,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Sandbox {
    /// How many people the made-up company employs
    #[arg(long, default_value_t = 250, value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub(crate) employees: u32,
    /// Another number makes other people
    #[arg(long, default_value_t = 7)]
    pub(crate) seed: u64,
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:9000")]
    pub(crate) listen: SocketAddr,
    /// Answer as fast as asked, instead of limiting requests as Personio does, and keep pages that were built
    #[arg(long)]
    pub(crate) no_limits: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Integration {
    /// Set a programme's integration up from a file, or change it
    ///
    /// The first time it is live at once. Later the settings wait beside the published ones until they are
    /// published; what stands in the file of credentials, owner and programme counts at once.
    #[command(after_help = "Exit status: 0 done; 2 the file or a number was not right, nothing published; \
                            5 the preview failed, nothing published.")]
    Apply(Apply),
    /// Show how an integration is set up, and what waits to be published
    Show {
        #[command(flatten)]
        which: Which,
        /// Print one JSON object
        #[arg(long)]
        json: bool,
    },
    /// Stop the schedule; imports that somebody asks for go on
    Pause(Which),
    /// Let the schedule go on
    Resume(Which),
    /// Remove the stored credentials at once: imports stop, no member is changed
    Revoke(Which),
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Apply {
    /// The set-up file (TOML)
    pub(crate) file: PathBuf,
    /// Preview the settings that wait, show by name what they come to, and publish them
    #[arg(long)]
    pub(crate) publish: bool,
    /// How many leavers the preview has: agrees to them where they are more than an import makes without asking
    #[arg(long, value_name = "NUMBER", requires = "publish")]
    pub(crate) leavers: Option<u64>,
    /// How many members the programme has: takes credentials that open another company
    #[arg(long, value_name = "NUMBER")]
    pub(crate) members: Option<u64>,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Which {
    /// The programme's short name
    pub(crate) programme: String,
    /// The HR system, where the programme has several
    #[arg(long, value_name = "SOURCE")]
    pub(crate) integration: Option<String>,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Import {
    /// The programme's short name
    pub(crate) programme: String,
    /// The HR system, where the programme has several
    #[arg(long, value_name = "SOURCE")]
    pub(crate) integration: Option<String>,
    /// Make the plan and show it, but change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Imports {
    /// The programme's short name
    #[arg(required = true)]
    pub(crate) programme: Option<String>,
    /// Print one JSON array
    #[arg(long)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) action: Option<ImportsAction>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ImportsAction {
    /// Show one import: its numbers, and every person it concerns by name
    Show {
        /// The import's number
        #[arg(value_parser = import_number)]
        id: Uuid,
        /// Print one JSON object
        #[arg(long)]
        json: bool,
    },
    /// Print the problems of one import as CSV
    Problems {
        /// The import's number
        #[arg(value_parser = import_number)]
        id: Uuid,
        /// Only problems of this severity
        #[arg(long)]
        severity: Option<Severity>,
    },
    /// Apply the very plan that is on hold
    #[command(after_help = "Exit status as of `rollcall import`; 2 when the plan has lapsed or is stale.")]
    Approve {
        /// The import's number
        #[arg(value_parser = import_number)]
        id: Uuid,
        /// Apply everything but the leavers
        #[arg(long, conflicts_with = "renumbered")]
        without_leavers: bool,
        /// The employee IDs were renumbered: plan once more, matching people by e-mail and names
        #[arg(long)]
        renumbered: bool,
        /// Print one JSON object
        #[arg(long)]
        json: bool,
    },
    /// Say no to a plan on hold; nothing is changed
    Reject {
        /// The import's number
        #[arg(value_parser = import_number)]
        id: Uuid,
    },
    /// Bring back, together, the leavers of one import while their accounts are still closing
    RestoreLeavers {
        /// The import's number
        #[arg(value_parser = import_number)]
        id: Uuid,
    },
}

/// An import's number, or what to do about something that is none.
fn import_number(text: &str) -> Result<Uuid, String> {
    text.parse().map_err(|_| "this is not an import's number; `rollcall imports PROGRAMME` lists them".to_owned())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Severity {
    /// People who were skipped
    Error,
    /// People who went on
    Warning,
}

#[derive(Debug, Args)]
pub(crate) struct Decide {
    /// The programme's short name
    pub(crate) programme: String,
    /// The employee ID of the person who was rejected
    pub(crate) employee_id: String,
    #[command(flatten)]
    pub(crate) answer: SameOrNew,
    /// The HR system, where the programme has several
    #[arg(long, value_name = "SOURCE")]
    pub(crate) integration: Option<String>,
}

/// One of the two must be said.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct SameOrNew {
    /// The same person as this member: their employee ID (or e-mail address, where they have none)
    #[arg(long, value_name = "MEMBER_EMPLOYEE_ID")]
    pub(crate) same_as: Option<String>,
    /// Someone else: a new account
    #[arg(long)]
    pub(crate) new: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
