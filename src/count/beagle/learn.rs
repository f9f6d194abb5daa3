//! Learning by spectra: the fast form of [`plain`](super::plain).
//!
//! Both memories are sums, and the transform of a sum is the sum of the transforms. So every word's vector is
//! transformed once, before the text is read; each occurrence adds products of spectra; and each memory is
//! transformed back once, at the end. n-grams that end at the same word share their common part:
//!
//! ```text
//!     S_m = Π_{e < m} x_{i−e}[R_e]          the last m words            shared by all n
//!     Q_m = S_m · Φ[R_m]                    … and the placeholder before them
//!     A   = x_{i−n+1}[L_{n−1}] · …          the first words of an n-gram
//!     M(x_{i−m}) += A · Q_m                 the n-gram without word i − m
//! ```
//!
//! The **frequencies** are shared out to the threads, not the text: each thread keeps its slices of all sums
//! and reads all words in their order. So nothing has to be merged afterwards, no memory is needed twice, and
//! the bytes do not depend on the number of threads.

use multiversion::multiversion;
use rayon::prelude::*;

use super::binding::Turn;
use super::{Beagle, UNKNOWN};

/// How many frequencies a slice has. Vectors of 1024 numbers have 8 slices, and what a token needs of a slice
/// stays in the first-level cache.
const WIDTH: usize = 64;

/// What all slices read.
pub(super) struct Shared {
    /// Half spectra of the environment vectors, a word a row.
    pub(super) spectra: Vec<f32>,
    pub(super) half: usize,
    pub(super) stop_words: usize,
    /// Turns of a first word that is followed by 1, 2, … more, and of another that is followed by 0, 1, …
    /// more.
    first: Vec<Turn>,
    other: Vec<Turn>,
    /// The placeholder, turned by each of them.
    first_gap: Vec<Vec<f32>>,
    other_gap: Vec<Vec<f32>>,
}

impl Shared {
    pub(super) fn new(settings: &Beagle, spectra: Vec<f32>, placeholder: &[f32]) -> Self {
        let (d, half) = (settings.dimension, settings.dimension / 2 + 1);
        let first: Vec<Turn> = (1..settings.window).map(|n| Turn::first(d, n)).collect();
        let other: Vec<Turn> = (0..settings.window - 1).map(|n| Turn::other(d, n)).collect();
        let turned = |turns: &[Turn]| -> Vec<Vec<f32>> {
            let turn = |turn: &Turn| {
                let mut out = vec![0.0; 2 * half];
                let (re, im) = out.split_at_mut(half);
                turn.apply(placeholder, 0, re, im);
                out
            };
            turns.iter().map(turn).collect()
        };
        Self {
            spectra,
            half,
            stop_words: settings.stop_words,
            first_gap: turned(&first),
            other_gap: turned(&other),
            first,
            other,
        }
    }

    fn spectrum(&self, id: u32) -> &[f32] {
        &self.spectra[id as usize * 2 * self.half..][..2 * self.half]
    }
}

/// Some frequencies of all words: real and imaginary parts, with a row of twice `width` numbers for each
/// word.
pub(super) struct Slice {
    from: usize,
    width: usize,
    pub(super) context: Vec<f32>,
    pub(super) order: Vec<f32>,
    work: Work,
}

/// What a slice keeps from one word to the next; each row has twice `width` numbers.
struct Work {
    /// The last words, turned in every way; word i is at index i modulo the window.
    ring: Vec<Vec<Vec<f32>>>,
    ids: Vec<u32>,
    /// S, Q and A of the head of this file.
    suffix: Vec<Vec<f32>>,
    with_gap: Vec<Vec<f32>>,
    prefix: Vec<f32>,
    sum: Vec<f32>,
}

/// The slices of all frequencies, empty.
pub(super) fn slices(shared: &Shared, n_words: usize) -> Vec<Slice> {
    // The last takes the highest frequency, which is one more than a power of two.
    let n = ((shared.half - 1) / WIDTH).max(1);
    let slice = |i: usize| {
        let from = i * WIDTH;
        let width = if i + 1 == n { shared.half - from } else { WIDTH };
        let window = shared.first.len() + 1;
        let row = || vec![0.0; 2 * width];
        let rows = |n: usize| (0..n).map(|_| row()).collect::<Vec<_>>();
        Slice {
            from,
            width,
            context: vec![0.0; n_words * 2 * width],
            order: vec![0.0; n_words * 2 * width],
            work: Work {
                ring: (0..window).map(|_| rows(2 * (window - 1))).collect(),
                ids: vec![UNKNOWN; window],
                suffix: rows(window),
                with_gap: rows(window - 1),
                prefix: row(),
                sum: row(),
            },
        }
    };
    (0..n).map(slice).collect()
}

/// Reads sentences, with all threads.
pub(super) fn read(shared: &Shared, slices: &mut [Slice], sentences: &[Vec<Vec<u32>>]) {
    slices.par_iter_mut().for_each(|slice| {
        for sentence in sentences.iter().flatten() {
            slice.add_context(shared, sentence);
            slice.add_order(shared, sentence);
        }
    });
}

impl Slice {
    /// Adds to each word of the sentence the sum of its other words.
    fn add_context(&mut self, shared: &Shared, sentence: &[u32]) {
        let known = || sentence.iter().copied().filter(|&id| id != UNKNOWN);
        let (from, to) = (self.from, self.from + self.width);
        let parts = |id: u32| {
            let spectrum = shared.spectrum(id);
            (
                &spectrum[from..to],
                &spectrum[shared.half + from..shared.half + to],
            )
        };
        let sum = &mut self.work.sum;
        sum.fill(0.0);
        for (re, im) in known().filter(|&id| id as usize >= shared.stop_words).map(parts) {
            add(&mut sum[..self.width], re);
            add(&mut sum[self.width..], im);
        }
        for id in known() {
            let row = &mut self.context[id as usize * 2 * self.width..][..2 * self.width];
            add(row, sum);
            if id as usize >= shared.stop_words {
                let (re, im) = parts(id);
                subtract(&mut row[..self.width], re);
                subtract(&mut row[self.width..], im);
            }
        }
    }

    /// Adds the n-grams around each word of the sentence, with the placeholder in the place of that word.
    fn add_order(&mut self, shared: &Shared, sentence: &[u32]) {
        let window = shared.first.len() + 1;
        let (from, width) = (self.from, self.width);
        let gap = |of: &[f32], row: &mut [f32]| {
            row[..width].copy_from_slice(&of[from..from + width]);
            row[width..].copy_from_slice(&of[shared.half + from..][..width]);
        };
        let Work {
            ring,
            ids,
            suffix,
            with_gap,
            prefix,
            sum: factor,
            ..
        } = &mut self.work;
        // How many known words in a row end here.
        let mut run = 0;
        for (i, &id) in sentence.iter().enumerate() {
            if id == UNKNOWN {
                run = 0;
                continue;
            }
            run = (run + 1).min(window);
            ids[i % window] = id;
            let turns = shared.first.iter().chain(&shared.other);
            for (turn, row) in turns.zip(&mut ring[i % window]) {
                let (re, im) = row.split_at_mut(width);
                turn.apply(shared.spectrum(id), from, re, im);
            }
            let place = |back: usize| (i - back) % window;
            for m in 1..run {
                let word = &ring[place(m - 1)][window - 1 + m - 1];
                let (before, this) = suffix.split_at_mut(m);
                match m {
                    1 => this[0].copy_from_slice(word),
                    _ => product(&before[m - 1], word, &mut this[0]),
                }
            }
            for m in 0..run - 1 {
                gap(&shared.other_gap[m], factor);
                match m {
                    0 => with_gap[0].copy_from_slice(factor),
                    _ => product(&suffix[m], factor, &mut with_gap[m]),
                }
            }
            let row = |id: u32| id as usize * 2 * width..(id as usize + 1) * 2 * width;
            for n in 2..=run {
                let first = place(n - 1);
                gap(&shared.first_gap[n - 2], factor);
                add_product(factor, &suffix[n - 1], &mut self.order[row(ids[first])]);
                prefix.copy_from_slice(&ring[first][n - 2]);
                for m in (0..n - 1).rev() {
                    add_product(prefix, &with_gap[m], &mut self.order[row(ids[place(m)])]);
                    if m > 0 {
                        multiply(prefix, &ring[place(m)][window - 1 + m]);
                    }
                }
            }
        }
    }

    /// Copies the frequencies of word `id` from `sums`, which is this slice's context or order, to their
    /// place in `spectrum`.
    pub(super) fn put(&self, sums: &[f32], id: usize, spectrum: &mut [f32]) {
        let row = &sums[id * 2 * self.width..][..2 * self.width];
        let half = spectrum.len() / 2;
        spectrum[self.from..][..self.width].copy_from_slice(&row[..self.width]);
        spectrum[half + self.from..][..self.width].copy_from_slice(&row[self.width..]);
    }
}

#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
fn add(to: &mut [f32], x: &[f32]) {
    to.iter_mut().zip(x).for_each(|(to, x)| *to += x);
}

#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
fn subtract(from: &mut [f32], x: &[f32]) {
    from.iter_mut().zip(x).for_each(|(from, x)| *from -= x);
}

/// out = a · b, complex, real parts first.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
fn product(a: &[f32], b: &[f32], out: &mut [f32]) {
    let n = out.len() / 2;
    let ((ar, ai), (br, bi)) = (a.split_at(n), b.split_at(n));
    let (or, oi) = out.split_at_mut(n);
    let (ar, ai, br, bi, or, oi) = (&ar[..n], &ai[..n], &br[..n], &bi[..n], &mut or[..n], &mut oi[..n]);
    for f in 0..n {
        or[f] = ar[f] * br[f] - ai[f] * bi[f];
        oi[f] = ar[f] * bi[f] + ai[f] * br[f];
    }
}

/// out += a · b.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
fn add_product(a: &[f32], b: &[f32], out: &mut [f32]) {
    let n = out.len() / 2;
    let ((ar, ai), (br, bi)) = (a.split_at(n), b.split_at(n));
    let (or, oi) = out.split_at_mut(n);
    let (ar, ai, br, bi, or, oi) = (&ar[..n], &ai[..n], &br[..n], &bi[..n], &mut or[..n], &mut oi[..n]);
    for f in 0..n {
        or[f] += ar[f] * br[f] - ai[f] * bi[f];
        oi[f] += ar[f] * bi[f] + ai[f] * br[f];
    }
}

/// a = a · b.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
fn multiply(a: &mut [f32], b: &[f32]) {
    let n = a.len() / 2;
    let (ar, ai) = a.split_at_mut(n);
    let (br, bi) = b.split_at(n);
    let (ar, ai, br, bi) = (&mut ar[..n], &mut ai[..n], &br[..n], &bi[..n]);
    for f in 0..n {
        (ar[f], ai[f]) = (ar[f] * br[f] - ai[f] * bi[f], ar[f] * bi[f] + ai[f] * br[f]);
    }
}
