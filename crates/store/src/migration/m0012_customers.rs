//! Many customers: a programme can be suspended.

use sea_orm_migration::{prelude::*, schema::big_integer_null};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = big_integer_null("suspended_at");
        manager.alter_table(Table::alter().table("programmes").add_column(column).take()).await
    }
}
