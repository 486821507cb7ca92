//! Members in the order of last names, and looked up by the beginning of a name, an address or an ID: quickly also
//! where there are a million.
//!
//! What many people have in common is found soon by walking along the order. What few have is found by indexes on
//! each part of the search key, and put in order. A search for people does the one, and where that finds too few
//! within a certain number of members, the other.

use domain::{
    ids::{MemberId, ProgrammeId},
    names,
};
use sea_orm::{DbBackend, EntityTrait, FromQueryResult, Value};

use super::MemberFilter;
use crate::{
    Store, StoreResult,
    entity::member,
    plan::{matching, stands},
    sql,
};

/// How many members are walked along before indexes are asked.
const WALKED: i64 = 6_000;

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

/// A member's place in the order.
#[derive(Debug, FromQueryResult)]
struct Place {
    search_key: String,
    id: uuid::Uuid,
}

/// A search within a programme.
pub(super) struct Search<'a> {
    store: &'a Store,
    /// What is typed.
    typed: &'a str,
    /// The programme, and behind whom.
    place: Vec<String>,
    place_values: Vec<Value>,
    /// Whom the rest of the filter lets through; its values follow those of the place.
    filter: Vec<String>,
    values: Vec<Value>,
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
        let mut place = vec!["programme_id = $1".to_owned()];
        let mut place_values: Vec<Value> = vec![programme.0.into()];
        if let Some(after) = after {
            let last = member::Entity::find_by_id((programme.0, after.0)).one(&store.read).await?;
            let Some(last) = last else { return Ok(None) };
            place.push("(search_key, id) > ($2, $3)".to_owned());
            place_values.extend([last.search_key.into(), last.id.into()]);
        }
        let mut values = place_values.clone();
        let conditions = filter.conditions(&mut values);
        Ok(Some(Self { store, typed: &filter.typed, place, place_values, filter: conditions, values }))
    }

    /// The numbers of the members, in their order.
    pub(super) async fn ids(&self, most: u64) -> StoreResult<Vec<uuid::Uuid>> {
        let Some(by_index) = self.by_index(most) else { return self.run(self.walk(None, most)).await };
        let Some(end) = self.ahead().await? else { return self.run(self.walk(None, most)).await };
        let found = self.run(self.walk(Some(&end), most)).await?;
        if u64::try_from(found.len()).is_ok_and(|found| found >= most) {
            return Ok(found);
        }
        self.run(by_index).await
    }

    async fn run(&self, (sql, values): Query) -> StoreResult<Vec<uuid::Uuid>> {
        #[derive(FromQueryResult)]
        struct Found {
            id: uuid::Uuid,
        }
        let found = sql::all::<Found, _>(&self.store.read, &sql, values).await?;
        Ok(found.into_iter().map(|found| found.id).collect())
    }

    /// How far is walked; none where there is nobody behind.
    async fn ahead(&self) -> StoreResult<Option<Place>> {
        let sql = format!(
            "SELECT search_key, id FROM members WHERE {} ORDER BY search_key, id LIMIT 1 OFFSET {WALKED}",
            self.place.join(" AND ")
        );
        Ok(sql::all(&self.store.read, &sql, self.place_values.clone()).await?.pop())
    }

    /// Along the order, as far as a place.
    fn walk(&self, end: Option<&Place>, most: u64) -> Query {
        let mut values = self.values.clone();
        let mut conditions: Vec<String> = self.place.iter().chain(&self.filter).cloned().collect();
        if let Some(end) = end {
            conditions.push(format!("(search_key, id) < ({})", sql::placeholders(values.len() + 1, 2)));
            values.extend([end.search_key.as_str().into(), end.id.into()]);
        }
        conditions.extend(matching(self.store, self.typed, &mut values));
        values.push(i64::try_from(most).unwrap_or(i64::MAX).into());
        let (conditions, limit) = (conditions.join(" AND "), values.len());
        // The index alone finds them; only those that are shown are fetched.
        (format!("SELECT id FROM members WHERE {conditions} ORDER BY search_key, id LIMIT ${limit}"), values)
    }

    /// By the indexes of the parts; none where nothing is looked for that can be in a name.
    fn by_index(&self, most: u64) -> Option<Query> {
        let mut values = self.values.clone();
        let mut ways = Vec::new();
        for words in names::searched(self.typed) {
            // The longest word is the rarest; whoever has it is looked at for the others.
            let Some(longest) = words.iter().max_by_key(|word| word.len()) else { continue };
            let others: Vec<&String> = words.iter().filter(|word| *word != longest).collect();
            for part in 0..PARTS {
                let begins = if part == 0 { longest.as_str() } else { longest.trim_start_matches('\t') };
                let key = from_part(self.store.backend(), part);
                let mut conditions: Vec<String> = self.place.iter().chain(&self.filter).cloned().collect();
                let from = values.len() + 1;
                values.extend([begins.into(), format!("{begins}{END}").into()]);
                conditions.push(format!("{key} >= ${from} AND {key} < ${}", from + 1));
                for other in &others {
                    conditions.push(stands(self.store, values.len() + 1));
                    values.push(other.as_str().into());
                }
                ways.push(format!("SELECT id, search_key FROM members WHERE {}", conditions.join(" AND ")));
            }
        }
        if ways.is_empty() {
            return None;
        }
        values.push(i64::try_from(most).unwrap_or(i64::MAX).into());
        // Put in order only when all are found: else a database may rather walk along the order.
        let sql = format!(
            "WITH found AS MATERIALIZED ({}) SELECT id FROM found ORDER BY search_key, id LIMIT ${}",
            ways.join(" UNION "),
            values.len()
        );
        Some((sql, values))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use sea_orm::{ConnectionTrait, Statement};

    use super::*;
    use crate::{Address, Programme};

    const PROGRAMME: ProgrammeId = ProgrammeId(uuid::Uuid::from_u128(1));

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
        for text in ["ansc", "beca elfi"] {
            let filter = typed(text);
            let search = Search::of(&store, PROGRAMME, &filter, None).await.unwrap().unwrap();
            let plan = plan(&store, search.by_index(50).unwrap()).await;
            for index in indexes {
                assert!(plan.contains(index), "no {index} for “{text}”:\n{plan}");
            }
            assert!(!plan.contains("SCAN members") && !plan.contains("Seq Scan on members"), "{plan}");
            let end = search.ahead().await.unwrap().expect("more than that");
            let walk = self::plan(&store, search.walk(Some(&end), 50)).await;
            assert!(walk.contains("members_by_search") && !walk.contains("SCAN"), "{walk}");
        }
        // Both ways find the same, in the same order, from any place on.
        let all = typed("");
        let everybody = Search::of(&store, PROGRAMME, &all, None).await.unwrap().unwrap();
        let everybody = everybody.run(everybody.walk(None, 20_000)).await.unwrap();
        let middle = Some(MemberId(everybody[10_000]));
        for text in ["a", "be", "beca", "zy", "1200", "1205", "1219999", "becaan elfi", "elfi becaan", "nobody", "-"] {
            for after in [None, middle] {
                let filter = typed(text);
                let search = Search::of(&store, PROGRAMME, &filter, after).await.unwrap().unwrap();
                let walked = search.run(search.walk(None, 50)).await.unwrap();
                assert_eq!(search.ids(50).await.unwrap(), walked, "“{text}”");
                if let Some(by_index) = search.by_index(50) {
                    assert_eq!(search.run(by_index).await.unwrap(), walked, "“{text}” by the indexes");
                }
            }
        }
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
