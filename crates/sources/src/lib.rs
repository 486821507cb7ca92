//! HR systems that Rollcall can read, one folder each.
//!
//! A source is small: it describes itself, checks credentials, lists attributes and streams
//! records. What the records mean is the domain's concern; a new HR system is a new folder here.

pub mod error;
mod observer;
pub mod personio;

use domain::record::{Asked, Attribute, Record};
use futures::{future::BoxFuture, stream::BoxStream};

pub use error::{SourceError, SourceResult};
pub use observer::{Observer, RequestOutcome};

/// What Rollcall needs to know of a source before it reads from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Description {
    /// How set-up files and addresses name it, such as `personio`.
    pub key: &'static str,
    /// How people name it, such as `Personio`.
    pub name: &'static str,
    /// The attribute that holds the source's own ID of a person.
    pub id_attribute: &'static str,
    /// The attribute that holds the employment status (R20).
    pub status_attribute: &'static str,
}

/// Every HR system that can be read.
pub const ALL: &[Description] = &[personio::DESCRIPTION];

/// Some of the people of one read, in the order in which the source gave them.
#[derive(Debug, Clone)]
pub struct Page {
    /// One record a person.
    pub records: Vec<Record>,
    /// How many people the source says there are; it may move between pages (R2).
    pub total: u64,
}

/// How one person is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// By the source's own ID.
    Id(String),
    /// By the e-mail address that the source itself knows them by.
    Email(String),
}

/// An HR system that people are read from. Stateless but for tokens and limits.
pub trait Source: Send + Sync {
    /// What it is called, and where a person's ID and status stand.
    fn describe(&self) -> Description;

    /// Whether the credentials are accepted; nothing is read.
    fn check(&self) -> BoxFuture<'_, SourceResult<()>>;

    /// The attributes that these credentials may read.
    fn attributes(&self) -> BoxFuture<'_, SourceResult<Vec<Attribute>>>;

    /// Everybody, page by page, with the attributes asked for and no others (R4). The stream ends
    /// with an error unless every page was read (R1).
    fn read(&self, asked: Asked) -> BoxStream<'_, SourceResult<Page>>;

    /// One person, and nobody else is read; several where the source has them more than once, none where
    /// it does not know them.
    fn find(&self, asked: Asked, by: By) -> BoxFuture<'_, SourceResult<Vec<Record>>>;
}
