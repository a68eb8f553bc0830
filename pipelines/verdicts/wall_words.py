"""What firewalls and robot checks say besides, in many languages, as they write it: data only."""
# ruff: noqa: RUF001 - letters of many languages

from __future__ import annotations

REFUSED_HEADINGS = """
    cookies are required
    cookies required
    web page blocked
    this page is blocked
    page blocked
    website blocked
    access blocked
    access is denied
    access to this page is denied
    you don't have access
    web application firewall
    request rejected
    security violation
    access to this website has been restricted
    access temporarily restricted
    access to this page has been blocked
    Acceso restringido
    Acceso temporalmente restringido
    Accès restreint
    Accès temporairement restreint
    Zugriff eingeschränkt
    Accesso limitato
    Acesso restrito
    Toegang beperkt
    Доступ временно ограничен
    Solicitud rechazada
    Solicitud bloqueada
    Acceso bloqueado
    Requête bloquée
    Requête rejetée
    Accès bloqué
    Anfrage abgelehnt
    Anfrage blockiert
    Zugriff blockiert
    Zugang verweigert
    Richiesta bloccata
    Richiesta rifiutata
    Accesso bloccato
    Solicitação bloqueada
    Solicitação rejeitada
    Acesso bloqueado
    Запрос отклонен
    Запрос отклонён
    Запрос заблокирован
    Доступ заблокирован
    Доступ заборонено
    Доступ обмежено
    Достъпът е отказан
    Приступ одбијен
    Pristup odbijen
    Pristup zabranjen
    Dostop zavrnjen
    Toegang geweigerd
    Toegang geblokkeerd
    Åtkomst nekad
    Adgang nægtet
    Ingen tilgang
    Tilgang nektet
    Pääsy estetty
    Pääsy kielletty
    Dostęp zabroniony
    Odmowa dostępu
    Dostęp zablokowany
    Přístup odepřen
    Přístup zamítnut
    Prístup zamietnutý
    Hozzáférés megtagadva
    Acces interzis
    Acces refuzat
    Acces blocat
    Accés denegat
    Prieiga uždrausta
    Piekļuve liegta
    Juurdepääs keelatud
    Δεν επιτρέπεται η πρόσβαση
    Απαγορεύεται η πρόσβαση
    Η πρόσβαση απορρίφθηκε
    Erişim engellendi
    Erişim reddedildi
    Erişim engeli
    Erişim yasaklandı
    Akses ditolak
    Akses diblokir
    Akses dinafikan
    Truy cập bị từ chối
    Truy cập bị chặn
    ปฏิเสธการเข้าถึง
    การเข้าถึงถูกปฏิเสธ
    पहुँच अस्वीकृत
    প্রবেশ নিষিদ্ধ
    দুঃখিত, প্রবেশাধিকার নেই
    دسترسی غیرمجاز
    دسترسی مسدود شد
    دسترسی شما مسدود شده است
    تم حظر الوصول
    الوصول محظور
    הגישה נדחתה
    הגישה נחסמה
    验证码拦截
    拦截提示
    网站防火墙
    请求被拦截
    访问被拦截
    訪問被拒絕
    拒絕存取
    存取被拒
    アクセス拒否
    アクセスが禁止されています
    アクセスが遮断されました
    접근 거부
    접근 차단
    접근 제한
    액세스 거부
    액세스가 거부되었습니다
    웹 방화벽
    """

REFUSED_TEXTS = """
    your request was blocked
    your access has been blocked
    your access was blocked
    your ip has been blocked
    request unblock to the website
    Su solicitud ha sido bloqueada
    Su solicitud fue bloqueada
    Su solicitud ha sido rechazada
    La URL solicitada fue rechazada
    La URL solicitada ha sido rechazada
    Su dirección IP ha sido bloqueada
    Votre requête a été bloquée
    Votre demande a été bloquée
    L'URL demandée a été rejetée
    Votre adresse IP a été bloquée
    Die angeforderte URL wurde abgelehnt
    Die angeforderte URL wurde zurückgewiesen
    Ihre Anfrage wurde aus Sicherheitsgründen
    Ihre IP-Adresse wurde gesperrt
    La tua richiesta è stata bloccata
    La richiesta è stata bloccata
    L'URL richiesto è stato rifiutato
    Sua solicitação foi bloqueada
    O seu pedido foi bloqueado
    A URL solicitada foi rejeitada
    Ваш запрос заблокирован
    Ваш запрос был заблокирован
    Ваш запрос отклонен
    Ваш запрос был отклонен
    Ваш IP-адрес заблокирован
    Ваш запит заблоковано
    Uw verzoek is geblokkeerd
    Uw aanvraag is geblokkeerd
    Twoje żądanie zostało zablokowane
    Żądany adres URL został odrzucony
    Váš požadavek byl zablokován
    Din begäran har blockerats
    İsteğiniz engellendi
    İsteğiniz engellenmiştir
    İsteğiniz reddedildi
    Permintaan Anda diblokir
    Permintaan Anda ditolak
    Yêu cầu của bạn đã bị chặn
    Yêu cầu của bạn đã bị từ chối
    คำขอของคุณถูกบล็อก
    تم حظر طلبك
    تم رفض طلبك
    درخواست شما مسدود
    درخواست شما رد شد
    הבקשה שלך נחסמה
    您的访问已被拦截
    您的请求可能存在威胁
    您的請求已被攔截
    不正なアクセスと判断
    リクエストがブロックされました
    アクセスはブロックされ
    アクセスがブロックされ
    アクセスは遮断
    Uw IP-adres is geblokkeerd
    您的访问被拦截
    您的請求被拒絕
    접근이 차단되었습니다
    접속이 차단되었습니다
    요청이 차단되었습니다
    보안정책에 의해 차단
    """

CHECKING_TEXTS = """
    we are checking your browser
    verifying your browser
    activité inhabituelle depuis votre
    nous avons détecté une activité inhabituelle
    hemos detectado actividad inusual
    hemos detectado tráfico inusual
    ungewöhnliche Aktivität von Ihrem
    ungewöhnlichen Datenverkehr aus Ihrem
    abbiamo rilevato attività insolita
    detectamos atividade incomum
    detectamos tráfego incomum
    подозрительную активность с вашего
    подозрительный трафик
    olağan dışı trafik
    aktivitas tidak biasa dari
    hoạt động bất thường từ
    検出されました お使いのネットワーク
    비정상적인 트래픽
    检测到异常流量
    检测到您的网络
    solve this captcha
    complete the captcha below
    slide to verify
    按住滑块
    拖动滑块
    请拖动下方滑块
    滑动验证
    完成验证后继续访问
    請完成驗證
    スライダーを動かして
    슬라이더를 밀어
    자동등록방지
    Lütfen robot olmadığınızı doğrulayın
    Robot olmadığınızı doğrulayın
    Konfirmasi bahwa Anda bukan robot
    Xác nhận bạn không phải là robot
    Bevestig dat u geen robot bent
    Potwierdź, że nie jesteś robotem
    Potvrďte, že nejste robot
    Bekräfta att du inte är en robot
    підтвердьте, що ви не робот
    ثابت کنید که ربات نیستید
    לאמת שאינך רובוט
    """

COOKIE_TEXTS = """
    cookies are disabled in your browser
    cookies must be enabled
    enable cookies in your browser
    please enable cookies
    browser does not accept cookies
    browser must accept cookies
    this site requires cookies
    debe habilitar las cookies
    veuillez activer les cookies
    bitte aktivieren sie cookies
    включите cookies
    """
