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
