//! Gradients of a batch that is encoded two rows at a time, as sentence-transformers does it.

use course::contrast::cached_gradients;
use course::loss::{InfoNce, Temperature, tensors};
use course::nn::{Device, Init, Parameters};
use course::rng::seeded;

use super::losses::peer;
use super::{PRECISIONS, apart, numbers};

#[test]
fn cached_gradients_are_those_of_sentence_transformers() {
    let peer = peer();
    let cases = peer
        .cases
        .iter()
        .filter(|case| case.loss == "cached multiple negatives");
    let mut compared = 0;
    for case in cases {
        let batch = &peer.batches[&case.kind][&case.batch];
        for (dtype, most) in PRECISIONS {
            // The encoder is a table of vectors, one for each column and row.
            let mut parameters = Parameters::new(dtype, &Device::Cpu);
            let rng = &mut seeded(1);
            for (k, x) in batch.vectors.iter().enumerate() {
                let name = format!("column{k}");
                let shape = (x.shape[0], x.shape[1]);
                let made = parameters.scope("").parameter(&name, shape, Init::Zeros, rng);
                made.expect("a parameter");
                parameters.set(&name, &x.tensor(dtype)).expect("its numbers");
            }
            let table = |k: usize| parameters.get(&format!("column{k}")).expect("a column");
            let options = InfoNce {
                temperature: Temperature::Fixed(1.0 / case.options.number("scale")),
                ..InfoNce::default()
            };
            let found = cached_gradients(
                &parameters,
                batch.vectors[0].shape[0],
                2,
                1,
                &|rows, _| {
                    let rows = |k: usize| Ok(table(k).narrow(0, rows.start, rows.len())?);
                    (0..batch.vectors.len()).map(rows).collect()
                },
                &|x| tensors::multiple_negatives(&x[0], &x[1], &x[2..], &options),
            );
            let found = found.expect("gradients");
            assert!(
                apart(&[found.loss], &[Some(case.value)]) <= most,
                "{case}: {}",
                found.loss
            );
            for (k, expected) in case.gradients.iter().enumerate() {
                let got = found.gradients.get(&format!("column{k}"));
                let got = numbers(got.expect("a gradient"));
                assert!(apart(&got, expected) <= most, "{case}: {got:?}, {expected:?}");
            }
            compared += 1;
        }
    }
    assert_eq!(compared, PRECISIONS.len() * 9);
}
