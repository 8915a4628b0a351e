"""Base tables that coding and analysis refer to, and the tables of stories and messages."""

from sqlite_utils import Database, Migrations

base = Migrations("linkage.base")
migrations = Migrations("linkage")


@base()
def create_study(db: Database) -> None:
    db.execute("""
        CREATE TABLE study (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            name TEXT NOT NULL,
            notice TEXT NOT NULL DEFAULT '',
            created_at TEXT NOT NULL
        ) STRICT""")
    db.execute("""
        CREATE TABLE area (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            kind TEXT NOT NULL DEFAULT '',
            position INTEGER NOT NULL
        ) STRICT""")
    db.execute("""
        CREATE TABLE issue (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            position INTEGER NOT NULL
        ) STRICT""")
    db.execute("""
        CREATE TABLE wave (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            position INTEGER NOT NULL
        ) STRICT""")
    db.execute("""
        CREATE TABLE coder (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            guid TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL
        ) STRICT""")


@base()
def create_history(db: Database) -> None:
    # A change is open while its hash is null; sealed, neither it nor its rows can be altered.
    db.execute("""
        CREATE TABLE change (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            actor TEXT NOT NULL,
            action TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo', 'fixed')),
            target_id INTEGER REFERENCES change(id),
            hash TEXT
        ) STRICT""")
    db.execute("CREATE INDEX change_by_actor ON change (actor)")
    db.execute("""
        CREATE TABLE change_row (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            change_id INTEGER NOT NULL REFERENCES change(id),
            object TEXT NOT NULL,
            object_id INTEGER NOT NULL,
            operation TEXT NOT NULL CHECK (operation IN ('insert', 'update', 'delete')),
            digest TEXT
        ) STRICT""")
    db.execute("CREATE INDEX change_row_by_change ON change_row (change_id)")
    db.execute("CREATE INDEX change_row_by_object ON change_row (object, object_id)")
    # Erasure may blank a payload; the chain holds its digest and still verifies.
    db.execute("""
        CREATE TABLE change_payload (
            change_row_id INTEGER PRIMARY KEY REFERENCES change_row(id),
            salt BLOB NOT NULL,
            before TEXT,
            after TEXT
        ) STRICT""")
    db.execute("""
        CREATE TABLE answered_request (
            key TEXT PRIMARY KEY,
            fingerprint TEXT NOT NULL,
            answer TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT""")


@base()
def add_archiving(db: Database) -> None:
    db.execute("ALTER TABLE study ADD COLUMN archived_at TEXT")


@migrations()
def create_stories(db: Database) -> None:
    db.execute("""
        CREATE TABLE story (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            area_id INTEGER NOT NULL REFERENCES area(id),
            issue_id INTEGER NOT NULL REFERENCES issue(id),
            title TEXT NOT NULL,
            summary TEXT NOT NULL DEFAULT '',
            actors TEXT NOT NULL DEFAULT '',
            place TEXT NOT NULL DEFAULT '',
            what_changed TEXT NOT NULL DEFAULT '',
            happened TEXT NOT NULL DEFAULT '',
            framing TEXT NOT NULL DEFAULT 'group' CHECK (framing IN ('individual', 'group')),
            coder_id INTEGER NOT NULL REFERENCES coder(id),
            revision INTEGER NOT NULL DEFAULT 1,
            created_at TEXT NOT NULL
        ) STRICT""")
    db.execute("""
        CREATE TABLE story_quote (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            story_id INTEGER NOT NULL REFERENCES story(id) ON DELETE CASCADE,
            transcript_id INTEGER NOT NULL REFERENCES transcript(id),
            start INTEGER NOT NULL CHECK (start >= 0),
            end INTEGER NOT NULL CHECK (end > start),
            quote TEXT NOT NULL,
            UNIQUE (story_id, transcript_id, start, end)
        ) STRICT""")


@migrations()
def create_messages(db: Database) -> None:
    db.execute("""
        CREATE TABLE message (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            nudge TEXT NOT NULL CHECK (nudge IN ('A', 'B')),
            wave_id INTEGER NOT NULL REFERENCES wave(id),
            area_id INTEGER NOT NULL REFERENCES area(id),
            issue_id INTEGER NOT NULL REFERENCES issue(id),
            state TEXT NOT NULL DEFAULT 'draft'
                CHECK (state IN ('draft', 'in review', 'approved', 'retired')),
            revision INTEGER NOT NULL DEFAULT 1,
            created_at TEXT NOT NULL,
            UNIQUE (nudge, wave_id, area_id, issue_id)
        ) STRICT""")
    db.execute("""
        CREATE TABLE message_version (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            message_id INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
            version INTEGER NOT NULL,
            coder_id INTEGER NOT NULL REFERENCES coder(id),
            created_at TEXT NOT NULL,
            UNIQUE (message_id, version)
        ) STRICT""")
    db.execute("""
        CREATE TABLE message_sentence (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            message_version_id INTEGER NOT NULL REFERENCES message_version(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            text TEXT NOT NULL,
            UNIQUE (message_version_id, position)
        ) STRICT""")
    db.execute("""
        CREATE TABLE sentence_evidence (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            sentence_id INTEGER NOT NULL REFERENCES message_sentence(id) ON DELETE CASCADE,
            story_quote_id INTEGER NOT NULL REFERENCES story_quote(id),
            UNIQUE (sentence_id, story_quote_id)
        ) STRICT""")
    # What each arm of an area was shown, fixed when the wave is allocated.
    db.execute("""
        CREATE TABLE message_shown (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            receipt_id INTEGER NOT NULL REFERENCES allocation_receipt(id),
            message_version_id INTEGER NOT NULL REFERENCES message_version(id),
            UNIQUE (receipt_id, message_version_id)
        ) STRICT""")


@migrations()
def create_freezes(db: Database) -> None:
    db.execute("""
        CREATE TABLE freeze (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            coding_sha256 TEXT NOT NULL,
            frozen_at TEXT NOT NULL,
            frozen_by INTEGER NOT NULL REFERENCES coder(id),
            lifted_at TEXT,
            lifted_by INTEGER REFERENCES coder(id)
        ) STRICT""")
    db.execute(
        "CREATE UNIQUE INDEX one_freeze ON freeze (lifted_at IS NULL) WHERE lifted_at IS NULL"
    )
    db.execute(
        "ALTER TABLE study ADD COLUMN results_hidden INTEGER NOT NULL DEFAULT 0"
        " CHECK (results_hidden IN (0, 1))"
    )


@migrations()
def create_snapshots(db: Database) -> None:
    # Not a reference: a study without any change can be named too.
    db.execute("""
        CREATE TABLE snapshot (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL COLLATE NOCASE UNIQUE,
            change_id INTEGER NOT NULL,
            coder_id INTEGER REFERENCES coder(id),
            note TEXT NOT NULL DEFAULT '',
            created_at TEXT NOT NULL
        ) STRICT""")


@migrations()
def create_approvals(db: Database) -> None:
    db.execute("""
        CREATE TABLE message_approval (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            message_version_id INTEGER NOT NULL UNIQUE
                REFERENCES message_version(id) ON DELETE CASCADE,
            coder_id INTEGER NOT NULL REFERENCES coder(id),
            approved_at TEXT NOT NULL
        ) STRICT""")


@migrations()
def mark_altered_quotes(db: Database) -> None:
    # What a quote said before its transcript was corrected, until somebody has read it anew.
    db.execute("ALTER TABLE story_quote ADD COLUMN altered_from TEXT NOT NULL DEFAULT ''")


@migrations()
def state_the_approach(db: Database) -> None:
    db.execute(
        "ALTER TABLE study ADD COLUMN approach TEXT NOT NULL DEFAULT ''"
        " CHECK (approach IN ('', 'reflexive', 'framework', 'codebook', 'reliability'))"
    )
