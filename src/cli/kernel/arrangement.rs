//! Which arrangement of the kernel this system gets: the fast one, or evcxr as it comes.

use std::fs;

use anyhow::Result;

use crate::tools;
use crate::tools::layout::Layout;

/// How kernels of this clone start.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Arrangement {
    /// With the library built beforehand.
    Fast,
    /// As evcxr comes: it compiles the library itself in each new kernel, which takes minutes. The text says
    /// why.
    Stock(String),
}

impl Arrangement {
    /// What `COURSE_KERNEL` asks for, else what set-up has found to work here, if it has tried.
    pub(crate) fn read(place: &Layout) -> Option<Self> {
        match std::env::var("COURSE_KERNEL").as_deref() {
            Ok("stock") => return Some(Self::Stock("COURSE_KERNEL asks for it".into())),
            Ok("fast") => return Some(Self::Fast),
            _ => {}
        }
        let text = fs::read_to_string(place.kernel().join("arrangement")).ok()?;
        match text.split_once('\n') {
            Some(("fast", _)) => Some(Self::Fast),
            Some(("stock", why)) => Some(Self::Stock(why.trim().to_owned())),
            _ => None,
        }
    }

    /// Remembers it for the kernels to come.
    pub(crate) fn write(&self, place: &Layout) -> Result<()> {
        let text = match self {
            Self::Fast => "fast\n".to_owned(),
            Self::Stock(why) => format!("stock\n{why}\n"),
        };
        tools::write(&place.kernel().join("arrangement"), &text)
    }
}
