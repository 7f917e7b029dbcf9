//! `/privacy show` and `/privacy erase`: nothing is left in the files of the database.

use crate::harness::{discord::Person, smtp::SmtpServer, world::World};

/// Whether a file of the database holds these bytes.
fn is_in_files(world: &World, bytes: &[u8]) -> bool {
    let files = std::fs::read_dir(world.home().join("data")).unwrap();
    let read = |file: std::fs::DirEntry| std::fs::read(file.path()).unwrap_or_default();
    files.map(|file| read(file.unwrap())).any(|file| file.windows(bytes.len()).any(|window| window == bytes))
}

#[tokio::test]
async fn everything_of_a_person_is_shown_and_after_erasing_nothing_of_it_is_in_the_files() {
    let server = SmtpServer::plain().await;
    let world = World::with_press(&server, faqbot::store::Tuning::default()).await;
    let (ann, ben) = (Person::new("ann"), Person::new("ben"));
    let nothing = world.slash(&ann, "/privacy show", &[]).await;
    assert!(nothing.is_private && nothing.text().contains("stored nothing"), "{}", nothing.text());

    let unknown = world.ask(&ann, "Is there parking for quagga riders?").await;
    world.press(&ann, &unknown, "Tell me when there is an answer").await;
    world.ask(&ben, "Is there parking for okapi riders?").await;
    let reference = world.enquire(&ann, "What about the zyzzyva?").await;
    let shown = world.slash(&ann, "/privacy show", &[]).await.text();
    for part in [&*reference, "quagga", "you wait for", "this week", "In memory", "one-way mark"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains("okapi"), "{shown}");
    let french = world.slash(&ann.clone().speaking("fr"), "/privacy show", &[]).await.text();
    assert!(french.contains("dont vous attendez la réponse"), "{french}");
    assert!(is_in_files(&world, b"quagga") && is_in_files(&world, b"zyzzyva"));

    world.until_status(&ann, &reference, "handed to the mail server").await;
    let erased = world.slash(&ann, "/privacy erase", &[]).await.text();
    assert!(erased.contains("one enquiry") && erased.contains("3 questions of yours"), "{erased}");
    assert!(!is_in_files(&world, b"quagga") && !is_in_files(&world, b"zyzzyva"));
    assert!(is_in_files(&world, b"okapi"));
    // Only the mark for the limits of the day is left.
    let shown = world.slash(&ann, "/privacy show", &[]).await.text();
    assert!(shown.contains("one-way mark") && !shown.contains("M-"), "{shown}");
    // What was forgotten in memory cannot be asked for any more.
    let forgotten = world.press(&ann, &unknown, "Tell me when there is an answer").await;
    assert!(forgotten.text().contains("no longer remember"), "{}", forgotten.text());
}
