//! Reads the one column of text of a Parquet file: the form in which the 400,000 words of GloVe are packed.
//!
//! It reads only what that needs: one column of byte arrays without nulls, in pages of version 1, plain or
//! with a dictionary, packed by Snappy or not at all. Anything else is an error. The crate `parquet` reads
//! all of the format and would double the time that the command line takes to build.
//!
//! A page has a header in Thrift's compact protocol, which [`Thrift`] reads into a tree. Field numbers below
//! are those of `parquet.thrift` in the Parquet format, 2.11.

use std::collections::BTreeMap;

/// A page is about a megabyte: it cannot have more texts than this, whatever a broken header says.
const MOST_IN_A_PAGE: i64 = 1 << 22;
/// How deep the structures of the format are nested, and a few levels more.
const DEEPEST: u8 = 16;

/// The texts of the column, one on each line.
pub(crate) fn lines(file: &[u8]) -> Result<String, &'static str> {
    const CUT: &str = "a Parquet file that is cut short";
    let body = file.strip_suffix(b"PAR1").ok_or("not a Parquet file")?;
    let (body, footer_bytes) = body.split_last_chunk::<4>().ok_or(CUT)?;
    let footer_at = body
        .len()
        .checked_sub(u32::from_le_bytes(*footer_bytes) as usize)
        .ok_or(CUT)?;
    let footer = Thrift::new(&body[footer_at..]).structure()?;

    let mut out = String::new();
    let mut count = 0;
    for group in footer.get(4).list() {
        let [column] = group.get(1).list() else {
            return Err("more than one column");
        };
        let meta = column.get(3);
        let snappy = match meta.get(4).int() {
            0 => false,
            1 => true,
            _ => return Err("neither plain nor packed by Snappy"),
        };
        let first_page = match meta.get(11).int() {
            0 => meta.get(9).int(),
            dictionary => dictionary,
        };
        let mut pages = Thrift::new(body.get(first_page as usize..footer_at).ok_or(CUT)?);
        let (values, mut seen) = (meta.get(5).int(), 0);
        let mut dictionary = Vec::new();
        while seen < values {
            let header = pages.structure()?;
            let packed = pages.take(header.get(3).int() as usize)?;
            let page = if snappy {
                snap::raw::Decoder::new()
                    .decompress_vec(packed)
                    .map_err(|_| "broken Snappy data")?
            } else {
                packed.to_vec()
            };
            match header.get(1).int() {
                2 => dictionary = plain(&page, header.get(7).get(1).int())?,
                0 => {
                    let (n, encoding) = (header.get(5).get(1).int(), header.get(5).get(2).int());
                    if !(1..=MOST_IN_A_PAGE).contains(&n) {
                        return Err("a page of nothing, or of too much");
                    }
                    seen += n;
                    // The levels say which values are null: none is, as the count of texts shows.
                    let levels = page.first_chunk::<4>().ok_or(CUT)?;
                    let data = page.get(4 + u32::from_le_bytes(*levels) as usize..).ok_or(CUT)?;
                    let texts = match encoding {
                        0 => plain(data, n)?,
                        2 | 8 => (indices(data, n)?.into_iter())
                            .map(|i| {
                                dictionary
                                    .get(i)
                                    .cloned()
                                    .ok_or("an entry that the dictionary has not")
                            })
                            .collect::<Result<_, _>>()?,
                        _ => return Err("an encoding that is neither plain nor a dictionary"),
                    };
                    for text in texts {
                        out.push_str(&text);
                        out.push('\n');
                        count += 1;
                    }
                }
                _ => return Err("a page of another version"),
            }
        }
    }
    if count > 0 && count == footer.get(3).int() {
        Ok(out)
    } else {
        Err("another number of texts than it says")
    }
}

/// `n` texts, each after its length.
fn plain(mut data: &[u8], n: i64) -> Result<Vec<String>, &'static str> {
    let mut texts = Vec::new();
    for _ in 0..n {
        let (length, rest) = data.split_first_chunk::<4>().ok_or("fewer texts than it says")?;
        let (text, rest) = rest
            .split_at_checked(u32::from_le_bytes(*length) as usize)
            .ok_or("a text that is cut short")?;
        texts.push(String::from_utf8(text.to_vec()).map_err(|_| "a text that is not UTF-8")?);
        data = rest;
    }
    Ok(texts)
}

/// `n` numbers in the mixture of runs and packed bits that Parquet calls RLE, after the byte that says how
/// many bits a number has.
fn indices(data: &[u8], n: i64) -> Result<Vec<usize>, &'static str> {
    let (&width, rest) = data.split_first().ok_or("no entries")?;
    if width > 32 {
        return Err("entries of more than 32 bits");
    }
    let (n, width) = (n as usize, usize::from(width));
    const LONG: &str = "a run that is too long";
    let mut rest = Thrift::new(rest);
    let mut out = Vec::new();
    while out.len() < n {
        let head = rest.varint()? as usize;
        if head & 1 == 0 {
            let mut value = [0; 8];
            let bytes = rest.take(width.div_ceil(8))?;
            value[..bytes.len()].copy_from_slice(bytes);
            out.extend(std::iter::repeat_n(
                u64::from_le_bytes(value) as usize,
                (head >> 1).min(n - out.len()),
            ));
        } else {
            let packed = rest.take((head >> 1).checked_mul(width).ok_or(LONG)?)?;
            let bit = |i: usize| usize::from(packed[i / 8] >> (i % 8) & 1);
            let values = (head >> 1).checked_mul(8).ok_or(LONG)?.min(n - out.len());
            out.extend((0..values).map(|v| (0..width).map(|b| bit(v * width + b) << b).sum::<usize>()));
        }
        if head >> 1 == 0 {
            return Err("an empty run");
        }
    }
    Ok(out)
}

/// What a Thrift structure holds, as far as it is needed.
enum Value {
    Int(i64),
    List(Vec<Value>),
    Struct(BTreeMap<i64, Value>),
    Nothing,
}

impl Value {
    fn get(&self, field: i64) -> &Value {
        match self {
            Self::Struct(fields) => fields.get(&field).unwrap_or(&Self::Nothing),
            _ => &Self::Nothing,
        }
    }

    fn list(&self) -> &[Value] {
        match self {
            Self::List(values) => values,
            _ => &[],
        }
    }

    /// The number, or 0 where there is none: no field that is read here may be there and be 0.
    fn int(&self) -> i64 {
        match self {
            Self::Int(n) => *n,
            _ => 0,
        }
    }
}

/// What is left to read.
struct Thrift<'a> {
    rest: &'a [u8],
    depth: u8,
}

impl<'a> Thrift<'a> {
    fn new(rest: &'a [u8]) -> Self {
        Self { rest, depth: 0 }
    }

    fn take(&mut self, n: usize) -> Result<&'a [u8], &'static str> {
        let (taken, rest) = self
            .rest
            .split_at_checked(n)
            .ok_or("a record that is cut short")?;
        self.rest = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, &'static str> {
        Ok(self.take(1)?[0])
    }

    fn varint(&mut self) -> Result<u64, &'static str> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err("a number that is too long")
    }

    /// A signed number: the lowest bit is the sign.
    fn zigzag(&mut self) -> Result<i64, &'static str> {
        let n = self.varint()?;
        Ok((n >> 1) as i64 ^ -((n & 1) as i64))
    }

    fn structure(&mut self) -> Result<Value, &'static str> {
        let mut fields = BTreeMap::new();
        let mut field = 0_i64;
        if self.depth == DEEPEST {
            return Err("a record that is nested too deep");
        }
        self.depth += 1;
        loop {
            let head = self.byte()?;
            if head == 0 {
                self.depth -= 1;
                return Ok(Value::Struct(fields));
            }
            // Half of the byte is the distance from the last field, unless that is too large.
            field = match i64::from(head >> 4) {
                0 => self.zigzag()?,
                step => field.checked_add(step).ok_or("a field without a number")?,
            };
            let value = self.value(head & 0x0F)?;
            fields.insert(field, value);
        }
    }

    fn value(&mut self, sort: u8) -> Result<Value, &'static str> {
        match sort {
            1 | 2 => Ok(Value::Nothing), // A truth value is in its sort.
            3 => self.take(1).map(|_| Value::Nothing),
            4..=6 => self.zigzag().map(Value::Int),
            7 => self.take(8).map(|_| Value::Nothing),
            8 => {
                let bytes = self.varint()?;
                self.take(bytes as usize).map(|_| Value::Nothing)
            }
            9 | 10 => {
                let head = self.byte()?;
                let n = match u64::from(head >> 4) {
                    15 => self.varint()?,
                    n => n,
                };
                (0..n)
                    .map(|_| self.element(head & 0x0F))
                    .collect::<Result<_, _>>()
                    .map(Value::List)
            }
            12 => self.structure(),
            _ => Err("a record of an unknown sort"),
        }
    }

    /// As [`Thrift::value`], but in a list a truth value has a byte of its own.
    fn element(&mut self, sort: u8) -> Result<Value, &'static str> {
        if sort < 3 {
            self.take(1).map(|_| Value::Nothing)
        } else {
            self.value(sort)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by pyarrow: see tests/fixtures/fetch/make.py.
    const WORDS: &[u8] = include_bytes!("../../../tests/fixtures/fetch/words.parquet");

    #[test]
    fn dictionary_and_plain_pages_of_pyarrow() {
        let expected: String = (0..3000).map(|i| format!("wörd{}\n", i * i % 2003)).collect();
        assert_eq!(lines(WORDS).unwrap(), expected);
    }

    #[test]
    fn every_change_is_an_error_or_other_words_and_not_a_panic() {
        assert_eq!(lines(b"no parquet").unwrap_err(), "not a Parquet file");
        // Every byte of the first header and of the footer, and some of the rest.
        let ends = |i: usize| i < 64 || i > WORDS.len() - 700;
        for i in (0..WORDS.len()).filter(|&i| ends(i) || i % 31 == 0) {
            let mut changed = WORDS.to_vec();
            changed[i] ^= 0xFF;
            let _ = lines(&changed);
        }
        for i in (0..WORDS.len() - 4).filter(|&i| ends(i) || i % 31 == 0) {
            let mut cut = WORDS[..i].to_vec();
            cut.extend_from_slice(b"PAR1");
            assert!(lines(&cut).is_err(), "{i}");
        }
    }

    #[test]
    fn runs_and_packed_bits_on_paper() {
        // The example in the format's own description: 0 to 7 with three bits each, then a run of four times
        // 5.
        let data = [3, 0b11, 0b1000_1000, 0b1100_0110, 0b1111_1010, 4 << 1, 5];
        assert_eq!(indices(&data, 12).unwrap(), [0, 1, 2, 3, 4, 5, 6, 7, 5, 5, 5, 5]);
        assert_eq!(indices(&data, 13), Err("a record that is cut short"));
    }
}
