#!/bin/sh
# What the tests use besides Python: PostgreSQL's programs, Chromium, LibreOffice and a typeface for it, an LDAP server. Where they
# are missing and this is root on a system with apt-get, they are installed; elsewhere their tests are skipped and
# say so.
set -u

missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v soffice >/dev/null 2>&1 ||
    missing="$missing libreoffice-writer-nogui libreoffice-calc-nogui fonts-liberation"

[ -x /usr/sbin/slapd ] || missing="$missing slapd"

if [ -z "$missing" ]; then
    exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "not installed: $missing; the tests that need them are skipped" >&2
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >/dev/null 2>&1
# One by one: a system may lack one of them by this name.
for wanted in $missing; do
    if ! apt-get install -qq -y --no-install-recommends "$wanted" >/dev/null 2>&1; then
        echo "could not be installed: $wanted; the tests that need it are skipped" >&2
    fi
done
exit 0
