//! The mails Rollcall sends: what they say, how they are put into a message, and where that goes.
//!
//! A mail is [rendered](render) from a [`Kind`] and a typed [context](context), put into an RFC 5322 [`message`] and
//! delivered: into a [folder], or by a mail server over [SMTP](smtp). Nothing here reads a clock, and the same input gives
//! the same bytes, so a retry sends the very message that the first attempt may have sent already.

pub mod context;
mod error;
pub mod folder;
mod kind;
mod message;
mod render;
pub mod samples;
pub mod smtp;
mod templates;

pub use error::MailError;
pub use kind::Kind;
pub use message::{Envelope, Sender, message};
pub use render::{Rendered, render};
