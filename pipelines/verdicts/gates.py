"""What pages say that ask for a login, an age or consent first, in many languages: data only.

Headings are whole parts of a title or first heading, texts stand at the beginning of the main
text; in the form that `phrases.plain` gives.
"""

from __future__ import annotations

LOGIN_HEADINGS = frozenset(
    line.strip()
    for line in """
    log in
    login
    log on
    logon
    sign in
    signin
    please log in
    please login
    please sign in
    log in to continue
    sign in to continue
    login required
    sign in required
    members only
    member login
    user login
    authentication required
    authorization required
    access needed
    you need access
    you need permission
    request access
    anmelden
    anmeldung
    anmeldung erforderlich
    connexion
    identification
    se connecter
    iniciar sesión
    inicio de sesión
    acceso usuarios
    entrar
    iniciar sessão
    accedi
    вход
    войти
    авторизация
    вход в систему
    登录
    用户登录
    登錄
    ログイン
    로그인
    تسجيل الدخول
    """.strip().splitlines()
)

LOGIN_TEXTS = tuple(
    line.strip()
    for line in """
    you must be logged in
    you must log in
    you must login
    you must sign in
    you need to log in
    you need to be logged in
    you need to sign in
    you are not logged in
    please log in to
    please login to
    please sign in to
    log in to continue
    log in or sign up to view
    sign in to continue
    you need access ask for access
    you need permission
    this page is for members only
    content isn t available right now when this happens
    only shared it with a small group of people
    site hasn t been shared with you
    article is for subscribers only
    content is for subscribers only
    available to subscribers only
    vous devez être connecté
    veuillez vous connecter
    debe iniciar sesión
    debes iniciar sesión
    inicie sesión para
    sie müssen angemeldet sein
    sie müssen sich anmelden
    bitte melden sie sich an
    faça login para
    é necessário fazer login
    devi effettuare l accesso
    необходимо авторизоваться
    необходимо войти
    войдите чтобы
    请先登录
    请登录后
    您还没有登录
    您尚未登录
    ログインしてください
    ログインが必要
    로그인이 필요
    로그인 후 이용
    يجب تسجيل الدخول
    """.strip().splitlines()
)

AGE_TEXTS = tuple(
    line.strip()
    for line in """
    are you over 18
    are you over 21
    are you 18 or older
    are you 21 or older
    are you of legal drinking age
    you must be at least 18 years
    you must be 18 or over
    you must be 21 or over
    you must be 18 or older
    you must be 18 years or older
    you must be over 18
    you must be at least 21
    please verify your age
    please confirm your age
    confirm that you are over 18
    verify that you are over 18
    """.strip().splitlines()
)

CONSENT_HEADINGS = (
    "before you continue to youtube",
    "before you continue to google",
    "before you continue",
    "bevor sie zu youtube weitergehen",
    "avant d accéder à youtube",
    "antes de continuar a youtube",
    "we value your privacy",
    "your privacy choices",
    "consent",
    "cookie consent",
)
