//! `cargo course watch`: a verdict each time a file is saved.
//!
//! Editors save in many ways: some write into the file, some write another one and rename it, some do both
//! and touch it again. So what the file system reports is only a reason to look. After a short silence each
//! exercise's file is read, and it is checked if its text has changed.

use std::collections::BTreeMap;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::Args;
use console::style;
use course::check::Exercise;
use notify::{RecursiveMode, Watcher};

use super::answers::own_earlier;
use super::check::{is_untouched, reports, show, summary};
use super::choose::choose;
use super::files;
use super::submitted::Submitted;
use crate::tools::files::read;
use crate::tools::layout::Layout;
use crate::tools::print::print;
use crate::tools::progress::say;

/// A save is over when nothing has been heard for this long. Editors finish all parts of a save within a few
/// milliseconds.
const SILENCE: Duration = Duration::from_millis(30);

/// The longest wait for an editor that never stops writing.
const LONGEST: Duration = Duration::from_millis(300);

/// Check a file again each time that it is saved. Ctrl-C ends it.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  cargo course watch              all exercises\n  cargo course watch cosine       one of them\n  cargo course watch 01_vectors   a lecture's"
)]
pub(crate) struct WatchArgs {
    /// Which: a name (cosine), an id (01_vectors/cosine) or a lecture (01_vectors); all if none is given.
    #[arg(value_name = "ID")]
    ids: Vec<String>,
}

/// What the watcher hears.
enum Heard {
    /// Something about the files.
    Change,
    /// Ctrl-C.
    Stop,
}

type Texts = BTreeMap<&'static str, String>;

impl WatchArgs {
    pub(crate) fn run(self) -> Result<()> {
        let layout = Layout::find()?;
        let (chosen, _) = choose(&self.ids)?;
        let folder = layout.root().join("exercises");
        let (tell, heard) = mpsc::channel();
        stop_on_ctrl_c(tell.clone())?;
        let mut watcher = notify::recommended_watcher(move |_| {
            // Once the command has ended, nobody listens any more.
            let _ = tell.send(Heard::Change);
        })
        .context("cannot watch files here")?;
        watcher
            .watch(&folder, RecursiveMode::Recursive)
            .with_context(|| format!("cannot watch {}", folder.display()))?;

        let mut known = texts(&layout, &chosen);
        let all = reports(&chosen, |exercise| {
            let text = read(&files::student(&layout, exercise))?;
            Ok(Submitted::file(exercise, text, own_earlier(&layout, exercise)))
        })?;
        all.iter().filter(|report| !is_untouched(report)).for_each(show);
        print(&summary(&all));
        say(&format!(
            "watching {}: save a file to check it, Ctrl-C to end",
            folder.display()
        ));

        while wait(&heard) {
            let begun = Instant::now();
            let now = texts(&layout, &chosen);
            let changed: Vec<&'static Exercise> = (chosen.iter().copied())
                .filter(|exercise| {
                    now.get(exercise.id)
                        .is_some_and(|text| known.get(exercise.id) != Some(text))
                })
                .collect();
            known = now;
            if changed.is_empty() {
                continue;
            }
            for report in reports(&changed, |exercise| {
                Ok(Submitted::file(
                    exercise,
                    known[exercise.id].clone(),
                    own_earlier(&layout, exercise),
                ))
            })? {
                print("\n");
                show(&report);
                if report.is_passed() {
                    suggest(&layout, &chosen, &report.id, &known);
                }
            }
            print(&format!(
                "{}\n",
                style(format!("{:.2} s", begun.elapsed().as_secs_f64())).dim()
            ));
        }
        Ok(())
    }
}

/// The texts of the files. A file that is just being replaced has none.
fn texts(layout: &Layout, chosen: &[&'static Exercise]) -> Texts {
    (chosen.iter())
        .filter_map(|exercise| {
            Some((
                exercise.id,
                std::fs::read_to_string(files::student(layout, exercise)).ok()?,
            ))
        })
        .collect()
}

/// Waits for a save and its end; false when the watching is over.
fn wait(heard: &mpsc::Receiver<Heard>) -> bool {
    let Ok(Heard::Change) = heard.recv() else {
        return false;
    };
    let begun = Instant::now();
    while begun.elapsed() < LONGEST {
        match heard.recv_timeout(SILENCE) {
            Ok(Heard::Change) => {}
            Ok(Heard::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
            Err(RecvTimeoutError::Timeout) => return true,
        }
    }
    true
}

/// Ends the waiting, so that files made for a check are removed.
fn stop_on_ctrl_c(tell: Sender<Heard>) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mut interrupt = {
        let _inside = runtime.enter();
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())?
    };
    std::thread::spawn(move || {
        runtime.block_on(interrupt.recv());
        let _ = tell.send(Heard::Stop);
        // A second Ctrl-C ends the program at once.
        runtime.block_on(interrupt.recv());
        std::process::exit(130);
    });
    Ok(())
}

/// Names the next exercise that has not been begun.
fn suggest(layout: &Layout, chosen: &[&'static Exercise], done: &str, texts: &Texts) {
    let at = chosen
        .iter()
        .position(|exercise| exercise.id == done)
        .unwrap_or(0);
    let next = (chosen[at..].iter().chain(chosen))
        .find(|exercise| texts.get(exercise.id).is_some_and(|text| text == exercise.stub));
    if let Some(next) = next {
        let file = files::student(layout, next);
        let file = file.strip_prefix(layout.root()).unwrap_or(&file);
        print(&format!("  next: {}\n", file.display()));
    }
}
