//! What members choose for themselves, and files of members that are planned and applied in the background.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, text, text_null, uuid},
};

use super::m0001_foundation::owned;

/// What became of a file, and how far it is; files of before were planned or applied within a request.
const UPLOADS: [&str; 8] = [
    "state TEXT NOT NULL DEFAULT 'planned'",
    "counts TEXT NOT NULL DEFAULT '{}'",
    "members_before BIGINT NOT NULL DEFAULT 0",
    "members_after BIGINT NOT NULL DEFAULT 0",
    "progress_done BIGINT NOT NULL DEFAULT 0",
    "progress_total BIGINT NOT NULL DEFAULT 0",
    "applied_by TEXT",
    "applied_kind TEXT",
];

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                owned("member_choices", vec![uuid("member_id")])
                    .col(text_null("language"))
                    .col(text_null("personal_email"))
                    .col(big_integer_null("confirmed_at"))
                    .col(text_null("asked_email"))
                    .col(text_null("asked_hash"))
                    .col(big_integer_null("asked_until"))
                    .col(big_integer("updated_at"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                owned("upload_files", vec![uuid("upload_id")]).col(text("headings")).col(text("content")).take(),
            )
            .await?;
        let connection = manager.get_connection();
        for column in UPLOADS {
            connection.execute_unprepared(&format!("ALTER TABLE uploads ADD COLUMN {column}")).await?;
        }
        for statement in [
            "UPDATE uploads SET state = 'applied' WHERE applied_at IS NOT NULL",
            // Files that somebody has to work on are few.
            "CREATE INDEX uploads_open ON uploads (programme_id, id) WHERE state IN ('received', 'applying')",
            // Addresses that nobody has confirmed are forgotten after a while.
            "CREATE INDEX member_choices_asked ON member_choices (programme_id, asked_until) \
             WHERE asked_until IS NOT NULL",
        ] {
            connection.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
