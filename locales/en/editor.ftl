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
editor-form-quotes-example = Word for word from the announcement, such as: moves the books to the main branch

editor-draft-gone = This draft is no longer kept: drafts are kept for an hour, and not over a restart. Nothing was changed. Please start again.
editor-typed = This is what you wrote, so that you can copy it:
button-editor-change = Change
