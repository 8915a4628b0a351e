"""Ways to spoil a study file, with words of the sentence that then refuses it."""

SPOILT: dict[str, list[str]] = {
    "a view in a table's place": [
        "no table “transcript”",
        "ALTER TABLE transcript RENAME TO t2",
        "CREATE VIEW transcript AS SELECT * FROM t2",
    ],
    "a virtual table in its place": [
        "no table “memo”",
        "DROP TABLE memo",
        "CREATE VIRTUAL TABLE memo USING fts5 (text)",
    ],
    "a missing table": [
        "no table “story”",
        "DROP TABLE story",
    ],
    "a missing column": [
        "no column “kind”",
        "ALTER TABLE area DROP COLUMN kind",
    ],
    "missing answers": [
        "lacks the answers",
        "DROP TABLE response_1",
    ],
    "a column of answers missing": [
        "no column “o1”",
        "ALTER TABLE response_1 DROP COLUMN o1",
    ],
    "a style in a colour": [
        "column colour",
        "UPDATE code SET colour = 'red;}*{display:none'",
    ],
    "a path in a key": [
        "column key",
        "UPDATE area SET key = '../../x' WHERE id = 1",
    ],
    "a date that is none": [
        "column created_at",
        "UPDATE code SET created_at = 'yesterday'",
    ],
    "a mapping that is none": [
        "column mapping",
        "UPDATE survey_import SET mapping = 'x = ['",
    ],
    "a plan that is none": [
        "column body",
        "UPDATE plan SET body = '{}'",
    ],
    "a line break in a name": [
        "column name",
        "UPDATE speaker SET name = 'A' || char(10) || 'B' WHERE id = 1",
    ],
    "text for a number": [
        "cannot store TEXT",
        "CREATE TABLE a2 AS SELECT * FROM area",
        "DROP TABLE area",
        "ALTER TABLE a2 RENAME TO area",
        "UPDATE area SET position = 'first'",
    ],
    "bytes for a text": [
        "column kind",
        "CREATE TABLE a2 AS SELECT * FROM area",
        "DROP TABLE area",
        "ALTER TABLE a2 RENAME TO area",
        "UPDATE area SET kind = x'00ff'",
    ],
    "text that is not UTF-8": [
        "UTF-8",
        "UPDATE code SET definition = CAST(x'ff41' AS TEXT)",
    ],
    "a value against a check": [
        "CHECK constraint",
        "UPDATE speaker SET role = 'spy'",
    ],
    "a reference to nothing": [
        "refer to nothing",
        "DELETE FROM focus_group",
    ],
    "a double": [
        "UNIQUE",
        "DROP INDEX code_name",
        (
            "INSERT INTO code (guid, name, colour, created_at) SELECT 'g', name, colour, "
            "created_at FROM code"
        ),
    ],
    "codes in a circle": [
        "circle",
        "UPDATE code SET parent_id = id",
    ],
    "a turn outside its text": [
        "do not stand in their texts",
        "UPDATE turn SET end = 100000 WHERE position = (SELECT max(position) FROM turn)",
    ],
    "turns over one another": [
        "do not stand in their texts",
        "UPDATE turn SET start = 0, speech_start = 0 WHERE position > 1",
    ],
    "a transcript without a text": [
        "do not stand in their texts",
        "DELETE FROM transcript_text",
    ],
    "a number beyond all rows": [
        "column id",
        "UPDATE code SET id = 9223372036854775807",
    ],
    "two studies or none": [
        "holds no study",
        "DELETE FROM study",
    ],
    "history of a system table": [
        "in its history",
        "UPDATE change_row SET object = 'sqlite_master' WHERE id = 1",
    ],
    "history with other columns": [
        "in its history",
        'UPDATE change_payload SET after = \'{"evil\\" = 1": 1}\'',
    ],
    "history with a style": [
        "in its history",
        (
            "UPDATE change_payload SET after = json_set(after, '$.colour', 'red}') WHERE "
            "change_row_id IN (SELECT id FROM change_row WHERE object = 'code')"
        ),
    ],
    "history that is no JSON": [
        "in its history",
        "UPDATE change_payload SET after = '[[[['",
    ],
    "a newer version": [
        "newer version",
        (
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES "
            "('coding', 'from_the_future', 'x')"
        ),
    ],
    "a version that never was": [
        "ever given out",
        "DELETE FROM _sqlite_migrations WHERE name = 'create_transcripts'",
    ],
    "no version": [
        "which version",
        "DROP TABLE _sqlite_migrations",
    ],
    "another application": [
        "not a Coproduce study",
        "PRAGMA application_id=1",
    ],
}
