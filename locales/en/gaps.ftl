### What moderators read about questions that were asked in vain, and about counts.

gaps-title = What members asked in vain
gaps-in-vain = **{ $number }.** No answer: asked { $count } times, by at least { $askers } people.
gaps-unhelpful = **{ $number }.** { $count ->
    [one] The answer `{ $entry }` was marked “Not helpful” once, after:
   *[other] The answer `{ $entry }` was marked “Not helpful” { $count } times, after:
}
gaps-chosen = **{ $number }.** At least { $askers } people chose `{ $entry }` from the near misses, after asking:
gaps-hidden = { $questions ->
    [one] One more question, which fewer than { $min } people asked alike ({ $clusters } group), is only counted.
   *[other] { $questions } more questions, which fewer than { $min } people asked alike ({ $clusters } groups), are only counted.
}
gaps-none = Nothing to show: no question was asked in vain by enough people, or all of them are answered by now.
gaps-off = Questions are not kept: `privacy.keep_gaps` is `false` in the settings.
gaps-no-store = Nothing is kept here: this bot runs without a database.
gaps-later = The database cannot be used just now. Please try again in a moment.
gaps-gone = These questions are no longer there: they were answered, dismissed or deleted in the meantime.
gaps-dismissed = { $count ->
    [one] Dismissed: this question is not shown again.
   *[other] Dismissed: these { $count } questions are not shown again.
}
gaps-button-write = { $number } · Write an entry
gaps-button-add = { $number } · Add to entry …
gaps-button-teach = { $number } · Add as a wording
gaps-button-dismiss = { $number } · Dismiss
gaps-button-more = Show more
gaps-button-list = Back to the list

stats-title = Questions and answers
stats-period = The last { $days } days together:
stats-counts = Asked { $asked } · answered { $answered } · near misses { $suggested } · no answer { $unknown } · “Not helpful” { $unhelpful }
stats-median = Half of the replies took less than { $median } ms.
stats-day = `{ $day }` asked { $asked } · answered { $answered } · near misses { $suggested } · no answer { $unknown } · “Not helpful” { $unhelpful }

subscribe-button = Tell me when there is an answer
subscribed = I will send you one private message as soon as the FAQ answers this question. Until then I keep the question with your Discord id, for 90 days at most; `/privacy erase` deletes it at once.
subscribed-already = You will get a private message about this question; I have kept it already.
subscribed-too-many = You are waiting for the answers to five questions already, which is the most I keep. `/privacy show` lists them, `/privacy erase` deletes them.
subscribe-forgotten = I no longer remember the question: I keep it for one hour only. Please ask it again and press the button then.
subscribe-later = I could not keep that just now. Please try again in a moment.
subscription-due = You asked me to tell you: the FAQ has an answer to your question now. I have deleted the question.

corrections-none = Nothing to correct: every public answer of the last 30 days says what the FAQ says now.
corrections-offer = { $count ->
    [one] One public answer of the last 30 days says something else than the FAQ says now.
   *[other] { $count } public answers of the last 30 days say something else than the FAQ says now.
} They can be edited: each gets a note and the new answer.
corrections-button = { $count ->
    [one] Mark one earlier answer
   *[other] Mark { $count } earlier answers
}
corrections-ordered = { $count ->
    [one] One earlier answer is being corrected.
   *[other] { $count } earlier answers are being corrected, one after the other; that may take some minutes.
}
corrections-note = **Corrected on { $day }.** The FAQ has changed since this was answered. It says now:
corrections-withdrawn = The answer that was here has been withdrawn from the FAQ. Please ask again if you still want to know.

digest-title = The week in questions
digest-period = From { $first } to { $last }:
digest-gaps = **Asked in vain most often**
digest-more = `/faq unanswered` shows all of it and opens the form for an entry; `/faq stats` shows every day.
digest-legend = 🟦 answered · 🟨 near misses · 🟥 no answer; above each bar the number of questions, below it the day
digest-picture = A bar for each of seven days: questions answered, with near misses, without an answer
