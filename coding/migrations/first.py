"""Tables of the words. They refer to area, issue, wave and coder, which linkage creates first."""

from sqlite_utils import Database, Migrations

migrations = Migrations("coding")
PIECE = 4096  # code points of a text in one row


@migrations()
def create_transcripts(db: Database) -> None:
    db.execute("""
        CREATE TABLE focus_group (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            area_id INTEGER NOT NULL REFERENCES area(id),
            wave_id INTEGER REFERENCES wave(id),
            name TEXT NOT NULL,
            phase TEXT NOT NULL DEFAULT 'source' CHECK (phase IN ('source', 'test')),
            held_on TEXT,
            attendance INTEGER CHECK (attendance >= 0),
            UNIQUE (area_id, name)
        ) STRICT""")
    db.execute("""
        CREATE TABLE speaker (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            focus_group_id INTEGER NOT NULL REFERENCES focus_group(id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            role TEXT NOT NULL DEFAULT 'participant' CHECK (role IN ('moderator', 'participant')),
            UNIQUE (focus_group_id, name)
        ) STRICT""")
    db.execute("""
        CREATE TABLE speaker_attribute (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            speaker_id INTEGER NOT NULL REFERENCES speaker(id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            value TEXT NOT NULL,
            UNIQUE (speaker_id, name)
        ) STRICT""")
    db.execute("""
        CREATE TABLE consent (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            speaker_id INTEGER NOT NULL REFERENCES speaker(id) ON DELETE CASCADE,
            use TEXT NOT NULL CHECK (use IN ('analysis', 'publication', 'message', 'archive')),
            given INTEGER NOT NULL CHECK (given IN (0, 1)),
            form_version TEXT,
            decided_on TEXT,
            withdrawn_on TEXT,
            UNIQUE (speaker_id, use)
        ) STRICT""")
    db.execute("""
        CREATE TABLE transcript (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            focus_group_id INTEGER NOT NULL REFERENCES focus_group(id),
            issue_id INTEGER REFERENCES issue(id),
            title TEXT NOT NULL UNIQUE,
            file_name TEXT NOT NULL,
            file_sha256 TEXT NOT NULL,
            text_version INTEGER NOT NULL DEFAULT 1,
            imported_at TEXT NOT NULL
        ) STRICT""")
    db.execute("""
        CREATE TABLE transcript_text (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            transcript_id INTEGER NOT NULL REFERENCES transcript(id) ON DELETE CASCADE,
            version INTEGER NOT NULL,
            text TEXT NOT NULL,
            UNIQUE (transcript_id, version)
        ) STRICT""")
    db.execute("""
        CREATE TABLE turn (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            transcript_id INTEGER NOT NULL REFERENCES transcript(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            start INTEGER NOT NULL CHECK (start >= 0),
            speech_start INTEGER NOT NULL CHECK (speech_start >= start),
            end INTEGER NOT NULL CHECK (end >= speech_start),
            words INTEGER NOT NULL,
            speaker_id INTEGER REFERENCES speaker(id),
            issue_id INTEGER REFERENCES issue(id),
            time TEXT,
            UNIQUE (transcript_id, position)
        ) STRICT""")
    db.execute("CREATE INDEX turn_by_place ON turn (transcript_id, start)")
    db.execute("CREATE INDEX turn_by_end ON turn (transcript_id, end)")
    db.execute("CREATE INDEX turn_by_speaker ON turn (speaker_id)")


@migrations()
def create_codes(db: Database) -> None:
    db.execute("""
        CREATE TABLE code (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            guid TEXT NOT NULL UNIQUE,
            parent_id INTEGER REFERENCES code(id),
            name TEXT NOT NULL COLLATE NOCASE,
            colour TEXT NOT NULL,
            definition TEXT NOT NULL DEFAULT '',
            include TEXT NOT NULL DEFAULT '',
            exclude TEXT NOT NULL DEFAULT '',
            example TEXT NOT NULL DEFAULT '',
            position INTEGER NOT NULL DEFAULT 0,
            revision INTEGER NOT NULL DEFAULT 1,
            created_at TEXT NOT NULL
        ) STRICT""")
    db.execute("CREATE UNIQUE INDEX code_name ON code (coalesce(parent_id, 0), name)")
    db.execute("""
        CREATE TABLE coding (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            transcript_id INTEGER NOT NULL REFERENCES transcript(id) ON DELETE CASCADE,
            code_id INTEGER NOT NULL REFERENCES code(id) ON DELETE CASCADE,
            coder_id INTEGER NOT NULL REFERENCES coder(id),
            start INTEGER NOT NULL CHECK (start >= 0),
            end INTEGER NOT NULL CHECK (end > start),
            quote TEXT NOT NULL,
            created_at TEXT NOT NULL,
            UNIQUE (transcript_id, start, end, code_id, coder_id)
        ) STRICT""")
    db.execute("CREATE INDEX coding_by_code ON coding (code_id)")
    db.execute("""
        CREATE TABLE memo (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            coder_id INTEGER NOT NULL REFERENCES coder(id),
            transcript_id INTEGER REFERENCES transcript(id) ON DELETE CASCADE,
            code_id INTEGER REFERENCES code(id) ON DELETE CASCADE,
            coding_id INTEGER REFERENCES coding(id) ON DELETE CASCADE,
            text TEXT NOT NULL,
            revision INTEGER NOT NULL DEFAULT 1,
            created_at TEXT NOT NULL,
            CHECK (
                (transcript_id IS NOT NULL) + (code_id IS NOT NULL) + (coding_id IS NOT NULL) <= 1
            )
        ) STRICT""")
    db.execute("CREATE INDEX memo_by_coding ON memo (coding_id)")


@migrations()
def cut_text_into_pieces(db: Database) -> None:
    # A passage is read from the pieces it touches, however long the transcript is.
    db.execute("""
        CREATE TABLE text_piece (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            transcript_id INTEGER NOT NULL REFERENCES transcript(id) ON DELETE CASCADE,
            version INTEGER NOT NULL,
            start INTEGER NOT NULL CHECK (start >= 0),
            text TEXT NOT NULL,
            UNIQUE (transcript_id, version, start)
        ) STRICT""")
    whole = db.execute("SELECT transcript_id, version, text FROM transcript_text ORDER BY id")
    for transcript_id, version, text in whole.fetchall():
        rows = [(transcript_id, version, start, piece) for start, piece in pieces(text)]
        db.conn.executemany(
            "INSERT INTO text_piece (transcript_id, version, start, text) VALUES (?, ?, ?, ?)", rows
        )
    db.execute("DROP TABLE transcript_text")
    db.execute("ALTER TABLE text_piece RENAME TO transcript_text")


def pieces(text: str) -> list[tuple[int, str]]:
    """Cut a text into the pieces that are stored, each with its place; an empty text is one."""
    return [(start, text[start : start + PIECE]) for start in range(0, len(text) or 1, PIECE)]
