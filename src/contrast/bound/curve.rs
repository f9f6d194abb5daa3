//! A bound beside the truth, and many of them as a picture.

use std::fmt;

use crate::plot::{Column, Drawing, Table, curves};

/// What InfoNCE with `n` samples shows of a mutual information, all in nats.
#[derive(Clone, Copy, PartialEq)]
pub struct Bound {
    /// N: the samples among which the positive is to be found, itself included.
    pub n: usize,
    /// L_N.
    pub loss: f64,
    /// Half the width of the loss's interval of 95 %; 0 if it is exact.
    pub half_width: f64,
    /// The truth.
    pub mutual_information: f64,
}

impl Bound {
    /// `ln N − L_N`, which the mutual information is not below.
    pub fn lower(&self) -> f64 {
        self.ceiling() - self.loss
    }

    /// `ln N`, which the bound cannot exceed.
    pub fn ceiling(&self) -> f64 {
        (self.n as f64).ln()
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "N = {}: ln N − L = {:.4}", self.n, self.lower())?;
        if self.half_width > 0.0 {
            write!(f, " ± {:.4}", self.half_width)?;
        }
        let (i, ceiling) = (self.mutual_information, self.ceiling());
        write!(f, ", I = {i:.4}, ln N = {ceiling:.4}")
    }
}

crate::show::shown_as_line!(Bound);

/// Bounds of several numbers of samples, or of several worlds.
///
/// ```
/// use course::contrast::bound::{BoundCurve, Joint};
/// let world = Joint::copies(10, 0.1)?;
/// let scores = world.optimal_scores();
/// let curve = [2, 8, 32, 128].iter().map(|&n| world.bound(&scores, n)).collect::<course::Result<Vec<_>>>()?;
/// let curve = BoundCurve(curve);
/// assert!(curve.0[3].lower() > 0.95 * world.mutual_information());
/// assert!(curve.drawing().to_svg().contains("ln N"));
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct BoundCurve(
    /// In the order in which they are drawn.
    pub Vec<Bound>,
);

impl BoundCurve {
    /// The bound, the truth and ln N: by the number of samples if that varies, else by the truth.
    pub fn drawing(&self) -> Drawing {
        let by_n = self.0.windows(2).any(|two| two[0].n != two[1].n);
        let line = |y: &dyn Fn(&Bound) -> f64| -> Vec<(f64, f64)> {
            let x = |b: &Bound| if by_n { b.n as f64 } else { b.mutual_information };
            self.0.iter().map(|b| (x(b), y(b))).collect()
        };
        let mut picture = curves()
            .line("mutual information", line(&|b| b.mutual_information))
            .line("ln N", line(&|b| b.ceiling()))
            .line("ln N − L", line(&|b| b.lower()));
        if self.0.iter().any(|b| b.half_width > 0.0) {
            picture = picture
                .line("95 % from", line(&|b| b.lower() - b.half_width))
                .line("95 % to", line(&|b| b.lower() + b.half_width));
        }
        if by_n {
            picture = picture.log_x();
        }
        let x = if by_n {
            "samples N"
        } else {
            "mutual information (nats)"
        };
        picture.x_label(x).y_label("nats").from_zero().drawing()
    }

    fn table(&self) -> Table {
        let columns = [
            Column::new("N").grouped(),
            Column::new("L").decimals(4),
            Column::new("ln N − L").decimals(4),
            Column::new("±").decimals(4),
            Column::new("I").decimals(4),
            Column::new("ln N").decimals(4),
        ];
        Table::new(columns).rows((self.0.iter()).map(|b| {
            let half_width = Some(b.half_width).filter(|&w| w > 0.0);
            (
                b.n,
                b.loss,
                b.lower(),
                half_width,
                b.mutual_information,
                b.ceiling(),
            )
        }))
    }

    /// Shows the curves in a notebook.
    pub fn evcxr_display(&self) {
        crate::show::display(&self.drawing().to_html(), &self.to_string());
    }
}

impl fmt::Display for BoundCurve {
    /// As a table.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.table().fmt(f)
    }
}

crate::show::debug_shows!(BoundCurve);
