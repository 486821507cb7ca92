//! The outbox: the programme's mails, read and looked after in the portal.

use axum::http::{StatusCode, header};
use domain::roles::Role;
use store::{
    Mail,
    outbox::{MailFilter, Obstacle},
};

use crate::{
    bed::{Bed, people},
    both,
    visitor::Visitor,
};

both!(
    a_trial_reads_its_mails_and_follows_their_links,
    a_mail_that_failed_says_why_and_goes_again,
    a_mail_that_is_cancelled_does_not_go,
    a_cancelled_mail_whose_attempt_had_no_answer_may_have_arrived,
    a_colleague_cannot_open_what_an_administrator_was_sent,
    the_list_is_narrowed_and_read_page_by_page,
);

/// Acme with four members, their invitations waiting; the first administrator.
async fn acme(bed: &Bed) -> Visitor<'_> {
    let ines = Visitor::first(bed).await;
    bed.employ(people(4));
    bed.set_up("acme").await;
    bed.import("acme").await;
    ines
}

/// The newest mail of this kind.
async fn newest(bed: &Bed, kind: &str) -> Mail {
    let programme = bed.engine.programme("acme").await.expect("set up");
    let wanted = MailFilter { kind: kind.into(), ..MailFilter::default() };
    bed.engine.mails(&programme, &wanted, None, 1).await.expect("mails").remove(0).row
}

async fn a_trial_reads_its_mails_and_follows_their_links(bed: Bed) {
    let ines = acme(&bed).await;
    let page = ines.page("outbox").await;
    assert!(
        page.contains("no mail server is set") && page.contains("Invitation") && page.contains("Waiting"),
        "{page}"
    );
    bed.engine.deliver().await.expect("delivered");
    let id = newest(&bed, "welcome").await.id;
    let page = ines.page(&format!("outbox/{id}")).await;
    assert!(page.contains("Sent") && page.contains(&format!("outbox/{id}/mail")), "{page}");
    let link = page.split("href=\"https://").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    assert!(link.contains("/acme/"), "{link}");
    let mail = ines.see(&format!("outbox/{id}/mail")).await;
    let policy = mail.header(header::CONTENT_SECURITY_POLICY).to_owned();
    assert!(
        policy.starts_with("default-src 'none'") && policy.contains("sandbox") && !policy.contains("allow-scripts")
    );
    assert!(
        mail.text().contains("<base target=\"_blank\">") && mail.text().replace("&#x2f;", "/").contains(link),
        "{}",
        mail.text()
    );
    let source = ines.see(&format!("outbox/{id}/source")).await;
    assert_eq!(source.header(header::CONTENT_TYPE), "text/plain; charset=utf-8");
    assert!(source.text().contains(&format!("Message-ID: <{id}@")), "{}", source.text());
}

async fn a_mail_that_failed_says_why_and_goes_again(bed: Bed) {
    let ines = acme(&bed).await;
    let mail = newest(&bed, "welcome").await;
    let refused = Obstacle { code: "refused", detail: "550 5.1.1 <…>: there is no such mailbox", is_doubtful: false };
    bed.engine.store().note_obstacle(&mail, refused, None).await.expect("noted");
    let list = ines.page("outbox?state=failed").await;
    assert!(list.contains("Not delivered") && list.contains("this address does not take mails"), "{list}");
    let at = format!("outbox/{}", mail.id);
    let page = ines.page(&at).await;
    assert!(page.contains("550 5.1.1") && page.contains("not tried again by itself"), "{page}");
    assert_eq!(ines.done(&format!("{at}/again"), &[]).await, format!("{at}?said=mail-again"));
    bed.engine.deliver().await.expect("delivered");
    assert_eq!(newest(&bed, "welcome").await.state, "sent");
    let again = ines.send(&format!("{at}/again"), &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "what went does not go twice");
    assert!(ines.page("settings/audit?area=mail").await.contains("Let a mail go again"));
}

async fn a_mail_that_is_cancelled_does_not_go(bed: Bed) {
    let ines = acme(&bed).await;
    let at = format!("outbox/{}", newest(&bed, "welcome").await.id);
    assert!(
        ines.page(&format!("{at}?cancel"))
            .await
            .contains("<dialog id=\"cancel\" aria-labelledby=\"cancel-title\" open>")
    );
    assert_eq!(ines.done(&format!("{at}/cancel"), &[]).await, format!("{at}?said=mail-cancelled"));
    assert!(!ines.page(&at).await.contains("Try again now"));
    assert_eq!(bed.engine.deliver().await.expect("delivered"), 4, "three invitations and the summary");
    assert_eq!(newest(&bed, "welcome").await.state, "cancelled");
}

/// R50: the server ended between handing a mail over and noting it, and then the mail was cancelled.
async fn a_cancelled_mail_whose_attempt_had_no_answer_may_have_arrived(bed: Bed) {
    const DOUBT: &str = "It may have arrived.";
    let ines = acme(&bed).await;
    let (mail, store) = (newest(&bed, "welcome").await, bed.engine.store());
    let at = format!("outbox/{}", mail.id);
    assert!(!ines.page("outbox").await.contains(DOUBT) && !ines.page(&at).await.contains(DOUBT));
    let programme = bed.engine.programme("acme").await.expect("set up").number();
    let lease = store.claim_work(programme, "delivery", mail.id).await.expect("it answers").expect("nobody has it");
    assert!(store.begin_attempt(&lease, &mail, mail.due_at).await.expect("it answers"));
    store.release_work(&lease).await.expect("it answers");
    assert_eq!(ines.done(&format!("{at}/cancel"), &[]).await, format!("{at}?said=mail-cancelled"));
    let page = ines.page(&at).await;
    assert!(page.contains("Cancelled") && page.contains(DOUBT) && page.contains("has had no answer"), "{page}");
    let list = ines.page("outbox?state=cancelled").await;
    assert!(list.contains(DOUBT), "{list}");
}

async fn a_colleague_cannot_open_what_an_administrator_was_sent(bed: Bed) {
    let ines = acme(&bed).await;
    let form = [("email", "nils@acme.example"), ("name", "Nils"), ("role", "owner")];
    ines.done("settings/administrators", &form).await;
    let id = newest(&bed, "administrator-invitation").await.id;
    let link = format!("{}/invitation/", bed.engine.public_url());
    assert!(ines.page(&format!("outbox/{id}")).await.contains(&format!("href=\"{link}")), "an owner may, in a trial");
    let colleague = Visitor::colleague(&bed, Role::Members).await;
    for path in [format!("outbox/{id}"), format!("outbox/{id}/mail"), format!("outbox/{id}/source")] {
        let page = colleague.page(&path).await.replace("=\r\n", "");
        for found in page.split(&link).skip(1) {
            assert!(found.starts_with('…') || found.starts_with("=E2=80=A6"), "{path}: {page}");
        }
    }
    let reader = Visitor::colleague(&bed, Role::ReadOnly).await;
    assert_eq!(reader.see("outbox").await.status, StatusCode::FORBIDDEN);
}

async fn the_list_is_narrowed_and_read_page_by_page(bed: Bed) {
    let ines = Visitor::first(&bed).await;
    assert!(ines.page("outbox").await.contains("No mails"));
    bed.employ(people(50));
    bed.set_up("acme").await;
    bed.import("acme").await;
    let page = ines.page("outbox").await;
    assert_eq!(page.matches("<tr><th scope=\"row\">").count(), 50);
    let next = page.split("push\" href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a next page");
    let rest = ines.page(&format!("outbox{}", next.replace("&#38;", "&"))).await;
    assert_eq!(rest.matches("<tr><th scope=\"row\">").count(), 1, "{rest}");
    let summaries = ines.page("outbox?kind=import-summary").await;
    assert_eq!(summaries.matches("<tr><th scope=\"row\">").count(), 1);
    assert!(ines.page("outbox?state=sent").await.contains("No mail is of this kind and in this state."));
    assert_eq!(ines.see("outbox/not-a-number").await.status, StatusCode::BAD_REQUEST);
}
