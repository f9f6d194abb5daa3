//! Batches of documents that threads work on while the next ones are being read.
//!
//! With [`each_group`](super::batches::each_group) the threads wait for each other and for the reading, and
//! two threads were idle for a tenth of the time. Here they wait for neither, but the results of the batches
//! come back in any order. A single thread works on the batches in order, so that the result is the same
//! bytes each time.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, channel};

use super::Texts;
use super::batches::{BATCH, Batch};
use crate::Result;

/// The number of a batch within an epoch, and the number of its first document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Numbered {
    pub(crate) batch: usize,
    pub(crate) document: usize,
}

/// Decides which batches are worked on, and takes their results.
pub(crate) trait Supervise {
    /// The result of a batch.
    type Made: Send;

    /// Whether this batch should be worked on.
    fn wants(&mut self, number: Numbered) -> bool;

    /// A batch is done. If this returns true, no batch begins before all others have ended and
    /// [`quiet`](Self::quiet) was called.
    fn done(&mut self, made: Self::Made) -> Result<bool>;

    /// No thread is at work. The first `batches` batches of the epoch have been handed out.
    fn quiet(&mut self, batches: usize) -> Result<()>;
}

/// What a thread sends back: the batch, so that its memory can be used again, and either its result or the
/// panic of the work.
type Sent<M> = (Batch, std::thread::Result<M>);

/// Goes through the documents of `texts` in batches. Threads `work` on them while the next ones are being
/// read. With a seed in `mixed`, the documents come in the random order of that seed (see
/// [`Texts::each_mixed`]). The contents of a batch do not depend on the number of threads. A single thread
/// works on the batches in order.
pub(crate) fn each_batch<S: Supervise>(
    texts: &dyn Texts,
    mixed: Option<u64>,
    work: &(impl Fn(Numbered, &Batch) -> S::Made + Sync),
    supervisor: &mut S,
) -> Result<()> {
    let (sender, receiver) = channel::<Sent<S::Made>>();
    // There is one batch more than there are threads, ready for the first thread that is done.
    let most = rayon::current_num_threads() + 1;
    rayon::in_place_scope_fifo(|scope| {
        let mut next = Numbered {
            batch: 0,
            document: 0,
        };
        let (mut running, mut free) = (0, vec![Batch::default()]);
        let mut give = |batch: Batch, supervisor: &mut S| -> Result<Batch> {
            let now = next;
            next.batch += 1;
            next.document += batch.documents().count();
            if !supervisor.wants(now) {
                return Ok(batch);
            }
            let sender = sender.clone();
            scope.spawn_fifo(move |_| {
                let made = catch_unwind(AssertUnwindSafe(|| work(now, &batch)));
                // The receiver is gone only if reading has failed, and then nobody wants the result.
                let _ = sender.send((batch, made));
            });
            running += 1;
            if running == most && take(&receiver, &mut running, &mut free, supervisor)? {
                settle(&receiver, &mut running, &mut free, supervisor)?;
                supervisor.quiet(next.batch)?;
            }
            Ok(free.pop().unwrap_or_default())
        };
        let mut filling = Batch::default();
        let mut add = |text: &str| {
            filling.push(text);
            if filling.len() >= BATCH {
                filling = give(std::mem::take(&mut filling), supervisor)?;
                filling.clear();
            }
            Ok(())
        };
        match mixed {
            Some(seed) => texts.each_mixed(seed, &mut add)?,
            None => texts.each(&mut add)?,
        }
        if !filling.is_empty() {
            give(filling, supervisor)?;
        }
        if settle(&receiver, &mut running, &mut free, supervisor)? {
            supervisor.quiet(next.batch)?;
        }
        Ok(())
    })
}

/// Waits for all threads. Returns whether [`Supervise::done`] has asked for quiet.
fn settle<S: Supervise>(
    receiver: &Receiver<Sent<S::Made>>,
    running: &mut usize,
    free: &mut Vec<Batch>,
    supervisor: &mut S,
) -> Result<bool> {
    let mut asked = false;
    while *running > 0 {
        asked |= take(receiver, running, free, supervisor)?;
    }
    Ok(asked)
}

/// Takes the result of one batch as soon as there is one.
fn take<S: Supervise>(
    receiver: &Receiver<Sent<S::Made>>,
    running: &mut usize,
    free: &mut Vec<Batch>,
    supervisor: &mut S,
) -> Result<bool> {
    let (batch, made) = loop {
        if let Ok(sent) = receiver.try_recv() {
            break sent;
        }
        // If this thread is one of the worker threads, it must not wait for them, but work.
        match rayon::yield_now() {
            Some(rayon::Yield::Executed) => {}
            Some(rayon::Yield::Idle) => std::thread::yield_now(),
            None => match receiver.recv() {
                Ok(sent) => break sent,
                Err(_) => return Ok(false),
            },
        }
    };
    *running -= 1;
    free.push(batch);
    supervisor.done(made.unwrap_or_else(|panic| resume_unwind(panic)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keeps the results, asks for quiet after each seventh batch, and leaves out the first batches.
    struct Kept {
        leave_out: usize,
        made: Vec<(usize, usize, Vec<String>)>,
        quiet: Vec<usize>,
    }

    impl Supervise for Kept {
        type Made = (usize, usize, Vec<String>);

        fn wants(&mut self, number: Numbered) -> bool {
            number.batch >= self.leave_out
        }

        fn done(&mut self, made: Self::Made) -> Result<bool> {
            self.made.push(made);
            Ok(self.made.len().is_multiple_of(7))
        }

        fn quiet(&mut self, batches: usize) -> Result<()> {
            // Every batch that was handed out has come back.
            assert_eq!(self.made.len(), batches - self.leave_out);
            self.quiet.push(batches);
            Ok(())
        }
    }

    fn kept(texts: &[String], leave_out: usize) -> Kept {
        let mut kept = Kept {
            leave_out,
            made: Vec::new(),
            quiet: Vec::new(),
        };
        let work = |number: Numbered, batch: &Batch| {
            let documents = batch.documents().map(str::to_owned).collect();
            (number.batch, number.document, documents)
        };
        each_batch(&texts, None, &work, &mut kept).unwrap();
        kept
    }

    fn texts() -> Vec<String> {
        (0..100_000)
            .map(|i| format!("{i} {}", "x".repeat(i % 300)))
            .collect()
    }

    #[test]
    fn every_document_comes_once_with_its_number() {
        let texts = texts();
        for threads in [1, 2, 5] {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            for mut kept in [pool.install(|| kept(&texts, 0)), kept(&texts, 0)] {
                assert!(kept.made.len() > 10 && !kept.quiet.is_empty());
                if threads == 1 {
                    assert!(kept.made.is_sorted_by_key(|made| made.0) || rayon::current_num_threads() > 1);
                }
                kept.made.sort();
                assert!(kept.made.iter().enumerate().all(|(i, made)| made.0 == i));
                let firsts = kept.made.iter().map(|made| texts[made.1].clone());
                assert!(firsts.eq(kept.made.iter().map(|made| made.2[0].clone())));
                let documents: Vec<String> = kept.made.into_iter().flat_map(|made| made.2).collect();
                assert_eq!(documents, texts);
            }
            let ordered = pool.install(|| kept(&texts, 3)).made;
            assert!(threads > 1 || ordered.is_sorted_by_key(|made| made.0));
            assert!(ordered.iter().all(|made| made.0 >= 3));
        }
    }

    #[test]
    fn what_panics_in_a_thread_panics_here() {
        let work = |number: Numbered, _: &Batch| -> (usize, usize, Vec<String>) {
            assert!(number.batch < 4, "batch 4");
            (number.batch, 0, Vec::new())
        };
        let mut kept = Kept {
            leave_out: 0,
            made: Vec::new(),
            quiet: Vec::new(),
        };
        let ended = catch_unwind(AssertUnwindSafe(|| each_batch(&texts(), None, &work, &mut kept)));
        assert!(ended.is_err());
    }

    #[test]
    fn no_document_no_batch() {
        assert!(kept(&Vec::new(), 0).made.is_empty());
    }
}
