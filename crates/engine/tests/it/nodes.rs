//! Many nodes on one database: they share the work, and none does what another is doing.

use std::{path::Path, time::Duration};

use domain::{
    ids::ImportId,
    import::{Purpose, State},
};
use engine::{
    Actor, Engine,
    import::{Request, Silent},
    setup::SetUp,
};
use sandbox::{Company, Fault, FaultKind, Knobs};
use store::{Integration, Programme};
use tokio::{
    sync::watch,
    task::JoinHandle,
    time::{Instant, sleep, timeout},
};

use crate::{
    bed::{Bed, CLIENT, SECRET},
    both,
    people::people,
};

pub(crate) const ASKED: Request = Request { purpose: Purpose::Apply, trigger: "portal", renumbered: false };

/// A node at work.
struct Node {
    stop: watch::Sender<bool>,
    work: JoinHandle<()>,
}

impl Node {
    fn at_work(engine: &Engine) -> Self {
        let (stop, stopping) = watch::channel(false);
        let engine = engine.clone();
        Self { stop, work: tokio::spawn(async move { Box::pin(engine.work(stopping)).await }) }
    }

    /// Tells it to stop; how long that took.
    async fn stop(self) -> Duration {
        let begin = Instant::now();
        self.stop.send_replace(true);
        self.work.await.expect("it worked to its end");
        begin.elapsed()
    }
}

/// A programme of its own, with an integration that reads as this client.
pub(crate) async fn programme(
    bed: &Bed,
    slug: &str,
    client: &str,
    requests_per_minute: u32,
) -> (Programme, Integration) {
    let file = format!(
        "[programme]\nslug = \"{slug}\"\nname = \"{slug}\"\ntime_zone = \"Europe/Berlin\"\n\
         [integration]\nsource = \"personio\"\nowner = \"hr@acme.example\"\nbase_url = \"{}\"\n\
         client_id = \"{client}\"\nclient_secret = \"{SECRET}\"\nfrequency = \"daily\"\n\
         requests_per_minute = {requests_per_minute}\n\
         [mapping]\nemployee_id = \"id\"\nemail = \"email\"\nfirst_name = \"first_name\"\nlast_name = \"last_name\"\n",
        bed.sandbox.base_url()
    );
    let set_up = SetUp::parse(&file, Path::new("."), &|_| None).expect("a good file");
    bed.engine.set_up(&set_up, None, &Actor::command()).await.expect("set up");
    let programme = bed.engine.programme(slug).await.expect("set up");
    let integration = bed.engine.integration(&programme, None).await.expect("set up");
    (programme, integration)
}

async fn ask((programme, integration): &(Programme, Integration), engine: &Engine) -> ImportId {
    engine.start_import(programme, integration, ASKED, &Actor::command()).await.expect("asked")
}

async fn state(engine: &Engine, import: ImportId) -> State {
    engine.import_by_number(import).await.expect("an import").state().expect("a state")
}

/// Waits until an import stands there; how long that took.
async fn until(engine: &Engine, import: ImportId, wanted: State) -> Duration {
    let begin = Instant::now();
    let reached = async {
        while state(engine, import).await != wanted {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(Duration::from_secs(40), reached).await.expect("in time");
    begin.elapsed()
}

/// R39, R50
async fn nodes_share_what_waits_and_nothing_is_done_twice(bed: Bed) {
    bed.employ_people(people(12));
    let mut asked = Vec::new();
    for number in 0..10 {
        let its = programme(&bed, &format!("p{number}"), CLIENT, 0).await;
        asked.push((ask(&its, &bed.engine).await, its));
    }
    let other = bed.another_engine().await;
    let nodes = [Node::at_work(&bed.engine), Node::at_work(&other)];
    for (import, (programme, _)) in &asked {
        until(&bed.engine, *import, State::Completed).await;
        let delivered = async {
            while bed.engine.outbox(programme).await.expect("mails").iter().any(|mail| mail.state != "sent") {
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(Duration::from_secs(40), delivered).await.expect("in time");
        let mails = bed.engine.outbox(programme).await.expect("mails");
        assert_eq!(mails.iter().filter(|mail| mail.kind == "welcome").count(), 12);
        assert!(mails.iter().all(|mail| mail.attempts == 1), "each went once");
        assert_eq!(bed.engine.store().imports(programme.number(), 9).await.expect("imports").len(), 1);
    }
    assert!(bed.engine.store().unfinished_imports().await.expect("imports").is_empty());
    for node in nodes {
        node.stop().await;
    }
}

/// Two hands: one may be busy for hours with people that only the source knows the number of, the other is for those
/// who are known to be few.
async fn a_large_programme_holds_up_no_small_one(bed: Bed) {
    bed.employ_people(people(12));
    let small = programme(&bed, "small", CLIENT, 0).await;
    bed.engine.import(&small.0, &small.1, ASKED, &Silent).await.expect("it is known to be small");
    let company = Company::generate(3, 300, jiff::civil::date(2026, 11, 23));
    bed.sandbox.add_company_with("papi-large", SECRET, company, Knobs::default().unlimited());
    let hangs = Fault::new(FaultKind::Hang { within: false }).page(2);
    bed.sandbox.add_fault("papi-large", hangs).expect("a fault");
    let mut large = Vec::new();
    for slug in ["large-1", "large-2"] {
        large.push(ask(&programme(&bed, slug, "papi-large", 0).await, &bed.engine).await);
    }
    let node = Node::at_work(&bed.engine.clone().with_imports_at_once(2));
    until(&bed.engine, large[0], State::Reading).await;
    let asked = ask(&small, &bed.engine).await;
    until(&bed.engine, asked, State::Completed).await;
    assert_eq!(state(&bed.engine, large[0]).await, State::Reading);
    assert_eq!(state(&bed.engine, large[1]).await, State::Queued, "it waits for the one that is busy");
    assert!(node.stop().await < Duration::from_secs(2), "reading stops at once");
}

/// R54: within seconds, and not only once the lease has run out.
async fn a_node_that_is_told_to_stop_hands_its_work_over_at_once(bed: Bed) {
    bed.employ_people(people(300));
    let its = programme(&bed, "acme", CLIENT, 0).await;
    bed.sandbox.add_fault(CLIENT, Fault::new(FaultKind::Hang { within: false }).page(2)).expect("a fault");
    let asked = ask(&its, &bed.engine).await;
    let other = bed.another_engine().await;
    let first = Node::at_work(&bed.engine);
    until(&bed.engine, asked, State::Reading).await;
    let second = Node::at_work(&other);
    sleep(Duration::from_millis(300)).await;
    bed.sandbox.clear_faults(CLIENT).expect("a company");
    let took = first.stop().await;
    assert!(took < Duration::from_secs(2), "{took:?}");
    let took = until(&bed.engine, asked, State::Completed).await;
    assert!(took < Duration::from_secs(8), "{took:?}");
    let members = bed.engine.store().current_members(its.0.number(), its.1.number()).await.expect("counted");
    assert_eq!(members, 300);
    second.stop().await;
}

/// R6: with one count over all processes, the source never has to refuse anybody.
async fn r6_two_nodes_never_ask_more_often_than_is_allowed_together(bed: Bed) {
    let company = Company::generate(3, 2_000, jiff::civil::date(2026, 11, 23));
    bed.sandbox.add_company_with(CLIENT, SECRET, company, Knobs::default());
    let other = bed.another_engine().await;
    let (one, two) = (programme(&bed, "one", CLIENT, 300).await, programme(&bed, "two", CLIENT, 300).await);
    let begin = Instant::now();
    let (first, second) =
        tokio::join!(bed.engine.import(&one.0, &one.1, ASKED, &Silent), other.import(&two.0, &two.1, ASKED, &Silent),);
    let took = begin.elapsed();
    let (first, second) = (first.expect("an import"), second.expect("an import"));
    assert_eq!((first.state, second.state), (State::Completed, State::Completed), "{first:?} {second:?}");
    let log = bed.sandbox.log();
    assert!(log.iter().all(|request| request.status != Some(429)), "nobody was refused");
    let pages = log.iter().filter(|request| request.path.ends_with("/employees")).count();
    assert!(pages >= 40, "{pages}");
    assert!(took < Duration::from_secs(20), "{took:?}: they take turns");
}

/// Somebody presses *Start*, and looks at the bar.
async fn an_import_is_taken_up_at_once(bed: Bed) {
    bed.employ_people(people(300));
    bed.sandbox.add_fault(CLIENT, Fault::new(FaultKind::Slow { ms: 20 })).expect("a fault");
    let its = programme(&bed, "acme", CLIENT, 0).await;
    let node = Node::at_work(&bed.engine);
    let mut quickest = Duration::MAX;
    for _ in 0..8 {
        let begin = Instant::now();
        let asked = ask(&its, &bed.engine).await;
        let mut watched = bed.engine.watch(asked).await.expect("watched");
        let moved = watched.wait_for(|now| now.state != State::Queued && (now.done > 0 || now.finished));
        timeout(Duration::from_secs(30), moved).await.expect("in time").expect("told");
        quickest = quickest.min(begin.elapsed());
        until(&bed.engine, asked, State::Completed).await;
    }
    assert!(quickest <= Duration::from_millis(300), "{quickest:?}");
    node.stop().await;
}

/// A word is passed on, so that nobody has to wait until the other node looks by itself.
#[tokio::test(flavor = "multi_thread")]
async fn what_one_node_is_asked_another_hears_at_once() {
    let bed = Bed::on_postgres().await;
    bed.employ_people(people(3));
    let its = programme(&bed, "acme", CLIENT, 0).await;
    let other = bed.another_engine().await;
    let node = Node::at_work(&other);
    sleep(Duration::from_millis(500)).await;
    let begin = Instant::now();
    for _ in 0..6 {
        let asked = ask(&its, &bed.engine).await;
        until(&bed.engine, asked, State::Completed).await;
    }
    let took = begin.elapsed();
    assert!(took < Duration::from_millis(4_500), "{took:?}: a look every two seconds would take longer");
    node.stop().await;
}

/// R6: the command that has set something up ends; whoever imports then would wait until it is taken for dead.
async fn r6_setting_up_gives_the_count_of_requests_back(bed: Bed) {
    bed.employ_people(people(1));
    programme(&bed, "club", CLIENT, 300).await;
    assert_eq!(bed.number("SELECT COUNT(*) FROM allowances").await, 1, "its requests were counted");
    assert_eq!(bed.number("SELECT COUNT(*) FROM allowances WHERE owner IS NOT NULL").await, 0);
}

both!(
    nodes_share_what_waits_and_nothing_is_done_twice,
    a_large_programme_holds_up_no_small_one,
    a_node_that_is_told_to_stop_hands_its_work_over_at_once,
    r6_two_nodes_never_ask_more_often_than_is_allowed_together,
    r6_setting_up_gives_the_count_of_requests_back,
    an_import_is_taken_up_at_once,
);
