//! Whether our Personio is one: public clients that were written against the real one read it.

use std::process::Command;

use sandbox::Company;

use crate::world::{CLIENT_ID, CLIENT_SECRET, TODAY, World, path, ran};

/// Three of them, each with quirks of its own: one takes the token that an answer echoes, one puts
/// the credentials into the address, one never turns a page.
const CLIENTS: [&str; 3] = ["personio-py==0.3.0", "personio-api-client==0.1.0", "personio-client-api==0.1.2"];

#[test]
#[ignore = "installs clients from PyPI; run with `cargo test -p rollcall --test front clients -- --ignored`"]
fn public_clients_read_everybody_from_the_sandbox() {
    let world = World::on_sqlite();
    world.put_company(Company::generate(7, 30, TODAY));
    let place = world.file("python");
    ran(Command::new("python3").args(["-m", "venv", path(&place)])).exits(0);
    ran(Command::new(place.join("bin/pip")).args(["install", "--quiet"]).args(CLIENTS)).exits(0);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/front/clients.py");
    let mut python = Command::new(place.join("bin/python"));
    let read = ran(python.args([script, world.sandbox.base_url(), CLIENT_ID, CLIENT_SECRET])).exits(0);
    let mut ids = world.company(|company| company.ids());
    ids.sort_unstable();
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    assert!(ids.len() < 50, "the clients that never turn a page read fifty people");
    for (client, line) in CLIENTS.iter().zip(read.out.lines()) {
        let mut words = line.split_whitespace();
        assert_eq!(words.next(), client.split("==").next());
        assert_eq!(words.collect::<Vec<_>>(), ids, "{client}");
    }
}
