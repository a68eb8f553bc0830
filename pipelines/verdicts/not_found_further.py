"""More of what "not found" pages say, as they write it: made `plain` here, so marks may stay.

`…` stands for up to six words, as in `not_found_sentences`.
"""

from __future__ import annotations

from pipelines.verdicts.not_found_rarer import RARER_SENTENCES, RARER_TITLES
from pipelines.verdicts.phrases import plain


def _plain(line: str) -> str:
    return " … ".join(plain(part) for part in line.split("…"))


FURTHER_SENTENCES = tuple(
    _plain(line)
    for line in f"""
    no se ha encontrado la página
    no se encontró la página
    no encontramos la página
    seite nicht finden
    seite … nicht auffinden
    die seite … wurde gelöscht
    a página … não foi encontrada
    página solicitada não existe
    não foi possível encontrar a página
    nous n'avons pas trouvé la page
    nous ne trouvons pas la page
    impossible de trouver la page
    не смогли найти эту страницу
    не удалось найти страницу
    не можем найти эту страницу
    такой страницы не существует
    هذه الصفحة غير متاحة
    الصفحة … غير متاحة
    الصفحة … غير موجودة
    non riusciamo a trovare la pagina
    non abbiamo trovato la pagina
    impossibile trovare la pagina
    kunnen deze pagina niet vinden
    kunnen de pagina niet vinden
    kunnen de … pagina niet vinden
    aradığınız sayfa mevcut değil
    aradığınız sayfa yok
    aradığınız sayfaya ulaşılamıyor
    aradığınız içerik bulunamadı
    sayfa kaldırılmış
    nie można znaleźć … strony
    nie znaleźliśmy … strony
    strona … została usunięta
    такої сторінки не існує
    не вдалося знайти сторінку
    сторінку … не знайдено
    сторінка … не існує
    сторінку … видалено
    صفحه مورد نظر … پیدا نشد
    صفحه … پیدا نشد
    صفحه … یافت نشد
    صفحه … وجود ندارد
    صفحه ای که به دنبال آن هستید … وجود ندارد
    صفحه … موجود نیست
    पृष्ठ मौजूद नहीं है
    पृष्ठ को खोज रहे हैं वह मौजूद नहीं
    पृष्ठ नहीं मिला
    पृष्ठ उपलब्ध नहीं
    पृष्ठ अब उपलब्ध नहीं
    पेज मौजूद नहीं है
    पेज को खोज रहे हैं वह मौजूद नहीं
    पेज नहीं मिला
    पेज उपलब्ध नहीं
    halaman ini tidak ada
    halaman tidak ada
    halaman … tidak dapat ditemukan
    halaman … tidak ditemukan
    halaman … tidak tersedia
    halaman … telah dihapus
    không tìm thấy trang
    trang này không còn tồn tại
    trang này không tồn tại
    trang … không tồn tại
    trang … đã bị xóa
    {RARER_SENTENCES.strip()}
    """.strip().splitlines()  # noqa: RUF001 - other languages' letters are meant
)

FURTHER_TITLES = frozenset(
    _plain(line)
    for line in f"""
    error 404 página no encontrada
    nicht gefunden
    pagina bestaat niet
    deze pagina bestaat niet
    strona nie została znaleziona
    strona nie istnieje
    페이지를 찾을 수 없음
    404错误
    404 错误
    错误 404
    404エラー
    404 エラー
    エラー 404
    404 오류
    오류 404
    hata 404
    404 hatası
    sayfa mevcut değil
    aradığınız sayfa bulunamadı
    сторінка не існує
    خطای 404
    خطای ۴۰۴
    صفحه پیدا نشد
    صفحه وجود ندارد
    त्रुटि 404
    404 त्रुटि
    पृष्ठ नहीं मिला
    पेज नहीं मिला
    kesalahan 404
    halaman tidak tersedia
    halaman tidak ada
    lỗi 404
    không tìm thấy
    {RARER_TITLES.strip()}
    """.strip().splitlines()  # noqa: RUF001 - other languages' letters are meant
)
