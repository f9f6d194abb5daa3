//! Words and their numbers: the hash table behind [`Vocabulary`](super::Vocabulary) and behind counting.
//!
//! Looking up every running word is most of the work of reading a text. In an ordinary table most of the time
//! of a look-up is waiting: for the bucket, for the string that it points to, for the letters of the string.
//! Here a slot of 16 bytes contains the word itself, so that one look-up is one memory access:
//!
//! ```text
//!     letters (11 bytes) | length + 1 (1 byte) | number + 1 (4 bytes)        0 is an empty slot
//! ```
//!
//! For a word of more than 11 bytes the slot has a hash instead of the letters, and the word is compared in
//! the list. In addition, the words of a text are looked up several at a time: their slots are fetched in
//! parallel, where each would have waited for the one before it.

use std::borrow::Cow;

/// Different words, numbered in order of appearance.
#[derive(Clone, Default)]
pub(crate) struct WordIndex {
    words: Vec<String>,
    /// Their number is a power of two, at most half of them in use; empty if there are no words.
    slots: Vec<u128>,
}

/// How many words are looked up at a time.
const BATCH: usize = 32;

/// The longest word that fits in its slot, in bytes.
const INLINE: usize = 11;
/// Written instead of the length + 1 if the word is longer than that.
const LONG: u128 = 0xff;
/// The positions of the length and of the number in a slot, in bits.
const LENGTH_AT: u32 = 88;
const NUMBER_AT: u32 = 96;
/// The part of a slot that is the key.
const KEY: u128 = (1 << NUMBER_AT) - 1;

/// Odd numbers without a pattern, from the digits of π. Multiplying by them spreads similar keys.
const SPREAD: [u64; 2] = [0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7345];

impl WordIndex {
    /// The words of `words`, or the first word that appears a second time.
    pub(super) fn of(words: Vec<String>) -> Result<Self, String> {
        let mut index = Self::default();
        index.words.reserve_exact(words.len());
        index.grow(words.len());
        for word in words {
            let key = key(&word);
            if index.find(key, &word).is_some() {
                return Err(word);
            }
            index.insert(key, word);
        }
        Ok(index)
    }

    pub(crate) fn words(&self) -> &[String] {
        &self.words
    }

    pub(crate) fn into_words(self) -> Vec<String> {
        self.words
    }

    /// The number of `word`.
    #[inline]
    pub(super) fn get(&self, word: &str) -> Option<u32> {
        self.find(key(word), word)
    }

    /// The number of `word`; a new word gets a new number.
    #[inline]
    pub(crate) fn get_or_insert(&mut self, word: &str) -> u32 {
        let key = key(word);
        self.find(key, word)
            .unwrap_or_else(|| self.insert(key, word.to_owned()))
    }

    /// Calls `f` with the number of each word, in order.
    #[inline]
    pub(super) fn each_id<'a>(
        &self,
        words: impl Iterator<Item = Cow<'a, str>>,
        mut f: impl FnMut(Option<u32>),
    ) {
        each_batch(words, |batch| {
            let slots = self.first_slots(batch);
            for (slot, (key, word)) in slots.into_iter().zip(batch) {
                f(if slot & KEY == *key && word.len() <= INLINE {
                    Some(number(slot))
                } else {
                    self.find(*key, word)
                });
            }
        });
    }

    /// Calls `f` with the number of each word, in order. New words are added.
    #[inline]
    pub(crate) fn each_id_or_insert<'a>(
        &mut self,
        words: impl Iterator<Item = Cow<'a, str>>,
        mut f: impl FnMut(u32),
    ) {
        each_batch(words, |batch| {
            let slots = self.first_slots(batch);
            for (slot, (key, word)) in slots.into_iter().zip(batch.drain(..)) {
                if slot & KEY == key && word.len() <= INLINE {
                    f(number(slot));
                } else {
                    f(self
                        .find(key, &word)
                        .unwrap_or_else(|| self.insert(key, word.into_owned())));
                }
            }
        });
    }

    /// For each word the slot that it is most likely in.
    #[inline]
    fn first_slots(&self, batch: &[(u128, Cow<'_, str>)]) -> [u128; BATCH] {
        let mut slots = [0; BATCH];
        for (slot, (key, _)) in slots.iter_mut().zip(batch) {
            *slot = self.slots.get(self.first_slot(*key)).copied().unwrap_or(0);
        }
        slots
    }

    #[inline]
    fn find(&self, key: u128, word: &str) -> Option<u32> {
        let mut at = self.first_slot(key);
        loop {
            let slot = *self.slots.get(at)?;
            if slot & KEY == key {
                let id = number(slot);
                if word.len() <= INLINE || self.words[id as usize] == word {
                    return Some(id);
                }
            } else if slot == 0 {
                return None;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Adds `word`, which must be new.
    #[cold]
    fn insert(&mut self, key: u128, word: String) -> u32 {
        if self.slots.len() < 2 * (self.words.len() + 1) {
            self.grow(self.words.len() + 1);
        }
        // 2^32 words would fill a hundred gigabytes.
        let id = self.words.len() as u32;
        self.words.push(word);
        self.put(key | (u128::from(id) + 1) << NUMBER_AT);
        id
    }

    /// Makes room for `n` words and half as many more.
    fn grow(&mut self, n: usize) {
        let slots = vec![0; (3 * n).next_power_of_two()];
        let old = std::mem::replace(&mut self.slots, slots);
        old.into_iter()
            .filter(|&slot| slot != 0)
            .for_each(|slot| self.put(slot));
    }

    /// Puts `slot` in the first free position.
    fn put(&mut self, slot: u128) {
        let mut at = self.first_slot(slot & KEY);
        while self.slots[at] != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = slot;
    }

    /// The first slot that `key` may be in.
    #[inline]
    fn first_slot(&self, key: u128) -> usize {
        let hash = fold(key as u64 ^ SPREAD[0], (key >> 64) as u64 ^ SPREAD[1]);
        hash as usize & self.slots.len().wrapping_sub(1)
    }
}

/// Calls `f` with several words and their keys at a time.
#[inline]
fn each_batch<'a>(
    mut words: impl Iterator<Item = Cow<'a, str>>,
    mut f: impl FnMut(&mut Vec<(u128, Cow<'a, str>)>),
) {
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        batch.clear();
        batch.extend(words.by_ref().take(BATCH).map(|word| (key(&word), word)));
        if batch.is_empty() {
            return;
        }
        f(&mut batch);
    }
}

#[inline]
fn number(slot: u128) -> u32 {
    ((slot >> NUMBER_AT) as u32).wrapping_sub(1)
}

/// The product of both, with one half xored onto the other.
#[inline]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

/// What a slot holds for `word`. No other word of at most 11 bytes has the same key.
#[inline]
fn key(word: &str) -> u128 {
    let bytes = word.as_bytes();
    let n = bytes.len();
    if n > INLINE {
        return LONG << LENGTH_AT | u128::from(hash(bytes));
    }
    // The first and the last bytes. Where they overlap, the bits are the same.
    let letters = if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<4>()) {
        u128::from(u64::from_le_bytes(*first)) | u128::from(u32::from_le_bytes(*last)) << (8 * (n - 4))
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        u128::from(u32::from_le_bytes(*first)) | u128::from(u32::from_le_bytes(*last)) << (8 * (n - 4))
    } else {
        bytes
            .iter()
            .rev()
            .fold(0, |letters, &b| letters << 8 | u128::from(b))
    };
    letters | (n as u128 + 1) << LENGTH_AT
}

/// A hash of a long word.
fn hash(bytes: &[u8]) -> u64 {
    let mut hash = bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut padded = [0; 8];
        padded[..chunk.len()].copy_from_slice(chunk);
        hash = fold(hash ^ SPREAD[0], u64::from_le_bytes(padded) ^ SPREAD[1]);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn short_words_are_their_own_keys() {
        assert_eq!(key(""), 1 << LENGTH_AT);
        assert_eq!(key("ab"), 0x6261 | 3 << LENGTH_AT);
        assert_eq!(key("abcde"), 0x65_6463_6261 | 6 << LENGTH_AT);
        assert_eq!(
            key("abcdefghijk"),
            0x6b_6a69_6867_6665_6463_6261 | 12 << LENGTH_AT
        );
        assert_eq!(key("abcdefghijkl") >> LENGTH_AT, LONG);
    }

    #[test]
    fn the_empty_word_is_a_word() {
        let mut index = WordIndex::default();
        assert_eq!(index.get(""), None);
        assert_eq!(
            (
                index.get_or_insert(""),
                index.get_or_insert("a"),
                index.get_or_insert("")
            ),
            (0, 1, 0)
        );
    }

    proptest! {
        /// It behaves as the standard library's map, also for words near the longest length that a slot can
        /// hold.
        #[test]
        fn it_is_a_map(words in prop::collection::vec("[ab\\x00é]{0,14}", 0..100)) {
            let mut index = WordIndex::default();
            let mut map = std::collections::HashMap::new();
            for word in &words {
                prop_assert_eq!(index.get(word), map.get(word).copied());
                let next = map.len() as u32;
                prop_assert_eq!(index.get_or_insert(word), *map.entry(word.clone()).or_insert(next));
            }
            let unique = index.clone().into_words();
            prop_assert_eq!(unique.len(), map.len());
            let (mut ids, mut all) = (Vec::new(), WordIndex::default());
            all.each_id_or_insert(words.iter().map(|w| w.into()), |id| ids.push(id));
            prop_assert!(ids.iter().zip(&words).all(|(id, word)| map[word] == *id));
            let mut found = Vec::new();
            all.each_id(words.iter().map(|w| w.into()).chain(["no".into()]), |id| found.push(id));
            ids.push(u32::MAX);
            prop_assert_eq!(found, ids.into_iter().map(|id| Some(id).filter(|&id| id != u32::MAX)).collect::<Vec<_>>());
            let again = WordIndex::of(unique).map_err(TestCaseError::fail)?;
            prop_assert!(map.iter().all(|(word, &id)| again.get(word) == Some(id)));
        }
    }
}
