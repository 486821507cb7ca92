//! Exclusions: people whom an administrator keeps out, whatever imports say (R24).

use sea_orm::entity::prelude::*;

/// Somebody who is kept out: a member, or whoever has an employee ID.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exclusions")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// Its number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The integration whose employee ID is excluded.
    pub integration_id: Option<Uuid>,
    /// The employee ID, of somebody who has no account.
    pub employee_id: Option<String>,
    /// The member; the exclusion follows the account to another employee ID.
    pub member_id: Option<Uuid>,
    /// Why, in an administrator's words.
    pub reason: String,
    /// Who said so.
    pub excluded_by: String,
    /// Instant, in microseconds of UTC.
    pub excluded_at: i64,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
