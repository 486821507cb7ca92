//! The disk is full: nothing is half done, and the message says why.

use std::{fs, io::Write, path::Path, process::Command};

use ::soak::Node;
use testkit::Postgres;

use super::Trial;
use crate::world::{PROGRAMME, World};

/// More than are staged at once. Their mails are files, for which there has to be room in the end.
const NEWCOMERS: std::ops::RangeInclusive<i64> = 1_000..=2_199;

/// A small file system in the place of a directory; gone with the value.
struct SmallDisk<'a>(&'a Path);

impl<'a> SmallDisk<'a> {
    /// Nothing where this user may not mount.
    fn at(directory: &'a Path, megabytes: u32) -> Option<Self> {
        fs::create_dir_all(directory).expect("the place is writable");
        let options = format!("size={megabytes}m,mode=0700");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &options, "rollcall-test"]).arg(directory);
        let mounted = mount.output().is_ok_and(|output| output.status.success());
        if !mounted {
            eprintln!("skipped: only root can mount the small disk that this test fills");
        }
        mounted.then_some(Self(directory))
    }

    /// Fills it but for so many bytes.
    fn fill(&self, but: u64) {
        let mut filler = fs::File::create(self.0.join("filler")).expect("there is room");
        let block = [0; 4096];
        while filler.write_all(&block).is_ok() {}
        let length = filler.metadata().expect("it is a file").len();
        filler.set_len(length.saturating_sub(but)).expect("smaller is always possible");
    }

    fn empty(&self) {
        fs::remove_file(self.0.join("filler")).expect("it was filled");
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("--lazy").arg(self.0).status());
    }
}

/// A server whose 150 members are there, and which has nothing to do.
fn settled(trial: &mut Trial) -> Node {
    trial.world.hire_crowd(1..=150);
    let node = trial.begin();
    trial.start_import(&node);
    trial.reaches_state("completed");
    trial.rests();
    node
}

/// More people than there is room for.
fn newcomers(trial: &Trial) {
    trial.world.hire_crowd(NEWCOMERS);
    trial.world.apply(&trial.world.set_up().guard("joiners_percent", 10_000));
}

/// R54, of SQLite: commands and the server say so, and go on as soon as there is room.
#[test]
fn r54_a_full_disk_loses_nothing() {
    let world = World::on_sqlite();
    let data = world.data();
    // SQLite's log takes up to 32 of these, and each mail a file.
    let Some(disk) = SmallDisk::at(&data, 96) else { return };
    let mut trial = Trial::new(world);
    let mut node = settled(&mut trial);

    // Room for a beginning, not for an end: by command first.
    newcomers(&trial);
    disk.fill(2_000_000);
    let ran = trial.place.run(&["import", PROGRAMME]).expect("the program runs");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("full"), "{ran:?}");
    // The server meets the same, and stays.
    std::thread::sleep(std::time::Duration::from_secs(3));
    assert!(node.is_running(), "{}", node.complaints());
    disk.empty();
    trial.reaches_state("completed");
    assert_eq!(trial.facts().members_in("invited"), 150 + 1_200);
    trial.is_kept(node, 0);
    drop(disk);
}

/// R54, of PostgreSQL: the disk that holds its tables.
#[test]
fn r54_a_full_disk_of_the_database_server_loses_nothing() {
    let postgres = Postgres::start();
    let place = postgres.directory().join("small");
    let Some(disk) = SmallDisk::at(&place, 48) else { return };
    let mut trial = Trial::new(World::on_database(postgres.database_in(&place, "small")));
    let mut node = settled(&mut trial);

    newcomers(&trial);
    trial.slow(500);
    trial.start_import(&node);
    trial.reaches_state("reading");
    disk.fill(0);
    trial.slow(0);
    std::thread::sleep(std::time::Duration::from_secs(4));
    assert!(node.is_running(), "{}", node.complaints());
    assert_eq!(trial.facts().members_in("invited"), 150, "there was no room for more");
    let ran = trial.place.run(&["import", PROGRAMME]).expect("the program runs");
    assert_ne!(ran.code, 0, "{ran:?}");
    disk.empty();
    trial.reaches_state("completed");
    assert_eq!(trial.facts().members_in("invited"), 150 + 1_200);
    trial.is_kept(node, 0);
    drop(disk);
}

/// R50: mails wait while the folder has no room, and go once each.
#[test]
fn r50_mails_wait_for_room_in_their_folder() {
    let world = World::on_sqlite();
    let folder = world.data().join("mail");
    let Some(disk) = SmallDisk::at(&folder, 1) else { return };
    let mut trial = Trial::new(world);
    // A pause of half a minute is over in a moment.
    let since = ::soak::timestamp();
    trial.place = trial.place.clone().with("ROLLCALL_CLOCK_SPEED", 60).with("ROLLCALL_CLOCK_SINCE", since);
    trial.world.hire_crowd(1..=40);
    disk.fill(20_000);
    let node = trial.begin();
    trial.start_import(&node);
    trial.reaches_state("completed");
    std::thread::sleep(std::time::Duration::from_secs(2));
    let facts = trial.facts();
    assert!(facts.mails_in("pending") > 20, "some have no room");
    let outbox = trial.at(&node).manager.get("/manage/acme/outbox").expect("it answers");
    assert!(
        outbox.text().contains("its folder cannot be written to"),
        "the page says that mails wait: {}",
        outbox.text()
    );
    disk.empty();
    trial.is_kept(node, 0);
    drop(disk);
}
