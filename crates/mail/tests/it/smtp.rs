use std::{fs, net::TcpListener, time::Duration};

use mail::smtp::{AddressError, Server, Settings, Undelivered};
use testkit::{Encryption, MailServer};

const FROM: &str = "no-reply@club.example";
const MESSAGE: &[u8] = b"Subject: hello\r\n\r\nFrom the club.\r\n.and a line that begins with a dot\r\n";

fn settings(url: String) -> Settings {
    let settings = Settings::parse(&url.into(), "rollcall.example").expect("an address");
    Settings { patience: Duration::from_secs(2), ..settings }
}

fn trusting(server: &MailServer) -> Settings {
    Settings { authorities: fs::read(server.authority()).ok(), ..settings(server.url()) }
}

fn to(server: &MailServer) -> Server {
    Server::new(settings(server.url())).expect("settings")
}

async fn deliver(server: &Server, to: &str) -> Result<(), Undelivered> {
    server.deliver(FROM, to, MESSAGE).await
}

#[tokio::test]
async fn a_mail_is_handed_over_as_it_is_and_the_connection_is_used_again() {
    let other = MailServer::start(Encryption::None);
    let server = to(&other);
    for _ in 0..3 {
        deliver(&server, "aoife@club.example").await.expect("taken");
    }
    server.rest().await;
    deliver(&server, "aoife@club.example").await.expect("taken, after a good-bye");
    let taken = other.taken();
    assert_eq!(taken.len(), 4);
    assert_eq!(
        taken[0].replace("\r\n", "\n").trim_end(),
        String::from_utf8_lossy(MESSAGE).replace("\r\n", "\n").trim_end()
    );
}

#[tokio::test]
async fn a_server_that_asks_gets_name_and_password_over_either_kind_of_encryption() {
    for encryption in [Encryption::StartTls, Encryption::Tls] {
        let other = MailServer::start_with(encryption, Some("club:s3cret"));
        let server = Server::new(trusting(&other)).expect("settings");
        server.check().await.expect("signed in");
        deliver(&server, "aoife@club.example").await.expect("taken");
        assert_eq!(other.taken().len(), 1);
        let wrong = other.url().replace("s3cret", "wrong");
        let server = Server::new(Settings { authorities: trusting(&other).authorities, ..settings(wrong) });
        let why = deliver(&server.expect("settings"), "aoife@club.example").await.unwrap_err();
        assert!(matches!(&why, Undelivered::SetUp(text) if text.starts_with("535")), "{encryption:?}: {why:?}");
        assert!(why.is_about_the_server());
    }
}

#[tokio::test]
async fn a_certificate_that_nobody_knows_is_not_trusted() {
    for encryption in [Encryption::StartTls, Encryption::Tls] {
        let other = MailServer::start(encryption);
        let server = to(&other);
        let why = deliver(&server, "aoife@club.example").await.unwrap_err();
        assert!(matches!(&why, Undelivered::SetUp(text) if text.contains("certificate")), "{encryption:?}: {why:?}");
        assert_eq!(other.taken(), [""; 0]);
    }
    let none =
        Settings { authorities: Some(b"-----BEGIN CERTIFICATE-----\n!".to_vec()), ..settings("smtps://h".into()) };
    assert_eq!(Server::new(none).unwrap_err(), AddressError::Authorities);
}

#[tokio::test]
async fn nothing_goes_unencrypted_where_encryption_was_asked_for() {
    let other = MailServer::start(Encryption::None);
    for scheme in ["smtp+starttls", "smtps"] {
        let server = Server::new(settings(other.url().replace("smtp:", &format!("{scheme}:")))).expect("settings");
        let why = deliver(&server, "aoife@club.example").await.unwrap_err();
        assert!(matches!(why, Undelivered::SetUp(_)), "{scheme}: {why:?}");
    }
    assert_eq!(other.taken(), [""; 0]);
}

#[tokio::test]
async fn what_is_wrong_with_one_mail_is_told_apart_and_keeps_no_other_waiting() {
    let other = MailServer::start(Encryption::None);
    let server = to(&other);
    let why = deliver(&server, "refused@club.example").await.unwrap_err();
    assert!(matches!(&why, Undelivered::Refused(reply) if reply.code == 550), "{why:?}");
    assert_eq!(why.detail(), "550 5.1.1 <…>: there is no such mailbox");
    let why = deliver(&server, "relay@club.example").await.unwrap_err();
    assert!(matches!(&why, Undelivered::NotTaken(reply) if reply.code == 554), "not the recipient's fault: {why:?}");
    let why = deliver(&server, "spam@club.example").await.unwrap_err();
    assert!(matches!(&why, Undelivered::NotTaken(reply) if reply.text.contains("spam")), "{why:?}");
    let why = deliver(&server, "grey@club.example").await.unwrap_err();
    assert!(matches!(&why, Undelivered::Later(reply) if reply.code == 451), "{why:?}");
    assert!(!why.is_final() && !why.is_about_the_server());
    deliver(&server, "grey@club.example").await.expect("taken at the second attempt");
    deliver(&server, "aoife@club.example").await.expect("taken");
    assert_eq!(other.taken().len(), 2);
}

#[tokio::test]
async fn a_sender_who_may_not_send_holds_up_everything() {
    let other = MailServer::start(Encryption::None);
    let why = to(&other).deliver("nobody@club.example", "aoife@club.example", MESSAGE).await.unwrap_err();
    assert!(matches!(&why, Undelivered::SetUp(text) if text.starts_with("550")), "{why:?}");
}

/// R50: the one window in which a mail can go twice.
#[tokio::test]
async fn a_connection_that_is_cut_leaves_open_whether_the_mail_was_taken() {
    let other = MailServer::start(Encryption::None);
    let server = to(&other);
    for (recipient, taken) in [("cut-before@club.example", 0), ("cut-after@club.example", 2)] {
        let why = deliver(&server, recipient).await.unwrap_err();
        assert!(matches!(why, Undelivered::Unanswered(_)), "{why:?}");
        assert_eq!(other.taken().len(), taken);
        deliver(&server, recipient).await.expect("taken");
    }
    assert_eq!(other.taken().len(), 3, "the second of them twice");
}

#[tokio::test]
async fn a_server_that_hangs_is_not_waited_for() {
    let other = MailServer::start(Encryption::None);
    let server = to(&other);
    let why = deliver(&server, "hang@club.example").await.unwrap_err();
    assert_eq!(why, Undelivered::Unanswered("the server said nothing for 2 s".to_owned()));
    deliver(&server, "aoife@club.example").await.expect("taken, over another connection");
}

#[tokio::test]
async fn a_server_that_is_not_there_or_does_not_greet_counts_against_no_mail() {
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = silent.local_addr().expect("a port").port();
    let server = Server::new(settings(format!("smtp://127.0.0.1:{port}"))).expect("settings");
    let why = deliver(&server, "aoife@club.example").await.unwrap_err();
    assert_eq!(why, Undelivered::Unreachable("the server said nothing for 2 s".to_owned()));
    drop(silent);
    let why = deliver(&server, "aoife@club.example").await.unwrap_err();
    assert!(matches!(why, Undelivered::Unreachable(_)) && why.is_about_the_server(), "{why:?}");
}
