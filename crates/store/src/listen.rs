//! A word from other nodes, on PostgreSQL: something waits. It only saves time; whoever hears nothing looks by
//! themselves.

use sea_orm::{DbErr, RuntimeErr};
use sqlx::postgres::PgListener;

use crate::{Store, StoreError, StoreResult, sql};

/// The channel that nodes listen on.
const CHANNEL: &str = "rollcall";

/// What may wait, or have happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// An import waits for a hand.
    Imports,
    /// An import has moved from one state to another.
    Progress,
    /// A mail waits.
    Mails,
}

/// An ear on the database.
#[derive(Debug)]
pub struct Listener(PgListener);

impl Listener {
    /// The next word. An error says that the connection is lost; what was said meanwhile is not told again.
    pub async fn hear(&mut self) -> StoreResult<Word> {
        loop {
            // None is a connection that was lost and made again: anything may have been said.
            let Some(said) = self.0.try_recv().await.map_err(lost)? else { return Ok(Word::Imports) };
            match said.payload() {
                "imports" => return Ok(Word::Imports),
                "progress" => return Ok(Word::Progress),
                "mails" => return Ok(Word::Mails),
                _ => {}
            }
        }
    }
}

fn lost(error: sqlx::Error) -> StoreError {
    DbErr::Conn(RuntimeErr::SqlxError(error.into())).into()
}

impl Store {
    /// Begins to listen; none on SQLite, where there is nobody to hear from.
    pub async fn listen(&self) -> StoreResult<Option<Listener>> {
        if !self.is_shared() {
            return Ok(None);
        }
        let mut listener = PgListener::connect_with(self.write.get_postgres_connection_pool()).await.map_err(lost)?;
        listener.listen(CHANNEL).await.map_err(lost)?;
        Ok(Some(Listener(listener)))
    }

    /// Tells other nodes that an import waits for a hand again.
    pub async fn tell_of_imports(&self) -> StoreResult<()> {
        if self.is_shared() {
            sql::run(&self.write, "SELECT pg_notify($1, 'imports')", vec![CHANNEL.into()]).await?;
        }
        Ok(())
    }
}
