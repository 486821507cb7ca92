//! Members in the portal: looked up, looked at, and what is done about one.

use axum::http::{StatusCode, header};
use domain::{import::State, roles::Role};
use sandbox::Change;

use crate::{
    bed::{Bed, people, person},
    both,
    visitor::Visitor,
};

both!(
    members_are_listed_found_and_told_apart,
    each_administrator_chooses_the_columns_of_the_list,
    a_member_s_page_tells_where_everything_comes_from,
    each_act_is_asked_first_and_says_what_the_next_import_does,
    an_excluded_person_is_left_out_of_the_next_import,
    a_member_is_added_and_edited_and_mistakes_are_kept,
    a_file_is_looked_at_before_anything_changes,
    somebody_like_a_member_is_asked_about,
    who_only_looks_changes_nothing,
);

async fn live(bed: &Bed, count: i64) {
    bed.employ(people(count));
    bed.set_up("acme").await;
    assert_eq!(bed.import("acme").await.state, State::Completed);
}

/// So many people with short names, numbered from 1; some share a last name.
fn crowd(count: u8) -> impl Iterator<Item = Change> {
    (1..=count).map(|id| {
        let first: String = [b'A' + id / 26, b'a' + id % 26].into_iter().map(char::from).collect();
        let last = ["Adler", "Brandt", "Cech", "Dang", "Eriksen"][usize::from(id % 5)];
        person(id.into(), &first, last)
    })
}

/// The address of the member whose page somebody finds by this.
async fn at(visitor: &Visitor<'_>, typed: &str) -> String {
    let list = visitor.page(&format!("members?q={typed}")).await;
    let link = list.split("<th scope=\"row\"><a href=\"/manage/acme/").nth(1).unwrap_or_else(|| panic!("{list}"));
    link.split('"').next().expect("a link").to_owned()
}

/// What stands above the columns of the list.
fn headings(page: &str) -> Vec<&str> {
    let heads = page.split("<th scope=\"col\"").skip(1);
    heads.filter_map(|head| head.split_once('>')?.1.split("</th>").next()).collect()
}

/// The address of the list's next page.
fn next(page: &str) -> String {
    let next = page.split("class=\"btn push\" href=\"").nth(1).and_then(|rest| rest.split('"').next());
    text(next.expect("more"))
}

fn text(page: &str) -> String {
    page.replace("&#39;", "'").replace("&#38;", "&").replace("&amp;", "&")
}

async fn members_are_listed_found_and_told_apart(bed: Bed) {
    let visitor = Visitor::first(&bed).await;
    bed.employ(people(0));
    bed.set_up("acme").await;
    assert!(visitor.page("members").await.contains("No members yet"));
    bed.employ(crowd(60));
    assert_eq!(bed.import("acme").await.state, State::Completed);
    let first = visitor.page("members").await;
    assert_eq!(first.matches("<th scope=\"row\"").count(), 50);
    assert!(first.contains("All <span class=\"badge\">60</span>") && first.contains("Invited <span"), "{first}");
    let second = visitor.page(&next(&first)).await;
    assert_eq!(second.matches("<th scope=\"row\"").count(), 10);
    assert!(second.contains("First page"), "{second}");
    let found = visitor.page("members?q=cech").await;
    assert_eq!(found.matches("<th scope=\"row\"").count(), 12);
    assert!(visitor.page("members?q=nobody").await.contains("begins with “nobody”"));
    assert!(visitor.page("members?state=active").await.contains("Nobody."));
    assert_eq!(visitor.page("members?by=personio").await.matches("<th scope=\"row\"").count(), 50);
    assert!(visitor.page("members?by=hand").await.contains("Nobody."));
    let file = visitor.see("members.csv?q=cech").await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.header(header::CONTENT_DISPOSITION).contains("acme-members-2026-11-23.csv"), "{:?}", file.headers);
    assert_eq!(file.text().lines().count(), 13);
    assert!(visitor.page("settings/audit").await.contains("Downloaded members as CSV"));
}

async fn each_administrator_chooses_the_columns_of_the_list(bed: Bed) {
    let visitor = Visitor::first(&bed).await;
    bed.employ(crowd(60));
    bed.set_up_with("acme", "[custom_fields]\nshirt = \"dynamic_1830003\"").await;
    assert_eq!(bed.import("acme").await.state, State::Completed);
    let usual = ["Person", "Employee ID", "State", "Came by", "Member since"];
    let list = visitor.page("members").await;
    assert_eq!(headings(&list), usual);
    assert!(list.contains("adler@acme.example</small>") && list.contains("value=\"state\" checked"), "{list}");
    assert!(list.contains("value=\"custom.shirt\"><span>Shirt</span>"), "{list}");
    // They come in the order of the list; what is no column is passed over.
    let ticked = ["custom.shirt", "department", "state", "salary"].map(|key| ("column", key));
    let form = [&ticked[..], &[("state", "invited"), ("by", ""), ("q", "cech")]].concat();
    let answer = visitor.send("members/columns", &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header(header::LOCATION), "/manage/acme/members?state=invited&q=cech");
    let (choice, scope) = answer.header(header::SET_COOKIE).split_once("; ").expect("a cookie");
    assert!(choice.ends_with("=state:department:custom.shirt"), "{choice}");
    assert_eq!(scope, "Path=/manage/acme/members; HttpOnly; SameSite=Lax; Secure; Max-Age=31536000");
    let chosen = visitor.holding(choice);
    let first = chosen.page("members").await;
    let found = chosen.page("members?q=cech&state=invited").await;
    let second = chosen.page(&next(&first)).await;
    for page in &[first, found, second] {
        assert_eq!(headings(page), ["Person", "State", "Department", "Shirt"]);
        assert!(page.contains(">Sales</td>") && !page.contains("@acme.example</small>"), "{page}");
        // A phone has room for two.
        assert!(page.contains("<th scope=\"col\" class=\"wide\">Shirt</th>"), "{page}");
    }
    let file = visitor.see("members.csv?q=cech").await.text();
    assert_eq!(chosen.see("members.csv?q=cech").await.text(), file, "a file has every column");
    // Whoever may look may choose; somebody else at the same browser chooses for themselves.
    let reader = Visitor::colleague(&bed, Role::ReadOnly).await;
    assert_eq!(headings(&reader.holding(choice).page("members").await).len(), usual.len());
    let theirs = reader.send("members/columns", &[("column", "since")]).await;
    let theirs = theirs.header(header::SET_COOKIE).split("; ").next().expect("a cookie").to_owned();
    assert_eq!(headings(&reader.holding(&theirs).page("members").await), ["Person", "Mitglied seit"]);
    // What nobody can have chosen here, and back to the usual ones.
    let (name, _) = choice.split_once('=').expect("a name");
    let held = async |value: &str| visitor.holding(&format!("{name}={value}")).page("members").await;
    assert_eq!(headings(&held("salary:since").await), ["Person", "Member since"]);
    assert_eq!(headings(&held("").await), ["Person"]);
    assert_eq!(headings(&held(&"department:".repeat(200)).await), usual);
    let back = visitor.send("members/columns", &[("standard", "yes"), ("column", "since")]).await;
    assert!(back.header(header::SET_COOKIE).ends_with("Secure; Max-Age=0"), "{:?}", back.headers);
}

/// R17, R18
async fn a_member_s_page_tells_where_everything_comes_from(bed: Bed) {
    let visitor = Visitor::first(&bed).await;
    live(&bed, 4).await;
    bed.change(1, &Change::set("department", "Support"));
    bed.import("acme").await;
    let page = visitor.page(&at(&visitor, "1").await).await;
    assert!(page.contains("Date of birth in Personio") && !page.contains("1830002"), "by its label: {page}");
    assert!(page.contains("Department in Personio") && page.contains("They were invited"), "{page}");
    assert!(page.contains("Sales</span>") && page.contains("</span>Support</span>"), "{page}");
    assert!(page.contains(">Import from Personio</a>") && page.contains("What decides membership"), "{page}");
    for other in ["members/unknown", "members/019a0000-0000-7000-8000-000000000000"] {
        assert_eq!(visitor.see(other).await.status, StatusCode::NOT_FOUND);
    }
}

/// R24, R37
async fn each_act_is_asked_first_and_says_what_the_next_import_does(bed: Bed) {
    let visitor = Visitor::first(&bed).await;
    live(&bed, 4).await;
    let one = at(&visitor, "1").await;
    let leave = visitor.page(&format!("{one}/leave")).await;
    assert!(leave.contains("What the next import does") && leave.contains("as long as their record"), "{leave}");
    let wrong = visitor.refused(&format!("{one}/leave"), &[("version", "1"), ("reason", "")]).await;
    assert!(wrong.contains("Something has to be entered here.") && wrong.contains("role=\"alert\""), "{wrong}");
    let to = visitor.done(&format!("{one}/leave"), &[("version", "1"), ("reason", "asked <to>")]).await;
    let log = visitor.page("settings/audit?area=member").await;
    assert!(log.contains(&format!("{one}\">see the member</a>")), "{log}");
    let left = visitor.page(&to).await;
    assert!(left.contains("They are a leaver now.") && left.contains("Leaver, day 0 of 60"), "{left}");
    assert!(left.contains("asked &#60;to&#62;") && left.contains("Marked as a leaver by an administrator"), "{left}");
    // Somebody looked at the page before: what they see is not there any more.
    let late = visitor.done(&format!("{one}/leave"), &[("version", "1"), ("reason", "again")]).await;
    assert!(!late.contains("said"), "{late}");
    let stale = visitor.send(&format!("{one}/reopen"), &[("version", "1")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    visitor.done(&format!("{one}/reopen"), &[("version", "2")]).await;
    let lock = visitor.page(&format!("{one}/lock-in")).await;
    assert!(lock.contains("value=\"2027-02-21\""), "90 days unless set: {lock}");
    let wrong = [("version", "3"), ("reason", "leave"), ("until", "2026-01-01")];
    assert!(visitor.refused(&format!("{one}/lock-in"), &wrong).await.contains("still to come"));
    let right = [("version", "3"), ("reason", "parental leave"), ("until", "2026-12-24")];
    let locked = visitor.page(&visitor.done(&format!("{one}/lock-in"), &right).await).await;
    assert!(locked.contains("Locked in until 24 December 2026") && locked.contains("parental leave"), "{locked}");
    assert!(visitor.page("members?state=locked").await.contains("Locked in until 24 Dec"));
    let both = visitor.page("members/exclusions").await;
    assert!(both.contains("24 December 2026") && both.contains(&format!("{one}/unlock")), "{both}");
    bed.change(1, &Change::set("status", "inactive"));
    assert_eq!(bed.import("acme").await.counts.leave, 0);
    visitor.done(&format!("{one}/unlock"), &[("version", "4")]).await;
    assert_eq!(bed.import("acme").await.counts.leave, 1);
    let again = visitor.page(&format!("{one}/reopen")).await;
    assert!(again.contains("By their record they would leave. The import keeps them"), "{again}");
}

/// R24
async fn an_excluded_person_is_left_out_of_the_next_import(bed: Bed) {
    let visitor = Visitor::first(&bed).await;
    live(&bed, 4).await;
    let one = at(&visitor, "1").await;
    let ask = visitor.page(&format!("{one}/exclude")).await;
    assert!(ask.contains("It keeps them out, whatever their record says."), "{ask}");
    let out =
        visitor.page(&visitor.done(&format!("{one}/exclude"), &[("version", "1"), ("reason", "rival")]).await).await;
    assert!(out.contains("no import makes them a member") && out.contains("rival"), "{out}");
    let form = [("source", "personio"), ("employee_id", "9"), ("reason", "contractor")];
    assert_eq!(visitor.done("members/exclusions", &form).await, "members/exclusions?said=did-exclude");
    assert!(visitor.refused("members/exclusions", &form).await.contains("excluded already"));
    bed.employ(people(4).chain([person(9, "Zoe", "Zorn"), person(8, "Yves", "Young")]));
    let counts = bed.import("acme").await.counts;
    assert_eq!((counts.join, counts.rejoin, counts.not_eligible), (1, 0, 1));
    let listed = visitor.page("members/exclusions").await;
    assert!(listed.contains("Employee ID 9") && listed.contains("contractor") && listed.contains("rival"), "{listed}");
    assert!(visitor.page("members?state=excluded").await.contains("</svg>Excluded</span>"));
    let lift = listed.split("action=\"/manage/acme/members/exclusions/").nth(1).and_then(|rest| rest.split('"').next());
    visitor.done(&format!("members/exclusions/{}", lift.expect("a form")), &[]).await;
    visitor.done(&format!("{one}/lift"), &[("version", "3")]).await;
    let counts = bed.import("acme").await.counts;
    assert_eq!((counts.join, counts.rejoin), (1, 1));
}

/// R16, R17, R35
async fn a_member_is_added_and_edited_and_mistakes_are_kept(bed: Bed) {
    let visitor = Visitor::first(&bed).await;
    live(&bed, 2).await;
    assert!(visitor.page("members/new").await.contains("Send an invitation"));
    let wrong = visitor.refused("members", &[("email", "zoe"), ("first_name", "Zoe"), ("date_of_birth", "")]).await;
    assert!(wrong.contains("not a valid e-mail address") && wrong.contains("value=\"Zoe\""), "{wrong}");
    let zoe = [("email", "zoe@acme.example"), ("first_name", "Zoe"), ("last_name", "Zorn"), ("gender", "female")];
    let to = visitor.done("members", &zoe).await;
    let page = visitor.page(&to).await;
    assert!(page.contains("Nobody was told.") && page.contains("entered by hand"), "{page}");
    assert!(page.contains("Added a member by hand") && page.contains("zoe@acme.example"), "{page}");
    let zoe = to.split('?').next().expect("a page");
    let edit = [("version", "1"), ("email", "zoe@acme.example"), ("last_name", "Zander")];
    let edited = visitor.page(&visitor.done(&format!("{zoe}/edit"), &edit).await).await;
    assert!(edited.contains("<h1>Zoe Zander") && edited.contains("Edited a member"), "{edited}");
    let fed = at(&visitor, "1").await;
    let form = visitor.page(&format!("{fed}/edit")).await;
    assert!(form.contains("name=\"phone\"") && !form.contains("name=\"email\""), "{form}");
}

/// R16
async fn a_file_is_looked_at_before_anything_changes(bed: Bed) {
    let visitor = Visitor::first(&bed).await;
    live(&bed, 2).await;
    let template = visitor.see("members/upload/template.csv").await;
    assert!(template.text().starts_with("\u{feff}E-mail Address,First name"), "{}", template.text());
    let wrong = visitor.refused("members/upload", &[("rows", "Name\nZoe")]).await;
    assert!(wrong.contains("No column is headed") && wrong.contains("Name\nZoe</textarea>"), "{wrong}");
    let rows = "Vorname\tNachname\tE-Mail-Adresse\nZoe\tZorn\tzoe@acme.example\nYves\tYoung\tnowhere\n";
    let plan = visitor.done("members/upload", &[("rows", rows)]).await;
    let page = worked_on(&bed, &visitor, &plan).await;
    assert!(page.contains("1 account would be made or changed") && page.contains("Nobody is told."), "{page}");
    assert!(page.contains("not a valid e-mail address") && page.contains("Apply 1 change"), "{page}");
    assert!(visitor.page("members?q=zoe").await.contains("begins with “zoe”"));
    let done = worked_on(&bed, &visitor, &visitor.done(&plan, &[]).await).await;
    assert!(done.contains("2 → 3 members"), "{done}");
    let errors = visitor.see(&format!("{plan}/errors.csv")).await.text();
    assert!(errors.starts_with("Upload,Line,") && errors.contains("email-invalid"), "{errors}");
    let history = visitor.page("integrations/personio/imports").await;
    assert!(history.contains("Upload by") && history.contains(&plan), "{history}");
    assert!(!visitor.page("integrations/personio/imports?trigger=portal").await.contains("Upload by"));
    assert!(done.contains("Applied on") && !done.contains("Apply 1 change"), "{done}");
    assert!(visitor.page("members?q=zoe").await.contains("Zoe Zorn"));
    assert!(visitor.page("members/upload").await.contains("Earlier uploads"));
    // More than a form holds as a rule.
    let line = |text: String, n: u32| text + format!("p{n}@acme.example,First,Last,Some department\n").as_str();
    let many = (0..9_000).fold(String::new(), line);
    let plan =
        visitor.done("members/upload", &[("rows", &format!("email,first_name,last_name,department\n{many}"))]).await;
    assert!(visitor.page(&plan).await.contains("data-wait"), "it is planned in the background");
    let page = worked_on(&bed, &visitor, &plan).await;
    assert!(page.contains("9,000 accounts would be made") && page.contains("Next page"), "{page}");
    // R44
    let refused = visitor.refused(&plan, &[("joiners", "8,000")]).await;
    assert!(refused.contains("Type exactly how many") && refused.contains("value=\"8,000\""), "{refused}");
    let aside = visitor.done(&format!("{plan}/discard"), &[]).await;
    assert!(visitor.page(&aside).await.contains("The file was put aside"));
}

/// The page of an upload once it is planned or applied.
async fn worked_on(bed: &Bed, visitor: &Visitor<'_>, plan: &str) -> String {
    for _ in 0..500 {
        bed.engine.work_on_uploads().await.expect("worked");
        let page = visitor.page(plan).await;
        if !page.contains("data-wait") {
            return page;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("nobody works on {plan}");
}

/// R15
async fn somebody_like_a_member_is_asked_about(bed: Bed) {
    let visitor = Visitor::first(&bed).await;
    live(&bed, 2).await;
    let zoe =
        [("email", "zoe@acme.example"), ("first_name", "Zoe"), ("last_name", "Zorn"), ("date_of_birth", "1990-02-03")];
    visitor.done("members", &zoe).await;
    let again = [("email", "zoe@home.example"), zoe[1], zoe[2], zoe[3]];
    let asked = visitor.refused("members", &again).await;
    assert!(asked.contains("name=\"all_the_same\"") && asked.contains("zoe@home.example"), "{asked}");
    let rows = "email,first_name,last_name,date_of_birth\nzoe@home.example,Zoe,Zorn,1990-02-03\n";
    let plan = visitor.done("members/upload", &[("rows", rows)]).await;
    let page = worked_on(&bed, &visitor, &plan).await;
    assert!(page.contains("1 person may be known already") && page.contains("Add all the same"), "{page}");
    let after = visitor.done(&format!("{plan}/lines/2"), &[("answer", "another")]).await;
    let page = visitor.page(&after).await;
    assert!(page.contains("Leave out after all") && page.contains("Apply 1 change"), "{page}");
    visitor.done("members", &[again[0], again[1], again[2], again[3], ("all_the_same", "yes")]).await;
    // Two lines alike, and a line with the address of a former member: each side of the question can be looked at.
    let left = visitor.done("members", &[("email", "yves@acme.example"), ("last_name", "Young")]).await;
    let left = left.split('?').next().expect("an address").to_owned();
    visitor.done(&format!("{left}/leave"), &[("version", "1"), ("reason", "moved away")]).await;
    let rows = "email,first_name,last_name,date_of_birth\na@home.example,Una,Urban,1990-02-03\n\
                b@home.example,Una,Urban,1990-02-03\nyves@acme.example,Xaver,Xu,\n";
    let plan = visitor.done("members/upload", &[("rows", rows)]).await;
    let page = worked_on(&bed, &visitor, &plan).await;
    assert!(page.contains("3 people may be known already") && page.contains("See line 3"), "{page}");
    assert!(page.contains("Same person") && page.contains("Someone else: a new account"), "{page}");
    let after = visitor.done(&format!("{plan}/lines/4"), &[("answer", "same")]).await;
    let page = visitor.page(&after).await;
    assert!(page.contains("The member’s account will be used.") && page.contains("Reopened"), "{page}");
    worked_on(&bed, &visitor, &visitor.done(&plan, &[]).await).await;
    let back = visitor.page(&left).await;
    assert!(back.contains("Xaver Xu"), "{back}");
}

async fn who_only_looks_changes_nothing(bed: Bed) {
    live(&bed, 2).await;
    let reader = Visitor::colleague(&bed, Role::ReadOnly).await;
    let one = at(&reader, "1").await;
    let page = reader.page(&one).await;
    assert!(!page.contains("/exclude\"") && !page.contains("/edit\""), "{page}");
    assert!(!reader.page("members/exclusions").await.contains("<form method=\"post\" action=\"/manage"));
    assert_eq!(reader.send(&format!("{one}/leave"), &[("reason", "x")]).await.status, StatusCode::FORBIDDEN);
    let helper = Visitor::colleague(&bed, Role::Members).await;
    assert!(helper.page(&one).await.contains("/exclude\""));
}
