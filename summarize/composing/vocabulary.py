"""Words that decide what may be cut, and at what price. Tables only, English only."""

from __future__ import annotations

from summarize.language.tagged import BE
from summarize.language.words import word_set

LOOSE = word_set(
    "in at near from during outside inside across along around beside behind throughout within amid"
)
PRICES = {
    "of": 2.4,
    "than": 9.0,
    "not": 9.0,
    "like": 0.8,
    "between": 0.8,
    "without": 2.0,
    "per": 2.0,
    "to": 1.4,
    "against": 0.9,
    "into": 1.4,
    "as": 1.5,
}
AMOUNTS = word_set(
    """number thousands hundreds millions dozens lot one part half most some series group host range
    string kind sort majority courtesy instead because ahead front spite terms"""
)
EMPTY_ADVERBS = word_set(
    "also now just already currently meanwhile then actually really finally simply quite very"
)
ADVERBS = word_set("still again later soon recently even together today")
PAST_TIMES = word_set("yesterday last earlier")
KEPT_ADVERBS = word_set(
    """reportedly allegedly nearly only early daily weekly monthly yearly likely unlikely deadly friendly
    elderly family hardly barely apply supply rally italy july ally reply falsely wrongly illegally"""
)
GENERIC_SOURCES = word_set(
    """police officials authorities spokesman spokeswoman spokesperson report reports researchers
    scientists sources prosecutors media agency experts study doctors investigators firefighters witnesses
    lawyers newspaper"""
)
TITLES = word_set(
    """President Minister Senator Sen. Rep. Representative Secretary Governor Gov. Mayor Judge Chancellor
    Chairman Chairwoman Director General Gen. Justice Commissioner Ambassador Congressman Congresswoman
    Speaker Mr. Mrs. Ms. Dr. Sir Prof. Professor Captain Lt. Col. Sgt. spokesman spokeswoman spokesperson
    leader president minister"""
)
WANTS_INFINITIVE = word_set(
    """plan plans bid effort efforts attempt attempts right rights way ways decision chance ability call
    calls pledge vow expected set scheduled due likely unlikely ready able unable forced allowed told
    asked urged ordered going deal power authority permission time campaign order request willing reason
    move moves want wants wanted need needs intention intentions proposal proposals"""
)
# A clause may end with these verbs: they need no object.
INTRANSITIVE = word_set(
    """died dies die collapsed collapses crashed crashes resigned resigns fell falls rose rises vanished
    exploded explodes erupted returned returns escaped escapes failed fails ended ends began begins agreed
    agrees survived survives retired retires burned disappeared drowned fled flees sank sinks voted votes
    won wins lost loses grew grows jumped dropped drops surged surges slumped plunged soared tumbled
    declined increased decreased emerged continued continues stopped protested marched gathered apologised
    apologized melted closed closes opened opens arrived arrives left"""
)
LINKING = BE | word_set(
    "remains remain became becomes seems looks fall falls fell stay stays feel feels get gets goes go went"
)
BEFORE_TO = word_set("up down due close next prior thanks according out ahead instead because")
PARTICLES = word_set("again away down out back ahead apart together off up online forward")
