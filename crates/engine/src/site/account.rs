//! What a member sees of themselves: what is held about them, and where each of it comes from.

use std::collections::BTreeMap;

use domain::{field::Field, rules::Rules};
use serde::Serialize;
use store::{Credential, StoreError};

use super::{SignedMember, invitation::check_member_password};
use crate::{Engine, EngineResult, administrators};

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Origin {
    /// An HR system, from this attribute of it.
    Source {
        /// The HR system's key.
        source: String,
        /// The attribute's key.
        attribute: String,
    },
    /// Nobody feeds it now: it was entered by hand, or kept when a source stopped sharing it.
    Hand,
}

/// One thing that is held about a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Datum {
    /// The field, by its stable name; `employee_id` for the identity.
    pub field: String,
    /// The value.
    pub value: String,
    /// Where it comes from.
    pub origin: Origin,
}

impl Engine {
    /// What is held about a member, in the order of the fields, and where each of it comes from.
    pub async fn member_data(&self, signed: &SignedMember) -> EngineResult<Vec<Datum>> {
        let member = &signed.listed.member;
        let integrations = self.store.integrations(signed.programme.number()).await?;
        let fed_by = integrations.into_iter().find(|one| member.integration.is_some_and(|id| id.0 == one.id));
        let (source, rules) = match fed_by {
            Some(integration) => {
                let rules = integration.rules.as_deref().map(serde_json::from_str::<Rules>).transpose();
                (integration.source, rules.map_err(StoreError::row)?)
            }
            None => (String::new(), None),
        };
        let fed: BTreeMap<&Field, &str> =
            rules.iter().flat_map(|rules| &rules.mapping).map(|(field, from)| (field, from.key.as_str())).collect();
        let origin = |attribute: Option<&str>| match attribute {
            Some(attribute) => Origin::Source { source: source.clone(), attribute: attribute.to_owned() },
            None => Origin::Hand,
        };
        let identity = member.employee_id.iter().map(|id| Datum {
            field: "employee_id".to_owned(),
            value: id.clone(),
            origin: origin(rules.as_ref().map(|rules| rules.employee_id.as_str())),
        });
        let shown = member.fields.iter().filter(|(field, _)| field.is_shown());
        let values = shown.map(|(field, value)| Datum {
            field: field.to_string(),
            value: value.clone(),
            origin: origin(fed.get(field).copied()),
        });
        Ok(identity.chain(values).collect())
    }

    /// Gives a member who knows the password another one, and signs them out everywhere else. Errors are of the
    /// fields `current` and `password`.
    pub async fn change_member_password(
        &self,
        signed: &SignedMember,
        current: &str,
        password: &str,
        origin: &administrators::Origin,
    ) -> EngineResult<()> {
        self.require_member_password(signed, "current", current, origin).await?;
        check_member_password(&signed.programme, &signed.listed.member.fields, password)?;
        let known = self.credential_of(signed).await?;
        let password_hash = self.hash_password(password).await?;
        let credential = Credential { password_hash, updated_at: self.now(), ..known };
        Ok(self.store.change_member_password(&credential, &signed.session).await?)
    }
}
