//! Who is kept out by an administrator, and what was done about one member.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, text, text_null, uuid, uuid_null},
};

use super::m0001_foundation::owned;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                owned("exclusions", vec![uuid("id")])
                    .col(uuid_null("integration_id"))
                    .col(text_null("employee_id"))
                    .col(uuid_null("member_id"))
                    .col(text("reason"))
                    .col(text("excluded_by"))
                    .col(big_integer("excluded_at"))
                    .take(),
            )
            .await?;
        let index = |table: &'static str, name: &'static str, columns: &[&'static str]| {
            let mut index = Index::create();
            index.table(table).name(name).col("programme_id");
            for column in columns {
                index.col(*column);
            }
            index
        };
        for index in [
            index("exclusions", "exclusions_by_member", &["member_id"]).unique().take(),
            index("exclusions", "exclusions_by_employee_id", &["integration_id", "employee_id"]).unique().take(),
            index("members", "members_by_lock", &["locked_until"]).take(),
            // What was done about one member.
            index("audit", "audit_by_subject", &["subject", "id"]).take(),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("the schema only moves forward; restore a backup instead".into()))
    }
}
