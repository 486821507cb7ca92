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

    /// What feeds a member.
    pub(crate) async fn feeds(&self, programme: ProgrammeId, member: &Member) -> EngineResult<Feeds> {
        Ok(Feeds { rules: self.rules_for(programme, member).await?, is_owned: member.integration.is_some() })
    }

    /// Where each of these fields of a member comes from.
    pub async fn origins(
        &self,
        programme: ProgrammeId,
        member: &Member,
        fields: impl IntoIterator<Item = Field>,
    ) -> EngineResult<Vec<(Field, Origin)>> {
        let feeds = self.feeds(programme, member).await?;
        Ok(fields.into_iter().map(|field| (field.clone(), feeds.of(&field))).collect())
    }
}

/// What feeds one member.
pub(crate) struct Feeds {
    rules: Option<(Integration, Rules)>,
    /// Whether an integration looks after them at all.
    is_owned: bool,
}

impl Feeds {
    /// Where a field comes from.
    pub(crate) fn of(&self, field: &Field) -> Origin {
        self.by(|rules| rules.mapping.get(field).map(|from| from.key.clone()))
    }

    /// Where the employee ID comes from.
    pub(crate) fn of_id(&self) -> Origin {
        self.by(|rules| Some(rules.employee_id.clone()))
    }

    fn by(&self, attribute: impl Fn(&Rules) -> Option<String>) -> Origin {
        let fed = |(integration, rules): &(Integration, Rules)| {
            Some(Origin::Fed { source: integration.source.clone(), attribute: attribute(rules)? })
        };
        let otherwise = if self.is_owned { Origin::Kept } else { Origin::ByHand };
        self.rules.as_ref().and_then(fed).unwrap_or(otherwise)
    }
}
