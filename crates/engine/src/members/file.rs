//! Members as a file for spreadsheets.

use std::collections::BTreeSet;

use domain::{field::Field, ids::MemberId, member::Member};
use futures::{Stream, StreamExt, TryStreamExt, stream};
use store::{Programme, members::MemberFilter};

use crate::{Engine, EngineError, EngineResult, spreadsheet};

/// How many members are looked at at once.
const AT_ONCE: u64 = 1_000;

/// The columns that come first; `status` is where the account stands.
const FIRST: [&str; 5] = ["employee_id", "email", "first_name", "last_name", "status"];

/// The fields among them.
const FIRST_FIELDS: [Field; 3] = [Field::Email, Field::FirstName, Field::LastName];

impl Engine {
    /// The members whom the filter lets through as a file for spreadsheets, in the order in which they were made, a
    /// line at a time.
    pub async fn members_file(
        &self,
        programme: &Programme,
        filter: MemberFilter,
    ) -> EngineResult<impl Stream<Item = EngineResult<String>> + '_> {
        let programme = programme.number();
        let mut others: Vec<Field> = Field::standard().filter(|field| !FIRST_FIELDS.contains(field)).collect();
        let mut custom = BTreeSet::new();
        for integration in self.store.integrations(programme).await? {
            // One that was never published has none.
            custom.extend(integration.rules().iter().flat_map(|rules| rules.custom_fields().map(Field::custom)));
        }
        others.extend(custom);
        let heading = others.iter().map(|field| match field {
            Field::Custom(name) => name.to_string(),
            standard => standard.to_string(),
        });
        let heading = spreadsheet::line(FIRST.into_iter().map(str::to_owned).chain(heading));
        let pages = stream::try_unfold(Some(None), move |place: Option<Option<MemberId>>| {
            let filter = filter.clone();
            async move {
                let Some(after) = place else { return Ok(None) };
                let (page, last) = self.store.members_in_turn(programme, &filter, after, AT_ONCE).await?;
                Ok::<_, EngineError>(Some((page, last.map(Some))))
            }
        });
        let lines = pages
            .map_ok(move |page| stream::iter(page.iter().map(|member| Ok(line(member, &others))).collect::<Vec<_>>()));
        Ok(stream::iter([Ok(heading)]).chain(lines.try_flatten()))
    }
}

fn line(member: &Member, others: &[Field]) -> String {
    let value = |field: &Field| member.fields.get(field).map(String::as_str).unwrap_or_default();
    let id = member.employee_id.as_deref().unwrap_or_default();
    let [email, first, last] = FIRST_FIELDS.each_ref().map(value);
    spreadsheet::line([id, email, first, last, member.state.as_str()].into_iter().chain(others.iter().map(value)))
}
