//! Who looks after a programme, and as what. There is always an owner.

use domain::{ids::AdministratorId, roles::Role};
use serde::Serialize;
use store::{Programme, administrators::Placed};

use super::{invitations::role, links::INVITATION_VALID};
use crate::{
    Actor, Deed, Engine, EngineResult,
    audit::person,
    proof::{Flaw, wrong},
};

/// Somebody who looks after a programme, or was asked to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AdministratorView {
    /// Their number.
    pub id: AdministratorId,
    /// Their e-mail address.
    pub email: String,
    /// Their name, once they have accepted.
    pub name: Option<String>,
    /// What they are here.
    pub role: Role,
    /// Whether they are asked for a second factor; not told before they have accepted.
    pub second_factor: bool,
    /// Who invited them; none where a command did.
    pub invited_by: Option<String>,
    /// When they accepted, in microseconds of UTC; until then they may do nothing.
    pub accepted_at: Option<i64>,
    /// When they became a leaver as a member of the programme, in microseconds of UTC: the portal is closed to them (R56).
    pub left_at: Option<i64>,
    /// When their invitation stops working, in microseconds of UTC, while it was not accepted.
    pub expires_at: Option<i64>,
}

impl Engine {
    /// Everybody who looks after the programme or was asked to, by address.
    pub async fn administrators_of(&self, programme: &Programme) -> EngineResult<Vec<AdministratorView>> {
        let rows = self.store.places_in(programme.number()).await?;
        rows.into_iter()
            .map(|row| {
                let accepted = row.accepted_at.is_some();
                Ok(AdministratorView {
                    id: AdministratorId(row.id),
                    role: role(&row.role)?,
                    name: accepted.then_some(row.name),
                    email: row.email,
                    second_factor: accepted && row.second_factor,
                    invited_by: person(row.invited_by),
                    accepted_at: row.accepted_at,
                    left_at: row.left_at,
                    expires_at: (!accepted).then_some(row.created_at + INVITATION_VALID),
                })
            })
            .collect()
    }

    /// Gives somebody another role. The last owner stays one.
    pub async fn change_role(
        &self,
        programme: &Programme,
        id: AdministratorId,
        new: Role,
        by: &Actor,
    ) -> EngineResult<()> {
        let (email, before) = self.placed(programme, id).await?;
        let placed = self.store.change_role(programme.number(), id, new.as_str()).await?;
        check(placed)?;
        if before == new {
            return Ok(());
        }
        let deed =
            Deed { action: "administrator.role-changed", subject: &email, before: Some(before), after: Some(new) };
        self.note(programme.number(), by, deed).await
    }

    /// Takes somebody's place in the programme away, or an invitation back. The last owner stays. Who
    /// looks after no other programme is signed out and forgotten. Where an integration loses its owner by it, the
    /// others are told at the next look at the clock (R56).
    pub async fn remove_administrator(
        &self,
        programme: &Programme,
        id: AdministratorId,
        by: &Actor,
    ) -> EngineResult<()> {
        let (email, before) = self.placed(programme, id).await?;
        check(self.store.remove_place(programme.number(), id, self.now()).await?)?;
        let deed = Deed { action: "administrator.removed", subject: &email, before: Some(before), after: None::<()> };
        self.note(programme.number(), by, deed).await
    }

    /// The address of somebody with a place in the programme, and what they are.
    async fn placed(&self, programme: &Programme, id: AdministratorId) -> EngineResult<(String, Role)> {
        let place = self.store.place(programme.number(), id).await?;
        let (place, administrator) =
            place.zip(self.store.administrator(id).await?).ok_or_else(|| wrong("administrator", Flaw::NotThere))?;
        Ok((administrator.email, role(&place.role)?))
    }
}

fn check(placed: Placed) -> EngineResult<()> {
    match placed {
        Placed::Done => Ok(()),
        Placed::NotThere => Err(wrong("administrator", Flaw::NotThere)),
        Placed::LastOwner => Err(wrong("role", Flaw::LastOwner)),
    }
}
