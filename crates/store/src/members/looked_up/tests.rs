use std::{collections::HashMap, time::Instant};

use domain::{ids::IntegrationId, member::State};
use jiff::civil::{Date, date};
use sea_orm::{ConnectionTrait, Statement};

use super::*;
use crate::{Address, Programme, members::Route};

const PROGRAMME: ProgrammeId = ProgrammeId(Uuid::from_u128(1));
const INTEGRATION: IntegrationId = IntegrationId(Uuid::from_u128(2));

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
    let programme_id = number(&store, PROGRAMME.0);
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

/// A number as a statement has it.
fn number(store: &Store, id: Uuid) -> String {
    if store.is_shared() { format!("CAST('{id}' AS uuid)") } else { format!("X'{}'", id.simple()) }
}

fn typed(typed: &str) -> MemberFilter {
    let states = vec![State::Active, State::Leaver];
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
    let of_last_name = if shared { "members_by_last_name" } else { "members_by_group" };
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
    let by_name = if shared { "members_by_search" } else { "members_by_group" };
    assert!(walk.contains(by_name) && !walk.contains("SCAN") && !walk.contains("ORDER BY"), "{walk}");
}

/// Ten members each who were not invited, came by an integration, are locked in, and are excluded.
async fn some_are_rare(store: &Store) {
    for (digit, set) in [
        (7, "state = 'not-invited'".to_owned()),
        (5, format!("integration_id = {}", number(store, INTEGRATION.0))),
        (3, "locked_until = '2026-12-24'".to_owned()),
    ] {
        let sql = format!("UPDATE members SET {set} WHERE search_key LIKE '%12000_{digit}'");
        store.write.execute_unprepared(&sql).await.unwrap();
    }
    let excluded = "INSERT INTO exclusions (programme_id, id, member_id, reason, excluded_by, excluded_at) \
                    SELECT programme_id, id, id, 'asked', 'ines@acme.example', 0 FROM members \
                    WHERE search_key LIKE '%12000_4'";
    store.write.execute_unprepared(excluded).await.unwrap();
    if store.is_shared() {
        store.write.execute_unprepared("VACUUM (ANALYZE) members, exclusions").await.unwrap();
    }
}

fn in_states(states: &[State]) -> MemberFilter {
    MemberFilter { states: states.to_vec(), ..MemberFilter::default() }
}

/// How the database goes about the first page of a list, or of those who are found closest by what is typed.
async fn plan_of(store: &Store, filter: &MemberFilter) -> String {
    let search = Search::of(store, PROGRAMME, filter, None).await.unwrap().unwrap();
    let ways = Way::all(&filter.typed);
    // By first name: by the last name a list's own order serves.
    let query = if ways.is_empty() { search.walk(50) } else { search.along(&ways[..2], None, 50) };
    plan(store, query).await
}

/// A list takes as long for a rare state as for a common one, and for one that nobody stands in.
async fn nobody_walks_along_everybody_for_a_few(shared: bool) {
    let (store, _place) = crowd(shared, 20_000).await;
    some_are_rare(&store).await;
    for state in [State::NotInvited, State::Closed] {
        let plan = plan_of(&store, &in_states(&[state])).await;
        if shared {
            assert!(!plan.contains("members_by_search") && !plan.contains("Seq Scan"), "{state}:\n{plan}");
        } else {
            let group = "COVERING INDEX members_by_group (programme_id=? AND integration_id=? AND state=?)";
            assert!(plan.contains(group), "{state}:\n{plan}");
            assert!(!plan.contains("SCAN members") && !plan.contains("ORDER BY"), "{state}:\n{plan}");
        }
    }
    let common = plan_of(&store, &in_states(&[State::Active])).await;
    assert!(!common.contains("Sort") && !common.contains("ORDER BY"), "{common}");
    if shared {
        assert!(common.contains("members_by_search"), "{common}");
        return;
    }
    // SQLite does not know by itself that they are few.
    let by_integration = Some(Route::Integration(INTEGRATION));
    let (excluded, locked) = (
        MemberFilter { excluded: true, route: by_integration, ..MemberFilter::default() },
        MemberFilter { locked_on: Some(date(2026, 11, 23)), route: by_integration, ..MemberFilter::default() },
    );
    for (few, begins) in [
        (MemberFilter { typed: "be".into(), ..in_states(&[State::NotInvited]) }, "members_by_group"),
        (MemberFilter { typed: "be".into(), route: by_integration, ..MemberFilter::default() }, "members_by_group"),
        (excluded.clone(), "sqlite_autoindex_members_1 (programme_id=? AND id=?)"),
        (MemberFilter { typed: "be".into(), ..excluded }, "sqlite_autoindex_members_1 (programme_id=? AND id=?)"),
        (locked.clone(), "members_by_lock"),
        (MemberFilter { typed: "be".into(), ..locked }, "members_by_lock"),
    ] {
        let plan = plan_of(&store, &few).await;
        assert!(plan.contains("few") && plan.contains(begins), "{few:?}:\n{plan}");
        assert!(!plan.contains("SCAN members") && !plan.contains("members_by_first_name"), "{few:?}:\n{plan}");
    }
}

fn is_excluded(search_key: &str) -> bool {
    (0..10).any(|tens| search_key.ends_with(&format!("\t12000{tens}4")))
}

/// Common and rare, by themselves and together; some let nobody through.
fn filters() -> Vec<MemberFilter> {
    let by_integration = Some(Route::Integration(INTEGRATION));
    let stranger = Some(Route::Integration(IntegrationId(Uuid::from_u128(3))));
    vec![
        MemberFilter::default(),
        in_states(&[State::NotInvited]),
        in_states(&[State::Leaver, State::NotInvited]),
        in_states(&[State::Invited]),
        in_states(&[State::Closed, State::Active, State::Leaver]),
        MemberFilter { route: by_integration, ..in_states(&[State::Active]) },
        MemberFilter { route: Some(Route::ByHand), ..MemberFilter::default() },
        MemberFilter { route: stranger, ..MemberFilter::default() },
        MemberFilter { excluded: true, ..in_states(&[State::Active, State::Leaver]) },
        MemberFilter { excluded: true, route: by_integration, ..MemberFilter::default() },
        MemberFilter { locked_on: Some(date(2026, 12, 24)), ..in_states(&[State::Active]) },
        MemberFilter { locked_on: Some(date(2026, 12, 25)), ..MemberFilter::default() },
    ]
}

/// Whatever is asked for, page by page everybody whom it lets through comes once.
async fn everybody_whom_a_filter_lets_through_comes_once(shared: bool) {
    #[derive(FromQueryResult)]
    struct One {
        search_key: String,
        id: Uuid,
        state: String,
        integration_id: Option<Uuid>,
        locked_until: Option<String>,
    }
    let (store, _place) = crowd(shared, 3_000).await;
    some_are_rare(&store).await;
    let sql = "SELECT search_key, id, state, integration_id, locked_until FROM members";
    let everybody: Vec<One> = sql::all(&store.read, sql, vec![]).await.unwrap();
    let keys: HashMap<_, _> = everybody.iter().map(|one| (one.id, one.search_key.as_str())).collect();
    let mut lists = 0;
    for filter in filters().iter().flat_map(|filter| ["", "a", "be", "12000"].map(|typed| with(filter, typed))) {
        let words = names::searched(&filter.typed);
        let lets_through = |one: &&One| {
            let is_in = filter.states.is_empty() || filter.states.iter().any(|state| state.as_str() == one.state);
            let came = match filter.route {
                None => true,
                Some(Route::ByHand) => one.integration_id.is_none(),
                Some(Route::Integration(wanted)) => one.integration_id == Some(wanted.0),
            };
            let locked = |day: Date| one.locked_until.as_ref().is_some_and(|until| *until >= day.to_string());
            let is_found = words.iter().any(|all| all.iter().all(|word| one.search_key.contains(word)));
            is_in
                && came
                && (!filter.excluded || is_excluded(&one.search_key))
                && filter.locked_on.is_none_or(locked)
                && (filter.typed.is_empty() || is_found)
        };
        let mut expected: Vec<Uuid> = everybody.iter().filter(lets_through).map(|one| one.id).collect();
        let (mut found, mut after) = (Vec::new(), None);
        while let Some(search) = Search::of(&store, PROGRAMME, &filter, after).await.unwrap() {
            let page = search.ids(170).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some(MemberId(*last));
            found.extend(page);
        }
        if filter.typed.is_empty() && !shared {
            assert!(found.iter().map(|id| (keys[id], *id)).is_sorted(), "{filter:?} is not in order");
        }
        lists += usize::from(!expected.is_empty());
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{filter:?}");
    }
    assert!(lists > 20, "{lists} lists with anybody in them tell little");
}

fn with(filter: &MemberFilter, typed: &str) -> MemberFilter {
    MemberFilter { typed: typed.to_owned(), ..filter.clone() }
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
async fn nobody_walks_along_everybody_for_a_few_on_sqlite() {
    nobody_walks_along_everybody_for_a_few(false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_walks_along_everybody_for_a_few_on_postgres() {
    nobody_walks_along_everybody_for_a_few(true).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_whom_a_filter_lets_through_comes_once_on_sqlite() {
    everybody_whom_a_filter_lets_through_comes_once(false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_whom_a_filter_lets_through_comes_once_on_postgres() {
    everybody_whom_a_filter_lets_through_comes_once(true).await;
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
