-- The first shape of the database. Ids are 16 hexadecimal digits made from the document's path, the kind of row and
-- its span, so that the same document gives the same ids on every machine. Offsets count code points from 0; the end
-- is exclusive. Confidence runs from 0 to 1. A row goes with its document. `date(day, '+0 days')` turns a day that does
-- not exist into one that does, so that the two differ.

CREATE TABLE documents (
  id TEXT NOT NULL PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  sha256 TEXT NOT NULL,
  media_type TEXT NOT NULL,
  encoding TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size >= 0),
  languages TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(languages) AND json_type(languages) = 'array'),
  pipeline TEXT NOT NULL DEFAULT '',
  ingested_at TEXT NOT NULL,
  missing_since TEXT,
  text TEXT NOT NULL CHECK (instr(text, char(0)) = 0)
) STRICT;

CREATE TABLE evidence (
  id TEXT NOT NULL PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  start_offset INTEGER NOT NULL CHECK (start_offset >= 0),
  end_offset INTEGER NOT NULL CHECK (end_offset >= start_offset),
  quote TEXT NOT NULL
) STRICT;
CREATE INDEX evidence_document ON evidence(document_id, start_offset);

CREATE TABLE meetings (
  id TEXT NOT NULL PRIMARY KEY,
  document_id TEXT NOT NULL UNIQUE REFERENCES documents(id) ON DELETE CASCADE,
  title TEXT,
  body TEXT,
  date TEXT CHECK (date IS date(date, '+0 days')),
  start_time TEXT,
  end_time TEXT,
  location TEXT,
  next_meeting TEXT CHECK (next_meeting IS date(next_meeting, '+0 days')),
  recogniser TEXT NOT NULL DEFAULT '',
  confidence REAL NOT NULL DEFAULT 1.0 CHECK (confidence BETWEEN 0 AND 1)
) STRICT;
CREATE INDEX meetings_date ON meetings(date);

CREATE TABLE meeting_evidence (
  meeting_id TEXT NOT NULL REFERENCES meetings(id) ON DELETE CASCADE,
  field TEXT NOT NULL,
  evidence_id TEXT NOT NULL REFERENCES evidence(id) ON DELETE CASCADE,
  PRIMARY KEY (meeting_id, field)
) STRICT;
CREATE INDEX meeting_evidence_evidence ON meeting_evidence(evidence_id);

CREATE TABLE people (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE organisations (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE attendance (
  id TEXT NOT NULL PRIMARY KEY,
  meeting_id TEXT NOT NULL REFERENCES meetings(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  person_id TEXT REFERENCES people(id),
  status TEXT NOT NULL CHECK (status IN ('present', 'excused', 'absent')),
  organisation TEXT,
  organisation_id TEXT REFERENCES organisations(id),
  role TEXT CHECK (role IN ('chair', 'secretary')),
  evidence_id TEXT NOT NULL REFERENCES evidence(id) ON DELETE CASCADE,
  recogniser TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  UNIQUE (meeting_id, position)
) STRICT;
CREATE INDEX attendance_person ON attendance(person_id);
CREATE INDEX attendance_organisation ON attendance(organisation_id);
CREATE INDEX attendance_evidence ON attendance(evidence_id);

CREATE TABLE schedule_entries (
  id TEXT NOT NULL PRIMARY KEY,
  meeting_id TEXT NOT NULL REFERENCES meetings(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  start_time TEXT NOT NULL,
  end_time TEXT,
  title TEXT NOT NULL,
  evidence_id TEXT NOT NULL REFERENCES evidence(id) ON DELETE CASCADE,
  recogniser TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  UNIQUE (meeting_id, position)
) STRICT;
CREATE INDEX schedule_entries_evidence ON schedule_entries(evidence_id);

CREATE TABLE agenda_items (
  id TEXT NOT NULL PRIMARY KEY,
  meeting_id TEXT NOT NULL REFERENCES meetings(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  main_item_id TEXT REFERENCES agenda_items(id) ON DELETE CASCADE,
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 9),
  number TEXT,
  title TEXT NOT NULL,
  language TEXT,
  extent_end INTEGER NOT NULL CHECK (extent_end >= 0),
  evidence_id TEXT NOT NULL REFERENCES evidence(id) ON DELETE CASCADE,
  recogniser TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  UNIQUE (meeting_id, position)
) STRICT;
CREATE INDEX agenda_items_main_item ON agenda_items(main_item_id);
CREATE INDEX agenda_items_evidence ON agenda_items(evidence_id);

CREATE TABLE decisions (
  id TEXT NOT NULL PRIMARY KEY,
  meeting_id TEXT NOT NULL REFERENCES meetings(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  agenda_item_id TEXT REFERENCES agenda_items(id) ON DELETE CASCADE,
  language TEXT,
  is_repeat INTEGER NOT NULL CHECK (is_repeat IN (0, 1)),
  evidence_id TEXT NOT NULL REFERENCES evidence(id) ON DELETE CASCADE,
  recogniser TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  UNIQUE (meeting_id, position)
) STRICT;
CREATE INDEX decisions_agenda_item ON decisions(agenda_item_id);
CREATE INDEX decisions_evidence ON decisions(evidence_id);

CREATE TABLE actions (
  id TEXT NOT NULL PRIMARY KEY,
  meeting_id TEXT NOT NULL REFERENCES meetings(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  agenda_item_id TEXT REFERENCES agenda_items(id) ON DELETE CASCADE,
  status TEXT NOT NULL CHECK (status IN ('open', 'done')),
  due TEXT,
  due_last_day TEXT CHECK (due_last_day IS date(due_last_day, '+0 days')),
  due_evidence_id TEXT REFERENCES evidence(id) ON DELETE CASCADE,
  due_recogniser TEXT,
  due_confidence REAL CHECK (due_confidence BETWEEN 0 AND 1),
  language TEXT,
  is_repeat INTEGER NOT NULL CHECK (is_repeat IN (0, 1)),
  evidence_id TEXT NOT NULL REFERENCES evidence(id) ON DELETE CASCADE,
  recogniser TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  UNIQUE (meeting_id, position),
  CHECK ((due IS NULL) = (due_last_day IS NULL)),
  CHECK (due IS NULL OR due_evidence_id IS NOT NULL)
) STRICT;
CREATE INDEX actions_status ON actions(status, due_last_day);
CREATE INDEX actions_due ON actions(due_last_day);
CREATE INDEX actions_agenda_item ON actions(agenda_item_id);
CREATE INDEX actions_evidence ON actions(evidence_id);
CREATE INDEX actions_due_evidence ON actions(due_evidence_id);

CREATE TABLE action_owners (
  id TEXT NOT NULL PRIMARY KEY,
  action_id TEXT NOT NULL REFERENCES actions(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  attendance_id TEXT REFERENCES attendance(id) ON DELETE CASCADE,
  evidence_id TEXT REFERENCES evidence(id) ON DELETE CASCADE,
  recogniser TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  UNIQUE (action_id, position)
) STRICT;
CREATE INDEX action_owners_attendance ON action_owners(attendance_id);
CREATE INDEX action_owners_evidence ON action_owners(evidence_id);

CREATE TABLE owner_candidates (
  owner_id TEXT NOT NULL REFERENCES action_owners(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  attendance_id TEXT NOT NULL REFERENCES attendance(id) ON DELETE CASCADE,
  PRIMARY KEY (owner_id, position)
) STRICT;
CREATE INDEX owner_candidates_attendance ON owner_candidates(attendance_id);

CREATE TABLE themes (
  id TEXT NOT NULL PRIMARY KEY,
  nl TEXT NOT NULL,
  fr TEXT NOT NULL,
  en TEXT NOT NULL,
  de TEXT NOT NULL,
  scope TEXT NOT NULL
) STRICT;

CREATE TABLE item_themes (
  agenda_item_id TEXT NOT NULL REFERENCES agenda_items(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  theme_id TEXT NOT NULL REFERENCES themes(id),
  PRIMARY KEY (agenda_item_id, position),
  UNIQUE (theme_id, agenda_item_id)
) STRICT;

CREATE TABLE meeting_themes (
  meeting_id TEXT NOT NULL REFERENCES meetings(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  theme_id TEXT NOT NULL REFERENCES themes(id),
  PRIMARY KEY (meeting_id, position),
  UNIQUE (theme_id, meeting_id)
) STRICT;

-- The full-text index refers to rows by number, so the number has to be a column of its own (VACUUM keeps it then).
CREATE TABLE passages (
  number INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  start_offset INTEGER NOT NULL CHECK (start_offset >= 0),
  end_offset INTEGER NOT NULL CHECK (end_offset >= start_offset),
  kind TEXT NOT NULL,
  level INTEGER NOT NULL,
  language TEXT,
  text TEXT NOT NULL,
  UNIQUE (document_id, position)
) STRICT;

CREATE VIRTUAL TABLE passages_fts USING fts5(
  text, content=[passages], content_rowid=[number], tokenize='unicode61 remove_diacritics 2'
);

CREATE TRIGGER passages_indexed_insert AFTER INSERT ON passages BEGIN
  INSERT INTO passages_fts(rowid, text) VALUES (NEW.number, NEW.text);
END;
CREATE TRIGGER passages_indexed_delete AFTER DELETE ON passages BEGIN
  INSERT INTO passages_fts(passages_fts, rowid, text) VALUES ('delete', OLD.number, OLD.text);
END;
CREATE TRIGGER passages_indexed_update AFTER UPDATE ON passages BEGIN
  INSERT INTO passages_fts(passages_fts, rowid, text) VALUES ('delete', OLD.number, OLD.text);
  INSERT INTO passages_fts(rowid, text) VALUES (NEW.number, NEW.text);
END;

CREATE TABLE ingest_errors (
  path TEXT NOT NULL PRIMARY KEY,
  sha256 TEXT,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  hint TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL
) STRICT;

-- A quote is exactly the text at its offsets; whoever writes, and however.
CREATE TRIGGER evidence_quotes_text_insert BEFORE INSERT ON evidence
WHEN length(NEW.quote) IS NOT NEW.end_offset - NEW.start_offset OR NEW.quote IS NOT (
  SELECT substr(text, NEW.start_offset + 1, NEW.end_offset - NEW.start_offset) FROM documents
  WHERE id = NEW.document_id AND (NEW.quote <> '' OR NEW.end_offset <= length(text))
) BEGIN
  SELECT RAISE(ABORT, 'evidence: the quote is not the text at its offsets');
END;
CREATE TRIGGER evidence_quotes_text_update BEFORE UPDATE ON evidence
WHEN length(NEW.quote) IS NOT NEW.end_offset - NEW.start_offset OR NEW.quote IS NOT (
  SELECT substr(text, NEW.start_offset + 1, NEW.end_offset - NEW.start_offset) FROM documents
  WHERE id = NEW.document_id AND (NEW.quote <> '' OR NEW.end_offset <= length(text))
) BEGIN
  SELECT RAISE(ABORT, 'evidence: the quote is not the text at its offsets');
END;
CREATE TRIGGER evidence_stays_in_document BEFORE UPDATE ON evidence
WHEN NEW.document_id IS NOT OLD.document_id BEGIN
  SELECT RAISE(ABORT, 'evidence: it cannot move to another document');
END;
CREATE TRIGGER passages_quote_text_insert BEFORE INSERT ON passages
WHEN length(NEW.text) IS NOT NEW.end_offset - NEW.start_offset OR NEW.text IS NOT (
  SELECT substr(text, NEW.start_offset + 1, NEW.end_offset - NEW.start_offset) FROM documents
  WHERE id = NEW.document_id AND (NEW.text <> '' OR NEW.end_offset <= length(text))
) BEGIN
  SELECT RAISE(ABORT, 'passages: the text is not the document''s text at its offsets');
END;
CREATE TRIGGER passages_quote_text_update BEFORE UPDATE ON passages
WHEN length(NEW.text) IS NOT NEW.end_offset - NEW.start_offset OR NEW.text IS NOT (
  SELECT substr(text, NEW.start_offset + 1, NEW.end_offset - NEW.start_offset) FROM documents
  WHERE id = NEW.document_id AND (NEW.text <> '' OR NEW.end_offset <= length(text))
) BEGIN
  SELECT RAISE(ABORT, 'passages: the text is not the document''s text at its offsets');
END;

-- The text under existing quotes cannot change: a changed document is deleted (with its rows) and inserted again.
CREATE TRIGGER documents_keep_text BEFORE UPDATE ON documents
WHEN NEW.text IS NOT OLD.text OR NEW.id IS NOT OLD.id BEGIN
  SELECT RAISE(ABORT, 'documents: text and id cannot change; delete the document and insert it again');
END;
CREATE TRIGGER documents_are_not_replaced BEFORE INSERT ON documents
WHEN EXISTS (SELECT 1 FROM evidence WHERE document_id = NEW.id)
  OR EXISTS (SELECT 1 FROM passages WHERE document_id = NEW.id) BEGIN
  SELECT RAISE(ABORT, 'documents: there are quotes of this document; delete it first');
END;

-- What a row points to as its evidence stands in the row's own document.
CREATE TRIGGER meeting_evidence_own_document_insert BEFORE INSERT ON meeting_evidence
WHEN (SELECT document_id FROM evidence WHERE id = NEW.evidence_id)
  IS NOT (SELECT document_id FROM meetings WHERE id = NEW.meeting_id) BEGIN
  SELECT RAISE(ABORT, 'meeting_evidence: the evidence stands in another document');
END;
CREATE TRIGGER meeting_evidence_own_document_update BEFORE UPDATE ON meeting_evidence
WHEN (SELECT document_id FROM evidence WHERE id = NEW.evidence_id)
  IS NOT (SELECT document_id FROM meetings WHERE id = NEW.meeting_id) BEGIN
  SELECT RAISE(ABORT, 'meeting_evidence: the evidence stands in another document');
END;
CREATE TRIGGER attendance_own_document_insert BEFORE INSERT ON attendance
WHEN (SELECT document_id FROM evidence WHERE id = NEW.evidence_id)
  IS NOT (SELECT document_id FROM meetings WHERE id = NEW.meeting_id) BEGIN
  SELECT RAISE(ABORT, 'attendance: the evidence stands in another document');
END;
CREATE TRIGGER attendance_own_document_update BEFORE UPDATE ON attendance
WHEN (SELECT document_id FROM evidence WHERE id = NEW.evidence_id)
  IS NOT (SELECT document_id FROM meetings WHERE id = NEW.meeting_id) BEGIN
  SELECT RAISE(ABORT, 'attendance: the evidence stands in another document');
END;
CREATE TRIGGER schedule_entries_own_document_insert BEFORE INSERT ON schedule_entries
WHEN (SELECT document_id FROM evidence WHERE id = NEW.evidence_id)
  IS NOT (SELECT document_id FROM meetings WHERE id = NEW.meeting_id) BEGIN
  SELECT RAISE(ABORT, 'schedule_entries: the evidence stands in another document');
END;
CREATE TRIGGER schedule_entries_own_document_update BEFORE UPDATE ON schedule_entries
WHEN (SELECT document_id FROM evidence WHERE id = NEW.evidence_id)
  IS NOT (SELECT document_id FROM meetings WHERE id = NEW.meeting_id) BEGIN
  SELECT RAISE(ABORT, 'schedule_entries: the evidence stands in another document');
END;
CREATE TRIGGER agenda_items_own_document_insert BEFORE INSERT ON agenda_items
WHEN (SELECT document_id FROM evidence WHERE id = NEW.evidence_id)
  IS NOT (SELECT document_id FROM meetings WHERE id = NEW.meeting_id) BEGIN
  SELECT RAISE(ABORT, 'agenda_items: the evidence stands in another document');
END;
CREATE TRIGGER agenda_items_own_document_update BEFORE UPDATE ON agenda_items
WHEN (SELECT document_id FROM evidence WHERE id = NEW.evidence_id)
  IS NOT (SELECT document_id FROM meetings WHERE id = NEW.meeting_id) BEGIN
  SELECT RAISE(ABORT, 'agenda_items: the evidence stands in another document');
END;
CREATE TRIGGER decisions_own_document_insert BEFORE INSERT ON decisions
WHEN (SELECT document_id FROM evidence WHERE id = NEW.evidence_id)
  IS NOT (SELECT document_id FROM meetings WHERE id = NEW.meeting_id) BEGIN
  SELECT RAISE(ABORT, 'decisions: the evidence stands in another document');
END;
CREATE TRIGGER decisions_own_document_update BEFORE UPDATE ON decisions
WHEN (SELECT document_id FROM evidence WHERE id = NEW.evidence_id)
  IS NOT (SELECT document_id FROM meetings WHERE id = NEW.meeting_id) BEGIN
  SELECT RAISE(ABORT, 'decisions: the evidence stands in another document');
END;
CREATE TRIGGER actions_own_document_insert BEFORE INSERT ON actions
WHEN (SELECT document_id FROM evidence WHERE id = NEW.evidence_id)
  IS NOT (SELECT document_id FROM meetings WHERE id = NEW.meeting_id)
  OR NEW.due_evidence_id IS NOT NULL AND (SELECT document_id FROM evidence WHERE id = NEW.due_evidence_id)
  IS NOT (SELECT document_id FROM meetings WHERE id = NEW.meeting_id) BEGIN
  SELECT RAISE(ABORT, 'actions: the evidence stands in another document');
END;
CREATE TRIGGER actions_own_document_update BEFORE UPDATE ON actions
WHEN (SELECT document_id FROM evidence WHERE id = NEW.evidence_id)
  IS NOT (SELECT document_id FROM meetings WHERE id = NEW.meeting_id)
  OR NEW.due_evidence_id IS NOT NULL AND (SELECT document_id FROM evidence WHERE id = NEW.due_evidence_id)
  IS NOT (SELECT document_id FROM meetings WHERE id = NEW.meeting_id) BEGIN
  SELECT RAISE(ABORT, 'actions: the evidence stands in another document');
END;
CREATE TRIGGER action_owners_own_document_insert BEFORE INSERT ON action_owners
WHEN NEW.evidence_id IS NOT NULL AND (SELECT document_id FROM evidence WHERE id = NEW.evidence_id) IS NOT (
  SELECT document_id FROM actions JOIN meetings ON meetings.id = meeting_id WHERE actions.id = NEW.action_id
) BEGIN
  SELECT RAISE(ABORT, 'action_owners: the evidence stands in another document');
END;
CREATE TRIGGER action_owners_own_document_update BEFORE UPDATE ON action_owners
WHEN NEW.evidence_id IS NOT NULL AND (SELECT document_id FROM evidence WHERE id = NEW.evidence_id) IS NOT (
  SELECT document_id FROM actions JOIN meetings ON meetings.id = meeting_id WHERE actions.id = NEW.action_id
) BEGIN
  SELECT RAISE(ABORT, 'action_owners: the evidence stands in another document');
END;

-- Views: the same rows with what they refer to written out, for reading and for questions in SQL. Their JSON arrays
-- do not depend on a LEFT JOIN: SQLite finds no rows when `json_each` of such a column comes first in a join.
CREATE VIEW meetings_view AS
SELECT m.id, m.date, m.title, m.body, m.location, m.start_time, m.end_time, m.next_meeting, d.languages,
  (SELECT count(*) FROM attendance WHERE meeting_id = m.id AND status = 'present') AS present,
  (SELECT count(*) FROM attendance WHERE meeting_id = m.id AND status = 'excused') AS excused,
  (SELECT count(*) FROM attendance WHERE meeting_id = m.id AND status = 'absent') AS absent,
  (SELECT count(*) FROM agenda_items WHERE meeting_id = m.id AND level = 1) AS items,
  (SELECT count(*) FROM decisions WHERE meeting_id = m.id AND is_repeat = 0) AS decisions,
  (SELECT count(*) FROM actions WHERE meeting_id = m.id AND is_repeat = 0) AS actions,
  (SELECT count(*) FROM actions WHERE meeting_id = m.id AND is_repeat = 0 AND status = 'open') AS open_actions,
  (SELECT json_group_array(theme_id) FROM (SELECT theme_id FROM meeting_themes WHERE meeting_id = m.id ORDER BY position))
    AS themes,
  d.path AS document, d.missing_since
FROM meetings m JOIN documents d ON d.id = m.document_id;

CREATE VIEW attendance_view AS
SELECT a.id, m.date, m.title AS meeting, a.name, a.status, a.role, a.organisation, e.quote,
  a.meeting_id, a.person_id, a.organisation_id, d.path AS document, e.start_offset, e.end_offset
FROM attendance a JOIN meetings m ON m.id = a.meeting_id JOIN documents d ON d.id = m.document_id
JOIN evidence e ON e.id = a.evidence_id;

CREATE VIEW decisions_view AS
SELECT c.id, m.date, m.title AS meeting, e.quote AS decision, i.number AS item_number, i.title AS item,
  (SELECT json_group_array(theme_id) FROM (
    SELECT theme_id FROM item_themes WHERE agenda_item_id = (
      SELECT main_item_id FROM agenda_items WHERE id = c.agenda_item_id) ORDER BY position)) AS themes,
  c.language, c.confidence, c.meeting_id, c.agenda_item_id, d.path AS document, e.start_offset, e.end_offset
FROM decisions c JOIN meetings m ON m.id = c.meeting_id JOIN documents d ON d.id = m.document_id
JOIN evidence e ON e.id = c.evidence_id LEFT JOIN agenda_items i ON i.id = c.agenda_item_id
WHERE c.is_repeat = 0;

CREATE VIEW actions_view AS
SELECT a.id, m.date, m.title AS meeting, e.quote AS action,
  (SELECT json_group_array(name) FROM (SELECT name FROM action_owners WHERE action_id = a.id ORDER BY position))
    AS owners,
  a.due, u.quote AS due_text, a.due_last_day, a.status, i.number AS item_number, i.title AS item,
  (SELECT json_group_array(theme_id) FROM (
    SELECT theme_id FROM item_themes WHERE agenda_item_id = (
      SELECT main_item_id FROM agenda_items WHERE id = a.agenda_item_id) ORDER BY position)) AS themes,
  a.language, a.confidence, a.meeting_id, a.agenda_item_id, d.path AS document, e.start_offset, e.end_offset
FROM actions a JOIN meetings m ON m.id = a.meeting_id JOIN documents d ON d.id = m.document_id
JOIN evidence e ON e.id = a.evidence_id LEFT JOIN evidence u ON u.id = a.due_evidence_id
LEFT JOIN agenda_items i ON i.id = a.agenda_item_id
WHERE a.is_repeat = 0;

CREATE VIEW open_actions AS SELECT * FROM actions_view WHERE status = 'open';

CREATE VIEW overdue_actions AS
SELECT * FROM actions_view WHERE status = 'open' AND due_last_day < date('now', 'localtime');

-- CROSS JOIN keeps the order of the tables: from the one person to her actions, not through all open ones.
CREATE VIEW people_view AS
SELECT p.id, p.name,
  (SELECT json_group_array(organisation) FROM (
    SELECT DISTINCT organisation FROM attendance WHERE person_id = p.id AND organisation IS NOT NULL
    ORDER BY organisation)) AS organisations,
  count(*) AS meetings,
  sum(a.status = 'present') AS present,
  sum(a.status = 'excused') AS excused,
  sum(a.status = 'absent') AS absent,
  (SELECT count(DISTINCT c.id) FROM attendance t CROSS JOIN action_owners o ON o.attendance_id = t.id
    CROSS JOIN actions c ON c.id = o.action_id
    WHERE t.person_id = p.id AND c.status = 'open' AND c.is_repeat = 0) AS open_actions,
  max(m.date) AS last_meeting
FROM people p JOIN attendance a ON a.person_id = p.id JOIN meetings m ON m.id = a.meeting_id
GROUP BY p.id;
