//! Members in the order of last names, and looked up by the beginning of a name, an address or an ID: quickly also
//! where there are a million.
//!
//! Whoever is looked up comes by what they are found by: last names that begin like that, then first names, addresses
//! and IDs, each in its own order and so the closest first. Each is an index that is walked along, no further than a
//! page needs, however many people share what was typed.

use domain::{
    ids::{MemberId, ProgrammeId},
    names,
};
use sea_orm::{DbBackend, FromQueryResult, Value};
use uuid::Uuid;

use super::{MemberFilter, groups::Groups};
use crate::{Store, StoreResult, plan::stands, sql};

/// The parts of a search key: last name, first name, address and employee ID, each after a tab.
const PARTS: usize = 4;

/// The index by each of them.
const INDEXES: [&str; PARTS] = ["members_by_last_name", "members_by_first_name", "members_by_address", "members_by_id"];

/// Behind everything that begins with the same letters.
const END: char = char::MAX;

/// The search key from one of its parts on. Of the first one it keeps the tab: so the index that lists are ordered by
/// serves.
fn from_part(backend: DbBackend, part: usize) -> String {
    match (backend, part) {
        // By bytes, whatever the language of the database is: only so a beginning is a range.
        (DbBackend::Postgres, 0) => "search_key COLLATE \"C\"".to_owned(),
        (DbBackend::Postgres, _) => format!("split_part(search_key, E'\\t', {}) COLLATE \"C\"", part + 2),
        (_, 0) => "search_key".to_owned(),
        (..) => {
            (0..=part).fold("search_key".to_owned(), |rest, _| format!("substr({rest}, instr({rest}, char(9)) + 1)"))
        }
    }
}

/// The same of a key that is at hand.
fn part_of(is_shared: bool, search_key: &str, part: usize) -> &str {
    let part_of = match (is_shared, part) {
        (_, 0) => Some(search_key),
        (true, _) => search_key.split('\t').nth(part + 1),
        (false, _) => search_key.splitn(part + 2, '\t').last(),
    };
    part_of.unwrap_or_default()
}

/// The statements that make the indexes.
pub(crate) fn indexes(backend: DbBackend) -> Vec<String> {
    let index = |(part, name): (usize, &str)| {
        format!("CREATE INDEX {name} ON members (programme_id, ({}))", from_part(backend, part))
    };
    // On SQLite the order of lists is by bytes already.
    let known = usize::from(backend != DbBackend::Postgres);
    INDEXES.into_iter().enumerate().skip(known).map(index).collect()
}

/// A way to be found by what was typed: something begins one part of the search key.
struct Way {
    part: usize,
    /// With a tab before it where the part has one.
    begins: String,
    /// What has to begin other parts.
    others: Vec<String>,
}

impl Way {
    /// All ways, the closest first: what was typed as a whole, then its words.
    fn all(typed: &str) -> Vec<Self> {
        let mut ways = Vec::new();
        for words in names::searched(typed) {
            // The longest word is the rarest; whoever has it is looked at for the others.
            let Some(longest) = words.iter().max_by_key(|word| word.len()) else { continue };
            let others: Vec<String> = words.iter().filter(|word| *word != longest).cloned().collect();
            ways.extend((0..PARTS).map(|part| Self {
                part,
                begins: if part == 0 { longest.clone() } else { longest.trim_start_matches('\t').to_owned() },
                others: others.clone(),
            }));
        }
        ways
    }

    /// Whether somebody with this search key is found so.
    fn finds(&self, search_key: &str) -> bool {
        // The beginning of a part is the same on both databases.
        part_of(false, search_key, self.part).starts_with(&self.begins)
            && self.others.iter().all(|other| search_key.contains(other))
    }

    /// The same as a condition, of parts from this one on.
    fn condition(&self, store: &Store, from: &str, values: &mut Vec<Value>) -> String {
        let key = from_part(store.backend(), self.part);
        let first = values.len() + 1;
        values.extend([from.into(), format!("{}{END}", self.begins).into()]);
        let mut conditions = vec![format!("{key} >= ${first} AND {key} < ${}", first + 1)];
        for other in &self.others {
            conditions.push(stands(store, values.len() + 1));
            values.push(other.as_str().into());
        }
        conditions.join(" AND ")
    }
}

/// A member's place in the order.
#[derive(Debug, FromQueryResult)]
struct Place {
    search_key: String,
    id: Uuid,
}

/// A search within a programme.
pub(super) struct Search<'a> {
    store: &'a Store,
    programme: ProgrammeId,
    filter: &'a MemberFilter,
    /// The groups that the filter lets through, where lists are put together of them: on SQLite.
    groups: Option<Groups>,
    /// Behind whom.
    after: Option<Place>,
}

/// A statement and its values.
type Query = (String, Vec<Value>);

impl<'a> Search<'a> {
    /// None where nobody can be found: there is no member, or the one is gone behind whom it looks.
    pub(super) async fn of(
        store: &'a Store,
        programme: ProgrammeId,
        filter: &'a MemberFilter,
        after: Option<MemberId>,
    ) -> StoreResult<Option<Self>> {
        let groups = if store.is_shared() { None } else { Some(Groups::of(store, programme, filter).await?) };
        if groups.as_ref().is_some_and(Groups::are_none) {
            return Ok(None);
        }
        let mut search = Self { store, programme, filter, groups, after: None };
        if let Some(after) = after {
            let sql = "SELECT search_key, id FROM members WHERE programme_id = $1 AND id = $2";
            search.after = sql::all(&store.read, sql, vec![programme.0.into(), after.0.into()]).await?.pop();
            if search.after.is_none() {
                return Ok(None);
            }
        }
        Ok(Some(search))
    }

    /// The numbers of the members, in their order.
    pub(super) async fn ids(&self, most: u64) -> StoreResult<Vec<Uuid>> {
        if self.filter.typed.trim().is_empty() {
            return self.run(self.walk(most)).await;
        }
        let ways = Way::all(&self.filter.typed);
        let seen = self.after.as_ref().and_then(|after| {
            let way = ways.iter().position(|way| way.finds(&after.search_key))?;
            Some((way, after))
        });
        // Behind somebody who is not found by it any more there is everybody: rather twice than not at all.
        let first = seen.map_or(0, |(way, _)| way);
        let mut found = Vec::new();
        for number in first..ways.len() {
            let missing = most.saturating_sub(u64::try_from(found.len()).unwrap_or(u64::MAX));
            if missing == 0 {
                break;
            }
            let behind = seen.filter(|(way, _)| *way == number).map(|(_, after)| after);
            found.extend(self.run(self.along(&ways[..=number], behind, missing)).await?);
        }
        Ok(found)
    }

    async fn run(&self, (sql, values): Query) -> StoreResult<Vec<Uuid>> {
        #[derive(FromQueryResult)]
        struct Found {
            id: Uuid,
        }
        let found = sql::all::<Found, _>(&self.store.read, &sql, values).await?;
        Ok(found.into_iter().map(|found| found.id).collect())
    }

    /// Along the order of everybody.
    fn walk(&self, most: u64) -> Query {
        let mut values: Vec<Value> = vec![self.programme.0.into()];
        let mut conditions = Vec::new();
        if let Some(after) = &self.after {
            conditions.push("(search_key, id) > ($2, $3)".to_owned());
            values.extend([after.search_key.as_str().into(), after.id.into()]);
        }
        self.page(0, "search_key", conditions, values, most)
    }

    /// Along the last of these ways, past everybody who is found by those before it.
    fn along(&self, ways: &[Way], behind: Option<&Place>, most: u64) -> Query {
        let mut values: Vec<Value> = vec![self.programme.0.into()];
        let mut conditions = Vec::new();
        let Some((way, closer)) = ways.split_last() else { return self.walk(most) };
        let key = from_part(self.store.backend(), way.part);
        let from = behind.map(|behind| part_of(self.store.is_shared(), &behind.search_key, way.part));
        conditions.push(way.condition(self.store, from.unwrap_or(&way.begins), &mut values));
        if let Some((behind, from)) = behind.zip(from) {
            let first = values.len() + 1;
            conditions.push(format!("NOT ({key} = ${first} AND id <= ${})", first + 1));
            values.extend([from.into(), behind.id.into()]);
        }
        let past = closer.iter().map(|way| format!("NOT ({})", way.condition(self.store, &way.begins, &mut values)));
        conditions.extend(past);
        self.page(way.part, &key, conditions, values, most)
    }

    /// A page of those who meet the conditions, in an order by this part of the search key. An index alone finds them;
    /// only those that are shown are fetched.
    fn page(&self, part: usize, order: &str, conditions: Vec<String>, mut values: Vec<Value>, most: u64) -> Query {
        let found = match &self.groups {
            Some(groups) if self.are_few(groups) => {
                let few = self.few(groups, &mut values);
                let meet = if conditions.is_empty() { "TRUE".to_owned() } else { conditions.join(" AND ") };
                format!("WITH few AS MATERIALIZED ({few}) SELECT id FROM few WHERE {meet}")
            }
            Some(groups) if part == 0 => groups.members(&conditions, &mut values),
            groups => {
                // SQLite would go by a group as well, and put all of it in order.
                let by = if groups.is_some() { format!(" INDEXED BY {}", INDEXES[part]) } else { String::new() };
                self.members(&format!("members{by}"), conditions, "id", &mut values)
            }
        };
        values.push(i64::try_from(most).unwrap_or(i64::MAX).into());
        (format!("{found} ORDER BY {order}, id LIMIT ${}", values.len()), values)
    }

    /// Whether the filter lets so few through that those are gathered first, and then looked at one by one.
    fn are_few(&self, groups: &Groups) -> bool {
        let is_rare = self.filter.excluded || self.filter.locked_on.is_some();
        is_rare || (groups.are_small() && !self.filter.typed.trim().is_empty())
    }

    /// A statement that gives name and number of those few.
    fn few(&self, groups: &Groups, values: &mut Vec<Value>) -> String {
        // Crossed, and by this index, so that SQLite begins with whoever is excluded or locked in.
        let from = match (self.filter.excluded, self.filter.locked_on) {
            (true, _) => {
                "(SELECT member_id FROM exclusions WHERE programme_id = $1 AND member_id IS NOT NULL) AS kept_out \
                 CROSS JOIN members"
            }
            (false, Some(_)) => "members INDEXED BY members_by_lock",
            (false, None) => return groups.members(&[], values),
        };
        let of = if self.filter.excluded { vec!["id = kept_out.member_id".to_owned()] } else { Vec::new() };
        self.members(from, of, "search_key, id", values)
    }

    /// A statement that gives these columns of the members whom the filter lets through and who meet the conditions.
    fn members(&self, from: &str, conditions: Vec<String>, columns: &str, values: &mut Vec<Value>) -> String {
        let filter = self.filter.conditions(values);
        let all: Vec<String> =
            std::iter::once("programme_id = $1".to_owned()).chain(conditions).chain(filter).collect();
        format!("SELECT {columns} FROM {from} WHERE {}", all.join(" AND "))
    }
}

#[cfg(test)]
mod tests;
