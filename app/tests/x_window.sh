#!/bin/sh
# Sourced by the tests that drive the real window as a hand does, with $gradflow, $width, $height and $header (the rows
# at the top that are not compared) set: a virtual X server, the program on it, pictures of both. Fails, never skips,
# where a tool is missing.
# shellcheck disable=SC2154  # those four

fail() { echo "$(basename "$0"): $*" >&2; exit 1; }
for tool in Xvfb xdotool import convert compare timeout; do
  command -v $tool >/dev/null || fail "$tool is missing (third_party/install-debian.sh installs it)"
done

folder=$(mktemp -d)
server='' program=''
cleanup() {
  [ -z "$program" ] || kill "$program" 2>/dev/null || true
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$folder"
}
trap cleanup EXIT
XDG_STATE_HOME=$folder/state XDG_DATA_HOME=$folder/data
export XDG_STATE_HOME XDG_DATA_HOME
mkdir -p "$XDG_STATE_HOME/gradflow"
echo '{"format": 1, "marks": {"hints": ["first-steps"]}}' >"$XDG_STATE_HOME/gradflow/hints.json"  # no card over the plot

changed_pixels() { compare -metric AE "$1" "$2" null: 2>&1 | awk '{ printf "%d", $1 }' || true; }

open_window() {
  "$gradflow" --size "${width}x$height" "$@" 2>"$folder/errors" &
  program=$!
  window=$(timeout 60 xdotool search --sync --onlyvisible --pid "$program" --name '^gradflow') ||
    fail "no window: $(cat "$folder/errors")"
}

# Waits until the window shows, below its header, what a screenshot of "$@" shows: the answers are there, and all has
# come to rest. A few pixels may be rounded differently on the way. The picture is $folder/shown.png.
shows() {
  xdotool mousemove --window "$window" $((width - 2)) 2  # where nothing lies that hovers
  "$gradflow" --screenshot "$folder/whole.png" --size "${width}x$height" "$@"
  convert "$folder/whole.png" +repage -crop "+0+$header" +repage "$folder/expected.png"
  for _ in $(seq 100); do
    sleep 0.3
    import -window "$window" -crop "+0+$header" +repage "$folder/shown.png"
    pixels=$(changed_pixels "$folder/expected.png" "$folder/shown.png")
    if [ "$pixels" -le 300 ]; then return; fi
  done
  fail "the window does not come to show what $* gives: $pixels pixels differ"
}

# The server stays when its last client goes, as it does where a program is killed.
Xvfb -displayfd 3 -screen 0 "${width}x${height}x24" -nolisten tcp -noreset 3>"$folder/display" 2>"$folder/server" &
server=$!
for _ in $(seq 100); do
  [ -s "$folder/display" ] && break
  sleep 0.1
done
[ -s "$folder/display" ] || fail "Xvfb does not start: $(cat "$folder/server")"
DISPLAY=:$(cat "$folder/display")
export DISPLAY
