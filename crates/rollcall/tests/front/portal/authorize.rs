//! *Authorize*: everything that can come of credentials.

use sandbox::{Company, Endpoint, Fault, FaultKind};
use testkit::browser::Browser;

use super::{Portal, SECRET, browse, connect, secret};
use crate::world::{CLIENT_ID, TODAY, World};

const PAGE: &str = "/manage/acme/integrations/personio/set-up/authorize";

/// From the card to the dialog.
async fn to_authorize(portal: &Portal, browser: &Browser) {
    portal.begin(browser).await;
    portal.go(browser, "/manage/acme/integrations/personio/set-up/initial").await;
    browser.click_button("Save").await;
    browser.arrive("/set-up/authorize").await;
}

/// Opens the dialog, whatever the button to it is called now.
async fn open(portal: &Portal, browser: &Browser) {
    portal.go(browser, &format!("{PAGE}?connect")).await;
    browser.see("How do I find my credentials?").await;
}

#[test]
fn whatever_comes_of_credentials_is_told_with_what_to_do() {
    let portal = || Portal::with_people(60);
    browse(portal, async |portal: &Portal, browser: &Browser| {
        to_authorize(portal, browser).await;

        // Nothing entered: each field says so, and what was entered stays.
        open(portal, browser).await;
        browser.ask::<()>("document.querySelectorAll('dialog [required]').forEach((it) => it.required = false);").await;
        browser.fill("Client ID", CLIENT_ID).await;
        browser.click_button("Check").await;
        browser.see("Paste the Client Secret.").await;
        assert_eq!(entered(browser).await, CLIENT_ID);

        // While Personio thinks.
        portal.slow(900);
        open(portal, browser).await;
        connect(browser, secret()).await;
        browser.see("Asking Personio …").await;
        browser.reload().await;
        browser.see("Asking Personio …").await;
        browser.see("Connected to Personio").await;
        portal.slow(0);
        assert!(browser.sees("employees, whatever their status.").await && browser.sees("Employment type").await);

        open(portal, browser).await;
        connect(browser, "not the secret").await;
        browser.see("Personio does not accept these credentials").await;
        assert!(!browser.html().await.contains("not the secret"));

        let company = portal.world.company(|company| company.ids().len());
        assert!(company > 0);
        for (attribute, said) in [
            ("status", "Without it nobody can be told apart as a leaver."),
            ("email", "mails and sign-in need an address."),
        ] {
            portal.world.add_fault(withdrawn(attribute));
            open(portal, browser).await;
            connect(browser, secret()).await;
            browser.see(said).await;
            browser.see("Readable employee attributes").await;
            portal.world.no_faults();
        }

        portal.world.add_fault(Fault::new(status(403)).on(Endpoint::Employees));
        open(portal, browser).await;
        connect(browser, secret()).await;
        browser.see("These credentials may not read employees").await;
        portal.world.no_faults();

        portal.world.add_fault(Fault::new(status(503)).on(Endpoint::Any));
        open(portal, browser).await;
        connect(browser, secret()).await;
        browser.see("Personio cannot be reached").await;
        portal.world.no_faults();

        portal.world.add_fault(Fault::new(status(429)).on(Endpoint::Any));
        open(portal, browser).await;
        connect(browser, secret()).await;
        browser.see("Personio takes no more requests just now").await;
        portal.world.no_faults();

        // In the end all is well, and the secret is never shown again.
        browser.click_link("Try again").await;
        connect(browser, secret()).await;
        browser.see("Connected to Personio").await;
        browser.click_button("Finish Setup").await;
        browser.see("never shown again").await;
        assert!(!browser.html().await.contains(secret()));
        browser.click_button("Save").await;
        browser.arrive("/set-up/mapping").await;
    });
}

fn withdrawn(attribute: &str) -> Fault {
    Fault::new(FaultKind::Withdrawn { attribute: attribute.to_owned(), person: None }).on(Endpoint::Any)
}

fn status(status: u16) -> FaultKind {
    FaultKind::Status { status, retry_after: None }
}

async fn entered(browser: &Browser) -> String {
    browser.ask("return document.querySelector('dialog [name=client_id]').value;").await
}

/// Fewer than half of the members are there: that needs the number of them, typed.
#[test]
fn credentials_of_another_company_are_taken_only_with_a_number_typed() {
    let portal = || Portal::start(World::on_sqlite(), Company::empty(TODAY));
    browse(portal, async |portal: &Portal, browser: &Browser| {
        portal.world.hire_crowd(1..=20);
        portal.begin_with_members(browser).await;
        let sandbox = &portal.world.sandbox;
        let stranger = Company::generate(3, 30, TODAY);
        sandbox.add_company_with("papi-other", "papi-other-secret", stranger, sandbox::Knobs::default().unlimited());
        open(portal, browser).await;
        browser.fill("Client ID", "papi-other").await;
        browser.fill(SECRET, "papi-other-secret").await;
        browser.click_button("Check").await;
        browser.see("These credentials open another company in Personio").await;
        browser.see("of 20 members were recognised there").await;
        let number = "To take them all the same, type the number of your members: 20";
        browser.fill(number, "19").await;
        browser.click_button("Finish Setup").await;
        browser.see("Type 20 to confirm, or use other credentials.").await;
        let marked: bool = browser.ask("return !!document.querySelector('[name=members][aria-invalid=true]');").await;
        assert!(marked);
        browser.fill(number, "20").await;
        browser.click_button("Finish Setup").await;
        browser.see("The credentials are stored.").await;
        // Nobody has changed by that.
        assert!(portal.world.states().iter().all(|(_, state)| state == "invited"));
    });
}
