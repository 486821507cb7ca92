//! The mails Rollcall sends: what they say, how they are put into a message, and where that goes.
//!
//! A mail is [rendered](render) from a [`Kind`], a [`Language`] and a typed [context](context), in our words or a
//! programme's own ([`Wording`]), put into an RFC 5322 [`message`] and
//! delivered: into a [folder], or by a mail server over [SMTP](smtp). Nothing here reads a clock, and the same input gives the same bytes, so a retry sends
//! the very message that the first attempt may have sent already.

mod colour;
pub mod context;
mod draw;
mod error;
mod failures;
pub mod folder;
mod kind;
mod language;
mod message;
mod render;
pub mod samples;
pub mod smtp;
mod templates;
mod wording;

pub use colour::in_the_dark;
pub use context::Context;
pub use error::MailError;
pub use kind::Kind;
pub use language::Language;
pub use message::{Envelope, Sender, message};
pub use render::{Rendered, render, render_as};
pub use wording::{Flaw, LONGEST_SUBJECT, LONGEST_TEXT, Wording};
