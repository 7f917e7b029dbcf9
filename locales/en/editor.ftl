### What moderators read while they edit an entry.

editor-form-title-new = A new entry
editor-form-title = Edit the entry ({ $lang })
editor-form-question = Question
editor-form-question-example = Why does the branch close?
editor-form-answer = Answer
editor-form-answer-example = Only what the announcement says. Markdown is allowed.
editor-form-wordings = Other ways to ask it, one per line
editor-form-wordings-example = what is the reason for closing
editor-form-add = Ways to ask it to add, one per line
editor-form-remove = Ways to ask it to remove, one per line
editor-form-remove-example = Its text, or its number in the list of the preview
editor-form-quotes = Quotes that prove it, one per line
editor-form-quotes-example = Word for word from the announcement; empty if it does not say
editor-form-english = The English text, to read
editor-form-english-example = What you write here changes nothing

editor-draft-gone = This draft is no longer kept: drafts are kept for an hour, and not over a restart. Nothing was changed. Please start again.
editor-typed = This is what you wrote, so that you can copy it:
button-editor-change = Change

editor-no-entry = There is no such entry. Type a word of it after `entry:` and choose one of those that appear.
editor-unreadable = The files of `{ $entry }` cannot be read. Please tell the operator.
editor-no-file = There is no file of `{ $entry }` in the folder of the FAQ. It may just have been removed.
editor-broken = A file of `{ $entry }` has errors and must be corrected in the folder first:
editor-no-id = The question needs at least one letter or digit.
editor-nothing-changed = That would change nothing.
editor-conflict-title = Somebody else changed this entry
editor-conflict = The files of `{ $entry }` have changed since you opened the form. Nothing was overwritten. Copy what you need from below and open the entry again.
editor-conflict-now = As it is now
editor-conflict-typed = As you wrote it
editor-busy-title = One change at a time
editor-busy = { $by } is looking at a change of the FAQ. Please try again once it is applied or cancelled; in { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
} it expires by itself.
editor-busy-yourself = Your last change is still being checked. Please try again in a moment.
editor-change-gone = This preview can no longer be used: it was applied or cancelled, a quarter of an hour has passed, the bot was restarted, or it belongs to another moderator. Nothing was changed.
editor-changed-meanwhile = The FAQ has changed since you saw the preview, so it was checked again. Please look once more.
editor-cancelled = Cancelled. Nothing was changed.

preview-title = Preview
preview-blocked-title = This cannot be applied
preview-blocked = A test that passed before would fail. Change what you wrote, or take the test out of the file of its entry.
preview-nothing-yet = Nothing has changed yet. Members get this once you press Apply.
preview-counts = +{ $added } −{ $removed } ~{ $changed } entries
preview-differences = { $count } of { $of } questions { $count ->
    [0] are answered differently.
    [one] is answered differently:
   *[other] are answered differently:
}
preview-difference = *{ $question }*: { $before } → { $after }
preview-broken-tests = { $count ->
    [0] 0 tests that passed now fail.
    [one] One test that passed now fails:
   *[other] { $count } tests that passed now fail:
}
preview-new-failures = { $count ->
    [one] One new test fails:
   *[other] { $count } new tests fail:
}
preview-tests = In all, { $failed } of { $of } tests fail.
preview-valid-until = Shown until { $date }.
preview-wordings-title = Other ways to ask `{ $entry }`
given-paragraphs = paragraphs of the announcement
given-near-misses = near misses
given-nothing = no answer
button-apply = Apply
button-cancel = Cancel
button-teach-new = None of these: a new entry
teach-title = Which entry answers this?
teach-choose = “{ $wording }” becomes one more way to ask the entry that you choose. You see what that changes before it is applied.
teach-nothing-near = No entry is near “{ $wording }”.
refused-conflict = { $file } was changed by somebody else. Nothing was overwritten.
refused-write = The change could not be written: { $reason }. Please tell the operator.

history-title = What was changed
history-empty = Nothing has been changed since the history began.
history-not-kept = This bot runs without a database, so there is no history.
history-unreadable = The history cannot be read at the moment. Please try again.
history-no-such = There is no such revision. `/faq history` lists the last 20.
history-line = **{ $id }** · <t:{ $at }:f> · { $by } · { $origin } · +{ $added } −{ $removed } ~{ $changed } { $subject }
history-nobody = nobody
history-origin-start = start of the bot
history-origin-files = files
history-origin-edit = edit
history-origin-rollback = back to
button-rollback = Back to { $id }
audit-line = { $actor }: `{ $action }` { $reference }

preview-valid-from = Shown from { $date } on.
preview-review-by = To be reviewed by { $date }.

quote-title = Passages of the announcement
quote-nothing = No passage of the announcement has these words.
quote-line = **{ $number }.** (paragraph { $paragraph }) > { $passage }
button-quote = Use { $number } in an entry
coverage-title = What is missing
coverage-complete = Every entry has a French version, enough wordings and a test, and no review is overdue.
coverage-counts = What members ask most comes first; in brackets, how many public answers of the last 30 days show the entry.
coverage-overdue = Review overdue ({ $count }): { $entries }
coverage-hidden = Not shown today because of their dates ({ $count }): { $entries }
coverage-no-french = Without a French version ({ $count }): { $entries }
coverage-few-wordings = Fewer than six wordings ({ $count }): { $entries }
coverage-no-tests = Without a test of their own ({ $count }): { $entries }

review-title = An edit waits for approval
review-asked = { $author } edited the FAQ. Another moderator must approve it; until then nothing is different for members.
review-before = { $entry } ({ $lang }), as it is now
review-after = { $entry } ({ $lang }), as proposed
review-parts = { $entry }: wordings and quotes
review-sent-title = Sent for approval
review-sent = Your edit waits in the moderators’ channel for another moderator’s approval, for a week at most and not over a restart of the bot. Nothing has changed yet.
review-own = This is your own edit. Another moderator must approve it.
review-gone = This edit no longer waits: it was approved, rejected or shown again further down, a week has passed, or the bot was restarted. Nothing was changed.
review-again = The FAQ has changed since this was shown. The edit was checked again; please look at the new message in the moderators’ channel.
review-again-later = The edit could not be applied just now. Please press Approve again.
review-no-channel = Edits need another moderator’s approval, but no moderators’ channel is set. Please tell the operator. Nothing was changed.
review-full = Too many edits wait for approval already. Please have some of them approved or rejected first. Nothing was changed.
review-approved = { $by } approved the edit of { $author }: { $entries }. It is in force.
review-rejected = { $by } rejected the edit of { $author }: { $entries }. Nothing was changed.
review-rejected-by-you = Rejected. Nothing was changed.
review-conflict = The edit of { $author } can no longer be applied: { $file } was changed by somebody else. Nothing was overwritten; the edit has to be made again.
button-approve = Approve
button-reject = Reject
