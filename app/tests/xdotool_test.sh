#!/bin/sh
# xdotool_test.sh GRADFLOW PRINT_LANDMARKS CLOSE_WINDOW: drives the real window under a virtual X server as a hand
# does. Drags the depth slider and sees the picture that belongs to the new depth, lets it rest and sees no processor
# time used, closes it, and closes another one in the middle of a long pass.
set -eu
gradflow=$1 print_landmarks=$2 close_window=$3
width=1280 height=800 header=40  # with its milliseconds
# shellcheck source=SCRIPTDIR/x_window.sh
. "$(dirname "$0")/x_window.sh"

now_ms() { date +%s%3N; }
cpu_ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$program/stat"; }  # utime + stime of all threads

# The exit status must be 0 within $1 milliseconds.
close_within() {
  closed_at=$(now_ms)
  "$close_window" "$window"
  status=0
  wait "$program" || status=$?
  program=''
  took=$(($(now_ms) - closed_at))
  [ $status -eq 0 ] || fail "exit status $status: $(cat "$folder/errors")"
  [ $took -le "$1" ] || fail "closing took $took ms; at most $1 are allowed"
  echo "closed in $took ms"
}

# Depth 12 to 48 in steps of 3.
"$print_landmarks" $width $height depth.slider 12 15 18 21 24 27 30 33 36 39 42 45 48 >"$folder/way"

open_window
shows --set num_layers=12
mv "$folder/shown.png" "$folder/depth_12.png"
read -r x y <"$folder/way"
xdotool mousemove --window "$window" "$x" "$y"
sleep 0.05
xdotool mousedown 1
while read -r x y; do
  sleep 0.04
  xdotool mousemove --window "$window" "$x" "$y"
done <"$folder/way"
sleep 0.05
xdotool mouseup 1
shows --set num_layers=48
pixels=$(changed_pixels "$folder/shown.png" "$folder/depth_12.png")
[ "$pixels" -gt 2000 ] || fail "only $pixels pixels changed when the depth slider was dragged from 12 to 48"
echo "$pixels pixels changed"

before=$(cpu_ticks)
sleep 2
ticks=$(($(cpu_ticks) - before))
[ "$ticks" -le 2 ] || fail "$ticks ticks of processor time in 2 s of rest"
echo "$ticks ticks of processor time in 2 s of rest"
close_within 2000

open_window --set num_layers=1024 --set d_model=128 --set sequence_length=64
sleep 0.5  # into the pass, which takes several seconds
close_within 2000
