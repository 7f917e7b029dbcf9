### What moderators read.

refused-title = For moderators only
refused = Only moderators of this server may do that. Nothing was changed.

reload-running-title = Reloading the FAQ
reload-step-indexing = The files are valid. The new revision is being indexed; members get the old answers until it is in force.
reload-step-embedding = New wordings are being read: { $done } of { $of }. Members get the old answers until the new revision is in force.
reload-step-training = The new revision is being trained; members get the old answers until it is in force.
reload-step-testing = The entries’ own tests are being asked; members get the old answers until the new revision is in force.
reload-title = The FAQ was reloaded
reload-unchanged-title = Nothing to reload
reload-unchanged = The files are the same as those in force. Revision { $generation } stays in force.
reload-in-force = Revision { $generation } is in force, ready in { $milliseconds } ms.
reload-added = Added ({ $count }): { $entries }
reload-changed = Changed ({ $count }): { $entries }
reload-removed = Removed ({ $count }): { $entries }
reload-announcement-changed = The announcement itself changed.
reload-same-entries = No entry was added, changed or removed.
reload-and-more = and { $count } more
reload-findings = { $count ->
    [one] One finding:
   *[other] { $count } findings:
}
reload-tests-passed = { $count ->
    [0] The entries hold no tests.
    [one] The one test of the entries passed.
   *[other] All { $count } tests of the entries passed.
}
reload-tests-failed = { $failed } of { $count } tests of the entries failed:
reload-test-ask = `{ $entry }` does not answer its own test “{ $question }”.
reload-test-ask-other = `{ $entry }` does not answer its own test “{ $question }”; `{ $other }` does.
reload-test-not = `{ $entry }` answers “{ $question }”, which it must not.

refused-reload-title = Not reloaded
refused-reload-still = Revision { $generation } stays in force, unchanged.
refused-reload-nothing-in-force = No FAQ is in force, so questions cannot be answered. Once the files are corrected, they are loaded within a minute.
refused-reload-findings = The files have errors, so nothing was changed:
refused-reload-shrunk = The FAQ would shrink from { $before } to { $after } entries. If that is what you want, confirm it.
refused-reload-tests = Tests of the entries that passed before would fail, so nothing was changed:
refused-reload-build = The new revision could not be built: { $reason }.
refused-reload-panic = The new revision could not be built: the bot failed. Reference for the operator’s log: { $reference }
button-reload-shrunk = Reload anyway

test-title = How this question is decided
test-part = Part { $number }, language { $lang }
test-decision = Decision: **{ $decision }**, confidence { $confidence } %
test-margin = Margin { $margin }, threshold { $threshold }
test-hit = { $number }. `{ $entry }` { $score }
test-no-hits = No entry is close.
test-nothing = There is nothing in it to search for.
test-private = Nobody but you sees this, and it is not counted.
decision-answer = answer `{ $entry }`
decision-passages = offers what is nearest in the announcement, by paragraph: { $paragraphs }
decision-suggest = near misses { $entries }
decision-not-covered = not covered `{ $entry }`
decision-unknown = unknown
decision-unknown-near = unknown, near misses { $entries }
decision-route = route { $route } `{ $entry }`

status-title = What is in force
status-generation = Revision { $generation }, content `{ $hash }`
status-nothing-in-force = **No FAQ is in force**, so questions cannot be answered.
status-entries = Answers: { $answers } · not covered: { $not_covered } · routes: { $routes } · wordings: { $wordings }
status-announcement = Announcement: “{ $title }” · paragraphs: { $paragraphs }
status-no-announcement = No announcement
status-in-force-since = In force since { $since } ({ $age })
status-findings = Errors: { $errors } · warnings: { $warnings }
status-provisional = This revision is provisional: it answers less often until the full one is built, which takes a minute or two.
status-last-refused = The last reload, at { $at }, was refused; the files on disk differ from what is in force.
status-not-helpful = “Not helpful” since the start: { $count }
status-not-helpful-kept = “Not helpful” in the last { $days } days: { $count }
status-not-helpful-most = Most often: { $entries }
age-minutes = { $count ->
    [0] less than a minute
    [one] one minute
   *[other] { $count } minutes
}
age-hours = { $count ->
    [one] one hour
   *[other] { $count } hours
}
age-days = { $count ->
    [one] one day
   *[other] { $count } days
}
