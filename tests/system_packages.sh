#!/bin/sh
# What the tests use besides Python: PostgreSQL's programs and Chromium. Where they are missing and this is root
# on a system with apt-get, they are installed; elsewhere their tests are skipped and say so.
set -u

wanted=""
command -v chromium >/dev/null 2>&1 || wanted="$wanted chromium"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || wanted="$wanted postgresql"

if [ -z "$wanted" ]; then
    exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "not installed:$wanted; the tests that need them are skipped" >&2
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update -qq && apt-get install -qq -y --no-install-recommends $wanted; } >/dev/null 2>&1; then
    echo "could not be installed:$wanted; the tests that need them are skipped" >&2
fi
exit 0
