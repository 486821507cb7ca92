//! SQLite and PostgreSQL: entities, migrations, queries and bulk writes.
//!
//! One set of entities and migrations serves both. Nothing outside this crate knows the ORM: rows
//! come out as plain structs, and everything that writes in bulk is in [`plan`] and [`apply`].

pub mod administrators;
pub mod allowances;
pub mod apply;
pub mod at_work;
pub mod attempts;
pub mod audit;
pub mod backlog;
pub mod backup;
pub mod besides;
mod bulk;
pub mod checks;
pub mod closing;
mod connect;
pub mod copy;
pub mod customers;
pub mod decisions;
pub mod due;
mod entity;
pub mod erasure;
mod error;
pub mod events;
pub mod exclusions;
pub mod export;
pub mod guard;
pub mod health;
pub mod history;
pub mod idempotency;
pub mod imports;
pub mod integrations;
mod labels;
pub mod links;
pub mod listen;
pub mod mail_templates;
pub mod members;
mod migration;
pub mod outbox;
pub mod plan;
mod presence;
pub mod problems;
pub mod programmes;
pub mod refusals;
pub mod restores;
pub mod retention;
mod rounds;
pub mod sealed;
pub mod sessions;
pub mod site;
mod sql;
mod tallies;
pub mod tokens;
pub mod traces;
pub mod uploads;
mod waiting;
pub mod work;

pub use connect::{Address, Store};
pub use entity::{
    administrator::Model as Administrator, api_token::Model as ApiToken, audit::Model as Audit,
    close_down::Model as CloseDown, decision::Model as Decision, event_delivery::Model as EventDelivery,
    exclusion::Model as Exclusion, import::Model as Import, integration::Model as Integration,
    invitation::Model as Invitation, link::Model as Link, mail_template::Model as MailTemplate,
    member_choices::Model as MemberChoices, member_credential::Model as Credential, member_link::Model as MemberLink,
    member_session::Model as MemberSession, outbox::Model as Mail, place::Model as Place, problem::Model as ProblemRow,
    programme::Model as Programme, refusal::Model as Refusal, restore::Model as Restore, session::Model as Session,
    subscription::Model as Subscription, trace::Model as Trace, upload::Model as Upload,
    upload_row::Model as UploadRow,
};
pub use error::{StoreError, StoreResult};
