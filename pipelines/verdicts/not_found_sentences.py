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
    reached a page that does not exist
    is not a functioning page
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
    pagina … niet worden gevonden
    pagina … niet meer
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
    page … has been removed from
    page … has been archived and is no longer available
    page … is no longer at
    page … is no longer online
    page … is not available
    page … does not … exist
    page … has moved
    page … you requested
    topic … does not exist
    thread … does not exist
    no thread specified
    product is no longer available
    this product is no longer
    this item is no longer
    item might not exist
    document is not available
    document has been removed from
    content has been removed
    presentation … has been deleted
    no document was found
    no such document
    invalid article
    invalid document
    invalid page
    sorry no results were found
    sorry no results found
    followed a bad link
    followed a dead link
    followed a broken link
    page … you are looking for … no longer
    page … you are trying to access
    page … you have requested
    document … you requested
    document … has been retired
    document … you are trying to reach
    article … you requested
    article … you are looking for
    story … has expired
    story … you are looking for
    article … has been removed
    item … is no longer available
    item … could not be found
    post … is no longer available
    video … is no longer available
    video … isn t available anymore
    video … has been removed by
    this account doesn t exist
    this account does not exist
    file is in owner s trash
    file you have requested does not exist
    file … has been deleted
    link you followed … broken
    link you followed … expired
    link you followed is outdated
    you may have mistyped the address
    address … may be mistyped
    unable to locate … document
    unable to find … document
    cannot find … document
    could not find … document
    can t find what you re looking for
    couldn t find what you were looking for
    no results found for the page
    nothing was found at this location
    the requested resource … is not available
    entry not found in index
    l article … n est plus
    l article … n existe
    l article … a été supprimé
    contenu … n est plus disponible
    contenu … n existe
    page que vous … n existe
    page que vous … introuvable
    page que vous … cherchez
    n avons pas trouvé la page
    la noticia … ya no está disponible
    la noticia … no existe
    la noticia … no está disponible
    el artículo … no existe
    el artículo … ya no está disponible
    el contenido … no existe
    el contenido solicitado no
    el contenido … no está disponible
    página não localizada
    el contenido … ya no está disponible
    el documento … no existe
    no hemos podido encontrar la página
    no hemos podido encontrar lo que
    no se puede encontrar la página
    la página que … busca … no
    a página que … procura … não
    a página que … procurando … não
    página … não está disponível
    página … não pôde ser encontrada
    página … não pode ser encontrada
    página … já não existe
    a notícia … não existe
    a notícia … já não
    a notícia … não está disponível
    conteúdo … não está mais disponível
    conteúdo … não existe
    artikel … nicht mehr verfügbar
    artikel … nicht gefunden
    artikel … existiert nicht
    beitrag … nicht mehr verfügbar
    inhalt … nicht mehr verfügbar
    dokument … nicht gefunden
    seite … leider nicht mehr
    seite … konnte … gefunden
    seite … gibt es nicht
    die gewünschte seite
    l articolo … non è più disponibile
    pagina … stai cercando
    pagina richiesta non
    pagina … non è più
    contenuto … non è più disponibile
    страницы … не найдено
    страница … удалена
    страница … не существует
    страница … была удалена
    материал … удал
    материал … не найден
    материал … недоступ
    новость … удалена
    новость … не найдена
    документ … не найден
    статья … удалена
    статья … не найдена
    такой страницы
    сторінка … не існує
    页面 … 不存在
    访问的页面不存在
    要访问的页面
    请求的页面
    页面已删除
    页面可能已
    内容不存在
    内容已被删除
    内容已删除
    文章不存在
    文章已被删除
    文章已删除
    新闻不存在
    新闻已被删除
    信息不存在
    该信息已被删除
    新聞不存在
    新聞已下架
    文章不存在或
    該頁面不存在
    網頁不存在
    找不到您所要
    無法找到頁面
    無法找到您
    记录不存在
    您要查看的新闻
    您要查看的页面
    您要访问的页面
    您請求的頁面
    您要瀏覽的網頁
    お探しの記事
    ご指定のページ
    ご指定のurl
    ページは存在しない
    ページが存在しない
    ページは現在
    お探しの情報
    指定されたページ
    指定されたurl
    記事は見つかりません
    記事が見つかりません
    記事は存在しません
    記事は削除
    掲載期間が終了
    ページは公開を終了
    ページの公開は終了
    ページは移動または削除
    존재하지 않는 기사
    존재하지 않는 페이지
    존재하지 않는 게시
    없는 페이지
    삭제된 기사
    삭제된 게시
    삭제되었거나
    요청하신 페이지
    요청하신 기사
    찾으시는 페이지
    페이지가 삭제
    페이지를 찾을 수
    الصفحة … غير متوفرة
    الصفحة … تم حذفها
    الصفحة … لم تعد
    الصفحة المطلوبة
    الصفحة التي طلبتها
    تعذر العثور على الصفحة
    لا يمكن العثور على الصفحة
    المحتوى … غير موجود
    الخبر … غير موجود
    المقال … غير موجود
    """.strip().splitlines()  # noqa: RUF001 - other languages' letters are meant
)
