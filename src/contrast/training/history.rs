//! What was recorded along a training: losses, evaluations, and frames of a film.

use std::fmt;

use ndarray::Array2;

use crate::contrast::Geometry;
use crate::plot::{Column, Drawing, Table, curves, side_by_side};

/// One evaluation.
#[derive(Clone, Copy, PartialEq)]
pub struct Moment {
    /// Steps so far.
    pub step: u64,
    /// The loss of the batch before; NaN before the first.
    pub loss: f64,
    /// Recall at 1.
    pub recall_at_1: f64,
    /// Recall at 10, if there are ten to be found.
    pub recall_at_10: Option<f64>,
    /// MAP@R; for labels only.
    pub map_at_r: Option<f64>,
    /// Mean reciprocal rank.
    pub mrr: f64,
    /// The share of triplets that are right; None if there are none.
    pub triplet_accuracy: Option<f64>,
    /// Spearman's correlation of similarities and grades; for graded pairs only, and not if all similarities
    /// are equal.
    pub spearman: Option<f64>,
    /// The shape of the space.
    pub geometry: Geometry,
}

crate::show::shown_as_line!(Moment, |this| {
    let (step, recall, mrr) = (this.step, this.recall_at_1, this.mrr);
    format!("after {step} steps: recall at 1 {recall:.4}, MRR {mrr:.4}")
});

/// A number of an evaluation, if it was measured.
type Of = fn(&Moment) -> Option<f64>;

/// The record of a training. As a cell's last expression it draws its curves.
#[derive(Clone, Default, PartialEq)]
pub struct History {
    pub(super) losses: Vec<(u64, f64)>,
    pub(super) moments: Vec<Moment>,
    pub(super) frames: Vec<(u64, Array2<f32>)>,
}

impl History {
    /// The loss of each batch, with the number of steps before it.
    pub fn losses(&self) -> &[(u64, f64)] {
        &self.losses
    }

    /// The evaluations: before the first step of the run, as often as was asked for, and at the end.
    pub fn moments(&self) -> &[Moment] {
        &self.moments
    }

    /// The last evaluation.
    pub fn last(&self) -> Option<&Moment> {
        self.moments.last()
    }

    /// The frames of the film: steps so far, and the vectors of the examples that are evaluated; of pairs all
    /// first and then all second ones.
    pub fn frames(&self) -> &[(u64, Array2<f32>)] {
        &self.frames
    }

    /// At most `most` frames, evenly chosen, the first and the last among them, each with its caption: what
    /// [`plot::film`](crate::plot::film) takes for a row.
    pub fn film(&self, most: usize) -> Vec<(String, Array2<f32>)> {
        let n = self.frames.len();
        let chosen: Vec<usize> = match most {
            _ if n <= most => (0..n).collect(),
            0 => Vec::new(),
            1 => vec![n - 1],
            _ => (0..most)
                .map(|k| (k * (n - 1) + (most - 1) / 2) / (most - 1))
                .collect(),
        };
        let frame = |k: usize| {
            let (step, points) = &self.frames[k];
            (format!("step {step}"), points.clone())
        };
        chosen.into_iter().map(frame).collect()
    }

    /// Loss, what is found, and the geometry, by steps.
    pub fn drawing(&self) -> Drawing {
        let line = |of: Of| -> Vec<(f64, f64)> {
            let points = self.moments.iter().filter_map(|m| Some((m.step as f64, of(m)?)));
            points.collect()
        };
        let picture = |title: &str, lines: &[(&str, Of)]| {
            let mut picture = curves().title(title).x_label("steps").size(380, 260);
            for (name, of) in lines {
                let points = line(*of);
                if !points.is_empty() {
                    picture = picture.line(*name, points);
                }
            }
            picture
        };
        let losses: Vec<(f64, f64)> = self
            .losses
            .iter()
            .map(|&(step, loss)| (step as f64, loss))
            .collect();
        let loss = curves()
            .line("", losses)
            .title("Loss of a batch")
            .x_label("steps")
            .size(380, 260);
        let found = picture(
            "What is found",
            &[
                ("recall at 1", |m| Some(m.recall_at_1)),
                ("recall at 10", |m| m.recall_at_10),
                ("MAP@R", |m| m.map_at_r),
                ("triplets", |m| m.triplet_accuracy),
                ("Spearman", |m| m.spearman),
            ],
        );
        let spread = picture(
            "Alignment and uniformity",
            &[
                ("alignment", |m| m.geometry.alignment),
                ("uniformity", |m| m.geometry.uniformity),
            ],
        );
        let distances = picture(
            "Mean distances",
            &[
                ("within", |m| m.geometry.within),
                ("between", |m| m.geometry.between),
            ],
        );
        side_by_side(2, [loss, found.from_zero(), spread, distances.from_zero()])
    }

    /// Effective rank, anisotropy and the share of collapsed directions, by steps.
    pub fn dimensions(&self) -> Drawing {
        let line = |title: &str, of: Of| {
            let points = self.moments.iter().filter_map(|m| Some((m.step as f64, of(m)?)));
            let points: Vec<(f64, f64)> = points.collect();
            curves()
                .line("", points)
                .title(title)
                .x_label("steps")
                .size(250, 220)
                .from_zero()
        };
        side_by_side(
            3,
            [
                line("Effective rank", |m| Some(m.geometry.effective_rank)),
                line("Anisotropy", |m| m.geometry.anisotropy),
                line("Collapsed directions", |m| Some(m.geometry.collapsed)),
            ],
        )
    }

    fn table(&self) -> Table {
        let names = [
            "steps",
            "loss",
            "recall@1",
            "MAP@R",
            "MRR",
            "alignment",
            "uniformity",
            "rank",
        ];
        let columns = names.map(|name| match name {
            "steps" => Column::new(name).grouped(),
            _ => Column::new(name).decimals(3),
        });
        Table::new(columns).rows(self.moments.iter().map(|m| {
            let loss = Some(m.loss).filter(|loss| !loss.is_nan());
            let g = &m.geometry;
            (
                m.step,
                loss,
                m.recall_at_1,
                m.map_at_r,
                m.mrr,
                g.alignment,
                g.uniformity,
                g.effective_rank,
            )
        }))
    }

    /// Shows the curves in a notebook.
    pub fn evcxr_display(&self) {
        crate::show::display(&self.drawing().to_html(), &self.to_string());
    }
}

impl fmt::Display for History {
    /// The evaluations as a table.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.table().fmt(f)
    }
}

crate::show::debug_shows!(History);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_film_is_thinned_evenly() {
        let frames = (0..11).map(|k| (10 * k, Array2::zeros((1, 2)))).collect();
        let history = History {
            frames,
            ..History::default()
        };
        let captions = |most| -> Vec<String> { history.film(most).into_iter().map(|f| f.0).collect() };
        assert_eq!(captions(3), ["step 0", "step 50", "step 100"]);
        assert_eq!((captions(1), captions(0).len()), (vec!["step 100".to_owned()], 0));
        assert_eq!((captions(11).len(), captions(40).len()), (11, 11));
        let four = captions(4);
        assert_eq!((four[0].as_str(), four[3].as_str()), ("step 0", "step 100"));
    }
}
