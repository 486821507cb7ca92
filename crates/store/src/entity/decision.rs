//! Decisions: answers to "same person or someone else?" (R18).

use sea_orm::entity::prelude::*;

/// An administrator's answer, kept for later imports.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "decisions")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// The integration.
    #[sea_orm(primary_key, auto_increment = false)]
    pub integration_id: Uuid,
    /// The employee ID that it is about.
    #[sea_orm(primary_key, auto_increment = false)]
    pub employee_id: String,
    /// The member it was weighed against.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: Uuid,
    /// `same` or `new`.
    pub answer: String,
    /// Instant, in microseconds of UTC.
    pub decided_at: i64,
    /// When an import did what a `same` says, in microseconds of UTC: from then on the member goes by
    /// the employee ID, and whoever turns up under it next is looked at afresh.
    pub fulfilled_at: Option<i64>,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
