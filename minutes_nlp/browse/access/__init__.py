"""Who may see and change what: accounts, signing in, and a copy of the database without confidential meetings.

| module | what it does |
|---|---|
| `accounts` | the file of accounts beside the database |
| `passwords` | hashes of passwords |
| `limits` | how often somebody may try to sign in |
| `restricted` | which documents are confidential |
| `leaving_out` | takes those, and what follows from them, out of a copy of the database |
| `filtered` | keeps that copy up to date |
| `sessions` | the signed cookie of who is signed in |
| `gate` | sends each request to the site of its account |
| `actor` | tells Datasette who is signed in |
| `pages` | signing in and out |
| `correcting` | what the pages need to correct, for others to bring |
| `reviewing` | the pages and forms by which one corrects |
| `guarded` | puts it all together |
"""
