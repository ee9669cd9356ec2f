CREATE TABLE inbox (
    arrival INTEGER PRIMARY KEY,
    update_id INTEGER NOT NULL UNIQUE,
    received INTEGER NOT NULL,
    body BLOB
) STRICT;
CREATE INDEX inbox_waiting ON inbox (arrival) WHERE body IS NOT NULL;
CREATE INDEX inbox_received ON inbox (received);

CREATE TABLE conversation (
    chat INTEGER PRIMARY KEY,
    body BLOB NOT NULL,
    heard INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_heard ON conversation (heard);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lane INTEGER NOT NULL,
    method TEXT NOT NULL,
    body BLOB NOT NULL,
    posts INTEGER,
    edits INTEGER NOT NULL,
    closes INTEGER NOT NULL
) STRICT;

CREATE TABLE shown (
    chat INTEGER NOT NULL,
    message INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    PRIMARY KEY (chat, message)
) STRICT, WITHOUT ROWID;
