//! What InfoNCE measures, in numbers: worlds in which everything is known, and beside each loss the truth
//! that it bounds (van den Oord, Li and Vinyals 2018, "Representation Learning with Contrastive Predictive
//! Coding"; Poole et al. 2019, "On Variational Bounds of Mutual Information").
//!
//! **The question.** Given a context c, N samples X = x₁, …, x_N are drawn: one of them, at a random place i,
//! from p(x|c), the other N − 1 from p(x). Which one belongs to c? By Bayes, and because all factors that are
//! in each term cancel:
//!
//! ```text
//!                  p(xᵢ|c) ∏_{l≠i} p(x_l)            r(xᵢ,c)                        p(x|c)
//!     p(i|X,c) = ─────────────────────────── = ─────────────────        r(x,c) = ──────        density ratio
//!                 Σⱼ p(xⱼ|c) ∏_{l≠j} p(x_l)     Σ_{j=1}^N r(xⱼ,c)                  p(x)
//! ```
//!
//! **The loss.** A model has a score s(x,c), and f = eˢ. Its cross entropy on that question is
//!
//! ```text
//!     L_N = −E ln ( f(xᵢ,c) / Σ_{j=1}^N f(xⱼ,c) )
//! ```
//!
//! which is least, over all scores, where the model's answer is p(i|X,c): where f is r up to a factor that
//! depends on c alone, since such a factor cancels. So s = ln r(x,c) is the optimal score, and the mean of
//! ln r is the mutual information I(x,c).
//!
//! **The bound.** A cross entropy is no less than the entropy of what is asked, and nothing can be known of
//! the place i from X alone, where all samples look alike:
//!
//! ```text
//!     ln N − L_N ≤ ln N − H(i|X,c) = I(i;X,c) = I(i;c|X) ≤ I(i,X;c) = I(x;c)
//! ```
//!
//! The first step holds for every score; the last equality, because i and X say of c what xᵢ says. As L_N is
//! not negative, the bound is never above ln N either: with 256 samples no more than 5.5 nats can be shown,
//! however much there is. (Van den Oord et al. derive the bound by `Σ_{negatives} r ≈ (N − 1) E r = N − 1`;
//! the lines above need no ≈.)
//!
//! **Where a 1/M stands.** With M samples of which one is the positive there are M − 1 negatives, so the
//! average of the ratio over the negatives is `1/(M−1) Σ_{j=1}^{M−1} r(xⱼ,c)`: it is divided by M − 1, ends
//! at M − 1, and its expectation is 1. Four forms are seen:
//!
//! | in the denominator | what it means | bound |
//! |---|---|---|
//! | Σ over all M samples | L_M as above | I ≥ ln M − L_M |
//! | 1/M Σ over all M samples | L' = L_M − ln M: same gradient, may be negative (Poole et al.) | I ≥ −L' |
//! | f(xᵢ,c) + 1/M Σ over negatives | not p(i\|X,c): its optimum is not the density ratio | none with ln M |
//! | f(xᵢ,c) + Σ_{j=1}^{M} over negatives | M + 1 samples | I ≥ ln(M+1) − L_{M+1} |
//!
//! The third is [`Joint::loss_weighted`] with the weight 1/M, and [`LogLinear`] finds what it is optimal for.
//! With many samples that solves `g (1 + g) = λ r` for f = g times its mean, which grows like √r.
//!
//! | what | where | cost |
//! |---|---|---|
//! | a table p(x,c): ratio, answer, mutual information | [`Joint`] | size of the table |
//! | L_N of any scores on a table, exactly, and its gradient | [`Joint::loss`], `exact.rs` | a few hundred times the table, whatever N |
//! | the same by enumeration, to be read; and by sampling | [`Joint::loss_plain`], [`Joint::sampled`] | |
//! | a score exp(xᵀWc) that learns | [`LogLinear`] | a gradient a step |
//! | correlated Gaussians in d dimensions | [`Gaussians`] | N² d a set |
//! | the bound beside the truth, and curves of it | [`Bound`], [`BoundCurve`] | |

mod curve;
mod exact;
mod gaussians;
mod joint;
mod log_linear;
mod sampled;

pub use curve::{Bound, BoundCurve};
pub use gaussians::Gaussians;
pub use joint::Joint;
pub use log_linear::{LearnedScore, LogLinear};
