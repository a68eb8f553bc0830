"""Titles and headings of "not found" pages, each a whole part of a title, in plain words.

In the form that `phrases.plain` gives: lower case, single spaces, no marks.
"""

from __future__ import annotations

from pipelines.verdicts.phrases import plain

TITLES = frozenset(
    plain(line)
    for line in """
    not found
    gone
    410 gone
    page gone
    page not found
    page not found error
    pagenotfound
    page doesnt exist
    page has moved
    page has been moved
    page moved
    page deleted
    page expired
    link expired
    story no longer available
    story expired
    article expired
    video unavailable
    video not found
    category not found
    product not found
    news not found
    record not found
    no such page
    no such file
    404 error page
    error 404 not found
    file or directory not found
    directory not found
    we can t find that page
    we couldn t find that page
    couldn t find this page
    can t find this page
    can t find that page
    couldn t find the page
    we can t find the page you re looking for
    that page can t be found
    page you re looking for can t be found
    page you re looking for doesn t exist
    the page you requested does not exist
    file not found
    document not found
    content not found
    article not found
    item not found
    resource not found
    object not found
    url not found
    link not found
    post not found
    story not found
    nothing found
    no page found
    missing page
    page missing
    page cannot be found
    page can not be found
    page can t be found
    page could not be found
    page couldn t be found
    page was not found
    page wasn t found
    page does not exist
    page doesn t exist
    page no longer exists
    page no longer available
    page not available
    page unavailable
    page is not available
    page isn t available
    page is no longer available
    page has been removed
    page removed
    page has moved or no longer exists
    page you requested cannot be found
    page you requested could not be found
    page you requested was not found
    page you are looking for cannot be found
    page you are looking for could not be found
    page you were looking for doesn t exist
    content no longer available
    content unavailable
    content not available
    content isn t available
    article no longer available
    document no longer available
    broken link
    dead link
    can t find page
    cannot find page
    can t find that page
    can t find the page
    couldn t find that page
    couldn t find that
    page introuvable
    page non trouvée
    page pas trouvée
    page inexistante
    page inconnue
    document introuvable
    fichier introuvable
    contenu introuvable
    article introuvable
    non trouvé
    introuvable
    cette page n existe pas
    cette page n existe plus
    la page n existe pas
    la page demandée est introuvable
    la page demandée n existe pas
    página no encontrada
    pagina no encontrada
    página no existe
    no encontrado
    no encontrada
    no se encontró
    no se ha encontrado la página
    no se encontró la página
    contenido no encontrado
    contenido no disponible
    página no disponible
    la página no existe
    la página solicitada no existe
    archivo no encontrado
    página não encontrada
    pagina nao encontrada
    não encontrado
    não encontrada
    conteúdo não encontrado
    página inexistente
    página não existe
    página não localizada
    seite nicht gefunden
    nicht gefunden
    nicht gefunden seite
    datei nicht gefunden
    inhalt nicht gefunden
    dokument nicht gefunden
    seite existiert nicht
    seite nicht vorhanden
    seite nicht verfügbar
    die seite wurde nicht gefunden
    die seite konnte nicht gefunden werden
    pagina non trovata
    non trovata
    non trovato
    pagina inesistente
    pagina non disponibile
    contenuto non trovato
    страница не найдена
    не найдено
    не найдена
    документ не найден
    такой страницы нет
    страница не существует
    нет такой страницы
    сторінку не знайдено
    сторінка не знайдена
    не знайдено
    未找到该页面
    找不到该页面
    找不到该网页
    网页不存在
    该页面不存在
    文章不存在
    内容不存在
    信息不存在
    指定されたページが見つかりません
    指定されたページは見つかりません
    ページは見つかりません
    ページは見つかりませんでした
    記事が見つかりません
    お探しのページはございません
    요청하신 페이지를 찾을 수 없습니다
    페이지가 없습니다
    없는 페이지입니다
    존재하지 않는 페이지입니다
    الصفحة المطلوبة غير موجودة
    الصفحة غير متاحة
    عذرا الصفحة غير موجودة
    المحتوى غير موجود
    запрашиваемая страница не найдена
    запрошенная страница не найдена
    материал не найден
    статья не найдена
    страница удалена
    la página que busca no existe
    la página que buscas no existe
    la noticia no existe
    noticia no encontrada
    documento no encontrado
    contenu non trouvé
    article non trouvé
    la page que vous recherchez n existe pas
    la page que vous cherchez n existe pas
    cette page est introuvable
    seite wurde nicht gefunden
    artikel nicht gefunden
    artikel nicht verfügbar
    diese seite existiert nicht
    notícia não encontrada
    artigo não encontrado
    documento não encontrado
    esta página não existe
    a página não existe
    页面不存在
    页面未找到
    未找到页面
    找不到页面
    找不到网页
    无法找到页面
    您访问的页面不存在
    页面找不到了
    頁面不存在
    找不到頁面
    找不到網頁
    ページが見つかりません
    ページが見つかりませんでした
    お探しのページは見つかりません
    お探しのページは見つかりませんでした
    お探しのページが見つかりません
    見つかりません
    페이지를 찾을 수 없습니다
    페이지를 찾을수 없습니다
    찾을 수 없습니다
    الصفحة غير موجودة
    صفحة غير موجودة
    لم يتم العثور على الصفحة
    غير موجود
    صفحه یافت نشد
    صفحه مورد نظر یافت نشد
    pagina niet gevonden
    niet gevonden
    strona nie została znaleziona
    nie znaleziono strony
    nie znaleziono
    sayfa bulunamadı
    bulunamadı
    sidan hittades inte
    sidan kunde inte hittas
    sidan finns inte
    siden ble ikke funnet
    siden blev ikke fundet
    siden finnes ikke
    siden findes ikke
    ikke funnet
    sivua ei löytynyt
    sivua ei löydy
    stránka nenalezena
    stránka nebyla nalezena
    stránka nenájdená
    az oldal nem található
    oldal nem található
    a keresett oldal nem található
    pagina nu a fost găsită
    pagină negăsită
    η σελίδα δεν βρέθηκε
    страницата не е намерена
    stranica nije pronađena
    halaman tidak ditemukan
    tidak ditemukan
    không tìm thấy trang
    trang không tồn tại
    ไม่พบหน้า
    ไม่พบหน้าที่คุณต้องการ
    पृष्ठ नहीं मिला
    הדף לא נמצא
    העמוד לא נמצא
    """.strip().splitlines()  # noqa: RUF001 - other languages' letters are meant
)
