"""What authors are told of a file that cannot be read as it stands, in Dutch."""

from collections.abc import Mapping
from typing import Final

FILES: Final[Mapping[str, str]] = {
    # content/typed/strict_yaml.py, page.py
    "This stands more than {most} levels deep. Make it flatter.": (
        "Dit staat meer dan {most} niveaus diep. Maak het platter."
    ),
    "This file has more than {most} values. Divide it.": (
        "Dit bestand heeft meer dan {most} waarden. Verdeel het."
    ),
    "A colon is missing here. A line begins with a key, as “say:”.": (
        "Hier ontbreekt een dubbele punt. Een regel begint met een sleutel, zoals"
        " “say:”."
    ),
    "A colon stands inside a text. Put quotes around the text.": (
        "Er staat een dubbele punt in een tekst. Zet aanhalingstekens om de tekst."
    ),
    "A comma or a closing bracket is missing here.": (
        "Hier ontbreekt een komma of een haakje."
    ),
    "This line does not fit under the lines above. Compare their columns.": (
        "Deze regel past niet onder de regels erboven. Kijk of ze even ver inspringen."
    ),
    "There is more to mend from here on. Mend what stands above first.": (
        "Vanaf hier is er nog meer. Herstel eerst wat hierboven staat."
    ),
    "This file is larger than 1 MB. Divide it over several files.": (
        "Dit bestand is groter dan 1 MB. Verdeel het over meer bestanden."
    ),
    "This file has too many lines. Divide it over several files.": (
        "Dit bestand heeft te veel regels. Verdeel het over meer bestanden."
    ),
    "This character is not UTF-8. Save the file again, as UTF-8.": (
        "Dit teken is geen UTF-8. Sla het bestand opnieuw op, als UTF-8."
    ),
    "A file begins with a key, as “flow: arrears”, not with a text.": (
        "Een bestand begint met een sleutel, zoals “flow: arrears”, niet met een tekst."
    ),
    "This file is empty.": "Dit bestand is leeg.",
    "YAML's own notation (*, & or !) is not used here. Use quotes.": (
        "De tekens *, & en ! vooraan betekenen iets in YAML. Zet aanhalingstekens."
    ),
    "The text holds an invisible control character. Leave it out.": (
        "In de tekst staat een onzichtbaar teken. Haal het weg."
    ),
    "This list item is empty. Write something or remove the dash.": (
        "Dit punt van de lijst is leeg. Schrijf iets, of haal het streepje weg."
    ),
    "A key is one word, not a list or a group of keys.": (
        "Een sleutel is een woord, geen lijst of groep sleutels."
    ),
    '“{key}” has no value. Write one after the colon, or "" if it is to be empty.': (
        "“{key}” heeft geen waarde. Schrijf die na de dubbele punt, of"
        ' "" als het leeg moet blijven.'
    ),
    "“{key}” stands twice, on line {first} and on line {second}. Keep one of them.": (
        "“{key}” staat er twee keer, op regel {first} en op regel {second}. Laat er een"
        " staan."
    ),
    "This line cannot be read. Compare it with lines above.": (
        "Deze regel is niet te lezen. Vergelijk hem met de regels erboven."
    ),
    # content/slips*.py
    "an invisible character (U+{code})": "een onzichtbaar teken (U+{code})",
    "a tab": "een tab",
    "This line begins with": "Deze regel begint met",
    "Here stands": "Hier staat",
    "This key holds": "In deze sleutel staat",
    "This text holds": "In deze tekst staat",
    "{where} {name}. Use ordinary spaces, here and on the lines below.": (
        "{where} {name}. Gebruik gewone spaties, hier en op de regels eronder."
    ),
    "This is a list item, but line {line} begins keys. Move or mend it.": (
        "Dit is een punt van een lijst, maar op regel {line} beginnen sleutels."
        " Verplaats of herstel het."
    ),
    "This is a key, but line {line} begins list items. Move or mend it.": (
        "Dit is een sleutel, maar op regel {line} begint een lijst. Verplaats of"
        " herstel het."
    ),
    "Begin this line at column {column}, as line {line}.": (
        "Begin deze regel op kolom {column}, zoals regel {line}."
    ),
    "column {column} (as line {line})": "kolom {column} (zoals regel {line})",
    " or {where}": " of {where}",
    "This line begins at column {column}. Begin it at {where}{other}.": (
        "Deze regel begint op kolom {column}. Begin hem op {where}{other}."
    ),
    "Delete the invisible character U+{code} here.": (
        "Haal hier het onzichtbare teken U+{code} weg."
    ),
    "Remove “{line}”: a file holds one document. What follows belongs in a file of its"
    " own.": (
        "Haal “{line}” weg: dat begint een tweede bestand. Zet wat volgt in een eigen"
        " bestand."
    ),
    "“{sign}” cannot stand inside a text without quotes. Put quotes before and after"
    " the whole text, which began above.": (
        "“{sign}” kan niet in een tekst zonder aanhalingstekens. Zet ze voor en achter"
        " de hele tekst, die hierboven begon."
    ),
    "This line stands too far to the right, as the line above already has a text. Begin"
    " it at column {column}, as line {line}. If it belongs to that text, put quotes"
    " around the whole text.": (
        "Deze regel staat te ver naar rechts: de regel erboven heeft al een tekst."
        " Begin op kolom {column}, zoals regel {line}. Hoort dit bij die tekst? Zet dan"
        " aanhalingstekens om de hele tekst."
    ),
    "Put a space after the dash: {line}": "Zet een spatie na het streepje: {line}",
    "“<<” is not used here. Write the keys out.": (
        "“<<” kan hier niet. Schrijf de sleutels voluit."
    ),
    "“{words}” cannot stand here. A line begins with a key, as “say:”.": (
        "“{words}” kan hier niet staan. Een regel begint met een sleutel, zoals “say:”."
    ),
    "This line has no space after the colon. Write: {line}": (
        "Er staat geen spatie na de dubbele punt. Schrijf: {line}"
    ),
    "This line has no colon. Write: {line}": (
        "In deze regel ontbreekt de dubbele punt. Schrijf: {line}"
    ),
    "After “#” nothing is read.": "Wat na “#” staat, wordt niet gelezen.",
    "“ #” begins a note, which is never shown (a real note has two spaces before # and"
    " one after).": (
        "“ #” begint een opmerking, die niemand te zien krijgt (voor een echte"
        " opmerking: twee spaties voor # en een erna)."
    ),
    "A colon with a space after it cannot stand in a text without quotes.": (
        "Een dubbele punt met een spatie kan niet in een tekst zonder aanhalingstekens."
    ),
    "These curly quotes are part of the text and will be shown. If not meant, write"
    ' "{words}" or no quotes.': (
        "Deze krulletjes horen bij de tekst en zijn te zien. Niet bedoeld? Schrijf"
        ' "{words}" of laat ze weg.'
    ),
    "“{words}” is not used here. Leave it out.": (
        "“{words}” kan hier niet. Laat het weg."
    ),
    "A text without quotes cannot begin with “{sign}”.": (
        "Een tekst zonder aanhalingstekens kan niet beginnen met “{sign}”."
    ),
    "A list begins on a line of its own; a text cannot begin with “- ”.": (
        "Een lijst begint op een eigen regel; een tekst kan niet beginnen met “- ”."
    ),
    "This text begins with a quote that is never closed.": (
        "Deze tekst begint met een aanhalingsteken, maar het tweede ontbreekt."
    ),
    "The quotes end before the text does, after {words}.": (
        "De aanhalingstekens eindigen eerder dan de tekst, na {words}."
    ),
    "A backslash has a meaning of its own between double quotes.": (
        "Een \\ betekent iets anders tussen dubbele aanhalingstekens."
    ),
    "The text goes on after “{sign}”.": "De tekst gaat door na “{sign}”.",
    "{why} If it is a text: {line}": "{why} Is het een tekst? Schrijf: {line}",
    "This text line begins too far left. Begin it at column {column}.": (
        "Deze regel van de tekst begint te ver naar links. Begin op kolom {column}."
    ),
    "{why} Put quotes around the text: {line}": (
        "{why} Zet aanhalingstekens om de tekst: {line}"
    ),
    # content/typed/brackets.py
    "What follows “ #” is never shown. Put quotes around the text.": (
        "Wat na “ #” staat, krijgt niemand te zien. Zet aanhalingstekens om de tekst."
    ),
    "“{sign}” cannot stand inside a text.": "“{sign}” kan niet in een tekst staan.",
    "A colon stands inside a text here. Put quotes around it.": (
        "Hier staat een dubbele punt in een tekst. Zet er aanhalingstekens om."
    ),
    "“{sign}” is opened here and not closed.": (
        "“{sign}” begint hier, maar het sluitende teken ontbreekt."
    ),
    "“{missing}” is missing before “{sign}”.": "“{missing}” ontbreekt voor “{sign}”.",
    "There is nothing before this comma.": "Voor deze komma staat niets.",
    "There is nothing between “:” and “{sign}”.": "Tussen “:” en “{sign}” staat niets.",
    "Between {braces} each entry is a key and a value, as {example}.": (
        "Tussen {braces} staat steeds een sleutel met een waarde, zoals {example}."
    ),
    "Here stands a tab. Use ordinary spaces.": (
        "Hier staat een tab. Gebruik gewone spaties."
    ),
    "The quotes or brackets end before the text does. Put quotes around the whole"
    " text.": (
        "De aanhalingstekens of haakjes eindigen eerder dan de tekst. Zet"
        " aanhalingstekens om de hele tekst."
    ),
    "A text without quotes cannot begin with “{sign}”. Write {words}": (
        "Een tekst zonder aanhalingstekens kan niet beginnen met “{sign}”. Schrijf"
        " {words}"
    ),
    # content/shape.py
    "a text": "een tekst",
    "a list": "een lijst",
    "a group of keys": "een groep sleutels",
    "{one} or {other}": "{one} of {other}",
    "{where} should be {wanted}, but is {found}. {how}": (
        "{where} moet {wanted} zijn, maar is {found}. {how}"
    ),
    "If a colon belongs to the text, put quotes around the whole text.": (
        "Hoort er een dubbele punt bij de tekst? Zet aanhalingstekens om de hele tekst."
    ),
    "Write it as [one, two], or on lines that begin with “- ”.": (
        "Schrijf het als [een, twee], of op regels die beginnen met “- ”."
    ),
    "Write its keys on the lines below, each with a colon.": (
        "Schrijf de sleutels op de regels eronder, elk met een dubbele punt."
    ),
    "Write one text after the colon.": "Schrijf een tekst na de dubbele punt.",
    "is not a whole number.": "is geen heel getal.",
    "is not a number.": "is geen getal.",
    "is neither yes nor no.": "is geen yes of no.",
    "is not a day. Write it as 2026-12-03.": "is geen dag. Schrijf 2026-12-03.",
    "is not a time. Write it as 18:00.": "is geen tijd. Schrijf 18:00.",
    "“{word}” {what}": "“{word}” {what}",
    "more than": "meer dan",
    "at least": "ten minste",
    "less than": "minder dan",
    "at most": "hoogstens",
    "{where} must be {words} {bound}, not {found}.": (
        "{where} moet {words} {bound} zijn, niet {found}."
    ),
    " Write {how}.": " Schrijf {how}.",
    " For instance: {example}": " Bijvoorbeeld: {example}",
    "{wanted}{example}": "{wanted}{example}",
    "“{word}” is not written as it should be.{how}": (
        "“{word}” is niet geschreven zoals het moet.{how}"
    ),
    "{where} needs {words} {bound} {what}; it has {found}.": (
        "{where} heeft {words} {bound} {what} nodig; er staan er {found}."
    ),
    "Write yes or no here.{hint}": "Schrijf hier yes of no.{hint}",
    "“{word}” is no kind of question. Known: {known}.{hint}": (
        "“{word}” is geen soort vraag. Bekend: {known}.{hint}"
    ),
    "characters": "tekens",
    "entries": "regels",
    # content/read_locales.py
    "No text stands at “{context}” any more.{hint}": (
        "Op “{context}” staat geen tekst meer.{hint}"
    ),
    "The Dutch of “{context}” is not the same any more. It is now: “{dutch}”": (
        "Het Nederlands van “{context}” is nu anders. Het is: “{dutch}”"
    ),
    # content/names.py, fit.py, read_scenarios.py
    "crisis": "crisis",
    "Write the day as 2026-12-03.": "Schrijf de dag als 2026-12-03.",
    "Begin this line at column {column}.": "Begin deze regel op kolom {column}.",
    "This line cannot be read so. Did you mean: {line}": (
        "Deze regel is zo niet te lezen. Bedoelt u: {line}"
    ),
    "The program needs “{meant}” here.{hint}": (
        "Het programma heeft hier “{meant}” nodig.{hint}"
    ),
    "“{name}” is called “{meant}” in the translations.{hint} If this new name is meant,"
    " change it there too.": (
        "“{name}” heet in de vertalingen “{meant}”.{hint} Is de nieuwe naam bedoeld?"
        " Verander die daar dan ook."
    ),
    "Nothing uses the name “{name}”; “{meant}” is used in {file}, line {line}, and"
    " stands nowhere.{hint}": (
        "Niets gebruikt de naam “{name}”; “{meant}” wordt gebruikt in {file}, regel"
        " {line}, maar staat nergens.{hint}"
    ),
}
