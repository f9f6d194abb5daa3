//! Made by `cargo course exercises` from `solutions/`: what is handed out. For each exercise its file and its
//! hints; for each lecture its quiz, as Markdown and as HTML.

pub(super) const analogy: (&str, &[&str]) = (r#"//! title: Analogies
//! concept: vector arithmetic
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! Row a is to row b as row c is to which row? The answer is the number of the row that has the largest
//! cosine with b − a + c. The rows a, b and c themselves are no answer.

/// The number of the row that is to `c` as `b` is to `a`.
#[allow(unused_variables, reason = "not written yet")]
pub fn analogy(rows: &[Vec<f32>], a: usize, b: usize, c: usize) -> usize {
    todo!()
}
"#, &[
    r"The target is b − a + c, number by number.",
    r"Go through all rows but a, b and c, and keep the one with the largest cosine.",
    r"The length of the target is the same for all rows: it need not be divided by.",
]);

pub(super) const centre: (&str, &[&str]) = (r#"//! title: Centring
//! concept: principal components
//! points: 1
//! difficulty: 1
//! minutes: 8
//!
//! Subtract the mean of each column from the numbers of that column, so that each column has mean 0.

/// `rows` with every column's mean taken away.
#[allow(unused_variables, reason = "not written yet")]
pub fn centre(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    todo!()
}
"#, &[
    r"A column's mean is the sum of its numbers divided by the number of rows.",
    r"Compute all means first, then subtract them.",
]);

pub(super) const cooccurrence: (&str, &[&str]) = (r#"//! title: A word by the company it keeps
//! concept: distributional hypothesis
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! The text is a list of words' numbers. Cell (a, b) of the result counts how often word b occurs at most
//! `window` positions before or after word a. A word is no neighbour of itself at its own position, but
//! it is one of another occurrence of the same word.

/// How often each word stands within `window` places of each other.
#[allow(unused_variables, reason = "not written yet")]
pub fn cooccurrence(words: &[usize], n_words: usize, window: usize) -> Vec<Vec<f32>> {
    todo!()
}
"#, &[
    r"A table of zeros: `vec![vec![0.0; n_words]; n_words]`.",
    r"For each position i, look at the positions from i − window to i + window that exist, but not at i itself.",
    r"`i.saturating_sub(window)` is 0 where i − window would be negative.",
]);

pub(super) const cosine: (&str, &[&str]) = (r#"//! title: Cosine similarity
//! concept: similarity
//! points: 2
//! difficulty: 1
//! minutes: 8
//!
//! The cosine of the angle between two vectors is their dot product divided by both lengths. A vector of
//! zeros has no direction: its cosine with every vector is 0.

/// The cosine of `x` and `y`.
#[allow(unused_variables, reason = "not written yet")]
pub fn cosine(x: &[f32], y: &[f32]) -> f32 {
    todo!()
}
"#, &[
    r"You need the dot product of x and y, and the length of each.",
    r"Divide the dot product by both lengths.",
    r"What is 0 divided by 0? Look at the lengths first.",
]);

pub(super) const cosine_matrix: (&str, &[&str]) = (r#"//! title: The matrix of cosines
//! concept: similarity
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! Cell (i, j) of the result is the cosine of row i and row j. A row of zeros has cosine 0 with every row,
//! itself included.

/// The cosines of all rows with all rows.
#[allow(unused_variables, reason = "not written yet")]
pub fn cosine_matrix(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    todo!()
}
"#, &[
    r"Write a closure for the cosine of two rows first.",
    r"The result has a row and a column for each row of the input.",
    r"Divide each row by its length, and the cosine is a dot product; a row of zeros stays as it is.",
]);

pub(super) const dot: (&str, &[&str]) = (r#"//! title: The dot product
//! concept: similarity
//! points: 1
//! difficulty: 1
//! minutes: 3
//!
//! The dot product of two vectors of the same length is x₁y₁ + x₂y₂ + … + xₙyₙ.

/// The dot product of `x` and `y`.
#[allow(unused_variables, reason = "not written yet")]
pub fn dot(x: &[f32], y: &[f32]) -> f32 {
    todo!()
}
"#, &[
    r"Go through both vectors side by side: `x.iter().zip(y)`.",
    r"Multiply each pair, and add up the products with `.sum()`.",
]);

pub(super) const first_component: (&str, &[&str]) = (r#"//! title: The first principal component
//! concept: principal components
//! points: 4
//! difficulty: 3
//! minutes: 25
//!
//! Find the direction in which the rows spread most. Subtract the mean of the rows first; then it is the
//! vector v of length 1 for which the sum of the squared dot products of the rows with v is largest. Find
//! it by power iteration; a few hundred rounds are enough. Both v and −v are right.

/// The direction of the largest spread.
#[allow(unused_variables, reason = "not written yet")]
pub fn first_component(rows: &[Vec<f32>]) -> Vec<f32> {
    todo!()
}
"#, &[
    r"Take each column's mean away first.",
    r"Power iteration: start anywhere, multiply by the covariance matrix, divide by the length, and again.",
    r"v ← Xᵀ(Xv) needs no covariance matrix.",
    r"Start from numbers that are not all equal, or the start may be at a right angle to the answer.",
]);

pub(super) const histogram: (&str, &[&str]) = (r#"//! title: A histogram of similarities
//! concept: evaluation
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! Divide the range from −1 to 1 into equally wide bins, and count how many similarities fall into each. A
//! similarity on the limit of two bins belongs to the upper one; 1 belongs to the last bin.

/// How many of `similarities` fall into each of `bins` bins.
#[allow(unused_variables, reason = "not written yet")]
pub fn histogram(similarities: &[f32], bins: usize) -> Vec<usize> {
    todo!()
}
"#, &[
    r"(x + 1) / 2 goes from 0 to 1. Multiply by the number of bins and cut off what comes after the point.",
    r"`as usize` cuts off.",
    r"Which bin does exactly 1 come to? There is none after the last.",
]);

pub(super) const nearest: (&str, &[&str]) = (r#"//! title: The k nearest neighbours
//! concept: neighbours
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! The numbers of the k rows with the smallest Euclidean distance from the query, the nearest first. Of two
//! rows at the same distance the one with the smaller number comes first. Where there are fewer than k rows,
//! all of them.

/// The numbers of the `k` rows nearest to `query`.
#[allow(unused_variables, reason = "not written yet")]
pub fn nearest(query: &[f32], rows: &[Vec<f32>], k: usize) -> Vec<usize> {
    todo!()
}
"#, &[
    r"Sort the rows' numbers by their distance from the query, then cut after k.",
    r"`a.total_cmp(&b)` compares two `f32`.",
    r"`sort_by` keeps the order of what is equal, so that ties are right when the numbers were in order before.",
]);

pub(super) const norm: (&str, &[&str]) = (r#"//! title: The length of a vector
//! concept: similarity
//! points: 1
//! difficulty: 1
//! minutes: 3
//!
//! The length (Euclidean norm) of a vector is √(x₁² + x₂² + … + xₙ²). Without numbers it is 0.

/// The length of `x`.
#[allow(unused_variables, reason = "not written yet")]
pub fn norm(x: &[f32]) -> f32 {
    todo!()
}
"#, &[
    r"By Pythagoras the square of the length is the sum of the squares.",
    r"A `f32` has the method `.sqrt()`.",
]);

pub(super) const one_hot: (&str, &[&str]) = (r#"//! title: One-hot vectors
//! concept: representation
//! points: 1
//! difficulty: 1
//! minutes: 5
//!
//! The one-hot vector of a word has a 1 at the word's position in the vocabulary and 0 everywhere else.
//! Positions are counted from 0. A word that is not in the vocabulary has no vector.

/// The one-hot vector of `word`, or nothing.
#[allow(unused_variables, reason = "not written yet")]
pub fn one_hot(word: &str, vocabulary: &[String]) -> Option<Vec<f32>> {
    todo!()
}
"#, &[
    r"`vocabulary.iter().position(…)` finds the position of a word, or nothing.",
    r"`?` ends a function that returns an `Option` where there is nothing.",
    r"Start from `vec![0.0; vocabulary.len()]`.",
]);

pub(super) const precision_at_k: (&str, &[&str]) = (r#"//! title: Precision at k
//! concept: evaluation
//! points: 1
//! difficulty: 1
//! minutes: 5
//!
//! `found` are the answers of a search, the best first. Which share of the first k is relevant? If fewer
//! than k were found, the missing ones count as not relevant.

/// The share of relevant answers among the first `k` of `found`.
#[allow(unused_variables, reason = "not written yet")]
pub fn precision_at_k(found: &[usize], relevant: &[usize], k: usize) -> f32 {
    todo!()
}
"#, &[
    r"`found.iter().take(k)` gives the first k, or all where there are fewer.",
    r"`relevant.contains(number)` asks whether an answer is relevant.",
    r"Divide by k, whatever was found.",
]);

pub(super) const spearman: (&str, &[&str]) = (r#"//! title: Spearman's rank correlation
//! concept: evaluation
//! points: 3
//! difficulty: 2
//! minutes: 20
//!
//! Replace each value by its rank; equal values share the mean of their ranks. The result is the correlation
//! of the two lists of ranks. Neither list has only equal values.

/// The rank correlation of `x` and `y`.
#[allow(unused_variables, reason = "not written yet")]
pub fn spearman(x: &[f32], y: &[f32]) -> f32 {
    todo!()
}
"#, &[
    r"A value's rank is how many values are smaller, plus half of how many others are equal.",
    r"Then it is the ordinary (Pearson) correlation of the two lists of ranks.",
    r"The correlation is the cosine of the two lists after centring.",
]);

pub(super) const circular_convolution: (&str, &[&str]) = (r#"//! title: Circular convolution
//! concept: binding vectors
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! Both vectors have n numbers, at least one. Number i of the result is the sum over all j of a[j] · b[i
//! − j]. The index i − j goes round in a circle of n positions: −1 is the last position.

/// The circular convolution of two vectors of the same length.
#[allow(unused_variables, reason = "not written yet")]
pub fn circular_convolution(a: &[f32], b: &[f32]) -> Vec<f32> {
    todo!()
}
"#, &[
    r"Two loops: over the positions i of the result and over the positions j of `a`.",
    r"`(i + n - j) % n` is i − j counted round the circle, without going below 0.",
]);

pub(super) const fold_in: (&str, &[&str]) = (r#"//! title: Folding in a document
//! concept: latent semantic analysis
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! A matrix X of documents by words has been taken apart as X ≈ U Σ Vᵀ. `v` has a row for each word, and
//! `sigma` holds the singular values, none of them 0. `document` has the weight of each word in a new
//! document. Return its coordinates, a row of U: they are x V Σ⁻¹.

/// The coordinates of a new document in the space of the decomposition.
#[allow(unused_variables, reason = "not written yet")]
pub fn fold_in(document: &[f32], v: &[Vec<f32>], sigma: &[f32]) -> Vec<f32> {
    todo!()
}
"#, &[
    r"The result has as many numbers as there are singular values.",
    r"Number j is the sum over all words of the word's weight times its number j in `v`, divided by σⱼ.",
]);

pub(super) const hal_ramp: (&str, &[&str]) = (r#"//! title: HAL's ramp
//! concept: directed windows
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! The text is a list of words' numbers. In cell (w, c) of the result, every occurrence of c that is d
//! positions before an occurrence of w counts size − d + 1, for d from 1 to `size`; all these are added
//! up. What comes after a word does not count in its row. `size` is at least 1.

/// What precedes each word, weighted by HAL's ramp.
#[allow(unused_variables, reason = "not written yet")]
pub fn hal_ramp(words: &[usize], n_words: usize, size: usize) -> Vec<Vec<f32>> {
    todo!()
}
"#, &[
    r"For each position i and each distance d from 1 to `size` that does not go below position 0.",
    r"A neighbour at distance d counts size − d + 1.",
]);

pub(super) const power_step: (&str, &[&str]) = (r#"//! title: One power iteration
//! concept: singular value decomposition
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! `rows` is a matrix A, and `v` has as many numbers as A has columns. Multiply v by AᵀA, which is Aᵀ(A
//! v), and divide the result by its Euclidean length; if the length is 0, return the zeros. Repeated
//! often enough, this turns v into the first singular vector.

/// AᵀA v, divided by its length.
#[allow(unused_variables, reason = "not written yet")]
pub fn power_step(rows: &[Vec<f32>], v: &[f32]) -> Vec<f32> {
    todo!()
}
"#, &[
    r"Two products: y = A v has a number for each row, z = Aᵀ y one for each column.",
    r"z is the sum of the rows of A, each times its number in y.",
    r"Divide z by the root of its sum of squares.",
]);

pub(super) const ppmi: (&str, &[&str]) = (r#"//! title: Positive pointwise mutual information
//! concept: PPMI
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! Cell (w, c) of `counts` says how often c occurs near w. The result has log₂(P(w, c) / (P(w) P(c))) in
//! each cell where that is positive, and 0 elsewhere; a cell of count 0 is 0. P(w, c) is the cell's share
//! of all counts; P(w) and P(c) are those of its row and its column.

/// The positive pointwise mutual information of each cell, in bits.
#[allow(unused_variables, reason = "not written yet")]
pub fn ppmi(counts: &[Vec<f32>]) -> Vec<Vec<f32>> {
    todo!()
}
"#, &[
    r"You need the sum of each row, of each column, and of all cells.",
    r"P(w, c) / (P(w) P(c)) is count · all / (row sum · column sum).",
    r"`.log2().max(0.0)`; a count of 0 is 0 without a logarithm.",
]);

pub(super) const tf_idf: (&str, &[&str]) = (r#"//! title: TF-IDF with smoothing
//! concept: tf-idf
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! Row d of `counts` says how often each word occurs in document d. With N documents, n of which have the
//! word, the smooth IDF is ln((1 + N) / (1 + n)) + 1. It does not matter how often a document has the
//! word. Multiply each count by its word's IDF, then divide each row by its Euclidean length. A row of
//! zeros stays a row of zeros.

/// The counts weighted by smooth idf, each row of length 1.
#[allow(unused_variables, reason = "not written yet")]
pub fn tf_idf(counts: &[Vec<f32>]) -> Vec<Vec<f32>> {
    todo!()
}
"#, &[
    r"First the document frequency of each word: in how many rows is its count above 0?",
    r"`(1.0 + n_documents as f32) / (1.0 + df)` and then `.ln() + 1.0`.",
    r"Multiply first, then divide the row by its length; a row of zeros has length 0 and stays.",
]);

pub(super) const circular_correlation: (&str, &[&str]) = (r#"//! title: Undoing a binding
//! concept: circular convolution
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! BEAGLE binds two vectors by circular convolution, c = a ⊛ b. Circular correlation undoes that
//! approximately: a # c ≈ b. For two vectors of d numbers,
//!
//!     (a # c)[k] = Σ_j a[j] · c[(k + j) mod d],      k = 0, …, d − 1.
//!
//! Both vectors have the same length d, at least 1.

/// The circular correlation of `a` with `c`.
#[allow(unused_variables, reason = "not written yet")]
pub fn circular_correlation(a: &[f32], c: &[f32]) -> Vec<f32> {
    todo!()
}
"#, &[
    r"Two loops: k over the positions of the result, j over the positions of a.",
    r"Positions are counted round and round: `(k + j) % d`.",
]);

pub(super) const context_vector: (&str, &[&str]) = (r#"//! title: The context vector of one occurrence
//! concept: random indexing
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! The text is a list of words' numbers, and `index[w]` is the index vector of word w. Add up the index
//! vectors of all words at most `window` positions before or after position `at`, but not that of
//! position `at` itself. A word that occurs there twice counts twice. The text does not go round: there
//! is nothing before its first position or after its last. There is at least one word, `at` is a position
//! of the text, and all index vectors have the same length.

/// What the window around place `at` adds to the context vector of the word there.
#[allow(unused_variables, reason = "not written yet")]
pub fn context_vector(words: &[usize], at: usize, window: usize, index: &[Vec<f32>]) -> Vec<f32> {
    todo!()
}
"#, &[
    r"Begin with zeros, as many as an index vector has.",
    r"The positions run from `at − window`, or 0 if that is negative, to `at + window`, or the last position if that is beyond it.",
    r"`at.saturating_sub(window)` is 0 where the difference would be negative.",
]);

pub(super) const index_row: (&str, &[&str]) = (r#"//! title: A random index vector
//! concept: random indexing
//! points: 2
//! difficulty: 1
//! minutes: 8
//!
//! An index vector has `dimension` entries: a few are +1 or −1, and all others are 0. Their positions
//! come from `drawn`, a list of random numbers: number r means position r modulo `dimension` (the
//! remainder of the division). If that position is filled already, skip the number. The first position
//! that is filled gets +1, the second −1, the third +1, and so on; a skipped number does not change the
//! sign that comes next. `dimension` is at least 1.

/// The index vector that the numbers of `drawn` choose.
#[allow(unused_variables, reason = "not written yet")]
pub fn index_row(dimension: usize, drawn: &[usize]) -> Vec<f32> {
    todo!()
}
"#, &[
    r"Begin with zeros, and count the positions that you have filled.",
    r"A position is filled if its number is not 0: then go on to the next drawn number and count nothing.",
    r"The sign is +1 for the first, third, … filled position and −1 for the second, fourth, …",
]);

pub(super) const jl_dimension: (&str, &[&str]) = (r#"//! title: How many dimensions the lemma asks for
//! concept: Johnson-Lindenstrauss lemma
//! points: 1
//! difficulty: 1
//! minutes: 5
//!
//! n points can be projected to k dimensions such that every squared distance changes by a share of at most
//! ε, as soon as
//!
//!     k ≥ 4 ln n / (ε²/2 − ε³/3).
//!
//! Return the least whole number k for which that holds, and 1 where it would be 0. n is at least 1 and ε is
//! between 0 and 1.

/// The least dimension that keeps all squared distances of `n` points within a share of `eps`.
#[allow(unused_variables, reason = "not written yet")]
pub fn jl_dimension(n: usize, eps: f64) -> usize {
    todo!()
}
"#, &[
    r"The natural logarithm is `.ln()`, and a whole number becomes a real one by `n as f64`.",
    r"k must be at least the bound, so round up: `.ceil() as usize`.",
]);

pub(super) const largest_distortion: (&str, &[&str]) = (r#"//! title: The largest distortion
//! concept: Johnson-Lindenstrauss lemma
//! points: 2
//! difficulty: 2
//! minutes: 12
//!
//! Row i of `before` is a point, and row i of `after` is what a projection made of it. For each pair of
//! points the ratio is the squared distance after, divided by the squared distance before. The distortion of
//! the pair is how far the ratio is from 1, up or down:
//! |ratio − 1|. Return the largest distortion of all pairs. A pair whose points were equal before has none and is left out; without
//! any pair the answer is 0. Both lists have as many rows.

/// How far a squared distance's ratio is from 1 at most.
#[allow(unused_variables, reason = "not written yet")]
pub fn largest_distortion(before: &[Vec<f32>], after: &[Vec<f32>]) -> f32 {
    todo!()
}
"#, &[
    r"Two loops: i over all points, j over those after it.",
    r"The squared distance is the sum of the squares of the differences, without a root.",
    r"Keep the largest of |after / before − 1|; begin with 0.",
]);

pub(super) const merge_contexts: (&str, &[&str]) = (r#"//! title: Two models become one
//! concept: random indexing
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! Two models were made with the same index vectors, from different texts. Each is a list of words with their
//! context vectors, each word once. The model of both texts has every word of either. A word that is in both
//! has the sum of its two vectors. First come the words of the first model, in its order; then those that
//! only the second has, in its order. All vectors have the same length.

/// The model of both texts.
#[allow(unused_variables, reason = "not written yet")]
pub fn merge_contexts(first: &[(String, Vec<f32>)], second: &[(String, Vec<f32>)]) -> Vec<(String, Vec<f32>)> {
    todo!()
}
"#, &[
    r"Begin with a copy of the first model: `first.to_vec()`.",
    r"For each word of the second, look for it: `.iter_mut().find(|(other, _)| other == word)`.",
    r"A word that is not found is pushed, vector and all.",
]);

pub(super) const project_ternary: (&str, &[&str]) = (r#"//! title: Projecting with a sparse ternary matrix
//! concept: random projection
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! A very sparse projection matrix R has D rows and k columns, and nearly all of its entries are 0.
//! `entries` holds the others as (row, column, sign), where the sign is 1 or −1; no (row, column) occurs
//! twice. The value of such an entry is sign · √(s / k), so that squared lengths are kept on average.
//! Return y = xR, k numbers:
//!
//!     y[j] = √(s / k) · Σ sign · x[i]     over the entries (i, j, sign) of column j.
//!
//! `x` has D numbers, and k and s are at least 1.

/// The projection of `x` to `k` dimensions.
#[allow(unused_variables, reason = "not written yet")]
pub fn project_ternary(x: &[f32], entries: &[(usize, usize, f32)], k: usize, s: f32) -> Vec<f32> {
    todo!()
}
"#, &[
    r"An entry (i, j, sign) adds sign · x[i] to y[j].",
    r"Add everything up first and multiply by the factor once, at the end.",
]);

pub(super) const rotated: (&str, &[&str]) = (r#"//! title: Order by rotation
//! concept: permutation
//! points: 1
//! difficulty: 1
//! minutes: 6
//!
//! To tell *before* from *after*, random indexing permutes index vectors. The simplest permutation is a
//! rotation: the number at position i goes to position i + `by`, and what leaves at one end comes in at
//! the other. A negative `by` rotates to the left. `by` may be larger than the length. An empty vector
//! stays empty.

/// `vector`, rotated to the right by `by` places.
#[allow(unused_variables, reason = "not written yet")]
pub fn rotated(vector: &[f32], by: i64) -> Vec<f32> {
    todo!()
}
"#, &[
    r"The number at position i goes to position i + by, counted round and round.",
    r"`(i as i64 + by).rem_euclid(n as i64)` is never negative, unlike `%`.",
]);

pub(super) const draw_topic: (&str, &[&str]) = (r#"//! title: Drawing a topic
//! concept: sampling from weights
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! Lay the weights end to end on a line, and mark the place u · total on it, where `u` is from 0 to below 1.
//! The answer is the number of the weight in which the mark lies: the first k with weights[0] + … +
//! weights[k] > u · total. At a border the next topic begins, and a topic of weight 0 is never drawn. At
//! least one weight is positive.

/// The topic at which the cumulative sum passes `u` times the total.
#[allow(unused_variables, reason = "not written yet")]
pub fn draw_topic(weights: &[f32], u: f32) -> usize {
    todo!()
}
"#, &[
    r"The weights need not sum to 1: where is u times their total?",
    r"Add the weights up one after the other and stop at the first sum that is larger than u times the total.",
]);

pub(super) const gibbs_conditional: (&str, &[&str]) = (r#"//! title: One step of the Gibbs sampler
//! concept: collapsed Gibbs sampling
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! The topic of a position is drawn with the probabilities P(k) ∝ (n_dk + α) · (n_wk + η) / (n_k + V·η).
//! Of the other positions, `n_dk` counts those of this document that have topic k, `n_wk` those of this
//! word, and `n_k` all; V is `n_words`. The counts do not contain the position itself. Return the K
//! probabilities, which sum to 1.

/// The probabilities of the topics for one place.
#[allow(unused_variables, reason = "not written yet")]
pub fn gibbs_conditional(
    n_dk: &[u32],
    n_wk: &[u32],
    n_k: &[u32],
    alpha: f32,
    eta: f32,
    n_words: usize,
) -> Vec<f32> {
    todo!()
}
"#, &[
    r"Compute the weight of each topic first, then divide all by their sum.",
    r"A weight is (n_dk + α) · (n_wk + η) / (n_k + V·η).",
]);

pub(super) const lda_perplexity: (&str, &[&str]) = (r#"//! title: Perplexity of a topic model
//! concept: perplexity
//! points: 2
//! difficulty: 2
//! minutes: 12
//!
//! `phi` has a row for each topic, P(word | topic); `theta` has P(topic | document); `words` are the
//! document's N words as numbers, at least one. A word's probability is p_i = Σ_k theta_k · phi_kw. Return
//! exp(−(1/N) · Σ_i ln p_i): the number of words among which the model is as undecided as if it threw a die.

/// Among how many words a topic model is undecided.
#[allow(unused_variables, reason = "not written yet")]
pub fn lda_perplexity(phi: &[Vec<f32>], theta: &[f32], words: &[usize]) -> f32 {
    todo!()
}
"#, &[
    r"The probability of a word is a sum over the topics: θ_k · φ_kw.",
    r"Then the mean of the logarithms, its negative, and exp.",
]);

pub(super) const npmi: (&str, &[&str]) = (r#"//! title: Do two words go together?
//! concept: coherence
//! points: 2
//! difficulty: 2
//! minutes: 12
//!
//! `has_a` and `has_b` say of each document whether it has word a, and word b. With P the share of the
//! documents, NPMI = ln(P(a, b) / (P(a) · P(b))) / −ln P(a, b). Words that are never together have −1 (also a
//! word that no document has); words that both are in every document have 1.

/// Whether two words stand in the same documents more often than chance.
#[allow(unused_variables, reason = "not written yet")]
pub fn npmi(has_a: &[bool], has_b: &[bool]) -> f32 {
    todo!()
}
"#, &[
    r"P(a, b) is the share of the documents that have both.",
    r"Two cases have no logarithm or no denominator: never together, and both in every document.",
]);

pub(super) const phi_from_counts: (&str, &[&str]) = (r#"//! title: The words of a topic
//! concept: P(word | topic)
//! points: 2
//! difficulty: 1
//! minutes: 8
//!
//! `counts` has a row for each topic and a column for each of the V words: how often the word has the topic.
//! The result has the same shape, P(word | topic) = (n_kw + η) / (n_k + V·η), where n_k is the sum of row k.
//! Each row then sums to 1.

/// P(word | topic) from counts.
#[allow(unused_variables, reason = "not written yet")]
pub fn phi_from_counts(counts: &[Vec<u32>], eta: f32) -> Vec<Vec<f32>> {
    todo!()
}
"#, &[
    r"Go row by row: a row is a topic.",
    r"The sum of a row with η added to each of its V counts is n + V·η.",
]);

pub(super) const theta_from_counts: (&str, &[&str]) = (r#"//! title: The topics of a document
//! concept: P(topic | document)
//! points: 2
//! difficulty: 1
//! minutes: 8
//!
//! `topics` has the topic of each of the document's N places, a number below K = `n_topics`. The share of
//! topic k is (n_k + α) / (N + K·α), where n_k places have topic k. A document without places has 1/K of each
//! topic.

/// How much of each topic a document has.
#[allow(unused_variables, reason = "not written yet")]
pub fn theta_from_counts(topics: &[usize], n_topics: usize, alpha: f32) -> Vec<f32> {
    todo!()
}
"#, &[
    r"A count for each topic: `vec![0.0; n_topics]`.",
    r"Every topic gets α, so the counts sum to N + K·α.",
]);

pub(super) const topic_given_word: (&str, &[&str]) = (r#"//! title: A word by its topics
//! concept: Bayes' theorem
//! points: 2
//! difficulty: 2
//! minutes: 12
//!
//! `phi` has a row for each of the K topics: P(word | topic) of each word. `shares` has P(topic). By Bayes,
//! P(topic | word) = P(word | topic) · P(topic) / P(word), where P(word) is the sum of the numerators over
//! the topics. Return it for all topics and word number `word`; it sums to 1. A word that no topic has gets
//! 1/K for each topic.

/// What a word says about the topic.
#[allow(unused_variables, reason = "not written yet")]
pub fn topic_given_word(phi: &[Vec<f32>], shares: &[f32], word: usize) -> Vec<f32> {
    todo!()
}
"#, &[
    r"First P(word | topic) · P(topic) for each topic.",
    r"Their sum is P(word).",
]);

pub(super) const cbow_mean: (&str, &[&str]) = (r#"//! title: The mean of a window
//! concept: continuous bag of words
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! CBOW guesses the word at place `at` of a text from the mean of its neighbours' vectors. The text is a list
//! of words' numbers, and `vectors[w]` is the vector of word w. The neighbours are the words at most `window`
//! places before or after `at`, without the word at `at` itself; a word that stands there twice counts twice.
//! Without a neighbour the mean is all zeros. All vectors have one length.

/// The mean of the vectors of the words around place `at`.
#[allow(unused_variables, reason = "not written yet")]
pub fn cbow_mean(text: &[usize], at: usize, window: usize, vectors: &[Vec<f32>]) -> Vec<f32> {
    todo!()
}
"#, &[
    r"The window runs from `at − window`, or 0 if that is negative, to `at + window`, or the last place.",
    r"Near the ends there are fewer neighbours: divide by how many there are.",
]);

pub(super) const glove_loss: (&str, &[&str]) = (r#"//! title: The loss of a pair
//! concept: GloVe
//! points: 2
//! difficulty: 2
//! minutes: 12
//!
//! Two words met `x` times. With their vectors w and c and a number for each, b_w and b_c, GloVe's loss of
//! this pair is
//!
//!     f(x) · (w·c + b_w + b_c − ln x)²,        f(x) = min(1, (x / x_max)^(3/4)),
//!
//! where ln is the natural logarithm. A pair that never met (x = 0) has loss 0. Both vectors have the same
//! length, at least 1.

/// The weighted squared error of the prediction of ln x.
#[allow(unused_variables, reason = "not written yet")]
pub fn glove_loss(w: &[f32], c: &[f32], b_w: f32, b_c: f32, x: f32, x_max: f32) -> f32 {
    todo!()
}
"#, &[
    r"Four steps: the weight, the prediction w·c + b_w + b_c, the error against ln x, the square.",
    r"ln 0 is −∞, and 0 · ∞ is not a number: a pair that never met needs a case of its own.",
]);

pub(super) const glove_weight: (&str, &[&str]) = (r#"//! title: How much a pair counts
//! concept: GloVe
//! points: 1
//! difficulty: 1
//! minutes: 5
//!
//! GloVe weighs the pairs of words: f(x) = (x / x_max)^(3/4) for a pair that met x times, but at most 1. A
//! pair that never met (x = 0) has weight 0. `x` is not negative, `x_max` is positive.

/// The weight of a pair that met `x` times.
#[allow(unused_variables, reason = "not written yet")]
pub fn glove_weight(x: f32, x_max: f32) -> f32 {
    todo!()
}
"#, &[
    r"Three cases: never met, up to x_max, beyond it.",
]);

pub(super) const huffman_lengths: (&str, &[&str]) = (r#"//! title: Short codes for frequent words
//! concept: hierarchical softmax
//! points: 4
//! difficulty: 3
//! minutes: 25
//!
//! Hierarchical softmax predicts a word by a few decisions, left or right, on the way from the root of a tree
//! to the word. Huffman's tree makes the mean number of decisions smallest: put the two nodes with the
//! smallest weights together to a new node, whose weight is their sum, until one is left. At first each word
//! is a node with its count as the weight. Of equal weights take a word before a node that was made; of words
//! the later one in the list; of nodes that were made the one that was made first.
//!
//! `counts` begins with the largest and never rises. Return for each word how many decisions lead to it; a
//! single word needs none.

/// The length of each word's code.
#[allow(unused_variables, reason = "not written yet")]
pub fn huffman_lengths(counts: &[u32]) -> Vec<usize> {
    todo!()
}
"#, &[
    r"Keep a list of nodes that are still without a parent: each with its weight and the words below it.",
    r"When two nodes are put together, every word below them gets one decision more.",
    r"Words before nodes, later words before earlier ones, older nodes before newer ones: give each a number for this, and compare (weight, number).",
]);

pub(super) const noise_probabilities: (&str, &[&str]) = (r#"//! title: What negative samples are drawn from
//! concept: negative sampling
//! points: 2
//! difficulty: 1
//! minutes: 8
//!
//! Negative sampling draws words at random: word w with probability count(w)^power / Σ_v count(v)^power.
//! Return the probabilities of all words, which sum to 1. The power is from 0 to 1. At least one count is
//! not 0, and a word with count 0 is never drawn, also if the power is 0.

/// The probability with which each word is drawn as noise.
#[allow(unused_variables, reason = "not written yet")]
pub fn noise_probabilities(counts: &[u32], power: f32) -> Vec<f32> {
    todo!()
}
"#, &[
    r"Raise each count to the power first, and divide by the sum of those.",
    r"0 to the power 0 is 1 to a computer: treat words without a count by themselves.",
]);

pub(super) const ranking_hinge: (&str, &[&str]) = (r#"//! title: The true window must win by one
//! concept: ranking loss
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! Collobert and Weston's network gives a window of words a score s, and scores s'ᵢ to the same window with
//! another word in its middle. The true window should win by a margin of 1:
//!
//!     L = Σᵢ max(0, 1 − s + s'ᵢ).
//!
//! Return L, its derivative by s, and its derivatives by the s'ᵢ. At 1 − s + s'ᵢ = 0 take 0 as the
//! derivative.

/// The loss, and its derivatives by the true score and by the corrupted ones.
#[allow(unused_variables, reason = "not written yet")]
pub fn ranking_hinge(score: f32, corrupted: &[f32]) -> (f32, f32, Vec<f32>) {
    todo!()
}
"#, &[
    r"Each corrupted window has its own hinge; add them up.",
    r"Where a hinge is 0, nothing moves: its gradients are 0. Exactly at the corner, too.",
    r"Where it is positive, it rises by 1 with s' and falls by 1 with s.",
]);

pub(super) const sgns_step: (&str, &[&str]) = (r#"//! title: One step of skip-gram
//! concept: negative sampling
//! points: 4
//! difficulty: 3
//! minutes: 25
//!
//! `x` is a word's vector. `y[0]` is the vector of a word near it, and the other rows of `y` are those of
//! negative samples. With σ(s) = 1 / (1 + e^(−s)) the loss is
//!
//!     L = −ln σ(x·y[0]) − Σ_{i ≥ 1} ln σ(−x·y[i]).
//!
//! Take one step of gradient descent with the learning rate `alpha`: every vector v becomes v − alpha ·
//! ∂L/∂v, where all gradients are computed before anything moves. Return the new vectors, `x` first, then
//! the rows of `y`. There is at least one row, and all vectors have the same length.

/// The vectors after one step: the word's, then the others'.
#[allow(unused_variables, reason = "not written yet")]
pub fn sgns_step(x: &[f32], y: &[Vec<f32>], alpha: f32) -> Vec<Vec<f32>> {
    todo!()
}
"#, &[
    r"The derivative of −ln σ(s) by s is σ(s) − 1, and that of −ln σ(−s) is σ(s).",
    r"So each pair has one number g = σ(x·y) − label, with label 1 for the first and 0 for the others; the gradient of y is g·x.",
    r"The gradient of x is the sum of all g·y. Compute it from the y before they move.",
]);

pub(super) const subsample_keep: (&str, &[&str]) = (r#"//! title: Which words are kept
//! concept: subsampling
//! points: 1
//! difficulty: 1
//! minutes: 6
//!
//! Frequent words say little about their neighbours. With f = count / total and a threshold t, word2vec's
//! program keeps each occurrence of a word with probability √(t/f) + t/f, or 1 if that is larger than 1.
//! `count` and `total` are at least 1.

/// The probability that an occurrence of the word is kept.
#[allow(unused_variables, reason = "not written yet")]
pub fn subsample_keep(count: u32, total: u32, threshold: f32) -> f32 {
    todo!()
}
"#, &[
    r"f = count / total is the word's share; then it is one line.",
    r"For rare words the formula is larger than 1: a probability is not.",
]);

pub(super) const train_vectors: (&str, &[&str]) = (r#"//! title: A round of training
//! concept: skip-gram
//! points: 3
//! difficulty: 2
//! minutes: 20
//!
//! This is word2vec's loop. Row i of `x` is the vector of word i as a middle word, and row i of `y` its
//! vector as a neighbour. Each of the `examples` is a list of words: first the middle word, then the word
//! that was seen near it, then the negative samples. Take the examples one after the other. For each take
//! one step of skip-gram, as in `sgns_step`, with the learning rate `alpha`: it moves the middle word's row
//! of `x` and the rows of `y` of the others. The next example begins where this one has ended. Return `x`
//! as it is after the last example. No word is twice among the neighbour and the negative samples of an
//! example.

/// The vectors of the middle words after one round over the examples.
#[allow(unused_variables, reason = "not written yet")]
pub fn train_vectors(
    x: &[Vec<f32>],
    y: &[Vec<f32>],
    examples: &[Vec<usize>],
    alpha: f32,
) -> Vec<Vec<f32>> {
    todo!()
}
"#, &[
    r"`sgns_step`, or `my_sgns_step` in the notebook, can be called here if you have written it: gather the rows, take the step, and put each row back where it came from.",
    r"Copy both tables into variables that may change, and go through the examples with a loop.",
    r"The step returns the word's vector first, and then the others in the order in which you gave them.",
]);

pub(super) const align_plane: (&str, &[&str]) = (r#"//! title: Turn one map onto another
//! concept: Procrustes
//! points: 4
//! difficulty: 3
//! minutes: 25
//!
//! Two trainings give the same words vectors that are turned against each other: only after turning one space
//! onto the other can words be compared. In the plane: `a` and `b` are the same words' points (x, y), as many
//! in both. Turn the points of `a` around the origin by the angle for which the sum of the squared distances
//! to the points of `b` is smallest, and return them. Turning only: no mirror, no stretching, no moving. The
//! best angle is unique here.

/// The points of `a`, turned onto those of `b`.
#[allow(unused_variables, reason = "not written yet")]
pub fn align_plane(a: &[Vec<f32>], b: &[Vec<f32>]) -> Vec<Vec<f32>> {
    todo!()
}
"#, &[
    r"Turned by t, the point (x, y) becomes (x cos t − y sin t, x sin t + y cos t).",
    r"The squared distances are smallest where C cos t + S sin t is largest, with C = Σ (xₐ x_b + yₐ y_b) and S = Σ (xₐ y_b − yₐ x_b).",
    r"That is at cos t = C / √(C² + S²), sin t = S / √(C² + S²).",
]);

pub(super) const collocation_score: (&str, &[&str]) = (r#"//! title: One word or two?
//! concept: phrases
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! `new york` is an expression: york comes directly after new far more often than by chance. word2vec's
//! score is
//!
//!     score(a, b) = (n(ab) − delta) · N / (n(a) · n(b)),
//!
//! where n(a) and n(b) say how often each word is in the text, n(ab) how often b comes directly after a,
//! and N is the number of words of the text. Return the score of words `a` and `b` in `text`, whose words
//! are numbers. If one of the two does not occur, the score is 0.

/// How much more often b follows a than by chance.
#[allow(unused_variables, reason = "not written yet")]
pub fn collocation_score(text: &[usize], a: usize, b: usize, delta: f32) -> f32 {
    todo!()
}
"#, &[
    r"Count three things: a, b, and a directly followed by b.",
    r"A text of one word has no pair; a word that does not occur leaves a 0 below the line.",
]);

pub(super) const cos_mul: (&str, &[&str]) = (r#"//! title: Analogies by multiplying
//! concept: analogies
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! a is to b as c is to …? Levy and Goldberg's 3CosMul gives a candidate d the score
//!
//!     s(d, b) · s(d, c) / (s(d, a) + 0.001),        s(u, v) = (cos(u, v) + 1) / 2.
//!
//! `question` has the vectors of a, b and c, in this order. Return the number of the candidate with the
//! largest score, and the first of them if several have it. No vector is all zeros, all have the same
//! length, and there is at least one candidate.

/// The number of the candidate that completes the analogy.
#[allow(unused_variables, reason = "not written yet")]
pub fn cos_mul(question: &[Vec<f32>], candidates: &[Vec<f32>]) -> usize {
    todo!()
}
"#, &[
    r"Write a function for (cos + 1) / 2 first.",
    r"The candidate should be like b and like c, and unlike a.",
]);

pub(super) const nearest_sense: (&str, &[&str]) = (r#"//! title: Which bank?
//! concept: senses
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! A word has several senses, each with a vector. The words around it tell which one is meant: take the
//! mean of their vectors, and return the number of the sense whose vector has the largest cosine with the
//! mean. If several have the same, take the first. There is at least one context word and one sense, all
//! vectors have the same length, and neither they nor the mean are all zeros.

/// The number of the sense that fits the context best.
#[allow(unused_variables, reason = "not written yet")]
pub fn nearest_sense(context: &[Vec<f32>], senses: &[Vec<f32>]) -> usize {
    todo!()
}
"#, &[
    r"The mean of the context's vectors points where their sum points: there is no need to divide.",
    r"The length of the context's vector is the same for all senses; only that of the sense matters.",
]);

pub(super) const ngram_hash: (&str, &[&str]) = (r#"//! title: A row for every piece
//! concept: fastText
//! points: 2
//! difficulty: 2
//! minutes: 12
//!
//! There are too many n-grams for a table of their own, so a hash gives each one of `buckets` rows, and
//! some share a row. The hash is FNV-1a with 32 bits. Begin with h = 2166136261. For each byte b of the
//! text, h = (h xor b) · 16777619, of which the lower 32 bits are kept. The row is the remainder of h
//! divided by `buckets`, which is at least 1. All texts here are ASCII.

/// The row of an n-gram.
#[allow(unused_variables, reason = "not written yet")]
pub fn ngram_hash(ngram: &str, buckets: u32) -> u32 {
    todo!()
}
"#, &[
    r"`ngram.bytes()` gives the bytes; `u32::wrapping_mul` multiplies without an error.",
    r"First the exclusive or (`^`), then the product: that is the difference between FNV-1a and FNV-1.",
]);

pub(super) const unknown_vector: (&str, &[&str]) = (r#"//! title: A vector for a word never seen
//! concept: fastText
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! A word that the training never saw still has pieces that it did see. Its vector is the mean of the vectors
//! of its known pieces. `pieces` are the word's n-grams; one that comes twice counts twice. `known` has
//! pieces with their vectors, each piece once, all vectors of one length, at least one entry. A piece that is
//! not in `known` does not count at all. If none is known, the vector is all zeros.

/// The mean of the known pieces' vectors.
#[allow(unused_variables, reason = "not written yet")]
pub fn unknown_vector(pieces: &[String], known: &[(String, Vec<f32>)]) -> Vec<f32> {
    todo!()
}
"#, &[
    r"Go through the pieces, add up the vectors of those that are known, and count them.",
    r"Without a known piece there is nothing to divide by: the answer is all zeros.",
]);

pub(super) const word_ngrams: (&str, &[&str]) = (r#"//! title: The pieces of a word
//! concept: fastText
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! fastText sees a word as its n-grams. Put `<` before the word and `>` after it, and return all pieces
//! of `least` to `most` characters: from left to right by where they begin, and the shorter first if they
//! begin at the same position. A mark alone is not a piece. `least` is at least 1 and not above `most`.

/// The n-grams of a word with its marks.
#[allow(unused_variables, reason = "not written yet")]
pub fn word_ngrams(word: &str, least: usize, most: usize) -> Vec<String> {
    todo!()
}
"#, &[
    r"Work on characters, not on bytes: `chars().collect::<Vec<char>>()`.",
    r"Two loops: where a piece begins, and how long it is.",
    r"With `least` 1 the marks < and > are pieces of length 1: leave these two out.",
]);

pub(super) const best_vocabulary: (&str, &[&str]) = (r#"//! title: The best size of a vocabulary
//! concept: cost
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! Tokenizers with vocabularies of different sizes have been trained, and the fertility of each has been
//! measured: sizes[i] goes with fertilities[i]. Return the size for which training on a word is cheapest, by
//! C = 96 F l h² (1 + s/(6h) + V/(16 l h)) for a transformer of l layers, h wide, with a context of s tokens.
//! There is at least one size, and no two cost the same.

/// The size for which a word is cheapest.
#[allow(unused_variables, reason = "not written yet")]
pub fn best_vocabulary(
    sizes: &[usize],
    fertilities: &[f64],
    layers: usize,
    width: usize,
    context: usize,
) -> usize {
    todo!()
}
"#, &[
    r"Compute the cost of a word for each size with its own fertility.",
    r"`min_by(|a, b| a.total_cmp(b))` finds the smallest of some `f64`.",
]);

pub(super) const bpe_encode: (&str, &[&str]) = (r#"//! title: Encoding by rank
//! concept: byte-pair encoding
//! points: 3
//! difficulty: 2
//! minutes: 20
//!
//! Cut a word into tokens with merges that are listed in the order in which they were learned. At first
//! each character is a token. Of all merges whose pair occurs among the tokens, apply the one that was
//! learned first, everywhere, from left to right. Repeat until no pair of neighbours is in the list.

/// The tokens of `word`.
#[allow(unused_variables, reason = "not written yet")]
pub fn bpe_encode(word: &str, merges: &[(String, String)]) -> Vec<String> {
    todo!()
}
"#, &[
    r"Begin with one token for each character.",
    r"For each merge, from the first learned to the last: apply it everywhere it occurs.",
    r"A merge can only join what earlier merges have made, so going through the merges once is enough.",
]);

pub(super) const bpe_train: (&str, &[&str]) = (r#"//! title: Training by byte-pair encoding
//! concept: byte-pair encoding
//! points: 4
//! difficulty: 3
//! minutes: 30
//!
//! Words are lists of tokens, at first one for each character; word i occurs counts[i] times. Repeat:
//! count how often each pair of tokens occurs side by side, merge the most frequent pair everywhere, from
//! left to right, into one token, and note it. If several pairs are equally frequent, merge the first by
//! the alphabet (compare the first tokens, then the second ones). Make n_merges merges, or fewer if no
//! pair is left.

/// The merges that are learnt, in order.
#[allow(unused_variables, reason = "not written yet")]
pub fn bpe_train(words: &[String], counts: &[u64], n_merges: usize) -> Vec<(String, String)> {
    todo!()
}
"#, &[
    r"The four steps: letters, count all pairs, merge the most frequent one everywhere, again.",
    r"A `BTreeMap` from pairs to counts is in the order of the alphabet: keep the first of the largest counts.",
    r"Stop when there is no pair left, even if there are fewer merges than were asked for.",
]);

pub(super) const byte_fallback: (&str, &[&str]) = (r#"//! title: Byte fallback
//! concept: bytes
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! A character that is in the list of known tokens is itself. Any other becomes the bytes of its UTF-8, each
//! written as `<0xC3>`: two hexadecimal digits in capital letters.

/// The characters of `text`, and the bytes of those that have no token.
#[allow(unused_variables, reason = "not written yet")]
pub fn byte_fallback(text: &str, known: &[String]) -> Vec<String> {
    todo!()
}
"#, &[
    r"`text.chars()` gives the characters; `c.to_string()` is a text of one.",
    r"`c.to_string().bytes()` gives the bytes of its UTF-8.",
    r#"`format!("<0x{byte:02X}>")` writes two hexadecimal digits in capital letters."#,
]);

pub(super) const candidate_pairs: (&str, &[&str]) = (r#"//! title: Candidates by bands
//! concept: duplicates
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! Signatures are cut into bands of `rows` numbers each; the length is a multiple of it. Two documents are
//! candidates for near duplicates if they agree in all rows of at least one band. Return the pairs (i, j)
//! with i < j in ascending order.

/// The pairs of documents that agree in some band.
#[allow(unused_variables, reason = "not written yet")]
pub fn candidate_pairs(signatures: &[Vec<u64>], rows: usize) -> Vec<(usize, usize)> {
    todo!()
}
"#, &[
    r"`signature.chunks(rows)` gives the bands.",
    r"Two documents are candidates if some band of one equals the same band of the other.",
]);

pub(super) const cost_per_word: (&str, &[&str]) = (r#"//! title: What a word costs
//! concept: cost
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! A transformer of l layers, h wide, that reads s tokens at once from a vocabulary of V takes
//! C = 96 F l h² (1 + s/(6h) + V/(16 l h)) floating-point operations to train on one word, if a word is F
//! tokens.

/// Floating-point operations of training on a word.
#[allow(unused_variables, reason = "not written yet")]
pub fn cost_per_word(fertility: f64, layers: usize, width: usize, context: usize, vocab_size: usize) -> f64 {
    todo!()
}
"#, &[
    r"C = 96 F l h² (1 + s/(6h) + V/(16 l h)).",
    r"Turn all whole numbers into f64 before you divide.",
]);

pub(super) const decode_tokens: (&str, &[&str]) = (r#"//! title: From bytes to text
//! concept: bytes
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! At byte level a token is a list of bytes, and it can end in the middle of a character. Put the bytes of
//! all tokens together and decode them as UTF-8. What is no UTF-8 becomes the replacement character U+FFFD:
//! one for each longest beginning of a character that is cut off, and one for each byte that cannot begin
//! one.

/// The text that `tokens` stand for.
#[allow(unused_variables, reason = "not written yet")]
pub fn decode_tokens(tokens: &[Vec<u8>]) -> String {
    todo!()
}
"#, &[
    r"`tokens.concat()` puts all bytes into one list.",
    r"The standard library decodes with replacement: `String::from_utf8_lossy`.",
]);

pub(super) const merge_pair: (&str, &[&str]) = (r#"//! title: One merge
//! concept: byte-pair encoding
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! Replace each occurrence of the pair by the new token, from left to right: a token that has been merged is
//! used up, so 5 5 5 with the pair (5, 5) becomes the new token and a 5.

/// `tokens` with `pair` merged into `new`.
#[allow(unused_variables, reason = "not written yet")]
pub fn merge_pair(tokens: &[u32], pair: (u32, u32), new: u32) -> Vec<u32> {
    todo!()
}
"#, &[
    r"Go through the tokens with an index, and look at the next token as well.",
    r"After a merge go on two tokens further.",
    r"`tokens.get(i + 1)` is `None` at the end.",
]);

pub(super) const minhash: (&str, &[&str]) = (r#"//! title: A MinHash signature
//! concept: duplicates
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! Hash function i maps x to (a[i]·x + b[i]) mod p with the prime p = 2³¹ − 1 = 2147483647. Number i of the
//! signature is the smallest hash of the set's elements by function i; of an empty set it is p. All numbers
//! are below p, so that nothing overflows.

/// The signature of `set`.
#[allow(unused_variables, reason = "not written yet")]
pub fn minhash(set: &[u64], a: &[u64], b: &[u64]) -> Vec<u64> {
    todo!()
}
"#, &[
    r"For hash function i compute (a[i]·x + b[i]) mod p for each element x, and keep the smallest.",
    r"`min()` of no elements is `None`; `unwrap_or(p)` says what then.",
]);

pub(super) const own_tokenizer: (&str, &[&str]) = (r#"//! title: A tokenizer of your own
//! concept: byte-pair encoding
//! points: 3
//! difficulty: 2
//! minutes: 20
//!
//! Put the pieces together. `words` are the words of a corpus, and word i occurs `counts[i]` times in it.
//! Learn `n_merges` merges from them, as in `bpe_train`. Then cut `text` into words at its spaces, and encode
//! each word with these merges, as in `bpe_encode`. Return the tokens of each word, in the order of the text.
//! An empty text has no words; there are no two spaces side by side.

/// The tokens of each word of `text`, by merges that were learned from `words`.
#[allow(unused_variables, reason = "not written yet")]
pub fn own_tokenizer(words: &[String], counts: &[u64], n_merges: usize, text: &str) -> Vec<Vec<String>> {
    todo!()
}
"#, &[
    r"`bpe_train` and `bpe_encode`, or `my_bpe_train` and `my_bpe_encode` in the notebook, can be called here if you have written them.",
    r"The text decides nothing about the merges: they are learned from `words` and `counts` alone.",
    r"`text.split(' ')` gives the words; with an empty text it gives one empty word, which is none.",
]);

pub(super) const pair_counts: (&str, &[&str]) = (r#"//! title: Counting pairs
//! concept: byte-pair encoding
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! Count how often each pair of tokens occurs side by side. Word i occurs counts[i] times. Pairs overlap:
//! 7 7 7 has the pair (7, 7) twice. The result has (first token, second token, count) for each pair that
//! occurs, in ascending order of the pairs.

/// The pairs of neighbours in `words`, each with how often it occurs.
#[allow(unused_variables, reason = "not written yet")]
pub fn pair_counts(words: &[Vec<u32>], counts: &[u64]) -> Vec<(u32, u32, u64)> {
    todo!()
}
"#, &[
    r"`word.windows(2)` gives every two neighbours, overlaps included.",
    r"A `BTreeMap` from the pair to its count keeps the pairs in order.",
    r"Add the word's count, not 1.",
]);

pub(super) const split_words: (&str, &[&str]) = (r#"//! title: Fertility and split words
//! concept: measures
//! points: 1
//! difficulty: 1
//! minutes: 5
//!
//! The list has the number of tokens of each word, 1 or more. The result is the fertility (tokens a word) and
//! the share of words that are split into two tokens or more, from 0 to 1. Without words both are 0.

/// Tokens a word, and the share of split words.
#[allow(unused_variables, reason = "not written yet")]
pub fn split_words(tokens: &[usize]) -> (f64, f64) {
    todo!()
}
"#, &[
    r"Fertility is all tokens over all words.",
    r"A word is split if it has two tokens or more.",
    r"Look at the case without words before you divide.",
]);

pub(super) const viterbi: (&str, &[&str]) = (r#"//! title: The likeliest cut
//! concept: unigram model
//! points: 4
//! difficulty: 3
//! minutes: 30
//!
//! Each piece has a score, the logarithm of its probability, below 0. The score of a cut is the sum of
//! its pieces' scores. Find the cut of the text with the largest sum. If two cuts have the same sum,
//! either is right; if there is no cut, the result is empty. The texts are of the letters a to z.

/// The cut of `text` with the largest sum of scores.
#[allow(unused_variables, reason = "not written yet")]
pub fn viterbi(text: &str, pieces: &[String], scores: &[f32]) -> Vec<String> {
    todo!()
}
"#, &[
    r"Let best[end] be the largest sum of a cut of the first `end` bytes. What can the last piece be?",
    r"best[end] = the largest of best[end − length of the piece] + its score, over the pieces that end there. Remember which piece it was.",
    r"Go back from the end of the text, piece by piece, and reverse.",
]);

pub(super) const wordpiece: (&str, &[&str]) = (r#"//! title: WordPiece's longest match
//! concept: WordPiece
//! points: 3
//! difficulty: 2
//! minutes: 20
//!
//! Cut a word from left to right: at each position take the longest piece of the vocabulary that fits. At
//! the beginning of the word, pieces without `##` fit; further on, only pieces that are written with `##`
//! in front. Once taken, a piece stays. If no piece fits, the whole word is the one token `[UNK]`. The
//! words are of the letters a to z, and not empty.

/// The pieces of `word`.
#[allow(unused_variables, reason = "not written yet")]
pub fn wordpiece(word: &str, vocabulary: &[String]) -> Vec<String> {
    todo!()
}
"#, &[
    r"Within a word, look for `##` and the text.",
    r"For each position, try the ends from the last one down.",
    r"Where nothing fits, return `[UNK]` alone.",
]);

pub(super) const wordpiece_scores: (&str, &[&str]) = (r#"//! title: WordPiece's score
//! concept: WordPiece
//! points: 1
//! difficulty: 1
//! minutes: 5
//!
//! BPE merges the pair that occurs most. WordPiece, as it is usually told, merges the pair whose parts go
//! together more than by chance: the count of the pair divided by the product of the counts of its parts.
//! Each entry is (count of the pair, count of the first part, count of the second part). Return the score
//! of each.

/// The score of each pair.
#[allow(unused_variables, reason = "not written yet")]
pub fn wordpiece_scores(pairs: &[(u64, u64, u64)]) -> Vec<f64> {
    todo!()
}
"#, &[
    r"The score is count(ab) / (count(a) · count(b)).",
    r"`n as f64` turns a count into a number that can be divided.",
]);

pub(super) const alignment_uniformity: (&str, &[&str]) = (r#"//! title: Near one's partner, far from all others
//! concept: geometry of a space
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! `x` has n vectors, at least two, and `y[i]` is the partner of `x[i]`. No vector is zero. First each vector
//! is divided by its length. Return two numbers of the vectors that this makes:
//!
//! - alignment, the mean of ‖xᵢ − yᵢ‖² over the n pairs of partners;
//! - uniformity, ln of the mean of e^(−2‖xᵢ − x_j‖²) over all pairs i < j of vectors of `x`.
//!
//! Both have squared Euclidean distances, and ln is the natural logarithm.

/// How near partners are, and how evenly the vectors are spread.
#[allow(unused_variables, reason = "not written yet")]
pub fn alignment_uniformity(x: &[Vec<f32>], y: &[Vec<f32>]) -> (f32, f32) {
    todo!()
}
"#, &[
    r"Scale all vectors first; after that one function for the squared distance serves both numbers.",
    r"Uniformity: first the mean of e^(−2d²) over the pairs i < j, then its logarithm.",
]);

pub(super) const batch_hard: (&str, &[&str]) = (r#"//! title: Batch-hard
//! concept: mining
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! `distances[i][j]` is the distance between items i and j of a batch, and `labels[i]` is the class of item
//! i. Each item is an anchor once. Its loss is
//!
//!     max(0, d(anchor, hardest positive) − d(anchor, hardest negative) + margin),
//!
//! with the farthest other item of its class and the nearest item of another class. Return the mean of the
//! losses over the anchors that have both a positive and a negative. The anchor is no positive of itself. If
//! no anchor has both, the loss of the batch is 0.

/// The mean loss of the hardest triplets of a batch.
#[allow(unused_variables, reason = "not written yet")]
pub fn batch_hard(distances: &[Vec<f32>], labels: &[u32], margin: f32) -> f32 {
    todo!()
}
"#, &[
    r"For each anchor the farthest positive and the nearest negative: two folds over its row.",
    r"Add up the losses and count the anchors that have one; divide at the end.",
    r"An anchor that wins by more than the margin has loss 0, and is counted.",
]);

pub(super) const both_ways: (&str, &[&str]) = (r#"//! title: Both directions
//! concept: InfoNCE
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! `similarities[i][j]` is the similarity of picture i with text j; picture i and text i are partners. Row i
//! asks for the text of picture i, and column j for the picture of text j. The loss of a list of similarities
//! is that of InfoNCE,
//!
//!     −ln( e^(s_partner/τ) / Σ e^(s/τ) ),
//!
//! with the sum over the whole list. Return the mean over the rows and the mean over the columns, added and
//! halved. The loss must be right also where e^(s/τ) is too large for an `f32`. There are as many columns as
//! rows, at least one, and `temperature` is τ and above 0.

/// The mean of InfoNCE's losses in both directions.
#[allow(unused_variables, reason = "not written yet")]
pub fn both_ways(similarities: &[Vec<f32>], temperature: f32) -> f32 {
    todo!()
}
"#, &[
    r"Write the loss of one list of similarities as a function or a closure, and call it for rows and for columns.",
    r"Column j is `similarities.iter().map(|row| row[j])`.",
]);

pub(super) const hardest: (&str, &[&str]) = (r#"//! title: The hardest partner and the hardest stranger
//! concept: mining
//! points: 2
//! difficulty: 2
//! minutes: 12
//!
//! `distances[j]` is the distance of item j from item `anchor`, and `labels[j]` is its class. The anchor's
//! positives are the other items of its class, without the anchor itself. Its negatives are the items of
//! other classes. The hardest positive is the farthest one, and the hardest negative is the nearest one; of
//! equal distances take the first item. Return the indices of both, the positive first, or `None` if the
//! anchor has no positive or no negative.

/// The numbers of the farthest positive and of the nearest negative.
#[allow(unused_variables, reason = "not written yet")]
pub fn hardest(distances: &[f32], labels: &[u32], anchor: usize) -> Option<(usize, usize)> {
    todo!()
}
"#, &[
    r"Go through the items once; keep the farthest positive and the nearest negative so far, each an `Option<usize>`.",
    r"Skip the anchor by its number. Another item may have the distance 0, too.",
    r"A strict comparison with the best so far keeps the first of equals. `positive.zip(negative)` is `None` if either is.",
]);

pub(super) const infonce: (&str, &[&str]) = (r#"//! title: Find the partner among N
//! concept: InfoNCE
//! points: 2
//! difficulty: 1
//! minutes: 12
//!
//! A query has a similarity to each of N candidates. Candidate number `partner` is the right one. With the
//! temperature τ the loss is
//!
//!     L = −ln( e^(s_partner/τ) / Σ_j e^(s_j/τ) ),
//!
//! where j runs over all N candidates, the partner too, and ln is the natural logarithm. A small τ makes s/τ
//! large: the loss must be right also where e^(s/τ) is too large for an `f32`. `temperature` is above 0.

/// The loss of one query.
#[allow(unused_variables, reason = "not written yet")]
pub fn infonce(similarities: &[f32], partner: usize, temperature: f32) -> f32 {
    todo!()
}
"#, &[
    r"The logarithm of a quotient is a difference: L = ln Σ_j e^(s_j/τ) − s_partner/τ.",
    r"Divide by τ first, then take the stable logarithm of a sum of exponentials: subtract the largest.",
]);

pub(super) const infonce_bound: (&str, &[&str]) = (r#"//! title: What a batch of N can prove
//! concept: mutual information
//! points: 3
//! difficulty: 3
//! minutes: 20
//!
//! `joint[x][c]` is the probability p(x, c); p(x) is the sum of row x, and p(c) that of column c. The score
//! that InfoNCE learns in the end is the quotient f(x, c) = p(x, c) / (p(x) · p(c)). In a batch of N pairs
//! (xᵢ, cᵢ), each context cᵢ has to find its own xᵢ among those of the batch:
//!
//!     L_N = −(1/N) · Σᵢ ln( f(xᵢ, cᵢ) / Σ_j f(x_j, cᵢ) ),
//!
//! where j runs over all N pairs, i too, and an x that occurs twice counts twice. Return ln N − L_N, with
//! natural logarithms: on average over batches it is at most the mutual information of x and c. The batch has
//! at least one pair, and no pair of it has the probability 0; f(x_j, cᵢ) may be 0.

/// What a batch says of the mutual information, in nats.
#[allow(unused_variables, reason = "not written yet")]
pub fn infonce_bound(joint: &[Vec<f32>], batch: &[(usize, usize)]) -> f32 {
    todo!()
}
"#, &[
    r"Sums of rows and columns first, then a function for the quotient f(x, c).",
    r"In term i the context is always cᵢ, and only x changes: f(x₁, cᵢ) to f(x_N, cᵢ).",
    r"L_N is a mean over the N pairs; the answer is ln N − L_N.",
]);

pub(super) const infonce_gradient: (&str, &[&str]) = (r#"//! title: Who is pulled, who is pushed
//! concept: InfoNCE
//! points: 2
//! difficulty: 2
//! minutes: 12
//!
//! InfoNCE's loss of a query is
//!
//!     L = −ln( e^(s_partner/τ) / Σ_j e^(s_j/τ) ),
//!
//! where j runs over all candidates. Return its derivatives by the similarities: ∂L/∂s_j for each j. They
//! must be right also where e^(s/τ) is too large for an `f32`. `temperature` is τ and above 0.

/// The derivatives of the loss by the similarities.
#[allow(unused_variables, reason = "not written yet")]
pub fn infonce_gradient(similarities: &[f32], partner: usize, temperature: f32) -> Vec<f32> {
    todo!()
}
"#, &[
    r"With p = softmax(s/τ), the derivative of L by the logit s_j/τ is p_j, less 1 for the partner.",
    r"The logit is s_j/τ, so the chain rule divides by τ.",
    r"In the softmax subtract the largest logit from all before taking exponentials.",
]);

pub(super) const log_sum_exp: (&str, &[&str]) = (r#"//! title: A sum of exponentials that does not overflow
//! concept: numerical stability
//! points: 1
//! difficulty: 1
//! minutes: 8
//!
//! Return ln(e^x₁ + … + e^xₙ), where ln is the natural logarithm. There is at least one number. The answer
//! must be right also where e^x is too large for an `f32`, as for x = 100, and where it is so small that it
//! becomes 0, as for x = −200.

/// The logarithm of the sum of the exponentials.
#[allow(unused_variables, reason = "not written yet")]
pub fn log_sum_exp(x: &[f32]) -> f32 {
    todo!()
}
"#, &[
    r"Let m be the largest of the numbers. Then Σ e^x = e^m · Σ e^(x − m), and the logarithm of a product is a sum.",
    r"Each x − m is at most 0, so no e^(x − m) is above 1; and one of them is 1, so their sum is not 0.",
]);

pub(super) const masked_infonce: (&str, &[&str]) = (r#"//! title: Partners that are called strangers
//! concept: false negatives
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! In a batch, query i and document i are partners. `similarities[i][j]` compares query i with document j,
//! and `labels[i]` is the class of pair i. A document of another pair of the same class is no negative: it is
//! probably a right answer too. So the loss of row i is
//!
//!     −ln( e^(s_ii/τ) / Σ_j e^(s_ij/τ) ),
//!
//! where j runs over i itself and the documents of other classes. Return the mean over all rows. If all are
//! of one class there is nothing to compare with, and the loss is 0. It must be right also where e^(s/τ) is
//! too large for an `f32`. There are as many columns as rows, at least one, and `temperature` is τ and
//! above 0.

/// InfoNCE's loss without the false negatives.
#[allow(unused_variables, reason = "not written yet")]
pub fn masked_infonce(similarities: &[Vec<f32>], labels: &[u32], temperature: f32) -> f32 {
    todo!()
}
"#, &[
    r"For row i keep the columns j with j = i or another label than i's.",
    r"To leave out a term is to give it the similarity −∞, not 0: e^0 is 1.",
]);

pub(super) const mutual_information: (&str, &[&str]) = (r#"//! title: How much one tells of the other
//! concept: mutual information
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! `joint[x][c]` is the probability p(x, c) that x and c occur together. All cells sum to 1. The sum of row x
//! is p(x), and the sum of column c is p(c). Return the mutual information
//!
//!     I = Σ_x Σ_c p(x, c) · ln( p(x, c) / (p(x) · p(c)) )
//!
//! in nats, so with the natural logarithm. A cell with 0 adds nothing. All rows have the same length.

/// The mutual information of a table, in nats.
#[allow(unused_variables, reason = "not written yet")]
pub fn mutual_information(joint: &[Vec<f32>]) -> f32 {
    todo!()
}
"#, &[
    r"First the sums of the rows, p(x), and the sums of the columns, p(c).",
    r"0 · ln 0 is not a number to a computer: skip the cells with 0.",
]);

pub(super) const pair_loss: (&str, &[&str]) = (r#"//! title: The loss of a pair
//! concept: contrastive loss
//! points: 1
//! difficulty: 1
//! minutes: 8
//!
//! Two points x and y have the Euclidean distance d. If they are alike, their loss is d: they are pulled
//! together. If they are not, it is max(0, margin − d): they are pushed apart until their distance is
//! `margin`, and then left alone. Both points have the same number of coordinates.

/// The loss of two points that are alike or not.
#[allow(unused_variables, reason = "not written yet")]
pub fn pair_loss(x: &[f32], y: &[f32], alike: bool, margin: f32) -> f32 {
    todo!()
}
"#, &[
    r"The distance first: the square root of the sum of the squared differences.",
    r"`f32::max` gives the larger of two numbers.",
]);

pub(super) const score_gradient: (&str, &[&str]) = (r#"//! title: A loss to train with
//! concept: learning a score
//! points: 4
//! difficulty: 3
//! minutes: 25
//!
//! This is the first of two steps: the loss of a batch and its gradient. Row i of `x` and row i of `y` are
//! partners. They need not have the same length: `w` has a row for each number of an x and a column for each
//! number of a y. The score of x_i and y_j is s_ij = x_iᵀ W y_j = Σ_a Σ_b x_i[a] · W[a][b] · y_j[b], and the
//! loss is the mean of InfoNCE over the N rows,
//!
//!     L = −(1/N) · Σ_i ln( e^(s_ii) / Σ_j e^(s_ij) ).
//!
//! Return L and its gradient by W, which has the shape of W. Both must be right also where e^s is too large
//! for an `f32`. There is at least one pair.

/// InfoNCE's loss of a batch by the score xᵀWy, and its gradient by W.
#[allow(unused_variables, reason = "not written yet")]
pub fn score_gradient(w: &[Vec<f32>], x: &[Vec<f32>], y: &[Vec<f32>]) -> (f32, Vec<Vec<f32>>) {
    todo!()
}
"#, &[
    r"All scores first, an N × N table. Then the softmax of each row, with its largest score subtracted.",
    r"∂L/∂s_ij = (p_ij − [i = j])/N, and ∂s_ij/∂W has the product x_i[a] · y_j[b] at (a, b).",
    r"Four loops inside each other: i, j, a, b. That is N² additions to each cell of the gradient.",
]);

pub(super) const semi_hard: (&str, &[&str]) = (r#"//! title: Negatives that are neither easy nor hard
//! concept: mining
//! points: 1
//! difficulty: 1
//! minutes: 8
//!
//! `positive` is the distance of an anchor from its positive, and `negatives` are its distances from the
//! negatives. A negative is semi-hard if it is farther away than the positive, but by less than `margin`: the
//! order is right, and still the triplet loss is not 0. Return the indices of the semi-hard negatives in
//! `negatives`, in rising order. A negative exactly as far away as the positive is not semi-hard, nor is one
//! that is farther by exactly `margin`.

/// The numbers of the negatives that are farther than the positive by less than the margin.
#[allow(unused_variables, reason = "not written yet")]
pub fn semi_hard(positive: f32, negatives: &[f32], margin: f32) -> Vec<usize> {
    todo!()
}
"#, &[
    r"Two inequalities, both strict.",
    r"`iter().enumerate()` gives each distance with its number.",
]);

pub(super) const supcon: (&str, &[&str]) = (r#"//! title: Several partners
//! concept: supervised contrastive loss
//! points: 4
//! difficulty: 3
//! minutes: 25
//!
//! `similarities[i][j]` compares items i and j of a batch, and `labels[i]` is the class of item i. The
//! positives P(i) of anchor i are the other items of its class. The supervised contrastive loss of the anchor
//! is the mean over its positives p of
//!
//!     −ln( e^(s_ip/τ) / Σ_a e^(s_ia/τ) ),
//!
//! where a runs over all items but i, the other positives among them. Return the mean over the anchors that
//! have a positive, or 0 if none has. The loss must be right also where e^(s/τ) is too large for an `f32`.
//! `temperature` is τ and above 0.

/// The supervised contrastive loss of a batch.
#[allow(unused_variables, reason = "not written yet")]
pub fn supcon(similarities: &[Vec<f32>], labels: &[u32], temperature: f32) -> f32 {
    todo!()
}
"#, &[
    r"For each anchor one stable ln Σ_a e^(s_ia/τ), over all a but i.",
    r"The loss of a positive p is that logarithm minus s_ip/τ. Average over the anchor's positives first, over the anchors then.",
    r"The logarithm is taken for each positive by itself, and the mean is outside of it.",
]);

pub(super) const train_score: (&str, &[&str]) = (r#"//! title: Train until partners find each other
//! concept: learning a score
//! points: 5
//! difficulty: 3
//! minutes: 30
//!
//! This is the second of two steps: train with the loss of `score_gradient`. Row i of `x` and row i of `y`
//! are partners. Two columns of `x` and two of `y` hold what partners have in common, in any order, and
//! perhaps with another sign. The other columns are noise. Nobody says which is which: that is for training
//! to find out.
//!
//! Return a matrix W, with a row for each column of `x` and a column for each column of `y`, whose score xᵀWy
//! finds partners. It is tried on new rows, in which the noise is another: in 8 of 10 cases a row of x must
//! have a higher score with its partner than with any other row of y. Every such W is right, whatever its
//! scale. A random W does not find so many, nor do the products of the partners alone, nor a single step
//! downhill; some hundred steps do. A case may take two seconds.

/// A matrix W whose score xᵀWy is highest for partners.
#[allow(unused_variables, reason = "not written yet")]
pub fn train_score(x: &[Vec<f32>], y: &[Vec<f32>]) -> Vec<Vec<f32>> {
    todo!()
}
"#, &[
    r"Start with W = 0 and repeat some 300 times: W becomes W − 0.1 · gradient, with the gradient of `score_gradient`.",
    r"`score_gradient`, or `my_score_gradient` in the notebook, can be called here if you have written it. Use its gradient, and watch its loss.",
    r"If few partners are found, print the loss of each step: it must fall. If it rises, the gradient is added, or the steps are too long.",
]);

pub(super) const triplet_gradient: (&str, &[&str]) = (r#"//! title: A triplet and where it pushes
//! concept: triplet loss
//! points: 3
//! difficulty: 2
//! minutes: 20
//!
//! With the Euclidean distance d, the triplet loss is
//!
//!     L = max(0, d(anchor, positive) − d(anchor, negative) + margin).
//!
//! Return L and its gradients by the anchor, by the positive and by the negative. Where L is 0, also exactly
//! at the corner, all gradients are zeros. Where two points are equal their distance has no gradient: take
//! zeros for it. The three vectors have the same length.

/// The loss of a triplet, and its gradients by anchor, positive and negative.
#[allow(unused_variables, reason = "not written yet")]
pub fn triplet_gradient(
    anchor: &[f32],
    positive: &[f32],
    negative: &[f32],
    margin: f32,
) -> (f32, Vec<f32>, Vec<f32>, Vec<f32>) {
    todo!()
}
"#, &[
    r"The gradient of ‖x − y‖ by x is (x − y)/‖x − y‖, a vector of length 1. By y it is the opposite.",
    r"The anchor is in both distances: its gradient has two terms.",
    r"Write a function for (x − y)/‖x − y‖ that returns zeros where x = y; else 0/0 is not a number.",
]);

pub(super) const adamw_step: (&str, &[&str]) = (r#"//! title: One step of AdamW
//! concept: optimisers
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! AdamW keeps two running means for each parameter x. Step t = 1, 2, … with the gradient g is
//!
//!     m ← β₁ m + (1 − β₁) g,        v ← β₂ v + (1 − β₂) g²,
//!     x ← x − η λ x − η · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε),
//!
//! where x on the right is the old one. η is `learning_rate`, λ is `weight_decay`, β₁ = 0.9, β₂ = 0.999 and
//! ε = 10⁻⁸. `m` and `v` are those of the step before. Return the new x, m and v.

/// The parameter, m and v after the step.
#[allow(unused_variables, reason = "not written yet")]
pub fn adamw_step(
    x: f32,
    gradient: f32,
    m: f32,
    v: f32,
    t: usize,
    learning_rate: f32,
    weight_decay: f32,
) -> (f32, f32, f32) {
    todo!()
}
"#, &[
    r"`0.9_f32.powi(t as i32)` is β₁ᵗ.",
    r"m and v are updated first; the step divides each of them by its own 1 − βᵗ, and what is returned is undivided.",
    r"The decay uses x as it was before the step.",
]);

pub(super) const attend: (&str, &[&str]) = (r#"//! title: One word asks
//! concept: scaled dot-product attention
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! A query looks at keys, each of which has a value. The score of key i is q · k_i / √d, where d is the
//! length of the query. The weights are the softmax of the scores, and the answer is the sum of the values,
//! each multiplied by its weight. Return the weights and the answer. There is at least one key, and each
//! has the length of the query; there are as many values as keys. e^s may be too large for an `f32`.

/// The weights of the keys, and the weighted sum of the values.
#[allow(unused_variables, reason = "not written yet")]
pub fn attend(query: &[f32], keys: &[Vec<f32>], values: &[Vec<f32>]) -> (Vec<f32>, Vec<f32>) {
    todo!()
}
"#, &[
    r"First a score for each key, then the softmax of all scores, then the sum of the values by these weights.",
    r"Number j of the answer is Σ_i p_i · values[i][j].",
    r"In the softmax subtract the largest score from all before taking exponentials.",
]);

pub(super) const batch_cross_entropy: (&str, &[&str]) = (r#"//! title: The loss of a language model
//! concept: cross entropy
//! points: 3
//! difficulty: 2
//! minutes: 20
//!
//! `logits[i]` has a number for each token of the vocabulary at position i, and `targets[i]` is the token
//! that came. With p the softmax of a row, the loss is the mean of −ln p[target] over all positions. Return
//! the loss and its derivatives by the logits. Both must be right also where e^y is too large for an `f32`,
//! and where the target's probability is so small that it becomes 0. There is at least one position.

/// The mean loss, and its derivatives by the logits.
#[allow(unused_variables, reason = "not written yet")]
pub fn batch_cross_entropy(logits: &[Vec<f32>], targets: &[usize]) -> (f32, Vec<Vec<f32>>) {
    todo!()
}
"#, &[
    r"−ln p of the target is ln Σ e^y − y of the target; with m the largest logit, ln Σ e^y = m + ln Σ e^(y − m).",
    r"The derivative of a row's loss by its logits is p − y, where y is 1 at the target and 0 elsewhere.",
    r"The loss is a mean, so each derivative is divided by the number of positions.",
]);

pub(super) const block_flops: (&str, &[&str]) = (r#"//! title: What a block costs
//! concept: counting operations
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! How many operations is the forward pass of a block over n tokens with vectors of d numbers? A product
//! that is added to a sum is 2 operations. Count the matrices: four of d · d in attention, and two of d ·
//! 4d in the feed-forward part, each applied to every token. And count the pairs: the products of each
//! query with each key, and the sums of the values, over all n² pairs, as if there were no mask. Biases,
//! norms, softmax and GELU are left out; they are few.

/// The operations of a block's forward pass over all tokens.
#[allow(unused_variables, reason = "not written yet")]
pub fn block_flops(n_tokens: usize, d: usize) -> usize {
    todo!()
}
"#, &[
    r"A matrix of a · b numbers, applied to one token, takes 2ab operations.",
    r"There are n² pairs of a query and a key, and each takes d products; so does each pair in the sums of values.",
]);

pub(super) const block_parameters: (&str, &[&str]) = (r#"//! title: What a block has learned
//! concept: counting parameters
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! A block of GPT-2 has, for vectors of d numbers: linear layers for queries, keys, values and the output
//! of attention, each from d to d numbers; a feed-forward part of two linear layers, from d to `hidden` and
//! from `hidden` to d; and two layer norms with a scale and a shift for each number. Each linear layer has
//! biases. How many parameters are these?

/// The number of parameters of a block.
#[allow(unused_variables, reason = "not written yet")]
pub fn block_parameters(d: usize, hidden: usize) -> usize {
    todo!()
}
"#, &[
    r"A linear layer from a numbers to b numbers has a · b weights and b biases.",
    r"Attention: four layers from d to d. Feed-forward: d to hidden, and hidden to d. Two norms of 2 d each.",
]);

pub(super) const causal_mask: (&str, &[&str]) = (r#"//! title: No look at the future
//! concept: causal mask
//! points: 1
//! difficulty: 1
//! minutes: 8
//!
//! The keys are the tokens of a text, in order. The queries are its last `n_queries` tokens: the others
//! came before, and only their keys were kept, as in a cache. Each token may look at itself and at all
//! before it. Return a row for each query that says for each key whether the query may look at it. There is
//! at least one query, and there are at least as many keys.

/// For each query, whether it may look at each key.
#[allow(unused_variables, reason = "not written yet")]
pub fn causal_mask(n_queries: usize, n_keys: usize) -> Vec<Vec<bool>> {
    todo!()
}
"#, &[
    r"With as many queries as keys, query i may look at the keys j ≤ i.",
    r"With fewer queries, query 0 has the position n_keys − n_queries.",
]);

pub(super) const clip_gradients: (&str, &[&str]) = (r#"//! title: No step over the cliff
//! concept: clipping
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! Each row is the gradient of one parameter. Take all of them as one long vector. If it is longer than
//! `most`, make it `most` long without changing its direction; otherwise leave it as it is. There may be no
//! gradient, and `most` is above 0.

/// The gradients, no longer than `most` together.
#[allow(unused_variables, reason = "not written yet")]
pub fn clip_gradients(gradients: &[Vec<f32>], most: f32) -> Vec<Vec<f32>> {
    todo!()
}
"#, &[
    r"The length of all together is the root of the sum of the squares of all numbers.",
    r"If it is above `most`, multiply every number by most / length.",
]);

pub(super) const gelu: (&str, &[&str]) = (r#"//! title: A soft gate
//! concept: GELU
//! points: 1
//! difficulty: 1
//! minutes: 5
//!
//! Return x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))), GELU as GPT-2 computes it.

/// GELU of a number, approximated with tanh.
#[allow(unused_variables, reason = "not written yet")]
pub fn gelu(x: f32) -> f32 {
    todo!()
}
"#, &[
    r"√(2/π) is `(2.0 / std::f32::consts::PI).sqrt()`.",
]);

pub(super) const join_heads: (&str, &[&str]) = (r#"//! title: Side by side again
//! concept: multi-head attention
//! points: 1
//! difficulty: 1
//! minutes: 8
//!
//! Each head has an answer for each token: `heads[h][i]` is that of head h for token i. Put a token's
//! answers side by side, the first head's numbers first, so that each token has one row again. All heads
//! have as many tokens, and all answers are of the same length. There is at least one head.

/// The rows of all heads side by side.
#[allow(unused_variables, reason = "not written yet")]
pub fn join_heads(heads: &[Vec<Vec<f32>>]) -> Vec<Vec<f32>> {
    todo!()
}
"#, &[
    r"Begin with an empty row for each token, and append each head's numbers to it.",
]);

pub(super) const keep_top_k: (&str, &[&str]) = (r#"//! title: Only the best k
//! concept: top-k sampling
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! Keep the `k` most probable tokens and give the others the probability 0. What is left is scaled to sum
//! to 1. Exactly k tokens are kept: of equally probable ones those that come first. If there are fewer than
//! k tokens, all are kept. `p` sums to 1, and `k` is above 0.

/// The probabilities of the k most probable tokens, and 0 for the others.
#[allow(unused_variables, reason = "not written yet")]
pub fn keep_top_k(p: &[f32], k: usize) -> Vec<f32> {
    todo!()
}
"#, &[
    r"Sort the numbers of the tokens by their probability, largest first; `sort_by` keeps the order of equal ones.",
    r"Set all but the first k to 0, and divide by what is left in sum.",
]);

pub(super) const keep_top_p: (&str, &[&str]) = (r#"//! title: The nucleus
//! concept: top-p sampling
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! Keep the fewest most probable tokens whose probabilities sum to `mass` or more, and give the others the
//! probability 0. What is left is scaled to sum to 1. Of equally probable tokens those that come first are
//! kept. `p` sums to 1, and `mass` is above 0 and at most 1.

/// The probabilities of the fewest most probable tokens that reach `mass`, and 0 for the others.
#[allow(unused_variables, reason = "not written yet")]
pub fn keep_top_p(p: &[f32], mass: f32) -> Vec<f32> {
    todo!()
}
"#, &[
    r"Sort the numbers of the tokens by their probability, largest first, and add the probabilities up.",
    r"Stop as soon as the sum is `mass` or more: the token that crosses the border is kept.",
]);

pub(super) const layer_norm: (&str, &[&str]) = (r#"//! title: The same size for every token
//! concept: layer norm
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! Return y = γ x̂ + β, number by number, where
//!
//!     x̂ = (x − μ) / √(σ² + ε),        μ = mean x,        σ² = mean (x − μ)².
//!
//! `gamma` is γ, `beta` is β, and both have the length of `x`, which is not empty. `epsilon` is ε and above
//! 0.

/// The row with mean 0 and size 1, then scaled and shifted.
#[allow(unused_variables, reason = "not written yet")]
pub fn layer_norm(x: &[f32], gamma: &[f32], beta: &[f32], epsilon: f32) -> Vec<f32> {
    todo!()
}
"#, &[
    r"The variance is the mean of (x − μ)²: divide by n, not by n − 1.",
    r"Number i is gamma[i] · (x[i] − μ) / √(variance + ε) + beta[i].",
]);

pub(super) const layer_norm_gradient: (&str, &[&str]) = (r#"//! title: Back through a norm
//! concept: backpropagation by hand
//! points: 4
//! difficulty: 3
//! minutes: 25
//!
//! Layer norm without scales and shifts makes of a row x
//!
//!     x̂ = (x − μ) / √(σ² + ε),        μ = mean x,        σ² = mean (x − μ)².
//!
//! `upstream` is ∂L/∂x̂, the derivative of a loss by each number of x̂. Return ∂L/∂x, the derivatives of
//! the loss by the numbers of x. μ and σ² depend on every x as well. The row is not empty, and ε is above
//! 0.

/// The derivatives of the loss by the numbers of the row.
#[allow(unused_variables, reason = "not written yet")]
pub fn layer_norm_gradient(x: &[f32], upstream: &[f32], epsilon: f32) -> Vec<f32> {
    todo!()
}
"#, &[
    r"A number acts on the loss in three ways: by its own x̂, by the mean, and by the size.",
    r"With r = 1 / √(σ² + ε) the three parts are r h, − r · mean h, and − r · x̂ · mean(h x̂).",
    r"Check yours: the gradient of a row sums to 0, since adding the same to all numbers changes no x̂.",
]);

pub(super) const masked_softmax: (&str, &[&str]) = (r#"//! title: Weights of what may be seen
//! concept: masks
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! Return the softmax of the scores that are allowed,
//!
//!     p_i = e^(s_i) / Σ_j e^(s_j),        j over the allowed scores alone,
//!
//! and 0 for the others. Where nothing is allowed all weights are 0. The answer must be right also where
//! e^s is too large for an `f32`, or where all allowed ones are so small that they become 0. `allowed` has
//! a `true` for each score that counts.

/// The weights of the scores that are allowed.
#[allow(unused_variables, reason = "not written yet")]
pub fn masked_softmax(scores: &[f32], allowed: &[bool]) -> Vec<f32> {
    todo!()
}
"#, &[
    r"A masked score counts as −∞: its exponential is 0, so it adds nothing to the sum.",
    r"Subtract the largest allowed score from all before taking exponentials.",
    r"Where nothing is allowed the sum is 0: return zeros and do not divide.",
]);

pub(super) const pack: (&str, &[&str]) = (r#"//! title: No gap between texts
//! concept: packing
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! Texts have different lengths, and a batch needs rows of one length. Join all documents, put the token
//! `end` after each of them, and cut the whole into rows of `length` tokens. A row may hold the end of one
//! document and the beginning of the next. What is left at the end and does not fill a row is left out.
//! `length` is above 0.

/// The documents, one behind the other, cut into rows.
#[allow(unused_variables, reason = "not written yet")]
pub fn pack(documents: &[Vec<usize>], end: usize, length: usize) -> Vec<Vec<usize>> {
    todo!()
}
"#, &[
    r"First one long list: each document and then `end`.",
    r"`list.chunks_exact(length)` leaves out what does not fill a row.",
]);

pub(super) const rms_norm: (&str, &[&str]) = (r#"//! title: Only the size
//! concept: RMS norm
//! points: 1
//! difficulty: 1
//! minutes: 8
//!
//! Llama and its relatives leave out the mean of layer norm. Return y = γ x / √(mean x² + ε), number by
//! number. `gamma` is γ and has the length of `x`, which is not empty. `epsilon` is ε and above 0.

/// The row divided by the root of its mean square, then scaled.
#[allow(unused_variables, reason = "not written yet")]
pub fn rms_norm(x: &[f32], gamma: &[f32], epsilon: f32) -> Vec<f32> {
    todo!()
}
"#, &[
    r"The mean square is the sum of x² divided by the number of numbers.",
    r"ε is added to the mean square, before the root.",
]);

pub(super) const rotary: (&str, &[&str]) = (r#"//! title: Pairs that turn
//! concept: rotary positions
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! Turn each pair of neighbours, (x_0, x_1), (x_2, x_3), …: pair i turns by the angle position ·
//! base^(−2i/d), where d is the length of `x`, from the first number's axis towards the second one's.
//! Positions begin at 0, and d is even and above 0.

/// The vector with each pair turned.
#[allow(unused_variables, reason = "not written yet")]
pub fn rotary(x: &[f32], position: usize, base: f32) -> Vec<f32> {
    todo!()
}
"#, &[
    r"A pair (a, b) turned by the angle t is (a cos t − b sin t, a sin t + b cos t).",
    r"`x.chunks(2).enumerate()` gives the pairs with their numbers.",
]);

pub(super) const sinusoid: (&str, &[&str]) = (r#"//! title: A clock for each pair
//! concept: sinusoidal positions
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! Return the vector of d numbers that stands for a position: for each pair i = 0, 1, …, d/2 − 1 the sine
//! and then the cosine of position · 10000^(−2i/d). Positions begin at 0, and d is even and above 0.

/// The sines and cosines of a position.
#[allow(unused_variables, reason = "not written yet")]
pub fn sinusoid(position: usize, d: usize) -> Vec<f32> {
    todo!()
}
"#, &[
    r"Pair i has the angle position / 10000^(2i/d).",
    r"`10_000_f32.powf(x)` is a power.",
]);

pub(super) const split_heads: (&str, &[&str]) = (r#"//! title: A part for each head
//! concept: multi-head attention
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! `x` has a row of d numbers for each token. Cut the columns into `n_heads` parts of equal width, which
//! stand side by side: the first head gets the first columns of every token, the second head the next ones,
//! and so on. Return for each head its part of each token. `n_heads` divides d.

/// The part of each head: heads, tokens, numbers.
#[allow(unused_variables, reason = "not written yet")]
pub fn split_heads(x: &[Vec<f32>], n_heads: usize) -> Vec<Vec<Vec<f32>>> {
    todo!()
}
"#, &[
    r"Each head has d / n_heads columns; head h begins at column h · d / n_heads.",
    r"A row's part is `row[from..to].to_vec()`.",
]);

pub(super) const warm_up_cosine: (&str, &[&str]) = (r#"//! title: Slowly up, slowly down
//! concept: schedules
//! points: 2
//! difficulty: 2
//! minutes: 12
//!
//! Return the learning rate of a step. In the first `warm_up` steps it rises from 0 to `most` in equal
//! steps: it is 0 at step 0, and `most` at step `warm_up`. From there it falls to `least`, which it reaches
//! at step `steps`, along half a wave of the cosine: slowly, then fast, then slowly. There may be no
//! warm-up, and it is shorter than `steps`; `step` is at most `steps`.

/// The learning rate of a step.
#[allow(unused_variables, reason = "not written yet")]
pub fn warm_up_cosine(step: usize, warm_up: usize, steps: usize, most: f32, least: f32) -> f32 {
    todo!()
}
"#, &[
    r"In the warm-up the rate is most · step / warm_up.",
    r"After it p = (step − warm_up) / (steps − warm_up) goes from 0 to 1, and (1 + cos πp)/2 from 1 to 0.",
]);

pub(super) const windows: (&str, &[&str]) = (r#"//! title: Each token's target is the next one
//! concept: batches of a language model
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! A language model reads `length` tokens at once, and has a target at each position: the token that comes
//! next. Cut a text into windows that follow each other without a gap and do not overlap, and return for
//! each its inputs and its targets. A window must have all of its inputs and all of its targets; what is
//! left at the end is left out. `length` is above 0.

/// Inputs and targets, window after window.
#[allow(unused_variables, reason = "not written yet")]
pub fn windows(tokens: &[usize], length: usize) -> Vec<(Vec<usize>, Vec<usize>)> {
    todo!()
}
"#, &[
    r"The window that begins at i has the inputs i to i + length, and the targets i + 1 to i + length + 1.",
    r"The next window begins at i + length.",
]);

pub(super) const with_temperature: (&str, &[&str]) = (r#"//! title: Bold or careful
//! concept: temperature
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! Return the probabilities of the tokens at the temperature T: the softmax of y/T, where the y are the
//! logits. T = 0 means that the token with the largest logit has probability 1 and all others 0; of equal
//! logits the first one takes all. The answer must be right also where e^(y/T) is too large for an `f32`.
//! There is at least one token, and T is not negative.

/// The probabilities of the tokens.
#[allow(unused_variables, reason = "not written yet")]
pub fn with_temperature(logits: &[f32], temperature: f32) -> Vec<f32> {
    todo!()
}
"#, &[
    r"T = 0 is a case of its own: find the first of the largest logits.",
    r"Otherwise subtract the largest logit, divide by T, and take the softmax.",
]);

pub(super) static QUIZZES: &[(&str, &str, &str)] = &[
("01_vectors", r#"# Made by `cargo course exercises` from the quiz with its key. To answer it: cargo course quiz 01_vectors
title = "Vectors for words"

[[question]]
id = "one-hot-distance"
kind = "number"
text = "Two *different* words as one-hot vectors of a vocabulary of 20,000 words: what is their Euclidean distance? (Three digits.)"
points = 1
width = 0.012000000012000002
places = [
  { offset = 0.0, sealed = "29bc8382af62b8aab40965a5083da92bee9482048cea9df40f56ce915de8b6ca6a698506e8ec6d9a7d260c1f49bb418332baacafec73b068018f2f527dcab8365ed2b7edb91f1931d513253389a2aeb45c078439e3b463f35d0c420ecf9f745dae77bf2b29f56890d65d6ee57022fd129d273b4055f72d4bbb619b220601b6e8" },
  { offset = 0.003999999003999832, sealed = "837ebeebe3d4a98c1fa39f27c96d15a46b9bb23ae45b2643a99d25c2adb3e91055faaf7fd7c0f4bd49c43d42dbfd4c8f6376bbbbbc83ec3b04118713fb5bbd981dd41c73b31752795a11d409d8c36e2e7e13e707857effca0130edeeb103c43629c7e9b682785ed0d67220510010616b03e8e85c1126417ce232dd061d538e4bb1f5ae475fc9a413571675479ea57f449c822656f37291ca8e021d03133b19af202253609db3d88ff2faa23807cf3a9fedcef64b44229743f51fa2f1e0c102dc" },
  { offset = 0.007999998007999665, sealed = "4200a5eae9ec2a82be91f26776159d2153336e1ac3ffe85550b475c4fea53cffb1004825a37c2d775c969917837c5d65c7a766a04ab6f47040313d0410ece63fafa234b8eda2c61b52a37ff30a06499f0d894096eea7388110ff35b4a12c7bf73bcd85cdb96e197381d666f79cb33dae14367b7c69a8b2042d6eb70980e46adc" },
  { offset = 0.010199998595999737, sealed = "85fdc1eb8bf33eae136a52da073bf7f621760f5995093883c3f148c6ac6c09d63364903428405dffc3664dbd4b33139da8e0e7e0b3b74dee1cdae02f5407d2ddce8ea42b2902f965a2b84afe78f85746fcb4883e7767c030b8147a551d65d382ef083f9ee735e45f1df4088ec6f92b2ca4fa469a4f651d0367f255634487dd6b5144f1a90bbb60f0dbe7080b29342a56463f506c0db1646dc8461b65a33d87112e4f93c9a9792c974913a301e22fa54b1100aa5254ec7d8d8bc2dfb593db34138742bf1de1622504260f5a948bbf997e36af00343766c3df38ba145284ffbe0a0efb9b113bf38e2635277c1cf3df61ec2512d40711f4936ed60d8a8525d001e5" },
]
otherwise = "72a6979d5fccc75800f8318067774eb28598e0f54b99492d460993d9bccfe8c7bae827b93f3701ba2649387db9ef2c65a3a4738e75dc5ba1de303d839cc52082802b18e2d80521f237aae106a1baaeb96cae41f8063794796df1f00745ba3e3df62045b28081b815744094166cfa85d5d23c1ece45bd834dd8956cf21f3cd17c4e65959dee612054dc3b2fa53f5f342b669138edd166b495d18385a1e167f20677f17848b1c84cc8f457c2f4c5975f64fd7b78ae7073c4b1667bd061a25e7b73"

[[question]]
id = "scaled"
kind = "multiple"
text = "In section 4 a vector becomes three times as long:  \n`let dog = by_hand.vector(\"dog\")?;`  \n`let big_dog = dog.times(3.0);`  \nLet `cat` be another vector. `big_dog` takes the place of `dog`: which of these always stay as they were?"
points = 1
choices = [
  { id = "200b8e", text = "`dot(&dog, &cat)?`", sealed = "75b2479791d1f56d6e1cc8547f9be9290f845ee4c6f364a3acd9752bee2c7dc03655b846eb542c37a3bac49ac9d1aefc81b86c62b267b3e238de5e1e2f85dc54cf22d7c1fac533afee8910abeb1e360ec47ccec1308659e91e0c20c3962b49f89117f3d639c02a85d0d7840f301ddd45fe16ff3ac8c4f7ba2fdfcfa53f718dac" },
  { id = "459457", text = "`cosine(&dog, &cat)?`", sealed = "524c049db7e22205f577f6e29b5ed9e8f63b5d72a7242a3e4a67885bb59e28a5c1a244aa379281b9cc611054251d2c53d6391c5fddbb76e4a4dff7f89f7ada8b649da530698dcdc9aa4632567325a7d26fb5a2e79d55e9d65a82457aae8e1b6cae4cbc967d55f6f87afa2dcb7846c5abad0516222ec5f6b729ff87cfab2460e02415813a4da41ce9986d76c9bd815200dc3f9e8509aae627eaeb83b2a69b6658c1e878b8e76f87359493ac2254eccf378635567ab79296f435959e0628abdfc6" },
  { id = "c40ad2", text = "`euclidean(&dog, &cat)?`", sealed = "e8726b61aa8f7775a76dc934829cb417e2613778cee91347610c1202cdd487f35b3ea0fca3d8df736e5cd18865f3246672f64a8dcba336a39ccbabdf597b1fa088973ef054d0a66aa613c6d5780970d5437b98a53e7af019e72e52df4906dcd8ae4e0fafec2e26a8135e607c87e0c3e5be9a997c2189b4f15f994eb31946dc652f80fff7ab9b903353fe9cda002766280b10a55ffd153a597f203695f7a80690be2e0b545896ef63734d6ed8730c9a2c54753730cf3702e8694f7b45af918652" },
  { id = "dc5299", text = "the order of all other words by their cosine with `dog`", sealed = "56a14ef1dacd34fb220a2cb7b1a4ee0f1237493c38cfb1fa4238c2a9bb7b9a8f02b339c8f21d2ea664a46d31738a87386476718434c564202533f4ae864b70c9e2b69a234c118313a179c8951066f88cffdf39077a147a3d0d5bdb0816c9d4cfb43d46faffdfa06a331d009f79054ca5772d20d801ebf2943809522fa2a3d4603ad89af9ddcff206e333dfb190069ecbc76665c752c2bb0b80a3d061c2b6004b2f0acc33f8577884a0ba3d9b1c1f90a85dc423d25973e6bf13a36193e2f5c65d" },
]
right = "466bfd038a032b236805d5d41b4380e6ab26d27c66107473fbfe5ad42d406257987286b0ba847d046740b98bb4379cbc09bce44f5220805118342cf14952474f"

[[question]]
id = "by-hand"
kind = "number"
text = "Compute on paper: what is the cosine of $(1, 2, 2)$ and $(2, 0, 0)$? (Three digits.)"
points = 1
width = 0.008000000008
places = [
  { offset = 0.0026999993359999586, sealed = "a7289e71dccb8cf17c3daf2aa70f8c0ad8c75e849ca55fa496a580c2875150b9d48707d50457fc462eb458f0e2ab798be3101b6b3acc9b0015556b93021254d52e38c839701299f336d67dd96e250b3aa5c5eed70397493f3a0f0d5de80c329996101df9dd2e7cfc199ccdb8c970bb3d4af24636d31e6f71f9dd73411d8201a9" },
  { offset = 0.005299999671999955, sealed = "d4d13ac667e124c9a39397d0d05a58edd74996ae700404c38ece51ddb17991735fcb2ea81429f782eb44118f70d86d0023e81eaaa114c8ed589eb32563cb5bc70685086c85306a72051dcdb389f7346276ebf30ee9e09526708c1ec32b0d8b25e60fc43c34e5c253524bb500970c18a13681b59fad3ec8e0cb1da1132d89bdc2" },
  { offset = 0.007599999951999996, sealed = "71414de659cc750f971f26805fc04920d76f031ae195ba18a0ccc23d6b7fb4f9a34326f694c33cc6b6bde644847be32128da539d3e2e842a0a78e9f86f02e669111855ef25893f91b6c6417f48de8603ea3cbea16af720983765d62c21e170266b3620772ad3420b562e7a5e72339d8600d47670b37420c9bbafb8cf63992a13" },
  { offset = 0.007999998007999887, sealed = "3c784f4ad82a121576a0793310885a1b0537c8a70139fca6c0ebb7be600ca41528f6b5036b16465652d6003c14a52a3ba9daacc030cfc191b043e50d356f4b10e019d1c1bb5b00c55b7d418935fc9343634f07ba57c42b48168cda794f2f20c484ab477fd5c28e65a5edc67160d28273bb507bf4d6e8f5f15d621c56951229d7" },
  { offset = 0.00799999900799997, sealed = "bb6cf7ae59cce8b401bd081db619fed760790dea4e1c6a807a259509f4b342b0ed9601d3593314b028cfa4ca7394b600a050afd80150cb0a404bbfb76e0d7f3434fc82b8d3017e5055cd7efe7b64afdd8371791db02c0b5d524bd573b36609ca6605fa819264ceeeb3dda8eeee70fc048bc15d065d9ec07b8382a6e2aab5b497" },
]
otherwise = "cd1794f0ea341103f0e595588ac050fa1a3ecb5981719853f15afaea3d0be90bbb9c45bfbcb9204d16e95bf5381bb52568efab5db0a29a17229fdd11c787ac9f2d7a8d23fd492fcb15a2210c45e9c110cda9d7b7de5a29e85717dfc54638c61b10cdbcb6e9454288f91555b3bcc92b12a171844d8f032be04769030bc2e2eef2"

[[question]]
id = "hot-and-cold"
kind = "single"
text = "In GloVe the cosine of `hot` and `cold` is high. Why?"
points = 1
choices = [
  { id = "1a8a81", text = "Somebody has labelled them as related in the training data.", sealed = "1f090645a0a16eb26ab0a77bceef7ebad64ff3be4229867ef40a56fb539ba5b1e0e73c287761b0be73eabb417075e4b1fc801b7a6320e72d589b5fd9ca719d69d7d48781a310d92eabfb9de4f171f690e16f201650aea043116cf6c1f59d1dbb518f497f538e619be9f2b6751205b2cdb5e16d358aab7fd5a2b08de97ade8d89" },
  { id = "5a1376", text = "They often occur beside each other, as in *hot and cold*.", sealed = "692134a9d3edcf8e4c7c3702bb5ff9bf6e579f4c05a9c012befbf6028ff1534b580e13f9f90520f6d2dd171e62de81e0e8db8c49d91be958c539aad8ecb7d3f7abb844b256a8fa064cbd0c6b97d39d839e5ffa707bca7642b0d42ccc171e2943371b59e2b5e69b63824438e75b1010083e5b1edabb73d8b7b8a34d28769620d10e4cc6e0a6939c5eff0762ee1d6285e46d7b0927473b2405e08b5d067e8a8c453b1c2d505f5bc88f6e797939aa0c15bf45db79096ca7dbc7be7bcbc44583532e" },
  { id = "724a9d", text = "The vectors have too few dimensions to keep them apart.", sealed = "3e2508a54c69dd741865a500f357739185f69e10c761dddac1de7508b315260d5289e4f1fcfc726b502dae5df25d9a0382f25d38b8a9dfce8a06ae2f2afbc6ebe76dd6fc133a2f3cd8222b680293ac4e29db89f6ca6bd58f19a12b9c701bc6b8e2ddd87077bccd0f3195d065aa6ffaa3a6cc83db24b0970634825bb26f378a5948522ad11e892d1d0b4db64a363007482d7881dc13feb29ff533ab0788f699439baf31d414799317fde378a9d5b6c6199545302d67e343ebab40720548ba1d82" },
  { id = "c36ed2", text = "They occur in the same contexts, which is all it counts.", sealed = "034a9ccbd5bdace78af4d16dda09a6c4b037420f7a67f4e232329d746b15bb567b7a7b729ab1de7de7e70ae8c5901ef7990bf89e0225958c79a9edb84700ded46c5dc981aaffcef6ed048d9149610a6bdc6b80c597b6ad50b3d28d6bd27fa0a9df5ced5b4768dd8422980fc1ac9ceb96e6656e19da141d8d89b88ab763cde180f0c25761085e92fe8196802b0d4b18015ed90cc5e2568a7001a266af358da1d1f77614b269c65895c21224f7172ade3fb225d79ec94c18c9c2be885c6eb36afe" },
]

[[question]]
id = "analogy-steps"
kind = "order"
text = "`france` is to `paris` as `italy` is to what? Put the steps in order."
points = 1
items = [
  { id = "46ded4", text = "Compute $e(\\text{paris}) - e(\\text{france}) + e(\\text{italy})$." },
  { id = "d863df", text = "Compute the cosine of the result with the vector of every word." },
  { id = "fa2fc5", text = "Take the word with the largest cosine that is none of the three." },
  { id = "22edd0", text = "Look up the vectors of the three words." },
]
steps = ["1e548b9e22f4e0c260a544040335597899455c81c7300ef453c602738921b84e02560aac717dd8255a3d0ddf00110c543d8d1a964319b55054b163c7ba0dd8a5", "846797188ce5369d2065ebf5b9f6bfa06f99f76c2249f580c5d6b52986b423f0fba8318390f2d99de20ada5a921b8429d02b424870a2dabf05c6c99b4388f2b36a93783b079bbac9abc1f82b21611b2b819d54c5902afdc1fc55a75ffba7bb74538b18f475013110b5f0fd99dce00a8e35c4fb6d0cdb478f6c8f3713bb8f1b79", "bda8704bd2abd28088061b7a1862a4eeb5fbc58489545f3a2851f998c9e553d5b39e33b16a9cd126c929fea237bda1ac93b9824040ce0c92df6d04358b59d1be0ad586c4bfc9bafce9b6271ef9b1902bc17637b2695add1d33b18b58fcc3e683d92b57a84221fdb59d85b07651ee7c27d5249bca5ae02041b9afe54412cdd579", "165d416b936e199b1703416cb056849210ff00354ac4784a39f7b20b9a7dcd820815104cb6507d4588ebf5f76314a2ee65febdaa3d592daefcf9081b5b4b91835d8e49139b457baa1f25a435e3d79e6c013c89df5e58a6f9dfd532e595e605af1944af7205013ebcd649f35a9e3fc7235fc188e283885122cde85d67b6bbf2ba"]

[[question]]
id = "bias-chart"
kind = "single"
text = "The chart of section 7 has bars towards `she` and towards `he`. The one of `doctor` is short and points to `she`; that of the control `tuesday` is longer and points to `he`. What does the chart say about `doctor`?"
points = 1
choices = [
  { id = "448026", text = "Of the doctors in the training texts, more were women than men.", sealed = "b9b7075ebe53673cc999a20b041f26262eaa33c40493fe6e1e7691785db85c2a2e26483e6801e193793fd7d424528e3afad30b45b0063743317350012e0d8e70cbb5008f66dd7a01e711b80daa2f8b4f8c902a00a3a85cf7a2d37c2eb8a00bbf9309c8aa47431516274623782d17275cbdef9a1a7706cc5a6ad4777a543925ad" },
  { id = "67ef17", text = "Nothing, and it says as little about `nurse` and `captain`.", sealed = "7000076c0262f379bdcb02dd3d13c8dde4e5642effa6a9fc694080d464b9ee9734bee353516ecde49be0478d50f1a6a285c4bed893eff555d40fb999d952560eee193c3e9e833f64c859ed3b3484d2421430501a14ee96bbb90e1fc5eaa0c6c36198e63cae9b87000aa66f6607c04459a66bbfa1fa89b58ebc91c0507b4cb55750a87b0e04185fdfb273666d7e374c125c2cef61b9b8e981ffd53bc31fbd452c86c5cee16a832cca2c5e6558859775564e8eb3e9e82e61843436f06d74caebbd" },
  { id = "787320", text = "The vectors are free of prejudice about this occupation.", sealed = "6aa95392af02763ffb4259c0663aab3ec62ed62f0c1e9d44402010732005a6355046892c67dd1b139444b4a2129dc380df9fb427ea78be537ab05f50b26d771d279a5b36130e80fa275ef84e61cf8e0dfff7692c8e01f66305be692726cc36bd502610cbe08695a97fed6488195c009184515967678d74bf67799dcfc4c8c8e2" },
  { id = "8bb990", text = "Nothing, since words without any lean have bars as long as this one.", sealed = "7a1e215ede72d17880ef3a5a66c52972a9ccb7b16ff63cdab350e31c9a11f74a8b34eed6300139231ba4cd469ab044067c53c68b79ebbee12b497419525d5a420aedffc58f000a99d5c02ef687decb1f774bff93fa9fc0bb10bd54831e1a781e0c1d9a579cf8fcafe1decfd705f7bcb3df0a42960aa3644fa67f7141683be95d9b58baadf36d55f9d6a03b6a2d1d4d2ab9276f3a2643f28942585aea68cfc6055fca05fe6557573ba9bb214089d76f44f455a47fd8f3283ce12ef9690c2fd6b0" },
]
"#, r#"# Made by `cargo course exercises` from the quiz with its key. To answer it: cargo course quiz 01_vectors
title = "Vectors for words"

[[question]]
id = "one-hot-distance"
kind = "number"
text = "Two <em>different</em> words as one-hot vectors of a vocabulary of 20,000 words: what is their Euclidean distance? (Three digits.)"
points = 1
width = 0.012000000012000002
places = [
  { offset = 0.0, sealed = "29bc8382af62b8aab40965a5083da92bee9482048cea9df40f56ce915de8b6ca6a698506e8ec6d9a7d260c1f49bb418332baacafec73b068018f2f527dcab8365ed2b7edb91f1931d513253389a2aeb45c078439e3b463f35d0c420ecf9f745dae77bf2b29f56890d65d6ee57022fd129d273b4055f72d4bbb619b220601b6e8" },
  { offset = 0.003999999003999832, sealed = "837ebeebe3d4a98c1fa39f27c96d15a46b9bb23ae45b2643a99d25c2adb3e91055faaf7fd7c0f4bd49c43d42dbfd4c8f6376bbbbbc83ec3b04118713fb5bbd981dd41c73b31752795a11d409d8c36e2e7e13e707857effca0130edeeb103c43629c7e9b682785ed0d67220510010616b03e8e85c1126417ce232dd061d538e4bb1f5ae475fc9a413571675479ea57f449c822656f37291ca8e021d03133b19af202253609db3d88ff2faa23807cf3a9fedcef64b44229743f51fa2f1e0c102dc" },
  { offset = 0.007999998007999665, sealed = "4200a5eae9ec2a82be91f26776159d2153336e1ac3fffe434cff67c7eea064bab1551434af2c6e7619c5c947b32d1862c7aa55f31ae4ea38523f35450af0ea7caef367a1b1ed91054eee2ca65a1855d24397518ae1ea769f0cb27baab33074ba75d399c2f43d4c239fca2bb882b821a15979656024fbe7543372fa479ef576d30e4c507f99f2c194d226133cdd633a85dadfaf2c73cadc2df7b0304579767dde12ee992ed00be8a024d0d214334c85251ce729ba1bb3ba6072eeab6f1b1120ce" },
  { offset = 0.010199998595999737, sealed = "85fdc1eb8bf33eae136a52da073bf7f621760f5995093883c3f148c6ac6c09d63364903428405dffc3664dbd4b33139da8e0e7e0b3b74dee1cdae02f5407d2ddce8ea42b291ac877a7a200b93ac30807b9e0d0033624dc60ea277e1a537c80c1b95221f6e222ab5b4ab200dddcef3564a1f158dd1c29110f2ca2597f0395852b5959effb4ba233e8caad40033426210b07361f3c54b56370dd0a076ca266c50d764a9494fd3436de140ffb03fe75ea44081bba5b4ab12085c38ddce3ce8079098510bc4bbc7b6a577a58108ac4eecb7668b61d34292ccbd272e75a0ec9e1ef5953b8c84069a7903a3a6a2e53a4c17de3765799465fa0da2d8513968a689155ad218b0db4f876ee09be9b2ef02cd0bb0b4282a08a94c6fdbd0e350a5aca51c88acf390603e853528cc2888a12836722df6bbe5eb26cfff7eaa8e1d4c1b8ba04bb2c97183668f4da71fa5cc772c798b330866aa59c25eaa73185279612ae4c948c1a333d34f9ec759f2d36e9d7d14f2df10c898193ca5f775d662368787f63d446c64d99f4f5037e5d69d95667f6600058c40bcd1eae14de0db8e359bc3e812b8cc4908d99fc5e1462f036346bb170fa8bd63015b61094b01d4ba0dd45604e2b16" },
]
otherwise = "72a6979d5fccc75800f8318067774eb28598e0f54b99492d460993d9bccfe8c7bae827b93f3701ba2649387db9ef2c65a3a4738e75dc5ba1de303d839cc52082802b18e2d80521f237aae106a1baaeb96cae41f8063794796df1f00745ba3e3df62045b28081b815744094166cfa85d5d23c1ece45bd834dd8956cf21f3cd17c4e65959dee612054dc3b2fa53f5f342b669138edd166b495d18385a1e167f20677f17848b1c84cc8f457c2f4c5975f64fd7b78ae7073c4b1667bd061a25e7b73"

[[question]]
id = "scaled"
kind = "multiple"
text = "In section 4 a vector becomes three times as long:<br />\n<code>let dog = by_hand.vector(\"dog\")?;</code><br />\n<code>let big_dog = dog.times(3.0);</code><br />\nLet <code>cat</code> be another vector. <code>big_dog</code> takes the place of <code>dog</code>: which of these always stay as they were?"
points = 1
choices = [
  { id = "200b8e", text = "<code>dot(&amp;dog, &amp;cat)?</code>", sealed = "75b2479791d1f56d6e1cc8547f9be9290f845ee4c6f364bbb9e76863a94f67817b5da512f65f2d6cfaf7c29cd38ae1b193be2e30ef78bdb96cc2101d229b93568675cddda1c03ff8a0860eadf3462846c16a9bc761ce14f0521a7899983657a38e11bacc25982e9886cbdf0a2648d31eac5ee620d49de9a6208c8ae87e3fd9e5cb2c3fe1903e801ceb86dce43d78afcfc663c0e54ea0f19d5ac1a3697d910ca054657d43b63ce8d0b60ca8813bb002b246790a2be33d4561c1fd1dc143a3a7ac3c9246475e2d377e310161a6f2c188afaa8378938145399955e2e00d99d5025448081612d9875ea8eb6bfa3504edc954e0b68ec4688c67c1eb0dcd01b7a2a91e" },
  { id = "459457", text = "<code>cosine(&amp;dog, &amp;cat)?</code>", sealed = "524c049db7e22205f577f6e29b5ed9e8f63b5d72a7242a3e4a67885bb59e28a5c1a244aa379281b9cc611054251d2c53d6391c5fddbb76e4a4dff7f89f7ada8b649da530698dcdc9aa4632567325a7d26fb5a2e79d55e9d65a82457aae8e1b749f4bba9f2012fdbd4bf827d06505cfe8ea341c062ad4bcab3cadb4cac37d7ffd3a31d14345bf56f58c220ad798944117c4269cc143efb420ede5c0b4fad7351f9324d31dfb60ca7a8a8fe16b4ab5d338cb7c4866b8dfc4bb628b824b7ae488d82635e54c39b8792b10d6ea9519d6628d1747bf0470ef3a2a56ad366c83cd3e454eeb9850e9be12337cce6477c0f257fb55dfbc5e5f9a20ec0a03f61fd9bf46371f70969502ab6335fdae114c0564d3734d84c2428f156ffb61ca9d6a307f5d1747dce4afee2ba78eb30103d720955e2a992c2f67f12fd82be68d574433bc477c4166c60d4d81e64401edf5d706b766bf517866b599a844fd4e0375aa97badee6bce490660ee39958657a2c83a230ec313790b35750990807ad7a7847785aac534555e06a917130f34342deb47f5f17444639cb81edc24303086224c0585026801939b2176befbba0f1c4cb769468d22429dc6bf58e04ddd5553679644a383640" },
  { id = "c40ad2", text = "<code>euclidean(&amp;dog, &amp;cat)?</code>", sealed = "e8726b61aa8f7775a76dc934829cb417e2613778cee91347610c1202cdd487f35b3ea0fca3d8df736e5cd18865f3246672f64a8dcba336a39ccbabdf597b1fa088973ef054d0a66aa613c6d5780970d5437b98a53e7af019e77252d15903c2d3ae4913eee0356ced6c5e6c7487b4cce4a9d19959649db8ec4f8b00bf1246d4653182e5fbab97df291cfdd79447732e7b0710f110b21b3a597f203695f7a80690be2e0b545896ef63734d6ed8730c9a2c54753730cf3702e8694f7b45af918652" },
  { id = "dc5299", text = "the order of all other words by their cosine with <code>dog</code>", sealed = "56a14ef1dacd34fb220a2cb7b1a4ee0f1237493c38cfb1fa4238c2a9bb7b9a8f02b339c8f21d2ea664a46d31738a87386476718434c564202533f4ae864b70c9e2b69a234c118313a179c8951066f88cffdf39077a147a3d0d5bdb0816c9d4cfb43d46faffdfa06a331d009f79054ca5772d20d801ebf2943809522fa2a3d4603ad89af9ddcff206e333dfb190069ecbc76665c752c2bb0b80a3d061c2b6004b2f0acc33f8577884a0ba3d9b1c1f90a85dc423d25973e6bf13a36193e2f5c65d" },
]
right = "466bfd038a032b236805d5d41b4380e6ab26d27c66107473fbfe5ad42d406257987286b0ba847d046740b98bb4379cbc09bce44f5220805118342cf14952474f"

[[question]]
id = "by-hand"
kind = "number"
text = "Compute on paper: what is the cosine of <math><semantics><mrow><mo stretchy=\"false\">(</mo><mn>1</mn><mo>,</mo><mn>2</mn><mo>,</mo><mn>2</mn><mo stretchy=\"false\">)</mo></mrow></semantics></math> and <math><semantics><mrow><mo stretchy=\"false\">(</mo><mn>2</mn><mo>,</mo><mn>0</mn><mo>,</mo><mn>0</mn><mo stretchy=\"false\">)</mo></mrow></semantics></math>? (Three digits.)"
points = 1
width = 0.008000000008
places = [
  { offset = 0.0026999993359999586, sealed = "a7289e71dccb8cf17c3daf2aa70f8c0ad8c75e849ca55fa496a580c2875150b9d48707d50457fc462eb458f0e2ab798be3101b6b3acc9b0015556b93021254d52e38c839701299f336d67dd96e250b3aa5c5eed70397493f3a0f0d5de80c329996101df9dd2e7cfc199ccdb8c970bb3d4af24636d31e6f71f9dd73411d8201a9" },
  { offset = 0.005299999671999955, sealed = "d4d13ac667e124c9a39397d0d05a58edd74996ae700404c38ece51ddb17991735fcb2ea81429f782eb44118f70d86d0023e81eaaa114c8ed589eb32563d304865dcd1e63d6096477041d84e2d3e9352f35abb714fbaddb386290118e65139768a90f886f64a481164f49a502975e4bf177c2f082af2ecafec401ae5e6297a18fbb78340ab54cfb52d10f9f1ec93331a247af30f44877f88eae9d038ebc7353cf01cd30c92af09a2d032564127b52a128952a3fc7e64080ea8beb129be69d7f827f56a0044384e752198b67f427233fdb00d85267cc28adfa7947d60df93cd803f121c7e346a523d9b8a3dd9d33cfd7f3b622b06953f9194fca12681376cf3fb5fb44b164c195688982949521f73c10ad0b7362542ae6649793020972748a46795cad121098908958100b360ed1f1a950a9cedbed95a0c1dcc5ade5a51ba6ce5d251042d644ef7ac4377e96b663ee6a07906e64146dd1950170026cdb1b3f3b0aa1b9a53aeb02065c2a593dfca24adb71ec1b0da6914bb2fe719a8ecfef5ef61e" },
  { offset = 0.007599999951999996, sealed = "71414de659cc750f971f26805fc04920d76f031ae195ba18a0ccc23d6b7fa2efbf0834f584c66483bee4a7469d2db0616d8d14883839883e0978fcf76047f227590914f62fc63fd9bc80137546c9ce42ac3cfbe029bf2e983765d62c21e170266b3620772ad3420b562e7a5e72339d8600d47670b37420c9bbafb8cf63992a13" },
  { offset = 0.007999998007999887, sealed = "3c784f4ad82a121576a0793310885a1b0537c8a70139fca6c0ebb7be600ca41528f6b5036b16465652d6003c14a52a3ba9daacc030cfc191b043e50d356f4b10e019d1c1bb5b00c55b7d418935fc9343634f07ba57c42b48168cda794f2f20c484ab477fd5c28e65a5edc67160d28273bb507bf4d6e8f5f15d621c56951229d7" },
  { offset = 0.00799999900799997, sealed = "bb6cf7ae59cce8b401bd081db619fed760790dea4e1c6a807a259509f4b342b0ed9601d3593314b028cfa4ca7394b600a050afd80150cb0a404bbfb76e0d7f3434fc82b8d3017e5055cd7efe7b64afdd8371791db02c0b5d524bd573b36609ca6605fa819264ceeeb3dda8eeee70fc048bc15d065d9ec07b8382a6e2aab5b497" },
]
otherwise = "cd1794f0ea341103f0e595588ac050fa1a3ecb5981719853f15afaea3d0be90bbb9c45bfbcb9204d16e95bf5381bb52568efab5db0a29a17229fdd11c787ac9f2d7a8d23fd492fcb15a2210c45e9c110cda9d7b7de5a29e85717dfc54638c61b10cdbcb6e9454288f91555b3bcc92b12a171844d8f032be04769030bc2e2eef2"

[[question]]
id = "hot-and-cold"
kind = "single"
text = "In GloVe the cosine of <code>hot</code> and <code>cold</code> is high. Why?"
points = 1
choices = [
  { id = "1a8a81", text = "Somebody has labelled them as related in the training data.", sealed = "1f090645a0a16eb26ab0a77bceef7ebad64ff3be4229867ef40a56fb539ba5b1e0e73c287761b0be73eabb417075e4b1fc801b7a6320e72d589b5fd9ca719d69d7d48781a310d92eabfb9de4f171f690e16f201650aea043116cf6c1f59d1dbb518f497f538e619be9f2b6751205b2cdb5e16d358aab7fd5a2b08de97ade8d89" },
  { id = "5a1376", text = "They often occur beside each other, as in <em>hot and cold</em>.", sealed = "692134a9d3edcf8e4c7c3702bb5ff9bf6e579f4c05a9c012befbf6028ff1534b580e13f9f90520f6d2dd171e62de81e0e8db8c49d91be958c539aad8ecb7d3f7abb844b256a8fa064cbd0c6b97d39d839e5ffa707bca7642b0d42ccc171e2943371b59e2b5e69b63824438e75b1010083e5b1edabb73d8b7b8a34d28769620d10e4cc6e0b0989409f60a69e6007299bb3f69476d02227240a18a594b6fccc945685d6015515bc88f6e797939aa0c15bf45db79096ca7dbc7be7bcbc44583532e" },
  { id = "724a9d", text = "The vectors have too few dimensions to keep them apart.", sealed = "3e2508a54c69dd741865a500f357739185f69e10c761dddac1de7508b315260d5289e4f1fcfc726b502dae5df25d9a0382f25d38b8a9dfce8a06ae2f2afbc6ebe76dd6fc133a2f3cd8222b680293ac4e29db89f6ca6bd58f19a12b9c701bc6b8e2ddd87077bccd0f3195d065aa6ffaa3a6cc83db24b0970634825bb26f378a5948522ad11e892d1d0b4db64a363007482d7881dc13feb29ff533ab0788f699439baf31d414799317fde378a9d5b6c6199545302d67e343ebab40720548ba1d82" },
  { id = "c36ed2", text = "They occur in the same contexts, which is all it counts.", sealed = "034a9ccbd5bdace78af4c75cdf52d2dbb463501c2e6bf5e2b9c11bbacbd2b7949afcb9964ef8d464a2a983444352e934d808f59a0467cade32eee9a11c4c9bd1244fc985b2fecff6ea18898d4832477ecd2e90c597bea55dfbd59a659755bbacca4fad022473d5982f855696b098f3daf4656e1ec9041d85daef84a76898fcdff0c25b6a5d44d1aac08f8c62004c4c4447d545c9ec569b7600a27aaa7495ac94be7157ba7683179298126da417659031b225d79ec94c18c9c2be885c6eb36afe" },
]

[[question]]
id = "analogy-steps"
kind = "order"
text = "<code>france</code> is to <code>paris</code> as <code>italy</code> is to what? Put the steps in order."
points = 1
items = [
  { id = "46ded4", text = "Compute <math><semantics><mrow><mi>e</mi><mo stretchy=\"false\">(</mo><mtext>paris</mtext><mo stretchy=\"false\">)</mo><mo>−</mo><mi>e</mi><mo stretchy=\"false\">(</mo><mtext>france</mtext><mo stretchy=\"false\">)</mo><mo>+</mo><mi>e</mi><mo stretchy=\"false\">(</mo><mtext>italy</mtext><mo stretchy=\"false\">)</mo></mrow></semantics></math>." },
  { id = "d863df", text = "Compute the cosine of the result with the vector of every word." },
  { id = "fa2fc5", text = "Take the word with the largest cosine that is none of the three." },
  { id = "22edd0", text = "Look up the vectors of the three words." },
]
steps = ["1e548b9e22f4e0c260a544040335597899455c81c7300ef453c602738921b84e02560aac717dd8255a3d0ddf00110c543d8d1a964319b55054b163c7ba0dd8a5", "846797188ce5369d2065ebf5b9f6bfa06f99f76c2249f580c5d6b52986b423f0fba8318390f2d99de20ada5a921b8429d02b424870a2dabf05c6c99b4388f2b36a93783b079bbac9abc1f82b21611b2b819d54c5902afdc1fc55a75ffba7bb74538b18f475013110b5f0fd99dce00a8e35c4fb6d0cdb478f6c8f3713bb8f1b79", "bda8704bd2abd28088061b7a1862a4eeb5fbc58489545f3a2851f998c9e553d5b39e33b16a9cd126c929fea237bda1ac93b9824040ce0c92df6d04358b59d1be0ad586c4bfc9bafce9b6271ef9b1902bc17637b2695add1d33b18b58fcc3e683d92b57a84221fdb59d85b07651ee7c27d5249bca5ae02041b9afe54412cdd579", "165d416b936e199b1703416cb056849210ff00354ac4784a39f7b20b9a7dcd820815104cb6507d4588ebf5f76314a2ee65febdaa3d592daefcf9081b5b4b91835d8e49139b457baa1f25a435e3d79e6c013c89df5e58a6f9dfd532e595e605af1944af7205013ebcd649f35a9e3f9b2944c481a58ad2106e94f45224f9ffb7a429941766235a2cc9a4ca26cd0ee103428892075542c0df86f79bb70a8135a0e243c0be46e7e90d8b269fb9e88749d596140d22de3c40a1a4b7bd5fd4d5d5482d"]

[[question]]
id = "bias-chart"
kind = "single"
text = "The chart of section 7 has bars towards <code>she</code> and towards <code>he</code>. The one of <code>doctor</code> is short and points to <code>she</code>; that of the control <code>tuesday</code> is longer and points to <code>he</code>. What does the chart say about <code>doctor</code>?"
points = 1
choices = [
  { id = "448026", text = "Of the doctors in the training texts, more were women than men.", sealed = "b9b7075ebe53673cc999a20b041f26262eaa33c40493fe6e1e7691785db85c2a2e26483e6801e193793fd7d424528e3afad30b45b0063743317350012e0d8e70cbb5008f66dd7a01e711b80daa2f8b4f8c902a00a3a85cf7a2d37c2eb8a00bbf9309c8aa47431516274623782d17275cbdef9a1a7706cc5a6ad4777a543925ad" },
  { id = "67ef17", text = "Nothing, and it says as little about <code>nurse</code> and <code>captain</code>.", sealed = "7000076c0262f379bdcb02dd3d13c8dde4e5642effa6a9fc694080d464b9ee9734bee353516ecde49be0478d50f1a6a285c4bed893efa942ce0eafc3cc5e535deb162122d1943162c102ad747ab49a1b573c5b115ee898b5a64b5082e6b882d137d3b40de69dcf020bab7e340dc2530aee23a4bebf87fd8fa1d48e5c670db6555eed3e05160e1686e67962667e304b535c20fe6ff4f9a2c4ff906d864de4456ec797cea222c2628969506558859775564e8eb3e9e82e61843436f06d74caebbd" },
  { id = "787320", text = "The vectors are free of prejudice about this occupation.", sealed = "6aa95392af02763ffb4259c0663aab3ec62ed62f0c1e9d44402010732005a6355046892c67dd1b139444b4a2129dc380df9fb427ea78be537ab05f50b26d771d279a5b36130e80fa275ef84e61cf8e0dfff7692c8e01f66305be692726cc36bd502610cbe08695a97fed6488195c009184515967678d74bf67799dcfc4c8c8e2" },
  { id = "8bb990", text = "Nothing, since words without any lean have bars as long as this one.", sealed = "7a1e215ede72d17880ef3a5a66c52972a9ccb7b16ff63cdab350e31c9a11f74a8b34eed6300139231ba4cd469ab044067c53c68b79ebbee12b497419525d5a420aedffc58f000a99d5c02ef687decb1f774bff93fa9fc0bb10bd54831e1a781e0c1d9a579cf8fcafe1decfd705f7bcb3df0a42960aa3644fa67f7141683be95d9b58baadf36d55f9d6a03b6a2d1d4d2ab9276f3a2643f28942585aea68cfc6055fca05fe6557573ba9bb214089d76f44f455a47fd8f3283ce12ef9690c2fd6b0" },
]
"#),
("02_counts", r#"# Made by `cargo course exercises` from the quiz with its key. To answer it: cargo course quiz 02_counts
title = "From counts to meaning"

[[question]]
id = "idf-of-everywhere"
kind = "single"
text = "`the` is in every speech. Section 2 weighs the words like this:  \n`let weighting = Weighting { tf: Tf::Log, idf: Idf::Plain, norm: Norm::L2 };`  \n`let tfidf = counts.tfidf(weighting);`  \nWhat does `tfidf.idf(\"the\")?` give?"
points = 1
choices = [
  { id = "383a70", text = "1, the least that a word can weigh", sealed = "13d540788268515010351e5f9254dfd2a48a270e06671ba799d6543dcee27ca24443f4b04a78b361c14bdc98394f2b4d3c6077955bc76845f625f4e4c059a05b78f532fa92754a2a311979ce41a80db6e9cf97e417f0083bcea542314d43224b3845c39f733b315185773ac941b16dbb631e6f5ba34b0d64cc36de1a9f50eaa8" },
  { id = "bf7a42", text = "an error, as nothing can be divided by 0", sealed = "c9f495004fce5f644d3d7f1f0442c3e5a9eb4aa667ac7af80287118ad5bfdd12749b073044b9dcd726c15fe96c35b6d1320d11971d6aae152d4af1a8e104b996e7a8b6f1d50bd5f18adb95cb98c7da1eda17c5139f6ab5735243458e39d9cf621ddcda5142ed84a515480d64e9e073570c31b31624d7ca7ce4458171c9f8c3a7e0ac6303644926c5e4bfab83a668da5b7fddba74075fe7b0abfcdc7b2285fa0d7f4bfcacecb329e15a1cac06a457270fa5cc1cf4428574284db7c3d4666d0af1" },
  { id = "fd79af", text = "0, for it tells no speech from another", sealed = "597dfe98d5644644591a8b15359f8c8678df149eea9718f36fc2e332027b4a61ce630fc376fdee15855e66e23601ed15644615196a29e26a275c46570bb92b40" },
  { id = "ffc771", text = "ln N, as for a frequent word", sealed = "82c82c3d18bc6dd17046ccf95967e9ce942c9104fd9e76250f95bcc5654a52d09fe4883ee8a715e56ebb36ddb64b01f433c6081dabaa943a044993b602b1720f4c77571381cf8e415c0950dc4b040e5a801e1dda456edaf1f26bce56e0a75d9fd8ceb25d938945fa82bc1ca7c998f2359722dc051dd540b4c885ab17598cd585" },
]

[[question]]
id = "idf-on-paper"
kind = "number"
text = "There are 1,000 documents, and 10 of them have the word. What is $\\ln(N/n)$, to two decimals?"
points = 1
width = 0.020000000020000002
places = [
  { offset = 0.00399999335999901, sealed = "749121fa4e3969b9bfcf7062ddc48cda87b5619852a6cf6d756c0160c8617eb7170a27681c91d8bbc0e3202715e42edfc68b1153d656196d94bd64edb6c9b731" },
  { offset = 0.004999995399999513, sealed = "4ddf1ca3e257b3e4b75e6eb3056ac68069955546794bea3d2c623237e9fe3ab51d49b5dd39bcaef424ef65505ae601a209b1b18ab775c3eddf5e3197c81397ad" },
  { offset = 0.015000004620000063, sealed = "2ef3fb00109fad4f9364ed88825318baa9fb1066a698f65c6aef7ce427ca3f51f7e7ef98fde41ad7727218bb64f4a4b0ad472430c9d18831b256778b814befde9c61c6b98378aabb9b1d2867d7e99c6a71bb036f5b451772b17d99e248db17c5bf9c0b2546e32af83b1cc92380e4b4693f12fb8a12b13aac0e6df4ffec80b6f3" },
  { offset = 0.019999998019999854, sealed = "789f4810d6ec1cee130e63cfa9994d2b292bd797073152788658e96eea5f5d74d4cc01cb636571aff3e334c488bdbc52ba5837599d0d05e7c4e549398f2373c2" },
]
otherwise = "57892fc28207e471461293fbeffb6eb80d7e9161dd6125ee830d05dcb077e701cd16694930606178abc016f5bcce4d0409b1ce83aa9c1800ee8cc3de874b86def687df582175c16ee66d138e9393ee1b5faf88035cafcb9fd886147f12dc15736ee50cd31603e1dcaecf5c707f55567d1081a8cd5aca72952a6175668d6e1c6c"

[[question]]
id = "why-positive"
kind = "multiple"
text = "Why does PPMI set negative values to 0?"
points = 1
choices = [
  { id = "3cc298", text = "It takes too much text to measure them", sealed = "e5a73cf4f77c3b5da09a1987777b2bedc57b383317542800fcdecdbcaa7619891eee441f535421636d8d8629c0b3142dc7db537a6a380a53f379f3230783f938352a56ba54322ac0eda151404ffaf16863a5773a0e3a2223cc63eb99034acabf3189d2dad9b8d3cb73be00af133ed69dd9be2539beb7e83554aa0e4a9d44943d36bbbbe467838c7a5bab75819b20e13e3d9f9729b1c3275c6881076fd9550b5328dec43b4f08bcf7288bacf98a77ba31b96803150797c498dca70e9509c611f6" },
  { id = "424e4b", text = "Such words have opposite meanings", sealed = "6d7cfd73333bbfffecc1c083b48be5a98e993f87efd0d03c74a9586be9210aebcc5fdb6dc713bc1536a7e843e97ea04d0f39c948c7d55b075361c203345f988d99421e76b28b8115a998aacd944595ba317de37865743d508d990cfeeda65486168e3e843e735e9ca57178b2079eece03ab1a69fcbf5d9b2c457451d1993280e" },
  { id = "5753a1", text = "A logarithm cannot be negative", sealed = "a3c6a250d2f265de92a7c5068a841ecf575be7ab86f4b1e0d7c3c1c930ac28fb1ddeb1994dc949ac73a52ac628abfcc113f2c698135222d9052f288c75fda0b0476dc1bc3533d87aee243a46d5aeadc28cddfd85048d6839be123059b7de89756f8a62e3b0ee48f224e7af752999cb81d401aa3666a9cb24928001476c437315" },
  { id = "6833ae", text = "The matrix stays sparse", sealed = "ad3577050675423932a915a759da724b552531d323e790d88913c31c78f7aebf9bfc2a4b1999bde18fcf726575b31527e855dc083cf473d2d9b651f6ef322e5a2fddca3193147682b6d883121b9db06650666b5f2a5f9b773b9bb955bc66e7c878e0f53e4ed110d90f8c952793d0a3c05182665785cc4f1d54a8b50724af50fa" },
]
right = "07bc3e09c015c82312a3d8b906403b24255bea741d831f74f74e4be5d4a36555301b0b9b810f738ab2859e8610f6f67a079705693a41775943669adc7f2e2e63"

[[question]]
id = "dolphin"
kind = "single"
text = "Look at the last of the three heat maps in section 4, *their sum*. In the row of *whale sea* the column `dolphin` has 0.6, and in X it has 0. Where does the 0.6 come from?"
points = 1
choices = [
  { id = "0aa479", text = "The pattern of the sea brings some of each of its words.", sealed = "d05f9eb38d56d4191a11c04111c27e5949ab53d6192afe9944d0f4266277e1849f53c040e5baf40e72db256900c4a1f01e8ef9fe21c350dcdca17f146107cfe297609060d0e0e8fdf5f5e79ec4c16f521afff35ce5fe9cc463e00624652cf05dd7d96e5592a57c4b8e98fc65e7b4593773cc8a2f1645d869ea44fb0c2d0ebe01a42d83c2bb9d40277e4201429c4bfe5194667395be15828b9e145961fac10a997799f11ad9f73438f72feaf910f91b3ee030cc437d07c49854268095bed3be49" },
  { id = "92fb09", text = "It is the probability that the text goes on with `dolphin`.", sealed = "4cae27278503dade497c73a575491d69ddc08ceed6d0df82c243da4a12441f51df174c5ba5e889acdeb02d85625f6810ff31fb2b21e156e107763c1f67ee3c16cc215baadacc28cd2de1b2c1d8a2a347bb70b7245c96430a11cc2f4236c10d8c6ff7b4684e8a949075eebe54eeba9ff6c9fc5a5dbc0fae3c4ad3468d91317ba5" },
  { id = "a03bf4", text = "It is an error of rounding, which more digits would remove.", sealed = "1db0aa71ce9c5a46661530983562d820788b3032a0d528257c52b01521012a924d8cd6f9bed638d7bf6c039e7287024cbafcd0d4fb73aea3a9c09f54cffd9098e564ad1f9e639582e7c855e80601c67bcd446f2aff325c39456c1b9dc81dd6aa88b055e819736d929d713942ba2463dfc6bead5041f285b9a84048b52be8cd16" },
  { id = "fabd60", text = "The decomposition has learned that a dolphin is a kind of whale.", sealed = "227cca008405ad9aceeb63367394e14e018c422e1c5e1ea962be5e6fa2af1476d0f70e472012c4259c668123e91a0cbbc50e894259a6b342e54a9885244899654172785a835c697c2d509ea6851016b22ceb714779beceb6c271d2a12bf4f85c7c99aee68d5a6ba10fb52bd9542ae76874665e5f20402b0945db4deb1de45cb9" },
]

[[question]]
id = "energy"
kind = "single"
text = "In the picture *How many dimensions?* the first curve rises from left to right without a stop. Should you therefore take as many dimensions as you can?"
points = 1
choices = [
  { id = "35b331", text = "No, for the other two curves stop rising after a few dimensions.", sealed = "193ea3b7069767a1a88358947fd2e8236dcc19d860b8a8d7cffa53915a3d54bd0f0b106eea6f4edfd255eb478eab753387b43bee078b731b3f53069c31090ba8bb848623ad566e2f55dee85f65863418a9da135d0cd9e515052359fc5b6319d5f166cccdcbc450c68c8bc3f1ef9866620f367673a17d0e3b0dc5b235a4deeaf5a8b1579de6ecdb8721fe2e01d35c3957986200dd9d464b50c4b07e6d83ddea8bfd7e9113764528c3327c2ff26905579d97930bdd720d92bed596426d07fb9e68" },
  { id = "a81e26", text = "Yes, if memory allows, since more dimensions never harm.", sealed = "eb175d99f0c4a23a07791e8f5076a6148c58cdac1470c10320bd67da386756b4aedbbcd20fe25ed9d90ffef61351f5695cf052ce362f9ac3a16e82efa7aa493a59dbb84c53e45d6049cbffc52315bf13c50d58840b2c2a2c039c79f9a61271331f0683f71f944199bdfe5c57aeb5915868d799f18ba3b0264dc5001dffd44d2748be639195bc6fae3824553e9e2232d172ba58cac83f1a1e0c3493fa95ceba0fcddca2f17d3bf471ed9304f7894ab2513fcd4db8626a31601ea15939d6039f2c" },
  { id = "cde718", text = "Yes, for the approximation then has the smallest error.", sealed = "18ac4259c51e669f36bf0a249a4f1c8bb53136ab6930448f61aa02ab38d731998d7abff103dd8b277cf525f369684729381fcca38b5a59bac531d5dd950c96bc849d548119ab53dc34646302f20713648220048a5ee44e54ff452b7c4597a87c6b2f18b7df16d2578b47c02b8e92e3b047a44f15b8dff407a9e8e1b63faa142f" },
  { id = "e668ad", text = "No, because beyond some number the energy falls again.", sealed = "1fc7e7b0d06dcbabd30a34c6a4aeac91bd27f4d411447051bba6d77f1f20fa8552d0cb196f51b9794e12f22c0973f94deea2ac731a608bf3cdd2a0dabe3db6b75d8b7bde9efaa244149c9817335256890ea5936ba6cb61275d3e45677d94f31e2e35ed1bb9c2ad44c740d1c51e9c903310c6056f4a42d8e949405a5eca6e8d25" },
]

[[question]]
id = "hal-weight"
kind = "number"
text = "`hal(&speeches, &vocabulary, 10)?` moves a window of ten words. How much does a word count that stands three places before?"
points = 1
width = 0.002000000002
places = [
  { offset = 0.001999992002000184, sealed = "defca7e702ee14ac8f4333cdd49f2c01e296f46d7a64a263ea0e27efaf03355be34604b1c1999e13544b2a8806ef3497d55ac634b22a68d69f43be4905825183deb92930fdc68ff325e789de8c6397ad6f2120ef3631e7861307d70ce746e7a16061f4574fcf07c562376f94feffa9aa03b8bc6ee38e837fa8d675acef40d567" },
  { offset = 0.0019999930020002665, sealed = "db84682ba4a32bcbe13f79c38671c93ba3c79ddda79ea0f1769fe800df4fc5289634a1f3b7e0999026091e9a6cf13989b3ba1daf5b012a32368f832e5de9acb6f2b4ea6a4025339e6833c803545d44328a7a93ff4b9c99fb543f3ef58d6071ed702bfccb4eae80a1647f894d3c92ac082ffb8ec6966ea1a5c0f1bb23d78fd3cf" },
  { offset = 0.0019999970020001534, sealed = "58156438ba1419fbed9255c861eb91f0def38d76024ceffa45d8c521ef771c088d6edd0b054be8073f3df18221aa24bb8ab12effb90717c50447bb357d225d247385b4ef26bd1b909dfa320e4ad8a63b6b5680b87d53557e6ee14cf69b0071bcff90d4936f426f297270c8acd56b43e5905e48de59c2da617dc8a8a96f0ad6aa" },
]
otherwise = "27bb31065bdce406760cab9f60e2891bca7ccc43ff02a77d302da4e28d855478e5c840d34bd895fb071ae8e6719af18ea46d5440537e744c689db6e8f42e529358da355fc8d6664562212e4f9872d8fd722847d2ef90013fd4b1d701f59f5c969668c3ad9354d432b09ff128e55a567105d26a000bd8303bc337033382bb89e5"
"#, r#"# Made by `cargo course exercises` from the quiz with its key. To answer it: cargo course quiz 02_counts
title = "From counts to meaning"

[[question]]
id = "idf-of-everywhere"
kind = "single"
text = "<code>the</code> is in every speech. Section 2 weighs the words like this:<br />\n<code>let weighting = Weighting { tf: Tf::Log, idf: Idf::Plain, norm: Norm::L2 };</code><br />\n<code>let tfidf = counts.tfidf(weighting);</code><br />\nWhat does <code>tfidf.idf(\"the\")?</code> give?"
points = 1
choices = [
  { id = "383a70", text = "1, the least that a word can weigh", sealed = "13d540788268515010351e5f9254dfd2a48a270e06671bfbb3dd5662caf875ab110dcfbd0570ae7f981793d72942704d2d68739949853c11f126f4e1c242a25362ac7ef095275773781b649a0da00ca4bb9081e40deb082ec2a045310f1a6150770497807d3d75028360339053bf3af4315a6f08f70a5437c236de1a9f50eaa8" },
  { id = "bf7a42", text = "an error, as nothing can be divided by 0", sealed = "c9f495004fce5f644d3d7f1f0442c3e5a9eb4aa667ac7af80287118ad5bfdd12749b073044b9dcd726c15fe96c35b6d1320d11971d6aae032046b9a5aa52a8c2adedaca0871b91b4cbc29e9988839b0b941a9647b925e11c555c1ce076d9f76303c1da5f04ba85b8510c0d61bce379191c7ea70c3cdec028a657ce6585ec91aae7e0674e3a1b6987a8fae68da668da5b7fddba74075fe7b0abfcdc7b2285fa0d7f4bfcacecb329e15a1cac06a457270fa5cc1cf4428574284db7c3d4666d0af1" },
  { id = "fd79af", text = "0, for it tells no speech from another", sealed = "597dfe98d5644644591a8b15359f8c8678df149eea9718f36fc2e332027b4a61ce630fc376fdee15855e66e23601ed15644615196a29e26a275c46570bb92b40" },
  { id = "ffc771", text = "ln N, as for a frequent word", sealed = "82c82c3d18bc6dd17046ccf95967e9ce942c9104fd9e76250f95bcc5654a52d09fe4883ee8a715e56ebb36ddb64b01f433c6081dabaa943a044993b602b1720f4c77571381cf8e415c0950dc4b040e5a801e1dda456edaf1f26bce56e0a75d9fd8ceb25d938945fa82bc1ca7c998f2359722dc051dd540b4c885ab17598cd585" },
]

[[question]]
id = "idf-on-paper"
kind = "number"
text = "There are 1,000 documents, and 10 of them have the word. What is <math><semantics><mrow><mo lspace=\"0\" rspace=\"0\">ln</mo><mo stretchy=\"false\">(</mo><mi>N</mi><mo lspace=\"0\" rspace=\"0\">/</mo><mi>n</mi><mo stretchy=\"false\">)</mo></mrow></semantics></math>, to two decimals?"
points = 1
width = 0.020000000020000002
places = [
  { offset = 0.00399999335999901, sealed = "749121fa4e3969b9bfcf7062ddc48cda87b5619852a6cf6d756c0160c8617eb7170a27681c91d8bbc0e3202715e42edfc68b1153d656196d94bd64edb6c9b731" },
  { offset = 0.004999995399999513, sealed = "4ddf1ca3e257b3e4b75e6eb3056ac68069955546794bea3d2c623237e9fe3ab51d49b5dd39bcaef424ef65505ae601a209b1b18ab775c3eddf5e3197c81397ad" },
  { offset = 0.015000004620000063, sealed = "2ef3fb00109fad4f9364ed88825318baa9fb1066a698f65c6aef7ce427ca3f51f7e7ef98fde41ad7727218bb64f4a4b0ad472430c9d18831b256778b814befde9c61c6b98378aabb9b1d2867d7e99c6a71bb036f5b451772b17d99e248db17c5bf9c0b2546e32af83b1cc92380e4b4693f12fb8a12b13aac0e6df4ffec80b6f3" },
  { offset = 0.019999998019999854, sealed = "789f4810d6ec1cee130e63cfa9994d2b292bd797073152788658e96eea5f5d74d4cc01cb636571aff3e334c488bdbc52ba5837599d0d05e7c4e549398f2373c2" },
]
otherwise = "57892fc28207e471461293fbeffb6eb80d7e9161dd6125ee830d05dcb077e701cd16694930606178abc016f5bcce4d0409b1ce83aa9c1800ee8cc3de874b86def687df582175c16ee66d138e9393ee1b5faf88035cafcb9fd886147f12dc15736ee50cd31603e1dcaecf5c707f55567d1081a8cd5aca72952a6175668d6e1c6c"

[[question]]
id = "why-positive"
kind = "multiple"
text = "Why does PPMI set negative values to 0?"
points = 1
choices = [
  { id = "3cc298", text = "It takes too much text to measure them", sealed = "e5a73cf4f77c3b5da09a1987777b2bedc57b383317542800fcdecdbcaa7619891eee441f535421636d8d9020c8fe0b6294c709216a3b1407f47ee9660acbec3e37215af9533d2183ffe2044345bfb97e7ab53b2a4172262dd926fc820342d3a12dcacb9fd1add4dc34a049ea0639dcdadefa602ab5f3a93359ef144ecf418a2136b2b4ef2dcfd57a1ae52c8f9b20e13e3d9f9729b1c3275c6881076fd9550b5328dec43b4f08bcf7288bacf98a77ba31b96803150797c498dca70e9509c611f6" },
  { id = "424e4b", text = "Such words have opposite meanings", sealed = "6d7cfd73333bbfffecc1c083b48be5a98e993f87efd0d03c74a9586be9210aebcc5fdb6dc713bc1536a7e843e97ea04d0f39c948c7d55b075361c203345f988d99421e76b28b8115a998aacd944595ba317de37865743d508d990cfeeda65486168e3e843e735e9ca57178b2079eece03ab1a69fcbf5d9b2c457451d1993280e" },
  { id = "5753a1", text = "A logarithm cannot be negative", sealed = "a3c6a250d2f265de92a7c5068a841ecf575be7ab86f4b1e0d7c3c1c930ac28fb1ddeb1994dc949ac73a52ac628abfcc113f2c698135222d9052f288c75fda0b0476dc1bc3533d87aee243a46d5aeadc28cddfd85048d6839be123059b7de89756f8a62e3b0ee48f224e7af752999cb81d401aa3666a9cb24928001476c437315" },
  { id = "6833ae", text = "The matrix stays sparse", sealed = "ad3577050675423932a915a759da724b552531d323e790d88913c31c78f7aebf9bfc2a4b1999bde18fcf726575b31527e855dc083cf473d2d9b651f6ef322e5a2fddca3193147682b6d883121b9db06650666b5f2a5f9b773b9bb955bc66e7c878e0f53e4ed110d90f8c952793d0a3c05182665785cc4f1d54a8b50724af50fa" },
]
right = "07bc3e09c015c82312a3d8b906403b24255bea741d831f74f74e4be5d4a36555301b0b9b810f738ab2859e8610f6f67a079705693a41775943669adc7f2e2e63"

[[question]]
id = "dolphin"
kind = "single"
text = "Look at the last of the three heat maps in section 4, <em>their sum</em>. In the row of <em>whale sea</em> the column <code>dolphin</code> has 0.6, and in X it has 0. Where does the 0.6 come from?"
points = 1
choices = [
  { id = "0aa479", text = "The pattern of the sea brings some of each of its words.", sealed = "d05f9eb38d56d4191a119c5516c777025ee353d41836b19e44d8e1702b78efc0d40ac65fa1aba20f3dc4346c0c8afeb01091fcf566cf1bcad6f1300e6c429ff082799032ddaff6e8e6edfbc1c4d06f061dbfb63db5eb8dc872b21c6c773da243d3d96e5a88b27c45c1bffc65eaa90d6766d09f3e4443997daf5dfd4f240ea20fe52b8e87f48b0132664b5345c85fbb52883476c6e35dc3d9db141627fa8046d577d0a549d9a07b6ab37ce4f910f91b3ee030cc437d07c49854268095bed3be49" },
  { id = "92fb09", text = "It is the probability that the text goes on with <code>dolphin</code>.", sealed = "4cae27278503dade497c73a575491d69ddc08ceed6d0df82c243da4a12441f51df174c5ba5e889acdeb02d85625f6810ff31fb2b21e156e107763c1f67ee3c16cc215baadacc28cd2de1b2c1d8a2a347bb70b7245c96430a11cc2f4236c10d8c6ff7b4684e8a949075eebe54eeba9ff6c9fc5a5dbc0fae3c4ad3468d91317ba5" },
  { id = "a03bf4", text = "It is an error of rounding, which more digits would remove.", sealed = "1db0aa71ce9c5a46661530983562d820788b3032a0d528257c52b01521012a924d8cd6f9bed638d7bf6c039e7287024cbafcd0d4fb73aea3a9c09f54cffd9098e564ad1f9e639582e7c855e80601c67bcd446f2aff325c39456c1b9dc81dd6aa88b055e819736d929d713942ba2463dfc6bead5041f285b9a84048b52be8cd16" },
  { id = "fabd60", text = "The decomposition has learned that a dolphin is a kind of whale.", sealed = "227cca008405ad9aceeb63367394e14e018c422e1c5e1ea962be5e6fa2af1476d0f70e472012c4259c668123e91a0cbbc50e894259a6b342e54a9885244899654172785a835c697c2d509ea6851016b22ceb714779beceb6c271d2a12bf4f85c7c99aee68d5a6ba10fb52bd9542ae76874665e5f20402b0945db4deb1de45cb9" },
]

[[question]]
id = "energy"
kind = "single"
text = "In the picture <em>How many dimensions?</em> the first curve rises from left to right without a stop. Should you therefore take as many dimensions as you can?"
points = 1
choices = [
  { id = "35b331", text = "No, for the other two curves stop rising after a few dimensions.", sealed = "193ea3b7069767a1a88358947fd2e8236dcc19d860b8a8d7cffa53915a3d54bd0f0b106eea6f4edfd255eb478eab753387b43bee078b731b3f53069c31090ba8bb848623ad566e2f55dee85f65863418a9da135d0cd9e515052359fc5b6319d5f166cccdcbc450c68c8bc3f1ef9866620f367673a17d0e3b0dc5b235a4deeaf5a8b1579de6ecdb8721fe2e01d35c3957986200dd9d464b50c4b07e6d83ddea8bfd7e9113764528c3327c2ff26905579d97930bdd720d92bed596426d07fb9e68" },
  { id = "a81e26", text = "Yes, if memory allows, since more dimensions never harm.", sealed = "eb175d99f0c4a23a07791e8f5076a6148c58cdac1470c10320bd67da386756b4aedbbcd20fe25ed9d90ffef61351f5695cf052ce362f9ac3a16e82efa7aa493a59dbb84c53e45d6049cbffc52315bf13c50d58840b2c2a2c039c79f9a61271331f0683f71f944199bdfe5c57aeb5915868d799f18ba3b0264dc5001dffd44d2748be639195bc6fae3824553e9e2232d172ba58cac83f1a1e0c3493fa95ceba0fcddca2f17d3bf471ed9304f7894ab2513fcd4db8626a31601ea15939d6039f2c" },
  { id = "cde718", text = "Yes, for the approximation then has the smallest error.", sealed = "18ac4259c51e669f36bf0a249a4f1c8bb53136ab6930448f61aa02ab38d731998d7abff103dd8b277cf525f369684729381fcca38b5a59bac531d5dd950c96bc849d548119ab53dc34646302f20713648220048a5ee44e54ff452b7c4597a87c6b2f18b7df16d2578b47c02b8e92e3b047a44f15b8dff407a9e8e1b63faa142f" },
  { id = "e668ad", text = "No, because beyond some number the energy falls again.", sealed = "1fc7e7b0d06dcbabd30a34c6a4aeac91bd27f4d411447051bba6d77f1f20fa8552d0cb196f51b9794e12f22c0973f94deea2ac731a608bf3cdd2a0dabe3db6b75d8b7bde9efaa244149c9817335256890ea5936ba6cb61275d3e45677d94f31e2e35ed1bb9c2ad44c740d1c51e9c903310c6056f4a42d8e949405a5eca6e8d25" },
]

[[question]]
id = "hal-weight"
kind = "number"
text = "<code>hal(&amp;speeches, &amp;vocabulary, 10)?</code> moves a window of ten words. How much does a word count that stands three places before?"
points = 1
width = 0.002000000002
places = [
  { offset = 0.001999992002000184, sealed = "defca7e702ee14ac8f4333cdd49f2c01e296f46d7a64a263ea0e27efaf03355be34604b1c1999e13544b2a8806ef3497d55ac634b22a68d69f43be4905825183deb92930fdc68ff325e789de8c6397ad6f2120ef3631e7861307d70ce746e7a16061f4574fcf07c562376f94feffa9aa03b8bc6ee38e837fa8d675acef40d567" },
  { offset = 0.0019999930020002665, sealed = "db84682ba4a32bcbe13f79c38671c93ba3c79ddda79ea0f1769fe800df4fc5289634a1f3b7e0999026091e9a6cf13989b3ba1daf5b012a32368f832e5de9acb6f2b4ea6a4025339e6833c803545d44328a7a93ff4b9c99fb543f3ef58d6071ed702bfccb4eae80a1647f894d3c92ac082ffb8ec6966ea1a5c0f1bb23d78fd3cf" },
  { offset = 0.0019999970020001534, sealed = "58156438ba1419fbed9255c861eb91f0def38d76024ceffa45d8c521ef771c088d6edd0b054be8073f3df18221aa24bb8ab12effb90717c50447bb357d225d247385b4ef26bd1b909dfa320e4ad8a63b6b5680b87d53557e6ee14cf69b0071bcff90d4936f426f297270c8acd56b43e5905e48de59c2da617dc8a8a96f0ad6aa" },
]
otherwise = "27bb31065bdce406760cab9f60e2891bca7ccc43ff02a77d302da4e28d855478e5c840d34bd895fb071ae8e6719af18ea46d5440537e744c689db6e8f42e529358da355fc8d6664562212e4f9872d8fd722847d2ef90013fd4b1d701f59f5c969668c3ad9354d432b09ff128e55a567105d26a000bd8303bc337033382bb89e5"
"#),
("03_indexing", r#"# Made by `cargo course exercises` from the quiz with its key. To answer it: cargo course quiz 03_indexing
title = "Random indexing and the lemma"

[[question]]
id = "spread-of-cosines"
kind = "number"
text = "The three histograms of section 2 become narrower from $d = 10$ to $d = 1000$. How wide would one for $d = 400$ be, as one standard deviation of the cosines?"
points = 1
width = 0.002000000002
places = [
  { offset = 0.000499999998, sealed = "fda028bd7e273416f1fa3b2786a7955f618ddd4221975c2763508a765fb2fff30145469661d827fe9f8bd46a8d207e38d0b46d35b9c721c021a6c686c35ad1cd" },
  { offset = 0.0019999800020009673, sealed = "c68e04794af42b5e97f127ac054c48dd4dbb38fc18b3c74167b0432d8d5387021cffe118be19e63626b34f5b165b3b5bb06718c4d6cd620530e732a4f04db15acfd48d16a84e836d827adad64af6f8437afac91997921640d0c8d9335799fca5fc1117f5c980f1cc50699a20f1167ff737a389c72e8a5d50f8224f0d090891b2" },
  { offset = 0.001999999952000002, sealed = "14b9d4627a79d566679e26b702ea8a48a61e625eedf3efc5821fa0d5a5f92b56fe5e0879cbea2542cade1e6c49680be9b9898404277bc821202117d421d958ee" },
]
otherwise = "0d014f2e04ea167a702fceb0df76174f61f9c9d27c1739437ce8dc6556f37d058a93470ed0ecd151079dc679fa82cb00540c9d25f6d1b2d24b803e1ada88571d"

[[question]]
id = "row-of-sea"
kind = "single"
text = "Section 3 draws the context vectors after *ships sail the sea*, with a window of two words to each side. Which index vectors have been added up in the row of `sea`?"
points = 1
choices = [
  { id = "1811d4", text = "those of `sail`, `the` and `sea` itself", sealed = "f7aea696a65afeaf8a87681eb4308e8a4adb6b97de71f2a53b0e942162e47baf35e547f188e5e61a3496504e13a968dd683223a093ffb737f2eae2878b47c452f9eabd02b114a1a1209836a06101e9e4c987cc6c034f1b73ded0a24255d3a6c998bb341ad1c15a403ec86354abf8753dfadb498d7a1853cde4bb3c471fce7053" },
  { id = "275bb1", text = "those of `sail` and `the`", sealed = "7cf326f43a97db08110301b6b14baa0c98693e83f77963ca9f819057092e70a3a94b241b5f5d251e93193f297b0fb273b5adc01fbb4373ee25cfb2aa4a173ad5f368715dc3c14955758f02ea8b0d192921878ea0af4a5f21839436e293a62c81ce023e14aa83b92c571a4903d341e9f7b241edfaf4de355bf512da7e3db6d711" },
  { id = "512547", text = "those of `ships`, `sail` and `the`", sealed = "22da663c15424f9dad0ddcdb3287f6216c12bde92b6ba1d49405a7ef8303ab246f2a592f0d25e090d6ee8a440bdbe6a901d4d8e74750aebcb772832c5025a1e972b42d5d0ff9d3af3518243db930621357bff693767e80ab4147a71de93b5df2ac6a97253065cc104d71f0e78d6a025c79d42bb6f9c3fe75a8f8c17d35d01ffd" },
  { id = "af11e9", text = "those of `the` alone, its direct neighbour", sealed = "5363b41c67ab1e005b093221886cb40d62008f59bc1697651072655b1afac7f8501d3285c295be69a8200b79c8c19d949c92e378b2e4c04a1471e126e26a55fada9c150db9cf765d8b29732a275e1aca31b85cbe4194021be6adbec9d4fe10d8b98d03a54c407a0cd6ff129abf525f6715e7bec9e02dce2238063e7a1b094771" },
]

[[question]]
id = "new-word"
kind = "single"
text = "A word comes that the model has never seen. What must random indexing do?"
points = 1
choices = [
  { id = "3078cb", text = "Draw an index vector for it, and begin a context vector of zeros.", sealed = "206cf1f447cc01b617b997dd2353516d4e539be9e9c8af916c7f9bc282e0cd37ea19af1646b47840f685267bbbf46b3ca591d2d6bc46aa5d5a6dd82f4f36da2740ffcc9d8fad44fb159d14f826f3bdd94d7c449ced9d1234c157224dd7327e27a31408e90a13d0ebd19493c5646781e3e72780705ce61e0f99146c759c0d83cd" },
  { id = "67484f", text = "Add a dimension for it to the vectors of all other words.", sealed = "3d2404598d08ffeb223ad5ed768935a0db114644af61439441e8b92da81fb2e62596eeb0938640222d447eb5521823121219acfb8e44dc3cb06f2c0f18ff7d9c85a64844c67d6fb9499d5c10ffcecb2367a0891f12c4d2820233492c2a8b6a3f1f3c50c24fd7bb02149e952c5477579948e2b09fe35a62f8795b4945e1b4cb69" },
  { id = "796059", text = "Draw an index vector for it that is orthogonal to all others that there are.", sealed = "716fabf3fdb3eba181459bd9572facc07b5115ce2b14fc620e07bf11f3e3bf94183c1ad50f4f7cf6915a98093b7e6e840dd26cbac23e8926c2d37f6faf82a1c9a21c0acc5337b53a3a5bec77a1bb826f77f6b42b8e06779c154b4d0fdb1f7ee6df05de9f26754c5b437321fc81b4fb3e64c9317af5919b94249d53e47c288146" },
  { id = "fd6463", text = "Read the text again from the start, with the longer vocabulary.", sealed = "3f89f3ba46f8602e72226db43ecd48d8c4487dabf202eadfe626dfc87e7bdb66c0eff5a2aeb7a6c19937aa50d3d58841e43f432cc95c13d2146eb2b17e21cc5c442bec70bf2009107d05efa60f943723334b1e1ffa939773b90f7a568c4ffd113376d91538eb148e832afaaf5b8bbe7d0af943a61f330b4f4f23939bf2a64993" },
]

[[question]]
id = "order"
kind = "single"
text = "In section 6 the order of words is kept:  \n`let by_place = RandomIndexing { order: WordOrder::Position, ..RandomIndexing::default() };`  \n`let placed = by_place.train(&texts)?;`  \nHow do you ask for three words that stand directly *before* `united`?"
points = 1
choices = [
  { id = "892149", text = "`placed.at(\"united\", 1, 3)?`", sealed = "e9a0f28bf6b7dab1f88c25b29b818704d308be906f62f95836ca6c1ad46470365a95b0c47c2af977af9511396e43bf55f618bb76c4f1f8821d5a94293400d20923ca46acc033f9b09b89ab1f29b79da459d11caa5271931820bead0545d5dd2d25b5814c0110637898ed54b5cd5cc3de7424a72fe0db3560fe708aee00a99590" },
  { id = "979b63", text = "`placed.at(\"united\", -1, 3)?`", sealed = "3ce8fe984302be6fb594d65870b08e2ffdf3e96b62fb68e6e6c5037d87ea1a172a1585316642bc012e7b2e6d420d92297a5b75261c1003c6f1f4e28c18f81f2c69678b5e8a64b4f99aa106fc9f80e466854ef1055d999bce2cfb87db45cd5168eed85a1c46f6b751648130222ccc8f7d7591dceea8beb7dd9b23899100460963" },
  { id = "adf0cf", text = "`placed.embeddings(20)?.neighbours(\"united\", 3)?`", sealed = "9a2d4a3281d5c51732427f21033180058d82ead05bea20d813193c6aa2e1fd608bd91150371d4e878239a74b062b73e068b27e1300c391f478cdd0f46dc2c1d50fbe78cc8d29dd56a887559b17d2dcf3f2633f134f66af29316367f712d8fd5cc25ae61beabb01b7e2cd3e66dc9d9160a82693bad70bd0904fca44e78246ddec" },
  { id = "ccb173", text = "`placed.at(\"united\", -3, 1)?`", sealed = "d610c28772f666a0a0787ee303ffcafa3f240a6a7aa063f3298c46b7fd0994b3bf00e0f295de5c61ddb47bd507364577590cea5b0145e6a4088e3df471c67c5389718262afffbaadb06bc43eca25d92815c9c366a2e9a5ee79612bf54666014fea837be3f0d7e5ae5b8508d35934c92bdf14e4dfa5ee92026ea4a7db7dcf1f1d" },
]

[[question]]
id = "when-models-merge"
kind = "multiple"
text = "Two models are made on two machines from two halves of a text. What must hold so that their sum is the model of the whole text?"
points = 1
choices = [
  { id = "25fbfb", text = "Both have the same dimension and the same window.", sealed = "5a90502ffae772da5ffb3869949501461fb4b104d6fb91a39a645f1c69cbc5f324e5adf0e7e54940fe643d313e46008b0194f7b90132fc1545d832e54406020829db3bc59238423ae8d236bf062dbedc95bb143f149c88b242a7df77a14ecff1e4791ca33a9065303918ccff43172b356c11de9ac2f019ba3393bdfad335c00c" },
  { id = "896b17", text = "Both know the same words.", sealed = "cd19709af451e8c29e15f36b8a030682525ec246ac492c9c15f42cd44e7cfe3d34f700a77c12306baa24965ffa0ee86095dfde39759dfbe2b7f6ad2f3777ed860bd42103c6686418a3244ff18e82da928ef6035e94ad45d0a81e6e268920b50b22cb4bb93fefaa675a52b18f35f633d5a4c04f27c7b3b94a80e261bcfb16e301" },
  { id = "be5ad9", text = "A word has the same index vector on both.", sealed = "3039808d02ba1720e67e34300dac5a4c64568d0a17313601a337c75bf1857f0929757ea080ce3cb3ff3036bdb0b9aad611b539ae8320ba9c436bb9edb49c122d4385875f40f15ffa81ce2b573bf661eb17168d3a2fb8821cf129f8c11c6c012a9bedb332488106c5d1772e92e67f23081ab4b16a804bc54ce973587cc0891d229c4f79f6852fa4e511561e76f6d73fbd610de51ffcd2efb8ed964152ef3f99069d9e6e0d5646000e74a3635611a06b5d6b2f2fd6654fd22053836ed2f9208651" },
  { id = "eb2ff9", text = "The halves are equally long.", sealed = "0a0a7408d4c8cec2f22ef919dd549e1e52f6b599a40fa9742c6f96f9e5c11ec0b2212019227fbebb77368498b54a852885102fb5098b953498f06a1c7a5091abf28bf712ba4c192a24f1a829120845110191e508beec250846e24c951f0d85d87a9b42f413e6e6d4f5f6432f7d65d49ab3c90b131d17001adc91cf11227300df" },
]
right = "c755a7e9046270b824d4edbb7a8056ef13e1e58b84952f048fe171ae062b6bed58b213e1eb427423558601c5b337782e36b193723f148f3ffefb71356f6ecdbb"

[[question]]
id = "straight-lines"
kind = "single"
text = "In the picture *Dimensions that the lemma asks for* the axis of the points n is logarithmic, and every curve is a straight line. What does that say?"
points = 1
choices = [
  { id = "4a89a2", text = "Half the distortion ε needs twice the dimensions, for any n.", sealed = "a8f3e739c946c8b32f711e0f64f8e8733bc0cbad204cf0165b2125e0fbabf7ea23dbe61325848962e2fbce46e9f31cd54e41c2347b4e483f5669161520b37e6a40e1a0e4a127ef447d418b9189f3a01432e5d9982df1e728221a8201a8a379f7751a1a67ba8613de66dc032a8849928438da4205202d6e925a6c79ccf8f07d6e" },
  { id = "6b6f51", text = "The dimensions needed do not depend at all on how many points there are.", sealed = "ac44d8ad8196cb5e19c27a4e7ad6fadf8b32ba76a8b973760368cd0139761676248b0715d74c16fe250f403660b37e9368b21eb5bd34d602a048dda4d4987debb770947f4921281d3ac1f1bfe18bb11b281a5de19057b47e2d73dafd45150977eb9a90efd86707609ac2637ea41bdfb5aa63e0474b9f45836f21fab5976827c5" },
  { id = "e0dee1", text = "Ten times the points need ten times the dimensions.", sealed = "10e99ecbba5fd1db444947629ab910b06a8b052e9f70784f2197151cee6cbe0e19fbe9af96d582b7eaf4666b8f56478d5c2828d38655ef84a01d6ffb07c9ffd7bf190317f4416f98baf9ca6cfcc7a1ae76a710e3e9fb7b7e311a3e67c068e3c39c6ef7bd49b4e8edcd56727b23f9b6c39ba8ce3e1d6861158a5136753400606c" },
  { id = "ff42b2", text = "Ten times the points add the same number of dimensions each time.", sealed = "31b78849a2d291d1f915fcade90749fb7eeb1f81d67e03b4accdfd963e1edfeb859bb2951f5d5bfcf7c979fdaec7d6496cc80b2aefc35c6029b7bf87a7a286cee0839fc96174b6deb194866000f96a407b720b88e429871724270dc23a27fdc7ff73fb45c2e5fc49dbd35ab8476cad80200569c245af224e22b9dec73cb9437a11e5aab7c382fe11c46547c2362d2c290ac211c08790133c38ead699d383d9d244d24adc40ea9c95bd3aebbaa73271f7574b525b3bcbe609114ea230424d9e6e" },
]
"#, r#"# Made by `cargo course exercises` from the quiz with its key. To answer it: cargo course quiz 03_indexing
title = "Random indexing and the lemma"

[[question]]
id = "spread-of-cosines"
kind = "number"
text = "The three histograms of section 2 become narrower from <math><semantics><mrow><mi>d</mi><mo>=</mo><mn>10</mn></mrow></semantics></math> to <math><semantics><mrow><mi>d</mi><mo>=</mo><mn>1000</mn></mrow></semantics></math>. How wide would one for <math><semantics><mrow><mi>d</mi><mo>=</mo><mn>400</mn></mrow></semantics></math> be, as one standard deviation of the cosines?"
points = 1
width = 0.002000000002
places = [
  { offset = 0.000499999998, sealed = "fda028bd7e273416f1fa3b2786a7955f618ddd4221975c2763508a765fb2fff30145469661d827fe9f8bd46a8d207e38d0b46d35b9c721c021a6c686c35ad1cd" },
  { offset = 0.0019999800020009673, sealed = "c68e04794af42b5e97f127ac054c48dd4dbb38fc18b3c74167b0432d8d5387021cffe118be19e63626b34f5b165b3b5bb06718c4d6cd620530e732a4f04db15acfd48d16a84e836d827adad64af6f8437afac91997921640d0c8d9335799fca5fc1117f5c980f1cc50699a20f1167ff737a389c72e8a5d50f8224f0d090891b2" },
  { offset = 0.001999999952000002, sealed = "14b9d4627a79d566679e26b702ea8a48a61e625eedf3efc5821fa0d5a5f92b56fe5e0879cbea2542cade1e6c49680be9b9898404277bc821202117d421d958ee" },
]
otherwise = "0d014f2e04ea167a702fceb0df76174f61f9c9d27c1739437ce8dc6556f37d058a93470ed0ecd151079dc679fa82cb00540c9d25f6d1b2d24b803e1ada88571d"

[[question]]
id = "row-of-sea"
kind = "single"
text = "Section 3 draws the context vectors after <em>ships sail the sea</em>, with a window of two words to each side. Which index vectors have been added up in the row of <code>sea</code>?"
points = 1
choices = [
  { id = "1811d4", text = "those of <code>sail</code>, <code>the</code> and <code>sea</code> itself", sealed = "f7aea696a65afeaf8a87681eb4308e8a4adb6b97de71f2a53b0e942162e47baf35e547f188e5e61a3496504e13a968dd683223a093ffb737f2eae2878b47c452f9eabd02b114a1a1209836a06101e9e4c987cc6c034f1b73ded0a24255d3a6c998bb341ad1c15a403ec86354abf8753dfadb498d7a1853cde4bb3c471fce7053" },
  { id = "275bb1", text = "those of <code>sail</code> and <code>the</code>", sealed = "7cf326f43a97db08110301b6b14baa0c98693e83f77963ca9f819057092e70a3a94b241b5f5d251e93193f297b0fb273b5adc01fbb4373ee25cfb2aa4a173ad5f368715dc3c14955758f02ea8b0d192921878ea0af4a5f21839436e293a62c81ce023e14aa83b92c571a4903d341e9f7b241edfaf4de355bf512da7e3db6d711" },
  { id = "512547", text = "those of <code>ships</code>, <code>sail</code> and <code>the</code>", sealed = "22da663c15424f9dad0d80cb358ae36c7f5aa7ed3939eac4db15aaa3c615ff356d2f496a0a6df090d5a1884d4ad8f0bf40d691a14757bfefe27589685a7df2ed33ff6b5004f2c1b1765e6b3cba2c255712bfb9d5763f80fc0809e352be3b12b4ac3ec06a3e65cc104d71f0e78d6a025c79d42bb6f9c3fe75a8f8c17d35d01ffd" },
  { id = "af11e9", text = "those of <code>the</code> alone, its direct neighbour", sealed = "5363b41c67ab1e005b093221886cb40d62008f59bc1697651072655b1afac7f8501d3285c295be69a8200b79c8c19d949c92e378b2e4c04a1471e126e26a55fada9c150db9cf765d8b29732a275e1aca31b85cbe4194021be6adbec9d4fe10d8b98d03a54c407a0cd6ff129abf525f6715e7bec9e02dce2238063e7a1b094771" },
]

[[question]]
id = "new-word"
kind = "single"
text = "A word comes that the model has never seen. What must random indexing do?"
points = 1
choices = [
  { id = "3078cb", text = "Draw an index vector for it, and begin a context vector of zeros.", sealed = "206cf1f447cc01b617b997dd2353516d4e539be9e9c8af916c7f9bc282e0cd37ea19af1646b47840f685267bbbf46b3ca591d2d6bc46aa5d5a6dd82f4f36da2740ffcc9d8fad44fb159d14f826f3bdd94d7c449ced9d1234c157224dd7327e27a31408e90a13d0ebd19493c5646781e3e72780705ce61e0f99146c759c0d83cd" },
  { id = "67484f", text = "Add a dimension for it to the vectors of all other words.", sealed = "3d2404598d08ffeb223ad5ed768935a0db114644af61439441e8b92da81fb2e62596eeb0938640222d447eb5521823121219acfb8e44dc3cb06f2c0f18ff7d9c85a64844c67d6fb9499d5c10ffcecb2367a0891f12c4d2820233492c2a8b6a3f1f3c50c24fd7bb02149e952c5477579948e2b09fe35a62f8795b4945e1b4cb69" },
  { id = "796059", text = "Draw an index vector for it that is orthogonal to all others that there are.", sealed = "716fabf3fdb3eba181459bd9572facc07b5115ce2b14fc620e07bf11f3e3bf94183c1ad50f4f7cf6915a98093b7e6e840dd26cbac23e8926c2d37f6faf82a1c9a21c0acc5337b53a3a5bec77a1bb826f77f6b42b8e06779c154b4d0fdb1f7ee6df05de9f26754c5b437321fc81b4fb3e64c9317af5919b94249d53e47c288146" },
  { id = "fd6463", text = "Read the text again from the start, with the longer vocabulary.", sealed = "3f89f3ba46f8602e72226db43ecd48d8c4487dabf202eadfe626dfc87e7bdb66c0eff5a2aeb7a6c19937aa50d3d58841e43f432cc95c13d2146eb2b17e21cc5c442bec70bf2009107d05efa60f943723334b1e1ffa939773b90f7a568c4ffd113376d91538eb148e832afaaf5b8bbe7d0af943a61f330b4f4f23939bf2a64993" },
]

[[question]]
id = "order"
kind = "single"
text = "In section 6 the order of words is kept:<br />\n<code>let by_place = RandomIndexing { order: WordOrder::Position, ..RandomIndexing::default() };</code><br />\n<code>let placed = by_place.train(&amp;texts)?;</code><br />\nHow do you ask for three words that stand directly <em>before</em> <code>united</code>?"
points = 1
choices = [
  { id = "892149", text = "<code>placed.at(\"united\", 1, 3)?</code>", sealed = "e9a0f28bf6b7dab1f88c25b29b818704d308be906f62f95836ca6c1ad46470365a95b0c46a2ef23dab814f7c6817f510ec49e96696b4ac9d175a95336d1bcf4c37c608b18f26aaa29393aa4c75fad2e01ccf4ffe1325d64b3cb1ee4a0190c32325b5814c0110637898ed54b5cd5cc3de7424a72fe0db3560fe708aee00a99590" },
  { id = "979b63", text = "<code>placed.at(\"united\", -1, 3)?</code>", sealed = "3ce8fe984302be6fb594d65870b08e2ffdf3e96b62fb68e6e6c5037d87ea1a172a1585316642bc012e7b2e6d420d92297a5b75261c1003c6f1f4e28c18f81f2c69678b5e8a64b4f99aa106fc9f80e466854ef1055d999bce2cfb87db45cd5168eed85a1c46f6b751648130222ccc8f7d7591dceea8beb7dd9b23899100460963" },
  { id = "adf0cf", text = "<code>placed.embeddings(20)?.neighbours(\"united\", 3)?</code>", sealed = "9a2d4a3281d5c51732427f21033180058d82ead05bea20d813193c6aa2e1fd608bd91150210b4ad4983cab50406a62b329a37655548088ff6fdcc7f23e9884d814a52acbc966c05cfcd349920c81caa7e7653a470170ba3a7f6e29b903d1ea5cdf51be1bacfe75abe2cc6a209dbf9c25bf69dba8c80a95d000ca17aec603d3ec" },
  { id = "ccb173", text = "<code>placed.at(\"united\", -3, 1)?</code>", sealed = "d610c28772f666a0a0787ee303ffcafa3f240a6a7aa063f3298c46b7fd0994b3bf00e0f295de5c61ddb47bd507364577590cea5b0145e6a4088e3df471c67c5389718262afffbaadb06bc43eca25d92815c9c366a2e9a5ee79612bf54666014fea837be3f0d7e5ae5b8508d35934c92bdf14e4dfa5ee92026ea4a7db7dcf1f1d" },
]

[[question]]
id = "when-models-merge"
kind = "multiple"
text = "Two models are made on two machines from two halves of a text. What must hold so that their sum is the model of the whole text?"
points = 1
choices = [
  { id = "25fbfb", text = "Both have the same dimension and the same window.", sealed = "5a90502ffae772da5ffb3869949501461fb4b104d6fb91a39a645f1c69cbc5f324e5adf0e7e54940fe643d313e46008b0194f7b90132fc1545d832e54406020829db3bc59238423ae8d236bf062dbedc95bb143f149c88b242a7df77a14ecff1e4791ca33a9065303918ccff43172b356c11de9ac2f019ba3393bdfad335c00c" },
  { id = "896b17", text = "Both know the same words.", sealed = "cd19709af451e8c29e15f36b8a030682525ec246ac492c9c15f42cd44e7cfe3d34f700a77c12306baa24965ffa0ee86095dfde39759dfbe2b7f6ad2f3777ed860bd42103c6686418a3244ff18e82da928ef6035e94ad45d0a81e6e268920b50b22cb4bb93fefaa675a52b18f35f633d5a4c04f27c7b3b94a80e261bcfb16e301" },
  { id = "be5ad9", text = "A word has the same index vector on both.", sealed = "3039808d02ba1720e67e34300dac5a4c64568d0a17313601a337c75bf1857f0929757ea080ce3cb3ff3036bdb0b9aad611b539ae8320ba9c436bb9edb49c122d4385875f40f15ffa81ce2b573bf661eb17168d3a2fb8821cf129f8c11c6c012a9bedb332488106c5d1772e92e67f23081ab4b16a804bc54ce973587cc0891d229c4f79f6852fa4e511561e76f6d73fbd610de51ffcd2efb8ed964152ef3f99069d9e6e0d5646000e74a3635611a06b5d6b2f2fd6654fd22053836ed2f9208651" },
  { id = "eb2ff9", text = "The halves are equally long.", sealed = "0a0a7408d4c8cec2f22ef919dd549e1e52f6b599a40fa9742c6f96f9e5c11ec0b2212019227fbebb77368498b54a852885102fb5098b953498f06a1c7a5091abf28bf712ba4c192a24f1a829120845110191e508beec250846e24c951f0d85d87a9b42f413e6e6d4f5f6432f7d65d49ab3c90b131d17001adc91cf11227300df" },
]
right = "c755a7e9046270b824d4edbb7a8056ef13e1e58b84952f048fe171ae062b6bed58b213e1eb427423558601c5b337782e36b193723f148f3ffefb71356f6ecdbb"

[[question]]
id = "straight-lines"
kind = "single"
text = "In the picture <em>Dimensions that the lemma asks for</em> the axis of the points n is logarithmic, and every curve is a straight line. What does that say?"
points = 1
choices = [
  { id = "4a89a2", text = "Half the distortion ε needs twice the dimensions, for any n.", sealed = "a8f3e739c946c8b32f711e0f64f8e8733bc0cbad204cf0165b2125e0fbabf7ea23dbe61325848962e2fbce46e9f31cd54e41c2347b4e483f5669161520b37e6a40e1a0e4a127ef447d418b9189f3a01432e5d9982df1e728221a8201a8a379f7751a1a67ba8613de66dc032a8849928438da4205202d6e925a6c79ccf8f07d6e" },
  { id = "6b6f51", text = "The dimensions needed do not depend at all on how many points there are.", sealed = "ac44d8ad8196cb5e19c27a4e7ad6fadf8b32ba76a8b973760368cd0139761676248b0715d74c16fe250f403660b37e9368b21eb5bd34d602a048dda4d4987debb770947f5f342a4a24daebfbb58ce555395707ae814cf564626395f75556126abfd391accf7a106091c33664a850dff7e536ae03459f45836f21fab5976827c5" },
  { id = "e0dee1", text = "Ten times the points need ten times the dimensions.", sealed = "10e99ecbba5fd1db444947629ab910b06a8b052e9f70784f2197151cee6cbe0e19fbe9af96d582b7eaf4667d88540d87197c2197cc43a2cde50e72be0485e9dba3500308ea006499e2b18572b3c2afa877f314e1e7f927370d17216b8329ade7803ce6f543fae5ec84513a7165b8a08a81fb8f781d26615cd95f36753400606c" },
  { id = "ff42b2", text = "Ten times the points add the same number of dimensions each time.", sealed = "31b78849a2d291d1f915fcade90749fb7eeb1f81d67e03b4accdfd963e1edfeb859bb2951f5d5bfcf7c979fdaec7d6496cc80b2aefc35c6029b7bf87a7a286cee0839fc96174b6deb194866000f96a407b720b88e429871724270dc23a27fdc7ff73fb45c2e5fc49dbd35ab8476cad80200569c245af224e22b9dec73cb9437a11e5aab7c382fe11c46547c2362d2c290ac211c08790133c38ead699d383d9d244d24adc40ea9c95bd3aebbaa73271f7574b525b3bcbe609114ea230424d9e6e" },
]
"#),
("04_topics", r#"# Made by `cargo course exercises` from the quiz with its key. To answer it: cargo course quiz 04_topics
title = "Topics"

[[question]]
id = "what-a-topic-is"
kind = "single"
text = "What is a topic, to LDA?"
points = 1
choices = [
  { id = "2b68aa", text = "A short list of words that somebody has chosen for a subject", sealed = "3c672d50ea4217a496169088ef0fa8739dfb30aeab8adeb9b4028f63824abaffbc46e8cb39a043d46b64c201a5008797137ad1da61b4652cc4ede1adee442c51474ad7381e1b3fad65c23f0912ccceecc625f473dc5ce8e91c22ba9137c44c8f2b97034480b918a902fe77d86d0173e6e4f3ea8eb7aa47b99630e1dc58e73acd" },
  { id = "77bd69", text = "A distribution over all words, with a probability for each", sealed = "c6d2fa48c0e109e7cee91f95c77ce09ea7a55b47512c24c5b836139f2417e81b7df8092f7f89e40e45c84f21d494c92dcdd642e985c238cacb4d03fc148aca2a4262e3c8a567de9704c24cc4e8050e2bc24f47c79cf90c417e0e6f36bd3c15f04c04fbcbaf87e03857fb6344b475febd67466753304651ea933df94555183d17" },
  { id = "83b196", text = "A group of documents that are about the same subject", sealed = "ba89c3f2dc4f24563ac226f8741f4470a535cfa4161e390409ef84190fb6fb794af6ab257f0e1f885fdd49d9e2624c9721849b88ed355a5490e2408db4cd386ca23c0ef382bd7ed7e14e9aa6659350279fea0521b9133e78d65b5cac9a0d750cd224e43037a13f3143a53fe752d3a49c68f4355fe4f9e97b79e2102e2ece1367" },
  { id = "b7a70d", text = "A label that each document of the training data has", sealed = "856450150f020433de8e07b8f378d99bd5b9542ba9a5bb6c772fee7890ae84d19bf35eb796b6d86abf63f77a3fc7fa7c881b6a2c86cf3788ab6d8fb49655a39d" },
]

[[question]]
id = "alpha-small"
kind = "single"
text = "Section 1 has three histograms of the share of topic 0 in 2,000 documents. One of them has its peaks at both ends, near 0 and near 1. Which α is that?"
points = 1
choices = [
  { id = "090eb1", text = "α = 1: a document is either of the one topic or of the other", sealed = "8cbcda15e6bc05cb885ddf5ac6935562c4106fac63b444a5841f5d2bdc98e080b35a8a143c22241e75bc94375db7be60e3a3d268d4602aeeea075153037d539fb5381b506ce2a705288e57d1df6acd0c4ea60ffbfd104f44d4e7f81b3c3988be0e1231d972a5de09d90e3bfa9352342500114088eedae059c8f4db382af9729f" },
  { id = "698f9d", text = "α = 10: a large α makes the differences between documents large, too", sealed = "26ea4bca4701459ffd120f08e727ac614a6d382ef8c2623408e3c20b4f4e76501f895aafe7342705f9f42cf6fad7eaa7cd19509da175361582dc4d342f9ad8a8a5c8751190dd0d5442b15a87a1cfb8987c19ca8fd3455d80eabafe6d95d0d50f3b8a9a54a0c78b7bcf06eceaa634f1b9bafd489b686da5c4796cc3183d38f372" },
  { id = "8612f3", text = "α = 0.1: with a small α, most documents are nearly of one topic", sealed = "990eed09396d091d434e51039b5198de4c2b31f7de03a8ab4de6b588c4296da50b1913ce58be9d2c1259ac227230b38694b4b1a6edc39dffc7a418b518ec6e04ed33945cdd71f32b69011936a4c60ce619d7a212b4f2e852343301371957a7a9bdad3bea4ed033cc0bfb979a5687ea8a6c1804b3369dfac1d4e662733b8c6bad9c1632de1d850f435285268e2f80abb05285173ab569ce24d03b8dce8561f72de96e10b06cfc3a07e7a6809e207013adbde6dc54ae2c03ede68b538b667d4055" },
]

[[question]]
id = "own-count"
kind = "single"
text = "Section 2 draws a new topic for one position:  \n`let n_dk = [4, 1];`  \n`let n_wk = [3, 3];`  \n`let n_k = [20, 25];`  \nThe position had topic 0, and its own topic is *not* in these counts. Somebody leaves it in: `[5, 1]`, `[4, 3]`, `[21, 25]`. What goes wrong?"
points = 1
choices = [
  { id = "3f3607", text = "Nothing: what all topics have in common is divided out at the end.", sealed = "79e8788e0e2cf101b43d6071e667b7d4506652cfd9c3c04011fba3dd8eabdc05f940393245ec03968df88494c285f90f3b011d44224739a5f81c0b347540e5d6f983238f66f3728129d1235a9e257ae16e8763d6139dcac56b9a13b0469b0073f73bf970249b87b49159ada725a3645ab552408eba334e92d108686a6e1d7b74" },
  { id = "4fae8a", text = "Topics that nothing has yet can never be drawn.", sealed = "26369ffbf46974a0054f72f09e07415dd743b45a158da34dd7e5ec7ccc06fde01cc43370683cca5720b022b2b5f689e066ab281973980793e08c803e67ff1fff581aa2071a073cba3e7987712e45b2c2cced08426a537984e7e7c68728014f32ae9c63a01130594d727371cc9ccee3b4f16717b12668c172835b758eafa5c968" },
  { id = "9c05df", text = "The document counts twice, and the word that stands there not at all.", sealed = "cd52c9a364203d7301934881e732dd26ce2d88f568426311fefd52568d17074321f8a5463a7d925bd1bf9ec8cde334d7c02e2f8b85e3b5d68b16ee33b31011e51aed9bc12230c9657edd6efa7d69f8d17c5dd374377dd565fafa49f6f7f85f99f40c740fcbd9ab295e2f36bd0505f43960e0bd57c14136874347e02ed4ad306a" },
  { id = "c43fbb", text = "The position votes for the topic that it has already.", sealed = "d1b061b0a79d732d7a80a1a004863fed2466004f7590eead031dc1f200d472e83ff6d1b5fff066a7f57a82e99c9cc6034236abc7b85ab6a68a83c4b4b5ce5ecfc8b4286afe6c645dafa50a45ad84c65711e9b298cd2827940619b8e75cd8ccdb26787107cc1413331b1788696c69122a2f7d10c8321fca88ec13b402528b9e9e3c7503bd41c10abe4734f2d8949ae7bf66fd560c0c706c807cfb66202230abc8cb834bdbb110feb0333f37d816e46a8052fa00fb44a69742cbe8f702db7a70e0" },
]

[[question]]
id = "bayes"
kind = "number"
text = "$P(\\text{word} \\mid \\text{topic } 1) = 0.02$ and $0.01$ for topic 2; topic 1 has a share of $0.2$ and topic 2 of $0.8$. What is $P(\\text{topic } 1 \\mid \\text{word})$?"
points = 1
width = 0.010000000010000001
places = [
  { offset = 0.0032999996699999423, sealed = "2ac53a6cf193a089f93b4cd4c04fa4f4522660c7a56b188e1aa0bb9489f7f19a40e87cfaf3ef648ae15090a1c8f4c2044aa64c2c3a4f590f17fb04a7cff430b0005d333586813ceab422b25326770ecf13fa508fcdd5c8a902673e5532a34b71f031db04d56cdd20e22d6c35954a75a56dd78208f9afce25f9304a78928c2b4b" },
  { offset = 0.004, sealed = "096421d9a974395b1a54c201c1bd5dcbfec9f91f405561ae1606869e93321b9fd8110da910077bb7495a932661f7733886721dba1ba46a332b3e97619f2da49c2cdd53d878dd5659d68775d35fd1d9abcd5fcead99c7bee5978a11631add748177925c67507b0f9e9ba71a5fadc20f67c0fe07d3bf6257a156b12597290f2978" },
  { offset = 0.006699999339999874, sealed = "4e35dee37d3eaff6700bd6f4e93ce675c19ab69afb827ef839db3e27347282dfaa6ccfb63d22c6f5f87318c1d8411ecf1b8438a334af52497cb5625aea9b2a1020ac445770f688dd1d0af45d3409becb77f2fde40f7a2c6a3acb91203c4af4d9587806743b0ddc8bf3e85f5d37d050b7cbc3f99f953cd9c68810f27a80d2dd01" },
  { offset = 0.009999999809999993, sealed = "602e12a4fa2058e76c1894056e469781a7d724c09edba58097264d1f3802fdf953f95b00731b840968a40abcbfdd48dfef3a5a5784c6392d5752c38f74edce34ac6346d7b9f14d5ab0098e41e171d418091d089330f64fd2f84dd1a05466a451dc593020c90c081d403286d66413c10da47cad017884ec328affffe0e455f83e" },
]
otherwise = "8363775e2ce94d9d5172f27a6063b8c02a3de754c68cf27f5410ab0aa3fe2bfd6d83d3efd7e89a9571efbd0fa74ea0c75d4e87d0f52b417fa268715ac35c43441a184b1f9f7fe5521d86aaa064b3fdfd1bcd17dca30589f81abf6e9fedff36d5227129df931b146c67e46e8a29a5b3b3c1d796672de64afc6c70bb3a8038bf30"

[[question]]
id = "what-measures"
kind = "multiple"
text = "Which of these hold?"
points = 1
choices = [
  { id = "31d4b6", text = "Of two models, that with the lower held-out perplexity predicts better", sealed = "b43593d69089dc7607c9fcf1702321e0430bdb00debb08510f1650e16f834cd96410f12d2fae8ed380442b7818bf7be9cff7a3f12a9e15030d59fa7f1c1d116a6857fb3f84df321844f282cf7bdaa7977e9e633a8aef7500685b08f2f08aa6d2ca501066f7e76d3df53005fca8114a75e37124ee91b1f4e0898752aef3e6cdca" },
  { id = "60eff7", text = "The number of topics with the lowest perplexity has the highest coherence, too", sealed = "de91dc02519b86645101ac1d435723e9e783a40631368720f493114de7049c630adbb1f8e73b8a7a85921b65446bb0e8112deb800a67bab2e7d7536896f610c458486effe0a44884c3452f6f2684ff6d82ca266eb5372a7c156c8cf0344f67889cef0efafe963b6bbd844ccc54249396cf87d7e93ddf315c319626e2c8a2a8be" },
  { id = "af5f83", text = "Coherence asks whether a topic's words share documents more often than chance", sealed = "a47f92dc43e11d293131e1f6c35af99f357bf9185f3c2170ba59f7030218dfd7590a2a931aa3407cd268b2db9319055f38475034f5f8c24cfc7a396140f8cf7847f5254b04d9a0ee59a62aaa359184a18d9d4f20203955d7adeaf6a109cfabd644144d50c47507139360f6512cf0f9272e5d677776f6d047397cf57f67a8e59f" },
  { id = "fea1df", text = "Two runs with different seeds give the same topics in the same order", sealed = "fb0964bb6651fd6b4bfc197a0424d5688338fb7c7c0d16bf5b78e3f3719df5299b6f20971f3d445ed86af8fcbf6b82f1c2d28d8e43d140d1dbcbdfc9f25d361c027ad2d57d37461befbd113055ba4f7674cd6427326f252b6970a716ab724ac06f59e1d8d939f1d5aea0d1fb3a4ca5ef246897d6b4a616ae44b4e3ece9d37d21" },
]
right = "d1d4ed13508597a14b8babaf403e77a7ce9bb218d90e01d85d6b8ebae17eb3284c37fb7a8d2b9b2b67ae4c86279013a2f9a881e33b11e1874e1735aec2972583"

[[question]]
id = "steps"
kind = "order"
text = "Put the steps of one Gibbs update in order."
points = 1
items = [
  { id = "db350d", text = "Take the place out of the three counts" },
  { id = "debacf", text = "Count the place under its new topic" },
  { id = "e8d0a3", text = "Draw a topic by the weights" },
  { id = "f950b5", text = "Compute a weight for each topic" },
]
steps = ["3d1261dc51e6fbb2db29027c776fa1b24aabe62e1f33e33041c6456c30bd9735be652425934bb633de280d6e12d3fba3e350c130bbcb3adc271dbe1f585b324b", "d7e85027591d962153974046114e696ae16221a83eaab0e845a82ea38790fd9f050dcb24ce5825bda3a0062d09f958aa99ad408dcb6c85ffdf84ce85913b4cd4", "083c5c4f5652e3b3eaa659ed5f6e2e62431dc77ee4743ed65b9620f9e43f48507bf9ff0f1401bff7977f061221a17a593e0c51626e1b9fa83df2cfd9cd048899", "a3cba69fad974140d7675ba811a97397bb8ee90cf752db76ca7cc9db4ee625ffd8d7263218e811f017c04a8fae261224873220110996a8fd1f3455416744f101"]
"#, r#"# Made by `cargo course exercises` from the quiz with its key. To answer it: cargo course quiz 04_topics
title = "Topics"

[[question]]
id = "what-a-topic-is"
kind = "single"
text = "What is a topic, to LDA?"
points = 1
choices = [
  { id = "2b68aa", text = "A short list of words that somebody has chosen for a subject", sealed = "3c672d50ea4217a496169088ef0fa8739dfb30aeab8adeb9b4028f63824abaffbc46e8cb39a043d46b64c201a5008797137ad1da61b4652cc4ede1adee442c51474ad7381e1b3fad65c23f0912ccceecc625f473dc5ce8e91c22ba9137c44c8f2b97034480b918a902fe77d86d0173e6e4f3ea8eb7aa47b99630e1dc58e73acd" },
  { id = "77bd69", text = "A distribution over all words, with a probability for each", sealed = "c6d2fa48c0e109e7cee91f95c77ce09ea7a55b47512c24c5b836139f2417e81b7df8092f7f89e40e45c84f21d494c92dcdd642e985c238cacb4d03fc148aca2a4262e3c8a567de9704c24cc4e8050e2bc24f47c79cf90c417e0e6f36bd3c15f04c04fbcbaf87e03857fb6344b475febd67466753304651ea933df94555183d17" },
  { id = "83b196", text = "A group of documents that are about the same subject", sealed = "ba89c3f2dc4f24563ac226f8741f4470a535cfa4161e390409ef84190fb6fb794af6ab257f0e1f885fdd49d9e2624c9721849b88ed355a5490e2408db4cd386ca23c0ef382bd7ed7e14e9aa6659350279fea0521b9133e78d65b5cac9a0d750cd224e43037a13f3143a53fe752d3a49c68f4355fe4f9e97b79e2102e2ece1367" },
  { id = "b7a70d", text = "A label that each document of the training data has", sealed = "856450150f020433de8e07b8f378d99bd5b9542ba9a5bb6c772fee7890ae84d19bf35eb796b6d86abf63f77a3fc7fa7c881b6a2c86cf3788ab6d8fb49655a39d" },
]

[[question]]
id = "alpha-small"
kind = "single"
text = "Section 1 has three histograms of the share of topic 0 in 2,000 documents. One of them has its peaks at both ends, near 0 and near 1. Which α is that?"
points = 1
choices = [
  { id = "090eb1", text = "α = 1: a document is either of the one topic or of the other", sealed = "8cbcda15e6bc05cb885ddf5ac6935562c4106fba67b516e487015d2ac1cce686a955c9407b69620f70a260a60ae3ea39e30c0f24c93373aff90e4e53116757cdb53a4e5072ebfe403f8953ccc676831e10e31fe0fc5e4f0091a6fe166f398fbc5c1b358a6fb9991ada0c6ee7c01e30310a081a88a29fb61c84fadb382af9729f" },
  { id = "698f9d", text = "α = 10: a large α makes the differences between documents large, too", sealed = "26ea4bca4701459ffd120f08e727ac614a6d382ef8c2623408e3c20b4f4e76501f895aafe7343105e2af3bf9b585e7f492155e8da1483f4582cb437d15dc94a0a38f794e90c5044305a71ec6a7c2ae986c1ec69896590897a5b2ed289489814e3098df4ee482ca65ce47f3a2aa67a1b5b5b61c9a7e6da1c33d7cc7183375ba360207b882a0dcd100ae1551a068d7f1e97690596970ec50abcf6f0d237a229c6aa57ba5fae8e2c021b0bbbe5c966605ddb0529db4504bf04168c1dac77ee9ff9d" },
  { id = "8612f3", text = "α = 0.1: with a small α, most documents are nearly of one topic", sealed = "990eed09396d091d434e51039b5198de4c2b31f7de03a8ab4de6b588c4296da50b1913ce58be9d2c1259ac227230b38694b4b1a6edc39dffc7a418b518ec6e04ed33945cdd71f32b69011936a4c60ce619d7a212b4f2e852343301371957a7a9bdad3bea4ed033cc0bfb979a5687ea8a6c1804b3369dfac1d4e662733b8c6bad9c1632de1d850f435285268e2f80abb05285173ab569ce24d03b8dce8561f72de96e10b06cfc3a07e7a6809e207013adbde6dc54ae2c03ede68b538b667d4055" },
]

[[question]]
id = "own-count"
kind = "single"
text = "Section 2 draws a new topic for one position:<br />\n<code>let n_dk = [4, 1];</code><br />\n<code>let n_wk = [3, 3];</code><br />\n<code>let n_k = [20, 25];</code><br />\nThe position had topic 0, and its own topic is <em>not</em> in these counts. Somebody leaves it in: <code>[5, 1]</code>, <code>[4, 3]</code>, <code>[21, 25]</code>. What goes wrong?"
points = 1
choices = [
  { id = "3f3607", text = "Nothing: what all topics have in common is divided out at the end.", sealed = "79e8788e0e2cf101b43d6071e667b7d4506652cfd9c3c04011fba3dd8eabdc05f940393245ec03968df88494c285f90f3b011d44224739a5f81c0b347540e5d6f983238f66f3728129d1235a9e257ae16e8763d6139dcac56b9a13b0469b0073f73bf970249b87b49159ada725a3645ab552408eba334e92d108686a6e1d7b74" },
  { id = "4fae8a", text = "Topics that nothing has yet can never be drawn.", sealed = "26369ffbf46974a0054f72f09e07415dd743b45a158da34dd7e5ec7ccc06fde01cc43370683cca5720b022b2b5f689e066ab281973980793e08c803e67ff1fff581aa2071a073cba3e7987712e45b2c2cced08426a537984e7e7c68728014f32ae9c63a01130594d727371cc9ccee3b4f16717b12668c172835b758eafa5c968" },
  { id = "9c05df", text = "The document counts twice, and the word that stands there not at all.", sealed = "cd52c9a364203d7301934881e732dd26ce2d88f568426311fefd52568d17074321f8a5463a7d925bd1bf9ec8cde334d7c02e2f8b85e3b5d68b16ee33b31011e51aed9bc12230c9657edd6efa7d69f8d17c5dd374377dd565fafa49f6f7f85f99f40c740fcbd9ab295e2f36bd0505f43960e0bd57c14136874347e02ed4ad306a" },
  { id = "c43fbb", text = "The position votes for the topic that it has already.", sealed = "d1b061b0a79d732d7a80a1a004863fed2466004f7590eead031dc1f200d472e83ff6d1b5e9fa7ff1ff7cc0ac9ecf9a0f5b61e4d9a409acb39ac28a90fcc957968fe00c23e5732a14adb95e4ffa8bc65111eebeccc56739db1e15a9fe409685c4303d751b9c1404604f0c88396a6c463b2e3e10c63a0f8f92a856f51f57c69a9a3c2750b143c703a81560f0d8c28cf8f065fe40025f3c23d730a268202230abc8cb834bdbb110feb0333f37d816e46a8052fa00fb44a69742cbe8f702db7a70e0" },
]

[[question]]
id = "bayes"
kind = "number"
text = "<math><semantics><mrow><mi>P</mi><mo stretchy=\"false\">(</mo><mtext>word</mtext><mo>∣</mo><mtext>topic </mtext><mn>1</mn><mo stretchy=\"false\">)</mo><mo>=</mo><mn>0.02</mn></mrow></semantics></math> and <math><semantics><mn>0.01</mn></semantics></math> for topic 2; topic 1 has a share of <math><semantics><mn>0.2</mn></semantics></math> and topic 2 of <math><semantics><mn>0.8</mn></semantics></math>. What is <math><semantics><mrow><mi>P</mi><mo stretchy=\"false\">(</mo><mtext>topic </mtext><mn>1</mn><mo>∣</mo><mtext>word</mtext><mo stretchy=\"false\">)</mo></mrow></semantics></math>?"
points = 1
width = 0.010000000010000001
places = [
  { offset = 0.0032999996699999423, sealed = "2ac53a6cf193a089f93b4cd4c04fa4f4522660c7a56b188e1aa0bb9489f7f19a40e87cfaf3ef648ae15090a1c8f4c2044aa64c2c3a4f590f17fb04a7cff430b0005d333586813ceab422b25326770ecf13fa508fcdd5c8a902673e5532a34b71f031db04d56cdd20e22d6c35954a75a56dd78208f9afce25f9304a78928c2b4b" },
  { offset = 0.004, sealed = "096421d9a974395b1a54c201c1bd5dcbfec9f91f405561ae1606869e93321b9fd8110da910077bb7495a932661f7733886721dba1ba46a332b3e97619f2da49c2cdd53d878dd5659d68775d35fd1d9abcd5fcead99c7bee5978a11631add748177925c67507b0f9e9ba71a5fadc20f67c0fe07d3bf6257a156b12597290f2978" },
  { offset = 0.006699999339999874, sealed = "4e35dee37d3eaff6700bd6f4e93ce675c19ab69afb827ef839db3e27347282dfaa6ccfb63d22c6f5f87318c1d8411ecf1b8438a334af52497cb5625aea9b2a1020ac445770f688dd1d0af45d3409becb77f2fde40f7a2c6a3acb91203c4af4d9587806743b0ddc8bf3e85f5d37d050b7cbc3f99f953cd9c68810f27a80d2dd01" },
  { offset = 0.009999999809999993, sealed = "602e12a4fa2058e76c1894056e469781a7d724c09edba58097264d1f3802fdf953f95b00731b840968a40abcbfdd48dfef3a5a5784c6392d5752c38f74edce34ac6346d7b9f14d5ab0098e41e171d418091d089330f64fd2f84dd1a05466a451dc593020c90c081d403286d66413c10da47cad017884ec328affffe0e455f83e" },
]
otherwise = "8363775e2ce94d9d5172f27a6063b8c02a3de754c68cf27f5410ab0aa3fe2bfd6d83d3efd7e89a9571efbd0fa74ea0c75d4e87d0f52b417fa268715ac35c43441a184b1f9f7fe5521d86aaa064b3fdfd1bcd17dca30589f81abf6e9fedff36d5227129df931b146c67e46e8a29a5b3b3c1d796672de64afc6c70bb3a8038bf30"

[[question]]
id = "what-measures"
kind = "multiple"
text = "Which of these hold?"
points = 1
choices = [
  { id = "31d4b6", text = "Of two models, that with the lower held-out perplexity predicts better", sealed = "b43593d69089dc7607c9fcf1702321e0430bdb00debb08510f1650e16f834cd96410f12d2fae8ed380442b7818bf7be9cff7a3f12a9e15030d59fa7f1c1d116a6857fb3f84df321844f282cf7bdaa7977e9e633a8aef7500685b08f2f08aa6d2ca501066f7e76d3df53005fca8114a75e37124ee91b1f4e0898752aef3e6cdca" },
  { id = "60eff7", text = "The number of topics with the lowest perplexity has the highest coherence, too", sealed = "de91dc02519b86645101ac1d435723e9e783a40631368720f493114de7049c630adbb1f8e73b8a7a85921b65446bb0e8112deb800a67bab2e7d7536896f610c458486effe0a44884c3452f6f2684ff6d82ca266eb5372a7c156c8cf0344f67889cef0efafe963b6bbd844ccc54249396cf87d7e93ddf315c319626e2c8a2a8be" },
  { id = "af5f83", text = "Coherence asks whether a topic's words share documents more often than chance", sealed = "a47f92dc43e11d293131e1f6c35af99f357bf9185f3c2170ba59f7030218dfd7590a2a931aa3407cd268b2db9319055f38475034f5f8c24cfc7a396140f8cf7847f5254b04d9a0ee59a62aaa359184a18d9d4f20203955d7adeaf6a109cfabd644144d50c47507139360f6512cf0f9272e5d677776f6d047397cf57f67a8e59f" },
  { id = "fea1df", text = "Two runs with different seeds give the same topics in the same order", sealed = "fb0964bb6651fd6b4bfc197a0424d5688338fb7c7c0d16bf5b78e3f3719df5299b6f20971f3d445ed86af8fcbf6b82f1c2d28d8e43d140d1dbcbdfc9f25d361c027ad2d57d37461befbd113055ba4f7674cd6427326f252b6970a716ab724ac06f59e1d8d939f1d5aea0d1fb3a4ca5ef246897d6b4a616ae44b4e3ece9d37d21" },
]
right = "d1d4ed13508597a14b8babaf403e77a7ce9bb218d90e01d85d6b8ebae17eb3284c37fb7a8d2b9b2b67ae4c86279013a2f9a881e33b11e1874e1735aec2972583"

[[question]]
id = "steps"
kind = "order"
text = "Put the steps of one Gibbs update in order."
points = 1
items = [
  { id = "db350d", text = "Take the place out of the three counts" },
  { id = "debacf", text = "Count the place under its new topic" },
  { id = "e8d0a3", text = "Draw a topic by the weights" },
  { id = "f950b5", text = "Compute a weight for each topic" },
]
steps = ["3d1261dc51e6fbb2db29027c776fa1b24aabe62e1f33e33041c6456c30bd9735be652425934bb633de280d6e12d3fba3e350c130bbcb3adc271dbe1f585b324b", "d7e85027591d962153974046114e696ae16221a83eaab0e845a82ea38790fd9f050dcb24ce5825bda3a0062d09f958aa99ad408dcb6c85ffdf84ce85913b4cd4", "083c5c4f5652e3b3eaa659ed5f6e2e62431dc77ee4743ed65b9620f9e43f48507bf9ff0f1401bff7977f061221a17a593e0c51626e1b9fa83df2cfd9cd048899", "a3cba69fad974140d7675ba811a97397bb8ee90cf752db76ca7cc9db4ee625ffd8d7263218e811f017c04a8fae261224873220110996a8fd1f3455416744f101"]
"#),
("05_predict", r#"# Made by `cargo course exercises` from the quiz with its key. To answer it: cargo course quiz 05_predict
title = "Predicting instead of counting"

[[question]]
id = "perplexity-of-a-die"
kind = "number"
text = "A model gives each of 2,000 classes the same probability, whatever the context. What is its perplexity?"
points = 1
width = 1.000000001
places = [
  { offset = 0.5999999929999991, sealed = "4b1f071077b6e46f550e3270eedbcb813724be885f53e94f4e36f27cfde6d7b28ee310d0bd6520a0218f91e20483b964fc799723ab5a3e72bca2a430fafa107f348f6c6a8ca81b1399738e87fed658988124beb10649cadd935f2bd9032aa098877bdc28a28f844e0a145c52355e05557c9cb70ec022183590371bc7dd7b5530" },
  { offset = 0.9999980009997671, sealed = "250315abb1fd78d325c9477ec31e98f1f6bdf85ff49d8d9ee2e8c393c86eb27f6529f294f4ea2a116722605e276590d2713796d8547f63ed0b9df0e4e862b6ee7e82c72d87f6bc76e27694f8b98827516ae4667fa6fdf17b1edc3644285dbc9c90ed5e4d6e32b6df0ff3c0937e4ae510b88a9c0d08900fd60fcff7ca25f9dd6a" },
]
otherwise = "e2b5221cbe4d0be5bf6784c5654c4aed41a79da71c8bffbd547a59b4fb39867f4d302b4cbff0b10ccddf885f5a77d649372c891c665daa871f440b267c66b5a5"

[[question]]
id = "seen-and-held-out"
kind = "single"
text = "In the table of n-gram models, section 1, the perplexity on the seen text keeps falling from n = 1 to n = 5. On the held-out text it soon stops falling. What is the reason?"
points = 1
choices = [
  { id = "8a4d9b", text = "The vocabulary of 2,000 words is too small for a large n.", sealed = "e97a77bebdd1cf3bc4e562c6b59683c7a4909fa3ff85aa9de569292d5b71995e4546b6e91522c39902effc12dead2b7450108e3b61ba2f19f45df3afc486059f6b5a8d02e7049ef6a857487a6c91a79deaf050641e2eed2c6aa8feb374f595283915050a01a97bf5e35812325e0b5b47f482069df017bdcd24dad0def4b8cd51" },
  { id = "921d54", text = "The held-out speeches happen to be harder to predict.", sealed = "234fdf3500f3b52f827bd83c18d1bf7a7af59e846d205411439dc41e5a9524322c7f21c4afc11bdb014ae0a78d9af2de0c130078f0e077f8c9804904db969cc7a9827844b1b83c24727eb07ea0142da20ee44689d6eccfe936ba5629ddadb88f7e785e5923ef7fb7b50c8bcfc6ac8d499d4a2743bced40a03896c33ee233cd97" },
  { id = "bd34a1", text = "Beyond three words, a context says nothing about the next word.", sealed = "a303bffba25a5884cbbbadf80b130bf701626609a02c243ff58ac619bab21e2f29ff5f704db0aca0ca51e133061463ac76d265208ebddd71642ddffc85bc8efe29a3664b6a409166c4550229a64281ea430033bf25d9a2e410e6f74dba1258cb0cd8b00439b9089d96d6f9115c2bd4f6e9eca395bae91c3da43b75b5a33b0aac" },
  { id = "c2291a", text = "Most contexts of four words never come again in other text.", sealed = "cd4c766ff35b88ca8239d9cc0c5b6a54883a660ede656d7d20b3675f55f6c27438e646e91348c60369282065285b02b0a93a83cd9b7c8d5dda8182468d7980e2db117f3cf0ad65292100995765f031477aae36e1f5f927d983caba25b535000da61a8850fb3499426eb7b282b7e259acd8a6a29bf2ab6e5b012009cbb8d2ee26" },
]

[[question]]
id = "what-nnlm-shares"
kind = "single"
text = "*We will work with our allies* is in the training text. Why can Bengio's network learn from it something about *we will work with our partners*, and an n-gram model cannot?"
points = 1
choices = [
  { id = "1e3ef8", text = "The network has been told which words are of one kind.", sealed = "a64637d17992b6cc06c8f6c92655658684b35a300a7da46d1c1b87f413dfed59f8d4727f8ccf880f06b06cbec6ab57ba8dadc4c54d194bc70d85581e94898829046952cb3cacc1738b69446ecf0cf10624df2bc26202cc2410931a361bbdc353b99df0ec5ccdab11731065dee299b5ea82797e4dd65eafacd8d6b30b410b9268" },
  { id = "983c6b", text = "The network looks at more words before the one that it predicts.", sealed = "17ea9c3ed63663d3464f35f7139bd2aaa8ba1a422df8fcb2d12f73e629fa5b526ef6385f086fcc869317eb14a186bd57528d5a236122811b65aa7dc15dd5de2d3ce943e70442be3665270e3f8b9a134d3f3eb73280faa3017303ebddb8348c56e4226f18c7a1ce02bf3e0447c54f1e70232af77e98b09e4bb8fe66b757eb3ed7" },
  { id = "e7876a", text = "Its words have vectors, and similar words similar ones.", sealed = "89d97c0bb42d13a711fb3e1c3a57752e5c349362c40d710983329f2c1b69e3b201ef56bc45bdcf4cae7564c970e0d261554135324a70bbf221c40e32f70dd87c3628fade94689b80d7512710b18a8aefde0ab6a9a5f859678c898b88dee1df83d043f4962f24442fd22e579c3092c88564f447807ee2a333eb2ae45785345a43" },
  { id = "ff25fe", text = "The network has read more text than there was for the counts.", sealed = "b4c33b8a6b1de094b00193f1cbe9e6f805db554fb2f118accdfa7054d68f2ad1f80a302dcec218ee53d4e34ff81bfb2f72ad80273f9c31b6e0fcadff033a411e" },
]

[[question]]
id = "signs"
kind = "single"
text = "A step of skip-gram begins, in section 4, with  \n`let g = sigmoid(product(x, neighbour)) - 1.0;`  \n`let h = sigmoid(product(x, noise)) - 0.0;`  \nand then subtracts `g` times `neighbour` and `h` times `noise` from `x`. Which signs do `g` and `h` have?"
points = 1
choices = [
  { id = "36cc53", text = "`g` negative, `h` positive", sealed = "bbc4b83be42e189641bd1526d16475e53b34c92acd98372ec695213c11cfe08db005236ff00f76fafdef6b07106d9539edd175cba4f0475ee87658f2b94d53435bd420ae6acc6574111bb84c9a69acd2e8ab5a04ebc49eb5da3046e21eca081b16de7a54274be7eda7a95aa53921f655382542d61b08ac9d158fa65c7ecc0be3" },
  { id = "5ba8ba", text = "`g` positive, `h` negative, since real pairs are rewarded", sealed = "7136050b39c2b72ad7902944aa8e0f28575a955529873217c20700a1152b98c2636c78c79f30340b62c14a76d1958f2ed9e3c06b2de882dd8970dac321f9f0e5949c645d820e7a2778a46e2d5cb8b541c3f91ad4205975250f3968e11a9e9a1856680b9115b8e2d89ff64fadfe74ae7201e87376edfc737eb5dea0e7102966e8" },
  { id = "e7984d", text = "both positive, since a sigmoid lies between 0 and 1", sealed = "7dd7e5fd80fb45886d77a9a08cca04881721690bdc7a99445786dc1edcb45e70a3b76362448c84a44a939ed3b738f9ae23b9caedde79e86fa92d0d9c9d34951d9768c3465a6da89aba661f7b0184b17bccbee8558d67bb7b27f0d5ea6676a57724853cf031985fdb705aa9a25541b7b6f763305dacdb4d6159d0f5fbc10fb15a" },
  { id = "f4888c", text = "that depends on the vectors, which may point anywhere", sealed = "bb7c1608cf0c1f1e12cd347a53bd3f88e44af6bed41d946f3944c9a2cdc3a4ac1ef40f801fe2f3584983aa4edccb540b7d4d100562ef7052cb727cdc972b931eb9b2b20c1c1b40738d86b1cbe15b96bcf476818209025b9da52f72fd8dccd636a3265067ecb1904f75e0fcb36b268c5833678f7f3949cd71309c6d92cac4d359" },
]

[[question]]
id = "glove-zero"
kind = "single"
text = "Two words never met in the text. What does GloVe do about this pair?"
points = 1
choices = [
  { id = "69c527", text = "It sets their product to ln 0, which is 0", sealed = "2a5623599dc913b3de300a0eecedf4070e6f2ca97d3ba41d0ed53f5613dd3e3542f47a4a6930e50ea8199c555b593f199fae5a2eac912058f337d675b8f0e4c4422212b1cf7830c762635a4b337750aa0cfde63d7b6ef77fe519f7b51142ef2e50393c2b06c95bddf80782d516de61df077bb23daa43f6e8c0ff69deed2cb12a" },
  { id = "cc9a6c", text = "It pushes their vectors apart", sealed = "45b5211c141d6267e0b24ceac6f24e7fcf591b0967e2e28f6b97197654016d78b800d9fdd1245de3864987f7474bf2f006b8dc1b0cf6868d1c62e41f2f88f212feb385d3e2b4e5095d59a42ac23103ff7a8620e0d282763c4a974c6777129c9dffd06afe472f47d0823ba77d3e5c724fde36193c4cf76d57a2fea8f2ef617a8f" },
  { id = "e9e5a9", text = "Nothing: its weight in the sum is 0", sealed = "5577b882cd9c275dbad2e35acaa95c76898b4ce04c927c1b77857305f93a6c1e270b17dfb86c07c8eba9fb1a339b01f8b4b7586efd02ce74f20256925c1a607292b557f31f58cb975293ae4a35171238b5431cd8f0823a4990ce38fbb9f92badf8b9638d62b28d56f029a9d5414cfc88e474aba3298e9fb3f51e4a9436c66c25" },
]

[[question]]
id = "product-of-pair"
kind = "number"
text = "The PMI of two words, by the natural logarithm, is 3. Skip-gram is trained with $k = 5$ negative samples, drawn by the plain counts. At which product $x \\cdot y$ is the loss of this pair smallest? (Two decimals.)"
points = 1
width = 0.020000000020000002
places = [
  { offset = 2.000000165480742e-9, sealed = "12f35949d088cd1d36271f86b543583887058911fb8995979ed1584774faa64987d80ddd52d60f954fe46ce0c59a4771d4ecc2de6df1ac609ab670e102faf65e6de42e8c7c9a3cca5b247f0c87f0b35159e842bb5a85df3713f61ff9a8804d4bf8c4e60571c6751dffad6843e76e2c38dc5243e75e8ba7a71cb3aa3b5eb6c0b1" },
  { offset = 0.009999995399999406, sealed = "3b106d7517bb6a2de992698926246fea68c31a21651d2db80f75ce3ea683c3bb0922c76b98190f2557fd0ac9d7d5c29b2a53cacd67a30edb230f3097d9339b789ad19abf00d5f2c6f9c3842a7041a834c081c028cd768328bd58eba243e156cc4d7e6bde35b050444b624c9e73115b6ffae28de5cdea994827a6841b17cb2c58" },
  { offset = 0.009999998619999673, sealed = "2955efdb8493de3e3acd146b9c3f00bff360a61f0c0ba9533f7d4d80fb8d4973fa476902ca4621d07431b1807d501c2c18088c6904e809c7ac213ba3ff3b417034208d9ded6a395b9ef133f4f8bc25be592819ec023d142812af89a20da39fa4825c429647879e05a4c59ef8122941b39e4438596f500bba1af63ae1238fa284" },
  { offset = 0.01999999701999977, sealed = "3bfe0bdc5c2c2f16a715bbfc48501d5c85e35ec96a294927dd65540a0e1f8db821ed738b5d8b5d9a5c4e55dd6b866fc3b1ae00a7a0d3fea4ffd56d0da901ca5ea81b06a04010c7eeddaa6d44dd06f6c42f6b71eca5ffc12ad67d7d3d0d817c59dec2b4ca85ad59e5f44dda23d5a5b0648f6a6c48c7ada86c3ac33bc03e5b5f0a" },
]
otherwise = "4577a7b29c89b21a306304d59abe3cdd94664570ec25f79c87bad3d2922cda0a3413080b69a9d42e38246557d7c9401006ca588089f67433244be8e9f0891641"
"#, r#"# Made by `cargo course exercises` from the quiz with its key. To answer it: cargo course quiz 05_predict
title = "Predicting instead of counting"

[[question]]
id = "perplexity-of-a-die"
kind = "number"
text = "A model gives each of 2,000 classes the same probability, whatever the context. What is its perplexity?"
points = 1
width = 1.000000001
places = [
  { offset = 0.5999999929999991, sealed = "4b1f071077b6e46f550e3270eedbcb813724be885f53e94f4e36f27cfde6d7b28ee310d0bd6520a0218f91e20483b964fc799723ab5a3e72bca2a430fafa107f348f6c6a8ca81b1399738e87fed658988124beb10649cadd935f2bd9032aa098877bdc28a28f844e0a145c52355e05557c9cb70ec022183590371bc7dd7b5530" },
  { offset = 0.9999980009997671, sealed = "250315abb1fd78d325c95f4fc71280e7e792fb40f490c8b9a1c78edac83c81643535c39da6e73a507d73355335289bd23e64d489072a7af51bdebda1e57ceea470849d748eb9fd76b665d1e8b3857e1b21f66f33e7b4e37506c06a402306f3dfdfed121e3e73f59a12f1d0917e18b640f9c9d9100a800dc8cd6745d62ab49274443f63ed1644e66e8f60b2dca854484ddf674816fc3dacd95536db72de0aca00ac15767e7e14104f8c1ceed0fecfc8452d7a42a74d7e19103ed59d5a8f646ced69ff43b4f3db384d756c626bc60603960f49efc34b10b39f946880e98345edbac38d6293d0fc4ecd537da657c20efbc5cfcb0fe622d4bbdf5099cd8e5332ba286cd58e82fd4289061af4d10cd9370a56768479db41820761d0ff7d9b020e3191094dc4778cbb833aea57dbe25d24601a1b37754a4208f48c7aa824a11025299824c027d9791bf97da535f393164906a89f227005101cf5bc8bba796dffa24620aea81f9d000df7a69ed801c80b239dbc2315fd42f28a803ae91994786ea324e3" },
]
otherwise = "e2b5221cbe4d0be5a75ac58c2d4359ac14facced488bf2ba0566109af136c86b0d056179fbaba70896828b4d441686087a139e042513b496034b4668627af8ea615969f203c84f962ababde4b2ec424c06c148b5559acf78c0099ce19f32319b7d771cfd2fa4da59f7a2121f2cafb4c40fbd63993d3cb709f984752ab3d768e76423822ef4fd8cdc7b695b0c24d9533c7d793c13a6f3fd204d1234f37855267b1ca4506e4907b0d84c23c77a77a3814462193f609d70784c92a799394b02a814a904ec8b0d7f85cf8816377a2ec7602569ea11a34f316842559881f355575fffec707fb0d8a890be6f627f076e91481c02f5524efdbad1c9157c048846fef7541e874ecc519bac7e6879bbc2144a7ae521ba5e995d42765a7baccdf4191b3b5b4c91d74f7b2b6d4fa555c6640d66c6c4dfb977f5a1f7bfd9b02a9cacf7e06f68e98f8a372d8c128305d7472b56b4235c0866dfe885f2e97e991905c3c8c09a676f30355123cace60c855ae852d1d7f70434a5aa4b9ae6ee5b71af8a207156294a10640aebda02caa09e0cdb67c57038656b7215ed51edea260615b014cec330173809d9c5a1feea9e9761eb9eb294fad8c52359c35b0c222e7c39014d8014d5d"

[[question]]
id = "seen-and-held-out"
kind = "single"
text = "In the table of n-gram models, section 1, the perplexity on the seen text keeps falling from n = 1 to n = 5. On the held-out text it soon stops falling. What is the reason?"
points = 1
choices = [
  { id = "8a4d9b", text = "The vocabulary of 2,000 words is too small for a large n.", sealed = "e97a77bebdd1cf3bc4e562c6b59683c7a4909fa3ff85aa9de569292d5b71995e4546b6e91522c39902effc12dead2b7450108e3b61ba2f19f45df3afc486059f6b5a8d02e7049ef6a857487a6c91a79deaf050641e2eed2c6aa8feb374f595283915050a01a97bf5e35812325e0b5b47f482069df017bdcd24dad0def4b8cd51" },
  { id = "921d54", text = "The held-out speeches happen to be harder to predict.", sealed = "234fdf3500f3b52f827bd83c18d1bf7a7af59e846d205411439dc41e5a9524322c7f21c4afc11bdb014ae0a78d9af2de0c130078f0e077f8c9804904db969cc7a9827844b1b83c24727eb07ea0142da20ee44689d6eccfe936ba5629ddadb88f7e785e5923ef7fb7b50c8bcfc6ac8d499d4a2743bced40a03896c33ee233cd97" },
  { id = "bd34a1", text = "Beyond three words, a context says nothing about the next word.", sealed = "a303bffba25a5884cbbbadf80b130bf701626609a02c243ff58ac619bab21e2f29ff5f704db0aca0ca51e133061463ac76d265208ebddd71642ddffc85bc8efe29a3664b6a409166c4550229a64281ea430033bf25d9a2e410e6f74dba1258cb0cd8b00439b9089d96d6f9115c2bd4f6e9eca395bae91c3da43b75b5a33b0aac" },
  { id = "c2291a", text = "Most contexts of four words never come again in other text.", sealed = "cd4c766ff35b88ca8239d9cc0c5b6a54883a660ede656d7d20b3675f55f6c27438e646e91348c60369282065285b02b0a93a83cd9b7c8d5dda8182468d7980e2db117f3cf0ad65292100995765f031477aae36e1f5f927d983caba25b535000da61a8850fb3499426eb7b282b7e259acd8a6a29bf2ab6e5b012009cbb8d2ee26" },
]

[[question]]
id = "what-nnlm-shares"
kind = "single"
text = "<em>We will work with our allies</em> is in the training text. Why can Bengio's network learn from it something about <em>we will work with our partners</em>, and an n-gram model cannot?"
points = 1
choices = [
  { id = "1e3ef8", text = "The network has been told which words are of one kind.", sealed = "a64637d17992b6cc06c8f6c92655658684b35a300a7da46d1c1b87f413dfed59f8d4727f8ccf880f06b06cbec6ab57ba8dadc4c54d194bc70d85581e94898829046952cb3cacc1738b69446ecf0cf10624df2bc26202cc2410931a361bbdc353b99df0ec5ccdab11731065dee299b5ea82797e4dd65eafacd8d6b30b410b9268" },
  { id = "983c6b", text = "The network looks at more words before the one that it predicts.", sealed = "17ea9c3ed63663d3464f35f7139bd2aaa8ba1a422df8fcb2d12f73e629fa5b526ef6385f086fcc869317eb14a186bd57528d5a236122811b65aa7dc15dd5de2d3ce943e70442be3665270e3f8b9a134d3f3eb73280faa3017303ebddb8348c56e4226f18c7a1ce02bf3e0447c54f1e70232af77e98b09e4bb8fe66b757eb3ed7" },
  { id = "e7876a", text = "Its words have vectors, and similar words similar ones.", sealed = "89d97c0bb42d13a711fb3e1c3a57752e5c349362c40d710983329f2c1b69e3b201ef56bc45bdcf4cae7564c970e0d261554135324a70bbf221c40e32f70dd87c3628fade94689b80d7512710b18a8aefde0ab6a9a5f859678c898b88dee1df83d043f4962f24442fd22e579c3092c88564f447807ee2a333eb2ae45785345a43" },
  { id = "ff25fe", text = "The network has read more text than there was for the counts.", sealed = "b4c33b8a6b1de094b00193f1cbe9e6f805db554fb2f118accdfa7054d68f2ad1f80a302dcec218ee53d4e34ff81bfb2f72ad80273f9c31b6e0fcadff033a411e" },
]

[[question]]
id = "signs"
kind = "single"
text = "A step of skip-gram begins, in section 4, with<br />\n<code>let g = sigmoid(product(x, neighbour)) - 1.0;</code><br />\n<code>let h = sigmoid(product(x, noise)) - 0.0;</code><br />\nand then subtracts <code>g</code> times <code>neighbour</code> and <code>h</code> times <code>noise</code> from <code>x</code>. Which signs do <code>g</code> and <code>h</code> have?"
points = 1
choices = [
  { id = "36cc53", text = "<code>g</code> negative, <code>h</code> positive", sealed = "bbc4b83be42e189641bd1526d1386eea7f3c982494c47435cd877e6e18d3b69cab40776ee20763f6eca06a1d552c9538a4d76ac8b2a5530ce6751ca6b05f125414db21a42bcc64720052ba038772acdebbb7531dedc1dab2923414f457c300150d9a38542757e6eda7a95aa53920f814766142985e49fe9d0581a65c7ecc0be3" },
  { id = "5ba8ba", text = "<code>g</code> positive, <code>h</code> negative, since real pairs are rewarded", sealed = "7136050b39c2b72ad7902944aa8e0f744c55d147788a625c81050bb24e2b8eda77793c8180302f4e2bd44e37c6d0803bdeec8f772bb582fe8577d98b37fee4e39ac84151cc192e3660e5307e5db2a413d1ee0bd72a5f3021456a7aec0b9fdb1f4d6c59d619b9b0cc9fbf1badb93beb2101ac3c21a3b43a32f9d0a0e7102966e8" },
  { id = "e7984d", text = "both positive, since a sigmoid lies between 0 and 1", sealed = "7dd7e5fd80fb45886d77a9a08cca04881721690bdc7a99445786dc1edcb45e70a3b76362448c84a44a939ed3b738f9ae23b9caedde79e86fa92d0d9c9d34951d9768c3465a6da89aba661f7b0184b17bccbee8558d67bb7b27f0d5ea6676a57724853cf031985fdb705aa9a25541b7b6f763305dacdb4d6159d0f5fbc10fb15a" },
  { id = "f4888c", text = "that depends on the vectors, which may point anywhere", sealed = "bb7c1608cf0c1f1e12cd347a53bd3f88e44af6bed41d946f3944c9a2cdc3a4ac1ef40f801fe2f3584983aa4edccb540b7d4d100562ef7052cb727cdc972b931eb9b2b20c1c1b40738d86b1cbe15b96bcf476818209025b9da52f72fd8dccd636a3265067ecb1904f75e0fcb36b268c5833678f7f3949cd71309c6d92cac4d359" },
]

[[question]]
id = "glove-zero"
kind = "single"
text = "Two words never met in the text. What does GloVe do about this pair?"
points = 1
choices = [
  { id = "69c527", text = "It sets their product to ln 0, which is 0", sealed = "2a5623599dc913b3de300a0eecedf4070e6f2ca97d3ba41d0ed53f5613dd3e3542f47a4a6930e50ea8199c555b593f199fae5a2eac912058f337d675b8f0e4c4422212b1cf7830c762635a4b337750aa0cfde63d7b6ef77fe519f7b51142ef2e50393c2b06c95bddf80782d516de61df077bb23daa43f6e8c0ff69deed2cb12a" },
  { id = "cc9a6c", text = "It pushes their vectors apart", sealed = "45b5211c141d6267e0b24ceac6f24e7fcf591b0967e2e28f6b97197654016d78b800d9fdd1245de3864987f7474bf2f006b8dc1b0cf6868d1c62e41f2f88f212feb385d3e2b4e5095d59a42ac23103ff7a8620e0d282763c4a974c6777129c9dffd06afe472f47d0823ba77d3e5c724fde36193c4cf76d57a2fea8f2ef617a8f" },
  { id = "e9e5a9", text = "Nothing: its weight in the sum is 0", sealed = "5577b882cd9c275dbad2e35acaa95c76898b4ce04c927c1b77857305f93a6c1e270b17dfb86c07c8eba9fb1a339b01f8b4b7586efd02ce74f20256925c1a607292b557f31f58cb975293ae4a35171238b5431cd8f0823a4990ce38fbb9f92badf8b9638d62b28d56f029a9d5414cfc88e474aba3298e9fb3f51e4a9436c66c25" },
]

[[question]]
id = "product-of-pair"
kind = "number"
text = "The PMI of two words, by the natural logarithm, is 3. Skip-gram is trained with <math><semantics><mrow><mi>k</mi><mo>=</mo><mn>5</mn></mrow></semantics></math> negative samples, drawn by the plain counts. At which product <math><semantics><mrow><mi>x</mi><mo lspace=\"0.2222em\" rspace=\"0.2222em\">⋅</mo><mi>y</mi></mrow></semantics></math> is the loss of this pair smallest? (Two decimals.)"
points = 1
width = 0.020000000020000002
places = [
  { offset = 2.000000165480742e-9, sealed = "12f35949d088cd1d36271f86b543583887058911fb8995979ed1584774faa64987d80ddd52d60f954fe46ce0c59a4771d4ecc2de6df1ac609ab670e102faf65e6de42e8c7c9a3cca5b247f0c87f0b35159e842bb5a85df3713f61ff9a8804d4bf8c4e60571c6751dffad6843e76e2c38dc5243e75e8ba7a71cb3aa3b5eb6c0b1" },
  { offset = 0.009999995399999406, sealed = "3b106d7517bb6a2de992698926246fea68c31a21651d2db80f75ce3ea683c3bb0922c76b98190f2557fd0ac9d7d5c29b2a53cacd67a30edb230f3097d9339b789ad19abf00d5f2c6f9c3842a7041a834c081c028cd768328bd58eba243e156cc4d7e6bde35b050444b624c9e73115b6ffae28de5cdea994827a6841b17cb2c58" },
  { offset = 0.009999998619999673, sealed = "2955efdb8493de3e3acd146b9c3f00bff360a61f0c0ba9533f7d4d80fb8d4973fa476902ca4621d07431b1807d501c2c18088c6904e809c7ac213ba3ff3b417034208d9ded6a395b9ef133f4f8bc25be592819ec023d142812af89a20da39fa4825c429647879e05a4c59ef8122941b39e4438596f500bba1af63ae1238fa284" },
  { offset = 0.01999999701999977, sealed = "3bfe0bdc5c2c2f16a715bbfc48501d5c85e35ec96a294927dd65540a0e1f8db821ed738b5d8b5d9a5c4e55dd6b866fc3b1ae00a7a0d3fea4ffd56d0da901ca5ea81b06a04010c7eeddaa6d44dd06f6c42f6b71eca5ffc12ad67d7d3d0d817c59dec2b4ca85ad59e5f44dda23d5a5b0648f6a6c48c7ada86c3ac33bc03e5b5f0a" },
]
otherwise = "4577a7b29c89b21a306304d59abe3cdd94664570ec25f79c87bad3d2922cda0a3413080b69a9d42e38246557d7c9401006ca588089f67433244be8e9f0891641"
"#),
("06_words", r#"# Made by `cargo course exercises` from the quiz with its key. To answer it: cargo course quiz 06_words
title = "What a word is not"

[[question]]
id = "ngrams-of-at"
kind = "number"
text = "How many pieces does `course::words::ngrams(\"cat\", 3, 6)` give? Think of the marks: `<cat>`."
points = 1
width = 0.20000000020000003
places = [
  { offset = 0.1999999941999988, sealed = "1e4f4eac0935026858ca23ffb68c3c3e8f6ae294f452a98be2ffc021dee5aa1c48ea3095a18f8a95b25099af9c590f1c30cae94ca1e76137eee50b4f253b9a9ef45efee7cb562471f090041a68a9e37055bb92a40ba46e7f1218c10a29e05b54db39ef0d402db29f9ecc5eaf569d44555f297153ab1645392e83206af5c9a511" },
  { offset = 0.1999999951999989, sealed = "e7bb8904dd86cde11b2382e44f42d515e18925d13e62161135deafa877459950630da16be8ab99b42f542a10e6a2664c0cde655bfdbc71dc59b5df29ff0a77b02eca95e36dc6a4e03b38c35bbbc34a3d30430b288bfe4c30fdcf8a082995616e56cd328d84bb7daf3c58159baf522f18c94b56ee737c159f34db933cc2dfbd2b" },
  { offset = 0.1999999971999995, sealed = "f2c05cadc7a42be419612918b28fcbd7a913237fd8baf817682d8f3048e543efb467c7c8e95c9ad65ca180d15818a06b4c3b8432c7ff5be0727d1fc186bced76d25e6a8ffc4832e32f6ef0ddde87ccb295c664f2e8466123c35c4ab82b836f5747f1b68d6add8845af871e7615557d06616a64d4d901374ab1d7e14a171da06a" },
  { offset = 0.1999999991999999, sealed = "71acf785009d9b66cbbbf06b3f5668d0d9506062507120c7659835aaa01992605e516f3da4beb8a11d148da10b22c9ea001ef1acc863f55c3a6e5d63586a95a0fe238c5d91384721b84a6c22058cc1982f1df3776d49ca0c8a9541da7a1d92cfc89bb3ec74fc7af77dd07d33e63ec7214e65216ccc66baff6fae81f5a4fe3731" },
]
otherwise = "3b0773a533371a822d2223461f9975b3a246b0e9791babb9b7dc49bcdf5609c6754d992e790bb15ab10d0e4c1875bfbb41477bb2eb322cd0659e15b301c8d27af2b78c341bbe5602666fd4142f6f734f754a6da4bb8ebc9f171537838001fdf093cda2de217184d5d8ebc6dd3d03467bf35c6af8fcde67cc0ff4aeb88538f174"

[[question]]
id = "rank-of-foriegn"
kind = "single"
text = "In the table of misspelt words, section 1, `agriculturel` comes out near the word that was meant, and `foriegn` does not. Why?"
points = 1
choices = [
  { id = "58d4bf", text = "`foreign` is so rare in the speeches that its own vector is mostly chance.", sealed = "779804ed49ebb8cefd4f7386a5817ecf9e7dc320b7a727b3e54fdbcc38b98465659b635e55f5268b4df343b31c332fc341004df4f2916da8db3dbde9cd9f2553ec28eb564ffb8b4ba08f96aabe89641a7ae533901215cd1c00f0b73a45e17b067f89bd52dfd8065f2efe19bfd04fe2d0f7941018197c2ab987c5c38ea748fc06" },
  { id = "8689ae", text = "`foriegn` is too short to have pieces of its own.", sealed = "daa71c06aed574d76c6d1239ef16dcfb949e4836e7bfdfae30dfe345524924bd18c671c580cc3e9ad9a936519878ae474c1e4f617b37aad8746566467abe25772b41d22398a305e58cd02cf77e7356ad8b8d08439ac352ebd22f6352661534753e7d01d97c12a8ddea5ea03af68f66b5d30cb24434464ca92d046a26bc70caf6" },
  { id = "fdf399", text = "The exchange in its middle spoils nearly all of its pieces.", sealed = "be9f08c220e08ff93e7b2423c2f3bd73c62d2f0752f3613fd0b6d77234fd3dfe8e161224a7cbaa638822df905939bde8d4eab5e72b00e699f45df0118095b65f2f9575e5e81751dd976245691374b6ce9f1c6cd733748742c69de3e1ce03948283fb7411bb1ae3f7ed177b2bcd9b7fff86df9cf46ccc2e42f4fd0e50ab91fb7384517fe4b711b9922b18aad630518e716f2e9cb7a2b41884a137362a55d85b523ce108797a894c0135cd20f5b9590954481292a1d7adee060ce0d2d30a7998e5" },
  { id = "ff865d", text = "fastText compares words letter by letter, up to the first that differs.", sealed = "77af0fa630245cbe017464f1fe886e3c046b5f1d0065b50447209d3306b4daf815301fe5406811129c8e997f254993185871f618e3af11f1c676dcdc7bde9a08e7afda3eb253959c0f96a9d04d0dd1f142cb9f526558632f68d60698758c61cb32140920812b4d40d50771e39f576d39e4b5959510a299b0df5f578603980e86" },
]

[[question]]
id = "senses-of-china"
kind = "single"
text = "Section 2 counts the senses of some words by clusters. The table has more than one for `china`, with a low silhouette. How do you read this row?"
points = 1
choices = [
  { id = "1b80b7", text = "As two meanings: the country, and the dishes on a table.", sealed = "eaa7a0d37ac80f6581a7d7a0defd5a118d101ecd5d014a0ac915a591772600d927005f09d54eea046f2df3ec3c93a4d0285adaf9a519841a0ec3d79980515ac9476900d41f76ccb5aa563bc41706c8caa34925e8085b3ba995b5ae23792ca72822fecb3ae80ec4d6e0e7c442ce3bf206be334d543cf86d4b24dee2f689e632fb" },
  { id = "222d0b", text = "As two kinds of talk about one thing, which hardly part.", sealed = "a46b4cce99db0abcf3f181b8589278e31bfb48d9adf60cb963d4aca19f42e111f28c51faa285df77b6c21278e78d4046bf32b704b3a9611e02548f14acde3634fc90412093299803e8b85bfdad9d4322e0fc0b035266dbf88f05d7413ad3fddb7391ecfe3aaa65fe7ebb6e14841d19a782c2cbdca7827b6aa5c870762d4a06d980a09beccb6715bea8c5248b8eb8b42bb22956c9cbaec1dc7b65d46f54756d7e92f5c83652a272738cad23caeddf9712db6b17d82d3da25111181e91fd328aa4" },
  { id = "430a6b", text = "As a fault of the program, for a name can have one sense only.", sealed = "5f3488b730a45a6239a5cbd81375971fb8540aab34e00feabedd45cab57ab0319f2f08ccaf2b5c6fa2a0fb701a09aa84aa11f68239c4fb1f54c7a14b8df1876a7472f0e7c67bdb8babf54b047290dc5aba06d3e1a84739c791163a5c7fffbf380b7b2d9450b63f2b894302710e9a682dc028ad11a417b3caf7c825d8f74b568d" },
]

[[question]]
id = "why-align"
kind = "single"
text = "Section 4 trains a space on the old speeches and one on the new, and prints  \n`cosine(&old.vector(\"war\")?, &new.vector(\"war\")?)?`  \nWhy does this number say nothing about a change of `war`?"
points = 1
choices = [
  { id = "2d55f4", text = "`war` is not in the vocabulary of both periods.", sealed = "9ca7655956106ac09809cb88d2314736b6e3dbb330e0bace2af7e6c2bed9f7db8ceb7665b4828fe6419ea713820caba1f8242b52b13aea7c34c6403540d9c82b" },
  { id = "4845d6", text = "The two spaces are turned against each other, each in its own way.", sealed = "384467b13c5b5fce9556032a590f44cfae1f13c048c94216629f576f7ba53c2846b425f267637b14de938e4e1bc8a321df5873d151b9769697acc479000a7bf07f1bb937aad7a877c9d195727549ca842a9297b94535b5ddab25fc568eb880ba8f34eff754af01bd0b95a096269553f6b78a0c5bfa4fcc9b52ba5c3b73d7cf944eedc7818c2126f8b7e6cb4ce4593945274343ad9e7f4e854e933e6751c005bc4ff14fe7589f70d85d32b3584694fe0c331a525cd0202e51249cfd539b85029e" },
  { id = "c16c74", text = "The cosine ignores how long the two vectors are, and so how frequent the word was.", sealed = "ebbdf9b4edd1ac382b696744ee1375471b9db8670430d9c920826df119c8bc15e9e64319afe77889799f877bd94dc840a7074fe6466ec214b9a061c53192e90c92e9e5290bb0658652ba1a5400a8f54c71b555e449a4f91d33881b125d7b0e518cffef6ccd8a7f0636c903e6dddd1e0671db35ae0d6cdade856e5e457f0af27e" },
  { id = "ccfb16", text = "One of the two trainings has failed, or the cosine would be 1.", sealed = "d0dfd221c2bdead3c2263bdecf9cff25d52f1819013d6b0c4781c4976d1dfefe550107ae74a76e3adf67982e9dfcb03be077eb380781c1884177383e3e38df4107fae4b202af654a0d03208f10c9078376e0454cc876b811372715fecf7a92978e870f538b94214dbd6147684e640991345a94fab6ef5256aec5a9d9a0cac7f3" },
]

[[question]]
id = "procrustes-may"
kind = "multiple"
text = "What may orthogonal Procrustes do to a space?"
points = 1
choices = [
  { id = "83a620", text = "move single words", sealed = "bb70ba0e5e69b2f7f22b2aaf2e1615ed474ed3f54b3187e999bb5b5d169edd73f3a92ba9e0a7d6e379487f2d092f4f9cacb482b902efdf4c40f2b93841e499fafb8e3ef6d955af1b68ccc5644b864e8dd00b53800d06563c38efa1fb97df0f96bacfd5e531fc82ae74d5ca6889db321dfa6376a3f772a5e48e1d86d19a7bc2ef" },
  { id = "c3f01a", text = "stretch it in one direction", sealed = "c551f9385d3e476374e0959bbd4306d889ed4ede71a5ad2fef405c6faf3554896a9cf7291243439130ffbb68cff61699042261ccf3241b09d78604a1d082ef1e7ae53acdec948ff5f2d95bdcdbb0f5fc30a82708d99c08836a9275fc2af4b4993232f4adf8a2b8e238e70e6cb3249cf7e18fe19d8d5867ccb516c5e7ab6987a0" },
  { id = "d0e44a", text = "mirror it", sealed = "d3629bef0b3dce1ee13dc872af9731747c86b700dc9d05ca42a8d0797fccb9ac81c3ba6162a298db17e38e40e63bc674bcaa70fd2eb44c41d0dbb84b9212f9a0" },
  { id = "d13f33", text = "turn it", sealed = "632f22ee031ace9f5b9f9a20903a31d6b10ced75b38ecb3676f794f5c8ebc3596834a2e18e1770d2e9174ec0609e524dabdc5bb3b6278542dbec1ab370f332d3" },
]
right = "7eac656d8018bec1b26327a9e0f6008e8bbae4f77128b6083394c59da6eda793721c4a0a7a990f6e00e638d80d783b5d1326847b0bc9336f65177fce4d9c9bff"

[[question]]
id = "noise-of-change"
kind = "single"
text = "In the picture *How far words have moved* look at a word that has moved by 0.3 between the centuries. Words just as frequent move by 0.3 between the two halves of one period. Has this word changed its meaning?"
points = 1
choices = [
  { id = "0d78b4", text = "Yes, since a word that has not changed stays where it was.", sealed = "40e3cf03e26bbafdc43a6e3aafb304fc63d6af21c8155a5442d9768f092b3fa98dc2c5f9475d2242cdae800ede25e560d8e59029445389df8a5957ce2dd90133cc47e766f2afd784e99f7b063cbf2793de5526908dd8e1a2c6483dc63a04ce9b692f91c947016904ffb517942660e1ba10c7fa33693d4c1fab481886aaf3d39a" },
  { id = "50115e", text = "Yes, if 0.3 is more than the mean of all words between the centuries.", sealed = "adf3cc68f9672bafd632ffcc161bac36b83ed9778b9b0ecd8a81700f7a0679616e3b8553ca2ececb14c9a42875711ce599726eec72d0d394e34f3c900cbcd477b1c02897f4ce4ee87e9ecc13cf14c35e04176c1245061f96e868b5d9f525c275c7927df40cb78a03dce062f146280b974448da6896b06824c087e55295c920b9" },
  { id = "9b7c7b", text = "That cannot be told, for chance moves words of its frequency as far.", sealed = "ed3c4bf36a7286b45e75b82aa971d55e418a3f316b78f41bb89960a6a6093f5529f36ec468a8d5abb5db9c4d7048aba6ba9c9fbc36b05612f078c8b87bc339edacb9f0fd7bf17b2345aed7d6dde50689f02e726758d318a65d7cca9d6dd71147e30af8bafbb055502f0b18b39929beafcbe2a51390928dce7c6609e9a9b8d5deda8dde9af7fed84f6e23fc9f0d57a742b31fd5094579ae2671a44e3639366a5613e9da95c2b3baafa27a5b8e45651dfeaf94da589f442948c45251fc4be37ac8" },
  { id = "fbe91c", text = "No, since a word that has changed would lie higher up.", sealed = "1f937166a38bad265f68850b9f7404aa3b4f2243367f7d48a68021c9f1f4abd0d530f36d79b287dc2bc687bf763a8b905059efbc01cfa9e35f1c7ed764b63a590c365ca874d16e778e5234092d5d8299cfd918874c9362410a06885441adc357b31b642d46ecf0df3b326436fac820cad063e0a45f198f70bef8cb8ae316aac3" },
]
"#, r#"# Made by `cargo course exercises` from the quiz with its key. To answer it: cargo course quiz 06_words
title = "What a word is not"

[[question]]
id = "ngrams-of-at"
kind = "number"
text = "How many pieces does <code>course::words::ngrams(\"cat\", 3, 6)</code> give? Think of the marks: <code>&lt;cat&gt;</code>."
points = 1
width = 0.20000000020000003
places = [
  { offset = 0.1999999941999988, sealed = "1e4f4eac0935026858ca23ffb6d063328a6ff092f845f39ce3efcf22d0f5f1425fea38ccee8bd3c8b0458dbf935a031921caa557bdb13473ebe7095a77628e8be822f4f081133a6af0841e1a74eaac3410a594e85fbf2d3e4604ce4966a41e4ad739f34e0f69f781dd8d0aa911c95f49506a3e17ee085e393b992076b686e154f48624b2e8079025ff616a608922949cf698c14d6890ea162221be6d7d5377bde80ce835540ebcc2d45c653b29d25dfd787ae0a7ba068a3a742253a1745208e9" },
  { offset = 0.1999999951999989, sealed = "e7bb8904dd86cde11b2382e44f42d515e18925d13e62161135deafa877459950630da16be8ab99b42f542a10e6a2664c0cde655bfdbc71dc59b5df29ff0a77b02eca95e36dc6a4e03b38c35bbbc34a3d30430b288bfe4c30fdcf8a082995616e56cd328d84bb7daf3c58159baf522f18c94b56ee737c159f34db933cc2dfbd2b" },
  { offset = 0.1999999971999995, sealed = "f2c05cadc7a42be419612918b28fcbd7a913237fd8baf817682d8f3048e543efb467c7c8e95c9ad65ca180d15818a06b4c3b8432c7ff5be0727d1fc186bced76d25e6a8ffc4832e32f6ef0ddde87ccb295c664f2e8466123c35c4ab82b836f5747f1b68d6add8845af871e7615557d06616a64d4d901374ab1d7e14a171da06a" },
  { offset = 0.1999999991999999, sealed = "71acf785009d9b66cbbbf06b3f5668d0d9506062507120c7659835aaa01992605e516f3da4beb8a11d148da10b22c9ea001ef1acc863f55c3a6e5d63586a95a0fe238c5d91384721b84a6c22058cc1982f1df3776d49ca0c8a9541da7a1d92cfc89bb3ec74fc7af77dd07d33e63ec7214e65216ccc66baff6fae81f5a4fe3731" },
]
otherwise = "3b0773a533371a822d2223461f9975b3a246b0e9791babb9b7dc49bcdf5609c6754d992e790bb15ab10d0e4c1875bfbb41477bb2eb322cd0659e15b301c8d27af2b78c341bbe5602666fd4142f6f734f754a6da4bb8ebc9f171537838001fdf093cda2de217184d5d8ebc6dd3d03467bf35c6af8fcde67cc0ff4aeb88538f174"

[[question]]
id = "rank-of-foriegn"
kind = "single"
text = "In the table of misspelt words, section 1, <code>agriculturel</code> comes out near the word that was meant, and <code>foriegn</code> does not. Why?"
points = 1
choices = [
  { id = "58d4bf", text = "<code>foreign</code> is so rare in the speeches that its own vector is mostly chance.", sealed = "779804ed49ebb8cefd4f7386a5817ecf9e7dc320b7a727b3e54fdbcc38b98465659b635e55f5268b4df343b31c332fc341004df4f2916da8db3dbde9cd9f2553ec28eb564ffb8b4ba08f96aabe89641a7ae533901215cd1c00f0b73a45e17b067f89bd52dfd8065f2efe19bfd04fe2d0f7941018197c2ab987c5c38ea748fc06" },
  { id = "8689ae", text = "<code>foriegn</code> is too short to have pieces of its own.", sealed = "daa71c06aed574d76c6d1239ef16dcfb949e4836e7bfdfae30dfe345524924bd18c671c580cc3e9ad9a936519878ae474c1e4f617b37aad8746566467abe25772b41d22398a305e58cd02cf77e7356ad8b8d08439ac352ebd22f6352661534753e7d01d97c12a8ddea5ea03af68f66b5d30cb24434464ca92d046a26bc70caf6" },
  { id = "fdf399", text = "The exchange in its middle spoils nearly all of its pieces.", sealed = "be9f08c220e08ff93e7b2423c2f3bd73c62d2f0752f3613fd0b6d77234fd3dfe8e161224a7cbaa638822df905939bde8d4eab5e72b00e699f45df0118095b65f2f9575e5e81751dd976245691374b6ce9f1c6cd733748742c69de3e1ce03948283fb7411bb1ae3f7ed177b2bcd9b7fff86df9cf46ccc2e42f4fd0e50ab91fb7384517fe4b711b9922b18aad630518e716f2e9cb7a2b41884a137362a55d85b523ce108797a894c0135cd20f5b9590954481292a1d7adee060ce0d2d30a7998e5" },
  { id = "ff865d", text = "fastText compares words letter by letter, up to the first that differs.", sealed = "77af0fa630245cbe017464f1fe886e3c046b5f1d0065b50447209d3306b4daf815301fe5406811129c8e997f254993185871f618e3af11f1c676dcdc7bde9a08e7afda3eb253959c0f96a9d04d0dd1f142cb9f526558632f68d60698758c61cb32140920812b4d40d50771e39f576d39e4b5959510a299b0df5f578603980e86" },
]

[[question]]
id = "senses-of-china"
kind = "single"
text = "Section 2 counts the senses of some words by clusters. The table has more than one for <code>china</code>, with a low silhouette. How do you read this row?"
points = 1
choices = [
  { id = "1b80b7", text = "As two meanings: the country, and the dishes on a table.", sealed = "eaa7a0d37ac80f6581a7d7a0defd5a118d101ecd5d014a0ac915a591772600d927005f09d54eea046f2df3ec3c93a4d0285adaf9a519841a0ec3d79980515ac9476900d41f76ccb5aa563bc41706c8caa34925e8085b3ba995b5ae23792ca72822fecb3ae80ec4d6e0e7c442ce3bf206be334d543cf86d4b24dee2f689e632fb" },
  { id = "222d0b", text = "As two kinds of talk about one thing, which hardly part.", sealed = "a46b4cce99db0abcf3f181b8589278e31bfb48d9adf60cb963d4aca19f42e111f28c51faa285df77b6c21278e78d4046bf32b704b3a9611e02548f14acde3634fc90412093299803e8b85bfdad9d4322e0fc0b035266dbf88f05d7413ad3fddb7391ecfe3aaa65fe7ebb6e14841d19a782c2cbdca7827b6aa5c870762d4a06d980a09beccb6715bea8c5248b8eb8b42bb22956c9cbaec1dc7b65d46f54756d7e92f5c83652a272738cad23caeddf9712db6b17d82d3da25111181e91fd328aa4" },
  { id = "430a6b", text = "As a fault of the program, for a name can have one sense only.", sealed = "5f3488b730a45a6239a5cbd81375971fb8540aab34e00feabedd45cab57ab0319f2f08ccaf2b5c6fa2a0fb701a09aa84aa11f68239c4fb1f54c7a14b8df1876a7472f0e7c67bdb8babf54b047290dc5aba06d3e1a84739c7871e32037cf3b031113f6a8e1fb93533c54319674f9174318774e850e05efd8df9c825d8f74b568d" },
]

[[question]]
id = "why-align"
kind = "single"
text = "Section 4 trains a space on the old speeches and one on the new, and prints<br />\n<code>cosine(&amp;old.vector(\"war\")?, &amp;new.vector(\"war\")?)?</code><br />\nWhy does this number say nothing about a change of <code>war</code>?"
points = 1
choices = [
  { id = "2d55f4", text = "<code>war</code> is not in the vocabulary of both periods.", sealed = "9ca7655956106ac09809cb88d2314736b6e3dbb330e0bace2af7e6c2bed9f7db8ceb7665b4828fe6419ea713820caba1f8242b52b13aea7c34c6403540d9c82b" },
  { id = "4845d6", text = "The two spaces are turned against each other, each in its own way.", sealed = "384467b13c5b5fce9556032a590f44cfae1f13c048c94216629f576f7ba53c2846b425f267637b14de938e4e1bc8a321df5873d151b9769697acc479000a7bf07f1bb937aad7a877c9d195727549ca842a9297b94535b5ddab25fc568eb880ba8f34eff754af01bd0b95a096269553f6eb860f5bb110cf9e51fa157174d5d69557ec84d1976f63afbef9d743a7167d00394d43ad9e7f4e854e933e6751c005bc4ff14fe7589f70d85d32b3584694fe0c331a525cd0202e51249cfd539b85029e" },
  { id = "c16c74", text = "The cosine ignores how long the two vectors are, and so how frequent the word was.", sealed = "ebbdf9b4edd1ac382b696744ee1375471b9db8670430d9c920826df119c8bc15e9e64319afe77889799f877bd94dc840a7074fe6466ec214b9a061c53192e90c92e9e5290bb0658652ba1a5400a8f54c71b555e449a4f91d33881b125d7b0e518cffef6ccd8a7f0636c903e6dddd1e0671db35ae0d6cdade856e5e457f0af27e" },
  { id = "ccfb16", text = "One of the two trainings has failed, or the cosine would be 1.", sealed = "d0dfd221c2bdead3c2263bdecf9cff25d52f1819013d6b0c4781c4976d1dfefe550107ae74a76e3adf67982e9dfcb03be077eb380781c1884177383e3e38df4107fae4b202af654a0d03208f10c9078376e0454cc876b811372715fecf7a92978e870f538b94214dbd6147684e640991345a94fab6ef5256aec5a9d9a0cac7f3" },
]

[[question]]
id = "procrustes-may"
kind = "multiple"
text = "What may orthogonal Procrustes do to a space?"
points = 1
choices = [
  { id = "83a620", text = "move single words", sealed = "bb70ba0e5e69b2f7f22b2aaf2e1615ed474ed3f54b3187e999bb5b5d169edd73f3a92ba9e0a7d6e379487f2d092f4f9cacb482b902efdf4c40f2b93841e499fafb8e3ef6d955af1b68ccc5644b864e8dd00b53800d06563c38efa1fb97df0f96bacfd5e531fc82ae74d5ca6889db321dfa6376a3f772a5e48e1d86d19a7bc2ef" },
  { id = "c3f01a", text = "stretch it in one direction", sealed = "c551f9385d3e476374e0959bbd4306d889ed4ede71a5ad2fef405c6faf3554896a9cf7291243439130ffbb68cff61699042261ccf3241b09d78604a1d082ef1e7ae53acdec948ff5f2d95bdcdbb0f5fc30a82708d99c08836a9275fc2af4b4993232f4adf8a2b8e238e70e6cb3249cf7e18fe19d8d5867ccb516c5e7ab6987a0" },
  { id = "d0e44a", text = "mirror it", sealed = "d3629bef0b3dce1ee13dc872af9731747c86b700dc9d05ca42a8d0797fccb9ac81c3ba6162a298db17e38e40e63bc674bcaa70fd2eb44c41d0dbb84b9212f9a0" },
  { id = "d13f33", text = "turn it", sealed = "632f22ee031ace9f5b9f9a20903a31d6b10ced75b38ecb3676f794f5c8ebc3596834a2e18e1770d2e9174ec0609e524dabdc5bb3b6278542dbec1ab370f332d3" },
]
right = "7eac656d8018bec1b26327a9e0f6008e8bbae4f77128b6083394c59da6eda793721c4a0a7a990f6e00e638d80d783b5d1326847b0bc9336f65177fce4d9c9bff"

[[question]]
id = "noise-of-change"
kind = "single"
text = "In the picture <em>How far words have moved</em> look at a word that has moved by 0.3 between the centuries. Words just as frequent move by 0.3 between the two halves of one period. Has this word changed its meaning?"
points = 1
choices = [
  { id = "0d78b4", text = "Yes, since a word that has not changed stays where it was.", sealed = "40e3cf03e26bbafdc43a6e3aafb304fc63d6af21c8155a5442d9768f092b3fa98dc2c5f9475d2242cdae800ede25e560d8e59029445389df8a5957ce2dd90133cc47e766f2afd784e99f7b063cbf2793de5526908dd8e1a2c6483dc63a04ce9b692f91c947016904ffb517942660e1ba10c7fa33693d4c1fab481886aaf3d39a" },
  { id = "50115e", text = "Yes, if 0.3 is more than the mean of all words between the centuries.", sealed = "adf3cc68f9672bafd632ffcc161bac36b83ed9778b9b0ecd8a81700f7a0679616e3b8553ca2ececb14c9a42875711ce599726eec72d0d394e34f3c900cbcd477b1c02897f4ce4ee87e9ecc13cf14c35e04176c1245061f96e868b5d9f525c275c7927df40cb78a03dce062f146280b974448da6896b06824c087e55295c920b9" },
  { id = "9b7c7b", text = "That cannot be told, for chance moves words of its frequency as far.", sealed = "ed3c4bf36a7286b45e75b82aa971d55e418a3f316b78f41bb89960a6a6093f5529f36ec468a8d5abb5db9c4d7048aba6ba9c9fbc36b05612f078c8b87bc339edacb9f0fd7bf17b2345aed7d6dde50689f02e726758d318a65d7cca9d6dd71147e30af8bafbb055502f0b18b39929beafcbe2a51390928dce7c6609e9a9b8d5deda8dde9af7fed84f6e23fc9f0d57a742b31fd5094579ae2671a44e3639366a5613e9da95c2b3baafa27a5b8e45651dfeaf94da589f442948c45251fc4be37ac8" },
  { id = "fbe91c", text = "No, since a word that has changed would lie higher up.", sealed = "1f937166a38bad265f68850b9f7404aa3b4f2243367f7d48a68021c9f1f4abd0d530f36d79b287dc2bc687bf763a8b905059efbc01cfa9e35f1c7ed764b63a590c365ca874d16e778e5234092d5d8299cfd918874c9362410a06885441adc357b31b642d46ecf0df3b326436fac820cad063e0a45f198f70bef8cb8ae316aac3" },
]
"#),
("07_tokens", r#"# Made by `cargo course exercises` from the quiz with its key. To answer it: cargo course quiz 07_tokens
title = "From text to tokens"

[[question]]
id = "first-merge"
kind = "single"
text = "A text has the words *ship* (9 times), *shop* (6), *hop* (7) and *top* (8), each cut into letters. Which pair does BPE merge first?"
points = 1
choices = [
  { id = "0ba1f3", text = "o p", sealed = "da76a1a5a993a9bbf55fc604c417548ce34662cdedaf9efb77a4a43fbb28e36fc9407562ca37dbde2e3a2c064506c36f1cd98f3b63398c258d34ae2a142bfebd" },
  { id = "2dead1", text = "h o", sealed = "5baa2a85ea9c6d6c4c855e78ad6b75bc264bc21cb3284e9dc55721b2f08dbd101754c54f6d4d236620ce87111e7b79e4fdf39ac55da715860b8ed05187de2eaf" },
  { id = "5e4fbc", text = "s h", sealed = "fbc0c6f37b493c24c1430a4e4fffe8a28cb5b969b6dc3a9159df805b7086f52908d8b499eb422d750225653e83605144520d46af8ca8056154ae89667cc7b7a2a8abc9fe9aadc2cfd974dc8213a1729b31ba98a8c0a1abb9a8aa60c311883d722942c35acc88849c8298dd254bf3475db7238815a7a8efb472569aa0cc90e4d8" },
  { id = "f9892b", text = "t o", sealed = "3f660a9fe3527520825dd07cb6a9cc1a159299de370899d0602ee10c3b89df6e3fcdd2b3ea778174b98c013eb24b7dbd73e4146f0ca820058392417ec6408579f64e2bc509966b3525ac2753dddd47a60ecc23419b03cc6e99038f22dae049865e0a26525534f0605351037be8b16a8d0c6fecaadbc62142bb73e62808a13c6c37824a83f5685431b9cee684c7a22109351287ed11f5d9b97d835854a85a9c9e74d38cb0d857c5f6360a6815c5e61ed38ed501769dbae008ad021b0b06bce461" },
]

[[question]]
id = "bytes-of-a-word"
kind = "number"
text = "`bpe.first(256)?` is the tokenizer of section 2 before its first merge. What does this print?  \n`println!(\"{}\", bpe.first(256)?.count(\"naïve\"));`"
points = 1
width = 0.20000000020000003
places = [
  { offset = 0.19999974419997102, sealed = "b7ce1a17c9a2faccf28619ccfb7c32cddb2b355675f73e5e76c126fe4106e2c19e6dabbdf070a70ba1dad1676bdf556706f6acd2330891b7f8861c4c09d31bac006672602961df7d7d818051ebf5abf27e3d16690c9a15b7dcea2fb5ad98148e6d775a0fdfac270df8bb0f0dff592664d04ff457ccc0c4ba71b1d7638b979802" },
  { offset = 0.1999999941999988, sealed = "7d4390b210ff456462d978ee27c096f7543dc2f7e6de07be57d8628034ca53c66c414356a4a85af4c45872e07b94514939e6e6f1ca575f8e51b31724b12e68a636c85ceec16e610e34651d9ef7a6bc7691fd2feb577ff99f861f1777378dee11023d0a771b4dca111465d95dc1a3d1ec73a28338600953bcdcf54e92cf34e169" },
  { offset = 0.1999999951999989, sealed = "8062bf3f79ee99ac2baf6ff365d519ac978e3aefbcf227124410e28f1bd58cdc5f19b552b4a0287ca7de1602b59eb2036ef94ddc16232b284721b21e02e1fb94" },
  { offset = 0.1999999991999999, sealed = "ff8d6f207184530d6f9eae0085c6d26d262f872dbfd7ebb90e7fa6d6676f8e9da8e9f56b8e79199be9bf789050f891407ea279ceba97d8a2f4a77466b5198bd4f4cb4d90ef2fe7a7e8bf8ce6f77e59077ef3e9d5cb8efe426a3c4f91362f485b9df39305cb270d966b7608aa3bdbec65a58b1b33aeba828796b5fdbf29c1224a" },
]
otherwise = "a3338f7237104d83e824b87fa3523c44f7819fb4d1a0fcd31f83b0abc3b43f998018035a0f82e3da31c95f21fa20814c40e3062eb0db5e26811b6cfbb44bd62f64e9117517d2260256d85b275dce3933f10e93b1cf26ba6070b4f47ce91d9116b94d8b7ba950053a9999c94341338c384b035ba36d01b187dac77b8540c9a70c"

[[question]]
id = "viterbi"
kind = "single"
text = "A Unigram model has the pieces *ab* (−2), *c* (−3), *a* (−2) and *bc* (−2.5), each with its log probability. Which cut of *abc* is the likeliest?"
points = 1
choices = [
  { id = "2c7a52", text = "ab, c", sealed = "ee8ed27499f8ecb6f6b7a1530932ff9f9ee1a52425579280349bfa98034c7872f343c6c0e55ffd6097f4e300bc2b74718cc34e030dcf0942f8cdf7391fe490c1144fc101951b02341a8011f0f490f7a3ee8c322132128a19da4887a3d81b7a4bf1a22b3acfd3c118837bcc72c386dfd58788c1b72bf43b9f065705fd964347f6" },
  { id = "2cfc16", text = "a, bc", sealed = "1edebdfc89de1d96c56c85f2fd17054cff225af1907dc0eea04b83dd4e3fb26639347cd05544db84c834fb3420c66ff8d7b9ddb9443242f577a20b7e6c290422" },
  { id = "b9616b", text = "a, b, c", sealed = "e432fa514fd686781df9a590bd6fb689d7ec22201dcc518f0ed17b4fcc7c98fad2bee41a5636169f2edf9065452ac6d18b644f244a10dec67f9cb70ed527ea04" },
]

[[question]]
id = "larger-vocabulary"
kind = "multiple"
text = "The vocabulary is made larger, and all else stays. What happens?"
points = 1
choices = [
  { id = "2a098f", text = "Each token is seen more often in training", sealed = "e944f48854ab68407226afc472e780de5442a69803a15616eae67df4d9cabf2ab0fe0293db5bc46bbd735beeb977e3150e25a868f9ea1858e99f141c42dd78a1c4f78b0775a4e49e4c0c96b7ae7985e189bd283078536cdae816f19b494a536bcf992d779ae4d424ac34f73806fb045456962778294b1bdc3f3af1f4240933bf" },
  { id = "5ae1fa", text = "A word becomes fewer tokens", sealed = "e4fa55b072edda1cc9758c0b9060c92369a1c6b36f2c1a8c9907e84d4631a6a13cc85108fdb1e4e783c67629151cee087c3572e9aecc0d2f825e709336391c087a95655a5af84bdeec04b04c3215af1e355128fab23845cf0c928d07a4181b50385aaf28e929e11482449262807df8d29f251ad4794869a4e9e887d5e733d89c" },
  { id = "91f54a", text = "Training on a word becomes ever cheaper", sealed = "ca5ecedfe6667fd554f1107e4d44e194e5fd0cef2797ac056d78789eba4642889f6d77f59695f26a6bc545469cae09a71e52a1dba2ccfc2a277bdd239b693639cae6b5036de8901dbc9d241b2d3118aab0a902f5ef3583757a3123e46aeab867969159e6fd0c53ccb6285d5e4f287778718eef400b2ca50c3db9b7de154440f2" },
  { id = "d5f572", text = "The embedding matrix grows", sealed = "3dc3d3163dacdf1dd8a186944f4b1603525885b36b6ad2d0c902db16080b5359023c75acffbeb7176587f33ce45c94ffa667c2c13d48f7855da4f12ffe24ba65" },
  { id = "de6bd6", text = "A context of s tokens has more words", sealed = "0d1d6d93b1245983f9e9f1e0b62dddb579c97886415230558e3724e3398f4bcf84a5f6b5a5e2255f6939ee3a910a48ba8349e269a1c537c1752a6094764cb2a1" },
]
right = "44bfe3c89ce720537c4f35278b1c700ee0022aea35f23021a1287a1e073afa992751f173b14ac35640fa351cd4aa0c596b0fd0c54e6ddcc1429bd905a13ed638"

[[question]]
id = "premium"
kind = "single"
text = "The table of section 5 has 6.5 for Russian in the column of GPT-2. How do you read this number?"
points = 1
choices = [
  { id = "3bbf4f", text = "A Russian word is cut into 6.5 tokens on average.", sealed = "45925a65f388abda48d72fd4b3524750d545eececbd51e355c97f24da7b8692aada4ff9b520b9e5d0e26d64a8c6f4d05ce846719559984561dc4be75777b5c64ff60f64d644b06bcac84651de18b33e016e5f2f536891f06a44e37425621163c2ba56dbff4fb9a3b27497ecf026d3bd93635c77eee0ec09bca89a38295e117681a8e391b35462fdaaeff5221bd93cea4ca1f8170b6c741c30b17634015fdb0a826f5a6bb84c6b699189d5188ae1cb3deef544ff455fab21755ae1c65050a3eb9" },
  { id = "4b8379", text = "The text costs 6.5 times the tokens of the English one.", sealed = "138e5172f0fe036a1bd449eeac572740c735eb8c26ef0a6c9ed1b77d55b2b0df7067a3bd7aeabede618acb7dca96e5aed8580396eef65564aea9f79fbcb6c0ce8ee7ffd6fb6d57363a52ab5719ca63e20dd84fdae3498e9481652536ab8ccabecb91c6a64a5158348d21afd7198523490bb8c0980f2f09aa0273c025cd707506d471462cd2c3f42c50513fd9073d9ed35e5b1fd645455b45a5c96ef8db4cf1d4862c4d583b5109f3b50c5dbdc5471df636c95f2f2ed8c6cf7ddc9ec29072f3b2" },
  { id = "65703d", text = "Russian takes 6.5 times as many bytes as English, in UTF-8.", sealed = "7ddfdb4535c49a29c6cb47d3fb029fdcd9d78f8277a7d51564d69820f536cb940e285a2a4a3efb1b5fe3798546bd4e0090827faea10c3b3e60b705a84bb5f1e121ec66c1c4659f48632a61c98829a48f906db071be129aabb3d54f9da2c519ce27272f5223a81306c4ecd1ae94988f89a29a2c1f7f9589e581cf96251d8d544fbefd46f2cbd4b78a5ef2e62a4a8586aa82ae4a346586f6fc371e11a1b77254788e5bcaa91fc099e6e694ee63fbdacc7b0fc8e4136744c88f2b398b488e7e86ef" },
  { id = "ed6163", text = "The model is 6.5 times worse at Russian than at English.", sealed = "36947bd9a46dc9eb080be12f488fb6e79ea29a5ce361a22bbe8b6a113845504941fdd78a24ca1434032d624038cd779e6cfe858153cf53ecbc4c0b5f3e48fa9252fa194e5cd1af6f5b8e043e4758014d515556ce1dcf5b06f7159b94d4a0f5100875ff3fcee025c3c4e95f1a9d26b3beeb9d96db20ffbdba49883e0425cc9770" },
]

[[question]]
id = "special-tokens"
kind = "single"
text = "A user writes `<|endoftext|>` into a chat. What should the program do?"
points = 1
choices = [
  { id = "67ca25", text = "Encode it as ordinary text, in several pieces", sealed = "236a3efd360fea51b216dc21c63d0578c929252a9536286235caaa355ccf0126f7985eaf4a18dd0ae054281f220124633016758385a3b7a42c836eed0e05e2736ebfe6ba38c0891ff2a8fdb9021c8a5a5a8f2f2bd95f766f1aa486f515385dc41a3a9f276d3da67b7533ced9ea21cb756e25f964665418b472028f9ac4fc5ba5" },
  { id = "7059f4", text = "Encode it as the special token, since that is how it is written", sealed = "a7325b1a7f47d94b8365ea785c6d6635ffe4ef026cbcdfa5755656b26ff05b258a4a864cbb5a6ba516084edfa3eb9eb707fb4275413938e01c7576ed611ca244be8bf853bf4ff25e1e4b63d7c7df57547c5e478b2a4b4ce6e66d86f54bc4f35f9716b294a715bdbc060abe31a4c04f970de8ff0219a0989cea82050b96cda2c9" },
  { id = "b01abb", text = "Nothing: a tokenizer cannot know it", sealed = "bae7327bd478939493928d1386f3b482f905182b8d22c2f18321ffa8ec11ee6302b4ef205b550e93d038807f84ca46705f1ec992793075b3b362dff6b3f09a99b8ccabee9b278d35f69e9350ee6bdc55d9a6db5edbd0002b77c2fbe6a10a92cbc4f80330722a3209a3b9b47f153984ee5c0fbec4a945228abdafa97c063c0049" },
]
"#, r#"# Made by `cargo course exercises` from the quiz with its key. To answer it: cargo course quiz 07_tokens
title = "From text to tokens"

[[question]]
id = "first-merge"
kind = "single"
text = "A text has the words <em>ship</em> (9 times), <em>shop</em> (6), <em>hop</em> (7) and <em>top</em> (8), each cut into letters. Which pair does BPE merge first?"
points = 1
choices = [
  { id = "0ba1f3", text = "o p", sealed = "da76a1a5a993a9bbf55fc604c417548ce34662cdedaf9efb77a4a43fbb28e36fc9407562ca37dbde2e3a2c064506c36f1cd98f3b63398c258d34ae2a142bfebd" },
  { id = "2dead1", text = "h o", sealed = "5baa2a85ea9c6d6c4c855e78ad6b75bc264bc21cb3284e9dc55721b2f08dbd101754c54f6d4d236620ce87111e7b79e4fdf39ac55da715860b8ed05187de2eaf" },
  { id = "5e4fbc", text = "s h", sealed = "fbc0c6f37b493c24c1430a4e4fffe8a28cb5b969b6dc3a9159df805b7086f52908d8b499eb422d750225653e83605144520d46af8ca8056154ae89667cc7b7a2a8abc9fe9aadc2cfd974ca9011ed61de63bacbe2d6ecfbf6b8e561d5528f36632706861985ccc1928298dd254bf3475db7238815a7a8efb472569aa0cc90e4d8" },
  { id = "f9892b", text = "t o", sealed = "3f660a9fe3527520825dd07cb6a9cc1a159299de370899d0602ee10c3b9fcb766ec8ceb9f06ace36ed880173e755932a6bf90d7e004af65691d748219240983df14e36de1f906a3460e22d48c6dd1be36cf90a129a42895fe928c03295e153d0590137481129ee604414493af5ab23914f7cf8b1dac67601ac6ff93e5bb97376329601d0f5271a7de0c0e684c7a22109351287ed11f5d9b97d835854a85a9c9e74d38cb0d857c5f6360a6815c5e61ed38ed501769dbae008ad021b0b06bce461" },
]

[[question]]
id = "bytes-of-a-word"
kind = "number"
text = "<code>bpe.first(256)?</code> is the tokenizer of section 2 before its first merge. What does this print?<br />\n<code>println!(\"{}\", bpe.first(256)?.count(\"naïve\"));</code>"
points = 1
width = 0.20000000020000003
places = [
  { offset = 0.19999974419997102, sealed = "b7ce1a17c9a2faccf28619ccfb7c32cddb2b355675f73e5e76c126fe4106e2c19e6dabbdf070a70ba1dad1676bdf556706f6acd2330891b7f8861c4c09d31bac006672602961df7d7d818051ebf5abf27e3d16690c9a15b7dcea2fb5ad98148e6d775a0fdfac270df8bb0f0dff592664d04ff457ccc0c4ba71b1d7638b979802" },
  { offset = 0.1999999941999988, sealed = "7d4390b210ff456462d978ee27c096f7543dc2f7e6de07be57d8628034ca53c66c414356a4a85af4c45872e07b94514939e6e6f1ca575f8e51b31724b12e68a636c85ceec16e610e34651d9ef7a6bc7691fd2feb577ff99f861f1777378dee11023d0a771b4dca111465d95dc1a3d1ec73a28338600953bcdcf54e92cf34e169" },
  { offset = 0.1999999951999989, sealed = "8062bf3f79ee99ac2baf6ff365d519ac978e3aefbcf227124410e28f1bd58cdc5f19b552b4a0287ca7de1602b59eb2036ef94ddc16232b284721b21e02e1fb94" },
  { offset = 0.1999999991999999, sealed = "ff8d6f207184530d6f9eae0085c6d26d262f872dbfd7ebb90e7fa6d6676f8e9da8e9f56b8e79199be9bf789050f891407ea279ceba97d8a2f4a77466b5198bd4f4cb4d90ef2fe7a7e8bf8ce6f77e59077ef3e9d5cb8efe426a3c4f91362f485b9df39305cb270d966b7608aa3bdbec65a58b1b33aeba828796b5fdbf29c1224a" },
]
otherwise = "a3338f7237104d83e824b87fa3523c44f7819fb4d1a0fcd31f83b0abc3b43f998018035a0f82e3da31c95f21fa20814c40e3062eb0db5e26811b6cfbb44bd62f64e9117517d2260256d85b275dce3933f10e93b1cf26ba6070b4f47ce91d9116b94d8b7ba950053a9999c94341338c384b035ba36d01b187dac77b8540c9a70c"

[[question]]
id = "viterbi"
kind = "single"
text = "A Unigram model has the pieces <em>ab</em> (−2), <em>c</em> (−3), <em>a</em> (−2) and <em>bc</em> (−2.5), each with its log probability. Which cut of <em>abc</em> is the likeliest?"
points = 1
choices = [
  { id = "2c7a52", text = "ab, c", sealed = "ee8ed27499f8ecb6f6b7a1530932ff9f9ee1a52425579280349bfa98034c7872f343c6c0e55ffd6097f4e300bc2b74718cc34e030dcf0942f8cdf7391fe490c1144fc101951b02341a8011f0f490f7a3ee8c322132128a19da4887a3d81b7a4bf1a22b3acfd3c118837bcc72c386dfd58788c1b72bf43b9f065705fd964347f6" },
  { id = "2cfc16", text = "a, bc", sealed = "1edebdfc89de1d96c56c85f2fd17054cff225af1907dc0eea04b83dd4e3fb26639347cd05544db84c834fb3420c66ff8d7b9ddb9443242f577a20b7e6c290422" },
  { id = "b9616b", text = "a, b, c", sealed = "e432fa514fd686781df9a590bd6fb689d7ec22201dcc518f0ed17b4fcc7c98fad2bee41a5636169f2edf9065452ac6d18b644f244a10dec67f9cb70ed527ea04" },
]

[[question]]
id = "larger-vocabulary"
kind = "multiple"
text = "The vocabulary is made larger, and all else stays. What happens?"
points = 1
choices = [
  { id = "2a098f", text = "Each token is seen more often in training", sealed = "e944f48854ab68407226afc472e780de5442a69803a15616eae67df4d9cabf2ab0fe0293db5bc46bbd735beeb977e3150e25a868f9ea1858e99f141c42dd78a1c4f78b0775a4e49e4c0c96b7ae7985e189bd283078536cdae816f19b494a536bcf992d779ae4d424ac34f73806fb045456962778294b1bdc3f3af1f4240933bf" },
  { id = "5ae1fa", text = "A word becomes fewer tokens", sealed = "e4fa55b072edda1cc9758c0b9060c92369a1c6b36f2c1a8c9907e84d4631a6a13cc85108fdb1e4e783c67629151cee087c3572e9aecc0d2f825e709336391c087a95655a5af84bdeec04b04c3215af1e355128fab23845cf0c928d07a4181b50385aaf28e929e11482449262807df8d29f251ad4794869a4e9e887d5e733d89c" },
  { id = "91f54a", text = "Training on a word becomes ever cheaper", sealed = "ca5ecedfe6667fd554f1107e4d44e194e5fd0cef2797ac056d78789eba4642889f6d77f59695f26a6bc545469cae09a71e52a1dba2ccfc2a277bdd239b693639cae6b5036de8901dbc9d241b2d3118aab0a902f5ef3583757a3123e46aeab867969159e6fd0c53ccb6285d5e4f287778718eef400b2ca50c3db9b7de154440f2" },
  { id = "d5f572", text = "The embedding matrix grows", sealed = "3dc3d3163dacdf1dd8a186944f4b1603525885b36b6ad2d0c902db16080b5359023c75acffbeb7176587f33ce45c94ffa667c2c13d48f7855da4f12ffe24ba65" },
  { id = "de6bd6", text = "A context of s tokens has more words", sealed = "0d1d6d93b1245983f9e9f1e0b62dddb579c97886415230558e3724e3398f4bcf84a5f6b5a5e2255f6939ee3a910a48ba8349e269a1c537c1752a6094764cb2a1" },
]
right = "44bfe3c89ce720537c4f35278b1c700ee0022aea35f23021a1287a1e073afa992751f173b14ac35640fa351cd4aa0c596b0fd0c54e6ddcc1429bd905a13ed638"

[[question]]
id = "premium"
kind = "single"
text = "The table of section 5 has 6.5 for Russian in the column of GPT-2. How do you read this number?"
points = 1
choices = [
  { id = "3bbf4f", text = "A Russian word is cut into 6.5 tokens on average.", sealed = "45925a65f388abda48d72fd4b3524750d545eececbd51e355c97f24da7b8692aada4ff9b520b9e5d0e26d64a8c6f4d05ce846719559984561dc4be75777b5c64ff60f64d644b06bcac84651de18b33e016e5f2f536891f06a44e37425621163c2ba56dbff4fb9a3b27497ecf026d3bd93635c77eee0ec09bca89a38295e117681a8e391b35462fdaaeff5221bd93cea4ca1f8170b6c741c30b17634015fdb0a826f5a6bb84c6b699189d5188ae1cb3deef544ff455fab21755ae1c65050a3eb9" },
  { id = "4b8379", text = "The text costs 6.5 times the tokens of the English one.", sealed = "138e5172f0fe036a1bd449eeac572740c735eb8c26ef0a6c9ed1b77d55b2b0df7067a3bd7aeabede618acb7dca96e5aed8580396eef65564aea9f79fbcb6c0ce8ee7ffd6fb6d57363a52ab5719ca63e20dd84fdae3498e9481652536ab8ccabecb91c6a64a5158348d21afd7198523490bb8c0980f2f09aa0273c025cd707506d471462cd2c3f42c50513fd9073d9ed35e5b1fd645455b45a5c96ef8db4cf1d4862c4d583b5109f3b50c5dbdc5471df636c95f2f2ed8c6cf7ddc9ec29072f3b2" },
  { id = "65703d", text = "Russian takes 6.5 times as many bytes as English, in UTF-8.", sealed = "7ddfdb4535c49a29c6cb47d3fb029fdcd9d78f8277b1d2012ed1927eb03696c218651062582bae481ef975c45be51d41909332a5b00d3b3966fa14a058f9f4f773a52bc1885b8f492a636187fa30b2888d69ac71ba169dffa2d000d5a1cf4ddf23662f6432b956078fbff1e698cbdd8abe9c2c016ddb9baa9c89c129168b1345abf30bb79993f2d950f2e62a4a8586aa82ae4a346586f6fc371e11a1b77254788e5bcaa91fc099e6e694ee63fbdacc7b0fc8e4136744c88f2b398b488e7e86ef" },
  { id = "ed6163", text = "The model is 6.5 times worse at Russian than at English.", sealed = "36947bd9a46dc9eb080be12f488fb6e79ea29a5ce361a22bbe8b6a113845504941fdd78a24ca1434032d624038cd779e6cfe858153cf53ecbc4c0b5f3e48fa9252fa194e5cd1af6f5b8e043e4758014d515556ce1dcf5b06f7159b94d4a0f5100875ff3fcee025c3c4e95f1a9d26b3beeb9d96db20ffbdba49883e0425cc9770" },
]

[[question]]
id = "special-tokens"
kind = "single"
text = "A user writes <code>&lt;|endoftext|&gt;</code> into a chat. What should the program do?"
points = 1
choices = [
  { id = "67ca25", text = "Encode it as ordinary text, in several pieces", sealed = "236a3efd360fea51b216dc21c63d0578c929252a9536286235caaa355ccf0126f7985eaf4a18dd0ae00877106a447a393c4e6edfcfaebca0659d23a35646e3782beef4e337cc930fe4ffb5fc1e1c84501fd424219d02797810b897eb566a1cc81b7d98266d33e873302fc8ccfe2d8f7f2866ec62231105a92117ca838fa40fa5960ca5fd96809c9eb4c8da46cffa12b2a88e62965eedc9b8af916707196c110a5739225c0a00d5f5a3f2b601f6c94cf131aa45f061efe83749b725de4451c46a" },
  { id = "7059f4", text = "Encode it as the special token, since that is how it is written", sealed = "a7325b1a7f47d94b8365ea785c6d6635ffe4ef026cbcdfa5755656b26ff05b258a4a864cbb5a6ba516084edfa3eb9eb707fb4275413938e01c7576ed611ca244be8bf853bf4ff25e1e4b63d7c7df57547c5e478b2a4b4ce6e66d86f54bc4f35f9716b294a715bdbc060abe31a4c04f970de8ff0219a0989cea82050b96cda2c9" },
  { id = "b01abb", text = "Nothing: a tokenizer cannot know it", sealed = "bae7327bd478939493928d1386f3b482f905182b8d22c2f18321ffa8ec11ee6302b4ef205b550e93d038807f84ca46705f1ec992793075b3b362dff6b3f09a99b8ccabee9b278d35f69e9350ee6bdc55d9a6db5edbd0002b77c2fbe6a10a92cbc4f80330722a3209a3b9b47f153984ee5c0fbec4a945228abdafa97c063c0049" },
]
"#),
("08_ranking", r#"# Made by `cargo course exercises` from the quiz with its key. To answer it: cargo course quiz 08_ranking
title = "Shaping a space"

[[question]]
id = "loss-of-zero"
kind = "single"
text = "Digits are trained with positive pairs only, each loss being the distance of a pair. The loss falls to 0. What does the picture of the plane show?"
points = 1
choices = [
  { id = "0e8210", text = "An even spread over the plane, in which each picture lies next to its partner.", sealed = "1ba96afede34cb2d95834ce9c41e027749981a6376125775274eefbdfa0ede9a52a339616a0d755eea18bc07d2a9d245f1d1e4c01bbc0b3392723c1ca07ebde89b3f22c3baa6e0f16fe7392a678587ff49dec46d6c0c37cda0f3c234a927b03752448d83c851672d92f265a47ce987d4d3cdc59e69256e3d608ab01b4843f061" },
  { id = "0ec27f", text = "The start, as the gradient of a distance is 0 near 0.", sealed = "5b06d410245764082ad4b2180ab7b2905ac99687660783896152e23aa65dc48f00441acafa062a60c3964778afca11ce3e2466952dcb2889f383c84839ad60e5feb970af12c705b1342c1e698552301fcde37197e0d4cc97de876689829d6c957bedb016626ae72c25ba05bb400089e9f280f59d9ebf7860a20e20e99c4f83c6" },
  { id = "d791f6", text = "Ten tight heaps, each with the pictures of one digit and far from the others.", sealed = "671ccf0ffe055753a5860c432617a118d5a49d5cb8eac01361887f23fb0b97204d632bb4d524f9ae0c90e62a27fcf15d756bd6ea43aa0b72e95472f5cd76e6f0109895aba32398f2435876d8bdc4a6a4d8f0510b70bd5678c1a469f66c895d157d8d9275edaea90592a2373949233304f770337c255b7a71ce114fc206587e6f" },
  { id = "f26e2d", text = "One point.", sealed = "d49a702684cd06910770b8de15e7ab056541419a256b3b1edbbe04831e884b8a458be99697d3ae7bbc9e85f979e6b3bcba5baab8027bc13b74bce73d1b752e7f7136d71a06b967a3899c5d2fcff610a4e5fe84005d98a3e92f095ae067fd496ecd08b450a4762e1e3cc33fa94d883d34ae599348b264d01f7e13a143e102237c" },
]

[[question]]
id = "loss-at-the-margin"
kind = "single"
text = "The curve of a batch-hard triplet loss with margin 0.5 falls at first, and then stays at 0.5 for hundreds of steps. What has happened?"
points = 1
choices = [
  { id = "225095", text = "Half of the triplets are right, and the other half are wrong.", sealed = "a2a531c738f3db7a5c06655480734f7fa9ab5337a922f42e3574237c0c6f41c6cbaf867c9713182b1145596dffbe3a8e903ffd3b2b28a72b6b5202aa1702a4cb5d6ee5a71d7cf4d20e1777c6ac709305abfccb47b0f266940521d2d6fb7ab992bae9d7fbfcec817d8c1f567d488e8644b0cbe8efbf48624faf25657e962678b4" },
  { id = "9b70b8", text = "Each negative is farther away than its positive, by exactly the margin.", sealed = "bff1967b2feb93a1b59f2079095eabdbf2e15b30dde87b045388d0a8822e58e4070102bf0bcbd666bf5b6b34747eb64a806df964b462ed8f52b377b182ff03a5f2a4e84cbbc288f373445d0666fb82d3a50f2bb4a8f4db6e1f9da3013578fe6c3f9ca8f9e3a360a58039b7cdcfd08ccba65ffd53a08e5f87ede8a4cf9124f954" },
  { id = "d58d97", text = "Training is over: the remaining loss is what false labels cost.", sealed = "c4cf527d0fe7a2b492e937dedfe3465523f7e190301ee6aacfbefe5e912add5fa9466dcf782d35de3712f6b5c8790df2dc8357dfaa25136dc31ccab2bea22c3aa28ee70f4de8238f7722fcc606920ed585fe2cac50d29018eef9c931d57d7df91466c6b163d4636e80bd59ff11d7a323876a923c27daa397924d415b5e726f95" },
  { id = "e51743", text = "All vectors have fallen into one point, whatever their class.", sealed = "641c75895ef2dbcf82272d4100994910184c37effa280121f404f2c37e841e1bc3b59a98185234102b2dfb9e0d85755768f055fdc4ddb737d1d140bbe99cef3e1c6fac50b17520cea82b514e33b552d3f355ce465807bf03033103a35b736fa929d4eab561896664e41a4500de04a99472a298c59b0a4efd22a2c59798d591916dbc6ef525b9a9baf0b14e292de52ce6fb68522cff7041506397bc3aa7ea53f741041f306d00a2044cdcd13ce4d99a7ef484674f515e0b2e7b082e6e485c307e" },
]

[[question]]
id = "which-are-semi-hard"
kind = "multiple"
text = "The positive is at distance 1.0 from its anchor, and the margin is 0.5. Which of these negatives are semi-hard?"
points = 1
choices = [
  { id = "2df552", text = "the one at 1.4", sealed = "b4f2c0b9d1d3a34aaeedec6a302889615a8af22e4838c8365130be4f24a46125b0251d79c51663e907314bef7fea5d7ac6290f2058ae1610e442dc925d7115198d37e7552c147738b635445278db53c405d9939b095d202e351ccc85c9803a3331c35d0263416653e9bd5704142f119ed9facaeab217e4837b8b3923f3643d20" },
  { id = "4109dd", text = "the one at 0.8", sealed = "a4d9714e75e5c97b3de3777cf2042f7fa4ba09c14d28d61c4c82c638fd10c887d286c5ded226428004d7141d57e9d2ad4f0261f9c9be6576d16c58a1546d52d7" },
  { id = "62ef78", text = "the one at 1.1", sealed = "8da067fd1213b7a7733e18c5f18539453a1f7c7540dc39caf9249ae10a2ffbdc4908467b53c02019ef6c986914b0e889e5ecf39d1967837912f48b5308e1b83ccfb913364a86b8876994a9785c19164e29427a7c32f27592160fef0969fe25ad6f439bd2d9426eb1f576a9040cc1faaa44bc91d67099bc8d070a5a5a3d8d7da5" },
  { id = "db0e13", text = "the one at 1.7", sealed = "9a56141ebaded4f9776368871bf1a24cae072b96f93a98b0ce958a6cc3c88d55959254dfdddf8a7d8a6cd7d0b7cc7e240e94e21ebe450fc543833015a3b1c953298eef2a0c930093bd88be6930705c5231ba8239f1a5decaa0ef42efb293f126360765b06e6a0c4d78a459b8574f69fdb3ab248fd674008bef7e3609f753fc9c" },
]
right = "c7fc43e7751fffa659b298c0644e47989c79b9a4fd442fe5f16f89f251f5297184398105fe325986a47646c5c43abbe06b33c0387576cca2c4e28515692aebab"

[[question]]
id = "who-has-a-gradient"
kind = "single"
text = "Look at the last of the three histograms in section 4, who learns after all steps. Most triplets lie to the right of 1, the margin. What follows?"
points = 1
choices = [
  { id = "0acb8a", text = "Most triplets still pull at the vectors, so that the learning rate must be lowered.", sealed = "3d0a7720a39c604bba37135e199d981fdfb109ce31f98f5117c3edc31cb0c6e31c6b413c2614865b60b39cc9ad699e9394c9602f6a6616ad3780e06baa17e29aebbf0be6b03ec608982e7f0caee5197a7b9431e749c7b338d3df1be2cbb47abbd6d417cce826f387b8cde4e5666edfa32ccd510b120a418879db95651e122d8d" },
  { id = "759e45", text = "The margin is too large.", sealed = "e97d8c21c6710353b9323a2a49c08ae46937b1c112833efe16dbcc89d1d2558f8bc51b872a749b1715e5445c19bad7580c7545116dfc49a3e89ea92b0ee6bf03356339cd0728c11324d9246610ae479c7f8e29fc62e8b0b3888829a54f159866484dba20705b7947178817942dc048ca8171dd5ece9904cc70edf27fac50abf0" },
  { id = "a00cc5", text = "The space is finished, since the few others are what wrong labels cost.", sealed = "3e5acbe00538f92a78844487377af0f580378090cf37b7d1d9086ffb410f4a1d3eb3caf4a3ca9f5fd1e7b380ebf4b7ac4a4d75b2fb18de462430652f89a61aa3aac1207fff7e616bce621a8617559756e88f081097f7be253c75f9d50fcbc005ee9a65c2561fd063672c1141c32c169a8ce37ee900ea14622839944a0ae4f845" },
  { id = "da09dc", text = "Random triplets hardly teach any more.", sealed = "0f4e2bce6ea8e5e4e3a71d0163df19b4baae3a699af4c6c52763e9b59fa5ac92f327b415e2af61ddafee8cb7d360a1b3858b3fbf51e616a70eba9d7a0bfaced906774f34abefb4fc292ba8cabeaccdde4f8864f7973b8ff3c19c7ce6619630fcdc16eec5d078d7a740c07886599faad2430fffe48fc7b0c09388f6ec1762b6a2d199399e422db10a09eca73969ba8907b5512b2ac20acbdda42d300c4755520f5f28880e0f87667118776546690946569513016401dd0c3c6b37e2aba850ed94" },
]

[[question]]
id = "forces"
kind = "single"
text = "What does this print?  \n`println!(\"{:.1?}\", info_nce_gradient(&[2.0, 2.0, -5.0], 0, 0.5)?);`"
points = 1
choices = [
  { id = "519f68", text = "`[-0.5, 0.5, 0.0]`", sealed = "6f151bf6c17d6b0ca9701369d80c4d04cf9e81144b09fa07385d01869305132d5d29c051ca1a62cd986725196f87ff9e8ba17659c309d9ce8979f83219f15eafbdaf39a4ed7d23a3db459d905615ab20c59e94b40935378a4db403daf9b9e62a925c93b26d9cc4bc03b4f5f795de3683495cfe8da5a0ed64c819189fbc423268" },
  { id = "5ad22f", text = "`[-1.0, 1.0, 0.0]`", sealed = "e2fe7d33460272feb702ea6a74fed4a8ddf291c14b848a004f0e90d923a1d97bc6403e143a6ec9a251e89b539ae2d168fd1dd5a0796cde4056b10d4d96e56f512c9b0b82331972f5eaed7d77fd5f0fc5aa969187fac1080812ced9934b610aac86d676d9bd9f0aad9be45486659440693eb92b6fc26d22917242cd19142c186094679beaa5bb22feeab74999aca5447872a5929e56665043bb36742028e6c506d131cb310d6b9ee335438cc2bd371917bfd6948b75e2bc69a79587a4e5cabacb" },
  { id = "9a6562", text = "`[-2.0, 1.0, 1.0]`", sealed = "faaeb239259a91ba51f9686c60bb286902277798d25b6939478d4a3c43d6bf8da71de0be61697563893db1e21720fdb97e3508b2a3e7aa47a20ec882938ae025b433674708386e06aa64e044bbf9457cec345ff83ffbe69291d29b596d40e3041ea562bff5ac11f7efce99ccda1b312c2174188f76dad554b8aec2e329959d13" },
  { id = "b6cb53", text = "`[1.0, -1.0, 0.0]`", sealed = "4b7454a72c132ae7bee55bc6c9544fa52c416159404b7d26b66c77882cbd3913e3f52503c5461614f6ef3cfd30c2c623b2a90de2f255bd6b5226561d43beac4cb7b39b4458db24988289f6d736a47676f601a1e7816b9e04ad1e461315243270c2c8e4a8c2b374b6573e155781e9a16b9e0d5e1f3863a5af4f2ab5e7087b4c70" },
]

[[question]]
id = "largest-bound"
kind = "number"
text = "Of ten signs each is as likely as any other, and the context tells exactly which one comes: the mutual information is ln 10 ≈ 2.30. InfoNCE is trained with batches of N = 8, to the end. What is the largest value that ln N − L_N can reach? (Two decimals.)"
points = 1
width = 0.020000000020000002
places = [
  { offset = 0.009999998059999848, sealed = "1bc38bc99134fc4e722465444989e5ddb90416ef41bc1780278df843c0da9e9e97935db2efab71c6c00538c43e81df1f6560f334ec13dd57dd5a207a9d28337cc82dc17d18b488b72ad612bee97dcfe997cb19ec48fae3cf1056a124f4e4f7849d785c5b5a58890c10be22c5bd21e5eb43a6e659bc22de1d09b5a350958eda87" },
  { offset = 0.01999999701999977, sealed = "7b4a3845dd5029781a8059f99145a37e8fb27a1ea5d58913cb443260834456965801722ed25b9f2e9bda2a20686fe48526631bedcf0a5bd7faf77bfd859fa902" },
  { offset = 0.019999997719999385, sealed = "7e37d9d7b0c663eefd926088d95de6e920fc6596f563762358da90621a1e68c9f8949ddb303a4017bcef75cec8b324b6192614cb9c864ad9ab4b9909c7a4622bb467ea74f3bab7a3cffcc05ed3f47b5e2179cc9b03dc38cdef638ece3e9c32c342d02f0b77e96b9f501d80eb2d707ce86bd78f6fc5028ed71d9d99bbdcf138bc" },
  { offset = 0.019999997939999847, sealed = "2dd085e4e9bb1bb0066632206d8724f0315245815ac67d7c358cfe8261f2d2ef1a4690f94e2e534cb3aae9a090087a0528317ed579c784ea94c42f6c3858f9c00deb940eda6521886fe506883b24d04be360b730ca072063d7b217d39160946dc703b81594619eb5c250039a95577f26b4c8c4504107435efc129ff5b4d43db6d3fe4aa80c4296f79eecb8d0bc946243862b692935fc8c914d04da66b2401dba776e52031a924196d7ff85b665d385054ab0dab2a4d078cceee139d78c60255e" },
  { offset = 0.019999999799999973, sealed = "252c1acfacf0e14d96e277080ad316bc744cf9e325e07562e6acc135fea8cec6ae5d5511b54afd3a74e2ee858befd4e6aa1a2d627a4e61a4711a0baf8ab7af0db021b2a146973eccbc4bb787b9b3e0a48225fb1a69af1fc7515c08d571b0e1ae6186208b7959d4ab9e114314e5ee2f6b54913e5da23738f200c308d3bc495d77" },
]
otherwise = "9ad5a776e117ca2902f10b10f6b77aafd11020e60d7ad0d342962d963ab8c7e47df416bc7c7b0f010d9ade3c17b8bbba63fbe111f4311ac74677539acb02f0170c070f4f25889e02ec49b670abc46209649c6abb97708af2e0c5c78a3fd0c68d5c2406ebd9e18436c3cb6c43fef0836f66f2b429f3fed8c2e3e03340e3b1efef"

[[question]]
id = "twice-in-a-batch"
kind = "single"
text = "One verse stands twice in a batch, so two rows have the same partner vector in two columns. Nothing is masked. What does InfoNCE do in these two rows?"
points = 1
choices = [
  { id = "39cb4c", text = "Its loss there stays at ln 2 or above.", sealed = "8f85901810e73ac8fc2e9a1fe9670bad90d582b8461ad26ab0fa3714760f96d68c96c7ffbe04afeeb0298c8a9dc5844f58b5cc211a5061b144cbf19ca2aa88d9a366e7c32f8f02a01442b062186b0f371736f1a785300fae9a9e97b4e20e6615a3f7e662f43d5336d9c55216ffe725a559d3f3b64f7dc7cc14033e6d510f05a3b86fc99b2b3663a7f5c55e14e228087050305b3c6c024160f6da2a8d5e16572f2bc7058ecae07881cb7ff0c4dd5185396807aea303215e1828499adf8da56150" },
  { id = "4ad30b", text = "Nothing special, since the softmax compares similarities and not texts.", sealed = "574f715340b4193db69794d8b33ecd5a78094751f82de4508fd29123ce198ceac536aea2708b517f587d6dcd849fbf44214c478a38446bf1b1ec484fe4b1d4236f9e39d66b11c142e1ede5bbcc19b345cba3ebef1551d6fb8a4c009089d679ec24dd153c64a6487fae5afc85f18242c7dd6a24559c9b51ec784f9973945d41e2" },
  { id = "97a766", text = "It counts the verse twice, and so learns it faster than the others.", sealed = "6eb5069a5f3f2c10eff6b78dd14f0be26b5782044f5789e3ebcce985555f78bf28c7b33bddaf307e748391fe7209b65f01e9298f879ef8fc6581466e48d7ece69402e5169b4d3829d366d432eedd1d646060a0d9531f2858b728e6ef182f52d477435ce63b0d93e57e42a23dc510d4e3203cfe6550264e1cf0a6012c84660717" },
  { id = "cddddc", text = "It fails with an error, as a candidate may occur only once.", sealed = "1907c19448df0fc68223355e73b8f4c5de8cea6d5e7c4e1c77cefb00b9af674e3a21fa1319e2342f459e1ba62e420e7f7c9eaf76d4799ec3ecfa478fe20fc77138d2f7a242a7c1c2458d623c51acb5c32376fc304fbc2eccb027fff1617e3c2c40567790d5f6ec1093278fef646ea76799a9fc027715bf026d4046b413857771" },
]

[[question]]
id = "masked-row"
kind = "single"
text = "What does the similarity of the second candidate become?  \n`let row = course::loss::masked(&[0.4, 0.7, 0.2], &[2, 2, 9], 0)?;`"
points = 1
choices = [
  { id = "1d78b5", text = "−∞", sealed = "e791cbe9add5b71627eb134f7f1eeeb2affc8d91353dbfd7d4de1725b5839a3d5e4c0f8ac42f8720840c7c1c23c3e25b69b65be5d55532aeb150772d1b278738f4f058e67a2a7e9a68f05c20ea604bc2d1c0067c353ae7c8f7ca9f397ea4461eb354bcd280d9aa1d337b81882faf4712741c8c4496ee3829380750ed83a76e1b63f9f8dad309002662fc924f1fae103e2dba82a3f656f8a056880e2f00921ef7677f4d14bcee77c5cd26f7b5f81f2f209b0e21be5e139462cd01aff51fc5a45c" },
  { id = "76a20a", text = "−0.7, so that it is pushed away less", sealed = "974dc97f89c7aa42fb8f1f860ee46b1183a3ca21e75e7740bcdf32f86eeb52f2554a204b5f1d16af8716474230d56b0f2faeac0b18facb406cd1861ff6a49bbb08336105dfc7d1eb5aceb5b3dd9fda168a775b38b845bea3071436e7933585ac509cace3d4ea94947b78ad674b190d13861864197883bf05652bfeb9ce1f1c3a" },
  { id = "79932f", text = "0, which means that the two are neither similar nor dissimilar", sealed = "c1a2a3eac75a927a73c47d862a7b81474327e2d3b1eb788a4350674c788ea9d1aed52919e93dc7104798b5c6b67e877fc71cd9229d60c9ae8507cd04015a7011a5c902a530458c9a0bbd6eea622058ab19bc948c9d167bb2a52f46a2837e76c27be3f47dcc5792e77fb4a52dc6a4475f55868aa476e8372535d6989f03db695c" },
  { id = "82a464", text = "0.4, as it has the label of the partner", sealed = "d3edbea2ea1037dc8be35c054f0bd20a24f49200e1d50c44d4382b62f9382768697dce1f73dcec2500e73dafc171840d5d611e7e6d2b3c0c4697d382dc42c9dcae4b775077a7db4807e915a5ec19f7a9ae8c7690b8eba0d47947c4fff45ee28fa379acc566f86db27cfc9c1b55f29155316c8640dc2f83bb103e85abeda1be4f" },
]
"#, r#"# Made by `cargo course exercises` from the quiz with its key. To answer it: cargo course quiz 08_ranking
title = "Shaping a space"

[[question]]
id = "loss-of-zero"
kind = "single"
text = "Digits are trained with positive pairs only, each loss being the distance of a pair. The loss falls to 0. What does the picture of the plane show?"
points = 1
choices = [
  { id = "0e8210", text = "An even spread over the plane, in which each picture lies next to its partner.", sealed = "1ba96afede34cb2d95834ce9c41e027749981a6376125775274eefbdfa0ede9a52a339616a0d755eea18bc07d2a9d245f1d1e4c01bbc0b3392723c1ca07ebde89b3f22c3baa6e0f16fe7392a678587ff49dec46d6c0c37cda0f3c234a927b03752448d83c851672d92f265a47ce987d4d3cdc59e69256e3d608ab01b4843f061" },
  { id = "0ec27f", text = "The start, as the gradient of a distance is 0 near 0.", sealed = "5b06d410245764082ad4b2180ab7b2905ac99687660783896152e23aa65dc48f00441acafa062a60c3964778afca11ce3e2466952dcb2889f383c84839ad60e5feb970af12c705b1342c1e698552301fcde37197e0d4cc97de876689829d6c957bedb016626ae72c25ba05bb400089e9f280f59d9ebf7860a20e20e99c4f83c6" },
  { id = "d791f6", text = "Ten tight heaps, each with the pictures of one digit and far from the others.", sealed = "671ccf0ffe055753a5860c432617a118d5a49d5cb8eac01361887f23fb0b97204d632bb4d524f9ae0c90e62a27fcf15d756bd6ea43aa0b72e95472f5cd76e6f0109895aba32398f2435876d8bdc4a6a4d8f0510b70bd5678c1a469f66c895d157d8d9275edaea90592a2373949233304f770337c255b7a71ce114fc206587e6f" },
  { id = "f26e2d", text = "One point.", sealed = "d49a702684cd06910770b8de15e7ab056541419a256b3b1edbbe04831e884b8a458be99697d3ae7bbc9e85f979e6b3bcba5baab8027bc13b74bce73d1b752e7f7136d71a06b967a3899c5d2fcff610a4e5fe84005d98a3e92f095ae067fd496ecd08b450a4762e1e3cc33fa94d883d34ae599348b264d01f7e13a143e102237c" },
]

[[question]]
id = "loss-at-the-margin"
kind = "single"
text = "The curve of a batch-hard triplet loss with margin 0.5 falls at first, and then stays at 0.5 for hundreds of steps. What has happened?"
points = 1
choices = [
  { id = "225095", text = "Half of the triplets are right, and the other half are wrong.", sealed = "a2a531c738f3db7a5c06655480734f7fa9ab5337a922f42e3574237c0c6f41c6cbaf867c9713182b1145596dffbe3a8e903ffd3b2b28a72b6b5202aa1702a4cb5d6ee5a71d7cf4d20e1777c6ac709305abfccb47b0f266940521d2d6fb7ab992bae9d7fbfcec817d8c1f567d488e8644b0cbe8efbf48624faf25657e962678b4" },
  { id = "9b70b8", text = "Each negative is farther away than its positive, by exactly the margin.", sealed = "bff1967b2feb93a1b59f2079095eabdbf2e15b30dde87b045388d0a8822e58e4070102bf0bcbd666bf5b6b34747eb64a806df964b462ed8f52b377b182ff03a5f2a4e84cbbc288f373445d0666fb82d3a50f2bb4a8f4db6e1f9da3013578fe6c3f9ca8f9e3a360a58039b7cdcfd08ccba65ffd53a08e5f87ede8a4cf9124f954" },
  { id = "d58d97", text = "Training is over: the remaining loss is what false labels cost.", sealed = "c4cf527d0fe7a2b492e937dedfe3465523f7e190301ee6aacfbefe5e912add5fa9466dcf782d35de3712f6b5c8790df2dc8357dfaa25136dc31ccab2bea22c3aa28ee70f4de8238f7722fcc606920ed585fe2cac50d29018eef9c931d57d7df91466c6b163d4636e80bd59ff11d7a323876a923c27daa397924d415b5e726f95" },
  { id = "e51743", text = "All vectors have fallen into one point, whatever their class.", sealed = "641c75895ef2dbcf82272d4100994910184c37effa280121f404f2c37e841e1bc3b59a98185234102b2dfb9e0d85755768f055fdc4ddb737d1d140bbe99cef3e1c6fac50b17520cea82b514e33b552d3f355ce465807bf03033103a35b736fa929d4eab561896664e41a4500de04a99472a298c59b0a4efd22a2c59798d591916dbc6ef525b9a9baf0b14e292de52ce6fb68522cff7041506397bc3aa7ea53f741041f306d00a2044cdcd13ce4d99a7ef484674f515e0b2e7b082e6e485c307e" },
]

[[question]]
id = "which-are-semi-hard"
kind = "multiple"
text = "The positive is at distance 1.0 from its anchor, and the margin is 0.5. Which of these negatives are semi-hard?"
points = 1
choices = [
  { id = "2df552", text = "the one at 1.4", sealed = "b4f2c0b9d1d3a34aaeedec6a302889615a8af22e4838c8365130be4f24a46125b0251d79c51663e907314bef7fea5d7ac6290f2058ae1610e442dc925d7115198d37e7552c147738b635445278db53c405d9939b095d202e351ccc85c9803a3331c35d0263416653e9bd5704142f119ed9facaeab217e4837b8b3923f3643d20" },
  { id = "4109dd", text = "the one at 0.8", sealed = "a4d9714e75e5c97b3de3777cf2042f7fa4ba09c14d28d61c4c82c638fd10c887d286c5ded226428004d7141d57e9d2ad4f0261f9c9be6576d16c58a1546d52d7" },
  { id = "62ef78", text = "the one at 1.1", sealed = "8da067fd1213b7a7733e18c5f18539453a1f7c7540dc39caf9249ae10a2ffbdc4908467b53c02019ef6c986914b0e889e5ecf39d1967837912f48b5308e1b83ccfb913364a86b8876994a9785c19164e29427a7c32f27592160fef0969fe25ad6f439bd2d9426eb1f576a9040cc1faaa44bc91d67099bc8d070a5a5a3d8d7da5" },
  { id = "db0e13", text = "the one at 1.7", sealed = "9a56141ebaded4f9776368871bf1a24cae072b96f93a98b0ce958a6cc3c88d55959254dfdddf8a7d8a6cd7d0b7cc7e240e94e21ebe450fc543833015a3b1c953298eef2a0c930093bd88be6930705c5231ba8239f1a5decaa0ef42efb293f126360765b06e6a0c4d78a459b8574f69fdb3ab248fd674008bef7e3609f753fc9c" },
]
right = "c7fc43e7751fffa659b298c0644e47989c79b9a4fd442fe5f16f89f251f5297184398105fe325986a47646c5c43abbe06b33c0387576cca2c4e28515692aebab"

[[question]]
id = "who-has-a-gradient"
kind = "single"
text = "Look at the last of the three histograms in section 4, who learns after all steps. Most triplets lie to the right of 1, the margin. What follows?"
points = 1
choices = [
  { id = "0acb8a", text = "Most triplets still pull at the vectors, so that the learning rate must be lowered.", sealed = "3d0a7720a39c604bba37135e199d981fdfb109ce31f98f5117c3edc31cb0c6e31c6b413c2614865b60b39cc9ad699e9394c9602f6a6616ad3780e06baa17e29aebbf0be6b03ec608982e7f0caee5197a7b9431e749c7b338d3df1be2cbb47abbd6d417cce826f387b8cde4e5666edfa32ccd510b120a418879db95651e122d8d" },
  { id = "759e45", text = "The margin is too large.", sealed = "e97d8c21c6710353b9323a2a49c08ae46937b1c112833efe16dbcc89d1d2558f8bc51b872a749b1715e5445c19bad7580c7545116dfc49a3e89ea92b0ee6bf03356339cd0728c11324d9246610ae479c7f8e29fc62e8b0b3888829a54f159866484dba20705b7947178817942dc048ca8171dd5ece9904cc70edf27fac50abf0" },
  { id = "a00cc5", text = "The space is finished, since the few others are what wrong labels cost.", sealed = "3e5acbe00538f92a78844487377af0f580378090cf37b7d1d9086ffb410f4a1d3eb3caf4a3ca9f5fd1e7b380ebf4b7ac4a4d75b2fb18de462430652f89a61aa3aac1207fff7e616bce621a8617559756e88f081097f7be253c75f9d50fcbc005ee9a65c2561fd063672c1141c32c169a8ce37ee900ea14622839944a0ae4f845" },
  { id = "da09dc", text = "Random triplets hardly teach any more.", sealed = "0f4e2bce6ea8e5e4e3a71d0163df19b4baae3a699af4c6c52763e9b59fa5ac92f327b415e2af61ddafee8cb7d360a1b3858b3fbf51e616a70eba9d7a0bfaced906774f34abefb4fc292ba8cabeaccdde4f8864f7973b8ff3c19c7ce6619630fcdc16eec5d078d7a740c07886599faad2430fffe48fc7b0c09388f6ec1762b6a2d199399e422db10a09eca73969ba8907b5512b2ac20acbdda42d300c4755520f5f28880e0f87667118776546690946569513016401dd0c3c6b37e2aba850ed94" },
]

[[question]]
id = "forces"
kind = "single"
text = "What does this print?<br />\n<code>println!(\"{:.1?}\", info_nce_gradient(&amp;[2.0, 2.0, -5.0], 0, 0.5)?);</code>"
points = 1
choices = [
  { id = "519f68", text = "<code>[-0.5, 0.5, 0.0]</code>", sealed = "6f151bf6c17d6b0ca9701369d80c4d04cf9e81144b09fa07385d01869305132d5d29c051ca1a62cd986725196f87ff9e8ba17659c309d9ce8979f83219f15eafbdaf39a4ed7d23a3db459d905615ab20c59e94b40935378a4db403daf9b9e62a925c93b26d9cc4bc03b4f5f795de3683495cfe8da5a0ed64c819189fbc423268" },
  { id = "5ad22f", text = "<code>[-1.0, 1.0, 0.0]</code>", sealed = "e2fe7d33460272feb702ea6a74fed4a8ddf291c14b848a004f0e90d923a1d97bc6403e143a6ec9a251e89b539ae2d168fd1dd5a0796cde4056b10d4d96e56f512c9b0b82331972f5eaed7d77fd5f0fc5aa969187fac1080812ced9934b610aac86d676d9bd9f0aad9be45486659440693eb92b6fc26d22917242cd19142c186094679beaa5bb22feeab74999aca5447872a5929e56665043bb36742028e6c506d131cb310d6b9ee335438cc2bd371917bfd6948b75e2bc69a79587a4e5cabacb" },
  { id = "9a6562", text = "<code>[-2.0, 1.0, 1.0]</code>", sealed = "faaeb239259a91ba51f9686c60bb286902277798d25b6939478d4a3c43d6bf8da71de0be61697563893db1e21720fdb97e3508b2a3e7aa47a20ec882938ae025b433674708386e06aa64e044bbf9457cec345ff83ffbe69291d29b596d40e3041ea562bff5ac11f7efce99ccda1b312c2174188f76dad554b8aec2e329959d13" },
  { id = "b6cb53", text = "<code>[1.0, -1.0, 0.0]</code>", sealed = "4b7454a72c132ae7bee55bc6c9544fa52c416159404b7d26b66c77882cbd3913e3f52503c5461614f6ef3cfd30c2c623b2a90de2f255bd6b5226561d43beac4cb7b39b4458db24988289f6d736a47676f601a1e7816b9e04ad1e461315243270c2c8e4a8c2b374b6573e155781e9a16b9e0d5e1f3863a5af4f2ab5e7087b4c70" },
]

[[question]]
id = "largest-bound"
kind = "number"
text = "Of ten signs each is as likely as any other, and the context tells exactly which one comes: the mutual information is ln 10 ≈ 2.30. InfoNCE is trained with batches of N = 8, to the end. What is the largest value that ln N − L_N can reach? (Two decimals.)"
points = 1
width = 0.020000000020000002
places = [
  { offset = 0.009999998059999848, sealed = "1bc38bc99134fc4e722465444989e5ddb90416ef41bc1780278df843c0da9e9e97935db2efab71c6c00538c43e81df1f6560f334ec13dd57dd5a207a9d28337cc82dc17d18b488b72ad612bee97dcfe997cb19ec48fae3cf1056a124f4e4f7849d785c5b5a58890c10be22c5bd21e5eb43a6e659bc22de1d09b5a350958eda87" },
  { offset = 0.01999999701999977, sealed = "7b4a3845dd5029781a8059f99145a37e8fb27a1ea5d58913cb443260834456965801722ed25b9f2e9bda2a20686fe48526631bedcf0a5bd7faf77bfd859fa902" },
  { offset = 0.019999997719999385, sealed = "7e37d9d7b0c663eefd926088d95de6e920fc6596f563762358da90621a1e68c9f8949ddb303a4017bcef75cec8b324b6192614cb9c864ad9ab4b9909c7a4622bb467ea74f3bab7a3cffcc05ed3f47b5e2179cc9b03dc38cdef638ece3e9c32c342d02f0b77e96b9f501d80eb2d707ce86bd78f6fc5028ed71d9d99bbdcf138bc" },
  { offset = 0.019999997939999847, sealed = "2dd085e4e9bb1bb0066632206d8724f0315245815ac67d7c358cfe8261f2d2ef1a4690f94e2e534cb3aae9a090087a0528317ed579c784ea94c42f6c3858f9c00deb940eda6521886fe506883b24d04be360b730ca072063d7b217d39160946dc703b81594619eb5c250039a95577f26b4c8c4504107435efc129ff5b4d43db6d3fe4aa80c4296f79eecb8d0bc946243862b692935fc8c914d04da66b2401dba776e52031a924196d7ff85b665d385054ab0dab2a4d078cceee139d78c60255e" },
  { offset = 0.019999999799999973, sealed = "252c1acfacf0e14d96e277080ad316bc744cf9e325e07562e6acc135fea8cec6ae5d5511b54afd3a74e2ee858befd4e6aa1a2d627a4e61a4711a0baf8ab7af0db021b2a146973eccbc4bb787b9b3e0a48225fb1a69af1fc7515c08d571b0e1ae6186208b7959d4ab9e114314e5ee2f6b54913e5da23738f200c308d3bc495d77" },
]
otherwise = "9ad5a776e117ca2902f10b10f6b77aafd11020e60d7ad0d342962d963ab8c7e47df416bc7c7b0f010d9ade3c17b8bbba63fbe111f4311ac74677539acb02f0170c070f4f25889e02ec49b670abc46209649c6abb97708af2e0c5c78a3fd0c68d5c2406ebd9e18436c3cb6c43fef0836f66f2b429f3fed8c2e3e03340e3b1efef"

[[question]]
id = "twice-in-a-batch"
kind = "single"
text = "One verse stands twice in a batch, so two rows have the same partner vector in two columns. Nothing is masked. What does InfoNCE do in these two rows?"
points = 1
choices = [
  { id = "39cb4c", text = "Its loss there stays at ln 2 or above.", sealed = "8f85901810e73ac8fc2e9a1fe9670bad90d582b8461ad26ab0fa3714760f96d68c96c7ffbe04afeeb0298c8a9dc5844f58b5cc211a5061b144cbf19ca2aa88d9a366e7c32f8f02a01442b062186b0f371736f1a785300fae9a9e97b4e20e6615a3f7e662f43d5336d9c55216ffe725a559d3f3b64f7dc7cc14033e6d510f05a3b86fc99b2b3663a7f5c55e14e228087050305b3c6c024160f6da2a8d5e16572f2bc7058ecae07881cb7ff0c4dd5185396807aea303215e1828499adf8da56150" },
  { id = "4ad30b", text = "Nothing special, since the softmax compares similarities and not texts.", sealed = "574f715340b4193db69794d8b33ecd5a78094751f82de4508fd29123ce198ceac536aea2708b517f587d6dcd849fbf44214c478a38446bf1b1ec484fe4b1d4236f9e39d66b11c142e1ede5bbcc19b345cba3ebef1551d6fb8a4c009089d679ec24dd153c64a6487fae5afc85f18242c7dd6a24559c9b51ec784f9973945d41e2" },
  { id = "97a766", text = "It counts the verse twice, and so learns it faster than the others.", sealed = "6eb5069a5f3f2c10eff6b78dd14f0be26b5782044f5789e3ebcce985555f78bf28c7b33bddaf307e748391fe7209b65f01e9298f879ef8fc6581466e48d7ece69402e5169b4d3829d366d432eedd1d646060a0d9531f2858b728e6ef182f52d477435ce63b0d93e57e42a23dc510d4e3203cfe6550264e1cf0a6012c84660717" },
  { id = "cddddc", text = "It fails with an error, as a candidate may occur only once.", sealed = "1907c19448df0fc68223355e73b8f4c5de8cea6d5e7c4e1c77cefb00b9af674e3a21fa1319e2342f459e1ba62e420e7f7c9eaf76d4799ec3ecfa478fe20fc77138d2f7a242a7c1c2458d623c51acb5c32376fc304fbc2eccb027fff1617e3c2c40567790d5f6ec1093278fef646ea76799a9fc027715bf026d4046b413857771" },
]

[[question]]
id = "masked-row"
kind = "single"
text = "What does the similarity of the second candidate become?<br />\n<code>let row = course::loss::masked(&amp;[0.4, 0.7, 0.2], &amp;[2, 2, 9], 0)?;</code>"
points = 1
choices = [
  { id = "1d78b5", text = "−∞", sealed = "e791cbe9add5b71627eb134f7f1eeeb2affc8d91353dbfd7d4de1725b5839a3d5e4c0f8ac42f8720840c7c1c23c3e25b69b65be5d55532aeb150772d1b278738f4f058e67a2a7e9a68f05c20ea604bc2d1c0067c353ae7c8f7ca9f397ea4461eb354bcd280d9aa1d337b81882faf4712741c8c4496ee3829380750ed83a76e1b63f9f8dad309002662fc924f1fae103e2dba82a3f656f8a056880e2f00921ef7677f4d14bcee77c5cd26f7b5f81f2f209b0e21be5e139462cd01aff51fc5a45c" },
  { id = "76a20a", text = "−0.7, so that it is pushed away less", sealed = "974dc97f89c7aa42fb8f1f860ee46b1183a3ca21e75e7740bcdf32f86eeb52f2554a204b5f1d16af8716474230d56b0f2faeac0b18facb406cd1861ff6a49bbb08336105dfc7d1eb5aceb5b3dd9fda168a775b38b845bea3071436e7933585ac509cace3d4ea94947b78ad674b190d13861864197883bf05652bfeb9ce1f1c3a" },
  { id = "79932f", text = "0, which means that the two are neither similar nor dissimilar", sealed = "c1a2a3eac75a927a73c47d862a7b81474327e2d3b1eb788a4350674c788ea9d1aed52919e93dc7104798b5c6b67e877fc71cd9229d60c9ae8507cd04015a7011a5c902a530458c9a0bbd6eea622058ab19bc948c9d167bb2a52f46a2837e76c27be3f47dcc5792e77fb4a52dc6a4475f55868aa476e8372535d6989f03db695c" },
  { id = "82a464", text = "0.4, as it has the label of the partner", sealed = "d3edbea2ea1037dc8be35c054f0bd20a24f49200e1d50c44d4382b62f9382768697dce1f73dcec2500e73dafc171840d5d611e7e6d2b3c0c4697d382dc42c9dcae4b775077a7db4807e915a5ec19f7a9ae8c7690b8eba0d47947c4fff45ee28fa379acc566f86db27cfc9c1b55f29155316c8640dc2f83bb103e85abeda1be4f" },
]
"#),
("09_attention", r#"# Made by `cargo course exercises` from the quiz with its key. To answer it: cargo course quiz 09_attention
title = "Asking the words before"

[[question]]
id = "shuffled"
kind = "single"
text = "Attention without positions and without a mask reads six words. Then the words are shuffled. What happens to the vector that comes out for *cat*?"
points = 1
choices = [
  { id = "21069b", text = "It becomes the mean of all six values.", sealed = "43aebfc883fbb858eaf60afe007e1b7a654399166df043bcee83e7aa549327d781eba4d73efe2fdabaa1ab9fec1eab9a50196fcf982a58b69f1dc7a3e19be376450e3bc0490a58b8c3731f76ad6fc2eef5ea28c0f8c8a0b31bbeeb310322179a84a5bbe28ffd5e7b5095c1680bbe22cf34d590b6365966676b0f61ec40598dab" },
  { id = "4f2434", text = "It stays the same.", sealed = "4a0329cf24579106cb5845f8b1f379901d00cd644b0b3b3d23fa91df0a70c18d4375088453a1e33ad22c348a19b86bcc966ba943a8b820edad6ce4ec2352c4f41cb40932f5bebc89be7b6722364678dcbb75ee14ac1fbd10b2f413d9af6aaff4328842c86707cbf2fa5229c2b24f1d97403563a0c9541b46293dc25b01fc9dde" },
  { id = "ce8229", text = "It moves to the new place of *cat* and is multiplied by the distance.", sealed = "d82ecd790624cbf9631b599927610cff9496c920a3cbf31dd835297112aeead223502fb8b2f47693d7da6c0e99b969dc34a4f3db826e2257df56d0be33c63aa301a49bdcd0f5533a39810e198efbdfce997f53cf60061a6b82d91bc7a52991e74afa82606f5eb612732507f4097dcc90c2b7de61e71f7be1b5d0ddb6e0896d87" },
  { id = "d3e725", text = "It changes, since *cat* has other neighbours now and looks mostly at those.", sealed = "3d1a6e99d23ddd2a517fdde8eed1cde6a6a35924325654c7db63a71e6c8bed98766d321d630eb8df28b714acdfcc65617dfa7f051b34340edaaee6c9c9152ad22960c1eddec88b4e9c6f87a5c1059663463a5f0204f5b84c4efafe48de138c11b8309c8d0b42d795f136f9faff5952b832bbab744e49ed8a4c035913d5e92129" },
]

[[question]]
id = "weights-on-paper"
kind = "single"
text = "What are the weights?  \n`let read = attend(&[[2.0, 0.0, 0.0, 0.0]], &keys, &values, &AttentionMask::all(1, 2))?;`  \nThe first key is (1, 0, 0, 0), the second (0, 1, 0, 0)."
points = 1
choices = [
  { id = "1d1679", text = "exactly 1 and 0, as the second product is 0", sealed = "adcb98e58a37626e69af268e78e5c9d90973abdcef886a04991e230ac94b266ad1448479051b3ad99682473972f907ad98e4b87f116f41f017c7cc729db9d397" },
  { id = "58bef7", text = "about 0.62 and 0.38", sealed = "4eddcad509dc895bf5d5b32a1646ee65e95cdfe8da8612f2c5fad3a8dc3a9b202c52ca7a62607ed32aeec8256d5671787e347921d463e7df9cb452c9e608d4d6907d726f299796e09215df3f5001bf5bea2adb3467f9499fe5ddde34662d626a26db56867ba0f0fb2cbd86868ff74e5740a9253502e621fdb703b2803db68ff5" },
  { id = "84061f", text = "about 0.88 and 0.12", sealed = "69a52c4de6e876ee212747897aae4e3bf98f44f0bdcc9b612e8f622d25bfcde03cf4baaf72d10588688dc7026ebb25885318f3dfb099173e79e64fd261060499" },
  { id = "d6d263", text = "about 0.73 and 0.27", sealed = "d2be1c8fc0d6f607fd68876b4a97bfe6a0a1d250e81029ec62db9995da018994717ceedaa3d6a97c48d7a5b5cbf8b91fc6313120a57f0741f8806639d6a6517470811d5e8dd42fe0dbe786ecdfbdb9c475c12b786f8693809271430f81b07b8f8891e614ec70bf0f8642fc3a527dd68e0669993b038c7581d76f79148d6056b1" },
]

[[question]]
id = "without-the-root"
kind = "single"
text = "Look at the picture with and without √d in the section on the softmax. Without it, at a large d, nearly all weight is on one key. Why is that bad for learning?"
points = 1
choices = [
  { id = "6d8d51", text = "The sums of the weights become larger than 1 and must be cut.", sealed = "adc0ae8f00ca2309db8d1913dc2a320b378e4907a11235590d853cbc172581444ba198e12e5cbe0d3c529c2e48bcd325a8164900b8b6c4d71f875aaa3f7646be" },
  { id = "72f3ec", text = "Products of long vectors take longer to compute than those of short ones.", sealed = "1fec4f216c09bb2fc40ea54769d85b849d3dca68de8634706da8fb60b0ba3e3880f0f69dbe501def4924737d4b8353152fb2cdc07486ecd722d8c86714cf84d383695a7149eea92c9a331357111341fd12b64e93363de1b6040089a868444cf086c4c09681f05751a90fce7d7458d3661c61f4a815d3f0257939f49c072218b3" },
  { id = "90623b", text = "The gradient is nearly 0.", sealed = "ac5fc2e8b5e5ac538e488e806b1ca27c76eb0f57aa0f7ec03b6aad0c516bc4fcb1097760c2d35bc080e4bc14ffd67b82e7dbd94da0e3b8848b3f5a96f46ea154c495eee146f55820a023da01792bcad40c12f8be90ff67b6daca1af9a1e9dc85fae38229db521ca1b3cc1ce6872c7649a9e09887186edd546d66ac25d17a87c87279821fc222470c0f9650c729108d1319cefb13f769924f63537ef6a315b51fdbeee37db7dbe957fda67f4d5f308b449fb75b6ea9d23e0ecbdd741af6bf8b0b" },
  { id = "9cc4e3", text = "One word cannot hold the meaning of a whole text.", sealed = "4d829840eb14a3116926e2f558c58316df3de16ee2a0e7f13601ad81ad8b2a4781a2e12076bb89406957aa1df035ac39fe47c390a5879be4604093b789062b871e3fb2573859fb2ef41fa914e31077ae93779aaa888d1777d974097a0eea3efa45bfbb9963fdb8ac1c3be0703ce24493ee53099dbc752357ad45e2ad32b5074f" },
]

[[question]]
id = "who-sees-whom"
kind = "multiple"
text = "A causal mask, and the text *the cat sat on the mat*. At which words may *sat* look?"
points = 1
choices = [
  { id = "5179ba", text = "sat", sealed = "af041a48f24f3c2c76d27cb9128040117ce5d83ec96fdd04e90cd2b8bda4d73e0d93630915373ae301430ef56d5234eeef1093107a05161bdcd72d898fbadc98a3bdc781a5867ffd6366d0ccbba4a9226139b6ab66b88589b05f1627b3bc0747f3ccab4c1214498180f075a73078160bed752aacc6f44e857184466635c80153" },
  { id = "6a667e", text = "cat", sealed = "9f10cc5a95ae05d5d1993122554ac1e7c6682b7faa293de466bbefc75caee2c5b46bb3dbeaa383d7bdfa2e88b02b6435d16da18d239e14ad542d1bd30c1822d0" },
  { id = "8c13ab", text = "the", sealed = "a5fc179678d8207349814988096c9f07ab1bfac66296b0f2404fc4902ec6307fceb9590368da5b5fb47ebe1fad836436de1a5f442c0e0ecd6564232dc5a61acd" },
  { id = "d3a0fc", text = "mat", sealed = "9713d438be43aad6e4412ba0aca5f6973ed05b35ab88087af8781a61a322ec4bf1becc3624bc0fc378d47602b261d150e4d4c59524960056cf2d6f8473bdbefc" },
  { id = "e3256d", text = "on", sealed = "f38fa7f72bece268b223e37f57138371cc22b02dbf1b2c2199a8816ab9c565b4a9d06d033aab416a9b870ebc85ae4b6320bcbd844f4fee7ce07dac4ff8be56b238b1a194567f8bc2ceebc6e1518d6017b50d8289cb902e1f1293e2620111dd45c967a4e81f42543fd1576368cf100d9910edf66855b6cfec214b8b2d5217bf9a" },
]
right = "2a6aef84502c1cb4da304ec896783f77d5b72eb7da8ad8dd7e1010d2f8066d26e07a334eae0c42c57bf96a2fe1d8f41b09148065f744d045d955911740bb6aa9"

[[question]]
id = "twice-the-context"
kind = "single"
text = "The context is twice as long. What happens to the cost of a forward pass over the whole context, if d is small compared with it?"
points = 1
choices = [
  { id = "0ff8eb", text = "It grows eight times, as in the product of two matrices of n · n numbers.", sealed = "b610b07697c99ab57d9429f8ba144473482f30462a7e89346a421538af84fe5cb50df3430159cbdbd3154dd4044ff78d98c88a30b9a731bd3303ab8f2f94cedcca7cb6f87f99bd39ec69e9834c2c5a803d59149b9af8f0929417169ae288a73ac7bb28f4b6862860496b183f00bab8518f0649f877c3fe62dce502b36f5b6630" },
  { id = "191f97", text = "It doubles: there are twice as many tokens, and each costs the same.", sealed = "bac7584e0ace2aeaa307bf75af0dd80298d9949eb51b73777bec9223c72ce9e48f1277d04b33360b5f55fdf7bd07f6f60ff02f55b98aa3641c2dad6928272592f9b6ee127cdc143064f4712b3e68f322aad22b4adbd99ccec5c9f40205b48095e9699af7929a8a825cb7ee93e753dc282f13d421556951055fe631ae86991f90" },
  { id = "b01303", text = "It stays, because all tokens are computed at once.", sealed = "c3839bafccc3f8c8f4dca2bc1e054cbdbe5016d8dec1720a6c769eaab51887964e7bc237f7901010dbb47c1892293bd4c40fa4294ba77babde7299b2fb781c7a1fd53fa7bf07406e8e5e0252f7bac9fafd064952c47d468e516a138e4fee6cc2d1a331926128e8bfe47261f53ae61c249f564201d2577923e90017a269ec355d" },
  { id = "d395e9", text = "It grows about four times.", sealed = "7367b2de75b3692ea6075fc1a79eda7aa119d219463f25774f081c78178f1d0aa3d89ee86d3498719c183a62c8277954c7762257fe140d76e9925c7cc376a112f64ce9971155cdd94b9cbd40ddc15d37f2c1001ba0afd413cdb465c1a98c57c98a4d74dca5a3152b0c56388156be7ae38e33cc5850a2af489f132c4f4d6cd7db" },
]

[[question]]
id = "parameters"
kind = "number"
text = "A block has d = 10, a hidden width of 40, biases everywhere, and two layer norms. How many parameters does it have?"
points = 1
width = 2e-9
places = [
  { offset = 0.0, sealed = "91b693170e7a1497dab507787c6c594fbd7f1143b03024d0a230786540b4989ca73b0e2f15e51e1884889019c2d595ad6b944c866fef7e44d2bbaf7636ef889d47bfcbca7380badc887dcb8282b2c256ae3805440b7cb755fe9056ff9e2eed20553c2efcd28c2bb39be42ef741227a53b026b31ae9f8a418b953905112eb2138" },
  { offset = 0.0, sealed = "186543a88d3a194af2cae307579c84fbe9a65ee0d015e94d98f69fcc29666d5ca7487a9bbdb48885e142767c0ebd93fab797f93dd9020b2fb888022db0774c291535e6ef3927c09a511af6206906799a37efee6618aad3200ef409c99b31f85e4ace89f24d0d78669ac15cf8cc4b9504c810a55df7c66f9a1d2a1f6185134739" },
  { offset = 0.0, sealed = "4e0edee5c9dc6e01cf8479d6f362d857e3cbf8c8d86fe7d05eea53564e98a46ea011f70f0bb6cfb36fea9c9c09f4c0fcb44026be5a0e745c0f7b5746f87e356dca08ef5fd616aaecae45cd2871b3f00cf25fa9e8bf2f5b1818fdf2dc2fcb47fd44bfbc9b26b64998e02297d5f1d04f3a6eceb17cbbc553fcde1c6964d60c7b06" },
  { offset = 0.0, sealed = "cc6c3a081576a0fa77c9344030170c82e11a2463804856e756084fbc9d997edbcfeae017d42fcf441eaa5bfe739692f5379e761c7b2fae4c092dad710c6a6c9665b433035f9e02b8930f7960d466d7509347ab0023ef966a405ec791e281112622774cec9913ea7a2cdcd432ff16942427a2cf2aa7d8e46faf750453c2eff384" },
  { offset = 0.0, sealed = "eef772993147e5eacb6374f77257c8b286187c6fa6a09ced734bb35d66438183e1520e86488ccdb21a4d3a35fa9c3ccfe8fbeae39c72d766e7687ef8c7c3f06c4c0677862b1efa5fc0f7de92bfadd46295ed6748cae261d1a93faa5639c3132d9044673a464687a7ef5f8a3514d4d240fd70ba2a505a84cc823a807d2efd043a" },
]
otherwise = "20d735e4de021f5d999c6776982c68bed7f98847c5150e2bd3a5c1bf36305d074bc98bdaf05edaf6fb53c5e1ef5d2342d093309fb0644f3c86c796e1f8ec7f78100082e2d2adb41e90f1e2471c0ce7f82ffe0cf160ce3e430682c1a956adc95773eb4ce4dc579f93ee050d2b99dc4071f7cb337c76f526f16af7a402581c425467382005a070298783cf254a3cde809743ae4e5e70f4f3ece11619cee29038c24adcdb49492f1424d7caf6a82648647e2d63a7c74410cea6ffc25468d19fef1f"

[[question]]
id = "nucleus"
kind = "single"
text = "How many tokens are left?  \n`let p = lm::top_p(&[0.5, 0.25, 0.125, 0.125], 0.7)?;`"
points = 1
choices = [
  { id = "1e99ad", text = "1", sealed = "19d3304ac0725b2d2de9f382af00141b82d2bd0f147c68f431dd226bb843929111cecba55ca404c8be1b92bc8d0a92108b9a8b7eef306316d1c81530d9d9c8fb" },
  { id = "76964c", text = "3", sealed = "cee18c62611f7f99acbfcdf155665d39b685b2653fe521cfc1f267fa77d6e89a7aaf816d201d8be76b1711ba63eff8296c95feffb581d9bea6726dcc1fb5d028" },
  { id = "c3dc04", text = "2", sealed = "aa4f4bb3954bcd8a82834fd737c380ff5817e61628e453a185789ad09f4263df724da17c7c11587065ee4a724a0fed43e9e64aa35b1e0e21f8d11cfaede973dbd7879d815727365bc557c4923e2b13e35d502e26efdd6ca48df88fdd70223757be13ba42c63c0a675dd70e1bbda7739d7adfa291907b5cff13a158b966718869" },
  { id = "ee191a", text = "4, because no token alone has a probability of 0.7", sealed = "f87fc3f8ac68379aa1d4d25b095b95d6dccdb6d4fcd1f369ca88aab1915035e3f633688ebae50bef4d5801606671872f29bd179616229f62bfb0621b26ae79dc29443e1c6e1eae26dbb2ec450777af1875b150badcbc22931352b23ef3c71ff7b4eb4cc95ef111f45e4386867661672ddcaf2a0d93e6d4f1cad7d2c72520ca02" },
]

[[question]]
id = "cold"
kind = "single"
text = "Look at the bars at three temperatures. Which is right at T = 0.3?"
points = 1
choices = [
  { id = "91c32b", text = "The probable become more probable.", sealed = "e12c68d2de16755fbab9a218de5c81342e04beaa15a9d39b46979e811c6f1bbb3d0f71986e5590e2f12d9035ac26edd02ecb5cea7b86b609feca6434e21b11d5f5325bc7559418b76bde48fd32b5bdc65635fff74a5f7dc013abf64b9905a63d12700383c2419d5bbf46e852c43a1403ab86330c5fc0bb1d02a9e48ae417f59a" },
  { id = "9a222a", text = "Nothing, as the softmax scales everything back to a sum of 1 afterwards.", sealed = "1c97d015e960bf5c95a1ac3fb837630f1b61d0a5bdd80c90998cd1e07930af135ff50a6f1229e33350d34ded213c915483dda41f45cbd3d36aa0b2db36879317c8d6b2b68cd744bd30354c8a1ff1c65feb839c69413fbc554c122a8fafe4d2a4d6e1f4515f512c46746db390eb0a3fe1077e6dc62209d80be738a49e2057f834" },
  { id = "ae8c0c", text = "All tokens become about equally probable.", sealed = "4984e079a6c2462fd1d3647a1868043345dc749734c415aed203ef06d73e359633dbe0d49cf657b9e2db5ad6f50fee999bf42e98f6f51005449ca778b0469d1a8bb671870a42f4b5e583d99ff91f66439b46853aa3a285e17c173a8ee026e0b98ef86cdc913afe40aec234df4e3b2b21d8dd312e5685028a7f4d72e49eaf5d30" },
  { id = "e1ab10", text = "The order of the tokens changes, so that rare ones come to the front.", sealed = "da9532b60e99cf14b3f37d6677837c1ce3e5203d1ded4327badfc1b5d15402928b3070cc401f6c7f12db9f6ce73e81fa813e042ced5acb46ffe0f47b90bfa0543ed457dd130d7a2ff75d2398d14ac1dceca1599e9aa854fc4446516cac13ef600b7d22189d40df30fc7476ec473f364b0e173b677cb3eecb143a1448b0a6e361" },
]
"#, r#"# Made by `cargo course exercises` from the quiz with its key. To answer it: cargo course quiz 09_attention
title = "Asking the words before"

[[question]]
id = "shuffled"
kind = "single"
text = "Attention without positions and without a mask reads six words. Then the words are shuffled. What happens to the vector that comes out for <em>cat</em>?"
points = 1
choices = [
  { id = "21069b", text = "It becomes the mean of all six values.", sealed = "43aebfc883fbb858eaf60afe007e1b7a654399166df043bcee83e7aa549327d781eba4d73efe2fdabaa1ab9fec1eab9a50196fcf982a58b69f1dc7a3e19be376450e3bc0490a58b8c3731f76ad6fc2eef5ea28c0f8c8a0b31bbeeb310322179a84a5bbe28ffd5e7b5095c1680bbe22cf34d590b6365966676b0f61ec40598dab" },
  { id = "4f2434", text = "It stays the same.", sealed = "4a0329cf24579106cb5845f8b1f379901d00cd644b0b3b3d23fa91df0a70c18d4375088453a1e33ad22c348a19b86bcc966ba943a8b820edad6ce4ec2352c4f41cb40932f5bebc89be7b6722364678dcbb75ee14ac1fbd10b2f413d9af6aaff4328842c86707cbf2fa5229c2b24f1d97403563a0c9541b46293dc25b01fc9dde" },
  { id = "ce8229", text = "It moves to the new place of <em>cat</em> and is multiplied by the distance.", sealed = "d82ecd790624cbf9631b599927610cff9496c920a3cbf31dd835297112aeead223502fb8b2f47693d7da6c0e99b969dc34a4f3db826e2257df56d0be33c63aa301a49bdcd0f5533a39810e198efbdfce997f53cf60061a6b82d91bc7a52991e74afa82606f5eb612732507f4097dcc90c2b7de61e71f7be1b5d0ddb6e0896d87" },
  { id = "d3e725", text = "It changes, since <em>cat</em> has other neighbours now and looks mostly at those.", sealed = "3d1a6e99d23ddd2a517fdde8eed1cde6a6a35924325654c7db63a71e6c8bed98766d321d630eb8df28b714acdfcc65617dfa7f051b34340edaaee6c9c9152ad22960c1eddec88b4e9c6f87a5c1059663463a5f0204f5b84c4efafe48de138c11b8309c8d0b42d795f136f9faff5952b832bbab744e49ed8a4c035913d5e92129" },
]

[[question]]
id = "weights-on-paper"
kind = "single"
text = "What are the weights?<br />\n<code>let read = attend(&amp;[[2.0, 0.0, 0.0, 0.0]], &amp;keys, &amp;values, &amp;AttentionMask::all(1, 2))?;</code><br />\nThe first key is (1, 0, 0, 0), the second (0, 1, 0, 0)."
points = 1
choices = [
  { id = "1d1679", text = "exactly 1 and 0, as the second product is 0", sealed = "adcb98e58a37626e69af268e78e5c9d90973abdcef886a04991e230ac94b266ad1448479051b3ad99682473972f907ad98e4b87f116f41f017c7cc729db9d397" },
  { id = "58bef7", text = "about 0.62 and 0.38", sealed = "4eddcad509dc895bf5d5b32a1646ee65e95cdfe8da8612f2c5fad3a8dc3a9b202c52ca7a62607ed32aeec8256d5671787e347921d463e7df9cb452c9e608d4d6907d726f299796e09215df3f5001bf5bea2adb3467f9499fe5ddde34662d626a26db56867ba0f0fb2cbd86868ff74e5740a9253502e621fdb703b2803db68ff5" },
  { id = "84061f", text = "about 0.88 and 0.12", sealed = "69a52c4de6e876ee212747897aae4e3bf98f44f0bdcc9b612e8f622d25bfcde03cf4baaf72d10588688dc7026ebb25885318f3dfb099173e79e64fd261060499" },
  { id = "d6d263", text = "about 0.73 and 0.27", sealed = "d2be1c8fc0d6f607fd68876b4a97bfe6a0a1d250e81029ec62db9995da018994717ceedaa3d6a97c48d7a5b5cbf8b91fc6313120a57f0741f8806639d6a6517470811d5e8dd42fe0dbe786ecdfbdb9c475c12b786f8693809271430f81b07b8f8891e614ec70bf0f8642fc3a527dd68e0669993b038c7581d76f79148d6056b1" },
]

[[question]]
id = "without-the-root"
kind = "single"
text = "Look at the picture with and without √d in the section on the softmax. Without it, at a large d, nearly all weight is on one key. Why is that bad for learning?"
points = 1
choices = [
  { id = "6d8d51", text = "The sums of the weights become larger than 1 and must be cut.", sealed = "adc0ae8f00ca2309db8d1913dc2a320b378e4907a11235590d853cbc172581444ba198e12e5cbe0d3c529c2e48bcd325a8164900b8b6c4d71f875aaa3f7646be" },
  { id = "72f3ec", text = "Products of long vectors take longer to compute than those of short ones.", sealed = "1fec4f216c09bb2fc40ea54769d85b849d3dca68de8634706da8fb60b0ba3e3880f0f69dbe501def4924737d4b8353152fb2cdc07486ecd722d8c86714cf84d383695a7149eea92c9a331357111341fd12b64e93363de1b6040089a868444cf086c4c09681f05751a90fce7d7458d3661c61f4a815d3f0257939f49c072218b3" },
  { id = "90623b", text = "The gradient is nearly 0.", sealed = "ac5fc2e8b5e5ac538e488e806b1ca27c76eb0f57aa0f7ec03b6aad0c516bc4fcb1097760c2d35bc080e4bc14ffd67b82e7dbd94da0e3b8848b3f5a96f46ea154c495eee146f55820a023da01792bcad40c12f8be90ff67b6daca1af9a1e9dc85fae38229db521ca1b3cc1ce6872c7649a9e09887186edd546d66ac25d17a87c87279821fc222470c0f9650c729108d1319cefb13f769924f63537ef6a315b51fdbeee37db7dbe957fda67f4d5f308b449fb75b6ea9d23e0ecbdd741af6bf8b0b" },
  { id = "9cc4e3", text = "One word cannot hold the meaning of a whole text.", sealed = "4d829840eb14a3116926e2f558c58316df3de16ee2a0e7f13601ad81ad8b2a4781a2e12076bb89406957aa1df035ac39fe47c390a5879be4604093b789062b871e3fb2573859fb2ef41fa914e31077ae93779aaa888d1777d974097a0eea3efa45bfbb9963fdb8ac1c3be0703ce24493ee53099dbc752357ad45e2ad32b5074f" },
]

[[question]]
id = "who-sees-whom"
kind = "multiple"
text = "A causal mask, and the text <em>the cat sat on the mat</em>. At which words may <em>sat</em> look?"
points = 1
choices = [
  { id = "5179ba", text = "sat", sealed = "af041a48f24f3c2c76d27cb9128040117ce5d83ec96fdd04e90cd2b8bda4d73e0d93630915373ae301430ef56d5234eeef1093106c011d51d8c373cc94f2d389a6e293c8bcd378e122709581a9a2b8717039f2e233fdd6daf51b1827b3bc0747f3ccab4c1214498180f075a73078160bed752aacc6f44e857184466635c80153" },
  { id = "6a667e", text = "cat", sealed = "9f10cc5a95ae05d5d1993122554ac1e7c6682b7faa293de466bbefc75caee2c5b46bb3dbeaa383d7bdfa2e88b02b6435d16da18d239e14ad542d1bd30c1822d0" },
  { id = "8c13ab", text = "the", sealed = "a5fc179678d8207349814988096c9f07ab1bfac66296b0f2404fc4902ec6307fceb9590368da5b5fb47ebe1fad836436de1a5f442c0e0ecd6564232dc5a61acd" },
  { id = "d3a0fc", text = "mat", sealed = "9713d438be43aad6e4412ba0aca5f6973ed05b35ab88087af8781a61a322ec4bf1becc3624bc0fc378d47602b261d150e4d4c59524960056cf2d6f8473bdbefc" },
  { id = "e3256d", text = "on", sealed = "f38fa7f72bece268b223e37f57138371cc22b02dbf1b2c2199a8816ab9c565b4a9d06d033aab416a9b870ebc85ae4b7536b0f7dd141bbb27a567fd00b4b302f02afea0975e3bc9d386fa89ec5bde631aa203c3c798c76b4d1c93e2620111dd45c967a4e81f42543fd1576368cf100d9910edf66855b6cfec214b8b2d5217bf9a" },
]
right = "2a6aef84502c1cb4da304ec896783f77d5b72eb7da8ad8dd7e1010d2f8066d26e07a334eae0c42c57bf96a2fe1d8f41b09148065f744d045d955911740bb6aa9"

[[question]]
id = "twice-the-context"
kind = "single"
text = "The context is twice as long. What happens to the cost of a forward pass over the whole context, if d is small compared with it?"
points = 1
choices = [
  { id = "0ff8eb", text = "It grows eight times, as in the product of two matrices of n · n numbers.", sealed = "b610b07697c99ab57d9429f8ba144473482f30462a7e89346a421538af84fe5cb50df3430159cbdbd3154dd4044ff78d98c88a30b9a731bd3303ab8f2f94cedcca7cb6f87f99bd39ec69e9834c2c5a803d59149b9af8f0929417169ae288a73ac7bb28f4b6862860496b183f00bab8518f0649f877c3fe62dce502b36f5b6630" },
  { id = "191f97", text = "It doubles: there are twice as many tokens, and each costs the same.", sealed = "bac7584e0ace2aeaa307bf75af0dd80298d9949eb51b73777bec9223c72ce9e48f1277d04b33360b5f55fdf7bd07f6f60ff02f55b98aa3641c2dad6928272592f9b6ee127cdc143064f4712b3e68f322aad22b4adbd99ccec5c9f40205b48095e9699af7929a8a825cb7ee93e753dc282f13d421556951055fe631ae86991f90" },
  { id = "b01303", text = "It stays, because all tokens are computed at once.", sealed = "c3839bafccc3f8c8f4dca2bc1e054cbdbe5016d8dec1720a6c769eaab51887964e7bc237f7901010dbb47c1892293bd4c40fa4294ba77babde7299b2fb781c7a1fd53fa7bf07406e8e5e0252f7bac9fafd064952c47d468e516a138e4fee6cc2d1a331926128e8bfe47261f53ae61c249f564201d2577923e90017a269ec355d" },
  { id = "d395e9", text = "It grows about four times.", sealed = "7367b2de75b3692ea6075fc1a79eda7aa119d219463f25774f081c78178f1d0aa3d89ee86d3498719c183a62c8277954c7762257fe140d76e9925c7cc376a112f64ce9971155cdd94b9cbd40ddc15d37f2c1001ba0afd413cdb465c1a98c57c98a4d74dca5a3152b0c56388156be7ae38e33cc5850a2af489f132c4f4d6cd7db" },
]

[[question]]
id = "parameters"
kind = "number"
text = "A block has d = 10, a hidden width of 40, biases everywhere, and two layer norms. How many parameters does it have?"
points = 1
width = 2e-9
places = [
  { offset = 0.0, sealed = "91b693170e7a1497dab507787c6c594fbd7f1143b03024d0a230786540b4989ca73b0e2f15e51e1884889019c2d595ad6b944c866fef7e44d2bbaf7636ef889d47bfcbca7380badc887dcb8282b2c256ae3805440b7cb755fe9056ff9e2eed20553c2efcd28c2bb39be42ef741227a53b026b31ae9f8a418b953905112eb2138" },
  { offset = 0.0, sealed = "186543a88d3a194af2cae307579c84fbe9a65ee0d015e94d98f69fcc29666d5ca7487a9bbdb48885e142767c0ebd93fab797f93dd9020b2fb888022db0774c291535e6ef3927c09a511af6206906799a37efee6618aad3200ef409c99b31f85e4ace89f24d0d78669ac15cf8cc4b9504c810a55df7c66f9a1d2a1f6185134739" },
  { offset = 0.0, sealed = "4e0edee5c9dc6e01cf8479d6f362d857e3cbf8c8d86fe7d05eea53564e98a46ea011f70f0bb6cfb36fea9c9c09f4c0fcb44026be5a0e745c0f7b5746f87e356dca08ef5fd616aaecae45cd2871b3f00cf25fa9e8bf2f5b1818fdf2dc2fcb47fd44bfbc9b26b64998e02297d5f1d04f3a6eceb17cbbc553fcde1c6964d60c7b06" },
  { offset = 0.0, sealed = "cc6c3a081576a0fa77c9344030170c82e11a2463804856e756084fbc9d997edbcfeae017d42fcf441eaa5bfe739692f5379e761c7b2fae4c092dad710c6a6c9665b433035f9e02b8930f7960d466d7509347ab0023ef966a405ec791e281112622774cec9913ea7a2cdcd432ff16942427a2cf2aa7d8e46faf750453c2eff384" },
  { offset = 0.0, sealed = "eef772993147e5eacb6374f77257c8b286187c6fa6a09ced734bb35d66438183e1520e86488ccdb21a4d3a35fa9c3ccfe8fbeae39c72d766e7687ef8c7c3f06c4c0677862b1efa5fc0f7de92bfadd46295ed6748cae261d1a93faa5639c3132d9044673a464687a7ef5f8a3514d4d240fd70ba2a505a84cc823a807d2efd043a" },
]
otherwise = "20d735e4de021f5d999c6776982c68bed7f98847c5150e2bd3a5c1bf36305d074bc98bdaf05edaf6fb53c5e1ef5d2342d093309fb0644f3c86c796e1f8ec7f78100082e2d2adb41e90f1e2471c0ce7f82ffe0cf160ce3e430682c1a956adc95773eb4ce4dc579f93ee050d2b99dc4071f7cb337c76f526f16af7a402581c425467382005a070298783cf254a3cde809743ae4e5e70f4f3ece11619cee29038c24adcdb49492f1424d7caf6a82648647e2d63a7c74410cea6ffc25468d19fef1f"

[[question]]
id = "nucleus"
kind = "single"
text = "How many tokens are left?<br />\n<code>let p = lm::top_p(&amp;[0.5, 0.25, 0.125, 0.125], 0.7)?;</code>"
points = 1
choices = [
  { id = "1e99ad", text = "1", sealed = "19d3304ac0725b2d2de9f382af00141b82d2bd0f147c68f431dd226bb843929111cecba55ca404c8be1b92bc8d0a92108b9a8b7eef306316d1c81530d9d9c8fb" },
  { id = "76964c", text = "3", sealed = "cee18c62611f7f99acbfcdf155665d39b685b2653fe521cfc1f267fa77d6e89a7aaf816d201d8be76b1711ba63eff8296c95feffb581d9bea6726dcc1fb5d028" },
  { id = "c3dc04", text = "2", sealed = "aa4f4bb3954bcd8a82834fd737c380ff5817e61628e453a185789ad09f4263df724da17c7c11587065ee4a724a0fed43e9e64aa35b1e0e21f8d11cfaede973dbd7879d815727365bc557c4923e2b13e35d502e26efdd6ca48df88fdd70223757be13ba42c63c0a675dd70e1bbda7739d7adfa291907b5cff13a158b966718869" },
  { id = "ee191a", text = "4, because no token alone has a probability of 0.7", sealed = "f87fc3f8ac68379aa1d4d25b095b95d6dccdb6d4fcd1f369ca88aab1915035e3f633688ebae50bef4d5801606671872f29bd179616229f62bfb0621b26ae79dc29443e1c6e1eae26dbb2ec450777af1875b150badcbc22931352b23ef3c71ff7b4eb4cc95ef111f45e4386867661672ddcaf2a0d93e6d4f1cad7d2c72520ca02" },
]

[[question]]
id = "cold"
kind = "single"
text = "Look at the bars at three temperatures. Which is right at T = 0.3?"
points = 1
choices = [
  { id = "91c32b", text = "The probable become more probable.", sealed = "e12c68d2de16755fbab9a218de5c81342e04beaa15a9d39b46979e811c6f1bbb3d0f71986e5590e2f12d9035ac26edd02ecb5cea7b86b609feca6434e21b11d5f5325bc7559418b76bde48fd32b5bdc65635fff74a5f7dc013abf64b9905a63d12700383c2419d5bbf46e852c43a1403ab86330c5fc0bb1d02a9e48ae417f59a" },
  { id = "9a222a", text = "Nothing, as the softmax scales everything back to a sum of 1 afterwards.", sealed = "1c97d015e960bf5c95a1ac3fb837630f1b61d0a5bdd80c90998cd1e07930af135ff50a6f1229e33350d34ded213c915483dda41f45cbd3d36aa0b2db36879317c8d6b2b68cd744bd30354c8a1ff1c65feb839c69413fbc554c122a8fafe4d2a4d6e1f4515f512c46746db390eb0a3fe1077e6dc62209d80be738a49e2057f834" },
  { id = "ae8c0c", text = "All tokens become about equally probable.", sealed = "4984e079a6c2462fd1d3647a1868043345dc749734c415aed203ef06d73e359633dbe0d49cf657b9e2db5ad6f50fee999bf42e98f6f51005449ca778b0469d1a8bb671870a42f4b5e583d99ff91f66439b46853aa3a285e17c173a8ee026e0b98ef86cdc913afe40aec234df4e3b2b21d8dd312e5685028a7f4d72e49eaf5d30" },
  { id = "e1ab10", text = "The order of the tokens changes, so that rare ones come to the front.", sealed = "da9532b60e99cf14b3f37d6677837c1ce3e5203d1ded4327badfc1b5d15402928b3070cc401f6c7f12db9f6ce73e81fa813e042ced5acb46ffe0f47b90bfa0543ed457dd130d7a2ff75d2398d14ac1dceca1599e9aa854fc4446516cac13ef600b7d22189d40df30fc7476ec473f364b0e173b677cb3eecb143a1448b0a6e361" },
]
"#),
];
