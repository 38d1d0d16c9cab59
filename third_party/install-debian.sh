#!/bin/sh
# install-debian.sh [SET]: installs the packages of packages-debian.txt that are missing, SET's (such as ci) too.
# Needs root or sudo only when something is missing; says what it installs.
set -eu

fail() {
  echo "install-debian.sh: $*" >&2
  exit 2
}

list=$(dirname "$0")/packages-debian.txt
[ -r "$list" ] || fail "$list is missing"
if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  fail "this system has no apt-get; install what $list names by its own means"
fi

wanted=$(awk -v set="${1:-}" '!/^#/ && NF && (NF == 1 || $2 == set) { print $1 }' "$list")
# One query for all: it complains of those that the system has never heard of, which are missing, too.
# shellcheck disable=SC2086,SC2016  # one word a package; ${...} is dpkg-query's
installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null || true)
missing=$(
  { echo "$installed"; echo "$wanted"; } |
    awk 'NF == 2 && $1 == "installed" { have[$2] = 1 } NF == 1 && !($1 in have) { print $1 }'
)
[ -n "$missing" ] || exit 0

# shellcheck disable=SC2086
echo "install-debian.sh: installing" $missing
if [ "$(id -u)" -eq 0 ]; then
  as_root=
elif command -v sudo >/dev/null; then
  as_root=sudo
else
  fail "installing packages needs root; run this as root or install sudo"
fi
run_apt() {
  $as_root env DEBIAN_FRONTEND="${DEBIAN_FRONTEND:-noninteractive}" apt-get -q -o DPkg::Lock::Timeout=300 "$@"
}
run_apt update || fail "apt-get update failed; its messages above say why"
# shellcheck disable=SC2086
run_apt install -y --no-install-recommends $missing || fail "apt-get install failed; its messages above say why"
