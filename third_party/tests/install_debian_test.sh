#!/bin/sh
# install_debian_test.sh INSTALL_SCRIPT: runs the script on pretended systems, where dpkg-query, apt-get, id and sudo
# are ours and say what they were asked for.
set -eu
script=$1
list=$(dirname "$script")/packages-debian.txt
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

fail() {
  echo "install_debian_test: $*; it said: $(cat "$folder/said")" >&2
  exit 1
}

tool() { # NAME BODY
  printf '#!/bin/sh\n%s\n' "$2" >"$folder/bin/$1"
  chmod +x "$folder/bin/$1"
}

# A Debian where everything of the list is installed but what is named, and the user has the id $1.
system() { # USER_ID MISSING...
  rm -rf "${folder:?}/bin" "$folder/log"
  mkdir "$folder/bin"
  : >"$folder/log"
  for name in sh awk env dirname cat grep; do ln -s "$(command -v $name)" "$folder/bin/$name"; done
  user=$1
  shift
  tool id "echo $user"
  tool apt-get "echo apt-get \"\$@\" >>'$folder/log'"
  tool dpkg-query "
    while [ \"\$1\" = -W ] || [ \"\$1\" = -f ]; do [ \"\$1\" = -W ] || shift; shift; done
    for package; do case ' $* ' in *\" \$package \"*) ;; *) echo installed \$package ;; esac; done
    [ $# -eq 0 ]"
}

run() { # EXPECTED_STATUS ARGUMENTS...
  expected=$1
  shift
  status=0
  PATH=$folder/bin "$folder/bin/sh" "$script" "$@" >"$folder/said" 2>&1 || status=$?
  [ $status -eq "$expected" ] || fail "status $status instead of $expected"
}

said() { grep -q -- "$1" "$folder/said" || fail "it should say '$1'"; }
installed() { # PACKAGES, or nothing: what apt-get was asked for
  asked=$(awk '/ install / { sub(/.*--no-install-recommends /, ""); print }' "$folder/log")
  [ "$asked" = "$1" ] || fail "it asked for '$asked' instead of '$1'"
}

repeated=$(awk '!/^#/ && NF { print $1 }' "$list" | sort | uniq -d)
: >"$folder/said"
[ -z "$repeated" ] || fail "the list names twice: $repeated"

system 0
run 0
if [ -s "$folder/said" ] || [ -s "$folder/log" ]; then fail "with everything there it should be silent"; fi

system 0 libimgui-dev cmake clang
run 0
installed "cmake libimgui-dev"
said "installing cmake libimgui-dev"
run 0 ci
said "installing cmake libimgui-dev clang"

system 1000 xvfb
run 2
said "needs root; run this as root or install sudo"
installed ""

system 1000 xvfb
tool sudo 'echo sudo >>"'"$folder/log"'"; exec "$@"'
run 0
installed "xvfb"
[ "$(grep -c sudo "$folder/log")" -eq 2 ] || fail "both calls of apt-get need sudo"

system 0 xvfb
tool apt-get 'exit 100'
run 2
said "apt-get update failed"

system 0
rm "$folder/bin/apt-get"
run 2
said "this system has no apt-get"
echo "install-debian.sh did as it says"
