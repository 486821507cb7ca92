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

use super::MemberFilter;
use crate::{Store, StoreResult, plan::stands, sql};

/// The parts of a search key: last name, first name, address and employee ID, each after a tab.
const PARTS: usize = 4;

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
    let names = ["members_by_last_name", "members_by_first_name", "members_by_address", "members_by_id"];
    let index = |(part, name): (usize, &str)| {
        format!("CREATE INDEX {name} ON members (programme_id, ({}))", from_part(backend, part))
    };
    // On SQLite the order of lists is by bytes already.
    let known = usize::from(backend != DbBackend::Postgres);
    names.into_iter().enumerate().skip(known).map(index).collect()
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
    /// Behind whom.
    after: Option<Place>,
}

/// A statement and its values.
type Query = (String, Vec<Value>);

impl<'a> Search<'a> {
    /// None where the member is gone behind whom it looks.
    pub(super) async fn of(
        store: &'a Store,
        programme: ProgrammeId,
        filter: &'a MemberFilter,
        after: Option<MemberId>,
    ) -> StoreResult<Option<Self>> {
        let mut search = Self { store, programme, filter, after: None };
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
        let mut conditions = vec!["programme_id = $1".to_owned()];
        if let Some(after) = &self.after {
            conditions.push("(search_key, id) > ($2, $3)".to_owned());
            values.extend([after.search_key.as_str().into(), after.id.into()]);
        }
        self.page(conditions, values, "search_key", most)
    }

    /// Along the last of these ways, past everybody who is found by those before it.
    fn along(&self, ways: &[Way], behind: Option<&Place>, most: u64) -> Query {
        let mut values: Vec<Value> = vec![self.programme.0.into()];
        let mut conditions = vec!["programme_id = $1".to_owned()];
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
        self.page(conditions, values, &key, most)
    }

    fn page(&self, mut conditions: Vec<String>, mut values: Vec<Value>, order: &str, most: u64) -> Query {
        conditions.extend(self.filter.conditions(&mut values));
        values.push(i64::try_from(most).unwrap_or(i64::MAX).into());
        let (conditions, limit) = (conditions.join(" AND "), values.len());
        // The index alone finds them; only those that are shown are fetched.
        (format!("SELECT id FROM members WHERE {conditions} ORDER BY {order}, id LIMIT ${limit}"), values)
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::HashMap, time::Instant};

    use sea_orm::{ConnectionTrait, Statement};

    use super::*;
    use crate::{Address, Programme};

    const PROGRAMME: ProgrammeId = ProgrammeId(Uuid::from_u128(1));

    /// A database with so many members of made-up names, and the place that it is in.
    async fn crowd(shared: bool, members: u64) -> (Store, testkit::TempDir) {
        let place = testkit::place();
        let file = || Address::File(place.path().join("rollcall.db"));
        let address = if shared { Address::Server(testkit::postgres_url()) } else { file() };
        let store = Store::open(&address).await.unwrap();
        let programme = Programme {
            id: PROGRAMME.0,
            slug: "acme".into(),
            name: "Acme".into(),
            time_zone: "Europe/Berlin".into(),
            settings: "{}".into(),
            created_at: 0,
            suspended_at: None,
        };
        store.save_programme(&programme).await.unwrap();
        // Two letters at a time, by remainders of the number: any of 18 in each place.
        let letters = |by: u32| {
            let at = format!("CAST(1 + 2 * (i / {by} % 18) AS INTEGER)");
            format!("substr('anbecadaelfigohainjokalemiolrostuxzy', {at}, 2)")
        };
        let (last, first) = ([1, 18, 324, 5_832].map(letters).join("||"), [7, 101, 1_009].map(letters).join("||"));
        let id = if shared { "CAST(lpad(to_hex(i), 32, '0') AS uuid)" } else { "CAST(printf('%016d', i) AS BLOB)" };
        let programme_id =
            if shared { format!("CAST('{}' AS uuid)", PROGRAMME.0) } else { format!("X'{}'", PROGRAMME.0.simple()) };
        let tab = if shared { "E'\\t'" } else { "char(9)" };
        let sql = format!(
            "INSERT INTO members (programme_id, id, version, email_key, search_key, fields, state, created_at, \
             updated_at) WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n \
             WHERE i < {members}) SELECT {programme_id}, {id}, 1, NULL, \
             {tab} || {last} || {tab} || {first} || {tab} || {first} || {last} || 'acmeexample' || {tab} || (1200000 + i), \
             '{{}}', CASE WHEN i % 9 = 0 THEN 'leaver' ELSE 'active' END, 0, 0 FROM n"
        );
        store.write.execute_unprepared(&sql).await.unwrap();
        if shared {
            store.write.execute_unprepared("VACUUM (ANALYZE) members").await.unwrap();
        }
        (store, place)
    }

    fn typed(typed: &str) -> MemberFilter {
        let states = vec![domain::member::State::Active, domain::member::State::Leaver];
        MemberFilter { typed: typed.to_owned(), states, ..MemberFilter::default() }
    }

    /// How the database goes about a statement, in its own words.
    async fn plan(store: &Store, (sql, values): Query) -> String {
        let (explain, column) = if store.is_shared() { ("EXPLAIN", 0) } else { ("EXPLAIN QUERY PLAN", 3) };
        let statement = Statement::from_sql_and_values(store.backend(), format!("{explain} {sql}"), values);
        let rows = store.read.query_all_raw(statement).await.unwrap();
        let lines = rows.iter().map(|row| row.try_get_by_index::<String>(column).unwrap());
        lines.collect::<Vec<_>>().join("\n")
    }

    async fn every_beginning_is_found_by_an_index(shared: bool) {
        let (store, _place) = crowd(shared, 20_000).await;
        let of_last_name = if shared { "members_by_last_name" } else { "members_by_search" };
        let indexes = [of_last_name, "members_by_first_name", "members_by_address", "members_by_id"];
        for text in ["ansc", "beca elfi", "a"] {
            let filter = typed(text);
            let search = Search::of(&store, PROGRAMME, &filter, None).await.unwrap().unwrap();
            let ways = Way::all(text);
            for (number, way) in ways.iter().enumerate() {
                let plan = plan(&store, search.along(&ways[..=number], None, 50)).await;
                let index = indexes[way.part];
                assert!(plan.contains(index), "no {index} for “{text}”:\n{plan}");
                assert!(!plan.contains("SCAN members") && !plan.contains("Seq Scan on members"), "{plan}");
                // In the order of the index: else everybody who is found would be put in order for a page of them.
                assert!(!plan.contains("TEMP B-TREE FOR ORDER BY"), "“{text}” by {index}:\n{plan}");
            }
        }
        let all = typed("");
        let everybody = Search::of(&store, PROGRAMME, &all, None).await.unwrap().unwrap();
        let walk = plan(&store, everybody.walk(50)).await;
        assert!(walk.contains("members_by_search") && !walk.contains("SCAN"), "{walk}");
    }

    /// Page by page everybody whom a beginning finds comes once, the closest first.
    async fn everybody_who_is_found_comes_once(shared: bool) {
        let (store, _place) = crowd(shared, 20_000).await;
        let everybody: Vec<Place> = sql::all(&store.read, "SELECT search_key, id FROM members", vec![]).await.unwrap();
        let keys: HashMap<_, _> = everybody.iter().map(|one| (one.id, one.search_key.as_str())).collect();
        for text in ["a", "be", "beca", "zy", "1200", "1205", "1219999", "becaan elfi", "elfi becaan", "nobody", "-"] {
            let words = names::searched(text);
            let is_found = |key: &str| words.iter().any(|all| all.iter().all(|word| key.contains(word)));
            let place = |key: &str| {
                let mut parts = key.split('\t').skip(1);
                let begins = |part: &str| words.iter().any(|all| all.iter().any(|word| part.starts_with(&word[1..])));
                parts.position(begins)
            };
            let mut expected: Vec<_> = everybody.iter().filter(|one| is_found(&one.search_key)).collect();
            expected.sort_by_key(|one| one.id);
            let (filter, mut found, mut after) = (typed(text), Vec::new(), None);
            loop {
                let search = Search::of(&store, PROGRAMME, &filter, after).await.unwrap().unwrap();
                let page = search.ids(300).await.unwrap();
                let Some(last) = page.last() else { break };
                after = Some(MemberId(*last));
                found.extend(page);
            }
            if words.len() == 1 {
                let places = found.iter().map(|id| {
                    let part = place(keys[id]).unwrap();
                    (part, part_of(shared, keys[id], part), *id)
                });
                assert!(places.is_sorted(), "“{text}” is not in order");
            }
            found.sort();
            assert_eq!(found, expected.iter().map(|one| one.id).collect::<Vec<_>>(), "“{text}”");
        }
        // Whoever was the last one seen has another name by now.
        let (filter, other) = (typed("anbe"), everybody.iter().find(|one| !one.search_key.contains("\tanbe")).unwrap());
        let search = async |after| {
            let search = Search::of(&store, PROGRAMME, &filter, after).await.unwrap().unwrap();
            search.ids(50).await.unwrap()
        };
        assert_eq!(search(Some(MemberId(other.id))).await, search(None).await);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn everybody_who_is_found_comes_once_on_sqlite() {
        everybody_who_is_found_comes_once(false).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn everybody_who_is_found_comes_once_on_postgres() {
        everybody_who_is_found_comes_once(true).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn every_beginning_is_found_by_an_index_on_sqlite() {
        every_beginning_is_found_by_an_index(false).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn every_beginning_is_found_by_an_index_on_postgres() {
        every_beginning_is_found_by_an_index(true).await;
    }

    /// `ROLLCALL_MEMBERS=1000000 cargo test --release -p rollcall-store --lib -- --ignored --nocapture as_you_type`
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    #[ignore = "measures: run it by itself, in a release build"]
    #[expect(clippy::disallowed_methods, reason = "it measures how long something takes")]
    async fn how_long_a_search_takes_as_you_type() {
        let members = std::env::var("ROLLCALL_MEMBERS").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000);
        for (name, shared) in [("SQLite", false), ("PostgreSQL", true)] {
            let (store, _place) = crowd(shared, members).await;
            println!(
                "\n### {name}, {members} members\n\n| typed | found | median, ms | slowest, ms |\n|---|---:|---:|---:|"
            );
            let mut medians = Vec::new();
            for whole in ["becaelfi", "zystuxro", "anbeca@acme", "1200420", "elfigo becaelan", "nobodyatall"] {
                for length in 1..=whole.len() {
                    let filter = typed(&whole[..length]);
                    let mut times = Vec::new();
                    let mut found = 0;
                    for _ in 0..11 {
                        let begin = Instant::now();
                        found = store.members_page(PROGRAMME, &filter, None, 51).await.unwrap().len();
                        times.push(begin.elapsed().as_secs_f64() * 1_000.0);
                    }
                    times.sort_by(f64::total_cmp);
                    println!("| {} | {found} | {:.1} | {:.1} |", filter.typed, times[5], times[10]);
                    medians.push(times[5]);
                }
            }
            medians.sort_by(f64::total_cmp);
            println!(
                "\nmedian of all: {:.1} ms, slowest median {:.1} ms",
                medians[medians.len() / 2],
                medians[medians.len() - 1]
            );
        }
    }
}
