//! What looks after an installation's data: backups, another database, another key.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum Database {
    /// Copy everything into an empty database: from the file to PostgreSQL, or back
    ///
    /// `rollcall serve` and every other command must be stopped first. Afterwards every row was read again on both
    /// sides; when anything goes wrong, nothing was copied.
    #[command(after_help = "Exit status: 0 copied and the same; 1 nothing was copied; \
                            2 the command was not right, or something is still running.")]
    Copy {
        /// Where to: postgres://user@host/database, or a file
        #[arg(long, value_name = "URL")]
        to: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Key {
    /// Store all credentials under a new key
    ///
    /// May be done while everything runs. Interrupted, run it again: it goes on. With the key in a file the new one
    /// is made there; with the key in ROLLCALL_SECRET_KEY, put the new one there and the one until now into
    /// ROLLCALL_SECRET_KEY_OLD, on every machine, and restart them first.
    Rotate,
}

#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// A directory, or the file to be
    #[arg(required = true)]
    pub(crate) to: Option<PathBuf>,
    /// Keep only so many of the directory's newest backups
    #[arg(long, value_name = "NUMBER", value_parser = at_least_one)]
    pub(crate) keep: Option<usize>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) action: Option<BackupAction>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BackupAction {
    /// List the backups of a directory, the newest first
    List {
        /// The directory
        directory: PathBuf,
        /// Print one JSON array
        #[arg(long)]
        json: bool,
    },
    /// Open a backup, and compare all of it with what it says of itself
    #[command(after_help = "Exit status: 0 whole; 1 damaged; 2 no backup, or one of a newer version.")]
    Check {
        /// The backup
        file: PathBuf,
        /// Print one JSON object
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// The backup
    pub(crate) from: PathBuf,
    /// List of erasures to go by instead of the one in its directory; can be given for each of several machines
    #[arg(long, value_name = "FILE", conflicts_with = "without_erasures")]
    pub(crate) erasures_list: Vec<PathBuf>,
    /// There is no list of erasures: whoever was erased after the backup was taken is there again
    #[arg(long)]
    pub(crate) without_erasures: bool,
    /// The key that stored secrets were sealed with is lost: they are to be entered anew
    #[arg(long)]
    pub(crate) with_another_key: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Release {
    /// Let it go on; without this, only show what would happen
    #[arg(long)]
    pub(crate) yes: bool,
    /// Send mails, too, that may have gone between the backup and its restore
    #[arg(long, conflicts_with = "without_mails", requires = "yes")]
    pub(crate) send_mails: bool,
    /// Keep mails from going that may have gone already: all of them, or of these kinds
    #[arg(long, value_name = "KIND", num_args = 0..=1, value_delimiter = ',', require_equals = true, requires = "yes")]
    pub(crate) without_mails: Option<Vec<String>>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// None would be no backup at all.
fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("at least one has to stay: name a number from 1".to_owned()),
        Ok(number) => Ok(number),
    }
}
