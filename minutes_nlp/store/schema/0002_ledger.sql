-- The ledger: people, bodies and actions across meetings, what was corrected, and what does not add up. Everything but
-- `corrections` and `machine_records` is worked out anew from the documents and the corrections; rows keep their ids.

-- People may share a name now: one row per person, not per spelling.
CREATE TEMP TABLE attendance_people AS SELECT id, person_id FROM attendance WHERE person_id IS NOT NULL;
CREATE TEMP TABLE former_people AS SELECT id, name, name_folded FROM people;
UPDATE attendance SET person_id = NULL;
DROP VIEW people_view;
DROP TABLE people;
CREATE TABLE people (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  source TEXT NOT NULL DEFAULT 'minutes' CHECK (source IN ('minutes', 'directory', 'correction'))
) STRICT;
CREATE INDEX people_name ON people(name_folded);
INSERT INTO people (id, name, name_folded) SELECT id, name, name_folded FROM former_people;
UPDATE attendance SET person_id = (SELECT person_id FROM attendance_people WHERE attendance_people.id = attendance.id);
DROP TABLE attendance_people;
DROP TABLE former_people;

-- How a person is written in the minutes, in the user's directory or in a correction.
CREATE TABLE person_names (
  person_id TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('minutes', 'directory', 'correction')),
  PRIMARY KEY (person_id, name)
) STRICT;
CREATE INDEX person_names_folded ON person_names(name_folded);

-- Who a name in an attendance list may be, if more than one person fits; the name then has no `person_id`.
CREATE TABLE attendance_candidates (
  attendance_id TEXT NOT NULL REFERENCES attendance(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  person_id TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  PRIMARY KEY (attendance_id, position)
) STRICT;
CREATE INDEX attendance_candidates_person ON attendance_candidates(person_id);

-- For which body a person stands by the user's directory; both days belong to the time, and each may be open.
CREATE TABLE person_affiliations (
  person_id TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  organisation_id TEXT NOT NULL REFERENCES organisations(id) ON DELETE CASCADE,
  from_day TEXT CHECK (from_day IS date(from_day, '+0 days')),
  until_day TEXT CHECK (until_day IS date(until_day, '+0 days')),
  PRIMARY KEY (person_id, position)
) STRICT;
CREATE INDEX person_affiliations_organisation ON person_affiliations(organisation_id);

-- What people and bodies were last worked out from, and what came of it; another fingerprint means: out of date.
CREATE TABLE people_state (
  number INTEGER NOT NULL PRIMARY KEY CHECK (number = 1),
  fingerprint TEXT NOT NULL
) STRICT;

-- A body is found under each of its names; two may have the same. A merged body points to the one that came after it.
CREATE TEMP TABLE attendance_organisations AS
  SELECT id, organisation_id FROM attendance WHERE organisation_id IS NOT NULL;
CREATE TEMP TABLE former_organisations AS SELECT id, name, name_folded FROM organisations;
UPDATE attendance SET organisation_id = NULL;
DROP TABLE organisations;
CREATE TABLE organisations (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  kind TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT 'minutes' CHECK (source IN ('minutes', 'directory', 'register', 'correction')),
  successor_id TEXT REFERENCES organisations(id) ON DELETE SET NULL
) STRICT;
CREATE INDEX organisations_name ON organisations(name_folded);
CREATE INDEX organisations_successor ON organisations(successor_id);
INSERT INTO organisations (id, name, name_folded) SELECT id, name, name_folded FROM former_organisations;
UPDATE attendance SET organisation_id = (
  SELECT organisation_id FROM attendance_organisations WHERE attendance_organisations.id = attendance.id);
DROP TABLE attendance_organisations;
DROP TABLE former_organisations;
CREATE TABLE organisation_names (
  organisation_id TEXT NOT NULL REFERENCES organisations(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  language TEXT,
  short INTEGER NOT NULL DEFAULT 0 CHECK (short IN (0, 1)),
  PRIMARY KEY (organisation_id, name)
) STRICT;
CREATE INDEX organisation_names_folded ON organisation_names(name_folded);

ALTER TABLE meetings ADD COLUMN organisation_id TEXT REFERENCES organisations(id) ON DELETE SET NULL;
ALTER TABLE meetings ADD COLUMN series TEXT NOT NULL DEFAULT '';
ALTER TABLE meetings ADD COLUMN superseded_by TEXT REFERENCES meetings(id) ON DELETE SET NULL;
CREATE INDEX meetings_series ON meetings(series, date);
CREATE INDEX meetings_organisation ON meetings(organisation_id);
CREATE INDEX meetings_superseded_by ON meetings(superseded_by);

-- Who an owner is, in the directory; with several who fit, the candidates.
ALTER TABLE action_owners ADD COLUMN person_id TEXT REFERENCES people(id) ON DELETE SET NULL;
ALTER TABLE action_owners ADD COLUMN organisation_id TEXT REFERENCES organisations(id) ON DELETE SET NULL;
CREATE INDEX action_owners_person ON action_owners(person_id);
CREATE INDEX action_owners_organisation ON action_owners(organisation_id);
CREATE TABLE owner_people (
  owner_id TEXT NOT NULL REFERENCES action_owners(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  person_id TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  PRIMARY KEY (owner_id, position)
) STRICT;
CREATE INDEX owner_people_person ON owner_people(person_id);

-- What people said about what the machine found: never changed, only added to. The file `corrections.jsonl` beside the
-- database is the same log and is read into here; `content` is its line.
CREATE TABLE corrections (
  number INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  kind TEXT NOT NULL,
  field TEXT NOT NULL,
  document_path TEXT,
  undoes TEXT,
  content TEXT NOT NULL CHECK (json_valid(content))
) STRICT;
CREATE INDEX corrections_document ON corrections(document_path);

-- What the machine found in a document that was corrected, so that a correction can be undone: a record without its
-- text, which is that of the document. `applied` changes
-- whenever other corrections of the document are in force than those that its rows were made with.
CREATE TABLE machine_records (
  document_id TEXT NOT NULL PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
  applied TEXT NOT NULL,
  record TEXT NOT NULL CHECK (json_valid(record))
) STRICT;

-- What a correction in force is about, in the document as it is now: `passage` is the one that was corrected, `other`
-- the later one of a link. Without offsets: it no longer fits. `row_id` is the row of the correction's kind.
CREATE TABLE correction_targets (
  correction_id TEXT NOT NULL REFERENCES corrections(id) ON DELETE CASCADE,
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('passage', 'other')),
  row_id TEXT,
  start_offset INTEGER CHECK (start_offset >= 0),
  end_offset INTEGER CHECK (end_offset >= start_offset),
  PRIMARY KEY (correction_id, document_id, role),
  CHECK ((start_offset IS NULL) = (end_offset IS NULL))
) STRICT;
CREATE INDEX correction_targets_document ON correction_targets(document_id);
CREATE INDEX correction_targets_row ON correction_targets(row_id);

-- One action through time, as it stands now. Its id is that of the action item that began it.
CREATE TABLE ledger_actions (
  id TEXT NOT NULL PRIMARY KEY REFERENCES actions(id) ON DELETE CASCADE,
  series TEXT NOT NULL,
  latest_action_id TEXT NOT NULL REFERENCES actions(id) ON DELETE CASCADE,
  status TEXT NOT NULL CHECK (status IN ('open', 'done', 'dropped')),
  owners TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(owners)),
  owners_action_id TEXT REFERENCES actions(id) ON DELETE CASCADE,
  due TEXT,
  due_last_day TEXT CHECK (due_last_day IS date(due_last_day, '+0 days')),
  due_evidence_id TEXT REFERENCES evidence(id) ON DELETE SET NULL,
  opened_on TEXT CHECK (opened_on IS date(opened_on, '+0 days')),
  closed_on TEXT CHECK (closed_on IS date(closed_on, '+0 days')),
  last_sign_on TEXT CHECK (last_sign_on IS date(last_sign_on, '+0 days')),
  silent_meetings INTEGER NOT NULL DEFAULT 0 CHECK (silent_meetings >= 0)
) STRICT;
CREATE INDEX ledger_actions_series ON ledger_actions(series);
CREATE INDEX ledger_actions_status ON ledger_actions(status, due_last_day);
CREATE INDEX ledger_actions_owners ON ledger_actions(owners_action_id);
CREATE INDEX ledger_actions_due_evidence ON ledger_actions(due_evidence_id);
CREATE INDEX ledger_actions_latest ON ledger_actions(latest_action_id);

-- What became of an action, each with the passage or the correction that says so. `day` is the day of the meeting or
-- the one given with the correction. `owners` (a JSON array), `due`: the new ones, where the event changes them.
CREATE TABLE ledger_events (
  id TEXT NOT NULL PRIMARY KEY,
  ledger_action_id TEXT NOT NULL REFERENCES ledger_actions(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN (
    'created', 'restated', 'translated', 'reassigned', 'postponed', 'done', 'reopened', 'dropped')),
  day TEXT CHECK (day IS date(day, '+0 days')),
  meeting_id TEXT REFERENCES meetings(id) ON DELETE CASCADE,
  action_id TEXT REFERENCES actions(id) ON DELETE CASCADE,
  evidence_id TEXT REFERENCES evidence(id) ON DELETE CASCADE,
  correction_id TEXT REFERENCES corrections(id),
  owners TEXT CHECK (owners IS NULL OR json_valid(owners)),
  due TEXT,
  due_last_day TEXT CHECK (due_last_day IS date(due_last_day, '+0 days')),
  method TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  UNIQUE (ledger_action_id, position),
  CHECK (evidence_id IS NOT NULL OR correction_id IS NOT NULL)
) STRICT;
CREATE INDEX ledger_events_meeting ON ledger_events(meeting_id);
CREATE INDEX ledger_events_action ON ledger_events(action_id);
CREATE INDEX ledger_events_evidence ON ledger_events(evidence_id);
CREATE INDEX ledger_events_correction ON ledger_events(correction_id);

-- What may have become of an action, but is not sure enough to say: a person decides.
CREATE TABLE proposals (
  id TEXT NOT NULL PRIMARY KEY,
  ledger_action_id TEXT NOT NULL REFERENCES ledger_actions(id) ON DELETE CASCADE,
  event TEXT NOT NULL,
  meeting_id TEXT NOT NULL REFERENCES meetings(id) ON DELETE CASCADE,
  action_id TEXT REFERENCES actions(id) ON DELETE CASCADE,
  evidence_id TEXT NOT NULL REFERENCES evidence(id) ON DELETE CASCADE,
  method TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1)
) STRICT;
CREATE INDEX proposals_action ON proposals(ledger_action_id);
CREATE INDEX proposals_meeting ON proposals(meeting_id);
CREATE INDEX proposals_own_action ON proposals(action_id);
CREATE INDEX proposals_evidence ON proposals(evidence_id);

-- One decision or action said in two languages: `second_id` says what `first_id` said.
CREATE TABLE pairs (
  kind TEXT NOT NULL CHECK (kind IN ('decision', 'action')),
  first_id TEXT NOT NULL,
  second_id TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  PRIMARY KEY (kind, second_id)
) STRICT;
CREATE INDEX pairs_first ON pairs(kind, first_id);

-- What does not add up. `code` names the text shown to the user, `details` (a JSON object) fills it in.
CREATE TABLE issues (
  id TEXT NOT NULL PRIMARY KEY,
  code TEXT NOT NULL,
  meeting_id TEXT NOT NULL REFERENCES meetings(id) ON DELETE CASCADE,
  evidence_id TEXT REFERENCES evidence(id) ON DELETE CASCADE,
  other_evidence_id TEXT REFERENCES evidence(id) ON DELETE CASCADE,
  details TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(details)),
  settled_by TEXT REFERENCES corrections(id)
) STRICT;
CREATE INDEX issues_meeting ON issues(meeting_id);
CREATE INDEX issues_evidence ON issues(evidence_id);
CREATE INDEX issues_other_evidence ON issues(other_evidence_id);
CREATE INDEX issues_settled_by ON issues(settled_by);

-- What the ledger of a series was last worked out from; another fingerprint means that it is out of date.
CREATE TABLE ledger_state (
  series TEXT NOT NULL PRIMARY KEY,
  fingerprint TEXT NOT NULL
) STRICT;

-- The views of version 1 with the ledger in them. An action that a later passage of the ledger belongs to has one row,
-- as it stands now; a passage that the ledger has not looked at yet stands for itself.
DROP VIEW overdue_actions;
DROP VIEW open_actions;
DROP VIEW actions_view;
DROP VIEW decisions_view;
DROP VIEW meetings_view;
CREATE VIEW actions_view AS
SELECT a.id, m.date, m.title AS meeting, e.quote AS action,
  coalesce((SELECT owners FROM ledger_actions WHERE id = a.id), (SELECT json_group_array(name) FROM (
    SELECT name FROM action_owners WHERE action_id = a.id ORDER BY position))) AS owners,
  iif(l.id IS NULL, a.due, l.due) AS due, u.quote AS due_text,
  iif(l.id IS NULL, a.due_last_day, l.due_last_day) AS due_last_day, coalesce(l.status, a.status) AS status,
  i.number AS item_number, i.title AS item,
  (SELECT json_group_array(theme_id) FROM (
    SELECT theme_id FROM item_themes WHERE agenda_item_id = (
      SELECT main_item_id FROM agenda_items WHERE id = a.agenda_item_id) ORDER BY position)) AS themes,
  a.language, a.confidence, a.meeting_id, a.agenda_item_id, d.path AS document, e.start_offset, e.end_offset,
  coalesce(l.opened_on, m.date) AS opened_on, l.closed_on, coalesce(l.last_sign_on, m.date) AS last_sign_on,
  coalesce(l.silent_meetings, 0) AS silent_meetings
FROM actions a JOIN meetings m ON m.id = a.meeting_id JOIN documents d ON d.id = m.document_id
JOIN evidence e ON e.id = a.evidence_id LEFT JOIN ledger_actions l ON l.id = a.id
LEFT JOIN evidence u ON u.id = iif(l.id IS NULL, a.due_evidence_id, l.due_evidence_id)
LEFT JOIN agenda_items i ON i.id = a.agenda_item_id
WHERE a.is_repeat = 0 AND m.superseded_by IS NULL
  AND (l.id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM ledger_events WHERE action_id = a.id));
CREATE VIEW open_actions AS SELECT * FROM actions_view WHERE status = 'open';
CREATE VIEW overdue_actions AS
SELECT * FROM actions_view WHERE status = 'open' AND due_last_day < date('now', 'localtime');
CREATE VIEW decisions_view AS
SELECT c.id, m.date, m.title AS meeting, e.quote AS decision, i.number AS item_number, i.title AS item,
  (SELECT json_group_array(theme_id) FROM (
    SELECT theme_id FROM item_themes WHERE agenda_item_id = (
      SELECT main_item_id FROM agenda_items WHERE id = c.agenda_item_id) ORDER BY position)) AS themes,
  c.language, c.confidence, c.meeting_id, c.agenda_item_id, d.path AS document, e.start_offset, e.end_offset
FROM decisions c JOIN meetings m ON m.id = c.meeting_id JOIN documents d ON d.id = m.document_id
JOIN evidence e ON e.id = c.evidence_id LEFT JOIN agenda_items i ON i.id = c.agenda_item_id
WHERE c.is_repeat = 0 AND m.superseded_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM pairs WHERE kind = 'decision' AND second_id = c.id);
CREATE VIEW meetings_view AS
SELECT m.id, m.date, m.title, m.body, m.location, m.start_time, m.end_time, m.next_meeting, d.languages,
  (SELECT count(*) FROM attendance WHERE meeting_id = m.id AND status = 'present') AS present,
  (SELECT count(*) FROM attendance WHERE meeting_id = m.id AND status = 'excused') AS excused,
  (SELECT count(*) FROM attendance WHERE meeting_id = m.id AND status = 'absent') AS absent,
  (SELECT count(*) FROM agenda_items WHERE meeting_id = m.id AND level = 1) AS items,
  (SELECT count(*) FROM decisions WHERE meeting_id = m.id AND is_repeat = 0) AS decisions,
  (SELECT count(*) FROM actions WHERE meeting_id = m.id AND is_repeat = 0) AS actions,
  (SELECT count(*) FROM open_actions WHERE meeting_id = m.id) AS open_actions,
  (SELECT json_group_array(theme_id) FROM (SELECT theme_id FROM meeting_themes WHERE meeting_id = m.id ORDER BY position))
    AS themes,
  d.path AS document, d.missing_since, m.superseded_by
FROM meetings m JOIN documents d ON d.id = m.document_id;

-- CROSS JOIN keeps the order of the tables: from the one person to her actions, not through all open ones.
CREATE VIEW people_view AS
SELECT p.id, p.name,
  (SELECT json_group_array(name) FROM (
    SELECT DISTINCT coalesce(o.name, t.organisation) AS name
    FROM attendance t LEFT JOIN organisations o ON o.id = t.organisation_id
    WHERE t.person_id = p.id AND t.organisation IS NOT NULL ORDER BY name)) AS organisations,
  count(DISTINCT a.meeting_id) AS meetings,
  count(DISTINCT iif(a.status = 'present', a.meeting_id, NULL)) AS present,
  count(DISTINCT iif(a.status = 'excused', a.meeting_id, NULL)) AS excused,
  count(DISTINCT iif(a.status = 'absent', a.meeting_id, NULL)) AS absent,
  (SELECT count(DISTINCT l.id) FROM action_owners o CROSS JOIN ledger_actions l ON l.owners_action_id = o.action_id
    WHERE o.person_id = p.id AND l.status = 'open') +
  (SELECT count(DISTINCT c.id) FROM action_owners o CROSS JOIN actions c ON c.id = o.action_id
    CROSS JOIN meetings n ON n.id = c.meeting_id
    WHERE o.person_id = p.id AND c.status = 'open' AND c.is_repeat = 0 AND n.superseded_by IS NULL
      AND NOT EXISTS (SELECT 1 FROM ledger_events WHERE action_id = c.id)) AS open_actions,
  max(m.date) AS last_meeting
FROM people p JOIN attendance a ON a.person_id = p.id JOIN meetings m ON m.id = a.meeting_id
WHERE m.superseded_by IS NULL
GROUP BY p.id;
-- Who stood for which body, from when to when: by the attendance lists, and by the user's directory.
CREATE VIEW affiliations AS
SELECT a.person_id, p.name AS person, a.organisation_id, o.name AS organisation, min(m.date) AS first_day,
  max(m.date) AS last_day, count(DISTINCT m.id) AS meetings, 'minutes' AS source
FROM attendance a JOIN meetings m ON m.id = a.meeting_id JOIN people p ON p.id = a.person_id
JOIN organisations o ON o.id = a.organisation_id
WHERE m.superseded_by IS NULL
GROUP BY a.person_id, a.organisation_id
UNION ALL
SELECT f.person_id, p.name, f.organisation_id, o.name, f.from_day, f.until_day, 0, 'directory'
FROM person_affiliations f JOIN people p ON p.id = f.person_id JOIN organisations o ON o.id = f.organisation_id;
