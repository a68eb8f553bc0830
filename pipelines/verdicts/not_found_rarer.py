"""What "not found" pages say in languages of fewer sites: a phrase a line, as they write it.

`…` stands for up to six words, as in `not_found_sentences`; `not_found_further` makes them plain.
"""
# ruff: noqa: RUF001 - other languages' letters are meant

from __future__ import annotations

RARER_TITLES = """
    halaman tidak dijumpai
    halaman tidak wujud
    страница није пронађена
    stranica nije pronađena
    страницата не е пронајдена
    страницата не е намерена
    stran ne obstaja
    stran ni najdena
    strani ni mogoče najti
    পৃষ্ঠাটি পাওয়া যায়নি
    পাতাটি পাওয়া যায়নি
    পৃষ্ঠা পাওয়া যায়নি
    no s'ha trobat la pàgina
    pàgina no trobada
    la pàgina no existeix
    páxina non atopada
    orria ez da aurkitu
    ez da orria aurkitu
    გვერდი ვერ მოიძებნა
    გვერდი არ მოიძებნა
    გვერდი არ არსებობს
    էջը չի գտնվել
    էջը գոյություն չունի
    puslapis nerastas
    puslapis neegzistuoja
    lapa nav atrasta
    lapa netika atrasta
    lehekülge ei leitud
    lehte ei leitud
    lehte ei ole olemas
    faqja nuk u gjet
    faqja nuk ekziston
    бет табылмады
    парақ табылмады
    барак табылган жок
    səhifə tapılmadı
    sahifa topilmadi
    саҳифа топилмади
    хуудас олдсонгүй
    síða fannst ekki
    síðan fannst ekki
    bladsy nie gevind nie
    hindi nahanap ang pahina
    ukurasa haujapatikana
    ukurasa haukupatikana
    صفحہ نہیں ملا
    پاڼه ونه موندل شوه
    பக்கம் கிடைக்கவில்லை
    పేజీ కనుగొనబడలేదు
    पान सापडले नाही
    પૃષ્ઠ મળ્યું નથી
    ਪੰਨਾ ਨਹੀਂ ਮਿਲਿਆ
    പേജ് കണ്ടെത്തിയില്ല
    පිටුව හමු නොවීය
    पृष्ठ फेला परेन
    រកមិនឃើញទំព័រ
    ບໍ່ພົບໜ້າ
    ገጹ አልተገኘም
    старонка не знойдзена
    tudalen heb ei chanfod
    ní bhfuarthas an leathanach
    il-paġna ma nstabitx
    invalid url
    record not found
"""

RARER_SENTENCES = """
    halaman … tidak dijumpai
    halaman … tidak wujud
    страница није пронађена
    страница … не постоји
    страница … је уклоњена
    stranica … ne postoji
    stranica … nije pronađena
    страницата … не постои
    страницата … не съществува
    stran … ne obstaja
    strani … ni mogoče najti
    পৃষ্ঠাটি পাওয়া যায়নি
    পৃষ্ঠাটি খুঁজছেন তা নেই
    পৃষ্ঠাটি … খুঁজে পাওয়া যায়নি
    no s'ha trobat la pàgina
    la pàgina … no existeix
    la pàgina … no s'ha trobat
    a páxina … non existe
    orria ez da existitzen
    გვერდი ვერ მოიძებნა
    გვერდი … არ არსებობს
    էջը … գոյություն չունի
    էջը … չի գտնվել
    puslapis … nerastas
    puslapis … neegzistuoja
    puslapio … rasti nepavyko
    lapa … neeksistē
    lapa … nav atrasta
    lehekülge ei leitud
    lehekülge … ei ole olemas
    lehte ei ole olemas
    lehte ei leitud
    faqja … nuk ekziston
    faqja … nuk u gjet
    бет табылмады
    іздеген бет жоқ
    парақ табылмады
    барак табылган жок
    səhifə … tapılmadı
    səhifə … mövcud deyil
    sahifa … topilmadi
    sahifa … mavjud emas
    хуудас … олдсонгүй
    síðan … fannst ekki
    síðan … er ekki til
    bladsy … bestaan nie
    hindi … nahanap ang pahina
    ukurasa … haupatikani
    ukurasa … haupo
    صفحہ … نہیں ملا
    صفحہ … موجود نہیں
    பக்கம் … கிடைக்கவில்லை
    பக்கம் … இல்லை
    పేజీ … కనుగొనబడలేదు
    पान … सापडले नाही
    પૃષ્ઠ … મળ્યું નથી
    പേജ് … കണ്ടെത്തിയില്ല
    පිටුව … හමු නොවීය
    पृष्ठ … फेला परेन
    ገጹ … አልተገኘም
    старонка … не існуе
    старонка … не знойдзена
    blog does not exist
    the url you entered is not valid
    the url you entered is invalid
    record id does not exist
    record does not exist
    record … could not be found
    entry … does not exist in
"""
