use super::*;
use crate::context::attention::HeadSizes;
use crate::context::{Activation, BlockSizes, NormKind};
use crate::nn::{backward, gradient_check};

/// Forms that differ in everything that can be chosen.
fn forms() -> Vec<GptConfig> {
    let gpt2 = GptConfig::new(7, 6, 2, 2, 4);
    let llama = BlockSizes {
        attention: HeadSizes {
            kv_heads: 1,
            bias: false,
            ..gpt2.block.attention
        },
        activation: Activation::SwiGlu,
        norm: NormKind::Rms { epsilon: 1e-5 },
        ..gpt2.block
    };
    let after = BlockSizes {
        norm_first: false,
        ..gpt2.block
    };
    let rotary = Positions::Rotary { base: 100.0 };
    let with = |positions| GptConfig { positions, ..gpt2 };
    vec![
        gpt2,
        GptConfig {
            block: llama,
            tied: false,
            ..with(rotary)
        },
        GptConfig {
            block: after,
            ..with(Positions::Sinusoidal)
        },
        with(Positions::Alibi),
        with(Positions::None),
    ]
}

fn ids(rows: &[&[u32]]) -> Tensor {
    let rows: Vec<Vec<u32>> = rows.iter().map(|row| row.to_vec()).collect();
    Tensor::new(rows, &Device::Cpu).unwrap()
}

fn values(x: &Tensor) -> Vec<f64> {
    let x = x.to_dtype(DType::F64).unwrap().flatten_all().unwrap();
    x.to_vec1().unwrap()
}

#[test]
fn parameters_are_as_counted_and_gradients_are_the_slopes() {
    for config in forms() {
        let config = GptConfig {
            block: BlockSizes {
                dropout: 0.1,
                ..config.block
            },
            ..config
        };
        let gpt = Gpt::on(&config, DType::F64, &Device::Cpu, 1).unwrap();
        assert_eq!(gpt.parameters().count(), config.parameters(), "{config:?}");
        let batch = [[1, 2, 3, 0], [6, 5, 5, 4]];
        let loss = || gpt.loss(&batch, Some(&mut seeded(2)));
        gradient_check(gpt.parameters().iter(), loss)
            .unwrap()
            .within(1e-6)
            .unwrap();
    }
}

/// What comes later changes nothing before: the first three rows are those of the three tokens alone.
#[test]
fn nobody_sees_what_comes_later() {
    for config in forms() {
        let gpt = Gpt::on(&config, DType::F64, &Device::Cpu, 1).unwrap();
        let long = gpt.forward(&ids(&[&[1, 2, 3, 4, 5]]), None).unwrap();
        let short = gpt.forward(&ids(&[&[1, 2, 3]]), None).unwrap();
        let long = values(&long.narrow(1, 0, 3).unwrap());
        for (a, b) in long.iter().zip(values(&short)) {
            assert!((a - b).abs() < 1e-12, "{config:?}");
        }
    }
}

#[test]
fn the_cache_changes_no_logits() {
    for config in forms() {
        let gpt = Gpt::on(&config, DType::F64, &Device::Cpu, 3).unwrap();
        let text = [1, 2, 3, 4, 5, 6];
        let whole = gpt.forward(&ids(&[&text]), None).unwrap().squeeze(0).unwrap();
        let mut cache = gpt.cache();
        for (from, to) in [(0, 2), (2, 3), (3, 6)] {
            let next = gpt.next_logits(&text[from..to], &mut cache).unwrap();
            let expected = values(&whole.narrow(0, to - 1, 1).unwrap());
            for (a, b) in next.iter().zip(expected) {
                assert!((a - b).abs() < 1e-12, "{config:?}");
            }
        }
        assert_eq!(cache.len(), 6);
        let told = gpt.next_logits(&[1], &mut cache).unwrap_err().to_string();
        assert_eq!(
            told,
            "a text for a GPT: expected at most 6 tokens, the context, got 7"
        );
    }
}

/// Without positions the last token sees a set; with any of the forms, an order.
#[test]
fn positions_tell_an_order() {
    for config in forms() {
        let last = |ids_of: &[u32]| {
            let config = GptConfig { blocks: 1, ..config };
            let gpt = Gpt::on(&config, DType::F64, &Device::Cpu, 3).unwrap();
            let logits = gpt.forward(&ids(&[ids_of]), None).unwrap();
            values(&logits.narrow(1, 3, 1).unwrap())
        };
        let (a, b) = (last(&[1, 2, 3, 4]), last(&[3, 1, 2, 4]));
        let apart = a.iter().zip(&b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert_eq!(
            apart > 1e-14,
            config.positions != Positions::None,
            "{config:?} {apart}"
        );
    }
}

/// The weights of attention make the stream; and each row of them sums to 1.
#[test]
fn weights_and_layers_are_those_of_the_pass() {
    for config in forms() {
        let gpt = Gpt::on(&config, DType::F64, &Device::Cpu, 3).unwrap();
        let text = ids(&[&[1, 2, 3, 4]]);
        let weights = gpt.attention_weights(&text).unwrap();
        assert_eq!(weights.len(), 2);
        for layer in &weights {
            assert_eq!(layer.dims(), [1, 2, 4, 4]);
            for sum in values(&layer.sum(3).unwrap()) {
                assert!((sum - 1.0).abs() < 1e-12);
            }
            assert_eq!(values(layer)[1..4], [0.0; 3]);
        }
        let layers = gpt.layers(&text).unwrap();
        let logits = gpt.head(&layers[2]).unwrap();
        assert_eq!(values(&logits), values(&gpt.forward(&text, None).unwrap()));
    }
}

/// GPT-2's start: 0.02, and for what writes to the stream 0.02 / √(2L). 10,000 numbers tell a deviation to
/// 0.7 %; the bound is five times that.
#[test]
fn it_begins_as_gpt2_does() {
    let config = GptConfig::new(300, 64, 8, 2, 128);
    let gpt = Gpt::new(&config, 1).unwrap();
    for (name, variable) in gpt.parameters().iter() {
        let numbers = values(variable);
        let n = numbers.len() as f64;
        let mean = numbers.iter().sum::<f64>() / n;
        let deviation = (numbers.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt();
        let expected = match name {
            _ if name.ends_with("bias") => 0.0,
            _ if name.contains("ln_") => 0.0,
            _ if name.ends_with("c_proj.weight") => 0.02 / 16_f64.sqrt(),
            _ => 0.02,
        };
        assert!(
            (deviation - expected).abs() <= 0.035 * expected,
            "{name}: {deviation}"
        );
    }
    let again = Gpt::new(&config, 1).unwrap();
    let same = |a: &Gpt, b: &Gpt| {
        a.parameters()
            .iter()
            .zip(b.parameters().iter())
            .all(|(a, b)| values(a.1) == values(b.1))
    };
    assert!(same(&gpt, &again) && !same(&gpt, &Gpt::new(&config, 2).unwrap()));
}

#[test]
fn tied_weights_get_both_gradients() {
    let gpt = Gpt::on(&forms()[0], DType::F64, &Device::Cpu, 1).unwrap();
    let loss = gpt.loss(&[[1, 2, 3]], None).unwrap();
    let gradients = backward(&loss).unwrap();
    let table = gradients
        .get(gpt.parameters().get("wte.weight").unwrap())
        .unwrap();
    // Token 6 is neither read nor right, and yet the head makes it less probable.
    let row = values(&table.narrow(0, 6, 1).unwrap());
    assert!(row.iter().any(|x| x.abs() > 1e-6));
}

#[test]
fn what_does_not_fit_is_told() {
    let gpt = Gpt::new(&forms()[0], 1).unwrap();
    let told = |rows: &[Vec<u32>]| gpt.loss(rows, None).unwrap_err().to_string();
    assert_eq!(
        told(&[vec![1], vec![1]]),
        "a batch: expected sequences of one length, 2 or more, got [1, 1]"
    );
    assert!(told(&[vec![1, 2], vec![1, 2, 3]]).contains("[2, 3]"));
    assert!(told(&[]).starts_with("a batch"));
    assert_eq!(
        told(&[vec![7, 1]]),
        "an id of an embedding: expected 0 to 6, got 7"
    );
    assert!(told(&[vec![1, 7]]).contains('7'));
    assert!(gpt.next_logits(&[], &mut gpt.cache()).is_err());
    let wrong = |config: GptConfig| Gpt::new(&config, 1).unwrap_err().to_string();
    let base = forms()[0];
    assert!(wrong(GptConfig { context: 0, ..base }).starts_with("the context"));
    assert!(wrong(GptConfig { blocks: 0, ..base }).starts_with("the number of blocks"));
    let odd = GptConfig {
        positions: Positions::Rotary { base: 100.0 },
        ..GptConfig::new(7, 6, 1, 2, 6)
    };
    assert_eq!(
        wrong(odd),
        "the width of a head: expected an even number, for these positions, got 3"
    );
}
