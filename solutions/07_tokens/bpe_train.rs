//! title: Training by byte-pair encoding
//! concept: byte-pair encoding
//! points: 4
//! difficulty: 3
//! minutes: 30
//! hint: The four steps: letters, count all pairs, merge the most frequent one everywhere, again.
//! hint: A `BTreeMap` from pairs to counts is in the order of the alphabet: keep the first of the largest counts.
//! hint: Stop when there is no pair left, even if there are fewer merges than were asked for.
//!
//! Words are lists of tokens, at first one for each character; word i occurs counts[i] times. Repeat:
//! count how often each pair of tokens occurs side by side, merge the most frequent pair everywhere, from
//! left to right, into one token, and note it. If several pairs are equally frequent, merge the first by
//! the alphabet (compare the first tokens, then the second ones). Make n_merges merges, or fewer if no
//! pair is left.

/// The merges that are learnt, in order.
pub fn bpe_train(words: &[String], counts: &[u64], n_merges: usize) -> Vec<(String, String)> {
    // solution
    let mut words: Vec<Vec<String>> = words.iter().map(|word| word.chars().map(String::from).collect()).collect();
    let mut merges = Vec::new();
    while merges.len() < n_merges {
        let mut all = std::collections::BTreeMap::new();
        for (tokens, n) in words.iter().zip(counts) {
            for two in tokens.windows(2) {
                *all.entry((two[0].clone(), two[1].clone())).or_insert(0) += n;
            }
        }
        let best = all.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best });
        let Some(((a, b), _)) = best else { break };
        for tokens in &mut words {
            let mut i = 0;
            while i + 1 < tokens.len() {
                if tokens[i] == a && tokens[i + 1] == b {
                    tokens[i] += &b;
                    tokens.remove(i + 1);
                }
                i += 1;
            }
        }
        merges.push((a, b));
    }
    merges
    // end
}
