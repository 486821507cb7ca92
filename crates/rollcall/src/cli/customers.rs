//! Programmes, administrators and settings, for whoever runs the installation.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use domain::{language::Language, roles::Role};

#[derive(Debug, Subcommand)]
pub(crate) enum Programme {
    /// Make a programme, and invite whoever will own it
    Create(Create),
    /// List all programmes
    List {
        /// Print one JSON array
        #[arg(long)]
        json: bool,
    },
    /// Let a programme stand still: no import starts, nothing goes out, its pages say so; nothing is lost
    Suspend {
        /// The programme's short name
        programme: String,
    },
    /// Let a suspended programme go on where it stood
    Resume {
        /// The programme's short name
        programme: String,
    },
    /// Write everything of a programme into one archive of JSON lines, without secrets
    Export {
        /// The programme's short name
        programme: String,
        /// The archive; it must not be there yet [default: PROGRAMME-DAY.tar, here]
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// Delete a programme and every row that belongs to it; shows what goes, and asks for its short name first
    #[command(after_help = "Nothing can bring it back but a backup. Export it first.")]
    Delete {
        /// The programme's short name
        programme: String,
        /// The short name once more: delete without asking
        #[arg(long, value_name = "PROGRAMME")]
        yes: Option<String>,
    },
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Create {
    /// Its short name in addresses and commands: small letters, digits and hyphens
    pub(crate) programme: String,
    /// Its name for people
    #[arg(long)]
    pub(crate) name: String,
    /// The zone in which its days begin, such as Europe/Berlin
    #[arg(long, value_name = "ZONE")]
    pub(crate) time_zone: String,
    /// The language of members who have none of their own: en or de
    #[arg(long, default_value_t = Language::En, value_parser = language)]
    pub(crate) language: Language,
    /// Who will own it: prints the link of their invitation
    #[arg(long, value_name = "E-MAIL")]
    pub(crate) owner: Option<String>,
    /// The owner's name
    #[arg(long, value_name = "NAME", requires = "owner")]
    pub(crate) owner_name: Option<String>,
    /// Send the invitation by mail instead of printing its link
    #[arg(long, requires = "owner")]
    pub(crate) mail: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Admin {
    /// Invite somebody to look after a programme: prints the link, which works once, for 7 days
    Invite(Invite),
    /// List who looks after a programme, and who was asked to
    List {
        /// The programme's short name
        programme: String,
        /// Print one JSON array
        #[arg(long)]
        json: bool,
    },
    /// Switch the second factor off for somebody who lost phone and recovery codes, and sign them out everywhere
    ResetFactor {
        /// Their e-mail address
        email: String,
    },
    /// Print a link with which somebody chooses a new password; it works once, for an hour
    ResetPassword {
        /// Their e-mail address
        email: String,
    },
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Invite {
    /// The programme's short name
    pub(crate) programme: String,
    /// Their e-mail address
    pub(crate) email: String,
    /// What they shall be: owner, integrations, members or read-only
    #[arg(long, value_parser = role)]
    pub(crate) role: Role,
    /// Their name
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Send the invitation by mail instead of printing its link
    #[arg(long)]
    pub(crate) mail: bool,
}

#[derive(Debug, Clone, Subcommand)]
pub(crate) enum Settings {
    /// Read the configuration and say what is wrong with it, by file and line
    #[command(after_help = "Exit status: 0 in order; 1 database or mail server not reached; 2 something is wrong.")]
    Check {
        /// Try the database and the mail server too; nothing is changed or sent
        #[arg(long)]
        connect: bool,
    },
    /// Show the settings in effect, and where each comes from; secrets are masked
    Show {
        /// Print one JSON array
        #[arg(long)]
        json: bool,
    },
    /// Print a configuration file with every setting, explained
    Reference,
    /// Write the manual pages of all commands, for `man`
    Manual {
        /// The directory for them, made when it is not there
        #[arg(value_name = "DIR")]
        directory: PathBuf,
    },
}

fn language(text: &str) -> Result<Language, String> {
    text.parse().map_err(|_| "Rollcall speaks `en` and `de`".to_owned())
}

fn role(text: &str) -> Result<Role, String> {
    text.parse().map_err(|_| "roles are `owner`, `integrations`, `members` and `read-only`".to_owned())
}
