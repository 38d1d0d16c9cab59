#!/bin/sh
# xdotool_test.sh GRADFLOW PRINT_LANDMARKS CLOSE_WINDOW: drives the real window under a virtual X server as a hand
# does. Drags the depth slider and sees the picture that belongs to the new depth, lets it rest and sees no processor
# time used, closes it, and closes another one in the middle of a long pass. Fails, never skips, where a tool is missing.
set -eu
gradflow=$1 print_landmarks=$2 close_window=$3
width=1280 height=800 header=40

fail() { echo "xdotool_test: $*" >&2; exit 1; }
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

now_ms() { date +%s%3N; }
cpu_ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$program/stat"; }  # utime + stime of all threads
changed_pixels() { compare -metric AE "$1" "$2" null: 2>&1 | awk '{ printf "%d", $1 }' || true; }

# Waits until the window shows what a screenshot of depth $1 shows, below the header with its milliseconds: the answers
# are there, and all has come to rest. A few pixels may be rounded differently on the way.
shows_depth() {
  xdotool mousemove --window "$window" $((width - 2)) 2  # where nothing lies that hovers
  "$gradflow" --screenshot "$folder/whole.png" --size ${width}x${height} --set "num_layers=$1"
  convert "$folder/whole.png" +repage -crop "+0+$header" +repage "$folder/expected.png"
  for _ in $(seq 100); do
    sleep 0.3
    import -window "$window" -crop "+0+$header" +repage "$folder/shown.png"
    pixels=$(changed_pixels "$folder/expected.png" "$folder/shown.png")
    if [ "$pixels" -le 300 ]; then return; fi
  done
  fail "the window does not come to show depth $1: $pixels pixels differ"
}

open_window() {
  "$gradflow" --size ${width}x${height} "$@" 2>"$folder/errors" &
  program=$!
  window=$(timeout 60 xdotool search --sync --onlyvisible --pid "$program" --name '^gradflow') ||
    fail "no window: $(cat "$folder/errors")"
}

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

Xvfb -displayfd 3 -screen 0 ${width}x${height}x24 -nolisten tcp -noreset 3>"$folder/display" 2>"$folder/server" &
server=$!
for _ in $(seq 100); do
  [ -s "$folder/display" ] && break
  sleep 0.1
done
[ -s "$folder/display" ] || fail "Xvfb does not start: $(cat "$folder/server")"
DISPLAY=:$(cat "$folder/display")
export DISPLAY

# Depth 12 to 48 in steps of 3.
"$print_landmarks" $width $height depth.slider 12 15 18 21 24 27 30 33 36 39 42 45 48 >"$folder/way"

open_window
shows_depth 12
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
shows_depth 48
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
