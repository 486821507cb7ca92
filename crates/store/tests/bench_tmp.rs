#![allow(warnings)]
#[path = "it/support/mod.rs"]
mod support;
use domain::field::Field;
use domain::plan::Kind;
use rollcall_store::plan::PlanRow;
use std::time::Instant;
use support::*;

fn n() -> u64 {
    std::env::var("N").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000)
}

async fn stage(db: &Db, run: &Run, rows: &[PlanRow], what: &str) {
    let t = Instant::now();
    for rows in rows.chunks(1000) {
        run.plan(db).stage(&run.lease, rows, &[]).await.unwrap();
    }
    println!("{what}: stage {} rows {:?}", rows.len(), t.elapsed());
}
async fn go(db: &Db, rows: Vec<PlanRow>, what: &str) {
    let run = db.begin(domain::import::State::Applying).await;
    stage(db, &run, &rows, what).await;
    let t = Instant::now();
    let c = run.plan(db).contended().await.unwrap();
    println!("{what}: contended {:?} ({} claims)", t.elapsed(), c.claims.len());
    let t = Instant::now();
    let sizes = run.apply(db).await;
    println!("{what}: apply {:?} in {} batches", t.elapsed(), sizes.len());
    let t = Instant::now();
    db.look_again(&run.lease, &run.import).await.unwrap();
    println!("{what}: look_again {:?}", t.elapsed());
    let imp = run.finish(db).await;
    let p = db.problems_of(&imp).await.len();
    if p > 0 {
        println!("{what}: {p} problems!");
    }
}
fn upd(n: u64, f: impl Fn(&mut PlanRow), version: i64, kind: Kind) -> PlanRow {
    let mut m = employed(n);
    m.version = version;
    let mut r = of(kind, &m, n as i64);
    f(&mut r);
    r
}
fn newcomer_(n: u64, a: &str) -> PlanRow {
    let mut row = takes(join(n), a);
    row.change.before.clear();
    row
}
async fn lookups(db: &Db, n: u64) {
    for size in [100usize, 1000] {
        let t = Instant::now();
        let mut found = 0;
        for k in 0..30u64 {
            let ids: Vec<String> = (0..size as u64).map(|i| ((k * 3331 + i * 17) % n + 1).to_string()).collect();
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            found += db.members_by_employee_id(PROGRAMME, INTEGRATION, &ids).await.unwrap().len();
        }
        println!("30 x {size} by employee id: {found} {:?}", t.elapsed());
        let t = Instant::now();
        let mut found = 0;
        for k in 0..30u64 {
            let ids: Vec<String> = (0..size as u64).map(|i| email((k * 3331 + i * 17) % n + 1)).collect();
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            found += db.members_by_email(PROGRAMME, &ids).await.unwrap().len();
        }
        println!("30 x {size} by email: {found} {:?}", t.elapsed());
        let t = Instant::now();
        let mut found = 0;
        for k in 0..30u64 {
            let ids: Vec<_> = (0..size as u64).map(|i| member((k * 3331 + i * 17) % n + 1)).collect();
            found += db.members_by_number(PROGRAMME, &ids).await.unwrap().len();
        }
        println!("30 x {size} by number: {found} {:?}", t.elapsed());
    }
}
async fn bench(db: &Db) {
    let n = n();
    let only = std::env::var("ONLY").ok();
    go(db, (1..=n).map(join).collect(), "joins").await;
    if std::env::var("LOOK").is_ok() {
        lookups(db, n).await;
        return;
    }
    go(
        db,
        (1..=n)
            .map(|n| {
                upd(
                    n,
                    |r| {
                        r.change.after.insert(Field::JobTitle, "Chief".into());
                    },
                    1,
                    Kind::Update,
                )
            })
            .collect(),
        "updates",
    )
    .await;
    go(db, (1..=n).map(|n| upd(n, |r| {}, 2, Kind::Refresh)).collect(), "refresh").await;
    go(
        db,
        (1..=n).map(|n| takes(upd(n, |r| {}, 2, Kind::Update), &format!("q{n}@acme.example"))).collect(),
        "new addresses",
    )
    .await;
    if std::env::var("RENUMBER").is_ok() {
        go(
            db,
            (1..=n)
                .map(|n| {
                    upd(
                        n,
                        |r| {
                            r.position = 1;
                            r.change.employee_id = Some(format!("x{n}"));
                            r.change.changes_id = true;
                            r.change.after.insert(Field::Email, format!("q{n}@acme.example"));
                        },
                        3,
                        Kind::Update,
                    )
                })
                .collect(),
            "renumbered in one group",
        )
        .await;
    }
    let v = if std::env::var("RENUMBER").is_ok() { 4 } else { 3 };
    go(
        db,
        (1..=n)
            .map(|n| {
                upd(
                    n,
                    |r| {
                        if v == 4 {
                            r.change.employee_id = Some(format!("x{n}"));
                        }
                        r.change.after.insert(Field::Email, format!("q{n}@acme.example"));
                    },
                    v,
                    Kind::Leave,
                )
            })
            .collect(),
        "leaves",
    )
    .await;
    let rows: Vec<_> = (1..=n)
        .map(|n| {
            upd(
                n,
                |r| {
                    if v == 4 {
                        r.change.employee_id = Some(format!("x{n}"));
                    }
                    r.change.state = Some(domain::member::State::Invited);
                    let w = if n % 2 == 1 { n + 1 } else { n - 1 };
                    r.position = (n as i64 + 1) / 2;
                    *r = takes(r.clone(), &format!("q{w}@acme.example"));
                },
                v + 1,
                Kind::Rejoin,
            )
        })
        .collect();
    go(db, rows, "rejoin, swapping in pairs").await;
    let rows: Vec<_> = (1..=n).map(|n| upd(n, |r| {}, 77, Kind::Leave)).collect();
    go(db, rows, "all passed over").await;
    let rows: Vec<_> = (1..=n).map(|k| newcomer_(k + n, &format!("q{k}@acme.example"))).collect();
    go(db, rows, "joins whose address is taken").await;
    let t = Instant::now();
    println!("due {:?} {:?}", db.due_mails(PROGRAMME, i64::MAX, 100).await.unwrap().len(), t.elapsed());
}
#[tokio::test(flavor = "multi_thread")]
async fn sqlite() {
    println!("== sqlite");
    bench(&Db::sqlite().await).await;
}
#[tokio::test(flavor = "multi_thread")]
async fn postgres() {
    println!("== postgres");
    bench(&Db::postgres().await).await;
}
