-- Search forgives inflection: beside the words of a passage, the index holds their stems, each with the code of its
-- language before it. `word_stems` is a function of the program (minutes_nlp.store.stems), not of SQLite.
DROP TRIGGER passages_indexed_insert;
DROP TRIGGER passages_indexed_delete;
DROP TRIGGER passages_indexed_update;
DROP TABLE passages_fts;
ALTER TABLE passages ADD COLUMN stems TEXT NOT NULL DEFAULT '';
UPDATE passages SET stems = word_stems(text, language);
CREATE VIRTUAL TABLE passages_fts USING fts5(
  text, stems, content=[passages], content_rowid=[number], tokenize='unicode61 remove_diacritics 2'
);
INSERT INTO passages_fts(passages_fts) VALUES ('rebuild');
CREATE TRIGGER passages_indexed_insert AFTER INSERT ON passages BEGIN
  INSERT INTO passages_fts(rowid, text, stems) VALUES (NEW.number, NEW.text, NEW.stems);
END;
CREATE TRIGGER passages_indexed_delete AFTER DELETE ON passages BEGIN
  INSERT INTO passages_fts(passages_fts, rowid, text, stems) VALUES ('delete', OLD.number, OLD.text, OLD.stems);
END;
CREATE TRIGGER passages_indexed_update AFTER UPDATE ON passages BEGIN
  INSERT INTO passages_fts(passages_fts, rowid, text, stems) VALUES ('delete', OLD.number, OLD.text, OLD.stems);
  INSERT INTO passages_fts(rowid, text, stems) VALUES (NEW.number, NEW.text, NEW.stems);
END;

-- What the lists of a search need of every passage, without reading the texts.
CREATE INDEX passages_places ON passages(document_id, start_offset, end_offset, language);
