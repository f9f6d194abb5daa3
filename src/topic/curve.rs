//! How many topics? Curves of what can be measured without a person: perplexity of held-out documents, and
//! coherence.
//!
//! Perplexity falls as long as more topics explain more, and rises when they begin to explain accidents.
//! Coherence often peaks earlier, where people can still name what the topics are about. Neither knows what
//! the topics are for.

use std::fmt;
use std::time::{Duration, Instant};

use super::{Lda, TopicDocs};
use crate::Result;
use crate::plot::{Column, Drawing, Table, curves, side_by_side};

/// What was measured for one number of topics.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TopicCurvePoint {
    /// `K`.
    pub n_topics: usize,
    /// Perplexity of the held-out documents, by completion.
    pub perplexity: f64,
    /// Mean NPMI of the topics in the documents that they were trained on.
    pub coherence: f64,
    /// How long the training took.
    pub elapsed: Duration,
}

crate::plot::shown_as_record!(TopicCurvePoint);

/// Perplexity and coherence for several numbers of topics.
#[derive(Clone, PartialEq)]
pub struct TopicCurve {
    /// In the order in which they were asked for.
    pub points: Vec<TopicCurvePoint>,
}

impl TopicCurve {
    /// Trains a model for each number of topics, with all other settings the same.
    ///
    /// # Errors
    /// As [`Lda::train`] and [`TopicModel::perplexity`](super::TopicModel::perplexity).
    ///
    /// ```
    /// use course::topic::{Lda, TopicCurve, bars};
    /// let (train, test) = bars(200, 40, 1)?.docs.split_every(5);
    /// let curve = TopicCurve::measure(&Lda { sweeps: 60, ..Lda::default() }, &train, &test, &[2, 10])?;
    /// assert!(curve.points[1].perplexity < curve.points[0].perplexity);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn measure(
        settings: &Lda,
        train: &TopicDocs,
        held_out: &TopicDocs,
        numbers: &[usize],
    ) -> Result<Self> {
        let point = |&n_topics: &usize| {
            let start = Instant::now();
            let model = Lda {
                n_topics,
                ..settings.clone()
            }
            .train(train)?;
            let elapsed = start.elapsed();
            Ok(TopicCurvePoint {
                n_topics,
                perplexity: model.perplexity(held_out)?,
                coherence: model.coherence(train)?.mean(),
                elapsed,
            })
        };
        Ok(Self {
            points: numbers.iter().map(point).collect::<Result<_>>()?,
        })
    }

    /// Both curves side by side.
    pub fn drawing(&self) -> Drawing {
        let line = |y: fn(&TopicCurvePoint) -> f64, title: &str| {
            let points: Vec<(f64, f64)> = self.points.iter().map(|p| (p.n_topics as f64, y(p))).collect();
            curves()
                .line("", points)
                .log_x()
                .title(title)
                .x_label("topics")
                .size(440, 300)
        };
        side_by_side(
            2,
            [
                line(|p| p.perplexity, "Held-out perplexity"),
                line(|p| p.coherence, "Coherence (NPMI)"),
            ],
        )
    }

    fn table(&self) -> Table {
        let rows = self
            .points
            .iter()
            .map(|p| (p.n_topics, p.perplexity, p.coherence, p.elapsed.as_secs_f64()));
        Table::new([
            Column::new("topics"),
            Column::new("held-out perplexity").decimals(0),
            Column::new("NPMI").decimals(3),
            Column::new("seconds").decimals(1),
        ])
        .rows(rows)
    }

    /// Shows both curves in a notebook.
    pub fn evcxr_display(&self) {
        crate::show::display(&self.drawing().to_html(), &self.to_string());
    }
}

impl fmt::Display for TopicCurve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.table().fmt(f)
    }
}

crate::show::debug_shows!(TopicCurve);
