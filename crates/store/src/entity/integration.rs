//! Integrations: a programme's connections to HR systems.

use sea_orm::entity::prelude::*;

/// A programme's configured connection to one HR system.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "integrations")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// Its number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The HR system, such as `personio`; one integration each.
    pub source: String,
    /// The address of the owner, who is told what happens.
    pub owner: String,
    /// Where the source is reached, if not at its usual address.
    pub base_url: Option<String>,
    /// The id half of the credentials; none before they are given.
    pub client_id: Option<String>,
    /// The secret half, sealed; none before it is given, and after it is revoked.
    pub secret: Option<Vec<u8>>,
    /// Requests a minute that replace the source's own limit; 0 is none.
    pub requests_per_minute: Option<i32>,
    /// When it runs by itself, as JSON.
    pub schedule: String,
    /// Who besides the owner is told of imports, as JSON.
    pub recipients: String,
    /// The published rules of its imports, as JSON; none before it is published.
    pub rules: Option<String>,
    /// The rules under which the last complete import noted its records.
    pub rules_print: Option<i64>,
    /// What is to be published next, and credentials that were checked and not taken yet, as JSON;
    /// none where nothing waits.
    pub draft: Option<String>,
    /// The leavers whom an administrator agreed to by name when publishing (R45), as JSON; good for
    /// the next import.
    pub agreed_leavers: Option<String>,
    /// Where it stands.
    pub state: String,
    /// When the next import begins by itself, spread included, in microseconds of UTC; while it is live, none means that
    /// it has to be worked out, else that nothing begins by itself.
    pub due_at: Option<i64>,
    /// Why its schedule is paused (`domain::integration::Pause`). A pause by hand is kept while credentials are refused.
    pub paused_by: Option<String>,
    /// How many imports in a row have failed (R52).
    pub failures: i32,
    /// When the first of them failed, in microseconds of UTC.
    pub failing_since: Option<i64>,
    /// When the owner left or was removed, in microseconds of UTC, until somebody takes over (R56).
    pub owner_left_at: Option<i64>,
    /// When the other administrators were told of it, in microseconds of UTC.
    pub owner_left_told_at: Option<i64>,
    /// When it was last published, in microseconds of UTC.
    pub published_at: Option<i64>,
    /// Instant, in microseconds of UTC.
    pub created_at: i64,
    /// Instant, in microseconds of UTC.
    pub updated_at: i64,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
