//! Where an installation is and how it logs: what every command can be told.

use std::{net::SocketAddr, num::NonZeroU32, path::PathBuf};

use clap::{Args, ValueEnum};
use secrecy::SecretString;

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

impl Place {
    /// The same place for a server that listens here: links lead to it, unless another address was named.
    pub(crate) fn serving(&self, address: SocketAddr) -> Self {
        let public_url = self.public_url.clone().or_else(|| Some(format!("http://{address}")));
        Self { public_url, ..self.clone() }
    }
}

/// Something that is not to be printed. It is looked at later: an error here would repeat it.
#[expect(clippy::unnecessary_wraps, reason = "the shape that a parser of arguments has")]
fn secret(text: &str) -> Result<SecretString, std::convert::Infallible> {
    Ok(text.to_owned().into())
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
