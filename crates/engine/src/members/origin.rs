//! Where a member's values come from (R17).

use domain::{field::Field, ids::ProgrammeId, member::Member, rules::Rules};
use serde::Serialize;
use store::Integration;

use crate::{Engine, EngineResult};

/// Who has the say over one value of a member.
///
/// In a member's own copy of their data, whatever no HR system feeds is by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind")]
pub enum Origin {
    /// An attribute of an HR system feeds it: imports write it, and nobody else.
    #[serde(rename = "source")]
    Fed {
        /// The HR system, by its key.
        source: String,
        /// The attribute's key.
        attribute: String,
    },
    /// No HR system looks after the member: whatever stands there was entered.
    #[serde(rename = "hand")]
    ByHand,
    /// The HR system that looks after the member does not feed it: it is kept as it is until somebody edits
    /// it.
    #[serde(rename = "hand")]
    Kept,
    /// The member chose it themselves, in their account.
    #[serde(rename = "member")]
    Own,
}

impl Origin {
    /// Whether an administrator may change the value.
    pub fn is_open(&self) -> bool {
        !matches!(self, Self::Fed { .. } | Self::Own)
    }
}

impl Engine {
    /// The integration that looks after a member, with its published rules; `None` for one made by hand, or
    /// where the integration was never published.
    pub(crate) async fn rules_for(
        &self,
        programme: ProgrammeId,
        member: &Member,
    ) -> EngineResult<Option<(Integration, Rules)>> {
        let Some(owner) = member.integration else { return Ok(None) };
        let found = self.store.integrations(programme).await?.into_iter().find(|one| one.number() == owner);
        Ok(found.and_then(|integration| Some((integration.clone(), integration.rules().ok()?))))
    }

    /// Where each of these fields of a member comes from.
    pub async fn origins(
        &self,
        programme: ProgrammeId,
        member: &Member,
        fields: impl IntoIterator<Item = Field>,
    ) -> EngineResult<Vec<(Field, Origin)>> {
        let rules = self.rules_for(programme, member).await?;
        let origin = |field: &Field| match &rules {
            None if member.integration.is_none() => Origin::ByHand,
            None => Origin::Kept,
            Some((integration, rules)) => rules.mapping.get(field).map_or(Origin::Kept, |from| Origin::Fed {
                source: integration.source.clone(),
                attribute: from.key.clone(),
            }),
        };
        Ok(fields.into_iter().map(|field| (field.clone(), origin(&field))).collect())
    }
}
