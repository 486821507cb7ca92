//! The tables of imports: programmes, integrations, members, plans, problems, outbox and leases.
//!
//! Every key but those of `programmes` begins with the programme, so that the tables can be spread
//! over a cluster by programme.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, blob_null, boolean, integer, integer_null, text, text_null, uuid, uuid_null,
    },
};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(programmes()).await?;
        for table in [integrations(), members(), imports(), changes(), problems(), decisions(), outbox(), work()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        // Few members have left, and only they are looked for by the import that they left by.
        let left = "CREATE INDEX members_by_left_import ON members (programme_id, left_import_id) \
                    WHERE left_import_id IS NOT NULL";
        manager.get_connection().execute_unprepared(left).await?;
        Ok(())
    }
}

fn programmes() -> TableCreateStatement {
    Table::create()
        .table("programmes")
        .col(uuid("id").primary_key())
        .col(text("slug").unique_key())
        .col(text("name"))
        .col(text("time_zone"))
        .col(text("settings"))
        .col(big_integer("created_at"))
        .take()
}

/// A table whose primary key is the programme and the columns named, and which goes with it.
pub(super) fn owned(name: &'static str, key: Vec<ColumnDef>) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(name).col(uuid("programme_id"));
    let mut primary = Index::create();
    primary.col("programme_id");
    for mut column in key {
        primary.col(Alias::new(column.get_column_name()));
        table.col(&mut column);
    }
    table
        .primary_key(&mut primary)
        .foreign_key(
            ForeignKey::create().from(name, "programme_id").to("programmes", "id").on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}

fn integrations() -> TableCreateStatement {
    owned("integrations", vec![uuid("id")])
        .col(text("source"))
        .col(text("owner"))
        .col(text_null("base_url"))
        .col(text_null("client_id"))
        .col(blob_null("secret"))
        .col(integer_null("requests_per_minute"))
        .col(text("schedule"))
        .col(text("recipients"))
        .col(text_null("rules"))
        .col(big_integer_null("rules_print"))
        .col(text_null("draft"))
        .col(text_null("agreed_leavers"))
        .col(text("state"))
        .col(big_integer_null("published_at"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .take()
}

fn members() -> TableCreateStatement {
    owned("members", vec![uuid("id")])
        .col(big_integer("version"))
        .col(uuid_null("integration_id"))
        .col(text_null("employee_id"))
        .col(text_null("email_key"))
        .col(text_null("twin_key"))
        .col(text("search_key"))
        .col(text("fields"))
        .col(text("state"))
        .col(text_null("state_before_leaving"))
        .col(big_integer_null("left_at"))
        .col(uuid_null("left_import_id"))
        .col(text_null("leave_reason"))
        .col(text_null("clock_stopped_until"))
        .col(big_integer_null("record_print"))
        .col(big_integer_null("kept_by_hand"))
        .col(text_null("locked_until"))
        .col(text_null("lock_reason"))
        .col(text_null("locked_by"))
        .col(big_integer_null("locked_at"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .take()
}

fn imports() -> TableCreateStatement {
    owned("imports", vec![uuid("id")])
        .col(uuid("integration_id"))
        .col(text("purpose"))
        .col(text("trigger"))
        .col(text_null("person"))
        .col(boolean("renumbered"))
        .col(text("state"))
        .col(big_integer("stage_since"))
        .col(integer("try_number"))
        .col(big_integer("progress_done"))
        .col(big_integer("progress_total"))
        .col(big_integer("cursor"))
        .col(text("counts"))
        .col(big_integer("members_before"))
        .col(text("held_by"))
        .col(text("held_because"))
        .col(text_null("facts"))
        .col(big_integer_null("settings_print"))
        .col(text_null("plan_print"))
        .col(text_null("leavers_print"))
        .col(text_null("approved"))
        .col(text_null("answered_by"))
        .col(text_null("failure_code"))
        .col(text_null("failure"))
        .col(big_integer("created_at"))
        .col(big_integer_null("held_at"))
        .col(big_integer_null("finished_at"))
        .col(big_integer("duration_ms"))
        .foreign_key(
            ForeignKey::create()
                .from("imports", ("programme_id", "integration_id"))
                .to("integrations", ("programme_id", "id"))
                .on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}

fn changes() -> TableCreateStatement {
    owned("changes", vec![uuid("import_id"), integer("try_number"), big_integer("row_number")])
        .col(big_integer("position"))
        .col(text("kind"))
        .col(uuid_null("member_id"))
        .col(big_integer("version"))
        .col(text_null("employee_id"))
        .col(text("name"))
        .col(text_null("reason"))
        .col(text_null("member_state"))
        .col(text("before"))
        .col(text("after"))
        .col(text_null("claim"))
        .col(text_null("twin_key"))
        .col(text("search_key"))
        .col(uuid_null("frees"))
        .col(text_null("welcome"))
        .col(uuid_null("mail_id"))
        .col(text_null("clock_stopped_until"))
        .col(big_integer_null("print"))
        .col(boolean("changes_id"))
        .col(boolean("keeps"))
        .col(boolean("skipped"))
        .take()
}

fn problems() -> TableCreateStatement {
    owned("problems", vec![uuid("import_id"), integer("try_number"), big_integer("number")])
        .col(big_integer_null("row_number"))
        .col(uuid_null("member_id"))
        .col(text_null("employee_id"))
        .col(text("name"))
        .col(text("code"))
        .col(text("severity"))
        .col(text_null("field"))
        .col(text_null("value"))
        .col(text_null("other"))
        .take()
}

fn decisions() -> TableCreateStatement {
    owned("decisions", vec![uuid("integration_id"), text("employee_id"), uuid("member_id")])
        .col(text("answer"))
        .col(big_integer("decided_at"))
        .col(big_integer_null("fulfilled_at"))
        .take()
}

fn outbox() -> TableCreateStatement {
    owned("outbox", vec![uuid("id")])
        .col(text("kind"))
        .col(uuid_null("member_id"))
        .col(uuid_null("import_id"))
        .col(text("route"))
        .col(text_null("recipient"))
        .col(text("state"))
        .col(big_integer("due_at"))
        .col(big_integer("created_at"))
        .col(big_integer_null("sent_at"))
        .col(text_null("failure"))
        .take()
}

fn work() -> TableCreateStatement {
    owned("work", vec![text("kind")]).col(uuid("lease")).col(big_integer("heartbeat")).take()
}

/// An index of a table that belongs to a programme.
pub(super) fn index(table: &'static str, name: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.table(table).name(name).col("programme_id");
    for column in columns {
        index.col(*column);
    }
    index
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("integrations", "integrations_by_source", &["source"]).unique().take(),
        index("members", "members_by_employee_id", &["integration_id", "employee_id"]).unique().take(),
        index("members", "members_by_email", &["email_key"]).unique().take(),
        index("members", "members_by_twin", &["twin_key"]).take(),
        // Looked up and listed by name from the index alone, whatever the size of the records.
        index("members", "members_by_search", &["search_key", "id", "state", "integration_id"]).take(),
        index("members", "members_by_state", &["integration_id", "state"]).take(),
        index("imports", "imports_by_integration", &["integration_id", "id"]).take(),
        index("imports", "imports_by_state", &["integration_id", "state", "id"]).take(),
        // What an import walks along while it applies.
        index("changes", "changes_by_position", &["import_id", "try_number", "position"]).take(),
        // The people of a plan by name, and what became of one member.
        index("changes", "changes_by_name", &["import_id", "try_number", "kind", "search_key", "row_number"]).take(),
        index("changes", "changes_by_member", &["member_id", "import_id"]).take(),
        index("problems", "problems_by_code", &["import_id", "try_number", "severity", "code", "number"]).take(),
        // At most one invitation for a member and a joining (R50).
        index("outbox", "outbox_once", &["kind", "member_id", "import_id"]).unique().take(),
        index("outbox", "outbox_due", &["state", "due_at"]).take(),
    ]
}
