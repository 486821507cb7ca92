//! Who is kept out by an administrator, and what was done about one member.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, boolean, integer, text, text_null, uuid, uuid_null},
};

use super::m0001_foundation::{index, owned};

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
        manager
            .create_table(
                owned("uploads", vec![uuid("id")])
                    .col(boolean("invite"))
                    .col(text("uploaded_by"))
                    .col(big_integer("uploaded_at"))
                    .col(big_integer_null("applied_at"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                owned("upload_rows", vec![uuid("upload_id"), integer("line")])
                    .col(text("kind"))
                    .col(text("name"))
                    .col(uuid_null("member_id"))
                    .col(big_integer("version"))
                    .col(text("before"))
                    .col(text("after"))
                    .col(text("problems"))
                    .col(text("state"))
                    .take(),
            )
            .await?;
        for index in [
            index("exclusions", "exclusions_by_member", &["member_id"]).unique().take(),
            index("exclusions", "exclusions_by_employee_id", &["integration_id", "employee_id"]).unique().take(),
            index("upload_rows", "upload_rows_by_kind", &["upload_id", "kind", "line"]).take(),
            index("members", "members_by_lock", &["locked_until"]).take(),
            // What was done about one member.
            index("audit", "audit_by_subject", &["subject", "id"]).take(),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
