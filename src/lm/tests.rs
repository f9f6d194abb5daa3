//! What follows from the trait, on models small enough for paper.

use super::*;
use crate::corpus::Vocabulary;

fn words(words: &str) -> Vocabulary {
    Vocabulary::from_words(words.split(' ').map(String::from).collect()).unwrap()
}

/// A model of two words that needs a context: *b* after *a* with probability ¾, anything else evenly. It uses
/// the trait's own methods for everything that a model need not provide.
struct Stub {
    tokens: WordTokens,
    /// P of a, b, the unknown word and the end, after anything but *a*.
    other: [f64; 4],
}

impl Stub {
    fn new(other: [f64; 4]) -> Self {
        Self {
            tokens: WordTokens::new(words("a b")).unwrap(),
            other,
        }
    }
}

impl LanguageModel for Stub {
    fn tokens(&self) -> &dyn TokenSet {
        &self.tokens
    }

    fn logits(&self, context: &[u32]) -> Result<Vec<f64>> {
        let p = match context.last() {
            None => return Err(Error::value("the context", "at least one token", "none")),
            Some(0) => [0.125, 0.75, 0.0, 0.125],
            Some(_) => self.other,
        };
        // Logits are P's logarithms up to a constant.
        Ok(p.iter().map(|p: &f64| p.ln() + 7.0).collect())
    }
}

/// Texts made from two pairs, each of which was counted: see `pairs_on_paper` in `ngram.rs` for the numbers.
#[test]
fn a_text_has_the_product_of_its_tokens() {
    let words = words("a b c");
    let counted = NGram {
        order: 2,
        discount: Some(0.5),
    };
    let model = counted.train(&["A b. A b. A c."], &words).unwrap();
    let p = |context: &[u32], id: usize| model.next_probabilities(context).unwrap()[id];
    assert!((p(&[0], 1) - 0.56).abs() < 1e-12);
    let by_hand = (p(&[], 0) * p(&[0], 1) * p(&[0, 1], 4)).ln();
    assert!((model.log_probability("a b").unwrap() - by_hand).abs() < 1e-12);
    // Two sentences are two sequences; an empty text is an empty product.
    let twice = model.log_probability("A b. A b.").unwrap();
    assert!((twice - 2.0 * by_hand).abs() < 1e-12);
    assert_eq!(model.log_probability("…").unwrap(), 0.0);
    let perplexity = model.perplexity(&["A b."]).unwrap();
    assert!((perplexity - (-by_hand / 3.0).exp()).abs() < 1e-12);
}

/// A model's own faster method gives what the trait's method gives.
#[test]
fn a_faster_way_is_the_trait_s_way() {
    struct Plain<'a>(&'a NGramModel);
    impl LanguageModel for Plain<'_> {
        fn tokens(&self) -> &dyn TokenSet {
            self.0.tokens()
        }
        fn logits(&self, context: &[u32]) -> Result<Vec<f64>> {
            self.0.logits(context)
        }
    }
    let texts = ["The cat sat on the mat. The dog sat on the log. A cat ran."];
    let model = NGram::default()
        .train(&texts, &words("the cat sat on dog"))
        .unwrap();
    let (fast, plain) = (
        model.perplexity(&texts).unwrap(),
        Plain(&model).perplexity(&texts).unwrap(),
    );
    assert!((fast - plain).abs() < 1e-9 * plain, "{fast} {plain}");
    assert!(Plain(&model).log_probabilities(&[vec![99]]).is_err());
}

#[test]
fn greedy_text_is_the_most_probable_and_ends() {
    // After b, a and the end are equally probable: the lower number wins, and greedy goes round in a circle.
    let model = Stub::new([0.4, 0.2, 0.0, 0.4]);
    let text = |n| model.generate("a", n, &Sampling::greedy(), 1).unwrap();
    assert_eq!(text(5), "b a b a b");
    assert_eq!(text(0), "");
    // Here the end is more probable, and is not shown.
    let model = Stub::new([0.3, 0.2, 0.0, 0.5]);
    assert_eq!(model.generate("a", 9, &Sampling::greedy(), 1).unwrap(), "b");
    // A penalty of 2 on what was seen: after b, the logits of a and b lose.
    let penalty = Sampling {
        repetition_penalty: 2.0,
        ..Sampling::greedy()
    };
    let p = penalty.probabilities(&[1.0, 0.9, 0.8], &[0, 1]).unwrap();
    assert_eq!(p, [0.0, 0.0, 1.0]);
}

#[test]
fn the_seed_fixes_the_text() {
    let text = crate::data::sotu::corpus().documents()[0].text.clone();
    let vocabulary = Vocabulary::of(&[text.as_str()], 2).unwrap();
    let model = NGram::default().train(&[text.as_str()], &vocabulary).unwrap();
    let text = |seed| model.generate("we", 40, &Sampling::default(), seed).unwrap();
    assert_eq!(text(1), text(1));
    assert!((2..9).any(|seed| text(seed) != text(1)));
    // Token by token it is the same text, also through a list of models.
    let models: [&dyn LanguageModel; 1] = [&model];
    let stream = TokenStream::new(models[0], "we", &Sampling::default(), 1).unwrap();
    let ids: Vec<u32> = stream.take(40).map(Result::unwrap).collect();
    assert_eq!(model.tokens().decode(&ids).unwrap(), text(1));
}

/// The token for unknown words has probability .9 and is never drawn; the others share the rest.
#[test]
fn an_unknown_word_is_never_drawn() {
    let model = Stub::new([0.05, 0.04, 0.9, 0.01]);
    for seed in 0..20 {
        let text = model.generate("b", 20, &Sampling::default(), seed).unwrap();
        assert!(!text.contains("another"), "{text}");
    }
    let table = model.next("b", 1).unwrap();
    assert_eq!(
        table.tokens()[0].0,
        "(another word)",
        "what the model says is shown"
    );
}

#[test]
fn a_model_that_needs_a_context_says_so_once() {
    let model = Stub::new([0.25; 4]);
    let error = |result: Result<String>| result.unwrap_err().to_string();
    let message = "the context: expected at least one token, got none";
    assert_eq!(error(model.generate("", 3, &Sampling::default(), 1)), message);
    let mut stream = TokenStream::new(&model, "", &Sampling::default(), 1).unwrap();
    assert!(stream.next().unwrap().is_err() && stream.next().is_none());
    assert_eq!(model.next("…", 3).unwrap_err().to_string(), message);
    let wrong = Sampling {
        top_k: Some(0),
        ..Sampling::default()
    };
    assert_eq!(
        error(model.generate("a", 3, &wrong, 1)),
        "top_k: expected 1 or more, got 0"
    );
    assert_eq!(
        model.next("a", 0).unwrap_err().to_string(),
        "the number of next tokens: expected 1 or more, got 0"
    );
}

#[test]
fn a_mixture_is_the_weighted_mean() {
    let (first, second) = (Stub::new([0.25; 4]), Stub::new([0.1, 0.2, 0.3, 0.4]));
    let both = Mixture::new(&first, &second, 0.25).unwrap();
    let p = both.next_probabilities(&[1]).unwrap();
    for (p, expected) in p.iter().zip([0.1375, 0.2125, 0.2875, 0.3625]) {
        assert!((p - expected).abs() < 1e-12);
    }
    // If the share of one model is 1, the mixture is that model, even if the other gives 0.
    let none = Stub::new([0.0, 0.5, 0.0, 0.5]);
    let alone = Mixture::new(&second, &none, 1.0).unwrap();
    assert!((alone.next_probabilities(&[1]).unwrap()[0] - 0.1).abs() < 1e-12);
    let three = NGram::default().train(&["a b c"], &words("a b c")).unwrap();
    let told =
        |share, other: &dyn LanguageModel| Mixture::new(&first, other, share).err().unwrap().to_string();
    assert_eq!(
        told(0.5, &three),
        "the models of a mixture: expected the same 4 tokens, got others, 5"
    );
    assert_eq!(told(1.5, &second), "the share: expected 0 to 1, got 1.5");
}

#[test]
fn next_tokens_as_table_and_bars() {
    let model = Stub::new([0.25; 4]);
    let next = model.next("a", 2).unwrap();
    assert_eq!(
        next.to_string(),
        "\
After “a”
next token     probability
──────────  ──────────────
b           0.750 ████████
a           0.125 █▍
"
    );
    assert!(next.bars().to_svg().contains("<title>b: 0.750</title>"));
    let sharper = Sampling {
        temperature: 0.5,
        ..Sampling::default()
    };
    // 36 : 1 : 1 of squares.
    let p = model.next_by("a", 1, &sharper).unwrap().tokens()[0].1;
    assert!((p - 36.0 / 38.0).abs() < 1e-12);
    let table = perplexity_table(
        &[("stub", &NGram::default().train(&["a b"], &words("a b")).unwrap())],
        &["a b"],
    );
    assert!(table.unwrap().to_string().contains("stub"));
}

/// A model that says *a b a b …*; the stop is spread over two tokens.
#[test]
fn a_stop_ends_a_text_before_it() {
    let model = Stub::new([1.0, 0.0, 0.0, 0.0]);
    let until = |stops: &[&str]| {
        let greedy = Sampling::greedy();
        model.generate_until("b", 5, stops, &greedy, 1).unwrap()
    };
    assert_eq!(until(&[]), "a b a b a");
    assert_eq!(until(&["", "never"]), "a b a b a");
    assert_eq!(until(&["b a"]), "a ");
    // What appears first counts, not what is longer.
    assert_eq!(until(&["a b a", "b"]), "a ");
    assert_eq!(until(&["a b a"]), "");
}
