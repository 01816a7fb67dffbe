"""Forms of English verbs that headlines need: the base of a past tense or participle, the third person."""

from __future__ import annotations

import re

from summarize.language.tagging import knows
from summarize.language.words import word_set

# Past tense -> base, for the verbs of the news. The third person is formed by rule.
_BASE = dict(
    pair.split(":")
    for pair in """said:say told:tell announced:announce killed:kill won:win lost:lose died:die
    called:call warned:warn accused:accuse claimed:claim agreed:agree rejected:reject denied:deny
    admitted:admit revealed:reveal confirmed:confirm launched:launch signed:sign beat:beat defeated:defeat
    hit:hit struck:strike took:take made:make gave:give got:get began:begin started:start ended:end
    opened:open closed:close faced:face joined:join left:leave met:meet visited:visit urged:urge
    demanded:demand vowed:vow pledged:pledge promised:promise offered:offer proposed:propose
    approved:approve passed:pass voted:vote backed:back supported:support opposed:oppose condemned:condemn
    criticized:criticize criticised:criticise praised:praise attacked:attack bombed:bomb shot:shoot
    stabbed:stab arrested:arrest charged:charge seized:seize found:find discovered:discover
    released:release published:publish reported:report showed:show became:become named:name
    appointed:appoint elected:elect resigned:resign retired:retire quit:quit fired:fire sacked:sack
    hired:hire bought:buy sold:sell raised:raise cut:cut dropped:drop fell:fall rose:rise jumped:jump
    surged:surge plunged:plunge crashed:crash collapsed:collapse exploded:explode sank:sink burned:burn
    destroyed:destroy damaged:damage injured:injure wounded:wound rescued:rescue saved:save escaped:escape
    fled:flee returned:return arrived:arrive reached:reach ordered:order banned:ban blocked:block
    halted:halt suspended:suspend cancelled:cancel canceled:cancel delayed:delay postponed:postpone
    extended:extend held:hold hosted:host led:lead scored:score secured:secure claimed:claim sparked:spark
    triggered:trigger caused:cause forced:force prompted:prompt drew:draw sued:sue filed:file
    pleaded:plead apologised:apologise apologized:apologize defended:defend declared:declare
    dismissed:dismiss refused:refuse failed:fail survived:survive suffered:suffer received:receive
    awarded:award celebrated:celebrate marked:mark unveiled:unveil introduced:introduce tested:test
    fought:fight broke:break set:set put:put ruled:rule overturned:overturn upheld:uphold
    withdrew:withdraw deployed:deploy evacuated:evacuate protested:protest rallied:rally marched:march
    spoke:speak tweeted:tweet wrote:write sent:send brought:bring turned:turn moved:move stopped:stop
    ran:run drove:drive shown:show given:give taken:take become:become known:know seen:see gone:go
    fallen:fall written:write driven:drive chosen:choose broken:break spoken:speak drawn:draw sunk:sink
    begun:begin run:run come:come came:come stood:stand knew:know saw:see went:go chose:choose felt:feel
    lay:lie laid:lay paid:pay built:build caught:catch taught:teach thought:think bore:bear swore:swear
    threw:throw grew:grow flew:fly rode:ride sang:sing wore:wear won:win described:describe advised:advise
    dreamt:dream merged:merge invaded:invade shared:share carried:carry disappeared:disappear
    vanished:vanish emerged:emerge erupted:erupt clashed:clash completed:complete landed:land
    proposed:propose decided:decide voted:vote expressed:express discussed:discuss sought:seek
    kept:keep spent:spend clung:cling slammed:slam swept:sweep slept:sleep wept:weep crept:creep dealt:deal
    meant:mean lent:lend bent:bend burnt:burn learnt:learn heard:hear hid:hide bit:bite dug:dig stuck:stick
    swung:swing hung:hang rang:ring drank:drink sprang:spring shrank:shrink swam:swim stole:steal froze:freeze
    woke:wake shook:shake forgot:forget forgave:forgive overcame:overcome overtook:overtake
    undertook:undertake
    understood:understand withstood:withstand foresaw:foresee outlined:outline tore:tear ate:eat blew:blow
    drowned:drown spun:spin slid:slide shone:shine bred:breed fed:feed sped:speed bled:bleed bound:bind
    wound:wind fought:fight sat:sit spat:spit split:split spread:spread shed:shed cost:cost hurt:hurt
    let:let shut:shut bid:bid cast:cast broadcast:broadcast forecast:forecast bet:bet united:unite
    reunited:reunite read:read lit:light wed:wed knelt:kneel awoke:awake pled:plead babysat:babysit tied:tie
    lied:lie vied:vie monitored:monitor sponsored:sponsor mirrored:mirror authored:author boycotted:boycott
    added:add excelled:excel repelled:repel propelled:propel expelled:expel compelled:compel
    dispelled:dispel controlled:control patrolled:patrol interfered:interfere adhered:adhere
    persevered:persevere extradited:extradite thrilled:thrill triumphed:triumph
    edited:edit quoted:quote devoted:devote defused:defuse queued:queue erred:err focussed:focus
    skied:ski purred:purr whirred:whirr""".split()
)
_BASES = frozenset(_BASE.values())
# What "is" stands before and belongs to: "is missing", "is dying", "is going".
_NO_SIMPLE = word_set("being missing dying lying living going having ailing pending willing")
_PREFIXES = ("un", "re-", "re", "over", "out", "under", "mis", "dis")
# Stems that never have an "e" of their own: "weighed", "touted".
_NO_E = re.compile(
    r"(?:gh|ck|sh|ch|ss|ll|zz|[nrslcpx]t|[rnl]d|[rnlsw]k|[lms]p|mb|rm|[rwg]n|r[lb]|ff|x|[oa]w|[aeo]y|ion|our"
    r"|[dhkpt]en|[^aeiou]er|(?:ai|ea|ee|oa|oo|ie|ui)[dfklmnprt])$"
)
# A short stem doubles its last consonant: "wrapped", "kidnapped".
_DOUBLED = re.compile(r".*[aeiou]([bdgmnprt])\1")
# Stems in "ed" that end in an "e" of their own: "raged", "amazed", "forced", "fired".
_SILENT_E = re.compile(
    r"[^aeiou]+[aeiou][bcdgklmnprtvz]"
    r"|.*(?:[bcdfgkptz]l|stl|ven|[vt]ok|[^o]ad|[^aou]id|[^eo]am|(?:inv|inc|rec|ign)it"
    r"|ag|[aeo]v|iv|[auo]c|at|[aio]z|rg|dg|[nr]c|[rln]s|[lr]v|ir|(?<!o)ur|[aoi]s)"
)


def third_person(base: str) -> str:
    """Return the third person singular of a verb.

    Example:
        >>> third_person("deny"), third_person("pass"), third_person("say")
        ('denies', 'passes', 'says')
    """
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def base_form(past: str) -> str | None:
    """Return the base of a past tense or past participle, or None where it cannot be told.

    Example:
        >>> base_form("shocked"), base_form("planned"), base_form("shared"), base_form("won")
        ('shock', 'plan', 'share', 'win')
    """
    if found := _BASE.get(past) or _regular(past):
        return found
    for prefix in _PREFIXES:
        rest = past.removeprefix(prefix)
        if rest != past and (base := _BASE.get(rest) or _regular(rest)):
            return prefix + base
    return None


def _regular(past: str) -> str | None:
    """The base of a past tense in "ed", where that is a known word."""
    if not past.endswith("ed") or len(past) < 4 or past in {"aged", "need", "feed"}:
        return None
    if past.endswith("ied"):
        return past[:-3] + "y"
    stem = past[:-2]
    if stem.endswith(("ait", "uit")):
        return stem  # "Waite" is a name
    if knows(past[:-1]):
        return past[:-1]
    if _SILENT_E.fullmatch(stem) and not knows(past[:-1]) and stem[-1] != stem[-2]:
        return past[:-1]  # "raged": short stems that end in one consonant double it
    if stem[-1] == stem[-2] and not knows(stem) and not stem.endswith(("ss", "ff", "zz")):
        stem = stem[:-1]
        if _DOUBLED.fullmatch(past[:-2]):
            return stem
    return stem if knows(stem) or _NO_E.search(stem) else None


def gerund_base(participle: str) -> str | None:
    """Return the base of a present participle whose simple present says the same, or None.

    Example:
        >>> gerund_base("suing"), gerund_base("planning"), gerund_base("missing")
        ('sue', 'plan', None)
    """
    if participle in _NO_SIMPLE or not participle.endswith("ing") or len(participle) < 5:
        return None
    stem = participle[:-3]
    single = stem[:-1] if stem[-1] == stem[-2:-1] else stem
    return next((base for base in (stem + "e", stem, single) if base in _BASES), base_form(stem + "ed"))
