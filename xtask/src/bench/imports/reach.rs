//! What imports are to reach, and did.

use super::{
    super::{
        Database,
        figures::{Samples, Spread},
        reach::Reach,
        report::thousands,
    },
    Job, What,
    peers::Peer,
};

/// How many people most of it is promised for.
const PEOPLE: u32 = 100_000;

/// Everything that can be said of what was measured. Ratios to other things are promised for 100,000 people; for other
/// numbers they are told as well.
pub(super) fn of(all: &[Samples]) -> Vec<(u32, Vec<Reach>)> {
    all.iter().map(|samples| (samples.people, of_one(samples))).filter(|(_, reaches)| !reaches.is_empty()).collect()
}

fn of_one(samples: &Samples) -> Vec<Reach> {
    use Job::{Changed, First, Unchanged};
    let mut reaches = Vec::new();
    let mut add = |what: String, limit, got: Option<Spread>, unit| {
        reaches.extend(got.map(|got| Reach::at_most(what, limit, got, unit)));
    };
    for database in [Database::Sqlite, Database::Postgres] {
        let own = |job| (job, What::Rollcall(database));
        let (plain, of_plain) = match database {
            Database::Sqlite => (Peer::PlainSqlite, 0.4),
            Database::Postgres => (Peer::SqlalchemyPostgres, 0.5),
        };
        let against = |job, others: &[(Job, What)]| samples.ratio(own(job), others);
        let floor = [(First, What::Read), (First, What::Write(database))];
        add(format!("{First}, {database} ÷ floor (a + b)"), 1.5, against(First, &floor), "");
        for (peer, limit) in [(plain, of_plain), (Peer::AirbyteLines, 0.04), (Peer::DltDuckdb, 0.02)] {
            let got = against(First, &[(First, What::Peer(peer))]);
            add(format!("{First}, {database} ÷ {peer}"), limit, got, "");
        }
        let got = against(Unchanged, &[(Unchanged, What::Read)]);
        add(format!("{Unchanged}, {database} ÷ floor (a)"), 1.4, got, "");
        let got = against(Unchanged, &[(Unchanged, What::Peer(plain))]);
        add(format!("{Unchanged}, {database} ÷ {plain}"), 0.25, got, "");
        let got = against(Changed, &[(Changed, What::Read)]);
        add(format!("{Changed}, {database} ÷ floor (a)"), 1.5, got, "");
        let most = if samples.people <= PEOPLE { 64.0 } else { 160.0 };
        let peak = samples.of_each_run(First, What::Rollcall(database), |figures| figures.peak / 1e6);
        add(format!("{First}, {database}, peak memory"), most, peak.map(Spread::of), " MB");
    }
    reaches
}

/// How much longer a person takes among many than among few.
pub(super) fn growth(few: &Samples, many: &Samples) -> Vec<Reach> {
    let mut reaches = Vec::new();
    for (database, limit) in [(Database::Sqlite, 1.5), (Database::Postgres, 1.2)] {
        for job in Job::ALL {
            let median = |samples: &Samples| {
                let walls = samples.of_each_run(job, What::Rollcall(database), |figures| figures.wall)?;
                Some(Spread::of(walls).median / f64::from(samples.people))
            };
            let (Some(few_each), Some(many_each)) = (median(few), median(many)) else { continue };
            let [few, many] = [few, many].map(|samples| thousands(u64::from(samples.people)));
            let what = format!("{job}, {database}: a person among {many} ÷ one among {few}");
            reaches.push(Reach::at_most(what, limit, Spread::of([many_each / few_each]), ""));
        }
    }
    reaches
}
