//! Delivery: how often a mail was tried and what kept it, and whom a mail server refuses.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, integer, text, text_null, uuid},
};

use super::m0001_foundation::owned;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [integer("attempts").default(0).take(), text_null("failure_code").take()] {
            manager.alter_table(Table::alter().table("outbox").add_column(column).take()).await?;
        }
        // The newest first, of one state or one kind.
        for (name, column) in [("outbox_by_state", "state"), ("outbox_by_kind", "kind")] {
            let index = Index::create().table("outbox").name(name).col("programme_id").col(column).col("id").take();
            manager.create_index(index).await?;
        }
        manager.create_table(refusals()).await
    }
}

/// Members whose address a mail server refused for good.
fn refusals() -> TableCreateStatement {
    owned("refusals", vec![uuid("member_id")])
        .col(text("address_hash"))
        .col(text("detail"))
        .col(big_integer("at"))
        .foreign_key(
            ForeignKey::create()
                .from("refusals", ("programme_id", "member_id"))
                .to("members", ("programme_id", "id"))
                .on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}
