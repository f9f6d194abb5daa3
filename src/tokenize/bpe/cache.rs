//! The cache of pieces that have been merged before. A text has few different pieces, and most of them recur.
//!
//! The cache has a fixed number of slots, and each piece has one slot. A new piece overwrites the old one in
//! its slot, so the cache never grows, however much is encoded. A tokenizer keeps a few caches, one for each
//! thread that is encoding.

use std::sync::{Mutex, PoisonError};

use super::merge::Part;
use super::table::Key;

/// The number of slots unless more are asked for, a power of two: 16,384 of 48 bytes are 0.8 MB, which stays
/// in a core's second-level cache.
const ENTRIES: usize = 1 << 14;
/// The most tokens a cached piece may have. Few pieces of at most fifteen bytes have more.
const MOST: usize = 6;

#[derive(Clone, Copy)]
struct Entry {
    key: Option<Key>,
    n: u32,
    ids: [u32; MOST],
}

/// The cache, and working space for merging.
pub(in super::super) struct Cache {
    entries: Vec<Entry>,
    pub(in super::super) parts: Vec<Part>,
    pub(in super::super) ranks: Vec<u64>,
}

impl Cache {
    fn new(entries: usize) -> Self {
        let empty = Entry {
            key: None,
            n: 0,
            ids: [0; MOST],
        };
        Self {
            entries: vec![empty; entries],
            parts: Vec::new(),
            ranks: Vec::new(),
        }
    }

    #[inline]
    pub(in super::super) fn get(&self, key: Key, hash: usize) -> Option<&[u32]> {
        let place = &self.entries[hash & (self.entries.len() - 1)];
        (place.key == Some(key)).then(|| &place.ids[..place.n as usize])
    }

    /// Stores the ids of `parts` as those of `key`.
    pub(in super::super) fn keep_parts(&mut self, key: Key, hash: usize) {
        let n = self.parts.len();
        if n <= MOST {
            let i = hash & (self.entries.len() - 1);
            let place = &mut self.entries[i];
            place.key = Some(key);
            place.n = n as u32;
            for (id, part) in place.ids.iter_mut().zip(&self.parts) {
                *id = part.id;
            }
        }
    }
}

/// The caches that no thread is using now.
pub(in super::super) struct Pool {
    free: Mutex<Vec<Cache>>,
    entries: usize,
}

impl Default for Pool {
    fn default() -> Self {
        Self::with_entries(ENTRIES)
    }
}

impl Pool {
    /// Caches of at least this many slots.
    pub(in super::super) fn with_entries(entries: usize) -> Self {
        Self {
            free: Mutex::default(),
            entries: entries.next_power_of_two(),
        }
    }

    pub(in super::super) fn with<T>(&self, f: impl FnOnce(&mut Cache) -> T) -> T {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut cache = free.unwrap_or_else(|| Cache::new(self.entries));
        let result = f(&mut cache);
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        free.push(cache);
        result
    }
}

impl Clone for Pool {
    /// Empty: the first text fills the cache again.
    fn clone(&self) -> Self {
        Self::with_entries(self.entries)
    }
}
