-- Everything is kept by lane, the pseudonym of a chat, and sealed. Conversations come
-- along; `lane` and `sealed` are functions of the program that upgrades.
ALTER TABLE conversation RENAME TO plain_conversation;
ALTER TABLE shown RENAME TO plain_shown;
DROP TABLE inbox;
DROP TABLE outbox;

CREATE TABLE inbox (
    arrival INTEGER PRIMARY KEY,
    lane BLOB NOT NULL,
    update_id INTEGER NOT NULL,
    received INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    body BLOB,
    UNIQUE (lane, update_id)
) STRICT;
CREATE INDEX inbox_waiting ON inbox (lane, arrival) WHERE body IS NOT NULL;
CREATE INDEX inbox_received ON inbox (received);

CREATE TABLE conversation (
    lane BLOB PRIMARY KEY,
    body BLOB NOT NULL,
    heard INTEGER NOT NULL,
    address BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_last_heard ON conversation (heard);
CREATE INDEX conversation_address ON conversation (heard) WHERE address IS NOT NULL;

CREATE TABLE outbox (
    lane BLOB NOT NULL,
    number INTEGER NOT NULL,
    part INTEGER NOT NULL,
    method TEXT NOT NULL,
    body BLOB NOT NULL,
    posts INTEGER,
    edits INTEGER NOT NULL,
    closes INTEGER NOT NULL,
    waits INTEGER NOT NULL,
    PRIMARY KEY (lane, number, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE message (
    lane BLOB NOT NULL,
    id INTEGER NOT NULL,
    turn INTEGER,
    minute INTEGER NOT NULL,
    PRIMARY KEY (lane, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_minute ON message (minute);

CREATE TABLE program (
    lane BLOB NOT NULL,
    name TEXT NOT NULL,
    holder TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (lane, name)
) STRICT, WITHOUT ROWID;

INSERT INTO conversation (lane, body, heard, address)
    SELECT lane(chat), sealed(chat, body), heard, NULL FROM plain_conversation;
INSERT INTO message (lane, id, turn, minute)
    SELECT lane(shown.chat), message, turn, heard
    FROM plain_shown AS shown JOIN plain_conversation USING (chat);
DROP TABLE plain_conversation;
DROP TABLE plain_shown;
