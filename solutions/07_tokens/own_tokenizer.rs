//! title: A tokenizer of your own
//! concept: byte-pair encoding
//! points: 3
//! difficulty: 2
//! minutes: 20
//! hint: `bpe_train` and `bpe_encode`, or `my_bpe_train` and `my_bpe_encode` in the notebook, can be called here if you have written them.
//! hint: The text decides nothing about the merges: they are learned from `words` and `counts` alone.
//! hint: `text.split(' ')` gives the words; with an empty text it gives one empty word, which is none.
//!
//! Put the pieces together. `words` are the words of a corpus, and word i occurs `counts[i]` times in it.
//! Learn `n_merges` merges from them, as in `bpe_train`. Then cut `text` into words at its spaces, and encode
//! each word with these merges, as in `bpe_encode`. Return the tokens of each word, in the order of the text.
//! An empty text has no words; there are no two spaces side by side.

/// The tokens of each word of `text`, by merges that were learned from `words`.
pub fn own_tokenizer(words: &[String], counts: &[u64], n_merges: usize, text: &str) -> Vec<Vec<String>> {
    // solution
    fn merge(tokens: &mut Vec<String>, a: &str, b: &str) {
        let mut i = 0;
        while i + 1 < tokens.len() {
            if tokens[i] == a && tokens[i + 1] == b {
                tokens[i] += b;
                tokens.remove(i + 1);
            }
            i += 1;
        }
    }
    let letters = |word: &str| -> Vec<String> { word.chars().map(String::from).collect() };
    let mut corpus: Vec<Vec<String>> = words.iter().map(|word| letters(word)).collect();
    let mut cut: Vec<Vec<String>> = text.split(' ').filter(|word| !word.is_empty()).map(letters).collect();
    for _ in 0..n_merges {
        let mut all = std::collections::BTreeMap::new();
        for (tokens, n) in corpus.iter().zip(counts) {
            for two in tokens.windows(2) {
                *all.entry((two[0].clone(), two[1].clone())).or_insert(0) += n;
            }
        }
        let best = all.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best });
        let Some(((a, b), _)) = best else { break };
        // What was learned earlier is applied earlier, so a new merge can go through the text at once.
        for tokens in corpus.iter_mut().chain(&mut cut) {
            merge(tokens, &a, &b);
        }
    }
    cut
    // end
}
