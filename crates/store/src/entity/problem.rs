//! Problems: what was wrong with whom in which import (R53).

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// One problem of one person, or of the import.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "problems")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// The import.
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_id: Uuid,
    /// The try that found it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub try_number: i32,
    /// Its number within the try.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// The plan row it belongs to, if there is one.
    pub row_number: Option<i64>,
    /// The person's account, if there is one.
    pub member_id: Option<Uuid>,
    /// The person's employee ID, if there is one.
    pub employee_id: Option<String>,
    /// The person's name, for people.
    pub name: String,
    /// What it is.
    pub code: String,
    /// How grave it is.
    pub severity: String,
    /// Where it is.
    pub field: Option<String>,
    /// The value as the source has it.
    pub value: Option<String>,
    /// The employee ID of the other person it is about.
    pub other: Option<String>,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
