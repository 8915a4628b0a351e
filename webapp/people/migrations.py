"""Tables of people in the catalogue."""

from sqlite_utils import Database, Migrations

migrations = Migrations("catalogue.people")


@migrations()
def add_accounts(db: Database) -> None:
    for column in (
        "password_hash TEXT",
        "totp_secret TEXT",
        "totp_step INTEGER NOT NULL DEFAULT 0",  # the last one used: a code works once
        "oidc_subject TEXT",
        "administrator INTEGER NOT NULL DEFAULT 0 CHECK (administrator IN (0, 1))",
        "disabled_at TEXT",
    ):
        db.execute(f"ALTER TABLE user ADD COLUMN {column}")
    # Until now there was one person, who could do everything.
    db.execute("UPDATE user SET administrator = 1")
    db.execute("CREATE UNIQUE INDEX user_by_name ON user (name COLLATE NOCASE)")
    db.execute("CREATE UNIQUE INDEX user_by_subject ON user (oidc_subject)")


@migrations()
def replace_sessions_and_links(db: Database) -> None:
    db.execute("DROP TABLE session")
    db.execute("DROP TABLE sign_in_link")
    db.execute("""
        CREATE TABLE session (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            token_sha256 TEXT NOT NULL UNIQUE,
            user_id INTEGER NOT NULL REFERENCES user(id) ON DELETE CASCADE,
            agent TEXT NOT NULL,
            created_at TEXT NOT NULL,
            seen_at TEXT NOT NULL,
            expires_at TEXT NOT NULL
        ) STRICT""")
    db.execute("CREATE INDEX session_by_user ON session (user_id)")
    # An invitation may be for somebody new: then it has no user yet.
    db.execute("""
        CREATE TABLE one_time_link (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            token_sha256 TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL CHECK (kind IN ('sign in', 'invitation', 'reset')),
            user_id INTEGER REFERENCES user(id) ON DELETE CASCADE,
            study_key TEXT REFERENCES study(key) ON DELETE CASCADE,
            roles TEXT NOT NULL DEFAULT '[]',
            areas TEXT,
            blind INTEGER NOT NULL DEFAULT 0 CHECK (blind IN (0, 1)),
            note TEXT NOT NULL DEFAULT '',
            made_by INTEGER REFERENCES user(id) ON DELETE CASCADE,
            expires_at TEXT NOT NULL
        ) STRICT""")


@migrations()
def create_memberships(db: Database) -> None:
    # `areas` is a JSON list of area ids, or null for all of them.
    db.execute("""
        CREATE TABLE membership (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            user_id INTEGER NOT NULL REFERENCES user(id) ON DELETE CASCADE,
            study_key TEXT NOT NULL REFERENCES study(key) ON DELETE CASCADE,
            roles TEXT NOT NULL,
            areas TEXT,
            blind INTEGER NOT NULL DEFAULT 0 CHECK (blind IN (0, 1)),
            created_at TEXT NOT NULL,
            UNIQUE (user_id, study_key)
        ) STRICT""")
    db.execute("CREATE INDEX membership_by_study ON membership (study_key)")
    db.execute("""
        CREATE TABLE api_token (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            token_sha256 TEXT NOT NULL UNIQUE,
            user_id INTEGER NOT NULL REFERENCES user(id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            scope TEXT NOT NULL CHECK (scope IN ('read', 'write')),
            study_key TEXT REFERENCES study(key) ON DELETE CASCADE,
            created_at TEXT NOT NULL,
            expires_at TEXT NOT NULL,
            used_at TEXT
        ) STRICT""")


@migrations()
def note_when_seen(db: Database) -> None:
    db.execute("ALTER TABLE user ADD COLUMN seen_at TEXT")  # stays when the sessions are gone
    db.execute("CREATE INDEX api_token_by_user ON api_token (user_id)")
    db.execute("CREATE INDEX one_time_link_by_user ON one_time_link (user_id)")


@migrations()
def create_preferences(db: Database) -> None:
    db.execute("""
        CREATE TABLE preference (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            user_id INTEGER NOT NULL REFERENCES user(id) ON DELETE CASCADE,
            study_key TEXT NOT NULL REFERENCES study(key) ON DELETE CASCADE,
            name TEXT NOT NULL,
            value TEXT NOT NULL,
            UNIQUE (user_id, study_key, name)
        ) STRICT""")
    db.execute("CREATE INDEX preference_by_study ON preference (study_key)")
