//! title: Encoding by rank
//! concept: byte-pair encoding
//! points: 3
//! difficulty: 2
//! minutes: 20
//! hint: Begin with one token for each character.
//! hint: For each merge, from the first learned to the last: apply it everywhere it occurs.
//! hint: A merge can only join what earlier merges have made, so going through the merges once is enough.
//!
//! Cut a word into tokens with merges that are listed in the order in which they were learned. At first
//! each character is a token. Of all merges whose pair occurs among the tokens, apply the one that was
//! learned first, everywhere, from left to right. Repeat until no pair of neighbours is in the list.

/// The tokens of `word`.
pub fn bpe_encode(word: &str, merges: &[(String, String)]) -> Vec<String> {
    // solution
    let mut tokens: Vec<String> = word.chars().map(String::from).collect();
    for (a, b) in merges {
        let mut i = 0;
        while i + 1 < tokens.len() {
            if tokens[i] == *a && tokens[i + 1] == *b {
                tokens[i] += b;
                tokens.remove(i + 1);
            }
            i += 1;
        }
    }
    tokens
    // end
}
