//! Makes a picture smaller: its 256 most frequent colours are kept, and each other one becomes the nearest of them.

use std::collections::HashMap;

use png::{BitDepth, ColorType, Compression, Decoder, Encoder, Filter};

type Colour = [u8; 3];

/// The same picture with few colours, as PNG.
pub(super) fn with_few_colours(picture: &[u8]) -> Vec<u8> {
    let mut reader = Decoder::new(std::io::Cursor::new(picture)).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut bytes).unwrap();
    let pixels: Vec<Colour> =
        bytes.chunks_exact(frame.color_type.samples()).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut counts: HashMap<Colour, usize> = HashMap::new();
    pixels.iter().for_each(|colour| *counts.entry(*colour).or_default() += 1);
    let mut palette: Vec<Colour> = counts.keys().copied().collect();
    palette.sort_by_key(|colour| (std::cmp::Reverse(counts[colour]), *colour));
    palette.truncate(256);
    let places: HashMap<Colour, u8> =
        counts.keys().map(|colour| (*colour, nearest(&palette, *colour))).collect();
    let indices: Vec<u8> = pixels.iter().map(|colour| places[colour]).collect();
    let mut small = Vec::new();
    let mut encoder = Encoder::new(&mut small, frame.width, frame.height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(Compression::High);
    encoder.set_filter(Filter::NoFilter);
    encoder.write_header().unwrap().write_image_data(&indices).unwrap();
    small
}

/// The place of the nearest colour of the palette.
fn nearest(palette: &[Colour], colour: Colour) -> u8 {
    let distance =
        |other: &Colour| other.iter().zip(colour).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum::<u32>();
    let (place, _) = palette.iter().enumerate().min_by_key(|(_, other)| distance(other)).unwrap();
    u8::try_from(place).unwrap()
}
