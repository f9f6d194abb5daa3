// The cells of kernel_latency.py, one after each line that begins with `// %%`: a short notebook in which
// most cells call the course. The first cell that has an output ends "launch to first result".

// %% 1
use course::prelude::*;

// %% 2
words("The whale, the ship and the sea.")

// %% 3
let text = "the whale and the ship and the sea ".repeat(100);

// %% 4
let vocabulary = Vocabulary::count(words(&text), 2);

// %% 5
vocabulary.words().len()

// %% 6
let jargon = jargon::corpus();

// %% 7
jargon.tokens()

// %% 8
fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

// %% 9
let shares: Vec<f64> = vocabulary.counts().iter().map(|&n| share(n, vocabulary.tokens())).collect();

// %% 10
plot::curves().line("share", shares.clone()).title("Words by rank")

// %% 11
let mut rng = seeded(7);

// %% 12
let table = Table::new(["word", "count"]).rows(vocabulary.words().iter().cloned().zip(vocabulary.counts().iter().copied()));

// %% 13
table
