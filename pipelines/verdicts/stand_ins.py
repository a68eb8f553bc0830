"""What robot checks, refusals and sellers of names say, in many languages: data only.

Headings are whole parts of a title or first heading, texts stand at the beginning of the main
text; in the form that `phrases.plain` gives.
"""

from __future__ import annotations

ROBOT_HEADINGS = """
    bot detected
    just a moment please
    one moment please
    please wait
    verification required
    verification
    security checkpoint
    checking your browser before accessing
    ddos protection by cloudflare
    you are being redirected
    javascript is not available
    nur einen moment
    sicherheitsüberprüfung
    un instant
    un momento
    verificación de seguridad
    vérification de sécurité
    проверка браузера
    проверка безопасности
    вы робот
    вы не робот
    安全验证
    人机验证
    安全检查
    访问验证
    请稍候
    しばらくお待ちください
    ロボットではありません
    보안 확인
    잠시만 기다려 주세요
    um momento
    um momento por favor
    verificação de segurança
    لحظة من فضلك
"""

ROBOT_TEXTS = """
    please enable javascript and cookies
    please enable javascript to view the page content
    your support id is
    please turn javascript on and reload the page
    enable javascript and cookies
    javascript is required please enable javascript before you are allowed
    enable cookies and reload the page
    we ve detected that javascript is disabled in this browser
    type the characters below
    type the characters you see
    enter the characters you see
    enter the characters shown
    checking if the site connection is secure
    needs to review the security of your connection
    we need to make sure you re not a robot
    make sure you are not a robot
    to make sure you re not a robot
    have detected unusual traffic
    detected unusual traffic
    automated access to this
    we think you are a bot
    solve the puzzle to continue
    verify that you re not a robot
    verify that you are not a robot
    you are making requests too quickly
    your ip has been
    automation tools to browse
    überprüfung ob sie ein mensch sind
    bestätigen sie dass sie kein roboter sind
    bestätigen sie dass sie ein mensch sind
    confirme que no es un robot
    confirma que no eres un robot
    demuestre que no es un robot
    confirmer que vous n êtes pas un robot
    vérifier que vous êtes humain
    vérifions que vous n êtes pas un robot
    confirme que você não é um robô
    conferma di non essere un robot
    проверка браузера перед
    подтвердите что вы не робот
    подтвердите что запросы отправляли вы
    请完成安全验证
    请输入验证码
    请完成验证
    正在验证您是否是真人
    ロボットではないことを確認
    로봇이 아닙니다
    로봇이 아님을 확인
    أنك لست روبوت
"""

REFUSAL_HEADINGS = """
    401 unauthorized
    unauthorized
    error 401
    403
    403 error
    403 forbidden error
    403 access denied
    error 403
    http 403
    forbidden
    access forbidden
    access restricted
    access to this resource is denied
    blocked
    request denied
    rate limited
    rate limit exceeded
    429 too many requests
    error 429
    sorry you have been blocked
    zugriff verweigert
    zugriff nicht erlaubt
    accès refusé
    accès interdit
    acceso denegado
    acceso prohibido
    acesso negado
    accesso negato
    доступ запрещен
    доступ запрещён
    доступ ограничен
    доступ закрыт
    访问被拒绝
    禁止访问
    访问受限
    アクセスが拒否されました
    접근이 거부되었습니다
    접근이 차단되었습니다
    تم رفض الوصول
    الوصول مرفوض
"""

REFUSAL_TEXTS = """
    request blocked we can t connect to the server
    you have sent too many requests
    too many requests from
    content is not available in your
    video is not available in your country
    not available in your location
    unavailable in your region
    unavailable in your country
    attempting to access this website from a country belonging to the european economic area
    unavailable due to legal reasons
    ihre anfrage wurde blockiert
    in ihrem land nicht verfügbar
    pas disponible dans votre pays
    pas disponible dans votre région
    no está disponible en su país
    no está disponible en tu país
    no disponible en su región
    não está disponível no seu país
    недоступ в вашем регионе
    недоступен в вашей стране
    недоступно в вашей стране
    您的访问被阻断
    您的请求已被拦截
    您的访问被拒绝
    您的请求带有不合法参数
    您的ip已被
    お住まいの地域ではご利用いただけません
    お住まいの国では
    해당 국가에서는
    ليس متاحا في بلدك
"""

PARKED_HEADINGS = """
    this domain is for sale
    this domain name is for sale
    this domain is parked
    this domain has been registered
    this domain is available
    future home of something quite cool
    domain ist zu verkaufen
    diese domain ist zu verkaufen
    域名停靠
    this site is for sale
    this website is for sale
    the domain name is for sale
    diese website steht zum verkauf
    diese domain steht zum verkauf
    domain zu verkaufen
    dieser domainname ist zu verkaufen
    domaine à vendre
    ce domaine est à vendre
    dominio en venta
    este dominio está en venta
    domínio à venda
    este domínio está à venda
    dominio in vendita
    домен продается
    домен продаётся
    этот домен продается
    этот домен припаркован
    домен припаркован
    域名出售
    域名转让
    域名出售中
    此域名可转让
    ドメイン販売中
    このドメインは販売中です
    도메인 판매
    النطاق للبيع
"""

PARKED_TEXTS = """
    domain has just been registered
    future home of
    域名已停靠
    este dominio está a la venta
    this domain has been registered
    this web page is parked for free
    this web page is parked
    this page is parked
    this domain was recently registered
    domain owner may currently be creating a great site
    this domain is available for sale
    get this domain
    inquire about this domain
    make an offer on this domain
    offering it for sale for an asking price
    sponsored listings displayed above are served automatically
    the sponsored listings displayed
    this domain has been parked
    this domain name has been registered
    this domain is registered
    this site is for sale
    diese website steht zum verkauf
    domaine est à vendre
    ce nom de domaine est en vente
    ce domaine est à vendre
    este dominio está a la venta
    este dominio está en venta
    dominio en venta
    este domínio está à venda
    domínio está registrado
    questo dominio è in vendita
    домен припаркован
    домен зарегистрирован
    этот домен продается
    этот домен продаётся
    您正在访问的域名
    该域名可以转让
    该域名正在出售
    域名可以转让
    域名已被注册
    本域名出售
    此域名可
    このドメインは販売
    このドメインは お名前
    お名前 com
    도메인을 판매
    هذا النطاق للبيع
"""
