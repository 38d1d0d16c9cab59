#!/bin/sh
# rescue_test.sh GRADFLOW PRINT_LANDMARKS CLOSE_WINDOW: kills the real program under a virtual X server in the middle of
# a drag and starts it again: everything that was edited must be there. Then closes it, and it must start afresh. Fails,
# never skips, where a tool is missing.
set -eu
gradflow=$1 print_landmarks=$2 close_window=$3
width=1280 height=800 header=44

fail() { echo "rescue_test: $*" >&2; exit 1; }
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
saved=$XDG_STATE_HOME/gradflow/autosave/1/session.json

changed_pixels() { compare -metric AE "$1" "$2" null: 2>&1 | awk '{ printf "%d", $1 }' || true; }

# Waits until the window shows what a screenshot of "$@" shows, below the header with its notice and milliseconds.
shows() {
  xdotool mousemove --window "$window" $((width - 2)) 2  # where nothing lies that hovers
  "$gradflow" --screenshot "$folder/whole.png" --size ${width}x${height} "$@"
  convert "$folder/whole.png" +repage -crop "+0+$header" +repage "$folder/expected.png"
  for _ in $(seq 100); do
    sleep 0.3
    import -window "$window" -crop "+0+$header" +repage "$folder/shown.png"
    pixels=$(changed_pixels "$folder/expected.png" "$folder/shown.png")
    if [ "$pixels" -le 300 ]; then return; fi
  done
  fail "the window does not come to show what $* gives: $pixels pixels differ"
}

open_window() {
  "$gradflow" --size ${width}x${height} "$@" 2>"$folder/errors" &
  program=$!
  window=$(timeout 60 xdotool search --sync --onlyvisible --pid "$program" --name '^gradflow') ||
    fail "no window: $(cat "$folder/errors")"
}

kill_now() {
  kill -9 "$program"
  wait "$program" 2>/dev/null || true
  program=''
}

close_cleanly() {
  "$close_window" "$window"
  status=0
  wait "$program" || status=$?
  program=''
  [ $status -eq 0 ] || fail "exit status $status: $(cat "$folder/errors")"
}

# The number after a key, wherever it stands in the saved session: "30 30" for two stacks.
depths() { sed -n 's/.*"num_layers": \([0-9]*\).*/\1/p' "$saved" | tr '\n' ' '; }

Xvfb -displayfd 3 -screen 0 ${width}x${height}x24 -nolisten tcp -noreset 3>"$folder/display" 2>"$folder/server" &
server=$!
for _ in $(seq 100); do
  [ -s "$folder/display" ] && break
  sleep 0.1
done
[ -s "$folder/display" ] || fail "Xvfb does not start: $(cat "$folder/server")"
DISPLAY=:$(cat "$folder/display")
export DISPLAY

open_window
shows
[ ! -e "$saved" ] || fail "a session is saved before anything was edited"

# A click, then a drag of the depth that never ends.
read -r x y <<POINT
$("$print_landmarks" $width $height stack.0.final_norm)
POINT
xdotool mousemove --window "$window" "$x" "$y"
sleep 0.1
xdotool mousedown 1
sleep 0.05
xdotool mouseup 1
sleep 0.1
"$print_landmarks" $width $height depth.slider 12 15 18 21 24 27 30 >"$folder/way"
"$print_landmarks" $width $height depth.slider 33 36 39 42 45 48 >"$folder/rest"
move() {
  while read -r x y; do
    xdotool mousemove --window "$window" "$x" "$y"
    sleep 0.04
  done <"$1"
}
read -r x y <"$folder/way"
xdotool mousemove --window "$window" "$x" "$y"
sleep 0.05
xdotool mousedown 1
move "$folder/way"
for _ in $(seq 100); do  # what was edited is on disk soon
  [ -e "$saved" ] && [ "$(depths)" = "30 30 " ] && break
  sleep 0.1
done
[ "$(depths)" = "30 30 " ] || fail "the depths are 30, saved are $(depths)"
move "$folder/rest"
kill_now
xdotool mouseup 1
cp "$saved" "$folder/session.json"
[ "$(grep -c '"final_norm": false' "$saved")" -eq 2 ] || fail "the click on A's final norm is not saved"
saved_depths=$(depths)
first=${saved_depths%% *}
if [ "$saved_depths" != "$first $first " ] || [ "$first" -lt 30 ] || [ "$first" -gt 48 ]; then
  fail "saved depths are $saved_depths"
fi
echo "killed while the depth went from 30 to 48; saved: $first"

open_window
shows "$folder/session.json"
# Off-screen pictures neither take what was left nor leave anything.
"$gradflow" --screenshot "$folder/a.png" --size 640x400
XDG_STATE_HOME=$folder/elsewhere "$gradflow" --screenshot "$folder/b.png" --size 640x400
cmp "$folder/a.png" "$folder/b.png" || fail "a screenshot depends on what a run has left"
[ ! -e "$folder/elsewhere" ] || fail "a screenshot leaves something behind"
kill_now

# A run that is told what to show leaves the session alone, and the next one has it still.
open_window pre-ln
shows pre-ln
close_cleanly
open_window
shows "$folder/session.json"
close_cleanly
[ ! -e "$saved" ] || fail "a run that ended cleanly has left $saved"

open_window
shows
close_cleanly
echo "everything was there again after kill -9, and nothing after a clean end"
