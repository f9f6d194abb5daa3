//! Where the bytes of a value go: into memory, nowhere, or into memory as long as they are few.

/// Takes the bytes of a value.
pub(crate) trait Sink {
    fn put(&mut self, bytes: &[u8]);

    /// A new line, `depth` levels deep.
    fn line(&mut self, depth: usize);
}

impl Sink for Vec<u8> {
    fn put(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }

    fn line(&mut self, depth: usize) {
        self.push(b'\n');
        self.resize(self.len() + depth, b' ');
    }
}

/// Takes a value and keeps nothing of it.
pub(crate) struct Nothing;

impl Sink for Nothing {
    #[inline]
    fn put(&mut self, _: &[u8]) {}

    #[inline]
    fn line(&mut self, _: usize) {}
}

/// Takes a value as long as it is small.
pub(crate) struct AtMost {
    pub(crate) bytes: Vec<u8>,
    limit: usize,
    pub(crate) overflown: bool,
}

impl AtMost {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            bytes: Vec::new(),
            limit,
            overflown: false,
        }
    }
}

impl Sink for AtMost {
    fn put(&mut self, bytes: &[u8]) {
        self.overflown |= self.bytes.len() + bytes.len() > self.limit;
        if !self.overflown {
            self.bytes.put(bytes);
        }
    }

    fn line(&mut self, depth: usize) {
        self.overflown |= self.bytes.len() + depth >= self.limit;
        if !self.overflown {
            self.bytes.line(depth);
        }
    }
}
