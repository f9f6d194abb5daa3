//! title: One merge
//! concept: byte-pair encoding
//! points: 2
//! difficulty: 1
//! minutes: 10
//! hint: Go through the tokens with an index, and look at the next token as well.
//! hint: After a merge go on two tokens further.
//! hint: `tokens.get(i + 1)` is `None` at the end.
//!
//! Replace each occurrence of the pair by the new token, from left to right: a token that has been merged is
//! used up, so 5 5 5 with the pair (5, 5) becomes the new token and a 5.

/// `tokens` with `pair` merged into `new`.
pub fn merge_pair(tokens: &[u32], pair: (u32, u32), new: u32) -> Vec<u32> {
    // solution
    let (mut out, mut i) = (Vec::new(), 0);
    while i < tokens.len() {
        if tokens[i] == pair.0 && tokens.get(i + 1) == Some(&pair.1) {
            out.push(new);
            i += 2;
        } else {
            out.push(tokens[i]);
            i += 1;
        }
    }
    out
    // end
}
