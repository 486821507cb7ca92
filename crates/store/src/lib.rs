//! SQLite and PostgreSQL: entities, migrations, queries and bulk writes.
