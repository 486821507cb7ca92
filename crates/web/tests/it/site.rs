//! The members' site, without script: from the invitation to *My account*, and what a leaver sees.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::{field::Field, ids::MemberId, programme::RESERVED, roles::Role};
use jiff::SignedDuration;
use sandbox::Change;
use web::addresses;

use crate::{
    bed::{Answer, Bed, PUBLIC_URL, person},
    both,
    visitor::Visitor,
};

const PASSWORD: &str = "marble teapot 88 lanes";
const ADA: &str = "ada.berg@acme.example";

both!(
    an_invitation_leads_to_my_account,
    what_is_wrong_with_a_link_is_told,
    whoever_comes_in_is_told_nothing_of_others,
    a_leaver_sees_their_data_and_nothing_else,
    no_page_of_a_member_opens_to_anybody_else,
    the_language_and_the_colour_are_the_programmes,
    letters_let_in_with_their_code,
    terms_of_invitations_are_set,
    a_member_closes_their_own_account,
    a_personal_address_is_confirmed_by_its_link,
    what_administrators_did_is_told_without_their_names,
    the_language_of_the_site_is_that_of_the_mails,
);

/// A programme with two members who were invited.
async fn programme(bed: &Bed, slug: &str) {
    bed.employ([person(1, "Ada", "Berg"), person(2, "Bo", "Lind")].into_iter());
    bed.set_up(slug).await;
    bed.import(slug).await;
}

/// Links to this page of a programme's site, in mails to this address.
async fn links(bed: &Bed, page: &str, to: &str) -> Vec<String> {
    let begin = format!("{PUBLIC_URL}/{page}/");
    let link = |text: String| {
        let at = text.find(&begin)? + PUBLIC_URL.len();
        let link = text[at..].split(|c: char| !c.is_ascii_alphanumeric() && !"-/".contains(c)).next()?;
        text.contains(&format!("To: {to}")).then(|| link.to_owned())
    };
    bed.delivered().await.into_iter().filter_map(link).collect()
}

/// A member who was let in.
struct Member<'a> {
    bed: &'a Bed,
    cookie: String,
}

impl<'a> Member<'a> {
    fn let_in(bed: &'a Bed, answer: &Answer) -> Self {
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let cookie = answer.header(header::SET_COOKIE).split(';').next().unwrap_or_default().to_owned();
        Self { bed, cookie }
    }

    /// Ada, who has just set a password.
    async fn ada(bed: &'a Bed, slug: &str) -> Self {
        let link = links(bed, &format!("{slug}/welcome"), ADA).await.pop().expect("an invitation");
        Self::let_in(bed, &bed.send(&link, &[("password", PASSWORD)]).await)
    }

    async fn ask(&self, method: &str, path: &str, form: &[(&str, &str)]) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, &self.cookie)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let body = Body::from(serde_urlencoded::to_string(form).expect("a form"));
        self.bed.ask(request.body(body).expect("a request")).await
    }

    async fn page(&self, path: &str) -> String {
        let answer = self.ask("GET", path, &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        answer.text()
    }
}

async fn an_invitation_leads_to_my_account(bed: Bed) {
    programme(&bed, "acme").await;
    let link = links(&bed, "acme/welcome", ADA).await.pop().expect("an invitation");
    let page = bed.look(&link).await.text();
    assert!(page.contains("Welcome, Ada") && page.contains(ADA) && page.contains("acme/look.css"), "{page}");
    let weak = bed.send(&link, &[("password", "ada-berg-2026")]).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(weak.text().contains("too close to your name") && !weak.text().contains("ada-berg-2026"));
    let answer = bed.send(&link, &[("password", PASSWORD)]).await;
    let cookie = answer.header(header::SET_COOKIE);
    assert!(cookie.starts_with("__Secure-rollcall-member=") && cookie.contains("Path=/acme;"), "{cookie}");
    assert!(cookie.contains("HttpOnly; SameSite=Lax; Secure"), "{cookie}");
    let ada = Member::let_in(&bed, &answer);
    let page = ada.page("/acme/account?said=welcome").await;
    for told in ["My account", "Your password is saved", "Sales", "from Personio (Department)", "this one"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let all = ada.page("/acme/account/data").await;
    assert!(all.contains("The account was made") && all.contains("23 November 2026"), "{all}");
    let file = ada.ask("GET", "/acme/account/data.json", &[]).await;
    assert_eq!(file.header(header::CONTENT_DISPOSITION), "attachment; filename=\"acme-my-data.json\"");
    assert_eq!(file.json()["account"]["state"], "active");
    let out = ada.ask("POST", "/acme/sign-out", &[]).await;
    assert!(out.header(header::SET_COOKIE).contains("Max-Age=0"));
    assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"", "nothing is left to go back to");
    let asked = ada.ask("GET", "/acme/account/data", &[]).await;
    assert_eq!(asked.header(header::LOCATION), "/acme/sign-in?next=%2Facme%2Faccount%2Fdata");
    let form = [("email", ADA), ("password", PASSWORD)];
    let back = bed.send(asked.header(header::LOCATION), &form).await;
    assert_eq!(back.header(header::LOCATION), "/acme/account/data");
    for elsewhere in ["%2F%2Fevil.example", "%2Fmanage%2Facme", "%2Facme%2F%2Fevil", "https%3A%2F%2Fevil.example"] {
        let answer = bed.send(&format!("/acme/sign-in?next={elsewhere}"), &form).await;
        assert_eq!(answer.header(header::LOCATION), "/acme/account", "{elsewhere}");
    }
}

async fn what_is_wrong_with_a_link_is_told(bed: Bed) {
    programme(&bed, "acme").await;
    let link = links(&bed, "acme/welcome", ADA).await.pop().expect("an invitation");
    assert!(bed.look("/acme/welcome/none").await.text().contains("This link does not work"));
    bed.pass(SignedDuration::from_hours(24 * 14));
    let late = bed.look(&link).await;
    assert!(late.status == StatusCode::GONE && late.text().contains("This link has expired"), "{}", late.text());
    assert!(late.text().contains("Send me a new one"));
    assert_eq!(bed.send(&format!("{link}/again"), &[]).await.status, StatusCode::OK);
    assert!(bed.look(&link).await.text().contains("There is a newer link"));
    let newest = links(&bed, "acme/welcome", ADA).await.into_iter().find(|one| *one != link).expect("another");
    bed.change(1, &Change::set("status", "inactive"));
    bed.import("acme").await;
    assert!(bed.look(&newest).await.text().contains("Your access is being checked"));
    bed.change(1, &Change::set("status", "active"));
    bed.import("acme").await;
    Member::let_in(&bed, &bed.send(&newest, &[("password", PASSWORD)]).await);
    assert!(bed.look(&newest).await.text().contains("You have a password already"));
}

async fn whoever_comes_in_is_told_nothing_of_others(bed: Bed) {
    programme(&bed, "acme").await;
    Member::ada(&bed, "acme").await;
    for page in ["/acme/first-time", "/acme/forgotten"] {
        let mut told = Vec::new();
        for email in [ADA, "bo.lind@acme.example", "nobody@acme.example"] {
            let answer = bed.send(page, &[("email", email)]).await;
            assert_eq!(answer.status, StatusCode::OK);
            told.push(answer.text().replace(email, ""));
        }
        assert!(told.iter().all(|one| *one == told[0]), "{page} tells who is known");
    }
    let mut told = Vec::new();
    for email in [ADA, "bo.lind@acme.example", "nobody@acme.example"] {
        let answer = bed.send("/acme/sign-in", &[("email", email), ("password", "not it at all")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        told.push(answer.text().replace(email, ""));
    }
    assert!(told.iter().all(|one| *one == told[0]), "an answer tells who is known");
    let link = links(&bed, "acme/reset", ADA).await.pop().expect("a link");
    let kept = bed.send(&link, &[("password", "copper lighthouse 93")]).await;
    assert_eq!(kept.header(header::LOCATION), "/acme/sign-in?said=password-reset");
    assert_eq!(bed.look(&link).await.status, StatusCode::GONE);
}

async fn a_leaver_sees_their_data_and_nothing_else(bed: Bed) {
    programme(&bed, "acme").await;
    let ada = Member::ada(&bed, "acme").await;
    bed.change(1, &Change::set("status", "inactive"));
    bed.import("acme").await;
    let page = ada.page("/acme/account").await;
    assert!(page.contains("Your access is being checked") && page.contains("Sales"), "{page}");
    for _ in 0..4 {
        bed.pass(SignedDuration::from_hours(6));
        ada.page("/acme/account").await;
    }
    let page = ada.page("/acme/account").await;
    assert!(page.contains("Your access ends on 22 January 2027"), "{page}");
    assert!(!page.contains("account/password") && !page.contains("second-factor"), "{page}");
    ada.page("/acme/account/data").await;
    for one in addresses().iter().filter(|one| one.access == "current-member") {
        let answer = ada.ask(&one.method, &one.path.replace("{programme}", "acme"), &[]).await;
        assert_eq!(answer.header(header::LOCATION), "/acme/account", "{} {}", one.method, one.path);
    }
}

async fn no_page_of_a_member_opens_to_anybody_else(bed: Bed) {
    programme(&bed, "acme").await;
    programme(&bed, "theirs").await;
    let theirs = Member::ada(&bed, "theirs").await;
    let owner = Visitor::colleague(&bed, Role::Owner).await;
    let mut seen = 0;
    for one in addresses().iter().filter(|one| one.access == "member" || one.access == "current-member") {
        let path = one.path.replace("{programme}", "acme");
        let by_owner = if one.method == "GET" { owner.see(&path).await } else { owner.send(&path, &[]).await };
        for answer in [by_owner, theirs.ask(&one.method, &path, &[]).await] {
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{} {path}", one.method);
            assert!(answer.header(header::LOCATION).starts_with("/acme/sign-in"), "{} {path}", one.method);
        }
        let nowhere = theirs.ask(&one.method, &one.path.replace("{programme}", "nowhere"), &[]).await;
        assert_eq!(nowhere.status, StatusCode::NOT_FOUND, "{} {path}", one.method);
        seen += 1;
    }
    assert!(seen >= 8, "{seen}");
    assert_eq!(
        theirs.ask("GET", "/manage/theirs", &[]).await.header(header::LOCATION),
        "/sign-in?next=%2Fmanage%2Ftheirs"
    );
}

async fn the_language_and_the_colour_are_the_programmes(bed: Bed) {
    programme(&bed, "acme").await;
    let style = bed.look("/acme/look.css").await;
    assert!(style.header(header::CONTENT_TYPE).starts_with("text/css"));
    assert!(style.text().contains("--accent: light-dark(#14553f"), "{}", style.text());
    assert_eq!(bed.look("/acme").await.header(header::LOCATION), "/acme/sign-in");
    let spoken = bed.send("/acme/language", &[("language", "de"), ("to", "/acme/first-time")]).await;
    assert_eq!(spoken.header(header::LOCATION), "/acme/first-time");
    let german = Member::let_in(&bed, &spoken).page("/acme/first-time").await;
    assert!(german.contains("Zum ersten Mal hier?") && german.contains("<html lang=\"de\""), "{german}");
    let away = bed.send("/acme/language", &[("language", "de"), ("to", "//evil.example")]).await;
    assert_eq!(away.header(header::LOCATION), "/acme/sign-in");
}

async fn letters_let_in_with_their_code(bed: Bed) {
    bed.employ([person(1, "Ada", "Berg")].into_iter());
    let owner = Visitor::first(&bed).await;
    bed.set_up_with("acme", "no_mailbox_domains = [\"acme.example\"]").await;
    bed.import("acme").await;
    assert!(owner.page("settings/invitations").await.contains("One member has no mailbox"));
    let page = owner.send("settings/invitations/letters", &[]).await.text();
    assert!(page.contains("Ada Berg") && page.contains(&format!("{PUBLIC_URL}/acme/first-time")), "{page}");
    let code = page.split("class=\"code\">").nth(1).and_then(|rest| rest.split('<').next()).expect("a code").to_owned();
    let wrong = bed.send("/acme/first-time/code", &[("code", "aaaa-bbbb-cccc")]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text().contains("There is no such code"));
    let redeemed = bed.send("/acme/first-time/code", &[("code", &code)]).await;
    let link = redeemed.header(header::LOCATION).to_owned();
    Member::let_in(&bed, &bed.send(&link, &[("password", PASSWORD)]).await);
}

async fn terms_of_invitations_are_set(bed: Bed) {
    let owner = Visitor::first(&bed).await;
    programme(&bed, "acme").await;
    let page = owner.page("settings/invitations").await;
    assert!(page.contains("value=\"14\"") && page.contains("value=\"3, 10\""), "{page}");
    let wrong = owner.refused("settings/invitations", &[("days", "5"), ("reminder_days", "5")]).await;
    assert!(wrong.contains("Each reminder has to go while the link works"), "{wrong}");
    let form = [("days", "30"), ("reminder_days", "")];
    assert_eq!(owner.done("settings/invitations", &form).await, "settings/invitations?said=settings-saved");
    assert!(owner.page("settings/invitations").await.contains("value=\"30\""));
    let programme = bed.engine.programme("acme").await.expect("set up");
    let vera = [(Field::Email, "vera@acme.example".to_owned())].into();
    let id = MemberId(uuid::Uuid::from_u128(7));
    bed.engine.store().add_member(programme.number(), id, &vera, bed.engine.now()).await.expect("made by hand");
    assert!(owner.page("settings/invitations").await.contains("One member has an account and was not told of it"));
    let past = owner.refused("settings/invitations/send", &[("when", "day"), ("on", "2026-11-01")]).await;
    assert!(past.contains("on-wrong") && past.contains("value=\"2026-11-01\""), "{past}");
    let sent = owner.done("settings/invitations/send", &[("when", "now")]).await;
    assert_eq!(sent, "settings/invitations?said=invitations-sent");
    assert_eq!(links(&bed, "acme/welcome", "vera@acme.example").await.len(), 1);
    assert!(owner.page("settings/invitations").await.contains("Every member has been invited"));
}

/// R63
async fn a_member_closes_their_own_account(bed: Bed) {
    programme(&bed, "acme").await;
    let ada = Member::ada(&bed, "acme").await;
    let page = ada.page("/acme/account/close").await;
    assert!(
        page.contains("Your account is closed within 7 days") && page.contains(&format!("type {ADA} here")),
        "{page}"
    );
    let wrong = ada.ask("POST", "/acme/account/close", &[("typed", "bo.lind@acme.example")]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text().contains("not what was asked for"));
    let closed = ada.ask("POST", "/acme/account/close", &[("typed", " Ada.Berg@ACME.example ")]).await;
    assert_eq!(closed.header(header::LOCATION), "/acme/account?said=closing");
    let page = ada.page("/acme/account?said=closing").await;
    assert!(page.contains("Your access ends on 29 November 2026"), "{page}");
    bed.import("acme").await;
    assert!(ada.page("/acme/account").await.contains("Your access ends on"), "an import leaves them alone");
}

/// R62
async fn a_personal_address_is_confirmed_by_its_link(bed: Bed) {
    const OWN: &str = "ada@home.example";
    programme(&bed, "acme").await;
    let ada = Member::ada(&bed, "acme").await;
    assert!(ada.page("/acme/account").await.contains("Add a personal address"));
    let wrong = ada.ask("POST", "/acme/account/email", &[("own_email", OWN), ("email_proof", "not it")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("email_proof-wrong") && wrong.text().contains(OWN), "{}", wrong.text());
    let asked = ada.ask("POST", "/acme/account/email", &[("own_email", OWN), ("email_proof", PASSWORD)]).await;
    assert_eq!(asked.header(header::LOCATION), "/acme/account?said=own-email-asked");
    assert!(ada.page("/acme/account").await.contains(&format!("We have sent a link to {OWN}")));
    let link = links(&bed, "acme/account/email", OWN).await.pop().expect("a link");
    let unknown = bed.look(&link).await;
    assert!(unknown.header(header::LOCATION).starts_with("/acme/sign-in?next=%2Facme%2Faccount%2Femail%2F"));
    assert!(ada.page(&link).await.contains("Yes, confirm it"));
    let confirmed = ada.ask("POST", &link, &[]).await;
    assert_eq!(confirmed.header(header::LOCATION), "/acme/account?said=own-email-confirmed");
    assert_eq!(ada.ask("GET", &link, &[]).await.status, StatusCode::GONE);
    let owner = Visitor::colleague(&bed, Role::Owner).await;
    let programme = bed.engine.programme("acme").await.expect("set up");
    let held = bed.engine.store().members_by_email(programme.number(), &[ADA]).await.expect("an answer");
    let member = held[ADA].id;
    let page = owner.page(&format!("members/{member}")).await;
    for told in ["Vom Mitglied bestätigt", "Private Adresse bestätigt", OWN] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let file = ada.ask("GET", "/acme/account/data.json", &[]).await.json();
    let own = file["data"].as_array().expect("a list").iter().find(|datum| datum["field"] == "own_email");
    assert_eq!(own.expect("it is held")["value"], OWN);
    bed.change(1, &Change::set("status", "inactive"));
    bed.import("acme").await;
    assert!(ada.page("/acme/account").await.contains("Remove the address"), "a leaver sees to it too");
    let removed = ada.ask("POST", "/acme/account/email/remove", &[]).await;
    assert_eq!(removed.header(header::LOCATION), "/acme/account?said=own-email-removed");
}

async fn what_administrators_did_is_told_without_their_names(bed: Bed) {
    programme(&bed, "acme").await;
    let ada = Member::ada(&bed, "acme").await;
    let helper = Visitor::colleague(&bed, Role::Members).await;
    let acme = bed.engine.programme("acme").await.expect("set up");
    let held = bed.engine.store().members_by_email(acme.number(), &[ADA]).await.expect("an answer");
    let at = format!("members/{}", held[ADA].id);
    let version = held[ADA].version.to_string();
    helper.done(&format!("{at}/edit"), &[("version", &*version), ("job_title", "Pilot")]).await;
    let version = (held[ADA].version + 1).to_string();
    let form = [("version", &*version), ("reason", "hush <now>"), ("until", "2026-12-24")];
    helper.done(&format!("{at}/lock-in"), &form).await;
    let page = ada.page("/acme/account/data").await;
    for told in ["Your data was changed, by an administrator", "Pilot", "Your membership was secured for a time"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let file = ada.ask("GET", "/acme/account/data.json", &[]).await;
    assert_eq!(file.json()["deeds"][0]["kind"], "member.locked-in", "the newest first");
    assert_eq!(file.json()["deeds"][1]["after"]["job_title"], "Pilot");
    for text in [page, file.text()] {
        assert!(!text.contains("Col League") && !text.contains("hush"), "{text}");
    }
}

async fn the_language_of_the_site_is_that_of_the_mails(bed: Bed) {
    programme(&bed, "acme").await;
    let ada = Member::ada(&bed, "acme").await;
    ada.ask("POST", "/acme/language", &[("language", "de"), ("to", "/acme/account")]).await;
    // In another browser too, whatever that one speaks.
    assert!(ada.page("/acme/account").await.contains("Mein Konto"));
    bed.send("/acme/forgotten", &[("email", ADA)]).await;
    let mail = bed.delivered().await.pop().expect("a mail");
    assert!(mail.contains("neues Passwort"), "{mail}");
    assert!(ada.page("/acme/account/data").await.contains("von Ihnen gew"));
}

/// A programme under one of our own words would never be reached.
#[test]
fn every_address_of_our_own_begins_with_a_word_that_no_programme_can_have() {
    for one in addresses() {
        let word = one.path.split('/').nth(1).unwrap_or_default();
        assert!(word.is_empty() || word.starts_with('{') || RESERVED.contains(&word), "{}", one.path);
    }
}
