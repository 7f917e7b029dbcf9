//! lab
fn main() {
    match faqbot::knowledge::load::load(std::path::Path::new("faq"), jiff::civil::date(2026, 11, 24)) {
        Ok(l) => {
            println!("ok {:?} entries", l.content.entries.len());
        }
        Err(f) => {
            for x in f.iter() {
                println!("{:?} {} {:?}", x.code, x.message, x.place);
            }
        }
    }
}
