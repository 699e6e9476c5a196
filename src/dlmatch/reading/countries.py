"""Names of countries, as job postings write them, to ISO 3166 two-letter codes."""

from __future__ import annotations

_NAMES = """
AE United Arab Emirates|UAE;AR Argentina;AT Austria|Österreich;AU Australia;BD Bangladesh;BE Belgium|Belgique|België
BG Bulgaria;BR Brazil|Brasil
CA Canada;CH Switzerland|Schweiz|Suisse;CL Chile;CN China|People's Republic of China;CO Colombia;CR Costa Rica;CY Cyprus
CZ Czechia|Czech Republic
DE Germany|Deutschland;DK Denmark|Danmark;EE Estonia;EG Egypt;ES Spain|España;FI Finland|Suomi;FR France
GB United Kingdom|UK|Great Britain|England|Scotland|Wales
GH Ghana;GR Greece;HK Hong Kong;HR Croatia;HU Hungary;ID Indonesia;IE Ireland;IL Israel;IN India|Bharat;IS Iceland
IT Italy|Italia;JP Japan;KE Kenya
KR South Korea|Korea|Republic of Korea;LK Sri Lanka;LT Lithuania;LU Luxembourg;LV Latvia;MA Morocco;MT Malta;MX Mexico|México
MY Malaysia;NG Nigeria
NL Netherlands|The Netherlands|Nederland;NO Norway|Norge;NP Nepal;NZ New Zealand;PE Peru;PH Philippines;PK Pakistan
PL Poland|Polska;PT Portugal
QA Qatar;RO Romania;RS Serbia;RU Russia|Russian Federation;SA Saudi Arabia;SE Sweden|Sverige;SG Singapore;SI Slovenia
SK Slovakia;TH Thailand
TR Turkey|Türkiye;TW Taiwan;UA Ukraine;US United States|USA|U.S.|U.S.A.|United States of America;UY Uruguay;VN Vietnam|Viet Nam
ZA South Africa
"""
_THREE = """
AUS:AU AUT:AT BEL:BE BRA:BR CAN:CA CHE:CH CHN:CN CZE:CZ DEU:DE DNK:DK ESP:ES FIN:FI FRA:FR GBR:GB HKG:HK HUN:HU IND:IN
IRL:IE ISR:IL ITA:IT JPN:JP KOR:KR MEX:MX MYS:MY NLD:NL NOR:NO NZL:NZ PHL:PH POL:PL PRT:PT ROU:RO SGP:SG SWE:SE TWN:TW
UKR:UA USA:US VNM:VN ZAF:ZA
"""
_CODES: dict[str, str] = {three: two for three, _, two in (pair.partition(":") for pair in _THREE.split())}
for _entry in _NAMES.replace("\n", ";").split(";"):
    for _name in _entry[3:].split("|"):
        if _name:
            _CODES[_name.upper()] = _entry[:2]


def iso_code(name: str) -> str | None:
    """US for "United States", "USA", "us"; None for what is no country we know and no two-letter code."""
    name = name.strip().upper()
    if name in _CODES:
        return _CODES[name]
    return {"UK": "GB"}.get(name, name) if len(name) == 2 and name.isascii() and name.isalpha() else None
