"""What the first sentences of a "not found" page hold; `…` stands for up to six words.

In the form that `phrases.plain` gives: lower case, single spaces, no marks.
"""

from __future__ import annotations

SENTENCES = tuple(
    line.strip()
    for line in """
    404 not found
    error 404
    http 404
    404 error
    page … cannot be found
    page … can not be found
    page … can t be found
    page … could not be found
    page … couldn t be found
    page … was not found
    page … wasn t found
    page … does not exist
    page … doesn t exist
    page … no longer exists
    page … has been removed or
    page … is no longer available
    page … isn t available
    page … may have been moved
    page … might have been removed
    page … may have been removed
    page … has either been moved
    page … have been deleted
    document … could not be found
    document … cannot be found
    document … is no longer available
    article … is no longer available
    article … could not be found
    story … is no longer available
    content … is no longer available
    content … could not be found
    content isn t available
    file … could not be found
    file … cannot be found
    file … does not exist
    url … was not found on this server
    url … does not exist
    resource … has been removed had its name changed or is temporarily unavailable
    resource … could not be found
    resource you are looking for
    can t find … page
    cannot find … page
    can t seem to find … page
    couldn t find … page
    could not find … page
    could not find … you were looking for
    unable to find … page
    unable to locate … page
    couldn t find … you re looking for
    the specified key does not exist
    the specified bucket does not exist
    there isn t a github pages site here
    page … est introuvable
    page … n existe pas
    page … n existe plus
    page … n a pas été trouvée
    page … n a pu être trouvée
    page … n est plus disponible
    document … est introuvable
    página … no existe
    página … no se encuentra
    página … no se ha encontrado
    página … no ha sido encontrada
    página … no fue encontrada
    página … no está disponible
    no se encontró la página
    no hemos encontrado la página
    no encontramos la página
    no podemos encontrar la página
    página … não existe
    página … não foi encontrada
    não encontramos a página
    não foi possível encontrar a página
    seite … nicht gefunden
    seite … existiert nicht
    seite … existiert leider nicht
    seite … ist nicht mehr verfügbar
    seite … nicht vorhanden
    pagina … non è stata trovata
    pagina … non esiste
    pagina … non è disponibile
    non abbiamo trovato la pagina
    impossibile trovare la pagina
    страница … не найдена
    страница … не существует
    страницы … не существует
    запрашиваемая страница … не
    сторінку … не знайдено
    页面不存在
    页面已被删除
    页面未找到
    找不到您要的页面
    找不到页面
    您访问的页面
    頁面不存在
    找不到頁面
    お探しのページは
    ページが見つかりません
    ページは存在しません
    ページは削除された
    페이지를 찾을 수 없습니다
    페이지가 존재하지 않
    الصفحة … غير موجودة
    الصفحة … التي تبحث عنها
    لم يتم العثور على الصفحة
    صفحه … یافت نشد
    pagina … niet gevonden
    pagina … bestaat niet
    strona … nie została znaleziona
    strona … nie istnieje
    nie możemy znaleźć strony
    sayfa … bulunamadı
    sidan … kunde inte hittas
    sidan … finns inte
    siden … finnes ikke
    siden … findes ikke
    sivua … ei löyt
    stránka … nebyla nalezena
    stránka … neexistuje
    oldal … nem található
    pagina … nu a fost găsită
    σελίδα … δεν βρέθηκε
    halaman … tidak ditemukan
    trang … không tồn tại
    """.strip().splitlines()  # noqa: RUF001 - other languages' letters are meant
)
