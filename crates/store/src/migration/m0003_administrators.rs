//! Administrators: who they are, how they sign in, and what they look after.
//!
//! An administrator can look after several programmes, so the tables about signing in belong to
//! none of them.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, blob_null, boolean, integer, text, text_null, uuid, uuid_null},
};

use super::m0001_foundation::owned;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let shared = [administrators(), recovery_codes(), sessions(), links(), attempts()];
        for table in shared.into_iter().chain([programme_administrators(), api_tokens(), idempotency()]) {
            manager.create_table(table).await?;
        }
        for (table, name, column) in [
            ("sessions", "sessions_by_administrator", "administrator_id"),
            ("links", "links_by_administrator", "administrator_id"),
            // At each request: where this administrator may go.
            ("programme_administrators", "programmes_by_administrator", "administrator_id"),
        ] {
            manager.create_index(Index::create().table(table).name(name).col(column).take()).await?;
        }
        Ok(())
    }
}

fn administrators() -> TableCreateStatement {
    Table::create()
        .table("administrators")
        .col(uuid("id").primary_key())
        .col(text("email"))
        .col(text("email_key").unique_key())
        .col(text("name"))
        .col(text("language"))
        .col(text_null("password_hash"))
        .col(blob_null("totp_secret"))
        .col(big_integer_null("totp_last_step"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .take()
}

fn with_administrator(table: &mut TableCreateStatement, name: &'static str) {
    table.foreign_key(
        ForeignKey::create()
            .from(name, "administrator_id")
            .to("administrators", "id")
            .on_delete(ForeignKeyAction::Cascade),
    );
}

fn recovery_codes() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("recovery_codes")
        .col(uuid("administrator_id"))
        .col(text("hash"))
        .primary_key(Index::create().col("administrator_id").col("hash"));
    with_administrator(&mut table, "recovery_codes");
    table
}

fn sessions() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("sessions")
        .col(text("token_hash").primary_key())
        .col(uuid("administrator_id"))
        .col(big_integer("created_at"))
        .col(big_integer("seen_at"))
        .col(boolean("second_factor_due"))
        .col(text_null("address"))
        .col(text("agent"));
    with_administrator(&mut table, "sessions");
    table
}

fn links() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("links")
        .col(text("token_hash").primary_key())
        .col(text("kind"))
        .col(uuid_null("administrator_id"))
        .col(uuid_null("programme_id"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("used_at"))
        .col(big_integer("created_at"));
    with_administrator(&mut table, "links");
    table
}

fn attempts() -> TableCreateStatement {
    Table::create()
        .table("attempts")
        .col(text("key_hash").primary_key())
        .col(integer("failures"))
        .col(big_integer("last_at"))
        .col(big_integer("blocked_until"))
        .take()
}

fn programme_administrators() -> TableCreateStatement {
    owned("programme_administrators", vec![uuid("administrator_id")])
        .col(text("role"))
        .col(text("invited_by"))
        .col(big_integer("created_at"))
        .col(big_integer_null("accepted_at"))
        .take()
}

fn api_tokens() -> TableCreateStatement {
    owned("api_tokens", vec![uuid("id")])
        .col(text("token_hash"))
        .col(text("name"))
        .col(text("scopes"))
        .col(text("created_by"))
        .col(big_integer("created_at"))
        .col(big_integer_null("last_used_at"))
        .col(big_integer_null("expires_at"))
        .col(big_integer_null("revoked_at"))
        .take()
}

fn idempotency() -> TableCreateStatement {
    owned("idempotency", vec![uuid("token_id"), text("key")])
        .col(text("request_print"))
        .col(uuid("import_id"))
        .col(big_integer("created_at"))
        .take()
}
