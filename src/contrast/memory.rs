//! Cross-batch memory: the vectors of the last batches as further candidates (Wang, Zhang, Huang and Scott
//! 2020, *Cross-batch memory for embedding learning*; a queue with an encoder of its own is MoCo's, He et
//! al. 2020).
//!
//! A batch is small, and hard negatives are rare. But an encoder changes little from one step to the next
//! once the first steps are done (the paper calls it slow drift), so its vectors of some steps ago are
//! nearly what it would give now. They are kept with their labels in a queue: the newest come in, the
//! oldest go out. They are compared with the batch but get no gradient.
//!
//! In a step: the loss with [`CrossBatchMemory::queue`], then [`CrossBatchMemory::push`] of the batch's
//! vectors. In this order a vector is never compared with itself. Memory: `capacity` vectors; time: a
//! product with each. Begin after a few hundred steps: at first the vectors move fast.

use crate::loss::Queue;
use crate::nn::Tensor;
use crate::{Error, Result};

/// The last vectors of a training, with their labels.
#[derive(Clone)]
pub struct CrossBatchMemory {
    capacity: usize,
    kept: Option<Queue>,
}

impl CrossBatchMemory {
    /// An empty memory for this many vectors.
    ///
    /// # Errors
    /// The capacity is 0.
    pub fn new(capacity: usize) -> Result<Self> {
        match capacity {
            0 => Err(Error::value(
                "a cross-batch memory",
                "a capacity of 1 or more",
                "0",
            )),
            _ => Ok(Self { capacity, kept: None }),
        }
    }

    /// Adds the vectors of a batch, `(n, d)`, with a label each (of a class, or of a text), and lets go of
    /// the oldest ones beyond the capacity.
    ///
    /// ```
    /// use course::contrast::CrossBatchMemory;
    /// use course::nn::{Device, Tensor};
    /// let mut memory = CrossBatchMemory::new(3)?;
    /// assert!(memory.queue().is_none());
    /// for label in 0..4_u32 {
    ///     memory.push(&Tensor::new(&[[label as f32]], &Device::Cpu)?, &[label])?;
    /// }
    /// let queue = memory.queue().expect("something was added");
    /// assert_eq!((queue.labels, queue.vectors.to_vec2::<f32>()?), (vec![1, 2, 3], vec![vec![1.0], vec![2.0], vec![3.0]]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Labels are not as many as vectors, or vectors have another length than those before.
    pub fn push(&mut self, vectors: &Tensor, labels: &[u32]) -> Result<()> {
        let (n, d) = vectors.dims2()?;
        if labels.len() != n {
            let expected = format!("{n}, as many as vectors");
            return Err(Error::shape(
                "the labels of a memory",
                expected,
                labels.len().to_string(),
            ));
        }
        // Copied, so that nothing keeps the graph of the batch.
        let mut vectors = vectors.detach().copy()?;
        let mut labels = labels.to_vec();
        if let Some(kept) = self.kept.take() {
            let before = kept.vectors.dim(1)?;
            if before != d {
                self.kept = Some(kept);
                let expected = format!("{before} numbers");
                return Err(Error::shape("a vector of a memory", expected, d.to_string()));
            }
            vectors = Tensor::cat(&[&kept.vectors, &vectors], 0)?;
            labels = [kept.labels, labels].concat();
        }
        let too_many = labels.len().saturating_sub(self.capacity);
        self.kept = Some(Queue {
            vectors: vectors
                .narrow(0, too_many, labels.len() - too_many)?
                .contiguous()?,
            labels: labels.split_off(too_many),
        });
        Ok(())
    }

    /// What is kept, the oldest first, for the field `queue` of a loss; none if nothing is.
    pub fn queue(&self) -> Option<Queue> {
        self.kept.clone()
    }

    /// How many vectors are kept.
    pub fn len(&self) -> usize {
        self.kept.as_ref().map_or(0, |kept| kept.labels.len())
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

crate::show::shown_as_line!(CrossBatchMemory, |this| {
    format!(
        "A memory of {} vectors, for at most {}",
        this.len(),
        this.capacity
    )
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::{Average, Distance, SupervisedContrastive, supervised_contrastive, tensors};
    use crate::nn::{DType, Device, Init, Var};
    use crate::rng::seeded;

    /// The loss of a batch with a memory is that of its rows in the larger batch, and the gradient goes to
    /// the batch alone.
    #[test]
    fn what_is_kept_is_compared_and_gets_no_gradient() {
        let rng = &mut seeded(1);
        let mut random = |n| {
            let x = Init::Normal(1.0)
                .draw(&[n, 3], DType::F32, &Device::Cpu, rng)
                .unwrap();
            Var::from_tensor(&x).unwrap()
        };
        let (old, new) = (random(6), random(4));
        let mut memory = CrossBatchMemory::new(5).unwrap();
        memory.push(&old, &[9, 1, 2, 1, 3, 2]).unwrap();
        let options = SupervisedContrastive {
            queue: memory.queue(),
            ..Default::default()
        };
        let loss = tensors::supervised_contrastive(&new, &[1, 2, 7, 3], &options).unwrap();
        let all = Tensor::cat(&[new.as_tensor(), &old.narrow(0, 1, 5).unwrap()], 0).unwrap();
        let rows = all.to_vec2::<f32>().unwrap();
        let labels = [1, 2, 7, 3, 1, 2, 1, 3, 2];
        let each = (0..4).map(|i| {
            let s: Vec<f32> = rows
                .iter()
                .map(|y| 1.0 - Distance::Cosine.between(&rows[i], y))
                .collect();
            supervised_contrastive(&s, &labels, i, 0.1).unwrap()
        });
        // The third one has no positive.
        let expected = each.sum::<f32>() / 3.0;
        assert_eq!(Average::default(), Average::Valid);
        let got = loss.to_scalar::<f32>().unwrap();
        assert!((got - expected).abs() < 1e-5 * expected, "{got} {expected}");
        let gradients = loss.backward().unwrap();
        assert!(gradients.get(&new).is_some() && gradients.get(&old).is_none());
    }

    #[test]
    fn what_does_not_fit_is_said_and_changes_nothing() {
        let zeros = |n, d| Tensor::zeros((n, d), DType::F32, &Device::Cpu).unwrap();
        assert!(CrossBatchMemory::new(0).is_err());
        let mut memory = CrossBatchMemory::new(2).unwrap();
        assert!(memory.push(&zeros(2, 3), &[1]).is_err() && memory.is_empty());
        memory.push(&zeros(3, 3), &[1, 2, 3]).unwrap();
        let e = memory.push(&zeros(1, 4), &[1]).unwrap_err().to_string();
        assert_eq!(e, "a vector of a memory: expected 3 numbers, got 4");
        assert_eq!((memory.len(), memory.queue().unwrap().labels), (2, vec![2, 3]));
    }
}
