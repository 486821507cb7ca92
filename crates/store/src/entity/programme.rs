//! Programmes: the one table that all others belong to.

use sea_orm::entity::prelude::*;

/// One customer's membership scheme.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "programmes")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its name in addresses and commands; unique.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// The zone in which its days begin.
    pub time_zone: String,
    /// What else is set for it, as JSON.
    pub settings: String,
    /// Instant, in microseconds of UTC.
    pub created_at: i64,
    /// Since when it is suspended, in microseconds of UTC; none while it is in operation.
    pub suspended_at: Option<i64>,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
