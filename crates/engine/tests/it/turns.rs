//! Delivery when many programmes have mails: how they take turns (R50).

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use engine::import::Silent;
use store::{Integration, Programme};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    time::sleep,
};

use crate::{
    bed::{Bed, CLIENT},
    both,
    nodes::{ASKED, programme},
    people::people,
    post::posting,
};

/// A mail server that takes its time, and counts.
#[derive(Default)]
struct Slow {
    in_hand: AtomicUsize,
    most_in_hand: AtomicUsize,
    taken: AtomicUsize,
}

impl Slow {
    /// Starts one; tells its address as well.
    async fn start() -> (Arc<Self>, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("smtp://localhost:{}", listener.local_addr().expect("it listens").port());
        let slow = Arc::new(Self::default());
        let counts = Arc::clone(&slow);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let counts = Arc::clone(&counts);
                tokio::spawn(async move { counts.talk(stream).await });
            }
        });
        (slow, url)
    }

    async fn talk(&self, stream: TcpStream) -> io::Result<()> {
        let (from, mut to) = stream.into_split();
        to.write_all(b"220 slow.test\r\n").await?;
        let mut lines = BufReader::new(from).lines();
        let mut in_text = false;
        while let Some(line) = lines.next_line().await? {
            if in_text && line != "." {
                continue;
            }
            let answer = if in_text {
                in_text = false;
                sleep(Duration::from_millis(300)).await;
                self.in_hand.fetch_sub(1, Ordering::SeqCst);
                self.taken.fetch_add(1, Ordering::SeqCst);
                "250 taken on\r\n"
            } else if line == "DATA" {
                in_text = true;
                let in_hand = self.in_hand.fetch_add(1, Ordering::SeqCst) + 1;
                self.most_in_hand.fetch_max(in_hand, Ordering::SeqCst);
                "354 go on\r\n"
            } else {
                "250 slow.test\r\n"
            };
            to.write_all(answer.as_bytes()).await?;
        }
        Ok(())
    }
}

/// So many programmes, each of them with the mails of one import.
async fn programmes(bed: &Bed, count: usize) -> Vec<(Programme, Integration)> {
    let mut all = Vec::new();
    for number in 0..count {
        all.push(programme(bed, &format!("p{number}"), CLIENT, 0).await);
    }
    import(bed, &all).await;
    all
}

async fn import(bed: &Bed, programmes: &[(Programme, Integration)]) {
    for (programme, integration) in programmes {
        bed.engine.import(programme, integration, ASKED, &Silent).await.expect("an import");
    }
}

/// A mail server that is slow with one programme's mail holds up no other, and has no more in hand than for one alone.
async fn programmes_with_one_mail_each_have_their_turns_side_by_side(bed: Bed) {
    bed.employ_people(people(3));
    let all = programmes(&bed, 6).await;
    assert_eq!(bed.engine.deliver().await.expect("delivered"), 6 * 4);
    import(&bed, &all).await;
    let (server, url) = Slow::start().await;
    let engine = posting(&bed, url, 60).await;
    assert_eq!(engine.deliver().await.expect("delivered"), 6, "a summary each");
    assert_eq!(server.most_in_hand.load(Ordering::SeqCst), 4);
    // Many mails of several programmes are no more at once.
    bed.employ_people(people(6));
    import(&bed, &all).await;
    assert_eq!(engine.deliver().await.expect("delivered"), 6 * 4, "three invitations and a summary each");
    assert_eq!(server.most_in_hand.load(Ordering::SeqCst), 4);
    assert_eq!(server.taken.load(Ordering::SeqCst), 30, "each went once");
}

async fn nothing_goes_twice_whoever_delivers_at_the_same_time(bed: Bed) {
    bed.employ_people(people(12));
    let all = programmes(&bed, 6).await;
    let other = bed.another_engine().await;
    let (one, two) = tokio::join!(bed.engine.deliver(), other.deliver());
    assert_eq!(one.expect("delivered") + two.expect("delivered"), 6 * 13);
    for (programme, _) in &all {
        let mails = bed.engine.outbox(programme).await.expect("mails");
        assert!(mails.iter().all(|mail| mail.state == "sent" && mail.attempts == 1), "each went once");
    }
    let files = std::fs::read_dir(bed.place.path().join("mail")).expect("a folder").count();
    assert_eq!(files, 6 * 13);
}

/// For a programme with one mail, a look for more would cost as much as the mail.
async fn a_programme_is_claimed_no_oftener_than_its_mails_need(bed: Bed) {
    bed.employ_people(people(250));
    bed.set_up("").await;
    bed.import().await;
    bed.note_claims().await;
    let claims = "SELECT COUNT(*) FROM claims WHERE kind = 'delivery'";
    assert_eq!(bed.engine.deliver().await.expect("delivered"), 251);
    assert_eq!(bed.number(claims).await, 2, "more than fit into one turn");
    bed.import().await;
    assert_eq!(bed.engine.deliver().await.expect("delivered"), 1);
    assert_eq!(bed.number(claims).await, 3);
    assert_eq!(bed.engine.deliver().await.expect("delivered"), 0);
    assert_eq!(bed.number(claims).await, 3);
}

impl Bed {
    /// Lets the database note what is claimed from now on.
    async fn note_claims(&self) {
        let note = "BEGIN INSERT INTO claims VALUES (NEW.kind);";
        let trigger = "CREATE TABLE claims (kind TEXT); CREATE TRIGGER claims AFTER INSERT ON work FOR EACH ROW";
        let sql = if self.engine.store().is_shared() {
            format!(
                "CREATE FUNCTION note_claim() RETURNS trigger LANGUAGE plpgsql AS $$ {note} RETURN NULL; END $$; \
                 {trigger} EXECUTE FUNCTION note_claim();"
            )
        } else {
            format!("{trigger} {note} END;")
        };
        self.sql(&sql).await;
    }
}

both!(
    programmes_with_one_mail_each_have_their_turns_side_by_side,
    nothing_goes_twice_whoever_delivers_at_the_same_time,
    a_programme_is_claimed_no_oftener_than_its_mails_need,
);
