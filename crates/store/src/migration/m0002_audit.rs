//! The audit log: who did what to which thing. Rows are only ever added.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, text, text_null, uuid},
};

use super::m0001_foundation::owned;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                owned("audit", vec![uuid("id")])
                    .col(big_integer("at"))
                    .col(text("actor_kind"))
                    .col(text("actor"))
                    .col(text_null("address"))
                    .col(text("action"))
                    .col(text("subject"))
                    .col(text_null("before"))
                    .col(text_null("after"))
                    .take(),
            )
            .await?;
        // Who did something, and what they did last.
        let by_actor =
            Index::create().table("audit").name("audit_by_actor").col("programme_id").col("actor").col("id").take();
        manager.create_index(by_actor).await
    }
}
