-- Which pages OCR read, how sure it was of their words, and which pages it could not read since it was not installed.
-- NULL where the file itself holds the text.

ALTER TABLE documents ADD COLUMN ocr_pages TEXT
  CHECK (ocr_pages IS NULL OR (json_valid(ocr_pages) AND json_type(ocr_pages) = 'array'));
ALTER TABLE documents ADD COLUMN ocr_confidence REAL
  CHECK (ocr_confidence IS NULL OR (ocr_confidence BETWEEN 0 AND 1 AND coalesce(ocr_pages, '[]') <> '[]'));
ALTER TABLE documents ADD COLUMN ocr_unread TEXT
  CHECK ((ocr_unread IS NULL) = (ocr_pages IS NULL)
    AND (ocr_unread IS NULL OR (json_valid(ocr_unread) AND json_type(ocr_unread) = 'array')));
