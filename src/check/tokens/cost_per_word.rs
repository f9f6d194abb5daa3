//! What a word costs to train on.

use crate::check::cases::{exercise, whole};
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::tokenize::measures::ModelSize;

exercise! {
    /// Floating-point operations to train on a word.
    "07_tokens/cost_per_word": cost_per_word(
        fertility: f64 as *f64, layers: usize as *usize, width: usize as *usize, context: usize as *usize,
        vocab_size: usize as *usize
    ) -> f64,
    nearly, allowed, random,
    public: [
        ("small enough for paper", [1.5_f64, 1_usize, 2_usize, 3_usize, 8_usize]),
        ("GPT-2, small", [1.2_f64, 12_usize, 768_usize, 1024_usize, 50257_usize]),
        ("one token a word", [1.0_f64, 2_usize, 4_usize, 8_usize, 16_usize]),
    ],
    mistakes: [
        ("a token", "This is what a token costs: a word is as many tokens as the fertility says.", of_token),
        ("whole division", "s/(6h) and V/(16lh) are fractions: divide numbers of type f64.", whole_division),
        ("no output", "The scores of all V tokens at the end cost, too: the term V/(16lh).", without_output),
        ("width once", "The layers' matrices grow with the square of the width: h².", width_once),
    ],
}

fn allowed(values: &[Value]) -> bool {
    values[1..].iter().all(|n| *n != Value::Whole(0)) && !matches!(values[0], Value::Real(x) if x < 1.0)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let mut upto = |most: usize| whole(rng, 1..=most);
    let fertility = 1.0 + upto(8) as f64 / 4.0;
    vec![
        fertility.to_value(),
        upto(n).to_value(),
        upto(8 * n).to_value(),
        upto(64 * n).to_value(),
        upto(100 * n).to_value(),
    ]
}

fn truth(fertility: f64, layers: usize, width: usize, context: usize, vocab_size: usize) -> f64 {
    ModelSize::new(layers, width, context).map_or(0.0, |t| t.flops_per_word(vocab_size as f64, fertility))
}

fn of_token(_: f64, layers: usize, width: usize, context: usize, vocab_size: usize) -> f64 {
    truth(1.0, layers, width, context, vocab_size)
}

fn layers_alone(fertility: f64, layers: usize, width: usize) -> f64 {
    96.0 * fertility * (layers * width * width) as f64
}

fn whole_division(fertility: f64, layers: usize, width: usize, context: usize, vocab_size: usize) -> f64 {
    let more = 1 + context / (6 * width) + vocab_size / (16 * layers * width);
    layers_alone(fertility, layers, width) * more as f64
}

fn without_output(fertility: f64, layers: usize, width: usize, context: usize, _: usize) -> f64 {
    layers_alone(fertility, layers, width) * (1.0 + context as f64 / (6 * width) as f64)
}

fn width_once(fertility: f64, layers: usize, width: usize, context: usize, vocab_size: usize) -> f64 {
    truth(fertility, layers, width, context, vocab_size) / width as f64
}
