//! Restores: since when the installation is held, and whether it was released.

use sea_orm::entity::prelude::*;

/// One restored backup. While one of them is not released, nothing is imported or sent.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "restores")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// When the backup was taken, in microseconds of UTC.
    pub backup_at: i64,
    /// When it was restored, in microseconds of UTC.
    pub restored_at: i64,
    /// How many accounts had been closed since, and were erased again.
    pub erased: i64,
    /// When somebody released it, in microseconds of UTC.
    pub released_at: Option<i64>,
    /// Who did.
    pub released_by: Option<String>,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
