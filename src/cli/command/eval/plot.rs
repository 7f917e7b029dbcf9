//! The reliability plot as an SVG file: bars of what was right over the confidence, and the diagonal of perfect calibration.

use std::fmt::Write;

use crate::cli::command::eval::calibration::Bin;

const SIDE: f64 = 320.0;
const LEFT: f64 = 56.0;
const TOP: f64 = 36.0;

/// The plot of a reliability table.
pub(super) fn reliability(bins: &[Bin], calibration_error: Option<f64>) -> String {
    let n: usize = bins.iter().map(|bin| bin.n).sum();
    let error = calibration_error.map_or_else(|| "–".to_owned(), |error| format!("{error:.3}"));
    let mut svg = String::new();
    let mut line = |text: String| {
        svg.push_str(&text);
        svg.push('\n');
    };
    line(format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" font-family="sans-serif" font-size="12">"#,
        LEFT + SIDE + 24.0,
        TOP + SIDE + 48.0
    ));
    line(r##"<rect width="100%" height="100%" fill="#ffffff"/>"##.into());
    line(format!(r#"<text x="{LEFT}" y="22">{n} answers given, expected calibration error {error}</text>"#));
    for bin in bins {
        line(bar(bin, n));
    }
    line(format!(
        r##"<path d="M{} {} L{} {}" stroke="#555555" stroke-dasharray="4 4"/>"##,
        x(0.0),
        y(0.0),
        x(1.0),
        y(1.0)
    ));
    line(format!(
        r##"<rect x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#333333"/>"##
    ));
    for tick in 0..=5 {
        let at = f64::from(tick) / 5.0;
        line(format!(r#"<text x="{}" y="{}" text-anchor="middle">{at:.1}</text>"#, x(at), y(0.0) + 16.0));
        line(format!(r#"<text x="{}" y="{}" text-anchor="end">{at:.1}</text>"#, LEFT - 6.0, y(at) + 4.0));
    }
    line(format!(r#"<text x="{}" y="{}" text-anchor="middle">confidence</text>"#, x(0.5), y(0.0) + 36.0));
    line(format!(
        r#"<text transform="translate(16 {}) rotate(-90)" text-anchor="middle">share of right answers</text>"#,
        y(0.5)
    ));
    line("</svg>".into());
    svg
}

/// A bar as high as the share that is right and as strong in colour as its part of the answers.
fn bar(bin: &Bin, n: usize) -> String {
    let mut out = String::new();
    if let (Some(right), Some(confidence)) = (bin.right, bin.confidence) {
        let weight = 0.25 + 0.65 * bin.n as f64 / n as f64;
        write!(
            out,
            r##"<rect x="{:.1}" y="{:.1}" width="{:.1}" height="{:.1}" fill="#2b6cb0" fill-opacity="{weight:.2}"/><text x="{:.1}" y="{:.1}" text-anchor="middle" font-size="10">{}</text><circle cx="{:.1}" cy="{:.1}" r="3" fill="#c53030"/>"##,
            x(bin.from) + 1.0,
            y(right),
            SIDE * (bin.to - bin.from) - 2.0,
            SIDE * right,
            x((bin.from + bin.to) / 2.0),
            y(0.0) - 4.0,
            bin.n,
            x(confidence),
            y(right),
        )
        .expect("writing to a String cannot fail");
    }
    out
}

fn x(at: f64) -> f64 {
    LEFT + SIDE * at
}

fn y(at: f64) -> f64 {
    TOP + SIDE * (1.0 - at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::command::eval::calibration::{bins, expected_error};

    #[test]
    fn the_plot_has_a_bar_for_each_bin_that_holds_answers() {
        let table = bins(&[(0.95, true), (0.93, true), (0.15, false)]);
        let svg = reliability(&table, expected_error(&table));
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
        assert_eq!(svg.matches("<circle").count(), 2);
        assert!(!svg.contains("NaN"));
    }
}
