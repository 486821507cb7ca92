//! How many members and mails there are is kept by the database, whatever is done to them and whoever does it.

use std::{num::Wrapping, time::Duration};

use domain::{
    member::{Member, State},
    plan::Kind,
};
use rollcall_store::{
    Credential, MemberSession, Store, Trace,
    copy::copy_all,
    customers::Deletion,
    erasure::Erasure,
    members::Leaving,
    outbox::{MailFilter, Obstacle},
};

use crate::{
    copying::Empty,
    support::{Db, INTEGRATION, NOW, PROGRAMME, both, join, mail, member, of},
};

/// Every number is what there is.
async fn agrees(db: &Db, after: &str) {
    let nil = if db.is_shared() {
        "CAST('00000000-0000-0000-0000-000000000000' AS uuid)"
    } else {
        "x'00000000000000000000000000000000'"
    };
    let differ = format!(
        "SELECT kind || ' ' || state || ': ' || CAST(SUM(number) AS TEXT) FROM (\
         SELECT programme_id, kind, integration_id, state, number FROM tallies \
         UNION ALL SELECT programme_id, 'member', COALESCE(integration_id, {nil}), state, -1 FROM members \
         UNION ALL SELECT programme_id, 'mail', {nil}, state, -1 FROM outbox) AS x \
         GROUP BY programme_id, kind, integration_id, state HAVING SUM(number) <> 0"
    );
    assert_eq!(db.lines(&differ).await, Vec::<String>::new(), "too many, or missing, after: {after}");
}

/// Made-up chance, the same each time.
struct Chance(Wrapping<u64>);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0 * Wrapping(6_364_136_223_846_793_005) + Wrapping(1_442_695_040_888_963_407);
        (self.0.0 >> 33) % end
    }
}

/// Everything that changes what is counted, one thing at a time.
struct Story<'a> {
    db: &'a Db,
    chance: Chance,
    joined: u64,
}

impl Story<'_> {
    /// Does something, and says what.
    async fn go_on(&mut self) -> String {
        let db = self.db;
        let n = 1 + self.chance.below(self.joined.max(1));
        match self.chance.below(10) {
            0 | 1 => self.join().await,
            2 => self.leave_and_return(n).await,
            3 => self.leave_by_hand(n).await,
            4 => self.accept(n).await,
            5 => self.write_a_mail().await,
            6 => {
                db.run(&format!("UPDATE members SET integration_id = NULL WHERE employee_id LIKE '%{}'", n % 10)).await;
                format!("no integration for {}", n % 10)
            }
            7 => {
                let state = ["cancelled", "to-print", "pending"][usize::try_from(n % 3).unwrap()];
                db.run(&format!("UPDATE outbox SET state = '{state}' WHERE state <> 'sent'")).await;
                format!("mails are {state}")
            }
            8 => {
                db.run("DELETE FROM outbox WHERE state = 'cancelled'").await;
                "mails removed".to_owned()
            }
            _ => {
                // What moves nobody is no change.
                db.run("UPDATE members SET version = version, state = state, integration_id = integration_id").await;
                "nothing".to_owned()
            }
        }
    }

    async fn join(&mut self) -> String {
        let rows: Vec<_> = (1..=1 + self.chance.below(5)).map(|more| join(self.joined + more)).collect();
        self.joined += rows.len() as u64;
        self.db.apply(&rows).await;
        let n = self.joined + 10_000;
        self.db.add_by_hand(n, &format!("hand{n}@acme.example")).await;
        format!("{} joined, and one by hand", rows.len())
    }

    async fn leave_and_return(&mut self, n: u64) -> String {
        let Some(known) = self.known(n).await else { return "nobody".to_owned() };
        let left = self.db.apply(&[of(Kind::Leave, &known, 1)]).await;
        agrees(self.db, "left by an import").await;
        let back = self.db.restore_leavers(PROGRAMME, left.number(), NOW).await.unwrap();
        format!("{n} left, and {back} came back")
    }

    async fn leave_by_hand(&mut self, n: u64) -> String {
        let Some(known) = self.known(n).await else { return "nobody".to_owned() };
        let leaving =
            Leaving { programme: PROGRAMME, member: known.id, version: known.version, reason: "inactive", now: NOW };
        assert!(self.db.leave_by_hand(&leaving).await.unwrap());
        agrees(self.db, "left by hand").await;
        if n.is_multiple_of(2) {
            let is_back = self.db.reopen_by_hand(PROGRAMME, known.id, known.version + 1, NOW).await.unwrap();
            return format!("{n} left by hand, back: {is_back}");
        }
        let trace = Trace {
            programme_id: PROGRAMME.0,
            member_id: known.id.0,
            id_hash: None,
            email_hash: None,
            reason: "inactive".into(),
            joined_at: NOW,
            left_at: NOW,
            closed_at: Some(NOW),
            excluded: false,
        };
        assert!(self.db.erase(&Erasure { trace, version: known.version + 1, mail: None }, NOW).await.unwrap());
        format!("{n} left by hand and was closed")
    }

    async fn accept(&mut self, n: u64) -> String {
        let found = self.db.invitations_of(PROGRAMME, &[member(n)]).await.unwrap();
        let Some(invitation) = found.into_values().next() else { return "no invitation".to_owned() };
        let credential = Credential {
            programme_id: PROGRAMME.0,
            member_id: member(n).0,
            password_hash: "hash".into(),
            totp_secret: None,
            totp_last_step: None,
            created_at: NOW,
            updated_at: NOW,
        };
        let session = MemberSession {
            programme_id: PROGRAMME.0,
            token_hash: format!("token {}", self.db.next()),
            member_id: member(n).0,
            created_at: NOW + 8,
            seen_at: NOW + 8,
            second_factor_due: false,
            address: None,
            agent: String::new(),
        };
        format!("{n} came in: {}", self.db.accept_member(&invitation, &credential, &session).await.unwrap())
    }

    async fn write_a_mail(&mut self) -> String {
        let mail = mail(self.db.next(), NOW);
        self.db.add_mail(&mail).await.unwrap();
        match self.chance.below(4) {
            0 => self.db.note_sent(&mail, NOW).await.unwrap(),
            1 => assert!(self.db.cancel_mail(PROGRAMME, mail.id).await.unwrap()),
            2 => {
                let refused = Obstacle { code: "refused", detail: "no", is_doubtful: false };
                self.db.note_obstacle(&mail, refused, None).await.unwrap();
                agrees(self.db, "a mail that failed").await;
                assert!(self.db.try_again(PROGRAMME, mail.id, NOW).await.unwrap());
            }
            _ => {}
        }
        "a mail".to_owned()
    }

    /// Member `n`, where their account is open and an import's.
    async fn known(&self, n: u64) -> Option<Member> {
        let found = self.db.members_by_number(PROGRAMME, &[member(n)]).await.unwrap().pop();
        found.filter(|found| found.state.is_current() && found.integration.is_some())
    }
}

async fn numbers_are_what_there_is_whatever_happens(db: &Db) {
    let mut story = Story { db, chance: Chance(Wrapping(7)), joined: 0 };
    let mut told = vec![story.join().await];
    for _ in 0..60 {
        told.push(story.go_on().await);
        agrees(db, &told.join("; ")).await;
    }
    let states = db.members_by_state(PROGRAMME, None).await.unwrap();
    let number = |state: State| states.iter().find(|(one, _)| *one == state).map_or(0, |(_, number)| *number);
    let closed = db.number("SELECT COUNT(*) FROM members WHERE state = 'closed'").await;
    assert_eq!(number(State::Closed), u64::try_from(closed).unwrap(), "{told:#?}");
    let hand = db.number("SELECT COUNT(*) FROM members WHERE state = 'not-invited'").await;
    assert_eq!(db.count_not_invited(PROGRAMME).await.unwrap(), u64::try_from(hand).unwrap());
    let sent = db.mails(PROGRAMME, &MailFilter { state: "sent".into(), ..MailFilter::default() }, None, 999).await;
    let kept = db.mails_by_state(PROGRAMME).await.unwrap().into_iter().find(|one| one.state == "sent");
    assert_eq!(kept.map_or(0, |one| one.mails), i64::try_from(sent.unwrap().len()).unwrap());

    // Copied with the rows that they are of; and kept from there on, whichever slots they are in.
    for empty in Empty::each() {
        let to = Store::open_empty(&empty.address()).await.unwrap();
        copy_all(db, &to, &|_| {}).await.unwrap();
        to.close().await.unwrap();
        let copy = Db::at(empty.address()).await;
        agrees(&copy, "a copy").await;
        copy.run("UPDATE members SET state = 'leaver' WHERE state = 'invited'").await;
        copy.run("DELETE FROM outbox WHERE state = 'sent'").await;
        agrees(&copy, "changes of a copy").await;
    }

    assert_eq!(db.delete_programme(PROGRAMME, NOW).await.unwrap(), Deletion::Done);
    agrees(db, "the programme was deleted").await;
    assert_eq!(db.number("SELECT COUNT(*) FROM tallies").await, 0);
}

async fn states_that_nobody_stands_in_are_left_out(db: &Db) {
    assert_eq!(db.members_by_state(PROGRAMME, None).await.unwrap(), []);
    assert_eq!(db.current_members(PROGRAMME, INTEGRATION).await.unwrap(), 0);
    db.employ(3).await;
    db.add_by_hand(40, "hand@acme.example").await;
    let all = [(State::NotInvited, 1), (State::Invited, 3)];
    assert_eq!(db.members_by_state(PROGRAMME, None).await.unwrap(), all);
    assert_eq!(db.members_by_state(PROGRAMME, Some(INTEGRATION)).await.unwrap(), [(State::Invited, 3)]);
    db.run("UPDATE members SET state = 'active' WHERE state = 'invited'").await;
    assert_eq!(db.members_by_state(PROGRAMME, Some(INTEGRATION)).await.unwrap(), [(State::Active, 3)]);
    assert_eq!(db.current_members(PROGRAMME, INTEGRATION).await.unwrap(), 3);
    let census = db.census(PROGRAMME).await.unwrap();
    assert_eq!((census.members, census.leavers, census.mails, census.waiting_mails), (4, 0, 3, 0));
    let listed = db.list_programmes().await.unwrap();
    assert_eq!(listed.iter().map(|one| one.members).collect::<Vec<_>>(), [4, 0]);
}

/// A database of the version before, which a program of that version goes on working on.
async fn what_there_was_before_is_counted_once(db: &Db) {
    db.employ(7).await;
    db.add_by_hand(40, "hand@acme.example").await;
    for table in ["members", "outbox"] {
        for name in ["added", "moved", "removed"] {
            let (of_postgres, of_sqlite) =
                (format!("DROP FUNCTION {table}_tally_{name}() CASCADE"), format!("DROP TRIGGER {table}_tally_{name}"));
            db.run(if db.is_shared() { &of_postgres } else { &of_sqlite }).await;
        }
    }
    db.run("DROP TABLE tallies; DROP INDEX members_without_address; DROP INDEX traces_excluded").await;
    let back = if db.is_shared() {
        "DROP FUNCTION tally_slot(uuid)"
    } else {
        "CREATE INDEX members_by_state ON members (programme_id, integration_id, state)"
    };
    db.run(back).await;
    db.run("DELETE FROM seaql_migrations WHERE version = 'm0021_tallies'").await;
    db.run("UPDATE members SET state = 'active' WHERE employee_id < '4'").await;
    let again = db.open_again().await;
    agrees(db, "the step was made").await;
    assert_eq!(again.current_members(PROGRAMME, INTEGRATION).await.unwrap(), 7);
    db.apply(&[join(8), of(Kind::Leave, &db.member(1).await, 9)]).await;
    agrees(db, "a change").await;
    again.close().await.unwrap();
}

both!(
    numbers_are_what_there_is_whatever_happens,
    states_that_nobody_stands_in_are_left_out,
    what_there_was_before_is_counted_once,
);

/// Somebody who comes in, or a mail that goes, waits for no batch of an import: each has a slot that no other has.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_waits_for_somebody_else_s_transaction() {
    let db = Db::postgres().await;
    db.employ(4).await;
    db.add_mail(&mail(1, NOW)).await.unwrap();
    db.run("BEGIN").await;
    db.run("UPDATE members SET state = 'active' WHERE employee_id = '1'").await;
    db.run("UPDATE outbox SET state = 'cancelled' WHERE kind = 'summary'").await;
    let meanwhile = async {
        db.apply(&[of(Kind::Leave, &db.member(2).await, 1), join(5)]).await;
        db.run_beside("UPDATE members SET state = 'active' WHERE employee_id = '3'").await;
    };
    tokio::time::timeout(Duration::from_secs(20), meanwhile).await.expect("it waited");
    db.run("COMMIT").await;
    agrees(&db, "both").await;

    // All slots but one are somebody else's.
    let slot = |number: u8| format!("SELECT pg_advisory_xact_lock(hashtext('{}'), {number})", PROGRAMME.0);
    db.run("BEGIN").await;
    for number in (0..16).filter(|number| *number != 11) {
        db.run(&slot(number)).await;
    }
    db.run_beside("UPDATE outbox SET state = 'failed'").await;
    let slots = db.lines("SELECT CAST(slot AS text) FROM tallies WHERE state = 'failed'").await;
    assert_eq!(slots, ["11"]);
    db.run(&slot(11)).await;
    // All of them: then it goes on all the same.
    db.run_beside("UPDATE outbox SET state = 'sent' WHERE state <> 'sent'").await;
    db.run("COMMIT").await;
    agrees(&db, "all slots taken").await;
}
