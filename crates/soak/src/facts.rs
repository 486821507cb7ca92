//! What the database says, as one moment has it.

use std::{collections::BTreeMap, fmt};

use anyhow::{Context, anyhow};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use serde_json::Value;

use crate::place::Place;

/// An import's row.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Import {
    pub(crate) programme: String,
    pub(crate) integration: String,
    pub(crate) purpose: String,
    pub(crate) state: String,
    pub(crate) try_number: i64,
    pub(crate) cursor: i64,
    pub(crate) counts: Value,
    pub(crate) approved: String,
    pub(crate) created_at: i64,
}

/// A row of a plan that is about an account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) import: String,
    pub(crate) try_number: i64,
    pub(crate) position: i64,
    pub(crate) kind: String,
    pub(crate) member: String,
    pub(crate) welcome: bool,
    pub(crate) skipped: bool,
}

/// A member's row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) programme: String,
    pub(crate) integration: String,
    pub(crate) employee_id: String,
    pub(crate) email: String,
    pub(crate) state: String,
    pub(crate) version: i64,
}

/// A mail's row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Mail {
    pub(crate) programme: String,
    pub(crate) kind: String,
    pub(crate) member: String,
    pub(crate) import: String,
    pub(crate) recipient: String,
    pub(crate) state: String,
    pub(crate) due_at: i64,
    pub(crate) may_have_gone: bool,
}

/// Everything that promises are about.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    pub(crate) imports: BTreeMap<String, Import>,
    pub(crate) changes: Vec<Change>,
    pub(crate) members: BTreeMap<String, Member>,
    pub(crate) mails: BTreeMap<String, Mail>,
    /// Leases that are held, or were left behind so lately that they still count: programme and kind.
    pub(crate) leases: Vec<(String, String)>,
    /// Numbers of members and mails that the database keeps, and which are not how many there are.
    pub(crate) miscounts: Vec<String>,
}

/// How long a lease counts after its last heartbeat, in microseconds.
const LEASE: i64 = 10_000_000;

/// States of an import that somebody is, or should be, working on.
pub(crate) const UNFINISHED: [&str; 4] = ["queued", "reading", "planning", "applying"];

impl Facts {
    /// Looks at the database of an installation, beside the program.
    pub fn of(place: &Place) -> anyhow::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let database = Look::at(place).await?;
            let facts = database.facts().await;
            drop(database.on.close().await);
            facts
        })
    }

    /// The newest import of the programme that was not only to be looked at: its number and state.
    pub fn newest(&self, programme: &str) -> Option<(&str, &str)> {
        let of = |import: &&String| {
            let import = &self.imports[*import];
            import.programme == programme && import.purpose == "apply"
        };
        let newest = self.imports.keys().rfind(of)?;
        Some((newest, &self.imports[newest].state))
    }

    /// How far the newest import has come in applying: -1 is nowhere yet.
    pub fn cursor(&self, programme: &str) -> i64 {
        self.newest(programme).map_or(-1, |(import, _)| self.imports[import].cursor)
    }

    /// The numbers of imports that stand in this state.
    pub fn imports_in(&self, programme: &str, state: &str) -> Vec<String> {
        let of = |import: &Import| import.programme == programme && import.state == state;
        self.imports.iter().filter(|(_, import)| of(import)).map(|(id, _)| id.clone()).collect()
    }

    /// How many imports there are.
    pub fn count_imports(&self) -> usize {
        self.imports.len()
    }

    /// How many imports somebody is, or should be, working on.
    pub fn unfinished(&self) -> usize {
        self.imports.values().filter(|import| UNFINISHED.contains(&import.state.as_str())).count()
    }

    /// How many mails are in this state.
    pub fn mails_in(&self, state: &str) -> usize {
        self.mails.values().filter(|mail| mail.state == state).count()
    }

    /// How many mails of this kind have gone.
    pub fn sent_of(&self, kind: &str) -> usize {
        self.mails.values().filter(|mail| mail.kind == kind && mail.state == "sent").count()
    }

    /// How many mails wait that could go at this time, in microseconds of UTC.
    pub fn mails_due(&self, now: i64) -> usize {
        let suspended = |mail: &Mail| {
            let member = self.members.get(&mail.member);
            let is_leaver = member.is_some_and(|member| member.state == "leaver");
            // R37: a leaver's invitation waits.
            is_leaver && ["welcome", "reminder"].contains(&mail.kind.as_str())
        };
        let is_due = |mail: &&Mail| mail.state == "pending" && mail.due_at <= now && !suspended(mail);
        self.mails.values().filter(is_due).count()
    }

    /// How many members are in this state.
    pub fn members_in(&self, state: &str) -> usize {
        self.members.values().filter(|member| member.state == state).count()
    }

    /// How many leases are held, or were left behind so lately that they still count.
    pub fn leases(&self) -> usize {
        self.leases.len()
    }
}

impl fmt::Display for Facts {
    /// How much there is of what, in which state.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let imports = self.imports.values().map(|import| format!("{} import", import.state));
        let members = self.members.values().map(|member| format!("{} member", member.state));
        let mails = self.mails.values().map(|mail| format!("{} {} mail", mail.state, mail.kind));
        let leases = self.leases.iter().map(|(programme, kind)| format!("lease {kind} of {programme}"));
        for what in imports.chain(members).chain(mails).chain(leases) {
            *counts.entry(what).or_default() += 1;
        }
        let counts: Vec<String> = counts.iter().map(|(what, number)| format!("{number} {what}")).collect();
        f.write_str(&counts.join(", "))
    }
}

struct Look {
    on: DatabaseConnection,
}

impl Look {
    async fn at(place: &Place) -> anyhow::Result<Self> {
        let url = match place.database() {
            Some(url) => url.to_owned(),
            None => format!("sqlite://{}?mode=rw", place.data().join("rollcall.db").display()),
        };
        let mut options = ConnectOptions::new(url);
        options.max_connections(1).sqlx_logging(false).acquire_timeout(std::time::Duration::from_secs(2));
        Ok(Self { on: Database::connect(options).await? })
    }

    /// The database's own time, which leases go by.
    fn now(&self) -> &'static str {
        match self.on.get_database_backend() {
            DbBackend::Postgres => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)",
            _ => "CAST(unixepoch('subsec') * 1000000 AS INTEGER)",
        }
    }

    /// A number of 16 bytes in one form on both databases.
    fn id(&self, column: &str) -> String {
        match self.on.get_database_backend() {
            DbBackend::Postgres => format!("COALESCE(REPLACE(CAST({column} AS TEXT), '-', ''), '')"),
            _ => format!("COALESCE(LOWER(HEX({column})), '')"),
        }
    }

    /// Where the kept numbers and the rows themselves differ.
    fn miscounted(&self) -> String {
        let nil = match self.on.get_database_backend() {
            DbBackend::Postgres => "CAST('00000000-0000-0000-0000-000000000000' AS uuid)",
            _ => "x'00000000000000000000000000000000'",
        };
        format!(
            "(SELECT programme_id, kind, integration_id, state, SUM(number) AS more FROM (\
             SELECT programme_id, kind, integration_id, state, number FROM tallies \
             UNION ALL SELECT programme_id, 'member', COALESCE(integration_id, {nil}), state, -1 FROM members \
             UNION ALL SELECT programme_id, 'mail', {nil}, state, -1 FROM outbox) AS x \
             GROUP BY programme_id, kind, integration_id, state HAVING SUM(number) <> 0) AS t \
             JOIN programmes p ON p.id = t.programme_id"
        )
    }

    async fn rows(&self, columns: &[&str], from: &str) -> anyhow::Result<Vec<Vec<String>>> {
        let column = |name: &&str| match name.strip_prefix('#') {
            Some(id) => self.id(id),
            None => format!("COALESCE(CAST({name} AS TEXT), '')"),
        };
        let columns: Vec<String> = columns.iter().map(column).collect();
        let sql = format!("SELECT {} FROM {from}", columns.join(", "));
        let found = self.on.query_all_raw(Statement::from_string(self.on.get_database_backend(), sql)).await?;
        let row = |row: &sea_orm::QueryResult| (0..columns.len()).map(|at| row.try_get_by_index(at)).collect();
        found.iter().map(row).collect::<Result<_, _>>().map_err(|error: sea_orm::DbErr| anyhow!(error))
    }

    async fn facts(&self) -> anyhow::Result<Facts> {
        // Everything as one moment has it, whoever writes meanwhile.
        let begin = match self.on.get_database_backend() {
            DbBackend::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            _ => "BEGIN",
        };
        self.on.execute_unprepared(begin).await?;
        let mut facts = Facts::default();
        let columns = [
            "#i.id",
            "p.slug",
            "#i.integration_id",
            "i.purpose",
            "i.state",
            "i.try_number",
            "i.cursor",
            "i.counts",
            "i.approved",
            "i.created_at",
        ];
        for row in self.rows(&columns, "imports i JOIN programmes p ON p.id = i.programme_id").await? {
            let [id, programme, integration, purpose, state, try_number, cursor, counts, approved, created_at] =
                taken(row)?;
            let import = Import {
                programme,
                integration,
                purpose,
                state,
                try_number: try_number.parse()?,
                cursor: cursor.parse()?,
                counts: serde_json::from_str(&counts).context("counts")?,
                approved,
                created_at: created_at.parse()?,
            };
            facts.imports.insert(id, import);
        }
        let columns = ["#import_id", "try_number", "position", "kind", "#member_id", "welcome", "#mail_id", "skipped"];
        for row in self.rows(&columns, "changes WHERE kind NOT IN ('refresh', 'reject')").await? {
            let [import, try_number, position, kind, member, welcome, mail, skipped] = taken(row)?;
            facts.changes.push(Change {
                import,
                try_number: try_number.parse()?,
                position: position.parse()?,
                kind,
                member,
                welcome: !welcome.is_empty() && !mail.is_empty(),
                skipped: ["true", "1"].contains(&skipped.as_str()),
            });
        }
        let columns = ["#m.id", "p.slug", "#m.integration_id", "m.employee_id", "m.email_key", "m.state", "m.version"];
        for row in self.rows(&columns, "members m JOIN programmes p ON p.id = m.programme_id").await? {
            let [id, programme, integration, employee_id, email, state, version] = taken(row)?;
            let version = version.parse()?;
            facts.members.insert(id, Member { programme, integration, employee_id, email, state, version });
        }
        let columns = [
            "#o.id",
            "p.slug",
            "o.kind",
            "#o.member_id",
            "#o.import_id",
            "o.recipient",
            "o.state",
            "o.due_at",
            "o.may_have_gone_at",
        ];
        for row in self.rows(&columns, "outbox o JOIN programmes p ON p.id = o.programme_id").await? {
            let [id, programme, kind, member, import, recipient, state, due_at, since] = taken(row)?;
            let (due_at, may_have_gone) = (due_at.parse()?, !since.is_empty());
            facts.mails.insert(id, Mail { programme, kind, member, import, recipient, state, due_at, may_have_gone });
        }
        let (now, columns) = (self.now(), ["p.slug", "w.kind"]);
        let fresh = format!("work w JOIN programmes p ON p.id = w.programme_id WHERE w.heartbeat > {now} - {LEASE}");
        for row in self.rows(&columns, &fresh).await? {
            let [programme, kind] = taken(row)?;
            facts.leases.push((programme, kind));
        }
        for row in self.rows(&["p.slug", "t.kind", "t.state", "t.more"], &self.miscounted()).await? {
            let [programme, kind, state, more] = taken(row)?;
            facts.miscounts.push(format!("{kind} of {programme}, {state}: {more} more than there are"));
        }
        self.on.execute_unprepared("COMMIT").await?;
        Ok(facts)
    }
}

fn taken<const N: usize>(row: Vec<String>) -> anyhow::Result<[String; N]> {
    row.try_into().map_err(|_| anyhow!("a row has another number of columns"))
}
