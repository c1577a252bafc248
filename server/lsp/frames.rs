//! Messages on a byte stream: a header with the length of the body, an empty line, the body.

use std::io::{self, BufRead, Read, Write};

/// No editor sends more: it would take the text of a file of 50 MB with all its characters escaped.
const LONGEST_BODY: usize = 128 << 20;

/// A length above it is a broken header. One below it is believed, so that what follows is found.
const NO_LENGTH: usize = 1 << 30;

/// Header lines are short. What is longer is text of a message whose length was wrong.
const LONGEST_LINE: u64 = 8 << 10;

/// What came in.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame {
    Body(Vec<u8>),
    /// A header that does not tell how long its message is. The stream goes on with the next header.
    BadHeader,
    /// A message that nobody wants to keep. It was read over.
    TooLong,
    End,
}

/// Reads the next message, waiting for it.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Frame> {
    let (mut length, mut lines) = (None, 0);
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(Frame::End);
        }
        match line.trim_ascii() {
            [] if lines == 0 => {}
            [] => break,
            header => {
                lines += 1;
                length = content_length(header).or(length);
            }
        }
    }
    let Some(length) = length.filter(|length| *length <= NO_LENGTH) else {
        return Ok(Frame::BadHeader);
    };
    if length > LONGEST_BODY {
        let skipped = io::copy(&mut input.by_ref().take(length as u64), &mut io::sink())?;
        return Ok(if skipped == length as u64 { Frame::TooLong } else { Frame::End });
    }
    let mut body = Vec::new();
    input.by_ref().take(length as u64).read_to_end(&mut body)?;
    Ok(if body.len() == length { Frame::Body(body) } else { Frame::End })
}

/// The length in a header line. After a message whose length was too small its rest stands before
/// the next header, in the same line.
fn content_length(line: &[u8]) -> Option<usize> {
    const NAME: &[u8] = b"content-length:";
    let start = line.windows(NAME.len()).rposition(|part| part.eq_ignore_ascii_case(NAME))?;
    let value = line.get(start + NAME.len()..)?;
    std::str::from_utf8(value).ok()?.trim().parse().ok()
}

/// Writes `body` as one message, in one piece.
pub(super) fn write(output: &mut impl Write, body: &[u8]) -> io::Result<()> {
    let mut message = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    message.extend_from_slice(body);
    output.write_all(&message)?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All frames of `input`; the bodies as text.
    fn frames(input: &[u8]) -> Vec<String> {
        let mut input = input;
        let mut found = Vec::new();
        loop {
            match read(&mut input).unwrap() {
                Frame::Body(body) => found.push(String::from_utf8(body).unwrap()),
                Frame::BadHeader => found.push("bad header".to_owned()),
                Frame::TooLong => found.push("too long".to_owned()),
                Frame::End => return found,
            }
        }
    }

    #[test]
    fn headers_are_read_as_editors_write_them() {
        for header in [
            "Content-Length: 2\r\n\r\n",
            "content-length:2\n\n",
            "Content-Type: application/vscode-jsonrpc\r\nContent-Length: 2\r\nX-A: 1\r\n\r\n",
            "\r\nContent-Length: 2\r\nContent-Type: a; charset=\"utf-8\"\r\n\r\n",
        ] {
            assert_eq!(frames(format!("{header}{{}}").as_bytes()), ["{}"], "{header}");
        }
        assert_eq!(frames(b"Content-Length: 0\r\n\r\nContent-Length: 1\r\n\r\n7"), ["", "7"]);
    }

    #[test]
    fn after_a_bad_header_reading_goes_on() {
        let good = "Content-Length: 2\r\n\r\n{}";
        for header in ["hello", "Content-Length: abc", "Content-Length: -5", "content-length"] {
            let both = format!("{header}\r\n\r\n{good}");
            assert_eq!(frames(both.as_bytes()), ["bad header", "{}"], "{header}");
        }
        let huge = format!("Content-Length: 99999999999\r\n\r\n{good}");
        assert_eq!(frames(huge.as_bytes()), ["bad header", "{}"]);
        let short = format!("Content-Length: 1\r\n\r\n{{}}{good}");
        assert_eq!(frames(short.as_bytes()), ["{", "{}"]);
    }

    #[test]
    fn a_message_that_is_too_long_is_read_over() {
        let length = LONGEST_BODY + 1;
        let header = format!("Content-Length: {length}\r\n\r\n");
        let body = io::repeat(b' ').take(length as u64);
        let good = b"Content-Length: 2\r\n\r\n{}";
        let mut input = io::BufReader::new(header.as_bytes().chain(body).chain(good.as_slice()));
        assert_eq!(read(&mut input).unwrap(), Frame::TooLong);
        assert_eq!(read(&mut input).unwrap(), Frame::Body(b"{}".to_vec()));
    }

    #[test]
    fn half_a_message_is_none() {
        for input in
            ["", "Content-", "Content-Length: 5\r\n\r\n{}", "Content-Length: 1000000000\r\n\r\n{}"]
        {
            assert_eq!(frames(input.as_bytes()), [""; 0], "{input}");
        }
    }

    #[test]
    fn what_is_written_can_be_read() {
        let mut stream = Vec::new();
        write(&mut stream, "{\"ü\": 1}".as_bytes()).unwrap();
        write(&mut stream, b"[]").unwrap();
        assert_eq!(frames(&stream), ["{\"ü\": 1}", "[]"]);
    }
}
