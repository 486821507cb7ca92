//! Closing accounts: how far each leaver is, and what stays of those who were erased.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, blob_null, boolean, integer, integer_null, text, text_null, uuid, uuid_null,
    },
};

use super::m0001_foundation::{index, owned};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [close_downs(), traces(), closing()] {
            manager.create_table(table).await?;
        }
        for index in [
            index("traces", "traces_by_id", &["id_hash"]).take(),
            index("traces", "traces_by_email", &["email_hash"]).take(),
            // What was written to one member.
            index("outbox", "outbox_by_member", &["member_id"]).take(),
        ] {
            manager.create_index(index).await?;
        }
        for sql in [
            // Few members are leavers, and only they are looked at by the clock.
            "CREATE INDEX members_leaving ON members (programme_id, id) WHERE state = 'leaver'",
            // What imports said of one person, who may have had no account then, or of another in relation to them.
            "CREATE INDEX changes_by_stranger ON changes (programme_id, employee_id) WHERE member_id IS NULL",
            "CREATE INDEX problems_by_person ON problems (programme_id, employee_id)",
            "CREATE INDEX problems_by_member ON problems (programme_id, member_id) WHERE member_id IS NOT NULL",
            "CREATE INDEX problems_by_other ON problems (programme_id, other) WHERE other IS NOT NULL",
        ] {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}

/// A leaver's way to the closed account.
fn close_downs() -> TableCreateStatement {
    owned("close_downs", vec![uuid("member_id")])
        .col(big_integer("left_at"))
        .col(big_integer_null("notice_at"))
        .col(uuid_null("notice_mail"))
        .col(integer_null("reminded"))
        .col(text_null("told"))
        .col(integer("stood_days"))
        .col(text_null("stopped_since"))
        .col(text_null("stopped_until"))
        .col(text_null("erase_on"))
        .col(big_integer("settings_print"))
        .col(big_integer("next_at"))
        .foreign_key(
            ForeignKey::create()
                .from("close_downs", ("programme_id", "member_id"))
                .to("members", ("programme_id", "id"))
                .on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}

/// What stays of an account (R61): keyed hashes, dates and the reason.
fn traces() -> TableCreateStatement {
    owned("traces", vec![uuid("member_id")])
        .col(text_null("id_hash"))
        .col(text_null("email_hash"))
        .col(text("reason"))
        .col(big_integer("joined_at"))
        .col(big_integer("left_at"))
        .col(big_integer_null("closed_at"))
        .col(boolean("excluded"))
        .take()
}

/// What a programme needs for it: the key of the hashes, sealed, and up to when the details of rejected people
/// are gone.
fn closing() -> TableCreateStatement {
    owned("closing", vec![]).col(blob_null("trace_key")).col(big_integer("rejected_until")).take()
}
