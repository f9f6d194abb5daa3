//! Two hash tables that the inner loops need: from short byte strings to ids, and from pairs of tokens to
//! their merge.
//!
//! Nearly every piece of a text is shorter than sixteen bytes. Such a piece, with its length, fits into two
//! machine words. Comparing and hashing it takes a few instructions and does not read the text again. Both
//! tables use open addressing with linear probing and are at most half full.

/// The longest string that a [`Key`] holds: fifteen bytes, and one for the length.
const LONGEST: usize = 15;

/// A short byte string in two words. The length is in the highest byte, so the second word is 0 only for the
/// empty string, which is never looked up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Key {
    lo: u64,
    hi: u64,
}

impl Key {
    /// Bytes `start..end` of `text`, unless they are none or too many.
    #[inline]
    pub(in super::super) fn of(text: &[u8], start: usize, end: usize) -> Option<Self> {
        let n = end - start;
        if n == 0 || n > LONGEST {
            return None;
        }
        // Sixteen bytes at once where the text has that many, with the surplus masked off.
        let raw = match text
            .get(start..start + 16)
            .and_then(|b| <[u8; 16]>::try_from(b).ok())
        {
            Some(bytes) => u128::from_le_bytes(bytes),
            None => {
                let mut bytes = [0; 16];
                bytes.get_mut(..n)?.copy_from_slice(text.get(start..end)?);
                u128::from_le_bytes(bytes)
            }
        };
        let raw = raw & ((1 << (8 * n)) - 1) | (n as u128) << 120;
        Some(Self {
            lo: raw as u64,
            hi: (raw >> 64) as u64,
        })
    }

    /// The bytes.
    pub(in super::super) fn bytes(self) -> Vec<u8> {
        let all = (u128::from(self.lo) | u128::from(self.hi) << 64).to_le_bytes();
        all[..usize::from(all[15])].to_vec()
    }

    #[inline]
    pub(in super::super) fn hash(self) -> usize {
        mix(self.lo ^ 0x9e37_79b9_7f4a_7c15, self.hi ^ 0xd1b5_4a32_d192_ed03) as usize
    }
}

/// The two halves of a product of 128 bits, added without carry. Every bit of either factor affects about
/// half the bits of the result (the mixing step of wyhash).
#[inline]
fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

#[derive(Clone, Copy)]
struct Slot {
    key: Key,
    value: u64,
}

const EMPTY: Slot = Slot {
    key: Key { lo: 0, hi: 0 },
    value: 0,
};

/// From short strings to ids.
#[derive(Clone)]
pub(in super::super) struct ShortMap {
    slots: Vec<Slot>,
    len: usize,
}

impl ShortMap {
    pub(in super::super) fn with_capacity(n: usize) -> Self {
        Self {
            slots: vec![EMPTY; (n * 2).next_power_of_two().max(64)],
            len: 0,
        }
    }

    #[inline]
    fn find(&self, key: Key, hash: usize) -> usize {
        let mask = self.slots.len() - 1;
        let mut i = hash & mask;
        while self.slots[i].key != key && self.slots[i].key.hi != 0 {
            i = (i + 1) & mask;
        }
        i
    }

    #[inline]
    pub(in super::super) fn get(&self, key: Key, hash: usize) -> Option<u64> {
        let slot = &self.slots[self.find(key, hash)];
        (slot.key.hi != 0).then_some(slot.value)
    }

    /// The id of `key`, or 0 if it is new.
    #[inline]
    pub(in super::super) fn entry(&mut self, key: Key) -> &mut u64 {
        let mut i = self.find(key, key.hash());
        if self.slots[i].key.hi == 0 {
            if self.len * 2 >= self.slots.len() {
                self.grow();
                i = self.find(key, key.hash());
            }
            self.len += 1;
            self.slots[i].key = key;
        }
        &mut self.slots[i].value
    }

    fn grow(&mut self) {
        let bigger = vec![EMPTY; self.slots.len() * 2];
        for slot in std::mem::replace(&mut self.slots, bigger) {
            if slot.key.hi != 0 {
                let i = self.find(slot.key, slot.key.hash());
                self.slots[i] = slot;
            }
        }
    }

    pub(in super::super) fn iter(&self) -> impl Iterator<Item = (Key, u64)> + '_ {
        (self.slots.iter())
            .filter(|s| s.key.hi != 0)
            .map(|s| (s.key, s.value))
    }
}

/// No pair: both of its tokens would have the highest id there is.
const NO_PAIR: u64 = u64::MAX;

/// From pairs of tokens to a value of 64 bits each.
#[derive(Clone)]
pub(in super::super) struct PairMap {
    slots: Vec<(u64, u64)>,
    len: usize,
}

/// Two tokens as one number, ordered by the first and then by the second.
#[inline]
pub(in super::super) fn pair(a: u32, b: u32) -> u64 {
    u64::from(a) << 32 | u64::from(b)
}

/// The two tokens of [`pair`].
#[inline]
pub(in super::super) fn unpair(pair: u64) -> (u32, u32) {
    ((pair >> 32) as u32, pair as u32)
}

impl PairMap {
    pub(in super::super) fn with_capacity(n: usize) -> Self {
        Self {
            slots: vec![(NO_PAIR, 0); (n * 2).next_power_of_two().max(64)],
            len: 0,
        }
    }

    #[inline]
    fn find(&self, pair: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut i = mix(pair ^ 0x9e37_79b9_7f4a_7c15, 0xd1b5_4a32_d192_ed03) as usize & mask;
        while self.slots[i].0 != pair && self.slots[i].0 != NO_PAIR {
            i = (i + 1) & mask;
        }
        i
    }

    #[inline]
    pub(in super::super) fn get(&self, pair: u64) -> Option<u64> {
        let (found, value) = self.slots[self.find(pair)];
        (found != NO_PAIR).then_some(value)
    }

    /// The value of `pair`, or 0 if it is new.
    #[inline]
    pub(in super::super) fn entry(&mut self, pair: u64) -> &mut u64 {
        let mut i = self.find(pair);
        if self.slots[i].0 == NO_PAIR {
            if self.len * 2 >= self.slots.len() {
                let bigger = vec![(NO_PAIR, 0); self.slots.len() * 2];
                for slot in std::mem::replace(&mut self.slots, bigger) {
                    if slot.0 != NO_PAIR {
                        let i = self.find(slot.0);
                        self.slots[i] = slot;
                    }
                }
                i = self.find(pair);
            }
            self.len += 1;
            self.slots[i].0 = pair;
        }
        &mut self.slots[i].1
    }

    #[cfg(test)]
    fn iter(&self) -> impl Iterator<Item = (u64, u64)> + '_ {
        self.slots.iter().copied().filter(|s| s.0 != NO_PAIR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn short_strings_are_kept_apart(strings in prop::collection::vec(prop::collection::vec(0_u8..3, 1..18), 0..300)) {
            let (mut map, mut truth) = (ShortMap::with_capacity(0), HashMap::new());
            for s in &strings {
                if let Some(key) = Key::of(s, 0, s.len()) {
                    prop_assert_eq!(&key.bytes(), s);
                    *map.entry(key) += 1;
                    *truth.entry(s.clone()).or_insert(0) += 1;
                } else {
                    prop_assert!(s.len() > LONGEST);
                }
            }
            let got: HashMap<_, _> = map.iter().map(|(k, n)| (k.bytes(), n)).collect();
            prop_assert_eq!(got, truth);
        }

        #[test]
        fn pairs_are_kept_apart(pairs in prop::collection::vec((0_u32..20, 0_u32..20), 0..300)) {
            let (mut map, mut truth) = (PairMap::with_capacity(0), HashMap::new());
            for &(a, b) in &pairs {
                *map.entry(pair(a, b)) += 1;
                *truth.entry((a, b)).or_insert(0) += 1;
            }
            let got: HashMap<_, _> = map.iter().map(|(p, n)| (unpair(p), n)).collect();
            prop_assert_eq!(map.len, truth.len());
            prop_assert_eq!(got, truth);
        }
    }

    #[test]
    fn a_key_from_the_middle_of_a_text_is_the_key_of_the_string() {
        let text = b"a text that is long enough";
        assert!(Key::of(text, 2, 6) == Key::of(b"text", 0, 4));
        assert!(Key::of(text, 3, 3).is_none());
    }
}
