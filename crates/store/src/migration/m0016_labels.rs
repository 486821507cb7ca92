//! What HR systems call their attributes.

use sea_orm_migration::{
    prelude::*,
    schema::{text, uuid},
};

use super::m0001_foundation::owned;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let labels = owned("attribute_labels", vec![uuid("integration_id"), text("key")]).col(text("label")).take();
        manager.create_table(labels).await
    }
}
