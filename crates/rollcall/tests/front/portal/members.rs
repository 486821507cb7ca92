//! Members in the portal: found while one types, and kept out of the next import.

use testkit::browser::Browser;

use super::{Portal, browse};
use crate::world::person;

/// R24
#[test]
fn a_member_is_found_while_one_types_and_once_excluded_left_out_of_the_next_import() {
    browse(
        || Portal::with_people(20),
        async |portal: &Portal, browser: &Browser| {
            portal.world.hire(&person(900_001, "Ada", "Lovelace"));
            portal.begin_with_members(browser).await;
            portal.go(browser, "/manage/acme").await;
            browser.click_link("Members").await;
            browser.arrive("/members").await;
            browser.has_no_barriers().await;
            let rows = async || browser.select("tbody tr").await.len();
            assert_eq!(rows().await, 21);
            // Nothing is sent: the list follows what is typed, and the address keeps it.
            browser.fill("Find by name, e-mail or ID", "lovel").await;
            browser.arrive("q=lovel").await;
            while rows().await != 1 {
                tokio::time::sleep(std::time::Duration::from_millis(25)).await;
            }
            browser.click_link("Ada Lovelace").await;
            browser.see("Where they stand").await;
            browser.has_no_barriers().await;
            browser.click_link("Exclude").await;
            browser.see("It keeps them out, whatever their record says.").await;
            browser.has_no_barriers().await;
            browser.fill("Reason", "Works for a rival").await;
            browser.click_button("Exclude").await;
            browser.see("Excluded: no import makes them a member").await;
            browser.see("Works for a rival").await;
            portal.world.hire(&person(900_002, "Grace", "Hopper"));
            let counts = portal.world.import();
            assert_eq!((counts.join, counts.rejoin), (1, 0));
            browser.click_link("Lift the exclusion").await;
            browser.see("it opens their account again").await;
            browser.click_button("Lift the exclusion").await;
            browser.see("The exclusion is lifted.").await;
            assert_eq!(portal.world.import().rejoin, 1);
            assert_eq!(browser.complaints().await, Vec::<String>::new());
        },
    );
}
