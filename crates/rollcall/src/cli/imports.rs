//! Integrations, their imports, and answers about people.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use uuid::Uuid;

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
