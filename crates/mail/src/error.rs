//! What can go wrong with a mail. No message names an address or a link: errors end up in logs.

use std::{io, path::PathBuf, sync::Arc};

use crate::Kind;

/// Why a mail could not be made or delivered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MailError {
    /// There is no mail of this name.
    #[error("there is no mail called `{0}`")]
    UnknownKind(String),
    /// A template names something its context does not have, or runs without end.
    #[error("the mail `{kind}` could not be rendered: {source}")]
    Render {
        /// Which mail.
        kind: Kind,
        /// What the template engine says.
        source: minijinja::Error,
    },
    /// The templates that come with Rollcall do not parse.
    #[error("the mail templates are broken: {0}")]
    Templates(Arc<minijinja::Error>),
    /// Not an address that mail can be sent to or from.
    #[error("the address in `{field}` is not valid")]
    Address {
        /// The part of the envelope.
        field: &'static str,
    },
    /// A line break or another control character where it could start a header of its own.
    #[error("`{field}` holds a control character")]
    ControlCharacter {
        /// The header it was meant for.
        field: &'static str,
    },
    /// The instant cannot be written into a `Date` header.
    #[error("the date of the mail is out of range")]
    Date,
    /// The message could not be put together.
    #[error("the message could not be put together: {0}")]
    Message(#[from] lettre::error::Error),
    /// The folder for outgoing mail could not be written to.
    #[error("`{path}` could not be written: {source}", path = path.display())]
    Folder {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}
