"""Names that end a place in a statement's header: countries, states, cities without either."""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(name.strip().casefold() for name in text.replace("\n", " ").split(";"))


COUNTRIES = _names("""
Afghanistan; Albania; Algeria; Andorra; Angola; Antigua and Barbuda; Argentina; Armenia;
Australia; Austria; Azerbaijan; Bahamas; The Bahamas; Bahrain; Bangladesh; Barbados; Belarus;
Belgium; Belize; Benin; Bermuda; Bhutan; Bolivia; Bosnia and Herzegovina; Bosnia-Herzegovina;
Bosnia; Botswana; Brazil; Brunei; Bulgaria; Burkina Faso; Burma; Burundi; Cabo Verde; Cape
Verde; Cambodia; Cameroon; Canada; Central African Republic; Chad; Chile; China; People's
Republic of China; PRC; Colombia; Comoros; Congo; Democratic Republic of the Congo; DRC;
Republic of the Congo; Costa Rica; Cote d'Ivoire; Côte d'Ivoire; Croatia; Cuba; Curacao; Cyprus;
Czech Republic; Czechia; Denmark; Djibouti; Dominica; Dominican Republic; East Timor; Ecuador;
Egypt; El Salvador; England; Equatorial Guinea; Eritrea; Estonia; Eswatini; Ethiopia; Fiji;
Finland; France; Gabon; Gambia; The Gambia; Georgia; Germany; Ghana; Greece; Greenland; Grenada;
Guatemala; Guinea; Guinea-Bissau; Guyana; Haiti; Holy See; Honduras; Hong Kong; Hungary;
Iceland; India; Indonesia; Iran; Iraq; Ireland; Northern Ireland; Israel; Italy; Ivory Coast;
Jamaica; Japan; Jordan; Kazakhstan; Kenya; Kiribati; Korea; South Korea; North Korea; Republic
of Korea; ROK; Kosovo; Kuwait; Kyrgyzstan; Kyrgyz Republic; Laos; Latvia; Lebanon; Lesotho;
Liberia; Libya; Liechtenstein; Lithuania; Luxembourg; Macau; Macedonia; North Macedonia;
Madagascar; Malawi; Malaysia; Maldives; Mali; Malta; Marshall Islands; Mauritania; Mauritius;
Mexico; Micronesia; Moldova; Monaco; Mongolia; Montenegro; Morocco; Mozambique; Namibia; Nauru;
Nepal; Netherlands; The Netherlands; New Zealand; Nicaragua; Niger; Nigeria; Norway; Oman;
Pakistan; Palau; Panama; Papua New Guinea; Paraguay; Peru; Philippines; The Philippines; Poland;
Portugal; Qatar; Romania; Russia; Russian Federation; Rwanda; Saint Kitts and Nevis; Saint
Lucia; Samoa; San Marino; Sao Tome and Principe; Saudi Arabia; Scotland; Senegal; Serbia; Serbia
and Montenegro; Seychelles; Sierra Leone; Singapore; Slovakia; Slovak Republic; Slovenia;
Solomon Islands; Somalia; South Africa; South Sudan; Spain; Sri Lanka; Sudan; Suriname;
Swaziland; Sweden; Switzerland; Syria; Taiwan; Tajikistan; Tanzania; Thailand; Tibet;
Timor-Leste; Togo; Tonga; Trinidad and Tobago; Tunisia; Turkey; Türkiye; Turkmenistan; Tuvalu;
Uganda; Ukraine; UAE; United Arab Emirates; UK; U.K.; United Kingdom; Uruguay; Uzbekistan;
Vanuatu; Vatican City; Vatican; Venezuela; Cook Islands; Niue; DMZ; Abkhazia; Aruba; Anguilla;
Cayman Islands; Faroe Islands; Guadeloupe; Martinique; New Caledonia; French Polynesia; Congo
(Brazzaville); Congo (Kinshasa); Northern Cyprus; Palestinian Territories; Palestine; Diego
Garcia; Western Sahara; Vietnam; Viet Nam; Wales; West Bank; Gaza; Yemen;
St. Kitts and Nevis; St. Lucia; São Tomé and Príncipe; Saint Vincent and the Grenadines;
St. Vincent and the Grenadines; Crimea; U.A.E.; Bosnia & Herzegovina; Trinidad & Tobago;
Yugoslavia; Zaire; Zambia; Zimbabwe; USA; U.S.A.; United States; United States of America
""")
STATES = _names("""
Alabama; Alaska; Arizona; Arkansas; California; Colorado; Connecticut; Delaware; Florida;
Georgia; Hawaii; Idaho; Illinois; Indiana; Iowa; Kansas; Kentucky; Louisiana; Maine; Maryland;
Massachusetts; Michigan; Minnesota; Mississippi; Missouri; Montana; Nebraska; Nevada; New
Hampshire; New Jersey; New Mexico; New York; North Carolina; North Dakota; Ohio; Oklahoma;
Oregon; Pennsylvania; Rhode Island; South Carolina; South Dakota; Tennessee; Texas; Utah;
Vermont; Virginia; Washington; West Virginia; Wisconsin; Wyoming; District of Columbia; Puerto
Rico; Guam; American Samoa; U.S. Virgin Islands; DC; D.C.; D. C.; NY; N.Y.; CA; MD; Md.; VA;
Va.; MA; Mass.; FL; Fla.; TX; IL; PA; GA; CT; Conn.; NJ; N.J.; CO; WA; HI;
N.C.; NC; SC; Pa.; Ill.; Minn.; Mich.; Tex.; OH; MN; MI; AZ; NM; UT; NV; TN; KY; WI; MO; RI; NH; VT;
Northern Mariana Islands; Ontario; Quebec; Québec; British Columbia; Alberta; Nova Scotia; Manitoba;
Yukon; Western Australia; Queensland; New South Wales
""")
# Capitals, and the other cities that headers name without their country.
CITIES = _names("""
Washington; New York; New York City; Boston; Chicago; Los Angeles; San Francisco; Miami; Honolulu;
Vatican City; Abidjan; Abu Dhabi; Abuja; Accra; Addis Ababa; Aden; Algiers; Almaty; Amman;
Amsterdam; Ankara;
Antananarivo; Ashgabat; Asmara; Astana; Asunción; Athens; Baghdad; Baku; Bali; Bamako; Bangkok;
Bangui; Barcelona; Basra; Beijing; Beirut; Belgrade; Belfast; Benghazi; Berlin; Bern; Bishkek;
Bogota; Bogotá; Bonn; Brasilia; Brasília; Bratislava; Brazzaville; Bridgetown; Brussels; Bucharest;
Budapest; Buenos Aires; Bujumbura; Cairo; Calcutta; Cambridge; Canberra; Cancun; Cancún; Cape Town;
Caracas; Casablanca; Chennai; Chisinau; Colombo; Conakry; Copenhagen; Cotonou; Dakar; Damascus;
Dar es Salaam; Davos; Dhaka; Dili; Djibouti; Doha; Dubai; Dublin; Durban; Dushanbe; Erbil;
Florence; Freetown; Gaborone; Geneva; Georgetown; Glasgow; Guatemala City; Hamburg; Hanoi; Harare;
Havana; Helsinki; Hiroshima; Ho Chi Minh City; Honiara; Islamabad; Istanbul; Jakarta; Jeddah;
Jerusalem; Johannesburg; Juba; Kabul; Kampala; Kandahar; Karachi; Kathmandu; Khartoum; Kiev; Kyiv;
Kigali; Kingston; Kinshasa; Kolkata; Krakow; Kuala Lumpur; Kuwait City; Lagos; Lahore; La Paz;
Lausanne; Libreville; Lilongwe; Lima; Lisbon; Ljubljana; Lomé; London; Luanda; Lusaka; Luxembourg;
Lyon; Madrid; Malabo; Managua; Manama; Manila; Maputo; Marrakech; Marrakesh; Mazar-e-Sharif;
Melbourne; Mexico City; Milan; Minsk; Mogadishu; Monrovia; Monterrey; Montevideo; Montreal;
Montréal; Moscow; Mumbai; Munich; Muscat; Nairobi; Naples; N'Djamena; New Delhi; Delhi; Niamey;
Nicosia; Nouakchott; Nur-Sultan; Nuuk; Osaka; Oslo; Ottawa; Ouagadougou; Oxford; Palermo;
Panama City; Paramaribo; Paris; Perth; Phnom Penh; Podgorica; Port-au-Prince; Port Louis;
Port Moresby; Port of Spain; Prague; Pretoria; Pristina; Pyongyang; Quito; Rabat; Ramallah;
Rangoon; Yangon; Reykjavik; Reykjavík; Riga; Rio de Janeiro; Riyadh; Rome; San Jose; San José;
San Juan; San Salvador; Sanaa; Sana'a; Santiago; Santo Domingo; Sao Paulo; São Paulo; Sarajevo;
Seoul; Shanghai; Sharm el-Sheikh; Skopje; Sofia; Stockholm; St. Petersburg; Strasbourg; Suva;
Sydney; Taipei; Tallinn; Tashkent; Tbilisi; Tegucigalpa; Tehran; Tel Aviv; The Hague; Thessaloniki;
Tirana; Tokyo; Toronto; Tripoli; Tunis; Ulaanbaatar; Valletta; Vancouver; Venice; Vienna;
Vientiane; Vilnius; Vladivostok; Warsaw; Wellington; Windhoek; Yalta; Yaounde; Yaoundé; Yerevan;
Zagreb; Zurich
""")
# Places that are sites too: the town may follow.
SITES = _names("""
Foggy Bottom; Camp David; United Nations; Andrews Air Force Base; Joint Base Andrews
""")
