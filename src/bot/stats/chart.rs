//! The chart of the weekly digest: a stacked bar for each day. Pure; the result is a PNG.
//!
//! The only letters in it are digits, so it reads the same in every language; the message explains the colours.

use jiff::civil::Date;

use crate::text::DayCounts;

const WIDTH: usize = 720;
const HEIGHT: usize = 300;
/// The space below the bars, for the days.
const BELOW: f32 = 40.0;
/// The space above the highest bar, for its number.
const ABOVE: f32 = 36.0;
/// The share of its column that a bar takes.
const BAR: f32 = 0.56;
/// The side of one dot of a digit.
const DOT: f32 = 3.0;

const GROUND: [u8; 3] = [0x2B, 0x2D, 0x31];
const LINE: [u8; 3] = [0x4E, 0x50, 0x58];
const INK: [u8; 3] = [0xDB, 0xDE, 0xE1];
const ANSWERED: [u8; 3] = [0x3B, 0x88, 0xC3];
const SUGGESTED: [u8; 3] = [0xFD, 0xCB, 0x58];
const UNKNOWN: [u8; 3] = [0xDD, 0x2E, 0x44];

/// Draws the days; `None` only if there is no memory for the file.
pub(in crate::bot) fn draw(days: &[(Date, DayCounts)]) -> Option<Vec<u8>> {
    let mut canvas = Canvas(vec![GROUND; WIDTH * HEIGHT]);
    let highest = days.iter().map(|(_, counts)| counts.asked()).max().unwrap_or(0).max(1);
    let (base, room) = (HEIGHT as f32 - BELOW, HEIGHT as f32 - BELOW - ABOVE);
    let column = WIDTH as f32 / days.len().max(1) as f32;
    for (at, (day, counts)) in days.iter().enumerate() {
        let middle = column * (at as f32 + 0.5);
        let mut top = base;
        for (count, fill) in
            [(counts.answered, ANSWERED), (counts.suggested, SUGGESTED), (counts.unknown, UNKNOWN)]
        {
            let height = room * count as f32 / highest as f32;
            canvas.rect(middle - column * BAR / 2.0, top - height, column * BAR, height, fill);
            top -= height;
        }
        canvas.number(middle, top - 26.0, counts.asked());
        canvas.number(middle, base + 12.0, day.day().unsigned_abs().into());
    }
    canvas.rect(0.0, base, WIDTH as f32, 2.0, LINE);
    canvas.encode()
}

/// The pixels, line by line.
struct Canvas(Vec<[u8; 3]>);

impl Canvas {
    /// Fills a rectangle; what is outside of the canvas is left out.
    fn rect(&mut self, x: f32, y: f32, width: f32, height: f32, fill: [u8; 3]) {
        // A cast from a negative number gives 0.
        let (left, right) = (x.round() as usize, ((x + width).round() as usize).min(WIDTH));
        let (top, bottom) = (y.round() as usize, ((y + height).round() as usize).min(HEIGHT));
        for line in self.0.chunks_mut(WIDTH).take(bottom).skip(top) {
            line.iter_mut().take(right).skip(left).for_each(|pixel| *pixel = fill);
        }
    }

    /// The pixels as a PNG file.
    fn encode(&self) -> Option<Vec<u8>> {
        let mut file = Vec::new();
        let (width, height) = (u32::try_from(WIDTH).ok()?, u32::try_from(HEIGHT).ok()?);
        let mut encoder = png::Encoder::new(&mut file, width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(self.0.as_flattened()).ok()?;
        writer.finish().ok()?;
        Some(file)
    }

    /// A number whose middle is at `x` and whose upper edge is at `y`.
    fn number(&mut self, x: f32, y: f32, number: u64) {
        let digits: Vec<usize> = number.to_string().bytes().map(|digit| usize::from(digit - b'0')).collect();
        let mut left = x - (digits.len() as f32 * 6.0 - 1.0) * DOT / 2.0;
        for digit in digits {
            for (row, dots) in DIGITS[digit].iter().enumerate() {
                for column in (0..5).filter(|column| dots & (0b10000 >> column) != 0) {
                    self.rect(left + column as f32 * DOT, y + row as f32 * DOT, DOT, DOT, INK);
                }
            }
            left += 6.0 * DOT;
        }
    }
}

/// The digits, seven rows of five dots each.
const DIGITS: [[u8; 7]; 10] = [
    [0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110],
    [0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110],
    [0b01110, 0b10001, 0b00001, 0b00010, 0b00100, 0b01000, 0b11111],
    [0b11111, 0b00010, 0b00100, 0b00010, 0b00001, 0b10001, 0b01110],
    [0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010],
    [0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110],
    [0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110],
    [0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000],
    [0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110],
    [0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100],
];

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn week() -> Vec<(Date, DayCounts)> {
        let day = |day, answered, suggested, unknown| {
            (date(2026, 11, day), DayCounts { answered, suggested, unknown, ..DayCounts::default() })
        };
        vec![
            day(23, 120, 14, 30),
            day(24, 80, 9, 12),
            day(25, 0, 0, 0),
            day(26, 3, 0, 1),
            day(27, 140, 25, 41),
            day(28, 66, 8, 7),
            day(29, 51, 4, 19),
        ]
    }

    #[test]
    fn a_week_is_a_picture_with_all_its_colours() {
        let png = draw(&week()).unwrap();
        if let Some(path) = std::env::var_os("CHART") {
            std::fs::write(path, &png).unwrap();
        }
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        let mut pixels = vec![0; WIDTH * HEIGHT * 3];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.width as usize, info.height as usize), (WIDTH, HEIGHT));
        for wanted in [GROUND, LINE, INK, ANSWERED, SUGGESTED, UNKNOWN] {
            assert!(pixels.chunks(3).any(|pixel| pixel == wanted), "{wanted:?}");
        }
    }

    #[test]
    fn days_without_questions_and_no_days_at_all_are_drawn_too() {
        assert!(draw(&[]).is_some());
        assert!(draw(&[(date(2026, 1, 1), DayCounts::default())]).is_some());
    }
}
