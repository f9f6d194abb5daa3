//! Trying the fast arrangement once, at set-up: a kernel is started and asked for something from the library.
//! A system where that does not work gets evcxr as it comes, and `cargo course doctor` says so.

use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::arrangement::Arrangement;
use super::command::{KernelCommand, command};
use crate::nb::client::{Event, Kernel};
use crate::nb::output::Output;
use crate::tools::layout::Layout;
use crate::tools::progress::{Steps, say};

/// How long the kernel may take to start and to answer; it takes seconds.
const PATIENCE: Duration = Duration::from_secs(90);

/// What the kernel is asked, and what it must print.
const QUESTION: &str = r#"println!("the library counts {} words", Vocabulary::count(["a", "b"], 1).len());"#;
const ANSWER: &str = "the library counts 2 words";

/// Finds out which arrangement works here and remembers it.
pub(super) fn run(place: &Layout, steps: &Steps) -> Result<()> {
    if Arrangement::read(place).is_some() {
        return Ok(());
    }
    let step = steps.start("trying the kernel");
    let arrangement = match try_it(&command(place)?, place) {
        Ok(()) => Arrangement::Fast,
        Err(why) => {
            let why = format!("{why:#}");
            say(&format!(
                "the fast kernel does not work on this system: {why}\nKernels will compile the library themselves, which \
                 takes minutes at each start. `cargo course clean` and a new set-up try it again."
            ));
            Arrangement::Stock(why)
        }
    };
    arrangement.write(place)?;
    step.done();
    Ok(())
}

fn try_it(command: &KernelCommand, place: &Layout) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let answer = async {
        let mut kernel = Kernel::start(command, place.root()).await?;
        let answer = ask(&mut kernel).await;
        kernel.shutdown().await;
        answer
    };
    runtime
        .block_on(async { tokio::time::timeout(PATIENCE, answer).await })
        .with_context(|| format!("no answer after {} s", PATIENCE.as_secs()))?
}

/// Asks the question and looks for the answer among all that the kernel says.
async fn ask(kernel: &mut Kernel) -> Result<()> {
    kernel.execute(QUESTION).await?;
    let mut said = String::new();
    loop {
        match kernel.next().await {
            Event::Output(output) => match output {
                Output::Stream { text, .. } => said.push_str(&text),
                Output::Error { value, .. } => said.push_str(&value),
                Output::Data { .. } => {}
            },
            Event::Reply(_) => {}
            Event::Idle => break,
            Event::Ended(log) => bail!("the kernel ended: {log}"),
        }
    }
    if said.contains(ANSWER) {
        Ok(())
    } else {
        bail!("expected {ANSWER:?}, got {said:?}")
    }
}
