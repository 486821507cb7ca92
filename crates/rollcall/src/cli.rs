//! What can be asked on the command line, in words that a person can learn from.

pub(crate) mod care;
pub(crate) mod customers;
mod imports;
mod place;
mod serving;

use clap::{Parser, Subcommand};

use care::{Backup, Database, Key, Release, Restore};
pub(crate) use imports::{Apply, Decide, Import, Imports, ImportsAction, Integration, Severity, Which};
pub(crate) use place::{Log, LogFormat, Place};
pub(crate) use serving::{Demo, Sandbox, Serve};

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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
