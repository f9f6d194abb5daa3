//! title: The likeliest cut
//! concept: unigram model
//! points: 4
//! difficulty: 3
//! minutes: 30
//! hint: Let best[end] be the largest sum of a cut of the first `end` bytes. What can the last piece be?
//! hint: best[end] = the largest of best[end − length of the piece] + its score, over the pieces that end there. Remember which piece it was.
//! hint: Go back from the end of the text, piece by piece, and reverse.
//!
//! Each piece has a score, the logarithm of its probability, below 0. The score of a cut is the sum of
//! its pieces' scores. Find the cut of the text with the largest sum. If two cuts have the same sum,
//! either is right; if there is no cut, the result is empty. The texts are of the letters a to z.

/// The cut of `text` with the largest sum of scores.
pub fn viterbi(text: &str, pieces: &[String], scores: &[f32]) -> Vec<String> {
    // solution
    // For each end: the largest sum, and the last piece of that cut.
    let mut best: Vec<Option<(f32, usize)>> = vec![None; text.len() + 1];
    best[0] = Some((0.0, 0));
    for end in 1..=text.len() {
        for (i, piece) in pieces.iter().enumerate() {
            if !text[..end].ends_with(piece.as_str()) {
                continue;
            }
            let Some((before, _)) = best[end - piece.len()] else { continue };
            let sum = before + scores[i];
            if best[end].is_none_or(|(largest, _)| sum > largest) {
                best[end] = Some((sum, i));
            }
        }
    }
    let (mut cut, mut at) = (Vec::new(), text.len());
    while at > 0 {
        let Some((_, i)) = best[at] else { return Vec::new() };
        cut.push(pieces[i].clone());
        at -= pieces[i].len();
    }
    cut.reverse();
    cut
    // end
}
