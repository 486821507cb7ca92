//! The members' site: invitations, and what members sign in with. All of it is personal, and goes when an account
//! is closed (R61).

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, blob_null, boolean, integer, text, text_null, uuid},
};

use super::m0001_foundation::{index, owned};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [invitations(), member_credentials(), member_recovery_codes(), member_sessions(), member_links()] {
            manager.create_table(table).await?;
        }
        for index in [
            // Each member has one; sending it again raises its generation.
            Index::create()
                .table("invitations")
                .name("invitations_by_member")
                .col("programme_id")
                .col("member_id")
                .unique()
                .take(),
            index("invitations", "invitations_by_code", &["code_hash"]).take(),
            index("member_sessions", "member_sessions_by_member", &["member_id"]).take(),
            index("member_links", "member_links_by_member", &["member_id"]).take(),
        ] {
            manager.create_index(index).await?;
        }
        for few in [
            // Most invitations are used: only the others are looked for by the clock.
            "CREATE INDEX invitations_open ON invitations (programme_id, reminder_at) WHERE reminder_at IS NOT NULL",
            // Counted whenever somebody looks at the page about invitations.
            "CREATE INDEX invitations_by_letter ON invitations (programme_id, member_id) \
             WHERE route = 'letter' AND used_at IS NULL",
            "CREATE INDEX members_not_invited ON members (programme_id, id) WHERE state = 'not-invited'",
        ] {
            manager.get_connection().execute_unprepared(few).await?;
        }
        Ok(())
    }
}

fn invitations() -> TableCreateStatement {
    owned("invitations", vec![uuid("id")])
        .col(uuid("member_id"))
        .col(integer("generation"))
        .col(text("route"))
        .col(text_null("code_hash"))
        .col(big_integer("valid_from"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("used_at"))
        .col(big_integer_null("reminder_at"))
        .col(integer("reminders"))
        .col(boolean("is_due_again"))
        .col(big_integer("created_at"))
        .take()
}

fn member_credentials() -> TableCreateStatement {
    owned("member_credentials", vec![uuid("member_id")])
        .col(text("password_hash"))
        .col(blob_null("totp_secret"))
        .col(big_integer_null("totp_last_step"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .take()
}

fn member_recovery_codes() -> TableCreateStatement {
    owned("member_recovery_codes", vec![uuid("member_id"), text("hash")]).take()
}

fn member_sessions() -> TableCreateStatement {
    owned("member_sessions", vec![text("token_hash")])
        .col(uuid("member_id"))
        .col(big_integer("created_at"))
        .col(big_integer("seen_at"))
        .col(boolean("second_factor_due"))
        .col(text_null("address"))
        .col(text("agent"))
        .take()
}

fn member_links() -> TableCreateStatement {
    owned("member_links", vec![text("token_hash")])
        .col(uuid("member_id"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("used_at"))
        .col(big_integer("created_at"))
        .take()
}
