//! Faults, injected from outside. After each: nothing lost, nothing twice, and what is shown is the case.

mod clock;
mod closing;
mod database;
mod disk;
mod mail;
mod soak;
mod source;
mod stages;

use std::{collections::BTreeSet, time::Duration};

use ::soak::{Facts, Ledger, Node, Place, Portal, Postbox, Stopped, compare_with_source, until};

use crate::world::{CLIENT_ID, PROGRAMME, Report, World};

/// How long a server that is told to stop may take.
const GRACE: Duration = Duration::from_secs(10);

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_mins(2);

/// An installation that something happens to, and all that is looked at.
struct Trial {
    world: World,
    place: Place,
    ledger: Ledger,
    post: Postbox,
    portal: Option<Portal>,
}

impl Trial {
    /// Around an installation, which is looked at past whatever the program is kept from.
    fn new(world: World) -> Self {
        let program = env!("CARGO_BIN_EXE_rollcall");
        let place = Place::new(program, world.data(), world.database()).with("ROLLCALL_PAGE_PATIENCE", 3);
        let post = Postbox::over(&world.data().join("mail"));
        Self { world, place, ledger: Ledger::new(), post, portal: None }
    }

    /// A server runs, the first administrator is there, and the integration is set up; nobody is imported yet.
    fn begin(&mut self) -> Node {
        let mut node = self.serve();
        self.portal = Some(Portal::begin(&mut node).expect("the first administrator begins"));
        self.world.apply(&self.world.set_up());
        node
    }

    fn serve(&self) -> Node {
        Node::start(&self.place, &[]).expect("the server starts")
    }

    /// The portal at this server.
    fn at(&self, node: &Node) -> Portal {
        self.portal.as_ref().expect("it has begun").at(node).expect("it lets in")
    }

    /// *Import data now*, at this server.
    fn start_import(&self, node: &Node) {
        self.at(node).start_import().expect("the import is started");
    }

    /// What the database says.
    fn facts(&self) -> Facts {
        Facts::of(&self.world_place()).expect("the database can be looked at")
    }

    /// The installation, by the direct way.
    fn world_place(&self) -> Place {
        Place::new(env!("CARGO_BIN_EXE_rollcall"), self.world.data(), self.world.database())
    }

    /// Waits until this is the case; what holds at any moment is looked at meanwhile.
    #[track_caller]
    fn reaches(&mut self, what: &str, so: impl Fn(&Facts) -> bool) {
        let mut last = String::new();
        let reached = until(PATIENCE, || {
            self.post.look();
            let facts = self.facts();
            assert_eq!(self.ledger.look(&facts), [], "while waiting for {what}");
            assert_eq!(self.ledger.look_at_post(&facts, self.post.arrived(), usize::MAX), []);
            let is_so = so(&facts);
            last = facts.to_string();
            is_so
        });
        assert!(reached, "it did not come to {what}: {last}");
    }

    /// Waits until an import is in this state.
    #[track_caller]
    fn reaches_state(&mut self, state: &str) {
        self.reaches(state, |facts| facts.newest(PROGRAMME).is_some_and(|(_, now)| now == state));
    }

    /// Waits until nobody has anything to do.
    #[track_caller]
    fn rests(&mut self) {
        self.reaches("rest", |facts| facts.unfinished() == 0 && facts.mails_due(i64::MAX) == 0);
    }

    /// An import by command that comes to its end.
    #[track_caller]
    fn import(&self) -> Report {
        let ran = self.place.run(&["import", PROGRAMME, "--json"]).expect("the program runs");
        let json = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
        Report::read(&json)
    }

    /// Everything is over: what is shown is the case, the server stops in good order, the members are as the source says,
    /// another import has nothing to do, and nothing is left lying about.
    #[track_caller]
    fn is_kept(&mut self, node: Node, doubtful: usize) {
        self.rests();
        let facts = self.facts();
        if self.portal.is_some() {
            assert_eq!(self.at(&node).compare(&facts), []);
        }
        stops(node);
        // Whoever was killed gave nothing up: that counts for as long as a lease does.
        until(Duration::from_secs(12), || self.facts().leases() == 0);
        self.post.look();
        let facts = self.facts();
        assert_eq!(self.ledger.look_when_quiet(&facts, self.post.arrived()), []);
        assert_eq!(self.ledger.look_at_post(&facts, self.post.arrived(), doubtful), []);
        self.import().completed();
        let (place, nobody) = (self.world_place(), BTreeSet::new());
        let compared = self.world.sandbox.company(CLIENT_ID, |it| compare_with_source(&place, PROGRAMME, it, &nobody));
        assert_eq!(compared.expect("the company is there"), []);
        self.import().quiet();
        let facts = self.facts();
        assert_eq!(self.ledger.look(&facts), []);
        assert_eq!(facts.leases(), 0, "commands give their leases up");
    }

    /// Every answer of the HR system takes so long.
    fn slow(&self, milliseconds: u64) {
        let knobs = |knobs: &mut sandbox::Knobs| knobs.latency_ms = milliseconds;
        self.world.sandbox.knobs(CLIENT_ID, knobs).expect("the company is there");
    }
}

/// The server is told to stop, which it does in time, in good order, and leaves no lease behind.
#[track_caller]
fn stops(node: Node) -> Stopped {
    let stopped = node.terminate(GRACE * 3);
    assert_eq!(stopped.code, 0, "{stopped:?}");
    assert!(stopped.took <= GRACE, "it took {:?} to stop: {}", stopped.took, stopped.complaints);
    stopped
}
