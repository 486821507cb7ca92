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
    /// The id half of the credentials.
    pub client_id: String,
    /// The secret half, sealed.
    pub secret: Vec<u8>,
    /// Requests a minute that replace the source's own limit; 0 is none.
    pub requests_per_minute: Option<i32>,
    /// How often it runs by itself.
    pub frequency: String,
    /// The rules of its imports, as JSON.
    pub rules: String,
    /// The rules under which the last complete import noted its records.
    pub rules_print: Option<i64>,
    /// `live` or `reconnect-needed` (R5).
    pub state: String,
    /// Instant, in microseconds of UTC.
    pub created_at: i64,
    /// Instant, in microseconds of UTC.
    pub updated_at: i64,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
