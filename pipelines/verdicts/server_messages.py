"""What only servers and systems write, so that no title makes a doubt of it."""

from __future__ import annotations

# In the form that `phrases.plain` gives, at the beginning of a text or in a script.
UNMISTAKABLE = (
    "no input file specified",
    "nosuchkey",
    "the specified key does not exist",
    "the specified bucket does not exist",
    "blobnotfound",
    "there is currently no text in this page",
    "does not have an article with this exact name",
    "no existe un artículo con este nombre exacto",
    "cette page n existe pas encore",
    "status error reason video unavailable",
    "status error reason this video",
    "status 404 error not found",
    "statuscode 404 message not found",
    "code 404 message",
    "error not found status 404",
    "message not found status 404",
    "the specified cfml file",
    "there isn t a github pages site here",
    "the resource cannot be found description http 404",
    "http error 404 0 not found",
    "the resource you are looking for has been removed had its name changed or is temporarily",
    "the page you are looking for might have been removed had its name changed or is temporarily",
)
