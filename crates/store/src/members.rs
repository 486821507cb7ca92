//! Members: looked up in bulk, for imports, and listed for people.

mod by_hand;
mod groups;
mod in_turn;
mod listing;
pub(crate) mod looked_up;

use std::collections::HashMap;

use domain::{
    ids::{IntegrationId, MemberId, ProgrammeId},
    member::{Member, State},
    print::Print,
};
use futures::{Stream, StreamExt, TryStreamExt};
use jiff::civil::Date;
use sea_orm::{ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Statement, StreamTrait};

pub use by_hand::Leaving;
use by_hand::MAY_RETURN;
pub(crate) use by_hand::{Edit, Return, let_go_of_address};
pub use listing::{Listed, Lock, MemberFilter, Route};

use crate::{
    Store, StoreError, StoreResult,
    entity::member,
    site::invitations::{invitations_of, reopen},
    sql,
};

/// How many values one `IN (…)` holds.
const AT_ONCE: usize = 1_000;

/// A member as the index of an import holds it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Indexed {
    /// The identity within the integration.
    pub employee_id: String,
    /// The record that was last applied without a problem; none where the member has to be looked
    /// at whatever the record says.
    pub print: Option<i64>,
    /// Whether the account is open.
    pub is_current: bool,
}

impl member::Model {
    pub(crate) fn to_domain(&self) -> StoreResult<Member> {
        let state = |text: &str| text.parse::<State>().map_err(StoreError::row);
        Ok(Member {
            id: MemberId(self.id),
            version: self.version,
            integration: self.integration_id.map(IntegrationId),
            employee_id: self.employee_id.clone(),
            fields: serde_json::from_str(&self.fields).map_err(StoreError::row)?,
            state: state(&self.state)?,
            state_before_leaving: self.state_before_leaving.as_deref().map(state).transpose()?,
            print: self.record_print.map(Print),
            kept_by_hand: self.kept_by_hand.map(Print),
            locked_until: day(self.locked_until.as_deref())?,
            clock_stopped_until: day(self.clock_stopped_until.as_deref())?,
        })
    }
}

fn day(text: Option<&str>) -> StoreResult<Option<Date>> {
    text.map(|day| day.parse().map_err(StoreError::row)).transpose()
}

impl Store {
    /// Every member of the integration that has an employee ID, closed ones left out.
    pub async fn member_index(
        &self,
        programme: ProgrammeId,
        integration: IntegrationId,
    ) -> StoreResult<impl Stream<Item = StoreResult<Indexed>> + '_> {
        let sql = "SELECT employee_id, \
                   CASE WHEN kept_by_hand IS NULL AND locked_until IS NULL THEN record_print END AS print, state <> 'leaver' AS is_current \
                   FROM members WHERE programme_id = $1 AND integration_id = $2 AND employee_id IS NOT NULL \
                   AND state <> 'closed'";
        let values = [programme.0.into(), integration.0.into()];
        let statement = Statement::from_sql_and_values(self.backend(), sql, values);
        let rows = self.read.stream_raw(statement).await?;
        Ok(rows.map(|row| Ok(Indexed::from_query_result(&row?, "")?)))
    }

    /// How many members of the integration have an open account: what guards measure against.
    pub async fn current_members(&self, programme: ProgrammeId, integration: IntegrationId) -> StoreResult<u64> {
        let states = self.members_by_state(programme, Some(integration)).await?;
        Ok(states.into_iter().filter(|(state, _)| state.is_current()).map(|(_, number)| number).sum())
    }

    /// The members with these employee IDs, by employee ID.
    pub async fn members_by_employee_id(
        &self,
        programme: ProgrammeId,
        integration: IntegrationId,
        ids: &[&str],
    ) -> StoreResult<HashMap<String, Member>> {
        let owned = Condition::all()
            .add(member::Column::ProgrammeId.eq(programme.0))
            .add(member::Column::IntegrationId.eq(integration.0));
        let mut found = HashMap::with_capacity(ids.len());
        for ids in ids.chunks(AT_ONCE) {
            let filter = owned.clone().add(member::Column::EmployeeId.is_in(ids.iter().copied()));
            for row in member::Entity::find().filter(filter).all(&self.read).await? {
                let member = row.to_domain()?;
                found.extend(row.employee_id.map(|id| (id, member)));
            }
        }
        Ok(found)
    }

    /// The members with these e-mail addresses in comparable form, by that form.
    pub async fn members_by_email(
        &self,
        programme: ProgrammeId,
        keys: &[&str],
    ) -> StoreResult<HashMap<String, Member>> {
        let mut found = HashMap::with_capacity(keys.len());
        for keys in keys.chunks(AT_ONCE) {
            let filter = Condition::all()
                .add(member::Column::ProgrammeId.eq(programme.0))
                .add(member::Column::EmailKey.is_in(keys.iter().copied()));
            for row in member::Entity::find().filter(filter).all(&self.read).await? {
                let member = row.to_domain()?;
                found.extend(row.email_key.map(|key| (key, member)));
            }
        }
        Ok(found)
    }

    /// The members with these numbers.
    pub async fn members_by_number(&self, programme: ProgrammeId, ids: &[MemberId]) -> StoreResult<Vec<Member>> {
        let mut found = Vec::with_capacity(ids.len());
        for ids in ids.chunks(AT_ONCE) {
            let filter = Condition::all()
                .add(member::Column::ProgrammeId.eq(programme.0))
                .add(member::Column::Id.is_in(ids.iter().map(|id| id.0)));
            for row in member::Entity::find().filter(filter).all(&self.read).await? {
                found.push(row.to_domain()?);
            }
        }
        Ok(found)
    }

    /// The addresses, in comparable form, of members that the integration does not look after:
    /// made by another route, or owned by another source (R16).
    pub async fn foreign_emails(
        &self,
        programme: ProgrammeId,
        integration: IntegrationId,
    ) -> StoreResult<impl Stream<Item = StoreResult<String>> + '_> {
        let sql = "SELECT email_key FROM members WHERE programme_id = $1 AND email_key IS NOT NULL \
                   AND (integration_id IS NULL OR integration_id <> $2)";
        let statement = Statement::from_sql_and_values(self.backend(), sql, [programme.0.into(), integration.0.into()]);
        let rows = self.read.stream_raw(statement).await?;
        Ok(rows.map(|row| Ok(row?.try_get_by_index::<String>(0)?)))
    }

    /// All members for an export, in the order in which they were made.
    pub async fn members(&self, programme: ProgrammeId) -> StoreResult<impl Stream<Item = StoreResult<Member>> + '_> {
        let rows = member::Entity::find()
            .filter(member::Column::ProgrammeId.eq(programme.0))
            .order_by_asc(member::Column::Id)
            .stream(&self.read)
            .await?;
        Ok(rows.map_err(StoreError::from).and_then(|row| async move { row.to_domain() }))
    }

    /// Brings back, as one, the members whom an import made leavers and who still are (R55). They
    /// stay until their record changes (R24). An invitation that was open works again. Whoever is excluded, or
    /// erased on request (R63), is not brought back.
    pub async fn restore_leavers(
        &self,
        programme: ProgrammeId,
        import: domain::ids::ImportId,
        now: i64,
    ) -> StoreResult<u64> {
        let transaction = self.begin().await?;
        let set = invitations_of(&transaction, programme.0).await?;
        let who = format!("left_import_id = $2 AND {MAY_RETURN}");
        let sql = format!(
            "{} AND member_id IN (SELECT id FROM members WHERE programme_id = $1 AND {who})",
            reopen("$3", "$4")
        );
        let values = vec![programme.0.into(), import.0.into(), now.into(), (now + set.valid()).into()];
        sql::run(&transaction, &sql, values).await?;
        let sql = format!(
            "UPDATE members SET state = COALESCE(state_before_leaving, 'not-invited'), \
             state_before_leaving = NULL, left_at = NULL, left_import_id = NULL, leave_reason = NULL, \
             kept_by_hand = COALESCE(record_print, $4), version = version + 1, updated_at = $3 \
             WHERE programme_id = $1 AND {who}"
        );
        let values = vec![programme.0.into(), import.0.into(), now.into(), Print::ANY.0.into()];
        let restored = sql::run(&transaction, &sql, values).await?;
        transaction.commit().await?;
        Ok(restored)
    }

    /// How many of the members whom an import made leavers [`Store::restore_leavers`] would bring back.
    pub async fn restorable_leavers(&self, programme: ProgrammeId, import: domain::ids::ImportId) -> StoreResult<u64> {
        let sql =
            format!("SELECT COUNT(*) FROM members WHERE programme_id = $1 AND left_import_id = $2 AND {MAY_RETURN}");
        let count = sql::number(&self.read, &sql, vec![programme.0.into(), import.0.into()]).await?;
        Ok(u64::try_from(count.unwrap_or_default()).unwrap_or_default())
    }
}
