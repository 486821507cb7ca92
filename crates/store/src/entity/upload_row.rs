//! The plan of an upload: what it does with each line of the file.

use sea_orm::entity::prelude::*;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "upload_rows")]
pub struct Model {
    /// The programme it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    /// The upload.
    #[sea_orm(primary_key, auto_increment = false)]
    pub upload_id: Uuid,
    /// The line of the file; the heading is line 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub line: i32,
    /// `join`, `update`, `rejoin`, `unchanged` or `reject`.
    pub kind: String,
    /// The person's name.
    pub name: String,
    /// The account; for a join, the account to be, or while `as_new` waits the one that has the address.
    pub member_id: Option<Uuid>,
    /// The version of the account that it was made for.
    pub version: i64,
    /// The values that change as they were, as JSON.
    pub before: String,
    /// All values afterwards, as JSON; of a line that is rejected, those that are good.
    pub after: String,
    /// What is wrong: field, code and value of each problem, as JSON.
    pub problems: String,
    /// `planned`, `asked` (it waits for an answer, R18), `done` or `skipped`.
    pub state: String,
    /// The values of the account that is made should an administrator say that the former member with the address is
    /// somebody else (R18), as JSON; none where that is not asked.
    pub as_new: Option<String>,
}

/// No relation is followed through the ORM: queries say what they join.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
