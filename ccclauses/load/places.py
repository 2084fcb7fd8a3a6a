"""Countries with their currency and time zone, currencies, and the places whose public holidays are known.

Tables, since asking babel, holidays and the time-zone database costs more than reading a clause library. Countries are
ISO 3166-1, places ISO 3166-2 without the country, currencies ISO 4217; a test compares the places with `holidays`.
"""

from __future__ import annotations

# code, currency, time zone (a dash where the country has several), name
_COUNTRIES = """\
AD EUR Europe/Andorra Andorra
AE AED Asia/Dubai United Arab Emirates
AF AFN Asia/Kabul Afghanistan
AG XCD America/Antigua Antigua & Barbuda
AI XCD America/Anguilla Anguilla
AL ALL Europe/Tirane Albania
AM AMD Asia/Yerevan Armenia
AO AOA Africa/Luanda Angola
AQ - - Antarctica
AR ARS America/Argentina/Buenos_Aires Argentina
AS USD Pacific/Pago_Pago American Samoa
AT EUR Europe/Vienna Austria
AU AUD - Australia
AW AWG America/Aruba Aruba
AX EUR Europe/Mariehamn Åland Islands
AZ AZN Asia/Baku Azerbaijan
BA BAM Europe/Sarajevo Bosnia & Herzegovina
BB BBD America/Barbados Barbados
BD BDT Asia/Dhaka Bangladesh
BE EUR Europe/Brussels Belgium
BF XOF Africa/Ouagadougou Burkina Faso
BG EUR Europe/Sofia Bulgaria
BH BHD Asia/Bahrain Bahrain
BI BIF Africa/Bujumbura Burundi
BJ XOF Africa/Porto-Novo Benin
BL EUR America/St_Barthelemy St. Barthélemy
BM BMD Atlantic/Bermuda Bermuda
BN BND Asia/Brunei Brunei
BO BOB America/La_Paz Bolivia
BQ USD America/Kralendijk Caribbean Netherlands
BR BRL - Brazil
BS BSD America/Nassau Bahamas
BT INR Asia/Thimphu Bhutan
BV NOK - Bouvet Island
BW BWP Africa/Gaborone Botswana
BY BYN Europe/Minsk Belarus
BZ BZD America/Belize Belize
CA CAD - Canada
CC AUD Indian/Cocos Cocos (Keeling) Islands
CD CDF - Congo - Kinshasa
CF XAF Africa/Bangui Central African Republic
CG XAF Africa/Brazzaville Congo - Brazzaville
CH CHF Europe/Zurich Switzerland
CI XOF Africa/Abidjan Côte d’Ivoire
CK NZD Pacific/Rarotonga Cook Islands
CL CLP America/Santiago Chile
CM XAF Africa/Douala Cameroon
CN CNY Asia/Shanghai China
CO COP America/Bogota Colombia
CR CRC America/Costa_Rica Costa Rica
CU CUP America/Havana Cuba
CV CVE Atlantic/Cape_Verde Cape Verde
CW XCG America/Curacao Curaçao
CX AUD Indian/Christmas Christmas Island
CY EUR Asia/Nicosia Cyprus
CZ CZK Europe/Prague Czechia
DE EUR Europe/Berlin Germany
DJ DJF Africa/Djibouti Djibouti
DK DKK Europe/Copenhagen Denmark
DM XCD America/Dominica Dominica
DO DOP America/Santo_Domingo Dominican Republic
DZ DZD Africa/Algiers Algeria
EC USD America/Guayaquil Ecuador
EE EUR Europe/Tallinn Estonia
EG EGP Africa/Cairo Egypt
EH MAD Africa/El_Aaiun Western Sahara
ER ERN Africa/Asmara Eritrea
ES EUR Europe/Madrid Spain
ET ETB Africa/Addis_Ababa Ethiopia
FI EUR Europe/Helsinki Finland
FJ FJD Pacific/Fiji Fiji
FK FKP Atlantic/Stanley Falkland Islands
FM USD - Micronesia
FO DKK Atlantic/Faroe Faroe Islands
FR EUR Europe/Paris France
GA XAF Africa/Libreville Gabon
GB GBP Europe/London United Kingdom
GD XCD America/Grenada Grenada
GE GEL Asia/Tbilisi Georgia
GF EUR America/Cayenne French Guiana
GG GBP Europe/Guernsey Guernsey
GH GHS Africa/Accra Ghana
GI GIP Europe/Gibraltar Gibraltar
GL DKK - Greenland
GM GMD Africa/Banjul Gambia
GN GNF Africa/Conakry Guinea
GP EUR America/Guadeloupe Guadeloupe
GQ XAF Africa/Malabo Equatorial Guinea
GR EUR Europe/Athens Greece
GS GBP Atlantic/South_Georgia South Georgia & South Sandwich Islands
GT GTQ America/Guatemala Guatemala
GU USD Pacific/Guam Guam
GW XOF Africa/Bissau Guinea-Bissau
GY GYD America/Guyana Guyana
HK HKD Asia/Hong_Kong Hong Kong SAR China
HM AUD - Heard & McDonald Islands
HN HNL America/Tegucigalpa Honduras
HR EUR Europe/Zagreb Croatia
HT HTG America/Port-au-Prince Haiti
HU HUF Europe/Budapest Hungary
ID IDR - Indonesia
IE EUR Europe/Dublin Ireland
IL ILS Asia/Jerusalem Israel
IM GBP Europe/Isle_of_Man Isle of Man
IN INR Asia/Kolkata India
IO USD Indian/Chagos British Indian Ocean Territory
IQ IQD Asia/Baghdad Iraq
IR IRR Asia/Tehran Iran
IS ISK Atlantic/Reykjavik Iceland
IT EUR Europe/Rome Italy
JE GBP Europe/Jersey Jersey
JM JMD America/Jamaica Jamaica
JO JOD Asia/Amman Jordan
JP JPY Asia/Tokyo Japan
KE KES Africa/Nairobi Kenya
KG KGS Asia/Bishkek Kyrgyzstan
KH KHR Asia/Phnom_Penh Cambodia
KI AUD - Kiribati
KM KMF Indian/Comoro Comoros
KN XCD America/St_Kitts St. Kitts & Nevis
KP KPW Asia/Pyongyang North Korea
KR KRW Asia/Seoul South Korea
KW KWD Asia/Kuwait Kuwait
KY KYD America/Cayman Cayman Islands
KZ KZT - Kazakhstan
LA LAK Asia/Vientiane Laos
LB LBP Asia/Beirut Lebanon
LC XCD America/St_Lucia St. Lucia
LI CHF Europe/Vaduz Liechtenstein
LK LKR Asia/Colombo Sri Lanka
LR LRD Africa/Monrovia Liberia
LS ZAR Africa/Maseru Lesotho
LT EUR Europe/Vilnius Lithuania
LU EUR Europe/Luxembourg Luxembourg
LV EUR Europe/Riga Latvia
LY LYD Africa/Tripoli Libya
MA MAD Africa/Casablanca Morocco
MC EUR Europe/Monaco Monaco
MD MDL Europe/Chisinau Moldova
ME EUR Europe/Podgorica Montenegro
MF EUR America/Marigot St. Martin
MG MGA Indian/Antananarivo Madagascar
MH USD - Marshall Islands
MK MKD Europe/Skopje North Macedonia
ML XOF Africa/Bamako Mali
MM MMK Asia/Yangon Myanmar (Burma)
MN MNT - Mongolia
MO MOP Asia/Macau Macao SAR China
MP USD Pacific/Saipan Northern Mariana Islands
MQ EUR America/Martinique Martinique
MR MRU Africa/Nouakchott Mauritania
MS XCD America/Montserrat Montserrat
MT EUR Europe/Malta Malta
MU MUR Indian/Mauritius Mauritius
MV MVR Indian/Maldives Maldives
MW MWK Africa/Blantyre Malawi
MX MXN - Mexico
MY MYR Asia/Kuala_Lumpur Malaysia
MZ MZN Africa/Maputo Mozambique
NA ZAR Africa/Windhoek Namibia
NC XPF Pacific/Noumea New Caledonia
NE XOF Africa/Niamey Niger
NF AUD Pacific/Norfolk Norfolk Island
NG NGN Africa/Lagos Nigeria
NI NIO America/Managua Nicaragua
NL EUR Europe/Amsterdam Netherlands
NO NOK Europe/Oslo Norway
NP NPR Asia/Kathmandu Nepal
NR AUD Pacific/Nauru Nauru
NU NZD Pacific/Niue Niue
NZ NZD Pacific/Auckland New Zealand
OM OMR Asia/Muscat Oman
PA PAB America/Panama Panama
PE PEN America/Lima Peru
PF XPF - French Polynesia
PG PGK Pacific/Port_Moresby Papua New Guinea
PH PHP Asia/Manila Philippines
PK PKR Asia/Karachi Pakistan
PL PLN Europe/Warsaw Poland
PM EUR America/Miquelon St. Pierre & Miquelon
PN NZD Pacific/Pitcairn Pitcairn Islands
PR USD America/Puerto_Rico Puerto Rico
PS ILS - Palestinian Territories
PT EUR Europe/Lisbon Portugal
PW USD Pacific/Palau Palau
PY PYG America/Asuncion Paraguay
QA QAR Asia/Qatar Qatar
RE EUR Indian/Reunion Réunion
RO RON Europe/Bucharest Romania
RS RSD Europe/Belgrade Serbia
RU RUB - Russia
RW RWF Africa/Kigali Rwanda
SA SAR Asia/Riyadh Saudi Arabia
SB SBD Pacific/Guadalcanal Solomon Islands
SC SCR Indian/Mahe Seychelles
SD SDG Africa/Khartoum Sudan
SE SEK Europe/Stockholm Sweden
SG SGD Asia/Singapore Singapore
SH SHP Atlantic/St_Helena St. Helena
SI EUR Europe/Ljubljana Slovenia
SJ NOK Arctic/Longyearbyen Svalbard & Jan Mayen
SK EUR Europe/Bratislava Slovakia
SL SLE Africa/Freetown Sierra Leone
SM EUR Europe/San_Marino San Marino
SN XOF Africa/Dakar Senegal
SO SOS Africa/Mogadishu Somalia
SR SRD America/Paramaribo Suriname
SS SSP Africa/Juba South Sudan
ST STN Africa/Sao_Tome São Tomé & Príncipe
SV USD America/El_Salvador El Salvador
SX XCG America/Lower_Princes Sint Maarten
SY SYP Asia/Damascus Syria
SZ SZL Africa/Mbabane Eswatini
TC USD America/Grand_Turk Turks & Caicos Islands
TD XAF Africa/Ndjamena Chad
TF EUR Indian/Kerguelen French Southern Territories
TG XOF Africa/Lome Togo
TH THB Asia/Bangkok Thailand
TJ TJS Asia/Dushanbe Tajikistan
TK NZD Pacific/Fakaofo Tokelau
TL USD Asia/Dili Timor-Leste
TM TMT Asia/Ashgabat Turkmenistan
TN TND Africa/Tunis Tunisia
TO TOP Pacific/Tongatapu Tonga
TR TRY Europe/Istanbul Türkiye
TT TTD America/Port_of_Spain Trinidad & Tobago
TV AUD Pacific/Funafuti Tuvalu
TW TWD Asia/Taipei Taiwan
TZ TZS Africa/Dar_es_Salaam Tanzania
UA UAH Europe/Kyiv Ukraine
UG UGX Africa/Kampala Uganda
UM USD - U.S. Outlying Islands
US USD - United States
UY UYU America/Montevideo Uruguay
UZ UZS Asia/Tashkent Uzbekistan
VA EUR Europe/Vatican Vatican City
VC XCD America/St_Vincent St. Vincent & Grenadines
VE VES America/Caracas Venezuela
VG USD America/Tortola British Virgin Islands
VI USD America/St_Thomas U.S. Virgin Islands
VN VND Asia/Ho_Chi_Minh Vietnam
VU VUV Pacific/Efate Vanuatu
WF XPF Pacific/Wallis Wallis & Futuna
WS WST Pacific/Apia Samoa
YE YER Asia/Aden Yemen
YT EUR Indian/Mayotte Mayotte
ZA ZAR Africa/Johannesburg South Africa
ZM ZMW Africa/Lusaka Zambia
ZW USD Africa/Harare Zimbabwe
"""

# country, then its places with public holidays of their own
_PLACES = """\
AD 02 03 04 05 06 07 08
AM AG AR AV ER GR KT LO SH SU TV VD
AR A B C D E F G H J K L M N P Q R S T U V W X Y Z
AT 1 2 3 4 5 6 7 8 9
AU ACT NSW NT QLD SA TAS VIC WA
BA BIH BRC SRP
BO B C H L N O P S T
BQ BON SAB STA
BR AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO
BT 11 12 13 14 15 21 22 23 24 31 32 33 34 41 42 43 44 45 GA TY
CA AB BC MB NB NL NS NT NU ON PE QC SK YT
CH AG AI AR BE BL BS FR GE GL GR JU LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH
CL AI AN AP AR AT BI CO LI LL LR MA ML NB RM TA VS
CV BR BV CA CF CR MA MO PA PN PR RB RG RS SD SF SL SM SO SS SV TA TS
DE BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH
ES AN AR AS CB CE CL CM CN CT EX GA IB MC MD ML NC PV RI VC
FI 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19
FM KSA PNI TRK YAP
FR 57 6AE 971 972 973 974 976 BL MF NC PF PM TF WF
GB ENG NIR SCT WLS
GQ AN BN BS CS DJ KN LI WN
IN AN AP AR AS BR CG CH DH DL GA GJ HP HR JH JK KA KL LA LD MH ML MN MP MZ NL OD PB PY RJ SK TN TR TS UK UP WB
IT AG AL AN AO AP AQ AR AT AV BA BG BI BL BN BO BR BS BT BZ CA CB CE CH CL CN CO CR CS CT CZ EN FC FE FG FI FM FR GE
  GO GR IM IS KR LC LE LI LO LT LU MB MC ME MI MN MO MS MT NA NO NU OR PA PC PD PE PG PI PN PO PR PT PU PV PZ RA RC
  RE RG RI RM RN RO SA SI SO SP SR SS SU SV TA TE TN TO TP TR TS TV UD VA VB VC VE VI VR VT VV
MO I M
MY 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16
NI AN AS BO CA CI CO ES GR JI LE MD MN MS MT NS RI SJ
NO 03 11 15 18 21 22 31 32 33 34 39 40 42 46 50 55 56
NZ AUK BOP CAN CIT GIS HKB MBH MWT NSN NTL OTA STL TAS TKI WGN WKO WTC
PL 02 04 06 08 10 12 14 16 18 20 22 24 26 28 30 32
PT 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 20 30
SB CE CH CT GU IS MK ML RB TE WE
SH AC HL TA
ST 01 02 03 04 05 06 P
SV AH CA CH CU LI MO PA SA SM SO SS SV UN US
TV FUN NIT NKF NKL NMA NMG NUI VAI
US AK AL AR AS AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO MP MS MT NC ND NE NH NJ NM NV NY
  OH OK OR PA PR RI SC SD TN TX UM UT VA VI VT WA WI WV WY
"""

CURRENCIES = frozenset(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL
    HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD
    MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG
    QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD
    TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """.split()
)
_ROWS = [row.split(" ", 3) for row in _COUNTRIES.splitlines()]
COUNTRIES = {code: name for code, _, _, name in _ROWS}
CURRENCY_OF = {code: currency for code, currency, _, _ in _ROWS if currency != "-"}
TIME_ZONE_OF = {code: zone for code, _, zone, _ in _ROWS if zone != "-"}


def _places() -> dict[str, tuple[str, ...]]:
    places: dict[str, tuple[str, ...]] = {}
    for row in _PLACES.replace("\n  ", " ").splitlines():
        country, *codes = row.split()
        places[country] = tuple(codes)
    return places


PLACES = _places()

# Governing laws whose name is not that of a place with public holidays.
PLACE_OF_LAW = {"GB-EAW": "GB-ENG"}
