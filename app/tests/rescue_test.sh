#!/bin/sh
# rescue_test.sh GRADFLOW PRINT_LANDMARKS CLOSE_WINDOW: kills the real program under a virtual X server in the middle of
# a drag and starts it again: everything that was edited must be there. Then closes it, and it must start afresh.
set -eu
gradflow=$1 print_landmarks=$2 close_window=$3
width=1280 height=800 header=44  # with its notice and milliseconds
# shellcheck source=SCRIPTDIR/x_window.sh
. "$(dirname "$0")/x_window.sh"
saved=$XDG_STATE_HOME/gradflow/autosave/1/session.json

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
