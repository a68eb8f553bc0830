"""What "not found" pages say in nineteen languages: by title and heading, by the heading, by text."""
# ruff: noqa: E501, RUF001 - the letters of their languages

from __future__ import annotations

from behaviours.pages_fresh import W, f
from behaviours.pages_web import Case, page

TITLES = {
    "en": (
        "Page not found",
        "Page Unavailable",
        "Oops! Page not found",
        "Error 404",
    ),
    "es": (
        "Página no encontrada",
        "Error 404: página no encontrada",
        "Página no disponible",
        "No encontrado",
    ),
    "fr": (
        "Page introuvable",
        "Page non trouvée",
        "Erreur 404",
        "Cette page n'existe pas",
    ),
    "de": (
        "Seite nicht gefunden",
        "Seite nicht vorhanden",
        "Fehler 404",
        "Diese Seite existiert nicht",
    ),
    "pt": (
        "Página não encontrada",
        "Erro 404",
        "Página não existe",
    ),
    "ru": (
        "Страница не найдена",
        "Ошибка 404",
        "Не найдено",
    ),
    "ar": (
        "الصفحة غير موجودة",
        "خطأ 404",
        "لم يتم العثور على الصفحة",
    ),
    "zh": (
        "页面不存在",
        "404错误",
        "找不到页面",
        "頁面不存在",
    ),
    "ja": (
        "ページが見つかりません",
        "お探しのページが見つかりません",
        "404エラー",
    ),
    "ko": (
        "페이지를 찾을 수 없습니다",
        "페이지를 찾을 수 없음",
        "404 오류",
    ),
    "it": (
        "Pagina non trovata",
        "Errore 404",
        "Pagina inesistente",
    ),
    "nl": (
        "Pagina niet gevonden",
        "Pagina bestaat niet",
        "Fout 404",
    ),
    "tr": (
        "Sayfa bulunamadı",
        "Hata 404",
        "Sayfa mevcut değil",
    ),
    "pl": (
        "Nie znaleziono strony",
        "Błąd 404",
        "Strona nie istnieje",
        "Strona nie została znaleziona",
    ),
    "uk": (
        "Сторінку не знайдено",
        "Помилка 404",
        "Сторінка не знайдена",
    ),
    "fa": (
        "صفحه یافت نشد",
        "خطای 404",
        "صفحه پیدا نشد",
    ),
    "hi": (
        "पृष्ठ नहीं मिला",
        "त्रुटि 404",
        "पेज नहीं मिला",
    ),
    "id": (
        "Halaman tidak ditemukan",
        "Kesalahan 404",
        "Halaman tidak tersedia",
    ),
    "vi": (
        "Không tìm thấy trang",
        "Lỗi 404",
        "Trang không tồn tại",
    ),
}
TEXTS = {
    "en": (
        "We're sorry, but the page you requested cannot be found.",
        "Sorry, this page isn't available.",
        "The page you are looking for might have been removed, had its name changed, or is temporarily unavailable.",
    ),
    "es": (
        "No hemos podido encontrar la página que busca.",
        "Lo sentimos, la página que está buscando no existe.",
        "No se ha encontrado la página solicitada.",
        "La página solicitada no se encuentra disponible.",
        "Esta página no existe",
    ),
    "fr": (
        "La page que vous avez demandée n'a pas été trouvée.",
        "Désolé, cette page n'existe pas.",
        "La page que vous cherchez n'existe plus ou a été déplacée.",
        "Nous n'avons pas trouvé la page demandée.",
    ),
    "de": (
        "Die von Ihnen aufgerufene Seite konnte leider nicht gefunden werden.",
        "Die gewünschte Seite existiert nicht.",
        "Diese Seite ist leider nicht mehr verfügbar.",
        "Wir konnten die gesuchte Seite nicht finden.",
    ),
    "pt": (
        "A página que você está procurando não existe.",
        "Desculpe, a página solicitada não foi encontrada.",
        "Não encontramos a página que procura.",
        "Esta página não existe ou foi removida.",
    ),
    "ru": (
        "К сожалению, запрошенная вами страница не найдена.",
        "Запрошенная страница не существует.",
        "Страница удалена или перемещена.",
        "Мы не смогли найти эту страницу.",
    ),
    "ar": (
        "عذرا، الصفحة التي تبحث عنها غير موجودة.",
        "لم يتم العثور على الصفحة المطلوبة.",
        "الصفحة المطلوبة غير موجودة.",
        "عفوا، هذه الصفحة غير متاحة.",
    ),
    "zh": (
        "抱歉，您要访问的页面不存在。",
        "您请求的页面未找到。",
        "找不到您要访问的页面。",
        "该页面已被删除。",
        "此頁面不存在。",
    ),
    "ja": (
        "お探しのページは見つかりませんでした。",
        "指定されたページは存在しません。",
        "このページは削除された可能性があります。",
        "お探しのページは見つかりません。",
    ),
    "ko": (
        "요청하신 페이지를 찾을 수 없습니다.",
        "찾으시는 페이지가 존재하지 않거나 삭제되었습니다.",
        "해당 페이지를 찾을 수 없습니다.",
        "존재하지 않는 페이지입니다.",
    ),
    "it": (
        "La pagina che stai cercando non esiste.",
        "La pagina richiesta non esiste.",
        "Spiacenti, non riusciamo a trovare la pagina.",
        "La pagina che cerchi non è disponibile o è stata rimossa.",
    ),
    "nl": (
        "De pagina die u zoekt, kan niet worden gevonden.",
        "Deze pagina bestaat niet.",
        "De opgevraagde pagina is niet gevonden.",
        "Sorry, we kunnen deze pagina niet vinden.",
    ),
    "tr": (
        "Aradığınız sayfa bulunamadı.",
        "Aradığınız sayfa mevcut değil.",
        "Üzgünüz, bu sayfa bulunamadı.",
        "Aradığınız sayfaya ulaşılamıyor veya kaldırılmış.",
    ),
    "pl": (
        "Strona, której szukasz, nie istnieje.",
        "Strona, której szukasz, nie została znaleziona.",
        "Przepraszamy, ta strona nie istnieje.",
        "Nie można znaleźć żądanej strony.",
    ),
    "uk": (
        "На жаль, сторінку, яку ви шукаєте, не знайдено.",
        "Запитувана сторінка не існує.",
        "Вибачте, сторінку не знайдено.",
        "Такої сторінки не існує.",
    ),
    "fa": (
        "متاسفانه صفحه مورد نظر شما پیدا نشد.",
        "صفحه‌ای که به دنبال آن هستید وجود ندارد.",
        "صفحه مورد نظر یافت نشد.",
        "صفحه درخواستی شما موجود نیست.",
    ),
    "hi": (
        "क्षमा करें, आप जिस पृष्ठ को खोज रहे हैं वह मौजूद नहीं है।",
        "यह पृष्ठ मौजूद नहीं है।",
        "आपके द्वारा खोजा गया पृष्ठ नहीं मिला।",
        "अनुरोधित पेज उपलब्ध नहीं है।",
        "माफ़ करें, यह पेज नहीं मिला।",
    ),
    "id": (
        "Maaf, halaman yang Anda cari tidak ditemukan.",
        "Halaman yang Anda minta tidak ditemukan.",
        "Halaman ini tidak ada.",
        "Maaf, halaman yang Anda tuju tidak tersedia.",
    ),
    "vi": (
        "Rất tiếc, trang bạn đang tìm kiếm không tồn tại.",
        "Trang bạn yêu cầu không tồn tại.",
        "Không tìm thấy trang bạn yêu cầu.",
        "Xin lỗi, trang này không còn tồn tại hoặc đã bị xóa.",
    ),
}


def gone(name: str, body: str, reason: str = "says-not-found") -> Case:
    return page(name, "broken", reason, body, path=W)


def numbered(words: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(f"{key}-{i}", one) for key, said in words.items() for i, one in enumerate(said)]


CASES = [
    *(gone(f"title-{key}", f(title, "<p>…</p>")) for key, title in numbered(TITLES)),
    *(gone(f"heading-{key}", f("Example", f"<h1>{title}</h1>")) for key, title in numbered(TITLES)),
    *(
        gone(f"text-{key}", f("Example", f"<p>{text}</p>"), "text-says-not-found")
        for key, text in numbered(TEXTS)
    ),
]
