//! What the clock is looked at for: imports that are due, and owners who left.

use domain::{
    ids::{IntegrationId, ProgrammeId},
    import::State,
};
use sea_orm::{DatabaseTransaction, EntityTrait, QuerySelect, sea_query::LockType};

use crate::{
    Import, Integration, Mail, Store, StoreResult, entity::integration, imports, imports::Started, integrations, sql,
};

impl Store {
    /// Integrations of any programme whose next import is due, the one that has waited longest first; `after` goes on
    /// behind one that was seen, by its time and number.
    pub async fn due_integrations(
        &self,
        now: i64,
        after: Option<(i64, IntegrationId)>,
        most: u64,
    ) -> StoreResult<Vec<Integration>> {
        let (at, id) = after.unwrap_or((i64::MIN, IntegrationId(uuid::Uuid::nil())));
        let sql = format!(
            "SELECT * FROM integrations WHERE due_at IS NOT NULL AND due_at <= $1 AND (due_at, id) > ($2, $3) \
             ORDER BY due_at, id LIMIT {most}"
        );
        sql::all(&self.read, &sql, vec![now.into(), at.into(), id.0.into()]).await
    }

    /// Live integrations of which nobody has worked out when their next import is due.
    pub async fn integrations_to_be_timed(&self, most: u64) -> StoreResult<Vec<Integration>> {
        let sql =
            format!("SELECT * FROM integrations WHERE due_at IS NULL AND state = 'live' ORDER BY id LIMIT {most}");
        sql::all(&self.write, &sql, vec![]).await
    }

    /// Notes when the next import of an integration is due that was to be timed; `false` when somebody else has, or
    /// what it was worked out from has changed: the settings, or the programme's `zone`.
    pub async fn time_integration(&self, seen: &Integration, zone: &str, due_at: i64) -> StoreResult<bool> {
        let sql = "UPDATE integrations SET due_at = $3 WHERE programme_id = $1 AND id = $2 AND due_at IS NULL \
                   AND state = 'live' AND schedule = $4 \
                   AND EXISTS (SELECT 1 FROM programmes p WHERE p.id = $1 AND p.time_zone = $5)";
        let key = vec![seen.programme_id.into(), seen.id.into()];
        let values = vec![due_at.into(), seen.schedule.clone().into(), zone.into()];
        Ok(sql::run(&self.write, sql, [key, values].concat()).await? > 0)
    }

    /// Begins an import that is due, and notes when the next one is, as one: of several who look at the same moment,
    /// one begins it, and the others find that it has moved. Where another import is running, it stays due.
    pub async fn start_due(&self, seen: &Integration, import: &Import, next: i64) -> StoreResult<Started> {
        let transaction = self.begin().await?;
        let sql = "UPDATE integrations SET due_at = $3 WHERE programme_id = $1 AND id = $2 AND state = $5 \
                   AND due_at IS NOT DISTINCT FROM $4";
        let key = vec![seen.programme_id.into(), seen.id.into()];
        let values = vec![next.into(), seen.due_at.into(), seen.state.clone().into()];
        if sql::run(&transaction, sql, [key, values].concat()).await? == 0 {
            transaction.rollback().await?;
            return Ok(Started::Moved);
        }
        let started = imports::add_unless_running(&transaction, import).await?;
        if started == Started::Begun {
            transaction.commit().await?;
        } else {
            transaction.rollback().await?;
        }
        Ok(started)
    }

    /// When the newest import that began by itself was asked for, in microseconds of UTC.
    pub async fn last_scheduled(
        &self,
        programme: ProgrammeId,
        integration: IntegrationId,
        trigger: &str,
    ) -> StoreResult<Option<i64>> {
        let sql = "SELECT created_at FROM imports WHERE programme_id = $1 AND integration_id = $2 \
                   AND \"trigger\" = $3 AND purpose = 'apply' ORDER BY id DESC LIMIT 1";
        let values = vec![programme.0.into(), integration.0.into(), trigger.into()];
        sql::number(&self.write, sql, values).await
    }

    /// Integrations of any programme whose owner has left without the others having been told (R56).
    pub async fn integrations_without_owner(&self, most: u64) -> StoreResult<Vec<Integration>> {
        let sql = format!(
            "SELECT * FROM integrations WHERE owner_left_at IS NOT NULL AND owner_left_told_at IS NULL \
             ORDER BY id LIMIT {most}"
        );
        sql::all(&self.write, &sql, vec![]).await
    }

    /// Notes that the others are told by these mails; `false`, and nothing written, when somebody else has told them, or
    /// took over.
    pub async fn tell_without_owner(&self, seen: &Integration, now: i64, mails: &[Mail]) -> StoreResult<bool> {
        let transaction = self.begin().await?;
        let sql = "UPDATE integrations SET owner_left_told_at = $3 WHERE programme_id = $1 AND id = $2 \
                   AND owner_left_told_at IS NULL AND owner_left_at = $4 AND owner = $5";
        let key = vec![seen.programme_id.into(), seen.id.into()];
        let values = vec![now.into(), seen.owner_left_at.into(), seen.owner.clone().into()];
        if sql::run(&transaction, sql, [key, values].concat()).await? == 0 {
            transaction.rollback().await?;
            return Ok(false);
        }
        imports::add_mails(&transaction, mails).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// What the end of an import means for its integration: changes of where it stands, and the mails that follow.
pub type Follow<'a> = dyn Fn(&mut Integration) -> StoreResult<Vec<Mail>> + Sync + 'a;

/// Lets an import's integration follow, in the transaction that moves the import from there.
pub(crate) async fn follow(
    on: &DatabaseTransaction,
    from: State,
    import: &Import,
    follow: Option<&Follow<'_>>,
) -> StoreResult<()> {
    let was_looked_at = [State::Reading, State::Planning].contains(&from)
        && [State::Applying, State::OnHold, State::Completed].contains(&import.state()?);
    if follow.is_none() && !was_looked_at {
        return Ok(());
    }
    let key = (import.programme_id, import.integration_id);
    // Whoever else changes it waits. SQLite has one writer anyway.
    let found = integration::Entity::find_by_id(key).lock(LockType::NoKeyUpdate).one(on).await?;
    let Some(seen) = found else { return Ok(()) };
    if was_looked_at && seen.agreed_leavers.is_some() {
        use_agreement_up(on, import).await?;
    }
    let Some(follow) = follow else { return Ok(()) };
    let mut now = seen.clone();
    let mails = follow(&mut now)?;
    if now != seen {
        integrations::note(on, &now).await?;
    }
    imports::add_mails(on, &mails).await
}

/// R45: the leavers who were agreed to when publishing are those of the first import after it. Once its plan was looked
/// at, whatever came of it, the agreement is used up.
async fn use_agreement_up(on: &DatabaseTransaction, import: &Import) -> StoreResult<()> {
    let sql = "UPDATE integrations SET agreed_leavers = NULL WHERE programme_id = $1 AND id = $2 AND published_at <= $3";
    let values = vec![import.programme_id.into(), import.integration_id.into(), import.created_at.into()];
    sql::run(on, sql, values).await?;
    Ok(())
}
