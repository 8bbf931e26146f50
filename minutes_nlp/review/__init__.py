"""What a person says about what the machine found: asking, writing it down, laying it over the records.

| module | what it does |
|---|---|
| `desk` | where the log and the database are, who is correcting; writes corrections down and applies them |
| `statements` | corrections of one row, person or link, ready to be written |
| `passages` | finding a quote in a document |
| `history` | the log for people; taking a correction back |
| `answers` | an answer to a doubt, as corrections |
| `assignees` | whom a name means to whom an action is given |
| `originals` | the file that a corrected document was read from |
| `golden` | a corrected meeting as a regression case |
"""
