//! Items that are fetched from their home: connections that break, servers that misbehave, a kill.

use std::fs;
use std::time::{Duration, Instant};

use super::server::{Behaviour, Server};
use super::user::{Said, User, WHEEL, item, with_home};

/// 300 kB that neither compression nor coincidence makes equal to anything else.
fn large() -> String {
    (0..30_000)
        .map(|i| format!("{:09}\n", i * 7919 % 1_000_003))
        .collect()
}

/// An item of two files that only its home has.
fn home_item(url: &str) -> String {
    let files = [("large.txt", "x", &*large()), ("in/small.txt", "y", "small\n")];
    with_home(item("h", "pypi", WHEEL, &files), url)
}

fn assert_home_item(user: &User) {
    assert_eq!(user.read("h/1.0/large.txt"), large());
    assert_eq!(user.read("h/1.0/in/small.txt"), "small\n");
    assert!(!user.has("h/1.0/large.txt.part"));
}

fn home_of(large_is: Behaviour) -> Server {
    Server::start(vec![
        ("/large.txt".into(), large().into_bytes(), large_is),
        ("/in/small.txt".into(), b"small\n".to_vec(), Behaviour::Good),
    ])
}

#[test]
fn home_is_asked_when_the_registry_fails() {
    let user = User::new();
    let home = home_of(Behaviour::Good);
    user.table(&[home_item(&home.url())]);
    user.fetch(&["h"])
        .good(&["python3 is not installed", &format!("from     {}", home.url())]);
    assert_home_item(&user);
    assert_eq!(home.requests(), ["/large.txt", "/in/small.txt"]);
}

#[test]
fn a_broken_connection_goes_on_where_it_stopped() {
    let user = User::new();
    let home = home_of(Behaviour::Cut(100_000));
    user.table(&[home_item(&home.url())]);
    user.fetch(&["h"]).good(&[]);
    assert_home_item(&user);
    assert_eq!(
        home.requests(),
        [
            "/large.txt",
            "/large.txt from 100000",
            "/large.txt from 200000",
            "/in/small.txt"
        ]
    );
}

#[test]
fn a_server_that_cannot_go_on_is_asked_for_all_of_it() {
    let user = User::new();
    let home = home_of(Behaviour::CutOnceThenWhole(100_000));
    user.table(&[home_item(&home.url())]);
    user.fetch(&["h"]).good(&[]);
    assert_home_item(&user);
    assert_eq!(
        home.requests(),
        [
            "/large.txt",
            "/large.txt from 100000",
            "/large.txt",
            "/in/small.txt"
        ]
    );
}

#[test]
fn a_killed_fetch_goes_on_where_it_was_killed() {
    let user = User::new();
    let home = home_of(Behaviour::Stall(120_000));
    user.table(&[home_item(&home.url())]);
    let mut killed = user.command(&["h"]).spawn().unwrap();
    let part = user.cache().join("partial/h-1.0/files/large.txt.part");
    let begun = Instant::now();
    while part.metadata().map_or(0, |m| m.len()) < 120_000 {
        assert!(begun.elapsed() < Duration::from_secs(60), "nothing came");
        std::thread::sleep(Duration::from_millis(5));
    }
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert!(!user.has("h"), "what is not complete must not look so");
    user.fetch(&["--list"]).good(&["not here"]);

    home.set("/large.txt", Behaviour::Good);
    user.fetch(&["h"]).good(&[]);
    assert_home_item(&user);
    assert_eq!(
        home.requests(),
        ["/large.txt", "/large.txt from 120000", "/in/small.txt"]
    );
}

#[test]
fn what_was_left_of_another_file_is_thrown_away() {
    let user = User::new();
    let home = home_of(Behaviour::Good);
    user.table(&[home_item(&home.url())]);
    let files = user.cache().join("partial/h-1.0/files");
    fs::create_dir_all(&files).unwrap();
    fs::write(files.join("large.txt.part"), "x".repeat(1000)).unwrap();
    user.fetch(&["h"]).good(&[]);
    assert_home_item(&user);
    assert_eq!(home.requests()[..2], ["/large.txt from 1000", "/large.txt"]);
}

#[test]
fn a_home_that_sends_something_else_is_refused() {
    for (sent, complaint) in [
        (large().to_uppercase().replace('1', "2"), "expected SHA-256"),
        (large() + "more", "expected 300000 bytes, got more"),
        ("less".to_owned(), "expected 300000 bytes, got 4"),
    ] {
        let user = User::new();
        let home = Server::start(vec![("/large.txt".into(), sent.into_bytes(), Behaviour::Good)]);
        user.table(&[home_item(&home.url())]);
        user.fetch(&["h"])
            .bad(&["neither from PyPI nor from home", complaint]);
        assert!(!user.has("h"));
        assert!(!user.has("partial/h-1.0/files/large.txt"));
    }
}

#[test]
fn a_home_without_the_file_or_without_a_connection_is_an_error() {
    let user = User::new();
    let home = Server::start(vec![]);
    user.table(&[home_item(&home.url())]);
    user.fetch(&["h"]).bad(&["404"]);
    let nobody = home.url();
    drop(home);
    user.table(&[home_item(&nobody)]);
    user.fetch(&["h"]).bad(&["no connection"]);
    fs::remove_file(user.bin("curl")).unwrap();
    user.fetch(&["h"]).bad(&["curl is not installed"]);
}

#[test]
fn two_at_once_fetch_it_once() {
    let user = User::new();
    let home = home_of(Behaviour::Slow(Duration::from_millis(300)));
    user.table(&[home_item(&home.url())]);
    let both: Vec<_> = (0..2).map(|_| user.command(&["h"]).spawn().unwrap()).collect();
    for one in both {
        Said::from(one.wait_with_output().unwrap()).good(&["cache/h/1.0"]);
    }
    assert_home_item(&user);
    assert_eq!(home.requests(), ["/large.txt", "/in/small.txt"]);
}
